"""Conditions in words: what a test asks, or the opposite of it.

``wanted`` says which way a test is put: True as the rule has it, False turned round (``is at least`` → ``is below``).
"""

from collections.abc import Iterator
from typing import Final

from advisor.engine.steps import Step
from advisor.i18n import N_
from advisor.model.condition import (
    All,
    AnyOf,
    Condition,
    CountTest,
    FactTest,
    FactValue,
    FindingTest,
    Leaf,
    Not,
    ParameterValue,
    Some,
)
from advisor.model.fact_types import CATALOGUE, LISTS, PAIRS, PLAN_FACTS
from advisor.report.words import Speaker, plain_fact

_OPPOSITE: Final = {
    "is": "is_not", "is_not": "is", "one_of": "none_of", "none_of": "one_of", "above": "at_most", "at_most": "above",
    "below": "at_least", "at_least": "below", "before": "not_before", "after": "not_after", "includes": "excludes",
    "excludes": "includes", "includes_any": "includes_none", "includes_all": "not_all",
}  # fmt: skip
_OF_OPTION: Final = {
    "is": N_("{fact} är {value}"),
    "is_not": N_("{fact} är inte {value}"),
    "one_of": N_("{fact} är {value}"),
    "none_of": N_("{fact} är varken {value}"),
    "above": N_("{fact} är över {value}"),
    "at_least": N_("{fact} är minst {value}"),
    "below": N_("{fact} är under {value}"),
    "at_most": N_("{fact} är högst {value}"),
}
_OF_NUMBER: Final = {
    "is": N_("{fact} är {value}"),
    "is_not": N_("{fact} är inte {value}"),
    "above": N_("{fact} är mer än {value}"),
    "at_least": N_("{fact} är minst {value}"),
    "below": N_("{fact} är mindre än {value}"),
    "at_most": N_("{fact} är högst {value}"),
}
_OF_DATE: Final = {
    "is": N_("{fact} är {value}"),
    "is_not": N_("{fact} är inte {value}"),
    "before": N_("{fact} är före {value}"),
    "not_before": N_("{fact} är {value} eller senare"),
    "after": N_("{fact} är efter {value}"),
    "not_after": N_("{fact} är {value} eller tidigare"),
}
_OF_OPTIONS: Final = {
    "includes": N_("{fact} innehåller {value}"),
    "excludes": N_("{fact} innehåller inte {value}"),
    "includes_any": N_("{fact} innehåller något av {value}"),
    "includes_none": N_("{fact} innehåller inget av {value}"),
    "includes_all": N_("{fact} innehåller alla av {value}"),
    "not_all": N_("{fact} innehåller inte alla av {value}"),
}
# For each list: at least one of its items, none of them, how many of them.
_OF_LIST: Final = {
    "goals": (N_("Minst ett av målen"), N_("Inget av målen"), N_("Antalet mål")),
    "target_groups": (N_("Minst en av målgrupperna"), N_("Ingen av målgrupperna"), N_("Antalet målgrupper")),
    "methods": (N_("Minst en av metoderna"), N_("Ingen av metoderna"), N_("Antalet metoder")),
    "governance.decision_path": (
        N_("Minst ett av stegen i beslutsvägen"), N_("Inget av stegen i beslutsvägen"),
        N_("Antalet steg i beslutsvägen"),
    ),
    "evaluation.indicators": (
        N_("Minst en av indikatorerna"), N_("Ingen av indikatorerna"), N_("Antalet indikatorer")
    ),
}  # fmt: skip


def named(fact: str, of: str | None, each_of: str | None = None) -> str:
    """A fact as a rule writes it (``item.channels``), named by its list (``target_groups.channels``)."""
    holder, _, name = fact.partition(".")
    if holder == "each" and each_of:
        return f"{each_of}.{name}"
    if holder != "item" or of is None:
        return fact
    if of == PAIRS:
        side, _, key = name.partition(".")
        return f"{'methods' if side == 'method' else 'target_groups'}.{key}"
    return f"{'methods' if of == CATALOGUE else of}.{name}"


