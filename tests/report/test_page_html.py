"""The page as HTML: sound, whole, readable by everyone, and no text of a plan can become anything but text."""

import re
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.api import Adviser
from advisor.errors import Message, PlanError, Problem
from advisor.model.assessment import CheckedPlan, Tool
from advisor.model.plan import Plan
from advisor.report import overview as counted
from advisor.report import page as pages
from advisor.report.heat_map import BANDS
from advisor.report.page_html import HtmlPage
from advisor.report.summary import Summary
from advisor.report.words import Speaker

Judge = Callable[[str], CheckedPlan]

STOP = "question: {text: Hur?, influenceable: not_at_all}\n"
PARTLY = """\
question: {text: Hur?, influenceable: partly, open: [Skolvägar]}
goals: [{text: Ett, states: activity}]
target_groups: [{name: Elever, kind: [children], hard_to_reach: true}]
governance: {process: decision_basis}
"""
ACCEPTED = "accepted: [{rule: goals.missing, reason: Kommer sedan, by: Chefen, until: 2027-01-01}]\n"
HOSTILE = '"><script>alert(1)</script>\\u202E\\e[2J&amp;\''
UNREADABLE = CheckedPlan("b/x.yaml", "", "", None, PlanError([Problem("b/x.yaml", Message("Fel <här>.\nOch mer."), 3, 7)]))
_VOID: Final = ("meta",)
_SELF_CLOSING: Final = ("rect", "path")


