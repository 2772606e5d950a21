"""Finds plan files and reads them one by one, so that a bad one never stops the others."""

import glob
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO, Final, NamedTuple

from advisor.errors import Message, PlanError, Problem
from advisor.i18n import N_
from advisor.load.documents import Document, read_json, read_yaml
from advisor.load.plan_lines import are_json_lines, begins_with_brace, lines_of, pieces_of
from advisor.load.plan_reader import parse_plan
from advisor.load.text import LARGEST_FILE, decode
from advisor.load.wording import Wording
from advisor.model.plan import Plan

STDIN: Final = "-"
_ENDINGS: Final = (".yaml", ".yml", ".json", ".jsonl")

_NO_SUCH_PATH: Final = Message(N_("Filen eller mappen finns inte. Kontrollera sökvägen och stavningen."))
_NOTHING_IN_FOLDER: Final = Message(
    N_("Mappen innehåller inga planer. En plan är en fil som slutar på .yaml, .yml, .json eller .jsonl.")
)
_NOTHING_MATCHES: Final = Message(N_("Inga planer passar in på mönstret. Kontrollera sökvägen och stavningen."))
_NOT_READABLE: Final = N_("Går inte att läsa: {reason}.")
_A_FOLDER: Final = Message(N_("Det är en mapp, inte en plan."))
_GONE: Final = Message(N_("Filen finns inte (längre)."))
_NO_PERMISSION: Final = Message(N_("Ni saknar behörighet att läsa filen eller mappen."))
_NO_INPUT: Final = Message(N_("Det finns inget att läsa från standard in."))


class NoPlansHere(Problem):
    """A folder or a pattern in which there is no plan: wrong usage rather than an unreadable plan."""

    __slots__ = ()


class PlanSource(NamedTuple):
    """A plan as it was found, or why not. ``path`` is as given; ``file.jsonl:12`` for a line."""

    path: str
    plan: Plan | None
    error: PlanError | None = None


