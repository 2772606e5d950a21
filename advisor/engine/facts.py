"""A plan as the facts that rules read: what is known, by id; what is not known is simply not there."""

from dataclasses import dataclass, field
from typing import Any

from advisor.model.answers import UNKNOWN, Listed
from advisor.model.fact_types import CATALOGUE, GROUP_FACTS, LISTS, METHOD_FACTS, PAIRS, PLAN_FACTS, UNANSWERED_FORM
from advisor.model.knowledge import Knowledge, plain_name
from advisor.model.plan import Plan, PlanPart

Values = dict[str, Any]

_ITEM_LISTS = frozenset(LISTS)


@dataclass(slots=True)
class Entry:
    """One thing a ``for_each`` rule judges: an item, a pair, or what stands for items that are not there yet.

    ``values`` is None where there is nothing to judge yet; ``missing`` then names the plan facts that would say what.
    """

    of: str
    index: int | None
    values: Values | None
    group_index: int | None = None
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class Facts:
    """What is known of one plan.

    ``values``: plan facts, derived facts, conclusions (by id) and findings (``finding:RULE``); a list of items is a tuple
    of ``Values``, None for an item that is unknown. ``answered_unknown``: ids answered "unknown", in part or in whole.
    """

    values: Values
    answered_unknown: set[str] = field(default_factory=set)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    unknown_methods: list[tuple[int, str]] = field(default_factory=list)
    form_by_default: bool = False

    def answered(self, fact: str) -> bool:
        """Whether the plan itself answers a fact; one of a list's keys is answered where any item answers it."""
        if fact == "form" and self.form_by_default:
            return False
        items, _, key = fact.rpartition(".")
        if items in _ITEM_LISTS and fact not in self.values:
            return any(item is not None and is_known(item.get(key)) for item in self.values.get(items, ()))
        return is_known(self.values.get(fact))


def is_known(value: Any) -> bool:
    """Whether a value says anything: a list of which no element is sure says nothing."""
    if value is None:
        return False
    if type(value) is Listed:
        return bool(value.values) or not value.open
    if type(value) is tuple:
        return any(item is not None for item in value)
    return True


class KnownThings:
    """What the knowledge says of methods and kinds of groups, ready to be laid beside a plan's items."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.method_ids = knowledge.methods_by_name
        self.groups: dict[str, Values] = {
            group.id: {"reached_by": Listed(group.reached_by), "helped_by": Listed(group.helped_by)}
            for group in knowledge.groups.values()
        }
        self._catalogue = knowledge.methods
        self._methods: dict[str, Values] = {}

    def method(self, method: str) -> Values:
        """What the catalogue says of a method, as values; made when first asked for, since a plan names but a few."""
        if method not in self._methods:
            attributes = ((name, attribute.value) for name, attribute in self._catalogue[method].attributes.items())
            self._methods[method] = {"id": method} | {
                name: METHOD_FACTS[name].read(list(value) if isinstance(value, tuple) else value)
                for name, value in attributes
            }
        return self._methods[method]


def facts_of(plan: Plan, things: KnownThings) -> Facts:
    """The facts of a plan, with what the knowledge says of its methods and groups."""
    facts = Facts(values={})
    _read_part(plan, "", facts.values, facts)
    if plan.form is None:
        facts.values["form"], facts.form_by_default = UNANSWERED_FORM, True
    for index, method in enumerate(facts.values.get("methods", ())):
        if method is not None and not tell_of_method(method, things):
            facts.unknown_methods.append((index, method["method"]))
    for group in facts.values.get("target_groups", ()):
        if group is not None:
            tell_of_group(group, things)
    return facts


def tell_of_method(method: Values, things: KnownThings) -> bool:
    """Lays what the catalogue says beside a planned method. False where it names a method the catalogue lacks."""
    named = method.get("method", method.get("id"))
    if named is None:
        return True
    method_id = things.method_ids.get(plain_name(named))
    if method_id is not None:
        method.update(things.method(method_id))
    return method_id is not None


def tell_of_group(group: Values, things: KnownThings) -> None:
    """Lays what is known of a target group's kinds beside it: the channels that reach it, the adaptations that help."""
    kinds: Listed | None = group.get("kind")
    if kinds is not None:
        for name in GROUP_FACTS:
            union = _union(things.groups[kind][name] for kind in kinds.values)
            group[name] = Listed(union.values, union.open + kinds.open)


