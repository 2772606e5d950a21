"""YAML and JSON as plain data with places."""

from types import ModuleType

import pytest

from advisor.errors import KnowledgeError, PlanError
from advisor.load.documents import read_json, read_yaml
from advisor.load.refusals import DEEPEST
from advisor.load.yaml_documents import may_nest_deeply

YAML = """\
title: Skola   # not read
mandate: {date: 2026-02-03, given_by: "null"}
goals:
  - text: |
      En rad
    kind: views
  - unknown
"""


def told(text: str, *, json: bool = False) -> list[str]:
    with pytest.raises(PlanError) as caught:
        (read_json if json else read_yaml)(text, "p")
    return [problem.text("sv").removeprefix("p:") for problem in caught.value.problems]


def test_every_scalar_is_text_but_nothing() -> None:
    data = read_yaml("a: 1\nb: true\nc: 2026-02-03\nd: 0123\ne: no\nf: 12:30\ng: 1_000\nh: null\ni: ~\nj:\nk: 'null'\n"
                     "l: \"\"\nm: Null\nn: |\n  null\n", "p").data  # fmt: skip
    assert data == {"a": "1", "b": "true", "c": "2026-02-03", "d": "0123", "e": "no", "f": "12:30", "g": "1_000",
                    "h": None, "i": None, "j": None, "k": "null", "l": "", "m": None, "n": "null\n"}  # fmt: skip


def test_keys_are_always_text() -> None:
    assert read_yaml("1: a\nnull: b\ntrue: c\n~: d\n'': e\n", "p").data == {
        "1": "a", "null": "b", "true": "c", "~": "d", "": "e"}  # fmt: skip


def test_typed_reads_the_core_schema() -> None:
    text = "[true, False, 12, -3, 0x1F, 0o17, 1.5, -.5, 1e3, 2026-02-03, no, '12', .nan, .inf, 1_0, 12:30, null, 1e999]"
    assert read_yaml(text, "p", typed=True).data == [
        True, False, 12, -3, 31, 15, 1.5, -0.5, 1000.0, "2026-02-03", "no", "12", ".nan", ".inf", "1_0", "12:30", None,
        "1e999"]  # fmt: skip


def test_typed_files_have_their_own_error() -> None:
    with pytest.raises(KnowledgeError):
        read_yaml("a: b: c", "rule.yaml", typed=True)


@pytest.mark.parametrize("text", ["", "   \n", "# only a comment\n", "null", "~", "---\n"])
def test_nothing(text: str) -> None:
    assert read_yaml(text, "p").data is None


@pytest.mark.parametrize(
    ("loc", "key", "place"),
    [
        ((), False, (1, 1)),
        (("title",), False, (1, 8)),
        (("title",), True, (1, 1)),
        (("mandate", "date"), False, (2, 17)),
        (("mandate", "date"), True, (2, 11)),
        (("goals", 0, "kind"), False, (6, 11)),
        (("goals", 0, "kind"), True, (6, 5)),
        (("goals", 1), False, (7, 5)),
        (("goals", 1, "text"), False, (7, 5)),
        (("goals", 9, "text"), False, (4, 3)),
        (("goals", 0, "missing"), True, (4, 5)),
        (("nothing", "here"), True, (1, 1)),
    ],
)
def test_yaml_places(loc: tuple[str | int, ...], key: bool, place: tuple[int, int]) -> None:
    assert read_yaml(YAML, "p").position(loc, key=key) == place


def test_places_in_an_empty_file() -> None:
    assert read_yaml("", "p").position(("a",)) == (1, 1)
    assert read_json("", "p").position(("a",), key=True) == (1, 1)


def test_line_separators_of_other_programs_are_no_line_breaks() -> None:
    document = read_yaml("title: a\u2028b\x85c\u2029d\nplace: x\n", "p")
    assert document.data == {"title": "a b c d", "place": "x"}
    assert document.position(("place",)) == (2, 8)


def test_windows_and_old_mac_line_ends() -> None:
    assert read_yaml("title: a\r\nplace: b\r\n", "p").data == read_yaml("title: a\rplace: b\r", "p").data


def test_all_duplicate_keys_are_told() -> None:
    assert told("title: a\nmandate:\n  date: x\n  date: y\ntitle: b\ntitle: c\n") == [
        "4:3: Fältet «date» står två gånger, första gången på rad 3. Behåll bara det ena.",
        "5:1: Fältet «title» står två gånger, första gången på rad 1. Behåll bara det ena.",
        "6:1: Fältet «title» står två gånger, första gången på rad 1. Behåll bara det ena.",
    ]


