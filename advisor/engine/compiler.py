"""Conditions as rulesets of durable_rules, inside the part of that library that was measured to be reliable.

A rule becomes the alternatives of its disjunctive normal form, each an engine rule that is one flat list of tests on
one flat fact. What is unknown is absent from the fact, and no test on an absent field fires, whichever way it asks:
that is Kleene's logic. So ``not`` goes down to the tests, where it turns an operator into its opposite.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain, product
from math import floor, prod
from typing import Any, Final, NamedTuple

from advisor.engine.facts import Values
from advisor.engine.logic import FINDING, Get, Scope, Truth, compile_condition, getter
from advisor.errors import EngineError
from advisor.model.answers import Listed
from advisor.model.condition import (
    All,
    AnyOf,
    Condition,
    FactTest,
    FactValue,
    FindingTest,
    Leaf,
    Not,
    ParameterValue,
)
from advisor.model.fact_types import FactType
from advisor.model.vocabulary import VOCABULARIES

KIND: Final = "plan"
LAST: Final = "last"  # the rule of every shard that fires on any fact, after all others

# The library answers with an error once one fact satisfies over 64 tests side by side (each needs an alternative of its
# own), or once a fact has over 252 properties.
MAX_ALTERNATIVES: Final = 60
MAX_FIELDS: Final = 200
MAX_RULE: Final = 40

# Names that a 32-bit FNV-1a hash keeps apart, which is all the library compares (a test proves it).
FIELD_NAMES: Final = tuple(f"f{number}" for number in range(MAX_FIELDS))

_LARGEST: Final = 1_000_000_000  # twice this still is a C long where that has 32 bits
_ENGINE_OPS: Final = {
    "is": "==", "is_not": "!=", "above": "$gt", "at_least": "$gte", "below": "$lt", "at_most": "$lte",
    "before": "$lt", "after": "$gt",
}  # fmt: skip
_OPPOSITE: Final = {"==": "!=", "!=": "==", "$gt": "$lte", "$lte": "$gt", "$lt": "$gte", "$gte": "$lt"}


class EngineRule(NamedTuple):
    """A rule as the engine runs it: ``applies`` and ``when`` as one condition.

    ``denial``: a later layer reads what the rule says, so the engine must also tell where it certainly does not hold.
    """

    id: str
    condition: Condition
    denial: bool


class TooBig(EngineError):
    """A rule with more alternatives than one engine fact may ever satisfy; such a rule is refused when it is loaded."""

    def __init__(self, rule: str, size: int, denial: bool) -> None:
        self.rule, self.size, self.denial = rule, size, denial
        super().__init__(f"{rule} has {size} alternatives{' when it is denied' * denial}, at most {MAX_RULE} fit")


class Field(NamedTuple):
    """A field of an engine fact: how it is read and from which fact.

    ``how``: value, place (of an option on its scale), day, number, includes (the option ``detail``), or truth (of the
    test ``detail``, which ``logic`` works out).
    """

    how: str
    fact: str
    detail: str | Leaf = ""


class Test(NamedTuple):
    """A field compared with a constant."""

    field: Field
    op: str
    value: bool | int | str

    @property
    def opposite(self) -> "Test":
        """The test that holds where the field is known and this one does not."""
        return self._replace(op=_OPPOSITE[self.op])


Alternative = tuple[Test, ...]


class Shard(NamedTuple):
    """A ruleset, and what one needs to run it.

    ``definition`` is the ruleset as the library reads it; its rules are named by their place in ``says``: (rule, True)
    where the rule holds, (rule, False) where it certainly does not. ``fields`` are the names and readers of a fact.
    """

    definition: dict[str, Any]
    says: tuple[tuple[str, bool], ...]
    fields: tuple[tuple[str, Get], ...]

    def fact(self, plan: Values, item: Values | None) -> dict[str, bool | int | str]:
        """What the shard's rules need to know of a plan or of one item; what is unknown is absent."""
        fact: dict[str, bool | int | str] = {"kind": KIND}
        for name, read in self.fields:
            value = read(plan, item, None)
            if value is not None:
                fact[name] = value
        return fact


