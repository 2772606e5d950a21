"""A document to a plan. Everything that is wrong is told at once, in file order."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from advisor.errors import PlanError, Problem
from advisor.load.documents import Document
from advisor.load.plan_names import name_problems
from advisor.model.knowledge import plain_name
from advisor.model.plan import Plan, without_own_keys

if TYPE_CHECKING:
    from advisor.load.wording import Wording

_LAST: Final = 10**9  # what has no place comes after what has


def parse_plan(document: Document, words: "Wording | None" = None) -> Plan:
    """The plan in a document. ``words`` lets sentences name fields and options by their labels too, and steps of the
    ladder of participation be written as any publication names them.

    Nothing at all (an empty file, ``{}``, ``null``) is an empty plan. Raises PlanError with everything that is wrong.
    """
    data = document.data
    if data is None:
        return Plan()
    if not isinstance(data, dict):
        from advisor.load.plan_problems import no_plan

        line, column = document.position(())
        raise PlanError([Problem(document.path, no_plan(data, document.line(line)), line, column)])
    problems = name_problems(document)
    if words is not None:
        data = _with_steps(data, words.steps_by_name)
    try:
        plan = Plan.model_validate(without_own_keys(data))
    except ValidationError as failure:
        from advisor.load.plan_problems import AnswerProblems  # sentences are costly to import and seldom needed

        problems = AnswerProblems(document, words).all(failure, problems)
    else:
        if not problems:
            return plan
    raise PlanError(sorted(problems, key=lambda problem: (problem.line or _LAST, problem.column or 0)))


def _with_steps(plan: dict[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
    """The plan with steps of the ladder written as their ids."""

    def of(section: Any, key: str) -> Any:
        name = section.get(key) if isinstance(section, dict) else None
        step = named.get(plain_name(name)) if isinstance(name, str) else None
        return section if step is None or step == name else {**section, key: step}

    read = {name: of(plan[name], key) for name, key in (("influence", "level"), ("mandate", "highest_level")) if name in plan}
    if isinstance(plan.get("methods"), list):
        read["methods"] = [of(method, "level") for method in plan["methods"]]
    return {**plan, **read}
