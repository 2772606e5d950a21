"""The command tree in one language. Commands import what they need when they run, so that a cold start is short."""

import click

from advisor.cli.check import check_command
from advisor.cli.explain import explain_command, why_command
from advisor.cli.options import HELP_OPTIONS, examples, options_metavar, shared
from advisor.cli.plans import new_command, schema_command
from advisor.cli.rules import rules_group
from advisor.cli.settings import Settings
from advisor.i18n import N_, translate, use_for_click


def commands(settings: Settings) -> click.Group:
    """The whole command, speaking the chosen language."""
    lang = settings.lang
    use_for_click(lang)

    @click.group(
        name="dialoglots",
        invoke_without_command=True,
        help=translate(N_(
            "Granskar planer för medborgardialog. Programmet läser en plan och säger vad som saknas eller är "
            "riskabelt, varför, och vad ni kan göra åt det. Bakom varje råd finns en regel, och en källa eller en bedömning."
        ), lang),
        epilog=examples(
            lang, "dialoglots new plan.yaml", "dialoglots check plan.yaml", "dialoglots why plan.yaml goals.missing",
            "dialoglots explain goals.missing", "dialoglots --lang en check plan.yaml",
        ),
        subcommand_metavar=translate(N_("KOMMANDO [ARGUMENT]..."), lang),
        context_settings=HELP_OPTIONS, options_metavar=options_metavar(lang),
    )  # fmt: skip
    @click.option("--version", is_flag=True, help=translate(N_("Visa versioner och avsluta."), lang))
    @shared(lang)
    @click.pass_context
    def dialoglots(context: click.Context, version: bool) -> None:
        if version:
            _tell_version(lang)
            context.exit()
        if context.invoked_subcommand is None:
            click.echo(context.get_help())

    dialoglots.add_command(check_command(settings))
    dialoglots.add_command(why_command(settings))
    dialoglots.add_command(explain_command(settings))
    dialoglots.add_command(new_command(settings))
    dialoglots.add_command(schema_command(settings))
    dialoglots.add_command(rules_group(settings))
    return dialoglots


def _tell_version(lang: str) -> None:
    import platform

    from advisor.api import open_knowledge
    from advisor.cli.output import opened

    with open_knowledge() as adviser, opened(None) as output:
        tool = adviser.tool
        knowledge = translate("kunskap {version} ({sha256})", lang).format(
            version=tool.knowledge_version, sha256=tool.knowledge_sha256[:12]
        )
        engine = translate("motor {engine}", lang).format(engine=tool.engine)
        output.write(f"dialoglots {tool.version}, {knowledge}, {engine}, Python {platform.python_version()}\n")
