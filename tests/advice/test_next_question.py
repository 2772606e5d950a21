"""Which question to ask next: rule language, section 5."""

from typing import Any

import pytest
from small_knowledge import STATUTORY, assessed, derived, parameter, rule, rulebook

from advisor.advice.next_question import is_plan_fact, page_place

SINGLE, CONFLICT = "{fact: question.single, is: false}", "{fact: question.conflict, is: threats}"
OWNER = rule("roles.owner", "{fact: roles.owner, known: false}")
RESPONDER = rule("governance.responder", "{fact: governance.responder, known: false}", severity="advice")
DEPTH = rule("gate.depth", "{fact: participation.depth, known: true}", concludes="gate.depth")


def asked(rules: list[dict[str, Any]], text: str = "", **knowledge: Any) -> str | None:
    return assessed(rulebook(*rules, **knowledge), text).next_question


def test_gaps_and_the_gate_first_in_page_order() -> None:
    rules = [DEPTH, RESPONDER, OWNER, rule("question.a", SINGLE, severity="advice"), rule("question.b", CONFLICT)]
    assert asked(rules) == "roles.owner"
    text = "roles: {owner: A}\n"
    assert asked(rules, text) == "governance.responder"
    text += "governance: {responder: A}\n"
    assert asked(rules, text) == "participation.depth"
    text += "participation: {depth: deep}\n"
    assert asked(rules, text) == "question.conflict"
    assert asked(rules, text + "question: {conflict: none}") == "question.single"
    assert asked(rules, text + "question: {conflict: none, single: yes}") is None


def test_methods_last() -> None:
    rules = [rule("methods.a", "{fact: methods, known: false}"), rule("feedback.a", "{fact: feedback.date, known: false}"),
             rule("evaluation.a", "{some: methods, where: {fact: each.sessions, known: false}}")]  # fmt: skip
    assert asked(rules) == "feedback.date"
    assert asked(rules, "feedback: {date: 2026-01-01}") == "methods"
    assert asked(rules, "feedback: {date: 2026-01-01}\nmethods: [{method: cafe}]") == "methods[0].sessions"
    undecided = [rule("methods.a", "{fact: item.format, is: digital}", for_each="methods"),
                 rule("law.a", "{fact: feedback.date, before: 2026-01-01}")]  # fmt: skip
    assert asked(undecided, "methods: [{method: cafe}]") == "feedback.date"


def test_then_the_fact_that_settles_most_points() -> None:
    rules = [rule("question.a", SINGLE, severity="stop"), rule("question.b", CONFLICT), rule("question.c", CONFLICT)]
    assert asked(rules) == "question.conflict"
    assert asked(rules[:2]) == "question.single"
    assert asked(rules[:2], "statutory: [other]") == "question.single"  # equal now: page order


def test_a_rule_counts_once_however_many_items_wait() -> None:
    rules = [rule("goals.a", f"{{all: [{SINGLE}, {{fact: item.measurable, is: false}}]}}", for_each="goals", severity="advice"),
             rule("question.b", CONFLICT)]  # fmt: skip
    assert asked(rules, "goals: [{measurable: no}, {measurable: no}, {measurable: no}]") == "question.conflict"


def test_only_applying_rules_count() -> None:
    rules = [rule("question.a", SINGLE, severity="stop", applies="{fact: topic, is: school}"), rule("question.b", CONFLICT)]
    assert asked(rules) == "question.conflict"
    assert asked(rules, "topic: care") == "question.conflict"
    assert asked(rules, "topic: school") == "question.single"


def test_ties_by_page_order_items_one_by_one() -> None:
    when = "{any: [{fact: item.affected, is: directly}, {fact: item.hard_to_reach, is: true}]}"
    rules = [rule("participants.a", when, for_each="target_groups")]
    assert asked(rules) == "target_groups"
    groups = "target_groups: [{name: A, affected: indirectly}, {name: B}]"
    assert asked(rules, groups) == "target_groups[0].hard_to_reach"
    groups = "target_groups: [{name: A, affected: indirectly, hard_to_reach: no}, {name: B}]"
    assert asked(rules, groups) == "target_groups[1].affected"
    many = "target_groups: [" + ", ".join(["{hard_to_reach: no, affected: indirectly}"] * 11) + ", {name: B}]"
    assert asked(rules, many) == "target_groups[11].affected"


def test_what_was_answered_unknown_comes_last() -> None:
    rules = [OWNER, DEPTH, rule("question.a", SINGLE), rule("question.b", CONFLICT, severity="stop")]
    assert asked(rules, "roles: {owner: vet ej}") == "participation.depth"
    unknown = "roles: {owner: vet ej}\nparticipation: unknown\n"
    assert asked(rules, unknown) == "question.conflict"
    assert asked(rules, unknown + "question: {conflict: unknown}") == "question.single"
    assert asked(rules, unknown + "question: unknown") == "roles.owner"
    assert asked(rules, "roles: {owner: A}\nparticipation: {depth: deep}\nquestion: unknown") == "question.conflict"


