"""The text report: what comes first, what is told in full, and that it never becomes a wall."""

from collections.abc import Callable

import pytest
from written import written

from advisor.api import Adviser
from advisor.errors import Message, PlanError, Problem
from advisor.model.assessment import CheckedPlan, Finding
from advisor.model.rule import Severity
from advisor.report.blocks import MOST_BLOCKS, by_question, choose
from advisor.report.sheet import Sheet
from advisor.report.summary import Summary
from advisor.report.text import TextReport
from advisor.report.words import Speaker

Judge = Callable[[str], CheckedPlan]

STOP = "question: {text: Hur?, influenceable: not_at_all}\n"
MUCH_WRONG = """\
question: {single: false, wording: leading, answers: one, text: Hur?}
goals: [{text: Hålla ett möte, states: activity}, {text: Göra en enkät, states: activity}]
methods: [{method: Dialogcafé, participants: 3}]
principles: {adopted: false, promises_told: false}
influence: {level: information, limits_told_at_invitation: false}
evaluation: {decided_with_goals: false}
feedback: {reasons_given: false}
documentation: {personal_data: not_handled}
communication: {plain_language: false}
"""
HALF = """\
title: Skolorna i norr
question: {text: Hur?, influenceable: partly, open: [Skolvägar]}
target_groups:
  - {name: Föräldrar, kind: [parents], hard_to_reach: true, channels: [web]}
  - {name: Elever, kind: [children], hard_to_reach: true}
schedule: {start: 2026-03-01, end: 2027-02-08}
governance: {process: decision_basis, decision_date: 2027-02-23, decision_body: Nämnden}
"""


@pytest.fixture
def report(adviser: Adviser, swedish: Speaker) -> TextReport:
    return TextReport(swedish, adviser.tool)


def full_report(adviser: Adviser, swedish: Speaker) -> TextReport:
    return TextReport(swedish, adviser.tool, everything=True)


def test_a_stop_says_what_to_do_next(report: TextReport, judged: Judge) -> None:
    told = " ".join(report.plan(judged(STOP)).split())
    assert "Stopp: håll inte dialogen så som den är planerad. Skäl: frågan går inte att påverka." in told
    assert "Nästa steg: informera i stället" in told
    assert "Första steget: Tala med nämndens ordförande" in told
    assert told.index("Nästa steg") < told.index("Det som ger stopp") < told.index("Mognad")


def test_every_finding_shows_its_rule(report: TextReport, judged: Judge) -> None:
    assert "question.not_influenceable" in report.plan(judged(STOP))


def test_says_the_day_of_the_check(report: TextReport, judged: Judge) -> None:
    assert report.plan(judged(STOP)).startswith("plan.yaml, bedömd 2026-11-23\n")


def test_a_statutory_duty_turns_the_stop_and_says_why(report: TextReport, judged: Judge) -> None:
    told = " ".join(report.plan(judged("statutory: [other]\n" + STOP)).split())
    assert "Stopp:" not in told
    assert "Nästa steg" not in told
    assert "Ni har en skyldighet enligt lag att samråda" in told
    assert "Utan skyldigheten att samråda hade detta varit ett stopp." in told


def test_an_empty_plan_is_no_wall(report: TextReport, judged: Judge) -> None:
    told = report.plan(judged(""))
    assert "Att arbeta om" in told
    assert len(told.splitlines()) < 100
    assert told.count("Varför:") <= 5
    assert "Fyll också i" in told


def test_everything_is_everything(adviser: Adviser, swedish: Speaker, judged: Judge) -> None:
    checked = judged("")
    assert checked.assessment is not None
    told = full_report(adviser, swedish).plan(checked)
    assert told.count("Varför:") == len(checked.assessment.findings)
    assert "--all" not in told


def test_what_has_no_room_is_counted(adviser: Adviser, report: TextReport, judged: Judge) -> None:
    checked = judged(HALF)
    assert checked.assessment is not None
    shown = choose(checked.assessment.findings, adviser.knowledge.rules, False)
    blocks = len(shown.certain) + len(shown.questions) + bool(shown.titles) + bool(shown.advice)
    assert blocks <= MOST_BLOCKS
    told = sum(len(block.findings) for part in shown[:4] for block in part)
    assert told + shown.left_out == len(checked.assessment.findings)
    if shown.left_out:
        finding = "påpekande" if shown.left_out == 1 else "påpekanden"
        assert f"… och {shown.left_out} {finding} till: --all" in report.plan(checked)


def test_possible_findings_stand_under_their_question(report: TextReport, judged: Judge) -> None:
    told = " ".join(report.plan(judged(HALF)).split())
    assert "Svar på «Genom vilka kanaler når ni målgruppen?» (Elever) avgör 2 kontroller:" in told


def test_the_question_that_settles_most_comes_first(judged: Judge) -> None:
    assessment = judged(HALF).assessment
    assert assessment is not None
    blocks = by_question([one for one in assessment.findings if one.status == "possible"])
    sizes = [len(block.findings) for block in blocks]
    assert sizes == sorted(sizes, reverse=True)
    assert all(block.fact in finding.missing for block in blocks for finding in block.findings)


