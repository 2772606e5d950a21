"""The only door to durable_rules: shards run on facts.

This drives the library's C binding and not its ``Host``, which answers the same but takes three times as long or more
(``benchmarks/engine_binding.py``), as it parses and writes back a state for every rule that fires. Nor does the binding
start threads or swallow what goes wrong.
"""

import json
import weakref
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Final, Self

from advisor.engine.compiler import LAST, Shard
from advisor.errors import EngineError

try:
    import durable_rules_engine as _binding
except ImportError:  # not installed, or an extension that this Python cannot load: none does from 3.13 on
    _binding = None

_LONGEST: Final = 60_000  # from 65 536 bytes on, strings are compared by a part of their length


def engine_available() -> bool:
    """Whether durable_rules can run here."""
    return _binding is not None


class Session:
    """Some shards, compiled by the library. Not for several threads at once.

    Raises EngineError where the library is missing or refuses a shard.
    """

    def __init__(self, shards: Sequence[Shard]) -> None:
        if _binding is None:
            raise EngineError("durable_rules cannot be imported")
        self._runs = 0
        self._handles: list[int] = []
        # The library's memory is not Python's: a session that is dropped unclosed must give it back all the same.
        self._give_back = weakref.finalize(self, _delete_rulesets, self._handles)
        self._shards = tuple(shards)
        for number in range(len(self._shards)):
            self._handles.append(self._compile(number))

    def close(self) -> None:
        """Gives back the library's memory. The session is of no use after that."""
        self._give_back()

    def fires(self, shard: int, fact: Mapping[str, bool | int | str]) -> list[str]:
        """The names of the shard's rules that fire on a fact, in their order.

        Raises EngineError where the library does anything but fire its rules.
        """
        handle = self._handles[shard]
        self._runs += 1
        sid = str(self._runs)
        text = f'{{"sid": "{sid}", {json.dumps(fact)[1:]}'
        if len(text) > _LONGEST:
            raise EngineError(f"a fact of {len(text)} bytes is too long for durable_rules")
        fired: list[str] = []
        try:
            status, state = _binding.assert_fact(handle, text)
            if status:
                raise EngineError(f"durable_rules did not take a fact: status {status}")
            started = _binding.start_action_for_state(handle, state)
            result = started[1] if started else None
            while result:
                # A result is {"name":{"m":{…}}}: the name alone is wanted.
                fired.append(result[2 : result.index('"', 2)])
                result = _binding.complete_and_start_action(handle, state)
        except BaseException as problem:  # an interrupt too
            self._start_afresh(shard)
            if isinstance(problem, _binding.error):
                raise EngineError(f"durable_rules failed: {problem}") from problem
            raise
        _binding.delete_state(handle, sid)
        if not fired or fired.pop() != LAST:
            raise EngineError("durable_rules did not fire all rules")
        return fired

    def _start_afresh(self, shard: int) -> None:
        """Compiles a shard anew after a run that broke off.

        To delete a state that still has rules to fire corrupts the library's memory, and to use it again would fire them:
        so the old ruleset is left where it is.
        """
        self._handles[shard] = self._compile(shard)

    def _compile(self, shard: int) -> int:
        try:
            handle: int = _binding.create_ruleset(f"shard{shard}", json.dumps(self._shards[shard].definition))
        except _binding.error as problem:
            raise EngineError(f"durable_rules refuses shard {shard}: {problem}") from problem
        return handle

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _delete_rulesets(handles: list[int]) -> None:
    while handles:
        _binding.delete_ruleset(handles.pop())