def find_plans(paths: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """The plan files that paths lead to, each once, with ``/`` between folders, and what is wrong with the paths.

    Folders are read with their subfolders, hidden ones skipped, sorted by path. Patterns are expanded here, for
    Windows. A path that leads nowhere is a problem; a folder or a pattern without plans is a NoPlansHere.
    """
    search = _Search()
    for path in paths:
        search.add(path)
    return search.found, search.problems


def read_plans(path: str, words: Wording | None = None) -> Iterator[PlanSource]:
    """The plan in a file, or the plans in a file of JSON lines (one at a time), or on stdin (``-``).

    The ending decides: .json, .jsonl, everything else is YAML. Never raises for what is wrong with a file: that is the
    ``error`` of a PlanSource.
    """
    try:
        if path == STDIN:
            if sys.stdin is None:
                raise PlanError([Problem(STDIN, _NO_INPUT)])
            yield from _read_stdin(sys.stdin.buffer, words)
            return
        with _open(path) as stream:
            if path.casefold().endswith(".jsonl"):
                yield from _read_lines(pieces_of(stream), path, words)
            else:
                reader = read_json if path.casefold().endswith(".json") else read_yaml
                yield _read_whole(stream.read(LARGEST_FILE + 1), path, reader, words)
    except (OSError, ValueError) as failure:  # ValueError: a path with NUL, a closed stdin
        yield PlanSource(path, None, PlanError([Problem(path, _reason(failure))]))
    except PlanError as error:
        yield PlanSource(path, None, error)


class _Search:
    """The files found so far, each once however it was reached."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.problems: list[Problem] = []
        self._seen: set[str] = set()

    def add(self, path: str) -> None:
        """Adds what a path, a folder or a pattern leads to."""
        if path == STDIN:
            self._add_file(path, STDIN)
        elif _exists(path):
            self._add_existing(path)
        elif glob.has_magic(path):
            if not self._add_matches(path):
                self.problems.append(NoPlansHere(_slashes(path), _NOTHING_MATCHES))
        else:
            self.problems.append(Problem(_slashes(path), _NO_SUCH_PATH))

    def _add_matches(self, pattern: str) -> bool:
        """Adds the plans that fit a pattern, and those below folders that do; whether there were any."""
        matched = False
        for match in sorted(glob.glob(pattern, recursive=True), key=_slashes):
            if os.path.isdir(match):
                matched |= self._add_folder(match)
            elif match.casefold().endswith(_ENDINGS):
                matched = True
                self._add_file(match, os.path.realpath(match))
        return matched

    def _add_existing(self, path: str) -> None:
        if not os.path.isdir(path):
            self._add_file(path, os.path.realpath(path))
        elif not self._add_folder(path):
            self.problems.append(NoPlansHere(_slashes(path), _NOTHING_IN_FOLDER))

    def _add_folder(self, folder: str) -> bool:
        """Adds the plans below a folder; whether there was anything to say about it."""
        plans: list[str] = []
        unreadable = len(self.problems)
        for place, folders, files in os.walk(folder, onerror=self._note):
            folders[:] = [name for name in folders if not name.startswith(".")]
            plans += [os.path.join(place, name) for name in files
                      if not name.startswith(".") and name.casefold().endswith(_ENDINGS)]  # fmt: skip
        for plan in sorted(plans, key=_slashes):
            shown = os.path.relpath(plan, folder) if os.path.normpath(folder) == os.curdir else plan
            self._add_file(shown, os.path.realpath(plan))
        return bool(plans) or len(self.problems) > unreadable

    def _add_file(self, path: str, real: str) -> None:
        if real not in self._seen:
            self._seen.add(real)
            self.found.append(_slashes(path))

    def _note(self, failure: OSError) -> None:
        self.problems.append(Problem(_slashes(str(failure.filename)), _reason(failure)))


def _exists(path: str) -> bool:
    try:
        return os.path.lexists(path)
    except ValueError:
        return False


def _slashes(path: str) -> str:
    return path.replace(os.sep, "/") if os.sep != "/" else path


def _open(path: str) -> BinaryIO:
    """The file, open. Raises PlanError for a folder, OSError where it cannot be opened."""
    if stat.S_ISDIR(os.stat(path).st_mode):
        raise PlanError([Problem(path, _A_FOLDER)])
    return open(path, "rb")


def _reason(failure: Exception) -> Message:
    if isinstance(failure, FileNotFoundError):
        return _GONE
    if isinstance(failure, PermissionError):
        return _NO_PERMISSION
    if isinstance(failure, IsADirectoryError):
        return _A_FOLDER
    return Message(_NOT_READABLE, {"reason": getattr(failure, "strerror", None) or str(failure)})


def _read_whole(
    data: bytes, path: str, reader: Callable[[str, str], Document], words: Wording | None, line: int | None = None
) -> PlanSource:
    """One plan. ``line`` is where it stands in a file of JSON lines."""
    name = path if line is None else f"{path}:{line}"
    try:
        return PlanSource(name, parse_plan(reader(decode(data, path), path), words))
    except PlanError as error:
        if line is None:
            return PlanSource(name, None, error)
        return PlanSource(name, None, PlanError(problem._replace(line=line) for problem in error.problems))


def _read_lines(pieces: Iterable[bytes], path: str, words: Wording | None) -> Iterator[PlanSource]:
    for number, line in lines_of(pieces):
        yield _read_whole(line, path, read_json, words, number)


def _read_stdin(stream: BinaryIO, words: Wording | None) -> Iterator[PlanSource]:
    """JSON where the first sign is a brace, JSON lines where more than one object follows, else YAML."""
    head = stream.read(LARGEST_FILE + 1)
    is_json = begins_with_brace(head)
    if is_json and are_json_lines(head, whole=len(head) <= LARGEST_FILE):
        yield from _read_lines(chain([head], pieces_of(stream)), STDIN, words)
    else:
        yield _read_whole(head, STDIN, read_json if is_json else read_yaml, words)