def lay_out(facts: Facts) -> None:
    """Lays out what ``for_each`` rules judge: every item of every list, and the pairs of methods and groups."""
    facts.entries = {of: _entries(of, facts.values.get(of)) for of in LISTS}
    facts.entries[PAIRS] = _pairs(facts)


def _read_part(part: PlanPart, prefix: str, values: Values, facts: Facts) -> None:
    for key, answer in part.__dict__.items():
        if answer is None or key in ("accepted", "format"):
            continue
        fact = prefix + key
        if answer is UNKNOWN:
            facts.answered_unknown.add(fact)
        elif isinstance(answer, PlanPart):
            _read_part(answer, f"{fact}.", values, facts)
        elif fact in _ITEM_LISTS:
            items = values[fact] = tuple(_read_item(fact, index, item, facts) for index, item in enumerate(answer))
            if not is_known(items):
                facts.answered_unknown.add(fact)
        else:
            values[fact] = answer
            if type(answer) is Listed and answer.open:
                facts.answered_unknown.add(fact)


def _read_item(of: str, index: int, item: Any, facts: Facts) -> Values | None:
    if item is UNKNOWN:
        facts.answered_unknown.add(f"{of}[{index}]")
        return None
    values: Values = {}
    for key, answer in item.__dict__.items():
        if answer is UNKNOWN:
            facts.answered_unknown.add(f"{of}[{index}].{key}")
        elif answer is not None:
            values[key] = answer
            if type(answer) is Listed and answer.open:
                facts.answered_unknown.add(f"{of}[{index}].{key}")
    return values


def _union(lists: Any) -> Listed:
    return Listed(tuple(dict.fromkeys(value for listed in lists for value in listed.values)))


def _entries(of: str, items: tuple[Values | None, ...] | None) -> list[Entry]:
    if items is None:
        return [Entry(of, None, None, missing=(of,))]
    return [Entry(of, index, item, missing=() if item is not None else (f"{of}[{index}]",))
            for index, item in enumerate(items)]  # fmt: skip


def _pairs(facts: Facts) -> list[Entry]:
    methods: tuple[Values | None, ...] | None = facts.values.get("methods")
    if methods is None:
        return [Entry(PAIRS, None, None, missing=("methods",))]
    groups: tuple[Values | None, ...] | None = facts.values.get("target_groups")
    pairs: list[Entry] = []
    for index, method in enumerate(methods):
        named: Listed | None = method.get("groups") if method is not None else None
        if method is None or named is None:
            lacking = f"methods[{index}]" + (".groups" if method is not None else "")
            pairs.append(Entry(PAIRS, index, None, missing=(lacking,)))
            continue
        if groups is None:
            pairs.append(Entry(PAIRS, index, None, missing=("target_groups",)))
            continue
        names = {plain_name(name) for name in named.values}
        for place, group in enumerate(groups):
            if group is None:
                if "all" in names:
                    pairs.append(Entry(PAIRS, index, None, place, (f"target_groups[{place}]",)))
            elif "all" in names or plain_name(group.get("name", "")) in names:
                both = {f"method.{key}": value for key, value in method.items()}
                both.update((f"group.{key}", value) for key, value in group.items())
                pairs.append(Entry(PAIRS, index, both, place))
        if named.open:
            pairs.append(Entry(PAIRS, index, None, missing=(f"methods[{index}].groups",)))
    return pairs


def settled_by(fact: str, entry: Entry) -> str | None:
    """The plan fact, as output writes it, that would settle an item's unknown fact; None where only the knowledge could.

    ``fact`` is the name within the item (``channels``, ``method.levels``).
    """
    if entry.of == CATALOGUE:
        return None
    items, index, key, prefix = entry.of, entry.index, fact, ""
    if entry.of == PAIRS:
        side, _, key = fact.partition(".")
        prefix = side + "."
        items, index = ("methods", entry.index) if side == "method" else ("target_groups", entry.group_index)
    if f"{items}.{key}" in PLAN_FACTS:
        return f"{items}[{index}].{key}"
    teller = "method" if items == "methods" else "kind"
    told = (entry.values or {}).get(prefix + teller)
    return None if is_known(told) and not (type(told) is Listed and told.open) else f"{items}[{index}].{teller}"
