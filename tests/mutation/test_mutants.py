"""Every rule made wrong, one small change at a time: do its own examples notice, and would whole plans alone?

Both figures are printed, by operator, and the mutants that nothing caught by name. ``equivalent.yaml`` names those that no plan
can tell from the rule itself; they do not count.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
import yaml

from advisor.advice.assess import assess
from advisor.api import Adviser, open_knowledge
from advisor.engine.evaluate import judge
from advisor.engine.layers import Rulebook, compile_rulebook
from advisor.load.plan_files import read_plans
from advisor.model.plan import Plan
from advisor.quality.mutants import OPERATORS, Mutant, caught_by, mutants

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
FOLDERS: Final = (ROOT / "knowledge" / "examples", ROOT / "tests" / "scenarios" / "plans")
PLANS: Final = sorted(path for folder in FOLDERS for path in folder.glob("*.yaml"))
EQUIVALENT: Final = {one["mutant"]: one["why"] for one in yaml.safe_load((HERE / "equivalent.yaml").read_text(encoding="utf-8"))}
AS_OF: Final = date(2026, 11, 23)

pytestmark = pytest.mark.slow


class Judged(NamedTuple):
    """A mutant and what caught it."""

    mutant: Mutant
    by_examples: bool
    by_plans: bool


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    with open_knowledge(as_of=AS_OF, engine="builtin") as adviser:
        plans = [plan for path in PLANS for source in read_plans(str(path), adviser.knowledge) if (plan := source.plan)]
        assert len(plans) == len(PLANS)
        right = [told(plan, adviser.rulebook) for plan in plans]
        return [
            Judged(mutant, caught_by(mutant, adviser.rulebook) is not None, caught_by_plans(mutant, adviser, plans, right))
            for rule in adviser.knowledge.rules.values()
            for mutant in mutants(rule, adviser.rulebook)
        ]


def told(plan: Plan, rulebook: Rulebook) -> tuple[Any, ...]:
    """What a scenario's expected list holds of a plan."""
    found = assess(plan, judge(plan, rulebook))
    rows = [(one.rule, one.item, one.severity, one.status, one.missing) for one in found.findings]
    return rows, found.verdict, found.decided_by, found.alternative, found.next_question, found.methods.waiting_for


def caught_by_plans(mutant: Mutant, adviser: Adviser, plans: list[Plan], right: list[tuple[Any, ...]]) -> bool:
    rules = {**adviser.knowledge.rules, mutant.rule.id: mutant.rule}
    rulebook = compile_rulebook(adviser.knowledge.model_copy(update={"rules": rules}), AS_OF.isoformat())
    return any(told(plan, rulebook) != expected for plan, expected in zip(plans, right, strict=True))


def counted(judged: list[Judged], caught: Callable[[Judged], bool]) -> tuple[int, int]:
    """How many mutants were caught, of how many that can be; told by operator."""
    real = [one for one in judged if one.mutant.name not in EQUIVALENT]
    of, hit = (Counter(one.mutant.operator for one in some) for some in (real, filter(caught, real)))
    for operator in OPERATORS:
        print(f"  {operator:10} {hit[operator]:5} of {of[operator]:5}")
    return hit.total(), of.total()


def test_examples_or_whole_plans_catch_nearly_every_wrong_rule(judged: list[Judged]) -> None:
    print("\nMutants caught by a rule's own examples or by whole plans:")
    hit, of = counted(judged, lambda one: one.by_examples or one.by_plans)
    print(f"  all        {hit:5} of {of:5}: {hit / of:.1%}; equivalent and not counted: {len(EQUIVALENT)}")
    for one in judged:
        if not (one.by_examples or one.by_plans) and one.mutant.name not in EQUIVALENT:
            print(f"  not caught: {one.mutant.name}")
    assert of > 500
    assert hit >= 0.95 * of


def test_whole_plans_alone_catch_most(judged: list[Judged]) -> None:
    print("\nMutants caught by whole plans alone:")
    hit, of = counted(judged, lambda one: one.by_plans)
    print(f"  all        {hit:5} of {of:5}: {hit / of:.1%}")
    assert hit >= 0.7 * of


def test_what_is_called_equivalent_exists_and_is_caught_by_nothing(judged: list[Judged]) -> None:
    known = {one.mutant.name: one for one in judged}
    assert sorted(EQUIVALENT.keys() - known.keys()) == []
    assert [name for name in EQUIVALENT if known[name].by_examples or known[name].by_plans] == []
    assert all(EQUIVALENT.values())
