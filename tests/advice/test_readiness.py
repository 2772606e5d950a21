"""Readiness: rule language, section 7."""

from typing import Any

from small_knowledge import assessed, parameter, rule, rulebook

from advisor.model.assessment import Readiness


def ready(rules: list[dict[str, Any]], text: str, **knowledge: Any) -> Readiness:
    return assessed(rulebook(*rules, **knowledge), text).readiness


SINGLE, CONFLICT = "{fact: question.single, is: false}", "{fact: question.conflict, is: threats}"


def test_points_by_severity() -> None:
    rules = [rule("question.a", SINGLE, severity="stop"), rule("question.b", CONFLICT),
             rule("question.c", "{fact: question.trust, is: low}", severity="advice")]  # fmt: skip
    told = {text: ready(rules, f"question: {{{text}}}").points["1"]
            for text in ("single: yes", "conflict: none", "trust: high", "single: yes, trust: high", "single: no",
                         "")}  # fmt: skip
    assert list(told.values()) == [(3, 6), (2, 6), (1, 6), (4, 6), (0, 6), (0, 6)]


def test_per_cent_are_rounded_down_and_the_total_from_the_exact_fractions() -> None:
    rules = [
        rule("question.a", SINGLE, factor=1, severity="advice"), rule("question.b", CONFLICT, factor=1),  # 2 of 3
        rule("goals.a", SINGLE, factor=2, severity="advice"), rule("goals.b", CONFLICT, factor=2),  # 2 of 3
        rule("roles.a", CONFLICT, factor="definition"),  # 2 of 2
    ]  # fmt: skip
    told = ready(rules, "question: {conflict: none}")
    assert told.by_factor == {"definition": 100, "1": 66, "2": 66, **dict.fromkeys("345678")}
    assert told.score == 77  # of 66 2/3, 66 2/3 and 100; not (66 + 66 + 100) / 3
    assert told.points == {"definition": (2, 2), "1": (2, 3), "2": (2, 3), **dict.fromkeys("345678", (0, 0))}


def test_rounded_once() -> None:
    thirds = [rule(f"question.{n}{name}", when, factor=n, severity=severity)
              for n in (1, 2, 3) for name, when, severity in (("a", SINGLE, "advice"), ("b", CONFLICT, "fix"))]  # fmt: skip
    assert ready(thirds, "question: {single: yes}").score == 33
    assert ready(thirds, "question: {conflict: none}").score == 66
    assert ready(thirds, "question: {single: yes, conflict: none}").score == 100


def test_none_apply() -> None:
    rules = [rule("question.a", SINGLE, applies="{fact: form, is: information}")]
    for text in ("question: {single: yes}", "form: unknown\nquestion: {single: yes}"):
        told = ready(rules, text)
        assert (told.score, set(told.by_factor.values()), told.points["1"]) == (None, {None}, (0, 0))
    assert ready(rules, "form: information\nquestion: {single: yes}").score == 100


def test_applies_undecided_is_not_counted() -> None:
    rules = [rule("question.a", SINGLE, applies="{fact: topic, is: school}"), rule("question.b", CONFLICT)]
    assert ready(rules, "question: {single: no, conflict: none}").points["1"] == (2, 2)
    assert ready(rules, "topic: school\nquestion: {single: no, conflict: none}").points["1"] == (2, 4)
    assert ready(rules, "topic: care\nquestion: {single: no, conflict: none}").points["1"] == (2, 2)


def test_per_rule_not_per_item() -> None:
    rules = [rule("goals.a", "{fact: item.measurable, is: false}", for_each="goals")]
    told = {text: ready(rules, f"goals: [{text}]").points["1"]
            for text in ("{measurable: yes}", "{measurable: yes}, {measurable: yes}", "{measurable: yes}, {measurable: no}",
                         "{measurable: yes}, {text: a}", "{measurable: yes}, unknown")}  # fmt: skip
    assert list(told.values()) == [(2, 2), (2, 2), (0, 2), (0, 2), (0, 2)]
    assert ready(rules, "").points["1"] == (0, 2)


def test_accepted_earns_nothing() -> None:
    rules = [rule("question.a", SINGLE), rule("goals.a", "{fact: item.measurable, is: false}", for_each="goals")]
    accepted = "accepted: [{rule: question.a, reason: a, by: b}, {rule: goals.a, item: A, reason: a, by: b}]"
    text = f"question: {{single: no}}\ngoals: [{{text: A, measurable: no}}]\n{accepted}"
    assert ready(rules, text).points["1"] == (0, 4)


def test_undecided_for_want_of_knowledge_is_not_counted() -> None:
    rules = [rule("law.a", "{fact: consultation.weeks, below: {parameter: later}}"), rule("question.a", SINGLE),
             rule("methods.a", "{fact: item.participants, above: {fact: item.size_max}}", for_each="methods")]  # fmt: skip
    later = {"parameters": [parameter("later", ("2027-01-01", 3))]}
    text = "consultation: {weeks: 3}\nquestion: {single: yes}\nmethods: [{method: cafe, participants: 3}]"
    assert ready(rules, text, **later).points["1"] == (2, 2)
    assert ready(rules, "question: {single: yes}", **later).points["1"] == (2, 6)


def test_a_stop_lowered_by_a_statutory_duty_weighs_as_something_to_mend() -> None:
    rules = [rule("question.a", SINGLE, severity="stop"), rule("question.b", CONFLICT, severity="advice")]
    assert ready(rules, "question: {single: yes}\nstatutory: none").points["1"] == (3, 4)
    assert ready(rules, "question: {single: yes}\nstatutory: [other]").points["1"] == (2, 3)


def test_conclusions_and_ranking_earn_nothing() -> None:
    rules = [rule("context.hot", CONFLICT, concludes="context.hot"),
             rule("methods.a", "{fact: item.cost, is: low}", criterion="means", weighs=1)]  # fmt: skip
    assert ready(rules, "question: {conflict: none}").score is None
