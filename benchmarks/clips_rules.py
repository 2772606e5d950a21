"""The compiled rulebook's engine rules as CLIPS rules, test by test, and a way to run both on the same plans."""

import json
from collections.abc import Sequence
from typing import Any

import clips

from advisor.engine.compiler import LAST, Shard

_OPERATORS = {"$gt": ">", "$gte": ">=", "$lt": "<", "$lte": "<="}
Fact = dict[str, bool | int | str]


class ClipsRules:
    """The shards of one layer as one CLIPS environment: a template with every field, a rule for every alternative.

    CLIPS needs no shards, so it gets none: what they hold in common is one slot of one fact. An unknown slot is ``nil``.
    """

    def __init__(self, shards: Sequence[Shard]) -> None:
        self._environment = clips.Environment()
        slots: dict[int, str] = {}
        self._slots = [{name: slots.setdefault(id(read), f"s{len(slots)}") for name, read in shard.fields} for shard in shards]
        self._environment.build("(defglobal ?*fired* = (create$))")
        self._environment.build(f"(deftemplate plan {' '.join(f'(slot {slot} (default nil))' for slot in slots.values())})")
        for number, (shard, names) in enumerate(zip(shards, self._slots, strict=True)):
            for name, rule in shard.definition.items():
                if name != LAST:
                    pattern = _pattern(rule["all"][0]["m"]["$and"][1:], names)
                    self._environment.build(f'(defrule r{number}-{name} {pattern} '
                                            f'=> (bind ?*fired* (create$ ?*fired* "{number}-{name}")))')  # fmt: skip
        self._template = self._environment.find_template("plan")
        self._fired = self._environment.find_global("fired")

    def fact(self, of_shards: Sequence[Fact]) -> Fact:
        """The shards' facts as one."""
        return {names[name]: value for names, fact in zip(self._slots, of_shards, strict=True)
                for name, value in fact.items() if name != "kind"}  # fmt: skip

    def fires(self, fact: Fact) -> list[str]:
        """``shard-rule`` of every alternative that fires on a fact."""
        self._environment.reset()
        self._template.assert_fact(**fact)
        self._environment.run()
        return list(self._fired.value)


def _pattern(tests: Sequence[dict[str, Any]], names: dict[str, str]) -> str:
    """The tests of an engine rule as a CLIPS pattern, which names each slot once."""
    slots: dict[str, list[str]] = {}
    for test in tests:
        [(key, value)] = test.items()
        op, name, constant = ("==", key, value) if key in names else (key, *next(iter(value.items())))
        slot, said = names[name], _constant(constant)
        told = {"==": said, "$neq": f"~nil&~{said}"}.get(op) or f"~nil&:({_OPERATORS[op]} ?{slot} {said})"
        slots.setdefault(slot, []).append(told)
    parts = (f"({slot} {'&'.join(([f'?{slot}'] if '?' in ''.join(told) else []) + told)})" for slot, told in slots.items())
    return f"(plan {' '.join(parts)})"


def _constant(value: bool | int | str) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return json.dumps(value, ensure_ascii=False)
