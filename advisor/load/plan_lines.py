"""JSON lines: one plan a line, read a piece at a time so that memory stays flat however many there are."""

import codecs
import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from advisor.errors import PlanError
from advisor.load.json_documents import may_be_decoded
from advisor.load.text import LARGEST_FILE, decode

_PIECE: Final = 1024 * 1024
_LINE_FEEDS: Final = {codecs.BOM_UTF16_LE: b"\n\x00", codecs.BOM_UTF16_BE: b"\x00\n"}


def pieces_of(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of a stream, some at a time."""
    return iter(lambda: stream.read(_PIECE), b"")


def lines_of(pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers from 1; each can be decoded by itself.

    Of a line longer than any file may be only so much is kept that it is refused.
    """
    pieces = iter(pieces)
    start = next(pieces, b"")
    mark = next((mark for mark in _LINE_FEEDS if start.startswith(mark)), b"")
    line_feed = _LINE_FEEDS.get(mark, b"\n")
    rest, number = start[len(mark) :], 0
    while True:
        begin = 0
        while (end := _find(rest, line_feed, begin)) >= 0:
            number += 1
            yield from _unless_blank(number, rest[begin:end], mark)
            begin = end + len(line_feed)
        rest = rest[begin:]
        piece = next(pieces, None)
        if piece is None:
            break
        if len(rest) > LARGEST_FILE:
            end = _find(piece, line_feed, 0)
            rest = rest[: LARGEST_FILE + 2] + (piece[end:] if end >= 0 else b"")
        else:
            rest += piece
    yield from _unless_blank(number + 1, rest, mark)


def are_json_lines(head: bytes, whole: bool) -> bool:
    """Whether bytes that begin with ``{`` are several plans, one a line. ``whole``: there is no more than ``head``."""
    lines = lines_of([head])
    first = next(lines, (0, b""))[1]
    if _is_object(first):
        return not whole or next(lines, None) is not None
    if not whole or _is_object(head):
        return False
    shapes = [_looks_like_object(line) for _, line in lines_of([head])]
    return shapes.count(True) > 1 and shapes.count(True) * 2 >= len(shapes)


def begins_with_brace(head: bytes) -> bool:
    """Whether the first sign that is not blank is ``{``."""
    return _plain(next(lines_of([head]), (0, b""))[1]).lstrip()[:1] == "{"


def _find(text: bytes, line_feed: bytes, begin: int) -> int:
    """Where the line that begins at ``begin`` ends, or -1; in UTF-16 only where a sign begins."""
    end = text.find(line_feed, begin)
    while len(line_feed) > 1 and end >= 0 and (end - begin) % 2:
        end = text.find(line_feed, end + 1)
    return end


def _unless_blank(number: int, line: bytes, mark: bytes) -> Iterator[tuple[int, bytes]]:
    said = line if mark else line.removeprefix(codecs.BOM_UTF8)
    if said.strip(b" \t\r\x00") if mark else said.strip():
        yield number, mark + line


def _plain(line: bytes) -> str:
    """The text of a line as far as it can be read."""
    return line.decode("utf-16" if line.startswith(tuple(_LINE_FEEDS)) else "utf-8-sig", "replace")


def _is_object(data: bytes) -> bool:
    try:
        text = decode(data, "")
        return may_be_decoded(text) and isinstance(json.loads(text), dict)
    except (ValueError, PlanError):
        return False


def _looks_like_object(line: bytes) -> bool:
    text = _plain(line).strip()
    return text.startswith("{") and text.endswith("}")
