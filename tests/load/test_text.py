"""Bytes to text: the encodings that are read, and a sentence with a place for all others."""

import pytest

from advisor.errors import KnowledgeError, PlanError
from advisor.load.text import LARGEST_FILE, Lines, decode, place_of

NOT_UTF8 = (
    "Filen är inte sparad som UTF-8. Öppna den i Word eller Anteckningar, välj Spara som och kodningen UTF-8."
)


def refused(data: bytes) -> str:
    with pytest.raises(PlanError) as caught:
        decode(data, "p")
    return caught.value.text("sv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_reads_utf8_and_marked_utf16(encoding: str) -> None:
    assert decode("title: Åtgärd 😀\r\n".encode(encoding), "p") == "title: Åtgärd 😀\r\n"


def test_big_endian_utf16() -> None:
    assert decode(b"\xfe\xff" + "title: Å".encode("utf-16-be"), "p") == "title: Å"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("title: x\nplace: Åre".encode("latin-1"), "2:8"),
        ("Å".encode("cp1252"), "1:1"),
        ("å\r\nöö\rxy".encode() + b"\xff", "3:3"),
        (b"\xef\xbb\xbfab\xff", "1:3"),
        ("title: å".encode()[:-1], "1:8"),
    ],
)
def test_other_encodings_are_told_with_the_first_wrong_byte(data: bytes, place: str) -> None:
    assert refused(data) == f"p:{place}: {NOT_UTF8}"


def test_broken_utf16() -> None:
    assert refused("ab".encode("utf-16") + b"\x00") == (
        "p:1:3: Filen är skadad: den börjar som UTF-16 men fortsätter inte så. "
        "Spara den på nytt med kodningen UTF-8."
    )


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1", b"%PDF-1.7", b"{\\rtf1"])
def test_files_of_other_programs(start: bytes) -> None:
    assert refused(start + b"...") == (
        "p:1:1: Filen är ingen textfil utan till exempel ett Word-dokument, en Excel-fil eller en pdf. "
        "Spara planen som oformaterad text med kodningen UTF-8."
    )


def test_nul() -> None:
    assert refused(b"title: x\nplace: a\0b") == (
        "p:2:9: Här står ett nolltecken (NUL), som inte får finnas i en textfil. Filen är troligen skadad eller ingen "
        "textfil. Spara den på nytt som text med kodningen UTF-8."
    )


@pytest.mark.parametrize(("sign", "name"), [("\x07", "U+0007"), ("\x1b", "U+001B"), ("\x7f", "U+007F"),
                                            ("\x9f", "U+009F"), ("\uffff", "U+FFFF")])  # fmt: skip
def test_control_characters(sign: str, name: str) -> None:
    assert refused(f"a: b\nc: d{sign}".encode()) == (
        f"p:2:5: Här står ett osynligt styrtecken ({name}), som inte får finnas i filen. Ta bort det."
    )


def test_size() -> None:
    assert len(decode(b"a" * LARGEST_FILE, "p")) == LARGEST_FILE
    assert refused(b"a" * (LARGEST_FILE + 1)) == (
        "p: Filen är större än 5 MB. En plan är mycket mindre. Kontrollera att det är rätt fil."
    )


def test_knowledge_files_have_their_own_error() -> None:
    with pytest.raises(KnowledgeError):
        decode(b"\xff", "rule.yaml", error=KnowledgeError)


def test_places_count_every_line_end_once() -> None:
    text = "a\r\nb\rc\n\nd"
    assert [place_of(text, offset) for offset in (0, 1, 3, 5, 7, 8)] == [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1), (5, 1)]
    assert Lines(text).place(8) == (5, 1)
