"""The rulebook made ready for a day: every rule as tests to run, in layers that may read what earlier ones found."""

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, NamedTuple

from advisor.engine.branches import Branch, branch_of
from advisor.engine.compiler import EngineRule
from advisor.engine.derived import Derivation, derivations
from advisor.engine.facts import KnownThings, Values
from advisor.engine.logic import FINDING, Scope, Test, compile_condition
from advisor.model.condition import All, Condition, facts_read
from advisor.model.fact_space import FactSpace
from advisor.model.fact_types import CATALOGUE, LISTS, PAIRS, PLAN_FACTS, FactType
from advisor.model.knowledge import Knowledge
from advisor.model.profile import STANDARD, Terms
from advisor.model.rule import Rule, Severity
from advisor.model.rule_graph import RuleGraph


class Unit(NamedTuple):
    """A rule as it runs on a plan. ``of`` is what it is judged for each of, None for once a plan.

    A method rule that raises findings is a unit ``of`` the planned methods; its ranking runs apart.
    ``read_later``: a later layer reads its finding or conclusion.
    """

    rule: Rule
    of: str | None
    layer: int
    applies: Test | None
    when: Test
    read_later: bool

    @property
    def whole(self) -> Condition:
        """``applies`` and ``when`` as one condition."""
        return _both(self.rule)


class Branches(NamedTuple):
    """A rule's conditions as trees of tests; ``applies`` None where it has none."""

    applies: Branch | None
    when: Branch


@dataclass(frozen=True)
class MethodTest:
    """A method rule as it judges the catalogue. ``reads`` are the plan-level facts that decide its answers."""

    rule: Rule
    test: Test
    reads: tuple[str, ...]
    memo: dict[tuple[object, ...], tuple[bool | None, ...]] = field(default_factory=dict)


class Remembered(NamedTuple):
    """What a rule rests on, through whatever lies between, and what would settle it for the values met so far.

    ``facts`` are the plan's own, ``of_item`` names within the rule's item, ``of_lists`` names within the items of lists.
    """

    facts: tuple[str, ...]
    of_item: tuple[str, ...]
    of_lists: tuple[tuple[str, tuple[str, ...]], ...]
    answers: dict[tuple[Any, ...], tuple[str, ...]]

    def key(self, plan: Values, item: Values) -> tuple[Any, ...]:
        """The values that the answer hangs on."""
        lists = [None if (items := plan.get(name)) is None else
                 tuple([None if one is None else tuple(map(one.get, keys)) for one in items])
                 for name, keys in self.of_lists]  # fmt: skip
        return (*map(plan.get, self.facts), *map(item.get, self.of_item), *lists)


@dataclass(frozen=True)
class Rulebook:
    """The knowledge compiled for one day (``as_of``, ISO) and a profile, whose ``terms`` say how rules are taken.

    ``silenced`` are rules not yet in force.
    """

    knowledge: Knowledge
    as_of: str
    space: FactSpace
    graph: RuleGraph
    things: KnownThings
    derivations: tuple[Derivation, ...]
    layers: tuple[tuple[Unit, ...], ...]
    method_tests: tuple[MethodTest, ...]
    silenced: frozenset[str]
    terms: Terms

    @cached_property
    def severities(self) -> dict[str, Severity]:
        """The severity that the profile gives each finding rule that it has not switched off."""
        named = ((rule.id, self.terms.severity_of(rule)) for rule in self.knowledge.rules.values())
        return {rule: severity for rule, severity in named if severity is not None}

    @cached_property
    def ranking(self) -> tuple[MethodTest, ...]:
        """The method rules that the profile has not switched off."""
        return tuple(test for test in self.method_tests if test.rule.id not in self.terms.off)

    @cached_property
    def denied(self) -> frozenset[str]:
        """Rules that are not judged and false to the rules that read them: not yet in force, or switched off and read."""
        return self.silenced.union(unit.rule.id for layer in self.layers for unit in layer
                                   if unit.read_later and unit.rule.id in self.terms.off)  # fmt: skip

    def under(self, terms: Terms) -> "Rulebook":
        """The same rulebook with other terms."""
        return replace(self, terms=terms)

    @cached_property
    def levels(self) -> tuple["Level", ...]:
        """The profiles that plans are measured against, the least demanding first."""
        others = [(name, self.under(self.knowledge.terms(name))) for name in self.knowledge.levels]
        return tuple(Level(name, one, one.denied == self.denied) for name, one in others)

    @cached_property
    def plan_facts_read(self) -> dict[str, frozenset[str]]:
        """The plan facts each rule's ``when`` reads, through whatever lies between."""
        return {rule.id: self.graph.plan_facts_read(rule) for rule in self.graph.rules.values()}

    @cached_property
    def remembered(self) -> dict[str, Remembered | None]:
        """What was found out of each rule; None for rules about pairs of a method and a group."""
        return {rule.id: None if rule.for_each == PAIRS else self._resting_on(rule) for rule in self.graph.rules.values()}

    def _resting_on(self, rule: Rule) -> Remembered:
        read = {fact for condition in (rule.when, rule.applies) if condition is not None
                for fact in self.graph.plan_facts_read(rule.model_copy(update={"when": condition}))}  # fmt: skip
        waiting, behind = [rule], {rule.id}
        while waiting:  # plan_facts_read leaves out whom the rules behind it concern
            new = self.graph.leans_on(waiting.pop()) - behind
            behind |= new
            waiting += [self.graph.rules[one] for one in new]
        for one in behind - {rule.id}:
            read |= self.graph.list_facts_read(self.graph.rules[one])
        lists: dict[str, set[str]] = {name: set() for name in LISTS if name in read}
        for fact in read:
            holder = None if fact.startswith("item.") else PLAN_FACTS[fact].within
            if holder is not None:
                lists.setdefault(holder, set()).add(PLAN_FACTS[fact].key)
        plain = (fact for fact in read if not fact.startswith("item.") and fact not in LISTS and not PLAN_FACTS[fact].within)
        of_item = (fact.removeprefix("item.") for fact in read if fact.startswith("item."))
        of_lists = tuple((name, tuple(sorted(keys))) for name, keys in sorted(lists.items()))
        return Remembered(tuple(sorted(plain)), tuple(sorted(of_item)), of_lists, {})

    @cached_property
    def parameters(self) -> dict[str, int | float | None]:
        """The values of the parameters on the day."""
        return {one.id: one.value_at(self.as_of) for one in self.knowledge.parameters.values()}

    def scope(self, of: str | None) -> Scope:
        """What names mean in a rule that is judged for each of ``of``."""
        return Scope(partial(_type_of, self.space, of), self.parameters)

    def test(self, part: Condition, of: str | None, each_of: str | None) -> Test:
        """A part of a rule's condition by itself. ``of`` as in ``scope``, ``each_of`` the quantifier's list it stands in."""
        key = id(part), of, each_of  # a hash of the part would look through all of it
        if key not in self._tests:
            self._tests[key] = part, compile_condition(part, self.scope(of), each_of)
        return self._tests[key][1]

    @cached_property
    def _tests(self) -> dict[tuple[int, str | None, str | None], tuple[Condition, Test]]:
        """What ``test`` has compiled, with the part, so that no other part can come to have its id."""
        return {}

    def branches(self, unit: Unit) -> Branches:
        """A rule's conditions as trees of tests; made when first asked for, as many rules have nothing to tell."""
        if unit.rule.id not in self._branches:
            rule, scope = unit.rule, self.scope(unit.of)
            applies = branch_of(rule.applies, unit.of, scope) if rule.applies is not None else None
            self._branches[rule.id] = Branches(applies, branch_of(rule.when, unit.of, scope))
        return self._branches[unit.rule.id]

    @cached_property
    def _branches(self) -> dict[str, Branches]:
        return {}

    def engine_rules(self) -> dict[tuple[int, str | None], list[EngineRule]]:
        """The rules as an engine takes them, by layer and by what they are judged for each of."""
        rules: dict[tuple[int, str | None], list[EngineRule]] = {}
        for unit in (unit for layer in self.layers for unit in layer):
            rules.setdefault((unit.layer, unit.of), []).append(EngineRule(unit.rule.id, unit.whole, unit.read_later))
        return rules