def test_an_accepted_deviation_says_who_answers(report: TextReport, judged: Judge) -> None:
    accepted = "accepted: [{rule: goals.missing, reason: Kommer sedan, by: Chefen, until: 2027-01-01}]\n"
    told = report.plan(judged(accepted))
    part = told[told.index("Godtagna avvikelser") :]
    assert "Skäl: Kommer sedan" in part
    assert "Svarar för det: Chefen. Gäller till och med 2027-01-01." in part


@pytest.mark.parametrize(("accepted", "sentence"), [
    ("{rule: goals.missing, reason: Ja, by: Jag, until: 2020-01-01}", "gick ut 2020-01-01"),
    ("{rule: goals.missing, by: Jag}", "det saknar ett skäl (reason)"),
    ("{rule: goals.mising, reason: Ja, by: Jag}", "Menade ni goals.missing?"),
    ("{rule: question.not_influenceable, reason: Ja, by: Jag}", "behövs inte"),
])  # fmt: skip
def test_notices_are_sentences(report: TextReport, judged: Judge, accepted: str, sentence: str) -> None:
    assert sentence in " ".join(report.plan(judged(f"accepted: [{accepted}]\n")).split())


def test_an_unknown_method_is_told_with_the_nearest(report: TextReport, judged: Judge) -> None:
    told = " ".join(report.plan(judged("methods: [{method: Dialogcafe vid torget}, {method: dialogcaf}]\n")).split())
    assert "Metoden «dialogcaf» finns inte i katalogen, så ingen regel kan pröva den. Menade ni Dialogcafé?" in told


def test_readiness_says_what_it_measures(report: TextReport, judged: Judge) -> None:
    told = report.plan(judged(HALF))
    assert "inte hur bra dialogen kommer att" in told
    assert "Faktor 3:" in told
    assert " poäng  " in told


def test_methods_wait_and_say_for_what(report: TextReport, judged: Judge) -> None:
    told = " ".join(report.plan(judged(HALF)).split())
    assert "Metoden väljs sist. Först behöver ni ange minst ett mål, bestämma djupet och bestämma bredden." in told


def test_what_is_certain_is_never_left_out(adviser: Adviser, report: TextReport, judged: Judge) -> None:
    """A planner with much to mend still hears of every certain stop and fix, if only by its title."""
    checked = judged(MUCH_WRONG)
    assert checked.assessment is not None
    certain = {one.rule for one in checked.assessment.findings if one.status == "certain" and one.severity != "advice"}
    assert len(certain) > 15
    told = report.plan(checked)
    assert {rule for rule in certain if rule not in told} == set()


def test_an_unreadable_plan_shows_all_problems(report: TextReport) -> None:
    problems = [Problem("a.yaml", Message("Ett fel."), 3, 7), Problem("a.yaml", Message("Ett till.\nså här"), 5, 1)]
    told = report.plan(CheckedPlan("a.yaml", "", "", None, PlanError(problems)))
    assert "Rätta de 2 felen" in told
    assert "  a.yaml:3:7: Ett fel.\n  a.yaml:5:1: Ett till.\n    så här\n" in told


def test_several_plans_end_with_a_summary(report: TextReport, judged: Judge) -> None:
    summary = Summary()
    told = written(report, judged(STOP), judged(""), summary=summary)
    assert "2 planer: 0 redo, 1 att arbeta om, 1 stopp." in told
    assert summary.plans == 2


def test_brief_is_a_line_a_plan(adviser: Adviser, swedish: Speaker, judged: Judge) -> None:
    report = TextReport(swedish, adviser.tool, brief=True)
    assert written(report, judged(STOP)) == "plan.yaml: stopp\n"


@pytest.mark.parametrize("width", [20, 60, 80, 100, 300])
def test_no_line_is_wider_than_the_sheet(adviser: Adviser, swedish: Speaker, judged: Judge, width: int) -> None:
    widest = max(60, min(width, 100))
    for everything in (False, True):
        told = TextReport(swedish, adviser.tool, width=width, everything=everything).plan(judged(HALF))
        assert max(len(line) for line in told.splitlines()) <= widest


def test_a_plan_cannot_upset_the_terminal(report: TextReport, judged: Judge) -> None:
    checked = judged('title: "a\\e[2Jb\\u202Ec"\ntarget_groups: [{name: "\\e]0;x\\a", channels: [web], kind: [children]}]\n')
    told = report.plan(checked)
    assert "a␛[2Jb‹U+202E›c" in told
    assert not {"\x1b", "\x07", "\u202e"} & set(told)


def test_a_sheet_styles_words_and_not_the_space_before_them() -> None:
    sheet = Sheet(60, style=lambda text, style: f"<{style}>{text}</{style}>" if style else text)
    sheet.tailed("Rubrik", "regel.namn", "stop", 2)
    sheet.labelled("Varför:", "för att", 4)
    assert sheet.rendered() == "  <stop>Rubrik</stop>  <dim>regel.namn</dim>\n    <label>Varför:</label> för att\n"


def test_a_question_that_settles_a_stop_comes_first() -> None:
    def possible(rule: str, severity: Severity, *missing: str) -> Finding:
        return Finding(rule=rule, kind="fault", severity=severity, status="possible", factor="3", missing=missing)

    waiting = [possible("a.a", "fix", "topic"), possible("a.b", "fix", "topic"), possible("a.c", "stop", "form")]
    assert [block.fact for block in by_question(waiting)] == ["form", "topic"]
