"""The examples of rules: rule language, section 1."""

from typing import Any

import pytest
from small_knowledge import STATUTORY, derived, rule, rulebook

from advisor.engine.layers import compile_rulebook
from advisor.engine.session import engine_available
from advisor.load.data_files import data_files
from advisor.load.knowledge_files import read_knowledge
from advisor.load.resources import data_folder
from advisor.quality.rules_test import ExampleResult, ExampleRun
from advisor.quality.rules_test import test_rules as run_examples

ENGINES = ["builtin", "durable_rules"] if engine_available() else ["builtin"]


def example(given: dict[str, Any], expect: str = "fires", *missing: str) -> dict[str, Any]:
    return {"name": "ett exempel", "given": given, "expect": expect, **({"missing": list(missing)} if missing else {})}


def run(when: str, *examples: dict[str, Any], rule_id: str = "law.a", others: tuple[dict[str, Any], ...] = (),
        knowledge: dict[str, Any] | None = None, **keys: Any) -> ExampleRun:  # fmt: skip
    filled = [*examples, *[example({}, "silent")] * max(0, 3 - len(examples))]
    return run_examples(rulebook(rule(rule_id, when, examples=filled, **keys), *others, **(knowledge or {})))


def results(when: str, *examples: dict[str, Any], **keys: Any) -> list[tuple[str, tuple[str, ...]]]:
    """What the rule said of each example, the same in every engine."""
    told = run(when, *examples, **keys).results
    own = [one for one in told if one.rule == keys.get("rule_id", "law.a")][: len(examples) * len(ENGINES)]
    assert [one.engine for one in own] == ENGINES * len(examples)
    by_engine = {engine: [(one.given, one.missing) for one in own if one.engine == engine] for engine in ENGINES}
    assert all(said == by_engine["builtin"] for said in by_engine.values())
    return by_engine["builtin"]


def test_an_example_that_holds_and_one_that_does_not() -> None:
    told = run("{fact: question.single, is: false}", example({"question.single": False}), example({"question.single": True}),
               example({}, "undecided", "question.single"))  # fmt: skip
    assert [one.engine for one in told.failed] == ENGINES
    assert told.failed[0] == ExampleResult("law.a", "ett exempel", "builtin", "fires", "silent", (), ())
    assert (len(told.results), told.not_in_engine) == (3 * len(ENGINES), 0)


def test_missing_is_compared_too() -> None:
    when = "{all: [{fact: question.single, is: false}, {fact: topic, is: care}]}"
    told = run(when, example({}, "undecided", "topic"), example({}, "undecided", "topic", "question.single"),
               example({}, "undecided"))  # fmt: skip
    assert [one.passed for one in told.results if one.engine == "builtin"] == [False, True, False]


def test_facts_conclusions_findings_and_derived_facts_are_given_directly() -> None:
    when = """
        all: [{fact: gate.goals, is: true}, {finding: law.b, present: false}, {fact: statutory.any, is: true},
              {some: goals, where: {fact: each.measurable, is: false}}]
    """
    whole: dict[str, Any] = {"gate.goals": True, "finding:law.b": False, "statutory.any": True, "goals": [{"measurable": False}]}
    others = (rule("law.b", "{fact: form, known: true}"),)
    lacking = [example({key: value for key, value in whole.items() if key != name}, "undecided") for name in whole]
    assert results(when, example(whole), *lacking, others=others) == [
        ("fires", ()), ("undecided", ("gate.goals",)), ("undecided", ("finding:law.b",)), ("undecided", ("statutory",)),
        ("undecided", ("goals",))]  # fmt: skip


def test_only_this_rule_is_run() -> None:
    others = (rule("law.b", "{fact: form, known: true}"),)
    assert results("{finding: law.b, present: true}", example({"form": "information"}), others=others) == [
        ("undecided", ("finding:law.b",))]  # fmt: skip


def test_applies() -> None:
    told = results("{fact: topic, is: care}", example({"form": "information", "topic": "care"}), example({"topic": "care"}),
                   example({"form": "unknown", "topic": "care"}), example({"form": "unknown", "topic": "school"}),
                   applies="{fact: form, is_not: information}")  # fmt: skip
    assert told == [("not_applicable", ()), ("fires", ()), ("undecided", ("form",)), ("silent", ())]


