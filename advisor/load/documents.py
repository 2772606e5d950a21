"""A text in YAML or JSON as plain data that remembers where everything stood."""

from typing import Any, Final, Protocol

from advisor.errors import KnowledgeError, PlanError
from advisor.load.json_documents import load_json
from advisor.load.yaml_documents import load_yaml

Loc = tuple[str | int, ...]


class Places(Protocol):
    """Knows where the parts of a text stand."""

    def find(self, loc: Loc, key: bool) -> tuple[int, int]:
        """Line and column, from 1."""

    def line(self, number: int) -> str:
        """A line of the text, from 1."""


class Document:
    """What a file holds: ``data`` is made of dict, list, str and None (and bool, int, float where those are read)."""

    __slots__ = ("_places", "data", "path")

    def __init__(self, path: str, data: Any, places: Places) -> None:
        self.path: Final = path
        self.data: Final = data
        self._places: Final = places

    def position(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at ``loc`` (``("goals", 0, "kind")``), or of its key.

        What does not exist has the place of the nearest enclosing part that does.
        """
        return self._places.find(loc, key)

    def line(self, number: int) -> str:
        """A line of the text as it was written, from 1; "" where there is none."""
        return self._places.line(number)


def read_yaml(text: str, path: str, *, typed: bool = False) -> Document:
    """Reads one YAML document.

    Plain ``null``, ``~`` and nothing are None; every other scalar is text, quoted or not. With ``typed``, for rule and
    knowledge files, plain true and false are bool and plain numbers of the YAML 1.2 core schema are int and float.
    Raises PlanError, or KnowledgeError where ``typed``.
    """
    data, places = load_yaml(text, path, typed, KnowledgeError if typed else PlanError)
    return Document(path, data, places)


def read_json(text: str, path: str) -> Document:
    """Reads one JSON value. Numbers become text in plain notation, true and false bool, null None. Raises PlanError."""
    data, places = load_json(text, path, PlanError)
    return Document(path, data, places)
