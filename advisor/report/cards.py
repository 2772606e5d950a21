"""``explain`` as text: one card for each thing that a name means."""

from collections.abc import Callable, Iterable
from typing import Final

from advisor.i18n import N_
from advisor.model.catalogue import Method
from advisor.model.rule import Citation, Rule
from advisor.report.card_parts import grounds, sources, support
from advisor.report.conditions import TestWords, condition_lines
from advisor.report.names import meanings
from advisor.report.sheet import Sheet
from advisor.report.word_cards import (
    alternative_card,
    area_card,
    fact_card,
    factor_card,
    group_card,
    indicator_card,
    ladder_card,
    parameter_card,
    profile_card,
    source_card,
    support_card,
    term_card,
)
from advisor.report.words import SEVERITIES, Speaker

_EACH_OF: Final = {
    "goals": N_("Prövas för varje mål."),
    "target_groups": N_("Prövas för varje målgrupp."),
    "methods": N_("Prövas för varje metod i planen."),
    "method_groups": N_("Prövas för varje metod tillsammans med varje målgrupp som den är till för."),
    "catalogue": N_("Prövas för varje metod i katalogen."),
    "governance.decision_path": N_("Prövas för varje steg i beslutsvägen."),
    "evaluation.indicators": N_("Prövas för varje indikator."),
}


def card(name: str, sheet: Sheet, speaker: Speaker) -> str:
    """The cards of everything called ``name``. Raises UnknownName with the nearest there is."""
    for place, meaning in enumerate(meanings(speaker.knowledge, name)):
        if place:
            sheet.blank()
            sheet.row("─" * sheet.width, "dim")
            sheet.blank()
        _CARDS[meaning.kind](meaning.id, sheet, speaker)
    return sheet.rendered()


def rule_card(rule_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """What a rule checks, what it advises and what it rests on."""
    rule, say = speaker.knowledge.rules[rule_id], speaker.say
    sheet.tailed(speaker.rule(rule_id), rule_id, rule.severity or "title")
    sheet.text(_kind(rule, speaker), "dim")
    if changed := speaker.in_profile(rule):
        sheet.text(changed)
    sheet.blank()
    if rule.for_each is not None:
        sheet.text(say(_EACH_OF[rule.for_each]))
    words = TestWords(speaker, rule.for_each)
    if rule.applies is not None:
        sheet.text(say(N_("Prövas bara när:")), "label")
        _condition(condition_lines(rule.applies, words), sheet)
    heading = N_("Slutsatsen dras när:") if rule.concludes else N_("Påpekas när:")
    sheet.text(say(heading if rule.severity or rule.concludes else N_("Räknas när:")), "label")
    _condition(condition_lines(rule.when, words), sheet)
    sheet.blank()
    texts = (
        (N_("Råd:"), rule.advice), (N_("Varför:"), rule.why), (N_("Till exempel:"), rule.good),
        (N_("Undantag:"), rule.not_when), (N_("Skäl:"), rule.because), (N_("Anpassning:"), rule.adapt),
    )  # fmt: skip
    for label, text in texts:
        if text is not None:
            sheet.labelled(say(label), speaker.filled(text))
    if rule.alternative is not None:
        way = speaker.words(speaker.knowledge.alternatives[rule.alternative].title)
        sheet.labelled(say(N_("Annan väg:")), f"{way} ({rule.alternative})")
    if rule.valid_from is not None:
        sheet.text(say(N_("Gäller från {day}."), day=rule.valid_from), "dim")
    grounds(rule.sources, rule.basis, sheet, speaker)
    support(rule.factor, sheet, speaker, rule.id)


def _kind(rule: Rule, speaker: Speaker) -> str:
    say, knowledge = speaker.say, speaker.knowledge
    parts = []
    if rule.severity is not None:
        parts.append(say(N_("Allvar: {severity}"), severity=say(SEVERITIES[rule.severity])))
    if rule.concludes is not None:
        parts.append(say(N_("Slutsats som andra regler läser: {fact}"), fact=rule.concludes))
    if rule.weighs is not None:
        parts.append(say(N_("Vikt vid metodval: {weight}"), weight=f"{rule.weighs:+d}"))
    if rule.excludes:
        parts.append(say(N_("Avråder helt från metoden")))
    if rule.factor is not None:
        title = speaker.words(knowledge.factors[rule.factor].title)
        named = N_("Definitionen: {title}") if rule.factor == "definition" else N_("Faktor {number}: {title}")
        parts.append(say(named, number=rule.factor, title=title))
    if rule.area in knowledge.areas:
        parts.append(say(N_("Område: {area}"), area=speaker.words(knowledge.areas[rule.area].title)))
    return ". ".join(parts) + "."


def _condition(lines: Iterable[tuple[int, str]], sheet: Sheet) -> None:
    for level, text in lines:
        sheet.marked("-", text, 2 + 2 * level)


def method_card(method_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """What a method is, what it is good for and when to leave it be."""
    method, say = speaker.knowledge.methods[method_id], speaker.say
    sheet.tailed(speaker.words(method.name), method_id, "title")
    others = [alias for alias in method.aliases if "_" not in alias]
    if others:
        sheet.labelled(say(N_("Kallas också:")), ", ".join(others))
    sheet.blank()
    sheet.text(speaker.words(method.description))
    lists = (
        (N_("Styrkor"), method.strengths), (N_("Svagheter"), method.weaknesses),
        (N_("Använd den inte när"), method.avoid_when),
    )  # fmt: skip
    for heading, texts in lists:
        if texts:
            sheet.heading(say(heading))
        for text in texts:
            sheet.marked("-", speaker.words(text), 2)
    if method.staffing is not None:
        sheet.heading(say(N_("Vilka som behövs")))
        sheet.text(speaker.words(method.staffing), "", 2)
    _attributes(method, sheet, speaker)
    if method.used_in:
        sheet.heading(say(N_("Där den har använts")))
    for use in method.used_in:
        place = f"{use.place}, {use.year}" if use.year else use.place
        sheet.marked("-", f"{place}: {speaker.words(use.what)}", 2)
        sheet.text(speaker.source(Citation(ref=use.source)), "dim", 4)
    sources(method.sources, sheet, speaker)


def _attributes(method: Method, sheet: Sheet, speaker: Speaker) -> None:
    say = speaker.say
    sheet.heading(say(N_("Egenskaper, var och en enligt källa eller bedömning")))
    for name, attribute in method.attributes.items():
        if name.endswith("_unbounded") and attribute.value is False:
            continue  # the upper bound says it
        basis = say(N_("källa")) if attribute.basis == "source" else say(N_("bedömning"))
        value = speaker.value(f"methods.{name}", attribute.value, inside=True)
        sheet.marked("-", f"{speaker.label(name)}: {value} ({basis})", 2)
        for one in attribute.published:
            said = speaker.value(f"methods.{name}", one.value, inside=True)
            sheet.text(f"{said}: {speaker.source(Citation(ref=one.source))}", "dim", 4)


_CARDS: Final[dict[str, Callable[[str, Sheet, Speaker], None]]] = {
    "rule": rule_card, "method": method_card, "term": term_card, "ladder": ladder_card, "factor": factor_card,
    "area": area_card, "alternative": alternative_card, "fact": fact_card, "parameter": parameter_card,
    "source": source_card, "profile": profile_card, "indicator": indicator_card, "support": support_card,
    "group": group_card,
}  # fmt: skip
