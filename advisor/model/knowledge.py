"""What the adviser knows beside its rules: words for facts, methods, groups, parameters, sources and the rest."""

from functools import cached_property
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from advisor.model.catalogue import Method
from advisor.model.profile import STANDARD, Profile, Terms, terms_of
from advisor.model.rule import AnyText, Basis, Record, Rule, TupleOf, Words

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Ids = Annotated[tuple[str, ...], TupleOf]


class Labelled(Record):
    """An option or a conclusion with its words; ``meaning`` is a line of explanation."""

    id: str
    label: Words
    meaning: Words | None = None


class Asked(Record):
    """The words of one plan fact: the question, help with it, why it is asked and an answer that would do.

    ``options`` override the vocabulary's labels where those read badly here; ``meanings`` explain the options, or ``yes``
    and ``no``, where the vocabulary does not or means something else. ``quick``: asked in the quick scan too.
    """

    fact: str
    label: Words
    ask: Words
    help: Words | None = None
    why: Words | None = None
    example: Words | None = None
    vocabulary: str | None = None
    unit: Words | None = None
    options: dict[str, Words] = {}
    meanings: dict[str, Words] = {}
    terms: Ids = ()
    quick: bool = False


class Page(Record):
    """A page of questions, in the order of the plan format."""

    page: str
    order: int
    title: Words
    questions: Annotated[tuple[Asked, ...], TupleOf]


class Area(Record):
    """A part of the guidance, in working order."""

    id: str
    title: Words
    about: Words


class Factor(Record):
    """The definition or one of the eight success factors."""

    id: AnyText
    title: Words
    about: Words
    sources: Ids = ()


class OtherName(Record):
    """What another publication calls a step of the ladder."""

    name: str
    used_by: str
    source: str | None = None


class LadderStep(Record):
    """A step of the ladder of participation, with what it promises."""

    id: str
    promise: Words
    meaning: Words
    other_names: Annotated[tuple[OtherName, ...], TupleOf] = ()
    basis: Basis
    sources: Ids = ()


class Group(Record):
    """A kind of target group: the channels that reach it and the adaptations that help."""

    id: str
    reached_by: Ids
    helped_by: Ids
    note: Words
    basis: Basis
    sources: Ids = ()


class Alternative(Record):
    """What to do instead of the dialogue as planned. Priority 1 goes first."""

    id: str
    priority: int
    title: Words
    text: Words
    first_step: Words
    basis: Basis
    sources: Ids = ()


