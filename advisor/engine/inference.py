"""Who finds what fires: durable_rules where it is installed; else the evaluator does without."""

from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Protocol, Self

from advisor.engine.compiler import EngineRule, Shard, compile_rules
from advisor.engine.facts import Values
from advisor.engine.logic import Scope
from advisor.engine.session import Session, engine_available
from advisor.errors import EngineError

Layer = tuple[int, str | None]


class Inference(Protocol):
    """Finds what fires, one layer at a time."""

    name: str

    def judge(self, layer: int, of: str | None, plan: Values, item: Values | None) -> tuple[set[str], set[str]]:
        """The rules of a layer that hold, and those among the ones read later that certainly do not.

        ``of`` is what the rules are judged for each of, ``item`` one of those; both None for the plan's own rules.
        """
        ...


class DurableInference:
    """Inference by durable_rules.

    ``rules`` are those of each layer and of what they are judged for each of; ``scope`` tells what names mean there. A
    layer is compiled when it is first judged. Raises EngineError where the library is not installed or fails, KeyError
    for a layer without rules.
    """

    name = "durable_rules"

    def __init__(self, rules: Mapping[Layer, Sequence[EngineRule]], scope: Callable[[str | None], Scope]) -> None:
        if not engine_available():
            raise EngineError("durable_rules cannot be imported")
        self._rules = rules
        self._scope = scope
        self._ready: dict[Layer, tuple[Session, tuple[Shard, ...]]] = {}

    def judge(self, layer: int, of: str | None, plan: Values, item: Values | None) -> tuple[set[str], set[str]]:
        """The rules of a layer that hold, and those among the ones read later that certainly do not."""
        session, shards = self._ready.get((layer, of)) or self._compile((layer, of))
        holds: set[str] = set()
        denied: set[str] = set()
        for number, shard in enumerate(shards):
            for name in session.fires(number, shard.fact(plan, item)):
                rule, rule_holds = shard.says[int(name)]
                (holds if rule_holds else denied).add(rule)
        return holds, denied

    def _compile(self, layer: Layer) -> tuple[Session, tuple[Shard, ...]]:
        shards = compile_rules(self._rules[layer], self._scope(layer[1]))
        self._ready[layer] = ready = Session(shards), shards
        return ready

    def close(self) -> None:
        """Gives back the library's memory; what is judged after that is compiled anew."""
        while self._ready:
            session, _ = self._ready.popitem()[1]
            session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
