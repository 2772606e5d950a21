"""The end of a text report: figures that fit 80 columns, whatever the units are called."""

from collections import Counter

import pytest

from advisor.report.sheet import Sheet
from advisor.report.summary import Summary
from advisor.report.text_summary import SummaryWriter, change_sentence
from advisor.report.words import Speaker

LONG = "Socialförvaltningens avdelning för stöd till äldre och personer med funktionsnedsättning i norr"


@pytest.fixture
def summary() -> Summary:
    """Three units and some findings."""
    made = Summary()
    made.plans, made.verdicts = 9, Counter(ready=2, revise=3, stop=4)
    made.by_unit = {"": Counter(plans=1, stop=1), LONG: Counter(plans=3, revise=3), "Örn": Counter(plans=5, ready=2, stop=3)}
    made.by_severity, made.by_status = Counter(stop=4, fix=20, advice=3), Counter(certain=25, possible=2, accepted=1)
    made.plans_with = Counter({"goals.missing": 7})
    return made


def told(summary: Summary, speaker: Speaker, *, brief: bool = False, width: int = 80, utf8: bool = True) -> str:
    sheet = Sheet(width, utf8=utf8)
    SummaryWriter(sheet, speaker, "2026-03-01").write(summary, brief)
    return sheet.rendered()


def test_figures_by_unit_in_swedish_order(summary: Summary, swedish: Speaker) -> None:
    rows = told(summary, swedish).split("\n\n")[1].splitlines()
    assert [row.split()[0] for row in rows] == ["Enhet", "Ingen", "Socialförvaltningens", "Örn"]
    assert [row.split()[-4:] for row in rows[1:]] == [["1", "0", "0", "1"], ["3", "0", "3", "0"], ["5", "2", "0", "3"]]
    assert len({row.rindex(row.split()[-1]) + len(row.split()[-1]) for row in rows}) == 1


def test_a_long_name_ends_at_a_word(summary: Summary, swedish: Speaker) -> None:
    assert "  Socialförvaltningens avdelning för stöd ...  " in told(summary, swedish)


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("name", [LONG, "S" * 300, "rad\nbryt \x1b[2J", "x " * 100])
def test_no_line_is_wider_than_the_sheet(summary: Summary, swedish: Speaker, name: str, width: int) -> None:
    summary.by_unit[name] = Counter(plans=123_456, ready=1)
    summary.plans = 1_000_000
    made = told(summary, swedish, width=width)
    assert max(len(line) for line in made.splitlines()) <= width
    assert "\x1b" not in made


def test_of_very_many_units_the_largest_are_shown(summary: Summary, swedish: Speaker) -> None:
    summary.by_unit |= {f"Enhet {number:03}": Counter(plans=number) for number in range(100)}
    made = told(summary, swedish)
    assert "Enhet 099" in made
    assert "Enhet 010" not in made
    assert "… och 73 enheter till: --format json" in made


def test_no_table_where_no_plan_names_a_unit(summary: Summary, swedish: Speaker) -> None:
    summary.by_unit = {"": Counter(plans=9)}
    assert "Enhet" not in told(summary, swedish)


def test_findings_by_severity_and_status(summary: Summary, swedish: Speaker) -> None:
    made = " ".join(told(summary, swedish).split())
    assert "Påpekanden: 4 stopp, 20 att åtgärda, 3 råd. 2 av dem är möjliga: svar saknas" in made
    assert "Därtill är ett godtaget." in made


def test_the_first_ten_that_could_not_be_read_are_named(summary: Summary, swedish: Speaker) -> None:
    summary.unreadable, summary.unreadable_names = 12, [f"fel{number}.yaml" for number in range(10)]
    made = told(summary, swedish)
    assert "12 planer gick inte att läsa.\n  - fel0.yaml\n" in made
    assert "  - fel9.yaml\n  … och 2 till\n" in made


def test_brief_leaves_out_the_tables(summary: Summary, swedish: Speaker) -> None:
    summary.unreadable, summary.unreadable_names = 1, ["fel.yaml"]
    made = told(summary, swedish, brief=True)
    assert made == "9 planer: 2 redo, 3 att arbeta om, 4 stopp.\n1 plan gick inte att läsa.\n"


def test_what_differs_from_the_earlier_check(summary: Summary, swedish: Speaker) -> None:
    summary.compared, summary.changes = True, Counter(new=1, known=4, gone=2)
    summary.plans_no_longer = tuple(f"plan{number}.yaml" for number in range(12))
    made = told(summary, swedish)
    assert "Sedan 2026-03-01: 1 påpekande är nytt. 4 är kända och visas inte. 2 är borta.\n" in made
    assert "12 planer i den tidigare granskningen är inte med nu:\n  - plan0.yaml\n" in made
    assert "  … och 2 till\n" in made


def test_nothing_new_is_said_plainly(swedish: Speaker) -> None:
    assert change_sentence(0, 0, swedish) == "Inget påpekande är nytt."
    assert change_sentence(2, 1, swedish) == "2 påpekanden är nya. 1 är känt och visas inte."
