"""What pydantic found wrong in a plan, as problems with places and sentences."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from advisor.errors import Message, Problem
from advisor.i18n import N_
from advisor.load.documents import Document, Loc
from advisor.load.plan_fields import Path, fields, fields_in, path_of
from advisor.load.plan_sentences import NEWER_FORMAT, NO_SPACE, NO_SPACE_AFTER_DASH, AnswerSentence, named_fields
from advisor.load.refusals import MOST_PROBLEMS
from advisor.load.wording import ALIKE, Wording, nearest, plain_field, shown
from advisor.load.yaml_slips import hard_space
from advisor.model.plan import SectionOf

_NOT_A_PLAN: Final = N_(
    "Filen är ingen plan. En plan består av fält med namn, kolon och svar, till exempel «title: Ny skolstruktur»."
)
_LIST_FOR_PLAN: Final = N_(
    "Filen är en lista, men ska vara en plan. Ta bort strecken eller hakparenteserna på översta nivån. Flera planer "
    "sparas i var sin fil."
)
_UNKNOWN: Final = N_("Fältet «{field}» finns inte {place}. Fälten där heter: {fields}.")
_NEAR: Final = N_("Fältet «{field}» finns inte {place}. Menar ni {nearest}?")
_ELSEWHERE: Final = N_("Fältet «{field}» finns inte {place}. Det hör hemma här: {places}.")
_NEAR_OR_ELSEWHERE: Final = N_(
    "Fältet «{field}» finns inte {place}. Menar ni {nearest}? Eller ska det stå här: {places}?"
)
_COMMA: Final = N_(
    "Inom klamrar börjar ett nytt fält efter varje kommatecken. Hör kommatecknet till svaret? Sätt hela svaret inom "
    "citattecken: «{example}»."
)
_AT_TOP: Final = Message(N_("på översta nivån"))
_IN_SECTION: Final = N_("i avsnittet «{name}»")
_IN_LIST: Final = N_("i listan «{name}»")
_VERY_ALIKE: Final = 0.85
_AND_MORE: Final = N_("Filen har ännu fler fel ({number}). De visas när de här är rättade.")


def no_plan(data: Any, first_line: str = "") -> Message:
    """The sentence about a file whose top level is not a mapping. ``first_line``: of what stands there instead."""
    hard = hard_space(first_line)
    if hard is not None:
        return hard[1]
    if isinstance(data, list):
        return Message(_LIST_FOR_PLAN)
    found = re.match(r"\s*([\w-]+):(\S.*)", data) if isinstance(data, str) else None
    if found and found[1] in fields_in(()):
        return Message(NO_SPACE, {"example": shown(f"{found[1]}: {found[2]}")})
    return Message(_NOT_A_PLAN)


class AnswerProblems:
    """Turns what pydantic found into problems with places and sentences."""

    def __init__(self, document: Document, words: Wording | None) -> None:
        self._document, self._words = document, words

    def all(self, failure: ValidationError, others: list[Problem]) -> list[Problem]:
        """The problems, with ``others``. Where there are very many the last of them tells how many more there are.

        Where the plan is of a newer format only that is told: what else looks wrong may be right there.
        """
        found = [
            (error["loc"], context, error["type"])
            for error in failure.errors(include_url=False, include_input=False)
            for context in _contexts(error.get("ctx", {}))
        ]
        for wrong in found:
            if wrong[1].get("code") == "newer_format":
                problem = self._problem(*wrong)
                if problem.message.template == NEWER_FORMAT:
                    return [problem]
        problems = others + [self._problem(*wrong) for wrong in found[:MOST_PROBLEMS]]
        if len(found) > MOST_PROBLEMS:
            more = Message(_AND_MORE, {"number": len(found) - MOST_PROBLEMS})
            problems.append(Problem(self._document.path, more))
        return problems

    def _problem(self, loc: Loc, context: Mapping[str, Any], kind: str) -> Problem:
        line, column = self._document.position(loc, key=kind == "extra_forbidden")
        written = self._document.line(line)
        hard = hard_space(written)
        if hard is not None:
            return Problem(self._document.path, hard[1], line, hard[0] + 1)
        if kind == "extra_forbidden":
            message = self._cut_by_comma(loc, written[: column - 1]) or self._unknown_field(loc)
            return Problem(self._document.path, message, line, column)
        if "element" in context:
            loc = (*loc, context["element"])
        message = AnswerSentence(path_of(loc), _at(self._document.data, loc), context, self._words).message()
        return Problem(self._document.path, message, *self._document.position(loc))

    def _cut_by_comma(self, loc: Loc, before: str) -> Message | None:
        """What follows a comma in a text or a number within braces is read as a field. ``before``: the line up to there."""
        fields = _at(self._document.data, loc[:-1])
        if not before.rstrip().endswith(",") or fields[loc[-1]] is not None:
            return None
        earlier = list(fields.items())[: list(fields).index(loc[-1])]
        cut = next((place for place in range(len(earlier), 0, -1) if earlier[place - 1][1] is not None), 0)
        key, value = earlier[cut - 1] if cut else ("", None)
        if not isinstance(value, str) or key not in fields_in(path_of(loc[:-1])):
            return None
        space = "" if before.endswith(",") else " "
        whole = f",{space}".join([value, *(name for name, _ in earlier[cut:]), str(loc[-1])])
        return Message(_COMMA, {"example": f'{key}: "{shown(whole)}"'})

    def _unknown_field(self, loc: Loc) -> Message:
        name, path = str(loc[-1]), path_of(loc[:-1])
        joined = re.fullmatch(r"([\w-]+):(\S.*)", name, re.DOTALL)
        if joined and joined[1] in fields_in(path):
            return Message(NO_SPACE, {"example": shown(f"{joined[1]}: {joined[2]}")})
        if name.startswith("-") and name[1:] in fields_in(path):
            return Message(NO_SPACE_AFTER_DASH, {"example": f"{name[1:]}: …"})
        places = _places_of(name, path)
        near = nearest(name, named_fields(path, self._words), alike=_VERY_ALIKE if places else ALIKE)
        values: dict[str, Any] = {"field": shown(name), "place": _place(path), "nearest": near, "places": places}
        if near is not None:
            return Message(_NEAR_OR_ELSEWHERE if places else _NEAR, values)
        if places:
            return Message(_ELSEWHERE, values)
        return Message(_UNKNOWN, values | {"fields": ", ".join(fields_in(path))})


def _contexts(context: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Each wrong element of a list by itself."""
    if context.get("code") == "wrong_elements":
        yield from context["elements"]
    else:
        yield context


def _at(data: Any, loc: Loc) -> Any:
    for step in loc:
        data = data[step]
    return data


def _place(path: Path) -> Message:
    if not path:
        return _AT_TOP
    return Message(_IN_SECTION if isinstance(fields()[path], SectionOf) else _IN_LIST, {"name": ".".join(path)})


def _places_of(name: str, but: Path) -> str:
    """Where else fields of this name are, written with their sections: ``«mandate.date», «feedback.date»``."""
    plain = plain_field(name)
    return ", ".join(f"«{'.'.join(path)}»" for path in fields() if path[-1] == plain and path[:-1] != but)
