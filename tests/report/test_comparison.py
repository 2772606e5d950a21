"""What the reports say of an earlier check: what is new, what weighs more, what is gone."""

import csv
import json
from collections.abc import Callable

import pytest
from written import written

from advisor.api import Adviser
from advisor.model.assessment import Change, CheckedPlan, Earlier, How, Item, Shown
from advisor.report.comparison import since, title_of
from advisor.report.plan_json import JsonLines
from advisor.report.table_csv import CsvTable
from advisor.report.text import TextReport
from advisor.report.words import Speaker

Judge = Callable[[str], CheckedPlan]
STOP = "question: {text: Hur?, influenceable: not_at_all}\n"


def earlier(rule: str, title: str = "Som det hette då", item: Item | None = None) -> Earlier:
    return Earlier(rule, item, "fix", "certain", False, title)


@pytest.fixture
def changed(judged: Judge) -> CheckedPlan:
    """A stop whose one finding is new, one that is known for certain now, and two that are gone."""
    checked = judged(STOP)
    assert checked.assessment is not None
    first, second, *rest = checked.assessment.findings
    gone = (earlier("goals.missing"), earlier("egna.regel", item=Item("goals", 0, "Ett\x1b mål")))
    return checked._replace(change=Change((Shown(first, "new"), Shown(second, "now_certain")), len(rest), gone))


def test_text_tells_of_what_is_new_and_gone_and_keeps_the_verdict(
    adviser: Adviser, swedish: Speaker, changed: CheckedPlan
) -> None:
    told = TextReport(swedish, adviser.tool, earlier_day="2026-03-01").piece(changed)
    assert "Stopp: håll inte dialogen" in told
    assert "Nytt sedan 2026-03-01\n  2 påpekanden är nya." in told
    assert "(var möjligt, är nu säkert)" in " ".join(told.split())
    assert "Borta sedan 2026-03-01\n  - Dialogen saknar mål  goals.missing\n" in told
    assert "  - Som det hette då: Ett␛ mål  egna.regel\n" in told


def test_text_leaves_out_what_is_known(adviser: Adviser, swedish: Speaker, changed: CheckedPlan) -> None:
    assert changed.assessment is not None
    known = changed.assessment.findings[-1].rule
    assert known in TextReport(swedish, adviser.tool).piece(changed._replace(change=None))
    told = TextReport(swedish, adviser.tool).piece(changed)
    assert known not in told.partition("Nästa fråga")[0]
    assert "Nytt sedan den tidigare granskningen" in told


def test_many_that_are_gone_are_counted_unless_all_are_wanted(
    adviser: Adviser, swedish: Speaker, changed: CheckedPlan
) -> None:
    many = changed._replace(change=Change((), 0, tuple(earlier(f"egna.regel{number}") for number in range(25))))
    assert "… och 15 till: --all" in TextReport(swedish, adviser.tool).piece(many)
    assert "egna.regel24" in TextReport(swedish, adviser.tool, everything=True).piece(many)


def test_json_adds_keys_and_says_why(adviser: Adviser, swedish: Speaker, changed: CheckedPlan) -> None:
    plan = json.loads(written(JsonLines(swedish, adviser.tool), changed).splitlines()[0])
    assert [one["change"] for one in plan["findings"]] == ["new", "now_certain"]
    assert plan["verdict"] == "stop"
    assert plan["baseline"]["gone"][1] == {
        "rule": "egna.regel", "item": {"list": "goals", "index": 0, "label": "Ett\x1b mål"}, "title": "Som det hette då",
        "severity": "fix",
    }  # fmt: skip
    assert plan["baseline"]["new"] == 2
    plain = json.loads(written(JsonLines(swedish, adviser.tool), changed._replace(change=None)).splitlines()[0])
    assert "baseline" not in plain
    assert "change" not in plain["findings"][0]


def test_the_table_has_the_new_rows_only(swedish: Speaker, changed: CheckedPlan) -> None:
    rows = list(csv.reader(written(CsvTable(swedish), changed).splitlines(), delimiter=";"))
    assert len(rows) == 3
    assert len(rows[0]) == 15


def test_a_title_is_todays_unless_it_names_what_stood_in_the_plan(
    adviser: Adviser, swedish: Speaker, english: Speaker
) -> None:
    assert title_of(earlier("goals.missing"), english) == english.filled(adviser.knowledge.rules["goals.missing"].title)
    assert title_of(earlier("ingen.regel"), swedish) == "Som det hette då"


def test_a_day_that_nobody_knows(swedish: Speaker) -> None:
    assert (since("2026-03-01", swedish), since("", swedish)) == ("2026-03-01", "den tidigare granskningen")


def test_everything_that_is_shown_again_has_words() -> None:
    from typing import get_args

    from advisor.report.comparison import AGAIN

    assert {"new", *AGAIN} == set(get_args(How))
