"""Counts over many plans."""

from collections import Counter
from collections.abc import Callable

from advisor.errors import PlanError
from advisor.model.assessment import CheckedPlan
from advisor.report.summary import Summary

Judge = Callable[[str], CheckedPlan]


def test_accepted_findings_count_apart(judged: Judge) -> None:
    plain, accepted = Summary(), Summary()
    plain.add(judged(""))
    accepted.add(judged("accepted: [{rule: goals.missing, reason: R, by: B}]\n"))
    assert plain.by_rule["goals.missing"] == 1
    assert accepted.as_json()["by_rule"].get("goals.missing") is None
    assert accepted.as_json()["by_status"]["accepted"] == 1
    assert accepted.by_severity["fix"] == plain.by_severity["fix"] - 1


def test_knows_what_is_at_or_above_a_severity(judged: Judge) -> None:
    summary = Summary()
    summary.add(judged(""))
    assert not summary.something_at("stop")
    assert summary.something_at("fix")
    assert summary.something_at("advice")


def test_an_unreadable_plan_belongs_to_no_unit() -> None:
    summary = Summary()
    summary.add(CheckedPlan("x", "", "", None, PlanError([])))
    assert summary.as_json()["by_unit"] == {}
    assert (summary.plans, summary.unreadable) == (1, 1)


def test_units_stand_in_swedish_order() -> None:
    summary = Summary()
    for unit in ("Örebro", "Åre", "ängelholm", "Zinkgruvan", ""):
        summary.by_unit[unit] = Counter(plans=1)
    assert list(summary.as_json()["by_unit"]) == ["", "Zinkgruvan", "Åre", "ängelholm", "Örebro"]


def test_plans_are_counted_once_and_only_for_what_is_certain(judged: Callable[[str], CheckedPlan]) -> None:
    summary = Summary()
    summary.add(judged("goals: [{text: Ett, states: activity}, {text: Två, states: activity}]"))
    summary.add(judged("goals: [{text: Ett, states: result}]"))
    assert summary.plans_with["goals.activity_as_goal"] == 1
    assert summary.by_rule["goals.activity_as_goal"] == 2
