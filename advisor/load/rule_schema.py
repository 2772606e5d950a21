"""Rule files and method files as JSON Schema, so that an editor can complete and check them while they are written.

``rules check`` is the last word: it also knows which value fits which fact.
"""

from typing import Any, Final

from advisor.load.conditions import OPERATORS
from advisor.model.catalogue import Method
from advisor.model.fact_space import FactSpace
from advisor.model.fact_types import CATALOGUE, LISTS, METHOD_FACTS, PAIRS
from advisor.model.knowledge import Knowledge
from advisor.model.rule import CRITERIA, FACTORS, Rule

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_WORDS: Final = {"type": "object", "properties": {"sv": {"type": "string", "minLength": 1},
                 "en": {"type": "string", "minLength": 1}}, "required": ["sv", "en"],
                 "additionalProperties": False}  # fmt: skip
_CONDITION: Final = {"$ref": "#/$defs/condition"}


def rule_schema(knowledge: Knowledge) -> dict[str, Any]:
    """JSON Schema of a rule file, with the facts, parameters, sources and rules that exist."""
    space = FactSpace(knowledge.derived, frozenset(knowledge.conclusions))
    fact = {"anyOf": [{"enum": sorted(space.plan_level)}, {"type": "string", "pattern": r"^(item|each)\."}]}
    operators = sorted({op for fitting in OPERATORS.values() for op in fitting} | {"known"})
    parts = {"type": "array", "minItems": 1, "items": _CONDITION}
    forms: list[dict[str, Any]] = [
        _exactly({"all": parts}, "all"),
        _exactly({"any": parts}, "any"),
        _exactly({"not": _CONDITION}, "not"),
        {"type": "object", "properties": {"fact": fact} | {op: {} for op in operators}, "required": ["fact"],
         "minProperties": 2, "maxProperties": 2, "additionalProperties": False},
        _exactly({"finding": {"enum": sorted(knowledge.rules)}, "present": {"type": "boolean"}}, "finding", "present"),
        _exactly({"some": {"enum": list(LISTS)}, "where": _CONDITION}, "some", "where"),
        {"type": "object", "properties": {"count": fact, "where": _CONDITION} | {op: {} for op in OPERATORS["number"]},
         "required": ["count"], "minProperties": 2, "additionalProperties": False},
    ]  # fmt: skip
    texts = dict.fromkeys(("title", "advice", "why", "good", "not_when", "because", "adapt"), _WORDS)
    place = {"anyOf": [{"type": "string"}, _WORDS]}
    citation = {"type": "object", "properties": {"ref": {"enum": sorted(knowledge.sources)}, "at": place},
                "required": ["ref"], "additionalProperties": False}  # fmt: skip
    example = {"type": "object", "properties": {
        "name": {"type": "string"}, "given": {"type": "object"},
        "expect": {"enum": ["fires", "silent", "undecided", "not_applicable"]},
        "missing": {"type": "array", "items": {"type": "string"}},
    }, "required": ["name", "given", "expect"], "additionalProperties": False}  # fmt: skip
    properties: dict[str, Any] = {
        "id": {"type": "string", "pattern": r"^[a-z_]+\.[a-z0-9_]+$"},
        **texts,
        "severity": {"enum": ["stop", "fix", "advice"]},
        "factor": {"enum": [*FACTORS, *(int(factor) for factor in FACTORS if factor.isdigit())]},
        "concludes": {"enum": sorted(knowledge.conclusions)},
        "criterion": {"enum": list(CRITERIA)},
        "for_each": {"enum": [*LISTS, PAIRS, CATALOGUE]},
        "applies": _CONDITION,
        "when": _CONDITION,
        "alternative": {"enum": sorted(knowledge.alternatives)},
        "weighs": {"enum": [-3, -2, -1, 1, 2, 3]},
        "excludes": {"const": True},
        "sources": {"type": "array", "items": citation},
        "basis": {"enum": ["source", "judgement"]},
        "valid_from": {"type": "string", "format": "date"},
        "examples": {"type": "array", "minItems": 3, "items": example},
    }
    assert properties.keys() == Rule.model_fields.keys() - {"gap"}
    return {"$schema": _DIALECT, "title": "dialoglots: rule", "type": "object", "properties": properties,
            "required": ["id", "when", "basis", "sources", "examples"], "additionalProperties": False,
            "$defs": {"condition": {"anyOf": forms}}}  # fmt: skip


def _exactly(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def method_schema(knowledge: Knowledge) -> dict[str, Any]:
    """JSON Schema of a method file."""
    attributes: dict[str, Any] = {}
    source = {"enum": sorted(knowledge.sources)}
    for name, answer in METHOD_FACTS.items():
        attributes[name] = {
            "type": "object",
            "properties": {"value": answer.schema(), "basis": {"enum": ["source", "judgement"]},
                           "published": {"type": "array", "items": _exactly(
                               {"source": source, "value": answer.schema()}, "source", "value")}},
            "required": ["value", "basis"],
            "additionalProperties": False,
        }
    words_list = {"type": "array", "items": _WORDS}
    use = _exactly({"place": {"type": "string"}, "what": _WORDS, "source": source}, "place", "what", "source")
    use["properties"]["year"] = {"type": ["string", "number"]}
    described = ["description", "staffing", "strengths", "weaknesses", "avoid_when"]
    properties: dict[str, Any] = {
        "id": {"type": "string", "pattern": "^[a-z0-9_]+$"},
        "name": _WORDS,
        "aliases": {"type": "array", "items": {"type": ["string", "number"]}},
        "description": _WORDS,
        "staffing": _WORDS,
        "strengths": words_list,
        "weaknesses": words_list,
        "avoid_when": words_list,
        "attributes": {"type": "object", "properties": attributes, "additionalProperties": False,
                       "required": ["size_unbounded", "hours_unbounded", "weeks_unbounded"]},
        "used_in": {"type": "array", "items": use},
        "sources": {"type": "array", "items": source},
        "described_by": {"type": "array", "items": {"enum": described}},
    }  # fmt: skip
    assert properties.keys() == Method.model_fields.keys()
    return {"$schema": _DIALECT, "title": "dialoglots: method", "type": "object", "properties": properties,
            "required": ["id", "name", "description", "attributes"], "additionalProperties": False}  # fmt: skip
