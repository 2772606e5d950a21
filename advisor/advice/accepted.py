"""Deviations that somebody answers for: which findings they cover, and which acceptances cover nothing."""

from datetime import date

from advisor.model.answers import UNKNOWN
from advisor.model.assessment import Accepted, Finding, Item, Notice
from advisor.model.knowledge import Knowledge, plain_name
from advisor.model.plan import Acceptance, Plan


def accept(
    findings: list[Finding], plan: Plan, knowledge: Knowledge, as_of: date
) -> tuple[list[Finding], list[Notice]]:
    """The findings with what was accepted marked, and notices of acceptances that are expired, invalid or unused."""
    notices: list[Notice] = []
    for acceptance in plan.accepted if isinstance(plan.accepted, tuple) else ():
        if not isinstance(acceptance, Acceptance):
            continue
        rule = _rule_meant(acceptance, knowledge, notices)
        stated = {"rule": rule, "item": _text(acceptance.item)}
        reason, by = _text(acceptance.reason), _text(acceptance.by)
        if rule is None or reason is None or by is None:
            lacking = [key for key, said in (("rule", rule), ("reason", reason), ("by", by)) if said is None]
            notices.append(Notice("acceptance_invalid", {**stated, "lacking": lacking}))
            continue
        until = acceptance.until if isinstance(acceptance.until, date) else None
        if until is not None and until < as_of:
            notices.append(Notice("acceptance_expired", {**stated, "until": until.isoformat()}))
            continue
        item = _text(acceptance.item)
        covered = [place for place, finding in enumerate(findings)
                   if finding.rule == rule and (acceptance.item is None or _is_item(finding.item, item))]  # fmt: skip
        if not covered:
            notices.append(Notice("acceptance_unused", stated))
        for place in covered:
            accepted = Accepted(reason, by, until)
            findings[place] = findings[place]._replace(accepted=accepted)
    return findings, notices


def _text(answer: object) -> str | None:
    return answer if isinstance(answer, str) else None


def _rule_meant(acceptance: Acceptance, knowledge: Knowledge, notices: list[Notice]) -> str | None:
    if acceptance.rule is None or acceptance.rule is UNKNOWN:
        return None
    rule = str(acceptance.rule)
    retired = knowledge.retired.get(rule)
    if retired is None:
        return rule
    notices.append(Notice("rule_retired", {"rule": rule, "since": retired.since, "replaced_by": retired.replaced_by}))
    return knowledge.rule_now(rule)


def _is_item(item: Item | None, named: str | None) -> bool:
    """Whether an acceptance's ``item`` means this one: its label, or list[index]. A pair goes by its method.

    An item that is answered "unknown" (None) means none: nobody answers for what is not named.
    """
    if item is None or named is None:
        return False
    return plain_name(named) in (plain_name(item.label), f"{item.list}[{item.index}]")
