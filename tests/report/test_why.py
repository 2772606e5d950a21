"""How a finding was reached, told as a tree in words."""

from collections.abc import Callable

import pytest

from advisor.api import Adviser
from advisor.model.plan import Plan
from advisor.report.sheet import Sheet
from advisor.report.why import WhyReport
from advisor.report.words import Speaker

Why = Callable[..., str]


@pytest.fixture
def why(adviser: Adviser, swedish: Speaker, plan_of: Callable[[str], Plan]) -> Why:
    def told(text: str, rule: str, utf8: bool = True) -> str:
        plan = plan_of(text)
        sheet = Sheet(80, utf8=utf8)
        return WhyReport(sheet, swedish, adviser.why(plan, rule), adviser.check(plan).findings).write()

    return told


def test_a_finding_that_applies(why: Why) -> None:
    told = why("question: {influenceable: not_at_all}\n", "question.not_influenceable")
    assert told.startswith("Frågan går inte att påverka  question.not_influenceable\nJa, påpekandet gäller er plan.\n")
    assert "  ✓ Typ av dialog är inte «Information»" in told


def test_marks_have_a_plain_form(why: Why) -> None:
    told = why("question: {influenceable: not_at_all}\n", "question.not_influenceable", utf8=False)
    assert "  + Typ av dialog" in told
    assert "+ stämmer, - stämmer inte" in told


def test_a_silent_rule_says_what_would_change_that(why: Why) -> None:
    told = why("question: {influenceable: partly}\n", "question.not_influenceable")
    assert "Nej, påpekandet gäller inte er plan." in told
    assert "(ert svar: delvis)" in told
    assert "Påpekandet hade gällt om:\n  - " in told
    assert "är «Inte alls»" in told.partition("Påpekandet hade gällt om:")[2]


def test_what_would_change_is_turned_round_where_the_rule_negates(why: Why) -> None:
    told = why("target_groups: [{kind: [children], channels: [school]}]\n", "participants.channels_do_not_reach")
    after = " ".join(told.partition("Påpekandet hade gällt om:")[2].split())
    assert after.startswith("- Målgruppens kanaler innehåller inget av «Kanaler som brukar nå målgruppen»")


def test_an_undecided_rule_asks_the_questions_that_settle_it(why: Why) -> None:
    told = why("", "question.not_influenceable")
    assert "Det går inte att avgöra ännu" in told
    assert "Frågor som avgör:" in told
    assert "question.influenceable" in told.partition("Frågor som avgör:")[2]


def test_the_chain_goes_through_the_conclusions_that_mattered(why: Why) -> None:
    told = why("methods: [{method: world_cafe}]\nparticipation: {depth: deep}\n", "methods.chosen_too_early")
    assert "Bygger på: dialogen har ett mål  gate.goals" in told
    assert "gate.depth" not in told
    assert "Svar finns: Dialogens metoder (ert svar: 1)" in told


def test_a_rule_that_does_not_concern_the_plan_says_so(why: Why) -> None:
    told = why("form: information\nquestion: {influenceable: not_at_all}\n", "question.not_influenceable")
    assert "Regeln prövas inte på er plan" in told
    assert "Vad regeln prövar" not in told


def test_each_item_has_its_own_answer(why: Why) -> None:
    groups = "target_groups: [{name: Ett, kind: [children], channels: [web]}, {name: Två, kind: [children]}]\n"
    told = why(groups, "participants.channels_do_not_reach")
    assert told.index("Gäller: Ett\nJa, påpekandet") < told.index("Gäller: Två\nDet går inte att avgöra")
    assert "(Ett)" not in told


def test_what_was_accepted_is_said(why: Why) -> None:
    told = why("accepted: [{rule: goals.missing, reason: Kommer, by: Chefen}]\n", "goals.missing")
    assert "Ni har godtagit det. Skäl: Kommer. Svarar för det: Chefen." in told


def test_a_rule_that_is_not_in_force_says_from_when(adviser: Adviser, plan_of: Callable[[str], Plan]) -> None:
    from datetime import date

    rule = next(one for one in adviser.knowledge.rules.values() if one.valid_from and one.severity)
    with Adviser(adviser.knowledge, date(2020, 1, 1), "builtin") as early:
        speaker = Speaker(early.knowledge, "sv", "2020-01-01")
        told = WhyReport(Sheet(), speaker, early.why(plan_of(""), rule.id)).write()
    assert f"Regeln gäller från {rule.valid_from}" in told
    assert "stämmer inte," not in told


def test_every_rule_can_be_explained_for_every_shipped_plan(adviser: Adviser, english: Speaker) -> None:
    from pathlib import Path

    from advisor.api import load_plan

    folder = Path(__file__).parents[2] / "knowledge" / "examples"
    for path in sorted(folder.glob("*.yaml")):
        plan = load_plan(str(path))
        for rule in adviser.knowledge.rules.values():
            if rule.for_each != "catalogue":
                told = WhyReport(Sheet(), english, adviser.why(plan, rule.id)).write()
                assert "item." not in told
                assert "{" not in told
