"""Profiles: the same rules, taken more or less strictly (rule language, section 7)."""

from collections.abc import Callable, Mapping
from typing import Annotated, Final, NamedTuple

from advisor.model.rule import Record, Rule, Severity, TupleOf, Words

STANDARD: Final = "standard"  # the rulebook as it stands; it exists even where no file says so


class Profile(Record):
    """A profile as its file has it: what it switches off and takes otherwise than the profile it extends, and why."""

    id: str
    title: Words | None = None
    extends: str | None = None
    off: Annotated[tuple[str, ...], TupleOf] = ()
    severity: dict[str, Severity] = {}
    reason: Words | None = None


class Terms(NamedTuple):
    """What a profile makes of the rules, with all that it extends: rules switched off, and severities not the rule's own."""

    off: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = {}

    def severity_of(self, rule: Rule) -> Severity | None:
        """The severity a rule has here; None where it raises no finding, or is switched off."""
        return None if rule.id in self.off else self.severity.get(rule.id, rule.severity)


def terms_of(name: str, profiles: Mapping[str, Profile], rule_now: Callable[[str], str]) -> Terms:
    """The terms of a profile. What it says itself goes before what it extends. ``rule_now`` replaces retired rules.

    Needs profiles without a ring. Raises KeyError for a profile that does not exist.
    """
    profile = profiles.get(name)
    if profile is None and name == STANDARD:
        return Terms()
    if profile is None:
        raise KeyError(name)
    base = terms_of(profile.extends, profiles, rule_now) if profile.extends is not None else Terms()
    off = {rule_now(rule) for rule in profile.off}
    severity: dict[str, Severity] = {rule_now(rule): level for rule, level in profile.severity.items()}
    kept = {rule: level for rule, level in base.severity.items() if rule not in off}
    return Terms(base.off - severity.keys() | off, kept | severity)
