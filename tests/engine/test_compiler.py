"""Conditions become rulesets inside the part of durable_rules that is safe."""

import json
import math
import operator
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from advisor.engine.compiler import (
    FIELD_NAMES,
    KIND,
    LAST,
    MAX_ALTERNATIVES,
    MAX_FIELDS,
    MAX_RULE,
    EngineRule,
    Shard,
    TooBig,
    as_whole,
    compile_rules,
    rule_size,
)
from advisor.engine.logic import Scope
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

TYPES = {
    "conflict": FactType("conflict", "option", "conflict"),
    "conflict_before": FactType("conflict_before", "option", "conflict"),
    "topic": FactType("topic", "option", "topic"),
    "channels": FactType("channels", "options", "channel"),
    "budget": FactType("budget", "number"),
    "start": FactType("start", "date"),
    "groups": FactType("groups", "items"),
    "each.size": FactType("each.size", "number"),
    "item.paid": FactType("item.paid", "boolean"),
}
PARAMETERS = {"enough": 12, "half": 0.5, "later": None}
SCOPE = Scope(lambda fact, each_of: TYPES.get(fact) or FactType(fact, "boolean"), PARAMETERS)

YES = FactTest(fact="agreed", op="is", value=True)
SOME_LARGE = Some(some="groups", where=FactTest(fact="each.size", op="above", value=1))


def yes(number: int) -> FactTest:
    return FactTest(fact=f"answer_{number}", op="is", value=True)


def compiled(condition: Condition, denial: bool = False) -> Shard:
    (shard,) = compile_rules([EngineRule("area.rule", condition, denial)], SCOPE)
    return shard


def patterns(shard: Shard) -> list[list[dict[str, Any]]]:
    """The tests of each rule but the last, after the one on the kind."""
    found: list[list[dict[str, Any]]] = []
    for name, rule in shard.definition.items():
        pattern = rule["all"][0]["m"]
        if name != LAST:
            kind, *tests = pattern.get("$and", [pattern])
            assert kind == {"kind": KIND}
            found.append(tests)
    return found


def fact(condition: Condition, plan: dict[str, Any], item: dict[str, Any] | None = None) -> dict[str, Any]:
    said = compiled(condition).fact(plan, item)
    assert said.pop("kind") == KIND
    return said


@pytest.mark.parametrize(
    ("condition", "holds", "fails"),
    [
        (FactTest(fact="agreed", op="is", value=True), [[{"f0": True}]], [[{"f0": False}]]),
        (FactTest(fact="agreed", op="is_not", value=True), [[{"f0": False}]], [[{"f0": True}]]),
        (FactTest(fact="agreed", op="known", value=False), [[{"f0": True}]], [[{"f0": False}]]),
        (FactTest(fact="topic", op="is", value="school"), [[{"f0": "school"}]], [[{"$neq": {"f0": "school"}}]]),
        (
            FactTest(fact="topic", op="one_of", value=("school", "care")),
            [[{"f0": "school"}], [{"f0": "care"}]],
            [[{"$neq": {"f0": "school"}}, {"$neq": {"f0": "care"}}]],
        ),
        (
            FactTest(fact="topic", op="none_of", value=("school", "care")),
            [[{"$neq": {"f0": "school"}}, {"$neq": {"f0": "care"}}]],
            [[{"f0": "school"}], [{"f0": "care"}]],
        ),
        (FactTest(fact="conflict", op="at_least", value="threats"), [[{"$gte": {"f0": 3}}]], [[{"$lt": {"f0": 3}}]]),
        (FactTest(fact="budget", op="above", value=2), [[{"$gt": {"f0": 4}}]], [[{"$lte": {"f0": 4}}]]),
        (FactTest(fact="start", op="before", value="0001-01-03"), [[{"$lt": {"f0": 3}}]], [[{"$gte": {"f0": 3}}]]),
        (
            FactTest(fact="channels", op="includes_any", value=("web", "sms")),
            [[{"f0": True}], [{"f1": True}]],
            [[{"$neq": {"f0": True}}, {"$neq": {"f1": True}}]],
        ),
        (
            FactTest(fact="channels", op="includes_all", value=("web", "sms")),
            [[{"$neq": {"f0": False}}, {"$neq": {"f1": False}}]],
            [[{"f0": False}], [{"f1": False}]],
        ),
        (FactTest(fact="channels", op="excludes", value="web"), [[{"$neq": {"f0": True}}]], [[{"f0": True}]]),
        (FindingTest(finding="area.other", present=False), [[{"f0": False}]], [[{"f0": True}]]),
        (All(all=(yes(1), yes(2))), [[{"f0": True}, {"f1": True}]], [[{"f0": False}], [{"f1": False}]]),
        (AnyOf(any=(yes(1), yes(2))), [[{"f0": True}], [{"f1": True}]], [[{"f0": False}, {"f1": False}]]),
        (All(all=()), [[]], []),
        (AnyOf(any=()), [], [[]]),
    ],
)
def test_a_condition_is_alternatives_of_plain_tests(condition: Condition, holds: list[Any], fails: list[Any]) -> None:
    assert patterns(compiled(condition)) == holds
    assert patterns(compiled(Not(negated=condition))) == fails
    assert patterns(compiled(Not(negated=Not(negated=condition)))) == holds
    assert patterns(compiled(condition, denial=True)) == holds + fails


