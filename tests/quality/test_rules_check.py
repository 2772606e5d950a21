"""What ``rules check`` says: rule language, sections 5 and 6."""

from pathlib import Path
from typing import Any

import pytest
from small_knowledge import AS_OF, STATUTORY, derived, files, gate, parameter, rule, words

from advisor.load.resources import data_folder
from advisor.quality.rules_check import CheckedRules, check_rules

FAULT = "{fact: consultation.weeks, below: {parameter: limit}}"


def checked(tmp_path: Path, *rules: dict[str, Any], **changed: Any) -> CheckedRules:
    """What is said of a small knowledge base in a folder."""
    for file in files(*rules, **changed):
        path = tmp_path / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return check_rules(tmp_path, AS_OF)


def warnings(tmp_path: Path, *rules: dict[str, Any], **changed: Any) -> list[str]:
    """The warnings about rules."""
    told = checked(tmp_path, *rules, **changed).warnings
    return [problem.text("sv") for problem in told if problem.path.startswith("rules/")]


def test_errors_come_alone(tmp_path: Path) -> None:
    told = checked(tmp_path, rule("law.a", "{fact: form, is: a}"), rule("law.b", "{fact: fom, known: true}"))
    assert told.rules == 2
    assert [problem.text("sv") for problem in told.errors] == [
        "rules/law/a.yaml:4:7: okänt alternativ «a»", "rules/law/b.yaml:3:9: okänt faktum «fom»: menade ni «form»?"]  # fmt: skip
    assert (told.warnings, told.unread) == ((), ())


def test_a_fact_that_stands_twice(tmp_path: Path) -> None:
    twice = "{any: [{fact: question.conflict, is: none}, {not: {fact: question.conflict, is: threats}}]}"
    bounds = "{all: [{fact: consultation.weeks, above: 0}, {fact: consultation.weeks, below: 2}]}"
    known = "{all: [{fact: topic, known: true}, {fact: topic, is: care}]}"
    told = warnings(tmp_path, rule("law.a", twice), rule("law.b", bounds), rule("law.c", known), rule("law.d", FAULT))
    assert told == ["rules/law/a.yaml:3:3: «question.conflict» står 2 gånger i villkoret: det kan bli oavgjort fast svaret finns"]


def test_conditions_that_never_or_always_hold(tmp_path: Path) -> None:
    told = warnings(
        tmp_path, rule("law.never", "{all: [{fact: topic, is: care}, {fact: topic, is: school}]}"),
        rule("law.always", "{any: [{fact: topic, known: true}, {fact: topic, known: false}]}"), rule("law.fine", FAULT),
    )  # fmt: skip
    assert [one.partition(":")[::2] for one in told if "gånger" not in one] == [
        ("rules/law/always.yaml", "3:3: villkoret gäller alltid, vad planen än svarar"),
        ("rules/law/never.yaml", "3:3: villkoret kan aldrig gälla, vad planen än svarar"),
    ]  # fmt: skip


def test_what_nothing_uses(tmp_path: Path) -> None:
    told = checked(
        tmp_path, rule("law.a", FAULT, advice=words("{parameter:said}")), rule("context.hot", FAULT, concludes="context.hot"),
        parameters=[parameter(name, ("2020-01-01", 3)) for name in ("limit", "said", "bound", "unused")],
        derived=[STATUTORY, derived("time.days", days_between=["schedule.start", "schedule.end"]),
                 derived("time.class", class_of={"number": "time.days", "scale": "amount", "bounds": ["bound"]})],
        wordlists=[{"id": "yes_no", "label": words("a"), "sv": ["a"], "en": ["b"]}],
    )  # fmt: skip
    assert told.warnings[0].place == "knowledge/parameters.yaml:34:7"
    said = [f"{problem.path}: {problem.message.text('sv')}" for problem in told.warnings]
    assert [one for one in said if "gate." not in one] == [
        "knowledge/parameters.yaml: «unused» används inte av någon regel",
        "knowledge/derived.yaml: «time.class» används inte av någon regel",
        "knowledge/conclusions.yaml: «context.hot» används inte av någon regel",
        "knowledge/conclusions.yaml: «context.complex» används inte av någon regel",
        "knowledge/wordlists.yaml: «yes_no» används inte av någon regel",
        "knowledge/conclusions.yaml: ingen regel drar slutsatsen «context.complex»",
    ]  # fmt: skip
    assert [one.rpartition(" ")[2] for one in said if "gate." in one] == [
        f"«gate.{part}»" for part in ("question", "goals", "governance", "target_groups", "depth", "breadth")]  # fmt: skip


def test_questions_that_no_rule_reads(tmp_path: Path) -> None:
    told = checked(
        tmp_path, rule("law.a", "{fact: statutory.any, is: true}", applies="{fact: topic, is: care}"),
        rule("law.b", "{fact: item.reached_by, includes: web}", for_each="target_groups",
             applies="{fact: item.affected, is: directly}"),
        rule("law.c", "{some: goals, where: {fact: each.measurable, is: true}}"), *gate(),
    )  # fmt: skip
    read = {"statutory", "topic", "target_groups", "target_groups.kind", "target_groups.affected", "goals", "goals.measurable"}
    assert read.isdisjoint(told.unread)
    assert {"form", "title", "target_groups.channels", "goals.text", "methods"} <= set(told.unread)


def test_a_condition_that_is_too_large_for_the_engine(tmp_path: Path) -> None:
    facts = ("question.single", "question.decision_makers_open", "influence.binding", "history.mapped")
    either = [{"any": [{"fact": fact, "is": True}, {"fact": "roles.owner", "known": True}, {"fact": "topic", "is": "care"}]}
              for fact in facts]  # fmt: skip
    told = checked(tmp_path, rule("law.a", {"all": either}))
    [problem] = told.errors
    assert problem.place == "rules/law/a.yaml:3:3"
    assert problem.message.text("sv") == "villkoret har 81 alternativ, och regelmotorn tar högst 40: dela upp regeln"


def test_a_condition_whose_opposite_is_too_large_names_the_reader(tmp_path: Path) -> None:
    facts = ("question.single", "question.decision_makers_open", "influence.binding", "history.mapped")
    either = [{"all": [{"fact": fact, "is": True}, {"fact": "roles.owner", "known": True}, {"fact": "topic", "is": "care"}]}
              for fact in facts]  # fmt: skip
    reader = rule("law.b", {"finding": "law.a", "present": False})
    told = checked(tmp_path, rule("law.a", {"any": either}), reader)
    [problem] = told.errors
    assert problem.place == "rules/law/a.yaml:3:3"
    assert "villkorets motsats har 81 alternativ" in problem.message.text("sv")
    assert "«law.b»" in problem.message.text("sv")


@pytest.mark.parametrize("day", [AS_OF, "2022-01-01", "2030-01-01"])
def test_the_shipped_rules_have_no_errors(day: str) -> None:
    told = check_rules(data_folder(), day)
    assert told.errors == ()
    assert told.rules > 50
