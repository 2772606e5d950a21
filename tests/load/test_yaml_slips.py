"""The commonest slips in YAML: each has its own sentence with place and, where it helps, the line as it should be."""

from types import ModuleType

import pytest

from advisor.errors import PlanError
from advisor.load.documents import read_yaml

QUOTES = "Sätt hela texten inom citattecken"
HARD_SPACE = (
    "Här står ett hårt mellanslag. Det ser ut som ett vanligt mellanslag men läses som text. Byt ut det"
)
QUESTION_MARK = "«?» är inget svar. Skriv unknown om ni inte vet ännu"
GENERAL = (
    "Filen går inte att läsa här. Kontrollera kolon, indrag, parenteser och citattecken på raden och på raden ovanför."
)
NO_COLON = (
    "Raden har inget kolon. Är den ett fält? Skriv fältets namn, kolon och ett mellanslag. Är den en fortsättning på "
    "texten ovanför? Dra in den med två mellanslag."
)
OPEN_QUOTE = "Citattecknet som börjar här avslutas aldrig. Sätt ett likadant citattecken där texten slutar"
COLON_IN_FLOW = (
    "Här står ett kolon för mycket. Antingen saknas ett kommatecken före, eller så ska texten stå inom citattecken"
)


def indent(column: int, columns: str) -> str:
    return (
        f"Indraget stämmer inte. Raden börjar i kolumn {column}, men raderna ovanför börjar i kolumn {columns}. "
        "Fält som hör ihop ska börja i samma kolumn."
    )


