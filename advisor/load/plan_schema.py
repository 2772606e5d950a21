"""The plan format as JSON Schema, for editors; it judges a document as the reader does.

What compares one value with another (names of groups) and what concerns the text (keys that stand twice, size, nesting)
is the reader's alone.
"""

from typing import Any, Final

from advisor.errors import Message
from advisor.i18n import DEFAULT_LANGUAGE, N_
from advisor.load.plan_fields import Path, fields, fields_in
from advisor.load.plan_sentences import options_of
from advisor.load.wording import NamedList, Wording, field_label
from advisor.model.answers import AnswerType, answer_schema, or_nothing
from advisor.model.plan import MOST_ITEMS, SectionOf

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TITLE: Final = Message(N_("Dialogplan, format 1"))
_OPTIONS: Final = N_("Svarsalternativ: {options}.")


def plan_schema(words: Wording | None = None, lang: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a plan. With ``words``, fields have titles and descriptions in ``lang``."""
    plan = _Describer(words, lang).part(())
    return {"$schema": _DIALECT, "title": _TITLE.text(lang), **plan, "type": ["object", "null"]}


class _Describer:
    def __init__(self, words: Wording | None, lang: str) -> None:
        self._words, self._lang = words, lang

    def part(self, path: Path) -> dict[str, Any]:
        """A section's or an item's fields; the plan's for the empty path."""
        return {
            "type": "object",
            "properties": {name: self._field((*path, name)) for name in fields_in(path)},
            "patternProperties": {"^x_": {}},
            "additionalProperties": False,
        }

    def _field(self, path: Path) -> dict[str, Any]:
        field = fields()[path]
        if isinstance(field, AnswerType):
            fitting = answer_schema(field)
        elif isinstance(field, SectionOf):
            fitting = or_nothing(self.part(path))
        else:
            fitting = or_nothing({"type": "array", "items": or_nothing(self.part(path)), "maxItems": MOST_ITEMS})
        return self._described(path) | fitting

    def _described(self, path: Path) -> dict[str, str]:
        if self._words is None:
            return {}
        label, asked = field_label(path, self._words), self._words.questions.get(".".join(path))
        described = {} if label is None else {"title": label.text(self._lang)}
        about = [] if asked is None else [asked.ask.text(self._lang)]
        options = options_of(path, self._words)
        if options:
            about.append(Message(_OPTIONS, {"options": NamedList(options)}).text(self._lang))
        return described | ({"description": " ".join(about)} if about else {})
