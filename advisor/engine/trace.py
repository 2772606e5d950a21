"""Why a condition came out as it did: the same meaning as ``logic``, told step by step.

A step knows the facts it rests on and, where it is undecided, the plan facts that would settle it. Facts are written as in
output: ``target_groups[0].channels``.
"""

from collections.abc import Iterable
from typing import Any, Final

from advisor.engine.branches import Branch, deciding, undecided
from advisor.engine.evaluate import Judgement, Outcome
from advisor.engine.facts import Entry, Values, is_known, settled_by
from advisor.engine.logic import FINDING, Truth, interval
from advisor.engine.steps import Looked, Step, because, frozen, missing, shown
from advisor.engine.wording import matches, words_of
from advisor.model.answers import Listed
from advisor.model.assessment import Reason
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
from advisor.model.fact_types import LISTS, PAIRS, PLAN_FACTS

_MOST_REMEMBERED: Final = 100


class Tracer:
    """Tells why a judgement came out as it did.

    ``remember`` what settles a rule from one plan to the next; not where facts were given that the plan does not bear out.
    """

    def __init__(self, judgement: Judgement, *, remember: bool = True) -> None:
        self.judgement = judgement
        self.rulebook = judgement.rulebook
        self.values = judgement.facts.values
        self._remembered = self.rulebook.remembered if remember else {}
        self._because: dict[int, tuple[Reason, ...]] = {}

    def outcome(self, outcome: Outcome) -> Step:
        """Why a rule's ``when`` came out as it did for the plan or an item."""
        if outcome.entry is not None and outcome.entry.values is None:
            return _not_there_yet(outcome.entry)
        return self.step(outcome.rule.when, outcome.unit.of, outcome.entry)

    def applies(self, outcome: Outcome) -> Step | None:
        """Why a rule's ``applies`` came out as it did; None where the rule has none."""
        if outcome.rule.applies is None:
            return None
        entry = outcome.entry
        if entry is not None and entry.values is None and outcome.applies is None:
            return _not_there_yet(entry)
        return self.step(outcome.rule.applies, outcome.unit.of, entry)

    def because(self, outcome: Outcome) -> tuple[Reason, ...]:
        """The facts that made a rule's ``when`` come out as it did: what ``because`` says of its step, only quicker."""
        told = self._because.get(id(outcome))
        if told is None:
            reasons: list[Reason] = []
            entry = outcome.entry
            if entry is None or entry.values is not None:
                item = entry.values if entry is not None else None
                when = self.rulebook.branches(outcome.unit).when
                for leaf, truth, wanted in deciding(when, outcome.when, True, self.values, item):
                    reasons += self._leaf_reasons(leaf, truth, wanted, outcome)
            told = self._because[id(outcome)] = tuple(dict.fromkeys(reasons))
        return told

    def _leaf_reasons(self, leaf: Branch, truth: Truth, wanted: bool, outcome: Outcome) -> Iterable[Reason]:
        if not leaf.fact:
            if isinstance(leaf.condition, FactTest):
                return (frozen(one) for one in _telling(self._looked_at(leaf.condition, outcome.entry, None), truth))
            return because(self.step(leaf.condition, outcome.unit.of, outcome.entry), wanted)
        reason = self._reason(*self._look_up(leaf.fact, outcome.entry, None))
        return (frozen(one) for one in _telling([reason], truth))

    def missing(self, outcome: Outcome, *, applies: bool = True) -> tuple[str, ...]:
        """The plan facts that would settle an undecided outcome, each once; without ``applies``, its ``when`` alone."""
        entry = outcome.entry
        if entry is not None and entry.values is None:
            return entry.missing
        known = self._remembered.get(outcome.rule.id)
        if known is None:
            return self._missing(outcome, applies)
        item = entry.values if entry is not None and entry.values is not None else {}
        key = (applies, entry and entry.index, known.key(self.values, item))
        told = known.answers.get(key)
        if told is None:
            told = self._missing(outcome, applies)
            if len(known.answers) >= _MOST_REMEMBERED:
                known.answers.pop(next(iter(known.answers)))
            known.answers[key] = told
        return told

    def _missing(self, outcome: Outcome, applies: bool) -> tuple[str, ...]:
        entry = outcome.entry
        item = entry.values if entry is not None else None
        branches = self.rulebook.branches(outcome.unit)
        leaves = undecided(branches.when, self.values, item) if outcome.when is None else []
        if applies and outcome.applies is None and branches.applies is not None:
            leaves = undecided(branches.applies, self.values, item) + leaves
        return tuple(dict.fromkeys(fact for leaf in leaves for fact in self._leaf_missing(leaf, outcome)))

    def _leaf_missing(self, leaf: Branch, outcome: Outcome) -> tuple[str, ...]:
        if not leaf.fact:
            if isinstance(leaf.condition, FactTest):
                return self._settling_test(leaf.condition, outcome.entry, None)
            return missing(self.step(leaf.condition, outcome.unit.of, outcome.entry))
        fact, value = self._look_up(leaf.fact, outcome.entry, None)
        return () if is_known(value) and not (isinstance(value, Listed) and value.open) else (fact,)

    def step(self, condition: Condition, of: str | None, entry: Entry | None, each: Entry | None = None) -> Step:
        """Why a condition came out as it did. ``of`` is what its rule is judged for each of."""
        test = self.rulebook.test(condition, of, each.of if each is not None else None)
        truth = test(self.values, entry.values if entry is not None else None, each.values if each is not None else None)
        match condition:
            case All(all=parts) | AnyOf(any=parts):
                return Step(condition.kind, truth, lambda: tuple(self.step(part, of, entry, each) for part in parts))
            case Not(negated=part):
                return Step("not", truth, lambda: (self.step(part, of, entry, each),))
            case FindingTest():
                return Step("finding", truth, look=lambda: self._finding(condition, truth))
            case Some(some=items, where=where):
                return Step("some", truth, lambda: self._of_elements(items, where, of, entry),
                            lambda: self._some(condition, truth, entry))  # fmt: skip
            case CountTest(count=items, where=where):
                return Step("count", truth, lambda: self._of_elements(items, where, of, entry),
                            lambda: self._count(condition, truth, of, entry, each))  # fmt: skip
            case FactTest():
                return Step("fact", truth, look=lambda: self._fact(condition, truth, entry, each))

    def _finding(self, test: FindingTest, truth: Truth) -> Looked:
        name = FINDING + test.finding
        value = self.values.get(name)
        settled = self._settled_by_rules((test.finding,), name) if truth is None else ()
        reasons = (Reason(name, value),) if value is not None else ()
        return Looked(test, name, value, test.present, reasons, settled)

    def _fact(self, test: FactTest, truth: Truth, entry: Entry | None, each: Entry | None) -> Looked:
        fact, value = self._look_up(test.fact, entry, each)
        wanted = shown(test.value)
        if isinstance(test.value, FactValue):
            wanted = shown(self._look_up(test.value.fact, entry, each)[1])
        elif isinstance(test.value, ParameterValue):
            wanted = self.rulebook.parameters[test.value.parameter]
        return Looked(test, fact, shown(value), wanted, _telling(self._looked_at(test, entry, each), truth),
                      self._settling_test(test, entry, each) if truth is None else ())  # fmt: skip

    def _looked_at(self, test: FactTest, entry: Entry | None, each: Entry | None) -> list[Reason]:
        """Both sides of a test, as reasons."""
        fact, value = self._look_up(test.fact, entry, each)
        reasons = [self._reason(fact, value), *self._matched(test.fact, value, entry, each)]
        if isinstance(test.value, FactValue):
            reasons.append(self._reason(*self._look_up(test.value.fact, entry, each)))
        return reasons

    def _settling_test(self, test: FactTest, entry: Entry | None, each: Entry | None) -> tuple[str, ...]:
        """The plan facts that would settle an undecided test."""
        sides = (test.fact, test.value.fact) if isinstance(test.value, FactValue) else (test.fact,)
        settled: list[str] = []
        for side in sides:
            _, value = self._look_up(side, entry, each)
            if is_known(value) and not (isinstance(value, Listed) and value.open):
                continue
            way = self.settling(side, entry, each)
            if not way:
                return ()  # where only the knowledge could tell one side, no answer about the other settles the test
            settled += way
        return tuple(dict.fromkeys(settled))

    def _reason(self, fact: str, value: Any) -> Reason:
        if not is_known(value):
            return Reason(fact, "unknown" if self.answered_unknown(fact) else None)
        if fact in LISTS:
            return Reason(fact, sum(item is not None for item in value))
        return Reason(fact, shown(value))

    def _matched(self, fact: str, value: Any, entry: Entry | None, each: Entry | None) -> list[Reason]:
        """The words that a derived fact found, as what its text says."""
        held = entry if fact.startswith("item.") else each if fact.startswith("each.") else None
        name = _own_name(fact.partition(".")[2], held) if held is not None else fact
        derived = self.rulebook.knowledge.derived.get(name)
        if value is not True or derived is None or derived.words is None:
            return []
        source = derived.inputs[0]
        if held is not None and source.startswith("item."):
            source = fact[: -len(name)] + source[5:]
        text_fact, text = self._look_up(source, entry, each)
        listed = self.rulebook.knowledge.word_lists[derived.words]
        found = matches(text, words_of(listed), derived.how == "begins_with")
        return [Reason(text_fact, tuple(dict.fromkeys(found)))]

    def _some(self, test: Some, truth: Truth, entry: Entry | None) -> Looked:
        elements = self._elements(test.some)
        if elements is None:
            return Looked(test, test.some, missing=self.settling(test.some, entry, None))
        return Looked(test, test.some, len(elements))

    def _of_elements(self, items: str, where: Condition | None, of: str | None, entry: Entry | None) -> tuple[Step, ...]:
        """The elements that a quantifier looked at, each as it came out."""
        elements = self._elements(items) if where is not None and items in LISTS else None
        if where is None or elements is None:
            return ()
        return tuple(self.step(where, of, entry, element) if element.values is not None else _not_there_yet(element)
                     for element in elements)  # fmt: skip

    def _elements(self, items: str) -> list[Entry] | None:
        held: tuple[Values | None, ...] | None = self.values.get(items)
        if held is None:
            return None
        return [Entry(items, place, item, missing=() if item is not None else (f"{items}[{place}]",))
                for place, item in enumerate(held)]  # fmt: skip

    def _count(
        self, test: CountTest, truth: Truth, of: str | None, entry: Entry | None, each: Entry | None
    ) -> Looked:
        fact, value = self._look_up(test.count, entry, each)
        wanted: Any = test.value
        unsettled: list[str] = []
        if isinstance(wanted, ParameterValue):
            wanted = self.rulebook.parameters[wanted.parameter]
        elif isinstance(wanted, FactValue):
            other = wanted.fact
            _, wanted = self._look_up(other, entry, each)
            unsettled += self.settling(other, entry, each) if wanted is None else ()
        elements = self._elements(test.count) if test.count in LISTS else None
        if elements is None:
            if value is None or (isinstance(value, Listed) and value.open):
                unsettled += self.settling(test.count, entry, each)
            return Looked(test, fact, shown(value), wanted, _telling([self._reason(fact, value)], truth),
                          tuple(dict.fromkeys(unsettled)) if truth is None else ())  # fmt: skip
        steps = self._of_elements(test.count, test.where, of, entry)
        if test.where is not None:
            for step in steps:
                unsettled += missing(step)
            sure = sum(step.truth is True for step in steps)
        else:
            sure, _ = interval(value, None, self.values, None)
            unsettled += [lacking for element in elements for lacking in element.missing]
        reasons = tuple(reason for step in steps if step.truth for reason in because(step)) or (Reason(fact, sure),)
        return Looked(test, fact, sure, wanted, reasons, tuple(dict.fromkeys(unsettled)) if truth is None else ())

    def _look_up(self, fact: str, entry: Entry | None, each: Entry | None) -> tuple[str, Any]:
        """A fact as output writes it, and its value (None where unknown)."""
        holder, _, name = fact.partition(".")
        held = entry if holder == "item" else each if holder == "each" else None
        if held is None:
            return fact, self.values.get(fact)
        value = held.values.get(name) if held.values is not None else None
        return output_name(held, name), value

    def settling(self, fact: str, entry: Entry | None, each: Entry | None) -> tuple[str, ...]:
        """The plan facts that would settle an unknown fact (as a condition writes it); empty where none would."""
        holder, _, name = fact.partition(".")
        held = entry if holder == "item" else each if holder == "each" else None
        derived = self.rulebook.knowledge.derived
        if held is not None:
            own = _own_name(name, held)
            if own in derived:
                prefix = name[: -len(own)]
                inputs = (one.replace("item.", f"item.{prefix}") for one in derived[own].inputs)
                return self._settling_inputs(inputs, held)
            settled = settled_by(name, held)
            return (settled,) if settled else ()
        if fact in derived:
            return self._settling_inputs(derived[fact].inputs, None)
        if fact in self.rulebook.graph.drawn_by:
            return self._settled_by_rules(self.rulebook.graph.drawn_by[fact], fact)
        if fact in PLAN_FACTS and PLAN_FACTS[fact].within:
            return self._settling_union(PLAN_FACTS[fact].within or "", PLAN_FACTS[fact].key)
        return (fact,)

    def _settling_inputs(self, inputs: Iterable[str], entry: Entry | None) -> tuple[str, ...]:
        unknown: list[str] = []
        for fact in inputs:
            _, value = self._look_up(fact, entry, None)
            if not is_known(value) or (isinstance(value, Listed) and value.open):
                unknown += self.settling(fact, entry, None)
        return tuple(dict.fromkeys(unknown))

    def _settling_union(self, items: str, key: str) -> tuple[str, ...]:
        elements = self._elements(items)
        if elements is None:
            return (items,)
        unknown: list[str] = []
        for element in elements:
            value = element.values.get(key) if element.values is not None else None
            if element.values is None:
                unknown += element.missing
            elif value is None or (isinstance(value, Listed) and value.open):
                unknown.append(f"{items}[{element.index}].{key}")
        return tuple(unknown)

    def _settled_by_rules(self, rules: Iterable[str], name: str) -> tuple[str, ...]:
        """What settles a finding or conclusion: what settles the undecided rules behind it."""
        behind = [outcome for rule in rules for outcome in self.judgement.outcomes.get(rule, ())]
        if not behind:
            return (name,)
        undecided = (outcome for outcome in behind if outcome.status == "undecided")
        return tuple(dict.fromkeys(fact for outcome in undecided for fact in self.missing(outcome)))

    def answered_unknown(self, fact: str) -> bool:
        """Whether a fact, as output writes it, was answered "unknown", itself or with its whole section or item."""
        asked = self.judgement.facts.answered_unknown
        while fact:
            if fact in asked:
                return True
            fact = fact.rpartition(".")[0]
        return False


def _not_there_yet(entry: Entry) -> Step:
    """Where there is no item yet to test."""
    return Step("fact", None, look=lambda: Looked(missing=entry.missing))


def _telling(reasons: list[Reason], truth: Truth) -> tuple[Reason, ...]:
    """All of them where they decided the test; else those that have an answer."""
    return tuple(reason for reason in reasons if truth is not None or reason.value not in (None, "unknown"))


def _own_name(name: str, entry: Entry) -> str:
    """A fact's name within its item, the side of a pair left out."""
    return name.partition(".")[2] if entry.of == PAIRS else name


def output_name(entry: Entry, name: str) -> str:
    """A fact of an item as output writes it: ``channels`` of the first target group is ``target_groups[0].channels``."""
    if entry.of == PAIRS:
        side, _, key = name.partition(".")
        items, index = ("methods", entry.index) if side == "method" else ("target_groups", entry.group_index)
        return f"{items}[{index}].{key}"
    return f"{entry.of}[{entry.index}].{name}"
