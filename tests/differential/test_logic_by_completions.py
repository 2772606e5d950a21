"""The three-valued logic against brute force: what it calls certain must hold however the open questions are answered.

The reading it is held against is written here anew, for two values and complete facts, and knows nothing of ``logic``.
"""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations, product
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from advisor.engine.logic import Scope, compile_condition
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
    all_leaves,
    facts_read,
    uses_known,
)
from advisor.model.fact_types import FactType

MOST_COMPLETIONS: Final = 600
SCALE: Final = ("poor", "fair", "good")
PARAMETERS: Final = {"one": 1, "half": 0.5}

# Facts by name, as a plan, an item and an element of a list all hold them, with the values they may have.
KINDS: Final = {
    "paid": "boolean", "asked": "boolean", "fit": "option", "fit_before": "option", "size": "number", "goal": "number",
    "start": "date", "end": "date", "fits": "options", "wanted": "options", "names": "texts",
}  # fmt: skip
DOMAINS: Final[Mapping[str, tuple[Any, ...]]] = {
    "boolean": (False, True),
    "option": SCALE,
    "number": (0, 0.5, 1, 2),
    "date": (date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)),
    "options": tuple(frozenset(some) for size in range(4) for some in combinations(SCALE, size)),
    "texts": (frozenset(), frozenset({"a"}), frozenset({"a", "b"})),
}
OPERATORS: Final = {
    "boolean": ("is", "is_not"),
    "option": ("is", "is_not", "one_of", "none_of", "above", "at_least", "below", "at_most"),
    "number": ("is", "is_not", "above", "at_least", "below", "at_most"),
    "date": ("is", "is_not", "before", "after"),
    "options": ("includes", "includes_any", "includes_all", "excludes"),
}
SEVERAL: Final = ("one_of", "none_of", "includes_any", "includes_all")


class TooMany(Exception):
    """There are more completions than a test may take."""


def kind_of(fact: str) -> str:
    if fact.startswith("finding:"):
        return "boolean"
    return "items" if fact == "groups" else KINDS[fact.removeprefix("item.").removeprefix("each.")]


def fact_type(fact: str, each_of: str | None) -> FactType:
    kind = kind_of(fact)
    return FactType(fact, kind, "fit" if kind in ("option", "options") else None)


SCOPE: Final = Scope(fact_type, PARAMETERS)


# The reading of a condition where everything is known. Lists are sets here, lists of items are tuples.


def holds(condition: Condition, plan: dict[str, Any], item: dict[str, Any], each: dict[str, Any]) -> bool:
    def value(fact: str) -> Any:
        if fact.startswith("item."):
            return item[fact[5:]]
        return each[fact[5:]] if fact.startswith("each.") else plan[fact]

    def right_hand(raw: Any) -> Any:
        if isinstance(raw, FactValue):
            return value(raw.fact)
        return PARAMETERS[raw.parameter] if isinstance(raw, ParameterValue) else raw

    match condition:
        case All():
            return not [part for part in condition.all if not holds(part, plan, item, each)]
        case AnyOf():
            return bool([part for part in condition.any if holds(part, plan, item, each)])
        case Not():
            return not holds(condition.negated, plan, item, each)
        case FindingTest():
            return bool(plan["finding:" + condition.finding] == condition.present)
        case Some():
            return bool([one for one in plan[condition.some] if holds(condition.where, plan, item, one)])
        case CountTest():
            counted = list(value(condition.count))
            if condition.where is not None:
                counted = [one for one in counted if holds(condition.where, plan, item, one)]
            return ordered(len(counted), condition.op, right_hand(condition.value))
        case FactTest(op="known"):
            return condition.value is True
        case FactTest():
            return fact_holds(kind_of(condition.fact), value(condition.fact), condition.op, right_hand(condition.value))


def fact_holds(kind: str, value: Any, op: str, wanted: Any) -> bool:
    if kind == "options":
        chosen = {wanted} if isinstance(wanted, str) else set(wanted)
        if op == "includes_all":
            return chosen <= value
        return bool(chosen & value) is (op != "excludes")
    if kind == "date":
        other = date.fromisoformat(wanted) if isinstance(wanted, str) else wanted
        return {"before": value < other, "after": value > other, "is": value == other, "is_not": value != other}[op]
    if op in ("one_of", "none_of"):
        return (value in set(wanted)) is (op == "one_of")
    if kind == "option":
        return ordered(SCALE.index(value), op, SCALE.index(wanted))
    return ordered(value, op, wanted)