class TestWords:
    """Speaks of one rule's tests. ``of``: what the rule is judged for each of; ``each_of``: a quantifier's list."""

    def __init__(self, speaker: Speaker, of: str | None, each_of: str | None = None) -> None:
        self.speaker = speaker
        self.of = of
        self.each_of = each_of

    def inside(self, items: str) -> "TestWords":
        """The same, inside a quantifier over ``items``."""
        return TestWords(self.speaker, self.of, items)

    def test(self, test: Leaf, wanted: bool = True) -> str:
        """What a test asks."""
        return self._said(test, wanted, None)

    def step(self, step: Step, wanted: bool = True) -> str:
        """What a step's test asks, of the item it was asked of."""
        assert step.test is not None
        return self._said(step.test, wanted, step)

    def _said(self, test: Leaf, wanted: bool, step: Step | None) -> str:
        say = self.speaker.say
        match test:
            case FindingTest(finding=rule, present=present):
                holds, fails = N_("Påpekandet «{rule}» gäller"), N_("Påpekandet «{rule}» gäller inte")
                return say(holds if present is wanted else fails, rule=self.speaker.rule(rule))
            case Some(some=items):
                return say(N_("{which} uppfyller detta:"), which=say(_OF_LIST[items][0 if wanted else 1]))
            case CountTest():
                return self._count(test, wanted, step)
            case FactTest():
                return self._fact(test, wanted, step)

    def _fact(self, test: FactTest, wanted: bool, step: Step | None) -> str:
        fact = step.fact if step is not None and step.fact else named(test.fact, self.of, self.each_of)
        label, say = self.speaker.fact(fact), self.speaker.say
        if test.op == "known":
            return say(N_("Svar finns: {fact}") if test.value is wanted else N_("Svar saknas: {fact}"), fact=label)
        kind = self.speaker.type_of(named(test.fact, self.of, self.each_of))
        if kind is not None and kind.kind == "boolean" and isinstance(test.value, bool):
            answer = test.value if (test.op == "is") is wanted else not test.value
            return f"{label}: {self.speaker.yes_no(answer)}"
        op = test.op if wanted else _OPPOSITE[test.op]
        templates = {"number": _OF_NUMBER, "date": _OF_DATE, "options": _OF_OPTIONS}.get(
            kind.kind if kind else "", _OF_OPTION
        )
        return say(templates[op], fact=label, value=self._operand(test, fact, op, step))

    def _operand(self, test: FactTest | CountTest, fact: str, op: str, step: Step | None) -> str:
        match test.value:
            case FactValue(fact=other):
                name = named(other, self.of, self.each_of)
                said = self.speaker.quoted(self.speaker.label(name))
                known = step.wanted if step is not None else None
                return f"{said} ({self.speaker.value(name, known)})" if known is not None else said
            case ParameterValue(parameter=parameter):
                return self.speaker.parameter(parameter)
            case tuple() as options:
                quoted = [self.speaker.quoted(self.speaker.option(fact, option)) for option in options]
                if op == "none_of":
                    return self._neither(quoted)
                return self.speaker.joined(quoted, last="and" if op in ("includes_all", "not_all") else "or")
            case str() as option:
                kind = self.speaker.type_of(plain_fact(fact))
                if kind is not None and kind.kind == "date":
                    return option
                return self.speaker.quoted(self.speaker.option(fact, option))
            case literal:
                return self.speaker.value(fact, literal)

    def _neither(self, quoted: list[str]) -> str:
        word = self.speaker.say(N_("eller"))
        return f" {word} ".join(quoted)

    def _count(self, test: CountTest, wanted: bool, step: Step | None) -> str:
        say = self.speaker.say
        fact = step.fact if step is not None and step.fact else named(test.count, self.of, self.each_of)
        if test.count in LISTS:
            counted = say(_OF_LIST[test.count][2])
        else:
            counted = say(N_("Antalet svar under «{fact}»"), fact=self.speaker.fact(fact))
        op = test.op if wanted else _OPPOSITE[test.op]
        value = self._operand(test, "", op, step) if not isinstance(test.value, (int, float)) else str(test.value)
        return say(_OF_NUMBER[op], fact=counted, value=value)


def found_there(step: Step, speaker: Speaker) -> str:
    """What a step found where it looked, in brackets; empty where the test says it already."""
    test, say = step.test, speaker.say
    if test is None or isinstance(test, (Some, FindingTest)):
        return ""
    own = plain_fact(step.fact) in PLAN_FACTS
    if isinstance(test, FactTest) and test.op == "known" and (step.value is None or not own):
        return ""
    if step.value is None:
        return say(N_("(inte besvarat)")) if own else say(N_("(uppgift saknas)"))
    if isinstance(test, FactTest) and test.op in ("is", "is_not") and not isinstance(test.value, FactValue):
        only_answer = isinstance(test.value, bool) or test.op == "is"
        if step.truth and only_answer:
            return ""
    fact = "" if isinstance(test, CountTest) and isinstance(step.value, (int, float)) else step.fact
    value = speaker.value(fact, step.value, inside=True)
    return say(N_("(ert svar: {value})"), value=value) if own else say(N_("(här: {value})"), value=value)


def condition_lines(condition: Condition, words: TestWords, level: int = 0) -> Iterator[tuple[int, str]]:
    """A condition as lines, each with how deep it stands."""
    say = words.speaker.say
    match condition:
        case All(all=(only,)) | AnyOf(any=(only,)):
            yield from condition_lines(only, words, level)
        case All(all=parts):
            yield level, say(N_("Allt detta stämmer:"))
            for part in parts:
                yield from condition_lines(part, words, level + 1)
        case AnyOf(any=parts):
            yield level, say(N_("Minst ett av detta stämmer:"))
            for part in parts:
                yield from condition_lines(part, words, level + 1)
        case Not(negated=(All() | AnyOf()) as part):
            yield level, say(N_("Detta stämmer inte:"))
            yield from condition_lines(part, words, level + 1)
        case Not(negated=Not(negated=part)):
            yield from condition_lines(part, words, level)
        case Not(negated=(FactTest() | FindingTest() | Some() | CountTest()) as leaf):
            yield from _leaf_lines(leaf, words, level, False)
        case FactTest() | FindingTest() | Some() | CountTest():
            yield from _leaf_lines(condition, words, level, True)


def _leaf_lines(leaf: Leaf, words: TestWords, level: int, wanted: bool) -> Iterator[tuple[int, str]]:
    test = words.test(leaf, wanted)
    match leaf:
        case Some(some=items, where=where):
            yield level, test
            yield from condition_lines(where, words.inside(items), level + 1)
        case CountTest(count=counted, where=where) if where is not None:
            yield level, words.speaker.say(N_("{test}, räknat dem som uppfyller detta:"), test=test)
            yield from condition_lines(where, words.inside(counted), level + 1)
        case _:
            yield level, test
