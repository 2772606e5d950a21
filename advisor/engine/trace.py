"""Why a condition came out as it did: the same meaning as ``logic``, told step by step.

A step knows the facts it rests on and, where it is undecided, the plan facts that would settle it. Facts are written as in
output: ``target_groups[0].channels``.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from advisor.engine.derived import matched_words, words_of
from advisor.engine.evaluate import Judgement, Outcome
from advisor.engine.facts import Entry, Values, is_known, settled_by
from advisor.engine.logic import FINDING, Scope, Truth, compile_condition, interval
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
    Leaf,
    Not,
    ParameterValue,
    Some,
)
from advisor.model.fact_types import LISTS, PAIRS, PLAN_FACTS


class Step(NamedTuple):
    """One part of a condition as it came out.

    ``kind``: all, any, not, fact, finding, some or count. ``test`` is the leaf, None for all, any and not. ``fact`` and
    ``value`` say what a leaf looked at, ``wanted`` what it compared with. ``reasons`` are the facts a leaf rests on,
    ``missing`` the plan facts that would settle it where ``truth`` is None.
    """

    kind: str
    truth: Truth
    parts: "tuple[Step, ...]" = ()
    test: Leaf | None = None
    fact: str = ""
    value: Any = None
    wanted: Any = None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


def shown(value: Any) -> Any:
    """A value as output has it: dates as ISO text, lists as lists with "unknown" for each element not decided."""
    if isinstance(value, Listed):
        return [*value.values, *["unknown"] * value.open]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [shown(item) if isinstance(item, Listed) else item for item in value]
    return value


def because(step: Step) -> tuple[Reason, ...]:
    """The facts that made the step come out as it did, each once; for an undecided step what already speaks for it."""
    return tuple(dict.fromkeys(_frozen(reason) for reason in _reasons(step, True)))


def _frozen(reason: Reason) -> Reason:
    return Reason(reason.fact, tuple(reason.value)) if isinstance(reason.value, list) else reason


def _reasons(step: Step, wanted: bool) -> Iterable[Reason]:
    """What made a step come out as it did; for an undecided step what speaks for ``wanted``."""
    if not step.parts:
        return step.reasons
    if step.kind == "not":
        return _reasons(step.parts[0], not wanted)
    truths = (wanted, None) if step.truth is None else (step.truth,)
    return [reason for part in step.parts if part.truth in truths for reason in _reasons(part, wanted)]


def missing(step: Step) -> tuple[str, ...]:
    """The plan facts that would settle an undecided step, each once."""
    if step.truth is not None:
        return ()
    inner = (fact for part in step.parts for fact in missing(part))
    return tuple(dict.fromkeys((*step.missing, *inner)))


class Tracer:
    """Tells why a judgement came out as it did."""

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement
        self.rulebook = judgement.rulebook
        self.values = judgement.facts.values
        self._scopes: dict[str | None, Scope] = {}

    def outcome(self, outcome: Outcome) -> Step:
        """Why a rule's ``when`` came out as it did for the plan or an item."""
        if outcome.entry is not None and outcome.entry.values is None:
            return Step("fact", None, missing=outcome.entry.missing)
        return self.step(outcome.rule.when, outcome.unit.of, outcome.entry)

    def applies(self, outcome: Outcome) -> Step | None:
        """Why a rule's ``applies`` came out as it did; None where the rule has none."""
        if outcome.rule.applies is None:
            return None
        entry = outcome.entry
        if entry is not None and entry.values is None and outcome.applies is None:
            return Step("fact", None, missing=entry.missing)
        return self.step(outcome.rule.applies, outcome.unit.of, entry)

    def missing(self, outcome: Outcome) -> tuple[str, ...]:
        """The plan facts that would settle an undecided outcome, each once."""
        steps = [step for step in (self.applies(outcome), self.outcome(outcome)) if step is not None]
        return tuple(dict.fromkeys(fact for step in steps for fact in missing(step)))

    def step(self, condition: Condition, of: str | None, entry: Entry | None, each: Entry | None = None) -> Step:
        """Why a condition came out as it did. ``of`` is what its rule is judged for each of."""
        match condition:
            case All(all=parts):
                steps = tuple(self.step(part, of, entry, each) for part in parts)
                truths = [step.truth for step in steps]
                return Step("all", False if False in truths else None if None in truths else True, steps)
            case AnyOf(any=parts):
                steps = tuple(self.step(part, of, entry, each) for part in parts)
                truths = [step.truth for step in steps]
                return Step("any", True if True in truths else None if None in truths else False, steps)
            case Not(negated=part):
                inner = self.step(part, of, entry, each)
                return Step("not", None if inner.truth is None else not inner.truth, (inner,))
            case FindingTest(finding=rule, present=present):
                value = self.values.get(FINDING + rule)
                truth = None if value is None else value is present
                settled = self._settled_by_rules((rule,), FINDING + rule) if truth is None else ()
                reasons = (Reason(FINDING + rule, value),) if value is not None else ()
                return Step("finding", truth, (), condition, FINDING + rule, value, present, reasons, settled)
            case Some():
                return self._some(condition, of, entry)
            case CountTest():
                return self._count(condition, of, entry, each)
            case FactTest():
                return self._fact(condition, of, entry, each)

    def _scope(self, of: str | None) -> Scope:
        if of not in self._scopes:
            self._scopes[of] = self.rulebook.scope(of)
        return self._scopes[of]

    def _truth(self, condition: Condition, of: str | None, entry: Entry | None, each: Entry | None) -> Truth:
        test = compile_condition(condition, self._scope(of), each.of if each else None)
        return test(self.values, entry.values if entry else None, each.values if each else None)

    def _fact(self, test: FactTest, of: str | None, entry: Entry | None, each: Entry | None) -> Step:
        truth = self._truth(test, of, entry, each)
        fact, value = self._look_up(test.fact, entry, each)
        reasons, wanted = [self._reason(fact, value), *self._matched(test.fact, value, entry, each)], shown(test.value)
        unsettled = [test.fact] if not is_known(value) or (isinstance(value, Listed) and value.open) else []
        match test.value:
            case FactValue(fact=other):
                name, wanted_value = self._look_up(other, entry, each)
                wanted = shown(wanted_value)
                reasons.append(self._reason(name, wanted_value))
                if not is_known(wanted_value) or (isinstance(wanted_value, Listed) and wanted_value.open):
                    unsettled.append(other)
            case ParameterValue(parameter=parameter):
                wanted = self._scope(of).parameters[parameter]
        ways = [self.settling(one, entry, each) for one in unsettled]
        # Where only the knowledge could tell one side, no answer about the other settles the test.
        settled = [plan_fact for way in ways for plan_fact in way] if all(ways) else []
        return Step("fact", truth, (), test, fact, shown(value), wanted, _telling(reasons, truth),
                    tuple(dict.fromkeys(settled)) if truth is None else ())  # fmt: skip

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
        return [Reason(text_fact, matched_words(text, words_of(listed), derived.how == "begins_with"))]

    def _some(self, test: Some, of: str | None, entry: Entry | None) -> Step:
        elements = self._elements(test.some)
        if elements is None:
            return Step("some", None, (), test, test.some, None, None, (), self.settling(test.some, entry, None))
        steps = tuple(self._of_element(test.where, of, entry, element) for element in elements)
        truths = [step.truth for step in steps]
        truth = True if True in truths else None if None in truths else False
        return Step("some", truth, steps, test, test.some, len(steps))

    def _of_element(self, where: Condition, of: str | None, entry: Entry | None, element: Entry) -> Step:
        if element.values is None:
            return Step("fact", None, fact=element.missing[0], missing=element.missing)
        return self.step(where, of, entry, element)

    def _elements(self, items: str) -> list[Entry] | None:
        held: tuple[Values | None, ...] | None = self.values.get(items)
        if held is None:
            return None
        return [Entry(items, place, item, missing=() if item is not None else (f"{items}[{place}]",))
                for place, item in enumerate(held)]  # fmt: skip

    def _count(self, test: CountTest, of: str | None, entry: Entry | None, each: Entry | None) -> Step:
        truth = self._truth(test, of, entry, each)
        fact, value = self._look_up(test.count, entry, each)
        wanted: Any = test.value
        unsettled: list[str] = []
        if isinstance(wanted, ParameterValue):
            wanted = self._scope(of).parameters[wanted.parameter]
        elif isinstance(wanted, FactValue):
            other = wanted.fact
            _, wanted = self._look_up(other, entry, each)
            unsettled += self.settling(other, entry, each) if wanted is None else ()
        elements = self._elements(test.count) if test.count in LISTS else None
        if elements is None:
            if value is None or (isinstance(value, Listed) and value.open):
                unsettled += self.settling(test.count, entry, each)
            return Step("count", truth, (), test, fact, shown(value), wanted,
                        _telling([self._reason(fact, value)], truth),
                        tuple(dict.fromkeys(unsettled)) if truth is None else ())  # fmt: skip
        steps: tuple[Step, ...] = ()
        if test.where is not None:
            steps = tuple(self._of_element(test.where, of, entry, element) for element in elements)
            for step in steps:
                unsettled += missing(step)
            sure = sum(step.truth is True for step in steps)
        else:
            sure, _ = interval(value, None, self.values, None)
            unsettled += [lacking for element in elements for lacking in element.missing]
        reasons = tuple(reason for step in steps if step.truth for reason in because(step)) or (Reason(fact, sure),)
        return Step("count", truth, (), test, fact, sure, wanted, reasons,
                    tuple(dict.fromkeys(unsettled)) if truth is None else ())  # fmt: skip

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
