"""How one answer in a plan is read: its type decides, not how it happens to be written.

The same patterns judge the answer here and stand in the JSON Schema, so that reader and schema cannot disagree.
An answer is a value, ``UNKNOWN`` (somebody answered that it is not known or decided) or None (not answered).
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, ClassVar, Final, NamedTuple

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from advisor.model.vocabulary import VOCABULARIES


class Unknown(Enum):
    """The answer "we do not know, or it is not decided"."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN


class Listed(NamedTuple):
    """The answer to a question with several choices or texts.

    ``open`` counts the elements given as unknown: what else belongs in the list is not decided.
    """

    values: tuple[str, ...]
    open: int = 0


def _either_case(word: str) -> str:
    letters = (f"[{c.upper()}{c}]" if c.upper() != c else r"\s+" if c == " " else c for c in word)
    return "".join(letters)


def _words_pattern(*words: str) -> str:
    return rf"^\s*(?:{'|'.join(_either_case(word) for word in words)})\s*$"


_DAY_31, _DAY_30 = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])", "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
_LEAP_YEAR = "(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)"

BLANK_PATTERN: Final = r"^\s*$"
UNKNOWN_PATTERN: Final = _words_pattern("unknown", "okänt", "vet ej", "ej bestämt")
TRUE_PATTERN: Final = _words_pattern("true", "yes", "ja")
FALSE_PATTERN: Final = _words_pattern("false", "no", "nej")
NONE_PATTERN: Final = r"^\s*none\s*$"
ALL_PATTERN: Final = r"^\s*all\s*$"
FORMAT_PATTERN: Final = r"^\s*1(?:[.,]0+)?\s*$"
DATE_PATTERN: Final = (
    rf"^\s*(?:(?:19|20|21)[0-9]{{2}}-(?:{_DAY_31}|{_DAY_30}|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP_YEAR}-02-29)\s*$"
)
# 250 000 · 250000 · 2,5 · 2.5 · 1e3; never 0123 or 1_000, never more than 18 digits (17 before a decimal point).
_GROUPED = "[1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3}){1,5}"
_WHOLE = rf"(?:{_GROUPED}|0|[1-9][0-9]{{0,17}})"
_DECIMAL = rf"(?:{_GROUPED}|0|[1-9][0-9]{{0,16}})[.,][0-9]+"
_POWER = r"[1-9](?:[.,][0-9]{1,8})?[eE](?:\+?[0-9]|-[0-9]{1,2})"
# 250.000 is as likely a quarter of a million as 250: it is neither. JSON's own numbers never come here with a last zero.
_NO_THOUSANDS = r"(?![1-9][0-9]{0,2}(?:[.,][0-9]{3})*[.,][0-9]{2}0\s*$)"
_NUMBER = rf"{_NO_THOUSANDS}(?:{_WHOLE}|{_DECIMAL}|{_POWER})"
NUMBER_PATTERN: Final = rf"^\s*[+-]?{_NUMBER}\s*$"
AMOUNT_PATTERN: Final = rf"^\s*\+?{_NUMBER}\s*$"
COUNT_PATTERN: Final = rf"^\s*\+?{_NO_THOUSANDS}(?:{_WHOLE}(?:[.,]0+)?|[1-9][eE]\+?[0-9])\s*$"
LARGEST_NUMBER: Final = 999_999_999_999_999_999

_blank, _unknown = re.compile(BLANK_PATTERN).search, re.compile(UNKNOWN_PATTERN).search
_true, _false = re.compile(TRUE_PATTERN).search, re.compile(FALSE_PATTERN).search
_none, _all = re.compile(NONE_PATTERN).search, re.compile(ALL_PATTERN).search
_date = re.compile(DATE_PATTERN).search


def is_blank(raw: object) -> bool:
    """Whether nothing was written: absent, null or blank text."""
    return raw is None or (isinstance(raw, str) and _blank(raw) is not None)


def is_unknown(raw: object) -> bool:
    """Whether the raw value is one of the words for "not known" (unknown, okänt, vet ej, ej bestämt)."""
    return isinstance(raw, str) and _unknown(raw) is not None


def _as_text(raw: object) -> str | None:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, (int, float)):
        return repr(raw)
    return None


def wrong(code: str, **context: object) -> PydanticCustomError:
    """The error for an answer that does not fit; ``advisor.load`` turns the code into a sentence."""
    return PydanticCustomError("answer", "{code}", {"code": code, **context})


