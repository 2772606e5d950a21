"""Whether the knowledge files fit one another and the plan format: every name exists, nothing is left without words."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from advisor.errors import Message, Problem
from advisor.i18n import N_
from advisor.load.documents import Document, Loc
from advisor.load.problems import Problems
from advisor.model.answers import DATE_PATTERN
from advisor.model.catalogue import Method
from advisor.model.fact_space import DERIVED_KINDS
from advisor.model.fact_types import GROUP_FACTS, LISTS, METHOD_FACTS, PLAN_FACTS, item_facts
from advisor.model.knowledge import WEEKDAYS, Calendar, Derived, Knowledge, Span, plain_name
from advisor.model.rule import FACTORS
from advisor.model.vocabulary import SCALES, VOCABULARIES

Places = Mapping[tuple[str, str], tuple[Document, Loc]]

# What each kind of derived fact may read.
_INPUTS = {
    "weeks_between": ("date",), "days_between": ("date",), "share": ("number",), "count": ("options", "texts", "items"),
    "words": ("text",), "overlaps_calendar": ("date",), "non_empty": ("options",), "covers": ("options",),
    "same_text": ("text",), "begins_with": ("text",), "contains": ("text",), "times": ("text",), "class_of": ("number",),
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


def check_knowledge(
    knowledge: Knowledge, places: Places, rules: Iterable[str], problems: Problems,
    plans: Mapping[str, object] | None = None,
) -> None:
    """Notes everything that does not fit.

    ``places`` says where each record stands, by field and id; ``rules`` are the ids of the rule files, ``plans`` the
    worked plans by id, each with its file (None: not looked for).
    """
    rules = tuple(rules)
    checker = _Checker(knowledge, places, problems)
    _check_vocabularies(checker)
    _check_questions(checker)
    _check_sources(checker)
    for derived in knowledge.derived.values():
        _check_derived(checker, derived)
    _check_rings(checker)
    _check_conclusions(checker)
    _check_parameters(checker)
    for calendar in knowledge.calendars.values():
        _check_calendar(checker, calendar)
    _check_retired(checker, rules)
    _check_examples(checker, rules)
    if plans is not None and not problems.names_unsure:
        _check_worked_plans(checker, plans)
    for field in ("support", "indicators"):
        for entry in getattr(knowledge, field).values():
            checker.known(field, entry.id, ("factors",), N_("okänd faktor"), entry.factors, FACTORS)
    for entry in knowledge.support.values():
        checker.known("support", entry.id, ("rules",), N_("okänd regel"), entry.rules, rules)
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
        if name not in had and name not in checker.problems.wrong_themselves:
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
            for option in asked.meanings:
                if option not in (("yes", "no") if kind.kind == "boolean" else kind.options):
                    checker.add("pages", page.page, (*loc, "meanings", option), N_("okänt alternativ «{word}»"),
                                word=option)  # fmt: skip
            document, start = checker.places["pages", page.page]
            for number, term in enumerate(asked.terms):
                if term not in checker.knowledge.glossary:
                    checker.problems.unknown(document, (*start, *loc, "terms", number), N_("okänt begrepp"), term,
                                             checker.knowledge.glossary)  # fmt: skip
    lacking = [fact for fact in PLAN_FACTS if fact not in seen and fact not in checker.problems.wrong_themselves]
    if lacking and checker.knowledge.pages and not checker.problems.names_unsure:
        checker.add("pages", checker.knowledge.pages[0].page, (), N_("frågor saknas för: {facts}"),
                    facts=", ".join(lacking))  # fmt: skip


def _check_sources(checker: _Checker) -> None:
    knowledge = checker.knowledge
    for field in ("factors", "ladder", "groups", "alternatives", "methods", "glossary", "support", "indicators"):
        for key, record in getattr(knowledge, field).items():
            checker.known(field, key, ("sources",), N_("okänd källa"), record.sources, knowledge.sources)
    for parameter in knowledge.parameters.values():
        for place, period in enumerate(parameter.values):
            checker.known("parameters", parameter.id, ("values", place, "sources"), N_("okänd källa"), period.sources,
                          knowledge.sources)  # fmt: skip
    for method in knowledge.methods.values():
        for place, use in enumerate(method.used_in):
            checker.known("methods", method.id, ("used_in", place), N_("okänd källa"), (use.source,), knowledge.sources)
        for name, attribute in method.attributes.items():
            said = [one.source for one in attribute.published]
            checker.known("methods", method.id, ("attributes", name, "published"), N_("okänd källa"), said, knowledge.sources)
    for step in knowledge.ladder.values():
        for place, other in enumerate(step.other_names):
            if other.source is not None:
                checker.known("ladder", step.id, ("other_names", place), N_("okänd källa"), (other.source,),
                              knowledge.sources)  # fmt: skip


def _check_derived(checker: _Checker, derived: Derived) -> None:
    knowledge, key = checker.knowledge, derived.id

    def wrong(loc: Loc, template: str, **values: Any) -> None:
        checker.add("derived", key, loc, template, **values)

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
        of_item = derived.of if fact.startswith("item.") else None
        kind = own.get(fact[5:]) if of_item else PLAN_FACTS.get(fact)
        same = {("item." if of_item else "") + one.id: one for one in knowledge.derived.values() if one.of == of_item}
        found = kind.kind if kind is not None else DERIVED_KINDS[same[fact].how][0] if fact in same else None
        if found is None:
            checker.problems.unknown(*_place(checker, key, derived.how), N_("okänt faktum"), fact,
                                     [*PLAN_FACTS, *same, *(f"item.{one}" for one in own)])  # fmt: skip
        elif found not in _INPUTS[derived.how]:
            wrong((derived.how,), N_("«{how}» kan inte läsa «{fact}»"), how=derived.how, fact=fact)
        elif kind is not None and kind.within and derived.how != "covers" and not fact.startswith("item."):
            wrong((derived.how,), N_("«{fact}» hör till en lista: skriv «of: {items}» och «item.{key}»"), fact=fact,
                  items=kind.within, key=kind.key)  # fmt: skip
    wanted: str | None
    for name, wanted, known, needed in (
        ("calendar", derived.calendar, knowledge.calendars, derived.how == "overlaps_calendar"),
        ("words", derived.words, knowledge.word_lists, derived.how in ("begins_with", "contains", "times")),
        ("scale", derived.scale, SCALES, derived.how == "class_of"),
    ):
        if wanted is None and needed:
            wrong((derived.how,), N_("nyckeln «{name}» saknas"), name=name)
        elif wanted is not None and wanted not in known:
            checker.problems.unknown(*_place(checker, key, derived.how), N_("okänt namn"), wanted, known)
    if derived.how == "class_of" and derived.scale in SCALES:
        if not 0 < len(derived.bounds) < len(VOCABULARIES.get(derived.scale or "", ())):
            wrong((derived.how,), N_("«bounds» ska vara färre än skalans steg"))
        for bound in derived.bounds:
            if bound not in knowledge.parameters:
                checker.problems.unknown(*_place(checker, key, derived.how), N_("okänd parameter"), bound,
                                         knowledge.parameters)  # fmt: skip


def _place(checker: _Checker, key: str, how: str) -> tuple[Document, Loc]:
    document, start = checker.places["derived", key]
    return document, (*start, how)


def _check_rings(checker: _Checker) -> None:
    """Derived facts that wait for one another can never be worked out."""
    derived = checker.knowledge.derived
    done: set[str] = set()

    def follow(name: str, path: tuple[str, ...]) -> bool:
        if name in path:
            ring = path[path.index(name) :]
            checker.add("derived", name, (), N_("härledda fakta väntar på varandra i en ring: {ring}"),
                        ring=" -> ".join((*ring, name)))  # fmt: skip
            done.update(path)
            return True
        if name in done or name not in derived:
            return False
        own = item_facts(derived[name].of or "")
        read = [fact.removeprefix("item.") for fact in derived[name].inputs if fact not in PLAN_FACTS]
        found = any(follow(one, (*path, name)) for one in read if one not in own)
        done.add(name)
        return found

    for name in derived:
        follow(name, ())


def _check_conclusions(checker: _Checker) -> None:
    for name in checker.knowledge.conclusions:
        if name in PLAN_FACTS or name in checker.knowledge.derived:
            checker.add("conclusions", name, ("id",), N_("«{name}» heter redan ett annat faktum"), name=name)


def _check_parameters(checker: _Checker) -> None:
    for parameter in checker.knowledge.parameters.values():
        days = [period.since for period in parameter.values]
        for place, day in enumerate(days):
            _check_day(checker, "parameters", parameter.id, ("values", place, "from"), day)
        if not days or len(set(days)) < len(days):
            checker.add("parameters", parameter.id, ("values",), N_("«values» ska ha minst ett värde och ett för varje datum"))


def _check_day(checker: _Checker, field: str, record: str, loc: Loc, day: str) -> None:
    if not re.search(DATE_PATTERN, day):
        checker.add(field, record, loc, N_("«{value}» är inget datum, skriv till exempel 2026-03-01"), value=day)


def _check_calendar(checker: _Checker, calendar: Calendar) -> None:
    for place, span in enumerate(calendar.spans):
        loc: Loc = ("spans", place)
        kinds = {kind: value for kind, value in span if value is not None}
        if len(kinds) != 1:
            checker.add("calendars", calendar.id, loc, N_("en period har precis en av: {kinds}"),
                        kinds=", ".join(Span.model_fields))  # fmt: skip
        for kind, value in kinds.items():
            needed = {"yearly": ("from", "to"), "easter": ("from", "to"), "weekday": ("day", "from", "to")}.get(kind, ())
            for key in needed:
                if key not in value:
                    checker.add("calendars", calendar.id, (*loc, kind), N_("nyckeln «{name}» saknas"), name=key)
        bounds = [value for kind in (span.yearly, span.weekday) if kind for key, value in kind.items() if key != "day"]
        for bound in bounds:
            if not re.search(DATE_PATTERN, f"2000-{bound}"):
                checker.add("calendars", calendar.id, loc, N_("«{value}» är ingen dag på året, skriv till exempel 06-15"),
                            value=bound)  # fmt: skip
        days = (*(span.weekdays or ()), *([span.weekday["day"]] if span.weekday and "day" in span.weekday else ()))
        for day in days:
            if day not in WEEKDAYS:
                document, start = checker.places["calendars", calendar.id]
                checker.problems.unknown(document, (*start, *loc), N_("okänd veckodag"), day, WEEKDAYS)
        for day in span.dates or ():
            _check_day(checker, "calendars", calendar.id, loc, day)


def _check_retired(checker: _Checker, rules: tuple[str, ...]) -> None:
    retired = checker.knowledge.retired
    for one in retired.values():
        _check_day(checker, "retired", one.id, ("since",), one.since)
        if one.id in rules:
            checker.add("retired", one.id, ("id",), N_("regeln «{rule}» finns kvar och är inte avskaffad"), rule=one.id)
        if one.replaced_by is not None and one.replaced_by not in (*rules, *retired):
            document, start = checker.places["retired", one.id]
            checker.problems.unknown(document, (*start, "replaced_by"), N_("okänd regel"), one.replaced_by, rules)


def _check_examples(checker: _Checker, rules: tuple[str, ...]) -> None:
    for example in checker.knowledge.examples.values():
        must = tuple(one.rule for one in example.must)
        checker.known("examples", example.id, ("must",), N_("okänd regel"), must, rules)
        checker.known("examples", example.id, ("must_not",), N_("okänd regel"), example.must_not, rules)
        for place, rule in enumerate(example.must_not):
            if rule in must:
                checker.add("examples", example.id, ("must_not", place), N_("«{rule}» står också under «must»"), rule=rule)


def _check_worked_plans(checker: _Checker, plans: Mapping[str, object]) -> None:
    """A worked plan and its entry belong together."""
    examples, problems = checker.knowledge.examples, checker.problems
    for name in examples:
        if name not in plans:
            checker.add("examples", name, ("id",), N_("planen knowledge/examples/{name}.yaml finns inte"), name=name)
    for name, file in plans.items():
        if name not in examples and name not in problems.wrong_themselves:
            told = Message(N_("planen saknas i knowledge/examples.yaml"))
            problems.found.append(Problem(str(file), told))


def _check_method(checker: _Checker, method: Method, names: dict[str, str]) -> None:
    for name, attribute in method.attributes.items():
        loc: Loc = ("attributes", name)
        if name not in METHOD_FACTS:
            document, start = checker.places["methods", method.id]
            checker.problems.unknown(document, (*start, *loc), N_("okänd egenskap"), name, METHOD_FACTS, at_key=True)
            continue
        said = [(("published", place, "value"), one.value) for place, one in enumerate(attribute.published)]
        for key, value in ((("value",), attribute.value), *said):
            try:
                read = METHOD_FACTS[name].read(value)
            except PydanticCustomError:
                read = None
            if read is None or not isinstance(read, (bool, str, int, float, tuple)):
                checker.add("methods", method.id, (*loc, *key), N_("värdet passar inte «{fact}»: {value}"), fact=name,
                            value=value)  # fmt: skip
    for bound in ("size", "hours", "weeks"):
        if f"{bound}_unbounded" not in method.attributes:
            checker.add("methods", method.id, ("attributes",), N_("nyckeln «{name}» saknas"), name=f"{bound}_unbounded")
    for name in (method.id, *method.aliases, method.name.sv, method.name.en):
        owner = names.setdefault(plain_name(name), method.id)
        if owner != method.id:
            checker.add("methods", method.id, (), N_("namnet «{name}» hör redan till «{owner}»"), name=name, owner=owner)
