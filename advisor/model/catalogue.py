"""What the adviser knows of dialogue methods: each with its attributes, and for each attribute whether a source says it."""

from typing import Annotated, Any

from advisor.model.rule import AnyText, Basis, Record, TupleOf, Words


class Published(Record):
    """What one source says of an attribute."""

    source: str
    value: Any


class Attribute(Record):
    """What is known of one thing about a method, and whether a source says it.

    ``published`` holds what each source says where they do not agree; no rule reads it.
    """

    value: Any
    basis: Basis
    published: Annotated[tuple[Published, ...], TupleOf] = ()


class Use(Record):
    """A real case where a method was used, read in ``source``."""

    place: str
    what: Words
    year: AnyText | None = None
    source: str


class Method(Record):
    """A dialogue method of the catalogue."""

    id: str
    name: Words
    aliases: Annotated[tuple[AnyText, ...], TupleOf] = ()
    description: Words
    staffing: Words | None = None
    strengths: Annotated[tuple[Words, ...], TupleOf] = ()
    weaknesses: Annotated[tuple[Words, ...], TupleOf] = ()
    avoid_when: Annotated[tuple[Words, ...], TupleOf] = ()
    attributes: dict[str, Attribute]
    used_in: Annotated[tuple[Use, ...], TupleOf] = ()
    sources: Annotated[tuple[str, ...], TupleOf] = ()
    described_by: Annotated[tuple[str, ...], TupleOf] = ()
