"""What stands in the knowledge beside the rules."""

import pytest
from small_knowledge import parameter, small

KNOWLEDGE = small(
    parameters=[parameter("limit", ("2026-06-01", 6), ("2020-01-01", 4))],
    retired=[
        {"id": "law.a", "since": "2026-01-01", "replaced_by": "law.b"}, {"id": "law.b", "since": "2026-01-01"},
        {"id": "law.ring", "since": "2026-01-01", "replaced_by": "law.back"},
        {"id": "law.back", "since": "2026-01-01", "replaced_by": "law.ring"},
    ],
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "value"), [("2019-12-31", None), ("2020-01-01", 4), ("2026-05-31", 4), ("2026-06-01", 6), ("2099-01-01", 6)]
)
def test_a_parameters_value_on_a_day(day: str, value: int | None) -> None:
    assert KNOWLEDGE.parameters["limit"].value_at(day) == value


def test_methods_go_by_every_name_they_have() -> None:
    assert {name: KNOWLEDGE.methods_by_name.get(name) for name in ("cafe", "cafe in english", "café")} == {
        "cafe": "cafe", "cafe in english": "cafe", "café": None}  # fmt: skip


def test_the_rule_that_took_a_retired_ones_place() -> None:
    assert KNOWLEDGE.rule_now("law.a") == "law.b"
    assert KNOWLEDGE.rule_now("law.b") == "law.b"
    assert KNOWLEDGE.rule_now("law.c") == "law.c"
    assert KNOWLEDGE.rule_now("law.ring") == "law.back"


def test_words_for_facts() -> None:
    assert KNOWLEDGE.fact_label("statutory.any") is not None
    assert KNOWLEDGE.fact_label("gate.goals") is not None
    assert KNOWLEDGE.fact_label("gate.nothing") is None
    method = KNOWLEDGE.option_label("method", "cafe")
    assert method is not None
    assert (method.text("sv"), method.text("en")) == ("cafe", "cafe in English")
