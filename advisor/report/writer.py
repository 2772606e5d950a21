"""One interface for every form of output, so that plans can be written wherever they are checked."""

from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple, Protocol, get_args

from advisor.model.assessment import CheckedPlan, Tool
from advisor.model.knowledge import Knowledge
from advisor.report.sheet import USUAL, Style, unstyled
from advisor.report.summary import Summary
from advisor.report.words import Speaker

Form = Literal["text", "json", "jsonl", "csv", "html", "markdown"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)


class Writer(Protocol):
    """Writes plans in one form.

    The pieces may be made in several processes. What stands around them is written in one, which sees them in order.
    """

    def piece(self, checked: CheckedPlan) -> str:
        """What the form says of one plan."""
        ...

    def document(self, pieces: Iterable[str], summary: Summary) -> Iterator[str]:
        """The whole output, part by part. ``summary`` is complete once the pieces are used up, not before."""
        ...


class Layout(NamedTuple):
    """How the output is to be. It goes to other processes, so ``style`` must be a function of some module.

    ``width``, ``style``, ``everything`` and ``brief`` concern text only; ``utf8`` says that the output can hold every
    character; ``earlier_day`` is when the check was that is compared with.
    """

    form: Form
    lang: str
    width: int = USUAL
    style: Style = unstyled
    utf8: bool = True
    everything: bool = False
    brief: bool = False
    earlier_day: str = ""


def open_writer(layout: Layout, knowledge: Knowledge, tool: Tool) -> Writer:
    """A writer for the form that is asked for. Only what that form needs is imported."""
    speaker = Speaker(knowledge, layout.lang, tool.as_of)
    match layout.form:
        case "text":
            from advisor.report.text import TextReport

            return TextReport(
                speaker, tool, layout.width, layout.style, layout.utf8, layout.everything, layout.brief, layout.earlier_day
            )
        case "json":
            from advisor.report.plan_json import JsonDocument

            return JsonDocument(speaker, tool, ascii_only=not layout.utf8)
        case "jsonl":
            from advisor.report.plan_json import JsonLines

            return JsonLines(speaker, tool, ascii_only=not layout.utf8)
        case "csv":
            from advisor.report.table_csv import CsvTable

            return CsvTable(speaker, layout.utf8)
        case "html":
            from advisor.report.page_html import HtmlPage

            return HtmlPage(speaker, tool, layout.earlier_day, ascii_only=not layout.utf8)
        case "markdown":
            from advisor.report.page_markdown import MarkdownPage

            return MarkdownPage(speaker, tool, layout.earlier_day)
