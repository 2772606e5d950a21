"""Method choice: rule language, sections 2 and 3."""

from typing import Any

from small_knowledge import AS_OF, assessed, gate, judged, method, rule, rulebook

from advisor.advice.methods import rank_methods
from advisor.model.assessment import Excluded, MethodChoice, RankedMethod, Weight


def weighs(name: str, when: str, points: int, **keys: Any) -> dict[str, Any]:
    return rule(f"methods.{name}", when, criterion="means", weighs=points, **keys)


LEVEL = weighs("level", "{fact: item.levels, includes: {fact: influence.level}}", 3)
CHEAP = weighs("cheap", "{fact: item.cost, is: low}", 1)
PLENARY = weighs("plenary", "{all: [{fact: item.talk, is: plenary}, {fact: question.conflict, at_least: tension}]}", -2)
TALKS = rule("methods.threats", "{all: [{fact: item.talk, is: plenary}, {fact: question.conflict, is: threats}]}",
             criterion="conflict", excludes=True)  # fmt: skip


def ranked(*rules: dict[str, Any], text: str = "", **knowledge: Any) -> list[tuple[str, int, int | None]]:
    told, _ = rank_methods(judged(rulebook(*rules, **knowledge), text))
    return [(one.method, one.points, one.score) for one in told]


def test_points_and_scores() -> None:
    # Between -2 and 3 + 1: six steps. The survey's way of talking is unknown.
    told = ranked(LEVEL, CHEAP, PLENARY, text="influence: {level: dialogue}\nquestion: {conflict: tension}")
    assert told == [("cafe", 4, 100), ("survey", 1, 50), ("hearing", -2, 0)]
    told = ranked(LEVEL, CHEAP, PLENARY, text="influence: {level: consultation}\nquestion: {conflict: tension}")
    assert told == [("survey", 4, 100), ("cafe", 1, 50), ("hearing", 1, 50)]


def test_only_rules_decided_for_a_method_of_this_plan_make_the_ends() -> None:
    assert ranked(LEVEL, CHEAP, PLENARY, text="question: {conflict: none}") == [
        ("cafe", 1, 100), ("survey", 1, 100), ("hearing", 0, 67)]  # level undecided: between -2 and 1
    assert ranked(LEVEL) == [("cafe", 0, None), ("hearing", 0, None), ("survey", 0, None)]
    assert ranked(TALKS, text="question: {conflict: tension}") == [("cafe", 0, None), ("hearing", 0, None), ("survey", 0, None)]


def test_scores_are_rounded_half_up() -> None:
    eighths = [weighs("one", "{fact: item.cost, is: low}", 1), weighs("three", "{fact: item.talk, is: plenary}", 3),
               weighs("low", "{fact: item.size_min, above: 2}", -2),
               weighs("high", "{fact: item.cost, is: very_high}", 2)]  # fmt: skip
    # Ends -2 and 6. cafe 1 - 2 = -1 → 12.5, survey 1 → 37.5, hearing 3 → 62.5.
    assert ranked(*eighths) == [("hearing", 3, 63), ("survey", 1, 38), ("cafe", -1, 13)]


def test_undecided_rules_weigh_nothing_and_are_listed() -> None:
    told, excluded = rank_methods(judged(rulebook(LEVEL, CHEAP, TALKS), ""))
    assert told == [
        RankedMethod("cafe", 1, 100, (Weight("methods.cheap", 1),), (), ("methods.level",)),
        RankedMethod("survey", 1, 100, (Weight("methods.cheap", 1),), (), ("methods.level", "methods.threats")),
        RankedMethod("hearing", 0, 0, (), (), ("methods.level", "methods.threats")),
    ]
    assert excluded == []


def test_excluded_methods_are_not_ranked() -> None:
    again = rule("methods.again", "{fact: item.talk, is: plenary}", criterion="conflict", excludes=True)
    told, excluded = rank_methods(judged(rulebook(CHEAP, TALKS, again), "question: {conflict: threats}"))
    assert [one.method for one in told] == ["cafe", "survey"]
    assert excluded == [Excluded("hearing", "methods.again"), Excluded("hearing", "methods.threats")]


