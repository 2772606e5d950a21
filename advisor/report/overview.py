"""Many plans counted for the pages: figures for each unit, what to mend by rule, and where each plan's digest lies.

Memory holds a small tuple a plan and a finding up to MOST_PLANS plans, only counters beyond.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from advisor.i18n import swedish_order
from advisor.model.assessment import Verdict
from advisor.model.rule import FACTORS, SEVERITY_POINTS, Severity
from advisor.report.plan_digest import PlanDigest
from advisor.report.words import Speaker

MOST_PLANS: Final = 1000  # with more, a page of single plans is too big to open and to read
MOST_UNITS: Final = 300  # with more, the smallest are counted together
MOST_UNREADABLE: Final = 200  # so many are named; the rest are counted
_IN_MEMORY: Final = 4 * 1024 * 1024  # bytes of digests before they go to disk
_WORST_FIRST: Final[dict[Verdict | None, int]] = {"stop": 0, "revise": 1, "ready": 2}


class PlanRow(NamedTuple):
    """A plan in short. ``number``: its place among those that could be read, from 1; ``values``: by factor, then in all."""

    number: int
    title: str
    unit: str
    verdict: Verdict
    values: tuple[int | None, ...]
    begin: int

    @property
    def id(self) -> str:
        """The anchor of the plan's own part of the page."""
        return f"plan-{self.number}"


class Mention(NamedTuple):
    """A finding of a rule in a plan; ``title`` only where it names what is the plan's own."""

    plan: int
    item: str
    title: str


@dataclass
class UnitFigures:
    """The counts of a unit. ``name`` is "" for plans without a unit."""

    name: str
    verdicts: Counter[str] = field(default_factory=Counter)
    plans_with: Counter[str] = field(default_factory=Counter)  # by rule, certain findings only
    _sums: list[int] = field(default_factory=lambda: [0] * (len(FACTORS) + 1))
    _counted: list[int] = field(default_factory=lambda: [0] * (len(FACTORS) + 1))

    @property
    def plans(self) -> int:
        """How many plans could be read."""
        return self.verdicts.total()

    @property
    def means(self) -> tuple[int | None, ...]:
        """Mean per cent by factor, then in all, rounded down; None where no plan has any."""
        return tuple(total // number if number else None
                     for total, number in zip(self._sums, self._counted, strict=True))  # fmt: skip

    def add(self, plan: PlanDigest) -> None:
        """Counts one plan."""
        self.verdicts[str(plan["verdict"])] += 1
        self.plans_with.update({one["rule"] for one in plan["findings"] if one["certain"]})
        for place, value in enumerate(_values(plan)):
            if value is not None:
                self._sums[place] += value
                self._counted[place] += 1

    def add_unit(self, other: "UnitFigures") -> None:
        """Counts the plans of another unit too."""
        self.verdicts += other.verdicts
        self.plans_with += other.plans_with
        self._sums = [one + more for one, more in zip(self._sums, other._sums, strict=True)]
        self._counted = [one + more for one, more in zip(self._counted, other._counted, strict=True)]


@dataclass
class RuleEntry:
    """A rule's findings in all plans. ``severity`` is the highest that it has in any."""

    rule: str
    severity: Severity
    certain: list[Mention] = field(default_factory=list)
    possible: list[Mention] = field(default_factory=list)
    certain_plans: Counter[str] = field(default_factory=Counter)  # by unit
    possible_plans: Counter[str] = field(default_factory=Counter)
    was_stop: int = 0  # plans where only the duty to consult keeps it from being a stop


class Unreadable(NamedTuple):
    """A plan that could not be read, with pairs of place and message."""

    path: str
    problems: tuple[tuple[str, str], ...]


