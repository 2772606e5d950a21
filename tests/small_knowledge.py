"""Small knowledge bases for tests: a few records of each kind, and the rules that a test writes."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import yaml

from advisor.advice.assess import assess
from advisor.engine.evaluate import Judgement, judge
from advisor.engine.inference import DurableInference
from advisor.engine.layers import Rulebook, compile_rulebook
from advisor.engine.session import engine_available
from advisor.errors import KnowledgeError
from advisor.load.data_files import DataFile
from advisor.load.documents import Document, read_yaml
from advisor.load.knowledge_files import read_knowledge
from advisor.load.plan_reader import parse_plan
from advisor.model.assessment import Assessment
from advisor.model.knowledge import Knowledge
from advisor.model.plan import Plan
from advisor.model.vocabulary import VOCABULARIES

AS_OF = "2026-11-23"
AREAS = (
    "gate question goals governance participants influence principles roles resources evaluation methods communication "
    "documentation feedback law context"
).split()
GATE = ("question", "goals", "governance", "target_groups", "depth", "breadth")


def words(text: str) -> dict[str, str]:
    """A text in both languages."""
    return {"sv": text, "en": f"{text} in English"}


def _alternative(name: str, priority: int) -> dict[str, Any]:
    texts = {key: words(name) for key in ("title", "text", "first_step")}
    return {"id": name, "priority": priority, **texts, "basis": "judgement"}


def method(name: str, **attributes: Any) -> dict[str, Any]:
    """A method of the catalogue with the attributes given and no upper bounds."""
    bounds: dict[str, Any] = {"size_unbounded": True, "hours_unbounded": True, "weeks_unbounded": True}
    given = {key: {"value": value, "basis": "judgement"} for key, value in (bounds | attributes).items()}
    return {"id": name, "name": words(name.replace("_", " ")), "description": words(name), "attributes": given}


def parameter(name: str, *values: tuple[str, float]) -> dict[str, Any]:
    """A parameter with its value from each day on."""
    periods = [{"from": day, "value": value, "basis": "judgement"} for day, value in values]
    return {"id": name, "label": words(name), "unit": words("steg"), "values": periods}


def derived(name: str, **how: Any) -> dict[str, Any]:
    """A derived fact, its kind given as in knowledge/derived.yaml."""
    return {"id": name, "label": words(name), **how}


STATUTORY = derived("statutory.any", non_empty="statutory")
DEFAULTS: dict[str, Any] = {
    "knowledge/areas.yaml": [{"id": one, "title": words(one), "about": words(one)} for one in AREAS],
    "knowledge/alternatives.yaml": [_alternative("inform", 3), _alternative("postpone", 2), _alternative("mediate", 1)],
    "knowledge/parameters.yaml": [parameter("limit", ("2020-01-01", 4), ("2026-06-01", 6))],
    "knowledge/derived.yaml": [STATUTORY],
    "knowledge/conclusions.yaml": [{"id": one, "label": words(one)}
                                   for one in (*(f"gate.{part}" for part in GATE), "context.hot", "context.complex")],
    "knowledge/groups.yaml": [
        {"id": kind, "reached_by": ["school"] if kind in ("youth", "children") else ["web", "letter"],
         "helped_by": ["own_meeting"] if kind == "youth" else [], "note": words(kind), "basis": "judgement"}
        for kind in VOCABULARIES["group_kind"]],
    "knowledge/sources.yaml": [{"id": "a-source", "title": "A source"}],
    "knowledge/methods/cafe.yaml": method("cafe", levels=["dialogue"], size_min=10, cost="low", talk="small_groups"),
    "knowledge/methods/hearing.yaml": method("hearing", levels=["consultation"], cost="medium", talk="plenary"),
    "knowledge/methods/survey.yaml": method("survey", levels=["consultation"], cost="low"),
}  # fmt: skip

EXAMPLES = [{"name": name, "given": {}, "expect": "undecided"} for name in "abc"]


def rule(rule_id: str, when: Any, **keys: Any) -> dict[str, Any]:
    """A rule that raises a finding, draws a conclusion (``concludes``) or weighs on methods (``criterion``).

    ``when`` and ``applies`` may be YAML text. A stop gets the alternative inform.
    """
    keys = {key: _data(value) if key in ("when", "applies") else value for key, value in keys.items()}
    given: dict[str, Any] = {"id": rule_id, "when": _data(when), "basis": "judgement", "sources": [],
                             "why": words("därför"), "examples": EXAMPLES}  # fmt: skip
    if "criterion" in keys:
        given |= {"for_each": "catalogue", "because": words("passar")}
    if "concludes" not in keys and ("criterion" not in keys or "severity" in keys):
        given |= {"severity": "fix", "factor": 1, "title": words(rule_id), "advice": words("gör så")}
    if keys.get("severity") == "stop":
        given["alternative"] = "inform"
    return given | keys


def _data(value: Any) -> Any:
    return yaml.safe_load(value) if isinstance(value, str) else value


def gate(but: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Rules that open the gate to method choice for every plan, but for the parts named."""
    return [rule(f"gate.{part}", "{count: goals, at_least: 0}", concludes=f"gate.{part}")
            for part in GATE if part not in but]  # fmt: skip


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: rule files know no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _KeptFile(DataFile):
    """A file that is parsed once for all tests."""

    @cache  # noqa: B019  they live as long as the tests do
    def document(self) -> Document:
        return super().document()


