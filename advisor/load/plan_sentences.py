"""What is wrong with an answer in a plan, as a sentence: which field, why, and how it is written right."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic_core import PydanticCustomError

from advisor.errors import Message
from advisor.i18n import N_
from advisor.load.date_slips import date_message
from advisor.load.plan_fields import Field, Path, fields, fields_in
from advisor.load.wording import Named, NamedList, Wording, field_label, nearest, shown
from advisor.load.yaml_slips import bullet
from advisor.model.answers import (
    FALSE_PATTERN,
    NUMBER_PATTERN,
    TRUE_PATTERN,
    AnswerType,
    DutiesAnswer,
    NumberAnswer,
    OptionAnswer,
    OptionsAnswer,
    YesNoAnswer,
)
from advisor.model.plan import MOST_ITEMS

_NOT_AN_OPTION: Final = N_("«{text}» är inget svarsalternativ för «{field}». Välj bland: {options}.")
_NEAR_AN_OPTION: Final = N_(
    "«{text}» är inget svarsalternativ för «{field}». Menar ni {nearest}? Välj bland: {options}."
)
_NO_YES_NO_QUESTION: Final = N_("«{field}» är ingen ja- eller nej-fråga. Välj bland: {options}.")
_NOT_YES_NO: Final = N_("«{text}» är inget svar på «{field}». Svara ja, nej eller unknown (vet inte).")
_NOT_A_NUMBER: Final = N_("«{text}» är inget tal. Skriv bara siffror, till exempel {example}.")
_NUMBER_MEANT: Final = N_("«{text}» är inget tal som går att läsa. Skriv bara siffrorna: {example}.")
_NOT_WHOLE: Final = N_("«{field}» ska vara ett heltal skrivet med siffror, men här står {text}.")
_NEGATIVE: Final = N_("«{field}» kan inte vara mindre än noll, men här står {text}.")
_TOO_LARGE: Final = N_("Talet har för många siffror. Ett tal får ha högst 18 siffror.")
_ONE_ANSWER: Final = N_("«{field}» ska ha ett enda svar, inte en lista. Skriv svaret direkt efter kolonet.")
_LIST_IN_LIST: Final = N_("Här står en lista inne i listan «{field}». Skriv varje svar för sig.")
_NO_FIELDS: Final = N_("«{field}» ska ha ett svar, inte egna fält. Skriv svaret direkt efter kolonet.")
_COLON: Final = N_("Texten innehåller ett kolon. Sätt hela texten inom citattecken: {example}.")
_NOT_A_LIST: Final = N_(
    "«{field}» är en lista. Skriv svaren inom hakparenteser, «{field}: {example}», eller ett på varje rad efter "
    "streck och mellanslag."
)
_NONE_IN_LIST: Final = N_("«{field}» är en lista. Är svaret inga? Skriv en tom lista: «{field}: []».")
_FIELDS_FOR_LIST: Final = N_(
    "«{field}» är en lista, inte ett avsnitt med egna fält. Skriv svaren inom hakparenteser eller ett på varje rad "
    "efter streck och mellanslag."
)
_ONE_PER_LINE: Final = N_(
    "Det saknas ett mellanslag efter strecket. Skriv ett svar på varje rad, så här: «- {example}»."
)
NO_SPACE_AFTER_DASH: Final = N_("Det saknas ett mellanslag efter strecket, så här: «- {example}».")
_NOT_A_SECTION: Final = N_(
    "«{field}» är ett avsnitt med egna fält: {fields}. Skriv varje fält på en egen rad med indrag, till exempel "
    "«{first}: …»."
)
_LIST_FOR_SECTION: Final = N_(
    "«{field}» är ett avsnitt, inte en lista. Ta bort strecken och skriv varje fält på en egen rad: {fields}."
)
NO_SPACE: Final = N_("Det saknas ett mellanslag efter kolonet, så här: «{example}».")
_NOT_AN_ITEM: Final = N_(
    "Varje punkt i listan «{field}» ska ha egna fält, till exempel «- {first}: {example}». Fälten är: {fields}."
)
_LIST_FOR_ITEM: Final = N_("Här står en lista inne i listan «{field}». Ta bort ett streck eller en hakparentes.")
_NO_ITEMS: Final = N_(
    "«{field}» är en lista. Sätt ett streck före varje punkt, till exempel «- {first}: {example}». Fälten är: {fields}."
)
_TOO_MANY_ITEMS: Final = N_("Listan «{field}» har {number} punkter. Den får ha högst {most}.")
_NONE_BESIDE_OTHERS: Final = N_(
    "none (ingen) kan inte stå tillsammans med andra svar i «{field}». Ta bort none eller de andra svaren."
)
NEWER_FORMAT: Final = N_(
    "Planen är skriven i format {text}, men den här versionen av dialoglots läser format 1. En nyare version kan "
    "kanske läsa planen."
)
_WRONG_FORMAT: Final = N_("«format» ska vara 1, men här står «{text}».")
_GENERAL: Final = N_("Svaret på «{field}» går inte att läsa.")
_NONE: Final = Message(N_("ingen"))

_CURLY_QUOTES: Final = N_("Citattecknen kring svaret är inte raka. Ta bort dem, eller skriv raka: «{field}: {example}».")
_QUESTION_MARK: Final = N_("«{text}» är inget svar på «{field}». Skriv unknown om ni inte vet ännu.")

_CURLY_QUOTED: Final = re.compile("\\s*[“”„«»’‘‚](.+)[“”„«»’‘‚]\\s*")
_NO_WORDS: Final = frozenset({"none", "inga", "inget", "ingen", "[]"})
_DIGITS: Final = re.compile("[0-9]+(?:[ \u00a0\u202f._][0-9]{3})*(?:[.,][0-9]+)?")
_NEEDS_QUOTES: Final = re.compile(r"[\[\]{},#&*!|>'\"%@`]|:\s|:$|^[-?]\s")


class AnswerSentence:
    """Makes the sentence for one wrong answer. ``context`` is what the answer type said, ``raw`` what was written."""

    def __init__(self, path: Path, raw: Any, context: Mapping[str, Any], words: Wording | None) -> None:
        self._path, self._raw, self._context, self._words = path, raw, context, words
        self._field: Field = fields()[path]
        self._text = str(context.get("text", ""))
        self._values: dict[str, Any] = {"field": path[-1], "text": shown(self._text)}

    def message(self) -> Message:
        """The sentence."""
        say: dict[str, Callable[[], Message]] = {
            "not_an_option": self._option,
            "not_a_number": self._number,
            "not_a_date": lambda: date_message(self._text),
            "not_a_list": self._not_a_list,
            "section_given": self._section_given,
            "list_given": lambda: self._plain(_LIST_IN_LIST if "element" in self._context else _ONE_ANSWER),
            "not_a_section": self._not_a_section,
            "not_an_item": self._not_an_item,
            "newer_format": self._format,
            "too_many_items": lambda: self._plain(_TOO_MANY_ITEMS, number=self._context["number"], most=MOST_ITEMS),
        }
        plain = {
            "not_yes_no": _NOT_YES_NO,
            "not_whole": _NOT_WHOLE,
            "negative": _NEGATIVE,
            "too_large": _TOO_LARGE,
            "none_beside_others": _NONE_BESIDE_OTHERS,
        }
        code = str(self._context.get("code"))
        if self._raw == {"": None} or (self._text.strip() and not self._text.strip(" ?")):
            return self._plain(_QUESTION_MARK, text=shown(self._text) or "?")
        curly = _CURLY_QUOTED.fullmatch(self._text)
        if curly and self._reads(curly[1]):
            return self._plain(_CURLY_QUOTES, example=f'["{curly[1]}"]' if "element" in self._context else f'"{curly[1]}"')
        return say[code]() if code in say else self._plain(plain.get(code, _GENERAL))

    def _plain(self, template: str, **values: Any) -> Message:
        return Message(template, self._values | values)

    def _reads(self, text: str) -> bool:
        """Whether the field would take this text."""
        if not isinstance(self._field, AnswerType):
            return False
        try:
            self._field.read([text] if "element" in self._context else text)
        except PydanticCustomError:
            return False
        return True

    def options(self) -> tuple[Named, ...]:
        """The options of the field with their labels, in the order of the format."""
        return options_of(self._path, self._words)

    def _option(self) -> Message:
        options = self.options()
        listed = NamedList(options)
        if re.search(TRUE_PATTERN, self._text) or re.search(FALSE_PATTERN, self._text):
            return self._plain(_NO_YES_NO_QUESTION, options=listed)
        if self._field.__class__ is OptionsAnswer and self._text.strip().casefold() in _NO_WORDS:
            return self._plain(_NONE_IN_LIST)
        near = nearest(self._text, options)
        if near is None:
            return self._plain(_NOT_AN_OPTION, options=listed)
        return self._plain(_NEAR_AN_OPTION, options=listed, nearest=near)

    def _number(self) -> Message:
        number = self._field
        assert isinstance(number, NumberAnswer)
        found = _DIGITS.findall(self._text)
        if len(found) == 1:
            digits = re.sub(r"[ \u00a0\u202f_]|[.](?=[0-9]{3}(?![0-9]))", "", found[0]).lstrip("0") or "0"
            try:
                number.read(digits)
            except PydanticCustomError:
                pass
            else:
                return self._plain(_NUMBER_MEANT, example=digits)
        return self._plain(_NOT_A_NUMBER, example="150" if number.whole else "250000")

    def _format(self) -> Message:
        newer = re.search(NUMBER_PATTERN, self._text) and not self._text.strip().startswith("-")
        return self._plain(NEWER_FORMAT if newer else _WRONG_FORMAT)

    def _section_given(self) -> Message:
        raw = self._raw
        if (
            self._context.get("kind") == "text" and isinstance(raw, dict) and len(raw) == 1
        ):  # a colon in free text makes a field of what stands before it
            ((key, value),) = raw.items()
            if isinstance(value, str) and key not in fields_in(self._path[:-1]):
                return self._plain(_COLON, example=_in_quotes(f"{key}: {value}"))
        if "element" not in self._context and self._context.get("kind") in ("texts", "options"):
            return self._plain(_FIELDS_FOR_LIST)
        return self._plain(_NO_FIELDS)

    def _not_a_list(self) -> Message:
        if self._context.get("kind") == "items":
            dash = next(iter(self._raw)) if isinstance(self._raw, dict) and self._raw else ""
            with_bullet = bullet(f"{dash}: …")
            if with_bullet:
                return with_bullet
            if dash.startswith("-") and dash[1:] in fields_in(self._path):
                return self._plain(NO_SPACE_AFTER_DASH, example=f"{dash[1:]}: …")
            return self._with_fields(_NO_ITEMS, example=self._example_text())
        if self._field.__class__ is OptionsAnswer and self._text.strip().casefold() in _NO_WORDS:
            return self._plain(_NONE_IN_LIST)
        with_bullet = bullet(re.split(r"\s+(?=[•·‣▪●–—*]\s)", self._text)[0])
        if with_bullet:
            return with_bullet
        dashed = re.match(r"\s*-\s*(\w[^-]*)", self._text)
        if dashed:
            return self._plain(_ONE_PER_LINE, example=shown(dashed[1]))
        parts = [part.strip() for part in re.split("[,;\n]", self._text) if part.strip()]
        likely = [nearest(part, self.options()) for part in parts]
        meant = [near.name if near else part for part, near in zip(parts, likely, strict=True)]
        listed = ", ".join(_in_quotes(part) if _NEEDS_QUOTES.search(part) else part for part in meant)
        return self._plain(_NOT_A_LIST, example=f"[{shown(listed)}]")

    def _not_a_section(self) -> Message:
        if self._context.get("kind") == "list":
            return self._with_fields(_LIST_FOR_SECTION)
        return self._without_space() or self._with_fields(_NOT_A_SECTION)

    def _not_an_item(self) -> Message:
        if self._context.get("kind") == "list":
            return self._plain(_LIST_FOR_ITEM)
        return self._without_space() or self._with_fields(_NOT_AN_ITEM, example=self._example_text())

    def _example_text(self) -> str:
        text = shown(self._raw) if isinstance(self._raw, str) else ""
        return "…" if not text or text.startswith("-") else _in_quotes(text) if _NEEDS_QUOTES.search(text) else text

    def _without_space(self) -> Message | None:
        """``name:Skolan`` in a section is read as one text."""
        found = re.match(r"\s*([\w-]+):(\S.*)", self._raw, re.DOTALL) if isinstance(self._raw, str) else None
        if found and found[1] in fields_in(self._path):
            return self._plain(NO_SPACE, example=shown(f"{found[1]}: {found[2]}"))
        return None

    def _with_fields(self, template: str, **values: Any) -> Message:
        names = fields_in(self._path)
        return self._plain(template, first=names[0], fields=", ".join(names), **values)


def options_of(path: Path, words: Wording | None) -> tuple[Named, ...]:
    """The options of a field with their labels, in the order of the format; none for other kinds of fields."""
    field = fields()[path]
    if isinstance(field, YesNoAnswer) or not isinstance(field, OptionAnswer | OptionsAnswer):
        return ()
    one = field if isinstance(field, OptionAnswer) else OptionAnswer(field.vocabulary)
    fact = ".".join(path)
    options = tuple(
        Named(option, words.option_label(field.vocabulary, option, fact) if words else None) for option in one.options
    )
    return (Named("none", _NONE), *options) if isinstance(field, DutiesAnswer) else options


def named_fields(path: Path, words: Wording | None) -> tuple[Named, ...]:
    """The fields in a section or a list's items with their labels; of the plan itself for the empty path."""
    return tuple(Named(name, field_label((*path, name), words)) for name in fields_in(path))


def _in_quotes(text: str) -> str:
    text = shown(text)
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'
