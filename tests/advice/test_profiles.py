"""Profiles: what a rule switched off and a severity changed do to an assessment, and which profile a plan meets."""

from typing import Any

import pytest
from small_knowledge import AS_OF, assessed, findings, plan, rule, small, words

from advisor.advice import profiles as module
from advisor.advice.explanation import explain_outcomes
from advisor.engine.evaluate import judge
from advisor.engine.layers import Rulebook, compile_rulebook
from advisor.model.assessment import ProfilesMet

FALSE = "{fact: question.single, is: false}"
RULES = (
    rule("question.a", FALSE, severity="stop"),
    rule("question.b", FALSE, alternative="postpone"),
    rule("question.c", FALSE, severity="advice"),
    rule("law.d", "{fact: topic, is: care}"),
)
PROFILES: list[dict[str, Any]] = [
    {"id": "low", "off": ["question.b"], "severity": {"question.a": "fix", "law.d": "advice"}, "reason": words("a")},
    {"id": "standard"},
    {"id": "high", "extends": "standard", "severity": {"question.b": "stop", "question.c": "fix"}, "reason": words("a")},
]


def under(profile: str, *rules: dict[str, Any], profiles: list[dict[str, Any]] = PROFILES) -> Rulebook:
    """The small rulebook with a profile in force."""
    return compile_rulebook(small(*(rules or RULES), profiles=profiles), AS_OF, profile)


def severities(profile: str, text: str) -> list[tuple[str, str, str | None, str | None]]:
    """The findings under a profile: rule, severity, the rule's own where that is another, alternative."""
    return [(one.rule, one.severity, one.severity_was, one.alternative) for one in assessed(under(profile), text).findings]


def test_severities_are_those_of_the_profile() -> None:
    text = "question: {single: no}"
    assert severities("standard", text) == [
        ("question.a", "stop", None, "inform"), ("question.b", "fix", None, "postpone"),
        ("question.c", "advice", None, None)]  # fmt: skip
    assert severities("low", text) == [("question.a", "fix", "stop", "inform"), ("question.c", "advice", None, None)]
    assert severities("high", text) == [
        ("question.a", "stop", None, "inform"), ("question.b", "stop", "fix", "postpone"),
        ("question.c", "fix", "advice", None)]  # fmt: skip


def test_the_verdict_and_the_way_out_follow_the_profile() -> None:
    text = "question: {single: no}"
    told = {name: assessed(under(name), text) for name in ("low", "standard", "high")}
    assert [one.verdict for one in told.values()] == ["revise", "stop", "stop"]
    assert [one.alternative for one in told.values()] == [None, "inform", "postpone"]
    assert assessed(under("low"), "topic: care").verdict == "ready"
    assert assessed(under("standard"), "topic: care").verdict == "revise"


def test_a_statutory_duty_and_a_profile_together() -> None:
    text = "{statutory: other, question: {single: no}}"
    told = assessed(under("high"), text).findings
    assert [(one.rule, one.severity, one.severity_was, one.by_duty, one.alternative) for one in told] == [
        ("question.a", "fix", "stop", True, None), ("question.b", "fix", None, True, None),
        ("question.c", "fix", "advice", False, None)]  # fmt: skip
    lowered = assessed(under("low"), text).findings[0]
    assert (lowered.severity, lowered.severity_was, lowered.by_duty) == ("fix", "stop", False)


def test_a_stop_taken_as_advice_sends_nobody_elsewhere() -> None:
    profiles = [{"id": "low", "severity": {"question.a": "advice"}, "reason": words("a")}]
    [finding] = assessed(under("low", RULES[0], profiles=profiles), "question: {single: no}").findings
    assert (finding.severity, finding.severity_was, finding.alternative) == ("advice", "stop", None)


def test_readiness_counts_the_profiles_points_and_no_rule_that_is_off() -> None:
    assert [assessed(under(name), "question: {single: no}").readiness.points["1"] for name in ("low", "standard", "high")] == [
        (0, 4), (0, 8), (0, 10)]  # fmt: skip


READ = (*RULES[:2], rule("question.e", "{finding: question.b, present: true}", severity="advice"),
        rule("question.f", "{not: {finding: question.b, present: true}}"))  # fmt: skip