class Overview:
    """Takes in lines of digests, then tells of them. Use it in a ``with`` statement: it may hold a file."""

    def __init__(self, speaker: Speaker) -> None:
        self.unreadable: list[Unreadable] = []
        self.unreadable_left = 0
        self.read = 0  # plans that could be read
        self._rows: list[PlanRow] = []
        self._units: dict[str, UnitFigures] = {}
        self._entries: dict[str, RuleEntry] = {}
        self._areas = {area: place for place, area in enumerate(speaker.knowledge.areas)}
        self._spool = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # closed by close
        self._end = 0

    def __enter__(self) -> "Overview":
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.close()

    @property
    def single_plans(self) -> bool:
        """Whether the plans are few enough to be told of one by one."""
        return self.read <= MOST_PLANS

    def take(self, pieces: Iterable[str]) -> None:
        """Counts all plans; a piece is one line or more."""
        for piece in pieces:
            for line in piece.splitlines():
                self._add(json.loads(line), line)

    def _add(self, plan: PlanDigest, line: str) -> None:
        if plan["verdict"] is None:
            if len(self.unreadable) < MOST_UNREADABLE:
                self.unreadable.append(Unreadable(plan["path"], tuple((place, told) for place, told in plan["problems"])))
            else:
                self.unreadable_left += 1
            return
        self.read += 1
        self._units.setdefault(plan["unit"], UnitFigures(plan["unit"])).add(plan)
        self._add_findings(plan)
        if self.single_plans:
            title = plan["title"] or plan["path"]
            self._rows.append(PlanRow(self.read, title, plan["unit"], plan["verdict"], _values(plan), self._end))
            self._end += self._spool.write(line.encode("ascii") + b"\n")
        elif self._rows:
            self._forget_single_plans()

    def _add_findings(self, plan: PlanDigest) -> None:
        seen: set[tuple[str, bool]] = set()
        for one in plan["findings"]:
            entry = self._entries.setdefault(one["rule"], RuleEntry(one["rule"], one["severity"]))
            entry.severity = max(entry.severity, one["severity"], key=SEVERITY_POINTS.__getitem__)
            if self.single_plans:
                mentions = entry.certain if one["certain"] else entry.possible
                mentions.append(Mention(self.read, one["item"], one["own"].get("title", "")))
            if (one["rule"], one["certain"]) not in seen:
                seen.add((one["rule"], one["certain"]))
                (entry.certain_plans if one["certain"] else entry.possible_plans)[plan["unit"]] += 1
                entry.was_stop += one["was_stop"]

    def _forget_single_plans(self) -> None:
        self._rows = []
        self._spool.truncate(0)
        for entry in self._entries.values():
            entry.certain, entry.possible = [], []

    def units(self) -> list[UnitFigures]:
        """The units in Swedish order, plans without a unit last."""
        return sorted(self._units.values(), key=lambda one: _unit_order(one.name))

    def shown_units(self) -> tuple[list[UnitFigures], UnitFigures | None, int]:
        """The units that there is room for, the others counted together, and how many those are."""
        units = self.units()
        if len(units) <= MOST_UNITS:
            return units, None, 0
        biggest = sorted(units, key=lambda one: (-one.plans, _unit_order(one.name)))
        others = UnitFigures("")
        for unit in biggest[MOST_UNITS:]:
            others.add_unit(unit)
        kept = {unit.name for unit in biggest[:MOST_UNITS]}
        return [unit for unit in units if unit.name in kept], others, len(units) - MOST_UNITS

    def rows(self) -> list[PlanRow]:
        """The plans by unit, those with most to mend first; none where they are too many."""
        return sorted(self._rows, key=lambda row: (
            _unit_order(row.unit), _WORST_FIRST[row.verdict], _score(row), swedish_order(row.title), row.number,
        ))  # fmt: skip

    def by_unit(self) -> Iterator[tuple[UnitFigures, list[PlanRow]]]:
        """Each unit with its plans, in the order of ``rows``."""
        rows: dict[str, list[PlanRow]] = {}
        for row in self.rows():
            rows.setdefault(row.unit, []).append(row)
        for unit in self.units():
            yield unit, rows.get(unit.name, [])

    def entries(self) -> list[RuleEntry]:
        """What to mend in working order: by severity, then by area. What is only possible comes last."""
        return sorted(self._entries.values(), key=lambda entry: (not entry.certain_plans, *self.rule_order(entry)))

    def rule_order(self, entry: RuleEntry) -> tuple[int, int, str]:
        """Where a rule stands in working order."""
        area = entry.rule.partition(".")[0]
        return -SEVERITY_POINTS[entry.severity], self._areas.get(area, len(self._areas)), entry.rule

    def commonest(self, unit: UnitFigures) -> tuple[str, int] | None:
        """The certain finding that most of a unit's plans have, with their number; the gravest where several do."""
        if not unit.plans_with:
            return None
        return min(unit.plans_with.items(), key=lambda one: (-one[1], self.rule_order(self._entries[one[0]])))

    def plan(self, row: PlanRow) -> PlanDigest:
        """The digest of a plan, read back."""
        self._spool.seek(row.begin)
        digest: PlanDigest = json.loads(self._spool.readline())
        return digest


def _values(plan: PlanDigest) -> tuple[int | None, ...]:
    return (*plan["by_factor"], plan["score"])


def _score(row: PlanRow) -> int:
    return 101 if row.values[-1] is None else row.values[-1]


def _unit_order(name: str) -> tuple[bool, str, str]:
    return not name, swedish_order(name), name