@dataclass(frozen=True)
class AnswerType(ABC):
    """How a key's answer is read and described. Subclasses say which values fit.

    ``kind`` is the kind of fact the answer becomes: boolean, option, options, number, date, text, texts or items.
    """

    kind: ClassVar[str]

    @abstractmethod
    def read(self, raw: object) -> Any:
        """The answer for a raw value. Raises PydanticCustomError where it does not fit."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """JSON Schema of the values that fit, beside null, blank and unknown."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)


class SingleAnswer(AnswerType):
    """An answer that is one value, written as text."""

    def read(self, raw: object) -> Any:
        """The answer for a raw value. Raises PydanticCustomError where it does not fit."""
        if raw is None:
            return None
        text = _as_text(raw)
        if text is None:
            raise wrong("list_given" if isinstance(raw, list) else "section_given", kind=self.kind)
        if _blank(text):
            return None
        if _unknown(text):
            return UNKNOWN
        return self.value(text)

    @abstractmethod
    def value(self, text: str) -> Any:
        """The value of a text that is neither blank nor "unknown"."""


class TextAnswer(SingleAnswer):
    """Free text in the plan writer's language."""

    kind: ClassVar[str] = "text"

    def value(self, text: str) -> str:
        return text.strip()

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"]}


class YesNoAnswer(SingleAnswer):
    """Yes or no, in either language."""

    kind: ClassVar[str] = "boolean"

    def value(self, text: str) -> bool:
        if _true(text):
            return True
        if _false(text):
            return False
        raise wrong("not_yes_no", text=text)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": TRUE_PATTERN},
                          {"type": "string", "pattern": FALSE_PATTERN}]}  # fmt: skip


@dataclass(frozen=True)
class NumberAnswer(SingleAnswer):
    """A number. ``lowest`` is 0 or None; ``whole`` numbers count people and the like."""

    kind: ClassVar[str] = "number"
    lowest: int | None = 0
    whole: bool = False

    @property
    def _pattern(self) -> str:
        return COUNT_PATTERN if self.whole else NUMBER_PATTERN if self.lowest is None else AMOUNT_PATTERN

    def value(self, text: str) -> int | float:
        if not re.search(self._pattern, text):
            plain = re.search(NUMBER_PATTERN, text)
            code = "not_a_number" if not plain else "negative" if plain[0].strip().startswith("-") else "not_whole"
            if re.fullmatch(r"[+-]?[0-9 \u00a0\u202f]{19,}", text.strip()):
                code = "too_large"
            if not (code == "negative" and float(_plain(text)) == 0):
                raise wrong(code, text=text)
        number = float(_plain(text))
        if number.is_integer():
            return int(_plain(text)) if re.fullmatch(r"[+-]?[0-9]+", _plain(text)) else int(number)
        return number

    def schema(self) -> dict[str, Any]:
        number: dict[str, Any] = {"type": "integer" if self.whole else "number", "maximum": LARGEST_NUMBER}
        number["minimum"] = -LARGEST_NUMBER if self.lowest is None else self.lowest
        zero = r"^\s*-0(?:[.,]0+)?\s*$"
        return {"anyOf": [number, {"type": "string", "pattern": f"{self._pattern}|{zero}"}]}


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).replace(",", ".")


class DateAnswer(SingleAnswer):
    """A date written year-month-day, 1900 to 2199."""

    kind: ClassVar[str] = "date"

    def value(self, text: str) -> date:
        if not _date(text):
            raise wrong("not_a_date", text=text)
        return date.fromisoformat(text.strip())

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": DATE_PATTERN}


@dataclass(frozen=True)
class OptionAnswer(SingleAnswer):
    """One of a closed vocabulary's options. ``only`` narrows the vocabulary; empty means all of it."""

    kind: ClassVar[str] = "option"
    vocabulary: str
    only: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        return self.only or VOCABULARIES[self.vocabulary]

    def value(self, text: str) -> str:
        text = text.strip()
        options = self.options
        if text in options:
            return text
        if "yes" in options and "no" in options:
            if _true(text):
                return "yes"
            if _false(text):
                return "no"
        raise wrong("not_an_option", text=text, vocabulary=self.vocabulary, options=options)

    def schema(self) -> dict[str, Any]:
        options = self.options
        pattern = rf"^\s*(?:{'|'.join(options)})\s*$"
        fitting: list[dict[str, Any]] = [{"enum": list(options)}, {"type": "string", "pattern": pattern}]
        if "yes" in options and "no" in options:
            fitting += YesNoAnswer().schema()["anyOf"]
        return {"anyOf": fitting}