def test_nested_groups_become_a_flat_list_of_alternatives() -> None:
    condition = All(all=(yes(1), AnyOf(any=(yes(2), Not(negated=All(all=(yes(3), yes(4))))))))
    assert patterns(compiled(condition)) == [
        [{"f0": True}, {"f1": True}],
        [{"f0": True}, {"f2": False}],
        [{"f0": True}, {"f3": False}],
    ]


def test_names_of_rules_say_what_they_mean() -> None:
    shard = compiled(AnyOf(any=(yes(1), yes(2))), denial=True)
    assert shard.says == (("area.rule", True), ("area.rule", True), ("area.rule", False))
    assert list(shard.definition) == ["0", "1", "2", LAST]
    assert shard.definition[LAST] == {"all": [{"m": {"kind": KIND}}], "pri": 1}


@pytest.mark.parametrize(
    ("condition", "plan", "said"),
    [
        (YES, {"agreed": False}, {"f0": False}),
        (YES, {}, {}),
        (FactTest(fact="agreed", op="known", value=True), {}, {"f0": False}),
        (FactTest(fact="topic", op="is", value="care"), {"topic": "school"}, {"f0": "school"}),
        (FactTest(fact="conflict", op="above", value="none"), {"conflict": "open_conflict"}, {"f0": 2}),
        (FactTest(fact="conflict", op="above", value="none"), {}, {}),
        (FactTest(fact="start", op="after", value="2026-01-01"), {"start": date(1, 1, 5)}, {"f0": 5}),
        (FactTest(fact="budget", op="is", value=1), {"budget": 7}, {"f0": 14}),
        (FactTest(fact="budget", op="is", value=1), {"budget": 7.25}, {"f0": 15}),
        (FactTest(fact="channels", op="includes", value="web"), {"channels": Listed(("web",), 1)}, {"f0": True}),
        (FactTest(fact="channels", op="includes", value="sms"), {"channels": Listed(("web",), 1)}, {}),
        (FactTest(fact="channels", op="includes", value="sms"), {"channels": Listed(("web",))}, {"f0": False}),
        (FindingTest(finding="area.other", present=True), {"finding:area.other": False}, {"f0": False}),
        (FindingTest(finding="area.other", present=True), {}, {}),
        (CountTest(count="channels", op="above", value=1), {"channels": Listed(("web",), 1)}, {}),
        (CountTest(count="channels", op="above", value=1), {"channels": Listed(("web",))}, {"f0": False}),
        (FactTest(fact="conflict", op="above", value=FactValue(fact="conflict_before")),
         {"conflict": "threats", "conflict_before": "none"}, {"f0": True}),
        (FactTest(fact="conflict", op="above", value=FactValue(fact="conflict_before")), {"conflict": "none"}, {}),
        (SOME_LARGE, {"groups": ({"size": 2},)}, {"f0": True}),
        (SOME_LARGE, {"groups": ({}, None)}, {}),
    ],
)  # fmt: skip
def test_facts_hold_what_is_known_plainly(condition: Condition, plan: dict[str, Any], said: dict[str, Any]) -> None:
    assert fact(condition, plan) == said


def test_facts_of_an_item() -> None:
    condition = FactTest(fact="item.paid", op="is", value=True)
    assert fact(condition, {"paid": False}, {"paid": True}) == {"f0": True}
    assert fact(condition, {"paid": False}, {}) == {}


def test_parameters_are_the_numbers_of_the_day() -> None:
    condition = FactTest(fact="budget", op="below", value=ParameterValue(parameter="enough"))
    assert patterns(compiled(condition)) == [[{"$lt": {"f0": 24}}]]


@pytest.mark.parametrize("parameter", ["half", "later"])
def test_a_parameter_with_decimals_or_without_value_is_left_to_logic(parameter: str) -> None:
    condition = FactTest(fact="budget", op="above", value=ParameterValue(parameter=parameter))
    assert patterns(compiled(condition)) == [[{"f0": True}]]
    assert patterns(compiled(Not(negated=condition))) == [[{"f0": False}]]
    assert fact(condition, {"budget": 0.25}) == ({"f0": False} if parameter == "half" else {})


SMALL = (-2.5, -1, -0.5, -0.0, 0, 1e-9, 0.3, 1, 1.5, 7)
NUMBERS = (*SMALL, -3e300, -(10**12), 999_999_999.5, 10**9, 10**9 + 0.5, 10**18, 1e300)


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.eq, operator.ne, operator.ge, operator.gt])
def test_whole_numbers_stand_for_any_number(compare: Any) -> None:
    for number in NUMBERS:
        whole = as_whole(number)
        assert type(whole) is int
        assert abs(whole) < 2**31
        for constant in (-(10**9), -1, 0, 1, 2, 7, 10**9):
            assert compare(whole, 2 * constant) is compare(number, constant)