class Level(NamedTuple):
    """A profile that plans are measured against. ``same_outcomes``: rules come out as under the profile in force."""

    profile: str
    rulebook: Rulebook
    same_outcomes: bool


def _both(rule: Rule) -> Condition:
    # Unchecked: both parts were, and a model that is never checked need not be built.
    return rule.when if rule.applies is None else All.model_construct(all=(rule.applies, rule.when))


def _type_of(space: FactSpace, item_of: str | None, fact: str, each_of: str | None) -> FactType:
    kind = space.find(fact, item_of, each_of)
    assert kind is not None, f"a rule that was not checked names {fact}"
    return kind


def compile_rulebook(knowledge: Knowledge, as_of: str, profile: str = STANDARD) -> Rulebook:
    """Compiles checked knowledge for a day and a profile. ``as_of`` is an ISO date. Raises KeyError for no such profile."""
    graph = RuleGraph.of(knowledge.rules.values(), knowledge.derived)
    space = FactSpace(knowledge.derived, frozenset(knowledge.conclusions))
    silenced = frozenset(rule.id for rule in graph.rules.values() if rule.valid_from and rule.valid_from > as_of)
    rulebook = Rulebook(
        knowledge, as_of, space, graph, KnownThings(knowledge), derivations(knowledge, as_of), (), (), silenced,
        knowledge.terms(profile),
    )
    read_later = {before for rule in graph.rules.values() for before in graph.leans_on(rule)}
    placed = graph.layers()
    scopes: dict[str | None, Scope] = {}
    layers: list[list[Unit]] = [[] for _ in range(max(placed.values(), default=0) + 1)]
    method_tests: list[MethodTest] = []
    for rule in knowledge.rules.values():
        if rule.id in silenced:
            continue
        if rule.for_each == CATALOGUE:
            scope = scopes.setdefault(CATALOGUE, rulebook.scope(CATALOGUE))
            whole = _both(rule)
            reads = tuple(sorted({fact for fact in facts_read(whole) if not fact.startswith(("item.", "each."))}
                                 | {FINDING + finding for finding in graph.findings_read(rule)}))  # fmt: skip
            method_tests.append(MethodTest(rule, compile_condition(whole, scope), reads))
            if rule.severity is None:
                continue
        of = "methods" if rule.for_each == CATALOGUE else rule.for_each
        scope = scopes.setdefault(of, rulebook.scope(of))
        applies = compile_condition(rule.applies, scope) if rule.applies is not None else None
        when = compile_condition(rule.when, scope)
        layers[placed[rule.id]].append(Unit(rule, of, placed[rule.id], applies, when, rule.id in read_later))
    return Rulebook(
        knowledge, as_of, space, graph, rulebook.things, rulebook.derivations,
        tuple(tuple(layer) for layer in layers), tuple(method_tests), silenced, rulebook.terms,
    )  # fmt: skip