SLIPS = {
    "colon in text": (
        "format: 1\ntitle: Skolan: en fråga\nstatus: planned\n",
        f'2:14: Texten innehåller ett kolon. {QUOTES}, så här: «title: "Skolan: en fråga"».'),
    "colon in text with a comment": (
        "title: Skolan: en fråga  # utkast\n",
        f'1:14: Texten innehåller ett kolon. {QUOTES}, så här: «title: "Skolan: en fråga"  # utkast».'),
    "colon in text with quotes": (
        'title: Skolan: "vår" fråga\n',
        f"1:14: Texten innehåller ett kolon. {QUOTES}, så här: «title: 'Skolan: \"vår\" fråga'»."),
    "colon last": ("title: Skolan:\nstatus: planned\n",
                   f'1:14: Texten innehåller ett kolon. {QUOTES}, så här: «title: "Skolan:"».'),
    "colon in an item": ("goals:\n  - text: Mål: bättre\n",
                         f'2:14: Texten innehåller ett kolon. {QUOTES}, så här: «- text: "Mål: bättre"».'),
    "colon in braces": (
        "organisation: {name: Skolan: en, kind: region}\n",
        f'1:28: {COLON_IN_FLOW}, så här: «organisation: {{name: "Skolan: en", kind: region}}».'),
    "colon on the second line of a text": ("title: Skolan i norr\n  och söder: en fråga\n",
                                           f"2:12: Texten innehåller ett kolon. {QUOTES}."),
    "tab": ("organisation:\n\tname: X\n",
            "2:1: Raden innehåller en tabb. Använd mellanslag i stället, så här: «  name: X»."),
    "tab further down": ("organisation:\n  name: X\n\tkind: region\n",
                         "3:1: Raden innehåller en tabb. Använd mellanslag i stället, så här: «  kind: region»."),
    "no space": ("title:Skolan\nstatus: planned\n",
                 "1:6: Det saknas ett mellanslag efter kolonet, så här: «title: Skolan»."),
    "no space in the middle": ("status: planned\ntitle:Skolan\ntopic: school\n",
                               "2:6: Det saknas ett mellanslag efter kolonet, så här: «title: Skolan»."),
    "no space in an item": ("goals:\n  - text:Foo\n    kind: views\n",
                            "2:9: Det saknas ett mellanslag efter kolonet, så här: «- text: Foo»."),
    "no space in a section": ("organisation:\n  kind: region\n  name:Foo\ntitle: X\n",
                              "3:7: Det saknas ett mellanslag efter kolonet, så här: «name: Foo»."),
    "no space after a dash": ("question:\n  open:\n    - Bar\n    -Foo\n  fixed: x\n",
                              "4:5: Det saknas ett mellanslag efter strecket, så här: «- Foo»."),
    "open quote": ('title: "Skolan\nstatus: planned\n', f'1:8: {OPEN_QUOTE}, så här: «title: "Skolan"».'),
    "open quote closed by the next": ('title: "Skolan\nstatus: "planned"\n',
                                      f'1:8: {OPEN_QUOTE}, så här: «title: "Skolan"».'),
    "open single quote": ("title: 'Skolan\nstatus: planned\nplace: 'x'\n",
                          f"1:8: {OPEN_QUOTE}, så här: «title: 'Skolan'»."),
    "open quote in braces": ('organisation: {name: "Skolan, kind: region}\ntitle: x\n', f"1:22: {OPEN_QUOTE}."),
    "text after a quote": (
        'title: "Skolan" i norr\nstatus: planned\n',
        f"1:17: Texten fortsätter efter det andra citattecknet. {QUOTES}, så här: «title: '\"Skolan\" i norr'»."),
    "backslash": (
        'place: "C:\\docs"\n',
        "1:11: Ett omvänt snedstreck (\\) går inte att använda så här inom raka citattecken. Använd enkla citattecken, "
        "så här: «place: 'C:\\docs'»."),
    "open bracket": (
        "title: [Utkast Skola\nstatus: x\n",
        "1:8: Parentesen «[» som börjar här avslutas aldrig. Sätt «]» där den ska sluta. Är det vanlig text? Sätt den "
        "inom citattecken."),
    "open brace": (
        "organisation: {name: X, kind: region\nstatus: x\ntopic: school\n",
        "1:15: Parentesen «{» som börjar här avslutas aldrig. Sätt «}» där den ska sluta. Är det vanlig text? Sätt den "
        "inom citattecken."),
    "one brace too many": ("organisation: {name: c}}\n",
                           "1:24: Här står «}» utan att någon sådan parentes har börjat. Ta bort tecknet."),
    "a closing bracket": ("title: ] foo\n",
                          "1:8: Här står «]» utan att någon sådan parentes har börjat. Ta bort tecknet."),
    "a dash first": (
        "title: - Foo\nstatus: x\n",
        f'1:8: Efter kolonet står ett streck. Är det vanlig text? {QUOTES}, så här: «title: "- Foo"». Är det en lista? '
        "Börja på en ny rad."),
    "indent too small": ("organisation:\n   name: X\n  kind: region\n", f"3:3: {indent(3, '1 eller 4')}"),
    "indent too large": ("organisation:\n  name: X\n   kind: region\n", f"3:4: {indent(4, '1 eller 3')}"),
    "indent at the top": ("title: X\n  status: planned\n", f"2:3: {indent(3, '1')}"),
    "indent in an item": ("goals:\n  - text: X\n   kind: views\n", f"3:4: {indent(4, '1 eller 5')}"),
    "indent at the dash": ("goals:\n  - text: X\n  kind: views\n", f"3:3: {indent(3, '1 eller 5')}"),
    "indent of a dash": ("goals:\n  - text: X\n - text: Y\n", f"3:2: {indent(2, '1, 3 eller 5')}"),
    "indent of the first line": (" title: X\nstatus: planned\n", f"2:1: {indent(1, '2')}"),
    "no colon": ("title\nstatus: planned\n", f"1:1: {NO_COLON}"),
    "no colon in the middle": ("status: planned\ntitle\ntopic: school\n", f"2:1: {NO_COLON}"),
    "equals sign": ("title = Foo\nstatus: x\n", f"1:1: {NO_COLON}"),
    "text goes on at the margin": ("background: Elevantalet har\nminskat i tio år.\ntopic: school\n",
                                   f"2:1: {NO_COLON}"),
    "bullets": ("question:\n  affects:\n  • children\n  • youth\n",
                "3:3: En lista skrivs med bindestreck och mellanslag, inte med «•», så här: «- children»."),
    "a dash of a word processor": ("question:\n  affects:\n  – children\n  – youth\n",
                                   "3:3: En lista skrivs med bindestreck och mellanslag, inte med «–», så här: «- children»."),
    "stars": ("question:\n  affects:\n  * children\n",
              "3:3: En lista skrivs med bindestreck och mellanslag, inte med «*», så här: «- children»."),
    "dashes of a word processor before fields": (
        "goals:\n  – text: x\n  – text: y\n",
        "3:3: En lista skrivs med bindestreck och mellanslag, inte med «–», så här: «- text: …»."),
    "a question mark": ("principles:\n  adopted: ?\n", f"2:12: {QUESTION_MARK}, så här: «adopted: unknown»."),
    "a question mark in braces": ("principles: {adopted: ?, document: x}\n",
                                  f"1:23: {QUESTION_MARK}, så här: «principles: {{adopted: unknown, document: x}}»."),
    "a hard space after a colon": ("title:\u00a0Skolan\nstatus: planned\n", f"1:7: {HARD_SPACE}, så här: «title: Skolan»."),
    "a hard space in the indent": ("organisation:\n \u00a0name: y\n  kind: region\n", f"2:2: {HARD_SPACE}, så här: «name: y»."),
    "a hard space after a dash": ("question:\n  affects:\n  -\u00a0children\n",
                                  f"3:4: {HARD_SPACE}, så här: «- children»."),
    "colon in curly quotes": ("title: “Skolan: en fråga”\n",
                              f'1:15: Texten innehåller ett kolon. {QUOTES}, så här: «title: "Skolan: en fråga"».'),
    "hard spaces within a text are none": (
        "title: Ny\u00a0skola: en\u00a0fråga\n",
        f'1:16: Texten innehåller ett kolon. {QUOTES}, så här: «title: "Ny\u00a0skola: en\u00a0fråga"».'),
    "general": ("%YAML 3.0\n---\ntitle: x\n", f"1:1: {GENERAL}"),
}  # fmt: skip
FIRST_SIGNS = {
    "@skolan": "@skolan", "`skolan`": "`skolan`", "%20 av": "%20 av", "& co": "& co", "*viktigt* att": "*viktigt* att",
    "* viktigt": "* viktigt", "? foo": "? foo", "| foo": "| foo", "> foo": "> foo", "[Utkast] Skola": "[Utkast] Skola",
    "{Utkast} Skola": "{Utkast} Skola", ", foo": ", foo",
}  # fmt: skip


