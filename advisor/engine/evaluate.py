"""A plan judged by the rulebook, layer by layer: what fires, what is silent, what is undecided, what does not apply."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from advisor.engine.derived import derive
from advisor.engine.facts import Entry, Facts, Values, facts_of, lay_out
from advisor.engine.inference import Inference
from advisor.engine.layers import MethodTest, Rulebook, Unit
from advisor.engine.logic import FINDING, Truth
from advisor.errors import EngineError
from advisor.model.condition import facts_read
from advisor.model.plan import Plan
from advisor.model.rule import Expectation, Rule

_MEMO_LIMIT = 100


@dataclass(slots=True)
class Outcome:
    """What one rule says of the plan or of one item. ``applies`` and ``when`` are three-valued."""

    unit: Unit
    entry: Entry | None
    applies: Truth
    when: Truth

    @property
    def rule(self) -> Rule:
        """The rule judged."""
        return self.unit.rule

    @property
    def status(self) -> Expectation:
        """fires, silent, undecided or not_applicable."""
        if self.applies is False:
            return "not_applicable"
        if self.when is False:
            return "silent"
        return "fires" if self.when and self.applies else "undecided"

    @property
    def truth(self) -> Truth:
        """``applies`` and ``when`` together, as a later layer reads it."""
        if self.applies is False or self.when is False:
            return False
        return True if self.applies and self.when else None


@dataclass(slots=True)
class Judgement:
    """All outcomes for a plan, by rule in the rulebook's order, and the facts they rest on.

    ``set_aside`` are those of rules that the profile has switched off and no other rule reads: what other profiles ask.
    """

    rulebook: Rulebook
    facts: Facts
    outcomes: dict[str, list[Outcome]]
    set_aside: list[Outcome] = field(default_factory=list)

    def all_outcomes(self) -> Iterator[Outcome]:
        """Every outcome of every rule."""
        for outcomes in self.outcomes.values():
            yield from outcomes


def judge(plan: Plan, rulebook: Rulebook, inference: Inference | None = None) -> Judgement:
    """Judges a plan. Without ``inference`` the built-in evaluator finds what fires.

    Raises EngineError where the engine and the meaning of a rule disagree; neither is then to be trusted.
    """
    return judge_facts(facts_of(plan, rulebook.things), rulebook, inference)


def judge_facts(facts: Facts, rulebook: Rulebook, inference: Inference | None = None) -> Judgement:
    """Judges a plan's own facts: works out the derived ones, lays out the items and runs the layers."""
    derive(facts, rulebook.derivations)
    lay_out(facts)
    for rule in rulebook.denied:
        facts.values[FINDING + rule] = False
    for conclusion, drawn_by in rulebook.graph.drawn_by.items():
        if rulebook.silenced.issuperset(drawn_by):
            facts.values[conclusion] = False
    outcomes: dict[str, list[Outcome]] = {}
    for layer in rulebook.layers:
        in_force = layer if not rulebook.denied else tuple(unit for unit in layer if unit.rule.id not in rulebook.denied)
        _run_layer(in_force, facts, outcomes, inference)
        _tell_later_layers(in_force, facts.values, outcomes, rulebook)
    set_aside = [outcome for rule in rulebook.terms.off for outcome in outcomes.pop(rule, ())]
    return Judgement(rulebook, facts, outcomes, set_aside)


def _run_layer(
    layer: tuple[Unit, ...], facts: Facts, outcomes: dict[str, list[Outcome]], inference: Inference | None
) -> None:
    plan = facts.values
    found: dict[tuple[str | None, int], tuple[set[str], set[str]]] = {}
    for unit in layer:
        entries = [None] if unit.of is None else facts.entries[unit.of]
        judged = outcomes[unit.rule.id] = []
        for place, entry in enumerate(entries):
            item = entry.values if entry is not None else None
            if entry is not None and item is None:
                applies = _applies_without_item(unit, plan)
                judged.append(Outcome(unit, entry, applies, None))
                continue
            fires, denied = False, False
            if inference is not None:
                key = (unit.of, place)
                if key not in found:
                    found[key] = inference.judge(unit.layer, unit.of, plan, item)
                fires, denied = (unit.rule.id in rules for rules in found[key])
            if fires:
                judged.append(Outcome(unit, entry, True, True))
                continue
            applies = True if unit.applies is None else unit.applies(plan, item, None)
            outcome = Outcome(unit, entry, applies, unit.when(plan, item, None))
            if inference is not None and (outcome.truth or (unit.read_later and (outcome.truth is False) is not denied)):
                raise EngineError(f"the engine and the meaning of {unit.rule.id} disagree")
            judged.append(outcome)


def _applies_without_item(unit: Unit, plan: Values) -> Truth:
    """Whom the rule concerns, where there is no item yet: decided only by what the plan as a whole says."""
    if unit.applies is None:
        return True
    assert unit.rule.applies is not None
    if any(fact.startswith("item.") for fact in facts_read(unit.rule.applies)):
        return None
    return unit.applies(plan, None, None)


def _tell_later_layers(
    layer: tuple[Unit, ...], plan: Values, outcomes: dict[str, list[Outcome]], rulebook: Rulebook
) -> None:
    for unit in layer:
        if not unit.read_later:
            continue
        truth = _over_items([outcome.truth for outcome in outcomes[unit.rule.id]])
        if truth is not None:
            plan[FINDING + unit.rule.id] = truth
    for conclusion in dict.fromkeys(unit.rule.concludes for unit in layer if unit.rule.concludes):
        drawn_by = rulebook.graph.drawn_by[conclusion]
        if not all(rule in outcomes or rule in rulebook.silenced for rule in drawn_by):
            continue  # a rule in a later layer draws it too
        truths = [outcome.truth for rule in drawn_by for outcome in outcomes.get(rule, ())]
        truth = _over_items(truths)
        if truth is not None:
            plan[conclusion] = truth


def _over_items(truths: list[Truth]) -> Truth:
    return True if True in truths else None if None in truths else False


def judge_catalogue(test: MethodTest, judgement: Judgement) -> tuple[Truth, ...]:
    """What a method rule says of every method of the catalogue, in its order. Remembered by the plan facts it reads."""
    plan = judgement.facts.values
    key = tuple(plan.get(fact) for fact in test.reads)
    try:
        answer = test.memo.get(key)
    except TypeError:  # a list of items cannot be a key
        return _over_catalogue(test, judgement)
    if answer is None:
        answer = _over_catalogue(test, judgement)
        if len(test.memo) >= _MEMO_LIMIT:
            test.memo.pop(next(iter(test.memo)))
        test.memo[key] = answer
    return answer


def _over_catalogue(test: MethodTest, judgement: Judgement) -> tuple[Truth, ...]:
    plan = judgement.facts.values
    things = judgement.rulebook.things
    return tuple(test.test(plan, things.method(method), None) for method in judgement.rulebook.knowledge.methods)
