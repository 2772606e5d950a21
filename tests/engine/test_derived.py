"""Facts worked out from the plan's own answers: rule language, section 4."""

from datetime import date, timedelta
from typing import Any

import pytest
from small_knowledge import AS_OF, STATUTORY, derived, parameter, plan, rulebook, small, words

from advisor.engine.derived import derive, easter_sunday, falls_on
from advisor.engine.facts import Facts, facts_of
from advisor.engine.layers import compile_rulebook
from advisor.load.data_files import data_files
from advisor.load.knowledge_files import read_knowledge
from advisor.load.resources import data_folder
from advisor.model.knowledge import Calendar, Span, Words

LISTS = {
    "wordlists": [
        {"id": "yes_no", "label": words("ja eller nej"), "sv": ["ska vi", "är", "bör", "låna"], "en": ["should  we", "is"]},
        {"id": "hard", "label": words("svåra ord"), "sv": ["å", "ny väg", "e-post", "Ärende"], "en": ["matter"]},
    ],
    "calendar": [{"id": "july", "label": words("juli"), "spans": [{"yearly": {"from": "07-01", "to": "07-31"}}]}],
    "parameters": [parameter("medium", ("2020-01-01", 50_000), ("2026-06-01", 60_000)),
                   parameter("high", ("2020-01-01", 200_000))],
}  # fmt: skip
CLASS = derived("budget.class", class_of={"number": "resources.budget_sek", "scale": "amount", "bounds": ["medium", "high"]})


def worked_out(how: dict[str, Any], text: str, as_of: str = AS_OF) -> Any:
    """A derived fact of a plan; None where it is unknown."""
    book = rulebook(as_of=as_of, derived=[STATUTORY, how if "id" in how else derived("a.fact", **how)], **LISTS)
    return facts(book, text).values.get(how.get("id", "a.fact"))


def facts(book: Any, text: str) -> Facts:
    told = facts_of(plan(text), book.things)
    derive(told, book.derivations)
    return told


@pytest.mark.parametrize(
    ("start", "end", "weeks", "days"),
    [("2026-03-01", "2026-03-29", 4, 28), ("2026-03-01", "2026-03-28", 27 / 7, 27), ("2026-03-08", "2026-03-01", -1, -7),
     ("2026-03-01", "2026-03-01", 0, 0)],
)  # fmt: skip
def test_time_between(start: str, end: str, weeks: float, days: int) -> None:
    text = f"schedule: {{start: {start}, end: {end}}}"
    assert worked_out({"weeks_between": ["schedule.start", "schedule.end"]}, text) == weeks
    assert worked_out({"days_between": ["schedule.start", "schedule.end"]}, text) == days


def test_numbers() -> None:
    share = {"share": ["participation.expected", "participation.age_max"]}
    assert worked_out(share, "participation: {expected: 3, age_max: 10}") == 0.3
    assert worked_out(share, "participation: {expected: 0, age_max: 10}") == 0
    assert worked_out(share, "participation: {expected: 3, age_max: 0}") is None
    assert worked_out({"count": "communication.channels"}, "communication: {channels: [web, sms, web]}") == 2
    assert worked_out({"count": "communication.channels"}, "communication: {channels: []}") == 0
    assert worked_out({"count": "communication.channels"}, "communication: {channels: [web, unknown]}") is None
    assert worked_out({"count": "communication.languages"}, "communication: {languages: [sv, ar]}") == 2
    assert worked_out({"count": "goals"}, "goals: [{text: a}, {text: b}]") == 2
    assert worked_out({"count": "goals"}, "goals: [{text: a}, unknown]") is None
    assert worked_out({"words": "question.text"}, "question: {text: Hur når vi e-post-ovana på Öland?}") == 6


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ({"weeks_between": ["schedule.start", "schedule.end"]}, "schedule: {start: 2026-03-01}"),
        ({"days_between": ["schedule.start", "schedule.end"]}, "schedule: {start: vet ej, end: 2026-03-01}"),
        ({"share": ["participation.expected", "participation.age_max"]}, "participation: {age_max: 10}"),
        ({"count": "goals"}, ""), ({"words": "question.text"}, ""), ({"non_empty": "communication.channels"}, ""),
        ({"covers": ["question.affects", "target_groups.kind"]}, "question: {affects: [youth]}"),
        ({"same_text": ["roles.owner", "feedback.responsible"]}, "roles: {owner: Chefen}"),
        ({"begins_with": {"text": "question.text", "words": "yes_no"}}, ""),
        ({"contains": {"text": "question.text", "words": "yes_no"}}, "question: {text: okänt}"),
        ({"overlaps_calendar": {"calendar": "july", "date": "schedule.end"}}, "schedule: {start: 2026-07-01}"),
        ({"overlaps_calendar": {"calendar": "july", "span": ["schedule.start", "schedule.end"]}},
         "schedule: {start: 2026-07-01}"),
        (CLASS, "resources: {level: low}"),
    ],
)  # fmt: skip
def test_unknown_where_an_input_is(how: dict[str, Any], text: str) -> None:
    assert worked_out(how, text) is None


