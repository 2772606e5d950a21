"""Parts of a condition that can never hold, or always do: found by trying what its facts may say.

Facts that matter are tried in every combination where those are few, else in a fixed sample; what was not tried out fully
is not reported.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, product
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
    elif truths is not None and False not in truths:
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
    for chosen in product(*domains.values()):
        plan: Values = {}
        item: Values = {}
        for fact, value in zip(domains, chosen, strict=True):
            if value is not None:
                (item if fact.startswith("item.") else plan)[fact.removeprefix("item.")] = value
        truths.add(test(plan, item, None))
    return truths


def _domains(tests: list[Leaf], rule: Rule, rulebook: Rulebook) -> dict[str, list[Any]]:
    """For every fact the tests read, the values worth trying, None (unknown) among them."""
    parameters = rulebook.scope(rule.for_each).parameters
    domains: dict[str, list[Any]] = {}
    compared: dict[str, list[Any]] = {}  # what each fact is compared with; None where that is another fact
    for leaf in tests:
        match leaf:
            case FindingTest(finding=finding):
                domains[FINDING + finding] = [True, False, None]
            case FactTest(fact=fact, value=value) | CountTest(count=fact, value=value):
                other = parameters[value.parameter] if isinstance(value, ParameterValue) else value
                compared.setdefault(fact, []).append(None if isinstance(value, FactValue) else other)
                if isinstance(value, FactValue):
                    compared.setdefault(value.fact, []).append(None)
            case _:
                pass
    for fact, values in compared.items():
        kind = rulebook.space.find(fact, rule.for_each, None)
        assert kind is not None
        options = tuple(rulebook.knowledge.methods) if kind.vocabulary == "method" else kind.options
        domain = domains[fact] = [None]
        domain += [value for value in _values(kind.kind, options, values) if value not in domain]
    return domains


def _values(kind: str, options: tuple[str, ...], compared: list[Any]) -> Iterator[Any]:
    numbers = [value for value in compared if isinstance(value, (int, float)) and not isinstance(value, bool)]
    match kind:
        case "boolean":
            yield from (True, False)
        case "option":
            yield from options
        case "number":
            for near in (*numbers, 0):
                yield from (near - 1, near, near + 1)
        case "date":
            for day in (_DAY, *(date.fromisoformat(value) for value in compared if isinstance(value, str))):
                yield from (day - timedelta(1), day, day + timedelta(1))
        case "options" | "texts":
            named = [one for value in compared for one in (value if isinstance(value, tuple) else (value,))]
            matter = tuple(dict.fromkeys(one for one in named if isinstance(one, str)))
            others = tuple(option for option in options or map(str, range(20)) if option not in matter)
            for length in range(len(matter) + 1):
                for chosen in combinations(matter, length):
                    for beside in range(min(len(others), int(max(numbers, default=0)) + 1) + 1):
                        yield Listed((*chosen, *others[:beside]))
        case "items":
            for length in range(1, int(max(numbers, default=0)) + 3):
                yield ({},) * length
        case _:
            yield "text"
