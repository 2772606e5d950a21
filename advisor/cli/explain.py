"""``dialoglots explain`` and ``why``: what a rule says, and how it came out for a plan."""

import os
import re
from datetime import date
from typing import TYPE_CHECKING, Final

import click

from advisor.cli.options import HELP_OPTIONS, Chosen, day_option, examples, knowledge_options, options_metavar, shared
from advisor.cli.settings import Settings
from advisor.errors import Message, PlanError, Problem
from advisor.i18n import N_, translate

if TYPE_CHECKING:
    from advisor.model.plan import Plan

_LINE_OF_FILE: Final = re.compile(r"(.+\.jsonl):([0-9]+)", re.IGNORECASE)


def explain_command(settings: Settings) -> click.Command:
    """``explain`` in the chosen language."""
    lang = settings.lang

    @click.command(
        name="explain",
        short_help=translate(N_("Förklara en regel, en metod eller ett ord."), lang),
        help=translate(N_(
            "Förklarar en regel, en metod, ett ord ur ordlistan eller något annat som programmet nämner: ett steg på "
            "delaktighetstrappan, en framgångsfaktor, ett område, en annan väg, en fråga eller en källa."
        ), lang),
        epilog=examples(
            lang, "dialoglots explain goals.missing", "dialoglots explain dialogcafé", "dialoglots explain faktor 3",
            "dialoglots explain question.influenceable",
        ),
        context_settings=HELP_OPTIONS, options_metavar=options_metavar(lang),
    )  # fmt: skip
    @click.argument("name", nargs=-1, required=True, metavar=translate(N_("NAMN"), lang))
    @knowledge_options(settings)
    @shared(lang)
    def explain(name: tuple[str, ...], chosen: Chosen) -> None:
        from advisor.api import open_adviser
        from advisor.cli.output import opened
        from advisor.report.cards import card
        from advisor.report.sheet import Sheet
        from advisor.report.words import Speaker

        with open_adviser(chosen.opening()) as adviser, opened(None) as output:
            speaker = Speaker(adviser.knowledge, lang, adviser.tool.as_of, profile=adviser.tool.profile)
            output.write(card(" ".join(name), Sheet(output.width, output.styled, output.utf8), speaker))

    return explain


def why_command(settings: Settings) -> click.Command:
    """``why`` in the chosen language."""
    lang = settings.lang

    @click.command(
        name="why",
        short_help=translate(N_("Visa hur ett påpekande kom till, eller varför det inte finns."), lang),
        help=translate(N_(
            "Visar vägen från planens svar till ett påpekande. Gäller påpekandet inte visas vilka svar som hade ändrat "
            "det; går det inte att avgöra visas vilka frågor som avgör."
        ), lang),
        epilog=examples(
            lang, "dialoglots why plan.yaml goals.missing", "dialoglots why planer.jsonl:12 question.not_influenceable",
        ),
        context_settings=HELP_OPTIONS, options_metavar=options_metavar(lang),
    )  # fmt: skip
    @click.argument("plan", metavar=translate(N_("PLAN"), lang))
    @click.argument("rule", metavar=translate(N_("REGEL"), lang))
    @knowledge_options(settings)
    @day_option(lang)
    @shared(lang)
    def why(plan: str, rule: str, as_of: date | None, chosen: Chosen) -> None:
        from advisor.api import open_adviser
        from advisor.cli.output import opened
        from advisor.report.sheet import Sheet
        from advisor.report.why import WhyReport
        from advisor.report.words import Speaker

        with open_adviser(chosen.opening(as_of)) as adviser:
            rule = adviser.rule_meant(rule)
            read = the_plan(plan)
            parts, findings = adviser.why(read, rule), adviser.check(read).findings
            speaker = Speaker(adviser.knowledge, lang, adviser.tool.as_of, profile=adviser.tool.profile)
            with opened(None) as output:
                sheet = Sheet(output.width, output.styled, output.utf8)
                output.write(WhyReport(sheet, speaker, parts, findings).write())

    return why


def the_plan(path: str) -> "Plan":
    """The one plan that ``path`` names: a file with one plan, or ``file.jsonl:12``. Raises PlanError."""
    from itertools import islice

    from advisor.load.plan_files import read_plans

    line = None if os.path.exists(path) else _LINE_OF_FILE.fullmatch(path)
    if line is not None:
        sources = [source for source in read_plans(line[1]) if source.path in (path.replace(os.sep, "/"), line[1])]
    else:
        sources = list(islice(read_plans(path), 2))
    if len(sources) > 1:
        sentence = N_("Här finns flera planer. Skriv vilken rad planen står på, till exempel {path}.")
        raise PlanError([Problem(path, Message(sentence, {"path": sources[0].path}))])
    for source in sources:
        if source.error is not None:
            raise source.error
        assert source.plan is not None
        return source.plan
    raise PlanError([Problem(path, Message(N_("Här finns ingen plan.")))])
