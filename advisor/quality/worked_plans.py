"""Judges the worked plans and compares with what ``knowledge/examples.yaml`` says must and must not be found in them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from advisor.advice.assess import assess
from advisor.engine.evaluate import judge
from advisor.engine.inference import DurableInference, Inference
from advisor.engine.layers import Rulebook
from advisor.engine.session import engine_available
from advisor.errors import KnowledgeError, Message, Problem
from advisor.i18n import N_
from advisor.load.plan_files import read_plans
from advisor.model.knowledge import Knowledge, WorkedExample
from advisor.model.plan import Plan


class PlanResult(NamedTuple):
    """What a worked plan gave of one rule: ``expected`` and ``given`` are certain, possible or absent.

    ``engine`` is builtin or durable_rules.
    """

    plan: str
    rule: str
    engine: str
    expected: str
    given: str

    @property
    def passed(self) -> bool:
        """Whether the plan gave what it must."""
        return self.expected == self.given


def worked_plans(folder: Path, own: str | None = None) -> dict[str, Path]:
    """The worked plans in ``knowledge/examples`` below ``folder``, and below the user's own folder, by id."""
    folders = (folder,) if own is None else (Path(own), folder)
    return {path.stem: path for one in folders for path in sorted((one / "knowledge" / "examples").glob("*.yaml"))}


def read_worked_plans(knowledge: Knowledge, files: Mapping[str, Path]) -> dict[str, Plan]:
    """The worked plans by id; ``files`` says where they lie. Raises KnowledgeError for those missing or wrong."""
    plans: dict[str, Plan] = {}
    problems: list[Problem] = []
    for name in knowledge.examples:
        if name not in files:
            told = Message(N_("planen knowledge/examples/{name}.yaml finns inte"), {"name": name})
            problems.append(Problem("knowledge/examples.yaml", told))
            continue
        source = next(read_plans(str(files[name]), knowledge))
        if source.plan is not None:
            plans[name] = source.plan
        elif source.error is not None:
            problems += source.error.problems
    if problems:
        raise KnowledgeError(problems)
    return plans


def judge_worked_plans(rulebook: Rulebook, plans: Mapping[str, Plan], engine: bool | None = None) -> tuple[PlanResult, ...]:
    """Every expectation of every worked plan. ``engine``: also in durable_rules; None does so where it can be imported."""
    results = [*_judged(rulebook, plans, "builtin", None)]
    if engine_available() if engine is None else engine:
        with DurableInference(rulebook.engine_rules(), rulebook.scope) as inference:
            results += _judged(rulebook, plans, inference.name, inference)
    return tuple(results)


def _judged(
    rulebook: Rulebook, plans: Mapping[str, Plan], engine: str, inference: Inference | None
) -> Iterator[PlanResult]:
    for name, plan in plans.items():
        found: dict[str, str] = {}
        for finding in assess(plan, judge(plan, rulebook, inference)).findings:
            if found.get(finding.rule) != "certain":  # one certain item and the finding is certain
                found[finding.rule] = finding.status
        for rule, expected in _expectations(rulebook.knowledge.examples[name]):
            yield PlanResult(name, rule, engine, expected, found.get(rule, "absent"))


def _expectations(example: WorkedExample) -> Iterator[tuple[str, str]]:
    yield from ((one.rule, one.status) for one in example.must)
    yield from ((rule, "absent") for rule in example.must_not)
