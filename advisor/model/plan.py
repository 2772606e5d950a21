"""Plan format 1: every key of a dialogue plan with the type of its answer, in the order of the format.

Every answer may also be ``UNKNOWN`` or None (not answered); a whole section and a list item may be ``UNKNOWN`` too.
Order matters: it is the page order that questions are asked in.
"""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from advisor.model.answers import (
    UNKNOWN,
    DateAnswer,
    DutiesAnswer,
    FormatAnswer,
    GroupNamesAnswer,
    ListAnswer,
    Listed,
    NumberAnswer,
    OptionAnswer,
    OptionsAnswer,
    TextAnswer,
    Unknown,
    YesNoAnswer,
    is_blank,
    is_unknown,
    wrong,
)

MOST_ITEMS = 200  # rules look at pairs of them: no real list is near, and thousands would take hours

Text = Annotated[str | Unknown | None, TextAnswer()]
YesNo = Annotated[bool | Unknown | None, YesNoAnswer()]
Date = Annotated[date | Unknown | None, DateAnswer()]
Number = Annotated[int | float | Unknown | None, NumberAnswer(lowest=None)]
Amount = Annotated[int | float | Unknown | None, NumberAnswer()]
Count = Annotated[int | Unknown | None, NumberAnswer(whole=True)]
Texts = Annotated[Listed | Unknown | None, ListAnswer()]
Option = str | Unknown | None
Options = Listed | Unknown | None

_AMOUNT_OF_THREE = OptionAnswer("amount", only=("low", "medium", "high"))


class PlanPart(BaseModel):
    """A section or an item of a plan; immutable, knows no other keys than its own."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)


class SectionOf:
    """Reads a section: the part's keys, or nothing, or "unknown" for the whole of it. One that says nothing is None."""

    def __init__(self, part: type[PlanPart]) -> None:
        self.part = part

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._read, handler.generate_schema(self.part))

    @staticmethod
    def _read(raw: object, validate: core_schema.ValidatorFunctionWrapHandler) -> Any:
        if isinstance(raw, dict):
            part = validate(without_own_keys(raw))
            return part if _says_something(part) else None
        if is_blank(raw):
            return None
        if is_unknown(raw):
            return UNKNOWN
        raise wrong("not_a_section", kind="list" if isinstance(raw, list) else "text")


class ItemsOf:
    """Reads a list of items. Items with nothing in them do not count; an empty list is no answer.

    ``bare``: an item that is written as {} counts, so that whoever wrote it is told what it lacks.
    """

    def __init__(self, part: type[PlanPart], bare: bool = False) -> None:
        self.part = part
        self.bare = bare

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        item = core_schema.no_info_wrap_validator_function(self._read_item, handler.generate_schema(self.part))
        return core_schema.no_info_wrap_validator_function(self._read, core_schema.list_schema(item))

    @staticmethod
    def _read_item(raw: object, validate: core_schema.ValidatorFunctionWrapHandler) -> Any:
        if isinstance(raw, dict):
            return validate(without_own_keys(raw))
        if is_blank(raw):
            return None
        if is_unknown(raw):
            return UNKNOWN
        raise wrong("not_an_item", kind="list" if isinstance(raw, list) else "text")

    def _read(self, raw: object, validate: core_schema.ValidatorFunctionWrapHandler) -> Any:
        if isinstance(raw, list):
            if len(raw) > MOST_ITEMS:
                raise wrong("too_many_items", number=len(raw))
            return tuple(item for item, written in zip(validate(raw), raw, strict=True)
                         if item is UNKNOWN or _says_something(item) or (self.bare and written == {})) or None  # fmt: skip
        if is_blank(raw):
            return None
        if is_unknown(raw):
            return UNKNOWN
        raise wrong("not_a_list", kind="items", text="")


def without_own_keys(raw: dict[str, Any]) -> dict[str, Any]:
    """The mapping without the keys that begin with x_, which belong to whoever wrote them."""
    own = [key for key in raw if key.startswith("x_")]
    return {key: value for key, value in raw.items() if key not in own} if own else raw


def _says_something(item: PlanPart | None) -> bool:
    return item is not None and any(value is not None for value in item.__dict__.values())


class Organisation(PlanPart):
    name: Text = None
    kind: Annotated[Option, OptionAnswer("organisation_kind")] = None
    unit: Text = None


class Consultation(PlanPart):
    relation: Annotated[Option, OptionAnswer("consultation_relation")] = None
    procedure: Annotated[Option, OptionAnswer("procedure")] = None
    circle_listed: YesNo = None
    announced: YesNo = None
    weeks: Amount = None
    review_weeks: Amount = None


