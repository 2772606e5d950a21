"""A document to a plan. Everything that is wrong is told at once, in file order."""

from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from advisor.errors import PlanError, Problem
from advisor.load.documents import Document
from advisor.load.plan_names import name_problems
from advisor.model.plan import Plan, without_own_keys

if TYPE_CHECKING:
    from advisor.load.wording import Wording

_LAST: Final = 10**9  # what has no place comes after what has


def parse_plan(document: Document, words: "Wording | None" = None) -> Plan:
    """The plan in a document. ``words`` lets sentences name fields and options by their labels too.

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
    try:
        plan = Plan.model_validate(without_own_keys(data))
    except ValidationError as failure:
        from advisor.load.plan_problems import AnswerProblems  # sentences are costly to import and seldom needed

        problems = AnswerProblems(document, words).all(failure, problems)
    else:
        if not problems:
            return plan
    raise PlanError(sorted(problems, key=lambda problem: (problem.line or _LAST, problem.column or 0)))
