"""A card for everything that the adviser names, found by id, title or name in either language."""

import pytest

from advisor.api import Adviser
from advisor.errors import UnknownName
from advisor.model.fact_types import PLAN_FACTS
from advisor.report.cards import card
from advisor.report.names import meanings
from advisor.report.sheet import Sheet
from advisor.report.words import Speaker


@pytest.mark.parametrize(("name", "kind", "found"), [
    ("goals.missing", "rule", "goals.missing"),
    ("Dialogen saknar mål", "rule", "goals.missing"),
    ("THE DIALOGUE HAS NO GOAL", "rule", "goals.missing"),
    ("world_cafe", "method", "world_cafe"),
    ("Världscafé", "method", "world_cafe"),
    ("skendialog", "term", "sham_dialogue"),
    ("tokenism", "term", "sham_dialogue"),
    ("co_decision", "ladder", "co_decision"),
    ("faktor 3", "factor", "3"),
    ("definition", "factor", "definition"),
    ("goals", "area", "goals"),
    ("postpone", "alternative", "postpone"),
    ("question.influenceable", "fact", "question.influenceable"),
    ("target_groups.channels", "fact", "target_groups.channels"),
    ("statutory.any", "fact", "statutory.any"),
    ("size_max", "fact", "size_max"),
    ("weeks_from_dialogue_to_decision", "parameter", "weeks_from_dialogue_to_decision"),
    ("skr-styrning-2021", "source", "skr-styrning-2021"),
    ("officials_network", "support", "officials_network"),
    ("SKR:s utvecklingsnätverk", "support", "development_network"),
    ("samarbete", "ladder", "influence"),
    ("newly_arrived", "group", "newly_arrived"),
    ("Föräldrar och vårdnadshavare", "group", "parents"),
    ("frågan", "term", "question"),
    ("Målgrupperna", "term", "target_group"),
    ("medborgardialogens", "term", "citizen_dialogue"),
    ("dialogcaféer", "method", "world_cafe"),
    ("target groups", "term", "target_group"),
])  # fmt: skip
def test_a_name_finds_what_it_means(adviser: Adviser, name: str, kind: str, found: str) -> None:
    assert (kind, found) in meanings(adviser.knowledge, name)


def test_an_unknown_name_gets_the_nearest(adviser: Adviser) -> None:
    with pytest.raises(UnknownName) as raised:
        meanings(adviser.knowledge, "goals.mising")
    assert raised.value.text("sv") == "goals.mising: Ingen regel, metod eller term heter så. Menade ni «goals.missing»?"


def test_everything_has_a_card_in_both_languages(adviser: Adviser, swedish: Speaker, english: Speaker) -> None:
    knowledge = adviser.knowledge
    names = [
        *knowledge.rules, *knowledge.methods, *knowledge.glossary, *knowledge.ladder, *knowledge.factors,
        *knowledge.areas, *knowledge.alternatives, *PLAN_FACTS, *knowledge.derived, *knowledge.conclusions,
        *knowledge.known_facts, *knowledge.parameters, *knowledge.sources,
        *knowledge.indicators, *knowledge.support, *knowledge.groups,
    ]  # fmt: skip
    for speaker in (swedish, english):
        for name in names:
            told = card(name, Sheet(), speaker)
            assert told.strip()
            assert "{fact" not in told


def test_a_rule_card_says_what_it_checks_and_rests_on(swedish: Speaker) -> None:
    told = card("question.not_influenceable", Sheet(), swedish)
    for part in ("Allvar: stopp.", "Prövas bara när:\n  - Typ av dialog är inte «Information»", "Påpekas när:",
                 "Råd: Bjud inte in till dialog.", "Annan väg: Informera i stället (inform)", "Källor\n",
                 "    Där: Det här är medborgardialog", "    https://skr.se/"):  # fmt: skip
        assert part in told


def test_a_method_card_says_what_is_source_and_what_is_judgement(swedish: Speaker) -> None:
    told = card("world_cafe", Sheet(), swedish)
    assert "Kallas också:" in told
    assert "Största antal deltagare för metoden: 300 personer (källa)" in told
    assert "(bedömning)" in told
    assert "Använd den inte när" in told
    assert "_unbounded" not in told


def test_a_fact_card_lists_the_options_as_written_and_as_read(swedish: Speaker) -> None:
    told = card("question.influenceable", Sheet(), swedish)
    assert "Inte alls  not_at_all" in told
    assert "question.not_influenceable" in told


def test_a_fact_lists_only_the_options_it_takes(swedish: Speaker) -> None:
    assert "very_high" not in card("resources.level", Sheet(), swedish)


def test_addresses_are_never_broken(swedish: Speaker) -> None:
    told = card("skr-styrning-2021", Sheet(60), swedish)
    url = swedish.knowledge.sources["skr-styrning-2021"].url
    assert url is not None
    assert url in told