def ordered(value: float, op: str, wanted: float) -> bool:
    if op in ("is", "is_not"):
        return (value == wanted) is (op == "is")
    if op in ("above", "at_most"):
        return (value > wanted) is (op == "above")
    return (value >= wanted) is (op == "at_least")


# Facts that are known in part, and every way to complete them.

Partial = dict[str, Any]


def completed(kind: str, value: Any, keys: frozenset[str]) -> list[Any]:
    """Every complete value that a partly known one may turn out to have. ``keys``: what is read of an item."""
    if kind == "items":
        if value is None:
            one = completed_facts({}, keys)
            if len(one) ** 2 > MOST_COMPLETIONS:
                raise TooMany
            return [(), *((first,) for first in one), *product(one, one)]
        elements = [of_element(element, keys) for element in value]
        if math.prod(len(element) for element in elements) > MOST_COMPLETIONS:
            raise TooMany
        return [tuple(one for one in items if one is not None) for items in product(*elements)]
    if value is None:
        return list(DOMAINS[kind])
    if not isinstance(value, Listed):
        return [value]
    others = SCALE if kind == "options" else ("x", "y")
    more = [one for one in others if one not in value.values]
    return [frozenset((*value.values, *some)) for size in range(value.open + 1) for some in combinations(more, size)]


def of_element(element: Partial | None, keys: frozenset[str]) -> list[dict[str, Any] | None]:
    if element is None:  # an item that is unknown may be anything, also nothing
        return [None, *completed_facts({}, keys)]
    return [*completed_facts(element, keys)]


