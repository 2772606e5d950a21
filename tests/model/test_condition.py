"""Conditions as data."""

import pytest
from pydantic import TypeAdapter, ValidationError
from small_knowledge import rule, small

from advisor.model.condition import All, Condition, FactTest, all_leaves, depth, facts_read, leaves, uses_known

WHEN = """
    all:
      - {fact: question.single, is: true}
      - any: [{fact: schedule.start, after: {fact: schedule.end}}, {finding: law.b, present: false}]
      - not: {count: communication.channels, at_least: {parameter: limit}}
      - {some: goals, where: {all: [{fact: each.measurable, is: false}, {fact: item.size, above: 0}]}}
      - {count: methods, above: 1, where: {fact: each.sessions, known: true}}
"""
CONDITION = small(rule("law.a", WHEN, for_each="target_groups"), rule("law.b", "{fact: form, known: true}")).rules["law.a"].when


def test_what_a_condition_reads() -> None:
    assert list(facts_read(CONDITION)) == [
        "question.single", "schedule.start", "schedule.end", "communication.channels", "goals", "each.measurable", "item.size",
        "methods", "each.sessions",
    ]  # fmt: skip


def test_leaves_stop_at_quantifiers_and_all_leaves_do_not() -> None:
    assert [leaf.kind for leaf in leaves(CONDITION)] == ["fact", "fact", "finding", "count", "some", "count"]
    assert [leaf.kind for leaf in all_leaves(CONDITION)] == [
        "fact", "fact", "finding", "count", "some", "fact", "fact", "count", "fact"]  # fmt: skip


def test_known_is_found_inside_quantifiers() -> None:
    assert uses_known(CONDITION)
    assert not uses_known(All(all=tuple(leaves(CONDITION))[:5]))


def test_depth() -> None:
    test = FactTest(fact="question.single", op="is", value=True)
    assert depth(test) == 1
    assert depth(All(all=())) == 1
    assert depth(CONDITION) == 4


def test_a_condition_survives_json_and_cannot_be_changed() -> None:
    adapter: TypeAdapter[Condition] = TypeAdapter(Condition)
    assert adapter.validate_json(adapter.dump_json(CONDITION)) == CONDITION
    with pytest.raises(ValidationError):
        CONDITION.kind = "any"  # type: ignore[misc, assignment]
