"""What a condition means: Kleene's three-valued logic over what is known (rule language, sections 4 and 5).

A condition becomes a function of the plan's values, the item's and (inside a quantifier) each element's; it answers True,
False, or None where what is known does not decide. This module is the meaning: the engine must agree with it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from math import inf
from typing import Any, NamedTuple

from advisor.engine.facts import Values, is_known
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
from advisor.model.vocabulary import SCALES, VOCABULARIES

Truth = bool | None
Test = Callable[[Values, Values | None, Values | None], Truth]
Get = Callable[[Values, Values | None, Values | None], Any]

FINDING = "finding:"


class Scope(NamedTuple):
    """What the names in a rule's condition mean: the type of every fact, and the parameters' values on the day.

    ``types`` maps a fact as the condition writes it (``item.channels``) to its type; ``each`` does so for a quantifier's list.
    """

    types: Callable[[str, str | None], FactType]
    parameters: Mapping[str, int | float | None]


def compile_condition(condition: Condition, scope: Scope, each_of: str | None = None) -> Test:
    """The function that judges ``condition``. ``each_of`` is the list of the quantifier it stands in, or None."""
    match condition:
        case All(all=parts):
            return _all_of([compile_condition(part, scope, each_of) for part in parts])
        case AnyOf(any=parts):
            return _any_of([compile_condition(part, scope, each_of) for part in parts])
        case Not(negated=part):
            return _negated(compile_condition(part, scope, each_of))
        case FindingTest(finding=rule, present=present):
            return _finding(FINDING + rule, present)
        case Some(some=items, where=where):
            return _some(getter(items), compile_condition(where, scope, items))
        case CountTest(count=counted, where=where):
            inner = compile_condition(where, scope, counted) if where is not None else None
            number = _operand(condition, scope, each_of, None)
            return _count(getter(counted), inner, condition.op, number)
        case FactTest():
            return _fact_test(condition, scope, each_of)


def getter(fact: str) -> Get:
    """How a fact is looked up: in the plan, in the item or in the quantifier's element. None where it is not known."""
    holder, _, name = fact.partition(".")
    if holder == "item":
        return lambda plan, item, each: item.get(name) if item is not None else None
    if holder == "each":
        return lambda plan, item, each: each.get(name) if each is not None else None
    return lambda plan, item, each: plan.get(fact)


def _all_of(tests: list[Test]) -> Test:
    def all_of(plan: Values, item: Values | None, each: Values | None) -> Truth:
        answer: Truth = True
        for test in tests:
            part = test(plan, item, each)
            if part is False:
                return False
            if part is None:
                answer = None
        return answer

    return all_of


def _any_of(tests: list[Test]) -> Test:
    def any_of(plan: Values, item: Values | None, each: Values | None) -> Truth:
        answer: Truth = False
        for test in tests:
            part = test(plan, item, each)
            if part is True:
                return True
            if part is None:
                answer = None
        return answer

    return any_of


def _negated(test: Test) -> Test:
    def negated(plan: Values, item: Values | None, each: Values | None) -> Truth:
        answer = test(plan, item, each)
        return None if answer is None else not answer

    return negated


def _finding(name: str, present: bool) -> Test:
    def finding(plan: Values, item: Values | None, each: Values | None) -> Truth:
        answer = plan.get(name)
        return None if answer is None else answer is present

    return finding


def _some(get: Get, where: Test) -> Test:
    def some(plan: Values, item: Values | None, each: Values | None) -> Truth:
        items = get(plan, item, each)
        if items is None:
            return None
        answer: Truth = False
        for element in items:
            holds = where(plan, item, element) if element is not None else None
            if holds:
                return True
            if holds is None:
                answer = None
        return answer

    return some


def _count(get: Get, where: Test | None, op: str, number: Get) -> Test:
    holds_between = _INTERVALS[op]

    def count(plan: Values, item: Values | None, each: Values | None) -> Truth:
        wanted = number(plan, item, each)
        if wanted is None:
            return None
        counted = get(plan, item, each)
        low, high = interval(counted, where, plan, item)
        return holds_between(low, high, wanted)

    return count


