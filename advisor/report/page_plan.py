"""What the pages say of a single plan: in short among many, in full where it is the only one."""

from collections.abc import Iterator, Sequence
from typing import Final

from advisor.i18n import N_, translate_plural
from advisor.model.rule import FACTORS, Rule, Severity
from advisor.report.overview import PlanRow, Unreadable
from advisor.report.page_parts import (
    Block,
    Heading,
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
)
from advisor.report.plan_digest import AcceptedDigest, FindingDigest, PlanDigest, QuestionDigest
from advisor.report.words import SEVERITIES, VERDICTS, Speaker

MEASURES: Final = N_("Den mäter vad som är besvarat och på plats, inte hur bra dialogen kommer att bli.")
_LABELS: Final = (
    ("stop", N_("Stopp"), N_("Stopp, avgör utlåtandet")), ("fix", N_("Åtgärda"), N_("Åtgärda, avgör utlåtandet")),
    ("advice", N_("Råd"), N_("Råd")),
)  # fmt: skip
_WEB: Final = ("https://", "http://")


def rule_anchor(rule: str) -> str:
    """The anchor of a rule's place in the list of what to mend."""
    return f"rule-{rule}"


class PlanPart:
    """Tells of one plan from its digest. ``since``: the day of the check that is compared with, in words, where one is."""

    def __init__(self, speaker: Speaker, since: str) -> None:
        self.speaker = speaker
        self.since = since
        self.say = speaker.say

    # among many

    def short(self, plan: PlanDigest, row: PlanRow, brief: bool = False) -> Section:
        """A section on a plan whose findings are told in full in the list of what to mend.

        ``brief``: only counts what is possible, and only names what to do instead.
        """
        terms: list[tuple[str, Runs]] = [(self.say(N_("Utlåtande")), [plan["sentence"]])]
        if plan["alternative"] is not None:
            terms.append((self.say(N_("Nästa steg")), self._instead(plan["alternative"], brief)))
        if plan["next_question"]:
            terms.append((self.say(N_("Nästa fråga")), [plan["next_question"]]))
        if plan["profiles"] and not brief:
            terms.append((self.say(N_("Profiler")), [plan["profiles"]]))
        if plan["duty"]:
            terms.append((self.say(N_("Skyldighet")), [self._duty()]))
        blocks: list[Block] = [
            Heading(4, [row.title]), Paragraph(self._standing(plan, row), "dim"), Terms(terms)
        ]  # fmt: skip
        certain = [one for one in plan["findings"] if one["certain"]]
        for severity, label, deciding in _LABELS:
            same = [one for one in certain if one["severity"] == severity]
            decides = any(one["rule"] in plan["decided_by"] for one in same)
            blocks += self._links(self.say(deciding if decides else label), same)
        blocks += self._short_questions(plan, brief)
        blocks += self._accepted(plan["accepted"])
        if plan["gone"]:
            blocks += [Paragraph([Mark(self._gone_since(), "strong")], "label"), self._gone(plan)]
        blocks += self._notices(plan)
        return Section(blocks, str(plan["verdict"]), row.id)

    def _standing(self, plan: PlanDigest, row: PlanRow) -> list[Run]:
        assert plan["verdict"] is not None
        told: list[Run] = [Mark(self.say(VERDICTS[plan["verdict"]]), plan["verdict"])]
        if plan["score"] is not None:
            told.append(self.say(N_(" · mognad {score} procent"), score=plan["score"]))
        return [*told, " · ", Mark(plan["path"], "code")]

    def _links(self, label: str, findings: Sequence[FindingDigest]) -> Iterator[Block]:
        if findings:
            yield Paragraph([Mark(label, "strong")], "label")
            yield Listing([self._link(rule, items) for rule, items in _by_rule(findings)], look="columns")

    def _link(self, finding: FindingDigest, items: Sequence[str]) -> list[Run]:
        link = Link(self._title(finding), "#" + rule_anchor(finding["rule"]))
        return [link, _listed(finding, items)]

    def _instead(self, alternative: str, brief: bool) -> list[Run]:
        way = self.speaker.knowledge.alternatives[alternative]
        title = Mark(self.speaker.words(way.title), "strong")
        return [title] if brief else [title, ". ", self.speaker.words(way.text)]

    def _short_questions(self, plan: PlanDigest, brief: bool) -> Iterator[Block]:
        waiting = len({at for question in plan["questions"] for at in question["findings"]})
        if brief and waiting:
            yield Paragraph([translate_plural(
                "En kontroll till väntar på svar, i första hand på {question}.",
                "{number} kontroller till väntar på svar, i första hand på {question}.", waiting, self.speaker.lang,
            ).format(number=waiting, question=plan["questions"][0]["text"])], "small")  # fmt: skip
        elif plan["questions"]:
            yield Paragraph([Mark(self.say(N_("Möjligt, svar saknas")), "strong")], "label")
            yield Listing([self._short_question(one, plan) for one in plan["questions"]], look="small")

    def _short_question(self, question: QuestionDigest, plan: PlanDigest) -> list[Run]:
        waiting = [self._link(one, items) for one, items in _by_rule([plan["findings"][at] for at in question["findings"]])]
        told: list[Run] = [self._settles(question) + " "]
        for place, link in enumerate(waiting):
            told += ["; ", *link] if place else link
        return told

    # the only one

    def full(self, plan: PlanDigest) -> Iterator[Block]:
        """A report on the one plan there is, under a heading of level 1."""
        yield Section([Paragraph([plan["sentence"]], "lead"),
                       *([Paragraph([self._duty()])] if plan["duty"] else ())], str(plan["verdict"]))  # fmt: skip
        if plan["alternative"] is not None:
            yield self._next_step(plan["alternative"])
        if plan["next_question"]:
            yield Section([Heading(2, [self.say(N_("Nästa fråga att besvara"))]), Paragraph([plan["next_question"]])])
        certain = [one for one in plan["findings"] if one["certain"]]
        headings = {"stop": N_("Det som ger stopp"), "fix": N_("Åtgärda innan ni bjuder in"),
                    "advice": N_("Råd som kan göra planen bättre")}  # fmt: skip
        number = 0
        for severity, heading in headings.items():
            same = _by_rule([one for one in certain if one["severity"] == severity])
            if same:
                yield Section([Heading(2, [self.say(heading)]),
                               *(self._finding(one, items, number + place) for place, (one, items) in enumerate(same, 1))])
                number += len(same)
        if plan["questions"]:
            yield Section([Heading(2, [self.say(N_("Frågor som avgör resten"))]), *self._questions(plan)])
        if plan["accepted"]:
            _, *told = self._accepted(plan["accepted"])
            yield Section([Heading(2, [self.say(N_("Godtagna avvikelser"))]), *told])
        if plan["gone"]:
            yield Section([Heading(2, [self._gone_since()]), self._gone(plan)])
        yield from self._readiness(plan)
        if plan["profiles"]:
            yield Section([Heading(2, [self.say(N_("Profiler"))]), Paragraph([plan["profiles"]])])
        yield Section([Heading(2, [self.say(N_("Metoder"))]), Paragraph([plan["methods"]])])
        if plan["notices"]:
            yield Section([Heading(2, [self.say(N_("Att notera"))]), Listing([[text] for text in plan["notices"]])])

    def _finding(self, finding: FindingDigest, items: Sequence[str], number: int) -> Section:
        rule = self.speaker.knowledge.rules[finding["rule"]]
        terms: list[tuple[str, Runs]] = []
        if items:
            terms.append((self.say(N_("Gäller")), ["; ".join(items)]))
        if finding["answers"]:
            terms.append((self.say(N_("I planen")), ["; ".join(finding["answers"])]))
        was = self.say(N_("Utan skyldigheten att samråda hade detta varit ett stopp.")) + " " if finding["was_stop"] else ""
        terms.append((self.say(N_("Gör så här")), [was + self._text(finding, "advice")]))
        terms += self.reasons(rule, finding["own"])
        return Section([
            Heading(3, [f"{number}. {self._title(finding)}"]),
            Paragraph([self.severity(finding["severity"]), " · ", Mark(rule.id, "code")], "dim"),
            Terms(terms), self.grounds(rule),
        ], finding["severity"])  # fmt: skip

    def _questions(self, plan: PlanDigest) -> Iterator[Block]:
        for question in plan["questions"]:
            waiting = _by_rule([plan["findings"][place] for place in question["findings"]])
            yield Paragraph([Mark(self._settles(question), "strong")], "label")
            yield Listing([[self._title(one) + _listed(one, items), " ", self.severity(one["severity"])]
                           for one, items in waiting])  # fmt: skip

    def _readiness(self, plan: PlanDigest) -> Iterator[Block]:
        if plan["score"] is None:
            return
        rows: list[list[Runs]] = []
        for factor, share, (earned, possible) in zip(FACTORS, plan["by_factor"], plan["points"], strict=True):
            points = self.say(N_("ingen kontroll")) if share is None else (
                self.say(N_("{earned} av {possible} poäng"), earned=earned, possible=possible))  # fmt: skip
            rows.append([[self.factor(factor)], [points], [Meter(share)]])
        rows.append([[self.say(N_("I medeltal"))], [""], [Meter(plan["score"])]])
        head = [self.say(N_("Faktor")), self.say(N_("Poäng")), self.say(N_("Procent"))]
        yield Section([
            Heading(2, [self.say(N_("Mognad: {score} procent"), score=plan["score"])]),
            Paragraph([self.say(MEASURES)]),
            Table(self.say(N_("Mognad för varje framgångsfaktor")), head, rows, frozenset({1})),
        ])  # fmt: skip

    # both

    def factor(self, factor: str) -> str:
        """A factor with its number."""
        title = self.speaker.words(self.speaker.knowledge.factors[factor].title)
        return title if factor == "definition" else f"{factor}. {title}"

    def severity(self, severity: Severity) -> Mark:
        """A severity as a mark."""
        return Mark(self.say(SEVERITIES[severity]), severity)

    def reasons(self, rule: Rule, own: dict[str, str]) -> Iterator[tuple[str, Runs]]:
        """Why a rule asks for it, and an example."""
        yield self.say(N_("Varför")), [own.get("why") or self.speaker.filled(rule.why)]
        good = own.get("good") or self.speaker.filled(rule.good)
        if good:
            yield self.say(N_("Till exempel")), [self.speaker.quoted(good)]

    def grounds(self, rule: Rule) -> Paragraph:
        """What a rule rests on: its sources, or that it is a judgement."""
        links = _between([self._source_link(place, rule) for place in range(len(rule.sources))], "; ")
        if not links:
            return Paragraph([self.say(N_("Egen bedömning av programmets författare."))], "small")
        label = N_("Källa:") if rule.basis == "source" else N_("Egen bedömning, med stöd i")
        return Paragraph([self.say(label) + " ", *links, "."], "small")

    def _source_link(self, place: int, rule: Rule) -> Run:
        citation = rule.sources[place]
        known, told = self.speaker.knowledge.sources.get(citation.ref), self.speaker.source(citation)
        return Link(told, known.url) if known and known.url and known.url.lower().startswith(_WEB) else told

    def _title(self, finding: FindingDigest) -> str:
        return self._text(finding, "title")

    def _text(self, finding: FindingDigest, name: str) -> str:
        rule = self.speaker.knowledge.rules[finding["rule"]]
        return finding["own"].get(name) or self.speaker.filled({"title": rule.title, "advice": rule.advice}[name])

    def _duty(self) -> str:
        return self.say(N_(
            "Ni har en skyldighet enligt lag att samråda, och den gäller hur planen än ser ut. Ordna ändå det "
            "nedan som annars hade gett stopp, så att de som deltar kan påverka."
        ))  # fmt: skip

    def _next_step(self, alternative: str) -> Section:
        way = self.speaker.knowledge.alternatives[alternative]
        return Section([Heading(2, [self.say(N_("Nästa steg"))]), Terms([
            (self.speaker.words(way.title), [self.speaker.words(way.text)]),
            (self.say(N_("Första steget")), [self.speaker.words(way.first_step)]),
        ])])  # fmt: skip

    def _settles(self, question: QuestionDigest) -> str:
        number = len(question["findings"])
        if question["alone"]:
            sentence = translate_plural(
                "Svar på {question} avgör en kontroll:", "Svar på {question} avgör {number} kontroller:",
                number, self.speaker.lang,
            )  # fmt: skip
        else:
            sentence = translate_plural(
                "Svar på {question} behövs för att avgöra en kontroll:",
                "Svar på {question} behövs för att avgöra {number} kontroller:", number, self.speaker.lang,
            )  # fmt: skip
        return sentence.format(question=question["text"], number=number)

    def _accepted(self, accepted: Sequence[AcceptedDigest]) -> Iterator[Block]:
        if accepted:
            yield Paragraph([Mark(self.say(N_("Godtagna avvikelser")), "strong")], "label")
            yield Listing([self._accepted_one(one) for one in accepted])

    def _accepted_one(self, accepted: AcceptedDigest) -> list[Run]:
        sentence = N_("Svarar för det: {by}. Gäller till och med {until}.") if accepted["until"] else (
            N_("Svarar för det: {by}."))  # fmt: skip
        title = accepted["title"] + (f": {accepted['item']}" if accepted["item"] else "")
        return [Mark(title, "strong"), " ", Mark(accepted["rule"], "code"), ". ",
                self.say(N_("Skäl: {reason}"), reason=accepted["reason"]).rstrip(".") + ". ",
                self.say(sentence, by=accepted["by"], until=accepted["until"])]  # fmt: skip

    def _gone_since(self) -> str:
        return self.say(N_("Borta sedan {day}"), day=self.since)

    def _gone(self, plan: PlanDigest) -> Listing:
        return Listing([[title] for title in plan["gone"]])

    def _notices(self, plan: PlanDigest) -> Iterator[Block]:
        if plan["notices"]:
            yield Paragraph([Mark(self.say(N_("Att notera")), "strong")], "label")
            yield Listing([[text] for text in plan["notices"]], look="small")


