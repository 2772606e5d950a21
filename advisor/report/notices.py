"""The sentences of notices: acceptances that cover nothing, retired rules, methods that the catalogue lacks."""

from functools import lru_cache

from advisor.i18n import N_
from advisor.load.nearest import nearest
from advisor.model.assessment import Notice
from advisor.report.characters import one_line
from advisor.report.words import Speaker

# The same slip stands in many plans, and looking for what was meant takes longer than judging a plan.
_nearest = lru_cache(maxsize=500)(nearest)


def notice_text(notice: Notice, speaker: Speaker) -> str:
    """The sentence of a notice."""
    match notice.kind:
        case "acceptance_invalid":
            return _invalid(notice, speaker)
        case "acceptance_expired":
            return speaker.say(
                N_("Godtagandet av {what} gick ut {until} och räknas inte längre. Pröva på nytt om det ska godtas."),
                what=_accepted(notice, speaker), until=notice.about["until"],
            )  # fmt: skip
        case "acceptance_unused":
            return _unused(notice, speaker)
        case "rule_retired":
            new = notice.about["replaced_by"]
            sentence = N_("Regeln {rule} finns inte sedan {since}. Ta bort den ur planen.")
            if new:
                sentence = N_("Regeln {rule} finns inte sedan {since}. Den heter nu {new}: ändra namnet i planen.")
            return speaker.say(sentence, rule=notice.about["rule"], since=notice.about["since"], new=new)
        case "unknown_method":
            return _unknown_method(notice, speaker)


def _accepted(notice: Notice, speaker: Speaker) -> str:
    rule, item = notice.about["rule"], notice.about["item"]
    if not rule:
        return speaker.say(N_("en avvikelse"))
    title = speaker.rule(rule)
    said = f"{speaker.quoted(title)} ({rule})" if title != rule else speaker.quoted(one_line(rule))
    return speaker.say(N_("{rule} för «{item}»"), rule=said, item=one_line(item)) if item else said


def _invalid(notice: Notice, speaker: Speaker) -> str:
    names = {"rule": N_("vilken regel det gäller (rule)"), "reason": N_("ett skäl (reason)"),
             "by": N_("vem som svarar för det (by)")}  # fmt: skip
    lacking = speaker.joined(speaker.say(names[key]) for key in notice.about["lacking"])
    return speaker.say(
        N_("Godtagandet av {what} räknas inte, för det saknar {lacking}."),
        what=_accepted(notice, speaker), lacking=lacking,
    )  # fmt: skip


def _unused(notice: Notice, speaker: Speaker) -> str:
    rule = notice.about["rule"]
    if rule not in speaker.knowledge.rules:
        likely = _nearest(rule, tuple(speaker.knowledge.rules))
        sentence = N_("Planen godtar «{rule}», men ingen regel heter så. Menade ni {likely}?") if likely else (
            N_("Planen godtar «{rule}», men ingen regel heter så."))  # fmt: skip
        return speaker.say(sentence, rule=one_line(rule), likely=likely)
    return speaker.say(
        N_("Godtagandet av {what} behövs inte: planen har inget sådant påpekande."), what=_accepted(notice, speaker)
    )


def _unknown_method(notice: Notice, speaker: Speaker) -> str:
    name = notice.about["method"]
    likely = _nearest(name, tuple(speaker.knowledge.methods_by_name))
    if likely is None:
        return speaker.say(
            N_("Metoden «{name}» finns inte i katalogen. Den följer med i planen, men ingen regel kan pröva den."),
            name=one_line(name),
        )  # fmt: skip
    return speaker.say(
        N_("Metoden «{name}» finns inte i katalogen, så ingen regel kan pröva den. Menade ni {likely}?"),
        name=one_line(name), likely=speaker.method_name(likely),
    )  # fmt: skip