class ListAnswer(AnswerType):
    """Several texts."""

    kind: ClassVar[str] = "texts"
    element: ClassVar[AnswerType] = TextAnswer()

    def _element(self) -> AnswerType:
        return self.element

    def read(self, raw: object) -> Listed | Unknown | None:
        if isinstance(raw, list):
            return self._from_list(raw)
        if is_blank(raw):
            return None
        if is_unknown(raw):
            return UNKNOWN
        return self._from_other(raw)

    def _from_other(self, raw: object) -> Listed:
        raise wrong("section_given" if isinstance(raw, dict) else "not_a_list", kind=self.kind, text=_as_text(raw) or "")

    def _from_list(self, raw: list[object]) -> Listed | Unknown | None:
        values: dict[str, None] = {}
        undecided = 0
        read = self._element().read
        problems = []
        for index, element in enumerate(raw):
            try:
                answer = read(element)
            except PydanticCustomError as error:
                problems.append({**(error.context or {}), "element": index})
                continue
            if answer is UNKNOWN:
                undecided += 1
            elif answer is not None:
                values[answer] = None
        if problems:
            raise wrong("wrong_elements", elements=problems)
        if not values and not undecided:
            return self._empty()
        return Listed(tuple(values), undecided)

    def _empty(self) -> Listed | None:
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": answer_schema(self._element())}


@dataclass(frozen=True)
class OptionsAnswer(ListAnswer):
    """Several of a closed vocabulary's options; the empty list is the answer "none"."""

    kind: ClassVar[str] = "options"
    vocabulary: str

    def _element(self) -> AnswerType:
        return OptionAnswer(self.vocabulary)

    def _from_list(self, raw: list[object]) -> Listed | Unknown | None:
        return Listed(()) if not raw else super()._from_list(raw)


class DutiesAnswer(OptionsAnswer):
    """``statutory``: one duty or several, or ``none`` alone."""

    def read(self, raw: object) -> Listed | Unknown | None:
        if isinstance(raw, list):
            nothing = [isinstance(element, str) and _none(element) is not None for element in raw]
            if any(nothing):
                if len(raw) > 1:
                    raise wrong("none_beside_others", element=nothing.index(True))
                return Listed(())
        elif isinstance(raw, str) and _none(raw):
            return Listed(())
        return super().read(raw)

    def _from_other(self, raw: object) -> Listed:
        if isinstance(raw, dict):
            return super()._from_other(raw)
        try:
            return Listed((self._element().read(raw),))
        except PydanticCustomError as error:
            raise error from None

    def schema(self) -> dict[str, Any]:
        nothing = {"type": "string", "pattern": NONE_PATTERN}
        return {"anyOf": [{"enum": ["none"]}, nothing, self._element().schema(), super().schema(),
                          {"type": "array", "items": nothing, "minItems": 1, "maxItems": 1}]}  # fmt: skip


class GroupNamesAnswer(ListAnswer):
    """The names of target groups, or ``all``; both are read as a list of names."""

    def _from_other(self, raw: object) -> Listed:
        if isinstance(raw, str) and _all(raw):
            return Listed(("all",))
        return super()._from_other(raw)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [super().schema(), {"enum": ["all"]}, {"type": "string", "pattern": ALL_PATTERN}]}


class FormatAnswer(SingleAnswer):
    """``format``: this program reads plan format 1."""

    kind: ClassVar[str] = "format"

    def value(self, text: str) -> int:
        if not re.search(FORMAT_PATTERN, text):
            raise wrong("newer_format", text=text.strip())
        return 1

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"const": 1}, {"type": "string", "pattern": FORMAT_PATTERN}]}


def answer_schema(answer: AnswerType) -> dict[str, Any]:
    """JSON Schema of every raw value that ``answer.read`` takes."""
    own = answer.schema()
    return or_nothing(*(own["anyOf"] if set(own) == {"anyOf"} else [own]))


def or_nothing(*choices: dict[str, Any]) -> dict[str, Any]:
    """JSON Schema of what fits one of ``choices``, is not answered, or is answered as unknown."""
    nothing = [{"type": "null"}, {"type": "string", "pattern": BLANK_PATTERN},
               {"enum": ["unknown"]}, {"type": "string", "pattern": UNKNOWN_PATTERN}]  # fmt: skip
    return {"anyOf": [*choices, *nothing]}