def test_ties_are_broken_by_what_speaks_against_then_by_id() -> None:
    rules = [weighs("for", "{fact: item.cost, is: low}", 2), weighs("against", "{fact: item.talk, is: small_groups}", -1),
             weighs("also", "{fact: item.talk, is: small_groups}", 1)]  # fmt: skip
    assert [name for name, _, _ in ranked(*rules)] == ["survey", "cafe", "hearing"]
    assert [name for name, _, _ in ranked(CHEAP)] == ["cafe", "survey", "hearing"]


def test_applies_and_days_hold_for_method_rules_too() -> None:
    only = weighs("only", "{fact: item.cost, is: low}", 1, applies="{fact: form, is: information}")
    assert [points for _, points, _ in ranked(only)] == [0, 0, 0]
    assert [points for _, points, _ in ranked(only, text="form: information")] == [1, 1, 0]
    later = weighs("later", "{fact: item.cost, is: low}", 1, valid_from="2027-01-01")
    assert [points for _, points, _ in ranked(later)] == [0, 0, 0]
    assert [points for _, points, _ in ranked(later, as_of="2027-01-01")] == [1, 1, 0]


def test_method_rules_may_read_conclusions_and_findings() -> None:
    hot = rule("context.hot", "{fact: question.conflict, is: threats}", concludes="context.hot")
    both = weighs("both", "{all: [{fact: context.hot, is: true}, {finding: question.a, present: true}]}", 1)
    finding = rule("question.a", "{fact: question.single, is: false}")
    assert ranked(hot, both, finding, text="question: {conflict: threats, single: no}")[0] == ("cafe", 1, 100)
    assert ranked(hot, both, finding, text="question: {conflict: threats}")[0] == ("cafe", 0, None)


def test_a_rule_may_name_a_method_of_the_catalogue() -> None:
    rules = [weighs("one", "{fact: item.id, is: survey}", 1), weighs("other", "{fact: item.id, none_of: [cafe, survey]}", 2)]
    assert ranked(*rules) == [("hearing", 2, 67), ("survey", 1, 33), ("cafe", 0, 0)]


def test_released_when_the_gate_is_open_and_nothing_stops() -> None:
    stop = rule("question.stop", "{fact: question.conflict, is: threats}", severity="stop")
    book = rulebook(CHEAP, stop, *gate())
    told = assessed(book, "question: {conflict: none}").methods
    assert (told.released, told.waiting_for, [one.method for one in told.recommended]) == (
        True, (), ["cafe", "survey", "hearing"])  # fmt: skip
    assert assessed(book, "question: {conflict: threats}").methods == MethodChoice(False, ("stop",))


def test_waiting_for_is_told_in_order() -> None:
    stop = rule("question.stop", "{fact: question.conflict, is: threats}", severity="stop")
    closed = rulebook(CHEAP, stop, *gate(but=("breadth", "question", "governance")))
    assert assessed(closed, "question: {conflict: threats}").methods == MethodChoice(
        False, ("question", "governance", "breadth", "stop"))  # fmt: skip
    nothing = rulebook(CHEAP)
    assert assessed(nothing).methods.waiting_for == ("question", "goals", "governance", "target_groups", "depth", "breadth")


def test_an_undecided_part_of_the_gate_is_waited_for() -> None:
    book = rulebook(*gate(but=("depth",)), rule("gate.depth", "{fact: participation.depth, is: deep}", concludes="gate.depth"))
    told = {text: assessed(book, text).methods.waiting_for
            for text in ("participation: {depth: deep}", "participation: {depth: light}", "")}  # fmt: skip
    assert list(told.values()) == [(), ("depth",), ("depth",)]


def test_at_most_ten_are_recommended() -> None:
    many = {f"methods__m{n:02}": method(f"m{n:02}", cost="low") for n in range(12)}
    told = assessed(rulebook(CHEAP, *gate(), as_of=AS_OF, **many)).methods
    assert [one.method for one in told.recommended] == ["cafe", *(f"m{n:02}" for n in range(9))]
