"""Both languages are whole: English has every text of the program, Swedish has words that click uses, nothing else.

How a catalogue is brought up to date is told in CONTRIBUTING.md.
"""

import ast
import io
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from advisor.i18n import DOMAIN, LOCALE_FOLDER

ADVISOR = LOCALE_FOLDER.parent
KEYWORDS = parse_keywords(["N_", "translate:1", "translate_plural:1,2"])
TEXTS_OF = {"N_": 1, "translate": 1, "translate_plural": 2}
# Words of click before 8.4, which the program may run on too.
OF_OLDER_CLICK = {"No such option: {name}", "{value!r} is not a valid boolean."}

Forms = tuple[str, ...]


def _forms(texts: object) -> Forms:
    """A text, or a text for one and a text for many."""
    return (texts,) if isinstance(texts, str) else tuple(texts)  # type: ignore[arg-type]


def _path(lang: str, ending: str) -> Path:
    return LOCALE_FOLDER / lang / "LC_MESSAGES" / f"{DOMAIN}.{ending}"


def _po(lang: str) -> Catalog:
    with _path(lang, "po").open("rb") as file:
        return read_po(file)


def _messages(catalog: Catalog) -> dict[Forms, Message]:
    return {_forms(message.id): message for message in catalog if message.id}


def _in_program() -> set[Forms]:
    """Every text of the program's own, as ``pybabel extract`` finds them."""
    found = extract_from_dir(ADVISOR, method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {_forms(texts) for _, _, texts, _, _ in found}


def _marked() -> Iterator[tuple[str, str]]:
    """Every text that is marked or translated in the code, wherever it stands, and its place."""
    for path in sorted(ADVISOR.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TEXTS_OF:
                for text in node.args[: TEXTS_OF[node.func.id]]:
                    if isinstance(text, ast.Constant) and isinstance(text.value, str):
                        yield f"{path.relative_to(ADVISOR)}:{text.lineno}", text.value


def _words_of_click() -> set[str]:
    folder = Path(click.__file__).parent
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in folder.glob("*.py"))
    return {node.value for tree in trees for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # fmt: skip


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _texts(read: Callable[[], Catalog]) -> dict[Forms, Forms]:
    return {key: _forms(message.string) for key, message in _messages(read()).items()}


@pytest.fixture(scope="module")
def english() -> dict[Forms, Message]:
    return _messages(_po("en"))


def test_every_marked_text_is_extracted() -> None:
    # Babel does not look inside f-strings on Python 3.11.
    extracted = {text for forms in _in_program() for text in forms}
    overlooked = [f"{place}: {text}" for place, text in _marked() if text not in extracted]
    assert not overlooked, "\n".join(overlooked)


def test_every_text_has_its_english(english: dict[Forms, Message]) -> None:
    lacking = [forms for forms in _in_program() if forms not in english or not all(_forms(english[forms].string))]
    assert not lacking, "\n".join(map(str, sorted(lacking)))


def test_no_english_is_left_over(english: dict[Forms, Message]) -> None:
    left = english.keys() - _in_program()
    assert not left, "\n".join(map(str, sorted(left)))


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_nothing_obsolete_or_fuzzy(lang: str) -> None:
    catalog = _po(lang)
    assert not catalog.obsolete
    assert not [message.id for message in catalog if message.id and message.fuzzy]


def test_english_has_the_placeholders_of_the_swedish(english: dict[Forms, Message]) -> None:
    differing = [
        (text, told)
        for forms, message in english.items()
        for text, told in zip(forms, _forms(message.string), strict=True)
        if _placeholders(text) != _placeholders(told)
    ]
    assert not differing, "\n".join(map(str, differing))


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_what_is_compiled_is_what_is_written(lang: str) -> None:
    def compiled_now() -> Catalog:
        compiled = io.BytesIO()
        write_mo(compiled, _po(lang))
        compiled.seek(0)
        return read_mo(compiled)

    def compiled_then() -> Catalog:
        with _path(lang, "mo").open("rb") as file:
            return read_mo(file)

    assert _texts(compiled_then) == _texts(compiled_now)


@pytest.mark.skipif(tuple(map(int, version("click").split(".")[:2])) < (8, 5), reason="an older click has other words")
def test_swedish_has_only_words_of_click() -> None:
    said = _words_of_click() | OF_OLDER_CLICK
    left = [forms for forms in _messages(_po("sv")) if not said.issuperset(forms)]
    assert not left, "\n".join(map(str, left))


def test_swedish_says_nothing_that_click_does_not_tell() -> None:
    differing = [
        (text, told)
        for forms, message in _messages(_po("sv")).items()
        for text, told in zip(forms, _forms(message.string), strict=True)
        if not _placeholders(told) <= _placeholders(text)
    ]
    assert not differing, "\n".join(map(str, differing))