def interval(
    counted: Any, where: Test | None, plan: Values, item: Values | None
) -> tuple[int, int | float]:
    """How many elements there surely are, and how many there may be."""
    if counted is None:
        return 0, inf
    if isinstance(counted, Listed):
        return len(counted.values), len(counted.values) + counted.open
    judged = [None if element is None else where(plan, item, element) if where else True for element in counted]
    return judged.count(True), len(judged) - judged.count(False)


_INTERVALS: dict[str, Callable[[int, int | float, float], Truth]] = {
    "at_least": lambda low, high, n: True if low >= n else False if high < n else None,
    "above": lambda low, high, n: True if low > n else False if high <= n else None,
    "at_most": lambda low, high, n: True if high <= n else False if low > n else None,
    "below": lambda low, high, n: True if high < n else False if low >= n else None,
    "is": lambda low, high, n: (low == high) or None if low <= n <= high else False,
    "is_not": lambda low, high, n: (False if low == high else None) if low <= n <= high else True,
}


def _operand(test: FactTest | CountTest, scope: Scope, each_of: str | None, kind: FactType | None) -> Get:
    """The right-hand side as a lookup: a literal, a parameter's value on the day, or another fact."""
    match test.value:
        case FactValue(fact=fact):
            return getter(fact)
        case ParameterValue(parameter=parameter):
            constant: Any = scope.parameters[parameter]
        case str() as text if kind is not None and kind.kind == "date":
            constant = date.fromisoformat(text)
        case literal:
            constant = literal
    return lambda plan, item, each: constant


def _fact_test(test: FactTest, scope: Scope, each_of: str | None) -> Test:
    get = getter(test.fact)
    if test.op == "known":
        wanted = test.value
        return lambda plan, item, each: is_known(get(plan, item, each)) is wanted
    kind = scope.types(test.fact, each_of)
    operand = _operand(test, scope, each_of, kind)
    if kind.kind == "options":
        compare = _LIST_TESTS[test.op]
    elif kind.kind == "option" and test.op in ("above", "at_least", "below", "at_most"):
        places = {option: place for place, option in enumerate(VOCABULARIES[kind.vocabulary or ""])}
        by_place = _COMPARISONS[test.op]

        def compare(value: Any, other: Any) -> Truth:
            return by_place(places[value], places[other])
    elif test.op in ("one_of", "none_of") and isinstance(test.value, FactValue):
        compare = _IN_LIST[test.op]
    else:
        compare = _COMPARISONS[test.op]

    def fact_test(plan: Values, item: Values | None, each: Values | None) -> Truth:
        value = get(plan, item, each)
        if value is None:
            return None
        other = operand(plan, item, each)
        return None if other is None else compare(value, other)

    return fact_test


_COMPARISONS: dict[str, Callable[[Any, Any], Truth]] = {
    "is": lambda value, other: value == other,
    "is_not": lambda value, other: value != other,
    "one_of": lambda value, others: value in others,
    "none_of": lambda value, others: value not in others,
    "above": lambda value, other: value > other,
    "at_least": lambda value, other: value >= other,
    "below": lambda value, other: value < other,
    "at_most": lambda value, other: value <= other,
    "before": lambda value, other: value < other,
    "after": lambda value, other: value > other,
}


def _listed(other: Any) -> Listed:
    return other if isinstance(other, Listed) else Listed(other if isinstance(other, tuple) else (other,))


def _includes_any(value: Listed, other: Any) -> Truth:
    wanted = _listed(other)
    if any(option in value.values for option in wanted.values):
        return True
    nothing = (not value.values and not value.open) or (not wanted.values and not wanted.open)
    return None if (value.open or wanted.open) and not nothing else False


def _includes_all(value: Listed, other: Any) -> Truth:
    wanted = _listed(other)
    if all(option in value.values for option in wanted.values):
        return None if wanted.open else True
    return None if value.open else False


def _excludes(value: Listed, other: Any) -> Truth:
    included = _includes_any(value, other)
    return None if included is None else not included


_LIST_TESTS: dict[str, Callable[[Listed, Any], Truth]] = {
    "includes": _includes_any,
    "includes_any": _includes_any,
    "includes_all": _includes_all,
    "excludes": _excludes,
}

_IN_LIST: dict[str, Callable[[Any, Any], Truth]] = {
    "one_of": lambda value, others: _includes_any(others, value),
    "none_of": lambda value, others: _excludes(others, value),
}

assert all(scale in VOCABULARIES for scale in SCALES)
