"""What conditions mean: rule language, sections 4 and 5."""

from datetime import date
from typing import Any

import pytest
from small_knowledge import parameter, rule, rulebook

from advisor.engine.logic import Test, Truth, compile_condition
from advisor.load.conditions import ConditionReader
from advisor.load.documents import read_yaml
from advisor.load.problems import Problems
from advisor.model.answers import Listed

OPEN = Listed((), 1)
PARAMETERS = [parameter("limit", ("2020-01-01", 4), ("2026-06-01", 6)), parameter("later", ("2027-01-01", 4))]
BOOK = rulebook(rule("question.other", "{fact: question.single, is: true}"), parameters=PARAMETERS)


def compiled(when: str, for_each: str | None = None) -> Test:
    """A condition from YAML as a test."""
    document, problems = read_yaml(when, "rule.yaml", typed=True), Problems()
    knowledge = BOOK.knowledge
    reader = ConditionReader(
        document, BOOK.space, knowledge.rules, knowledge.parameters, knowledge.methods, for_each, problems
    )
    condition = reader.read(document.data, ())
    assert condition is not None, [problem.text("sv") for problem in problems.found]
    return compile_condition(condition, BOOK.scope(for_each))


def truth(when: str, plan: dict[str, Any], item: dict[str, Any] | None = None, for_each: str | None = None) -> Truth:
    """What a condition says of plain values."""
    return compiled(when, for_each)(plan, item, None)


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ("is: true", True, True), ("is: true", False, False), ("is_not: true", False, True), ("is_not: true", True, False),
        ("known: true", True, True), ("known: true", False, True), ("known: false", True, False),
    ],
)  # fmt: skip
def test_boolean(test: str, value: bool, expected: bool) -> None:
    assert truth(f"{{fact: question.single, {test}}}", {"question.single": value}) is expected


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ("is: tension", "tension", True), ("is: tension", "none", False),
        ("is_not: tension", "none", True), ("is_not: tension", "tension", False),
        ("one_of: [none, tension]", "tension", True), ("one_of: [none, tension]", "threats", False),
        ("none_of: [none, tension]", "threats", True), ("none_of: [none, tension]", "none", False),
        ("above: tension", "tension", False), ("above: tension", "open_conflict", True),
        ("at_least: tension", "tension", True), ("at_least: tension", "none", False),
        ("below: tension", "tension", False), ("below: tension", "none", True),
        ("at_most: tension", "tension", True), ("at_most: tension", "threats", False),
    ],
)  # fmt: skip
def test_option(test: str, value: str, expected: bool) -> None:
    assert truth(f"{{fact: question.conflict, {test}}}", {"question.conflict": value}) is expected


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ("is: 2", 2, True), ("is: 2", 2.5, False), ("is_not: 2", 3, True), ("is_not: 2", 2, False),
        ("above: 2", 2, False), ("above: 2", 2.1, True), ("at_least: 2", 2, True), ("at_least: 2", 1, False),
        ("below: 2", 2, False), ("below: 2", 1.9, True), ("at_most: 2", 2, True), ("at_most: 2", 3, False),
        ("at_least: {parameter: limit}", 6, True), ("at_least: {parameter: limit}", 5, False),
    ],
)  # fmt: skip
def test_number(test: str, value: float, expected: bool) -> None:
    assert truth(f"{{fact: consultation.weeks, {test}}}", {"consultation.weeks": value}) is expected


@pytest.mark.parametrize(
    ("test", "day", "expected"),
    [
        ("is: 2026-03-01", 1, True), ("is: 2026-03-01", 2, False),
        ("is_not: 2026-03-01", 2, True), ("is_not: 2026-03-01", 1, False),
        ("before: 2026-03-02", 1, True), ("before: 2026-03-02", 2, False),
        ("after: 2026-03-02", 3, True), ("after: 2026-03-02", 2, False),
    ],
)  # fmt: skip
def test_date(test: str, day: int, expected: bool) -> None:
    assert truth(f"{{fact: schedule.start, {test}}}", {"schedule.start": date(2026, 3, day)}) is expected


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ("includes: web", Listed(("web", "sms")), True), ("includes: web", Listed(("sms",)), False),
        ("includes: web", Listed(()), False), ("includes: web", Listed(("web",), 1), True),
        ("includes: web", Listed(("sms",), 1), None), ("includes: web", OPEN, None),
        ("includes_any: [web, sms]", Listed(("sms",)), True), ("includes_any: [web, sms]", Listed(("phone",)), False),
        ("includes_any: [web, sms]", Listed(("phone",), 1), None), ("includes_any: [web, sms]", Listed(()), False),
        ("includes_all: [web, sms]", Listed(("sms", "web")), True), ("includes_all: [web, sms]", Listed(("sms",)), False),
        ("includes_all: [web, sms]", Listed(("sms",), 1), None), ("includes_all: [web, sms]", Listed(("sms", "web"), 1), True),
        ("includes_all: [web, sms]", OPEN, None),
        ("excludes: web", Listed(("sms",)), True), ("excludes: web", Listed(("web",)), False),
        ("excludes: web", Listed(("web",), 1), False), ("excludes: web", Listed(("sms",), 1), None),
        ("excludes: web", Listed(()), True),
        ("known: true", Listed(()), True), ("known: true", OPEN, False), ("known: true", Listed(("web",), 1), True),
    ],
)  # fmt: skip
def test_list_of_options(test: str, value: Listed, expected: Truth) -> None:
    assert truth(f"{{fact: communication.channels, {test}}}", {"communication.channels": value}) is expected


