"""Where the output goes: standard output, or a file that appears whole or not at all."""

import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TextIO

import click

from advisor.errors import Message
from advisor.i18n import N_
from advisor.report.characters import fitting, is_utf8
from advisor.report.sheet import Style, unstyled

STDOUT: Final = "-"
_RETRY_SECONDS: Final = 2.0
_USUAL_WIDTH: Final = 80
_LOOKS: Final[dict[str, dict[str, object]]] = {
    "title": {"bold": True}, "heading": {"bold": True, "underline": True}, "dim": {"dim": True},
    "stop": {"fg": "red", "bold": True}, "ready": {"fg": "green", "bold": True}, "revise": {"bold": True},
    "fix": {"bold": True}, "advice": {"bold": True}, "possible": {"bold": True},
}  # fmt: skip


class CannotWrite(Exception):
    """Output that could not be written; the sentence says where and why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text("sv"))
        self.message = message


class ReaderLeft(Exception):
    """Whoever read the standard output stopped reading; there is nothing to say about it."""


class Output:
    """Takes text piece by piece. ``utf8`` tells whether every character can be written."""

    def __init__(self, stream: TextIO, encoding: str, terminal: bool) -> None:
        self._stream = stream
        self._encoding = encoding
        self.utf8 = is_utf8(encoding)
        self.terminal = terminal

    @property
    def width(self) -> int:
        """The width of the terminal; the usual one elsewhere."""
        return shutil.get_terminal_size((_USUAL_WIDTH, 24)).columns if self.terminal else _USUAL_WIDTH

    @property
    def styled(self) -> Style:
        """Gives a text its look, where colours are wanted."""
        wanted = self.terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return coloured if wanted else unstyled

    def write(self, text: str) -> None:
        """Writes a piece. Raises CannotWrite or ReaderLeft."""
        told = text if self.utf8 else fitting(text, self._encoding)
        with _told_plainly(STDOUT):
            click.echo(told, file=self._stream, nl=False) if self.terminal else self._stream.write(told)


def coloured(text: str, style: str) -> str:
    """The text with its look."""
    return click.style(text, **_LOOKS[style]) if style in _LOOKS else text  # type: ignore[arg-type]


def prepare_streams() -> None:
    """Makes standard output and error able to write every character, with a stand-in where a console cannot.

    A pipe or a file gets UTF-8, unless PYTHONIOENCODING asks for something else.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the program: it works, and says it to nobody
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="replace")


@contextmanager
def opened(path: str | None, *, data: bool = False) -> Iterator[Output]:
    """The output to write to: standard output, or the file at ``path`` once everything is written.

    ``data`` writes line ends as they are and always UTF-8 to a file or a pipe. Raises CannotWrite.
    """
    if path in (None, STDOUT):
        yield _standard_output(data)
        flush()
        return
    assert path is not None
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
        with _told_plainly(path), target.open("w", encoding="utf-8", newline="") as stream:
            yield Output(stream, "utf-8", False)
        return
    with _told_plainly(path):
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    try:
        with _told_plainly(path), os.fdopen(handle, "w", encoding="utf-8", newline="" if data else None) as stream:
            yield Output(stream, "utf-8", False)
            stream.flush()
            os.fsync(stream.fileno())
        with _told_plainly(path):
            os.chmod(temporary, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        _replace(temporary, target, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def create(path: str, text: str) -> bool:
    """Writes a new file whole; False where one exists already. Raises CannotWrite."""
    target = Path(path)
    with _told_plainly(path):
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    try:
        with _told_plainly(path):
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(temporary, 0o666 & ~_umask())
            return _take_name(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Makes a folder and those above it. Raises CannotWrite."""
    with _told_plainly(str(path)):
        path.mkdir(parents=True, exist_ok=True)


def flush() -> None:
    """Sends on what waits in standard output. Raises CannotWrite or ReaderLeft."""
    with _told_plainly(STDOUT):
        sys.stdout.flush()


def silence_stdout() -> None:
    """Points standard output at nothing, so that Python does not complain of it when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)


def _standard_output(data: bool) -> Output:
    terminal = sys.stdout.isatty()
    if data and not terminal and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(newline="")
    return Output(sys.stdout, sys.stdout.encoding or "utf-8", terminal)


@contextmanager
def _told_plainly(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        # Windows says EINVAL where others say EPIPE.
        if path == STDOUT and failure.errno in (errno.EPIPE, errno.EINVAL):
            raise ReaderLeft from failure
        reason = _reason(failure)
        if path == STDOUT:
            raise CannotWrite(Message(N_("Det går inte att skriva: {reason}."), {"reason": reason})) from failure
        values = {"path": path, "reason": reason}
        raise CannotWrite(Message(N_("{path}: går inte att skriva: {reason}."), values)) from failure


def _reason(failure: OSError) -> Message:
    reasons = {
        errno.ENOENT: N_("mappen finns inte"), errno.EACCES: N_("ni saknar behörighet"),
        errno.EPERM: N_("ni saknar behörighet"), errno.ENOSPC: N_("disken är full"),
        errno.EROFS: N_("disken är skrivskyddad"), errno.EISDIR: N_("det är en mapp"),
        errno.ENOTDIR: N_("sökvägen går genom en fil"), errno.ENAMETOOLONG: N_("namnet är för långt"),
    }  # fmt: skip
    known = reasons.get(failure.errno or 0)
    return Message(known) if known else Message("{system}", {"system": failure.strerror or type(failure).__name__})


def _replace(temporary: str, target: Path, path: str) -> None:
    """Puts the finished file in its place. On Windows someone may hold it open: then beside it, after a while."""
    until = time.monotonic() + _RETRY_SECONDS
    while True:
        try:
            os.replace(temporary, target)
        except PermissionError as failure:
            if os.name == "nt" and time.monotonic() < until:
                time.sleep(0.1)
                continue
            if os.name != "nt":
                raise CannotWrite(
                    Message(N_("{path}: går inte att skriva: {reason}."), {"path": path, "reason": _reason(failure)})
                ) from failure
            beside = target.with_name(f"{target.stem}-{time.strftime('%H%M%S')}{target.suffix}")
            os.replace(temporary, beside)
            values = {"path": path, "beside": beside.name}
            raise CannotWrite(
                Message(N_("{path} är öppen i ett annat program. Resultatet ligger i {beside} i samma mapp."), values)
            ) from failure
        return


def _take_name(temporary: str, target: Path) -> bool:
    """Gives a finished file its name unless the name is taken."""
    try:
        if os.name == "nt":
            os.rename(temporary, target)
        else:
            os.link(temporary, target)
    except FileExistsError:
        return False
    except OSError as failure:
        if failure.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
        if target.exists():  # a disk without hard links
            return False
        os.replace(temporary, target)
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
