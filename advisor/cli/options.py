"""Options that several commands share."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import click

from advisor.cli.settings import Settings
from advisor.i18n import LANGUAGES, N_, translate

if TYPE_CHECKING:
    from advisor.api import Opening

HELP_OPTIONS: Final = {"help_option_names": ["-h", "--help"]}

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def day_option(lang: str) -> Callable[[CommandT], CommandT]:
    """``--as-of``: the day the plan is judged as of."""

    def read(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
        if value is None:
            return None
        try:
            if len(value) != len("2026-03-01"):
                raise ValueError(value)
            return date.fromisoformat(value)
        except ValueError:
            sentence = translate("«{value}» är inget datum. Skriv till exempel 2026-03-01.", lang)
            raise click.BadParameter(sentence.format(value=value), context, option) from None

    return click.option(
        "--as-of", callback=read, metavar=translate(N_("DATUM"), lang),
        help=translate(N_("Bedöm som om det vore den dagen (ÅÅÅÅ-MM-DD)."), lang),
    )  # fmt: skip


class Chosen(NamedTuple):
    """Which knowledge a command works with. ``rules`` is a folder of the user's own; None adds nothing."""

    profile: str | None
    rules: str | None

    def opening(self, as_of: date | None = None) -> "Opening":
        """What to open, for a day or for today."""
        from advisor.api import Opening

        return Opening(as_of or date.today(), profile=self.profile, rules=self.rules)


def knowledge_options(settings: Settings, *, profile: bool = True) -> Callable[[CommandT], CommandT]:
    """``--rules`` and, with ``profile``, ``--profile``: the command gets them as ``chosen``, else what the settings say."""
    lang = settings.lang

    def decorate(command: CommandT) -> CommandT:
        @wraps(command)
        def choosing(*args: Any, rules: str | None, profile: str | None = None, **others: Any) -> Any:
            return command(*args, chosen=Chosen(profile or settings.profile, rules or settings.rules), **others)

        taking = click.option("--rules", metavar=translate(N_("MAPP"), lang), help=translate(N_(
            "Lägg till egna regler, egen kunskap och egen profil ur en mapp."
        ), lang))(choosing)  # fmt: skip
        if profile:
            taking = click.option("--profile", metavar=translate(N_("NAMN"), lang), help=translate(N_(
                "Hur strängt reglerna tas: minimum, standard, exemplary eller en egen."
            ), lang))(taking)  # fmt: skip
        return taking  # type: ignore[return-value]  # click has kept what it wraps

    return decorate


def shared(lang: str) -> Callable[[CommandT], CommandT]:
    """The options that every command takes. They were read before click came to them (``settings``)."""

    def decorate(command: CommandT) -> CommandT:
        with_lang = click.option(
            "--lang", type=click.Choice(LANGUAGES), expose_value=False,
            help=translate(N_("Språk, svenska eller engelska."), lang),
        )(command)  # fmt: skip
        return click.option(
            "--config", metavar=translate(N_("FIL"), lang), expose_value=False,
            help=translate(N_("Läs inställningar ur den här filen."), lang),
        )(with_lang)  # fmt: skip

    return decorate


def output_option(lang: str) -> Callable[[CommandT], CommandT]:
    """Where the output goes."""
    return click.option(
        "-o", "--output", metavar=translate(N_("FIL"), lang),
        help=translate(N_("Skriv till en fil. Den skrivs hel eller inte alls."), lang),
    )  # fmt: skip


def options_metavar(lang: str) -> str:
    """How usage says that options may follow."""
    return translate(N_("[FLAGGOR]"), lang)


def examples(lang: str, *lines: str) -> str:
    """The end of a help text: commands to try, as they are written."""
    return "\b\n" + "\n".join((translate(N_("Exempel:"), lang), *(f"  {line}" for line in lines)))
