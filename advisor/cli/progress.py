"""How far a long check has come, on standard error, where somebody sits at a terminal."""

import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from advisor.i18n import N_, translate, translate_plural
from advisor.report.characters import fitting

_PATIENCE: Final = 1.0  # seconds before anything is shown
_BETWEEN: Final = 0.2
_BAR: Final = 18
_SECONDS: Final = 90  # from here on the time left is told in minutes


def with_progress(pieces: Iterable[str], total: int | None, lang: str, stream: TextIO | None = None) -> Iterator[str]:
    """The pieces, one a plan, while a line on standard error tells how many have passed; it is erased in the end.

    ``total`` None: nobody knows how many there will be. Nothing is shown where the stream is no terminal.
    """
    stream = stream or sys.stderr
    if not stream.isatty():
        yield from pieces
        return
    started = time.monotonic()
    told, last = "", started
    try:
        for number, piece in enumerate(pieces, 1):
            now = time.monotonic()
            if now - started >= _PATIENCE and now - last >= _BETWEEN:
                line = progress_line(number, total, now - started, lang)
                width = shutil.get_terminal_size().columns - 1
                last, told = now, _show(stream, line[:width], told)
            yield piece
    finally:
        if told:
            _show(stream, "", told)


def progress_line(number: int, total: int | None, seconds: float, lang: str) -> str:
    """How far the check has come after ``seconds``."""
    if total is None:
        return translate_plural("{number} plan granskad", "{number} planer granskade", number, lang).format(number=number)
    filled = min(number, total) * _BAR // total
    sentence = translate(N_("{number} av {total} planer granskade, {left}"), lang)
    left = _time_left(seconds * max(total - number, 0) / number, lang)
    return f"[{'#' * filled}{'-' * (_BAR - filled)}] {sentence.format(number=number, total=total, left=left)}"


def _time_left(seconds: float, lang: str) -> str:
    if seconds < _SECONDS:
        number = max(round(seconds), 1)
        return translate_plural("ungefär {number} sekund kvar", "ungefär {number} sekunder kvar", number, lang).format(
            number=number
        )
    number = round(seconds / 60)
    return translate_plural("ungefär {number} minut kvar", "ungefär {number} minuter kvar", number, lang).format(number=number)


def _show(stream: TextIO, line: str, before: str) -> str:
    """Writes over the line that was there before."""
    shown = fitting(line, getattr(stream, "encoding", None) or "utf-8")
    stream.write("\r" + shown.ljust(len(before)) + ("" if shown else "\r"))
    stream.flush()
    return shown
