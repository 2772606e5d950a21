"""What the adviser says of a plan (rule language, section 7). Ids and values only: words are added by the reports."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from advisor.errors import PlanError
from advisor.model.rule import Record, Severity

Verdict = Literal["ready", "revise", "stop"]
Status = Literal["certain", "possible"]
FactKind = Literal["gap", "fault"]
How = Literal["new", "now_certain", "now_graver", "now_open"]


class Reason(NamedTuple):
    """A fact as the plan, or a conclusion drawn from it, has it.

    ``fact`` is written as in output (``target_groups[0].channels``); ``value`` is None where nothing is answered and
    "unknown" where that was the answer, else bool, number, text, ISO date or a list of texts.
    """

    fact: str
    value: Any


@dataclass(frozen=True, slots=True)
class Item:
    """The item of a list that a finding is about; ``group`` is the other half of a pair."""

    list: str
    index: int
    label: str
    group: "Item | None" = None


class Accepted(NamedTuple):
    """Who answers for a deviation, why, and until when (inclusive)."""

    reason: str
    by: str
    until: date | None


class Finding(NamedTuple):
    """Something missing or risky in a plan.

    ``severity_was`` is the rule's own, where that is another; ``by_duty``: a statutory duty makes a stop a fix.
    """

    rule: str
    kind: FactKind
    severity: Severity
    status: Status
    factor: str
    severity_was: Severity | None = None
    by_duty: bool = False
    item: Item | None = None
    alternative: str | None = None
    because: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    accepted: Accepted | None = None


class Conclusion(NamedTuple):
    """Something the adviser concluded from the plan: true or false, and from what."""

    fact: str
    value: bool
    because: tuple[Reason, ...]


class Weight(NamedTuple):
    """A method rule that speaks for or against a method."""

    rule: str
    weight: int


class RankedMethod(NamedTuple):
    """A method with its points. ``score`` is 0–100, None where every method would get the same."""

    method: str
    points: int
    score: int | None
    speaks_for: tuple[Weight, ...]
    speaks_against: tuple[Weight, ...]
    undecided: tuple[str, ...]


class Excluded(NamedTuple):
    """A method that a rule advises against altogether."""

    method: str
    rule: str


class MethodChoice(NamedTuple):
    """The methods, once it is time for them. ``waiting_for`` says what is lacking, in order, then ``stop``."""

    released: bool
    waiting_for: tuple[str, ...]
    recommended: tuple[RankedMethod, ...] = ()
    excluded: tuple[Excluded, ...] = ()


class Readiness(NamedTuple):
    """Per cent (rounded down) by factor, with the points behind it; None where no rule applies."""

    score: int | None
    by_factor: dict[str, int | None]
    points: dict[str, tuple[int, int]]


class Notice(NamedTuple):
    """Something to tell that is no finding. ``about`` holds what the sentence names."""

    kind: Literal["acceptance_expired", "acceptance_unused", "acceptance_invalid", "rule_retired", "unknown_method"]
    about: dict[str, Any]


class ProfilesMet(NamedTuple):
    """The most demanding profile that the plan meets, the next above it, and the rules that stand between.

    ``meets`` is None where the plan meets none, ``next`` where there is none above.
    """

    meets: str | None = None
    next: str | None = None
    lacking: tuple[str, ...] = ()


class Assessment(Record):
    """Everything the adviser says of one plan.

    ``unchecked``: rules that apply but could not be judged, because the plan answers nothing of what they ask.
    """

    verdict: Verdict
    decided_by: tuple[str, ...]
    alternative: str | None
    statutory: bool
    readiness: Readiness
    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...]
    conclusions: tuple[Conclusion, ...]
    methods: MethodChoice
    next_question: str | None
    notices: tuple[Notice, ...]
    profiles: ProfilesMet = ProfilesMet()


class Earlier(NamedTuple):
    """A finding as an earlier check had it."""

    rule: str
    item: Item | None
    severity: Severity
    status: Status
    accepted: bool
    title: str


class Shown(NamedTuple):
    """A finding that an earlier check did not have, or had as something that weighs less."""

    finding: Finding
    how: How


class Change(NamedTuple):
    """What differs from an earlier check of the same plan. ``known``: how many findings are as they were."""

    shown: tuple[Shown, ...]
    known: int
    gone: tuple[Earlier, ...]


class CheckedPlan(NamedTuple):
    """One plan file's outcome: an assessment, or the error that kept it from being read.

    ``path`` is as given, with ``/`` between its parts (``file.jsonl:12`` for a line); ``title`` and ``unit`` are the plan's
    own, "" where it has none. ``change`` is there where an earlier check is compared with.
    """

    path: str
    title: str
    unit: str
    assessment: Assessment | None
    error: PlanError | None
    change: Change | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings to tell of: all, or those that an earlier check did not have."""
        if self.change is not None:
            return tuple(shown.finding for shown in self.change.shown)
        return self.assessment.findings if self.assessment is not None else ()


class Tool(NamedTuple):
    """What produced an assessment. ``engine`` is durable_rules or builtin, ``as_of`` the ISO day of the check."""

    version: str
    engine: str
    as_of: str
    profile: str
    knowledge_version: str
    knowledge_sha256: str
