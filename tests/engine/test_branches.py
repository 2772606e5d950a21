"""Which tests of a condition decided it, and which keep it open."""

from small_knowledge import judged, rule, rulebook

from advisor.engine.branches import deciding, undecided
from advisor.engine.trace import Tracer

SINGLE, TRUST = "{fact: question.single, is: false}", "{fact: question.trust, is: low}"
TEXTS = "{count: communication.languages, above: 1}"


def leaves(when: str, text: str) -> tuple[list[tuple[str, bool | None, bool]], list[str]]:
    """The leaves that decided a rule, each with its truth and what was wanted of it, and those that keep it open."""
    judgement = judged(rulebook(rule("question.a", when)), text)
    [outcome] = judgement.outcomes["question.a"]
    branch, values = judgement.rulebook.branches(outcome.unit).when, judgement.facts.values
    decided = [(leaf.fact, truth, wanted) for leaf, truth, wanted in deciding(branch, outcome.when, True, values, None)]
    return decided, [leaf.fact for leaf in undecided(branch, values, None)] if outcome.when is None else []


def test_the_leaves_that_came_out_as_the_whole_did() -> None:
    assert leaves(f"{{any: [{SINGLE}, {TRUST}]}}", "question: {single: no, trust: high}") == (
        [("question.single", True, True)], [])  # fmt: skip
    assert leaves(f"{{all: [{SINGLE}, {TRUST}]}}", "question: {single: no, trust: high}") == (
        [("question.trust", False, True)], [])  # fmt: skip
    assert leaves(f"{{not: {{all: [{SINGLE}, {TRUST}]}}}}", "question: {single: no, trust: high}") == (
        [("question.trust", False, False)], [])  # fmt: skip


def test_the_leaves_that_are_open_and_those_that_speak_for_what_is_wanted() -> None:
    assert leaves(f"{{all: [{SINGLE}, {TRUST}]}}", "question: {single: no}") == (
        [("question.single", True, True), ("question.trust", None, True)], ["question.trust"])  # fmt: skip
    assert leaves(f"{{not: {{any: [{SINGLE}, {TRUST}]}}}}", "question: {single: yes}") == (
        [("question.single", False, False), ("question.trust", None, False)], ["question.trust"])  # fmt: skip


def test_a_leaf_that_looks_at_more_than_one_answer_names_no_fact() -> None:
    assert leaves(TEXTS, "")[1] == [""]
    judgement = judged(rulebook(rule("question.a", TEXTS)), "")
    assert Tracer(judgement).missing(judgement.outcomes["question.a"][0]) == ("communication.languages",)
