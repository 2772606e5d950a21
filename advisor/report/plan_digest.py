"""What the pages need of one plan: a line of JSON that waits on disk until all plans have been counted."""

import json
from collections.abc import Iterable, Sequence
from typing import Final, TypedDict

from advisor.i18n import N_
from advisor.model.assessment import Assessment, CheckedPlan, Finding, Reason, Verdict
from advisor.model.rule import FACTORS, Severity
from advisor.report.blocks import by_question
from advisor.report.characters import one_line, visible
from advisor.report.comparison import title_of
from advisor.report.notices import notice_text
from advisor.report.summary import open_findings
from advisor.report.text import profiles_sentence, verdict_sentence
from advisor.report.words import WAITING_FOR, Speaker, names_the_plan

_LONGEST: Final = 300  # characters of a text of the plan's own; a title stands on the page many times
_MOST_REASONS: Final = 3
_MOST_METHODS: Final = 5


class FindingDigest(TypedDict):
    """An unaccepted finding. ``own`` holds those of title, advice, why and good that differ from the rule's own words."""

    rule: str
    severity: Severity
    was_stop: bool
    certain: bool
    item: str
    own: dict[str, str]
    answers: list[str]


class AcceptedDigest(TypedDict):
    """A finding that somebody answers for; ``until`` is an ISO day or ""."""

    rule: str
    title: str
    item: str
    reason: str
    by: str
    until: str


class QuestionDigest(TypedDict):
    """A question with the places in ``findings`` of those that wait for it; ``alone`` where it settles them all."""

    text: str
    findings: list[int]
    alone: bool


class PlanDigest(TypedDict):
    """A plan in words. ``verdict`` is None where it could not be read; ``by_factor`` and ``points`` go by FACTORS.

    ``problems`` are pairs of place and message; ``gone`` is what an earlier check found and this one did not. All texts of
    the plan's own are on one line and safe to show.
    """

    path: str
    title: str
    unit: str
    problems: list[tuple[str, str]]
    verdict: Verdict | None
    sentence: str
    duty: bool
    decided_by: list[str]
    alternative: str | None
    score: int | None
    by_factor: list[int | None]
    points: list[tuple[int, int]]
    findings: list[FindingDigest]
    questions: list[QuestionDigest]
    accepted: list[AcceptedDigest]
    gone: list[str]
    profiles: str
    methods: str
    next_question: str
    notices: list[str]


def digest_line(checked: CheckedPlan, speaker: Speaker) -> str:
    """The digest of a plan as one line of ASCII, with its line feed."""
    return json.dumps(digest(checked, speaker), separators=(",", ":")) + "\n"


def digest(checked: CheckedPlan, speaker: Speaker) -> PlanDigest:
    """What the pages tell of a plan."""
    made: PlanDigest = {
        "path": _cut(checked.path), "title": _cut(checked.title), "unit": _cut(checked.unit),
        "problems": [], "verdict": None, "sentence": "", "duty": False, "decided_by": [], "alternative": None,
        "score": None, "by_factor": [], "points": [], "findings": [], "questions": [], "accepted": [], "gone": [],
        "profiles": "", "methods": "", "next_question": "", "notices": [],
    }  # fmt: skip
    if checked.assessment is None:
        problems = checked.error.problems if checked.error is not None else ()
        made["problems"] = [("" if one.line is None else one_line(one.place), visible(one.message.text(speaker.lang)))
                            for one in problems]  # fmt: skip
        return made
    _add_assessment(made, checked, checked.assessment, speaker.about(one.item for one in checked.assessment.findings))
    return made