@cache
def _default(name: str) -> DataFile:
    return _KeptFile(name, dump(DEFAULTS[name]))


def dump(data: Any) -> bytes:
    """Data as the bytes of a YAML file; text is taken as it is."""
    text = data if isinstance(data, str) else yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False)
    return text.encode()


def files(*rules: dict[str, Any], **changed: Any) -> list[DataFile]:
    """The files of a small knowledge base. ``changed``: the content of knowledge/NAME.yaml, or None for no such file.

    A name may hold ``__`` for ``/``: ``methods__cafe``.
    """
    found = {name: _default(name) for name in DEFAULTS}
    for key, data in changed.items():
        name = f"knowledge/{key.replace('__', '/')}.yaml"
        found.pop(name, None)
        if data is not None:
            found[name] = DataFile(name, dump(data))
    found |= {name: DataFile(name, dump(one))
              for name, one in ((f"rules/{one['id'].replace('.', '/')}.yaml", one) for one in rules)}  # fmt: skip
    return [found[name] for name in sorted(found)]


def wrong(*rules: dict[str, Any] | DataFile, **changed: Any) -> list[str]:
    """Everything that is wrong in a small knowledge base, in Swedish; none where it can be read."""
    raw = [one for one in rules if isinstance(one, DataFile)]
    found = files(*(one for one in rules if not isinstance(one, DataFile)), **changed) + raw
    try:
        read_knowledge(sorted(found, key=lambda one: one.name), "1")
    except KnowledgeError as error:
        return [problem.text("sv") for problem in error.problems]
    return []


def small(*rules: dict[str, Any], **changed: Any) -> Knowledge:
    """A small knowledge base with these rules. Raises KnowledgeError."""
    return read_knowledge(files(*rules, **changed), "1")


def rulebook(*rules: dict[str, Any], as_of: str = AS_OF, **changed: Any) -> Rulebook:
    """The same, compiled for a day."""
    return compile_rulebook(small(*rules, **changed), as_of)


def plan(text: str = "") -> Plan:
    """A plan from YAML."""
    return parse_plan(read_yaml(text, "plan.yaml"))


def judged(book: Rulebook, text: str = "") -> Judgement:
    """A plan judged by the built-in evaluator."""
    return judge(plan(text), book)


def assessed(book: Rulebook, text: str = "") -> Assessment:
    """What the adviser says of a plan; durable_rules, where it can be imported, must say the same."""
    told = plan(text)
    assessment = assess(told, judge(told, book))
    if engine_available():
        with DurableInference(book.engine_rules(), book.scope) as inference:
            assert assess(told, judge(told, book, inference)) == assessment
    return assessment


def said(book: Rulebook, text: str = "") -> dict[str, list[str]]:
    """What every rule says of the plan, or of each item."""
    judgement = judged(book, text)
    return {name: [outcome.status for outcome in outcomes] for name, outcomes in judgement.outcomes.items()}


def findings(assessment: Assessment) -> list[tuple[str, str, str, str | None]]:
    """The findings, in order: rule, severity, status, item's label."""
    return [(one.rule, one.severity, one.status, one.item.label if one.item else None) for one in assessment.findings]
