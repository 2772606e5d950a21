"""Rules made wrong on purpose, one small change at a time: whether a rule's own examples notice tells how good they are.

Operators: ``drop`` leaves out one part of an all or an any, or the whole ``applies``; ``flip`` turns a test or a connective
round; ``threshold`` moves a number or a parameter one step; ``swap`` puts another option in an option's place or leaves one
of several out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from advisor.engine.layers import Rulebook
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
from advisor.model.rule import Rule
from advisor.model.vocabulary import SCALES
from advisor.quality.rules_test import ExampleResult, run_examples

OPERATORS: Final = ("drop", "flip", "threshold", "swap")
_OPPOSITE: Final[Mapping[str, tuple[str, ...]]] = {
    "is": ("is_not",), "is_not": ("is",), "one_of": ("none_of",), "none_of": ("one_of",),
    "above": ("at_most", "at_least"), "at_least": ("below", "above"), "below": ("at_least", "at_most"),
    "at_most": ("above", "below"), "before": ("after",), "after": ("before",),
    "includes": ("excludes",), "excludes": ("includes",), "includes_any": ("includes_all",), "includes_all": ("includes_any",),
}  # fmt: skip


class Mutant(NamedTuple):
    """A rule made wrong. ``change`` says where and what, in the words of the rule file."""

    operator: str
    change: str
    rule: Rule

    @property
    def name(self) -> str:
        """Rule, operator and change: what an equivalent mutant is named by."""
        return f"{self.rule.id} {self.operator}: {self.change}"


def mutants(rule: Rule, rulebook: Rulebook) -> Iterator[Mutant]:
    """Every mutant of a rule. Changes to tests of method data that only the catalogue holds are among them."""
    maker = _Maker(rule, rulebook)
    for name, condition in (("applies", rule.applies), ("when", rule.when)):
        if condition is None:
            continue
        for operator, change, changed in maker.of(condition, name, None):
            yield Mutant(operator, change, rule.model_copy(update={name: changed}))
    if rule.applies is not None:
        yield Mutant("drop", "applies", rule.model_copy(update={"applies": None}))


@dataclass(frozen=True)
class _Maker:
    rule: Rule
    rulebook: Rulebook

    def of(self, condition: Condition, path: str, each_of: str | None) -> Iterator[tuple[str, str, Condition]]:
        """Every change to a condition: operator, what is changed, the condition after it."""
        match condition:
            case All(all=parts) | AnyOf(any=parts):
                yield from self._of_parts(condition, parts, path, each_of)
            case Not(negated=part):
                yield "flip", f"{path}: not", part
                for operator, change, changed in self.of(part, f"{path}.not", each_of):
                    yield operator, change, Not(negated=changed)
            case Some(some=items, where=where):
                yield "flip", f"{path}: some {items}", Not(negated=condition)
                for operator, change, changed in self.of(where, f"{path}.some", items):
                    yield operator, change, condition.model_copy(update={"where": changed})
            case CountTest():
                yield from self._of_count(condition, path)
            case FindingTest(finding=rule, present=present):
                yield "flip", f"{path}: {rule}", FindingTest(finding=rule, present=not present)
            case FactTest():
                yield from self._of_fact(condition, path, each_of)

    def _of_parts(
        self, condition: All | AnyOf, parts: tuple[Condition, ...], path: str, each_of: str | None
    ) -> Iterator[tuple[str, str, Condition]]:
        every = isinstance(condition, All)

        def joined(some: tuple[Condition, ...]) -> Condition:
            return All(all=some) if every else AnyOf(any=some)

        if len(parts) > 1:
            yield "flip", f"{path}: {'all' if every else 'any'}", AnyOf(any=parts) if every else All(all=parts)
        for place, part in enumerate(parts):
            here = f"{path}.{'all' if every else 'any'}[{place}]"
            if len(parts) > 1:
                yield "drop", here, joined((*parts[:place], *parts[place + 1 :]))
            for operator, change, changed in self.of(part, here, each_of):
                yield operator, change, joined((*parts[:place], changed, *parts[place + 1 :]))

    def _of_count(self, test: CountTest, path: str) -> Iterator[tuple[str, str, Condition]]:
        for op in _OPPOSITE.get(test.op, ()):
            yield "flip", f"{path}: {test.count} {test.op} -> {op}", test.model_copy(update={"op": op})
        for value in self._numbers(test.value):
            yield "threshold", f"{path}: {test.count} {test.op} {_said(value)}", test.model_copy(update={"value": value})
        if test.where is not None:
            for operator, change, changed in self.of(test.where, f"{path}.count", test.count):
                yield operator, change, test.model_copy(update={"where": changed})

    def _of_fact(self, test: FactTest, path: str, each_of: str | None) -> Iterator[tuple[str, str, Condition]]:
        def to(**changed: Any) -> FactTest:
            return test.model_copy(update=changed)

        if isinstance(test.value, bool):  # is true and is_not false are one test
            yield "flip", f"{path}: {test.fact} {test.op} {_said(not test.value)}", to(value=not test.value)
            return
        for op in _OPPOSITE.get(test.op, ()):
            yield "flip", f"{path}: {test.fact} {test.op} -> {op}", to(op=op)
        for value in self._numbers(test.value):
            yield "threshold", f"{path}: {test.fact} {test.op} {_said(value)}", to(value=value)
        kind = self.rulebook.scope(self.rule.for_each).types(test.fact, each_of)
        for option in self._options(test.value, kind):
            yield "swap", f"{path}: {test.fact} {test.op} {_said(option)}", to(value=option)

    def _numbers(self, value: object) -> Iterator[int | float]:
        if isinstance(value, ParameterValue):
            value = self.rulebook.parameters[value.parameter]
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            yield value + 1
            yield value - 1

    def _options(self, value: object, kind: FactType) -> Iterator[str | tuple[str, ...]]:
        """Another option in its place: the next one of a scale, else the next and the one before; one of several left out."""
        if kind.kind not in ("option", "options") or isinstance(value, (ParameterValue, FactValue)):
            return
        every = tuple(self.rulebook.knowledge.methods) if kind.vocabulary == "method" else (
            kind.options)  # fmt: skip
        if isinstance(value, tuple):
            for place in range(len(value) if len(value) > 1 else 0):
                yield (*value[:place], *value[place + 1 :])
            others = [option for option in every if option not in value]
            if others and value:
                yield (others[0], *value[1:])
        elif isinstance(value, str) and value in every:
            place = every.index(value)
            beside = (place - 1, place + 1) if kind.vocabulary in SCALES else ((place + 1) % len(every),)
            yield from (every[one] for one in beside if 0 <= one < len(every) and one != place)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "[" + ", ".join(value) + "]" if isinstance(value, tuple) else str(value)


def caught_by(mutant: Mutant, rulebook: Rulebook) -> ExampleResult | None:
    """The first of the rule's own examples that comes out otherwise than it says; None where the mutant passes them all."""
    return next((result for result in run_examples(mutant.rule, rulebook) if not result.passed), None)


@dataclass(frozen=True)
class MutationRun:
    """What the examples made of the mutants of a rulebook: how many there were of each operator, and those not caught."""

    made: Mapping[str, int]
    missed: tuple[Mutant, ...]

    @property
    def caught(self) -> int:
        """How many the examples caught."""
        return sum(self.made.values()) - len(self.missed)


def run_mutants(rulebook: Rulebook) -> MutationRun:
    """Every mutant of every rule that is not switched off, against the rule's own examples."""
    made = dict.fromkeys(OPERATORS, 0)
    missed: list[Mutant] = []
    for rule in rulebook.knowledge.rules.values():
        if rule.id in rulebook.terms.off:
            continue
        for mutant in mutants(rule, rulebook):
            made[mutant.operator] += 1
            if caught_by(mutant, rulebook) is None:
                missed.append(mutant)
    return MutationRun(made, tuple(missed))
