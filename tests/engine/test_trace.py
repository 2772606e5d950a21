"""Why a condition came out as it did, and what would settle it: rule language, section 5."""

from typing import Any

import pytest
from small_knowledge import STATUTORY, derived, judged, parameter, rule, rulebook, words

from advisor.engine.layers import Rulebook
from advisor.engine.steps import Step, because
from advisor.engine.trace import Tracer
from advisor.model.assessment import Reason


def outcome_of(book: Rulebook, text: str, name: str = "question.a", place: int = 0) -> tuple[Step, tuple[str, ...]]:
    """How a rule came out, and what would settle it."""
    judgement = judged(book, text)
    tracer, outcome = Tracer(judgement), judgement.outcomes[name][place]
    return tracer.outcome(outcome), tracer.missing(outcome) if outcome.status == "undecided" else ()


def traced(when: str, text: str, place: int = 0, **keys: Any) -> tuple[Step, tuple[str, ...]]:
    return outcome_of(rulebook(rule("question.a", when, **keys)), text, place=place)


def reasons(when: str, text: str, **keys: Any) -> list[tuple[str, Any]]:
    return [tuple(reason) for reason in because(traced(when, text, **keys)[0])]


def missing(when: str, text: str = "", place: int = 0, **keys: Any) -> tuple[str, ...]:
    step, settling = traced(when, text, place, **keys)
    assert step.truth is None or "applies" in keys
    return settling


SINGLE, CONFLICT = "{fact: question.single, is: false}", "{fact: question.conflict, at_least: open_conflict}"


def test_the_facts_that_decided_it() -> None:
    both, either = f"{{all: [{SINGLE}, {CONFLICT}]}}", f"{{any: [{SINGLE}, {CONFLICT}]}}"
    text = "question: {single: no, conflict: threats}"
    single, conflict = ("question.single", False), ("question.conflict", "threats")
    assert reasons(both, text) == [single, conflict]
    assert reasons(either, text) == [single, conflict]
    assert reasons(either, "question: {single: no, conflict: none}") == [single]
    assert reasons(both, "question: {single: no, conflict: none}") == [("question.conflict", "none")]
    assert reasons(f"{{not: {both}}}", "question: {single: no, conflict: none}") == [("question.conflict", "none")]


def test_what_already_speaks_for_an_undecided_rule() -> None:
    text = "question: {single: no, conflict: none, trust: unknown}"
    trust = "{fact: question.trust, is: low}"
    assert reasons(f"{{all: [{SINGLE}, {trust}]}}", text) == [("question.single", False)]
    assert reasons(f"{{any: [{CONFLICT}, {trust}]}}", text) == []
    assert reasons(f"{{any: [{CONFLICT}, {{all: [{SINGLE}, {trust}]}}]}}", text) == [("question.single", False)]
    assert reasons(f"{{not: {{any: [{CONFLICT}, {trust}]}}}}", text) == [("question.conflict", "none")]
    half = "{fact: schedule.start, after: {fact: schedule.end}}"
    assert reasons(half, "schedule: {start: 2026-03-01}") == [("schedule.start", "2026-03-01")]
    listed = "{fact: communication.channels, includes: web}"
    assert reasons(listed, "communication: {channels: [sms, unknown]}") == [("communication.channels", ("sms", "unknown"))]
    assert reasons("{count: communication.channels, above: 1}", "") == []


def test_because_of_a_gap() -> None:
    gap = "{fact: roles.owner, known: false}"
    assert reasons(gap, "") == [("roles.owner", None)]
    assert reasons(gap, "roles: {owner: unknown}") == [("roles.owner", "unknown")]
    assert reasons(gap, "roles: vet ej") == [("roles.owner", "unknown")]
    groups = "{fact: target_groups, known: false}"
    assert reasons(groups, "") == [("target_groups", None)]
    assert reasons(groups, "target_groups: vet ej") == [("target_groups", "unknown")]
    assert reasons(groups, "target_groups: [unknown]") == [("target_groups", "unknown")]
    channels = "{fact: communication.channels, known: false}"
    assert reasons(channels, "communication: {channels: [unknown]}") == [("communication.channels", "unknown")]
    each = "{some: target_groups, where: {fact: each.channels, known: false}}"
    assert reasons(each, "target_groups: [{name: A, channels: [web]}, {name: B, channels: unknown}]") == [
        ("target_groups[1].channels", "unknown")]  # fmt: skip


def test_values_as_output_has_them() -> None:
    when = "{all: [{fact: schedule.start, known: true}, {fact: communication.channels, known: true}, {fact: goals, known: true}]}"
    assert reasons(when, "schedule: {start: 2026-03-01}\ncommunication: {channels: [web]}\ngoals: [{text: a}, unknown]") == [
        ("schedule.start", "2026-03-01"), ("communication.channels", ("web",)), ("goals", 1)]  # fmt: skip


