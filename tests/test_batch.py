"""Many plans, checked here or by several processes: the same output, and nobody left behind."""

import json
import multiprocessing
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from deadly import BROKEN, DEADLY, ONCE, deadly

from advisor import batch
from advisor.api import Adviser, Opening, open_adviser
from advisor.batch import PLANS_TOGETHER, Desk, WorkerFailed, WorkersLost, checked_pieces, tasks_of
from advisor.load.baseline import read_baseline
from advisor.load.plan_files import find_plans, shares_of
from advisor.report.summary import Summary
from advisor.report.writer import Form, Layout, open_writer

OPENING = Opening(date(2026, 11, 23), "builtin")
STOP = "organisation: {unit: Teknik}\nquestion: {influenceable: not_at_all}\n"

needs_kill = pytest.mark.skipif(os.name == "nt", reason="a process cannot be killed like this on Windows")


@pytest.fixture(scope="module")
def adviser() -> Iterator[Adviser]:
    with open_adviser(OPENING) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _little_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_FEWEST", 1)
    monkeypatch.chdir(tmp_path)


def write(folder: str, number: int, **plans: str) -> str:
    """A folder with that many plans, some of them wrong, and those given."""
    Path(folder).mkdir()
    contents = (STOP, "", "title: [", "goals: [{text: Ett, states: activity}]\n")
    for place in range(number):
        Path(folder, f"plan{place:03}.yaml").write_text(contents[place % len(contents)], encoding="utf-8")
    for name, text in plans.items():
        Path(folder, f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def output(
    paths: list[str], adviser: Adviser, layout: Layout, jobs: int, summary: Summary | None = None, together: int = 3
) -> str:
    """What a check writes."""
    counts = summary or Summary()
    desk = Desk(adviser, open_writer(layout, adviser.knowledge, adviser.tool))
    tasks = tasks_of(shares_of(find_plans(paths)[0], together), None, counts)
    pieces = checked_pieces(tasks, desk, OPENING, layout, jobs, counts)
    return "".join(open_writer(layout, adviser.knowledge, adviser.tool).document(pieces, counts))


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "html", "markdown"])
def test_several_processes_write_the_same_as_one(adviser: Adviser, form: Form) -> None:
    folder = write("plans", 25)
    lines = [json.dumps({"title": f"Plan {number}"}) for number in range(30)]
    Path("plans", "many.jsonl").write_text("\n\n".join([*lines, "{", "{}"]), encoding="utf-8")
    layout = Layout(form, "sv")
    alone, shared = Summary(), Summary()
    made = output([folder], adviser, layout, 1, alone)
    assert output([folder], adviser, layout, 3, shared) == made
    assert shared.as_json() == alone.as_json()
    assert (alone.plans, alone.unreadable) == (57, 7)
    assert shared.unreadable_names == alone.unreadable_names
    assert not multiprocessing.active_children()


