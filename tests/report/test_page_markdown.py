"""The page as Markdown: the same content, and no text of a plan marks anything up."""

import re
from collections.abc import Callable, Iterable

import pytest

from advisor.api import Adviser
from advisor.errors import Message, PlanError, Problem
from advisor.model.assessment import CheckedPlan
from advisor.report.page_html import HtmlPage
from advisor.report.page_markdown import MarkdownPage, escaped
from advisor.report.summary import Summary
from advisor.report.words import Speaker

Judge = Callable[[str], CheckedPlan]
MakePage = Callable[[Iterable[CheckedPlan]], str]

STOP = "question: {text: Hur?, influenceable: not_at_all}\n"
UNREADABLE = CheckedPlan("b/x.yaml", "", "", None, PlanError([Problem("b/x.yaml", Message("Ett | fel."), 3, 7)]))


@pytest.fixture
def page(adviser: Adviser, swedish: Speaker) -> MakePage:
    """The page on some plans."""

    def write(plans: Iterable[CheckedPlan]) -> str:
        plans, writer, summary = list(plans), MarkdownPage(swedish, adviser.tool), Summary()
        for plan in plans:
            summary.add(plan)
        return "".join(writer.document(map(writer.piece, plans), summary))

    return write


@pytest.fixture
def several(judged: Judge) -> list[CheckedPlan]:
    goals = "goals: [{text: 'Ett | två', states: activity}]\n"
    return [judged("title: Ån\norganisation: {unit: Park | lek}\n" + STOP + goals), judged("title: Skolan\n"), UNREADABLE]


@pytest.mark.parametrize(("text", "shown"), [
    ("a|b", r"a\|b"), ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"), ("<b>&amp;", r"\<b\>\&amp;"), ("[a](b)", r"\[a\](b)"),
    ("# a", r"\# a"), ("- a", r"\- a"), ("12. a", r"12\. a"), ("12) a", r"12\) a"), ("a\n# b", "a # b"), ("\\", r"\\"),
    ("~~a~~", r"\~\~a\~\~"), ("http://x.se", r"http\://x.se"), ("www.x.se", r"www\.x.se"), ("a\u202eb\x1b", "a‹U+202E›b␛"),
    ("vanlig text: 3 av 4 (ungefär) – å", "vanlig text: 3 av 4 (ungefär) – å"),
])  # fmt: skip
def test_text_stays_text(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_every_row_of_a_table_has_as_many_cells(page: MakePage, several: list[CheckedPlan]) -> None:
    tables = re.findall(r"(?:^\|.*\|\n)+", page(several), re.MULTILINE)
    assert len(tables) == 4  # verdicts, units, and the map in two units
    for table in tables:
        head, line, *rows = table.splitlines()
        assert re.fullmatch(r"\|( (---|--:) \|)+", line)
        assert rows
        assert {len(re.findall(r"(?<!\\)\|", row)) for row in (head, line, *rows)} == {len(line.split("|")) - 1}


def test_links_lead_to_anchors(page: MakePage, several: list[CheckedPlan]) -> None:
    text = page(several)
    anchors = re.findall(r'<a id="([^"]*)"></a>', text)
    assert len(anchors) == len(set(anchors))
    addresses = re.findall(r"\]\(([^)]*)\)", text)
    assert {one[1:] for one in addresses if one.startswith("#")} <= set(anchors)
    assert all(one.startswith(("#", "https://", "http://")) for one in addresses)


def test_it_has_the_headings_of_the_html(
    page: MakePage, several: list[CheckedPlan], adviser: Adviser, swedish: Speaker
) -> None:
    writer, summary = HtmlPage(swedish, adviser.tool), Summary()
    for plan in several:
        summary.add(plan)
    html = "".join(writer.document(map(writer.piece, several), summary))
    of_html = re.findall(r"<h([1-6])[^>]*>(.*?)</h", html)
    of_markdown = re.findall(r"^(#+) (?:<a id=\"[^\"]*\"></a>)?(.*)$", page(several), re.MULTILINE)
    assert [(len(marks), text.replace("\\", "")) for marks, text in of_markdown] == [
        (int(level), text) for level, text in of_html
    ]


def test_blocks_are_apart(page: MakePage, several: list[CheckedPlan]) -> None:
    text = page(several)
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert not re.search(r"[^\n]\n#", text)
    assert not re.search(r"\n[^|\n][^\n]*\n\|", text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)


def test_a_title_marks_nothing_up(page: MakePage, judged: Judge) -> None:
    plan = judged('title: "# <script>x</script> | `a` [b](javascript:x)"\n')
    for plans in ([plan], [plan, plan]):
        text = page(plans)
        assert r"\# \<script\>x\</script\> \| \`a\` \[b\](javascript:x)" in text
        assert "<script>" not in text


def test_one_plan_reads_as_a_report_on_it(page: MakePage, judged: Judge) -> None:
    text = page([judged("title: Badet\n" + STOP)])
    assert text.startswith("# Badet\n")
    assert "\nStopp: håll inte dialogen" in text
    assert "- **Första steget:** Tala med" in text
    assert re.search(r"^\| Fem kännetecken på medborgardialog \| \d+ av \d+ poäng \| \d+ \|$", text, re.MULTILINE)