def compile_rules(rules: Sequence[EngineRule], scope: Scope) -> tuple[Shard, ...]:
    """The rules of one layer that are judged for the same thing, packed first fit.

    Raises TooBig where a rule has more than 40 alternatives.
    """
    drafts: list[_Draft] = []
    for rule in rules:
        for holds in (True, False) if rule.denial else (True,):
            form = _form(rule.condition, holds, scope)
            if form.size > MAX_RULE:
                raise TooBig(rule.id, form.size, not holds)
            draft = next((draft for draft in drafts if draft.has_room(form)), None)
            if draft is None:
                drafts.append(draft := _Draft())
            draft.add((rule.id, holds), form)
    readers: dict[Field, Get] = {}
    return tuple(draft.shard(scope, readers) for draft in drafts)


def rule_size(condition: Condition, scope: Scope) -> int:
    """How many alternatives a condition has (or fields, where those are too many); over ``MAX_RULE`` it is refused.

    For a rule that a later layer reads, the size of its negation counts as well.
    """
    tree = _tree(condition, True, scope, True)
    size = _size(tree)
    if size <= MAX_RULE and _tests(tree) <= MAX_FIELDS:
        return size
    return _form(condition, True, scope).size


class _Form(NamedTuple):
    """A condition in disjunctive normal form. ``size`` counts its alternatives, or its fields where those are too many;
    over ``MAX_RULE`` they are not written out."""

    size: int
    alternatives: list[Alternative]
    fields: dict[Field, None]


@dataclass
class _Draft:
    """A shard while it is being packed."""

    alternatives: list[tuple[tuple[str, bool], Alternative]] = field(default_factory=list)
    fields: dict[Field, None] = field(default_factory=dict)

    def has_room(self, form: _Form) -> bool:
        return (
            len(self.alternatives) + len(form.alternatives) <= MAX_ALTERNATIVES
            and len(self.fields.keys() | form.fields.keys()) <= MAX_FIELDS
        )

    def add(self, says: tuple[str, bool], form: _Form) -> None:
        self.alternatives += [(says, tests) for tests in form.alternatives]
        self.fields |= form.fields

    def shard(self, scope: Scope, readers: dict[Field, Get]) -> Shard:
        names = dict(zip(self.fields, FIELD_NAMES, strict=False))
        for one in self.fields:
            if one not in readers:
                readers[one] = _reader(one, scope)
        definition: dict[str, Any] = {
            str(number): _engine_rule([_engine_test(test, names[test.field]) for test in tests])
            for number, (_, tests) in enumerate(self.alternatives)
        }
        definition[LAST] = _engine_rule([]) | {"pri": 1}
        says = tuple(says for says, _ in self.alternatives)
        return Shard(definition, says, tuple((name, readers[one]) for one, name in names.items()))


def _engine_rule(tests: list[dict[str, Any]]) -> dict[str, Any]:
    # The kind comes first: a pattern that could match the library's own state message would fire for ever.
    return {"all": [{"m": {"$and": [{"kind": KIND}, *tests]} if tests else {"kind": KIND}}]}


def _engine_test(test: Test, name: str) -> dict[str, Any]:
    if test.op == "==":
        return {name: test.value}
    return {"$neq" if test.op == "!=" else test.op: {name: test.value}}


def _form(condition: Condition, holds: bool, scope: Scope) -> _Form:
    """The form in which the condition holds, or does not. A test of several options is an alternative for each, unless
    that alone makes the rule too big."""
    size = 0
    for by_option in (True, False):
        tree = _tree(condition, holds, scope, by_option)
        size = _size(tree)
        if size <= MAX_RULE:
            alternatives = _expanded(tree)
            fields = dict.fromkeys(test.field for tests in alternatives for test in tests)
            if len(fields) <= MAX_FIELDS:
                return _Form(size, alternatives, fields)
            size = len(fields)
    return _Form(size, [], {})


class _Group(NamedTuple):
    """A condition without ``not``; its parts all hold, or any."""

    every: bool
    parts: "list[_Group | list[Alternative]]"


def _tree(condition: Condition, holds: bool, scope: Scope, by_option: bool) -> _Group | list[Alternative]:
    match condition:
        case Not(negated=part):
            return _tree(part, not holds, scope, by_option)
        case All(all=parts) | AnyOf(any=parts):
            every = isinstance(condition, All) is holds
            return _Group(every, [_tree(part, holds, scope, by_option) for part in parts])
        case leaf:
            return _leaf(leaf, holds, scope, by_option)


def _size(tree: _Group | list[Alternative]) -> int:
    if not isinstance(tree, _Group):
        return len(tree)
    sizes = [_size(part) for part in tree.parts]
    return prod(sizes) if tree.every else sum(sizes)


def _tests(tree: _Group | list[Alternative]) -> int:
    """How many tests stand in the tree; it cannot have more fields."""
    return sum(map(_tests, tree.parts)) if isinstance(tree, _Group) else sum(map(len, tree))


