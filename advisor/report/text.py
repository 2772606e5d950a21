"""``check`` as text: what a planner and a director read, most important first, 80 columns unless told otherwise."""

from collections.abc import Iterable, Iterator
from textwrap import shorten
from typing import Final

from advisor.errors import PlanError
from advisor.i18n import N_, translate_plural
from advisor.model.assessment import Assessment, Change, CheckedPlan, Finding, ProfilesMet, Tool
from advisor.model.profile import STANDARD
from advisor.model.rule import FACTORS
from advisor.report.blocks import BlockWriter, Shown, choose
from advisor.report.characters import one_line
from advisor.report.comparison import AGAIN, since, title_of
from advisor.report.notices import notice_text
from advisor.report.sheet import USUAL, Sheet, Style, unstyled
from advisor.report.summary import Summary, open_findings
from advisor.report.text_summary import SummaryWriter, change_sentence
from advisor.report.words import VERDICTS, WAITING_FOR, Speaker, uncapitalised

_BAR: Final = 10
_MOST_METHODS: Final = 5
_MOST_LACKING: Final = 3
_MOST_GONE: Final = 10


class TextReport:
    """Tells of plans one by one. ``everything``: all findings in full; ``brief``: a line a plan.

    ``earlier_day``: when the check was that is compared with, where one is.
    """

    def __init__(
        self, speaker: Speaker, tool: Tool, width: int = USUAL, style: Style = unstyled, utf8: bool = True,
        everything: bool = False, brief: bool = False, earlier_day: str = "",
    ) -> None:  # fmt: skip
        self.speaker = speaker
        self.tool = tool
        self.width = width
        self.style = style
        self.utf8 = utf8
        self.everything = everything
        self.brief = brief
        self.since = since(earlier_day, speaker)

    def piece(self, checked: CheckedPlan) -> str:
        """One plan's text, or its line."""
        return self._line(checked) if self.brief else self.plan(checked)

    def document(self, pieces: Iterable[str], summary: Summary) -> Iterator[str]:
        """The plans with a rule between them, then the summary where there are several."""
        between, rule = "", "" if self.brief else f"\n{'─' * self._sheet().width}\n\n"
        for piece in pieces:
            yield between + piece
            between = rule
        if summary.plans > 1 or summary.plans_no_longer:
            yield rule + self.summary(summary)

    def plan(self, checked: CheckedPlan) -> str:
        """One plan's text."""
        sheet = self._sheet()
        read = N_("{path}, bedömd {day}") if checked.assessment is not None else "{path}"
        if checked.assessment is not None and self.tool.profile != STANDARD:
            read = N_("{path}, bedömd {day} enligt profilen {profile}")
        profile = self.speaker.quoted(self.speaker.profile_name(self.tool.profile))
        sheet.text(self.speaker.say(read, path=checked.path, day=self.tool.as_of, profile=profile), "dim")
        if checked.title:
            sheet.text(checked.title, "title")
        if checked.assessment is None:
            self._unreadable(sheet, checked.error)
        else:
            self._assessment(sheet, checked, checked.assessment)
        return sheet.rendered()

    def _sheet(self) -> Sheet:
        return Sheet(self.width, self.style, self.utf8)

    def _unreadable(self, sheet: Sheet, error: PlanError | None) -> None:
        problems = error.problems if error is not None else ()
        sheet.blank()
        sentence = translate_plural(
            "Planen går inte att läsa. Rätta felet och kontrollera igen:",
            "Planen går inte att läsa. Rätta de {number} felen och kontrollera igen:", len(problems), self.speaker.lang,
        )  # fmt: skip
        sheet.text(sentence.format(number=len(problems)), "stop")
        for problem in problems:
            first, *rest = problem.message.text(self.speaker.lang).splitlines() or [""]
            if problem.line is not None:
                sheet.labelled(one_line(problem.place) + ":", first, 2)
            else:
                sheet.text(first, "", 2)
            for line in rest:
                sheet.text(line, "", 4)

    def _assessment(self, sheet: Sheet, checked: CheckedPlan, assessment: Assessment) -> None:
        speaker = self.speaker.about(finding.item for finding in assessment.findings)
        findings = open_findings(checked)
        shown = choose(findings, speaker.knowledge.rules, self.everything)
        sheet.blank()
        sheet.text(verdict_sentence(assessment, speaker), assessment.verdict)
        change = checked.change
        if change is not None and not (change.shown or change.gone or self.everything):
            sheet.text(change_sentence(0, change.known, speaker))
            return
        self._alternative(sheet, assessment, speaker)
        if any(finding.by_duty and finding.accepted is None for finding in assessment.findings):
            sheet.blank()
            sheet.text(speaker.say(N_(
                "Ni har en skyldighet enligt lag att samråda, och den gäller hur planen än ser ut. Ordna ändå det "
                "nedan som annars hade gett stopp, så att de som deltar kan påverka."
            )))  # fmt: skip
        if checked.change is not None:
            self._change(sheet, checked.change, speaker)
        self._findings(sheet, shown, BlockWriter(sheet, speaker, self.everything, assessment.alternative))
        if shown.left_out:
            sheet.blank()
            more = translate_plural("… och {number} påpekande till: --all", "… och {number} påpekanden till: --all",
                                    shown.left_out, speaker.lang)  # fmt: skip
            sheet.text(more.format(number=shown.left_out), "dim")
        self._accepted(sheet, checked, speaker)
        self._readiness(sheet, assessment, speaker)
        if met := profiles_sentence(assessment.profiles, speaker):
            sheet.heading(speaker.say(N_("Profiler")))
            sheet.text(met, "", 2)
        self._methods(sheet, assessment, speaker)
        self._next_question(sheet, assessment, speaker)
        if assessment.notices:
            sheet.heading(speaker.say(N_("Att notera")))
            for notice in assessment.notices:
                sheet.text("- " + notice_text(notice, speaker), "", 2, 2)
        told = [block.findings[0] for blocks in (shown.certain, shown.advice, shown.questions) for block in blocks]
        if told:
            sheet.blank()
            sheet.text(speaker.say(N_("Läs mer om ett påpekande: dialoglots explain {rule}"), rule=told[0].rule), "dim")

    def _alternative(self, sheet: Sheet, assessment: Assessment, speaker: Speaker) -> None:
        if assessment.alternative is None:
            return
        way = speaker.knowledge.alternatives[assessment.alternative]
        sheet.heading(speaker.say(N_("Nästa steg: {title}"), title=uncapitalised(speaker.words(way.title))))
        sheet.text(speaker.words(way.text), "", 2)
        sheet.labelled(speaker.say(N_("Första steget:")), speaker.words(way.first_step), 2)

    def _change(self, sheet: Sheet, change: Change, speaker: Speaker) -> None:
        """What is new since the earlier check, in short, and what is gone."""
        sheet.heading(speaker.say(N_("Nytt sedan {day}"), day=self.since))
        sheet.text(change_sentence(len(change.shown), change.known, speaker), "", 2)
        for finding, how in change.shown:
            if how != "new":
                title = speaker.filled(speaker.knowledge.rules[finding.rule].title, finding.item, finding.because)
                named = f"{title}: {speaker.item(finding.item)}" if finding.item else title
                sheet.tailed(f"- {named} ({speaker.say(AGAIN[how])})", finding.rule, "", 2, 2)
        if not change.gone:
            return
        sheet.heading(speaker.say(N_("Borta sedan {day}"), day=self.since))
        told = change.gone if self.everything else change.gone[:_MOST_GONE]
        for one in told:
            sheet.tailed(f"- {title_of(one, speaker)}{': ' + one.item.label if one.item else ''}", one.rule, "", 2, 2)
        if len(told) < len(change.gone):
            sheet.text(speaker.say(N_("… och {number} till: --all"), number=len(change.gone) - len(told)), "dim", 2)

    def _findings(self, sheet: Sheet, shown: Shown, writer: BlockWriter) -> None:
        speaker, number = writer.speaker, 0
        headings = {"stop": N_("Det som ger stopp"), "fix": N_("Åtgärda innan ni bjuder in")}
        for severity, heading in headings.items():
            blocks = [block for block in shown.certain if block.first.severity == severity]
            if blocks:
                sheet.heading(speaker.say(heading))
            for block in blocks:
                number += 1
                writer.full(block, number)
        if shown.titles:
            unanswered, to_mend = N_("Fyll också i (hela råden: --all)"), N_("Åtgärda också (hela råden: --all)")
            sheet.heading(speaker.say(unanswered if shown.only_unanswered else to_mend))
            writer.titles(shown.titles)
        if shown.questions:
            sheet.heading(speaker.say(N_("Frågor som avgör resten")))
            for question in shown.questions:
                writer.question(question)
        if shown.advice:
            sheet.heading(speaker.say(N_("Råd som kan göra planen bättre")))
            if self.everything:
                for place, block in enumerate(shown.advice, number + 1):
                    writer.full(block, place)
            else:
                writer.titles(shown.advice)

    def _accepted(self, sheet: Sheet, checked: CheckedPlan, speaker: Speaker) -> None:
        accepted = [finding for finding in checked.findings if finding.accepted is not None]
        if not accepted:
            return
        sheet.heading(speaker.say(N_("Godtagna avvikelser")))
        for finding in accepted:
            self._accepted_one(sheet, finding, speaker)

    def _accepted_one(self, sheet: Sheet, finding: Finding, speaker: Speaker) -> None:
        assert finding.accepted is not None
        rule = speaker.knowledge.rules[finding.rule]
        title = speaker.filled(rule.title, finding.item, finding.because)
        sheet.tailed(f"- {title}{': ' + speaker.item(finding.item) if finding.item else ''}", finding.rule, "", 2, 2)
        sheet.text(speaker.say(N_("Skäl: {reason}"), reason=finding.accepted.reason), "", 4)
        until = finding.accepted.until
        sentence = N_("Svarar för det: {by}. Gäller till och med {until}.") if until else N_("Svarar för det: {by}.")
        sheet.text(speaker.say(sentence, by=finding.accepted.by, until=until and until.isoformat()), "", 4)

    def _readiness(self, sheet: Sheet, assessment: Assessment, speaker: Speaker) -> None:
        readiness = assessment.readiness
        if readiness.score is None:
            return
        sheet.heading(speaker.say(N_("Mognad: {score} procent"), score=readiness.score))
        sheet.text(speaker.say(N_(
            "Den mäter vad som är besvarat och på plats, inte hur bra dialogen kommer att bli."
        )), "", 2)  # fmt: skip
        names = {factor: speaker.say(N_("Faktor {number}:"), number=factor) for factor in FACTORS}
        names["definition"] = speaker.say(N_("Definitionen:"))
        longest = max(len(name) for name in names.values())
        points = {factor: speaker.say(N_("{earned} av {possible} poäng"), earned=earned, possible=possible)
                  for factor, (earned, possible) in readiness.points.items()}  # fmt: skip
        widest = max((len(text) for text in points.values()), default=0)
        for factor, share in readiness.by_factor.items():
            title = speaker.words(speaker.knowledge.factors[factor].title)
            if share is None:
                told = speaker.say(N_("ingen kontroll"))
                bar, score = " " * _BAR, told.rjust(widest)
            else:
                filled = share * _BAR // 100
                bar, score = "█" * filled + "░" * (_BAR - filled), points[factor].rjust(widest)
            row = f"  {names[factor]:<{longest}}  {score}  {bar}  "
            sheet.row(row + shorten(title, max(sheet.width - len(row), 12), placeholder=" ..."))

    def _methods(self, sheet: Sheet, assessment: Assessment, speaker: Speaker) -> None:
        methods = assessment.methods
        sheet.heading(speaker.say(N_("Metoder")))
        if not methods.released:
            waits = speaker.joined(speaker.say(WAITING_FOR[one]) for one in methods.waiting_for)
            sheet.text(speaker.say(N_("Metoden väljs sist. Först behöver ni {waits}."), waits=waits), "", 2)
        elif methods.recommended:
            best = methods.recommended[:_MOST_METHODS]
            named = [speaker.method_name(one.method) + ("" if one.score is None else f" ({one.score})") for one in best]
            sheet.text(speaker.say(N_("Passar planen bäst: {methods}."), methods=speaker.joined(named)), "", 2)
        else:
            sheet.text(speaker.say(N_("Det som behövs för att välja metod är på plats.")), "", 2)
            sheet.text(speaker.say(N_(
                "Programmet rangordnar inte metoder ännu. Läs om en metod med dialoglots explain och metodens namn."
            )), "", 2)  # fmt: skip

    def _next_question(self, sheet: Sheet, assessment: Assessment, speaker: Speaker) -> None:
        if assessment.next_question is None:
            return
        sheet.heading(speaker.say(N_("Nästa fråga att besvara")))
        sheet.tailed(speaker.question(assessment.next_question), assessment.next_question, "", 2)

    def _line(self, checked: CheckedPlan) -> str:
        sheet = self._sheet()
        if checked.assessment is None:
            sheet.line(self.speaker.say(N_("{path}: går inte att läsa"), path=checked.path), "stop")
            for problem in checked.error.problems[:1] if checked.error else ():
                sheet.line(problem.text(self.speaker.lang), "", 2)
        else:
            verdict = checked.assessment.verdict
            told = f"{checked.path}: {self.speaker.say(VERDICTS[verdict])}"
            if checked.change is not None:
                counts = {"new": len(checked.change.shown), "gone": len(checked.change.gone)}
                told += self.speaker.say(N_(" ({new} nya, {gone} borta)"), **counts)
            sheet.line(told, verdict)
        return sheet.rendered()

    def summary(self, summary: Summary) -> str:
        """Counts over all plans."""
        sheet = self._sheet()
        SummaryWriter(sheet, self.speaker, self.since).write(summary, self.brief)
        return sheet.rendered()