def test_non_empty() -> None:
    non_empty = {"non_empty": "statutory"}
    assert worked_out(non_empty, "statutory: [other]") is True
    assert worked_out(non_empty, "statutory: [other, unknown]") is True
    assert worked_out(non_empty, "statutory: none") is False
    assert worked_out(non_empty, "statutory: [unknown]") is None


@pytest.mark.parametrize(
    ("affects", "groups", "expected"),
    [
        ("[youth, children]", "[{kind: [youth]}, {kind: [children, parents]}]", True),
        ("[youth, children]", "[{kind: [youth]}]", False),
        ("[youth, children]", "[{kind: [youth]}, {name: Andra}]", None),
        ("[youth, children]", "[{kind: [youth]}, unknown]", None),
        ("[youth, children]", "[{kind: [youth, unknown]}]", None),
        ("[youth]", "[{kind: [youth]}, unknown]", True),
        ("[youth, unknown]", "[{kind: [youth]}]", None),
        ("[children, unknown]", "[{kind: [youth]}]", False),
        ("[]", "[{kind: [youth]}]", True),
    ],
)  # fmt: skip
def test_covers_the_union_over_the_items(affects: str, groups: str, expected: bool | None) -> None:
    text = f"question: {{affects: {affects}}}\ntarget_groups: {groups}"
    assert worked_out({"covers": ["question.affects", "target_groups.kind"]}, text) is expected


def test_same_text_leaves_case_and_spaces_aside() -> None:
    same = {"same_text": ["roles.owner", "feedback.responsible"]}
    assert worked_out(same, "roles: {owner: Ängla  ÖBERG}\nfeedback: {responsible: ' ängla öberg'}") is True
    assert worked_out(same, "roles: {owner: Chefen}\nfeedback: {responsible: Chef}") is False


@pytest.mark.parametrize(
    ("text", "begins", "contains"),
    [
        ("Ska vi bygga?", True, True), ("«Är det bra?»", True, True), ("SKA  VI bygga?", True, True),
        ("Hur ska vi bygga?", False, True), ("Ärendet ska visas", False, False), ("Should we build?", True, True),
        ("Is it good?", True, True), ("Island bör vänta", False, True), ("Vad lånar vi?", False, False),
        ("Skall vi?", False, False), ("Bör", True, True),
    ],
)  # fmt: skip
def test_whole_words_of_both_languages(text: str, begins: bool, contains: bool) -> None:
    quoted = f'question: {{text: "{text}"}}'
    assert worked_out({"begins_with": {"text": "question.text", "words": "yes_no"}}, quoted) is begins
    assert worked_out({"contains": {"text": "question.text", "words": "yes_no"}}, quoted) is contains


def test_letters_and_phrases_are_matched_whole() -> None:
    has = {"contains": {"text": "question.text", "words": "hard"}}
    assert worked_out(has, "question: {text: Vid en å}") is True
    assert worked_out(has, "question: {text: Vid en ån eller på ålen}") is False
    assert worked_out(has, "question: {text: En ny väg genom byn}") is True
    assert worked_out(has, "question: {text: En ny vägg}") is False
    assert worked_out(has, "question: {text: Svar med E-post}") is True
    assert worked_out(has, "question: {text: Ett ÄRENDE}") is True
@pytest.mark.parametrize(
    ("budget", "as_of", "expected"),
    [(0, AS_OF, "low"), (59_999, AS_OF, "low"), (60_000, AS_OF, "medium"), (59_999, "2026-05-31", "medium"),
     (199_999.5, AS_OF, "medium"), (200_000, AS_OF, "high"), (10**9, AS_OF, "high"), (1, "2019-12-31", None)],
)  # fmt: skip
def test_class_of_a_number_by_bounds_that_are_parameters(budget: float, as_of: str, expected: str | None) -> None:
    assert worked_out(CLASS, f"resources: {{budget_sek: {budget}}}", as_of) == expected


def test_a_derived_fact_may_read_another_whatever_their_order() -> None:
    words_of_question = derived("question.length", words="question.text")
    by_length = derived("question.size", class_of={"number": "question.length", "scale": "amount", "bounds": ["limit"]})
    book = rulebook(derived=[STATUTORY, by_length, words_of_question])
    assert facts(book, "question: {text: ett två tre fyra fem sex}").values["question.size"] == "medium"
    assert "question.size" not in facts(book, "").values


