"""A condition as a tree of tests, each ready to run by itself: to tell quickly which of them decided it."""

from collections.abc import Iterator
from typing import NamedTuple

from advisor.engine.facts import Values
from advisor.engine.logic import Scope, Test, Truth, compile_condition
from advisor.model.condition import All, AnyOf, Condition, FactTest, FactValue, Not
from advisor.model.fact_types import LISTS, PLAN_FACTS


class Branch(NamedTuple):
    """One part of a condition. ``parts`` are those of a group; a leaf has none.

    ``fact``: the one fact of the plan (or of the item, as ``item.…``) that a leaf looks at, which nobody has to work out;
    "" where the leaf looks at more or at something else.
    """

    condition: Condition
    test: Test
    parts: "tuple[Branch, ...]" = ()
    fact: str = ""


def branch_of(condition: Condition, of: str | None, scope: Scope) -> Branch:
    """The tree of a condition whose rule is judged for each of ``of``."""
    parts: tuple[Condition, ...] = ()
    fact = ""
    match condition:
        case All(all=parts) | AnyOf(any=parts):
            pass
        case Not(negated=part):
            parts = (part,)
        case FactTest(fact=name, value=value) if not isinstance(value, FactValue):
            plan_fact = f"{of}.{name[5:]}" if name.startswith("item.") and of in LISTS else name
            known = PLAN_FACTS.get(plan_fact)
            fact = name if known is not None and known.within == (of if plan_fact is not name else None) else ""
    return Branch(condition, compile_condition(condition, scope), tuple(branch_of(part, of, scope) for part in parts), fact)


def deciding(
    branch: Branch, truth: Truth, wanted: bool, plan: Values, item: Values | None
) -> Iterator[tuple[Branch, Truth, bool]]:
    """The leaves that made a condition come out as it did, as ``truth``; how each came out, and what was wanted of it.

    Of an undecided condition those that may speak for ``wanted``.
    """
    if not branch.parts:
        yield branch, truth, wanted
        return
    if isinstance(branch.condition, Not):
        wanted = not wanted
    for part in branch.parts:
        told = part.test(plan, item, None)
        if isinstance(branch.condition, Not) or told is truth or (truth is None and told is wanted):
            yield from deciding(part, told, wanted, plan, item)


def undecided(branch: Branch, plan: Values, item: Values | None) -> list[Branch]:
    """The leaves that keep an undecided condition from being decided."""
    if not branch.parts:
        return [branch]
    return [leaf for part in branch.parts if part.test(plan, item, None) is None for leaf in undecided(part, plan, item)]
