"""Slips of word processors and of haste that YAML lets through: told once an answer cannot be read because of them."""

from collections.abc import Callable

import pytest

HARD_SPACE = "Här står ett hårt mellanslag. Det ser ut som ett vanligt mellanslag men läses som text. Byt ut det"
COMMA = (
    "Inom klamrar börjar ett nytt fält efter varje kommatecken. Hör kommatecknet till svaret? Sätt hela svaret inom "
    "citattecken"
)
CURLY = "Citattecknen kring svaret är inte raka. Ta bort dem, eller skriv raka"
SLIPS = {
    "a hard space alone": ("title:\u00a0Skolan\n", f"1:1: {HARD_SPACE}, så här: «title: Skolan»."),
    "a hard space in the indent": ("organisation:\n  name: y\n\u00a0 kind: region\n",
                                   f"3:1: {HARD_SPACE}, så här: «kind: region»."),
    "a hard space after a dash": ("goals:\n  -\u00a0text: x\n", f"2:4: {HARD_SPACE}, så här: «- text: x»."),
    "a hard space in braces": ("organisation: {name:\u00a0x, kind: region}\n",
                               f"1:21: {HARD_SPACE}, så här: «organisation: {{name: x, kind: region}}»."),
    "bullets": ("question:\n  open:\n    • Skolvägar\n    • Fritidshem\n",
                "3:5: En lista skrivs med bindestreck och mellanslag, inte med «•», så här: «- Skolvägar»."),
    "one bullet before a field": ("goals:\n  • text: x\n",
                                  "2:3: En lista skrivs med bindestreck och mellanslag, inte med «•», så här: «- text: …»."),
    "a question mark in a list": ("question:\n  affects:\n    - ?\n",
                                  "3:7: «?» är inget svar på «affects». Skriv unknown om ni inte vet ännu."),
    "a question mark in brackets": (  # without libyaml it is a list with an empty field
        "question:\n  affects: [?]\n",
        "2:13: «?» är inget svar. Skriv unknown om ni inte vet ännu, så här: «affects: [unknown]»."),
    "a quoted question mark": ('principles:\n  adopted: "?"\n',
                               "2:12: «?» är inget svar på «adopted». Skriv unknown om ni inte vet ännu."),
    "question marks for a number": ("resources:\n  staff_hours: ??\n",
                                    "2:16: «??» är inget svar på «staff_hours». Skriv unknown om ni inte vet ännu."),
    "curly quotes": ("status: ”planned”\n", f'1:9: {CURLY}: «status: "planned"».'),
    "curly quotes round a date": ("schedule: {start: “2026-03-01”}\n", f'1:19: {CURLY}: «start: "2026-03-01"».'),
    "curly quotes in a list": ("question: {affects: [»children»]}\n", f'1:22: {CURLY}: «affects: ["children"]».'),
    "decimal comma in braces": ("resources: {staff_hours: 400,5, level: low}\n", f'1:30: {COMMA}: «staff_hours: "400,5"».'),
    "comma in a text in braces": ("organisation: {name: Barn, unga och skola, kind: region}\n",
                                  f'1:28: {COMMA}: «name: "Barn, unga och skola"».'),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_slip(slip: str, told: Callable[[str], list[str]]) -> None:
    text, sentence = SLIPS[slip]
    assert told(text) == [sentence]


@pytest.mark.parametrize("text", [
    "background: x\nquestion:\n  background: |\n    Vi gör:\n    -\u00a0en sak\n    \u00a0OBS:\u00a0mer\n",
    "title: “Skolan”\n", "title: Vad händer nu?\n", "title: '?'\n", "title:\tSkolan\n", "status: \u00a0planned\n",
    "title: • Skolan\n", "organisation: {name: '400,5'}\n",
])  # fmt: skip
def test_what_can_be_read_is_let_be(text: str, told: Callable[[str], list[str]]) -> None:
    assert told(text.removeprefix("background: x\n")) == []


def test_very_many_values_are_refused(told: Callable[[str], list[str]], told_json: Callable[[str], list[str]]) -> None:
    sentence = "Filen har fler än 100000 värden. En plan har några hundra. Kontrollera att det är rätt fil."
    assert told("title: [" + "1," * 100_000 + "1]\n") == [f"1:200003: {sentence}"]
    assert told_json('{"title": [' + "1," * 100_000 + "1]}") == [f"1:200007: {sentence}"]
    assert sentence not in str(told_json('{"title": "' + "1," * 100_000 + '"}'))


def test_very_many_items_are_refused(told: Callable[[str], list[str]]) -> None:
    assert told("goals:\n" + "  - text: x\n" * 201) == ["2:3: Listan «goals» har 201 punkter. Den får ha högst 200."]
    assert told("goals:\n" + "  - text: x\n" * 200) == []


def test_spaces_without_end_take_no_time(told: Callable[[str], list[str]]) -> None:
    [sentence] = told("resources: {staff_hours: '" + " " * 200_000 + "x'}\n")
    assert "är inget tal" in sentence
