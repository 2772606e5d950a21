"""Bytes to text: UTF-8 with or without a byte order mark, or UTF-16 with one, and nothing that YAML would refuse."""

import codecs
import re
from bisect import bisect_right
from typing import Final

from advisor.errors import DialoglotsError, Message, PlanError, Problem
from advisor.i18n import N_

LARGEST_FILE: Final = 5 * 1024 * 1024

# What YAML refuses in a file: control characters, lone surrogates and two noncharacters.
_REFUSED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_OTHER_PROGRAMS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
_LINE_BREAK: Final = re.compile("\r\n|\r|\n")
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

TOO_LARGE: Final = Message(N_("Filen är större än 5 MB. En plan är mycket mindre. Kontrollera att det är rätt fil."))
NOT_UTF8: Final = Message(
    N_("Filen är inte sparad som UTF-8. Öppna den i Word eller Anteckningar, välj Spara som och kodningen UTF-8.")
)
NOT_UTF16: Final = Message(
    N_("Filen är skadad: den börjar som UTF-16 men fortsätter inte så. Spara den på nytt med kodningen UTF-8.")
)
NOT_TEXT: Final = Message(
    N_(
        "Filen är ingen textfil utan till exempel ett Word-dokument, en Excel-fil eller en pdf. Spara planen som "
        "oformaterad text med kodningen UTF-8."
    )
)
NUL: Final = Message(
    N_(
        "Här står ett nolltecken (NUL), som inte får finnas i en textfil. Filen är troligen skadad eller ingen "
        "textfil. Spara den på nytt som text med kodningen UTF-8."
    )
)


def decode(data: bytes, path: str, *, error: type[DialoglotsError] = PlanError) -> str:
    """The text of a file's bytes, without its byte order mark. ``error`` is raised where it cannot be read."""
    if len(data) > LARGEST_FILE:
        raise error([Problem(path, TOO_LARGE)])
    if data.startswith(_OTHER_PROGRAMS):
        raise error([Problem(path, NOT_TEXT, 1, 1)])
    encoding, wrong = ("utf-16", NOT_UTF16) if data.startswith(_UTF16) else ("utf-8", NOT_UTF8)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as failure:
        readable = data[: failure.start].decode(encoding, "ignore")
        raise error([Problem(path, wrong, *place_of(readable, len(readable)))]) from None
    refused = refused_character(text, path)
    if refused:
        raise error([refused])
    return text


def refused_character(text: str, path: str) -> Problem | None:
    """The first character that may not stand in a file, as a problem; None where there is none."""
    found = _REFUSED.search(text)
    if found is None:
        return None
    code = ord(found[0])
    message = NUL if code == 0 else Message(
        N_("Här står ett osynligt styrtecken ({code}), som inte får finnas i filen. Ta bort det."),
        {"code": f"U+{code:04X}"},
    )  # fmt: skip
    return Problem(path, message, *place_of(text, found.start()))


def lines_of(text: str) -> list[str]:
    """The lines of a text without their ends."""
    return _LINE_BREAK.split(text)


class Lines:
    """Where the lines of a text begin; a line ends with LF, CR LF or CR."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of a place in the text."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a single place in a text."""
    return Lines(text[:offset]).place(offset)
