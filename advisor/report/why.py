"""``why PLAN RULE`` as text: the way from the plan's own answers to a finding, or why there is none."""

from collections.abc import Iterator, Sequence
from typing import Final

from advisor.advice.explanation import WhyPart
from advisor.engine.steps import Step
from advisor.i18n import N_
from advisor.model.assessment import Finding, Item
from advisor.model.condition import Not, Some
from advisor.model.rule import Rule
from advisor.report.conditions import TestWords, condition_lines, found_there
from advisor.report.sheet import Sheet
from advisor.report.words import FINDING, Speaker, plain_fact, uncapitalised

_OUTCOMES: Final = {
    "fires": N_("Ja, påpekandet gäller er plan."),
    "silent": N_("Nej, påpekandet gäller inte er plan."),
    "undecided": N_("Det går inte att avgöra ännu, för svar saknas i planen."),
    "not_applicable": N_("Regeln prövas inte på er plan, för den är till för andra planer."),
}
_CONCLUDED: Final = {
    "fires": N_("Ja, det stämmer."),
    "silent": N_("Nej, det stämmer inte."),
    "undecided": N_("Det går inte att avgöra ännu, för svar saknas i planen."),
    "not_applicable": N_("Slutsatsen prövas inte på er plan, för den är till för andra planer."),
}
_STYLES: Final = {"fires": "fix", "silent": "ready", "undecided": "possible", "not_applicable": "dim"}


