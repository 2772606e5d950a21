"""Which profile a plan meets, and what stands between it and the next (rule language, section 7)."""

from collections.abc import Callable, Mapping, Sequence

from advisor.advice.verdict import effective_severity, keeps_from_ready
from advisor.engine.evaluate import Judgement, judge
from advisor.model.assessment import Finding, ProfilesMet
from advisor.model.plan import Plan
from advisor.model.rule import SEVERITY_POINTS, Severity


def profiles_met(
    plan: Plan, judgement: Judgement, findings: Sequence[Finding], statutory: bool,
    found_in: Callable[[Judgement], Sequence[Finding]],
) -> ProfilesMet:  # fmt: skip
    """The highest profile under which the plan would be ready, the one above it, and the rules that keep it from that.

    ``findings`` are all that was found, of rules that the plan's own profile has switched off too; acceptances are marked.
    Profiles take the same findings more or less strictly. Only where a rule that another one reads is switched off under
    one profile and not under the other is the plan judged again, and ``found_in`` says what was found then.
    """
    above: str | None = None
    lacking: tuple[str, ...] = ()
    for profile, rulebook, same_outcomes in reversed(judgement.rulebook.levels):
        found = findings if same_outcomes else found_in(judge(plan, rulebook))
        below = _lacking(found, rulebook.severities, statutory)
        if not below:
            return ProfilesMet(profile, above, lacking)
        above, lacking = profile, below
    return ProfilesMet(None, above, lacking)


def _lacking(findings: Sequence[Finding], severities: Mapping[str, Severity], statutory: bool) -> tuple[str, ...]:
    """The rules that keep a plan from being ready: certain ones first, and of those stops."""
    held = []
    for finding in findings:
        severity = severities.get(finding.rule)
        if severity is not None and keeps_from_ready(finding, effective := effective_severity(severity, statutory)):
            held.append((finding.status != "certain", -SEVERITY_POINTS[effective], finding.rule))
    held.sort(key=lambda one: one[:2])
    return tuple(dict.fromkeys(rule for _, _, rule in held))