def unreadable(plan: Unreadable) -> Section:
    """A plan that could not be read, with all that is wrong in it."""
    items: list[Runs] = []
    for place, message in plan.problems:
        first, *rest = message.splitlines() or [""]
        told = " ".join(part.strip() for part in (first, *rest))
        items.append([Mark(place + ":", "code"), " ", told] if place else [told])
    return Section([Heading(3, [plan.path]), Listing(items)], "unreadable")


def _by_rule(findings: Sequence[FindingDigest]) -> list[tuple[FindingDigest, list[str]]]:
    """Findings of one rule together with their items, unless the rule's texts name what is the plan's own."""
    same: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[FindingDigest, list[str]]] = {}
    for one in findings:
        _, items = same.setdefault((one["rule"], tuple(one["own"].items())), (one, []))
        if one["item"] and one["item"] not in items:
            items.append(one["item"])
    return list(same.values())


def _listed(finding: FindingDigest, items: Sequence[str]) -> str:
    """The items after a title that does not name them itself."""
    return ": " + "; ".join(items) if items and "title" not in finding["own"] else ""


def _between(runs: Sequence[Run], text: str) -> list[Run]:
    """Runs with a text between each two."""
    return [part for place, run in enumerate(runs) for part in ((text, run) if place else (run,))]
