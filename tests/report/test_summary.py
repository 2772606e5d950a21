"""Counts over many plans."""

from collections import Counter
from collections.abc import Callable

from advisor.errors import PlanError
from advisor.model.assessment import Change, CheckedPlan
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


def test_counts_from_elsewhere_are_added_in_order(judged: Judge) -> None:
    plans = [judged(""), judged("organisation: {unit: A}"), judged("question: {influenceable: not_at_all}")]
    plans += [CheckedPlan(f"fel{number}", "", "", None, PlanError([])) for number in range(12)]
    whole, parts = Summary(), Summary()
    for plan in plans:
        whole.add(plan)
        part = Summary()
        part.add(plan)
        parts.merge(part)
    assert parts.__dict__ == whole.__dict__
    assert parts.unreadable_names == [f"fel{number}" for number in range(10)]


def test_only_what_is_new_counts_where_an_earlier_check_is_compared_with(judged: Judge) -> None:
    checked = judged("question: {influenceable: not_at_all}")
    assert checked.assessment is not None
    summary = Summary()
    summary.compared = True
    summary.add(checked._replace(change=Change((), len(checked.findings), ())))
    assert not summary.something_at("advice")
    assert summary.verdicts["stop"] == 1
    made = summary.as_json()["baseline"]
    assert made == {"new": 0, "known": len(checked.assessment.findings), "gone": 0, "plans_no_longer": []}