class ParameterPeriod(Record):
    """A parameter's value from a day on."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    since: Annotated[str, Field(alias="from")]
    value: int | float
    basis: Basis
    sources: Ids = ()


class Parameter(Record):
    """A threshold that rules name instead of holding a number."""

    id: str
    label: Words
    unit: Words
    values: Annotated[tuple[ParameterPeriod, ...], TupleOf]

    def value_at(self, day: str) -> int | float | None:
        """The value in force on an ISO day; None before the first period."""
        in_force = [period for period in self.values if period.since <= day]
        return max(in_force, key=lambda period: period.since).value if in_force else None


class Derived(Record):
    """A fact worked out from the plan's own answers.

    ``how`` is the kind (weeks_between, covers …), ``inputs`` the facts it reads, ``with_`` what else it needs (a calendar,
    a word list, parameters that bound classes). ``of`` names the list where there is one such fact an item.
    """

    id: str
    label: Words
    unit: Words | None = None
    of: str | None = None
    how: str
    inputs: Ids
    calendar: str | None = None
    words: str | None = None
    scale: str | None = None
    bounds: Ids = ()


class Span(Record):
    """Days of a calendar; exactly one kind is set. Month-days are written MM-DD."""

    yearly: dict[Literal["from", "to"], str] | None = None
    weekdays: Ids | None = None
    easter: dict[Literal["from", "to"], int] | None = None
    weekday: dict[Literal["day", "from", "to"], str] | None = None
    dates: Ids | None = None


class Calendar(Record):
    """Days that matter when a date is chosen."""

    id: str
    label: Words
    spans: Annotated[tuple[Span, ...], TupleOf]


class WordList(Record):
    """Words to look for in a text, whole words, both languages."""

    id: str
    label: Words
    sv: Ids
    en: Ids


class Source(Record):
    """A document that rules cite."""

    id: str
    title: str
    publisher: str | None = None
    url: str | None = None
    date: AnyText | None = None
    guidance_key: str | None = None
    read: Literal["opening", "whole", "none"] = "opening"


class Term(Record):
    """An entry of the glossary."""

    id: str
    term: Words
    definition: Words
    also: Annotated[tuple[str, ...], TupleOf] = ()
    see: Ids = ()
    sources: Ids = ()


class Indicator(Record):
    """Something to measure a dialogue by: what it shows, and how to measure it."""

    id: str
    name: Words
    shows: Words
    how: Words
    unit: Words
    factors: Annotated[tuple[AnyText, ...], TupleOf] = ()
    basis: Basis
    sources: Ids = ()


class Support(Record):
    """Support that SKR offers, with the day the entry was true, and the findings it helps with."""

    id: str
    title: Words
    text: Words
    for_whom: Words
    when: Words
    factors: Annotated[tuple[AnyText, ...], TupleOf] = ()
    rules: Ids = ()
    as_of: str
    url: str | None = None
    sources: Ids = ()


class KnownFact(Record):
    """The words of a fact that the knowledge says of methods or groups."""

    id: str
    label: Words
    unit: Words | None = None


class Retired(Record):
    """A rule that no longer exists. Its id lives on in plans that accepted it."""

    id: str
    since: str
    replaced_by: str | None = None


def _as_certain(value: Any) -> Any:
    return {"rule": value} if isinstance(value, str) else value


class ExpectedFinding(Record):
    """A finding that a worked plan gives; possible where only an unanswered question keeps it from being certain."""

    rule: str
    status: Literal["certain", "possible"] = "certain"


class WorkedExample(Record):
    """A worked plan, ``knowledge/examples/ID.yaml``: what it shows, what must be found in it and what must not."""

    id: str
    title: Words
    shows: Words
    must: Annotated[tuple[Annotated[ExpectedFinding, BeforeValidator(_as_certain)], ...], TupleOf]
    must_not: Ids


class Knowledge(Record):
    """The whole rulebook and all that it leans on. Dictionaries are keyed by id.

    ``profiles`` are in order, the least demanding first; ``own_profile`` is that of a folder of the user's own.
    """

    version: str
    sha256: str
    rules: dict[str, Rule]
    retired: dict[str, Retired] = {}
    examples: dict[str, WorkedExample] = {}
    profiles: dict[str, Profile] = {}
    own_profile: str | None = None
    vocabularies: dict[str, Annotated[tuple[Labelled, ...], TupleOf]]
    pages: Annotated[tuple[Page, ...], TupleOf]
    areas: dict[str, Area]
    factors: dict[str, Factor]
    ladder: dict[str, LadderStep]
    groups: dict[str, Group]
    alternatives: dict[str, Alternative]
    parameters: dict[str, Parameter]
    derived: dict[str, Derived]
    conclusions: dict[str, Labelled]
    known_facts: dict[str, KnownFact]
    calendars: dict[str, Calendar]
    word_lists: dict[str, WordList]
    methods: dict[str, Method]
    sources: dict[str, Source]
    glossary: dict[str, Term]
    indicators: dict[str, Indicator]
    support: dict[str, Support]

    @cached_property
    def questions(self) -> dict[str, Asked]:
        """The words of every plan fact, by fact."""
        return {asked.fact: asked for page in self.pages for asked in page.questions}

    @cached_property
    def option_labels(self) -> dict[str, dict[str, Words]]:
        """Labels by vocabulary and option; the methods of the catalogue are the vocabulary ``method``."""
        labels = {name: {option.id: option.label for option in options} for name, options in self.vocabularies.items()}
        labels["method"] = {method.id: method.name for method in self.methods.values()}
        return labels

    @cached_property
    def methods_by_name(self) -> dict[str, str]:
        """Method ids by every id, alias and name, case and surplus spaces aside."""
        names: dict[str, str] = {}
        for method in self.methods.values():
            for name in (method.id, *method.aliases, method.name.sv, method.name.en):
                names.setdefault(plain_name(name), method.id)
        return names

    def rule_now(self, rule: str) -> str:
        """The rule that stands in the place of a retired one, itself maybe retired since; else ``rule``."""
        passed = {rule}
        while rule in self.retired and (following := self.retired[rule].replaced_by) and following not in passed:
            passed.add(following)
            rule = following
        return rule

    @property
    def profile_names(self) -> tuple[str, ...]:
        """The profiles there are to choose from."""
        return (*self.profiles, *(() if STANDARD in self.profiles else (STANDARD,)))

    @property
    def levels(self) -> tuple[str, ...]:
        """The profiles that a plan is measured against, the least demanding first. The user's own stands aside."""
        return tuple(name for name in self.profiles if name != self.own_profile)

    def terms(self, profile: str) -> Terms:
        """What a profile makes of the rules. Raises KeyError for one that does not exist."""
        return terms_of(profile, self.profiles, self.rule_now)

    def option_label(self, vocabulary: str, option: str, fact: str | None = None) -> Words | None:
        """The words for an option, as ``fact`` wants them said."""
        own = self.questions.get(fact or "")
        if own and option in own.options:
            return own.options[option]
        return self.option_labels.get(vocabulary, {}).get(option)

    def option_meaning(self, vocabulary: str | None, option: str, fact: str) -> Words | None:
        """A line that explains an option, or ``yes`` and ``no``, where ``fact`` asks for it."""
        own = self.questions.get(fact)
        if own and option in own.meanings:
            return own.meanings[option]
        return next((one.meaning for one in self.vocabularies.get(vocabulary or "", ()) if one.id == option), None)

    @cached_property
    def steps_by_name(self) -> dict[str, str]:
        """Steps of the ladder by their labels and the names that other publications give them, where only one step is meant."""
        named: dict[str, set[str]] = {}
        for step in self.ladder.values():
            label = self.option_label("ladder", step.id)
            for name in (*((label.sv, label.en) if label else ()), *(other.name for other in step.other_names)):
                named.setdefault(plain_name(name), set()).add(step.id)
        return {name: steps.pop() for name, steps in named.items() if len(steps) == 1}

    def fact_label(self, fact: str) -> Words | None:
        """The words for a plan fact, a derived fact, a conclusion, or a fact of the catalogue or the groups."""
        if fact in self.questions:
            return self.questions[fact].label
        if fact in self.derived:
            return self.derived[fact].label
        if fact in self.conclusions:
            return self.conclusions[fact].label
        if fact in self.known_facts:
            return self.known_facts[fact].label
        return None


def plain_name(name: str) -> str:
    """A name as it is compared: case and surplus spaces aside."""
    return " ".join(name.split()).casefold()