def _expanded(tree: _Group | list[Alternative]) -> list[Alternative]:
    if not isinstance(tree, _Group):
        return tree
    parts = [_expanded(part) for part in tree.parts]
    if tree.every:
        return [tuple(chain.from_iterable(choice)) for choice in product(*parts)]
    return list(chain.from_iterable(parts))


def _leaf(leaf: Leaf, holds: bool, scope: Scope, by_option: bool) -> list[Alternative]:
    """The alternatives for one test to hold, or not to."""
    if isinstance(leaf, FindingTest):
        return [(Test(Field("value", FINDING + leaf.finding), "==", leaf.present is holds),)]
    if isinstance(leaf, FactTest) and leaf.op != "known" and not isinstance(leaf.value, FactValue):
        constant = scope.parameters[leaf.value.parameter] if isinstance(leaf.value, ParameterValue) else leaf.value
        alternatives = _comparison(leaf, constant, holds, scope.types(leaf.fact, None))
        if alternatives is not None and (by_option or len(alternatives) == 1):
            return alternatives
    return [(Test(Field("truth", "", leaf), "==", holds),)]


def _comparison(leaf: FactTest, constant: Any, holds: bool, kind: FactType) -> list[Alternative] | None:
    """The alternatives for a fact to compare so with a constant; None where ``logic`` has to work it out."""
    match kind.kind:
        case "boolean":
            return [(Test(Field("value", leaf.fact), "==", (constant is (leaf.op == "is")) is holds),)]
        case "option" if leaf.op in ("is", "is_not", "one_of", "none_of"):
            one = [Test(Field("value", leaf.fact), "==", option) for option in _as_options(constant)]
            return _one_or_none(one, (leaf.op in ("is", "one_of")) is holds)
        case "option":
            place = VOCABULARIES[kind.vocabulary or ""].index(constant)
            test = Test(Field("place", leaf.fact), _ENGINE_OPS[leaf.op], place)
        case "options":
            every = leaf.op == "includes_all"
            each = [Test(Field("includes", leaf.fact, option), "==", not every) for option in _as_options(constant)]
            return _one_or_none(each, (leaf.op in ("includes", "includes_any")) is holds)
        case "date":
            test = Test(Field("day", leaf.fact), _ENGINE_OPS[leaf.op], date.fromisoformat(constant).toordinal())
        case "number" if constant is not None and constant == floor(constant) and abs(constant) <= _LARGEST:
            test = Test(Field("number", leaf.fact), _ENGINE_OPS[leaf.op], 2 * int(constant))
        case _:
            return None
    return [(test if holds else test.opposite,)]


def _as_options(constant: str | tuple[str, ...]) -> tuple[str, ...]:
    return constant if isinstance(constant, tuple) else (constant,)


def _one_or_none(tests: list[Test], one: bool) -> list[Alternative] | None:
    """One of the tests holds, or each of them does not. No options to test leave it to ``logic``."""
    if not tests:
        return None
    if one:
        return [(test,) for test in tests]
    return [tuple(test.opposite for test in tests)]


def _reader(one: Field, scope: Scope) -> Get:
    if not isinstance(one.detail, str):
        return compile_condition(one.detail, scope)
    get = getter(one.fact)
    match one.how:
        case "place":
            vocabulary = VOCABULARIES[scope.types(one.fact, None).vocabulary or ""]
            return _changed(get, {option: place for place, option in enumerate(vocabulary)}.__getitem__)
        case "day":
            return _changed(get, date.toordinal)
        case "number":
            return _changed(get, as_whole)
        case "includes":
            return _changed(get, partial(_includes, option=one.detail))
        case _:
            return get


def _includes(listed: Listed, option: str) -> Truth:
    return True if option in listed.values else None if listed.open else False


def _changed(get: Get, change: Callable[[Any], int | None]) -> Get:
    def read(plan: Values, item: Values | None, each: Values | None) -> int | None:
        value = get(plan, item, each)
        return None if value is None else change(value)

    return read


def as_whole(number: float) -> int:
    """Twice the number, or the odd whole number between where it has decimals: it compares with twice a whole constant
    (of at most ``_LARGEST``) as the number does with the constant.

    The library reads decimals by the process's locale: in a Swedish one, 2.4 is 2 (measured).
    """
    whole = floor(max(-_LARGEST - 1, min(number, _LARGEST + 1)))
    return 2 * whole + (whole < number < whole + 1)
