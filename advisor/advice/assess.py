"""A judged plan as an assessment: findings, certain and possible, in working order, and all that follows from them."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from advisor.advice.accepted import accept
from advisor.advice.methods import choose_methods
from advisor.advice.next_question import is_plan_fact, next_question
from advisor.advice.profiles import profiles_met
from advisor.advice.readiness import readiness
from advisor.advice.verdict import decide, effective_severity, is_statutory
from advisor.engine.evaluate import Judgement, Outcome
from advisor.engine.facts import Entry, Facts, Values, is_known
from advisor.engine.steps import because
from advisor.engine.trace import Tracer
from advisor.model.assessment import Assessment, Conclusion, Finding, Item, Notice, Reason
from advisor.model.fact_types import PAIRS
from advisor.model.plan import Plan
from advisor.model.rule import SEVERITY_POINTS, Severity

_LABEL_KEYS = {"methods": "method", "governance.decision_path": "body", "goals": "text"}


def assess(plan: Plan, judgement: Judgement) -> Assessment:
    """What the adviser says of a plan that has been judged."""
    rulebook = judgement.rulebook
    tracer, statutory = Tracer(judgement), is_statutory(judgement.facts)
    severities = {rule: effective_severity(severity, statutory) for rule, severity in rulebook.severities.items()}
    open_outcomes: dict[int, tuple[Outcome, tuple[str, ...]]] = {}
    unchecked: dict[str, None] = {}
    found = _found(judgement.all_outcomes(), tracer, severities, open_outcomes, unchecked)
    found.sort(key=lambda one: _place(one, judgement))
    set_aside = _found(judgement.set_aside, tracer, {}, {}, {})
    all_found, notices = accept([*found, *set_aside], plan, rulebook.knowledge, date.fromisoformat(rulebook.as_of))
    findings = all_found[: len(found)]
    decision = decide(findings, rulebook.knowledge)
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
                             for index, name in judgement.facts.unknown_methods)),
        profiles=profiles_met(plan, judgement, all_found, statutory, partial(_all_found, plan)),
    )  # fmt: skip


def _found(
    outcomes: Iterable[Outcome], tracer: Tracer, severities: Mapping[str, Severity],
    open_outcomes: dict[int, tuple[Outcome, tuple[str, ...]]], unchecked: dict[str, None],
) -> list[Finding]:  # fmt: skip
    """The findings of some outcomes; what is undecided and what could not be checked is added to the last two."""
    read = _PlanFactsRead(tracer.judgement)
    findings: list[Finding] = []
    for outcome in outcomes:
        status = outcome.status
        settling: tuple[str, ...] = ()
        if status == "undecided":
            settling = tuple(fact for fact in tracer.missing(outcome) if is_plan_fact(fact))
            if settling:
                open_outcomes[id(outcome)] = (outcome, settling)
        rule = outcome.rule
        if rule.severity is None:
            continue
        if status == "fires" or (settling and outcome.applies and read.any_known(outcome)):
            findings.append(_finding(outcome, tracer, severities.get(rule.id, rule.severity), settling))
        elif settling and outcome.applies:
            unchecked[rule.id] = None
    return findings


def _all_found(plan: Plan, judgement: Judgement) -> list[Finding]:
    """All findings of a plan that was judged under another profile."""
    found = _found([*judgement.all_outcomes(), *judgement.set_aside], Tracer(judgement), {}, {}, {})
    return accept(found, plan, judgement.rulebook.knowledge, date.fromisoformat(judgement.rulebook.as_of))[0]


def _finding(outcome: Outcome, tracer: Tracer, severity: Severity, settling: tuple[str, ...]) -> Finding:
    rule = outcome.rule
    assert rule.severity is not None and rule.factor is not None
    by_duty = severity != tracer.rulebook.severities.get(rule.id, severity)
    return Finding(
        rule=rule.id,
        kind="gap" if rule.gap else "fault",
        severity=severity,
        severity_was=rule.severity if severity != rule.severity else None,
        by_duty=by_duty,
        status="possible" if settling else "certain",
        factor=rule.factor,
        item=item_of(outcome.entry, tracer.judgement.facts) if outcome.entry is not None else None,
        alternative=None if by_duty or severity == "advice" else rule.alternative,
        because=tracer.because(outcome),
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
        reasons = dict.fromkeys(reason for outcome in outcomes for reason in _made_it_so(outcome, tracer))
        concluded.append(Conclusion(conclusion, value, tuple(reasons)))
    return tuple(concluded)


def _made_it_so(outcome: Outcome, tracer: Tracer) -> tuple[Reason, ...]:
    """Why a rule holds or does not: what it asks, or whom it is not for."""
    not_for_this = tracer.applies(outcome) if outcome.applies is False else None
    return because(not_for_this) if not_for_this is not None else tracer.because(outcome)


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