@pytest.mark.parametrize("number", [math.inf, -math.inf])
def test_infinite_numbers_stay_the_largest(number: float) -> None:
    assert abs(as_whole(number)) == 2 * (10**9 + 1)


def test_sizes_count_alternatives() -> None:
    pairs = [AnyOf(any=(yes(2 * n), yes(2 * n + 1))) for n in range(5)]
    assert rule_size(All(all=tuple(pairs)), SCOPE) == 32
    assert rule_size(Not(negated=All(all=tuple(pairs))), SCOPE) == 5
    assert rule_size(All(all=(*pairs, AnyOf(any=(yes(98), yes(99))))), SCOPE) == 64
    assert rule_size(YES, SCOPE) == 1


def test_many_options_do_not_make_a_rule_too_big() -> None:
    topics = FactTest(fact="topic", op="one_of", value=VOCABULARIES["topic"][:7])
    channels = FactTest(fact="channels", op="includes_any", value=VOCABULARIES["channel"][:6])
    assert rule_size(All(all=(topics, YES)), SCOPE) == 7
    both = All(all=(topics, channels, AnyOf(any=(yes(1), yes(2)))))
    assert rule_size(both, SCOPE) == 2
    assert fact(both, {"topic": "housing", "channels": Listed(("web",)), "answer_1": True}) == {
        "f0": True, "f1": True, "f2": True}  # fmt: skip


def test_a_rule_with_too_many_alternatives_is_refused() -> None:
    big = AnyOf(any=tuple(yes(n) for n in range(MAX_RULE + 1)))
    assert rule_size(big, SCOPE) == MAX_RULE + 1
    with pytest.raises(TooBig) as raised:
        compile_rules([EngineRule("area.big", big, False)], SCOPE)
    assert (raised.value.rule, raised.value.size, raised.value.denial) == ("area.big", MAX_RULE + 1, False)


def test_the_denial_counts_only_where_it_is_read() -> None:
    every = All(all=tuple(yes(n) for n in range(MAX_RULE + 1)))
    assert len(compile_rules([EngineRule("area.every", every, False)], SCOPE)) == 1
    with pytest.raises(TooBig) as raised:
        compile_rules([EngineRule("area.every", every, True)], SCOPE)
    assert (raised.value.size, raised.value.denial) == (MAX_RULE + 1, True)


def test_a_rule_that_reads_too_much_is_refused() -> None:
    wide = All(all=tuple(yes(n) for n in range(MAX_FIELDS + 1)))
    assert rule_size(wide, SCOPE) == MAX_FIELDS + 1
    with pytest.raises(TooBig):
        compile_rules([EngineRule("area.wide", wide, False)], SCOPE)


def shards_of(conditions: Iterator[Condition]) -> tuple[Shard, ...]:
    return compile_rules([EngineRule(f"area.rule_{n}", one, False) for n, one in enumerate(conditions)], SCOPE)


def test_shards_hold_no_more_alternatives_than_the_library_bears() -> None:
    shards = shards_of(AnyOf(any=(yes(n % 7), yes(n % 11), yes(n % 13))) for n in range(50))
    assert [len(shard.says) for shard in shards] == [60, 60, 30]
    assert MAX_ALTERNATIVES == 60


def test_shards_hold_no_more_fields_than_the_library_bears() -> None:
    shards = shards_of(All(all=tuple(yes(30 * n + k) for k in range(30))) for n in range(14))
    assert [len(shard.fields) for shard in shards] == [180, 180, 60]
    assert len(shards_of(All(all=tuple(yes(k) for k in range(30))) for _ in range(14))) == 1


def test_a_shard_with_room_takes_a_later_rule() -> None:
    many = AnyOf(any=tuple(yes(n) for n in range(35)))
    first, second = shards_of(iter([many, many, yes(1)]))
    assert (len(first.says), len(second.says)) == (36, 35)


def test_no_rules_no_shards() -> None:
    assert compile_rules([], SCOPE) == ()


def test_the_same_rules_give_the_same_shards() -> None:
    rules = [EngineRule(f"area.rule_{n}", AnyOf(any=(yes(n), Not(negated=yes(n * 3)))), True) for n in range(40)]
    one, other = (json.dumps([shard.definition for shard in compile_rules(rules, SCOPE)]) for _ in range(2))
    assert one == other


def fnv_1a(name: str) -> int:
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


def test_the_hash_keeps_all_names_apart() -> None:
    names = ("kind", "id", "sid", "$s", "m", *FIELD_NAMES)
    assert len({fnv_1a(name) for name in names}) == len(names)
    assert fnv_1a("costarring") == fnv_1a("liquid")