def test_items_are_named_by_their_place() -> None:
    when = "{fact: item.hard_to_reach, is: true}"
    step, _ = traced(when, "target_groups: [{name: A}, {hard_to_reach: true}]", 1, for_each="target_groups")
    assert because(step) == (Reason("target_groups[1].hard_to_reach", True),)
    pair = "{all: [{fact: item.method.talk, is: plenary}, {fact: item.group.hard_to_reach, is: true}]}"
    text = "target_groups: [{name: A}, {name: B, hard_to_reach: true}]\nmethods: [{method: hearing, groups: [B]}]"
    step, _ = traced(pair, text, for_each="method_groups")
    assert because(step) == (Reason("methods[0].talk", "plenary"), Reason("target_groups[1].hard_to_reach", True))


@pytest.mark.parametrize(
    ("when", "text", "expected"),
    [
        (SINGLE, "", ["question.single"]), (SINGLE, "question: unknown", ["question.single"]),
        (f"{{all: [{SINGLE}, {CONFLICT}]}}", "question: {single: no}", ["question.conflict"]),
        (f"{{any: [{SINGLE}, {CONFLICT}]}}", "", ["question.single", "question.conflict"]),
        ("{fact: schedule.start, after: {fact: schedule.end}}", "schedule: {end: 2026-01-01}", ["schedule.start"]),
        ("{fact: schedule.start, after: {fact: schedule.end}}", "", ["schedule.start", "schedule.end"]),
        ("{fact: communication.channels, includes: web}", "communication: {channels: [sms, unknown]}",
         ["communication.channels"]),
        ("{some: goals, where: {fact: each.measurable, is: true}}", "", ["goals"]),
        ("{some: goals, where: {fact: each.measurable, is: true}}",
         "goals: [{text: a}, {measurable: no}, unknown]", ["goals[0].measurable", "goals[2]"]),
        ("{some: target_groups, where: {fact: each.reached_by, includes: web}}", "target_groups: [{name: A}]",
         ["target_groups[0].kind"]),
        ("{count: goals, above: 1}", "goals: [{text: a}, unknown]", ["goals[1]"]),
        ("{count: goals, above: 1}", "", ["goals"]),
        ("{count: goals, above: 0, where: {fact: each.measurable, is: true}}", "goals: [{text: a}]", ["goals[0].measurable"]),
        ("{count: goals, above: {fact: participation.expected}}", "goals: [{text: a}]", ["participation.expected"]),
        ("{count: communication.channels, above: 1}", "communication: {channels: [sms, unknown]}",
         ["communication.channels"]),
        ("{fact: statutory.any, is: true}", "", ["statutory"]),
        ("{fact: consultation.weeks, above: {parameter: later}}", "consultation: {weeks: 3}", []),
        ("{fact: consultation.weeks, above: {parameter: later}}", "", ["consultation.weeks"]),
    ],
)  # fmt: skip
def test_what_would_settle_it(when: str, text: str, expected: list[str]) -> None:
    book = rulebook(rule("question.a", when), parameters=[parameter("later", ("2027-01-01", 1))])
    assert list(outcome_of(book, text)[1]) == expected


def test_items_and_pairs_that_are_not_there_yet() -> None:
    of_group, of_pair = "{fact: item.hard_to_reach, is: true}", "{fact: item.group.hard_to_reach, is: true}"
    assert missing(of_group, for_each="target_groups") == ("target_groups",)
    assert missing(of_group, "target_groups: [unknown]", for_each="target_groups") == ("target_groups[0]",)
    assert missing(of_pair, for_each="method_groups") == ("methods",)
    assert missing(of_pair, "methods: [{method: cafe}]", for_each="method_groups") == ("methods[0].groups",)
    groups = "target_groups: [{name: A}]\nmethods: [{method: cafe, groups: all}]"
    assert missing(of_pair, groups, for_each="method_groups") == ("target_groups[0].hard_to_reach",)


def test_what_only_the_knowledge_lacks_is_not_asked_of_the_plan() -> None:
    small = "{fact: item.participants, above: {fact: item.size_max}}"
    assert missing(small, "methods: [{method: cafe, participants: 3}]", for_each="methods") == ()
    assert missing(small, "methods: [{method: Egen metod, participants: 3}]", for_each="methods") == ()
    assert missing(small, "methods: [{method: Egen metod}]", for_each="methods") == ()
    assert missing(small, "methods: [{participants: 3}]", for_each="methods") == ("methods[0].method",)


def test_applies_is_among_what_would_settle_it() -> None:
    applies = "{fact: topic, is: school}"
    assert missing(SINGLE, "question: {single: no}", applies=applies) == ("topic",)
    assert missing(SINGLE, "", applies=applies) == ("topic", "question.single")


