"""Facts, values and rules in words."""

from typing import Any

import pytest

from advisor.model.assessment import Item, Reason
from advisor.model.fact_types import GROUP_FACTS, METHOD_FACTS, PLAN_FACTS
from advisor.model.rule import Citation, Rule, Words
from advisor.report.words import Speaker

GROUP = Item("target_groups", 0, "Vårdnadshavare")


@pytest.mark.parametrize(("fact", "said"), [
    ("question.conflict", "Konfliktläge i frågan"),
    ("target_groups[0].channels", "Målgruppens kanaler (Vårdnadshavare)"),
    ("target_groups[1].channels", "Målgruppens kanaler (målgrupp 2)"),
    ("methods[0].size_max", "Största antal deltagare för metoden (Dialogcafé)"),
    ("finding:goals.missing", "Dialogen saknar mål"),
    ("gate.goals", "Dialogen har ett mål"),
    ("time.dialogue_to_decision", "Tid från dialogens slut till beslutet"),
])  # fmt: skip
def test_a_fact_is_called_by_its_label(swedish: Speaker, fact: str, said: str) -> None:
    assert swedish.about([GROUP, Item("methods", 0, "world_cafe")]).fact(fact) == said


def test_a_fact_of_what_the_talk_is_about_does_not_say_whose_it_is(swedish: Speaker) -> None:
    assert swedish.speaking_of(GROUP).fact("target_groups[0].channels") == "Målgruppens kanaler"


@pytest.mark.parametrize(("fact", "value", "said"), [
    ("question.single", True, "ja"),
    ("question.single", None, "inte besvarat"),
    ("question.single", "unknown", "inte bestämt"),
    ("question.interest", "high", "Stort"),
    ("resources.level", "high", "Stora"),
    ("statutory", [], "inga"),
    ("target_groups[0].channels", ["web", "school"], "Webbplats och skola"),
    ("target_groups[0].channels", ["web", "unknown"], "Webbplats och mer som inte är bestämt"),
    ("methods[0].groups", ["all"], "alla målgrupper"),
    ("methods[0].groups", ["Elever", "Äldre", "Alla andra"], "Elever, Äldre och Alla andra"),
    ("methods[0].method", "dialogcafe", "Dialogcafé"),
    ("methods[0].method", "Sagostund", "Sagostund"),
    ("resources.budget_sek", 250000, "250\u00a0000 kronor"),
    ("resources.budget_sek", 1200, "1200 kronor"),
    ("consultation.weeks", 1, "1 vecka"),
    ("consultation.weeks", 2.5, "2,5 veckor"),
    ("time.dialogue_to_decision", 2.142857142857143, "2,1 veckor"),
    ("time.dialogue_to_decision", 4.0, "4 veckor"),
    ("time.dialogue_to_decision", -1.5, "−1,5 veckor"),
    ("governance.decision_date", "2027-02-23", "2027-02-23"),
    ("goals", 3, "3"),
    ("finding:goals.missing", False, "gäller inte"),
])  # fmt: skip
def test_a_value_is_said_as_people_say_it(swedish: Speaker, fact: str, value: Any, said: str) -> None:
    assert swedish.value(fact, value) == said


def test_english_has_its_own_numbers(english: Speaker) -> None:
    assert english.value("resources.budget_sek", 250000) == "250,000 SEK"
    assert english.value("consultation.weeks", 2.5) == "2.5 weeks"
    assert english.value("consultation.weeks", 1) == "1 week"


def test_a_huge_number_is_written_out(swedish: Speaker) -> None:
    assert swedish.number(999_999_999_999_999_999) == "999\u00a0999\u00a0999\u00a0999\u00a0999\u00a0999"


def test_a_dangerous_name_is_made_visible(swedish: Speaker) -> None:
    assert "\x1b" not in swedish.about([Item("target_groups", 0, "\x1b[2J")]).fact("target_groups[0].size")
    assert "\x1b" not in swedish.value("question.text", "\x1b[2J")


def test_a_pair_is_named_by_both(swedish: Speaker) -> None:
    assert swedish.item(Item("methods", 0, "world_cafe", GROUP)) == "Dialogcafé – Vårdnadshavare"


def test_a_nameless_item_is_counted_from_one(swedish: Speaker) -> None:
    assert swedish.item(Item("goals", 0, "goals[0]")) == "mål 1"


def test_placeholders_are_filled(swedish: Speaker) -> None:
    words = Words(
        sv="{item}: {fact:item.channels}, minst {parameter:weeks_from_dialogue_to_decision}", en="{item}",
    )  # fmt: skip
    because = (Reason("target_groups[0].channels", ("web",)),)
    assert swedish.filled(words, GROUP, because) == "«Vårdnadshavare»: Webbplats, minst 4 veckor"
    assert swedish.filled(words) == "[namnet]: [Målgruppens kanaler], minst 4 veckor"


def test_a_question_is_asked_as_in_the_interview(swedish: Speaker) -> None:
    assert swedish.question("goals") == "Vilka mål har dialogen?"
    assert swedish.quoted_question("target_groups[0].channels") == "«Genom vilka kanaler når ni målgruppen?» (målgrupp 1)"


def test_every_fact_has_words(swedish: Speaker, english: Speaker) -> None:
    for speaker in (swedish, english):
        for fact in PLAN_FACTS:
            assert speaker.label(fact) != fact
        for name in METHOD_FACTS:
            assert speaker.label(f"methods.{name}") != f"methods.{name}"
        for name in GROUP_FACTS:
            assert speaker.label(f"target_groups.{name}") != f"target_groups.{name}"


def test_basis_says_source_or_judgement(swedish: Speaker, adviser: Any) -> None:
    rule: Rule = adviser.knowledge.rules["goals.missing"]
    source = Citation(ref="skr-styrning-2021", at="Framgångsfaktorer")
    told = swedish.basis(rule.model_copy(update={"sources": (source, source)}), brief=True)
    assert told == "Källa: Medborgardialog i styrning (SKR 2021) – Framgångsfaktorer. Och en källa till."
    assert swedish.basis(rule.model_copy(update={"sources": (), "basis": "judgement"})) == "Egen bedömning."
