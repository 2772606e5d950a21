"""The table opens in a Swedish Excel and holds no formula."""

import csv
from collections.abc import Callable

from written import written

from advisor.errors import Message, PlanError, Problem
from advisor.model.assessment import CheckedPlan
from advisor.report.table_csv import COLUMNS, CsvTable
from advisor.report.words import Speaker

Judge = Callable[[str], CheckedPlan]


def rows(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=";"))


def table(speaker: Speaker, *plans: CheckedPlan) -> list[list[str]]:
    return rows(written(CsvTable(speaker), *plans))


def test_has_the_columns_of_the_contract(swedish: Speaker) -> None:
    contract = "path;title;unit;verdict;rule;severity;severity_was;status;kind;factor;item;problem;advice;sources;accepted_by"
    assert table(swedish)[0] == list(COLUMNS) == contract.split(";")


def test_a_row_a_finding(swedish: Speaker, judged: Judge) -> None:
    checked = judged("title: Torget\nquestion: {influenceable: not_at_all}\n")
    assert checked.assessment is not None
    made = table(swedish, checked)
    assert len(made) == 1 + len(checked.assessment.findings)
    first = dict(zip(made[0], made[1], strict=True))
    assert first["rule"] == "question.not_influenceable"
    assert first["problem"] == "Frågan går inte att påverka"
    assert first["verdict"] == "stop"


def test_an_unreadable_plan_has_a_row_with_its_problems(swedish: Speaker) -> None:
    error = PlanError([Problem("x.yaml", Message("Fel ett."), 3, 7), Problem("x.yaml", Message("Fel två."))])
    made = table(swedish, CheckedPlan("x.yaml", "", "", None, error))
    assert made[1] == ["x.yaml", *[""] * 10, "3:7 Fel ett.; Fel två.", "", "", ""]


def test_a_plan_without_findings_has_a_row(swedish: Speaker, judged: Judge) -> None:
    checked = judged("")
    assert checked.assessment is not None
    sound = checked._replace(assessment=checked.assessment.model_copy(update={"findings": (), "verdict": "ready"}))
    assert table(swedish, sound)[1] == ["plan.yaml", "", "", "ready", *[""] * 11]


def test_no_cell_is_a_formula(swedish: Speaker, judged: Judge) -> None:
    for title in ("=1+1", "+46", "-x", "@a", "\t=1"):
        checked = judged("")._replace(title=title, path="-")
        first = table(swedish, checked)[1]
        assert first[0] == "'-"
        assert first[1].startswith("'")


def test_a_cell_is_one_line_without_control_characters(swedish: Speaker, judged: Judge) -> None:
    checked = judged("")._replace(title='rad ett\nrad "två"; tre\x1b')
    assert table(swedish, checked)[1][1] == 'rad ett rad "två"; tre␛'


def test_an_output_that_cannot_hold_the_byte_order_mark_goes_without(swedish: Speaker) -> None:
    assert written(CsvTable(swedish, utf8=False)).startswith("path;")
