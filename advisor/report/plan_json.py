"""Assessments as JSON: the contract that other programs build on. Keys are never renamed, only added.

Every plan is written as it comes, one a line, so that memory does not grow with their number.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from advisor.errors import PlanError
from advisor.model.assessment import (
    Assessment,
    Change,
    CheckedPlan,
    Finding,
    Item,
    MethodChoice,
    RankedMethod,
    Reason,
    Tool,
    Weight,
)
from advisor.report.comparison import title_of
from advisor.report.notices import notice_text
from advisor.report.summary import Summary
from advisor.report.words import Speaker, names_the_plan

SCHEMA: Final = 1
# What JSON would let through although it does something to a terminal; an escape says the same.
_INVISIBLE: Final = re.compile(
    "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)

JsonObject = dict[str, Any]


def json_text(value: Any, ascii_only: bool = False) -> str:
    """A value as JSON on one line. ``ascii_only`` for an output that cannot hold every character."""
    text = json.dumps(value, ensure_ascii=ascii_only, allow_nan=False)
    return text if ascii_only or text.isprintable() else _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class PlanJson:
    """Makes plans into JSON objects."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        # The texts of rules without placeholders are the same every time.
        self._texts: dict[tuple[str, bool], JsonObject] = {}

    def plan(self, checked: CheckedPlan) -> JsonObject:
        """One plan as the contract has it."""
        made: JsonObject = {"path": checked.path, "title": checked.title, "unit": checked.unit}
        if checked.assessment is None:
            made |= {"error": error_json(checked.error, self.speaker.lang), **_unread()}
        else:
            made |= {"error": None, **self._assessment(checked, checked.assessment)}
        return made if checked.change is None else made | {"baseline": self._change(checked.change)}

    def _assessment(self, checked: CheckedPlan, assessment: Assessment) -> JsonObject:
        readiness, profiles = assessment.readiness, assessment.profiles
        return {
            "verdict": assessment.verdict,
            "decided_by": list(assessment.decided_by),
            "alternative": self.alternative(assessment.alternative),
            "readiness": {
                "score": readiness.score,
                "by_factor": readiness.by_factor,
                "points": {factor: list(points) for factor, points in readiness.points.items()},
            },
            "findings": self._findings(checked),
            "conclusions": [{"fact": one.fact, "value": one.value, "because": _reasons(one.because)}
                            for one in assessment.conclusions],
            "methods": self.methods(assessment.methods),
            "next_question": assessment.next_question,
            "notices": [{"kind": notice.kind, "text": notice_text(notice, self.speaker)}
                        for notice in assessment.notices],
            "unchecked": list(assessment.unchecked),
            "profiles": {"meets": profiles.meets, "next": profiles.next, "lacking": list(profiles.lacking)},
        }  # fmt: skip

    def _findings(self, checked: CheckedPlan) -> list[JsonObject]:
        if checked.change is None:
            return [self._finding(finding) for finding in checked.findings]
        return [self._finding(shown.finding) | {"change": shown.how} for shown in checked.change.shown]

    def _change(self, change: Change) -> JsonObject:
        """What differs from the earlier check."""
        gone = [{"rule": one.rule, "item": item_json(one.item), "title": title_of(one, self.speaker),
                 "severity": one.severity} for one in change.gone]  # fmt: skip
        return {"new": len(change.shown), "known": change.known, "gone": gone}

    def alternative(self, alternative: str | None) -> JsonObject | None:
        """What to do instead."""
        if alternative is None:
            return None
        known = self.speaker.knowledge.alternatives[alternative]
        return {"id": known.id, "title": self.speaker.words(known.title), "text": self.speaker.words(known.text)}

    def methods(self, choice: MethodChoice) -> JsonObject:
        """The methods, or what they wait for."""
        return {
            "released": choice.released,
            "waiting_for": list(choice.waiting_for),
            "recommended": [self._ranked(method) for method in choice.recommended],
            "excluded": [{"method": one.method, "rule": one.rule} for one in choice.excluded],
        }

    def _ranked(self, method: RankedMethod) -> JsonObject:
        return {
            "method": method.method,
            "name": self.speaker.method_name(method.method),
            "score": method.score,
            "for": [self._weight(weight) for weight in method.speaks_for],
            "against": [self._weight(weight) for weight in method.speaks_against],
            "undecided": list(method.undecided),
        }

    def _weight(self, weight: Weight) -> JsonObject:
        rule = self.speaker.knowledge.rules[weight.rule]
        return {"rule": weight.rule, "weight": weight.weight, "text": self.speaker.filled(rule.because)}

    def _finding(self, finding: Finding) -> JsonObject:
        texts = self._texts.get((finding.rule, finding.by_duty)) or self._rule_texts(finding)
        accepted = finding.accepted
        return {
            "rule": finding.rule,
            "kind": finding.kind,
            "severity": finding.severity,
            "severity_was": finding.severity_was,
            "status": finding.status,
            "factor": finding.factor,
            "basis": texts["basis"],
            "item": item_json(finding.item),
            "title": texts["title"],
            "advice": texts["advice"],
            "why": texts["why"],
            "good": texts["good"],
            "alternative": finding.alternative,
            "because": _reasons(finding.because),
            "missing": list(finding.missing),
            "sources": texts["sources"],
            "support": texts["support"],
            "accepted": accepted and {
                "reason": accepted.reason, "by": accepted.by,
                "until": accepted.until.isoformat() if accepted.until else None,
            },
        }  # fmt: skip

    def _rule_texts(self, finding: Finding) -> JsonObject:
        rule = self.speaker.knowledge.rules[finding.rule]
        words = {"title": rule.title, "why": rule.why, "good": rule.good}
        filled = {name: self.speaker.filled(text, finding.item, finding.because) for name, text in words.items()}
        filled["advice"] = self.speaker.advice(finding)
        texts = {"basis": rule.basis, "sources": list(dict.fromkeys(source.ref for source in rule.sources)), **filled,
                 "support": [one.id for one in self.speaker.knowledge.support.values() if rule.id in one.rules],
                 "good": filled["good"] or None}  # fmt: skip
        if not names_the_plan(rule):
            self._texts[finding.rule, finding.by_duty] = texts
        return texts


