"""What ``rules check`` says: errors that keep the rules from being used, and what is worth a second look."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from advisor.engine.layers import Rulebook, compile_rulebook
from advisor.errors import KnowledgeError, Message, Problem
from advisor.i18n import N_
from advisor.load.data_files import DataFile, data_files, own_files
from advisor.load.documents import Document
from advisor.load.knowledge_files import read_knowledge, rule_of
from advisor.load.open_knowledge import profile_meant
from advisor.model.condition import CountTest, FactTest, ParameterValue, all_leaves, leaves
from advisor.model.fact_types import PLAN_FACTS
from advisor.model.profile import Terms
from advisor.model.rule import Rule, Words
from advisor.quality.too_big import too_big
from advisor.quality.vacuous import vacuous_parts
from advisor.quality.worked_plans import worked_plans


class CheckedRules(NamedTuple):
    """``errors`` keep the rules from being used; ``warnings`` do not. ``unread`` are plan facts that no rule reads,
    ``without_case`` methods of which no real case is told.

    ``terms`` are what the profile asked for makes of the rules.
    """

    rules: int
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    unread: tuple[str, ...]
    without_case: tuple[str, ...] = ()
    terms: Terms = Terms()


def check_rules(folder: Path, as_of: str, own: str | None = None, profile: str | None = None) -> CheckedRules:
    """Checks every rule and knowledge file below ``folder`` and in the user's own folder, together.

    ``as_of`` (ISO) chooses the parameters' values. Raises UnknownName for a profile or an own folder that does not exist.
    """
    files = [*data_files(folder), *(own_files(own) if own is not None else ())]
    plans = {name: _shown(path, folder, own) for name, path in worked_plans(folder, own).items()}
    try:
        knowledge = read_knowledge(files, "0", plans)
    except KnowledgeError as error:
        return CheckedRules(len([one for one in files if one.is_rule]), error.problems, (), ())
    rulebook = compile_rulebook(knowledge, as_of, profile_meant(knowledge, profile))
    documents = {rule_of(one.name): one.document() for one in files if one.is_rule}
    errors = tuple(_problem(documents[rule], ("when",), message) for rule, message in too_big(rulebook))
    warnings = [*_twice(rulebook, documents), *_vacuous(rulebook, documents), *_unused(rulebook, files)]
    without_case = tuple(method.id for method in knowledge.methods.values() if not method.used_in)
    return CheckedRules(len(knowledge.rules), errors, tuple(warnings), _unread(rulebook), without_case, rulebook.terms)


def _shown(plan: Path, folder: Path, own: str | None) -> str:
    """A worked plan's file as messages name it: from the data folder, or with the user's own folder before it."""
    if plan.is_relative_to(folder / "knowledge"):
        return plan.relative_to(folder).as_posix()
    return f"{(own or '').rstrip('/')}/{plan.relative_to(Path(own or '')).as_posix()}"


def _problem(document: Document, loc: tuple[str | int, ...], message: Message) -> Problem:
    line, column = document.position(loc)
    return Problem(document.path, message, line, column)


def _twice(rulebook: Rulebook, documents: dict[str, Document]) -> Iterator[Problem]:
    """A fact that stands twice in a condition may leave it undecided where it is not."""
    for rule in rulebook.knowledge.rules.values():
        tests = [leaf for leaf in leaves(rule.when) if isinstance(leaf, FactTest)]
        asked = {test.fact for test in tests if test.op == "known"}
        counted = Counter(test.fact for test in tests if test.op != "known" and test.fact not in asked)
        for fact, times in counted.items():
            if times > 1 and not _is_range([test for test in tests if test.fact == fact]):
                said = Message(N_("«{fact}» står {times} gånger i villkoret: det kan bli oavgjort fast svaret finns"),
                               {"fact": fact, "times": times})  # fmt: skip
                yield _problem(documents[rule.id], ("when",), said)


def _is_range(tests: list[FactTest]) -> bool:
    """A lower and an upper bound of one number leave nothing undecided."""
    return {test.op for test in tests} <= {"above", "at_least", "below", "at_most", "before", "after"}


def _vacuous(rulebook: Rulebook, documents: dict[str, Document]) -> Iterator[Problem]:
    for rule in rulebook.knowledge.rules.values():
        for part in vacuous_parts(rule, rulebook):
            template = N_("villkoret gäller alltid, vad planen än svarar") if part.always else N_(
                "villkoret kan aldrig gälla, vad planen än svarar")  # fmt: skip
            yield _problem(documents[rule.id], part.path, Message(template))


def _unused(rulebook: Rulebook, files: list[DataFile]) -> Iterator[Problem]:
    """Parameters, derived facts, conclusions and word lists that nothing reads, and conclusions that nothing draws."""
    knowledge, rules = rulebook.knowledge, rulebook.knowledge.rules.values()
    read = {fact.partition(".")[2] if fact.startswith(("item.", "each.")) else fact
            for rule in rules for fact in rulebook.graph.facts_named(rule)}  # fmt: skip
    read |= {fact.removeprefix("item.") for derived in knowledge.derived.values() for fact in derived.inputs}
    parameters = {bound for derived in knowledge.derived.values() for bound in derived.bounds}
    parameters |= {name for rule in rules for name in _parameters_named(rule)}
    for field, file, used in (
        ("parameters", "parameters", parameters),
        ("derived", "derived", read | {"statutory.any"}),
        ("conclusions", "conclusions", read | {one for one in knowledge.conclusions if one.startswith("gate.")}),
        ("word_lists", "wordlists", {one.words for one in knowledge.derived.values()}),
    ):
        for name in getattr(knowledge, field):
            if name not in used:
                told = Message(N_("«{name}» används inte av någon regel"), {"name": name})
                yield _problem_of(name, f"knowledge/{file}.yaml", files, told)
    drawn = {rule.concludes for rule in rules}
    for conclusion in knowledge.conclusions:
        if conclusion not in drawn:
            told = Message(N_("ingen regel drar slutsatsen «{name}»"), {"name": conclusion})
            yield _problem_of(conclusion, "knowledge/conclusions.yaml", files, told)


def _problem_of(record: str, name: str, files: list[DataFile], message: Message) -> Problem:
    """A problem at a record of the knowledge file ``name``, in whichever folder holds it."""
    documents = [one.document() for one in files if one.name == name]
    return next(_problem(document, (place, "id"), message) for document in documents
                for place, data in enumerate(document.data or ()) if data["id"] == record)  # fmt: skip


def _parameters_named(rule: Rule) -> Iterator[str]:
    for condition in (rule.when, rule.applies):
        for leaf in all_leaves(condition) if condition is not None else ():
            if isinstance(leaf, (FactTest, CountTest)) and isinstance(leaf.value, ParameterValue):
                yield leaf.value.parameter
    for words in (rule.title, rule.advice, rule.why, rule.good, rule.not_when, rule.because, rule.adapt):
        if isinstance(words, Words):
            yield from re.findall(r"\{parameter:([^{}]*)\}", words.sv + words.en)


def _unread(rulebook: Rulebook) -> tuple[str, ...]:
    """Plan facts that no rule reads, in page order."""
    read: set[str] = set()
    for rule in rulebook.knowledge.rules.values():
        read |= rulebook.graph.list_facts_read(rule)
    return tuple(fact for fact in PLAN_FACTS if fact not in read)


