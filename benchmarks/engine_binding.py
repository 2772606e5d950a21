"""How to drive durable_rules: its C binding directly (as ``advisor.engine.session`` does) or through its ``Host``.

Runs both on the same shards and plans, checks that both answer what ``advisor.engine.logic`` says, and prints a table
in Markdown: ``python benchmarks/engine_binding.py``. Times are medians of rounds in which they take turns.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from durable.engine import Host

from advisor.engine.compiler import LAST, EngineRule, Shard, compile_rules
from advisor.engine.facts import Values
from advisor.engine.logic import Scope, compile_condition
from advisor.engine.session import Session
from advisor.model.answers import Listed
from advisor.model.condition import All, AnyOf, Condition, FactTest, Not, Op
from advisor.model.fact_types import FactType
from advisor.model.vocabulary import VOCABULARIES

ROUNDS = 15
PLANS = 40
TYPES = {
    **{f"b{n}": FactType(f"b{n}", "boolean") for n in range(20)},
    **{f"o{n}": FactType(f"o{n}", "option", "amount") for n in range(20)},
    **{f"n{n}": FactType(f"n{n}", "number") for n in range(10)},
    **{f"l{n}": FactType(f"l{n}", "options", "channel") for n in range(10)},
}
SCOPE = Scope(lambda fact, each_of: TYPES[fact], {})
Fires = Callable[[int, Mapping[str, Any]], Sequence[str]]


class QuietHost(Host):  # type: ignore[misc]
    """The library's host without its background threads."""

    def _run(self) -> None:
        pass


class HostSession:
    """What ``Session`` does, by way of the host."""

    def __init__(self, shards: Sequence[Shard]) -> None:
        self._runs = 0
        self._fired: list[str] = []
        self._host = QuietHost()
        for number, shard in enumerate(shards):
            rules = {name: rule | {"run": self._action(name)} for name, rule in shard.definition.items()}
            self._host.register_rulesets({f"shard{number}": rules})

    def _action(self, name: str) -> Callable[[Any], None]:
        def fire(closure: Any) -> None:
            self._fired.append(name)

        return fire

    def fires(self, shard: int, fact: Mapping[str, Any]) -> list[str]:
        """The names of the rules that fire."""
        self._runs += 1
        self._fired.clear()
        ruleset, sid = f"shard{shard}", str(self._runs)
        try:
            state = self._host.assert_fact(ruleset, {**fact, "sid": sid})
            if not state or "exception" in state:
                raise RuntimeError(f"the host failed: {state}")
        finally:
            self._host.delete_state(ruleset, sid)
        return [name for name in self._fired if name != LAST]


def rulebook(rules: int, rng: random.Random) -> list[EngineRule]:
    """Rules with two to four parts, of which some are nested."""
    return [EngineRule(f"rule{number}", _condition(rng, 2), rng.random() < 0.1) for number in range(rules)]


def _condition(rng: random.Random, depth: int) -> Condition:
    if depth == 0 or rng.random() < 0.35:
        leaf = _leaf(rng)
        return Not(negated=leaf) if rng.random() < 0.1 else leaf
    parts = tuple(_condition(rng, depth - 1) for _ in range(rng.randint(2, 3)))
    return All(all=parts) if depth == 2 or rng.random() < 0.5 else AnyOf(any=parts)


def _leaf(rng: random.Random) -> FactTest:
    kind = TYPES[rng.choice(list(TYPES))]
    match kind.kind:
        case "boolean":
            return FactTest(fact=kind.id, op="is", value=rng.random() < 0.5)
        case "option":
            op: Op = rng.choice(("is", "is_not", "at_least", "below"))
            return FactTest(fact=kind.id, op=op, value=rng.choice(VOCABULARIES["amount"]))
        case "number":
            side: Op = rng.choice(("above", "at_most"))
            return FactTest(fact=kind.id, op=side, value=rng.randint(0, 9))
        case _:
            return FactTest(fact=kind.id, op="includes", value=rng.choice(VOCABULARIES["channel"]))


def plan(rng: random.Random) -> Values:
    """A plan with nine answers out of ten given."""
    values: Values = {}
    for fact, kind in TYPES.items():
        match kind.kind:
            case "boolean":
                value: Any = rng.random() < 0.5
            case "option":
                value = rng.choice(VOCABULARIES["amount"])
            case "number":
                value = rng.choice((rng.randint(0, 9), rng.random() * 9))
            case _:
                value = Listed(tuple(rng.sample(VOCABULARIES["channel"], rng.randint(0, 4))))
        if rng.random() < 0.9:
            values[fact] = value
    return values


def answers(fires: Fires, shards: Sequence[Shard], values: Values) -> set[tuple[str, bool]]:
    """What all shards say of a plan: rules that hold and rules that certainly do not."""
    said: set[tuple[str, bool]] = set()
    for number, shard in enumerate(shards):
        said.update(shard.says[int(name)] for name in fires(number, shard.fact(values, None)))
    return said


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def measure(rules: int) -> str:
    """One row of the table. Exits where the answers differ."""
    rng = random.Random(rules)
    book, plans = rulebook(rules, rng), [plan(rng) for _ in range(PLANS)]
    compiling = min(_milliseconds(lambda: Session(compile_rules(book, SCOPE))) for _ in range(5))
    shards = compile_rules(book, SCOPE)
    tests = [(rule, compile_condition(rule.condition, SCOPE)) for rule in book]
    host = HostSession(shards)
    with Session(shards) as session:
        fired = 0
        for values in plans:
            truths = [(rule, test(values, None, None)) for rule, test in tests]
            right = {(rule.id, truth) for rule, truth in truths if truth or (truth is False and rule.denial)}
            fired += len(right)
            if not right == answers(session.fires, shards, values) == answers(host.fires, shards, values):
                sys.exit(f"the answers differ with {rules} rules")
        runs: dict[str, list[float]] = {"binding": [], "host": [], "logic": []}
        work: dict[str, Callable[[], object]] = {
            "binding": lambda: [answers(session.fires, shards, values) for values in plans],
            "host": lambda: [answers(host.fires, shards, values) for values in plans],
            "logic": lambda: [test(values, None, None) for values in plans for _, test in tests],
        }
        for _ in range(ROUNDS):
            for name, run in work.items():
                runs[name].append(_milliseconds(run) / PLANS)
    binding, by_host, logic = (statistics.median(runs[name]) for name in work)
    return (f"| {rules} | {len(shards)} | {fired / PLANS:.0f} | {compiling:.1f} | {binding:.2f} | {by_host:.2f} "
            f"| {logic:.2f} | {by_host / binding:.2f} |")  # fmt: skip


def main() -> None:
    """Prints the table."""
    print("| rules | shards | fired a plan | compile, ms | binding, ms a plan | Host, ms a plan | logic.py, ms a plan "
          "| Host ÷ binding |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|")
    for rules in (60, 150, 300):
        print(measure(rules), flush=True)


if __name__ == "__main__":
    main()
