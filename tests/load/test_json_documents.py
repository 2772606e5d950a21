"""JSON: numbers in plain notation, places, and a sentence for every mistake."""

import json

import pytest

from advisor.errors import PlanError
from advisor.load.documents import read_json


def told(text: str) -> list[str]:
    with pytest.raises(PlanError) as caught:
        read_json(text, "p")
    return [problem.text("sv").removeprefix("p:") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"), ("-0", "-0"), ("250000", "250000"), ("12345678901234567890", "12345678901234567890"),
        ("1.5", "1.5"), ("1.50", "1.5"), ("2.0", "2"), ("-0.0", "0"), ("1e3", "1000"), ("1E+3", "1000"),
        ("1e-7", "0.0000001"), ("1.25e-3", "0.00125"), ("1e20", "100000000000000000000"), ("1e400", "1e400"),
        ("-1e400", "-1e400"), ("0.1", "0.1"),
    ],
)  # fmt: skip
def test_numbers_become_plain_text(number: str, text: str) -> None:
    assert read_json(f"[{number}]", "p").data == [text]


def test_what_is_no_number_stays() -> None:
    assert read_json('{"a": true, "b": false, "c": null, "d": "1.50", "e": [], "f": {}}', "p").data == {
        "a": True, "b": False, "c": None, "d": "1.50", "e": [], "f": {}}  # fmt: skip


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff", "null"])
def test_nothing(text: str) -> None:
    assert read_json(text, "p").data is None


def test_lone_surrogates_are_replaced_in_texts_and_keys() -> None:
    assert read_json(r'{"a\ud800": "\udfffx", "b": "\ud83d\ude00"}', "p").data == {"a\ufffd": "\ufffdx", "b": "😀"}
    assert read_json('{"a": "\ud800"}', "p").data == {"a": "\ufffd"}


def test_places() -> None:
    document = read_json('{"a": 1,\n "b": {"c": [1, {"d": "x\\"]"}], "e": {}, "f": []},\n "g": 2}', "p")
    expected = {
        (): (1, 1), ("a",): (1, 7), ("b",): (2, 7), ("b", "c"): (2, 13), ("b", "c", 1, "d"): (2, 23),
        ("b", "c", 5): (2, 13), ("b", "e"): (2, 38), ("b", "f"): (2, 47), ("g",): (3, 7), ("none", 1): (1, 1),
    }  # fmt: skip
    assert {loc: document.position(loc) for loc in expected} == expected
    assert document.position(("b", "c"), key=True) == (2, 8)
    assert document.position(("b", "none"), key=True) == (2, 7)


def test_places_agree_with_the_data() -> None:
    data = {"a": [{"b": ["x", {"c": "å\n\"\\"}]}, [], {}, [[["y"]]]], "d": {"e": {"f": None}}}
    text = json.dumps(data, indent=3)
    lines = text.split("\n")

    def walk(value: object, loc: tuple[str | int, ...]) -> None:
        line, column = read_json(text, "p").position(loc)
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        assert json.JSONDecoder().raw_decode(rest)[0] == value
        pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for step, inner in pairs:
            walk(inner, (*loc, step))

    walk(data, ())


def test_duplicate_keys_and_constants_all_at_once() -> None:
    assert told('{"a": 1,\n "b": [{"c": NaN, "c": 2}],\n "a": -Infinity, "d": "NaN"}') == [
        "2:14: NaN är inget tal som går att använda. Skriv ett tal, eller null om svaret saknas.",
        "2:19: Fältet «c» står två gånger, första gången på rad 2. Behåll bara det ena.",
        "3:2: Fältet «a» står två gånger, första gången på rad 1. Behåll bara det ena.",
        "3:7: -Infinity är inget tal som går att använda. Skriv ett tal, eller null om svaret saknas.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a":1,}', "1:7: Här står ett kommatecken utan något efter sig. Ta bort kommatecknet."),
        ('{"a":[1,\n]}', "1:8: Här står ett kommatecken utan något efter sig. Ta bort kommatecknet."),
        ("{'a':1}", "1:2: Här ska det stå raka dubbla citattecken (\"), inte «'»."),
        ("{\"a\":'x'}", "1:6: Här ska det stå raka dubbla citattecken (\"), inte «'»."),
        ('{"a": ”x”}', '1:7: Här ska det stå raka dubbla citattecken ("), inte «”».'),
        ("{a:1}", '1:2: Fältets namn ska stå inom raka dubbla citattecken, till exempel "title".'),
        ('{"a" 1}', "1:6: Här saknas ett kolon efter fältets namn."),
        ('{\n "a":"x', "2:6: Citattecknet som börjar här avslutas aldrig. Sätt ett citattecken där texten slutar."),
        ('{"a":"x\ny"}', "Texten är bruten över flera rader eller innehåller en tabb. "
                          "Skriv \\n för ny rad och \\t för tabb."),
        ('{"a":"\\d"}', "1:7: Ett omvänt snedstreck (\\) går inte att använda så här. Skriv två (\\\\)."),
        ('{"a":1} {"b":2}', "1:9: Här står något efter planens slut. Flera planer i samma fil: en på varje rad, i en "
                            "fil som slutar på .jsonl."),
        ('{"a":ja}', '1:6: Här saknas ett värde. Är det text? Sätt den inom raka dubbla citattecken (").'),
        ("title: x", '1:1: Här saknas ett värde. Är det text? Sätt den inom raka dubbla citattecken (").'),
        ('{"a":', "1:6: Filen tar slut för tidigt. Det saknas en avslutande parentes, ] eller }."),
        ('{"a":[1', "1:8: Filen tar slut för tidigt. Det saknas en avslutande parentes, ] eller }."),
        ('{"a":1\n "b":2}', "2:2: Här saknas ett kommatecken, eller så avslutas en text för tidigt. Citattecken inne "
                            "i en text skrivs \\\"."),
        ("// x\n{}", "1:1: I JSON går det inte att skriva kommentarer. Ta bort raden, eller spara planen som YAML."),
        ('{"a":1,\n# x\n"b":2}', "2:1: I JSON går det inte att skriva kommentarer. Ta bort raden, eller spara planen "
                                 "som YAML."),
    ],
)  # fmt: skip
def test_syntax(text: str, sentence: str) -> None:
    assert [one.endswith(sentence) for one in told(text)] == [True], told(text)


@pytest.mark.parametrize("levels", [65, 499, 501, 100_000])
def test_deep_json_never_recurses(levels: int) -> None:
    deep = "Här finns fler än 64 nivåer inuti varandra. Kontrollera indrag och parenteser."
    assert told("[" * levels + "]" * levels) == [f"1:65: {deep}"]
    assert told('{"a":' * levels + "1" + "}" * levels) == [f"1:{64 * 5 + 1}: {deep}"]


def test_brackets_in_texts_are_no_levels() -> None:
    text = json.dumps({"title": "[{" * 5000, "place": "]}\\\"" * 100})
    assert read_json(text, "p").data == json.loads(text)
