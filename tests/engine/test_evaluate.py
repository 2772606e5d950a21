"""A plan judged layer by layer: rule language, sections 2 and 5."""

import pytest
from small_knowledge import AS_OF, STATUTORY, derived, gate, judged, plan, rule, rulebook, said

from advisor.engine import evaluate
from advisor.engine.evaluate import judge, judge_catalogue
from advisor.engine.facts import Values
from advisor.engine.layers import Rulebook
from advisor.errors import EngineError

THREATS = "question: {conflict: threats}"
CALM = "question: {conflict: none}"


def of_plan(book: Rulebook, name: str, text: str) -> str:
    return said(book, text)[name][0]


@pytest.mark.parametrize(
    ("form", "conflict", "expected"),
    [
        ("citizen_dialogue", "threats", "fires"), ("citizen_dialogue", "none", "silent"),
        ("citizen_dialogue", "unknown", "undecided"), ("", "threats", "fires"), ("", "none", "silent"),
        ("information", "threats", "not_applicable"), ("information", "none", "not_applicable"),
        ("information", "unknown", "not_applicable"),
        ("unknown", "threats", "undecided"), ("unknown", "none", "silent"), ("unknown", "unknown", "undecided"),
    ],
)  # fmt: skip
def test_applies_and_when_as_kleenes_and(form: str, conflict: str, expected: str) -> None:
    applies = "{fact: form, one_of: [citizen_dialogue, participatory_budget]}"
    book = rulebook(rule("question.a", "{fact: question.conflict, is: threats}", applies=applies))
    assert of_plan(book, "question.a", f"form: {form}\nquestion: {{conflict: {conflict}}}") == expected


READER = rule("roles.reader", "{finding: question.read, present: true}")
DENIER = rule("roles.denier", "{finding: question.read, present: false}")
FIRES, SILENT, UNDECIDED = "fires", "silent", "undecided"


@pytest.mark.parametrize(
    ("text", "reader", "denier"),
    [(THREATS, FIRES, SILENT), (CALM, SILENT, FIRES), ("", UNDECIDED, UNDECIDED),
     ("form: information\n" + THREATS, SILENT, FIRES), ("form: unknown\n" + THREATS, UNDECIDED, UNDECIDED)],
)  # fmt: skip
def test_a_finding_read_by_a_later_layer(text: str, reader: str, denier: str) -> None:
    read = rule("question.read", "{fact: question.conflict, is: threats}", applies="{fact: form, is_not: information}")
    told = said(rulebook(read, READER, DENIER), text)
    assert (told["roles.reader"], told["roles.denier"]) == ([reader], [denier])


GROUPS = {
    "yes": "{affected: directly, hard_to_reach: true}", "no": "{affected: directly, hard_to_reach: false}",
    "open": "{affected: directly}", "not applicable": "{affected: indirectly, hard_to_reach: true}", "unknown": "unknown",
}  # fmt: skip


@pytest.mark.parametrize(
    ("groups", "reader"),
    [
        (["no", "yes"], FIRES), (["open", "yes"], FIRES), (["no", "no"], SILENT), (["no", "open"], UNDECIDED),
        (["no", "unknown"], UNDECIDED), (["no", "not applicable"], SILENT), (["not applicable"], SILENT), ([], UNDECIDED),
    ],
)  # fmt: skip
def test_the_finding_of_a_for_each_rule(groups: list[str], reader: str) -> None:
    read = rule("question.read", "{fact: item.hard_to_reach, is: true}", for_each="target_groups",
                applies="{fact: item.affected, is: directly}")  # fmt: skip
    told = said(rulebook(read, READER, DENIER), f"target_groups: [{', '.join(GROUPS[one] for one in groups)}]")
    denier = {FIRES: SILENT, SILENT: FIRES, UNDECIDED: UNDECIDED}[reader]
    assert (told["roles.reader"], told["roles.denier"]) == ([reader], [denier])


def test_what_is_not_yet_in_force_is_false_to_later_rules() -> None:
    rules = (
        rule("question.read", "{fact: question.conflict, is: threats}", valid_from="2027-01-01"),
        rule("context.hot", "{fact: question.conflict, is: threats}", concludes="context.hot", valid_from="2027-01-01"),
        rule("law.hot", "{fact: context.hot, is: true}"), READER, DENIER,
    )  # fmt: skip
    before = said(rulebook(*rules), THREATS)
    assert before == {"roles.reader": [SILENT], "roles.denier": [FIRES], "law.hot": [SILENT]}
    after = said(rulebook(*rules, as_of="2027-01-01"), THREATS)
    assert (after["roles.reader"], after["roles.denier"], after["law.hot"]) == ([FIRES], [SILENT], [FIRES])


