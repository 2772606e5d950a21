"""What can be wrong with input, told to people: where, what, why and how to mend it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from advisor.i18n import translate


class Message(NamedTuple):
    """A sentence that waits for its language: a Swedish template and the values it names.

    A value with a method ``text(lang)`` (another message, a domain text) is rendered in the same language.
    """

    template: str
    values: Mapping[str, Any] = {}

    def text(self, lang: str) -> str:
        """The sentence in ``lang``."""
        values = {
            name: value.text(lang) if hasattr(value, "text") else value for name, value in self.values.items()
        }
        return translate(self.template, lang).format_map(values)


class Problem(NamedTuple):
    """One thing that is wrong in a file. ``line`` and ``column`` count from 1; None where there is no place."""

    path: str
    message: Message
    line: int | None = None
    column: int | None = None

    @property
    def place(self) -> str:
        """``file:line:column``, as far as it is known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)

    def text(self, lang: str) -> str:
        """The place and the sentence."""
        return f"{self.place}: {self.message.text(lang)}"


class DialoglotsError(Exception):
    """Something a user can mend. ``problems`` holds everything that was found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.text("sv") for problem in self.problems))

    def text(self, lang: str) -> str:
        """All problems, a line each."""
        return "\n".join(problem.text(lang) for problem in self.problems)


class PlanError(DialoglotsError):
    """A plan file that cannot be read."""


class KnowledgeError(DialoglotsError):
    """A rule file or a knowledge file that is wrong."""


class NoPlans(DialoglotsError):
    """A folder or a pattern in which there is no plan file."""


class BaselineError(DialoglotsError):
    """A result of an earlier check that cannot be compared with."""


class UnknownName(DialoglotsError):
    """A rule, method or term that does not exist."""


class EngineError(RuntimeError):
    """The engine did something it must never do; a fault in this program, not in the user's files."""
