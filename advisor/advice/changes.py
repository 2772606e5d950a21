"""What differs between two checks of the same plan."""

from collections.abc import Iterable
from typing import Final

from advisor.model.assessment import Assessment, Change, Earlier, Finding, How, Item, Shown
from advisor.model.knowledge import Knowledge, plain_name
from advisor.model.rule import Severity

_GRAVITY: Final[dict[Severity, int]] = {"advice": 0, "fix": 1, "stop": 2}

# A rule and what its item is called: the same however the items are ordered.
_Name = tuple[str, ...]


def compare(assessment: Assessment, earlier: Iterable[Earlier], knowledge: Knowledge) -> Change:
    """The findings that an earlier check did not have, and those that it had and are no more.

    A finding is the same where rule and item are. Items go by what they are called, and by their place only where
    several are called the same, so that a new item above the others makes nothing else new. A rule goes by its new id.
    What was possible and is certain, what was accepted and is not, and what has become graver is shown again.
    """
    left: dict[_Name, list[Earlier]] = {}
    for one in earlier:
        left.setdefault(_name(knowledge.rule_now(one.rule), one.item), []).append(one)
    found = list(assessment.findings)
    pairs: list[Earlier | None] = [_taken(finding, left, same_place=True) for finding in found]
    for place, finding in enumerate(found):
        if pairs[place] is None:
            pairs[place] = _taken(finding, left, same_place=False)
    shown, known = [], 0
    for finding, before in zip(found, pairs, strict=True):
        how = _how(finding, before)
        if how is None:
            known += 1
        else:
            shown.append(Shown(finding, how))
    return Change(tuple(shown), known, tuple(one for ones in left.values() for one in ones))


def _name(rule: str, item: Item | None) -> _Name:
    # What has no name of its own is called by its place, which says nothing once items have moved.
    return rule, *(part for one in _both(item)
                   for part in (one.list, "" if one.label == f"{one.list}[{one.index}]" else plain_name(one.label)))  # fmt: skip


def _both(item: Item | None) -> tuple[Item, ...]:
    return tuple(one for one in (item, item.group if item else None) if one is not None)


def _taken(finding: Finding, left: dict[_Name, list[Earlier]], *, same_place: bool) -> Earlier | None:
    """Takes out the earlier finding that is the same as this one."""
    same = left.get(_name(finding.rule, finding.item), [])
    for number, one in enumerate(same):
        if not same_place or [item.index for item in _both(one.item)] == [item.index for item in _both(finding.item)]:
            return same.pop(number)
    return None


def _how(finding: Finding, before: Earlier | None) -> How | None:
    """Why a finding is shown; None where it is known."""
    if before is None:
        return "new"
    if finding.accepted is not None:
        return None
    if before.accepted:
        return "now_open"
    if _GRAVITY[finding.severity] > _GRAVITY[before.severity]:
        return "now_graver"
    return "now_certain" if (before.status, finding.status) == ("possible", "certain") else None
