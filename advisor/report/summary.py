"""Counts over many plans, kept small however many there are."""

from collections import Counter
from typing import Any, Final

from advisor.i18n import swedish_order
from advisor.model.assessment import CheckedPlan, Finding
from advisor.model.rule import Severity

SEVERITIES: Final[tuple[Severity, ...]] = ("stop", "fix", "advice")
VERDICTS: Final = ("ready", "revise", "stop")
MOST_NAMED: Final = 10
STATUSES: Final = ("certain", "possible", "accepted")


class Summary:
    """How many plans, verdicts and findings there were. Only unaccepted findings count by rule and by severity.

    Where an earlier check is compared with, only the findings that it did not have count. Counts and a few names: small
    however many plans there are, and quick to send between processes.
    """

    def __init__(self) -> None:
        self.plans = 0
        self.unreadable = 0
        self.unreadable_names: list[str] = []  # the first ones
        self.verdicts: Counter[str] = Counter()
        self.by_rule: Counter[str] = Counter()
        self.plans_with: Counter[str] = Counter()  # how many plans have a rule's finding for certain
        self.by_severity: Counter[str] = Counter()
        self.by_status: Counter[str] = Counter()
        self.by_unit: dict[str, Counter[str]] = {}
        self.compared = False
        self.changes: Counter[str] = Counter()  # findings: new, known, gone
        self.plans_no_longer: tuple[str, ...] = ()  # checked earlier but not now

    def add(self, checked: CheckedPlan) -> None:
        """Counts one plan; one that could not be read belongs to no unit."""
        self.plans += 1
        if checked.assessment is None:
            self.unreadable += 1
            if self.unreadable <= MOST_NAMED:
                self.unreadable_names.append(checked.path)
            return
        verdict = checked.assessment.verdict
        self.verdicts[verdict] += 1
        unit = self.by_unit.setdefault(checked.unit, Counter())
        unit["plans"] += 1
        unit[verdict] += 1
        self.plans_with.update({one.rule for one in open_findings(checked) if one.status == "certain"})
        for finding in checked.findings:
            if finding.accepted is not None:
                self.by_status["accepted"] += 1
                continue
            self.by_status[finding.status] += 1
            self.by_severity[finding.severity] += 1
            self.by_rule[finding.rule] += 1
        if checked.change is not None:
            change = checked.change
            self.changes.update(new=len(change.shown), known=change.known, gone=len(change.gone))

    def merge(self, other: "Summary") -> None:
        """Adds what another one counted of the plans that follow."""
        self.plans += other.plans
        self.unreadable += other.unreadable
        self.unreadable_names = (self.unreadable_names + other.unreadable_names)[:MOST_NAMED]
        for mine, others in (
            (self.verdicts, other.verdicts), (self.by_rule, other.by_rule), (self.plans_with, other.plans_with),
            (self.by_severity, other.by_severity), (self.by_status, other.by_status), (self.changes, other.changes),
        ):  # fmt: skip
            mine.update(others)
        for unit, counts in other.by_unit.items():
            self.by_unit.setdefault(unit, Counter()).update(counts)

    def something_at(self, lowest: Severity) -> bool:
        """Whether there is an unaccepted finding, certain or possible, at or above a severity."""
        return any(self.by_severity[severity] for severity in SEVERITIES[: SEVERITIES.index(lowest) + 1])

    @property
    def units(self) -> list[str]:
        """The units in Swedish order; plans without one, as "", come first."""
        return sorted(self.by_unit, key=lambda unit: (swedish_order(unit), unit))

    def as_json(self) -> dict[str, Any]:
        """The summary as the contract has it, keys and names in a fixed order."""
        made = {
            "plans": self.plans,
            "unreadable": self.unreadable,
            **{verdict: self.verdicts[verdict] for verdict in VERDICTS},
            "by_rule": {rule: self.by_rule[rule] for rule in sorted(self.by_rule)},
            "by_severity": {severity: self.by_severity[severity] for severity in SEVERITIES},
            "by_status": {status: self.by_status[status] for status in STATUSES},
            "by_unit": {unit: {key: self.by_unit[unit][key] for key in ("plans", *VERDICTS)}
                        for unit in self.units},
        }  # fmt: skip
        if not self.compared:
            return made
        changes = {change: self.changes[change] for change in ("new", "known", "gone")}
        return made | {"baseline": {**changes, "plans_no_longer": list(self.plans_no_longer)}}


def open_findings(checked: CheckedPlan) -> list[Finding]:
    """The findings to tell of that nobody has accepted."""
    return [finding for finding in checked.findings if finding.accepted is None]
