"""The shipped knowledge, opened once, and a plan judged by it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from advisor.api import Adviser, open_knowledge
from advisor.load.plan_files import read_plans
from advisor.model.assessment import CheckedPlan
from advisor.model.plan import Plan
from advisor.report.words import Speaker

Judge = Callable[[str], CheckedPlan]


@pytest.fixture(scope="session")
def adviser() -> Iterator[Adviser]:
    with open_knowledge(as_of=date(2026, 11, 23), engine="builtin") as opened:
        yield opened


@pytest.fixture(scope="session")
def swedish(adviser: Adviser) -> Speaker:
    return Speaker(adviser.knowledge, "sv", adviser.tool.as_of)


@pytest.fixture(scope="session")
def english(adviser: Adviser) -> Speaker:
    return Speaker(adviser.knowledge, "en", adviser.tool.as_of)


@pytest.fixture
def plan_of(tmp_path: Path) -> Callable[[str], Plan]:
    """Reads a plan from its text."""

    def read(text: str) -> Plan:
        path = tmp_path / "plan.yaml"
        path.write_text(text, encoding="utf-8")
        (source,) = read_plans(str(path))
        assert source.plan is not None, source.error
        return source.plan

    return read


@pytest.fixture
def judged(adviser: Adviser, plan_of: Callable[[str], Plan]) -> Judge:
    """Checks a plan from its text, as ``plan.yaml``."""

    def check(text: str) -> CheckedPlan:
        plan = plan_of(text)
        unit = getattr(plan.organisation, "unit", None)
        title = plan.title if isinstance(plan.title, str) else ""
        return CheckedPlan("plan.yaml", title, unit if isinstance(unit, str) else "", adviser.check(plan), None)

    return check
