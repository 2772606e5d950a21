"""The profiles that come with the program: in order, each asks for no less than the one below it."""

from itertools import pairwise

import pytest

from advisor.api import Adviser, open_knowledge
from advisor.model.profile import Terms
from advisor.model.rule import SEVERITY_POINTS


@pytest.fixture(scope="module")
def adviser() -> Adviser:
    with open_knowledge(engine="builtin") as opened:
        return opened


def test_there_are_three_in_order_and_standard_is_the_rulebook_as_it_stands(adviser: Adviser) -> None:
    assert adviser.knowledge.levels == ("minimum", "standard", "exemplary")
    assert adviser.knowledge.terms("standard") == Terms()


def test_each_asks_for_no_less_than_the_one_below_it(adviser: Adviser) -> None:
    rules = [rule for rule in adviser.knowledge.rules.values() if rule.severity is not None]
    asked = [[SEVERITY_POINTS.get(adviser.knowledge.terms(name).severity_of(rule) or "", 0) for rule in rules]
             for name in adviser.knowledge.levels]  # fmt: skip
    for lower, higher in pairwise(asked):
        assert all(one <= other for one, other in zip(lower, higher, strict=True))
        assert lower != higher


def test_the_minimum_keeps_the_definition_and_every_stop(adviser: Adviser) -> None:
    minimum = adviser.knowledge.terms("minimum")
    for rule in adviser.knowledge.rules.values():
        if rule.severity == "stop" or (rule.factor == "definition" and rule.severity == "fix"):
            assert minimum.severity_of(rule) == rule.severity, rule.id


def test_what_a_profile_says_it_changes_it_does_change(adviser: Adviser) -> None:
    for name in ("minimum", "exemplary"):
        for rule, severity in adviser.knowledge.terms(name).severity.items():
            assert severity != adviser.knowledge.rules[rule].severity, rule


def test_none_makes_a_plan_be_judged_again(adviser: Adviser) -> None:
    # It would cost as much as the first time. A rule that others read is better lowered than switched off.
    assert all(level.same_outcomes for level in adviser.rulebook.levels)
