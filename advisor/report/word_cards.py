"""Cards of what rules and methods speak of: terms, steps of the ladder, factors, areas, facts and sources."""

from typing import Final

from advisor.i18n import N_
from advisor.model.catalogue import Attribute
from advisor.model.fact_types import PLAN_FACTS
from advisor.model.knowledge import Asked
from advisor.model.rule import Citation
from advisor.model.rule_graph import RuleGraph
from advisor.report.card_parts import grounds, rules, sources, support
from advisor.report.conditions import named
from advisor.report.sheet import Sheet
from advisor.report.words import Speaker, uncapitalised

_NONE: Final = Attribute(value=(), basis="judgement")

_HOW_ANSWERED: Final = {
    "boolean": N_("Svara ja eller nej."),
    "option": N_("Välj ett av:"),
    "options": N_("Välj ett eller flera av:"),
    "number": N_("Svara med ett tal."),
    "date": N_("Svara med ett datum, till exempel 2026-03-01."),
    "text": N_("Svara med egna ord."),
    "texts": N_("Svara med en eller flera texter."),
    "items": N_("Svara med en lista."),
}


def term_card(term_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """A word of the field and what it means here."""
    term, say, glossary = speaker.knowledge.glossary[term_id], speaker.say, speaker.knowledge.glossary
    sheet.tailed(speaker.words(term.term), term_id, "title")
    sheet.text(speaker.words(term.definition))
    other = term.term.en if speaker.lang == "sv" else term.term.sv
    sheet.labelled(say(N_("På engelska:") if speaker.lang == "sv" else N_("På svenska:")), other)
    if term.also:
        sheet.labelled(say(N_("Kallas också:")), ", ".join(term.also))
    related = [f"{speaker.words(glossary[one].term)} ({one})" for one in term.see if one in glossary]
    if related:
        sheet.labelled(say(N_("Se också:")), ", ".join(related))
    sources(term.sources, sheet, speaker)


def ladder_card(step_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """A step of the ladder of participation and what it promises."""
    step, say = speaker.knowledge.ladder[step_id], speaker.say
    label = speaker.words(speaker.knowledge.option_label("ladder", step_id))
    sheet.tailed(say(N_("{label}, ett steg på delaktighetstrappan"), label=label), step_id, "title")
    sheet.text(speaker.words(step.meaning))
    sheet.labelled(say(N_("Löftet:")), speaker.quoted(speaker.words(step.promise)))
    if step.other_names:
        names = ", ".join(f"{other.name} ({other.used_by})" for other in step.other_names)
        sheet.labelled(say(N_("Andra namn:")), names)
    cited = [*step.sources, *(other.source for other in step.other_names if other.source)]
    grounds((Citation(ref=one) for one in dict.fromkeys(cited)), step.basis, sheet, speaker)


def factor_card(factor_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """A success factor, the rules that test it and the support there is."""
    factor, say = speaker.knowledge.factors[factor_id], speaker.say
    form = N_("Definitionen: {title}") if factor_id == "definition" else N_("Framgångsfaktor {number}: {title}")
    sheet.text(say(form, number=factor_id, title=speaker.words(factor.title)), "title")
    sheet.text(speaker.words(factor.about))
    tested = [rule for rule in speaker.knowledge.rules.values() if rule.factor == factor_id]
    rules(say(N_("Regler som prövar den")), tested, sheet, speaker)
    measured = [one for one in speaker.knowledge.indicators.values() if factor_id in one.factors]
    if measured:
        sheet.heading(say(N_("Indikatorer att mäta med")))
    for one in measured:
        sheet.tailed(f"- {speaker.words(one.name)}", one.id, "", 2, 2)
    support(factor_id, sheet, speaker)
    sources(factor.sources, sheet, speaker)


def area_card(area_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """A part of the guidance and its rules."""
    area, say = speaker.knowledge.areas[area_id], speaker.say
    sheet.tailed(say(N_("{title}, ett område för regler"), title=speaker.words(area.title)), area_id, "title")
    sheet.text(speaker.words(area.about))
    within = [rule for rule in speaker.knowledge.rules.values() if rule.area == area_id]
    rules(say(N_("Reglerna")), within, sheet, speaker)


def alternative_card(alternative_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """What to do instead of the dialogue as planned."""
    way, say = speaker.knowledge.alternatives[alternative_id], speaker.say
    sheet.tailed(say(N_("Annan väg: {title}"), title=speaker.words(way.title)), alternative_id, "title")
    sheet.text(speaker.words(way.text))
    sheet.labelled(say(N_("Första steget:")), speaker.words(way.first_step))
    leading = [rule for rule in speaker.knowledge.rules.values() if rule.alternative == alternative_id]
    rules(say(N_("Regler som leder hit")), leading, sheet, speaker)
    grounds((Citation(ref=one) for one in way.sources), way.basis, sheet, speaker)


def fact_card(fact_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """Something that rules read: a plan's answer, or what is worked out from answers."""
    knowledge, say = speaker.knowledge, speaker.say
    graph = RuleGraph.of(knowledge.rules.values(), knowledge.derived)
    sheet.tailed(speaker.label(fact_id), fact_id, "title")
    asked = knowledge.questions.get(fact_id)
    if asked is not None:
        sheet.text(speaker.words(asked.ask), "label")
        sheet.text(speaker.words(asked.help))
        for label, text in ((N_("Varför vi frågar:"), asked.why), (N_("Till exempel:"), asked.example)):
            if text is not None:
                sheet.labelled(say(label), speaker.words(text))
        sheet.blank()
        _answers(asked, sheet, speaker)
    elif fact_id in knowledge.derived:
        inputs = [f"{speaker.label(one)} ({one})" for one in knowledge.derived[fact_id].inputs]
        sheet.text(say(N_("Räknas ut av: {inputs}."), inputs=speaker.joined(inputs)))
    elif fact_id in knowledge.conclusions:
        drawn = (knowledge.rules[rule] for rule in graph.drawn_by.get(fact_id, ()))
        rules(say(N_("Slutsatsen dras av")), drawn, sheet, speaker)
    else:
        sheet.text(say(N_("En uppgift ur programmets kunskap om metoder och målgrupper.")))
    reading = [rule for rule in knowledge.rules.values() if fact_id in graph.facts_read_itself(rule)
               or any(fact_id in (one, one.partition(".")[2]) for one in
                      (named(fact, rule.for_each) for fact in graph.facts_named(rule)))]  # fmt: skip
    rules(say(N_("Regler som läser svaret")), reading, sheet, speaker)


def _answers(asked: Asked, sheet: Sheet, speaker: Speaker) -> None:
    kind = PLAN_FACTS[asked.fact]
    sheet.text(speaker.say(_HOW_ANSWERED[kind.kind]))
    options = speaker.knowledge.vocabularies.get(kind.vocabulary or "", ())
    allowed = getattr(kind.answer, "only", None) or [option.id for option in options]
    for option in allowed or (("yes", "no") if kind.kind == "boolean" else ()):
        named = speaker.option(asked.fact, option) if allowed else speaker.yes_no(option == "yes")
        sheet.tailed(f"- {named}", option if allowed else "", "", 2, 2)
        meaning = speaker.knowledge.option_meaning(kind.vocabulary, option, asked.fact)
        if meaning is not None:
            sheet.text(speaker.words(meaning), "", 4)


def group_card(group_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """A kind of target group: what reaches it and what helps it take part."""
    group, say, kind = speaker.knowledge.groups[group_id], speaker.say, "target_groups.kind"
    sheet.tailed(say(N_("{name}, ett slags målgrupp"), name=speaker.option(kind, group_id)), group_id, "title")
    sheet.text(speaker.words(group.note))
    for label, fact, listed in (
        (N_("Når gruppen:"), "target_groups.channels", group.reached_by),
        (N_("Hjälper gruppen att delta:"), "target_groups.adaptations", group.helped_by),
    ):
        if listed:
            sheet.labelled(say(label), speaker.value(fact, list(listed), inside=True))
    fits = [method for method in speaker.knowledge.methods.values()
            if group_id in method.attributes.get("groups_good", _NONE).value]  # fmt: skip
    if fits:
        sheet.heading(say(N_("Metoder som brukar passa")))
        sheet.text(speaker.joined(uncapitalised(speaker.words(method.name)) for method in fits) + ".", "", 2)
    grounds((Citation(ref=one) for one in group.sources), group.basis, sheet, speaker)


def indicator_card(indicator_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """Something to measure a dialogue by."""
    indicator, say = speaker.knowledge.indicators[indicator_id], speaker.say
    sheet.tailed(say(N_("{name}, en indikator"), name=speaker.words(indicator.name)), indicator_id, "title")
    sheet.text(speaker.words(indicator.shows))
    sheet.labelled(say(N_("Så mäter ni:")), speaker.words(indicator.how))
    sheet.labelled(say(N_("Enhet:")), speaker.words(indicator.unit))
    grounds((Citation(ref=one) for one in indicator.sources), indicator.basis, sheet, speaker)


def support_card(support_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """Support that SKR offers, whom it is for and which findings it helps with."""
    offer, say = speaker.knowledge.support[support_id], speaker.say
    sheet.tailed(speaker.words(offer.title), support_id, "title")
    sheet.text(speaker.words(offer.text))
    sheet.labelled(say(N_("För vem:")), speaker.words(offer.for_whom))
    sheet.labelled(say(N_("När:")), speaker.words(offer.when))
    sheet.text(say(N_("Så såg det ut {day}."), day=offer.as_of), "dim")
    if offer.url:
        sheet.line(offer.url, "dim")
    known = speaker.knowledge.rules
    rules(say(N_("Påpekanden som det hjälper med")), (known[rule] for rule in offer.rules if rule in known), sheet, speaker)
    sources(offer.sources, sheet, speaker)


def parameter_card(parameter_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """A threshold that rules lean on, with its values over time."""
    parameter, say = speaker.knowledge.parameters[parameter_id], speaker.say
    sheet.tailed(speaker.words(parameter.label), parameter_id, "title")
    for period in parameter.values:
        value = speaker.number(period.value, speaker.words(parameter.unit))
        basis = say(N_("källa")) if period.basis == "source" else say(N_("bedömning"))
        sheet.text(say(N_("Från {day}: {value} ({basis})"), day=period.since, value=value, basis=basis), "", 2)
    sources(dict.fromkeys(one for period in parameter.values for one in period.sources), sheet, speaker)


def source_card(source_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """A document, and the rules that cite it."""
    source, say = speaker.knowledge.sources[source_id], speaker.say
    sheet.tailed(source.title, source_id, "title")
    issued = ", ".join(part for part in (source.publisher, source.date) if part)
    if issued:
        sheet.text(issued)
    if source.url:
        sheet.line(source.url)
    citing = [rule for rule in speaker.knowledge.rules.values() if any(one.ref == source_id for one in rule.sources)]
    rules(say(N_("Regler som bygger på källan")), citing, sheet, speaker)


def profile_card(profile_id: str, sheet: Sheet, speaker: Speaker) -> None:
    """A way of taking the rules: what it switches off, what it takes more or less strictly, and why."""
    profile, say = speaker.knowledge.profiles[profile_id], speaker.say
    sheet.tailed(say(N_("{title}, en profil"), title=speaker.profile_name(profile_id)), profile_id, "title")
    if profile.reason is not None:
        sheet.text(speaker.words(profile.reason))
    if profile.extends is not None:
        sheet.labelled(say(N_("Bygger på profilen:")), f"{speaker.profile_name(profile.extends)} ({profile.extends})")
    if not profile.off and not profile.severity:
        sheet.text(say(N_("Profilen ändrar inga regler.")))
    now, known = speaker.knowledge.rule_now, speaker.knowledge.rules
    rules(say(N_("Stänger av")), (known[now(rule)] for rule in profile.off), sheet, speaker)
    for severity, heading in (("stop", N_("Tar som stopp")), ("fix", N_("Tar som åtgärda")), ("advice", N_("Tar som råd"))):
        taken = [known[now(rule)] for rule, level in profile.severity.items() if level == severity]
        rules(say(heading), taken, sheet, speaker)
