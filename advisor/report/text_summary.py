"""The end of a text report on several plans: how many there were of what, in all and unit by unit."""

from collections.abc import Iterable
from textwrap import shorten
from typing import Final

from advisor.i18n import N_, translate_plural
from advisor.report.characters import one_line
from advisor.report.sheet import Sheet
from advisor.report.summary import MOST_NAMED, VERDICTS, Summary
from advisor.report.words import Speaker

_MOST_COMMON: Final = 5
_MOST_UNITS: Final = 30


class SummaryWriter:
    """Writes a summary on a sheet. ``since`` names the check that is compared with."""

    def __init__(self, sheet: Sheet, speaker: Speaker, since: str) -> None:
        self._sheet = sheet
        self._speaker = speaker
        self._since = since

    def write(self, summary: Summary, brief: bool) -> None:
        """The summary; ``brief`` leaves out the tables and what the lines above have told."""
        sheet, speaker = self._sheet, self._speaker
        verdicts = {verdict: summary.verdicts[verdict] for verdict in VERDICTS}
        sheet.text(translate_plural(
            "{plans} plan: {ready} redo, {revise} att arbeta om, {stop} stopp.",
            "{plans} planer: {ready} redo, {revise} att arbeta om, {stop} stopp.", summary.plans, speaker.lang,
        ).format(plans=summary.plans, **verdicts), "title")  # fmt: skip
        if summary.unreadable:
            sheet.text(translate_plural(
                "{number} plan gick inte att läsa.", "{number} planer gick inte att läsa.", summary.unreadable,
                speaker.lang,
            ).format(number=summary.unreadable), "stop")  # fmt: skip
            if not brief:
                self._names(summary.unreadable_names, summary.unreadable)
        if summary.compared:
            self._compared(summary)
        if not brief:
            self._findings(summary)
            self._units(summary)
            self._common(summary)

    def _names(self, names: Iterable[str], number: int) -> None:
        for name in names:
            self._sheet.line(f"- {name}", "", 2)
        if number > MOST_NAMED:
            self._sheet.text(self._speaker.say(N_("… och {number} till"), number=number - MOST_NAMED), "dim", 2)

    def _compared(self, summary: Summary) -> None:
        sheet, speaker = self._sheet, self._speaker
        told = change_sentence(summary.changes["new"], summary.changes["known"], speaker)
        gone = translate_plural("{number} är borta.", "{number} är borta.", summary.changes["gone"], speaker.lang)
        before = speaker.say(N_("Sedan {day}:"), day=self._since)
        sheet.labelled(before, f"{told} {gone.format(number=summary.changes['gone'])}")
        if summary.plans_no_longer:
            number = len(summary.plans_no_longer)
            sheet.text(translate_plural(
                "{number} plan i den tidigare granskningen är inte med nu:",
                "{number} planer i den tidigare granskningen är inte med nu:", number, speaker.lang,
            ).format(number=number))  # fmt: skip
            self._names(summary.plans_no_longer[:MOST_NAMED], number)

    def _findings(self, summary: Summary) -> None:
        """How many findings of each severity, how many of them are possible, and what was accepted."""
        speaker, counted = self._speaker, summary.by_severity
        if not (counted.total() or summary.by_status["accepted"]):
            return
        told = [speaker.say(
            N_("Påpekanden: {stop} stopp, {fix} att åtgärda, {advice} råd."),
            **{severity: counted[severity] for severity in ("stop", "fix", "advice")},
        )]  # fmt: skip
        possible, accepted = summary.by_status["possible"], summary.by_status["accepted"]
        if possible:
            told.append(translate_plural(
                "En av dem är möjlig: ett svar saknas för att avgöra den.",
                "{number} av dem är möjliga: svar saknas för att avgöra dem.", possible, speaker.lang,
            ).format(number=possible))  # fmt: skip
        if accepted:
            told.append(translate_plural(
                "Därtill är ett godtaget.", "Därtill är {number} godtagna.", accepted, speaker.lang,
            ).format(number=accepted))  # fmt: skip
        self._sheet.text(" ".join(told))

    def _units(self, summary: Summary) -> None:
        """A row a unit; of very many, the units with the most plans."""
        sheet, speaker = self._sheet, self._speaker
        if not any(summary.by_unit):
            return
        largest = sorted(summary.by_unit, key=lambda unit: -summary.by_unit[unit]["plans"])[:_MOST_UNITS]
        heads = [speaker.say(head) for head in (N_("Planer"), N_("Redo"), N_("Arbeta om"), N_("Stopp"))]
        width = sheet.width - sum(len(head) + 2 for head in heads) - 2
        rows = [(speaker.say(N_("Enhet")), heads)]
        for unit in summary.units:
            if unit in largest:
                named = one_line(unit, sheet.utf8) or speaker.say(N_("Ingen enhet angiven"))
                rows.append((named, [str(summary.by_unit[unit][key]) for key in ("plans", *VERDICTS)]))
        longest = min(max(len(name) for name, _ in rows), width)
        sheet.blank()
        for number, (name, cells) in enumerate(rows):
            figures = "".join(f"  {cell:>{len(head)}}" for cell, head in zip(cells, heads, strict=True))
            sheet.row(f"  {_fitted(name, longest):<{longest}}{figures}", "" if number else "dim")
        if len(largest) < len(summary.by_unit):
            left = len(summary.by_unit) - len(largest)
            sheet.text(speaker.say(N_("… och {number} enheter till: --format json"), number=left), "dim", 2)

    def _common(self, summary: Summary) -> None:
        sheet, speaker = self._sheet, self._speaker
        if not summary.plans_with:
            return
        sheet.blank()
        sheet.text(speaker.say(N_("Vanligaste säkra påpekandena, med antal planer:")))
        common = sorted(summary.plans_with.items(), key=lambda one: (-one[1], one[0]))[:_MOST_COMMON]
        for rule, number in common:
            sheet.tailed(f"- {speaker.filled(speaker.knowledge.rules[rule].title)} ({number})", rule, "", 2, 2)


def change_sentence(new: int, known: int, speaker: Speaker) -> str:
    """How many findings are new, and how many are as they were and so not shown."""
    told = translate_plural("{number} påpekande är nytt.", "{number} påpekanden är nya.", new, speaker.lang) if new else (
        speaker.say(N_("Inget påpekande är nytt.")))  # fmt: skip
    was = translate_plural("{number} är känt och visas inte.", "{number} är kända och visas inte.", known, speaker.lang)
    return told.format(number=new) + (" " + was.format(number=known) if known else "")


def _fitted(name: str, width: int) -> str:
    """A name shortened at a word, or within its first word where that is too long by itself."""
    if len(name) <= width:
        return name
    cut = shorten(name, width, placeholder=" ...")
    return cut if cut != "..." else name[: width - 3] + "..."
