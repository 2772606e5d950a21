"""JSON as plain data, with a sentence for everything that can be wrong in it."""

import json
import re
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from advisor.errors import DialoglotsError, Message, Problem
from advisor.i18n import N_
from advisor.load.refusals import (
    DEEPEST,
    MOST_PROBLEMS,
    MOST_VALUES,
    TOO_DEEP,
    TOO_MANY,
    duplicate_key,
    without_lone_surrogates,
)
from advisor.load.text import Lines, place_of

_TRAILING_COMMA: Final = N_("Här står ett kommatecken utan något efter sig. Ta bort kommatecknet.")
_QUOTE_SIGNS: Final = N_('Här ska det stå raka dubbla citattecken ("), inte «{sign}».')
_NAME_IN_QUOTES: Final = N_('Fältets namn ska stå inom raka dubbla citattecken, till exempel "title".')
_NO_COMMENT: Final = N_("I JSON går det inte att skriva kommentarer. Ta bort raden, eller spara planen som YAML.")
_TEXT_IN_QUOTES: Final = N_('Här saknas ett värde. Är det text? Sätt den inom raka dubbla citattecken (").')
_ENDS_EARLY: Final = N_("Filen tar slut för tidigt. Det saknas en avslutande parentes, ] eller }}.")
_NO_COMMA: Final = N_(
    'Här saknas ett kommatecken, eller så avslutas en text för tidigt. Citattecken inne i en text skrivs \\".'
)
_NO_COLON: Final = N_("Här saknas ett kolon efter fältets namn.")
_OPEN_QUOTE: Final = N_("Citattecknet som börjar här avslutas aldrig. Sätt ett citattecken där texten slutar.")
_LINE_IN_TEXT: Final = N_(
    "Texten är bruten över flera rader eller innehåller en tabb. Skriv \\n för ny rad och \\t för tabb."
)
_BACKSLASH: Final = N_("Ett omvänt snedstreck (\\) går inte att använda så här. Skriv två (\\\\).")
_MORE_AFTER: Final = N_(
    "Här står något efter planens slut. Flera planer i samma fil: en på varje rad, i en fil som slutar på .jsonl."
)
_NOT_A_NUMBER: Final = N_("{word} är inget tal som går att använda. Skriv ett tal, eller null om svaret saknas.")
_GENERAL: Final = N_(
    "Filen går inte att läsa som JSON här. Kontrollera kommatecken, kolon, parenteser och citattecken."
)

_BY_WORDS: Final = (
    ("Expecting ':'", _NO_COLON),
    ("Illegal trailing comma", _TRAILING_COMMA),
    ("Unterminated string", _OPEN_QUOTE),
    ("Invalid control character", _LINE_IN_TEXT),
    ("Invalid \\", _BACKSLASH),
    ("Extra data", _MORE_AFTER),
)
_STRING: Final = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_TOKEN: Final = re.compile(rf'{_STRING}|[\[\]{{}},:]|[^\s\[\]{{}},:"]+', re.DOTALL)
_BRACKET: Final = re.compile(rf"{_STRING}|[\[\]{{}}]", re.DOTALL)
_BEFORE_A_VALUE: Final = re.compile(rf"{_STRING}|[\[{{,:]", re.DOTALL)
_CONSTANT: Final = re.compile(rf"{_STRING}|(NaN|-?Infinity)", re.DOTALL)
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_SAFELY_SHALLOW: Final = 500  # the standard library recurses once a level

Loc = tuple[str | int, ...]


class JsonPlaces:
    """Where the parts of a JSON text stand; looked for only once somebody asks."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _offsets(self) -> tuple[dict[Loc, int], dict[Loc, int]]:
        return _index(self._text)[:2]

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text)

    def line(self, number: int) -> str:
        """Nothing: no slip in JSON is told by its line."""
        return ""

    def find(self, loc: Loc, key: bool) -> tuple[int, int]:
        """Line and column of the value at ``loc`` or of its key, else of the nearest enclosing part."""
        values, keys = self._offsets
        if key and loc in keys:
            return self._lines.place(keys[loc])
        while loc and loc not in values:
            loc = loc[:-1]
        return self._lines.place(values.get(loc, 0))


def load_json(text: str, path: str, error: type[DialoglotsError]) -> tuple[Any, JsonPlaces]:
    """The data of a JSON text and where its parts stand; a blank text is None. Raises ``error`` with what is wrong."""
    text = text.removeprefix("\ufeff")
    places = JsonPlaces(text)
    if not text or text.isspace():
        return None, places
    brackets = text.count("[") + text.count("{")
    if brackets > _SAFELY_SHALLOW:
        _refuse_depth(text, path, error)
    if len(text) > MOST_VALUES and brackets + text.count(",") + text.count(":") > MOST_VALUES:
        _refuse_many(text, path, error)
    reader = _Reader()
    try:
        data = reader.decode(text)
    except json.JSONDecodeError as failure:
        raise error([_syntax_problem(text, path, failure)]) from None
    except RecursionError:  # a caller deep down already
        raise error([Problem(path, TOO_DEEP)]) from None
    if DEEPEST < brackets <= _SAFELY_SHALLOW and _deeper_than(data, DEEPEST):
        _refuse_depth(text, path, error)
    problems = reader.problems(text, path)
    if problems:
        raise error(problems)
    if _SURROGATE.search(text):
        data = without_lone_surrogates(data)
    return data, places


class _Reader:
    """One run of the standard library's decoder, which tells what it met but not where."""

    def __init__(self) -> None:
        self._duplicates = self._constants = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_int=str, parse_float=_plain_number, parse_constant=self._constant
        )

    def decode(self, text: str) -> Any:
        return self._decoder.decode(text)

    def problems(self, text: str, path: str) -> list[Problem]:
        """Keys that stand twice and numbers that are none, in file order."""
        if not (self._duplicates or self._constants):
            return []
        lines, found = Lines(text), list[tuple[int, Message]]()
        if self._duplicates:
            found += [(offset, duplicate_key(key, lines.place(first)[0])) for key, first, offset in _index(text)[2]]
        if self._constants:
            found += [(constant.start(1), Message(_NOT_A_NUMBER, {"word": constant[1]}))
                      for constant in _CONSTANT.finditer(text) if constant[1]]  # fmt: skip
        found.sort(key=lambda place: place[0])
        return [Problem(path, message, *lines.place(offset)) for offset, message in found[:MOST_PROBLEMS]]

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        self._duplicates |= len(result) < len(pairs)
        return result

    def _constant(self, word: str) -> str:
        self._constants = True
        return word