class WhyReport:
    """Writes on a sheet how a rule came out. ``findings`` are the assessment's, to tell what was accepted."""

    def __init__(
        self, sheet: Sheet, speaker: Speaker, parts: Sequence[WhyPart], findings: Sequence[Finding] = ()
    ) -> None:
        self.sheet = sheet
        self.speaker = speaker.about([*(part.item for part in parts), *(finding.item for finding in findings)])
        self.parts = parts
        self.findings = findings
        self.marks = {True: "✓", False: "✗", None: "?"} if sheet.utf8 else {True: "+", False: "-", None: "?"}

    def write(self) -> str:
        """The whole text."""
        marks = {"right": self.marks[True], "wrong": self.marks[False], "open": self.marks[None]}
        before = ""
        for part in self._followed():
            if part.rule != before:
                self._title(part.rule, not before)
            before = part.rule
            self._part(part)
        if all(part.not_in_force or part.switched_off for part in self.parts):
            return self.sheet.rendered()
        self.sheet.blank()
        legend = N_("{right} stämmer, {wrong} stämmer inte, {open} går inte att avgöra ännu")
        self.sheet.text(self.speaker.say(legend, **marks), "dim")
        return self.sheet.rendered()

    def _followed(self) -> Iterator[WhyPart]:
        """The rule asked for, and of the rules behind it those that made it come out as it did."""
        rested_on: set[str] = set()
        for part in self.parts:
            concludes = self.speaker.knowledge.rules[part.rule].concludes
            if part.rule == self.parts[0].rule or {concludes, FINDING + part.rule} & rested_on:
                rested_on.update(fact for step in (part.applies, part.when) if step for fact in _decisive(step))
                yield part

    def _title(self, rule: str, asked: bool) -> None:
        self.sheet.blank()
        title = self.speaker.rule(rule)
        if not asked:
            title = self.speaker.say(N_("Bygger på: {title}"), title=uncapitalised(title))
        self.sheet.tailed(title, rule, "title")

    def _part(self, part: WhyPart) -> None:
        sheet, say = self.sheet, self.speaker.say
        rule = self.speaker.knowledge.rules[part.rule]
        if part.item is not None:
            sheet.blank()
            sheet.labelled(say(N_("Gäller:")), self.speaker.item(part.item))
        if part.not_in_force:
            sheet.text(say(N_("Regeln gäller från {day}, så den prövas inte ännu."), day=rule.valid_from))
            return
        if part.switched_off:
            not_tried = say(N_("Den prövas inte, och är falsk för regler som läser den."))
            sheet.text(f"{self.speaker.in_profile(rule)} {not_tried}")
            self._reason()
            return
        outcomes = _CONCLUDED if rule.concludes else _OUTCOMES
        sheet.text(say(outcomes[part.status]), _STYLES[part.status])
        if changed := self.speaker.in_profile(rule):
            sheet.text(changed)
        self._accepted(part)
        words = TestWords(self.speaker.speaking_of(part.item), rule.for_each)
        if part.applies is not None:
            sheet.blank()
            sheet.text(say(N_("Vilka planer regeln är till för:")), "label")
            self._tree(part.applies, words, 1)
        if part.status != "not_applicable":
            sheet.blank()
            sheet.text(say(N_("Vad regeln prövar:")), "label")
            self._tree(part.when, words, 1)
        if part.would_fire:
            self._would_fire(part, rule, words)
        if part.missing:
            sheet.blank()
            sheet.text(say(N_("Frågor som avgör:")), "label")
            for fact in part.missing:
                sheet.tailed(f"- {self.speaker.question(fact)}", plain_fact(fact), "", 2, 2)

    def _reason(self) -> None:
        """Why the profile is as it is."""
        profile = self.speaker.knowledge.profiles[self.speaker.profile]
        if profile.reason is not None:
            self.sheet.labelled(self.speaker.say(N_("Profilens skäl:")), self.speaker.words(profile.reason))

    def _accepted(self, part: WhyPart) -> None:
        found = next((one for one in self.findings if one.rule == part.rule and _same(one.item, part.item)), None)
        if found is None or found.accepted is None:
            return
        until = found.accepted.until
        sentence = N_("Ni har godtagit det till och med {until}. Skäl: {reason} Svarar för det: {by}.") if until else (
            N_("Ni har godtagit det. Skäl: {reason} Svarar för det: {by}."))  # fmt: skip
        reason = found.accepted.reason.rstrip(".") + "."
        told = {"reason": reason, "by": found.accepted.by, "until": until.isoformat() if until else ""}
        self.sheet.text(self.speaker.say(sentence, **told))

    def _would_fire(self, part: WhyPart, rule: Rule, words: TestWords) -> None:
        self.sheet.blank()
        heading = N_("Slutsatsen hade stämt om:") if rule.concludes else N_("Påpekandet hade gällt om:")
        self.sheet.text(self.speaker.say(heading), "label")
        for step in part.would_fire:
            wanted = next((wanted for one, wanted in _leaves(part.when, True) if one is step), True)
            if isinstance(step.test, Some):
                for level, text in condition_lines(step.test if wanted else Not(negated=step.test), words):
                    self.sheet.text(text if level else f"- {text}", "", 2 + 2 * level, 2)
            elif step.test is not None:
                self.sheet.text(f"- {words.step(step, wanted)}", "", 2, 2)

    def _tree(self, step: Step, words: TestWords, level: int) -> None:
        say = self.speaker.say
        if step.kind in ("all", "any"):
            if len(step.parts) == 1:
                self._tree(step.parts[0], words, level)
                return
            heading = N_("Allt detta ska stämma:") if step.kind == "all" else N_("Minst ett av detta ska stämma:")
            self._marked(step, say(heading), level)
            for part in step.parts:
                self._tree(part, words, level + 1)
        elif step.kind == "not":
            inner = step.parts[0]
            if inner.test is not None and not inner.parts:
                self._marked(step, self._told(inner, words, False), level)
                return
            self._marked(step, say(N_("Detta ska inte stämma:")), level)
            self._tree(inner, words, level + 1)
        elif step.test is None:  # there is no item to test yet
            what = self.speaker.fact(step.missing[0]) if step.missing else say(N_("Något att pröva"))
            self._marked(step, say(N_("Svar saknas: {fact}"), fact=what), level)
        else:
            self._marked(step, self._told(step, words, True), level)
            if step.parts or isinstance(step.test, Some):
                self._elements(step, words, level)

    def _told(self, step: Step, words: TestWords, wanted: bool) -> str:
        return f"{words.step(step, wanted)} {found_there(step, words.speaker)}".rstrip()

    def _elements(self, step: Step, words: TestWords, level: int) -> None:
        """The items that a quantifier looked at, each with its own outcome."""
        if not step.parts and isinstance(step.test, Some):
            for depth, text in condition_lines(step.test.where, words.inside(step.test.some)):
                self.sheet.text(text, "", 2 * (level + 1 + depth))
        for index, part in enumerate(step.parts):
            name = words.speaker.item_at(step.fact, index)
            self._marked(part, name[:1].upper() + name[1:], level + 1)
            if part.test is not None or part.parts:
                item = Item(step.fact, index, name)
                self._tree(part, TestWords(words.speaker.speaking_of(item), words.of, step.fact), level + 2)

    def _marked(self, step: Step, text: str, level: int) -> None:
        self.sheet.marked(self.marks[step.truth], text, 2 * level)


def _decisive(step: Step) -> Iterator[str]:
    """The facts of the tests that made a step come out as it did; of an undecided one, those that are undecided too."""
    if step.kind == "not":
        yield from _decisive(step.parts[0])
    elif step.kind in ("all", "any"):
        for part in step.parts:
            if part.truth is step.truth:
                yield from _decisive(part)
    else:
        yield step.fact


def _leaves(step: Step, wanted: bool) -> Iterator[tuple[Step, bool]]:
    """Every test with the way it would have to come out for the whole to come out as ``wanted``."""
    if step.kind == "not":
        yield from _leaves(step.parts[0], not wanted)
    elif step.kind in ("all", "any"):
        for part in step.parts:
            yield from _leaves(part, wanted)
    else:
        yield step, wanted


def _same(one: Item | None, other: Item | None) -> bool:
    return one == other
