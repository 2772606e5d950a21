"""The rulebook made ready for a day: every rule as tests to run, in layers that may read what earlier ones found."""

from dataclasses import dataclass, field
from functools import cached_property, partial

from advisor.engine.compiler import EngineRule
from advisor.engine.derived import Derivation, derivations
from advisor.engine.facts import KnownThings
from advisor.engine.logic import FINDING, Scope, Test, compile_condition
from advisor.model.condition import All, Condition, facts_read
from advisor.model.fact_space import FactSpace
from advisor.model.fact_types import CATALOGUE, FactType
from advisor.model.knowledge import Knowledge
from advisor.model.rule import Rule
from advisor.model.rule_graph import RuleGraph


@dataclass(frozen=True)
class Unit:
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
        return self.rule.when if self.rule.applies is None else All(all=(self.rule.applies, self.rule.when))


@dataclass(frozen=True)
class MethodTest:
    """A method rule as it judges the catalogue. ``reads`` are the plan-level facts that decide its answers."""

    rule: Rule
    test: Test
    reads: tuple[str, ...]
    memo: dict[tuple[object, ...], tuple[bool | None, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Rulebook:
    """The knowledge compiled for one day (``as_of``, ISO). ``silenced`` are rules not yet in force."""

    knowledge: Knowledge
    as_of: str
    space: FactSpace
    graph: RuleGraph
    things: KnownThings
    derivations: tuple[Derivation, ...]
    layers: tuple[tuple[Unit, ...], ...]
    method_tests: tuple[MethodTest, ...]
    silenced: frozenset[str]

    @cached_property
    def plan_facts_read(self) -> dict[str, frozenset[str]]:
        """The plan facts each rule's ``when`` reads, through whatever lies between."""
        return {rule.id: self.graph.plan_facts_read(rule) for rule in self.graph.rules.values()}

    def scope(self, of: str | None) -> Scope:
        """What names mean in a rule that is judged for each of ``of``."""
        parameters = {one.id: one.value_at(self.as_of) for one in self.knowledge.parameters.values()}
        return Scope(partial(_type_of, self.space, of), parameters)

    def engine_rules(self) -> dict[tuple[int, str | None], list[EngineRule]]:
        """The rules as an engine takes them, by layer and by what they are judged for each of."""
        rules: dict[tuple[int, str | None], list[EngineRule]] = {}
        for unit in (unit for layer in self.layers for unit in layer):
            rules.setdefault((unit.layer, unit.of), []).append(EngineRule(unit.rule.id, unit.whole, unit.read_later))
        return rules


def _type_of(space: FactSpace, item_of: str | None, fact: str, each_of: str | None) -> FactType:
    kind = space.find(fact, item_of, each_of)
    assert kind is not None, f"a rule that was not checked names {fact}"
    return kind


def compile_rulebook(knowledge: Knowledge, as_of: str) -> Rulebook:
    """Compiles checked knowledge for a day. ``as_of`` is an ISO date."""
    graph = RuleGraph.of(knowledge.rules.values(), knowledge.derived)
    space = FactSpace(knowledge.derived, frozenset(knowledge.conclusions))
    silenced = frozenset(rule.id for rule in graph.rules.values() if rule.valid_from and rule.valid_from > as_of)
    rulebook = Rulebook(
        knowledge, as_of, space, graph, KnownThings.of(knowledge), derivations(knowledge, as_of), (), (), silenced
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
            whole = rule.when if rule.applies is None else All(all=(rule.applies, rule.when))
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
        tuple(tuple(layer) for layer in layers), tuple(method_tests), silenced,
    )  # fmt: skip
