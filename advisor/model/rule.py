"""A rule: a finding to raise, a conclusion to draw, or a weight on methods (rule language, sections 1 to 3)."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from advisor.model.condition import Condition

Severity = Literal["stop", "fix", "advice"]
Basis = Literal["source", "judgement"]
Expectation = Literal["fires", "silent", "undecided", "not_applicable"]

FACTORS = ("definition", "1", "2", "3", "4", "5", "6", "7", "8")
CRITERIA = (
    "level", "goal", "depth", "breadth", "size", "group", "conflict", "trust", "complexity", "stage", "time", "means",
    "skill", "form", "recruitment",
)  # fmt: skip
SEVERITY_POINTS = {"stop": 3, "fix": 2, "advice": 1}


class Record(BaseModel):
    """A part of a rule or knowledge file; immutable, knows no other keys than its own."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


# Files hold lists; models hold tuples.
TupleOf = BeforeValidator(_as_tuple)
AnyText = Annotated[str, BeforeValidator(_as_text)]


class Words(Record):
    """A text in both languages."""

    sv: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def text(self, lang: str) -> str:
        """The text in ``lang``."""
        return self.sv if lang == "sv" else self.en


class Citation(Record):
    """A source and the place in it that says what the rule says: a section's own name, or words for where it is."""

    ref: str
    at: "str | Words | None" = None

    def place(self, lang: str) -> str:
        """The place in ``lang``; empty where none is named. A section keeps its own name."""
        return self.at.text(lang) if isinstance(self.at, Words) else self.at or ""


class Example(Record):
    """A worked case of a rule: facts given and what the rule must say. ``given`` holds raw values by fact id."""

    name: str
    given: dict[str, Any] = {}
    expect: Expectation
    missing: Annotated[tuple[str, ...], TupleOf] = ()


class Rule(Record):
    """One rule. What is None tells its kind: a finding rule has a severity, a conclusion rule ``concludes``, a method
    rule ``criterion``.

    ``for_each`` is a list of the plan, ``method_groups``, ``catalogue`` or None (once for the plan).
    ``gap`` is worked out when the rulebook is loaded: the rule speaks of what is not answered.
    """

    id: str
    title: Words | None = None
    severity: Severity | None = None
    factor: AnyText | None = None
    concludes: str | None = None
    criterion: str | None = None
    for_each: str | None = None
    applies: Condition | None = None
    when: Condition
    alternative: str | None = None
    weighs: int | None = None
    excludes: bool = False
    because: Words | None = None
    adapt: Words | None = None
    advice: Words | None = None
    why: Words | None = None
    good: Words | None = None
    not_when: Words | None = None
    sources: Annotated[tuple[Citation, ...], TupleOf] = ()
    basis: Basis
    valid_from: str | None = None
    examples: Annotated[tuple[Example, ...], TupleOf] = ()
    gap: bool = False

    @property
    def area(self) -> str:
        """The first part of the id, the folder the rule lies in."""
        return self.id.partition(".")[0]