@pytest.mark.parametrize(
    ("when", "text", "for_each"),
    [
        ("{fact: communication.channels, includes: web}", "communication: {channels: [sms, unknown]}", None),
        ("{fact: communication.channels, known: false}", "communication: {channels: [unknown]}", None),
        ("{fact: target_groups, known: false}", "target_groups: [unknown]", None),
        ("{some: target_groups, where: {fact: each.hard_to_reach, is: true}}", "target_groups: [unknown]", None),
        ("{fact: item.channels, includes: web}", "target_groups: [{channels: [sms, unknown]}]", "target_groups"),
        ("{fact: item.hard_to_reach, is: true}", "target_groups: [unknown]", "target_groups"),
    ],
)  # fmt: skip
def test_a_list_that_is_unknown_in_part_is_not_asked_for_over_and_over(when: str, text: str, for_each: str | None) -> None:
    keys = {"for_each": for_each} if for_each else {}
    severity = "fix" if "known" in when else "stop"
    rules = [rule("law.a", when, severity=severity, **keys), rule("law.b", "{fact: feedback.date, before: 2026-01-01}")]
    assert asked(rules, text) == "feedback.date"
    assert asked(rules, text + "\nfeedback: {date: 2026-02-01}") in (
        "communication.channels", "target_groups", "target_groups[0]", "target_groups[0].channels")  # fmt: skip


def test_what_stands_behind_a_gap() -> None:
    weeks = derived("time.weeks", weeks_between=["schedule.end", "governance.decision_date"])
    reached = derived("reached", of="target_groups", covers=["item.channels", "item.reached_by"])
    knowledge = {"derived": [STATUTORY, weeks, reached]}
    gap = [rule("law.a", "{fact: time.weeks, known: false}")]
    assert asked(gap, **knowledge) == "governance.decision_date"
    assert asked(gap, "governance: {decision_date: 2026-01-01}", **knowledge) == "schedule.end"
    of_item = [rule("law.a", "{fact: item.reached, known: false}", for_each="target_groups")]
    assert asked(of_item, "target_groups: [{name: A}]", **knowledge) == "target_groups[0].kind"
    assert asked(of_item, "target_groups: [{kind: [youth]}]", **knowledge) == "target_groups[0].channels"
    through = [
        rule("law.a", "{all: [{fact: methods, known: true}, {fact: context.hot, is: false}, {finding: law.b, present: true}]}"),
        rule("context.hot", "{fact: question.text, known: true}", concludes="context.hot"),
        rule("law.b", "{fact: roles.owner, known: false}", applies="{fact: form, is: information}"),
    ]  # fmt: skip
    methods = "form: information\nmethods: [{method: cafe}]\n"
    assert asked(through, methods) == "roles.owner"
    through[2] = rule("law.b", CONFLICT)
    assert asked(through, methods + "question: {conflict: threats}") == "question.text"


def test_what_a_gap_does_not_rest_on_is_not_asked_first() -> None:
    rules = [
        rule("law.a", "{all: [{fact: context.hot, is: true}, {fact: roles.owner, known: false}]}"),
        rule("context.one", CONFLICT, concludes="context.hot"),
        rule("context.two", "{fact: question.trust, is: low}", concludes="context.hot"),
    ]
    assert asked(rules, "question: {conflict: threats}") == "roles.owner"
    rules.append(rule("law.b", "{fact: feedback.date, before: 2026-01-01}"))
    assert asked(rules, "question: {conflict: threats}\nroles: {owner: unknown}") == "feedback.date"


def test_the_gate_asks_only_for_what_has_no_answer() -> None:
    when = "{all: [{fact: question.text, known: true}, {fact: question.influenceable, one_of: [fully, partly]}]}"
    rules = [rule("gate.question", when, concludes="gate.question")]
    assert asked(rules) == "question.text"
    assert asked(rules, "question: {text: Hur}") == "question.influenceable"
    assert asked(rules, "question: {text: Hur, influenceable: not_at_all}") is None
    assert asked(rules, "question: {text: Hur, influenceable: partly}") is None


def test_nothing_to_ask_where_only_the_knowledge_lacks_something() -> None:
    rules = [rule("law.a", "{fact: consultation.weeks, below: {parameter: later}}")]
    later = {"parameters": [parameter("later", ("2027-01-01", 3))]}
    assert asked(rules, "consultation: {weeks: 3}", **later) is None


def test_page_places() -> None:
    facts = ["methods[0].groups", "methods", "feedback.date", "target_groups[10].name", "target_groups[2].channels",
             "target_groups[2].name", "target_groups", "governance.decision_path[1].date", "governance.decision_path",
             "form"]  # fmt: skip
    assert sorted(facts, key=page_place) == [
        "form", "governance.decision_path", "governance.decision_path[1].date", "target_groups", "target_groups[2].name",
        "target_groups[2].channels", "target_groups[10].name", "feedback.date", "methods", "methods[0].groups"]  # fmt: skip
    assert all(is_plan_fact(fact) for fact in facts)
    assert not any(is_plan_fact(fact) for fact in ("gate.goals", "statutory.any", "finding:law.a", "target_groups[0].reached_by"))
