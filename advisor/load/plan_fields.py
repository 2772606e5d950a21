"""The fields of the plan format by their path, with what may stand in each."""

from functools import cache

from advisor.model.answers import AnswerType
from advisor.model.plan import ItemsOf, Plan, PlanPart, SectionOf

Path = tuple[str, ...]
Field = SectionOf | ItemsOf | AnswerType


@cache
def fields() -> dict[Path, Field]:
    """Every field by path, in the order of the format; ``("goals", "kind")`` for a field of a list's items."""
    return _fields_of(Plan, ())


@cache
def fields_in(path: Path) -> tuple[str, ...]:
    """The names of the fields in a section or in the items of a list; of the plan itself for the empty path."""
    return tuple(inner[-1] for inner in fields() if inner[:-1] == path)


def path_of(loc: tuple[str | int, ...]) -> Path:
    """The path of a place in a plan: without the numbers of items."""
    return tuple(step for step in loc if isinstance(step, str))


def _fields_of(part: type[PlanPart], path: Path) -> dict[Path, Field]:
    found: dict[Path, Field] = {}
    for name, field in part.model_fields.items():
        for mark in field.metadata:
            if isinstance(mark, SectionOf | ItemsOf):
                found[*path, name] = mark
                found |= _fields_of(mark.part, (*path, name))
            elif isinstance(mark, AnswerType):
                found[*path, name] = mark
    return found