def completed_facts(known: Partial, facts: frozenset[str], keys: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    names = sorted(facts)
    choices = [completed(kind_of(name), known.get(name), keys) for name in names]
    if math.prod(len(choice) for choice in choices) > MOST_COMPLETIONS:
        raise TooMany
    return [dict(zip(names, choice, strict=True)) for choice in product(*choices)]


def as_values(complete: Mapping[str, Any]) -> dict[str, Any]:
    """Complete facts as ``logic`` takes them."""

    def one(value: Any) -> Any:
        if isinstance(value, frozenset):
            return Listed(tuple(sorted(value)))
        return tuple(as_values(item) for item in value) if isinstance(value, tuple) else value

    return {fact: one(value) for fact, value in complete.items()}


def check(condition: Condition, plan: Partial, item: Partial) -> int:
    """Holds ``logic`` against every completion; how many there were."""
    read = {*facts_read(condition)} | {
        "finding:" + leaf.finding for leaf in all_leaves(condition) if isinstance(leaf, FindingTest)
    }
    of_item = frozenset(fact[5:] for fact in read if fact.startswith("item."))
    of_each = frozenset(fact[5:] for fact in read if fact.startswith("each."))
    of_plan = frozenset(fact for fact in read if not fact.startswith(("item.", "each.")))
    test = compile_condition(condition, SCOPE)
    certain = None if uses_known(condition) else test(plan, item, None)
    plans, items = completed_facts(plan, of_plan, of_each), completed_facts(item, of_item)
    if len(plans) * len(items) > MOST_COMPLETIONS:
        raise TooMany
    for whole_plan, whole_item in product(plans, items):
        right = holds(condition, whole_plan, whole_item, {})
        assert test(as_values(whole_plan), as_values(whole_item), None) is right
        if certain is not None:
            assert certain is right, (whole_plan, whole_item)
    return len(plans) * len(items)


# Random conditions over several facts


def partly(kind: str) -> st.SearchStrategy[Any]:
    if kind in ("options", "texts"):
        values = SCALE if kind == "options" else ("a", "b")
        return st.builds(Listed, st.sets(st.sampled_from(values)).map(sorted).map(tuple), st.integers(0, 2))
    return st.sampled_from(DOMAINS[kind])


def partials(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[Partial]:
    return st.fixed_dictionaries({}, optional={fact: partly(kind) for fact, kind in KINDS.items()} | more)


GROUPS: Final = st.lists(partials() | st.none(), min_size=1, max_size=2).map(tuple)
PLANS: Final = partials(**{"groups": GROUPS, "finding:gate.rule": st.booleans()})


@st.composite
def right_hands(draw: st.DrawFn, kind: str, op: str, holders: tuple[str, ...]) -> Any:
    wanted = "options" if op in SEVERAL else "option" if kind == "options" else kind
    if draw(st.integers(0, 2)) == 0:
        fitting = [holder + fact for holder in holders for fact, other in KINDS.items() if other == wanted]
        return FactValue(fact=draw(st.sampled_from(fitting)))
    match wanted:
        case "options":
            return tuple(sorted(draw(st.sets(st.sampled_from(SCALE), min_size=1))))
        case "number":
            return draw(st.sampled_from((0, 1, 2, *(ParameterValue(parameter=name) for name in PARAMETERS))))
        case "date":
            return draw(st.sampled_from(DOMAINS["date"])).isoformat()
        case _:
            return draw(st.sampled_from(DOMAINS[wanted]))


@st.composite
def fact_tests(draw: st.DrawFn, holders: tuple[str, ...]) -> Condition:
    fact = draw(st.sampled_from(holders)) + draw(st.sampled_from(sorted(KINDS)))
    operators = OPERATORS.get(kind_of(fact), ())
    op: Any = draw(st.sampled_from((*operators, "known") if fact.endswith("fit") or not operators else operators))
    value = draw(st.booleans() if op == "known" else right_hands(kind_of(fact), op, holders))
    return FactTest(fact=fact, op=op, value=value)


@st.composite
def counts(draw: st.DrawFn, holders: tuple[str, ...], where: st.SearchStrategy[Condition] | None) -> Condition:
    counted = draw(st.sampled_from(holders)) + draw(st.sampled_from(("fits", "names")))
    op: Any = draw(st.sampled_from(OPERATORS["number"]))
    number = draw(right_hands("number", op, holders))
    if where is None or draw(st.booleans()):
        return CountTest(count=counted, op=op, value=number)
    return CountTest(count="groups", op=op, value=number, where=draw(where | st.none()))


def nested(leaves: st.SearchStrategy[Condition], most: int) -> st.SearchStrategy[Condition]:
    def around(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.builds(All, all=parts) | st.builds(AnyOf, any=parts) | st.builds(Not, negated=inner)

    return st.recursive(leaves, around, max_leaves=most)


HERE: Final = ("", "item.")
OF_EACH: Final = nested(fact_tests((*HERE, "each.")) | counts((*HERE, "each."), None), 2)
FINDINGS: Final = st.builds(FindingTest, finding=st.just("gate.rule"), present=st.booleans())
SOME: Final = st.builds(Some, some=st.just("groups"), where=OF_EACH)
CONDITIONS: Final = nested(fact_tests(HERE) | SOME | counts(HERE, OF_EACH) | FINDINGS, 4)
QUIET: Final = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)


def check_if_few(condition: Condition, plan: Partial, item: Partial) -> None:
    try:
        check(condition, plan, item)
    except TooMany:
        reject()


@given(CONDITIONS, PLANS, partials())
@settings(max_examples=1000, deadline=None, suppress_health_check=QUIET)
def test_what_is_certain_holds_in_every_completion(condition: Condition, plan: Partial, item: Partial) -> None:
    check_if_few(condition, plan, item)


@pytest.mark.slow
@given(CONDITIONS, PLANS, partials())
@settings(max_examples=8_000, deadline=None, suppress_health_check=QUIET)
def test_what_is_certain_holds_at_length(condition: Condition, plan: Partial, item: Partial) -> None:
    check_if_few(condition, plan, item)


# Every single test, on every value its facts may have in part


def every(kind: str) -> Iterator[Any]:
    yield None
    if kind in ("options", "texts"):
        for values in DOMAINS[kind]:
            yield from (Listed(tuple(sorted(values)), undecided) for undecided in range(3))
    else:
        yield from DOMAINS[kind]


def every_test() -> Iterator[FactTest | CountTest]:
    pairs = (("asked", "paid"), ("fit_before", "fit"), ("goal", "size"), ("end", "start"))
    for other, fact in (*pairs, ("wanted", "fits"), ("fit", "fits")):
        for op in OPERATORS[kind_of(fact)]:
            if (op in SEVERAL) is (other == "wanted"):
                yield FactTest(fact=fact, op=op, value=FactValue(fact=other))
    for op in ("one_of", "none_of"):
        yield FactTest(fact="fit", op=op, value=FactValue(fact="wanted"))
    for op in OPERATORS["number"]:
        for counted in ("fits", "names"):
            yield CountTest(count=counted, op=op, value=FactValue(fact="goal"))


@pytest.mark.parametrize("test", list(every_test()), ids=str)
def test_every_test_of_one_fact_against_another(test: FactTest | CountTest) -> None:
    fact, other = facts_read(test)
    compared = 0
    for value, wanted in product(every(kind_of(fact)), every(kind_of(other))):
        known = {name: one for name, one in ((fact, value), (other, wanted)) if one is not None}
        compared += check(test, known, {})
    assert compared > 5
