"""The empty plan file: everything is in it, it is read as an empty plan, and filled in it is a plan."""

import re

import pytest

from advisor.load.documents import read_yaml
from advisor.load.plan_fields import fields
from advisor.load.plan_reader import parse_plan
from advisor.load.plan_sentences import options_of
from advisor.load.plan_template import empty_plan
from advisor.load.wording import Wording
from advisor.model.answers import Listed
from advisor.model.plan import Plan


@pytest.fixture(params=["sv", "en", "bare"])
def text(request: pytest.FixtureRequest, words: Wording) -> str:
    return empty_plan() if request.param == "bare" else empty_plan(words, request.param)


def test_it_is_an_empty_plan_of_format_1(text: str) -> None:
    assert parse_plan(read_yaml(text, "p")) == Plan(format=1)


def test_lines_are_short_and_clean(text: str) -> None:
    assert max(map(len, text.splitlines())) <= 100
    assert not [line for line in text.splitlines() if line != line.rstrip() or "\t" in line]
    assert text.endswith(":\n")


def test_every_field_in_order(text: str) -> None:
    document = read_yaml(text, "p").data
    keys: list[tuple[str, ...]] = []

    def walk(value: object, path: tuple[str, ...]) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                keys.append((*path, key))
                walk(inner, (*path, key))
        elif isinstance(value, list):
            for item in value:
                walk(item, path)

    walk(document, ())
    assert keys == list(fields())


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_question_and_option_is_told(words: Wording, lang: str) -> None:
    text = " ".join(re.sub(r"\n *#", "", empty_plan(words, lang)).split())
    for path in fields():
        asked = words.questions.get(".".join(path))
        assert asked is None or " ".join(asked.ask.text(lang).split()) in text, path
        for option in options_of(path, words):
            assert option.label is not None
            assert f"{option.name} = {option.label.text(lang)}" in text, (path, option)


def test_the_head_tells_how(words: Wording) -> None:
    head = empty_plan(words).partition("\n\n")[0]
    for word in ("vet ej", "hakparenteser", "rad", "UTF-8", "mellanslag", "citattecken"):
        assert word in head


def test_filled_in_by_hand(words: Wording) -> None:
    filled = empty_plan(words)
    for key, answer in {"title:": "Ny skola", "  influenceable:": "partly", "  open:": "[Skolor, Fritidshem]",
                        "  - text:": "Bättre skola", "    measurable:": "ja"}.items():  # fmt: skip
        filled = filled.replace(f"\n{key}\n", f"\n{key} {answer}\n", 1)
    filled = filled.replace("\n  fixed:\n", "\n  fixed:\n    - ett svar\n    - ett till\n")
    plan = parse_plan(read_yaml(filled, "p"))
    assert plan.title == "Ny skola"
    assert plan.question.open == Listed(("Skolor", "Fritidshem"))  # type: ignore[union-attr]
    assert plan.question.fixed == Listed(("ett svar", "ett till"))  # type: ignore[union-attr]
    assert [goal.text for goal in plan.goals] == ["Bättre skola"]  # type: ignore[union-attr]
