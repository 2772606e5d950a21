"""Words for what differs from an earlier check."""

from collections.abc import Mapping
from typing import Final

from advisor.i18n import N_
from advisor.model.assessment import Earlier, How
from advisor.report.words import Speaker, names_the_plan

# Why a finding that an earlier check had is told of again.
AGAIN: Final[Mapping[How, str]] = {
    "now_certain": N_("var möjligt, är nu säkert"),
    "now_graver": N_("är allvarligare än förut"),
    "now_open": N_("är inte godtaget längre"),
}


def title_of(earlier: Earlier, speaker: Speaker) -> str:
    """What a finding of an earlier check is called: in today's words, unless those would need the plan as it was."""
    rule = speaker.knowledge.rules.get(speaker.knowledge.rule_now(earlier.rule))
    if rule is None or rule.title is None or names_the_plan(rule):
        return earlier.title
    return speaker.filled(rule.title)


def since(day: str, speaker: Speaker) -> str:
    """When the earlier check was; ``day`` is "" where it does not say."""
    return day or speaker.say(N_("den tidigare granskningen"))
