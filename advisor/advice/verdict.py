"""The verdict on a plan, what decided it, and what to do instead where it is a stop (rule language, section 7).

A statutory duty to consult is judged here and nowhere else: the consultation must be held, so a stop becomes something to
mend, gives no alternative and withholds no methods.
"""

from collections.abc import Iterable
from typing import NamedTuple

from advisor.engine.facts import Facts
from advisor.model.assessment import Finding, Verdict
from advisor.model.knowledge import Knowledge
from advisor.model.rule import Severity

STATUTORY = "statutory.any"


class Decision(NamedTuple):
    """The verdict, the rules that made it (certain first) and the alternative to a stop."""

    verdict: Verdict
    decided_by: tuple[str, ...]
    alternative: str | None


def is_statutory(facts: Facts) -> bool:
    """Whether the plan names a statutory duty to consult."""
    return facts.values.get(STATUTORY) is True


def effective_severity(severity: Severity, statutory: bool) -> Severity:
    """The severity a finding has in this plan."""
    return "fix" if statutory and severity == "stop" else severity


def decide(findings: Iterable[Finding], knowledge: Knowledge) -> Decision:
    """The verdict on a plan with these findings (effective severities, acceptances marked, in order)."""
    findings = tuple(findings)
    stops = [one for one in findings if one.severity == "stop" and one.status == "certain" and not one.accepted]
    if stops:
        ways = [knowledge.alternatives[one.alternative] for one in stops if one.alternative is not None]
        best = min(ways, key=lambda way: way.priority, default=None)
        return Decision("stop", _rules(stops), best.id if best else None)
    holding = [one for one in findings if keeps_from_ready(one, one.severity)]
    if not holding:
        return Decision("ready", (), None)
    holding.sort(key=lambda one: one.status != "certain")
    return Decision("revise", _rules(holding), None)


def keeps_from_ready(finding: Finding, severity: Severity) -> bool:
    """Whether a plan with the finding is not ready, were it of this severity.

    Somebody may answer for a certain fix. Nobody can for a stop, nor for what an answer would still settle.
    """
    if severity == "fix":
        return not finding.accepted or finding.status == "possible"
    return severity == "stop"


def _rules(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.rule for finding in findings))
