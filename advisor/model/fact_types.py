"""Every fact a rule may read, with its type.

Plan facts come from the keys of ``plan.py``: ``section.key``, and ``target_groups.channels`` for a key of a list's
items. Catalogue facts are what ``knowledge/methods`` says of a method, group facts what ``knowledge/groups`` says.
"""

from typing import Final, NamedTuple

from advisor.model.answers import AnswerType, FormatAnswer, NumberAnswer, OptionAnswer, OptionsAnswer, YesNoAnswer
from advisor.model.plan import ItemsOf, Plan, PlanPart, SectionOf
from advisor.model.vocabulary import SCALES, VOCABULARIES


class FactType(NamedTuple):
    """One fact's id, kind and vocabulary.

    ``kind``: boolean, option, options, number, date, text, texts or items. ``vocabulary`` is set for option(s);
    ``within`` is the list whose items hold the fact, or None. ``answer`` reads a literal as the plan would.
    """

    id: str
    kind: str
    vocabulary: str | None = None
    within: str | None = None
    answer: AnswerType | None = None

    @property
    def ordered(self) -> bool:
        return self.vocabulary in SCALES

    @property
    def options(self) -> tuple[str, ...]:
        """The options a rule may name. A scale may be named whole, also where an answer uses a part of it."""
        return VOCABULARIES.get(self.vocabulary or "", ())

    @property
    def key(self) -> str:
        """The key within the item (for a fact of a list's items)."""
        return self.id.rpartition(".")[2]


def _of_answer(fact: str, answer: AnswerType, within: str | None) -> FactType:
    vocabulary = answer.vocabulary if isinstance(answer, (OptionAnswer, OptionsAnswer)) else None
    return FactType(fact, answer.kind, vocabulary, within, answer)


def _facts_of(part: type[PlanPart], prefix: str, within: str | None) -> dict[str, FactType]:
    facts: dict[str, FactType] = {}
    for key, field in part.model_fields.items():
        fact = f"{prefix}{key}"
        for mark in field.metadata:
            if isinstance(mark, SectionOf):
                facts |= _facts_of(mark.part, f"{fact}.", within)
            elif isinstance(mark, ItemsOf):
                facts[fact] = FactType(fact, "items")
                facts |= _facts_of(mark.part, f"{fact}.", fact)
            elif isinstance(mark, AnswerType) and not isinstance(mark, FormatAnswer):
                facts[fact] = _of_answer(fact, mark, within)
    return facts


# In page order. Accepted deviations are no facts: no rule may read what was accepted.
PLAN_FACTS: Final = {fact: kind for fact, kind in _facts_of(Plan, "", None).items() if not fact.startswith("accepted")}
PAGE_ORDER: Final = {fact: place for place, fact in enumerate(PLAN_FACTS)}
LISTS: Final = tuple(fact for fact, kind in PLAN_FACTS.items() if kind.kind == "items")
PAIRS: Final = "method_groups"
CATALOGUE: Final = "catalogue"
UNANSWERED_FORM: Final = "citizen_dialogue"  # the only key with a default: an absent `form` is a citizen dialogue

METHOD_FACTS: Final[dict[str, AnswerType]] = {
    **{name: OptionsAnswer(vocabulary) for name, vocabulary in {
        "levels": "ladder", "purposes": "goal_kind", "selections": "selection", "formats": "format",
        "groups_good": "group_kind", "groups_weak": "group_kind", "stages": "step"}.items()},
    **{name: NumberAnswer() for name in (
        "size_min", "size_max", "hours_min", "hours_max", "weeks_min", "weeks_max", "breadth_score", "depth_score")},
    **{name: OptionAnswer(vocabulary) for name, vocabulary in {
        "cost": "amount", "skill_needed": "amount", "conflict_fit": "fit", "complexity_fit": "fit",
        "talk": "talk"}.items()},
    **{name: YesNoAnswer() for name in (
        "size_unbounded", "hours_unbounded", "weeks_unbounded", "reaches_hard_to_reach")},
}  # fmt: skip
GROUP_FACTS: Final[dict[str, AnswerType]] = {
    "reached_by": OptionsAnswer("channel"),
    "helped_by": OptionsAnswer("adaptation"),
}


def item_facts(of: str) -> dict[str, FactType]:
    """What an item of ``of`` holds, by name: its own keys and what the knowledge says of it.

    ``of`` is a list of the plan, ``method_groups`` (names ``method.…`` and ``group.…``) or ``catalogue``.
    """
    if of == PAIRS:
        return {f"{side}.{name}": kind for side, items in (("method", "methods"), ("group", "target_groups"))
                for name, kind in item_facts(items).items()}  # fmt: skip
    facts = {kind.key: kind for fact, kind in PLAN_FACTS.items() if kind.within == of}
    known: dict[str, AnswerType] = {}
    if of in ("methods", CATALOGUE):
        known = METHOD_FACTS
        facts["id"] = FactType("id", "option", "method", of)
    elif of == "target_groups":
        known = GROUP_FACTS
    overlap = facts.keys() & known.keys()
    assert not overlap, f"a key of the plan and a fact of the knowledge share a name: {overlap}"
    return facts | {name: _of_answer(name, answer, of) for name, answer in known.items()}


