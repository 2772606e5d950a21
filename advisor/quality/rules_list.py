"""The rules one line each, for those who look for a rule or count them."""

from collections.abc import Iterator
from typing import NamedTuple

from advisor.model.knowledge import Knowledge
from advisor.model.profile import Terms
from advisor.model.rule import Words


class ListedRule(NamedTuple):
    """One rule. ``says``: stop, fix, advice, off, conclusion or method. ``factor``: None for conclusions and method rules."""

    id: str
    says: str
    factor: str | None
    basis: str
    title: Words | None


def list_rules(knowledge: Knowledge, terms: Terms, area: str | None = None) -> Iterator[ListedRule]:
    """The rules of an area, or all, in working order, as a profile takes them. A conclusion's title is what it concludes."""
    for rule in knowledge.rules.values():
        if area is not None and rule.area != area:
            continue
        says = "off" if rule.id in terms.off else terms.severity_of(rule) or ("conclusion" if rule.concludes else "method")
        title = rule.title or rule.because
        if rule.concludes:
            title = knowledge.conclusions[rule.concludes].label
        yield ListedRule(rule.id, says, rule.factor, rule.basis, title)
