"""``dialoglots check``: plans in, assessments out."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import click

from advisor.cli.options import (
    HELP_OPTIONS,
    Chosen,
    day_option,
    examples,
    knowledge_options,
    options_metavar,
    output_option,
    shared,
)
from advisor.cli.settings import Settings
from advisor.exit_codes import ExitCode
from advisor.i18n import N_, translate

if TYPE_CHECKING:
    from advisor.api import Opening
    from advisor.errors import Problem
    from advisor.load.baseline import Baseline
    from advisor.model.rule import Severity
    from advisor.report.summary import Summary
    from advisor.report.writer import Form

FORMATS: Final = ("text", "json", "jsonl", "csv", "html", "markdown")
FAIL_ON: Final = ("stop", "fix", "advice", "never")
_MOST_JOBS: Final = 60  # Windows waits for 63 things at once


class _Asked(NamedTuple):
    """What the command line asks for."""

    paths: tuple[str, ...]
    form: "Form"
    output: str | None
    everything: bool
    fail_on: str
    baseline: str | None
    jobs: int
    quiet: bool


def check_command(settings: Settings) -> click.Command:
    """The command in the chosen language."""
    lang = settings.lang

    @click.command(
        name="check",
        short_help=translate(N_("Granska planer."), lang),
        help=_help(lang),
        epilog=examples(
            lang, "dialoglots check plan.yaml", "dialoglots check planer/ --format csv -o planer.csv",
            "dialoglots check planer/ --format html -o planer.html --jobs 2",
            "dialoglots check planer/*.yaml --fail-on stop", "dialoglots check plan.yaml --lang en --all",
            "dialoglots check planer/ --format json -o mars.json", "dialoglots check planer/ --baseline mars.json",
        ),
        context_settings=HELP_OPTIONS, options_metavar=options_metavar(lang),
    )  # fmt: skip
    @click.argument("paths", nargs=-1, required=True, metavar=translate(N_("SÖKVÄG..."), lang))
    @click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
                  help=translate(N_("Resultatets form."), lang))  # fmt: skip
    @output_option(lang)
    @click.option("--all", "everything", is_flag=True, help=translate(N_("Visa alla påpekanden i sin helhet."), lang))
    @click.option("--fail-on", type=click.Choice(FAIL_ON), default="fix", show_default=True,
                  help=translate(N_("Lägsta allvar som ger slutkod 1."), lang))  # fmt: skip
    @click.option("--baseline", metavar=translate(N_("FIL"), lang), help=translate(N_(
        "Visa och räkna bara det som är nytt sedan en tidigare granskning, och säg vad som är borta. FIL är vad den skrev "
        "med --format json eller jsonl."
    ), lang))  # fmt: skip
    @click.option("--jobs", default="1", callback=_jobs_reader(lang), metavar=translate(N_("ANTAL"), lang), help=translate(N_(
        "Dela arbetet på så många processer. Lönar sig för hundratals planer; resultatet blir detsamma. Utan flaggan: en."
    ), lang))  # fmt: skip
    @knowledge_options(settings)
    @day_option(lang)
    @click.option("--quiet", is_flag=True, help=translate(N_("Skriv bara en rad för varje plan."), lang))
    @shared(lang)
    def check(
        paths: tuple[str, ...], form: str, output: str | None, everything: bool, fail_on: str, baseline: str | None,
        jobs: int, as_of: date | None, quiet: bool, chosen: Chosen,
    ) -> int:  # fmt: skip
        asked = _Asked(paths, cast("Form", form), output, everything, fail_on, baseline, jobs, quiet)
        return _check(settings, asked, chosen.opening(as_of))

    return check


def _help(lang: str) -> str:
    about = translate(N_(
        "Granskar planer. En SÖKVÄG är en fil, en mapp (läses med undermappar), ett mönster eller - för standard in. "
        "Planer är filer som slutar på .yaml, .yml, .json eller .jsonl (en plan på varje rad)."
    ), lang)  # fmt: skip
    forms = translate(N_(
        "text är för den som skriver planen, html och markdown är en sida om alla planer, csv öppnas i Excel, json och "
        "jsonl läses av andra program."
    ), lang)  # fmt: skip
    compared = translate(N_(
        "Med --baseline är ett påpekande känt om den tidigare granskningen hade det för samma sökväg, regel och mål, "
        "målgrupp eller metod. Det som var möjligt och nu är säkert visas igen, liksom det som har blivit allvarligare och "
        "det vars godtagande har gått ut. Planens bedömning och mognad är alltid hela planens."
    ), lang)  # fmt: skip
    codes = (
        translate(N_("Slutkoder:"), lang),
        translate(N_("  0   inget att göra"), lang),
        translate(N_("  1   det finns något att göra i planen (programmet har fungerat)"), lang),
        translate(N_("  2   en plan gick inte att läsa, de andra är granskade"), lang),
        translate(N_("  3   en regel eller kunskapsfil är fel"), lang),
        translate(N_("  64  fel i kommandot, eller en mapp utan planer (det andra är granskat)"), lang),
        translate(N_("  70  fel i programmet"), lang),
        translate(N_("  74  resultatet gick inte att skriva"), lang),
        translate(N_("  130 avbrutet"), lang),
    )
    return "\n\n".join((about, forms, compared, "\b\n" + "\n".join(codes)))


def _jobs_reader(lang: str) -> Callable[[click.Context, click.Parameter, str], int]:
    def read(context: click.Context, option: click.Parameter, value: str) -> int:
        if value.isascii() and value.isdecimal() and len(value) < 4 and 1 <= int(value) <= _MOST_JOBS:
            return int(value)
        sentence = translate("«{value}» är inget antal processer. Skriv ett heltal från 1 till {most}.", lang)
        raise click.BadParameter(sentence.format(value=value, most=_MOST_JOBS), context, option)

    return read


def _check(settings: Settings, asked: _Asked, opening: "Opening") -> int:
    from advisor.batch import WorkersLost
    from advisor.errors import NoPlans
    from advisor.load.plan_files import NoPlansHere, find_plans
    from advisor.report.summary import Summary

    found, problems = find_plans(asked.paths)
    nothing_there = [problem for problem in problems if isinstance(problem, NoPlansHere)]
    problems = [problem for problem in problems if not isinstance(problem, NoPlansHere)]
    if asked.baseline is not None:
        found = _without(asked.baseline, found)  # it may lie among the plans
    if nothing_there and not (found or problems):
        raise NoPlans(nothing_there)
    if asked.output is not None:
        _refuse_to_replace_a_plan(asked.output, found, settings.lang)
    if not asked.quiet:
        _tell_settings(settings)
    summary = Summary()
    try:
        _write(asked, opening, settings.lang, found, problems, summary)
    except WorkersLost:
        click.echo(translate(
            "Datorn avbröt de processer som skulle granska planerna, kanske för att minnet tog slut. Kör igen utan --jobs.",
            settings.lang,
        ), err=True)  # fmt: skip
        return ExitCode.INTERNAL
    if nothing_there:
        raise NoPlans(nothing_there)  # only now, when the others are written
    if summary.unreadable:
        return ExitCode.UNREADABLE
    if asked.fail_on != "never" and summary.something_at(cast("Severity", asked.fail_on)):
        return ExitCode.SOMETHING_TO_DO
    return ExitCode.OK


def _write(
    asked: _Asked, opening: "Opening", lang: str, found: list[str], problems: "list[Problem]", summary: "Summary"
) -> None:
    """Checks the plans and writes what there is to say of them. ``summary`` counts them."""
    from itertools import chain

    from advisor.api import open_adviser
    from advisor.batch import PLANS_TOGETHER, Desk, checked_pieces, tasks_of
    from advisor.cli import keep_what_is_open
    from advisor.cli.output import opened
    from advisor.cli.progress import with_progress
    from advisor.load.plan_files import Unread, shares_of
    from advisor.report.writer import Layout, open_writer

    baseline = _baseline(asked.baseline)
    shares = chain(
        shares_of(found, 1 if asked.jobs == 1 else PLANS_TOGETHER), (Unread(one.path, one) for one in problems)
    )
    with open_adviser(opening) as adviser, opened(asked.output, data=asked.form != "text") as output:
        layout = Layout(
            asked.form, lang, output.width, output.styled, output.utf8, asked.everything, asked.quiet,
            baseline.as_of if baseline else "",
        )  # fmt: skip
        writer = open_writer(layout, adviser.knowledge, adviser.tool)
        keep_what_is_open()
        tasks = tasks_of(shares, baseline, summary)
        with closing(checked_pieces(tasks, Desk(adviser, writer), opening, layout, asked.jobs, summary)) as pieces:
            shown = not (asked.quiet or (output.terminal and asked.output is None))
            counted = with_progress(pieces, _how_many(found, problems), lang) if shown else pieces
            for part in writer.document(counted, summary):
                output.write(part)


def _how_many(found: list[str], problems: "list[Problem]") -> int | None:
    """How many plans there will be; None where that shows only as they are read."""
    from advisor.load.plan_files import STDIN

    several = any(path == STDIN or path.casefold().endswith(".jsonl") for path in found)
    return None if several else len(found) + len(problems)


def _baseline(path: str | None) -> "Baseline | None":
    if path is None:
        return None
    from advisor.load.baseline import read_baseline

    return read_baseline(path)


def _without(path: str, plans: list[str]) -> list[str]:
    import os

    own = os.path.realpath(path)
    return [plan for plan in plans if os.path.realpath(plan) != own]


def _refuse_to_replace_a_plan(path: str, plans: list[str], lang: str) -> None:
    if len(_without(path, plans)) < len(plans):
        sentence = translate("{file} är en av planerna som ska granskas. Välj ett annat namn för resultatet.", lang)
        raise click.UsageError(sentence.format(file=path))


def _tell_settings(settings: Settings) -> None:
    if settings.path is not None:
        click.echo(translate("Inställningar: {path}", settings.lang).format(path=settings.path), err=True)
    for remark in settings.remarks:
        click.echo(remark.text(settings.lang), err=True)
