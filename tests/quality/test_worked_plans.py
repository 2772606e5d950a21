"""The worked plans against what must and must not be found in them."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from small_knowledge import plan, rule, rulebook, small, words

from advisor.engine.layers import compile_rulebook
from advisor.engine.session import engine_available
from advisor.errors import KnowledgeError
from advisor.load.data_files import data_files
from advisor.load.knowledge_files import read_knowledge
from advisor.load.resources import data_folder
from advisor.model.knowledge import Knowledge
from advisor.quality.worked_plans import PlanResult, judge_worked_plans, read_worked_plans, worked_plans

ENGINES = ["builtin", "durable_rules"] if engine_available() else ["builtin"]
RULES = (
    rule("goals.a", "{fact: item.measurable, is: false}", for_each="goals"),
    rule("law.a", "{all: [{fact: topic, is: care}, {fact: question.single, is: false}]}"),
    rule("law.b", "{fact: form, is: information}"),
)


def entry(must: list[Any], must_not: list[str], name: str = "parken") -> dict[str, Any]:
    return {"id": name, "title": words("Parken"), "shows": words("en plan"), "must": must, "must_not": must_not}


def told(text: str, must: list[Any], must_not: list[str]) -> list[tuple[str, str, str]]:
    """Rule, expected and given, the same in every engine."""
    book = rulebook(*RULES, examples=[entry(must, must_not)])
    results = judge_worked_plans(book, {"parken": plan(text)})
    assert {one.plan for one in results} == {"parken"}
    by_engine = {engine: [(one.rule, one.expected, one.given) for one in results if one.engine == engine] for engine in ENGINES}
    assert sum(len(said) for said in by_engine.values()) == len(results)
    assert all(said == by_engine["builtin"] for said in by_engine.values())
    return by_engine["builtin"]


def test_a_plan_that_gives_what_it_must() -> None:
    text = "{form: information, topic: care, goals: [{measurable: nej}]}"
    assert told(text, ["goals.a", "law.b", {"rule": "law.a", "status": "possible"}], []) == [
        ("goals.a", "certain", "certain"), ("law.b", "certain", "certain"), ("law.a", "possible", "possible")]  # fmt: skip
    assert told("{form: user_dialogue}", [], ["law.a", "law.b"]) == [
        ("law.a", "absent", "absent"), ("law.b", "absent", "absent")]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "must", "must_not", "expected"),
    [
        ("{form: user_dialogue}", ["law.b"], [], ("law.b", "certain", "absent")),
        ("{form: information}", [], ["law.b"], ("law.b", "absent", "certain")),
        ("{topic: care}", [], ["law.a"], ("law.a", "absent", "possible")),
        ("{topic: care}", ["law.a"], [], ("law.a", "certain", "possible")),
        ("{topic: care, question: {single: nej}}", [{"rule": "law.a", "status": "possible"}], [],
         ("law.a", "possible", "certain")),
    ],
)  # fmt: skip
def test_a_deviation(text: str, must: list[Any], must_not: list[str], expected: tuple[str, str, str]) -> None:
    assert told(text, must, must_not) == [expected]
    assert not PlanResult("parken", expected[0], "builtin", *expected[1:]).passed


def test_one_certain_item_makes_the_finding_certain() -> None:
    text = "{goals: [{text: a, measurable: nej}, {text: b}]}"
    assert told(text, ["goals.a"], []) == [("goals.a", "certain", "certain")]


def test_an_accepted_finding_is_still_found() -> None:
    text = "{form: information, accepted: [{rule: law.b, reason: ett skäl, by: chefen}]}"
    assert told(text, ["law.b"], []) == [("law.b", "certain", "certain")]


def test_plans_are_read_by_the_name_of_their_entry(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge" / "examples"
    folder.mkdir(parents=True)
    (folder / "parken.yaml").write_text("title: Parken\n", encoding="utf-8")
    (folder / "skolan.yaml").write_text("titel: Skolan\n", encoding="utf-8")
    found = worked_plans(tmp_path)
    assert list(found) == ["parken", "skolan"]
    read = read_worked_plans(small(*RULES, examples=[entry([], [])]), found)
    assert [one.title for one in read.values()] == ["Parken"]
    with pytest.raises(KnowledgeError) as wrong:
        read_worked_plans(small(*RULES, examples=[entry([], [], "badet"), entry([], [], "skolan")]), found)
    missing, misspelt = (problem.text("sv") for problem in wrong.value.problems)
    assert missing == "knowledge/examples.yaml: planen knowledge/examples/badet.yaml finns inte"
    assert "skolan.yaml:1:1: " in misspelt


def test_a_folder_without_worked_plans(tmp_path: Path) -> None:
    assert worked_plans(tmp_path) == {}
    assert judge_worked_plans(rulebook(*RULES), {}) == ()


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    return read_knowledge(data_files(data_folder()), "1", worked_plans(data_folder()))


@pytest.mark.parametrize("day", ["2026-11-23"])
def test_every_shipped_plan_gives_what_it_must_and_nothing_that_it_must_not(shipped: Knowledge, day: str) -> None:
    plans = read_worked_plans(shipped, worked_plans(data_folder()))
    results = judge_worked_plans(compile_rulebook(shipped, day), plans)
    assert [one for one in results if not one.passed] == []
    assert len(results) > 200 * len(ENGINES)


def test_the_shipped_plans_try_the_rules_from_both_sides(shipped: Knowledge) -> None:
    assert len(shipped.examples) >= 9
    statuses = Counter(one.status for example in shipped.examples.values() for one in example.must)
    assert statuses["certain"] > 50
    assert statuses["possible"] > 10