@pytest.mark.parametrize(
    "test",
    [
        "{fact: question.single, is: true}", "{fact: question.single, is_not: true}",
        "{fact: question.conflict, none_of: [none]}", "{fact: question.conflict, at_most: threats}",
        "{fact: consultation.weeks, is_not: 0}", "{fact: schedule.start, after: 2026-01-01}",
        "{fact: communication.channels, excludes: web}", "{fact: communication.channels, includes_all: [web]}",
        "{fact: schedule.start, before: {fact: schedule.end}}", "{finding: question.other, present: false}",
        "{some: goals, where: {fact: each.measurable, is: true}}", "{not: {fact: question.single, is: true}}",
        "{fact: gate.goals, is_not: true}", "{fact: statutory.any, is: false}",
    ],
)  # fmt: skip
def test_what_is_not_known_decides_nothing(test: str) -> None:
    assert truth(test, {}) is None


@pytest.mark.parametrize(
    ("fact", "kinds"),
    [("question.text", "text"), ("communication.languages", "texts"), ("target_groups", "items"),
     ("schedule.start", "date"), ("participation.expected", "number"), ("statutory.any", "derived")],
)  # fmt: skip
def test_known_fits_every_kind_and_is_always_decided(fact: str, kinds: str) -> None:
    some: dict[str, Any] = {
        "text": "Ja", "texts": Listed(("sv",)), "items": ({},), "date": date(2026, 1, 1), "number": 0, "derived": False,
    }  # fmt: skip
    assert truth(f"{{fact: {fact}, known: true}}", {}) is False
    assert truth(f"{{fact: {fact}, known: false}}", {}) is True
    assert truth(f"{{fact: {fact}, known: true}}", {fact: some[kinds]}) is True
    assert truth(f"{{fact: {fact}, known: false}}", {fact: some[kinds]}) is False


def test_a_list_of_unknown_items_is_not_known() -> None:
    assert truth("{fact: target_groups, known: true}", {"target_groups": (None, None)}) is False
    assert truth("{fact: target_groups, known: true}", {"target_groups": (None, {})}) is True


Y, N, U = {"question.single": True}, {"question.single": False}, dict[str, Any]()


@pytest.mark.parametrize(
    ("form", "single", "conflict", "expected"),
    [
        ("all", Y, "threats", True), ("all", Y, "none", False), ("all", N, None, False), ("all", Y, None, None),
        ("all", U, "none", False), ("all", U, "threats", None), ("all", U, None, None),
        ("any", Y, None, True), ("any", U, "threats", True), ("any", N, "none", False), ("any", N, None, None),
        ("any", U, "none", None), ("any", U, None, None),
    ],
)  # fmt: skip
def test_all_and_any_are_kleenes(form: str, single: dict[str, Any], conflict: str | None, expected: Truth) -> None:
    plan = single | ({"question.conflict": conflict} if conflict else {})
    parts = "[{fact: question.single, is: true}, {fact: question.conflict, is: threats}]"
    assert truth(f"{{{form}: {parts}}}", plan) is expected
    assert truth(f"{{not: {{{form}: {parts}}}}}", plan) is (None if expected is None else not expected)


@pytest.mark.parametrize(
    ("op", "expected"),
    # How many there are is between 1 and 2: a comparison is decided only where both ends agree.
    [("is: 0", False), ("is: 1", None), ("is: 2", None), ("is_not: 0", True), ("is_not: 1", None), ("above: 0", True),
     ("above: 1", None), ("above: 2", False), ("at_least: 1", True), ("at_least: 2", None), ("below: 1", False),
     ("below: 2", None), ("at_most: 0", False), ("at_most: 1", None), ("at_most: 2", True),
     ("at_least: {parameter: limit}", False), ("at_most: {parameter: limit}", True)],
)  # fmt: skip
def test_count_is_an_interval(op: str, expected: Truth) -> None:
    options = {"communication.channels": Listed(("web",), 1)}
    texts = {"communication.languages": Listed(("sv",), 1)}
    items = {"goals": ({"measurable": True}, {"measurable": False}, {})}
    assert truth(f"{{count: communication.channels, {op}}}", options) is expected
    assert truth(f"{{count: communication.languages, {op}}}", texts) is expected
    assert truth(f"{{count: goals, {op}, where: {{fact: each.measurable, is: true}}}}", items) is expected
    assert truth(f"{{count: goals, {op}}}", {"goals": ({}, None)}) is expected


