"""Parts of a condition that can never hold, or always do: found by trying what its facts may say.

Facts that matter are tried in every combination where those are few, else in a fixed sample; what was not tried out fully
is not reported.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, product
from math import prod
from typing import Any, NamedTuple

from advisor.engine.facts import Values
from advisor.engine.layers import Rulebook
from advisor.engine.logic import FINDING, compile_condition
from advisor.model.answers import Listed
from advisor.model.condition import (
    All,
    AnyOf,
    Condition,
    CountTest,
    FactTest,
    FactValue,
    FindingTest,
    Leaf,
    Not,
    ParameterValue,
    Some,
    leaves,
)
from advisor.model.rule import Rule

_MOST_TRIED = 20_000
_DAY = date(2026, 3, 2)


class Vacuous(NamedTuple):
    """A part of a rule's condition that never or always holds. ``path`` leads to it from ``when`` or ``applies``."""

    rule: str
    path: tuple[str | int, ...]
    always: bool


def vacuous_parts(rule: Rule, rulebook: Rulebook) -> Iterator[Vacuous]:
    """The outermost parts of a rule's conditions that never or always hold, whatever a plan answers."""
    for name, condition in (("applies", rule.applies), ("when", rule.when)):
        if condition is not None:
            yield from _parts(condition, (name,), rule, rulebook)


def _parts(condition: Condition, path: tuple[str | int, ...], rule: Rule, rulebook: Rulebook) -> Iterator[Vacuous]:
    truths = _truths(condition, rule, rulebook)
    if truths is not None and True not in truths:
        yield Vacuous(rule.id, path, always=False)
    elif truths is not None and truths == {True}:
        yield Vacuous(rule.id, path, always=True)
    else:
        match condition:
            case All(all=parts) | AnyOf(any=parts):
                for place, part in enumerate(parts):
                    yield from _parts(part, (*path, condition.kind, place), rule, rulebook)
            case Not(negated=part):
                yield from _parts(part, (*path, "not"), rule, rulebook)


def _truths(condition: Condition, rule: Rule, rulebook: Rulebook) -> set[bool | None] | None:
    """Every truth the condition takes; None where not everything could be tried."""
    tests = list(leaves(condition))
    if any(isinstance(leaf, Some) or (isinstance(leaf, CountTest) and leaf.where is not None) for leaf in tests):
        return None
    domains = _domains(tests, rule, rulebook)
    if prod(len(values) for values in domains.values()) > _MOST_TRIED:
        return None
    test = compile_condition(condition, rulebook.scope(rule.for_each))
    truths: set[bool | None] = set()
    for chosen in islice(product(*domains.values()), _MOST_TRIED):
        plan: Values = {}
        item: Values = {}
        for fact, value in zip(domains, chosen, strict=True):
            if value is not None:
                (item if fact.startswith("item.") else plan)[fact.removeprefix("item.")] = value
        truths.add(test(plan, item, None))
    return truths


def _domains(tests: list[Leaf], rule: Rule, rulebook: Rulebook) -> dict[str, list[Any]]:
    """For every fact the tests read, the values worth trying, None (unknown) among them."""
    domains: dict[str, list[Any]] = {}
    for leaf in tests:
        match leaf:
            case FindingTest(finding=finding):
                domains[FINDING + finding] = [True, False, None]
            case FactTest(fact=fact) | CountTest(count=fact):
                named = [fact, leaf.value.fact] if isinstance(leaf.value, FactValue) else [fact]
                for one in named:
                    known = domains.setdefault(one, [None])
                    known += [value for value in _values(one, leaf, rule, rulebook) if value not in known]
            case _:
                pass
    return domains


def _values(fact: str, leaf: FactTest | CountTest, rule: Rule, rulebook: Rulebook) -> list[Any]:
    kind = rulebook.space.find(fact, rule.for_each, None)
    assert kind is not None
    value: Any = leaf.value
    if isinstance(value, ParameterValue):
        value = rulebook.scope(rule.for_each).parameters[value.parameter]
    match kind.kind:
        case "boolean":
            return [True, False]
        case "option":
            return list(kind.options)
        case "number":
            near = value if isinstance(value, (int, float)) else 1
            return [near - 1, near, near + 1, -1, 0, 1]
        case "date":
            day = date.fromisoformat(value) if isinstance(value, str) else _DAY
            return [day - timedelta(1), day, day + timedelta(1)]
        case "options" | "texts":
            named = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
            length = int(value) + 1 if isinstance(leaf, CountTest) and isinstance(value, (int, float)) else 1
            some = tuple(dict.fromkeys((*named, *(kind.options or ("a", "b", "c")))))
            return [Listed(()), Listed(named), Listed(some[:length]), Listed(some), Listed(some[-1:])]
        case "items":
            return [({},), ({},) * 4]
        case _:
            return ["text"]
