"""Rules whose conditions are too big for the engine. They are refused whichever engine runs, so that both take the same."""

import math
from collections.abc import Iterator

from advisor.engine.compiler import MAX_RULE, rule_size
from advisor.engine.layers import Rulebook
from advisor.errors import Message
from advisor.i18n import N_
from advisor.model.condition import Not


def too_big(rulebook: Rulebook) -> Iterator[tuple[str, Message]]:
    """Every rule with too many alternatives, itself or denied where another rule reads it, and what is wrong with it."""
    for (_, of), rules in rulebook.engine_rules().items():
        scope = rulebook.scope(of)
        for rule in rules:
            size = rule_size(rule.condition, scope)
            if size > MAX_RULE:
                yield rule.id, Message(N_("villkoret har {size} alternativ, och regelmotorn tar högst {most}: dela upp regeln"),
                                       {"size": _readable(size), "most": MAX_RULE})  # fmt: skip
                continue
            size = rule_size(Not.model_construct(negated=rule.condition), scope) if rule.denial else 0
            if size > MAX_RULE:
                graph = rulebook.graph
                reader = next(one.id for one in graph.rules.values() if rule.id in graph.leans_on(one))
                yield rule.id, Message(N_("villkorets motsats har {size} alternativ, och regelmotorn tar högst {most}: dela upp "
                                          "regeln. Motsatsen behövs för att «{reader}» läser regeln."),
                                       {"size": _readable(size), "most": MAX_RULE, "reader": reader})  # fmt: skip


def _readable(size: int) -> str:
    """A count that may have thousands of digits."""
    return str(size) if size < 10**9 else f"10^{int(math.log10(size))}"
