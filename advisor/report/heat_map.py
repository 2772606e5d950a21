"""A heat map as SVG: a row of per cent each, the number in every cell, lightness falling with the number."""

from collections.abc import Iterator, Sequence
from typing import Final

from advisor.report.html_elements import Html, element
from advisor.report.page_parts import HeatMap, HeatRow

BANDS: Final = (20, 40, 60, 80)  # a cell's look changes at these
_VERDICT: Final = 12  # the side of the square that shows a plan's verdict
_BEGIN: Final = 22  # where the cells begin
_CELL: Final = 52
_STEP: Final = 54
_BEFORE_LAST: Final = 8  # sets the column for all factors apart
_ROW: Final = 28
_BASE: Final = 18  # where text stands in a row
_MOST_ROWS: Final = 30  # in a picture; what is higher does not fit on a printed page


def heat_pictures(heat: HeatMap) -> Iterator[Html]:
    """A picture for each group, labels beside it and the columns' names above: so a page can be turned between them.

    The picture is one image to a screen reader; the table has the same figures. The labels are outside it, for links
    within an image cannot be reached by everyone.
    """
    parts = [(label, rows[begin : begin + _MOST_ROWS])
             for label, rows in heat.groups for begin in range(0, len(rows), _MOST_ROWS)]  # fmt: skip
    for place, (label, rows) in enumerate(parts, 1):
        labels = element("div", element("p", label or "\u00a0"), element("ul", *map(_label, rows)), class_="labels")
        yield element("div", labels, _picture(heat, label, rows, f"{heat.id}-{place}"), class_="map")


def _label(row: HeatRow) -> Html:
    return element("li", element("a", row.label, href=row.target) if row.target else row.label)


def _picture(heat: HeatMap, label: str, rows: Sequence[HeatRow], name: str) -> Html:
    width, height = _x(len(heat.columns) - 1) + _CELL, _ROW * (len(rows) + 1)
    head = (element("text", column, class_="head", x=_x(place) + _CELL // 2, y=_BASE)
            for place, column in enumerate(heat.columns))  # fmt: skip
    title = f"{heat.caption}: {label}" if label else heat.caption
    return element(
        "svg", element("title", title, id=f"{name}-title"), element("desc", heat.text, id=f"{name}-desc"), *head,
        *(_row(row, _ROW * place) for place, row in enumerate(rows, 1)),
        class_="heat", viewBox=f"0 0 {width} {height}", width=width, height=height, role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )  # fmt: skip


def band(value: int) -> int:
    """Which of the looks a value has, 0 for the least."""
    return sum(value >= edge for edge in BANDS)


def filled(verdict: str, x: int, y: int, width: int, height: int) -> list[Html]:
    """An area in a verdict's look: lightness tells verdicts apart, and hatching. The page has the pattern ``hatch``."""
    if not width:
        return []
    parts = [element("rect", class_=f"fill-{verdict}", x=x, y=y, width=width, height=height)]
    if verdict == "revise":
        parts.append(element("rect", class_="hatched", x=x, y=y, width=width, height=height))
    return parts


def _row(row: HeatRow, top: int) -> Html:
    """A row whose texts stand on y = 0: of a thousand plans every attribute counts."""
    square = filled(row.verdict.look, 0, 8 - _BASE, _VERDICT, _VERDICT) if row.verdict else ()
    return element("g", *square, *_cells(row), transform=f"translate(0,{top + _BASE})")


def _cells(row: HeatRow) -> Iterator[Html]:
    shapes: dict[int, str] = {}
    for place, value in enumerate(row.values):
        if value is not None:
            shape = f"M{_x(place)} {1 - _BASE}h{_CELL}v{_ROW - 2}h-{_CELL}z"
            shapes[band(value)] = shapes.get(band(value), "") + shape
    for look, shape in shapes.items():
        yield element("path", class_=f"heat{look}", d=shape)
    for place, value in enumerate(row.values):
        text, look_of = ("–", "none") if value is None else (str(value), f"on{band(value)}")
        yield element("text", text, class_=look_of, x=_x(place) + _CELL // 2)


def _x(place: int) -> int:
    return _BEGIN + place * _STEP + (_BEFORE_LAST if place == 9 else 0)
