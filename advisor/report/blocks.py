"""What the text report says of each finding, and how much of it there is room for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from advisor.i18n import N_, translate_plural
from advisor.model.assessment import Finding, Item
from advisor.model.fact_types import PAGE_ORDER
from advisor.model.rule import Rule
from advisor.report.sheet import Sheet
from advisor.report.words import SEVERITIES, Speaker, names_the_plan, plain_fact

MOST_BLOCKS: Final = 12
_MOST_REASONS: Final = 3
_MOST_IN_GROUP: Final = 4
_FEWEST_GROUPS: Final = 3  # room kept for questions, however much there is to mend
_GAPS_IN_FULL: Final = 5  # what is merely not filled in yet is a list of titles after these


class Block(NamedTuple):
    """Findings that are told together: the same rule for several items."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]


class QuestionBlock(NamedTuple):
    """Possible findings that wait for the same answer."""

    fact: str
    findings: tuple[Finding, ...]


class Shown(NamedTuple):
    """What there is room for, and how many findings are left out."""

    certain: tuple[Block, ...]
    titles: tuple[Block, ...]
    questions: tuple[QuestionBlock, ...]
    advice: tuple[Block, ...]
    left_out: int

    @property
    def only_unanswered(self) -> bool:
        """Whether all that is told by its title is what nobody has filled in."""
        return all(_not_filled_in(block.first) for block in self.titles)


def choose(findings: Sequence[Finding], rules: Mapping[str, Rule], everything: bool) -> Shown:
    """The unaccepted findings in blocks, at most MOST_BLOCKS. The titles of the rest, and of advice, are a block each.

    Stops, and what follows from an answer, are told in full. Of what is merely not filled in the first few are, or none
    where there is a stop: then it matters first whether there will be a dialogue at all.
    """
    sure = [one for one in findings if one.status == "certain"]
    certain = _together((one for one in sure if one.severity != "advice"), rules)
    advice = _together((one for one in sure if one.severity == "advice"), rules)
    questions = by_question([one for one in findings if one.status == "possible"])
    if everything:
        return Shown(certain, (), questions, advice, 0)
    in_full = 0 if any(block.first.severity == "stop" for block in certain) else _GAPS_IN_FULL
    gaps = [block for block in certain if _not_filled_in(block.first)][in_full:]
    certain = tuple(block for block in certain if block not in gaps)
    room = MOST_BLOCKS - bool(advice) - bool(gaps)
    kept = certain[: room - min(len(questions), _FEWEST_GROUPS)]
    asked = questions[: room - len(kept)]
    # What is certain and has no room in full is at least named: nobody should have to ask for it.
    titles = (*certain[len(kept) :], *gaps), advice[:MOST_BLOCKS]
    shown = sum(len(block.findings) for blocks in (kept, asked, *titles) for block in blocks)
    return Shown(kept, titles[0], asked, titles[1], len(findings) - shown)


def _not_filled_in(finding: Finding) -> bool:
    return finding.kind == "gap" and all(reason.value in (None, "unknown") for reason in finding.because)


