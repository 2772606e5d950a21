"""``dialoglots new`` and ``schema``: for those who write plans and rules."""

from typing import Any, Final

import click

from advisor.cli.options import HELP_OPTIONS, Chosen, examples, knowledge_options, options_metavar, output_option, shared
from advisor.cli.settings import Settings
from advisor.i18n import N_, translate

_USUAL_NAME: Final = "plan.yaml"


def new_command(settings: Settings) -> click.Command:
    """``new`` in the chosen language."""
    lang = settings.lang

    @click.command(
        name="new",
        short_help=translate(N_("Skapa en tom plan med förklaringar."), lang),
        help=translate(N_(
            "Skapar en tom plan, med varje fråga förklarad, att fylla i med ett vanligt textprogram. Utan FIL heter "
            "den plan.yaml. En fil som finns skrivs aldrig över. Med - skrivs planen till standard ut."
        ), lang),
        epilog=examples(
            lang, "dialoglots new", "dialoglots new skolstruktur.yaml", "dialoglots new --lang en plan-en.yaml",
        ),
        context_settings=HELP_OPTIONS, options_metavar=options_metavar(lang),
    )  # fmt: skip
    @click.argument("file", default=_USUAL_NAME, metavar=translate(N_("[FIL]"), lang))
    @knowledge_options(settings, profile=False)
    @shared(lang)
    def new(file: str, chosen: Chosen) -> None:
        from advisor.cli.output import STDOUT, create, opened
        from advisor.load.open_knowledge import open_shipped_knowledge
        from advisor.load.plan_template import empty_plan
        from advisor.version import VERSION

        if file != STDOUT and not file.casefold().endswith((".yaml", ".yml")):
            raise click.UsageError(translate("Ge planen ett namn som slutar på .yaml.", lang))
        text = empty_plan(open_shipped_knowledge(VERSION, chosen.rules), lang, settings.organisation or "")
        if file == STDOUT:
            with opened(None) as output:
                output.write(text)
            return
        if not create(file, text):
            raise click.UsageError(translate("{file} finns redan. Välj ett annat namn.", lang).format(file=file))
        with opened(None) as output:
            sentence = translate("Skapade {file}. Fyll i den och kör sedan: dialoglots check {file}", lang)
            output.write(sentence.format(file=file) + "\n")

    return new


def schema_command(settings: Settings) -> click.Command:
    """``schema`` in the chosen language."""
    lang = settings.lang

    @click.command(
        name="schema",
        short_help=translate(N_("Skriv ut JSON Schema för planer, regler eller metoder."), lang),
        help=translate(N_(
            "Skriver ut ett JSON Schema, så att ett textprogram kan föreslå och kontrollera det ni skriver. plan är "
            "för dialogplaner, rule för regelfiler och method för metodfiler."
        ), lang),
        epilog=examples(lang, "dialoglots schema plan -o plan.schema.json"),
        context_settings=HELP_OPTIONS, options_metavar=options_metavar(lang),
    )  # fmt: skip
    @click.argument("what", type=click.Choice(("plan", "rule", "method")))
    @output_option(lang)
    @knowledge_options(settings, profile=False)
    @shared(lang)
    def schema(what: str, output: str | None, chosen: Chosen) -> None:
        from advisor.cli.output import opened

        with opened(output, data=True) as target:
            target.write(_schema(what, lang, not target.utf8, chosen.rules))

    return schema


def _schema(what: str, lang: str, ascii_only: bool, rules: str | None) -> str:
    import json

    from advisor.load.open_knowledge import open_shipped_knowledge
    from advisor.version import VERSION

    knowledge = open_shipped_knowledge(VERSION, rules)
    made: dict[str, Any]
    if what == "plan":
        from advisor.load.plan_schema import plan_schema

        made = plan_schema(knowledge, lang)
    else:
        from advisor.load.rule_schema import method_schema, rule_schema

        made = rule_schema(knowledge) if what == "rule" else method_schema(knowledge)
    return json.dumps(made, ensure_ascii=ascii_only, indent=2) + "\n"
