"""How rules lean on one another: rule language, section 5."""

import pytest
from small_knowledge import STATUTORY, derived, rule, small

from advisor.model.rule_graph import RuleGraph

DERIVED = [
    STATUTORY, derived("time.weeks", weeks_between=["schedule.end", "governance.decision_date"]),
    derived("time.class", class_of={"number": "time.weeks", "scale": "amount", "bounds": ["limit"]}),
    derived("everyone", covers=["question.affects", "target_groups.kind"]),
    derived("reached", of="target_groups", covers=["item.channels", "communication.channels"]),
]  # fmt: skip


def graph(*rules: dict[str, object]) -> RuleGraph:
    knowledge = small(*rules, derived=DERIVED)
    return RuleGraph.of(knowledge.rules.values(), knowledge.derived)


@pytest.mark.parametrize(
    ("when", "for_each", "expected"),
    [
        ("{fact: question.single, is: true}", None, {"question.single"}),
        ("{fact: time.class, is: low}", None, {"schedule.end", "governance.decision_date"}),
        ("{fact: everyone, is: false}", None, {"question.affects", "target_groups.kind"}),
        ("{fact: item.reached, is: false}", "target_groups", {"item.channels", "communication.channels"}),
        ("{fact: item.group.reached, is: false}", "method_groups", {"item.group.channels", "communication.channels"}),
        ("{fact: item.reached_by, includes: web}", "target_groups", {"item.kind"}),
        ("{fact: item.method.levels, includes: {fact: item.method.level}}", "method_groups",
         {"item.method.method", "item.method.level"}),
        ("{fact: item.participants, above: {fact: item.size_max}}", "methods", {"item.participants", "item.method"}),
        ("{some: target_groups, where: {any: [{fact: each.reached_by, includes: web}, {fact: each.size, above: 2}]}}", None,
         {"target_groups", "target_groups.kind", "target_groups.size"}),
        ("{some: target_groups, where: {fact: each.reached, is: false}}", None,
         {"target_groups", "target_groups.channels", "communication.channels"}),
        ("{count: goals, above: 1}", None, {"goals"}),
        ("{fact: context.hot, is: true}", None, {"question.conflict", "goals.measurable"}),
        ("{finding: law.group, present: true}", None, {"target_groups.size"}),
        ("{finding: law.pair, present: true}", None, {"methods.format", "target_groups.hard_to_reach"}),
    ],
)  # fmt: skip
def test_plan_facts_read(when: str, for_each: str | None, expected: set[str]) -> None:
    told = graph(
        rule("law.a", when, **({"for_each": for_each} if for_each else {})),
        rule("context.one", "{fact: question.conflict, is: threats}", concludes="context.hot"),
        rule("context.two", "{finding: goals.a, present: true}", concludes="context.hot"),
        rule("goals.a", "{fact: item.measurable, is: false}", for_each="goals", applies="{fact: topic, is: school}"),
        rule("law.group", "{fact: item.size, above: 0}", for_each="target_groups"),
        rule("law.pair", "{all: [{fact: item.method.format, is: digital}, {fact: item.group.hard_to_reach, is: true}]}",
             for_each="method_groups"),
    )  # fmt: skip
    assert told.plan_facts_read(told.rules["law.a"]) == expected


def test_gaps_through_any_number_of_steps() -> None:
    told = graph(
        rule("law.asks", "{fact: roles.owner, known: true}"), rule("law.reads", "{finding: law.asks, present: false}"),
        rule("context.one", "{finding: law.reads, present: true}", concludes="context.hot"),
        rule("context.two", "{fact: question.single, is: true}", concludes="context.hot"),
        rule("law.by_conclusion", "{fact: question.single, is: true}", applies="{fact: context.hot, is: true}"),
        rule("law.inside", "{count: goals, above: 0, where: {fact: each.text, known: false}}"),
        rule("law.fault", "{fact: statutory.any, is: true}"), rule("law.fault_too", "{finding: law.fault, present: true}"),
    )  # fmt: skip
    assert told.gaps() == {"law.asks", "law.reads", "context.one", "law.by_conclusion", "law.inside"}


def test_what_a_rule_leans_on() -> None:
    told = graph(
        rule("law.a", "{fact: context.hot, is: true}", applies="{finding: law.b, present: false}"),
        rule("law.b", "{fact: form, is: information}"), rule("context.one", "{fact: form, known: true}", concludes="context.hot"),
        rule("context.two", "{some: goals, where: {finding: law.b, present: true}}", concludes="context.hot"),
    )  # fmt: skip
    assert told.leans_on(told.rules["law.a"]) == {"law.b", "context.one", "context.two"}
    assert told.layers() == {"law.b": 0, "context.one": 0, "context.two": 1, "law.a": 2}
    assert told.cycle() == ()


def test_list_facts_read_counts_applies_and_the_list_itself() -> None:
    told = graph(
        rule("law.a", "{fact: item.size, above: 0}", for_each="target_groups", applies="{fact: item.reached_by, includes: web}"),
        rule("law.b", "{fact: item.group.size, above: 0}", for_each="method_groups"),
    )
    assert told.list_facts_read(told.rules["law.a"]) == {"target_groups", "target_groups.size", "target_groups.kind"}
    assert told.list_facts_read(told.rules["law.b"]) == {"methods", "methods.groups", "target_groups", "target_groups.size"}
