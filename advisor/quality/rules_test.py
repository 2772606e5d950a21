"""Runs every rule's own examples, in the built-in evaluator and in durable_rules where it can be imported.

An example gives facts directly; only its own rule is run.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from advisor.engine.compiler import EngineRule
from advisor.engine.derived import derive, derive_of_item
from advisor.engine.evaluate import Judgement, Outcome
from advisor.engine.facts import Entry, Facts, Values, facts_of, tell_of_group, tell_of_method
from advisor.engine.inference import DurableInference
from advisor.engine.layers import Rulebook, Unit
from advisor.engine.logic import compile_condition
from advisor.engine.session import engine_available
from advisor.engine.trace import Tracer
from advisor.model.answers import UNKNOWN
from advisor.model.fact_types import CATALOGUE, PAIRS, PLAN_FACTS
from advisor.model.plan import Plan
from advisor.model.rule import Example, Rule


class ExampleResult(NamedTuple):
    """What an example gave. ``engine`` is builtin or durable_rules; ``missing`` is sorted."""

    rule: str
    example: str
    engine: str
    expected: str
    given: str
    expected_missing: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the rule said what the example expects."""
        return self.expected == self.given and self.expected_missing == self.missing


@dataclass(frozen=True)
class ExampleRun:
    """All examples of a rulebook. ``not_in_engine`` counts those whose rule never runs in the engine."""

    results: tuple[ExampleResult, ...]
    not_in_engine: int

    @property
    def failed(self) -> tuple[ExampleResult, ...]:
        """The examples that came out otherwise than they say."""
        return tuple(result for result in self.results if not result.passed)


def test_rules(rulebook: Rulebook, engine: bool | None = None) -> ExampleRun:
    """Runs the examples of every rule that is not switched off.

    ``engine``: also in durable_rules; None does so where it can be imported.
    """
    with_engine = engine_available() if engine is None else engine
    results: list[ExampleResult] = []
    not_in_engine = 0
    for rule in rulebook.knowledge.rules.values():
        if rule.id in rulebook.terms.off:
            continue
        in_engine = rule.for_each != CATALOGUE
        not_in_engine += 0 if in_engine else len(rule.examples)
        results += run_examples(rule, rulebook, with_engine and in_engine)
    return ExampleRun(tuple(results), not_in_engine)


test_rules.__test__ = False  # type: ignore[attr-defined]  # no test of pytest's


def run_examples(rule: Rule, rulebook: Rulebook, with_engine: bool = False) -> Iterator[ExampleResult]:
    """Runs one rule's examples; the rule need not be one of the rulebook's."""
    of = rule.for_each
    scope = rulebook.scope(of)
    unit = Unit(
        rule, of, 0, compile_condition(rule.applies, scope) if rule.applies is not None else None,
        compile_condition(rule.when, scope), read_later=True,
    )  # fmt: skip
    inference = None
    if with_engine:
        inference = DurableInference({(0, of): [EngineRule(rule.id, unit.whole, denial=True)]}, rulebook.scope)
    try:
        for example in rule.examples:
            facts, entry = given_facts(example, rule, rulebook)
            item = entry.values if entry is not None else None
            applies = True if unit.applies is None else unit.applies(facts.values, item, None)
            outcome = Outcome(unit, entry, applies, unit.when(facts.values, item, None))
            missing: tuple[str, ...] = ()
            if outcome.status == "undecided":
                tracer = Tracer(Judgement(rulebook, facts, {}), remember=False)
                missing = tuple(sorted(_as_written(fact, of) for fact in tracer.missing(outcome)))
            expected_missing = tuple(sorted(example.missing)) if example.expect == "undecided" else ()
            shared = (example.expect, outcome.status, expected_missing, missing)
            yield ExampleResult(rule.id, example.name, "builtin", *shared)
            if inference is not None:
                holds, denied = inference.judge(0, of, facts.values, item)
                said = True if rule.id in holds else False if rule.id in denied else None
                agreed = outcome.status if said is outcome.truth else {True: "fires", False: "silent", None: "undecided"}[said]
                yield ExampleResult(rule.id, example.name, "durable_rules", example.expect, agreed, expected_missing, missing)
    finally:
        if inference is not None:
            inference.close()


def given_facts(example: Example, rule: Rule, rulebook: Rulebook) -> tuple[Facts, Entry | None]:
    """The facts an example gives, and the item its rule is judged for (None for a rule about the whole plan).

    Facts that can be worked out from those given are worked out; what is given directly stands.
    """
    plan: dict[str, Any] = {}
    item: Values = {}
    direct: Values = {}
    for fact, raw in example.given.items():
        if fact.startswith("item."):
            item[fact[5:]] = raw
        elif fact in PLAN_FACTS:
            section, _, key = fact.rpartition(".")
            (plan.setdefault(section, {}) if section else plan)[key] = raw
        else:
            direct[fact] = raw
    facts = facts_of(Plan.model_validate(plan), rulebook.things)
    facts.values.update(direct)
    derive(facts, rulebook.derivations)
    facts.values.update(direct)
    if rule.for_each is None:
        return facts, None
    if rule.for_each != PAIRS:
        return facts, Entry(rule.for_each, 0, _item_values(item, rule.for_each, facts.values, rulebook))
    both: Values = {}
    for prefix, of in (("method.", "methods"), ("group.", "target_groups")):
        half = {name.removeprefix(prefix): raw for name, raw in item.items() if name.startswith(prefix)}
        values = _item_values(half, of, facts.values, rulebook)
        both.update((prefix + name, value) for name, value in values.items())
    return facts, Entry(PAIRS, 0, both, 0)


def _item_values(raw: Values, of: str, plan: Values, rulebook: Rulebook) -> Values:
    """An item's values, with what the knowledge tells of it and what can be worked out."""
    types = rulebook.space.of_item(of)
    given: Values = {}
    for name, value in raw.items():
        answer = types[name].answer
        read = answer.read(value) if answer is not None else value
        if read is not None and read is not UNKNOWN:
            given[name] = read
    values = dict(given)
    if of in ("methods", CATALOGUE):
        tell_of_method(values, rulebook.things)
    elif of == "target_groups":
        tell_of_group(values, rulebook.things)
    values |= given
    for derivation in rulebook.derivations:
        if derivation.derived.of == of and derivation.name not in given:
            derive_of_item(derivation, plan, values)
    return values


def _as_written(fact: str, of: str | None) -> str:
    """A fact of the judged item as a rule writes it: ``item.channels`` for ``target_groups[0].channels``."""
    if of is None:
        return fact
    if of == PAIRS:
        return re.sub(r"^target_groups\[0\]\.", "item.group.", re.sub(r"^methods\[0\]\.", "item.method.", fact))
    return re.sub(rf"^{re.escape(of)}\[0\]\.", "item.", fact)
