"""A rule's condition as data: what stands in a rule file after it has been checked (rule language, section 4)."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Op = Literal[
    "known", "is", "is_not", "one_of", "none_of", "above", "at_least", "below", "at_most", "before", "after",
    "includes", "includes_any", "includes_all", "excludes",
]  # fmt: skip


class Node(BaseModel):
    """A part of a condition; immutable."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)


class ParameterValue(Node):
    """The value of a parameter in force on the day of the check."""

    parameter: str


class FactValue(Node):
    """The value of another fact."""

    fact: str


# A date literal is held as its ISO text.
Literals = bool | int | float | str | tuple[str, ...]
Value = Literals | ParameterValue | FactValue


class FactTest(Node):
    """``{fact: ID, OP: value}``. ``fact`` may begin with ``item.`` or ``each.``."""

    kind: Literal["fact"] = "fact"
    fact: str
    op: Op
    value: Value


class FindingTest(Node):
    """``{finding: RULE, present: true|false}``: whether an earlier rule fired."""

    kind: Literal["finding"] = "finding"
    finding: str
    present: bool


class Some(Node):
    """``{some: LIST, where: COND}``: at least one item for which the condition holds."""

    kind: Literal["some"] = "some"
    some: str
    where: "Condition"


class CountTest(Node):
    """``{count: LIST, OP: n}``: how many items (for which ``where`` holds), options or texts there are."""

    kind: Literal["count"] = "count"
    count: str
    op: Op
    value: int | float | ParameterValue | FactValue
    where: "Condition | None" = None


class All(Node):
    """Every part holds."""

    kind: Literal["all"] = "all"
    all: "tuple[Condition, ...]"


class AnyOf(Node):
    """At least one part holds."""

    kind: Literal["any"] = "any"
    any: "tuple[Condition, ...]"


class Not(Node):
    """The part does not hold."""

    kind: Literal["not"] = "not"
    negated: "Condition"


Condition = Annotated[FactTest | FindingTest | Some | CountTest | All | AnyOf | Not, Field(discriminator="kind")]
Leaf = FactTest | FindingTest | Some | CountTest

def leaves(condition: Condition) -> Iterator[Leaf]:
    """The tests of a condition, left to right; a quantifier is one leaf."""
    match condition:
        case All(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from leaves(part)
        case Not(negated=part):
            yield from leaves(part)
        case _:
            yield condition


def all_leaves(condition: Condition) -> Iterator[Leaf]:
    """The tests of a condition, those inside quantifiers too."""
    for leaf in leaves(condition):
        yield leaf
        if isinstance(leaf, (Some, CountTest)) and leaf.where is not None:
            yield from all_leaves(leaf.where)


def facts_read(condition: Condition) -> Iterator[str]:
    """The ids of facts and lists that a condition names, ``item.`` and ``each.`` as written."""
    for leaf in all_leaves(condition):
        match leaf:
            case FactTest(fact=fact, value=value) | CountTest(count=fact, value=value):
                yield fact
                if isinstance(value, FactValue):
                    yield value.fact
            case Some(some=items):
                yield items
            case FindingTest():
                pass


def uses_known(condition: Condition) -> bool:
    """Whether the condition asks if something is known, and so speaks of the plan as it stands."""
    return any(isinstance(leaf, FactTest) and leaf.op == "known" for leaf in all_leaves(condition))


def depth(condition: Condition) -> int:
    """How many levels of nesting the condition has; a single test has one."""
    match condition:
        case All(all=parts) | AnyOf(any=parts):
            return 1 + max((depth(part) for part in parts), default=0)
        case Not(negated=part) | Some(where=part):
            return 1 + depth(part)
        case CountTest(where=part) if part is not None:
            return 1 + depth(part)
        case _:
            return 1
