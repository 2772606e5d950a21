"""The engine must say what ``advisor.engine.logic`` says: random rulebooks on random facts, some of them unknown."""

import random
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.engine.compiler import MAX_RULE, EngineRule, rule_size
from advisor.engine.inference import DurableInference
from advisor.engine.logic import Scope, compile_condition
from advisor.engine.session import engine_available
from advisor.model.answers import Listed
from advisor.model.condition import (
    All,
    AnyOf,
    Condition,
    CountTest,
    FactTest,
    FactValue,
    FindingTest,
    Not,
    ParameterValue,
    Some,
)
from advisor.model.fact_types import FactType
from advisor.model.vocabulary import VOCABULARIES

pytestmark = pytest.mark.skipif(not engine_available(), reason="durable_rules does not import here (Python 3.13?)")

Rng = random.Random
Kinds = Mapping[str, tuple[str, str | None]]

# Facts by name: kind and vocabulary. An item and an element of a list hold the same kinds of facts.
KEYS: Final[Kinds] = {
    "paid": ("boolean", None), "open": ("boolean", None),
    "conflict": ("option", "conflict"), "worst_conflict": ("option", "conflict"), "topic": ("option", "topic"),
    "size": ("number", None), "hours": ("number", None), "start": ("date", None), "end": ("date", None),
    "channels": ("options", "channel"), "reached_by": ("options", "channel"), "channel": ("option", "channel"),
    "words": ("text", None), "names": ("texts", None),
}  # fmt: skip
PLAN: Final[Kinds] = {
    **{f"plan.{key}": kind for key, kind in KEYS.items()},
    **{f"context.conclusion_{n}": ("boolean", None) for n in range(4)},
    **{f"flags.{n}": ("boolean", None) for n in range(30)},
    "groups": ("items", None),
}
FINDINGS: Final = tuple(f"gate.rule_{n}" for n in range(5))
PARAMETERS: Final = {"few": 2, "many": 150, "half": 0.5, "week": 1.5, "huge": 10**12, "later": None}
LITERALS: Final = {"number": (0, 1, 2), "date": ("2026-01-31", "2026-02-01", "1999-12-31")}
NUMBERS: Final = (-3, 0, 0.25, 0.5, 1, 1.5, 2, 2.75, 149.999, 150, 10**12, 999_999_999_999_999_999, 1e-9, 4e20)
DATES: Final = (date(1999, 12, 31), date(2026, 1, 31), date(2026, 2, 1), date(2199, 12, 31))
OPERATORS: Final = {
    "boolean": ("is", "is_not"),
    "option": ("is", "is_not", "one_of", "none_of"),
    "scale": ("is", "is_not", "one_of", "none_of", "above", "at_least", "below", "at_most"),
    "number": ("is", "is_not", "above", "at_least", "below", "at_most"),
    "date": ("is", "is_not", "before", "after"),
    "options": ("includes", "includes_any", "includes_all", "excludes"),
}


def fact_type(fact: str, each_of: str | None) -> FactType:
    kind, vocabulary = PLAN[fact] if fact in PLAN else KEYS[fact.partition(".")[2]]
    return FactType(fact, kind, vocabulary)


SCOPE: Final = Scope(fact_type, PARAMETERS)


