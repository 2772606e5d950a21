"""The public Python interface: open the knowledge, load plans, check them, explain.

>>> from advisor import open_knowledge, load_plan, check
>>> adviser = open_knowledge()
>>> check(load_plan("plan.yaml"), adviser).verdict  # doctest: +SKIP
'revise'
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from advisor.advice.assess import assess
from advisor.advice.explanation import WhyPart, explain_outcomes
from advisor.engine.evaluate import judge
from advisor.engine.inference import DurableInference
from advisor.engine.layers import Rulebook, compile_rulebook
from advisor.engine.session import engine_available
from advisor.errors import KnowledgeError, Message, NoPlans, PlanError, Problem, UnknownName
from advisor.i18n import N_
from advisor.load.nearest import nearest
from advisor.load.open_knowledge import open_shipped_knowledge, profile_meant
from advisor.load.plan_files import NoPlansHere, PlanSource, find_plans, read_plans
from advisor.model.assessment import Assessment, CheckedPlan, Tool
from advisor.model.knowledge import Knowledge
from advisor.model.plan import Plan
from advisor.quality.too_big import too_big
from advisor.version import VERSION

Engine = Literal["auto", "durable_rules", "builtin"]


class Opening(NamedTuple):
    """All that decides which adviser is opened: plain values, so that another process can open the same.

    ``profile`` None is the profile of the folder ``rules`` where it has one, else standard; ``rules`` None adds nothing.
    """

    as_of: date
    engine: Engine = "auto"
    profile: str | None = None
    rules: str | None = None


class Adviser:
    """Opened knowledge, compiled for a day and ready to judge plans. Close it, or use it in a ``with`` statement."""

    def __init__(
        self, knowledge: Knowledge, as_of: date, engine: Engine = "auto", profile: str | None = None, rules: str | None = None
    ) -> None:
        """``engine``: auto takes durable_rules where it can be imported; durable_rules raises EngineError where not.

        ``profile``: without one, that of the user's own folder ``rules``, else standard; UnknownName where there is none
        of that name.
        """
        self.knowledge = knowledge
        profile = profile_meant(knowledge, profile)
        self.rulebook: Rulebook = compile_rulebook(knowledge, as_of.isoformat(), profile)
        wrong = [Problem(_file_of(rule, rules), message) for rule, message in too_big(self.rulebook)]
        if wrong:
            raise KnowledgeError(wrong)
        self._inference: DurableInference | None = None
        if engine == "durable_rules" or (engine == "auto" and engine_available()):
            self._inference = DurableInference(self.rulebook.engine_rules(), self.rulebook.scope)
        self.tool = Tool(
            version=VERSION,
            engine=self._inference.name if self._inference is not None else "builtin",
            as_of=self.rulebook.as_of,
            profile=profile,
            knowledge_version=knowledge.version,
            knowledge_sha256=knowledge.sha256,
        )

    def __enter__(self) -> "Adviser":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives back what the engine holds."""
        if self._inference is not None:
            self._inference.close()

    def check(self, plan: Plan) -> Assessment:
        """What the guidance says of a plan."""
        return assess(plan, judge(plan, self.rulebook, self._inference))

    def why(self, plan: Plan, rule: str) -> tuple[WhyPart, ...]:
        """How a rule came out for a plan, and the rules it rests on. Raises UnknownName for a rule that does not exist."""
        rule = self.rule_meant(rule)
        return explain_outcomes(judge(plan, self.rulebook, self._inference), rule)

    def rule_meant(self, rule: str) -> str:
        """The id of a rule; a retired rule's replacement. Raises UnknownName with the nearest rule."""
        rule = self.knowledge.rule_now(rule)
        if rule in self.knowledge.rules:
            return rule
        likely = nearest(rule, self.knowledge.rules)
        sentence = N_("Regeln finns inte. Menade ni {likely}?") if likely else N_("Regeln finns inte.")
        raise UnknownName([Problem(rule, Message(sentence, {"likely": likely}))])


def _file_of(rule: str, rules: str | None) -> str:
    """The file of a rule as messages name it; ``rules`` is the user's own folder."""
    name = f"rules/{rule.replace('.', '/')}.yaml"
    return f"{rules.rstrip('/')}/{name}" if rules is not None and Path(rules, name).is_file() else name


def open_knowledge(
    *, as_of: date | None = None, engine: Engine = "auto", profile: str | None = None, rules: str | None = None
) -> Adviser:
    """Opens the rules and knowledge that came with the program, for today or for ``as_of``.

    ``rules`` is a folder of your own that adds rules, knowledge and a profile. ``profile`` says how strictly the rules are
    taken; without one, the folder's own does, else standard.

    Raises KnowledgeError where a file is wrong, UnknownName where there is no such profile or folder, EngineError where
    durable_rules is asked for and cannot be imported.
    """
    return Adviser(open_shipped_knowledge(VERSION, rules), as_of or date.today(), engine, profile, rules)


def open_adviser(opening: Opening) -> Adviser:
    """The adviser that ``opening`` describes. Raises as ``open_knowledge`` does."""
    return open_knowledge(**opening._asdict())


def load_plan(path: str) -> Plan:
    """Reads the plan in a file. Raises PlanError with all that is wrong in it."""
    source = next(read_plans(path))
    if source.error is not None:
        raise source.error
    assert source.plan is not None
    return source.plan


def check(plan: Plan, adviser: Adviser) -> Assessment:
    """What the guidance says of a plan."""
    return adviser.check(plan)


def explain(plan: Plan, rule: str, adviser: Adviser) -> tuple[WhyPart, ...]:
    """How a rule came out for a plan. Raises UnknownName for a rule that does not exist."""
    return adviser.why(plan, rule)


def check_files(paths: Sequence[str], adviser: Adviser) -> Iterator[CheckedPlan]:
    """Checks the plans in files, folders and patterns one by one, in order; ``-`` is standard input.

    A plan that cannot be read comes back with its error and stops nothing. Raises NoPlans for a folder or pattern that
    holds no plan.
    """
    found, problems = find_plans(paths)
    nothing_there = [problem for problem in problems if isinstance(problem, NoPlansHere)]
    if nothing_there:
        raise NoPlans(nothing_there)
    for path in found:
        for source in read_plans(path, adviser.knowledge):
            yield check_source(source, adviser)
    for problem in problems:
        yield CheckedPlan(problem.path, "", "", None, PlanError([problem]))


def check_source(source: PlanSource, adviser: Adviser) -> CheckedPlan:
    """A plan as it was read, checked; its error where it could not be read."""
    plan = source.plan
    if plan is None:
        return CheckedPlan(source.path, "", "", None, source.error)
    title = plan.title if isinstance(plan.title, str) else ""
    unit = getattr(plan.organisation, "unit", None)
    return CheckedPlan(source.path, title, unit if isinstance(unit, str) else "", adviser.check(plan), None)
