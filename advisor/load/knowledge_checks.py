"""Whether the knowledge files fit one another and the plan format: every name exists, nothing is left without words."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from advisor.i18n import N_
from advisor.load.documents import Document, Loc
from advisor.load.problems import Problems
from advisor.model.fact_space import DERIVED_KINDS
from advisor.model.fact_types import GROUP_FACTS, LISTS, METHOD_FACTS, PLAN_FACTS, item_facts
from advisor.model.knowledge import Derived, Knowledge, Method, plain_name
from advisor.model.rule import FACTORS
from advisor.model.vocabulary import SCALES, VOCABULARIES

Places = Mapping[tuple[str, str], tuple[Document, Loc]]

# What each kind of derived fact may read.
_INPUTS = {
    "weeks_between": ("date",), "days_between": ("date",), "share": ("number",), "count": ("options", "texts", "items"),
    "words": ("text",), "overlaps_calendar": ("date",), "non_empty": ("options",), "covers": ("options",),
    "same_text": ("text",), "begins_with": ("text",), "contains": ("text",), "class_of": ("number",),
}  # fmt: skip


class _Checker:
    def __init__(self, knowledge: Knowledge, places: Places, problems: Problems) -> None:
        self.knowledge = knowledge
        self.places = places
        self.problems = problems

    def add(self, field: str, record: str, loc: Loc, template: str, **values: Any) -> None:
        document, start = self.places[field, record]
        self.problems.add(document, (*start, *loc), template, **values)

    def known(self, field: str, key: str, loc: Loc, what: str, names: Iterable[str], known: Iterable[str]) -> None:
        """Notes each of ``names`` that is not among ``known``."""
        known = tuple(known)
        document, start = self.places[field, key]
        for place, name in enumerate(names):
            if name not in known:
                self.problems.unknown(document, (*start, *loc, place), what, name, known)


def check_knowledge(knowledge: Knowledge, places: Places, problems: Problems) -> None:
    """Notes everything that does not fit. ``places`` says where each record stands, by field and id."""
    checker = _Checker(knowledge, places, problems)
    _check_vocabularies(checker)
    _check_questions(checker)
    _check_sources(checker)
    for derived in knowledge.derived.values():
        _check_derived(checker, derived)
    for group in knowledge.groups.values():
        checker.known("groups", group.id, ("reached_by",), N_("okänt alternativ"), group.reached_by,
                      VOCABULARIES["channel"])  # fmt: skip
        checker.known("groups", group.id, ("helped_by",), N_("okänt alternativ"), group.helped_by,
                      VOCABULARIES["adaptation"])  # fmt: skip
    names: dict[str, str] = {}
    for method in knowledge.methods.values():
        _check_method(checker, method, names)
    for field, expected in (("groups", VOCABULARIES["group_kind"]), ("ladder", VOCABULARIES["ladder"]),
                            ("factors", FACTORS), ("known_facts", (*METHOD_FACTS, *GROUP_FACTS, "id"))):  # fmt: skip
        _check_complete(checker, field, expected)
    for term in knowledge.glossary.values():
        checker.known("glossary", term.id, ("see",), N_("okänt begrepp"), term.see, knowledge.glossary)


def _check_complete(checker: _Checker, field: str, expected: Iterable[str]) -> None:
    had = getattr(checker.knowledge, field)
    if not had:
        return
    anywhere = next(iter(had))
    for name in expected:
        if name not in had:
            checker.add(field, anywhere, (), N_("«{name}» saknas i filen"), name=name)
    for name in had:
        if name not in tuple(expected):
            checker.add(field, name, (), N_("«{name}» finns inte i planformatet"), name=name)


def _check_vocabularies(checker: _Checker) -> None:
    for name, options in checker.knowledge.vocabularies.items():
        expected = VOCABULARIES.get(name)
        if expected is None:
            checker.add("vocabularies", name, (), N_("«{name}» finns inte i planformatet"), name=name)
        elif tuple(option.id for option in options) != expected:
            checker.add("vocabularies", name, (), N_("alternativen ska vara, i denna ordning: {expected}"),
                        expected=", ".join(expected))  # fmt: skip
    if checker.knowledge.vocabularies:
        _check_complete(checker, "vocabularies", VOCABULARIES)


def _check_questions(checker: _Checker) -> None:
    seen: set[str] = set()
    for page in checker.knowledge.pages:
        for place, asked in enumerate(page.questions):
            loc: Loc = ("questions", place)
            kind = PLAN_FACTS.get(asked.fact)
            if kind is None:
                document, start = checker.places["pages", page.page]
                checker.problems.unknown(document, (*start, *loc, "fact"), N_("okänt faktum"), asked.fact, PLAN_FACTS)
                continue
            if asked.fact in seen:
                checker.add("pages", page.page, loc, N_("«{fact}» har redan en fråga"), fact=asked.fact)
            seen.add(asked.fact)
            if asked.vocabulary != kind.vocabulary:
                checker.add("pages", page.page, loc, N_("«{fact}» har alternativen i «{vocabulary}»"), fact=asked.fact,
                            vocabulary=kind.vocabulary or "-")  # fmt: skip
            for option in asked.options:
                if option not in kind.options:
                    checker.add("pages", page.page, (*loc, "options", option), N_("okänt alternativ «{word}»"),
                                word=option)  # fmt: skip
    lacking = [fact for fact in PLAN_FACTS if fact not in seen]
    if lacking and checker.knowledge.pages:
        checker.add("pages", checker.knowledge.pages[0].page, (), N_("frågor saknas för: {facts}"),
                    facts=", ".join(lacking))  # fmt: skip


def _check_sources(checker: _Checker) -> None:
    knowledge = checker.knowledge
    for field in ("factors", "ladder", "groups", "alternatives", "methods", "glossary", "support"):
        for key, record in getattr(knowledge, field).items():
            checker.known(field, key, ("sources",), N_("okänd källa"), record.sources, knowledge.sources)
    for parameter in knowledge.parameters.values():
        for place, period in enumerate(parameter.values):
            checker.known("parameters", parameter.id, ("values", place, "sources"), N_("okänd källa"), period.sources,
                          knowledge.sources)  # fmt: skip
    for step in knowledge.ladder.values():
        for place, other in enumerate(step.other_names):
            if other.source is not None and other.source not in knowledge.sources:
                checker.add("ladder", step.id, ("other_names", place), N_("okänd källa «{word}»"), word=other.source)


def _check_derived(checker: _Checker, derived: Derived) -> None:
    knowledge, key = checker.knowledge, derived.id

    def wrong(loc: Loc, template: str, **values: Any) -> None:
        checker.add("derived", key, loc, template, **values)

    if derived.how not in DERIVED_KINDS:
        wrong((), N_("det härledda faktumet ska ha precis en av: {kinds}"), kinds=", ".join(DERIVED_KINDS))
        return
    if derived.of is not None and derived.of not in LISTS:
        wrong(("of",), N_("«{name}» är ingen lista i planen"), name=derived.of)
        return
    if key in PLAN_FACTS or (derived.of and key in item_facts(derived.of)):
        wrong(("id",), N_("«{name}» heter redan ett faktum i planen"), name=key)
    if len(derived.inputs) not in DERIVED_KINDS[derived.how][1]:
        wrong((derived.how,), N_("«{how}» läser {number} fakta"), how=derived.how,
              number=" / ".join(str(n) for n in DERIVED_KINDS[derived.how][1]))  # fmt: skip
    own = item_facts(derived.of) if derived.of else {}
    for fact in derived.inputs:
        name = fact.removeprefix("item.")
        kind = own.get(name) if fact.startswith("item.") else PLAN_FACTS.get(fact)
        earlier = knowledge.derived.get(name)
        found = DERIVED_KINDS[earlier.how][0] if earlier is not None and earlier.how in DERIVED_KINDS else None
        found = kind.kind if kind is not None else found
        if found is None:
            checker.problems.unknown(*_place(checker, key, derived.how), N_("okänt faktum"), fact,
                                     [*PLAN_FACTS, *knowledge.derived, *(f"item.{one}" for one in own)])  # fmt: skip
        elif found not in _INPUTS[derived.how]:
            wrong((derived.how,), N_("«{how}» kan inte läsa «{fact}»"), how=derived.how, fact=fact)
        elif kind is not None and kind.within and derived.how != "covers" and not fact.startswith("item."):
            wrong((derived.how,), N_("«{fact}» hör till en lista: skriv «of: {items}» och «item.{key}»"), fact=fact,
                  items=kind.within, key=kind.key)  # fmt: skip
    wanted: str | None
    for wanted, known, needed in (
        (derived.calendar, knowledge.calendars, derived.how == "overlaps_calendar"),
        (derived.words, knowledge.word_lists, derived.how in ("begins_with", "contains")),
        (derived.scale, SCALES, derived.how == "class_of"),
    ):
        if (wanted is not None or needed) and wanted not in known:
            checker.problems.unknown(*_place(checker, key, derived.how), N_("okänt namn"), wanted, known)
    if derived.how == "class_of":
        if not 0 < len(derived.bounds) < len(VOCABULARIES.get(derived.scale or "", ())):
            wrong((derived.how,), N_("«bounds» ska vara färre än skalans steg"))
        for bound in derived.bounds:
            if bound not in knowledge.parameters:
                checker.problems.unknown(*_place(checker, key, derived.how), N_("okänd parameter"), bound,
                                         knowledge.parameters)  # fmt: skip


def _place(checker: _Checker, key: str, how: str) -> tuple[Document, Loc]:
    document, start = checker.places["derived", key]
    return document, (*start, how)


def _check_method(checker: _Checker, method: Method, names: dict[str, str]) -> None:
    for name, attribute in method.attributes.items():
        loc: Loc = ("attributes", name)
        if name not in METHOD_FACTS:
            document, start = checker.places["methods", method.id]
            checker.problems.unknown(document, (*start, *loc), N_("okänd egenskap"), name, METHOD_FACTS, at_key=True)
            continue
        try:
            read = METHOD_FACTS[name].read(attribute.value)
        except PydanticCustomError:
            read = None
        if read is None or not isinstance(read, (bool, str, int, float, tuple)):
            checker.add("methods", method.id, (*loc, "value"), N_("värdet passar inte «{fact}»: {value}"), fact=name,
                        value=attribute.value)  # fmt: skip
    for bound in ("size", "hours", "weeks"):
        if f"{bound}_unbounded" not in method.attributes:
            checker.add("methods", method.id, ("attributes",), N_("nyckeln «{name}» saknas"), name=f"{bound}_unbounded")
    for name in (method.id, *method.aliases, method.name.sv, method.name.en):
        owner = names.setdefault(plain_name(name), method.id)
        if owner != method.id:
            checker.add("methods", method.id, (), N_("namnet «{name}» hör redan till «{owner}»"), name=name, owner=owner)
