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
_LARGEST_SHARE: Final = 1024 * 1024  # bytes of lines
_ENDINGS: Final = (".yaml", ".yml", ".json", ".jsonl")

_NO_SUCH_PATH: Final = Message(N_("Filen eller mappen finns inte. Kontrollera sökvägen och stavningen."))
_NOTHING_IN_FOLDER: Final = Message(
    N_("Mappen innehåller inga planer. En plan är en fil som slutar på .yaml, .yml, .json eller .jsonl.")
)
_NOTHING_MATCHES: Final = Message(N_("Inga planer passar in på mönstret. Kontrollera sökvägen och stavningen."))
_NOT_READABLE: Final = N_("Går inte att läsa: {reason}.")
_A_FOLDER: Final = Message(N_("Det är en mapp, inte en plan."))
_NO_FILE: Final = Message(
    N_("Det är ingen vanlig fil. Är det ett rör eller en enhet? Skicka innehållet till standard in och skriv - som sökväg.")
)
_NO_LINES: Final = Message(N_("Filen innehåller inga planer. I en fil som slutar på .jsonl står en plan på varje rad."))
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


class Files(NamedTuple):
    """Files with a plan each."""

    paths: tuple[str, ...]


class Lines(NamedTuple):
    """Lines of a file of JSON lines, with their numbers: a plan each."""

    path: str
    lines: tuple[tuple[int, bytes], ...]


class Whole(NamedTuple):
    """All that came on stdin: one plan."""

    data: bytes
    is_json: bool


class Unread(NamedTuple):
    """A plan, or a file of plans, that is not to be read, and why."""

    path: str
    problem: Problem


Share = Files | Lines | Whole | Unread


def split(share: Share) -> list[Share]:
    """The same plans in shares of one."""
    match share:
        case Files(paths):
            return [Files((path,)) for path in paths]
        case Lines(path, lines):
            return [Lines(path, (line,)) for line in lines]
        case _:
            return [share]


def names_in(share: Share) -> list[str]:
    """What the plans of a share are called in every report."""
    match share:
        case Files(paths):
            return list(paths)
        case Lines(path, lines):
            return [f"{path}:{number}" for number, _ in lines]
        case Whole():
            return [STDIN]
        case Unread(path, _):
            return [path]


def find_plans(paths: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """The plan files that paths lead to, each once, with ``/`` between folders, and what is wrong with the paths.

    Folders are read with their subfolders, hidden ones skipped, sorted by path. Patterns are expanded here, for
    Windows. A path that leads nowhere is a problem; a folder or a pattern without plans is a NoPlansHere.
    """
    search = _Search()
    for path in paths:
        search.add(path)
    return search.found, search.problems


def shares_of(paths: Iterable[str], largest: int = 1) -> Iterator[Share]:
    """The plans in files and on stdin (``-``), in order, in shares that can be read one by one, also elsewhere.

    Only what must be is read for that: JSON lines, some at a time, and stdin. At most ``largest`` files, or as many
    lines, go together.
    """
    together: list[str] = []
    for path in paths:
        several = path == STDIN or path.casefold().endswith(".jsonl")
        if not several:
            together.append(path)
        if together and (several or len(together) >= largest):
            yield Files(tuple(together))
            together = []
        if several:
            yield from _shares_in(path, largest)
    if together:
        yield Files(tuple(together))


def read_share(share: Share, words: Wording | None = None) -> Iterator[PlanSource]:
    """The plans of a share, one at a time. Never raises for what is wrong: that is the ``error`` of a PlanSource."""
    match share:
        case Files(paths):
            for path in paths:
                yield _read_file(path, words)
        case Lines(path, lines):
            for number, line in lines:
                yield _read_whole(line, path, read_json, words, number)
        case Whole(data, is_json):
            yield _read_whole(data, STDIN, read_json if is_json else read_yaml, words)
        case Unread(path, problem):
            yield PlanSource(path, None, PlanError([problem]))


def read_plans(path: str, words: Wording | None = None) -> Iterator[PlanSource]:
    """The plan in a file, or the plans in a file of JSON lines (one at a time), or on stdin (``-``).

    The ending decides: .json, .jsonl, everything else is YAML. Never raises for what is wrong with a file: that is the
    ``error`` of a PlanSource. There is at least one.
    """
    for share in shares_of([path]):
        yield from read_share(share, words)


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
    """The file, open. Raises PlanError for what is no file, OSError where it cannot be opened."""
    mode = os.stat(path).st_mode
    if not stat.S_ISREG(mode):  # a pipe may never say anything, a device never end
        raise PlanError([Problem(path, _A_FOLDER if stat.S_ISDIR(mode) else _NO_FILE)])
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


def _read_file(path: str, words: Wording | None) -> PlanSource:
    reader = read_json if path.casefold().endswith(".json") else read_yaml
    try:
        with _open(path) as stream:
            return _read_whole(stream.read(LARGEST_FILE + 1), path, reader, words)
    except (OSError, ValueError) as failure:  # ValueError: a path with NUL
        return PlanSource(path, None, PlanError([Problem(path, _reason(failure))]))
    except PlanError as error:
        return PlanSource(path, None, error)


def _shares_in(path: str, largest: int) -> Iterator[Share]:
    """The shares of JSON lines or of stdin."""
    try:
        if path == STDIN:
            if sys.stdin is None:
                raise PlanError([Problem(STDIN, _NO_INPUT)])
            yield from _shares_of_stdin(sys.stdin.buffer, largest)
            return
        nothing = True
        with _open(path) as stream:
            for share in _lines_together(pieces_of(stream), path, largest):
                nothing = False
                yield share
        if nothing:
            yield Unread(path, Problem(path, _NO_LINES))
    except (OSError, ValueError) as failure:  # ValueError: a path with NUL, a closed stdin
        yield Unread(path, Problem(path, _reason(failure)))
    except PlanError as error:
        yield Unread(path, error.problems[0])


def _shares_of_stdin(stream: BinaryIO, largest: int) -> Iterator[Share]:
    """JSON where the first sign is a brace, JSON lines where more than one object follows, else YAML."""
    head = stream.read(LARGEST_FILE + 1)
    is_json = begins_with_brace(head)
    if is_json and are_json_lines(head, whole=len(head) <= LARGEST_FILE):
        yield from _lines_together(chain([head], pieces_of(stream)), STDIN, largest)
    else:
        yield Whole(head, is_json)


def _lines_together(pieces: Iterable[bytes], path: str, largest: int) -> Iterator[Lines]:
    together: list[tuple[int, bytes]] = []
    size = 0
    for number, line in lines_of(pieces):
        together.append((number, line))
        size += len(line)
        if len(together) >= largest or size >= _LARGEST_SHARE:
            yield Lines(path, tuple(together))
            together, size = [], 0
    if together:
        yield Lines(path, tuple(together))
