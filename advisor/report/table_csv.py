"""Findings as a table that opens in a Swedish Excel: semicolons, byte order mark, CRLF, no cell that is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from advisor.errors import Problem
from advisor.model.assessment import CheckedPlan, Finding, Item
from advisor.report.characters import one_line
from advisor.report.summary import Summary
from advisor.report.words import Speaker

COLUMNS: Final = (
    "path", "title", "unit", "verdict", "rule", "severity", "severity_was", "status", "kind", "factor", "item",
    "problem", "advice", "sources", "accepted_by",
)  # fmt: skip
BYTE_ORDER_MARK: Final = "\ufeff"
_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class CsvTable:
    """One row a finding, and one for a plan without any or that could not be read.

    ``utf8``: the output can hold the byte order mark that tells Excel so.
    """

    def __init__(self, speaker: Speaker, utf8: bool = True) -> None:
        self._speaker = speaker
        self._utf8 = utf8

    def piece(self, checked: CheckedPlan) -> str:
        """One plan's rows."""
        return "".join(_row(cells) for cells in _rows(checked, self._speaker))

    def document(self, pieces: Iterable[str], summary: Summary) -> Iterator[str]:
        """The names of the columns, then the rows."""
        yield (BYTE_ORDER_MARK if self._utf8 else "") + _row(COLUMNS)
        yield from pieces


def _rows(checked: CheckedPlan, speaker: Speaker) -> Iterator[tuple[str, ...]]:
    begin = (checked.path, checked.title, checked.unit)
    if checked.assessment is None:
        problems = checked.error.problems if checked.error else ()
        told = "; ".join(_place(one) + one.message.text(speaker.lang) for one in problems)
        yield *begin, "", "", "", "", "", "", "", "", told, "", "", ""
        return
    verdict = checked.assessment.verdict
    for finding in checked.findings:
        yield *begin, verdict, *_cells(finding, speaker)
    if not checked.findings:
        yield *begin, verdict, *("" for _ in COLUMNS[4:])


def _cells(finding: Finding, speaker: Speaker) -> tuple[str, ...]:
    rule = speaker.knowledge.rules[finding.rule]
    return (
        finding.rule, finding.severity, finding.severity_was or "", finding.status, finding.kind, finding.factor,
        _label(finding.item),
        speaker.filled(rule.title, finding.item, finding.because),
        speaker.advice(finding),
        ", ".join(dict.fromkeys(source.ref for source in rule.sources)),
        finding.accepted.by if finding.accepted else "",
    )  # fmt: skip


def _label(item: Item | None) -> str:
    if item is None:
        return ""
    return f"{item.label} – {item.group.label}" if item.group else item.label


def _place(problem: Problem) -> str:
    return "" if problem.line is None else f"{problem.line}:{problem.column} "


def _row(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return written.getvalue()


def _cell(text: str) -> str:
    shown = one_line(text)
    return f"'{shown}" if shown.startswith(_BEGINS_A_FORMULA) else shown
