"""``dialoglots check``: plans in, assessments out."""

import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import click

from advisor.cli.options import HELP_OPTIONS, day_option, examples, options_metavar, output_option, shared
from advisor.cli.settings import Settings
from advisor.exit_codes import ExitCode
from advisor.i18n import N_, translate, translate_plural

if TYPE_CHECKING:
    from advisor.api import Adviser
    from advisor.cli.output import Output
    from advisor.model.assessment import CheckedPlan
    from advisor.report.summary import Summary

FORMATS: Final = ("text", "json", "jsonl", "csv")
_PATIENCE: Final = 1.0  # seconds before a progress line appears
_BETWEEN: Final = 0.2


def check_command(settings: Settings) -> click.Command:
    """The command in the chosen language."""
    lang = settings.lang

    @click.command(
        name="check",
        short_help=translate(N_("Granska planer."), lang),
        help=_help(lang),
        epilog=examples(
            lang, "dialoglots check plan.yaml", "dialoglots check planer/ --format csv -o planer.csv",
            "dialoglots check planer/*.yaml --fail-on stop", "dialoglots check plan.yaml --lang en --all",
        ),
        context_settings=HELP_OPTIONS, options_metavar=options_metavar(lang),
    )  # fmt: skip
    @click.argument("paths", nargs=-1, required=True, metavar=translate(N_("SÖKVÄG..."), lang))
    @click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
                  help=translate(N_("Resultatets form."), lang))  # fmt: skip
    @output_option(lang)
    @click.option("--all", "everything", is_flag=True, help=translate(N_("Visa alla påpekanden i sin helhet."), lang))
    @click.option("--fail-on", type=click.Choice(("stop", "fix", "advice", "never")), default="fix", show_default=True,
                  help=translate(N_("Lägsta allvar som ger slutkod 1."), lang))  # fmt: skip
    @day_option(lang)
    @click.option("--quiet", is_flag=True, help=translate(N_("Skriv bara en rad för varje plan."), lang))
    @shared(lang)
    def check(
        paths: tuple[str, ...], form: str, output: str | None, everything: bool, fail_on: str, as_of: date | None,
        quiet: bool,
    ) -> int:  # fmt: skip
        return _check(settings, paths, form, output, everything, fail_on, as_of, quiet)

    return check


def _help(lang: str) -> str:
    about = translate(N_(
        "Granskar planer. En SÖKVÄG är en fil, en mapp (läses med undermappar), ett mönster eller - för standard in. "
        "Planer är filer som slutar på .yaml, .yml, .json eller .jsonl."
    ), lang)  # fmt: skip
    codes = (
        translate(N_("Slutkoder:"), lang),
        translate(N_("  0   inget att göra"), lang),
        translate(N_("  1   det finns något att göra i planen (programmet har fungerat)"), lang),
        translate(N_("  2   en plan gick inte att läsa, de andra är granskade"), lang),
        translate(N_("  3   en regel eller kunskapsfil är fel"), lang),
        translate(N_("  64  fel i kommandot"), lang),
        translate(N_("  74  resultatet gick inte att skriva"), lang),
    )
    return about + "\n\n\b\n" + "\n".join(codes)


def _check(
    settings: Settings, paths: tuple[str, ...], form: str, path: str | None, everything: bool, fail_on: str,
    as_of: date | None, quiet: bool,
) -> int:  # fmt: skip
    from advisor.api import check_files, open_knowledge
    from advisor.cli.output import opened
    from advisor.report.summary import Summary

    if path is not None:
        _refuse_to_replace_a_plan(path, paths, settings.lang)
    if not quiet:
        _tell_settings(settings)
    summary = Summary()
    with open_knowledge(as_of=as_of) as adviser:
        plans = check_files(paths, adviser)
        # The first plan is read before anything is written: a folder without plans leaves no half output behind.
        first = next(plans, None)
        with opened(path, data=form != "text") as output:
            shown = not (quiet or (output.terminal and path is None))
            counted = _counted(_with_first(first, plans), settings.lang) if shown else _with_first(first, plans)
            for piece in _pieces(form, counted, adviser, summary, settings.lang, output, everything, quiet):
                output.write(piece)
    if summary.unreadable:
        return ExitCode.UNREADABLE
    if fail_on != "never" and summary.something_at(fail_on):  # type: ignore[arg-type]  # click has checked it
        return ExitCode.SOMETHING_TO_DO
    return ExitCode.OK


def _refuse_to_replace_a_plan(path: str, paths: tuple[str, ...], lang: str) -> None:
    import os

    from advisor.load.plan_files import find_plans

    target = os.path.realpath(path)
    if any(os.path.realpath(plan) == target for plan in find_plans(paths)[0]):
        sentence = translate("{file} är en av planerna som ska granskas. Välj ett annat namn för resultatet.", lang)
        raise click.UsageError(sentence.format(file=path))


def _pieces(
    form: str, plans: "Iterable[CheckedPlan]", adviser: "Adviser", summary: "Summary", lang: str, output: "Output",
    everything: bool, quiet: bool,
) -> Iterator[str]:  # fmt: skip
    from advisor.report.words import Speaker

    speaker, tool = Speaker(adviser.knowledge, lang, adviser.tool.as_of), adviser.tool
    if form == "csv":
        from advisor.report.table_csv import csv_table

        return csv_table(plans, speaker, summary)
    if form in ("json", "jsonl"):
        from advisor.report.plan_json import json_document, json_lines

        writer = json_document if form == "json" else json_lines
        return writer(plans, speaker, tool, summary, ascii_only=not output.utf8)
    from advisor.report.text import TextReport

    report = TextReport(speaker, tool, output.width, output.styled, output.utf8, everything, quiet)
    return report.pieces(plans, summary)


def _with_first(first: "CheckedPlan | None", rest: "Iterator[CheckedPlan]") -> "Iterator[CheckedPlan]":
    if first is not None:
        yield first
    yield from rest


def _counted(plans: "Iterator[CheckedPlan]", lang: str) -> "Iterator[CheckedPlan]":
    """The plans, with a line on standard error that counts them where that is a terminal and it takes a while."""
    if not sys.stderr.isatty():
        yield from plans
        return
    started = told = time.monotonic()
    written = False
    for number, checked in enumerate(plans, 1):
        now = time.monotonic()
        if now - started > _PATIENCE and now - told > _BETWEEN:
            sentence = translate_plural("{number} plan granskad …", "{number} planer granskade …", number, lang)
            click.echo("\r" + sentence.format(number=number), err=True, nl=False)
            told, written = now, True
        yield checked
    if written:
        click.echo("\r" + " " * 40 + "\r", err=True, nl=False)


def _tell_settings(settings: Settings) -> None:
    if settings.path is not None:
        click.echo(translate("Inställningar: {path}", settings.lang).format(path=settings.path), err=True)
    for remark in settings.remarks:
        click.echo(remark.text(settings.lang), err=True)