def test_a_derived_fact_stands_for_what_it_is_worked_out_from() -> None:
    facts = [
        STATUTORY, derived("time.weeks", weeks_between=["schedule.end", "governance.decision_date"]),
        derived("time.class", class_of={"number": "time.weeks", "scale": "amount", "bounds": ["limit"]}),
        derived("everyone", covers=["question.affects", "target_groups.kind"]),
        derived("reached", of="target_groups", covers=["item.channels", "item.reached_by"]),
    ]  # fmt: skip
    book = rulebook(
        rule("question.a", "{fact: time.class, is: low}"), rule("question.b", "{fact: everyone, is: false}"),
        rule("question.c", "{fact: item.reached, is: false}", for_each="target_groups"),
        rule("question.d", "{fact: item.group.reached, is: false}", for_each="method_groups"), derived=facts,
    )  # fmt: skip
    assert outcome_of(book, "schedule: {end: 2026-01-01}")[1] == ("governance.decision_date",)
    assert outcome_of(book, "")[1] == ("schedule.end", "governance.decision_date")
    text = "question: {affects: [youth]}\ntarget_groups: [{name: A}, {kind: [children]}]\nmethods: [{method: cafe, groups: all}]"
    assert outcome_of(book, text, "question.b")[1] == ("target_groups[0].kind",)
    assert outcome_of(book, "", "question.b")[1] == ("question.affects", "target_groups")
    assert outcome_of(book, text, "question.c", 0)[1] == ("target_groups[0].channels", "target_groups[0].kind")
    assert outcome_of(book, text, "question.c", 1)[1] == ("target_groups[1].channels",)
    assert outcome_of(book, text, "question.d", 1)[1] == ("target_groups[1].channels",)


def test_findings_and_conclusions_stand_for_what_settles_them() -> None:
    book = rulebook(
        rule("question.a", "{all: [{fact: context.hot, is: true}, {finding: goals.a, present: false}]}"),
        rule("context.one", CONFLICT, concludes="context.hot"),
        rule("context.two", "{fact: question.trust, is: low}", concludes="context.hot"),
        rule("goals.a", "{fact: item.measurable, is: false}", for_each="goals", applies="{fact: form, is_not: information}"),
    )  # fmt: skip
    assert outcome_of(book, "")[1] == ("question.conflict", "question.trust", "goals")
    text = "question: {conflict: none}\ngoals: [{measurable: yes}, {text: a}]"
    assert outcome_of(book, text)[1] == ("question.trust", "goals[1].measurable")
    assert outcome_of(book, "form: unknown\nquestion: {conflict: threats}\ngoals: [{measurable: yes}, {measurable: no}]")[
        1] == ("form",)  # fmt: skip
    assert because(outcome_of(book, "question: {conflict: threats}\ngoals: [{measurable: yes}]")[0]) == (
        Reason("context.hot", True), Reason("finding:goals.a", False))  # fmt: skip


def test_the_explanation_shows_which_words_matched() -> None:
    lists = {"wordlists": [{"id": "yes_no", "label": words("ja eller nej"), "sv": ["ska vi", "är"], "en": ["is"]}]}
    facts = [STATUTORY, derived("asks", begins_with={"text": "question.text", "words": "yes_no"}),
             derived("says", of="goals", contains={"text": "item.text", "words": "yes_no"})]  # fmt: skip
    book = rulebook(rule("question.a", "{fact: asks, is: true}"), derived=facts, **lists)
    assert because(outcome_of(book, "question: {text: Ska vi bygga?}")[0]) == (
        Reason("asks", True), Reason("question.text", ("Ska vi",)))  # fmt: skip
    assert because(outcome_of(book, "question: {text: Hur?}")[0]) == (Reason("asks", False),)
    of_items = rulebook(rule("question.a", "{fact: item.says, is: true}", for_each="goals"),
                        rule("question.b", "{some: goals, where: {fact: each.says, is: true}}"),
                        derived=facts, **lists)  # fmt: skip
    said = (Reason("goals[1].says", True), Reason("goals[1].text", ("Är", "ska vi")))
    text = "goals: [{text: Hur}, {text: 'Är det så, ska vi'}]"
    assert because(outcome_of(of_items, text, place=1)[0]) == said
    assert because(outcome_of(of_items, text, "question.b")[0]) == said


def test_a_step_tells_what_was_compared() -> None:
    step, _ = traced("{fact: consultation.weeks, below: {parameter: limit}}", "consultation: {weeks: 5}")
    assert (step.kind, step.truth, step.fact, step.value, step.wanted) == ("fact", True, "consultation.weeks", 5, 6)
    step, _ = traced("{fact: schedule.start, after: {fact: schedule.end}}", "schedule: {start: 2026-01-01, end: 2026-01-02}")
    assert (step.truth, step.value, step.wanted) == (False, "2026-01-01", "2026-01-02")
    step, _ = traced("{count: goals, above: 1, where: {fact: each.measurable, is: true}}",
                     "goals: [{measurable: yes}, {measurable: no}, {measurable: yes}]")  # fmt: skip
    assert (step.kind, step.truth, step.value, step.wanted) == ("count", True, 2, 1)
    assert because(step) == (Reason("goals[0].measurable", True), Reason("goals[2].measurable", True))
