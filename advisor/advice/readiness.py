"""How much of what the guidance asks for is answered and in place, by success factor (rule language, section 7)."""

from collections.abc import Callable, Mapping
from math import prod

from advisor.engine.evaluate import Judgement, Outcome
from advisor.model.assessment import Readiness
from advisor.model.rule import FACTORS, SEVERITY_POINTS, Severity


def readiness(
    judgement: Judgement, severities: Mapping[str, Severity], open_answers: Callable[[Outcome], bool]
) -> Readiness:
    """Points of silent rules among points of applying rules, per factor.

    ``severities`` are the effective ones by rule. An accepted finding is still present, so its rule earns nothing.
    ``open_answers`` tells whether an undecided outcome waits for an answer in the plan; one that only the knowledge could
    settle is not counted.
    """
    earned, possible = dict.fromkeys(FACTORS, 0), dict.fromkeys(FACTORS, 0)
    for rule_id, outcomes in judgement.outcomes.items():
        rule = judgement.rulebook.knowledge.rules[rule_id]
        if rule.severity is None or rule.factor is None:
            continue
        applies, in_place = False, True
        for outcome in outcomes:
            if outcome.applies and outcome.when is None and not open_answers(outcome):
                continue
            applies = applies or outcome.applies is True
            in_place = in_place and outcome.truth is False
        if applies:
            points = SEVERITY_POINTS[severities[rule_id]]
            possible[rule.factor] += points
            earned[rule.factor] += points if in_place else 0
    asked = [factor for factor in FACTORS if possible[factor]]
    # Whole numbers throughout, so that nothing is rounded before the end.
    whole = prod(possible[factor] for factor in asked)
    shares = sum(earned[factor] * whole // possible[factor] for factor in asked)
    return Readiness(
        score=100 * shares // (len(asked) * whole) if asked else None,
        by_factor={factor: 100 * earned[factor] // possible[factor] if possible[factor] else None for factor in FACTORS},
        points={factor: (earned[factor], possible[factor]) for factor in FACTORS},
    )
