"""Shards run on facts by durable_rules."""

import gc
import os
import subprocess
import sys
from typing import Any

import pytest

from advisor.engine import session as session_module
from advisor.engine.compiler import EngineRule, Shard, compile_rules
from advisor.engine.logic import Scope
from advisor.engine.session import Session, engine_available
from advisor.errors import EngineError
from advisor.model.condition import All, AnyOf, Condition, FactTest, Not
from advisor.model.fact_types import FactType

needs_engine = pytest.mark.skipif(not engine_available(), reason="durable_rules does not import here (Python 3.13?)")

SCOPE = Scope(lambda fact, each_of: FactType(fact, "option" if fact == "topic" else "boolean", "topic"), {})
FIRST, SECOND = (FactTest(fact=name, op="is", value=True) for name in ("first", "second"))


def shards(*conditions: Condition) -> tuple[Shard, ...]:
    return compile_rules([EngineRule(f"area.rule_{n}", one, False) for n, one in enumerate(conditions)], SCOPE)


def fired(session: Session, compiled: tuple[Shard, ...], **plan: Any) -> set[str]:
    names = ((shard, name) for n, shard in enumerate(compiled) for name in session.fires(n, shard.fact(plan, None)))
    return {shard.says[int(name)][0] for shard, name in names}


@pytest.fixture
def deleted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The handles of the rulesets that were given back."""
    handles: list[int] = []
    binding = session_module._binding
    delete = binding.delete_ruleset

    def delete_and_note(handle: int) -> None:
        handles.append(handle)
        delete(handle)

    monkeypatch.setattr(binding, "delete_ruleset", delete_and_note)
    return handles


@needs_engine
def test_every_rule_that_holds_fires() -> None:
    compiled = shards(FIRST, Not(negated=FIRST), SECOND, AnyOf(any=(FIRST, SECOND)), All(all=()))
    with Session(compiled) as session:
        assert fired(session, compiled, first=True, second=True) == {
            "area.rule_0", "area.rule_2", "area.rule_3", "area.rule_4"}  # fmt: skip
        assert fired(session, compiled, first=False) == {"area.rule_1", "area.rule_4"}
        assert fired(session, compiled) == {"area.rule_4"}


@needs_engine
def test_a_rule_fires_once_for_each_alternative_that_holds() -> None:
    compiled = shards(AnyOf(any=(FIRST, SECOND)))
    with Session(compiled) as session:
        assert session.fires(0, {"kind": "plan", "f0": True, "f1": True}) == ["0", "1"]


@needs_engine
def test_runs_know_nothing_of_one_another() -> None:
    compiled = shards(All(all=(FIRST, SECOND)))
    with Session(compiled) as session:
        for _ in range(3):
            assert session.fires(0, {"kind": "plan", "f0": True}) == []
            assert session.fires(0, {"kind": "plan", "f1": True}) == []
            assert session.fires(0, {"kind": "plan", "f0": True, "f1": True}) == ["0"]


@needs_engine
def test_texts_of_all_kinds_pass() -> None:
    compiled = shards(FactTest(fact="topic", op="is_not", value="school"))
    with Session(compiled) as session:
        for text in ("Åäö — \"quoted\" 'single' \\ {\"0\":{", "\ud800", "", "0"):
            assert session.fires(0, {"kind": "plan", "f0": text}) == ["0"]


@needs_engine
@pytest.mark.parametrize(
    "fact",
    [
        {},  # no rule, not even the last, may overlook a fact
        {"kind": "other"},
        {"kind": "plan", "f0": "x" * 60_000},
        {"kind": "plan", "f0": float("inf")},
        {"kind": "plan"} | {f"f{n}": True for n in range(300)},
    ],
)
def test_a_fact_that_the_library_does_not_take_is_an_error(fact: dict[str, Any]) -> None:
    compiled = shards(FIRST)
    with Session(compiled) as session:
        with pytest.raises(EngineError):
            session.fires(0, fact)
        assert session.fires(0, {"kind": "plan", "f0": True}) == ["0"]


@needs_engine
def test_a_ruleset_that_the_library_does_not_take_is_an_error() -> None:
    broken = Shard({"0": {"all": [{"m": {"$and": []}}]}, "1": {"all": 7}}, (("area.rule", True),), ())
    with pytest.raises(EngineError, match="refuses shard 1"):
        Session([*shards(FIRST), broken])


@needs_engine
def test_two_sessions_do_not_disturb_each_other() -> None:
    one, other = shards(FIRST), shards(Not(negated=FIRST))
    with Session(one) as first, Session(other) as second:
        assert fired(first, one, first=True) == {"area.rule_0"}
        assert fired(second, other, first=True) == set()
        first.close()
        assert fired(second, other, first=False) == {"area.rule_0"}


@needs_engine
def test_closing_gives_back_every_ruleset_once(deleted: list[int]) -> None:
    session = Session(shards(*(FIRST for _ in range(130))))
    session.close()
    session.close()
    assert len(deleted) == len(set(deleted)) == 3


@needs_engine
def test_a_dropped_session_gives_back_its_rulesets(deleted: list[int]) -> None:
    Session(shards(FIRST))
    gc.collect()
    assert len(deleted) == 1


@needs_engine
@pytest.mark.parametrize(
    "interrupted", ["assert_fact", "start_action_for_state", "complete_and_start_action", "delete_state"]
)
def test_an_interrupt_leaves_nothing_broken(interrupted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = shards(FIRST, SECOND)
    call = getattr(session_module._binding, interrupted)

    def interrupt(*arguments: Any) -> None:
        call(*arguments)
        raise KeyboardInterrupt

    with Session(compiled) as session:
        with monkeypatch.context() as patch:
            patch.setattr(session_module._binding, interrupted, interrupt)
            with pytest.raises(KeyboardInterrupt):
                session.fires(0, {"kind": "plan", "f0": True, "f1": True})
        assert session.fires(0, {"kind": "plan", "f0": True, "f1": True}) == ["0", "1"]


@needs_engine
def test_runs_that_break_off_leave_the_library_s_memory_whole() -> None:
    """Deleting a state whose rules were still to fire corrupted the heap; the crash came later and elsewhere."""
    script = """