def test_complex_keys() -> None:
    assert told("? [a, b]\n: c\n{d: e}: f\n") == [
        "1:3: Ett fältnamn ska vara ett ord följt av kolon, inte en lista eller flera fält.",
        "3:1: Ett fältnamn ska vara ett ord följt av kolon, inte en lista eller flera fält.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title: &namn Skola\nplace: *namn\n",
         ["1:8: «&namn» är ett ankare i YAML och får inte användas här. Är det vanlig text? Sätt den inom citattecken.",
          "2:8: «*namn» är ett alias i YAML och får inte användas här. Är det vanlig text? Sätt den inom "
          "citattecken."]),
        ("title: !viktigt Skola\n",
         ["1:8: «!viktigt» är en tagg i YAML och får inte användas här. Är det vanlig text? Sätt den inom "
          "citattecken."]),
        ("mandate: !!map {}\n",
         ["1:10: «tag:yaml.org,2002:map» är en tagg i YAML och får inte användas här. Är det vanlig text? Sätt den "
          "inom citattecken."]),
        ("goals: [&a x, b]\n",
         ["1:9: «&a» är ett ankare i YAML och får inte användas här. Är det vanlig text? Sätt den inom citattecken."]),
        ("goals: [*odefinierad]\n",
         ["1:9: «*odefinierad» är ett alias i YAML och får inte användas här. Är det vanlig text? Sätt den inom "
          "citattecken."]),
        ("&a title: x\n",
         ["1:1: «&a» är ett ankare i YAML och får inte användas här. Är det vanlig text? Sätt den inom citattecken."]),
    ],
)  # fmt: skip
def test_anchors_aliases_and_tags_are_refused_by_name(text: str, sentence: list[str]) -> None:
    assert told(text) == sentence


def test_their_signs_may_stand_in_text() -> None:
    text = "title: Barn & unga! 5 * 3\nplace: \"&a *b !c\"\nform: a&b, c*d\ntopic: 'x' # & * !\n"
    assert read_yaml(text, "p").data == {
        "title": "Barn & unga! 5 * 3", "place": "&a *b !c", "form": "a&b, c*d", "topic": "x"}  # fmt: skip


@pytest.mark.parametrize("text", ["title: a\n---\ntitle: b\n", "a\n---\nb\n"])
def test_several_documents(text: str) -> None:
    assert told(text) == [
        "2:1: Här börjar en andra plan i samma fil. Lägg varje plan i en egen fil, eller ta bort raden med tre streck "
        "eller tre punkter."
    ]


def test_one_document_may_have_its_marks() -> None:
    assert read_yaml("---\ntitle: a\n...\n", "p").data == {"title": "a"}


@pytest.mark.parametrize("levels", [DEEPEST + 1, 499, 501, 5000])
@pytest.mark.parametrize("build", [
    lambda levels: "[" * levels + "]" * levels,
    lambda levels: "".join(f"{' ' * level}a:\n" for level in range(levels)),
    lambda levels: "- " * levels + "a",
    lambda levels: "? " * levels + "a",
    lambda levels: "\n".join("{a: " for _ in range(levels)),
], ids=["flow", "block", "dashes", "question marks", "open braces"])  # fmt: skip
def test_too_deep(build: object, levels: int) -> None:
    assert callable(build)
    [sentence] = told(build(levels))
    too_deep = sentence.endswith("Här finns fler än 64 nivåer inuti varandra. Kontrollera indrag och parenteser.")
    assert too_deep or levels < 500  # what can be composed safely may be wrong in another way first


def test_as_deep_as_allowed() -> None:
    text = "[" * DEEPEST + "]" * DEEPEST
    assert read_yaml(text, "p").data == read_json(text, "p").data


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n"])
def test_the_cheap_look_sees_every_deep_line(break_: str) -> None:
    assert may_nest_deeply(" " * 300 + "a: b")
    assert may_nest_deeply(f"a: b{break_}{' ' * 300}a: b")
    assert may_nest_deeply(f"a: b{break_}{'- ' * 150}a")
    assert not may_nest_deeply(f"a: b{break_}b: {'-' * 300}")


def test_many_flat_brackets_are_no_nesting() -> None:
    text = "\n".join("- [a, {b: c}]" for _ in range(1000))
    assert len(read_yaml(text, "p").data) == 1000


def test_lone_surrogates_do_not_reach_libyaml() -> None:
    assert told("title: a\ud800b")[0].startswith("1:9: Här står ett osynligt styrtecken (U+D800)")


class TestWithoutLibyaml:
    def test_reads_the_same(self, pure_yaml: ModuleType, full_plan: str) -> None:
        data, places = pure_yaml.load_yaml(full_plan, "p", False, PlanError)
        document = read_yaml(full_plan, "p")
        assert data == document.data
        for loc in (("title",), ("goals", 0, "kind"), ("target_groups", 1, "channels", 0)):
            assert places.find(loc, False) == document.position(loc)
            assert places.find(loc, True) == document.position(loc, key=True)

    def test_deep_text_is_refused(self, pure_yaml: ModuleType) -> None:
        for levels in (100, 499, 600):
            with pytest.raises(PlanError, match="fler än 64 nivåer"):
                pure_yaml.load_yaml("[" * levels + "]" * levels, "p", False, PlanError)

    def test_lone_surrogates(self, pure_yaml: ModuleType) -> None:
        assert pure_yaml.load_yaml('title: "a\\ud800b"', "p", False, PlanError)[0] == {"title": "a\ufffdb"}
