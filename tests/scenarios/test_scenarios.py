"""Whole plans, judged, each with all its findings in order.

Which findings the worked plans must and must not give was written by hand before any was judged
(``knowledge/examples.yaml``); here stands the whole of what they give, so that no change passes unseen.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from written import written

from advisor.api import Adviser, open_knowledge
from advisor.engine.evaluate import judge
from advisor.engine.session import engine_available
from advisor.load.plan_files import read_plans
from advisor.model.assessment import Assessment, CheckedPlan, Finding
from advisor.model.plan import Plan
from advisor.report.plan_json import JsonDocument
from advisor.report.summary import Summary
from advisor.report.words import Speaker

HERE = Path(__file__).parent
PLANS = {path.stem: path for folder in (HERE.parents[1] / "knowledge" / "examples", HERE / "plans")
         for path in sorted(folder.glob("*.yaml"))}  # fmt: skip
EXPECTED = sorted(path.name.removesuffix(".expected.yaml") for path in HERE.glob("*.expected.yaml"))
AS_OF = date(2026, 11, 23)
TEXTS = {"title", "text", "advice", "why", "good", "name"}  # what a language says in its own words
ENGINES = [
    "builtin",
    pytest.param("durable_rules", marks=pytest.mark.skipif(
        not engine_available(), reason="durable_rules cannot be imported here")),
]  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def adviser(request: pytest.FixtureRequest) -> Iterator[Adviser]:
    with open_knowledge(as_of=AS_OF, engine=request.param) as opened:
        assert opened.tool.engine == request.param
        yield opened


def expected_of(name: str) -> dict[str, Any]:
    return yaml.safe_load((HERE / f"{name}.expected.yaml").read_text(encoding="utf-8"))


def plan_of(name: str) -> Plan:
    (source,) = read_plans(str(PLANS[name]))
    assert source.error is None, [str(problem) for problem in source.error.problems]
    assert source.plan is not None
    return source.plan


def told(finding: Finding) -> dict[str, Any]:
    """A finding as an expected list writes it: what is seldom there stands only where it is."""
    row: dict[str, Any] = {"rule": finding.rule, "item": finding.item.label if finding.item else None}
    if finding.item is not None and finding.item.group is not None:
        row["group"] = finding.item.group.label
    row |= {"severity": finding.severity, "status": finding.status}
    if finding.severity_was is not None:
        row["severity_was"] = finding.severity_was
    if finding.missing:
        row["missing"] = list(finding.missing)
    if finding.accepted is not None:
        row["accepted"] = True
    return row


def test_every_plan_has_its_expected_list_and_every_list_its_plan() -> None:
    assert sorted(PLANS) == EXPECTED


@pytest.mark.parametrize("name", EXPECTED)
def test_a_plan_is_judged_as_was_written_down(name: str, adviser: Adviser) -> None:
    expected = expected_of(name)
    found: Assessment = adviser.check(plan_of(name))
    assert [told(finding) for finding in found.findings] == expected["findings"]
    assert found.verdict == expected["verdict"]
    assert list(found.decided_by) == expected["decided_by"]
    assert found.alternative == expected["alternative"]
    assert found.next_question == expected["next_question"]
    assert list(found.methods.waiting_for) == expected["waiting_for"]
    assert found.methods.released is (not expected["waiting_for"])
    assert [notice.kind for notice in found.notices] == expected["notices"]


def in_json(lang: str, adviser: Adviser) -> dict[str, Any]:
    """Every plan in one JSON document."""
    judged = [CheckedPlan(name, "", "", adviser.check(plan_of(name)), None) for name in EXPECTED]
    speaker = Speaker(adviser.knowledge, lang, adviser.tool.as_of)
    return json.loads(written(JsonDocument(speaker, adviser.tool), *judged))


def without_texts(value: Any) -> Any:
    """A report with only the kind of each text kept."""
    if isinstance(value, dict):
        return {key: type(one).__name__ if key in TEXTS else without_texts(one) for key, one in value.items()}
    return [without_texts(one) for one in value] if isinstance(value, list) else value


def test_the_report_is_the_same_in_both_languages_but_for_texts(adviser: Adviser) -> None:
    swedish, english = in_json("sv", adviser), in_json("en", adviser)
    assert without_texts(swedish) == without_texts(english)
    for own, other in zip(swedish["plans"], english["plans"], strict=True):
        for one, same in zip(own["findings"], other["findings"], strict=True):
            assert one["title"] != same["title"]
            assert one["advice"] != same["advice"]


@pytest.mark.parametrize("name", EXPECTED)
def test_something_is_left_to_do_where_a_stop_or_a_fix_is_not_accepted(name: str, adviser: Adviser) -> None:
    summary = Summary()
    summary.add(CheckedPlan(name, "", "", adviser.check(plan_of(name)), None))
    left = [row for row in expected_of(name)["findings"] if not row.get("accepted") and row["severity"] != "advice"]
    assert summary.something_at("fix") is bool(left)


def test_a_plan_that_is_held_back_only_by_an_accepted_stop_leaves_nothing_to_do(adviser: Adviser) -> None:
    found = adviser.check(plan_of("accepted_stop"))
    summary = Summary()
    summary.add(CheckedPlan("accepted_stop", "", "", found, None))
    assert found.verdict == "revise"
    assert not summary.something_at("fix")


def test_the_alternative_comes_from_the_stop_of_highest_priority_and_each_stop_keeps_its_own(adviser: Adviser) -> None:
    found = adviser.check(plan_of("two_stops"))
    own = [finding.alternative for finding in found.findings if finding.severity == "stop"]
    assert own == ["refer_to_other_body", "postpone"]
    assert found.alternative == "postpone"


def test_a_statutory_duty_leaves_a_stop_without_an_alternative(adviser: Adviser) -> None:
    found = adviser.check(plan_of("detaljplan_hamnen"))
    lowered = [finding for finding in found.findings if finding.severity_was == "stop"]
    assert found.statutory
    assert lowered
    assert all(finding.alternative is None for finding in lowered)


def test_what_was_answered_unknown_is_told_apart_from_what_was_not_reached(adviser: Adviser) -> None:
    reasons = {finding.rule: [reason.value for reason in finding.because]
               for name in ("sections_unknown", "empty") for finding in adviser.check(plan_of(name)).findings
               if (name, finding.rule) in {("sections_unknown", "governance.no_responder"),
                                           ("empty", "influence.level_missing")}}  # fmt: skip
    assert reasons == {"governance.no_responder": ["unknown"], "influence.level_missing": [None]}


def test_every_finding_fires_in_some_plan_and_is_silent_in_another(adviser: Adviser) -> None:
    statuses: dict[str, set[str]] = {rule.id: set() for rule in adviser.knowledge.rules.values() if rule.severity}
    for name in EXPECTED:
        for outcome in judge(plan_of(name), adviser.rulebook).all_outcomes():
            if outcome.rule.severity:
                statuses[outcome.rule.id].add(outcome.status)
    assert sorted(rule for rule, seen in statuses.items() if "fires" not in seen) == []
    assert sorted(rule for rule, seen in statuses.items() if "silent" not in seen) == []
    assert len(EXPECTED) >= 25
