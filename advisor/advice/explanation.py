"""How a finding was reached, why it was not, and which answers would change that."""

from typing import NamedTuple

from advisor.advice.assess import item_of
from advisor.engine.evaluate import Judgement, Outcome
from advisor.engine.steps import Step
from advisor.engine.trace import Tracer
from advisor.model.assessment import Item
from advisor.model.condition import FindingTest, all_leaves, facts_read
from advisor.model.rule import Expectation, Rule

# A rule that rests on a rule that rests on … : further than this no reader follows.
_DEEPEST_CHAIN = 12


class WhyPart(NamedTuple):
    """One rule's outcome for the plan or for one item.

    ``missing``: the plan facts that would settle an undecided outcome. ``would_fire``: the fewest tests that would have to
    come out the other way for a silent rule to fire. ``not_in_force``: the rule begins to apply later. ``switched_off``:
    the profile does without it.
    """

    rule: str
    item: Item | None
    status: Expectation
    applies: Step | None
    when: Step
    missing: tuple[str, ...] = ()
    would_fire: tuple[Step, ...] = ()
    not_in_force: bool = False
    switched_off: bool = False


def explain_outcomes(judgement: Judgement, rule_id: str) -> tuple[WhyPart, ...]:
    """The rule's outcomes, then those of the rules whose conclusions and findings it rests on, in reading order."""
    tracer = Tracer(judgement)
    graph = judgement.rulebook.graph
    parts: list[WhyPart] = []
    waiting, seen = [(rule_id, 0)], {rule_id}
    while waiting:
        name, level = waiting.pop(0)
        rule = graph.rules[name]
        silenced, off = name in judgement.rulebook.silenced, name in judgement.rulebook.terms.off
        if silenced or off:
            parts.append(WhyPart(name, None, "not_applicable", None, Step("all", False), (), (), silenced, off))
            continue
        parts += [_part(outcome, tracer) for outcome in judgement.outcomes.get(name, ())]
        behind = [one for one in _rests_on(rule, judgement) if one not in seen] if level < _DEEPEST_CHAIN else []
        seen.update(behind)
        waiting[:0] = [(one, level + 1) for one in behind]
    return tuple(parts)


def _part(outcome: Outcome, tracer: Tracer) -> WhyPart:
    when = tracer.outcome(outcome)
    status = outcome.status
    return WhyPart(
        rule=outcome.rule.id,
        item=item_of(outcome.entry, tracer.judgement.facts) if outcome.entry is not None else None,
        status=status,
        applies=tracer.applies(outcome),
        when=when,
        missing=tracer.missing(outcome) if status == "undecided" else (),
        would_fire=turning(when, True) if status == "silent" else (),
    )


def _rests_on(rule: Rule, judgement: Judgement) -> list[str]:
    """The rules it reads, in the order its conditions name them."""
    found: dict[str, None] = {}
    for condition in (rule.applies, rule.when):
        for leaf in all_leaves(condition) if condition is not None else ():
            if isinstance(leaf, FindingTest):
                found[leaf.finding] = None
            for fact in facts_read(leaf):
                found.update(dict.fromkeys(judgement.rulebook.graph.drawn_by.get(fact, ())))
    return [one for one in found if one in judgement.rulebook.graph.rules]


def turning(step: Step, wanted: bool) -> tuple[Step, ...]:
    """The fewest tests that would have to come out otherwise for the step to come out as ``wanted``."""
    if step.truth is wanted:
        return ()
    if step.kind == "not":
        return turning(step.parts[0], not wanted)
    if step.kind in ("all", "any") and step.parts:
        ways = [turning(part, wanted) for part in step.parts if part.truth is not wanted]
        if (step.kind == "all") is wanted:
            steps = [one for way in ways for one in way]
            return tuple(one for place, one in enumerate(steps) if one not in steps[:place])
        return min(ways, key=len, default=())
    return (step,)
