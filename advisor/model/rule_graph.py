"""How rules lean on one another: what each reads, in which layer it must run, and which speak of gaps."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor.model.condition import Condition, CountTest, FindingTest, Some, all_leaves, facts_read, uses_known
from advisor.model.fact_types import CATALOGUE, LISTS, PAIRS, PLAN_FACTS
from advisor.model.knowledge import Derived
from advisor.model.rule import Rule

_SIDES = {"method": "methods", "group": "target_groups"}


def _of_list(fact: str, for_each: str | None) -> str:
    """A fact of an item as one of its list: ``target_groups.channels`` for ``item.channels``."""
    if not fact.startswith("item."):
        return fact
    if for_each == PAIRS:
        side, _, key = fact[5:].partition(".")
        return f"{_SIDES[side]}.{key}"
    return f"{'methods' if for_each == CATALOGUE else for_each}.{fact[5:]}"


@dataclass(frozen=True)
class RuleGraph:
    """The rules and the derived facts by id; ``drawn_by`` names the rules that draw each conclusion."""

    rules: Mapping[str, Rule]
    derived: Mapping[str, Derived]
    drawn_by: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, rules: Iterable[Rule], derived: Mapping[str, Derived]) -> "RuleGraph":
        """The graph of some rules."""
        by_id = {rule.id: rule for rule in rules}
        drawn_by: dict[str, tuple[str, ...]] = {}
        for rule in by_id.values():
            if rule.concludes:
                drawn_by[rule.concludes] = (*drawn_by.get(rule.concludes, ()), rule.id)
        return cls(by_id, derived, drawn_by)

    def facts_named(self, rule: Rule) -> Iterator[str]:
        """The facts that ``when`` and ``applies`` name, as written."""
        yield from facts_read(rule.when)
        if rule.applies is not None:
            yield from facts_read(rule.applies)

    def findings_read(self, rule: Rule) -> Iterator[str]:
        """The rules whose findings ``when`` and ``applies`` read."""
        for condition in (rule.when, rule.applies):
            if condition is not None:
                yield from (leaf.finding for leaf in all_leaves(condition) if isinstance(leaf, FindingTest))

    def leans_on(self, rule: Rule) -> set[str]:
        """The rules that must have run before this one."""
        before = {finding for finding in self.findings_read(rule) if finding in self.rules}
        for fact in self.facts_named(rule):
            before.update(self.drawn_by.get(fact, ()))
        return before

    def cycle(self) -> tuple[str, ...]:
        """Rules that wait for one another in a ring, in order; empty where there is none."""
        done: set[str] = set()
        for start in self.rules:
            path: list[str] = []
            stack = [(start, iter(sorted(self.leans_on(self.rules[start]))))] if start not in done else []
            path += [start] if stack else []
            while stack:
                rule, before = stack[-1]
                following = next(before, None)
                if following is None:
                    done.add(rule)
                    stack.pop()
                    path.pop()
                elif following in path:
                    return (*path[path.index(following) :], following)
                elif following not in done:
                    stack.append((following, iter(sorted(self.leans_on(self.rules[following])))))
                    path.append(following)
        return ()

    def layers(self) -> dict[str, int]:
        """The layer of every rule: 0 where it leans on none, else one above the highest it leans on. Needs no cycle."""
        layers: dict[str, int] = {}

        def layer(rule: str) -> int:
            if rule not in layers:
                layers[rule] = max((layer(before) + 1 for before in self.leans_on(self.rules[rule])), default=0)
            return layers[rule]

        for rule in self.rules:
            layer(rule)
        return layers

    def plan_facts_read(self, rule: Rule) -> frozenset[str]:
        """The plan facts that ``when`` reads, directly or through derived facts, conclusions and findings.

        ``item.…`` facts are those of the rule's own items; another list's are ``target_groups.channels``. A fact that the
        knowledge tells of an item stands for the key that names it. Needs no cycle.
        """
        return self._read_by(rule.when, rule)

    def list_facts_read(self, rule: Rule) -> frozenset[str]:
        """The same for ``when`` and ``applies``, with the facts of the rule's own items as those of their list, and the list."""
        return self._of_lists(rule, True)

    def facts_read_itself(self, rule: Rule) -> frozenset[str]:
        """As ``list_facts_read``, but for what only other rules' conclusions and findings rest on."""
        return self._of_lists(rule, False)

    def _of_lists(self, rule: Rule, through: bool) -> frozenset[str]:
        conditions = (rule.when, *((rule.applies,) if rule.applies is not None else ()))
        both = {fact for condition in conditions for fact in self._read_by(condition, rule, through)}
        lists = {PAIRS: ("methods", "target_groups", "methods.groups"), CATALOGUE: ("methods",)} if rule.severity else {}
        own = lists.get(rule.for_each or "", (rule.for_each,) if rule.for_each in LISTS else ())
        return frozenset({_of_list(fact, rule.for_each) for fact in both}.union(own))

    def _read_by(self, condition: Condition, rule: Rule, through: bool = True) -> frozenset[str]:
        """The plan facts behind a condition; ``through`` the rules whose conclusions and findings it reads, too."""
        of = "methods" if rule.for_each == CATALOGUE else rule.for_each
        read: set[str] = set()
        for fact in facts_read(condition):
            read |= self._plan_facts(fact, of) if through or fact not in self.drawn_by else set()
        for leaf in all_leaves(condition):
            if isinstance(leaf, Some) or (isinstance(leaf, CountTest) and leaf.where is not None):
                items = leaf.some if isinstance(leaf, Some) else leaf.count
                assert leaf.where is not None
                each = {fact[5:] for fact in facts_read(leaf.where) if fact.startswith("each.")}
                told = {one for name in each for one in self._plan_facts(f"item.{name}", items)}
                read |= {_of_list(one, items) for one in told}
            elif through and isinstance(leaf, FindingTest) and leaf.finding in self.rules:
                read |= self._of_rule(leaf.finding)
        return frozenset(read)

    def _plan_facts(self, fact: str, of: str | None) -> set[str]:
        if fact.startswith("each."):
            return set()
        if fact.startswith("item.") and of is not None:
            side, _, key = fact[5:].partition(".") if of == PAIRS else ("", "", fact[5:])
            items, prefix = (_SIDES[side], f"item.{side}.") if side else (of, "item.")
            own = self.derived.get(key)
            if own is not None and own.of == items:
                inputs = (inner.replace("item.", prefix, 1) if inner.startswith("item.") else inner for inner in own.inputs)
                return {one for inner in inputs for one in self._plan_facts(inner, of)}
            return {prefix + self._key(items, key).removeprefix(items + ".")}
        if fact in self.derived:
            return {one for inner in self.derived[fact].inputs for one in self._plan_facts(inner, None)}
        if fact in self.drawn_by:
            return {one for rule in self.drawn_by[fact] for one in self._of_rule(rule)}
        return {fact} if fact in PLAN_FACTS else set()

    def _of_rule(self, rule_id: str) -> set[str]:
        """What another rule reads, its own items' facts as those of their list."""
        rule = self.rules[rule_id]
        return {_of_list(fact, rule.for_each) for fact in self.plan_facts_read(rule)}

    @staticmethod
    def _key(items: str, name: str) -> str:
        """The plan's key behind a fact of an item: the key itself, or the one by which the knowledge knows the item."""
        if f"{items}.{name}" in PLAN_FACTS:
            return f"{items}.{name}"
        return f"{items}.{'method' if items == 'methods' else 'kind'}"

    def gaps(self) -> set[str]:
        """The rules that use ``known``, or read a finding or conclusion that rests on it. Needs no cycle."""
        layers = self.layers()
        found: set[str] = set()
        for name in sorted(self.rules, key=lambda name: layers[name]):
            rule = self.rules[name]
            asks = uses_known(rule.when) or (rule.applies is not None and uses_known(rule.applies))
            if asks or self.leans_on(rule) & found:
                found.add(name)
        return found
