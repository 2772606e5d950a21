"""Methods last: what is lacking before they may be chosen, and how the method rules rank them (rule language, section 3)."""

from typing import Final

from advisor.engine.evaluate import Judgement, judge_catalogue
from advisor.model.assessment import Excluded, Finding, MethodChoice, RankedMethod, Weight

GATE: Final = ("question", "goals", "governance", "target_groups", "depth", "breadth")
MOST_RECOMMENDED: Final = 10


def waiting_for(judgement: Judgement, findings: list[Finding]) -> tuple[str, ...]:
    """What is lacking before methods are released, in order; ``stop`` last where the plan has one."""
    values = judgement.facts.values
    lacking = [part for part in GATE if values.get(f"gate.{part}") is not True]
    if any(one.severity == "stop" and one.status == "certain" and not one.accepted for one in findings):
        lacking.append("stop")
    return tuple(lacking)


def choose_methods(judgement: Judgement, findings: list[Finding]) -> MethodChoice:
    """The methods, ranked, once they are released; nothing ranks but the method rules."""
    lacking = waiting_for(judgement, findings)
    if lacking or not judgement.rulebook.ranking:
        return MethodChoice(not lacking, lacking)
    ranked, excluded = rank_methods(judgement)
    return MethodChoice(True, (), tuple(ranked[:MOST_RECOMMENDED]), tuple(excluded))


def rank_methods(judgement: Judgement) -> tuple[list[RankedMethod], list[Excluded]]:
    """Every method of the catalogue, best first, and those that a rule excludes.

    Points are the weights of the rules that fire. The score places them, half up, between the sum of the negative and the
    sum of the positive weights of the rules decided for at least one method.
    """
    tests = judgement.rulebook.ranking
    answers = [judge_catalogue(test, judgement) for test in tests]
    decided = [test.rule.weighs or 0 for test, over in zip(tests, answers, strict=True)
               if any(truth is not None for truth in over)]  # fmt: skip
    lowest, highest = sum(weight for weight in decided if weight < 0), sum(weight for weight in decided if weight > 0)
    ranked: list[RankedMethod] = []
    excluded: list[Excluded] = []
    for place, method in enumerate(judgement.rulebook.knowledge.methods):
        firing = [test.rule for test, over in zip(tests, answers, strict=True) if over[place]]
        undecided = tuple(test.rule.id for test, over in zip(tests, answers, strict=True) if over[place] is None)
        out = [Excluded(method, rule.id) for rule in firing if rule.excludes]
        if out:
            excluded += out
            continue
        weights = [Weight(rule.id, rule.weighs or 0) for rule in firing]
        points = sum(weight.weight for weight in weights)
        speaks_for = tuple(weight for weight in weights if weight.weight > 0)
        against = tuple(weight for weight in weights if weight.weight < 0)
        ranked.append(RankedMethod(method, points, _score(points, lowest, highest), speaks_for, against, undecided))
    ranked.sort(key=lambda one: (-one.points, len(one.speaks_against), one.method))
    return ranked, excluded


def _score(points: int, lowest: int, highest: int) -> int | None:
    if highest == lowest:
        return None
    width = highest - lowest
    return (200 * (points - lowest) + width) // (2 * width)