class History(PlanPart):
    mapped: YesNo = None
    earlier_dialogues: Annotated[Option, OptionAnswer("earlier_dialogues")] = None
    earlier_results_used: Annotated[Option, OptionAnswer("yes_partly_no")] = None
    other_dialogues_now: YesNo = None
    coordinated: YesNo = None


class Principles(PlanPart):
    adopted: YesNo = None
    document: Text = None
    promises_told: YesNo = None


class Roles(PlanPart):
    owner: Text = None
    elected: Text = None
    officials: Text = None
    facilitator: Annotated[Option, OptionAnswer("facilitator")] = None
    facilitation_skill: Annotated[Option, _AMOUNT_OF_THREE] = None
    departments: Texts = None
    partners: Texts = None


class Mandate(PlanPart):
    given_by: Text = None
    date: Date = None
    reference: Text = None
    highest_level: Annotated[Option, OptionAnswer("ladder")] = None


class Resources(PlanPart):
    sufficient: YesNo = None
    level: Annotated[Option, _AMOUNT_OF_THREE] = None
    budget_sek: Amount = None
    staff_hours: Amount = None


class Question(PlanPart):
    text: Text = None
    single: YesNo = None
    wording: Annotated[Option, OptionAnswer("wording")] = None
    answers: Annotated[Option, OptionAnswer("answers")] = None
    influenceable: Annotated[Option, OptionAnswer("influenceable")] = None
    decision_makers_open: YesNo = None
    within_competence: YesNo = None
    citizens_can_contribute: YesNo = None
    concerns: Annotated[Option, OptionAnswer("concerns")] = None
    affects: Annotated[Options, OptionsAnswer("group_kind")] = None
    interest: Annotated[Option, _AMOUNT_OF_THREE] = None
    open: Texts = None
    fixed: Texts = None
    complexity: Annotated[Option, OptionAnswer("complexity")] = None
    complexity_signs: Annotated[Options, OptionsAnswer("complexity_sign")] = None
    problem_definition: Annotated[Option, OptionAnswer("problem_definition")] = None
    conflict: Annotated[Option, OptionAnswer("conflict")] = None
    trust: Annotated[Option, _AMOUNT_OF_THREE] = None
    background: Text = None


class Goal(PlanPart):
    text: Text = None
    kind: Annotated[Option, OptionAnswer("goal_kind")] = None
    states: Annotated[Option, OptionAnswer("goal_states")] = None
    measurable: YesNo = None


class Influence(PlanPart):
    level: Annotated[Option, OptionAnswer("ladder")] = None
    promise: Text = None
    limits_told_at_invitation: YesNo = None
    binding: YesNo = None


class DecisionStep(PlanPart):
    body: Text = None
    role: Annotated[Option, OptionAnswer("decision_role")] = None
    date: Date = None


class Governance(PlanPart):
    process: Annotated[Option, OptionAnswer("process")] = None
    step: Annotated[Option, OptionAnswer("step")] = None
    case_number: Text = None
    decision_body: Text = None
    decision_date: Date = None
    decision_path: Annotated[tuple[DecisionStep | Unknown, ...] | Unknown | None, ItemsOf(DecisionStep)] = None
    decision_taken: YesNo = None
    proposal_finished: YesNo = None
    use_of_result: Annotated[Option, OptionAnswer("use_of_result")] = None
    how_used: Text = None
    result_in_decision_papers: YesNo = None
    responder: Text = None
    backup_addressee: Text = None


class Participation(PlanPart):
    breadth: Annotated[Option, OptionAnswer("breadth")] = None
    depth: Annotated[Option, OptionAnswer("depth")] = None
    selection: Annotated[Option, OptionAnswer("selection")] = None
    representative_claim: YesNo = None
    expected: Count = None
    age_min: Count = None
    age_max: Count = None
    age_reason: Text = None
    ideal: Annotated[Option, OptionAnswer("ideal")] = None


class TargetGroup(PlanPart):
    name: Text = None
    kind: Annotated[Options, OptionsAnswer("group_kind")] = None
    size: Count = None
    affected: Annotated[Option, OptionAnswer("affected")] = None
    underrepresented: YesNo = None
    hard_to_reach: YesNo = None
    asked_last_year: Count = None
    statistics: YesNo = None
    channels: Annotated[Options, OptionsAnswer("channel")] = None
    adaptations: Annotated[Options, OptionsAnswer("adaptation")] = None


class PlannedMethod(PlanPart):
    method: Text = None
    groups: Annotated[Options, GroupNamesAnswer()] = None
    participants: Count = None
    sessions: Count = None
    start: Date = None
    end: Date = None
    format: Annotated[Option, OptionAnswer("format")] = None
    level: Annotated[Option, OptionAnswer("ladder")] = None
    step: Annotated[Option, OptionAnswer("step")] = None
    venue: Annotated[Option, OptionAnswer("venue")] = None