def test_a_rule_that_is_off_is_false_to_those_that_read_it() -> None:
    text = "question: {single: no}"
    assert findings(assessed(under("standard", *READ[1:], profiles=[{"id": "standard"}]), text)) == [
        ("question.b", "fix", "certain", None), ("question.e", "advice", "certain", None)]  # fmt: skip
    profiles = [{"id": "low", "off": ["question.b"], "reason": words("a")}]
    assert findings(assessed(under("low", *READ[1:], profiles=profiles), text)) == [("question.f", "fix", "certain", None)]
    assert findings(assessed(under("low", *READ[1:], profiles=profiles))) == [("question.f", "fix", "certain", None)]


def test_a_method_rule_that_is_off_ranks_nothing() -> None:
    weighs = rule("methods.m", "{fact: item.levels, includes: dialogue}", criterion="level", weighs=1)
    profiles = [{"id": "low", "off": ["methods.m"], "reason": words("a")}]
    assert len(under("standard", weighs, profiles=profiles).ranking) == 1
    assert under("low", weighs, profiles=profiles).ranking == ()


@pytest.mark.parametrize("profile", ["low", "standard", "high"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("question: {single: yes}", ProfilesMet("high")),
        ("{question: {single: yes}, topic: care}", ProfilesMet("low", "standard", ("law.d",))),
        ("question: {single: no}", ProfilesMet(None, "low", ("question.a",))),
        ("{question: {single: no}, statutory: other, topic: care}", ProfilesMet(None, "low", ("question.a",))),
    ],
)
def test_the_profile_met_is_the_same_whatever_the_plan_is_judged_by(profile: str, text: str, expected: ProfilesMet) -> None:
    assert assessed(under(profile), text).profiles == expected


def test_what_stands_between_begins_with_what_is_certain_and_gravest() -> None:
    rules = (rule("goals.z", FALSE), rule("law.y", FALSE, severity="stop"),
             rule("goals.x", "{all: [{fact: question.single, is: false}, {fact: topic, is: care}]}"))  # fmt: skip
    met = assessed(under("standard", *rules, profiles=[{"id": "standard"}]), "question: {single: no}").profiles
    assert met == ProfilesMet(None, "standard", ("law.y", "goals.z", "goals.x"))


def test_an_accepted_fix_does_not_stand_between_and_an_accepted_stop_does() -> None:
    accepted = "accepted: [{rule: %s, reason: ett skäl, by: chefen}]"
    assert assessed(under("low"), f"{{topic: care, {accepted % 'law.d'}}}").profiles.meets == "high"
    text = f"{{question: {{single: no}}, {accepted % 'question.a'}}}"
    assert assessed(under("standard"), text).profiles == ProfilesMet("low", "standard", ("question.a", "question.b"))


def test_an_acceptance_of_a_rule_that_is_off_is_not_called_unused() -> None:
    text = "{question: {single: no}, accepted: [{rule: question.b, reason: ett skäl, by: chefen}]}"
    told = assessed(under("low"), text)
    assert told.notices == ()
    assert told.profiles == ProfilesMet(None, "low", ("question.a",))


def test_a_plan_is_judged_again_only_where_a_rule_that_is_read_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[Rulebook] = []

    def counted(told: Any, book: Rulebook) -> Any:
        judged.append(book)
        return judge(told, book)

    monkeypatch.setattr(module, "judge", counted)
    assessed(under("standard"), "question: {single: yes}")
    assessed(under("low"), "question: {single: no}")
    assert judged == []
    profiles = [{"id": "low", "off": ["question.b"], "reason": words("a")}, {"id": "standard"}]
    for name in ("low", "standard"):  # question.b fires as it stands, and where it is off question.f does
        met = assessed(under(name, *READ[1:], profiles=profiles), "question: {single: no}").profiles
        assert met == ProfilesMet(None, "low", ("question.f",))
    assert {one.denied for one in judged} == {frozenset(), frozenset({"question.b"})}


def test_without_profiles_there_is_nothing_to_meet() -> None:
    assert assessed(compile_rulebook(small(*RULES), AS_OF), "").profiles == ProfilesMet()


def test_why_says_that_a_rule_is_off_and_looks_no_further() -> None:
    profiles = [{"id": "low", "off": ["question.b", "question.e"], "reason": words("a")}]
    book = under("low", *READ, profiles=profiles)
    judgement = judge(plan("question: {single: no}"), book)
    [part] = explain_outcomes(judgement, "question.e")
    assert (part.switched_off, part.not_in_force, part.status) == (True, False, "not_applicable")
    assert [(one.rule, one.switched_off) for one in explain_outcomes(judgement, "question.f")] == [
        ("question.f", False), ("question.b", True)]  # fmt: skip
