"""What fires, as a later layer and the evaluator ask for it."""

from typing import Any

import pytest

from advisor.engine import session as session_module
from advisor.engine.compiler import EngineRule, TooBig
from advisor.engine.inference import DurableInference, Inference
from advisor.engine.logic import Scope
from advisor.engine.session import engine_available
from advisor.errors import EngineError
from advisor.model.condition import AnyOf, FactTest, FindingTest
from advisor.model.fact_types import FactType

needs_engine = pytest.mark.skipif(not engine_available(), reason="durable_rules does not import here (Python 3.13?)")

AGREED = FactTest(fact="agreed", op="is", value=True)
RULES = {
    (0, None): [EngineRule("gate.agreed", AGREED, True), EngineRule("goals.agreed", AGREED, False)],
    (1, None): [EngineRule("law.not_agreed", FindingTest(finding="gate.agreed", present=False), False)],
    (1, "methods"): [EngineRule("methods.long", FactTest(fact="item.hours", op="above", value=2), False)],
}


def scope(of: str | None) -> Scope:
    return Scope(lambda fact, each_of: FactType(fact, "number" if of == "methods" else "boolean"), {})


@pytest.fixture
def inference() -> Any:
    with DurableInference(RULES, scope) as inference:
        yield inference


@needs_engine
@pytest.mark.parametrize(
    ("layer", "of", "plan", "item", "said"),
    [
        (0, None, {"agreed": True}, None, ({"gate.agreed", "goals.agreed"}, set())),
        (0, None, {"agreed": False}, None, (set(), {"gate.agreed"})),
        (0, None, {}, None, (set(), set())),
        (1, None, {"finding:gate.agreed": False}, None, ({"law.not_agreed"}, set())),
        (1, None, {}, None, (set(), set())),
        (1, "methods", {}, {"hours": 2.5}, ({"methods.long"}, set())),
        (1, "methods", {}, {"hours": 2}, (set(), set())),
    ],
)
def test_a_layer_says_what_holds_and_what_certainly_does_not(
    inference: Inference, layer: int, of: str | None, plan: Any, item: Any, said: tuple[set[str], set[str]]
) -> None:
    assert inference.name == "durable_rules"
    assert inference.judge(layer, of, plan, item) == said


@needs_engine
def test_a_layer_without_rules_is_a_mistake(inference: Inference) -> None:
    with pytest.raises(KeyError):
        inference.judge(7, None, {}, None)


@needs_engine
def test_layers_are_compiled_when_they_are_first_judged() -> None:
    big = AnyOf(any=tuple(FactTest(fact=f"answer_{n}", op="is", value=True) for n in range(50)))
    with DurableInference(RULES | {(2, None): [EngineRule("area.big", big, False)]}, scope) as inference:
        assert inference.judge(0, None, {}, None) == (set(), set())
        with pytest.raises(TooBig):
            inference.judge(2, None, {}, None)


@needs_engine
def test_after_closing_layers_are_compiled_anew(inference: DurableInference) -> None:
    plan = {"agreed": False}
    before = inference.judge(0, None, plan, None)
    inference.close()
    inference.close()
    assert inference.judge(0, None, plan, None) == before


def test_without_the_library_there_is_no_inference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "_binding", None)
    with pytest.raises(EngineError):
        DurableInference({}, scope)