def test_items_with_what_the_knowledge_tells_of_them() -> None:
    when = "{fact: item.channels, includes_any: {fact: item.reached_by}}"
    told = results(when, example({"item.kind": ["youth"], "item.channels": ["school"]}),
                   example({"item.kind": ["youth"], "item.channels": ["web"]}), example({"item.channels": ["web"]}),
                   example({"item.reached_by": ["web"], "item.channels": ["web"]}), for_each="target_groups")  # fmt: skip
    assert told == [("fires", ()), ("silent", ()), ("undecided", ("item.kind",)), ("fires", ())]
    told = results("{fact: item.participants, below: {fact: item.size_min}}",
                   example({"item.method": "cafe", "item.participants": 3}),
                   example({"item.participants": 3, "item.size_min": 3}),
                   example({"item.method": "cafe"}), for_each="methods")  # fmt: skip
    assert told == [("fires", ()), ("silent", ()), ("undecided", ("item.participants",))]


def test_pairs() -> None:
    when = "{all: [{fact: item.method.talk, is: plenary}, {fact: item.group.reached_by, includes: school}]}"
    told = results(when, example({"item.method.method": "hearing", "item.group.kind": ["youth"]}),
                   example({"item.method.talk": "plenary", "item.group.reached_by": ["web"]}), example({}),
                   for_each="method_groups")  # fmt: skip
    assert told == [("fires", ()), ("silent", ()), ("undecided", ("item.group.kind", "item.method.method"))]


def test_derived_facts_are_worked_out_from_what_is_given() -> None:
    facts = [
        STATUTORY, derived("time.days", days_between=["schedule.start", "schedule.end"]),
        derived("time.class", class_of={"number": "time.days", "scale": "amount", "bounds": ["limit"]}),
        derived("told", of="target_groups", covers=["item.channels", "communication.channels"]),
    ]  # fmt: skip
    whole = {"derived": facts}
    told = results("{fact: time.class, is: medium}", example({"schedule.start": "2026-01-01", "schedule.end": "2026-01-07"}),
                   example({"time.days": 6}), example({"time.class": "low"}), knowledge=whole)  # fmt: skip
    assert told == [("fires", ()), ("fires", ()), ("silent", ())]
    told = results("{fact: item.told, is: false}", example({"communication.channels": ["web"], "item.channels": ["sms"]}),
                   example({"communication.channels": ["web"], "item.channels": ["web"]}), example({"item.told": False}),
                   for_each="target_groups", knowledge=whole)  # fmt: skip
    assert told == [("fires", ()), ("silent", ()), ("fires", ())]
    against = {"communication.channels": ["web"], "item.channels": ["web"], "item.told": False}
    assert results("{fact: item.told, is: false}", example(against), for_each="target_groups", knowledge=whole) == [
        ("fires", ())]  # what is given directly stands
    told = results("{fact: item.group.told, is: false}",
                   example({"communication.channels": ["web"], "item.group.channels": ["sms"]}),
                   example({"item.group.told": False}), example({"item.group.channels": ["sms"]}),
                   for_each="method_groups", knowledge=whole)  # fmt: skip
    assert told == [("fires", ()), ("fires", ()), ("undecided", ("communication.channels",))]


def test_rules_about_the_catalogue_are_not_run_in_the_engine() -> None:
    told = run("{fact: item.cost, is: low}", example({"item.cost": "low"}), example({"item.cost": "high"}, "silent"),
               example({"item.id": "cafe"}), rule_id="methods.a", criterion="means", weighs=1)  # fmt: skip
    assert [(one.engine, one.given) for one in told.results] == [
        ("builtin", "fires"), ("builtin", "silent"), ("builtin", "fires")]  # fmt: skip
    assert told.not_in_engine == 3


@pytest.mark.parametrize("day", ["2026-11-23"])
def test_every_example_of_the_shipped_rules_holds(day: str) -> None:
    told = run_examples(compile_rulebook(read_knowledge(data_files(data_folder()), "1"), day))
    assert told.failed == ()
    assert len(told.results) > 150
