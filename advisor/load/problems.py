"""Collects everything that is wrong in rule and knowledge files, each with its place."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from advisor.errors import KnowledgeError, Message, Problem
from advisor.i18n import N_
from advisor.load.documents import Document, Loc
from advisor.load.nearest import nearest
from advisor.model.rule import Record

_PLAIN: Final = re.compile(r"^\{?(?:fact:|parameter:)?(?:(?:item|each)\.)?(?:(?:method|group)\.)?")  # before a bare name

ModelT = TypeVar("ModelT", bound=Record)


class Problems:
    """The problems found so far, over all files.

    ``wrong_themselves`` are names of what is there but could not be read: whoever names them has done nothing wrong. Where
    a whole knowledge file could not be read (``names_unsure``) no name can be called unknown.
    """

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.wrong_themselves: set[str] = set()
        self.names_unsure = False

    def add(self, document: Document, loc: Loc, template: str, *, at_key: bool = False, **values: object) -> None:
        """Notes a problem at ``loc`` of a document. ``template`` is Swedish and marked with N_."""
        line, column = document.position(loc, key=at_key)
        self.found.append(Problem(document.path, Message(template, values), line, column))

    def unknown(
        self, document: Document, loc: Loc, what: str, word: object, known: Iterable[str], *, at_key: bool = False,
        fixed: bool = False,
    ) -> None:  # fmt: skip
        """Notes a name that does not exist, with the nearest that does. ``what`` is a template such as ”okänt faktum”.

        ``fixed``: what is known is the program's own (options, factors), whatever the files say. So are keys (``at_key``).
        """
        if not (at_key or fixed) and (self.names_unsure or _PLAIN.sub("", str(word)).rstrip("}") in self.wrong_themselves):
            return
        likely = nearest(str(word), known)
        if likely is None:
            self.add(document, loc, N_("{what} «{word}»"), at_key=at_key, what=Message(what), word=word)
        else:
            self.add(document, loc, N_("{what} «{word}»: menade ni «{likely}»?"), at_key=at_key, what=Message(what),
                     word=word, likely=likely)  # fmt: skip

    def read(
        self, model: type[ModelT], data: Any, document: Document, loc: Loc, given: Mapping[str, Any] | None = None
    ) -> ModelT | None:
        """A record of a file, or None with the problems noted. ``given`` replaces keys that were read apart."""
        if not isinstance(data, dict):
            self.add(document, loc, N_("här ska stå nycklar och värden, till exempel «id: …»"))
            return None
        try:
            return model.model_validate({**data, **(given or {})})
        except ValidationError as error:
            for one in error.errors(include_url=False):
                self._note(model, document, loc, one)
            return None

    def _note(self, model: type[Record], document: Document, loc: Loc, error: Any) -> None:
        where = tuple(part for part in error["loc"] if not (isinstance(part, str) and "[" in part))
        context, name = error.get("ctx") or {}, where[-1] if where else ""
        place: Loc = (*loc, *where)
        match error["type"]:
            case "missing":
                self.add(document, place[:-1], N_("nyckeln «{name}» saknas"), name=name)
            case "extra_forbidden":
                self.unknown(document, place, N_("okänd nyckel"), name, _keys_at(model, where[:-1]), at_key=True)
            case "literal_error":
                self.add(document, place, N_("«{value}» passar inte här, det ska vara {expected}"),
                         value=error["input"], expected=context["expected"].replace(" or ", ", "))  # fmt: skip
            case "string_too_short":
                self.add(document, place, N_("texten är tom"))
            case _:
                self.add(document, place, N_("«{name}» har fel slags värde: {value}"), name=name,
                         value=_short(error["input"]))  # fmt: skip

    def stop_if_any(self) -> None:
        """Raises KnowledgeError with every problem, in order of file and place."""
        if self.found:
            raise KnowledgeError(sorted(self.found, key=lambda one: (one.path, one.line or 0, one.column or 0)))


def _keys_at(model: type[Record], where: tuple[object, ...]) -> list[str]:
    current: Any = model
    for part in where:
        if not isinstance(part, str):
            continue
        field = getattr(current, "model_fields", {}).get(part)
        current = _model_within(field.annotation) if field is not None else None
    return [field.alias or name for name, field in getattr(current or model, "model_fields", {}).items()]


def _model_within(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    found = (_model_within(part) for part in getattr(annotation, "__args__", ()))
    return next((one for one in found if one is not None), None)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."