def test_count_of_a_list_without_an_answer_may_be_anything() -> None:
    assert truth("{count: goals, at_least: 1}", {}) is None
    assert truth("{count: goals, below: 1}", {}) is None
    assert truth("{count: goals, is: 1}", {}) is None
    assert truth("{count: goals, at_least: 0}", {}) is True
    assert truth("{count: communication.channels, is: 0}", {"communication.channels": Listed(())}) is True
    assert truth("{count: communication.channels, is_not: 0}", {"communication.channels": Listed(())}) is False


def test_count_of_every_item_is_exact() -> None:
    assert truth("{count: goals, is: 2}", {"goals": ({}, {})}) is True
    assert truth("{count: goals, is_not: 2}", {"goals": ({}, {})}) is False


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (({"measurable": False}, {"measurable": True}), True), (({}, {"measurable": True}), True),
        ((None, {"measurable": True}), True), (({"measurable": False},), False), (({"measurable": False}, {}), None),
        (({"measurable": False}, None), None), ((None,), None),
    ],
)  # fmt: skip
def test_some(items: tuple[Any, ...], expected: Truth) -> None:
    assert truth("{some: goals, where: {fact: each.measurable, is: true}}", {"goals": items}) is expected
    every = "{not: {some: goals, where: {not: {fact: each.measurable, is: false}}}}"
    assert truth(every, {"goals": items}) is (None if expected is None else not expected)


def test_some_reads_the_plan_the_item_and_the_element() -> None:
    when = """
        some: target_groups
        where: {all: [{fact: each.hard_to_reach, is: true}, {fact: item.format, is: digital}, {fact: question.single, is: true}]}
    """
    plan = {"target_groups": ({"hard_to_reach": True},), "question.single": True}
    assert truth(when, plan, {"format": "digital"}, "methods") is True
    assert truth(when, plan, {"format": "physical"}, "methods") is False
    assert truth(when, plan, {}, "methods") is None


def test_a_fact_compared_with_a_fact() -> None:
    dates = "{fact: schedule.start, after: {fact: schedule.end}}"
    assert truth(dates, {"schedule.start": date(2026, 2, 1), "schedule.end": date(2026, 1, 1)}) is True
    assert truth(dates, {"schedule.start": date(2026, 1, 1), "schedule.end": date(2026, 1, 1)}) is False
    assert truth(dates, {"schedule.start": date(2026, 2, 1)}) is None
    levels = "{fact: influence.level, above: {fact: mandate.highest_level}}"
    assert truth(levels, {"influence.level": "dialogue", "mandate.highest_level": "consultation"}) is True
    assert truth(levels, {"influence.level": "dialogue", "mandate.highest_level": "influence"}) is False
    listed = "{fact: item.kind, includes_any: {fact: question.affects}}"
    youth, nobody = Listed(("youth",)), Listed(())
    assert truth(listed, {"question.affects": youth}, {"kind": youth}, "target_groups") is True
    assert truth(listed, {"question.affects": nobody}, {"kind": youth}, "target_groups") is False
    assert truth(listed, {"question.affects": OPEN}, {"kind": youth}, "target_groups") is None
    assert truth(listed, {"question.affects": OPEN}, {"kind": nobody}, "target_groups") is False
    every = "{fact: item.kind, includes_all: {fact: question.affects}}"
    for affects, expected in ((youth, True), (nobody, True), (Listed(("youth",), 1), None), (Listed(("children",)), False)):
        assert truth(every, {"question.affects": affects}, {"kind": youth}, "target_groups") is expected
    one = "{fact: item.level, one_of: {fact: item.levels}}"
    assert truth(one, {}, {"level": "dialogue", "levels": Listed(("dialogue",))}, "methods") is True
    assert truth(one, {}, {"level": "dialogue", "levels": Listed(("influence",), 1)}, "methods") is None
    none = "{fact: item.level, none_of: {fact: item.levels}}"
    assert truth(none, {}, {"level": "dialogue", "levels": Listed(("influence",))}, "methods") is True
    assert truth("{fact: item.levels, includes: {fact: influence.level}}", {"influence.level": "dialogue"},
                 {"levels": Listed(("dialogue",))}, "methods") is True  # fmt: skip


def test_a_parameter_before_its_first_day_decides_nothing() -> None:
    assert truth("{fact: consultation.weeks, at_least: {parameter: later}}", {"consultation.weeks": 9}) is None
    assert truth("{count: goals, at_least: {parameter: later}}", {"goals": ({}, {})}) is None


def test_findings_and_conclusions_are_true_false_or_absent() -> None:
    test = compiled("{finding: question.other, present: false}")
    assert test({"finding:question.other": False}, None, None) is True
    assert test({"finding:question.other": True}, None, None) is False
    assert test({}, None, None) is None
