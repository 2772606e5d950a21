"""What a method asks for can be met: no method needs more than a plan can say that it has."""

from advisor.load.open_knowledge import open_shipped_knowledge
from advisor.model.fact_types import PLAN_FACTS
from advisor.model.vocabulary import VOCABULARIES


def test_no_method_needs_more_skill_than_a_plan_can_have() -> None:
    highest = PLAN_FACTS["roles.facilitation_skill"].answer.options[-1]  # type: ignore[union-attr]
    scale = VOCABULARIES["amount"]
    needed = {method.id: method.attributes["skill_needed"].value
              for method in open_shipped_knowledge("scales").methods.values() if "skill_needed" in method.attributes}  # fmt: skip
    assert len(needed) > 100
    assert {name for name, skill in needed.items() if scale.index(skill) > scale.index(highest)} == set()