def _plain_number(text: str) -> str:
    """A number as written out in digits; what no number can hold keeps its own words."""
    number = float(text)
    if number in (float("inf"), float("-inf")):
        return text
    return str(int(number)) if number.is_integer() else format(Decimal(repr(number)), "f")


def _deeper_than(data: Any, levels: int) -> bool:
    if not isinstance(data, (dict, list)):
        return False
    if levels == 0:
        return True
    return any(_deeper_than(inner, levels - 1) for inner in (data.values() if isinstance(data, dict) else data))


def may_be_decoded(text: str) -> bool:
    """Whether the standard library can decode a text unharmed: it recurses, from Python 3.12 on past the end of a small stack."""
    return text.count("[") + text.count("{") <= _SAFELY_SHALLOW or _one_level_too_many(text) is None


def _one_level_too_many(text: str) -> int | None:
    """Where the bracket stands that begins one level too many; never undercounts before the first mistake."""
    depth = 0
    for bracket in _BRACKET.finditer(text):
        if bracket[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                return bracket.start()
        elif bracket[0] in "]}":
            depth -= 1
    return None


def _refuse_depth(text: str, path: str, error: type[DialoglotsError]) -> None:
    """Raises ``error`` at the bracket that begins one level too many."""
    place = _one_level_too_many(text)
    if place is not None:
        raise error([Problem(path, TOO_DEEP, *place_of(text, place))])


def _refuse_many(text: str, path: str, error: type[DialoglotsError]) -> None:
    """Raises ``error`` at the sign that begins one value too many."""
    values = 0
    for sign in _BEFORE_A_VALUE.finditer(text):
        if sign[0] in "[{,:":
            values += 1
            if values > MOST_VALUES:
                raise error([Problem(path, TOO_MANY, *place_of(text, sign.start()))])


def _index(text: str) -> tuple[dict[Loc, int], dict[Loc, int], list[tuple[str, int, int]]]:
    """Offsets of values and of keys by loc, and what stands twice as (key, first offset, offset); valid JSON only."""
    values: dict[Loc, int] = {}
    keys: dict[Loc, int] = {}
    twice: list[tuple[str, int, int]] = []
    loc: Loc = ()
    within: list[bool] = []  # for each open bracket, whether it is an object
    awaits_key = False
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in ("}", "]"):
            if within.pop() is False or not awaits_key:
                loc = loc[:-1]
            awaits_key = False
        elif sign == ",":
            awaits_key = within[-1]
            loc = loc[:-1] if awaits_key else (*loc[:-1], int(loc[-1]) + 1)
        elif sign == ":":
            awaits_key = False
        elif awaits_key:
            key = without_lone_surrogates(json.loads(sign))
            loc = (*loc, key)
            if loc in keys:
                twice.append((key, keys[loc], token.start()))
            keys[loc] = token.start()
        else:
            values[loc] = token.start()
            if sign in ("{", "["):
                within.append(sign == "{")
                awaits_key = sign == "{"
                loc = loc if awaits_key else (*loc, 0)
    return values, keys, twice


def _syntax_problem(text: str, path: str, failure: json.JSONDecodeError) -> Problem:
    offset = failure.pos
    rest = text[offset : offset + 20].lstrip()
    offset += len(text[offset : offset + 20]) - len(rest) if rest else 0
    before = text[:offset].rstrip()
    template = next((template for words, template in _BY_WORDS if failure.msg.startswith(words)), _GENERAL)
    values: dict[str, object] = {}
    if template is _NO_COLON or template is _GENERAL:
        if not rest:
            template = _ENDS_EARLY
        elif rest[0] in "'\u201c\u201d\u2018\u2019":
            template, values = _QUOTE_SIGNS, {"sign": rest[0]}
        elif rest[0] in "/#":
            template = _NO_COMMENT
        elif failure.msg.startswith("Expecting ','"):
            template = _NO_COMMA
        elif rest[0] in "]}" and before.endswith(","):
            template, offset = _TRAILING_COMMA, len(before) - 1
        elif failure.msg.startswith("Expecting property name"):
            template = _NAME_IN_QUOTES
        elif failure.msg.startswith("Expecting value"):
            template = _TEXT_IN_QUOTES
    return Problem(path, Message(template, values), *place_of(text, offset))