def told(text: str) -> str:
    with pytest.raises(PlanError) as caught:
        read_yaml(text, "p")
    [problem] = caught.value.problems
    return problem.text("sv").removeprefix("p:")


@pytest.mark.parametrize("slip", SLIPS)
def test_slip(slip: str) -> None:
    text, sentence = SLIPS[slip]
    assert told(text) == sentence


@pytest.mark.parametrize("slip", SLIPS)
def test_slip_without_libyaml(slip: str, pure_yaml: ModuleType) -> None:
    text, sentence = SLIPS[slip]
    with pytest.raises(PlanError) as caught:
        pure_yaml.load_yaml(text, "p", False, PlanError)
    told, expected = caught.value.text("sv").removeprefix("p:"), sentence
    if slip == "backslash":  # its mark is one sign further on
        told, expected = told.split(": ", 1)[1], expected.split(": ", 1)[1]
    assert told == expected


@pytest.mark.parametrize("value", FIRST_SIGNS)
@pytest.mark.parametrize("key", ["title", "- text"])
def test_text_that_begins_with_a_sign(key: str, value: str) -> None:
    text = f"status: draft\n{key}: {value}\n" if key == "title" else f"goals:\n{key}: {value}\n"
    assert told(text) == (
        f'2:{len(key) + 3}: En text får inte börja med «{value[0]}». {QUOTES}, så här: «{key}: "{value}"».'
    )


def test_a_percent_sign_at_the_margin() -> None:
    assert told("%foo\ntitle: x\n") == f"1:1: En text får inte börja med «%». {QUOTES}."


@pytest.mark.parametrize("slip", SLIPS)
def test_the_mended_line_can_be_read(slip: str) -> None:
    _, _, example = told(SLIPS[slip][0]).partition("så här: «")
    if example:
        read_yaml(example.rpartition("».")[0].split("». Är det en lista?")[0], "p")


def test_long_lines_have_no_example() -> None:
    sentence = told(f"title: {'Skolan ' * 30}: en fråga\n")
    assert sentence == f"1:218: Texten innehåller ett kolon. {QUOTES}."


@pytest.mark.parametrize("unit", ["a: b: c\n", "\t", "'", '"', "- - ", "{a: ", "a:b ", "# ", "    ", "x\n"])
def test_explaining_takes_no_time_however_large_the_file(unit: str) -> None:
    text = (unit * (400_000 // len(unit)))[:400_000]
    with pytest.raises(PlanError):
        read_yaml(f"title: x\n{text}\n  : : '", "p")
