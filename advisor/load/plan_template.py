"""The empty plan file that people fill in: every field of the format, unanswered, with its question beside it."""

import json
import textwrap
from collections.abc import Iterator
from typing import Final

from advisor.errors import Message
from advisor.i18n import DEFAULT_LANGUAGE, N_
from advisor.load.plan_fields import Path, fields, fields_in
from advisor.load.plan_sentences import options_of
from advisor.load.wording import Worded, Wording, field_label
from advisor.model.answers import DateAnswer, FormatAnswer, ListAnswer, NumberAnswer, OptionsAnswer, YesNoAnswer
from advisor.model.plan import ItemsOf, SectionOf

_WIDTH: Final = 100
_GENERAL_PAGE: Final = "general"

_HEAD: Final = (
    Message(N_("Dialogplan. Fyll i det ni vet. Ingen fråga är obligatorisk.")),
    Message(N_("Så här svarar ni:")),
)
_HOW: Final = (
    Message(N_("Skriv svaret efter kolonet, med ett mellanslag emellan. Inget svar betyder att frågan väntar.")),
    Message(N_("Skriv vet ej om ni inte vet eller inte har bestämt er. Det går på alla frågor.")),
    Message(N_('Sätt texten inom "citattecken" om den innehåller kolon eller börjar med ett skiljetecken.')),
    Message(N_("En lista skrivs inom hakparenteser, [ett svar, ett till], eller med ett svar på varje rad:")),
)
_LIST_EXAMPLE: Final = (
    Message(N_("- ett svar")),
    Message(N_("- ett till")),
)
_HOW_MORE: Final = (
    Message(N_("Låt indragen först på raderna stå kvar. Använd mellanslag, inte tabb.")),
    Message(N_("Rader som börjar med # är förklaringar. De läses inte och kan tas bort.")),
    Message(N_("Spara filen som UTF-8. I Word och Anteckningar väljer ni det under Spara som.")),
)
_YES_NO: Final = Message(N_("Ja eller nej."))
_DATE: Final = Message(N_("Datum: ÅÅÅÅ-MM-DD."))
_NUMBER: Final = Message(N_("Ett tal."))
_NUMBER_OF: Final = N_("Ett tal ({unit}).")
_TEXTS: Final = Message(N_("En lista."))
_CHOOSE_ONE: Final = Message(N_("Välj ett:"))
_CHOOSE: Final = Message(N_("En lista med ett eller flera av:"))
_ITEM: Final = Message(N_("Strecket börjar en punkt i listan. Kopiera raderna från strecket för varje punkt till."))
_FORMAT: Final = Message(N_("Filens format. Låt stå."))
_ACCEPTED: Final = Message(N_("Avsteg som ni har godtagit"))
_ASKED_HERE: Final[dict[Path, Message]] = {
    ("accepted", "rule"): Message(N_("Vilken regel godtar ni ett avsteg från? Regelns namn står i granskningen.")),
    ("accepted", "item"): Message(
        N_("Gäller det bara en punkt i en lista? Skriv punktens namn, till exempel målgruppens.")
    ),
    ("accepted", "reason"): Message(N_("Varför godtar ni avsteget?")),
    ("accepted", "by"): Message(N_("Vem svarar för det?")),
    ("accepted", "until"): Message(N_("Till och med vilken dag gäller det?")),
}


def empty_plan(words: Wording | None = None, lang: str = DEFAULT_LANGUAGE, organisation: str = "") -> str:
    """The text of a plan file with every field in order, unanswered; with ``words``, each with question and options.

    Lines are at most 100 columns. The reader takes it as a plan in which nothing is answered but ``organisation``'s name.
    """
    return "\n".join(_Template(words, lang, organisation).lines()) + "\n"


class _Template:
    def __init__(self, words: Wording | None, lang: str, organisation: str) -> None:
        self._words, self._lang = words, lang
        # A string of JSON is one of YAML: quoted, whatever the name holds.
        quoted = f" {json.dumps(organisation, ensure_ascii=False)}" if organisation else ""
        self._answers: dict[Path, str] = {("organisation", "name"): quoted}

    def lines(self) -> Iterator[str]:
        """The lines of the file."""
        for message in _HEAD:
            yield from self._comment(message, "")
        for message in _HOW:
            yield from self._comment(message, "", "- ")
        for message in _LIST_EXAMPLE:
            yield from self._comment(message, "", "      ")
        for message in _HOW_MORE:
            yield from self._comment(message, "", "- ")
        yield ""
        for name in fields_in(()):
            yield from self._field((name,), "", "")
            if name == "format":
                yield from self._heading((_GENERAL_PAGE,))

    def _field(self, path: Path, indent: str, dash: str) -> Iterator[str]:
        """One field with what is below it. ``dash`` begins an item; the indent of what follows counts it in."""
        field = fields()[path]
        inner = indent + " " * len(dash)
        if isinstance(field, SectionOf):
            yield from self._heading(path)
            yield f"{inner}{path[-1]}:"
            for name in fields_in(path):
                yield from self._field((*path, name), inner + "  ", "")
        elif isinstance(field, ItemsOf):
            if len(path) == 1:
                yield from self._heading(path)
            yield from self._question(path, inner)
            yield f"{inner}{path[-1]}:"
            yield from self._comment(_ITEM, inner + "  ")
            for place, name in enumerate(fields_in(path)):
                at = inner + ("  " if place == 0 else "    ")
                yield from self._field((*path, name), at, "- " if place == 0 else "")
        else:
            yield from self._question(path, indent)
            yield f"{indent}{dash}{path[-1]}:" + (" 1" if isinstance(field, FormatAnswer) else self._answers.get(path, ""))

    def _heading(self, path: Path) -> Iterator[str]:
        title: Worded | None = _ACCEPTED if path == ("accepted",) else field_label(path, self._words)
        yield ""
        if title is not None:
            yield f"# === {title.text(self._lang)} ==="

    def _question(self, path: Path, indent: str) -> Iterator[str]:
        """The question, how it is answered, and the options."""
        field = fields()[path]
        asked = self._words.questions.get(".".join(path)) if self._words else None
        question: Worded | None = asked.ask if asked else _ASKED_HERE.get(path)
        how: Message | None = None
        if isinstance(field, FormatAnswer):
            how = _FORMAT
        elif isinstance(field, YesNoAnswer):
            how = _YES_NO
        elif isinstance(field, DateAnswer):
            how = _DATE
        elif isinstance(field, NumberAnswer):
            how = Message(_NUMBER_OF, {"unit": asked.unit}) if asked and asked.unit else _NUMBER
        elif isinstance(field, OptionsAnswer):
            how = _CHOOSE
        elif isinstance(field, ListAnswer):
            how = _TEXTS
        options = options_of(path, self._words)
        how = how or (_CHOOSE_ONE if options else None)
        text = " ".join(part.text(self._lang) for part in (question, how) if part is not None)
        if text:
            yield from self._comment(Message("{text}", {"text": text}), indent)
        for option in options:
            label = f" = {option.label.text(self._lang)}" if option.label else ""
            yield from self._comment(Message("{text}", {"text": option.name + label}), indent, "    ")

    def _comment(self, message: Message, indent: str, bullet: str = "") -> Iterator[str]:
        first = f"{indent}# {bullet}"
        later = f"{indent}# {' ' * len(bullet)}"
        yield from textwrap.wrap(
            message.text(self._lang), _WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False
        )
