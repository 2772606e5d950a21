"""What several cards have in common: sources, support and lists of rules."""

from collections.abc import Iterable

from advisor.i18n import N_
from advisor.model.rule import Basis, Citation, Rule
from advisor.report.sheet import Sheet
from advisor.report.words import Speaker


def cited(citation: Citation, sheet: Sheet, speaker: Speaker) -> None:
    """A source with its publisher, place and address."""
    known = speaker.knowledge.sources.get(citation.ref)
    if known is None:
        return
    issued = ", ".join(part for part in (known.publisher, known.date) if part)
    sheet.tailed(f"- {known.title}", known.id, "", 2, 2)
    if issued:
        sheet.text(issued, "", 4)
    place = citation.place(speaker.lang)
    if place:
        sheet.labelled(speaker.say(N_("Där:")), place, 4)
    if known.url:
        sheet.line(known.url, "dim", 4)


def grounds(citations: Iterable[Citation], basis: Basis, sheet: Sheet, speaker: Speaker) -> None:
    """What a rule or a text rests on: its sources, or that it is a judgement."""
    citations, judged = tuple(citations), basis == "judgement"
    if judged and not citations:
        sheet.heading(speaker.say(N_("Grund")))
        sheet.text(speaker.say(N_("Egen bedömning av programmets författare.")), "", 2)
        return
    sheet.heading(speaker.say(N_("Egen bedömning, med stöd i") if judged else N_("Källor")))
    for citation in citations:
        cited(citation, sheet, speaker)


def sources(ids: Iterable[str], sheet: Sheet, speaker: Speaker) -> None:
    """The sources of a text that cites no places in them."""
    ids = tuple(ids)
    if ids:
        grounds((Citation(ref=one) for one in ids), "source", sheet, speaker)


def support(factor: str | None, sheet: Sheet, speaker: Speaker, rule: str | None = None) -> None:
    """What SKR offers that helps with a rule, else within a factor, as it was on the day of the entry."""
    offers = speaker.knowledge.support.values()
    offered = [one for one in offers if rule in one.rules] or [one for one in offers if factor in one.factors]
    if not offered:
        return
    day = max(one.as_of for one in offered)
    sheet.heading(speaker.say(N_("Stöd från SKR, så som det såg ut {day}"), day=day))
    for one in offered:
        sheet.tailed(f"- {speaker.words(one.title)}. {speaker.words(one.when)}", one.id, "", 2, 2)
    for url in dict.fromkeys(one.url for one in offered if one.url):
        sheet.line(url, "dim", 4)


def rules(heading: str, listed: Iterable[Rule], sheet: Sheet, speaker: Speaker) -> None:
    """Rules by title and id under a heading; nothing where there are none."""
    listed = tuple(listed)
    if listed:
        sheet.heading(heading)
    for rule in listed:
        sheet.tailed(f"- {speaker.rule(rule.id)}", rule.id, "", 2, 2)
