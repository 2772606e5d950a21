"""What differs between two checks of the same plan."""

import pytest
from small_knowledge import assessed, rule, rulebook

from advisor.advice.changes import compare
from advisor.model.assessment import Assessment, Change, Earlier, Finding

RULES = (
    rule("question.a", "{fact: question.single, is: false}"),
    rule("goals.a", "{fact: item.measurable, is: false}", for_each="goals"),
    rule("participants.a", "{fact: item.group.hard_to_reach, is: true}", for_each="method_groups"),
)
BOOK = rulebook(*RULES, retired=[{"id": "question.old", "since": "2026-01-01", "replaced_by": "question.a"}])
PLAN = """
question: {single: no}
goals: [{text: Ett, measurable: no}, {text: Två, measurable: no}]
target_groups: [{name: A, hard_to_reach: yes}]
methods: [{method: Cafe, groups: all}]
"""


def before(assessment: Assessment, **changed: object) -> list[Earlier]:
    """An assessment as an earlier check keeps it; the first finding with what is ``changed``."""
    kept = [Earlier(one.rule, one.item, one.severity, one.status, one.accepted is not None, "") for one in assessment.findings]
    return [kept[0]._replace(**changed), *kept[1:]]  # type: ignore[arg-type]


def compared(text: str, earlier: list[Earlier]) -> Change:
    return compare(assessed(BOOK, text), earlier, BOOK.knowledge)


def shown(change: Change) -> list[tuple[str, str]]:
    return [(name(one.finding), one.how) for one in change.shown]


def name(finding: Finding | Earlier) -> str:
    return f"{finding.rule} {finding.item.label}" if finding.item else finding.rule


def test_nothing_has_changed() -> None:
    change = compared(PLAN, before(assessed(BOOK, PLAN)))
    assert change == Change((), 4, ())


def test_a_plan_that_was_not_there_is_all_new() -> None:
    change = compared(PLAN, [])
    assert [how for _, how in shown(change)] == ["new"] * 4
    assert (change.known, change.gone) == (0, ())


def test_what_is_mended_is_gone() -> None:
    change = compared(PLAN.replace("single: no", "single: yes"), before(assessed(BOOK, PLAN)))
    assert [name(one) for one in change.gone] == ["question.a"]
    assert (change.shown, change.known) == ((), 3)


def test_a_new_item_above_the_others_makes_nothing_else_new() -> None:
    text = PLAN.replace("goals: [", "goals: [{text: Noll, measurable: no}, ")
    text = text.replace("target_groups: [", "target_groups: [{name: B, hard_to_reach: yes}, ")
    change = compared(text, before(assessed(BOOK, PLAN)))
    assert shown(change) == [("goals.a Noll", "new"), ("participants.a Cafe", "new")]
    assert change.shown[1].finding.item.group.label == "B"  # type: ignore[union-attr]
    assert change.gone == ()


def test_case_and_space_make_no_other_item() -> None:
    assert compared(PLAN.replace("text: Ett", "text: '  ETT '"), before(assessed(BOOK, PLAN))).known == 4


def test_items_that_are_called_the_same_go_by_their_place() -> None:
    twice = PLAN.replace("Två", "Ett")
    change = compared(twice.replace("{text: Ett, measurable: no}, ", "{text: Ett, measurable: yes}, "),
                      before(assessed(BOOK, twice)))  # fmt: skip
    assert [one.item.index for one in change.gone if one.item] == [0]


def test_items_without_a_name_go_by_their_place_first_and_then_in_order() -> None:
    unnamed = PLAN.replace("text: Ett, ", "").replace("text: Två, ", "")
    assert compared(unnamed, before(assessed(BOOK, unnamed))).known == 4
    above = unnamed.replace("goals: [", "goals: [{kind: views, measurable: no}, ")
    assert shown(compared(above, before(assessed(BOOK, unnamed)))) == [("goals.a goals[2]", "new")]


@pytest.mark.parametrize(("changed", "how"), [
    ({"status": "possible"}, "now_certain"), ({"severity": "advice"}, "now_graver"), ({"accepted": True}, "now_open"),
])  # fmt: skip
def test_what_weighs_more_is_shown_again(changed: dict[str, object], how: str) -> None:
    assessment = assessed(BOOK, PLAN)
    change = compare(assessment, before(assessment, **changed), BOOK.knowledge)
    assert [one.how for one in change.shown] == [how]
    assert change.known == 3


def test_what_weighs_less_is_known() -> None:
    assert compared(PLAN, before(assessed(BOOK, PLAN), severity="stop")).known == 4
    undecided = PLAN.replace("question: {single: no}", "question: {text: Hur?}")
    assert compared(undecided, before(assessed(BOOK, PLAN), status="certain")).shown == ()


def test_what_was_known_and_is_accepted_now_stays_known() -> None:
    accepted = PLAN + "accepted: [{rule: question.a, reason: R, by: B}]\n"
    assert compared(accepted, before(assessed(BOOK, PLAN))).known == 4
    assert compared(accepted, before(assessed(BOOK, accepted))).known == 4


def test_a_rule_goes_by_its_new_name() -> None:
    assert compared(PLAN, [one._replace(rule="question.old") if one.rule == "question.a" else one
                           for one in before(assessed(BOOK, PLAN))]).known == 4  # fmt: skip
