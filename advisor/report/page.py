"""What a page on all checked plans says, block by block, before it is HTML or Markdown.

Many plans: figures, units, heat map, one list of what to mend, then each plan. One plan: a report on it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from advisor.i18n import N_, swedish_order, translate_plural
from advisor.model.assessment import CheckedPlan, Tool
from advisor.model.rule import FACTORS
from advisor.report.characters import one_line
from advisor.report.comparison import since
from advisor.report.overview import MOST_PLANS, Mention, Overview, PlanRow, RuleEntry, UnitFigures
from advisor.report.page_parts import (
    Block,
    Figures,
    Fold,
    Heading,
    HeatMap,
    HeatRow,
    Link,
    Listing,
    Mark,
    Paragraph,
    Run,
    Runs,
    Section,
    Share,
    Table,
    Terms,
)
from advisor.report.page_plan import PlanPart, rule_anchor, unreadable
from advisor.report.plan_digest import digest_line
from advisor.report.summary import Summary
from advisor.report.text_summary import change_sentence
from advisor.report.words import VERDICTS, Speaker

MOST_IN_ONE_MAP: Final = 60  # plans; with more, the map shows units first and each unit's plans on their own
MOST_IN_DETAIL: Final = 300  # plans; with more, each is told of more briefly, so that the page stays under some megabytes
MOST_NAMED: Final = 60  # plans that are named for a rule
_MOST_UNITS_OF_RULE: Final = 12


class Page:
    """The content of a page in one language. ``earlier_day``: when the check was that is compared with, where one is."""

    def __init__(self, speaker: Speaker, tool: Tool, earlier_day: str = "") -> None:
        self.speaker = speaker
        self.tool = tool
        self.lang = speaker.lang
        self.say = speaker.say
        self.since = since(earlier_day, speaker)
        self.part = PlanPart(speaker, self.since)

    def piece(self, checked: CheckedPlan) -> str:
        """What the page needs of a plan, on one line."""
        return digest_line(checked, self.speaker)

    def blocks(self, pieces: Iterable[str], summary: Summary) -> Iterator[Block]:
        """The whole page; the first block is its heading."""
        with Overview(self.speaker) as overview:
            overview.take(pieces)
            if overview.read == 1 and summary.plans == 1:
                yield from self._one_plan(overview, summary)
            else:
                yield from self._many_plans(overview, summary)

    def _one_plan(self, overview: Overview, summary: Summary) -> Iterator[Block]:
        (row,) = overview.rows()
        plan = overview.plan(row)
        yield Heading(1, [row.title])
        yield self._checked([plan["unit"], plan["path"]])
        yield from self._compared(summary)
        yield from self.part.full(plan)

    def _many_plans(self, overview: Overview, summary: Summary) -> Iterator[Block]:
        title = translate_plural("Granskning av en dialogplan", "Granskning av {number} dialogplaner", summary.plans, self.lang)
        yield Heading(1, [self._with(title, summary.plans)])
        yield self._checked([])
        parts = [
            (N_("Siffror för enheterna"), "units", self._units(overview)),
            (N_("Mognad"), "readiness", self._heat(overview)),
            (N_("Att åtgärda"), "to-mend", self._to_mend(overview)),
            (N_("Planerna"), "plans", self._plans(overview)),
        ] if overview.read else []  # fmt: skip
        if overview.unreadable:
            parts.append((N_("Planer som inte går att läsa"), "unreadable", self._unreadable(overview)))
        yield Section([*self._figures(overview, summary), *self._compared(summary)], "figures")
        yield Section([Listing([[Link(self.say(title), "#" + anchor)] for title, anchor, _ in parts])], "contents")
        for title, anchor, blocks in parts:
            yield Heading(2, [self.say(title)], anchor)
            yield from blocks

    def _with(self, sentence: str, number: int) -> str:
        return sentence.format(number=self.speaker.number(number))

    def _plans_counted(self, number: int) -> str:
        return self._with(translate_plural("en plan", "{number} planer", number, self.lang), number)

    def _checked(self, before: Sequence[str]) -> Paragraph:
        tool, profile = self.tool, self.speaker.quoted(self.speaker.profile_name(self.tool.profile))
        told = [part for part in before if part]
        told += [
            self.say(N_("bedömt {day}"), day=tool.as_of), self.say(N_("profilen {profile}"), profile=profile),
            f"dialoglots {tool.version} ({tool.engine})",
            self.say(N_("kunskap {version}"), version=tool.knowledge_version),
        ]  # fmt: skip
        return Paragraph([" · ".join(told)], "dim")

    # figures

    def _figures(self, overview: Overview, summary: Summary) -> Iterator[Block]:
        if overview.read:
            number = {verdict: summary.verdicts[verdict] for verdict in ("stop", "revise", "ready")}
            text = self.say(N_("{stop} stopp, {revise} att arbeta om, {ready} redo"), **number)
            yield Figures(text, [
                Share(self.say(VERDICTS["stop"]), "stop", number["stop"]),
                Share(self.say(VERDICTS["revise"]), "revise", number["revise"]),
                Share(self.say(VERDICTS["ready"]), "ready", number["ready"]),
            ])  # fmt: skip
        if summary.unreadable:
            yield Paragraph([self._with(translate_plural(
                "{number} plan gick inte att läsa.", "{number} planer gick inte att läsa.", summary.unreadable, self.lang,
            ), summary.unreadable)], "note")  # fmt: skip
        yield Paragraph([self.say(N_(
            "Redo betyder att inget behöver åtgärdas innan ni bjuder in, utifrån det som är besvarat. Att arbeta om "
            "betyder att något ska åtgärdas eller besvaras först. Stopp betyder att dialogen inte bör hållas så som den "
            "är planerad. Mognaden är hur stor del av det som vägledningen frågar efter som är besvarat och på plats, i "
            "procent. Den säger inte hur bra dialogen kommer att bli. En plan som nyss har påbörjats får en låg siffra "
            "utan att något är fel."
        ))])  # fmt: skip

    def _compared(self, summary: Summary) -> Iterator[Block]:
        """That only what an earlier check did not have is told of, where one is compared with, and which plans it had more."""
        if summary.compared:
            told = change_sentence(summary.changes["new"], summary.changes["known"], self.speaker)
            number = summary.changes["gone"]
            gone = self._with(translate_plural("{number} är borta.", "{number} är borta.", number, self.lang), number)
            yield Paragraph([self.say(N_("Sedan {day}:"), day=self.since), f" {told} {gone}"], "note")
        if summary.plans_no_longer:
            number = len(summary.plans_no_longer)
            yield Paragraph([self._with(translate_plural(
                "{number} plan i den tidigare granskningen är inte med nu:",
                "{number} planer i den tidigare granskningen är inte med nu:", number, self.lang,
            ), number)])  # fmt: skip
            named = [[Mark(one_line(path), "code")] for path in summary.plans_no_longer[:MOST_NAMED]]
            left = [[self.say(N_("… och {number} till"), number=number - MOST_NAMED)]] if number > MOST_NAMED else []
            yield Listing([*named, *left])

    def _units(self, overview: Overview) -> Iterator[Block]:
        units, others, merged = overview.shown_units()
        rows = [self._unit_row(unit, self._unit_name(unit), overview) for unit in units]
        if others is not None:
            name = self._with(translate_plural("En enhet till", "{number} enheter till", merged, self.lang), merged)
            rows.append(self._unit_row(others, name, overview))
        head = [self.say(text) for text in (
            N_("Enhet"), N_("Planer"), N_("Stopp"), N_("Att arbeta om"), N_("Redo"), N_("Mognad"),
            N_("Vanligaste säkra påpekandet"),
        )]  # fmt: skip
        caption = self.say(N_("Planer, utlåtanden, mognad i medeltal och vanligaste påpekande för varje enhet"))
        yield Table(caption, head, rows, frozenset(range(1, 6)))

    def _unit_row(self, unit: UnitFigures, name: str, overview: Overview) -> list[Runs]:
        mean, commonest = unit.means[-1], overview.commonest(unit)
        told: Runs = ["–"]
        if commonest is not None:
            rule, number = commonest
            title = self.speaker.filled(self.speaker.knowledge.rules[rule].title)
            share = self.say(N_("({number} av {plans})"), number=number, plans=unit.plans).replace(" ", "\u00a0")
            told = [Link(title, "#" + rule_anchor(rule)), " ", share]
        return [
            [name], [self.speaker.number(unit.plans)],
            *([self.speaker.number(unit.verdicts[verdict])] for verdict in ("stop", "revise", "ready")),
            ["–" if mean is None else self.say(N_("{number} %"), number=mean)], told,
        ]  # fmt: skip

    def _unit_name(self, unit: UnitFigures) -> str:
        return unit.name or self.say(N_("Ingen enhet angiven"))

    # heat map

    def _heat(self, overview: Overview) -> Iterator[Block]:
        yield Paragraph([self.say(N_(
            "Siffrorna är hur många procent av poängen för en framgångsfaktor som är på plats. Ett streck betyder att "
            "ingen kontroll gällde."
        ))])  # fmt: skip
        yield Listing([[f"{self._column(factor)}: " + self.speaker.words(self.speaker.knowledge.factors[factor].title)]
                       for factor in FACTORS], look="legend")  # fmt: skip
        plans_alone = len(overview.units()) == 1 or overview.read <= MOST_IN_ONE_MAP
        if not plans_alone or not overview.single_plans:
            units, _, _ = overview.shown_units()
            rows = [HeatRow(self._unit_name(unit), f"#{self._unit_id(place)}" if overview.single_plans else "", unit.means)
                    for place, unit in enumerate(units, 1)]  # fmt: skip
            yield self._map("units", N_("Enheternas mognad i medeltal"), N_("Enhet"), [("", rows)])
        if not overview.single_plans:
            return
        blocks = [(self._unit_name(unit), [self._heat_row(row) for row in rows]) for unit, rows in overview.by_unit()]
        if plans_alone:
            groups = blocks if len(blocks) > 1 else [("", rows) for _, rows in blocks]
            yield self._map("plans", N_("Planernas mognad"), N_("Plan"), groups)
            return
        yield Paragraph([Mark(self.say(N_("Varje enhets planer")), "strong")], "label")
        for place, (name, rows) in enumerate(blocks, 1):
            yield Fold(f"{name}, {self._plans_counted(len(rows))}", [self._map(f"unit{place}", name, N_("Plan"), [("", rows)])])

    def _map(self, name: str, caption: str, corner: str, groups: Sequence[tuple[str, Sequence[HeatRow]]]) -> HeatMap:
        text = N_("Ju starkare färg, desto mer saknas. Samma siffror står i tabellen under bilden.")
        if name != "units":
            text = N_("Ju starkare färg, desto mer saknas. Den lilla rutan visar planens utlåtande, med samma färg som "
                      "överst på sidan. Samma siffror står i tabellen under bilden.")  # fmt: skip
        columns = [*map(self._column, FACTORS), self.say(N_("Alla"))]
        verdict = self.say(N_("Utlåtande")) if name != "units" else ""
        return HeatMap(f"heat-{name}", self.say(caption), self.say(text), self.say(corner), verdict, columns, groups,
                       self.say(N_("Samma siffror som tabell")))  # fmt: skip

    def _heat_row(self, row: PlanRow) -> HeatRow:
        return HeatRow(row.title, f"#{row.id}", row.values, Mark(self.say(VERDICTS[row.verdict]), row.verdict))

    def _column(self, factor: str) -> str:
        return self.say(N_("Def.")) if factor == "definition" else factor

    # what to mend

    def _to_mend(self, overview: Overview) -> Iterator[Block]:
        entries = overview.entries()
        if not entries:
            yield Paragraph([self.say(N_("Ingen plan har något påpekande som inte är godtaget."))])
            return
        yield Paragraph([self.say(N_(
            "Varje råd står en gång, i arbetsordning, med de planer som det gäller. Säkert är det som följer av svaren. "
            "Möjligt är det som ett svar saknas för att avgöra."
        ))])  # fmt: skip
        if not overview.single_plans:
            yield self._too_many()
        names = {row.number: row for row in overview.rows()}
        headings = {"stop": N_("Det som ger stopp"), "fix": N_("Åtgärda innan ni bjuder in"),
                    "advice": N_("Råd som kan göra planen bättre"), "": N_("Bara möjligt: svar saknas")}  # fmt: skip
        number = 0
        for severity, same in groupby(entries, key=lambda entry: entry.severity if entry.certain_plans else ""):
            yield Heading(3, [self.say(headings[severity])])
            for entry in same:
                number += 1
                yield self._entry(entry, number, names)

    def _too_many(self) -> Paragraph:
        return Paragraph([self.say(N_(
            "Planerna är fler än {most}, så sidan visar enheterna och inte varje plan. Granska en enhets mapp för sig, "
            "eller ta ut alla planer med --format csv."
        ), most=self.speaker.number(MOST_PLANS))], "note")  # fmt: skip

    def _entry(self, entry: RuleEntry, number: int, rows: dict[int, PlanRow]) -> Section:
        rule = self.speaker.knowledge.rules[entry.rule]
        terms: list[tuple[str, Runs]] = [(self.say(N_("Gör så här")), [self.speaker.filled(rule.advice)])]
        if entry.was_stop:
            terms.append((self.say(N_("Skyldighet")), [self._with(translate_plural(
                "I en av planerna är det ingen stoppgrund, för där finns en skyldighet enligt lag att samråda.",
                "I {number} av planerna är det ingen stoppgrund, för där finns en skyldighet enligt lag att samråda.",
                entry.was_stop, self.lang,
            ), entry.was_stop)]))  # fmt: skip
        terms += self.part.reasons(rule, {})
        blocks: list[Block] = [
            Heading(4, [f"{number}. {self.speaker.filled(rule.title)}"]),
            Paragraph([self.part.severity(entry.severity), " · ", self._how_many(entry), " · ", Mark(rule.id, "code")], "dim"),
            Terms(terms), self.part.grounds(rule),
        ]  # fmt: skip
        for label, mentions, plans in (
            (N_("Säkert"), entry.certain, entry.certain_plans), (N_("Möjligt"), entry.possible, entry.possible_plans)
        ):  # fmt: skip
            if plans:
                blocks.append(Paragraph([Mark(self.say(label), "strong")], "label"))
                blocks.append(Listing(self._where(mentions, rows) if rows else self._where_by_unit(plans), look="small"))
        return Section(blocks, entry.severity, rule_anchor(entry.rule))

    def _how_many(self, entry: RuleEntry) -> str:
        certain, possible = entry.certain_plans.total(), entry.possible_plans.total()
        told = []
        if certain:
            sentence = translate_plural("säkert i en plan", "säkert i {number} planer", certain, self.lang)
            told.append(self._with(sentence, certain))
        if possible:
            sentence = translate_plural("möjligt i en plan", "möjligt i {number} planer", possible, self.lang)
            told.append(self._with(sentence, possible))
        return ", ".join(told)

    def _where(self, mentions: Sequence[Mention], rows: dict[int, PlanRow]) -> list[list[Run]]:
        """A point a unit: its plans as links, with the items. At most MOST_NAMED plans."""
        order = {number: place for place, number in enumerate(rows)}
        by_plan: dict[int, list[Mention]] = {}
        for mention in sorted(mentions, key=lambda one: order[one.plan]):
            by_plan.setdefault(mention.plan, []).append(mention)
        points: list[list[Run]] = []
        for unit, plans in groupby(list(by_plan)[:MOST_NAMED], key=lambda plan: rows[plan].unit):
            point: list[Run] = [Mark((unit or self.say(N_("Ingen enhet angiven"))) + ": ", "dim")]
            for place, plan in enumerate(plans):
                names = list(dict.fromkeys(one.item for one in by_plan[plan] if one.item))
                items = f" ({'; '.join(names)})" if names else ""
                point += ["; "] if place else []
                point += [Link(rows[plan].title, f"#{rows[plan].id}"), items]
            points.append(point)
        left = len(by_plan) - MOST_NAMED
        if left > 0:
            more = translate_plural("… och en plan till", "… och {number} planer till", left, self.lang)
            points.append([self._with(more, left)])
        return points

    def _where_by_unit(self, plans: Counter[str]) -> list[list[Run]]:
        most = sorted(plans.items(), key=lambda one: (-one[1], swedish_order(one[0]), one[0]))
        points: list[list[Run]] = [
            [f"{unit or self.say(N_('Ingen enhet angiven'))}: ", self._plans_counted(number)]
            for unit, number in most[:_MOST_UNITS_OF_RULE]
        ]
        left = len(most) - _MOST_UNITS_OF_RULE
        if left > 0:
            more = translate_plural("… och en enhet till", "… och {number} enheter till", left, self.lang)
            points.append([self._with(more, left)])
        return points

    # plan by plan

    def _plans(self, overview: Overview) -> Iterator[Block]:
        if not overview.single_plans:
            yield self._too_many()
            return
        for place, (unit, rows) in enumerate(overview.by_unit(), 1):
            yield Heading(3, [self._unit_name(unit)], self._unit_id(place))
            for row in rows:
                yield self.part.short(overview.plan(row), row, brief=overview.read > MOST_IN_DETAIL)

    def _unit_id(self, place: int) -> str:
        return f"unit-{place}"

    def _unreadable(self, overview: Overview) -> Iterator[Block]:
        yield Paragraph([self.say(N_("Rätta felen och granska igen. De andra planerna är granskade."))])
        for plan in overview.unreadable:
            yield unreadable(plan)
        if overview.unreadable_left:
            yield Paragraph([self._with(translate_plural(
                "… och en plan till som inte går att läsa", "… och {number} planer till som inte går att läsa",
                overview.unreadable_left, self.lang,
            ), overview.unreadable_left)], "note")  # fmt: skip
