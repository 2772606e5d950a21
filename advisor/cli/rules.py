"""``dialoglots rules``: for those who write rules."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.options import HELP_OPTIONS, Chosen, examples, knowledge_options, options_metavar, output_option, shared
from advisor.cli.settings import Settings
from advisor.exit_codes import ExitCode
from advisor.i18n import N_, translate, translate_plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from advisor.errors import Problem
    from advisor.model.profile import Terms
    from advisor.quality.mutants import MutationRun
    from advisor.quality.rules_test import ExampleResult, ExampleRun
    from advisor.quality.worked_plans import PlanResult


def rules_group(settings: Settings) -> click.Group:
    """The group in the chosen language."""
    lang = settings.lang

    @click.group(
        name="rules",
        invoke_without_command=True,
        short_help=translate(N_("Kontrollera, pröva, lista och beskriv reglerna."), lang),
        help=translate(N_("För den som skriver regler: kontrollera, pröva, lista och beskriv dem."), lang),
        epilog=examples(
            lang, "dialoglots rules check", "dialoglots rules test", "dialoglots rules list --area question",
            "dialoglots rules docs docs/regler", "dialoglots rules check --rules var-mapp",
            "dialoglots rules list --profile minimum",
        ),
        subcommand_metavar=translate(N_("KOMMANDO [ARGUMENT]..."), lang),
        context_settings=HELP_OPTIONS, options_metavar=options_metavar(lang),
    )
    @shared(lang)
    @click.pass_context
    def rules(context: click.Context) -> None:
        if context.invoked_subcommand is None:
            click.echo(context.get_help())

    rules.add_command(_check_command(settings))
    rules.add_command(_test_command(settings))
    rules.add_command(_list_command(settings))
    rules.add_command(_docs_command(settings))
    return rules


def _check_command(settings: Settings) -> click.Command:
    lang = settings.lang

    @click.command(
        name="check",
        short_help=translate(N_("Kontrollera alla regel- och kunskapsfiler."), lang),
        help=translate(N_(
            "Kontrollerar alla regel- och kunskapsfiler och visar alla fel på en gång. Slutkod 3 om något är fel."
        ), lang),
        context_settings=HELP_OPTIONS, options_metavar=options_metavar(lang),
    )  # fmt: skip
    @click.argument("folder", required=False, metavar=translate(N_("[MAPP]"), lang))
    @knowledge_options(settings)
    @shared(lang)
    def check(folder: str | None, chosen: Chosen) -> int:
        from datetime import date
        from textwrap import fill

        from advisor.cli.output import opened
        from advisor.quality.rules_check import check_rules

        where = _folder(folder, lang)
        checked = check_rules(where, date.today().isoformat(), chosen.rules, chosen.profile)
        with opened(None) as output:
            for problem in (*checked.errors, *checked.warnings):
                output.write(_shown(problem, lang) + "\n")
            told = (_counts(checked.rules, len(checked.errors), len(checked.warnings), lang), *_changed(checked.terms, lang))
            output.write(f"{_named(where, chosen)}: {', '.join(told)}\n")
            for sentence, names in (
                (N_("Nycklar i planen som ingen regel läser ({number}): {names}"), checked.unread),
                (N_("Metoder utan ett verkligt exempel ({number}): {names}"), checked.without_case),
            ):
                if names:
                    told_of = translate(sentence, lang).format(number=len(names), names=", ".join(names))
                    output.write(fill(told_of, 80, subsequent_indent="  ", break_on_hyphens=False) + "\n")
        return ExitCode.WRONG_KNOWLEDGE if checked.errors else ExitCode.OK

    return check


def _folder(folder: str | None, lang: str) -> Path:
    """The folder whose rules are meant: the one named, or the rules that came with the program."""
    from advisor.load.resources import data_folder

    where = Path(folder) if folder else data_folder()
    if (where / "profile.yaml").is_file():
        sentence = translate("{folder} är en egen mapp, som läggs till programmets regler. Ange den så: --rules {folder}", lang)
        raise click.UsageError(sentence.format(folder=where))
    if not (where / "rules").is_dir():
        sentence = translate("I mappen {folder} finns ingen mapp «rules». Ange mappen som har «rules» och «knowledge».", lang)
        raise click.UsageError(sentence.format(folder=where))
    return where


def _named(where: Path, chosen: Chosen) -> str:
    return str(where) if chosen.rules is None else f"{where} + {chosen.rules}"


def _changed(terms: "Terms", lang: str) -> Iterator[str]:
    """What the profile makes of the rules, where it changes any."""
    if terms.off:
        yield translate_plural("{number} avstängd", "{number} avstängda", len(terms.off), lang).format(number=len(terms.off))
    if terms.severity:
        yield translate("{number} med annat allvar", lang).format(number=len(terms.severity))


def _shown(problem: "Problem", lang: str) -> str:
    from advisor.report.characters import one_line

    return one_line(problem.text(lang))


def _counts(rules: int, errors: int, warnings: int, lang: str) -> str:
    return ", ".join((
        translate_plural("{number} regel", "{number} regler", rules, lang).format(number=rules),
        translate_plural("{number} fel", "{number} fel", errors, lang).format(number=errors),
        translate_plural("{number} anmärkning", "{number} anmärkningar", warnings, lang).format(number=warnings),
    ))  # fmt: skip


def _test_command(settings: Settings) -> click.Command:
    lang = settings.lang

    @click.command(
        name="test",
        short_help=translate(N_("Pröva reglernas egna exempel och exempelplanerna."), lang),
        help=translate(N_(
            "Prövar varje regels egna exempel, i den inbyggda bedömningen och i regelmotorn. Prövar också om "
            "exempelplanerna får de påpekanden som de ska. Slutkod 3 om något går fel."
        ), lang),
        context_settings=HELP_OPTIONS, options_metavar=options_metavar(lang),
    )  # fmt: skip
    @click.argument("folder", required=False, metavar=translate(N_("[MAPP]"), lang))
    @click.option("--mutants", is_flag=True, help=translate(N_(
        "Gör också varje regel fel på alla små sätt och räkna hur många av felen som reglernas exempel märker."
    ), lang))  # fmt: skip
    @knowledge_options(settings)
    @shared(lang)
    def test(folder: str | None, mutants: bool, chosen: Chosen) -> int:
        from datetime import date

        from advisor.api import Adviser
        from advisor.cli.output import opened
        from advisor.load.open_knowledge import open_knowledge_in
        from advisor.model.profile import STANDARD
        from advisor.quality.mutants import run_mutants
        from advisor.quality.rules_test import test_rules
        from advisor.quality.worked_plans import judge_worked_plans, read_worked_plans, worked_plans
        from advisor.version import VERSION

        where = _folder(folder, lang)
        knowledge = open_knowledge_in(where, VERSION, chosen.rules)
        with Adviser(knowledge, date.today(), "auto", chosen.profile, chosen.rules) as adviser:
            plans = read_worked_plans(knowledge, worked_plans(where, chosen.rules))
            # What a worked plan must show is written for the rules as they stand, whatever profile is asked for.
            as_they_stand = adviser.rulebook.under(knowledge.terms(STANDARD))
            ran, judged = test_rules(adviser.rulebook), judge_worked_plans(as_they_stand, plans)
            changed = ", ".join(_changed(adviser.rulebook.terms, lang))
            wrong = run_mutants(adviser.rulebook) if mutants else None
        deviations = [result for result in judged if not result.passed]
        with opened(None) as output:
            for result in ran.failed:
                output.write(_failure(result, lang) + "\n")
            for deviation in deviations:
                output.write(_deviation(deviation, lang) + "\n")
            profile = translate("Profilen {name}: {changed}.", lang).format(name=adviser.tool.profile, changed=changed)
            told = f"{_tested(ran, lang)}{_judged(judged, deviations, lang)}{f' {profile}' if changed else ''}"
            output.write(f"{_named(where, chosen)}: {told}\n")
            for line in _mutants(wrong, lang) if wrong is not None else ():
                output.write(line + "\n")
        return ExitCode.WRONG_KNOWLEDGE if ran.failed or deviations else ExitCode.OK

    return test


def _mutants(run: "MutationRun", lang: str) -> Iterator[str]:
    """The wrong rules that no example noticed, and how many were noticed of each kind."""
    for mutant in run.missed:
        yield translate("Inget exempel märker: {mutant}", lang).format(mutant=mutant.name)
    missed = Counter(mutant.operator for mutant in run.missed)
    counts = ", ".join(f"{operator} {made - missed[operator]}/{made}" for operator, made in run.made.items())
    made = sum(run.made.values())
    yield translate("Exemplen märker {caught} av {made} fel som gjorts med flit ({counts}).", lang).format(
        caught=run.caught, made=made, counts=counts)  # fmt: skip


def _failure(result: "ExampleResult", lang: str) -> str:
    sentence = translate("{rule}, exemplet «{example}» ({engine}): väntade {expected}, fick {given}", lang)
    expected = " ".join((result.expected, *result.expected_missing))
    given = " ".join((result.given, *result.missing))
    about = {"rule": result.rule, "example": result.example, "engine": result.engine}
    return sentence.format(**about, expected=expected, given=given)


def _tested(ran: "ExampleRun", lang: str) -> str:
    engines = sorted({result.engine for result in ran.results})
    sentences = [
        translate("{number} prövningar av exempel ({engines}), {failed} gick fel.", lang).format(
            number=len(ran.results), engines=", ".join(engines), failed=len(ran.failed)
        )
    ]
    if ran.not_in_engine:
        sentence = translate("{number} exempel hör till regler som aldrig körs i regelmotorn.", lang)
        sentences.append(sentence.format(number=ran.not_in_engine))
    return " ".join(sentences)


def _deviation(result: "PlanResult", lang: str) -> str:
    words = {
        "certain": translate("säkert påpekande", lang), "possible": translate("möjligt påpekande", lang),
        "absent": translate("inget påpekande", lang),
    }  # fmt: skip
    sentence = translate("planen {plan}, {rule} ({engine}): väntade {expected}, fick {given}", lang)
    return sentence.format(plan=result.plan, rule=result.rule, engine=result.engine, expected=words[result.expected],
                           given=words[result.given])  # fmt: skip


def _judged(results: "Sequence[PlanResult]", deviations: "Sequence[PlanResult]", lang: str) -> str:
    """A sentence on the worked plans; nothing where there are none."""
    if not results:
        return ""
    sentence = translate("{number} prövningar av exempelplaner, {failed} gick fel.", lang)
    return " " + sentence.format(number=len(results), failed=len(deviations))


def _list_command(settings: Settings) -> click.Command:
    lang = settings.lang

    @click.command(
        name="list",
        short_help=translate(N_("Lista reglerna."), lang),
        help=translate(N_("Listar reglerna i arbetsordning: id, allvar, faktor, grund och titel."), lang),
        context_settings=HELP_OPTIONS, options_metavar=options_metavar(lang),
    )
    @click.option("--area", metavar=translate(N_("OMRÅDE"), lang),
                  help=translate(N_("Bara ett område, till exempel goals."), lang))  # fmt: skip
    @output_option(lang)
    @knowledge_options(settings)
    @shared(lang)
    def list_(area: str | None, output: str | None, chosen: Chosen) -> None:
        from advisor.cli.output import opened
        from advisor.errors import Message, Problem, UnknownName
        from advisor.load.nearest import nearest
        from advisor.load.open_knowledge import open_shipped_knowledge, profile_meant
        from advisor.quality.rules_list import list_rules
        from advisor.version import VERSION

        knowledge = open_shipped_knowledge(VERSION, chosen.rules)
        terms = knowledge.terms(profile_meant(knowledge, chosen.profile))
        if area is not None and area not in knowledge.areas:
            likely = nearest(area, knowledge.areas)
            sentence = N_("Området finns inte. Menade ni {likely}?") if likely else N_("Området finns inte.")
            raise UnknownName([Problem(area, Message(sentence, {"likely": likely}))])
        listed = list(list_rules(knowledge, terms, area))
        widest = max((len(rule.id) for rule in listed), default=0)
        names = {
            "stop": translate("stopp", lang), "fix": translate("åtgärda", lang), "advice": translate("råd", lang),
            "off": translate("avstängd", lang), "conclusion": translate("slutsats", lang), "method": translate("metod", lang),
            "source": translate("källa", lang), "judgement": translate("bedömning", lang),
        }  # fmt: skip
        with opened(output) as target:
            for rule in listed:
                title = rule.title.text(lang) if rule.title else ""
                says, basis = names[rule.says], names[rule.basis]
                target.write(f"{rule.id:<{widest}}  {says:<10}  {rule.factor or '-':<10}  {basis:<9}  {title}\n")

    return list_


def _docs_command(settings: Settings) -> click.Command:
    lang = settings.lang

    @click.command(
        name="docs",
        short_help=translate(N_("Skriv handboken om reglerna."), lang),
        help=translate(N_(
            "Skriver handboken om reglerna: en sida i Markdown för varje regel, på båda språken, i MAPP. Sidor som "
            "redan finns där skrivs om."
        ), lang),
        context_settings=HELP_OPTIONS, options_metavar=options_metavar(lang),
    )  # fmt: skip
    @click.argument("folder", metavar=translate(N_("MAPP"), lang))
    @knowledge_options(settings, profile=False)
    @shared(lang)
    def docs(folder: str, chosen: Chosen) -> None:
        from advisor.api import open_adviser
        from advisor.cli.output import make_folder, opened
        from advisor.report.handbook import pages

        number = 0
        with open_adviser(chosen.opening()) as adviser:
            for name, text in pages(adviser.knowledge, adviser.tool.as_of):
                page = Path(folder, name)
                make_folder(page.parent)
                with opened(str(page), data=True) as target:
                    target.write(text)
                number += 1
        with opened(None) as output:
            sentence = translate_plural(
                "Skrev {number} sida i {folder}.", "Skrev {number} sidor i {folder}.", number, lang
            )
            output.write(sentence.format(number=number, folder=folder) + "\n")

    return docs
