"""The shipped rules reach the whole of the guidance: every mark of the definition, every success factor, the whole gate."""

import pytest

from advisor.advice.methods import GATE
from advisor.load.open_knowledge import open_shipped_knowledge
from advisor.model.knowledge import Knowledge
from advisor.model.rule import FACTORS

# The five marks of a citizen dialogue (skr-styrning-2021, "Det här är medborgardialog") and the rules that ask for them.
MARKS = {
    "the question can be influenced": {"question.not_influenceable", "question.one_outcome"},
    "the decision-makers can be influenced": {"question.decision_makers_closed"},
    "question, target group and room for influence are clear": {
        "question.text_missing", "question.room_for_influence_missing", "participants.no_target_groups",
        "influence.level_missing"},
    "it is done systematically": {"principles.earlier_results_not_used", "principles.dialogues_not_coordinated"},
    "the result is used": {"governance.result_not_used", "governance.no_responder", "documentation.no_plan",
                           "feedback.no_answer_to_participants"},
}  # fmt: skip


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return open_shipped_knowledge("coverage")


@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_of_the_definition_is_asked_for(mark: str, knowledge: Knowledge) -> None:
    for rule in MARKS[mark]:
        assert knowledge.rules[rule].severity in ("stop", "fix", "advice")
        assert knowledge.rules[rule].factor in ("definition", "3")
    assert any(cited.ref == "skr-styrning-2021" for rule in MARKS[mark] for cited in knowledge.rules[rule].sources)


@pytest.mark.parametrize("factor", FACTORS)
def test_every_success_factor_has_findings(factor: str, knowledge: Knowledge) -> None:
    findings = [rule for rule in knowledge.rules.values() if rule.factor == factor]
    assert any(rule.severity in ("stop", "fix") for rule in findings)


def test_every_part_of_the_gate_is_concluded_by_a_rule(knowledge: Knowledge) -> None:
    concluded = {rule.concludes for rule in knowledge.rules.values()}
    assert {f"gate.{part}" for part in GATE} <= concluded
