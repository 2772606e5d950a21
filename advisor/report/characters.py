"""Text that is safe to show: control characters and marks of text direction become visible."""

import re
import unicodedata
from typing import Final

# Whatever can move the cursor, colour the screen or turn the text round. Tab and line feed are ordinary white space.
_DANGEROUS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_WHITE_SPACE: Final = re.compile("[ \t\n]+")
_FIRST_PICTURE: Final = 0x2400  # the Unicode pictures of the control characters 0x00 to 0x20 begin here
_STAND_INS: Final = {
    "–": "-", "—": "-", "−": "-", "‑": "-", "…": "...", "•": "*", "·": "-", "’": "'", "‘": "'", "“": '"', "”": '"',
    "„": '"', "«": '"', "»": '"', "‹": "<", "›": ">", "→": "->", "≥": ">=", "≤": "<=", "\u00a0": " ", "\u202f": " ",
    "\u2009": " ", "█": "#", "░": "-", "─": "-", "✓": "+", "✗": "-",
}  # fmt: skip


def visible(text: str, utf8: bool = True) -> str:
    """The text with a visible mark for every character that does something to a terminal instead of being read."""
    return _DANGEROUS.sub(_picture if utf8 else _code, text) if _DANGEROUS.search(text) else text


def one_line(text: str, utf8: bool = True) -> str:
    """The text, visible, with a single space for all white space but the no-break kind."""
    return _WHITE_SPACE.sub(" ", visible(text.replace("\r\n", "\n"), utf8)).strip(" ")


def fitting(text: str, encoding: str) -> str:
    """The text with stand-ins for the characters that ``encoding`` lacks."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_fitting_character(character, encoding) for character in text)
    return text


def is_utf8(encoding: str | None) -> bool:
    """Whether a stream's encoding can show every character."""
    return (encoding or "").lower().replace("-", "").replace("_", "").startswith("utf")


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(_FIRST_PICTURE + code)
    return "␡" if code == 0x7F else _code(found)


def _code(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"‹{code:02X}›" if code < 0x100 else f"‹U+{code:04X}›"


def _fitting_character(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
        return _STAND_INS.get(character) or plain or "?"
    return character
