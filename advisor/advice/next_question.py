"""Which question to ask next (rule language, section 5): what the plan lacks most, in page order, methods last."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from advisor.advice.methods import GATE
from advisor.engine.evaluate import Judgement, Outcome
from advisor.engine.trace import Tracer
from advisor.model.fact_types import PAGE_ORDER, PLAN_FACTS
from advisor.model.rule import SEVERITY_POINTS, Severity

_INDEX = re.compile(r"\[([0-9]+)\]")
_ITEM_FACT = re.compile(r"([a-z_.]+)\[([0-9]+)\]\.(.+)")


def page_place(fact: str) -> tuple[bool, int, int, int]:
    """A sort key of plan facts as output writes them: page order, methods last, a list's items one by one."""
    plain, listed = plain_fact(fact), fact.partition("[")[0]
    places = [PAGE_ORDER.get(one, len(PAGE_ORDER)) for one in (listed, plain)]
    index = int(found[1]) if (found := _INDEX.search(fact)) else -1
    return plain.split(".")[0] == "methods", places[0], index, places[1]


def plain_fact(fact: str) -> str:
    """The plan fact without the place of its item: ``target_groups.channels``."""
    return _INDEX.sub("", fact)


@lru_cache(4096)
def is_plan_fact(fact: str) -> bool:
    """Whether output names a fact of the plan, and not a conclusion or a fact of the knowledge."""
    return fact in PLAN_FACTS or plain_fact(fact) in PLAN_FACTS


def next_question(
    judgement: Judgement, tracer: Tracer, open_outcomes: Mapping[int, tuple[Outcome, tuple[str, ...]]],
    severities: Mapping[str, Severity],
) -> str | None:  # fmt: skip
    """The fact to ask for next; None where nothing that is open matters.

    ``open_outcomes`` are the undecided outcomes with the plan facts that would settle each. Rules of which it is not yet
    known whether they apply have their say last.
    """
    first = set(_behind_gaps(judgement, tracer)) | set(_behind_gate(judgement, tracer))
    fresh = [fact for fact in first if not tracer.answered_unknown(fact)]
    if fresh:
        return min(fresh, key=page_place)
    applying = _points([one for one in open_outcomes.values() if one[0].applies], severities)
    unsure = _points([one for one in open_outcomes.values() if not one[0].applies], severities)
    for points in (applying, unsure):
        rest = [fact for fact in points if not tracer.answered_unknown(fact)]
        if rest:
            return min(rest, key=lambda fact: (-points[fact], page_place(fact)))
    if first:
        return min(first, key=page_place)
    points = applying or unsure
    return min(points, key=lambda fact: (-points[fact], page_place(fact)), default=None)


def _points(outcomes: Iterable[tuple[Outcome, tuple[str, ...]]], severities: Mapping[str, Severity]) -> dict[str, int]:
    """What each fact is worth: the points of the rules that wait for it, each once, however many items wait."""
    waiting = {(fact, outcome.rule.id): outcome.rule for outcome, facts in outcomes for fact in facts}
    points: dict[str, int] = {}
    for (fact, _), rule in waiting.items():
        points[fact] = points.get(fact, 0) + (SEVERITY_POINTS[severities[rule.id]] if rule.severity is not None else 0)
    return points


def _behind_gaps(judgement: Judgement, tracer: Tracer) -> Iterable[str]:
    for outcome in judgement.all_outcomes():
        if outcome.rule.gap and outcome.rule.severity is not None and outcome.status == "fires":
            yield from _unanswered(tracer, outcome)


def _behind_gate(judgement: Judgement, tracer: Tracer) -> Iterable[str]:
    for part in GATE:
        if judgement.facts.values.get(f"gate.{part}") is True:
            continue
        for rule in judgement.rulebook.graph.drawn_by.get(f"gate.{part}", ()):
            for outcome in judgement.outcomes.get(rule, ()):
                yield from _unanswered(tracer, outcome)


def _unanswered(tracer: Tracer, outcome: Outcome) -> Iterable[str]:
    """The plan facts behind an outcome that have no answer, through the conclusions it rests on."""
    reasons = tracer.because(outcome)
    lacking = (reason.fact for reason in reasons if reason.value in (None, "unknown"))
    still_open = tracer.missing(outcome, applies=False)
    for fact in (*(settled for one in lacking for settled in _settling(tracer, one)), *still_open):
        if is_plan_fact(fact):
            yield fact
    for reason in reasons:
        rules = tracer.rulebook.graph.drawn_by.get(reason.fact, ())
        if reason.fact.startswith("finding:"):
            rules = (reason.fact.removeprefix("finding:"),)
        for rule in rules:
            for behind in tracer.judgement.outcomes.get(rule, ()):
                if behind.truth is reason.value:
                    yield from _unanswered(tracer, behind)


def _settling(tracer: Tracer, fact: str) -> tuple[str, ...]:
    """The plan facts that stand behind a fact without an answer, as output writes both."""
    if is_plan_fact(fact):
        return (fact,)
    found = _ITEM_FACT.fullmatch(fact)
    if found is None:
        return tracer.settling(fact, None, None)
    entry = tracer.judgement.facts.entries[found[1]][int(found[2])]
    return tracer.settling(f"item.{found[3]}", entry, None)
