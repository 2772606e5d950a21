"""The page as GitHub-flavoured Markdown: the same content and order, with the heat map as a table of numbers."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from advisor.model.assessment import CheckedPlan, Tool
from advisor.report.characters import one_line
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

# What would be marking inside a line, an entity, or an address that is made a link of.
_MARKING: Final = re.compile(r"[\\`*_\[\]<>|~&$]|(?<=www)\.|:(?=//)", re.IGNORECASE)
_AT_THE_START: Final = re.compile(r"^([-+#=]|[0-9]+(?=[.)]))")
_UNSAFE: Final = re.compile(r"[\s()<>\\|]")  # in an address


class MarkdownPage:
    """Writes the page as Markdown."""

    def __init__(self, speaker: Speaker, tool: Tool, earlier_day: str = "") -> None:
        self.page = Page(speaker, tool, earlier_day)

    def piece(self, checked: CheckedPlan) -> str:
        """What the page needs of a plan, on one line."""
        return self.page.piece(checked)

    def document(self, pieces: Iterable[str], summary: Summary) -> Iterator[str]:
        """The page, part by part."""
        for place, block in enumerate(self.page.blocks(pieces, summary)):
            yield ("\n" if place else "") + "\n".join(self.block(block))

    def block(self, block: Block) -> Iterator[str]:
        """A block as pieces of text that each end with a line feed; an empty line goes between them."""
        match block:
            case Heading():
                anchor = f'<a id="{block.id}"></a>' if block.id else ""
                yield f"{'#' * block.level} {anchor}{_line(block.runs)}\n"
            case Paragraph():
                yield ("> " if block.look == "note" else "") + _line(block.runs) + "\n"
            case Listing():
                yield "".join(f"- {_line(item)}\n" for item in block.items)
            case Terms():
                yield "".join(f"- **{escaped(label)}:** {_line(runs)}\n" for label, runs in block.pairs)
            case Table():
                yield _table(block)
            case Figures():
                head = [share.label.capitalize() for share in block.shares]
                yield _rows(head, [[str(share.number) for share in block.shares]], set(range(len(head))))
            case HeatMap():
                yield from self._heat(block)
            case Section():
                if block.id:
                    yield f'<a id="{block.id}"></a>\n'
                for one in block.blocks:
                    yield from self.block(one)
            case Fold():
                for one in block.blocks:
                    yield from self.block(one)

    def _heat(self, heat: HeatMap) -> Iterator[str]:
        for label, group in heat.groups:
            caption = f"{heat.caption}: {label}" if label else heat.caption
            yield _table(heat_table(heat._replace(caption=caption, groups=[("", group)])))


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it stands."""
    plain = _MARKING.sub(lambda found: "\\" + found[0], one_line(text))
    return _AT_THE_START.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", plain)


def _line(runs: Runs) -> str:
    """Runs one after the other. Spaces at the ends of a run are its own."""
    return "".join(map(_run, runs)).strip()


def _run(run: Run) -> str:
    match run:
        case Link():
            address = _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), run.target)
            return f"[{escaped(run.text)}]({address})"
        case Mark(look="dim"):
            return _spaced(run.text)
        case Mark(look="code"):
            return f"`{one_line(run.text)}`" if "`" not in run.text and "|" not in run.text else escaped(run.text)
        case Mark():
            return f"**{escaped(run.text)}**"
        case Meter():
            return "–" if run.share is None else str(run.share)
        case str():
            return _spaced(run)


def _spaced(text: str) -> str:
    inner = escaped(text)
    return f"{' ' * text[:1].isspace()}{inner}{' ' * (bool(inner) and text[-1:].isspace())}"


def _table(table: Table) -> str:
    rows = _rows(table.head, [[_line(cell) for cell in row] for row in table.rows], set(table.numbers))
    return f"{escaped(table.caption)}:\n\n{rows}"


def _rows(head: Iterable[str], rows: Iterable[Iterable[str]], numbers: set[int]) -> str:
    """A table; cells are Markdown already, heads are text."""
    titles = [escaped(text) for text in head]
    line = ["--:" if place in numbers else "---" for place in range(len(titles))]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (titles, line, *rows))
