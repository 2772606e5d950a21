"""Conditions that can never hold, or always do: rule language, section 6."""

import pytest
from small_knowledge import parameter, rule, rulebook

from advisor.quality.vacuous import vacuous_parts


def vacuous(when: str, applies: str | None = None, for_each: str | None = None) -> list[tuple[str, bool]]:
    """Where the parts are, and whether they always hold."""
    keys = {key: value for key, value in (("applies", applies), ("for_each", for_each)) if value}
    book = rulebook(rule("law.a", when, **keys), rule("law.b", "{fact: form, known: true}"),
                    parameters=[parameter("limit", ("2020-01-01", 6)), parameter("later", ("2027-01-01", 4))])  # fmt: skip
    return [(".".join(map(str, part.path)), part.always) for part in vacuous_parts(book.knowledge.rules["law.a"], book)]


WEB, NO_WEB = (f"{{fact: communication.channels, {op}: web}}" for op in ("includes", "excludes"))
SMS, NO_SMS = (web.replace("web", "sms") for web in (WEB, NO_WEB))


@pytest.mark.parametrize(
    "when",
    [
        "{fact: topic, is: care}", "{fact: consultation.weeks, above: {parameter: limit}}", "{fact: item.id, is: cafe}",
        "{all: [{fact: consultation.weeks, above: 2}, {fact: consultation.weeks, below: {parameter: limit}}]}",
        "{fact: schedule.start, after: {fact: schedule.end}}", "{count: communication.channels, is: 0}",
        "{count: communication.channels, at_least: {parameter: limit}}", "{count: goals, above: 2}",
        f"{{all: [{WEB}, {SMS}, {NO_WEB.replace('web', 'letter')}, {NO_WEB.replace('web', 'phone')}]}}",
        f"{{all: [{{fact: communication.channels, includes_all: [web, letter, phone]}}, {NO_SMS}]}}",
        f"{{all: [{{count: communication.channels, is: 2}}, {SMS}]}}",
        "{all: [{fact: question.conflict, above: none}, {fact: question.conflict, below: threats}]}",
        "{fact: influence.level, above: {fact: mandate.highest_level}}", "{finding: law.b, present: true}",
        "{some: goals, where: {all: [{fact: each.kind, is: views}, {fact: each.kind, is: ideas}]}}",
        "{fact: question.text, known: true}",
    ],
)  # fmt: skip
def test_what_may_hold_or_not(when: str) -> None:
    assert vacuous(when, for_each="methods" if "item." in when else None) == []


@pytest.mark.parametrize(
    ("when", "always"),
    [
        ("{all: [{fact: topic, is: care}, {fact: topic, is: school}]}", False),
        ("{all: [{fact: topic, known: false}, {fact: topic, is: school}]}", False),
        ("{all: [{fact: consultation.weeks, above: {parameter: limit}}, {fact: consultation.weeks, below: 2}]}", False),
        ("{fact: consultation.weeks, above: {parameter: later}}", False),
        (f"{{all: [{WEB}, {NO_WEB}]}}", False),
        (f"{{all: [{{count: communication.channels, is: 0}}, {WEB}]}}", False),
        ("{fact: question.conflict, above: threats}", False),
        ("{fact: question.conflict, at_least: none}", True),
        ("{any: [{fact: topic, known: true}, {fact: topic, known: false}]}", True),
        ("{any: [{fact: question.single, is: true}, {fact: question.single, is: false}]}", True),
        ("{not: {all: [{fact: topic, is: care}, {fact: topic, is: school}]}}", True),
        ("{count: goals, at_least: 0}", True),
        ("{all: [{finding: law.b, present: true}, {finding: law.b, present: false}]}", False),
        ("{any: [{fact: consultation.weeks, at_most: 1}, {fact: consultation.weeks, above: 1}]}", True),
    ],
)  # fmt: skip
def test_what_never_or_always_holds(when: str, always: bool) -> None:
    assert vacuous(when) == [("when", always)]


def test_the_outermost_part_is_pointed_out() -> None:
    never = "{all: [{fact: topic, is: care}, {fact: topic, is: school}]}"
    assert vacuous(f"{{any: [{{fact: form, is: information}}, {never}]}}") == [("when.any.1", False)]
    assert vacuous(f"{{all: [{{fact: form, is: information}}, {{not: {never}}}]}}") == [("when.all.1", True)]
    assert vacuous("{fact: form, is: information}", applies=never) == [("applies", False)]
    quantifier = "{some: goals, where: {fact: each.text, known: true}}"
    assert vacuous(f"{{all: [{{fact: form, is: information}}, {quantifier}, {never}]}}") == [("when.all.2", False)]


def test_what_would_take_too_long_to_try_is_left_alone() -> None:
    facts = "topic status place question.conflict influence.level governance.step participation.selection organisation.kind"
    many = ", ".join(f"{{fact: {fact}, known: true}}" for fact in facts.split() if fact != "place")
    assert vacuous(f"{{all: [{many}, {{fact: topic, known: false}}]}}") == []
