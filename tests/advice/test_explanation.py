"""How a finding was reached, why not, and what would change that."""

from small_knowledge import judged, rule, rulebook

from advisor.advice.explanation import WhyPart, explain_outcomes, turning
from advisor.engine.layers import Rulebook
from advisor.engine.trace import Tracer

SINGLE, CONFLICT = "{fact: question.single, is: false}", "{fact: question.conflict, is: threats}"
TRUST = "{fact: question.trust, is: low}"


def turned(when: str, text: str, wanted: bool = True) -> list[str]:
    """The facts whose tests would have to come out otherwise."""
    judgement = judged(rulebook(rule("question.a", when)), text)
    outcome = judgement.outcomes["question.a"][0]
    return [step.fact for step in turning(Tracer(judgement).outcome(outcome), wanted)]


def test_the_fewest_tests_that_would_have_to_come_out_otherwise() -> None:
    none = "question: {single: yes, conflict: none, trust: high}"
    assert turned(SINGLE, none) == ["question.single"]
    assert turned(f"{{all: [{SINGLE}, {CONFLICT}]}}", none) == ["question.single", "question.conflict"]
    assert turned(f"{{any: [{{all: [{SINGLE}, {CONFLICT}]}}, {TRUST}]}}", none) == ["question.trust"]
    assert turned(f"{{all: [{SINGLE}, {{any: [{CONFLICT}, {TRUST}]}}]}}", none) == ["question.single", "question.conflict"]
    low_trust = "question: {single: yes, trust: low}"
    assert turned(f"{{all: [{SINGLE}, {{any: [{CONFLICT}, {TRUST}]}}]}}", low_trust) == ["question.single"]
    assert turned(f"{{all: [{SINGLE}, {SINGLE}]}}", none) == ["question.single"]
    assert turned(SINGLE, "question: {single: no}") == []


def test_negation_turns_what_is_wanted() -> None:
    text = "question: {single: no, conflict: threats}"
    assert turned(f"{{not: {{all: [{SINGLE}, {CONFLICT}]}}}}", text) == ["question.single"]
    assert turned(f"{{not: {{any: [{SINGLE}, {CONFLICT}]}}}}", text) == ["question.single", "question.conflict"]
    assert turned(f"{{any: [{SINGLE}, {CONFLICT}]}}", text, wanted=False) == ["question.single", "question.conflict"]


def test_lists_quantifiers_and_findings() -> None:
    channels = "{fact: communication.channels, includes_any: [web, sms]}"
    some = "{some: goals, where: {fact: each.measurable, is: false}}"
    text = "communication: {channels: [phone]}\ngoals: [{measurable: yes}]"
    assert turned(f"{{all: [{channels}, {some}]}}", text) == ["communication.channels", "goals"]
    assert turned(f"{{all: [{channels}, {{count: goals, above: 2}}]}}", text) == ["communication.channels", "goals"]


def parts(book: Rulebook, text: str, name: str = "law.a") -> tuple[WhyPart, ...]:
    return explain_outcomes(judged(book, text), name)


def test_a_rule_then_those_it_rests_on() -> None:
    book = rulebook(
        rule("law.a", "{all: [{fact: context.hot, is: true}, {finding: goals.a, present: true}]}",
             applies="{fact: gate.depth, is: true}"),
        rule("gate.depth", "{fact: participation.depth, known: true}", concludes="gate.depth"),
        rule("context.one", CONFLICT, concludes="context.hot"), rule("context.two", "{finding: roles.a, present: true}",
                                                                     concludes="context.hot"),
        rule("roles.a", TRUST), rule("goals.a", "{fact: item.measurable, is: false}", for_each="goals"),
    )  # fmt: skip
    told = parts(book, """
        question: {conflict: threats}
        goals: [{text: A, measurable: no}, {text: B}]
        participation: {depth: deep}
    """)
    assert [(part.rule, part.status, part.item.label if part.item else None) for part in told] == [
        ("law.a", "fires", None), ("gate.depth", "fires", None), ("context.one", "fires", None),
        ("context.two", "undecided", None), ("roles.a", "undecided", None), ("goals.a", "fires", "A"),
        ("goals.a", "undecided", "B"),
    ]  # fmt: skip
    assert told[3].missing == ("question.trust",)
    assert told[6].missing == ("goals[1].measurable",)


def test_a_silent_rule_tells_what_would_make_it_fire() -> None:
    book = rulebook(rule("law.a", f"{{all: [{SINGLE}, {CONFLICT}]}}", applies="{fact: form, is_not: information}"))
    [part] = parts(book, "question: {single: yes, conflict: threats}")
    assert (part.status, [step.fact for step in part.would_fire]) == ("silent", ["question.single"])
    [part] = parts(book, "form: information\nquestion: {single: no, conflict: threats}")
    assert part.status == "not_applicable"
    assert part.applies is not None
    assert part.applies.truth is False
    assert part.would_fire == ()


def test_a_rule_in_force_later() -> None:
    book = rulebook(rule("law.a", "{finding: law.b, present: false}"), rule("law.b", SINGLE, valid_from="2027-01-01"))
    first, second = parts(book, "question: {single: no}")
    assert (first.status, first.not_in_force) == ("fires", False)
    assert (second.rule, second.status, second.not_in_force) == ("law.b", "not_applicable", True)