def test_one_for_every_item() -> None:
    reached = derived("reached", of="target_groups", covers=["item.channels", "item.reached_by"])
    told = derived("told", of="target_groups", covers=["item.channels", "communication.channels"])
    book = rulebook(derived=[STATUTORY, reached, told])
    values = facts(book, """
        communication: {channels: [school]}
        target_groups: [{kind: [youth], channels: [school]}, {kind: [youth], channels: [web]}, {kind: [youth]}, unknown]
    """).values  # fmt: skip
    groups = values["target_groups"]
    assert [(group.get("reached"), group.get("told")) for group in groups[:3]] == [(True, True), (False, False), (None, None)]
    assert groups[3] is None


def overlaps(calendar: str, start: str, end: str = "") -> bool | None:
    """Whether a day, or a span, overlaps a calendar of the shipped knowledge."""
    how = {"calendar": calendar} | ({"span": ["schedule.start", "schedule.end"]} if end else {"date": "schedule.start"})
    knowledge = small(derived=[STATUTORY, derived("a.fact", overlaps_calendar=how)], calendar=SHIPPED_CALENDAR)
    book = compile_rulebook(knowledge, AS_OF)
    told = facts(book, f"schedule: {{start: {start}{', end: ' + end if end else ''}}}")
    value: bool | None = told.values.get("a.fact")
    return value


SHIPPED_CALENDAR = (data_folder() / "knowledge" / "calendar.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("calendar", "start", "end", "expected"),
    [
        ("july", "2026-06-30", "", False), ("july", "2026-07-01", "", True), ("july", "2026-07-31", "", True),
        ("july", "2026-06-01", "2026-08-31", True), ("july", "2026-08-01", "2027-06-30", False),
        ("july", "2026-08-01", "2027-07-01", True), ("july", "2026-07-02", "2026-07-01", None),
        ("summer_weeks", "2026-06-14", "", False), ("summer_weeks", "2026-06-15", "", True),
        ("weekends", "2026-11-20", "", False), ("weekends", "2026-11-21", "", True), ("weekends", "2026-11-22", "", True),
        ("weekends", "2026-11-16", "2026-11-20", False), ("weekends", "2026-11-16", "2026-11-21", True),
        ("elections", "2026-09-13", "", True), ("elections", "2026-09-01", "2026-09-12", False),
    ],
)  # fmt: skip
def test_calendars(calendar: str, start: str, end: str, expected: bool | None) -> None:
    assert overlaps(calendar, start, end) is expected


@pytest.fixture(scope="module")
def holidays() -> Calendar:
    files = [one for one in data_files(data_folder()) if one.name == "knowledge/calendar.yaml"]
    return read_knowledge(files, "1").calendars["public_holidays"]


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # New Year, Epiphany, Good Friday to Easter Monday, May Day, Ascension, Whit Sunday, National Day, Midsummer Day,
        # All Saints' Day, Christmas Day, Boxing Day.
        (2026, "01-01 01-06 04-03 04-04 04-05 04-06 05-01 05-14 05-24 06-06 06-20 10-31 12-25 12-26"),
        (2027, "01-01 01-06 03-26 03-27 03-28 03-29 05-01 05-06 05-16 06-06 06-26 11-06 12-25 12-26"),
        (2024, "01-01 01-06 03-29 03-30 03-31 04-01 05-01 05-09 05-19 06-06 06-22 11-02 12-25 12-26"),
    ],
)  # fmt: skip
def test_swedish_public_holidays(year: int, days: str, holidays: Calendar) -> None:
    whole_year = (date(year, 1, 1) + timedelta(n) for n in range(365))
    assert [f"{day:%m-%d}" for day in whole_year if falls_on(holidays, day)] == days.split()


@pytest.mark.parametrize(
    ("year", "day"),
    [(1961, "04-02"), (2000, "04-23"), (2008, "03-23"), (2011, "04-24"), (2025, "04-20"), (2038, "04-25"), (2076, "04-19")],
)
def test_easter(year: int, day: str) -> None:
    assert easter_sunday(year) == date.fromisoformat(f"{year}-{day}")


def test_a_span_may_go_past_new_year() -> None:
    label = Words(sv="jul", en="Christmas")
    calendar = Calendar(id="christmas", label=label, spans=(Span(yearly={"from": "12-20", "to": "01-06"}),))
    days = {day: falls_on(calendar, date.fromisoformat(day))
            for day in ("2026-12-19", "2026-12-20", "2027-01-06", "2027-01-07")}  # fmt: skip
    assert days == {"2026-12-19": False, "2026-12-20": True, "2027-01-06": True, "2027-01-07": False}
