"""Reads what an earlier ``check --format json`` or ``jsonl`` said, to compare a new check with.

What the program wrote itself is read a plan at a time, so that it may be large; only what is compared is kept.
"""

import codecs
import io
import json
import posixpath
from collections.abc import Iterator
from sys import intern
from typing import Any, Final, NamedTuple, NoReturn, TextIO, TypeVar, get_args

from advisor.errors import BaselineError, Message, Problem
from advisor.i18n import N_
from advisor.load.json_documents import may_be_decoded
from advisor.model.assessment import Earlier, Item, Status
from advisor.model.rule import Severity

SCHEMA: Final = 1
_LARGEST_TEXT: Final = 32 * 1024 * 1024  # characters that are read at once
_SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
_STATUSES: Final[tuple[Status, ...]] = get_args(Status)
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

ChoiceT = TypeVar("ChoiceT")

_CANNOT_READ: Final = Message(N_("Det tidigare resultatet går inte att läsa. Finns filen, och får ni läsa den?"))
_NOT_JSON: Final = Message(
    N_("Filen är ingen JSON. Jämför med en fil som dialoglots check --format json eller jsonl har skrivit.")
)
_NO_RESULT: Final = Message(
    N_("Filen är inget resultat från dialoglots check --format json eller jsonl, så det går inte att jämföra med den.")
)
_ENDS_EARLY: Final = Message(
    N_("Resultatet är inte helt: slutet saknas. Gör om den tidigare granskningen, eller ta en annan fil.")
)
_TOO_LARGE: Final = Message(
    N_("Filen är för stor att jämföra med. Skriv det tidigare resultatet med --format jsonl, och ändra det inte efteråt.")
)
_OTHER_SCHEMA: Final = N_(
    "Resultatet har formen {schema}, och det här programmet läser formen {known}. Gör om den tidigare granskningen."
)
_COMPARED_ITSELF: Final = Message(
    N_("Resultatet visar själv bara det som var nytt. Jämför med en granskning som är gjord utan --baseline.")
)


class Baseline(NamedTuple):
    """An earlier check. ``plans`` are the findings of each plan that could be read, by ``plan_key``."""

    as_of: str
    plans: dict[str, tuple[Earlier, ...]]


def plan_key(path: str) -> str:
    """A plan's path as it is compared: however its folders were written."""
    return posixpath.normpath(path.replace("\\", "/"))


def read_baseline(path: str) -> Baseline:
    """Reads an earlier result. Raises BaselineError where the file is anything else, or not whole."""
    try:
        with open(path, "rb") as file:
            start = file.peek(2)[:2]
            stream = io.TextIOWrapper(file, "utf-16" if start in _UTF16 else "utf-8-sig")  # PowerShell writes UTF-16
            return _Reader(path, stream).baseline()
    except UnicodeError:
        raise BaselineError([Problem(path, _NOT_JSON)]) from None
    except (OSError, ValueError):  # ValueError: a path with NUL
        raise BaselineError([Problem(path, _CANNOT_READ)]) from None


