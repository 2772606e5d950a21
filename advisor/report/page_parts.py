"""What a page consists of, whatever it is written in: blocks that hold runs of text, links and marks."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

Look = Literal["strong", "code", "dim", "stop", "fix", "advice", "possible", "ready", "revise"]


class Link(NamedTuple):
    """A link to a place on the page (``#plan-3``) or to a web address."""

    text: str
    target: str


class Mark(NamedTuple):
    """A text with a look of its own: a severity, a verdict, a name of the program's."""

    text: str
    look: Look


class Meter(NamedTuple):
    """A share in per cent, as a bar with its number; None where there is nothing to measure."""

    share: int | None


Run = str | Link | Mark | Meter
Runs = Sequence[Run]


class Heading(NamedTuple):
    """A heading. ``level`` 1 is the page's own."""

    level: int
    runs: Runs
    id: str = ""


class Paragraph(NamedTuple):
    """A paragraph; ``look`` lead or note where it stands out, dim or small where it stands back, label over a list."""

    runs: Runs
    look: Literal["", "lead", "note", "dim", "small", "label"] = ""


class Listing(NamedTuple):
    """A list with a point for each of ``items``."""

    items: Sequence[Runs]
    look: Literal["", "small", "columns", "legend"] = ""


class Terms(NamedTuple):
    """Labels, each with what there is to say under it."""

    pairs: Sequence[tuple[str, Runs]]


class Table(NamedTuple):
    """A table: the first cell of a row is its heading. ``numbers``: the columns, from 0, that hold figures."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Runs]]
    numbers: frozenset[int] = frozenset()


class Share(NamedTuple):
    """How many plans got a verdict; ``look`` is the verdict."""

    label: str
    look: Literal["ready", "revise", "stop"]
    number: int


class Figures(NamedTuple):
    """The verdicts as figures, and as a bar that ``text`` says in words."""

    text: str
    shares: Sequence[Share]


class HeatRow(NamedTuple):
    """A row of a heat map: per cent by factor and in all; None where nothing applies. ``verdict`` is a single plan's."""

    label: str
    target: str
    values: Sequence[int | None]
    verdict: Mark | None = None


class HeatMap(NamedTuple):
    """Rows of per cent under ``columns``, in groups with a label each ("" where there is only one).

    ``caption`` is its name, ``text`` says in words how to read it; ``corner`` heads the labels and ``verdict`` the
    verdicts of the rows ("" where rows have none).
    """

    id: str
    caption: str
    text: str
    corner: str
    verdict: str
    columns: Sequence[str]
    groups: Sequence[tuple[str, Sequence[HeatRow]]]
    table: str  # what the same figures as a table are called


class Section(NamedTuple):
    """Blocks that belong together. ``look`` says what they are; one with an ``id`` can be linked to."""

    blocks: "Sequence[Block]"
    look: str = ""
    id: str = ""


class Fold(NamedTuple):
    """Blocks that are shown when asked for."""

    summary: str
    blocks: "Sequence[Block]"


Block = Heading | Paragraph | Listing | Terms | Table | Figures | HeatMap | Section | Fold


def heat_table(heat: HeatMap) -> Table:
    """The same figures as a table."""
    head = [heat.corner, *([heat.verdict] if heat.verdict else ()), *heat.columns]
    rows: list[list[Runs]] = []
    for row in (row for _, group in heat.groups for row in group):
        label: Run = Link(row.label, row.target) if row.target else row.label
        verdict: list[Runs] = [[row.verdict.text]] if row.verdict else []
        rows.append([[label], *verdict, *(["–" if value is None else str(value)] for value in row.values)])
    return Table(heat.caption, head, rows, frozenset(range(len(head) - len(heat.columns), len(head))))