def test_few_plans_start_no_process(adviser: Adviser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_FEWEST", 26)
    monkeypatch.setattr(batch, "_Worker", None)
    assert output([write("plans", 25)], adviser, Layout("jsonl", "sv"), 2).count("\n") == 26


def test_nothing_to_check_is_nothing_to_share(adviser: Adviser) -> None:
    assert json.loads(output([], adviser, Layout("json", "sv"), 2))["plans"] == []


def test_whoever_stops_reading_leaves_no_process(adviser: Adviser) -> None:
    layout = Layout("jsonl", "sv")
    desk = Desk(adviser, open_writer(layout, adviser.knowledge, adviser.tool))
    tasks = tasks_of(shares_of(find_plans([write("plans", 40)])[0]), None, Summary())
    pieces = checked_pieces(tasks, desk, OPENING, layout, 2, Summary())
    next(pieces)
    assert multiprocessing.active_children()
    pieces.close()
    assert not multiprocessing.active_children()


def test_plans_are_read_no_further_ahead_than_there_is_work_for(adviser: Adviser) -> None:
    read = 0

    def counted() -> Iterator[batch.Task]:
        nonlocal read
        for task in tasks_of(shares_of(find_plans([write("plans", 60)])[0]), None, Summary()):
            read += 1
            yield task

    layout = Layout("jsonl", "sv")
    desk = Desk(adviser, open_writer(layout, adviser.knowledge, adviser.tool))
    pieces = checked_pieces(counted(), desk, OPENING, layout, 2, Summary())
    next(pieces)
    assert read <= 2 * batch._AHEAD + 1
    pieces.close()


@needs_kill
def test_a_plan_that_kills_its_process_is_told_of_and_the_others_are_checked(adviser: Adviser) -> None:
    folder = write("plans", 10, plan005x=f"title: {DEADLY}\n")
    summary = Summary()
    made = output([folder], adviser, Layout("text", "sv", style=deadly), 2, summary, PLANS_TOGETHER)
    assert "plans/plan005x.yaml" in made
    assert "Granskningen av planen avbröts av datorn" in made
    assert (summary.plans, summary.unreadable) == (11, 3)
    assert made.index("plans/plan005.yaml") < made.index("plans/plan005x.yaml") < made.index("plans/plan006.yaml")
    assert not multiprocessing.active_children()


@needs_kill
def test_a_line_that_kills_its_process_is_named(adviser: Adviser) -> None:
    lines = [json.dumps({"title": title}) for title in ("Ett", DEADLY, "Tre")]
    Path("many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    summary = Summary()
    made = output(["many.jsonl"], adviser, Layout("text", "sv", style=deadly), 2, summary)
    assert summary.unreadable_names == ["many.jsonl:2"]
    assert "Tre" in made


@needs_kill
def test_a_process_that_is_killed_by_chance_costs_nothing(adviser: Adviser, tmp_path: Path) -> None:
    (tmp_path / "once").touch()
    folder = write("plans", 10, plan005x=f'title: "{ONCE}{tmp_path}/once"\n')
    summary = Summary()
    output([folder], adviser, Layout("text", "sv", style=deadly), 2, summary, PLANS_TOGETHER)
    assert (summary.plans, summary.unreadable) == (11, 2)


@needs_kill
def test_processes_that_die_again_and_again_end_the_check(adviser: Adviser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_MOST_DEATHS", 2)
    folder = write("plans", 4, **{f"deadly{number}": f"title: {DEADLY}\n" for number in range(6)})
    with pytest.raises(WorkersLost):
        output([folder], adviser, Layout("text", "sv", style=deadly), 2)
    assert not multiprocessing.active_children()


def test_a_process_that_cannot_be_started_ends_the_check(adviser: Adviser, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", refuses)
    with pytest.raises(WorkersLost):
        output([write("plans", 4)], adviser, Layout("text", "sv"), 2)


def test_a_fault_in_a_process_is_a_fault_here(adviser: Adviser) -> None:
    folder = write("plans", 4, plan005=f"title: {BROKEN}\n")
    with pytest.raises(WorkerFailed, match="LookupError"):
        output([folder], adviser, Layout("text", "sv", style=deadly), 2)
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_compared_with_goes_along(adviser: Adviser, jobs: int) -> None:
    folder = write("plans", 8)
    layout = Layout("jsonl", "sv")
    Path("before.jsonl").write_text(output([folder], adviser, layout, 1), encoding="utf-8")
    Path("plans", "plan000.yaml").write_text("question: {influenceable: partly}\n", encoding="utf-8")
    Path("plans", "plan001.yaml").unlink()
    Path("plans", "plan009.yaml").write_text("", encoding="utf-8")
    summary = Summary()
    desk = Desk(adviser, open_writer(layout, adviser.knowledge, adviser.tool))
    baseline = read_baseline("before.jsonl")
    tasks = tasks_of(shares_of(find_plans([f"./{folder}"])[0]), baseline, summary)
    plans = [json.loads(piece) for piece in checked_pieces(tasks, desk, OPENING, layout, jobs, summary)]
    changes = {plan["path"]: plan["baseline"] for plan in plans}
    assert "question.not_influenceable" in [one["rule"] for one in changes["./plans/plan000.yaml"]["gone"]]
    assert changes["./plans/plan002.yaml"] == {"new": 0, "known": 0, "gone": []}  # cannot be read
    assert changes["./plans/plan003.yaml"]["new"] == 0
    assert changes["./plans/plan003.yaml"]["known"] > 0
    assert changes["./plans/plan009.yaml"]["known"] == 0
    assert summary.plans_no_longer == ("plans/plan001.yaml",)
    assert summary.changes["new"] == sum(change["new"] for change in changes.values()) > 0
    assert summary.as_json()["baseline"]["plans_no_longer"] == ["plans/plan001.yaml"]