@pytest.mark.parametrize(
    ("conflict", "trust", "value"),
    [
        ("threats", "high", True), ("threats", "unknown", True), ("none", "low", True), ("unknown", "low", True),
        ("none", "high", False), ("none", "unknown", None), ("unknown", "unknown", None), ("unknown", "high", None),
    ],
)  # fmt: skip
def test_a_conclusion_drawn_by_several_rules(conflict: str, trust: str, value: bool | None) -> None:
    book = rulebook(
        rule("context.one", "{fact: question.conflict, is: threats}", concludes="context.hot"),
        rule("context.two", "{finding: question.read, present: true}", concludes="context.hot"),  # a layer later
        rule("question.read", "{fact: question.trust, is: low}"),
        rule("law.true", "{fact: context.hot, is: true}"), rule("law.false", "{fact: context.hot, is: false}"),
    )  # fmt: skip
    judgement = judged(book, f"question: {{conflict: {conflict}, trust: {trust}}}")
    assert judgement.facts.values.get("context.hot") is value
    expected = {True: (FIRES, SILENT), False: (SILENT, FIRES), None: (UNDECIDED, UNDECIDED)}[value]
    assert tuple(judgement.outcomes[name][0].status for name in ("law.true", "law.false")) == expected


def test_a_conclusion_is_false_where_no_rule_applies_and_unknown_where_nobody_draws_it() -> None:
    applies = "{fact: form, is: information}"
    book = rulebook(
        rule("context.one", "{fact: question.conflict, is: threats}", concludes="context.hot", applies=applies)
    )
    values = judged(book, THREATS).facts.values
    assert values["context.hot"] is False
    assert "context.complex" not in values


def test_a_conclusion_over_items() -> None:
    hot = rule("context.hot", "{fact: item.hard_to_reach, is: true}", concludes="context.hot", for_each="target_groups")
    book = rulebook(hot)
    told = {groups: judged(book, f"target_groups: {groups}").facts.values.get("context.hot")
            for groups in ("[{hard_to_reach: true}, {name: A}]", "[{hard_to_reach: false}]", "[{name: A}]", "")}  # fmt: skip
    assert list(told.values()) == [True, False, None, None]


def test_for_each_judges_every_item() -> None:
    book = rulebook(rule("goals.a", "{fact: item.measurable, is: false}", for_each="goals"))
    assert said(book, "goals: [{measurable: no}, {measurable: yes}, {text: c}, unknown]")["goals.a"] == [
        FIRES, SILENT, UNDECIDED, UNDECIDED]  # fmt: skip
    assert said(book)["goals.a"] == [UNDECIDED]


def test_no_item_is_undecided_even_for_known() -> None:
    when = "{fact: item.measurable, known: false}"
    book = rulebook(rule("goals.a", when, for_each="goals"), rule("goals.b", "{fact: form, known: true}", for_each="goals",
                                                                  applies=when))  # fmt: skip
    assert said(book) == {"goals.a": [UNDECIDED], "goals.b": [UNDECIDED]}
    assert said(book, "goals: [{text: a}, unknown]") == {"goals.a": [FIRES, UNDECIDED], "goals.b": [FIRES, UNDECIDED]}


def test_applies_of_the_whole_plan_decides_without_items() -> None:
    book = rulebook(rule("goals.a", "{fact: item.measurable, is: false}", for_each="goals",
                         applies="{fact: form, is: information}"))  # fmt: skip
    assert said(book)["goals.a"] == ["not_applicable"]
    assert said(book, "form: information")["goals.a"] == [UNDECIDED]


def test_pairs() -> None:
    when = "{all: [{fact: item.method.talk, is: plenary}, {fact: item.group.hard_to_reach, is: true}]}"
    book = rulebook(rule("participants.a", when, for_each="method_groups"))
    groups = "target_groups: [{name: A, hard_to_reach: true}, {name: B, hard_to_reach: false}, {name: C}]\n"
    assert said(book, groups + "methods: [{method: hearing, groups: all}, {method: cafe, groups: [A]}]")[
        "participants.a"] == [FIRES, SILENT, UNDECIDED, SILENT]  # fmt: skip
    assert said(book, groups + "methods: [{method: Egen metod, groups: [A, B]}, {method: hearing}]")[
        "participants.a"] == [UNDECIDED, SILENT, UNDECIDED]  # fmt: skip
    assert said(book, "methods: [{method: hearing, groups: all}]")["participants.a"] == [UNDECIDED]
    assert said(book)["participants.a"] == [UNDECIDED]