def item_json(item: Item | None) -> JsonObject | None:
    """An item; of a pair with its group."""
    if item is None:
        return None
    made: JsonObject = {"list": item.list, "index": item.index, "label": item.label}
    return made | {"group": item_json(item.group)} if item.group else made


def error_json(error: PlanError | None, lang: str) -> JsonObject:
    """Why a file could not be read: the first problem, then all."""
    problems = [{"message": one.message.text(lang), "line": one.line, "column": one.column}
                for one in (error.problems if error else ())]  # fmt: skip
    first = problems[0] if problems else {"message": "", "line": None, "column": None}
    return {**first, "problems": problems}


def tool_json(tool: Tool) -> JsonObject:
    """What made the assessment."""
    return {
        "version": tool.version, "engine": tool.engine, "as_of": tool.as_of, "profile": tool.profile,
        "knowledge": {"version": tool.knowledge_version, "sha256": tool.knowledge_sha256},
    }  # fmt: skip


class JsonDocument:
    """All plans as one JSON document, a plan a line."""

    def __init__(self, speaker: Speaker, tool: Tool, ascii_only: bool = False) -> None:
        self._plans = PlanJson(speaker)
        self._tool = tool
        self._ascii_only = ascii_only

    def piece(self, checked: CheckedPlan) -> str:
        """One plan's object."""
        return json_text(self._plans.plan(checked), self._ascii_only)

    def document(self, pieces: Iterable[str], summary: Summary) -> Iterator[str]:
        """The document around the plans."""
        before = f'{{"schema": {SCHEMA}, "tool": {json_text(tool_json(self._tool), self._ascii_only)},\n"plans": ['
        for piece in pieces:
            yield before + "\n" + piece
            before = ","
        if before != ",":
            yield before
        yield f'\n],\n"summary": {json_text(summary.as_json(), self._ascii_only)}}}\n'


class JsonLines(JsonDocument):
    """One plan object a line, then a line with the summary."""

    def document(self, pieces: Iterable[str], summary: Summary) -> Iterator[str]:
        """The lines."""
        for piece in pieces:
            yield piece + "\n"
        last = {"summary": summary.as_json(), "schema": SCHEMA, "tool": tool_json(self._tool)}
        yield json_text(last, self._ascii_only) + "\n"


def _reasons(reasons: Iterable[Reason]) -> list[JsonObject]:
    return [{"fact": reason.fact, "value": reason.value} for reason in reasons]


def _unread() -> JsonObject:
    return {
        "verdict": None,
        "decided_by": [],
        "alternative": None,
        "readiness": {"score": None, "by_factor": {}, "points": {}},
        "findings": [],
        "conclusions": [],
        "methods": {"released": False, "waiting_for": [], "recommended": [], "excluded": []},
        "next_question": None,
        "notices": [],
        "unchecked": [],
        "profiles": {"meets": None, "next": None, "lacking": []},
    }
