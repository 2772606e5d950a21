"""Every question can be answered by a planner: help, a reason, an example and a line on each option, in both languages."""

import re

import pytest

from advisor.advice.methods import GATE
from advisor.api import Adviser, open_knowledge
from advisor.engine.evaluate import judge
from advisor.model.fact_types import PLAN_FACTS
from advisor.model.knowledge import Knowledge
from advisor.model.plan import Plan


@pytest.fixture(scope="module")
def adviser() -> Adviser:
    return open_knowledge(engine="builtin")


@pytest.fixture(scope="module")
def knowledge(adviser: Adviser) -> Knowledge:
    return adviser.knowledge


def sentences(text: str) -> int:
    return len([one for one in re.split(r"(?<=[.!?])[»\'\"]?\s+", text) if one.strip()])


def test_every_question_helps(knowledge: Knowledge) -> None:
    for fact, asked in knowledge.questions.items():
        assert asked.help is not None and asked.why is not None and asked.example is not None, fact
        for text in (asked.help.sv, asked.help.en):
            assert 2 <= sentences(text) <= 5, (fact, text)
        for text in (asked.why.sv, asked.why.en):
            assert sentences(text) <= 3, (fact, text)
        assert asked.ask.sv.endswith("?") and asked.ask.en.endswith("?"), fact


def test_every_option_has_a_line_of_explanation(knowledge: Knowledge) -> None:
    lacking = []
    for fact in knowledge.questions:
        kind = PLAN_FACTS[fact]
        options = getattr(kind.answer, "only", None) or kind.options
        for option in options or (("yes", "no") if kind.kind == "boolean" else ()):
            if knowledge.option_meaning(kind.vocabulary, option, fact) is None:
                lacking.append(f"{fact}: {option}")
    assert lacking == []


def test_the_quick_scan_is_short_and_settles_what_method_choice_needs(adviser: Adviser) -> None:
    quick = {asked.fact for page in adviser.knowledge.pages for asked in page.questions if asked.quick}
    assert 10 <= len(quick) <= 15
    answers = {
        "question": {"text": "Hur ska torget användas?", "influenceable": "partly", "decision_makers_open": True,
                     "within_competence": True, "open": ["Möblerna"], "fixed": ["Budgeten"]},
        "goals": [{"text": "Nämnden vet vad de boende vill"}],
        "influence": {"level": "dialogue", "promise": "Vi svarar i maj"},
        "governance": {"process": "decision_basis", "use_of_result": "inform_decision"},
        "participation": {"breadth": "broad", "depth": "deep"},
        "target_groups": [{"name": "De som bor vid torget"}],
        "feedback": {"to_participants": "Brev i maj"},
    }  # fmt: skip
    given = {f"{section}.{key}" for section, held in answers.items()
             for key in (held[0] if isinstance(held, list) else held)}  # fmt: skip
    assert given == quick
    judgement = judge(Plan.model_validate(answers), adviser.rulebook)
    assert [judgement.facts.values.get(f"gate.{part}") for part in GATE] == [True] * len(GATE)
    found = {finding.rule for finding in adviser.check(Plan.model_validate(answers)).findings if finding.status == "certain"}
    assert not found & {"question.text_missing", "question.room_for_influence_missing", "participants.no_target_groups",
                        "influence.level_missing", "goals.missing", "feedback.no_answer_to_participants"}  # fmt: skip