class Reader(HTMLParser):
    """Reads a page and holds what the tests ask of it. Fails where elements are not nested."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _SELF_CLOSING
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self, *tags: str) -> str:
        return " ".join(" ".join(text for tag, text in self.texts if (not tags or tag in tags) and tag != "style").split())


def in_unit(checked: CheckedPlan, unit: str, title: str = "", path: str = "") -> CheckedPlan:
    return checked._replace(unit=unit, title=title or checked.title, path=path or checked.path)


@pytest.fixture
def page(adviser: Adviser, swedish: Speaker) -> Callable[[Iterable[CheckedPlan]], str]:
    """The page on some plans."""
    return lambda plans: written(plans, swedish, adviser.tool)


def written(plans: Iterable[CheckedPlan], speaker: Speaker, tool: Tool) -> str:
    writer, summary = HtmlPage(speaker, tool), Summary()

    def pieces() -> Iterable[str]:
        for plan in plans:
            summary.add(plan)
            yield writer.piece(plan)

    return "".join(writer.document(pieces(), summary))


MakePage = Callable[[Iterable[CheckedPlan]], str]


@pytest.fixture
def several(judged: Judge) -> list[CheckedPlan]:
    return [in_unit(judged(STOP), "Park", "Ån", "a.yaml"), in_unit(judged(PARTLY), "Skola", "Skolan", "s.yaml"),
            in_unit(judged(ACCEPTED), "", "", "t.yaml"), in_unit(judged("statutory: [other]\n" + STOP), "Park", "Bron"),
            UNREADABLE]  # fmt: skip


def sound(text: str) -> Reader:
    """Reads a page and checks all that holds for any."""
    made = Reader(text)
    ids = [attributes["id"] for _, attributes in made.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [attributes["href"] for attributes in made.all("a")]
    assert {one[1:] for one in targets if one.startswith("#")} <= set(ids)
    assert all(one.startswith(("#", "https://", "http://")) for one in targets)
    named = {one for attributes in made.all("svg") for one in attributes.get("aria-labelledby", "").split()}
    assert named <= set(ids)
    levels = [int(tag[1]) for tag, _ in made.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert all(attributes.get("scope") in ("col", "row") for attributes in made.all("th"))
    assert len(made.all("caption")) == len(made.all("table"))
    assert all("aria-label" in attributes for attributes in made.all("div") if "tabindex" in attributes)
    for attributes in made.all("svg"):
        assert attributes.get("aria-hidden") == "true" or (attributes["role"] == "img" and (
            attributes.get("aria-label") or attributes.get("aria-labelledby")))  # fmt: skip
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in made.elements}
    assert "url(http" not in text
    assert "@import" not in text
    return made


def test_a_page_is_sound(page: MakePage, several: list[CheckedPlan]) -> None:
    made = sound(page(several))
    assert made.all("html") == [{"lang": "sv"}]
    assert made.text("h1") == "Granskning av 5 dialogplaner"
    assert made.text("h2") == "Siffror för enheterna Mognad Att åtgärda Planerna Planer som inte går att läsa"
    assert made.all("a")[0] == {"class": "skip", "href": "#content"}


def test_it_is_the_same_every_time(page: MakePage, several: list[CheckedPlan]) -> None:
    assert page(several) == page(several)


def test_the_figures_are_those_of_the_summary(page: MakePage, several: list[CheckedPlan]) -> None:
    summary, text = Summary(), page(several)
    for plan in several:
        summary.add(plan)
    bar = next(one["aria-label"] for one in sound(text).all("svg") if one.get("class") == "bar")
    assert bar == "{stop} stopp, {revise} att arbeta om, {ready} redo".format(**{
        verdict: summary.verdicts[verdict] for verdict in ("stop", "revise", "ready")})  # fmt: skip
    rows = re.findall(r'<tr><th scope="row">([^<]*)</th>\n((?:<td class="number">\d+</td>\n){4})', text)
    told = {name: [int(number) for number in re.findall(r"\d+", cells)] for name, cells in rows}
    expected = {unit or "Ingen enhet angiven": [counts[key] for key in ("plans", "stop", "revise", "ready")]
                for unit, counts in summary.by_unit.items()}  # fmt: skip
    assert told == expected


def test_the_map_says_every_number_twice(page: MakePage, several: list[CheckedPlan]) -> None:
    text = page(several)
    for plan in several:
        if plan.assessment is not None:
            score = plan.assessment.readiness.score
            assert text.count(f">{score}</text>") >= 1
            assert text.count(f'<td class="number">{score}</td>') >= 1


def test_lightness_follows_the_number_so_that_grey_will_do(page: MakePage, several: list[CheckedPlan]) -> None:
    for theme, rising in zip(re.findall(r":root \{(.*?)\}", page(several), re.DOTALL), (True, False), strict=True):
        found = dict(re.findall(r"--(heat\d|on\d): (#\w+)", theme))
        light = [_luminance(found[f"heat{look}"]) for look in range(len(BANDS) + 1)]
        assert light == sorted(light, reverse=not rising)
        for look, one in enumerate(light):
            text = _luminance(found[f"on{look}"])
            assert (max(one, text) + 0.05) / (min(one, text) + 0.05) >= 4.5


@pytest.mark.parametrize(("text", "behind"), [
    ("ink", "paper"), ("dim", "paper"), ("link", "paper"), ("dim", "soft"), ("ink", "soft"), ("on-stop", "stop"),
    ("on-revise", "revise"), ("on-ready", "ready"),
])  # fmt: skip
def test_text_can_be_told_from_what_is_behind_it(
    page: MakePage, several: list[CheckedPlan], text: str, behind: str
) -> None:
    for theme in re.findall(r":root \{(.*?)\}", page(several), re.DOTALL):
        found = dict(re.findall(r"--([\w-]+): (#\w+)", theme))
        one, other = _luminance(found[text]), _luminance(found[behind])
        assert (max(one, other) + 0.05) / (min(one, other) + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_rule_stands_once_with_the_plans_it_holds_for(page: MakePage, several: list[CheckedPlan]) -> None:
    text = page(several)
    assert text.count('id="rule-question.not_influenceable"') == 1
    entry = text.split('id="rule-question.not_influenceable"')[1].split("</section>")[0]
    assert "säkert i 2 planer" in entry
    assert '<span class="dim">Park: </span><a href="#plan-1">Ån</a>; <a href="#plan-4">Bron</a>' in entry
    assert "I en av planerna är det ingen stoppgrund" in entry
    assert 'href="https://skr.se/' in entry


def test_a_plan_says_what_decides_and_what_comes_next(page: MakePage, several: list[CheckedPlan]) -> None:
    text = page(several)
    first = text.split('id="plan-1"')[1].split("</section>")[0]
    assert "Stopp, avgör utlåtandet" in first
    assert 'href="#rule-question.not_influenceable"' in first
    assert "<strong>Informera i stället</strong>" in first
    assert "Nästa fråga" in first
    third = text.split('id="plan-3"')[1].split("</section>")[0]
    assert "Skäl: Kommer sedan. Svarar för det: Chefen. Gäller till och med 2027-01-01." in third


def test_an_unreadable_plan_says_where(page: MakePage, several: list[CheckedPlan]) -> None:
    assert "<code>b/x.yaml:3:7:</code> Fel &lt;här&gt;. Och mer." in page(several)


def test_only_unreadable_plans_make_a_page_too(page: MakePage) -> None:
    made = sound(page([UNREADABLE, UNREADABLE]))
    assert made.text("h2") == "Planer som inte går att läsa"


def test_one_plan_reads_as_a_report_on_it(page: MakePage, judged: Judge) -> None:
    made = sound(page([judged("title: Badet vid ån\n" + STOP)]))
    assert made.text("h1") == "Badet vid ån"
    assert made.text("h2").startswith("Nästa steg Nästa fråga att besvara Det som ger stopp")
    told = made.text()
    assert "Tala med nämndens ordförande" in told
    assert "Möjlighet att påverka frågan: inte alls" in told
    assert "Siffror för enheterna" not in told


def test_no_text_becomes_more_than_text(page: MakePage, judged: Judge) -> None:
    plan = judged(
        f'title: "{HOSTILE.replace(chr(34), chr(92) + chr(34))}"\norganisation: {{unit: "<svg onload=x>"}}\n'
        'goals: [{text: "</title></svg><b>", states: activity}]\n'
        'methods: [{method: "<img src=x>"}]\n'
        'accepted: [{rule: "<i>", reason: "<u>", by: "</section>"}, {rule: goals.not_measurable, reason: "<s>", by: "<q>"}]\n'
    )
    wrong = PlanError([Problem("<p>.yaml", Message("<em>\x1b[2J</em>"), 1, 1)])
    bad = CheckedPlan("<p>'\"\ud800.yaml", "", "", None, wrong)
    for plans in ([plan], [plan, plan._replace(path="<h1>"), bad]):
        text = page(plans)
        made = sound(text)
        assert not {"script", "b", "i", "img", "u", "s", "q", "em"} & {tag for tag, _ in made.elements}
        assert not {name for _, attributes in made.elements for name in attributes if name.startswith("on")}
        assert "<script>alert(1)</script>‹U+202E›␛[2J&amp;'" in made.text()
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)


@settings(max_examples=40, deadline=None)
@given(title=st.text(), unit=st.text(), path=st.text())
def test_whatever_a_plan_is_called_the_page_is_sound(
    adviser: Adviser, swedish: Speaker, title: str, unit: str, path: str
) -> None:
    plan = CheckedPlan(path, title, unit, adviser.check(Plan()), None)
    for plans in ([plan], [plan, plan._replace(title=""), UNREADABLE._replace(path=path)]):
        sound(written(plans, swedish, adviser.tool)).text().encode()


def test_ids_are_never_of_a_plans_making(page: MakePage, several: list[CheckedPlan]) -> None:
    ids = [attributes["id"] for _, attributes in sound(page(several)).elements if "id" in attributes]
    known = re.compile(r"content|hatch|units|readiness|to-mend|plans|unreadable|(plan|unit)-\d+|rule-[\w.]+|heat-\w+-\d+-\w+")
    assert [one for one in ids if not known.fullmatch(one)] == []


def test_with_many_plans_units_come_first_and_their_plans_are_folded(
    page: MakePage, several: list[CheckedPlan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_IN_ONE_MAP", 3)
    monkeypatch.setattr(pages, "MOST_IN_DETAIL", 3)
    monkeypatch.setattr(pages, "MOST_NAMED", 1)
    text = page(several)
    sound(text)
    assert text.index("Enheternas mognad i medeltal") < text.index("<summary>Park, 2 planer</summary>")
    assert '<li><a href="#unit-1">Park</a></li>' in text
    assert "… och en plan till" in text
    assert "väntar på svar, i första hand på" in text.split('id="plan-2"')[1]


def test_with_too_many_plans_the_page_says_that_it_shows_units_only(
    page: MakePage, several: list[CheckedPlan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "MOST_PLANS", 2)
    text = page(several)
    sound(text)
    assert "så sidan visar enheterna och inte varje plan" in text
    assert 'id="plan-1"' not in text
    entry = text.split('id="rule-question.not_influenceable"')[1].split("</section>")[0]
    assert "<li>Park: 2 planer</li>" in entry


def test_an_output_that_lacks_characters_gets_the_same_page(
    adviser: Adviser, swedish: Speaker, page: MakePage, several: list[CheckedPlan]
) -> None:
    writer, summary = HtmlPage(swedish, adviser.tool, ascii_only=True), Summary()
    for plan in several:
        summary.add(plan)
    text = "".join(writer.document(map(writer.piece, several), summary))
    assert text.isascii()
    assert Reader(text).texts == Reader(page(several)).texts


def test_the_english_page_is_english(adviser: Adviser, english: Speaker, several: list[CheckedPlan]) -> None:
    made = sound(written(several, english, adviser.tool))
    assert made.all("html") == [{"lang": "en"}]


def test_a_comparison_says_that_only_what_is_new_is_shown(adviser: Adviser, swedish: Speaker) -> None:
    writer, summary = HtmlPage(swedish, adviser.tool, "2026-10-01"), Summary()
    summary.compared = True
    summary.changes.update(new=2, known=5, gone=1)
    summary.add(UNREADABLE)
    told = Reader("".join(writer.document([writer.piece(UNREADABLE)], summary))).text()
    assert "Sedan 2026-10-01: 2 påpekanden är nya. 5 är kända och visas inte. 1 är borta." in told
