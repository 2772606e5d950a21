"""No text can upset a terminal, and every text can be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.report.characters import fitting, is_utf8, one_line, visible

DANGEROUS = ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\r", "\u202e", "\u2066", "\u200f", "\u2028", "\ufeff", "\ud800"]


@pytest.mark.parametrize(("text", "utf8", "shown"), [
    ("\x1b[31mrött", True, "␛[31mrött"),
    ("\x1b[31mrött", False, "‹1B›[31mrött"),
    ("a\x9bb", True, "a‹9B›b"),
    ("a\u202eb", True, "a‹U+202E›b"),
    ("a\x7fb", True, "a␡b"),
    ("vanlig text, å ä ö 🙂", True, "vanlig text, å ä ö 🙂"),
])  # fmt: skip
def test_marks_what_is_dangerous(text: str, utf8: bool, shown: str) -> None:
    assert visible(text, utf8) == shown


@given(st.text())
def test_nothing_dangerous_is_left(text: str) -> None:
    assert not set(visible(text)) & set(DANGEROUS)


def test_one_line_keeps_the_no_break_space() -> None:
    assert one_line("  250\u00a0000\n\tkronor \r\n") == "250\u00a0000 kronor"


@pytest.mark.parametrize(("encoding", "shown"), [
    ("cp1252", "å – « ‹ # +"), ("cp850", "å - « < █ +"), ("ascii", 'a - " < # +'),
])  # fmt: skip
def test_finds_stand_ins(encoding: str, shown: str) -> None:
    assert fitting("å – « ‹ █ ✓", encoding) == shown


@given(st.text(), st.sampled_from(["cp1252", "cp850", "ascii", "utf-8"]))
def test_what_fits_can_be_written(text: str, encoding: str) -> None:
    fitting(visible(text), encoding).encode(encoding)


def test_knows_utf8_by_its_names() -> None:
    assert is_utf8("UTF-8")
    assert is_utf8("utf8")
    assert not is_utf8("cp1252")
    assert not is_utf8(None)
