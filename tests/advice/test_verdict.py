"""The verdict and the alternative to a stop: rule language, section 7."""

import pytest
from small_knowledge import assessed, gate, rule, rulebook

STOP = rule("question.stop", "{all: [{fact: question.conflict, is: threats}, {fact: question.trust, is: low}]}", severity="stop")
FIX = rule("question.fix", "{all: [{fact: question.single, is: false}, {fact: question.wording, is: leading}]}")
ADVICE = rule("question.advice", "{all: [{fact: topic, is: school}, {fact: place, known: true}]}", severity="advice")
BOOK = rulebook(STOP, FIX, ADVICE, *gate())

ACCEPTED = "accepted: [{rule: question.stop, reason: a, by: b}, {rule: question.fix, reason: a, by: b}]"
CERTAIN_STOP, POSSIBLE_STOP = "conflict: threats, trust: low", "conflict: threats"
CERTAIN_FIX, POSSIBLE_FIX = "single: no, wording: leading", "single: no"


@pytest.mark.parametrize(
    ("question", "accepted", "verdict", "decided_by"),
    [
        ("", "", "ready", ()),
        (CERTAIN_STOP, "", "stop", ("question.stop",)),
        (f"{CERTAIN_STOP}, {CERTAIN_FIX}", "", "stop", ("question.stop",)),
        (POSSIBLE_STOP, "", "revise", ("question.stop",)),
        (CERTAIN_FIX, "", "revise", ("question.fix",)),
        (POSSIBLE_FIX, "", "revise", ("question.fix",)),
        (f"{POSSIBLE_STOP}, {CERTAIN_FIX}", "", "revise", ("question.fix", "question.stop")),
        (CERTAIN_STOP, ACCEPTED, "revise", ("question.stop",)),
        (POSSIBLE_STOP, ACCEPTED, "revise", ("question.stop",)),
        (CERTAIN_FIX, ACCEPTED, "ready", ()),
        (POSSIBLE_FIX, ACCEPTED, "revise", ("question.fix",)),
    ],
)  # fmt: skip
def test_verdict(question: str, accepted: str, verdict: str, decided_by: tuple[str, ...]) -> None:
    told = assessed(BOOK, f"question: {{{question}}}\n{accepted}")
    assert (told.verdict, told.decided_by) == (verdict, decided_by)


def test_advice_never_keeps_a_plan_from_being_ready() -> None:
    told = assessed(BOOK, "topic: school\nplace: Byn")
    assert [finding.rule for finding in told.findings] == ["question.advice"]
    assert told.verdict == "ready"


def test_of_several_stops_the_alternative_of_highest_priority_counts() -> None:
    when = "{fact: question.conflict, is: threats}"
    stops = [rule(f"question.{name}", when, severity="stop", alternative=name) for name in ("inform", "mediate", "postpone")]
    told = assessed(rulebook(*stops), "question: {conflict: threats}")
    assert told.alternative == "mediate"
    assert [finding.alternative for finding in told.findings] == ["inform", "mediate", "postpone"]
    accepted = "accepted: [{rule: question.mediate, reason: a, by: b}]"
    assert assessed(rulebook(*stops), f"question: {{conflict: threats}}\n{accepted}").alternative == "postpone"


def test_only_a_stop_gives_the_plan_an_alternative() -> None:
    book = rulebook(rule("question.fix", "{fact: question.single, is: false}", alternative="inform"))
    told = assessed(book, "question: {single: no}")
    assert (told.verdict, told.alternative, told.findings[0].alternative) == ("revise", None, "inform")


def test_what_a_stop_withholds_and_an_accepted_or_lowered_one_does_not() -> None:
    question = f"question: {{{CERTAIN_STOP}}}\n"
    assert assessed(BOOK, question).methods.waiting_for == ("stop",)
    assert not assessed(BOOK, question).methods.released
    assert assessed(BOOK, question + ACCEPTED).methods.released
    assert assessed(BOOK, question + "statutory: [other]").methods.released
    assert assessed(BOOK, f"question: {{{POSSIBLE_STOP}}}").methods.released
