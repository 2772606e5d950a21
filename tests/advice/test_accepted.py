"""Deviations that somebody answers for: rule language, sections 1 and 7."""

import pytest
from small_knowledge import AS_OF, assessed, rule, rulebook

from advisor.engine.layers import Rulebook
from advisor.model.assessment import Accepted

RETIRED = [
    {"id": "question.old", "since": "2026-01-01", "replaced_by": "question.older"},
    {"id": "question.older", "since": "2026-02-01", "replaced_by": "question.a"},
    {"id": "question.gone", "since": "2026-01-01"},
]
BOOK = rulebook(
    rule("question.a", "{fact: question.single, is: false}"),
    rule("goals.a", "{fact: item.measurable, is: false}", for_each="goals"),
    rule("participants.a", "{fact: item.group.hard_to_reach, is: true}", for_each="method_groups"),
    rule("law.reads", "{finding: question.a, present: true}", severity="advice"), retired=RETIRED,
)  # fmt: skip
PLAN = """
question: {single: no}
goals: [{text: Ett Mål, measurable: no}, {kind: views, measurable: no}]
target_groups: [{name: A, hard_to_reach: yes}, {name: B, hard_to_reach: yes}]
methods: [{method: Cafe, groups: all}, {method: survey, groups: [A]}]
accepted: [%s]
"""


def accepted(acceptance: str, book: Rulebook = BOOK) -> tuple[list[str], list[tuple[str, dict[str, object]]]]:
    """Which findings were accepted, and the notices."""
    told = assessed(book, PLAN % acceptance)
    places = [f"{one.rule} {one.item.list}[{one.item.index}]" if one.item else one.rule
              for one in told.findings if one.accepted]  # fmt: skip
    return places, [(notice.kind, notice.about) for notice in told.notices]


def test_the_whole_rule() -> None:
    assert accepted("{rule: question.a, reason: a, by: b}") == (["question.a"], [])
    assert accepted("{rule: goals.a, reason: a, by: b}") == (["goals.a goals[0]", "goals.a goals[1]"], [])
    told = assessed(BOOK, PLAN % "{rule: question.a, reason: Litet uppdrag, by: Chefen, until: 2027-01-01}")
    assert [str(finding.accepted.until) for finding in told.findings if finding.accepted] == ["2027-01-01"]
    assert told.findings[0].accepted == Accepted("Litet uppdrag", "Chefen", told.findings[0].accepted.until)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("item", "places"),
    [("Ett Mål", ["goals.a goals[0]"]), ("' ett  mål'", ["goals.a goals[0]"]), ("'goals[1]'", ["goals.a goals[1]"]),
     ("'goals[0]'", ["goals.a goals[0]"])],
)  # fmt: skip
def test_one_item_by_label_or_place(item: str, places: list[str]) -> None:
    assert accepted(f"{{rule: goals.a, item: {item}, reason: a, by: b}}") == (places, [])


@pytest.mark.parametrize("item", ["Ett annat mål", "'goals[2]'", "'target_groups[0]'", "'1'"])
def test_an_item_that_matches_nothing(item: str) -> None:
    stated = {"rule": "goals.a", "item": item.strip("'")}
    assert accepted(f"{{rule: goals.a, item: {item}, reason: a, by: b}}") == ([], [("acceptance_unused", stated)])


def test_an_item_answered_unknown_means_none_of_them() -> None:
    assert accepted("{rule: goals.a, item: vet ej, reason: a, by: b}") == (
        [], [("acceptance_unused", {"rule": "goals.a", "item": None})])  # fmt: skip


def test_a_pair_by_its_method_for_all_its_groups() -> None:
    first = ["participants.a methods[0]", "participants.a methods[0]"]
    for item in ("cafe", "'methods[0]'"):
        assert accepted(f"{{rule: participants.a, item: {item}, reason: a, by: b}}") == (first, [])
    assert accepted("{rule: participants.a, item: A, reason: a, by: b}")[0] == []


@pytest.mark.parametrize(
    ("until", "valid"), [("2026-11-22", False), ("2026-11-23", True), ("2026-11-24", True), ("unknown", True), ("", True)]
)
def test_until_is_inclusive(until: str, valid: bool) -> None:
    told = accepted(f"{{rule: question.a, reason: a, by: b, until: {until}}}")
    expired = ("acceptance_expired", {"rule": "question.a", "item": None, "until": "2026-11-22"})
    assert told == ((["question.a"], []) if valid else ([], [expired]))
    assert AS_OF == "2026-11-23"


@pytest.mark.parametrize(
    ("acceptance", "lacking"),
    [("rule: question.a, reason: a", ["by"]), ("rule: question.a, by: b", ["reason"]), ("reason: a, by: b", ["rule"]),
     ("rule: unknown, reason: a, by: b", ["rule"]), ("rule: question.a, reason: ' ', by: unknown", ["reason", "by"])],
)  # fmt: skip
def test_what_lacks_a_part_counts_for_nothing(acceptance: str, lacking: list[str]) -> None:
    places, notices = accepted(f"{{{acceptance}}}")
    assert places == []
    assert [(kind, about["lacking"]) for kind, about in notices] == [("acceptance_invalid", lacking)]


def test_a_rule_that_does_not_fire_or_exist() -> None:
    for name in ("question.b", "gate.goals"):
        assert accepted(f"{{rule: {name}, reason: a, by: b}}") == ([], [("acceptance_unused", {"rule": name, "item": None})])


def test_a_retired_rule_is_read_as_its_replacement() -> None:
    assert accepted("{rule: question.older, reason: a, by: b}") == (["question.a"], [
        ("rule_retired", {"rule": "question.older", "since": "2026-02-01", "replaced_by": "question.a"})])  # fmt: skip
    assert accepted("{rule: question.old, reason: a, by: b}") == (["question.a"], [
        ("rule_retired", {"rule": "question.old", "since": "2026-01-01", "replaced_by": "question.older"})])  # fmt: skip
    places, notices = accepted("{rule: question.gone, reason: a, by: b}")
    assert (places, [kind for kind, _ in notices]) == ([], ["rule_retired", "acceptance_unused"])


def test_an_accepted_finding_is_still_there_for_later_rules() -> None:
    told = assessed(BOOK, PLAN % "{rule: question.a, reason: a, by: b}")
    assert "law.reads" in [finding.rule for finding in told.findings]


def test_two_acceptances_of_one_finding() -> None:
    one, other = "{rule: question.a, reason: a, by: b}", "{rule: question.a, reason: c, by: d}"
    assert accepted(f"{one}, {other}") == (["question.a"], [])
    assert accepted(f"{one}, unknown") == (["question.a"], [])


def test_a_possible_finding_may_be_accepted() -> None:
    both = "{all: [{fact: question.single, is: false}, {fact: question.trust, is: low}]}"
    assert accepted("{rule: question.a, reason: a, by: b}", rulebook(rule("question.a", both)))[0] == ["question.a"]