from advisor.engine import session as module
from advisor.engine.compiler import LAST, Shard
rule = {"all": [{"m": {"$and": [{"kind": "plan"}, {"f0": True}]}}]}
last = {"all": [{"m": {"kind": "plan"}}], "pri": 9}
whole = module._binding.assert_fact
def broken_off(*arguments):
    whole(*arguments)
    raise KeyboardInterrupt
for _ in range(60):
    with module.Session([Shard({"0": rule, LAST: last}, (("area.rule", True),), ())]) as session:
        module._binding.assert_fact = broken_off
        try:
            session.fires(0, {"kind": "plan", "f0": True})
        except KeyboardInterrupt:
            pass
        module._binding.assert_fact = whole
        assert session.fires(0, {"kind": "plan", "f0": True}) == ["0"]
"""
    strict = {**os.environ, "MALLOC_CHECK_": "3", "MALLOC_PERTURB_": "165", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, env=strict, timeout=60)
    assert done.returncode == 0, done.stderr


@needs_engine
def test_thousands_of_runs_do_not_fill_the_library() -> None:
    compiled = shards(FIRST)
    with Session(compiled) as session:
        for _ in range(3000):  # without delete_state the 1025th fails
            assert session.fires(0, {"kind": "plan", "f0": True}) == ["0"]


def test_without_the_library_there_is_no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "_binding", None)
    assert not engine_available()
    with pytest.raises(EngineError):
        Session([])


def test_a_library_that_does_not_load_is_a_library_that_is_not_there() -> None:
    script = (
        "import sys; sys.modules['durable_rules_engine'] = None\n"
        "from advisor.engine.session import engine_available; print(engine_available())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"
