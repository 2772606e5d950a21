"""Finds what a name means: a rule, a method, a term or anything else that ``explain`` has a card for."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from advisor.errors import Message, Problem, UnknownName
from advisor.i18n import N_
from advisor.load.nearest import nearest
from advisor.model.fact_types import PLAN_FACTS
from advisor.model.knowledge import Knowledge, plain_name
from advisor.model.rule import Words

# In this order where one name means several things.
KINDS: Final = (
    "rule", "method", "term", "ladder", "factor", "area", "alternative", "fact", "group", "indicator", "support",
    "parameter", "source", "profile",
)  # fmt: skip


# What Swedish and English put on a noun for the definite, the plural and the genitive, the longest first.
_ENDINGS: Final = re.compile(r"(?<=\w{3})(?:(?:arna|erna|orna|en|et|an|ar|or|er|na|n|t|a|e)?s?)$")


class Meaning(NamedTuple):
    """One thing that a name means."""

    kind: str
    id: str


def meanings(knowledge: Knowledge, name: str) -> tuple[Meaning, ...]:
    """Everything of that id, title or name, in either language. Raises UnknownName with the nearest there is."""
    wanted = plain_name(name)
    found = dict.fromkeys(meaning for called, meaning in _names(knowledge) if plain_name(called) == wanted)
    if not found:  # «frågan» and «målgrupperna» are other forms of a word that has a card
        found = dict.fromkeys(meaning for called, meaning in _names(knowledge) if _stem(plain_name(called)) == _stem(wanted))
    if found:
        return tuple(sorted(found, key=lambda meaning: KINDS.index(meaning.kind)))
    likely = nearest(wanted, (called for called, _ in _names(knowledge)))
    sentence = N_("Ingen regel, metod eller term heter så. Menade ni «{likely}»?") if likely else (
        N_("Ingen regel, metod eller term heter så."))  # fmt: skip
    raise UnknownName([Problem(name, Message(sentence, {"likely": likely}))])


def _stem(name: str) -> str:
    return _ENDINGS.sub("", name)


def _names(knowledge: Knowledge) -> Iterator[tuple[str, Meaning]]:
    for rule in knowledge.rules.values():
        yield from _called(Meaning("rule", rule.id), rule.id, rule.title)
    for retired in knowledge.retired.values():
        if retired.replaced_by in knowledge.rules:
            yield retired.id, Meaning("rule", str(retired.replaced_by))
    for method in knowledge.methods.values():
        yield from _called(Meaning("method", method.id), method.id, method.name, *method.aliases)
    for term in knowledge.glossary.values():
        yield from _called(Meaning("term", term.id), term.id, term.term, *term.also)
    for step in knowledge.ladder.values():
        others = (other.name for other in step.other_names)
        yield from _called(Meaning("ladder", step.id), step.id, knowledge.option_label("ladder", step.id), *others)
    for factor in knowledge.factors.values():
        number = () if factor.id == "definition" else (f"faktor {factor.id}", f"factor {factor.id}", factor.id)
        yield from _called(Meaning("factor", factor.id), factor.id, factor.title, *number)
    for area in knowledge.areas.values():
        yield from _called(Meaning("area", area.id), area.id, area.title)
    for alternative in knowledge.alternatives.values():
        yield from _called(Meaning("alternative", alternative.id), alternative.id, alternative.title)
    for fact in (*PLAN_FACTS, *knowledge.derived, *knowledge.conclusions, *knowledge.known_facts):
        yield from _called(Meaning("fact", fact), fact, knowledge.fact_label(fact))
    for group in knowledge.groups.values():
        yield from _called(Meaning("group", group.id), group.id, knowledge.option_label("group_kind", group.id))
    for indicator in knowledge.indicators.values():
        yield from _called(Meaning("indicator", indicator.id), indicator.id, indicator.name)
    for support in knowledge.support.values():
        yield from _called(Meaning("support", support.id), support.id, support.title)
    for parameter in knowledge.parameters.values():
        yield from _called(Meaning("parameter", parameter.id), parameter.id, parameter.label)
    for profile in knowledge.profiles.values():
        yield from _called(Meaning("profile", profile.id), profile.id, profile.title)
    for source in knowledge.sources.values():
        yield from _called(Meaning("source", source.id), source.id, None, source.title)


def _called(meaning: Meaning, name: str, words: Words | None, *others: str) -> Iterator[tuple[str, Meaning]]:
    for called in (name, *((words.sv, words.en) if words else ()), *others):
        yield called, meaning