def test_a_derived_fact_of_items_is_read_in_pairs() -> None:
    reached = derived("reached", of="target_groups", covers=["item.channels", "item.reached_by"])
    book = rulebook(rule("participants.a", "{fact: item.group.reached, is: false}", for_each="method_groups"),
                    derived=[STATUTORY, reached])  # fmt: skip
    assert said(book, """
        target_groups: [{name: A, kind: [youth], channels: [web]}, {name: B, kind: [youth], channels: [school]}, {name: C}]
        methods: [{method: cafe, groups: all}]
    """)["participants.a"] == [FIRES, SILENT, UNDECIDED]  # fmt: skip


def test_catalogue_facts_and_the_plans_own_under_planned_methods() -> None:
    book = rulebook(rule("methods.a", "{fact: item.participants, below: {fact: item.size_min}}", for_each="methods"))
    assert said(book, "methods: [{method: cafe, participants: 9}, {method: cafe, participants: 10}, {method: survey, "
                "participants: 1}, {method: Egen, participants: 1}]")["methods.a"] == [
        FIRES, SILENT, UNDECIDED, UNDECIDED]  # fmt: skip


def test_a_parameter_has_the_value_of_the_day() -> None:
    weeks = rule("governance.a", "{fact: consultation.weeks, below: {parameter: limit}}")
    text = "consultation: {weeks: 5}"
    assert [said(rulebook(weeks, as_of=day), text)["governance.a"] for day in ("2019-01-01", "2026-05-31", AS_OF)] == [
        [UNDECIDED], [SILENT], [FIRES]]  # fmt: skip


class Mistaken:
    """An engine that finds nothing, or denies what it should not."""

    name = "mistaken"

    def __init__(self, denied: set[str]) -> None:
        self.denied = denied

    def judge(self, layer: int, of: str | None, plan: Values, item: Values | None) -> tuple[set[str], set[str]]:
        return set(), self.denied


def test_an_engine_that_disagrees_is_never_trusted() -> None:
    book = rulebook(rule("question.read", "{fact: question.conflict, is: threats}"), READER)
    for text, denied in ((THREATS, set()), (CALM, set()), ("", {"question.read"})):
        with pytest.raises(EngineError, match=r"question\.read"):
            judge(plan(text), book, Mistaken(denied))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rules judged over the catalogue, as often as they were."""
    asked: list[str] = []
    over = evaluate._over_catalogue

    def noted(test, judgement):  # type: ignore[no-untyped-def]
        asked.append(test.rule.id)
        return over(test, judgement)

    monkeypatch.setattr(evaluate, "_over_catalogue", noted)
    return asked


def test_method_rules_are_remembered_by_the_plan_facts_they_read(counted: list[str]) -> None:
    ranks = rule("methods.ranks", "{fact: item.levels, includes: {fact: influence.level}}", criterion="level", weighs=1)
    book = rulebook(ranks, *gate())
    test = book.method_tests[0]
    for level in ("dialogue", "consultation", "dialogue", "consultation", "unknown", "unknown"):
        told = judge_catalogue(test, judged(book, f"influence: {{level: {level}}}\ntitle: {level}"))
        assert told == {"dialogue": (True, False, False), "consultation": (False, True, True)}.get(level, (None,) * 3)
    assert len(counted) == 3


def test_memory_of_method_rules_is_bounded(counted: list[str]) -> None:
    ranks = rule("methods.ranks", "{fact: item.size_min, above: {fact: participation.expected}}", criterion="size", weighs=1)
    book = rulebook(ranks, *gate())
    test = book.method_tests[0]
    for number in range(150):
        judge_catalogue(test, judged(book, f"participation: {{expected: {number}}}"))
        assert len(test.memo) <= 100
    assert len(test.memo) == 100
    judge_catalogue(test, judged(book, "participation: {expected: 149}"))
    assert len(counted) == 150


def test_method_rules_that_read_lists_of_items_are_not_remembered() -> None:
    when = "{some: target_groups, where: {fact: each.hard_to_reach, is: true}}"
    book = rulebook(rule("methods.ranks", when, criterion="group", weighs=1), *gate())
    for value, expected in (("true", True), ("false", False), ("true", True)):
        told = judged(book, f"target_groups: [{{hard_to_reach: {value}}}]")
        assert judge_catalogue(book.method_tests[0], told) == (expected,) * 3
    assert not book.method_tests[0].memo