def profiles_sentence(profiles: ProfilesMet, speaker: Speaker) -> str:
    """Which profile the plan meets, and what stands between it and the next; nothing where there are no profiles."""
    met = speaker.say(N_("Planen når profilen {name}."), name=speaker.quoted(speaker.profile_name(profiles.meets or "")))
    if profiles.next is None:
        return met if profiles.meets is not None else ""
    number = len(profiles.lacking)
    named = [uncapitalised(speaker.filled(speaker.knowledge.rules[rule].title)) for rule in profiles.lacking[:_MOST_LACKING]]
    if number > len(named):
        named.append(translate_plural("{number} till", "{number} till", number - len(named), speaker.lang).format(
            number=number - len(named)))  # fmt: skip
    left = speaker.say(N_("För {name} återstår: {rules}."), rules=speaker.joined(named),
                       name=speaker.quoted(speaker.profile_name(profiles.next)))  # fmt: skip
    return f"{met} {left}" if profiles.meets is not None else left


def verdict_sentence(assessment: Assessment, speaker: Speaker) -> str:
    """The verdict with what decided it, in one sentence."""
    decided = [speaker.filled(speaker.knowledge.rules[rule].title) for rule in assessment.decided_by]
    if assessment.verdict == "ready":
        if assessment.unchecked:
            return translate_plural(
                "Redo utifrån det ni har svarat. En kontroll är inte gjord, för svar saknas.",
                "Redo utifrån det ni har svarat. {number} kontroller är inte gjorda, för svar saknas.",
                len(assessment.unchecked), speaker.lang,
            ).format(number=len(assessment.unchecked))  # fmt: skip
        return speaker.say(N_("Redo: inget behöver åtgärdas innan ni bjuder in."))
    if assessment.verdict == "stop":
        reasons = speaker.joined(uncapitalised(title) for title in decided)
        return speaker.say(N_("Stopp: håll inte dialogen så som den är planerad. Skäl: {reasons}."), reasons=reasons)
    holding = [one for one in assessment.findings if one.severity != "advice" and one.accepted is None]
    certain = {one.rule for one in holding if one.status == "certain"}
    possible = {one.rule for one in holding} - certain
    if certain:
        sentence = translate_plural(
            "Att arbeta om: en sak ska åtgärdas innan ni bjuder in, «{first}».",
            "Att arbeta om: {number} saker ska åtgärdas innan ni bjuder in, först «{first}».",
            len(certain), speaker.lang,
        )  # fmt: skip
        return sentence.format(number=len(certain), first=decided[0] if decided else "")
    if possible:
        return translate_plural(
            "Att arbeta om: inget fel har hittats, men ett svar saknas för att avgöra {number} kontroll.",
            "Att arbeta om: inget fel har hittats, men svar saknas för att avgöra {number} kontroller.",
            len(possible), speaker.lang,
        ).format(number=len(possible))  # fmt: skip
    return speaker.say(
        N_("Att arbeta om: ni har godtagit ett stopp, «{first}». Så länge det finns kvar blir planen inte redo."),
        first=decided[0] if decided else "",
    )  # fmt: skip
