"""Where the command begins and ends: language, command tree, and one exit code for whatever happened."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from advisor.cli.output import CannotWrite, ReaderLeft, flush, prepare_streams, silence_stdout
from advisor.cli.settings import SettingsError, language_before_settings, settle
from advisor.errors import DialoglotsError, KnowledgeError, PlanError
from advisor.exit_codes import ExitCode
from advisor.i18n import translate, use_for_click


def run(args: Sequence[str]) -> int:
    """Runs a command line and returns its exit code. No traceback reaches the user."""
    prepare_streams()
    lang = language_before_settings(args)
    try:
        try:
            use_for_click(lang)
            settings = settle(args)
            lang = settings.lang
            use_for_click(lang)
            from advisor.cli.commands import commands

            tree = commands(settings)
            code = tree.main(list(args), prog_name="dialoglots", standalone_mode=False, windows_expand_args=False)
            flush()
            return int(code or ExitCode.OK)
        except click.UsageError as error:
            with suppress(OSError):  # standard error may be gone too
                error.show()
            return ExitCode.WRONG_USAGE
        except DialoglotsError as error:
            _tell(error.text(lang))
            return _code_of(error)
        except CannotWrite as error:
            _tell(error.message.text(lang))
            silence_stdout()
            return ExitCode.CANNOT_WRITE
        except ReaderLeft:
            silence_stdout()
            return ExitCode.CANNOT_WRITE
    except (KeyboardInterrupt, click.Abort):
        _tell(translate("Avbrutet.", lang))
        silence_stdout()
        return ExitCode.INTERRUPTED
    except Exception as error:
        if os.environ.get("DIALOGLOTS_DEBUG") == "1":
            raise
        sentence = translate(
            "Ett fel i programmet: {kind}. Det beror inte på er. Kör igen med DIALOGLOTS_DEBUG=1 och skicka det som "
            "visas till den som sköter programmet.", lang,
        )  # fmt: skip
        _tell(sentence.format(kind=type(error).__name__))
        return ExitCode.INTERNAL


def _code_of(error: DialoglotsError) -> ExitCode:
    if isinstance(error, KnowledgeError):
        return ExitCode.WRONG_KNOWLEDGE
    if isinstance(error, PlanError) and not isinstance(error, SettingsError):
        return ExitCode.UNREADABLE
    return ExitCode.WRONG_USAGE


def _tell(text: str) -> None:
    """Says something on standard error, which may be gone too."""
    from advisor.report.characters import fitting, visible

    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    try:
        sys.stderr.write(fitting("\n".join(visible(line) for line in text.split("\n")), encoding) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return