class Schedule(PlanPart):
    start: Date = None
    end: Date = None
    meeting_times: Count = None


class Communication(PlanPart):
    plan: Text = None
    channels: Annotated[Options, OptionsAnswer("channel")] = None
    start: Date = None
    invitation: Date = None
    languages: Texts = None
    plain_language: YesNo = None
    background_material: YesNo = None
    accessible: YesNo = None
    informed_first: Annotated[Options, OptionsAnswer("informed_first")] = None


class Documentation(PlanPart):
    how: Text = None
    analysis: Text = None
    analysed_by: Annotated[Options, OptionsAnswer("analysed_by")] = None
    other_views: Annotated[Option, OptionAnswer("other_views")] = None
    public: YesNo = None
    personal_data: Annotated[Option, OptionAnswer("personal_data")] = None


class Feedback(PlanPart):
    to_participants: Text = None
    first_date: Date = None
    date: Date = None
    after_decision: YesNo = None
    reasons_given: YesNo = None
    responsible: Text = None


class Indicator(PlanPart):
    name: Text = None
    target: Number = None
    unit: Text = None
    baseline: Number = None


class Evaluation(PlanPart):
    decided_with_goals: YesNo = None
    measures: Texts = None
    indicators: Annotated[tuple[Indicator | Unknown, ...] | Unknown | None, ItemsOf(Indicator)] = None
    participation_measured: YesNo = None
    use_measured: YesNo = None
    cost_measured: YesNo = None
    responsible: Text = None
    date: Date = None
    learning_shared: YesNo = None


class ParticipatoryBudget(PlanPart):
    amount_sek: Amount = None
    criteria: YesNo = None
    running_costs_covered: YesNo = None
    binding_vote: YesNo = None


class Acceptance(PlanPart):
    """A deviation that somebody answers for. ``item``: an item's label, or list[index] from 0; ``until``: inclusive."""

    rule: Text = None
    item: Text = None
    reason: Text = None
    by: Text = None
    until: Date = None


class Plan(PlanPart):
    """A dialogue plan."""

    format: Annotated[int | Unknown | None, FormatAnswer()] = None
    title: Text = None
    status: Annotated[Option, OptionAnswer("status")] = None
    organisation: Annotated[Organisation | Unknown | None, SectionOf(Organisation)] = None
    place: Text = None
    form: Annotated[Option, OptionAnswer("form")] = None
    topic: Annotated[Option, OptionAnswer("topic")] = None
    statutory: Annotated[Options, DutiesAnswer("statutory")] = None
    consultation: Annotated[Consultation | Unknown | None, SectionOf(Consultation)] = None
    history: Annotated[History | Unknown | None, SectionOf(History)] = None
    principles: Annotated[Principles | Unknown | None, SectionOf(Principles)] = None
    roles: Annotated[Roles | Unknown | None, SectionOf(Roles)] = None
    mandate: Annotated[Mandate | Unknown | None, SectionOf(Mandate)] = None
    resources: Annotated[Resources | Unknown | None, SectionOf(Resources)] = None
    question: Annotated[Question | Unknown | None, SectionOf(Question)] = None
    goals: Annotated[tuple[Goal | Unknown, ...] | Unknown | None, ItemsOf(Goal)] = None
    influence: Annotated[Influence | Unknown | None, SectionOf(Influence)] = None
    governance: Annotated[Governance | Unknown | None, SectionOf(Governance)] = None
    participation: Annotated[Participation | Unknown | None, SectionOf(Participation)] = None
    target_groups: Annotated[tuple[TargetGroup | Unknown, ...] | Unknown | None, ItemsOf(TargetGroup)] = None
    methods: Annotated[tuple[PlannedMethod | Unknown, ...] | Unknown | None, ItemsOf(PlannedMethod)] = None
    schedule: Annotated[Schedule | Unknown | None, SectionOf(Schedule)] = None
    communication: Annotated[Communication | Unknown | None, SectionOf(Communication)] = None
    documentation: Annotated[Documentation | Unknown | None, SectionOf(Documentation)] = None
    feedback: Annotated[Feedback | Unknown | None, SectionOf(Feedback)] = None
    evaluation: Annotated[Evaluation | Unknown | None, SectionOf(Evaluation)] = None
    participatory_budget: Annotated[ParticipatoryBudget | Unknown | None, SectionOf(ParticipatoryBudget)] = None
    accepted: Annotated[tuple[Acceptance | Unknown, ...] | Unknown | None, ItemsOf(Acceptance, bare=True)] = None
