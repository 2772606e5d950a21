"""Findings, certain and possible, in order: rule language, sections 5 and 7."""

import pytest
from small_knowledge import STATUTORY, assessed, derived, findings, parameter, rule, rulebook

from advisor.engine.layers import Rulebook
from advisor.model.assessment import Conclusion, Item, Reason

CONFLICT = "{fact: question.conflict, is: threats}"
SINGLE = "{fact: question.single, is: false}"


def one(book: Rulebook, text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Status and missing of every finding."""
    return [(finding.status, finding.missing) for finding in assessed(book, text).findings]


def test_certain_possible_or_nothing() -> None:
    book = rulebook(rule("question.a", f"{{all: [{SINGLE}, {CONFLICT}]}}"))
    assert one(book, "question: {single: no, conflict: threats}") == [("certain", ())]
    assert one(book, "question: {single: no}") == [("possible", ("question.conflict",))]
    assert one(book, "question: {single: no, conflict: unknown}") == [("possible", ("question.conflict",))]
    assert one(book, "question: {single: yes}") == []
    assert one(book, "question: {single: unknown, conflict: unknown}") == []  # nothing of it is known
    assert one(book, "") == []


def test_possible_only_where_it_certainly_applies() -> None:
    book = rulebook(rule("question.a", f"{{all: [{SINGLE}, {CONFLICT}]}}", applies="{fact: topic, is: school}"))
    assert one(book, "topic: school\nquestion: {single: no}") == [("possible", ("question.conflict",))]
    assert one(book, "topic: unknown\nquestion: {single: no}") == []
    assert one(book, "topic: care\nquestion: {single: no}") == []
    assert one(book, "topic: unknown\nquestion: {single: no, conflict: threats}") == []


def test_the_default_form_is_no_answer() -> None:
    book = rulebook(rule("question.a", f"{{all: [{{fact: form, is: citizen_dialogue}}, {CONFLICT}]}}"))
    assert one(book, "") == []
    assert one(book, "form: citizen_dialogue") == [("possible", ("question.conflict",))]


def test_a_plan_fact_may_be_known_through_derived_facts_conclusions_and_findings() -> None:
    weeks = derived("time.weeks", weeks_between=["schedule.end", "governance.decision_date"])
    book = rulebook(
        rule("question.a", "{fact: time.weeks, below: {parameter: limit}}"),
        rule("question.b", "{fact: context.hot, is: true}"), rule("question.c", "{finding: goals.a, present: true}"),
        rule("context.hot", f"{{all: [{CONFLICT}, {{fact: question.trust, is: low}}]}}", concludes="context.hot"),
        rule("goals.a", "{all: [{fact: item.measurable, is: false}, {fact: item.states, is: activity}]}", for_each="goals"),
        derived=[STATUTORY, weeks],
    )  # fmt: skip
    assert findings(assessed(book, "schedule: {end: 2026-01-01}")) == [("question.a", "fix", "possible", None)]
    assert findings(assessed(book, "question: {trust: low}")) == [("question.b", "fix", "possible", None)]
    assert findings(assessed(book, "goals: [{states: activity}]")) == [
        ("question.c", "fix", "possible", None), ("goals.a", "fix", "possible", "goals[0]")]  # fmt: skip
    assert findings(assessed(book, "resources: {sufficient: yes}")) == []


def test_an_items_own_facts_decide_whether_it_is_possible() -> None:
    when = "{all: [{fact: item.hard_to_reach, is: true}, {fact: item.size, above: 2}]}"
    book = rulebook(rule("participants.a", when, for_each="target_groups"))
    told = assessed(book, "target_groups: [{name: A}, {name: B, size: 5}, {name: C, hard_to_reach: true, size: 1}, unknown]")
    assert findings(told) == [("participants.a", "fix", "possible", "B")]
    assert told.findings[0].missing == ("target_groups[1].hard_to_reach",)
    assert told.findings[0].because == (Reason("target_groups[1].size", 5),)


def test_a_pair_that_is_not_there_yet_is_possible_by_what_is_known_of_its_method() -> None:
    when = "{all: [{fact: item.method.talk, is: plenary}, {fact: item.group.hard_to_reach, is: true}]}"
    book = rulebook(rule("participants.a", when, for_each="method_groups"))
    told = assessed(book, "target_groups: [{hard_to_reach: true}]\nmethods: [{method: hearing}, {participants: 5}]")
    assert [(one.item, one.missing) for one in told.findings] == [(Item("methods", 0, "hearing"), ("methods[0].groups",))]
    assert findings(assessed(book, "target_groups: [{hard_to_reach: true}]")) == []


def test_undecided_for_want_of_knowledge_is_not_reported() -> None:
    book = rulebook(
        rule("methods.a", "{fact: item.participants, above: {fact: item.size_max}}", for_each="methods"),
        rule("law.a", "{fact: consultation.weeks, below: {parameter: later}}"),
        parameters=[parameter("later", ("2027-01-01", 3))],
    )
    told = assessed(book, "consultation: {weeks: 2}\nmethods: [{method: cafe, participants: 5}]")
    assert told.findings == ()
    assert told.next_question is None


def test_gap_through_several_steps() -> None:
    book = rulebook(
        rule("roles.asks", "{fact: roles.owner, known: false}"),
        rule("context.hot", "{finding: roles.asks, present: true}", concludes="context.hot"),
        rule("law.leans", "{all: [{fact: context.hot, is: true}, {fact: question.single, is: false}]}"),
        rule("law.applies", SINGLE, applies="{fact: form, known: true}"),
        rule("law.inside", "{some: goals, where: {fact: each.text, known: true}}"), rule("law.fault", SINGLE),
    )  # fmt: skip
    told = assessed(book, "question: {single: no}\ngoals: [{text: a}]")
    assert {finding.rule: finding.kind for finding in told.findings} == {
        "roles.asks": "gap", "law.leans": "gap", "law.applies": "gap", "law.inside": "gap", "law.fault": "fault"}  # fmt: skip


def test_working_order() -> None:
    def fires(name: str, severity: str, for_each: str | None = None) -> dict[str, object]:
        return rule(name, "{count: goals, at_least: 0}", severity=severity, **({"for_each": for_each} if for_each else {}))

    book = rulebook(
        fires("law.stop", "stop"), fires("question.stop", "stop"), fires("question.a", "advice"), fires("question.z", "fix"),
        fires("question.b", "fix"), fires("goals.a", "fix", "goals"), fires("roles.a", "advice"), fires("gate.a", "advice"),
    )  # fmt: skip
    told = assessed(book, "goals: [{text: Ä}, {text: B}]")
    assert findings(told) == [
        ("question.stop", "stop", "certain", None), ("law.stop", "stop", "certain", None),
        ("gate.a", "advice", "certain", None), ("question.b", "fix", "certain", None),
        ("question.z", "fix", "certain", None), ("question.a", "advice", "certain", None),
        ("goals.a", "fix", "certain", "Ä"), ("goals.a", "fix", "certain", "B"), ("roles.a", "advice", "certain", None),
    ]  # fmt: skip


def test_pairs_are_ordered_by_method_then_group() -> None:
    book = rulebook(rule("methods.a", "{fact: item.group.hard_to_reach, is: true}", for_each="method_groups"))
    group = "{name: %s, hard_to_reach: true}"
    told = assessed(book, f"target_groups: [{group % 'B'}, {group % 'A'}]\n"
                    "methods: [{method: Survey, groups: all}, {method: cafe, groups: [A]}]")  # fmt: skip
    group_b, group_a = Item("target_groups", 0, "B"), Item("target_groups", 1, "A")
    assert [finding.item for finding in told.findings] == [
        Item("methods", 0, "Survey", group_b), Item("methods", 0, "Survey", group_a),
        Item("methods", 1, "cafe", group_a)]  # fmt: skip


@pytest.mark.parametrize(
    ("of", "text", "labels"),
    [
        ("target_groups", "target_groups: [{name: ' Unga  på Ön '}, {size: 5}]", ["Unga  på Ön", "target_groups[1]"]),
        ("goals", "goals: [{text: Ett mål}, {kind: views}]", ["Ett mål", "goals[1]"]),
        ("methods", "methods: [{method: Cafe in English}, {participants: 3}]", ["Cafe in English", "methods[1]"]),
        ("governance.decision_path", "governance: {decision_path: [{body: Nämnden}, {role: decides}]}",
         ["Nämnden", "governance.decision_path[1]"]),
        ("evaluation.indicators", "evaluation: {indicators: [{name: Andel}, {target: 3}]}",
         ["Andel", "evaluation.indicators[1]"]),
    ],
)  # fmt: skip
def test_an_items_label_is_what_the_plan_calls_it(of: str, text: str, labels: list[str]) -> None:
    book = rulebook(rule("question.a", "{count: goals, at_least: 0}", for_each=of))
    assert [finding.item for finding in assessed(book, text).findings] == [
        Item(of, index, label) for index, label in enumerate(labels)]  # fmt: skip


def test_statutory_duty_turns_a_stop_into_something_to_mend() -> None:
    book = rulebook(rule("question.a", CONFLICT, severity="stop"), rule("question.b", SINGLE, alternative="postpone"))
    text = "question: {conflict: threats, single: no}\n"
    for statutory, lowered in (("[other]", True), ("[other, unknown]", True), ("none", False), ("unknown", False)):
        told = assessed(book, f"{text}statutory: {statutory}")
        assert told.statutory is lowered
        assert [(one.severity, one.severity_was, one.alternative) for one in told.findings] == (
            [("fix", "stop", None), ("fix", None, "postpone")] if lowered
            else [("stop", None, "inform"), ("fix", None, "postpone")])  # fmt: skip
        assert (told.verdict, told.alternative) == (("revise", None) if lowered else ("stop", "inform"))


def test_conclusions_with_what_they_rest_on() -> None:
    book = rulebook(
        rule("context.one", CONFLICT, concludes="context.hot", applies="{fact: form, is_not: information}"),
        rule("context.two", "{fact: question.trust, is: low}", concludes="context.hot"),
    )
    assert assessed(book, "question: {conflict: threats, trust: high}").conclusions == (
        Conclusion("context.hot", True, (Reason("question.conflict", "threats"),)),)  # fmt: skip
    assert assessed(book, "form: information\nquestion: {conflict: threats, trust: high}").conclusions == (
        Conclusion("context.hot", False, (Reason("form", "information"), Reason("question.trust", "high"))),)  # fmt: skip
    assert assessed(book, "question: {conflict: none}").conclusions == ()


def test_a_method_rule_raises_a_finding_for_each_planned_method_it_fires_on() -> None:
    when = "{all: [{fact: item.talk, is: plenary}, {fact: question.conflict, is: threats}]}"
    book = rulebook(rule("methods.a", when, criterion="conflict", excludes=True, severity="fix"),
                    rule("law.reads", "{finding: methods.a, present: true}", severity="advice"))  # fmt: skip
    methods = "methods: [{method: cafe}, {method: HEARING}, {method: Egen}]"
    told = assessed(book, methods + "\nquestion: {conflict: threats}")
    assert findings(told) == [("methods.a", "fix", "certain", "HEARING"), ("law.reads", "advice", "certain", None)]
    assert findings(assessed(book, methods)) == [
        ("methods.a", "fix", "possible", "HEARING"), ("methods.a", "fix", "possible", "Egen"),
        ("law.reads", "advice", "possible", None)]  # fmt: skip


def test_an_unknown_method_is_noticed() -> None:
    told = assessed(rulebook(), "methods: [{method: cafe}, {method: Egen metod}]")
    assert [(notice.kind, notice.about) for notice in told.notices] == [
        ("unknown_method", {"index": 1, "method": "Egen metod"})]  # fmt: skip
