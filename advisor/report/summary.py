"""Counts over many plans, kept small however many there are."""

from collections import Counter
from typing import Any, Final

from advisor.i18n import swedish_order
from advisor.model.assessment import Assessment, CheckedPlan, Finding
from advisor.model.rule import Severity

SEVERITIES: Final[tuple[Severity, ...]] = ("stop", "fix", "advice")
VERDICTS: Final = ("ready", "revise", "stop")
STATUSES: Final = ("certain", "possible", "accepted")


class Summary:
    """How many plans, verdicts and findings there were. Only unaccepted findings count by rule and by severity."""

    def __init__(self) -> None:
        self.plans = 0
        self.unreadable = 0
        self.verdicts: Counter[str] = Counter()
        self.by_rule: Counter[str] = Counter()
        self.plans_with: Counter[str] = Counter()  # how many plans have a rule's finding for certain
        self.by_severity: Counter[str] = Counter()
        self.by_status: Counter[str] = Counter()
        self.by_unit: dict[str, Counter[str]] = {}

    def add(self, checked: CheckedPlan) -> None:
        """Counts one plan; one that could not be read belongs to no unit."""
        self.plans += 1
        if checked.assessment is None:
            self.unreadable += 1
            return
        verdict = checked.assessment.verdict
        self.verdicts[verdict] += 1
        unit = self.by_unit.setdefault(checked.unit, Counter())
        unit["plans"] += 1
        unit[verdict] += 1
        certain = {one.rule for one in open_findings(checked.assessment) if one.status == "certain"}
        self.plans_with.update(certain)
        for finding in checked.assessment.findings:
            if finding.accepted is not None:
                self.by_status["accepted"] += 1
                continue
            self.by_status[finding.status] += 1
            self.by_severity[finding.severity] += 1
            self.by_rule[finding.rule] += 1

    def something_at(self, lowest: Severity) -> bool:
        """Whether there is an unaccepted finding, certain or possible, at or above a severity."""
        return any(self.by_severity[severity] for severity in SEVERITIES[: SEVERITIES.index(lowest) + 1])

    def as_json(self) -> dict[str, Any]:
        """The summary as the contract has it, keys and names in a fixed order."""
        return {
            "plans": self.plans,
            "unreadable": self.unreadable,
            **{verdict: self.verdicts[verdict] for verdict in VERDICTS},
            "by_rule": {rule: self.by_rule[rule] for rule in sorted(self.by_rule)},
            "by_severity": {severity: self.by_severity[severity] for severity in SEVERITIES},
            "by_status": {status: self.by_status[status] for status in STATUSES},
            "by_unit": {unit: {key: self.by_unit[unit][key] for key in ("plans", *VERDICTS)}
                        for unit in sorted(self.by_unit, key=lambda unit: (swedish_order(unit), unit))},
        }  # fmt: skip


def open_findings(assessment: Assessment) -> list[Finding]:
    """The findings that nobody has accepted."""
    return [finding for finding in assessment.findings if finding.accepted is None]
