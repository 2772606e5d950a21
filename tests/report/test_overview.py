"""Many plans counted for the pages: units, order, what to mend, and limits that keep memory small."""

from collections.abc import Callable, Iterable

import pytest

from advisor.errors import Message, PlanError, Problem
from advisor.model.assessment import CheckedPlan
from advisor.report import overview as counted
from advisor.report.overview import Overview
from advisor.report.plan_digest import digest_line
from advisor.report.words import Speaker

Judge = Callable[[str], CheckedPlan]

STOP = "question: {text: Hur?, influenceable: not_at_all}\n"
ACTIVITY = "goals: [{text: Ett, states: activity}, {text: Två, states: activity}]\n"


def unit(name: str) -> str:
    return f"organisation: {{unit: {name}}}\n"


@pytest.fixture
def taken(swedish: Speaker) -> Callable[[Iterable[CheckedPlan]], Overview]:
    """An overview of plans."""

    def take(plans: Iterable[CheckedPlan]) -> Overview:
        overview = Overview(swedish)
        overview.take(digest_line(plan, swedish) for plan in plans)
        return overview

    return take


Taken = Callable[[Iterable[CheckedPlan]], Overview]


def test_units_stand_in_swedish_order_and_plans_without_one_last(taken: Taken, judged: Judge) -> None:
    names = ("Örnsköld", "", "Zink", "Åby", "ärla")
    with taken([judged(unit(name) if name else "") for name in names]) as overview:
        assert [one.name for one in overview.units()] == ["Zink", "Åby", "ärla", "Örnsköld", ""]


def test_a_unit_has_its_verdicts_and_means(taken: Taken, judged: Judge) -> None:
    plans = [judged(unit("Park") + STOP), judged(unit("Park") + ACTIVITY)]
    with taken(plans) as overview:
        (park,) = overview.units()
        scores = [plan.assessment.readiness.score for plan in plans if plan.assessment]
        assert (park.plans, park.verdicts["stop"], park.verdicts["revise"]) == (2, 1, 1)
        assert park.means[-1] == sum(score for score in scores if score is not None) // 2


def test_those_with_most_to_mend_come_first_in_their_unit(taken: Taken, judged: Judge) -> None:
    plans = [judged(unit("B") + ACTIVITY), judged(unit("B") + STOP), judged(unit("A") + ACTIVITY)]
    with taken(plans) as overview:
        assert [(row.unit, row.verdict) for row in overview.rows()] == [("A", "revise"), ("B", "stop"), ("B", "revise")]


def test_a_plan_is_read_back_as_it_was(taken: Taken, judged: Judge) -> None:
    with taken([judged("title: Åsnan\n" + STOP), judged("title: Ödlan\n")]) as overview:
        for row in overview.rows():
            assert overview.plan(row)["title"] == row.title
            assert overview.plan(row)["verdict"] == row.verdict


def test_what_to_mend_is_in_working_order_with_what_is_only_possible_last(taken: Taken, judged: Judge) -> None:
    with taken([judged(STOP + ACTIVITY), judged("schedule: {start: 2026-03-01}\n")]) as overview:
        entries = overview.entries()
        assert entries[0].rule == "question.not_influenceable"
        certain = [entry.severity for entry in entries if entry.certain_plans]
        assert certain == sorted(certain, key=["stop", "fix", "advice"].index)
        only_possible = [not entry.certain_plans for entry in entries]
        assert only_possible == sorted(only_possible)
        assert set(only_possible) == {False, True}


def test_a_rule_is_counted_once_a_plan_and_names_every_item(taken: Taken, judged: Judge) -> None:
    with taken([judged(unit("A") + ACTIVITY), judged(ACTIVITY)]) as overview:
        entry = next(one for one in overview.entries() if one.rule == "goals.activity_as_goal")
        assert entry.certain_plans == {"A": 1, "": 1}
        assert sorted((one.plan, one.item) for one in entry.certain) == [(1, "Ett"), (1, "Två"), (2, "Ett"), (2, "Två")]


def test_an_accepted_finding_is_nothing_to_mend(taken: Taken, judged: Judge) -> None:
    with taken([judged("accepted: [{rule: goals.missing, reason: Sedan, by: Chefen}]\n")]) as overview:
        assert "goals.missing" not in {entry.rule for entry in overview.entries()}


def test_the_commonest_finding_is_the_gravest_of_equals(taken: Taken, judged: Judge) -> None:
    with taken([judged(STOP), judged(STOP)]) as overview:
        (only,) = overview.units()
        assert overview.commonest(only) == ("question.not_influenceable", 2)


def test_a_duty_to_consult_is_told_beside_the_rule(taken: Taken, judged: Judge) -> None:
    with taken([judged(STOP), judged("statutory: [other]\n" + STOP)]) as overview:
        entry = next(one for one in overview.entries() if one.rule == "question.not_influenceable")
        assert (entry.severity, entry.was_stop, entry.certain_plans.total()) == ("stop", 1, 2)


def test_with_too_many_plans_only_counts_are_kept(taken: Taken, judged: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "MOST_PLANS", 3)
    with taken(judged(unit("A") + STOP) for _ in range(5)) as overview:
        assert not overview.single_plans
        assert overview.rows() == []
        assert all(not entry.certain and not entry.possible for entry in overview.entries())
        assert overview.units()[0].plans == 5
        assert overview.entries()[0].certain_plans == {"A": 5}


def test_the_smallest_of_too_many_units_are_counted_together(
    taken: Taken, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "MOST_UNITS", 2)
    with taken(judged(unit(name) + STOP) for name in "AABBCD") as overview:
        shown, others, merged = overview.shown_units()
        assert [one.name for one in shown] == ["A", "B"]
        assert others is not None
        assert (others.plans, others.verdicts["stop"], merged) == (2, 2, 2)


def test_unreadable_plans_are_apart_and_the_first_are_named(
    taken: Taken, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "MOST_UNREADABLE", 1)
    broken = [CheckedPlan(f"{name}.yaml", "", "", None, PlanError([Problem(f"{name}.yaml", Message("Fel."), 3, 7)]))
              for name in "ab"]  # fmt: skip
    with taken([*broken, judged("")]) as overview:
        assert [(plan.path, plan.problems) for plan in overview.unreadable] == [("a.yaml", (("a.yaml:3:7", "Fel."),))]
        assert (overview.unreadable_left, overview.read) == (1, 1)


def test_pieces_may_come_several_in_one(swedish: Speaker, judged: Judge) -> None:
    line = digest_line(judged(STOP), swedish)
    with Overview(swedish) as overview:
        overview.take([line + line, line])
        assert overview.read == 3


def test_a_digest_is_one_line_of_ascii(swedish: Speaker, judged: Judge) -> None:
    line = digest_line(judged('title: "å\\u2028\\u0085b"\n'), swedish)
    assert line.isascii()
    assert line.splitlines() == [line[:-1]]


def test_a_very_long_title_is_cut(swedish: Speaker, judged: Judge) -> None:
    assert len(digest_line(judged(f"title: {'x' * 100_000}\n"), swedish)) < 100_000
