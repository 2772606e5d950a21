"""The command line: the only room that knows click. Everything it says comes from ``advisor.report``."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from advisor.exit_codes import ExitCode

# What is opened at the start lives as long as the process: to look for garbage in it after every 700 new objects, as Python
# does, takes a seventh of the start. After it, ``keep_what_is_open`` goes back to that, or memory would grow with the plans.
MANY_OBJECTS: Final = 50_000
_USUAL: Final = gc.get_threshold()


def main() -> NoReturn:
    """The ``dialoglots`` command."""
    gc.set_threshold(MANY_OBJECTS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # nor is every installed package asked for plugins
    code = run(sys.argv[1:])
    gc.freeze()  # nor is there any use in looking for it as the process ends
    sys.exit(code)


def keep_what_is_open() -> None:
    """From now on garbage is looked for as usual, but not among what there is already. Only the command does so: once."""
    if gc.get_threshold()[0] == MANY_OBJECTS:
        gc.freeze()
        gc.set_threshold(*_USUAL)


def run(args: Sequence[str]) -> int:
    """Runs a command line and returns its exit code, also where it is interrupted before it has come to its senses."""
    try:
        from advisor.cli import entry

        return entry.run(args)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