class Maker:
    """Makes rules and facts. ``of_item``: the rules are judged for each item."""

    def __init__(self, rng: Rng, of_item: bool) -> None:
        self.rng = rng
        self.facts = (*PLAN, *(f"item.{key}" for key in KEYS if of_item))

    def condition(self, depth: int, each: bool = False) -> Condition:
        roll = self.rng.random()
        if depth == 0 or roll < 0.3:
            return self.leaf(each)
        if roll < 0.45:
            return Not(negated=self.condition(depth - 1, each))
        parts = tuple(self.condition(depth - 1, each) for _ in range(self.rng.randint(1, 3)))
        return All(all=parts) if roll < 0.75 else AnyOf(any=parts)

    def leaf(self, each: bool) -> Condition:
        roll = self.rng.random()
        if roll < 0.08:
            return FindingTest(finding=self.rng.choice(FINDINGS), present=self.rng.random() < 0.5)
        if roll < 0.16 and not each:
            return Some(some="groups", where=self.condition(1, each=True))
        if roll < 0.28:
            return self.count(each)
        return self.fact_test(each)

    def count(self, each: bool) -> Condition:
        facts = [fact for fact in self.names(each) if fact_type(fact, None).kind in ("items", "options", "texts")]
        fact, where = self.rng.choice(facts), None
        if fact == "groups" and not each and self.rng.random() < 0.6:
            where = self.condition(1, each=True)
        op = self.rng.choice(OPERATORS["number"])
        return CountTest(count=fact, op=op, value=self.value(FactType("", "number"), op, each), where=where)

    def names(self, each: bool) -> tuple[str, ...]:
        return (*self.facts, *(f"each.{key}" for key in KEYS)) if each else self.facts

    def fact_test(self, each: bool) -> Condition:
        kind = fact_type(self.rng.choice(self.names(each)), None)
        operators = OPERATORS.get("scale" if kind.kind == "option" and kind.ordered else kind.kind, ())
        op = "known" if not operators or self.rng.random() < 0.15 else self.rng.choice(operators)
        value = self.rng.random() < 0.5 if op == "known" else self.value(kind, op, each)
        return FactTest(fact=kind.id, op=op, value=value)

    def value(self, kind: FactType, op: str, each: bool) -> Any:
        several = op in ("one_of", "none_of", "includes_any", "includes_all")
        if self.rng.random() < 0.2:
            wanted = "options" if several else "option" if kind.kind == "options" else kind.kind
            others = (fact_type(fact, None) for fact in self.names(each))
            fitting = [one.id for one in others if (one.kind, one.vocabulary) == (wanted, kind.vocabulary)]
            if fitting:
                return FactValue(fact=self.rng.choice(fitting))
        if several:
            return tuple(self.rng.sample(kind.options, self.rng.randint(1, 4)))
        if kind.kind == "number" and self.rng.random() < 0.5:
            return ParameterValue(parameter=self.rng.choice(tuple(PARAMETERS)))
        if kind.kind == "boolean":
            return self.rng.random() < 0.5
        return self.rng.choice(LITERALS.get(kind.kind, kind.options))

    def rulebook(self, rules: int, depth: int) -> list[EngineRule]:
        book: list[EngineRule] = []
        while len(book) < rules:
            condition, denial = self.condition(depth), self.rng.random() < 0.4
            largest = max(rule_size(one, SCOPE) for one in (condition, Not(negated=condition))[: 1 + denial])
            if largest <= MAX_RULE:
                book.append(EngineRule(f"area.rule_{len(book)}", condition, denial))
        return book

    def answer(self, kind: str, vocabulary: str | None) -> Any:
        options = VOCABULARIES.get(vocabulary or "", ())
        match kind:
            case "boolean":
                return self.rng.random() < 0.5
            case "option":
                return self.rng.choice(options)
            case "number":
                return self.rng.choice(NUMBERS)
            case "date":
                return self.rng.choice(DATES)
            case "text":
                return "Hur vill ni ha torget?"
            case "texts":
                return Listed(("parken", "torget")[: self.rng.randint(0, 2)], self.rng.randint(0, 1))
            case "options":
                taken = self.rng.sample(options, self.rng.randint(0, 4))
                return Listed(tuple(taken), self.rng.choice((0, 0, 1, 2)))
            case _:
                items = (self.answers(KEYS) for _ in range(self.rng.randint(1, 3)))
                return tuple(item if self.rng.random() < 0.9 else None for item in items)

    def answers(self, kinds: Kinds) -> dict[str, Any]:
        answered = self.rng.choice((0.3, 0.8, 1))
        return {fact: self.answer(*kind) for fact, kind in kinds.items() if self.rng.random() < answered}

    def plan(self) -> dict[str, Any]:
        findings = {f"finding:{finding}": self.rng.random() < 0.5 for finding in FINDINGS if self.rng.random() < 0.7}
        return self.answers(PLAN) | findings


def compare(rules: list[EngineRule], facts: list[tuple[dict[str, Any], dict[str, Any] | None]]) -> int:
    """How many judgements were compared. Fails at the first that differs."""
    tests = [(rule, compile_condition(rule.condition, SCOPE)) for rule in rules]
    with DurableInference({(0, None): rules}, lambda of: SCOPE) as inference:
        for plan, item in facts:
            truths = {rule: test(plan, item, None) for rule, test in tests}
            fires, denied = inference.judge(0, None, plan, item)
            assert fires == {rule.id for rule, truth in truths.items() if truth is True}
            assert denied == {rule.id for rule, truth in truths.items() if truth is False and rule.denial}
    return len(rules) * len(facts)


def compare_random(rng: Rng, rules: int, plans: int, depth: int) -> int:
    of_item = rng.random() < 0.5
    maker = Maker(rng, of_item)
    book = maker.rulebook(rules, depth)
    return compare(book, [(maker.plan(), maker.answers(KEYS) if of_item else None) for _ in range(plans)])


@given(st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_small_rulebooks(rng: Rng) -> None:
    compare_random(rng, rules=4, plans=4, depth=2)


@given(st.randoms(use_true_random=True))
@settings(max_examples=60, deadline=None)
def test_rulebooks_of_many_shards(rng: Rng) -> None:
    compare_random(rng, rules=100, plans=10, depth=3)


@pytest.mark.slow
@given(st.randoms(use_true_random=True))
@settings(max_examples=400, deadline=None)
def test_rulebooks_of_many_shards_at_length(rng: Rng) -> None:
    compare_random(rng, rules=150, plans=20, depth=4)


def test_facts_that_satisfy_nearly_all_of_300_rules() -> None:
    maker = Maker(random.Random(300), of_item=False)
    plan = {fact: True for fact in PLAN if fact.startswith("flags.")}
    flags = [FactTest(fact=flag, op="is", value=True) for flag in plan]

    def rule(number: int) -> EngineRule:
        choice = [maker.rng.choice(flags) for _ in range(6)]
        condition = All(all=(choice[0], AnyOf(any=tuple(choice[1:4])), Not(negated=Not(negated=choice[4])), choice[5]))
        return EngineRule(f"area.rule_{number}", condition, number % 3 == 0)

    rules = [rule(number) for number in range(300)]
    without_one = [({**plan, flag.fact: False}, None) for flag in flags]
    unknown_one = [({fact: True for fact in plan if fact != flag.fact}, None) for flag in flags]
    none_true = (dict.fromkeys(plan, False), None)
    assert compare(rules, [(plan, None), none_true, *without_one, *unknown_one]) == 300 * 62
