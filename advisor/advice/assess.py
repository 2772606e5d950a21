"""A judged plan as an assessment: findings, certain and possible, in working order, and all that follows from them."""

from datetime import date
from typing import Any

from advisor.advice.accepted import accept
from advisor.advice.methods import choose_methods
from advisor.advice.next_question import is_plan_fact, next_question
from advisor.advice.readiness import readiness
from advisor.advice.verdict import decide, effective_severity, is_statutory
from advisor.engine.evaluate import Judgement, Outcome
from advisor.engine.facts import Entry, Facts, Values, is_known
from advisor.engine.trace import Tracer, because
from advisor.model.assessment import Assessment, Conclusion, Finding, Item, Notice
from advisor.model.fact_types import PAIRS
from advisor.model.plan import Plan
from advisor.model.rule import SEVERITY_POINTS

_LABEL_KEYS = {"methods": "method", "governance.decision_path": "body", "goals": "text"}


def assess(plan: Plan, judgement: Judgement) -> Assessment:
    """What the adviser says of a plan that has been judged."""
    knowledge, facts = judgement.rulebook.knowledge, judgement.facts
    as_of = date.fromisoformat(judgement.rulebook.as_of)
    tracer, statutory = Tracer(judgement), is_statutory(facts)
    severities = {
        rule.id: effective_severity(rule.severity, statutory)
        for rule in knowledge.rules.values()
        if rule.severity is not None
    }
    read = _PlanFactsRead(judgement)
    open_outcomes: dict[int, tuple[Outcome, tuple[str, ...]]] = {}
    findings: list[Finding] = []
    unchecked: dict[str, None] = {}
    for outcome in judgement.all_outcomes():
        status = outcome.status
        settling: tuple[str, ...] = ()
        if status == "undecided":
            settling = tuple(fact for fact in tracer.missing(outcome) if is_plan_fact(fact))
            if settling:
                open_outcomes[id(outcome)] = (outcome, settling)
        if outcome.rule.severity is None:
            continue
        if status == "fires" or (settling and outcome.applies and read.any_known(outcome)):
            findings.append(_finding(outcome, tracer, statutory, settling))
        elif settling and outcome.applies:
            unchecked[outcome.rule.id] = None
    findings.sort(key=lambda one: _place(one, judgement))
    findings, notices = accept(findings, plan, knowledge, as_of)
    decision = decide(findings, knowledge)
    return Assessment.model_construct(
        verdict=decision.verdict,
        decided_by=decision.decided_by,
        alternative=decision.alternative,
        statutory=statutory,
        readiness=readiness(judgement, severities, lambda outcome: id(outcome) in open_outcomes),
        findings=tuple(findings),
        unchecked=tuple(rule for rule in unchecked if all(rule != finding.rule for finding in findings)),
        conclusions=_conclusions(judgement, tracer),
        methods=choose_methods(judgement, findings),
        next_question=next_question(judgement, tracer, open_outcomes, severities),
        notices=(*notices, *(Notice("unknown_method", {"index": index, "method": name})
                             for index, name in facts.unknown_methods)),
    )  # fmt: skip


def _finding(outcome: Outcome, tracer: Tracer, statutory: bool, settling: tuple[str, ...]) -> Finding:
    rule = outcome.rule
    assert rule.severity is not None and rule.factor is not None
    severity = effective_severity(rule.severity, statutory)
    lowered = severity != rule.severity
    return Finding.model_construct(
        rule=rule.id,
        kind="gap" if rule.gap else "fault",
        severity=severity,
        severity_was=rule.severity if lowered else None,
        status="possible" if settling else "certain",
        factor=rule.factor,
        item=item_of(outcome.entry, tracer.judgement.facts) if outcome.entry is not None else None,
        alternative=None if lowered else rule.alternative,
        because=because(tracer.outcome(outcome)),
        missing=settling,
        accepted=None,
    )


def item_of(entry: Entry, facts: Facts) -> Item | None:
    """The item a rule was judged for; None where what it would be judged for is not there yet."""
    if entry.index is None:
        return None
    if entry.of != PAIRS:
        return Item(entry.of, entry.index, label_of(entry.of, entry.index, facts.values))
    group = None
    if entry.group_index is not None:
        group = Item("target_groups", entry.group_index, label_of("target_groups", entry.group_index, facts.values))
    return Item("methods", entry.index, label_of("methods", entry.index, facts.values), group)


def label_of(items: str, index: int, values: Values) -> str:
    """An item's name or text as the plan has it; list[index] where it has none."""
    item: Values = values[items][index] or {}
    return str(item.get(_LABEL_KEYS.get(items, "name")) or f"{items}[{index}]")


def _place(finding: Finding, judgement: Judgement) -> tuple[int | str, ...]:
    """Working order: stops, then area, severity, rule and item."""
    areas = list(judgement.rulebook.knowledge.areas)
    area = finding.rule.partition(".")[0]
    group = finding.item.group if finding.item else None
    return (
        finding.severity != "stop", areas.index(area) if area in areas else len(areas),
        -SEVERITY_POINTS[finding.severity], finding.rule, finding.item.index if finding.item else -1,
        group.index if group else -1,
    )  # fmt: skip


def _conclusions(judgement: Judgement, tracer: Tracer) -> tuple[Conclusion, ...]:
    concluded = []
    for conclusion in judgement.rulebook.knowledge.conclusions:
        value = judgement.facts.values.get(conclusion)
        if value is None:
            continue
        outcomes = [outcome for rule in judgement.rulebook.graph.drawn_by.get(conclusion, ())
                    for outcome in judgement.outcomes.get(rule, ()) if outcome.truth is value]  # fmt: skip
        steps = [tracer.applies(one) if one.applies is False else tracer.outcome(one) for one in outcomes]
        reasons = dict.fromkeys(reason for step in steps if step is not None for reason in because(step))
        concluded.append(Conclusion(conclusion, value, tuple(reasons)))
    return tuple(concluded)


class _PlanFactsRead:
    """Which plan facts a rule's ``when`` reads, directly or through derived facts, conclusions and findings."""

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement
        self.reads = judgement.rulebook.plan_facts_read

    def any_known(self, outcome: Outcome) -> bool:
        """Whether the plan answers at least one of them."""
        facts, entry = self.judgement.facts, outcome.entry
        for fact in self.reads[outcome.rule.id]:
            holder, _, name = fact.partition(".")
            if holder == "item":
                if entry is not None and is_known(self._of_item(entry, name)):
                    return True
            elif facts.answered(fact):
                return True
        return False

    def _of_item(self, entry: Entry, name: str) -> Any:
        if entry.values is not None or entry.of != PAIRS:
            return (entry.values or {}).get(name)
        side, _, key = name.partition(".")  # of a pair that is not there yet one half may be
        items, index = ("methods", entry.index) if side == "method" else ("target_groups", entry.group_index)
        half: Values | None = self.judgement.facts.values[items][index] if index is not None else None
        return (half or {}).get(key)

