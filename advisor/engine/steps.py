"""One step of why a condition came out as it did, and what may be asked of it."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from advisor.engine.logic import Truth
from advisor.model.answers import Listed
from advisor.model.assessment import Reason
from advisor.model.condition import Leaf


class Looked(NamedTuple):
    """What a leaf looked at.

    ``fact`` and ``value`` say what it found, ``wanted`` what it compared with. ``reasons`` are the facts it rests on,
    ``missing`` the plan facts that would settle it where it is undecided.
    """

    test: Leaf | None = None
    fact: str = ""
    value: Any = None
    wanted: Any = None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


def _nothing() -> Looked:
    return Looked()


class Step:
    """One part of a condition as it came out; what stands behind ``truth`` is worked out only if somebody asks for it.

    ``kind``: all, any, not, fact, finding, some or count. ``parts`` are those of a group, or the elements of a quantifier;
    a leaf tells the rest (see ``Looked``).
    """

    def __init__(
        self, kind: str, truth: Truth, parts: "Callable[[], tuple[Step, ...]]" = tuple, look: Callable[[], Looked] = _nothing
    ) -> None:
        self.kind = kind
        self.truth = truth
        self._parts = parts
        self._look = look

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Step) and (self.kind, self.truth, self._looked, self.parts) == (
            other.kind, other.truth, other._looked, other.parts)  # fmt: skip

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def parts(self) -> "tuple[Step, ...]":
        return self._parts()

    @cached_property
    def _looked(self) -> Looked:
        return self._look()

    @property
    def test(self) -> Leaf | None:
        return self._looked.test

    @property
    def fact(self) -> str:
        return self._looked.fact

    @property
    def value(self) -> Any:
        return self._looked.value

    @property
    def wanted(self) -> Any:
        return self._looked.wanted

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self._looked.reasons

    @property
    def missing(self) -> tuple[str, ...]:
        return self._looked.missing


def shown(value: Any) -> Any:
    """A value as output has it: dates as ISO text, lists as lists with "unknown" for each element not decided."""
    if isinstance(value, Listed):
        return [*value.values, *["unknown"] * value.open]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [shown(item) if isinstance(item, Listed) else item for item in value]
    return value


def because(step: Step, wanted: bool = True) -> tuple[Reason, ...]:
    """The facts that made the step come out as it did, each once; for an undecided step what already speaks for ``wanted``."""
    return tuple(dict.fromkeys(frozen(reason) for reason in _reasons(step, wanted)))


def frozen(reason: Reason) -> Reason:
    """The reason with a tuple for a list, as an assessment holds it."""
    return Reason(reason.fact, tuple(reason.value)) if isinstance(reason.value, list) else reason


def _reasons(step: Step, wanted: bool) -> Iterable[Reason]:
    """What made a step come out as it did; for an undecided step what speaks for ``wanted``."""
    if not step.parts:
        return step.reasons
    if step.kind == "not":
        return _reasons(step.parts[0], not wanted)
    truths = (wanted, None) if step.truth is None else (step.truth,)
    return [reason for part in step.parts if part.truth in truths for reason in _reasons(part, wanted)]


def missing(step: Step) -> tuple[str, ...]:
    """The plan facts that would settle an undecided step, each once."""
    if step.truth is not None:
        return ()
    inner = (fact for part in step.parts for fact in missing(part))
    return tuple(dict.fromkeys((*step.missing, *inner)))