def _together(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> tuple[Block, ...]:
    """Findings of one rule in one block, unless its texts name the item."""
    by_rule: dict[object, list[Finding]] = {}
    for finding in findings:
        own = finding.item if names_the_plan(rules[finding.rule]) else None
        by_rule.setdefault((finding.rule, own), []).append(finding)
    return tuple(Block(tuple(same)) for same in by_rule.values())


def by_question(findings: Sequence[Finding]) -> tuple[QuestionBlock, ...]:
    """Possible findings under the question that most of them wait for, one that settles a stop first, then the next."""
    left, blocks = list(findings), []
    while left:
        waiting = Counter(fact for finding in left for fact in dict.fromkeys(finding.missing))
        if not waiting:
            break
        stops = {fact for finding in left if finding.severity == "stop" for fact in finding.missing}
        order = {one: PAGE_ORDER.get(plain_fact(one), len(PAGE_ORDER)) for one in waiting}
        fact = min(waiting, key=lambda one: (one not in stops, -waiting[one], order[one], one))
        blocks.append(QuestionBlock(fact, tuple(finding for finding in left if fact in finding.missing)))
        left = [finding for finding in left if fact not in finding.missing]
    return tuple(blocks)


class BlockWriter:
    """Writes blocks on a sheet. ``alternative`` is the plan's own, told elsewhere."""

    def __init__(self, sheet: Sheet, speaker: Speaker, everything: bool, alternative: str | None) -> None:
        self.sheet = sheet
        self.speaker = speaker
        self.everything = everything
        self.alternative = alternative

    def full(self, block: Block, number: int) -> None:
        """A finding in full: title, item, answers, advice, why, example, source."""
        sheet, speaker, first = self.sheet, self.speaker, block.first
        rule, several = speaker.knowledge.rules[first.rule], len(block.findings) > 1
        item, because = (None, ()) if several else (first.item, first.because)
        sheet.blank()
        head = f"{number}. "
        sheet.tailed(head + speaker.filled(rule.title, item, because), first.rule, first.severity, 0, len(head))
        indent = len(head)
        items = [finding.item for finding in block.findings if finding.item is not None]
        if items:
            sheet.labelled(speaker.say(N_("Gäller:")), "; ".join(_said_once(items, speaker)), indent)
        answers = self._answers(block)
        if answers:
            sheet.labelled(speaker.say(N_("I planen:")), answers, indent)
        if first.severity_was is not None and not first.by_duty:
            was = speaker.say(SEVERITIES[first.severity_was])
            sheet.text(speaker.say(N_("Profilen har ändrat allvaret. Regelns eget: {severity}."), severity=was), "dim", indent)
        if first.by_duty:
            sheet.text(speaker.say(N_("Utan skyldigheten att samråda hade detta varit ett stopp.")), "", indent)
            sheet.text(speaker.advice(first), "", indent)
        else:
            sheet.text(speaker.filled(rule.advice, item, because), "", indent)
        sheet.labelled(speaker.say(N_("Varför:")), speaker.filled(rule.why, item, because), indent)
        if rule.good is not None:
            example = speaker.quoted(speaker.filled(rule.good, item, because))
            sheet.labelled(speaker.say(N_("Till exempel:")), example, indent)
        if self.everything and rule.not_when is not None:
            sheet.labelled(speaker.say(N_("Undantag:")), speaker.filled(rule.not_when, item, because), indent)
        if first.alternative is not None and first.alternative != self.alternative:
            way = speaker.words(speaker.knowledge.alternatives[first.alternative].title)
            sheet.labelled(speaker.say(N_("Annan väg:")), f"{way} ({first.alternative})", indent)
        sheet.text(speaker.basis(rule, brief=not self.everything), "dim", indent)

    def _answers(self, block: Block) -> str:
        reasons = self.speaker.answers(reason for finding in block.findings for reason in finding.because)
        speaker = self.speaker if len(block.findings) > 1 else self.speaker.speaking_of(block.first.item)
        said = [f"{speaker.fact(reason.fact)}: {speaker.value(reason.fact, reason.value, inside=True)}"
                for reason in reasons[:_MOST_REASONS]]  # fmt: skip
        return "; ".join(said)

    def question(self, block: QuestionBlock) -> None:
        """A question and the checks that wait for its answer."""
        sheet, speaker, number = self.sheet, self.speaker, len(block.findings)
        sheet.blank()
        if all(finding.missing == (block.fact,) for finding in block.findings):
            sentence = translate_plural(
                "Svar på {question} avgör en kontroll:", "Svar på {question} avgör {number} kontroller:",
                number, speaker.lang,
            )  # fmt: skip
        else:
            sentence = translate_plural(
                "Svar på {question} behövs för att avgöra en kontroll:",
                "Svar på {question} behövs för att avgöra {number} kontroller:", number, speaker.lang,
            )  # fmt: skip
        told = sentence.format(question=speaker.quoted_question(block.fact), number=number)
        sheet.tailed(told, plain_fact(block.fact), "title", 0, 2)
        blocks = _together(block.findings, speaker.knowledge.rules)
        for same in blocks if self.everything else blocks[:_MOST_IN_GROUP]:
            self._title(same, True, block.fact)
        if not self.everything and len(blocks) > _MOST_IN_GROUP:
            left = number - sum(len(same.findings) for same in blocks[:_MOST_IN_GROUP])
            sheet.text(speaker.say(N_("… och {number} till"), number=left), "dim", 2)

    def titles(self, blocks: Iterable[Block]) -> None:
        """Findings by their titles."""
        for block in blocks:
            self._title(block, False, "")

    def _title(self, block: Block, severity: bool, question: str) -> None:
        speaker, first = self.speaker, block.first
        item = first.item if len(block.findings) == 1 else None
        title = speaker.filled(speaker.knowledge.rules[first.rule].title, item, first.because)
        items = [finding.item for finding in block.findings if finding.item is not None]
        names = _said_once([one for one in items if not question.startswith(f"{one.list}[{one.index}]")], speaker)
        if names:
            title = f"{title}: {'; '.join(names)}"
        if severity:
            title = f"{title} ({speaker.say(SEVERITIES[first.severity])})"
        self.sheet.tailed(f"- {title}", first.rule, "", 2, 2)


def _said_once(items: Iterable[Item], speaker: Speaker) -> list[str]:
    return list(dict.fromkeys(speaker.item(item) for item in items))
