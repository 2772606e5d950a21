"""The page as one HTML file that needs nothing beside it: no script, no picture, no font from elsewhere."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from advisor.i18n import N_
from advisor.model.assessment import CheckedPlan, Tool
from advisor.report.heat_map import BANDS, band, filled, heat_pictures
from advisor.report.html_elements import Html, element, escaped, joined
from advisor.report.page import Page
from advisor.report.page_parts import (
    Block,
    Figures,
    Fold,
    Heading,
    HeatMap,
    Link,
    Listing,
    Mark,
    Meter,
    Paragraph,
    Run,
    Runs,
    Section,
    Table,
    Terms,
    heat_table,
)
from advisor.report.summary import Summary
from advisor.report.words import Speaker

_STYLE: Final = Path(__file__).with_name("page.css")
_BAR: Final = 1000  # the width of the verdicts' bar, in units of its own
_METER: Final = 100


class HtmlPage:
    """Writes the page as HTML. ``ascii_only`` for an output that cannot hold every character."""

    def __init__(self, speaker: Speaker, tool: Tool, earlier_day: str = "", ascii_only: bool = False) -> None:
        self.ascii_only = ascii_only
        self.page = Page(speaker, tool, earlier_day)
        self.lang = speaker.lang
        self.say = speaker.say

    def piece(self, checked: CheckedPlan) -> str:
        """What the page needs of a plan, on one line."""
        return self.page.piece(checked)

    def document(self, pieces: Iterable[str], summary: Summary) -> Iterator[str]:
        """The page, part by part."""
        for part in self._parts(pieces, summary):
            yield part.encode("ascii", "xmlcharrefreplace").decode() if self.ascii_only else part

    def _parts(self, pieces: Iterable[str], summary: Summary) -> Iterator[str]:
        for place, block in enumerate(self.page.blocks(pieces, summary)):
            if place == 0:
                yield self._begin(_plain(block))
            yield self.block(block)
        yield "</main>\n</body>\n</html>\n"

    def _begin(self, title: str) -> str:
        head = element(
            "head", element("meta", charset="utf-8"), element("title", title),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="color-scheme", content="light dark"),
            element("style", Html(_STYLE.read_text(encoding="utf-8"))),
        )  # fmt: skip
        skip = element("a", self.say(N_("Till innehållet")), class_="skip", href="#content")
        return f'<!DOCTYPE html>\n<html lang="{self.lang}">\n{head}<body>\n{skip}\n<main id="content">\n'

    def block(self, block: Block) -> Html:
        """A block as HTML."""
        match block:
            case Heading():
                return element(f"h{block.level}", *_runs(block.runs), id=block.id or None)
            case Paragraph():
                return element("p", *_runs(block.runs), class_=block.look or None)
            case Listing():
                return element("ul", *(element("li", *_runs(item)) for item in block.items),
                               class_=block.look or None)  # fmt: skip
            case Terms():
                pairs = (joined(element("dt", label), element("dd", *_runs(runs))) for label, runs in block.pairs)
                return element("dl", *pairs)
            case Table():
                return _table(block)
            case Figures():
                return self._figures(block)
            case HeatMap():
                return self._heat(block)
            case Section():
                return self._section(block)
            case Fold():
                inside = map(self.block, block.blocks)
                return element("details", element("summary", block.summary), *inside, class_="fold")

    def _section(self, section: Section) -> Html:
        inside = [self.block(block) for block in section.blocks]
        if section.look == "contents":
            return element("nav", *inside, aria_label=self.say(N_("Innehåll")))
        look = f"part {section.look}".rstrip()
        return element("section" if section.id else "div", *inside, class_=look, id=section.id or None)

    def _figures(self, figures: Figures) -> Html:
        total = sum(share.number for share in figures.shares)
        cards = (element("li", _key(share.look), element("strong", self.page.speaker.number(share.number)), " ", share.label,
                         element("span", f" {self._percent(share.number, total)}", class_="dim"))
                 for share in figures.shares)  # fmt: skip
        return joined(element("ul", *cards, class_="cards"), _bar(figures, total))

    def _percent(self, number: int, total: int) -> str:
        return self.say(N_("{number} %"), number=round(100 * number / total))

    def _heat(self, heat: HeatMap) -> Html:
        table = _table(heat_table(heat))
        picture = element("div", *heat_pictures(heat), class_="scroll", tabindex=0, role="region", aria_label=heat.caption)
        return element("figure", element("figcaption", heat.caption, " ", self._scale()),
                       element("p", heat.text, class_="small"), picture,
                       element("details", element("summary", heat.table), table))  # fmt: skip

    def _scale(self) -> Html:
        edges = (0, *BANDS)
        ends = (*(edge - 1 for edge in BANDS), 100)
        keys = (element("span", f"{low}–{high}", class_=f"key on{band(low)} bg{band(low)}")
                for low, high in zip(edges, ends, strict=True))  # fmt: skip
        return element("span", *keys, class_="scale")


def _plain(block: Block) -> str:
    assert isinstance(block, Heading)
    return "".join(run for run in block.runs if isinstance(run, str))


def _runs(runs: Runs) -> Iterator[Html]:
    return map(_run, runs)


def _run(run: Run) -> Html:
    match run:
        case Link():
            return element("a", run.text, href=run.target)
        case Mark(look="strong"):
            return element("strong", run.text)
        case Mark(look="code"):
            return element("code", run.text)
        case Mark():
            return element("span", run.text, class_="dim" if run.look == "dim" else f"mark {run.look}")
        case Meter():
            return _meter(run.share)
        case str():
            return escaped(run)


def _table(table: Table) -> Html:
    def number(place: int) -> str | None:
        return "number" if place in table.numbers else None

    head = (element("th", text, scope="col", class_=number(place)) for place, text in enumerate(table.head))
    rows = (
        element("tr", element("th", *_runs(row[0]), scope="row"),
                *(element("td", *_runs(cell), class_=number(place)) for place, cell in enumerate(row[1:], 1)))
        for row in table.rows
    )  # fmt: skip
    made = element("table", element("caption", table.caption), element("thead", element("tr", *head)), element("tbody", *rows))
    return element("div", made, class_="scroll", tabindex=0, role="region", aria_label=table.caption)


def _meter(share: int | None) -> Html:
    if share is None:
        return escaped("–")
    full = element("rect", class_="meter", width=_METER, height=10)
    bar = element("svg", full, element("rect", class_="filled", width=share * _METER // 100, height=10),
                  width=_METER, height=10, viewBox=f"0 0 {_METER} 10", aria_hidden="true")  # fmt: skip
    return element("span", Html(bar.rstrip("\n")), f" {share}", class_="share")


def _key(look: str) -> Html:
    bar = element("svg", *filled(look, 0, 0, 16, 16), width=16, height=16, viewBox="0 0 16 16", aria_hidden="true")
    return joined(Html(bar.rstrip("\n")), " ")


def _bar(figures: Figures, total: int) -> Html:
    """The verdicts beside one another. Told apart by lightness and hatching, too."""
    pattern = element("pattern", element("path", d="M0 8 8 0M-2 2 2 -2M6 10 10 6", class_="lines"), id="hatch", width=8,
                      height=8, patternUnits="userSpaceOnUse")  # fmt: skip
    parts, begin, counted = [], 0, 0
    for share in figures.shares:
        counted += share.number
        end = counted * _BAR // total
        parts += filled(share.look, begin, 0, end - begin, 24)
        begin = end
    return element("svg", element("defs", pattern), *parts, class_="bar", viewBox=f"0 0 {_BAR} 24",
                   preserveAspectRatio="none", role="img", aria_label=figures.text)  # fmt: skip
