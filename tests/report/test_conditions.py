"""Every operator in words, as the rule has it and turned round."""

from typing import Any

import pytest

from advisor.load.conditions import OPERATORS
from advisor.model.condition import CountTest, FactTest, FactValue, FindingTest, Leaf, Not, ParameterValue, Some
from advisor.report.conditions import TestWords as Words
from advisor.report.conditions import condition_lines
from advisor.report.words import Speaker


def test_of(fact: str, op: Any, value: Any) -> FactTest:
    return FactTest(fact=fact, op=op, value=value)


test_of.__test__ = False  # type: ignore[attr-defined]  # it makes tests of rules


@pytest.mark.parametrize(("leaf", "as_it_stands", "turned_round"), [
    (test_of("question.single", "is", True), "En enda fråga: ja", "En enda fråga: nej"),
    (test_of("question.single", "is_not", True), "En enda fråga: nej", "En enda fråga: ja"),
    (test_of("question.text", "known", False), "Svar saknas: Dialogens fråga", "Svar finns: Dialogens fråga"),
    (test_of("form", "is", "information"), "Typ av dialog är «Information»", "Typ av dialog är inte «Information»"),
    (test_of("participation.depth", "one_of", ("light", "deep")),
     "Deltagandets djup är «Enkelt – korta inspel» eller «Djupt – grundliga samtal»",
     "Deltagandets djup är varken «Enkelt – korta inspel» eller «Djupt – grundliga samtal»"),
    (test_of("question.conflict", "at_least", "tension"), "Konfliktläge i frågan är minst «Spänningar»",
     "Konfliktläge i frågan är under «Spänningar»"),
    (test_of("consultation.weeks", "below", ParameterValue(parameter="weeks_from_dialogue_to_decision")),
     "Samrådets längd är mindre än 4 veckor", "Samrådets längd är minst 4 veckor"),
    (test_of("schedule.end", "after", FactValue(fact="governance.decision_date")),
     "Dialogens sista dag är efter «Datum för beslutet»",
     "Dialogens sista dag är «Datum för beslutet» eller tidigare"),
    (test_of("statutory", "includes", "other"), "Samrådsskyldighet innehåller «Annan samrådsskyldighet»",
     "Samrådsskyldighet innehåller inte «Annan samrådsskyldighet»"),
    (FindingTest(finding="goals.missing", present=True), "Påpekandet «Dialogen saknar mål» gäller",
     "Påpekandet «Dialogen saknar mål» gäller inte"),
    (CountTest(count="goals", op="at_least", value=2), "Antalet mål är minst 2", "Antalet mål är mindre än 2"),
    (Some(some="goals", where=test_of("each.measurable", "is", True)), "Minst ett av målen uppfyller detta:",
     "Inget av målen uppfyller detta:"),
])  # fmt: skip
def test_says_a_test_both_ways(swedish: Speaker, leaf: Leaf, as_it_stands: str, turned_round: str) -> None:
    words = Words(swedish, None)
    assert words.test(leaf) == as_it_stands
    assert words.test(leaf, False) == turned_round


def test_every_operator_has_words_both_ways(swedish: Speaker) -> None:
    facts = {"boolean": ("question.single", True), "option": ("question.conflict", "tension"),
             "number": ("consultation.weeks", 2), "date": ("schedule.end", "2026-05-01"),
             "options": ("statutory", "other")}  # fmt: skip
    for kind, operators in OPERATORS.items():
        if kind not in facts:
            continue
        fact, value = facts[kind]
        for op in operators:
            many = op in ("one_of", "none_of", "includes_any", "includes_all")
            leaf = test_of(fact, op, (value,) if many else value)
            texts = {Words(swedish, None).test(leaf, wanted) for wanted in (True, False)}
            assert len(texts) == 2, op


def test_a_fact_of_an_item_is_named_by_its_list(swedish: Speaker) -> None:
    leaf = test_of("item.method.groups_weak", "includes_any", FactValue(fact="item.group.kind"))
    said = Words(swedish, "method_groups").test(leaf)
    assert said == "Grupper som metoden passar dåligt innehåller något av «Typ av målgrupp»"


def test_every_rule_can_be_put_in_words(swedish: Speaker, english: Speaker) -> None:
    for speaker in (swedish, english):
        for rule in speaker.knowledge.rules.values():
            for condition in (rule.applies, rule.when):
                if condition is not None:
                    lines = list(condition_lines(condition, Words(speaker, rule.for_each)))
                    assert all("item." not in text and "each." not in text for _, text in lines), rule.id


def test_a_quantifier_turned_round_keeps_what_it_asks_of_each(swedish: Speaker) -> None:
    condition = Not(negated=Some(some="goals", where=test_of("each.kind", "known", True)))
    assert list(condition_lines(condition, Words(swedish, None))) == [
        (0, "Inget av målen uppfyller detta:"), (1, "Svar finns: Typ av mål"),
    ]  # fmt: skip
