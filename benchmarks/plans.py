"""Plans to measure with: different ones, made from one full plan by leaving answers out and changing others."""

import copy
import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from advisor.model.fact_types import PLAN_FACTS
from advisor.model.vocabulary import VOCABULARIES

_CHECKOUT = Path(__file__).parent.parent
_FULL_PLAN = _CHECKOUT / "tests" / "data" / "full_plan.yaml"
_METHODS = sorted(path.stem for path in (_CHECKOUT / "knowledge" / "methods").glob("*.yaml"))
_PLACES = ("norra kommundelen", "Ängsbyn", "centrum", "hamnområdet", "Östra skogen", "stationsområdet", "Åbacken")
_NAMED_BY_OTHERS = ("name", "groups")  # one refers to the other
# The plan holds texts only; a file as people write it has its numbers, dates and booleans without quotes.
_QUOTED = re.compile(r"'(true|false|[0-9-]+)'")


def random_plans(number: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Plans of 2.5 kB on average as YAML, no two alike; the same ones for the same seed."""
    full = yaml.load(_FULL_PLAN.read_text(encoding="utf-8"), yaml.BaseLoader)
    rng = random.Random(seed)
    for place in range(number):
        plan = _part(copy.deepcopy(full), "", rng, rng.uniform(0.26, 0.64))
        yield {**plan, "format": "1", "title": f"Plan {place + 1} för {rng.choice(_PLACES)}"}


def as_yaml(plan: dict[str, Any]) -> str:
    """A plan as a YAML file."""
    text: str = yaml.dump(plan, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120)
    return _QUOTED.sub(r"\1", text)


def as_json(plan: dict[str, Any]) -> str:
    """A plan as one line of JSON."""
    return json.dumps(plan, ensure_ascii=False)


def _part(part: dict[str, Any], prefix: str, rng: random.Random, kept: float) -> dict[str, Any]:
    """A section or an item with some of its answers, of which some are others."""
    made = {}
    for key, answer in part.items():
        fact = prefix + key
        if isinstance(answer, dict):
            answer = _part(answer, f"{fact}.", rng, kept)
        elif isinstance(answer, list) and answer and isinstance(answer[0], dict):
            answer = [_part(item, f"{fact}.", rng, kept) for item in answer
                      if key in ("target_groups", "methods") or rng.random() < kept + 0.3]  # fmt: skip
        elif key in _NAMED_BY_OTHERS:
            pass
        elif answer == "" or rng.random() > kept:
            continue
        elif fact in PLAN_FACTS:
            answer = _answer(fact, answer, rng)
        if answer:
            made[key] = answer
    return made


def _answer(fact: str, answer: Any, rng: random.Random) -> Any:
    """Another answer to the same question; now and then "unknown"."""
    kind = PLAN_FACTS[fact]
    if rng.random() < 0.03:
        return "unknown"
    match kind.kind:
        case "boolean":
            return rng.choice(("true", "true", "false"))
        case "option":
            options = getattr(kind.answer, "options", kind.options)
            return answer if rng.random() < 0.4 else rng.choice(options)
        case "options" if kind.vocabulary != "statutory":
            return rng.sample(VOCABULARIES[kind.vocabulary or ""], rng.randint(1, 4))
        case "number":
            return str(round(int(answer) * rng.uniform(0.3, 3)))
        case "date":
            return (date.fromisoformat(answer) + timedelta(days=rng.randint(-90, 90))).isoformat()
        case "text" if fact == "methods.method":
            return rng.choice(_METHODS)
        case "text" if " " in answer:
            return f"{answer} {rng.choice(('i', 'för', 'vid'))} {rng.choice(_PLACES)}"
        case _:
            return answer