def _add_assessment(made: PlanDigest, checked: CheckedPlan, assessment: Assessment, speaker: Speaker) -> None:
    findings, readiness = open_findings(checked), assessment.readiness
    made["verdict"] = assessment.verdict
    made["sentence"] = verdict_sentence(assessment, speaker)
    made["duty"] = any(one.by_duty for one in findings)
    made["decided_by"] = list(assessment.decided_by)
    made["alternative"] = assessment.alternative
    made["score"] = readiness.score
    made["by_factor"] = [readiness.by_factor.get(factor) for factor in FACTORS]
    made["points"] = [readiness.points.get(factor, (0, 0)) for factor in FACTORS]
    made["findings"] = [_finding(one, speaker) for one in findings]
    made["questions"] = _questions(findings, speaker)
    made["accepted"] = [_accepted(one, speaker) for one in checked.findings if one.accepted is not None]
    if checked.change is not None:
        made["gone"] = [_cut(title_of(one, speaker) + (f": {one.item.label}" if one.item else ""))
                        for one in checked.change.gone]  # fmt: skip
    made["profiles"] = profiles_sentence(assessment.profiles, speaker)
    made["methods"] = _methods(assessment, speaker)
    made["next_question"] = speaker.question(assessment.next_question) if assessment.next_question else ""
    made["notices"] = [notice_text(notice, speaker) for notice in assessment.notices]


def _finding(finding: Finding, speaker: Speaker) -> FindingDigest:
    rule = speaker.knowledge.rules[finding.rule]
    own: dict[str, str] = {}
    if names_the_plan(rule):
        texts = {"title": rule.title, "advice": rule.advice, "why": rule.why, "good": rule.good}
        filled = {name: speaker.filled(words, finding.item, finding.because) for name, words in texts.items()}
        own = {name: text for name, text in filled.items() if text != speaker.filled(texts[name])}
    if finding.by_duty:
        own["advice"] = speaker.advice(finding)
    return {
        "rule": finding.rule, "severity": finding.severity, "was_stop": finding.by_duty,
        "certain": finding.status == "certain", "item": speaker.item(finding.item) if finding.item else "",
        "own": own, "answers": _answers(finding.because, speaker.speaking_of(finding.item)),
    }  # fmt: skip


def _answers(because: Iterable[Reason], speaker: Speaker) -> list[str]:
    reasons = speaker.answers(because)
    return [_cut(f"{speaker.fact(one.fact)}: {speaker.value(one.fact, one.value, inside=True)}")
            for one in reasons[:_MOST_REASONS]]  # fmt: skip


def _questions(findings: Sequence[Finding], speaker: Speaker) -> list[QuestionDigest]:
    places = {id(finding): place for place, finding in enumerate(findings)}
    blocks = by_question([one for one in findings if one.status == "possible"])
    return [{
        "text": speaker.quoted_question(block.fact), "findings": [places[id(one)] for one in block.findings],
        "alone": all(one.missing == (block.fact,) for one in block.findings),
    } for block in blocks]  # fmt: skip


def _accepted(finding: Finding, speaker: Speaker) -> AcceptedDigest:
    assert finding.accepted is not None
    title = speaker.filled(speaker.knowledge.rules[finding.rule].title, finding.item, finding.because)
    until = finding.accepted.until
    return {
        "rule": finding.rule, "title": title, "item": speaker.item(finding.item) if finding.item else "",
        "reason": _cut(finding.accepted.reason), "by": _cut(finding.accepted.by),
        "until": until.isoformat() if until else "",
    }  # fmt: skip


def _methods(assessment: Assessment, speaker: Speaker) -> str:
    methods = assessment.methods
    if not methods.released:
        waits = speaker.joined(speaker.say(WAITING_FOR[one]) for one in methods.waiting_for)
        return speaker.say(N_("Metoden väljs sist. Först behöver ni {waits}."), waits=waits)
    if methods.recommended:
        named = [speaker.method_name(one.method) + ("" if one.score is None else f" ({one.score})")
                 for one in methods.recommended[:_MOST_METHODS]]  # fmt: skip
        return speaker.say(N_("Passar planen bäst: {methods}."), methods=speaker.joined(named))
    return speaker.say(N_("Det som behövs för att välja metod är på plats."))


def _cut(text: str) -> str:
    """The text on one line, safe to show, with an end where it is very long."""
    line = one_line(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
