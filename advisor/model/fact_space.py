"""What every name in a condition means: plan facts, derived facts, conclusions, and the facts of items."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from advisor.model.fact_types import CATALOGUE, LISTS, PAIRS, PLAN_FACTS, FactType, item_facts
from advisor.model.knowledge import Derived

# Every kind of derived fact: what it gives, and how many facts it may read.
DERIVED_KINDS: Final[dict[str, tuple[str, tuple[int, ...]]]] = {
    "weeks_between": ("number", (2,)),
    "days_between": ("number", (2,)),
    "share": ("number", (2,)),
    "count": ("number", (1,)),
    "words": ("number", (1,)),
    "overlaps_calendar": ("boolean", (1, 2)),
    "non_empty": ("boolean", (1,)),
    "covers": ("boolean", (2,)),
    "same_text": ("boolean", (2,)),
    "begins_with": ("boolean", (1,)),
    "contains": ("boolean", (1,)),
    "times": ("number", (1,)),
    "class_of": ("option", (1,)),
}


@dataclass(frozen=True)
class FactSpace:
    """The facts there are, given the derived facts and conclusions of a knowledge base."""

    derived: Mapping[str, Derived]
    conclusions: frozenset[str]

    @cached_property
    def plan_level(self) -> dict[str, FactType]:
        """Facts that a rule names as they stand: plan facts outside lists, derived facts and conclusions."""
        facts = {fact: kind for fact, kind in PLAN_FACTS.items() if kind.within is None}
        facts |= {one.id: self._derived_type(one) for one in self.derived.values() if one.of is None}
        return facts | {conclusion: FactType(conclusion, "boolean") for conclusion in self.conclusions}

    @cached_property
    def _items(self) -> dict[str, dict[str, FactType]]:
        spaces: dict[str, dict[str, FactType]] = {}
        for of in (*LISTS, PAIRS, CATALOGUE):
            facts = item_facts(of)
            prefixes = {"method.": "methods", "group.": "target_groups"} if of == PAIRS else {"": of}
            for prefix, items in prefixes.items():
                own = (one for one in self.derived.values() if one.of == items)
                facts |= {prefix + one.id: self._derived_type(one) for one in own}
            spaces[of] = facts
        return spaces

    def of_item(self, of: str) -> dict[str, FactType]:
        """The facts of an item of ``of`` (a list, ``method_groups`` or ``catalogue``), by the name after ``item.``."""
        return self._items.get(of, {})

    def find(self, fact: str, item_of: str | None, each_of: str | None) -> FactType | None:
        """The type of a fact as a condition writes it; None where there is no such fact there."""
        holder, _, name = fact.partition(".")
        if holder == "item":
            return self.of_item(item_of).get(name) if item_of else None
        if holder == "each":
            return self.of_item(each_of).get(name) if each_of else None
        return self.plan_level.get(fact)

    @staticmethod
    def _derived_type(derived: Derived) -> FactType:
        return FactType(derived.id, DERIVED_KINDS[derived.how][0], derived.scale, derived.of)