class _Reader:
    """Reads one file. The lines that this program writes hold a plan each."""

    def __init__(self, path: str, stream: TextIO) -> None:
        self._path = path
        self._stream = stream
        self._line = 0
        self._as_of = ""

    def baseline(self) -> Baseline:
        plans: dict[str, tuple[Earlier, ...]] = {}
        for plan in self._plans():
            try:
                if plan.get("baseline") is not None:
                    self._refuse(_COMPARED_ITSELF)
                if plan["error"] is None:
                    plans[plan_key(plan["path"])] = tuple(_earlier(one) for one in plan["findings"])
            except (KeyError, TypeError, ValueError, AttributeError):
                self._refuse(_NO_RESULT)
        return Baseline(self._as_of, plans)

    def _plans(self) -> Iterator[dict[str, Any]]:
        first = self._next_line()
        if not first.strip():
            self._refuse(_NO_RESULT if first else _ENDS_EARLY)
        if first.startswith('{"schema"') and first.rstrip().endswith(","):
            second = self._next_line()
            if second.rstrip() == '"plans": [':
                self._about(self._parsed(first.rstrip().removesuffix(",") + "}"))
                yield from self._plans_of_document()
                return
            first += second
        elif first.startswith(('{"path"', '{"summary"')):
            yield from self._plans_of_lines(first)
            return
        yield from self._plans_of_any(first)

    def _plans_of_document(self) -> Iterator[dict[str, Any]]:
        while (line := self._next_line().strip()) != "],":
            if not line:
                self._refuse(_ENDS_EARLY)
            if line != "]":  # no plan at all
                yield self._parsed(line.removesuffix(","))
        end = self._next_line().strip()
        if not end:
            self._refuse(_ENDS_EARLY)
        self._parsed("{" + end)

    def _plans_of_lines(self, line: str) -> Iterator[dict[str, Any]]:
        while line.strip():
            made = self._parsed(line)
            if "summary" in made:
                self._about(made)
                return
            yield made
            line = self._next_line()
        self._refuse(_ENDS_EARLY)

    def _plans_of_any(self, begin: str) -> Iterator[dict[str, Any]]:
        """The plans of a document that another program has laid out."""
        text = begin + self._stream.read(_LARGEST_TEXT)
        if len(text) >= _LARGEST_TEXT:
            self._refuse(_TOO_LARGE)
        self._line = 0
        made = self._parsed(text)
        self._about(made)
        if not isinstance(made.get("plans"), list) or "summary" not in made:
            self._refuse(_NO_RESULT)
        yield from made["plans"]

    def _about(self, made: dict[str, Any]) -> None:
        """Takes note of what made the result."""
        if not isinstance(made.get("schema"), int) or not isinstance(made.get("tool"), dict):
            self._refuse(_NO_RESULT)
        if made["schema"] != SCHEMA:
            self._refuse(Message(_OTHER_SCHEMA, {"schema": made["schema"], "known": SCHEMA}))
        self._as_of = str(made["tool"].get("as_of", ""))

    def _next_line(self) -> str:
        self._line += 1
        line = self._stream.readline(_LARGEST_TEXT)
        if len(line) >= _LARGEST_TEXT:
            self._refuse(_TOO_LARGE)
        return line

    def _parsed(self, text: str) -> dict[str, Any]:
        if not may_be_decoded(text):  # nothing that this program has written
            self._refuse(_NO_RESULT)
        try:
            made = json.loads(text)
        except json.JSONDecodeError as failure:
            if failure.pos >= len(text.rstrip()) or failure.msg.startswith("Unterminated string"):
                self._refuse(_ENDS_EARLY)
            line = failure.lineno if self._line == 0 else self._line
            raise BaselineError([Problem(self._path, _NOT_JSON, line, failure.colno)]) from None
        except ValueError:  # a number too long
            self._refuse(_NO_RESULT)
        if not isinstance(made, dict):
            self._refuse(_NO_RESULT)
        return made

    def _refuse(self, message: Message) -> NoReturn:
        raise BaselineError([Problem(self._path, message, self._line or None)])


def _earlier(finding: dict[str, Any]) -> Earlier:
    """A finding as it is compared. Raises KeyError, TypeError, ValueError or AttributeError for what is none."""
    return Earlier(
        _text(finding["rule"]), _item(finding["item"]), _one_of(_SEVERITIES, finding["severity"]),
        _one_of(_STATUSES, finding["status"]), finding["accepted"] is not None, _text(finding["title"]),
    )  # fmt: skip


def _item(item: dict[str, Any] | None) -> Item | None:
    if item is None:
        return None
    return Item(_text(item["list"]), int(item["index"]), _text(item["label"]), _item(item.get("group")))


def _text(value: object) -> str:
    """A text that stands in many findings, kept once."""
    if not isinstance(value, str):
        raise TypeError(value)
    return intern(value)


def _one_of(choices: tuple[ChoiceT, ...], value: object) -> ChoiceT:
    return choices[choices.index(value)]  # what is no choice raises ValueError
