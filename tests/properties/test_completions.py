"""What is certain stays certain however a planner answers what is open; only gaps speak of the plan as it stands.

The plans are random, out of the plan format's own types, as raw data that a file would hold. ``pick`` chooses one of some
choices. Hypothesis chooses seeds, not the choices themselves: a plan has hundreds, and shrinking them takes minutes.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from advisor.advice.assess import assess
from advisor.api import Adviser, open_knowledge
from advisor.engine.evaluate import Judgement, judge
from advisor.engine.session import engine_available
from advisor.engine.steps import because, missing
from advisor.engine.trace import Tracer
from advisor.load.documents import read_json
from advisor.load.plan_reader import parse_plan
from advisor.model.answers import (
    AnswerType,
    DateAnswer,
    FormatAnswer,
    GroupNamesAnswer,
    ListAnswer,
    Listed,
    NumberAnswer,
    OptionAnswer,
    OptionsAnswer,
    YesNoAnswer,
)
from advisor.model.assessment import Assessment
from advisor.model.plan import ItemsOf, Plan, PlanPart, SectionOf
from advisor.model.vocabulary import VOCABULARIES

Pick = Callable[[Sequence[Any]], Any]
Place = tuple[str | int, ...]
Raw = dict[str, Any]

AS_OF: Final = date(2026, 11, 23)
SEEDS: Final = st.integers(0, 2**32)
PATIENT: Final = settings(max_examples=250, deadline=None, database=None, derandomize=True)
WAYS: Final = 6  # of completing one plan
UNKNOWN: Final = "unknown"
METHODS: Final = [path.stem for path in sorted((Path(__file__).parents[2] / "knowledge" / "methods").glob("*.yaml"))]
_DATES: Final = [*(f"2027-{month:02}-{day:02}" for month in (5, 6, 7) for day in (3, 12, 24)),
                 "2026-09-01", "2026-09-20", "2027-01-06"]  # fmt: skip
_NUMBERS: Final = (0, 1, 2, 4, 12, 40, 150, 60_000, 400_000)
_TEXTS: Final = (
    "Torget", "Hur ska torget användas?", "Hålla ett möte", "Nämnden vet vad de boende vill", "Kommunstyrelsen",
    "Är ni för eller emot? Självklart avgör ni om vi ska säkerställa det onödiga torget!",
)


def partial_plan(pick: Pick) -> Raw:
    """A plan in which some things are answered, some answered "unknown" and some not reached."""
    plan = _part(Plan, pick, ("answered", "answered", "answered", "absent", "unknown"))
    _name_groups(plan, pick)
    return plan


def completed(plan: Raw, pick: Pick, of_ten: int) -> Raw:
    """The plan with what was open answered, about ``of_ten`` of ten open things; nothing answered is touched."""
    plan = deepcopy(plan)
    _complete(Plan, plan, pick, lambda: pick(range(10)) < of_ten)
    _name_groups(plan, pick)
    return plan


def open_places(plan: Raw) -> list[Place]:
    """Where one more answer could be given: keys, sections, whole lists and unknown items."""
    return [place for place in _open(Plan, plan, ()) if place != ("form",) or "form" in plan]


def answered_at(plan: Raw, place: Place, pick: Pick) -> Raw:
    """The plan with one of its open places answered."""
    plan = deepcopy(plan)
    holder, part = plan, Plan
    for step in place[:-1]:
        holder = holder[step]
        part = _marks(part)[step].part if isinstance(step, str) else part
    if isinstance(place[-1], int):
        holder[place[-1]] = _item(part, pick, ())
    else:
        holder[place[-1]] = _answer(_marks(part)[place[-1]], pick, (), holder.get(place[-1]))
    _name_groups(plan, pick)
    return plan


@cache
def _marks(part: type[PlanPart]) -> dict[str, Any]:
    """What each key takes, ``format`` and ``accepted`` left out: they are no answers about the dialogue."""
    marks = {key: next(mark for mark in field.metadata if isinstance(mark, (AnswerType, SectionOf, ItemsOf)))
             for key, field in part.model_fields.items()}  # fmt: skip
    return {key: mark for key, mark in marks.items() if key != "accepted" and not isinstance(mark, FormatAnswer)}


def _part(part: type[PlanPart], pick: Pick, states: Sequence[str]) -> Raw:
    made: Raw = {}
    for key, mark in _marks(part).items():
        state = pick(states) if states else "answered"
        if state == "unknown":
            made[key] = UNKNOWN
        elif state == "answered":
            made[key] = _answer(mark, pick, states)
    return made


def _item(part: type[PlanPart], pick: Pick, states: Sequence[str]) -> Any:
    """An item that says something; an empty one would not count."""
    return _part(part, pick, states) or UNKNOWN


def _answer(mark: Any, pick: Pick, states: Sequence[str], before: Any = None) -> Any:
    """An answer; where ``states`` is empty, one that leaves nothing open. ``before`` is a list that was partly open."""
    match mark:
        case SectionOf():
            return _part(mark.part, pick, states)
        case ItemsOf():
            return [UNKNOWN if states and pick(range(5)) == 0 else _item(mark.part, pick, states)
                    for _ in range(pick((1, 2, 3)))]  # fmt: skip
        case GroupNamesAnswer():
            if isinstance(before, list):
                return [*(one for one in before if one != UNKNOWN), *(pick((0, 1, 2)) for one in before if one == UNKNOWN)]
            return pick(("all", [0], [1, UNKNOWN], [UNKNOWN])) if states else pick(("all", [0], [1], [0, 1], [2, 0]))
        case ListAnswer():
            kept = [one for one in before if one != UNKNOWN] if isinstance(before, list) else []
            room = len(before) - len(kept) if isinstance(before, list) else 3  # an unknown element is one at most
            closed = isinstance(mark, OptionsAnswer)
            choices = VOCABULARIES[mark.vocabulary] if closed else _TEXTS
            fewest = 0 if closed or kept else 1  # an empty list of texts is no answer
            added = [pick(choices) for _ in range(pick(range(fewest, room + 1)))]
            return [*kept, *added, *([UNKNOWN] if states and pick((True, False)) else [])]
        case YesNoAnswer():
            return pick((True, False))
        case OptionAnswer():
            return pick(mark.options)
        case NumberAnswer():
            return pick(_NUMBERS)
        case DateAnswer():
            return pick(_DATES)
        case _:
            return pick(_TEXTS)


def _is_open(value: Any) -> bool:
    return value is None or value == UNKNOWN


def _partly_open(mark: Any, value: Any) -> bool:
    return isinstance(mark, ListAnswer) and isinstance(value, list) and UNKNOWN in value


def _complete(part: type[PlanPart], raw: Raw, pick: Pick, answer: Callable[[], bool]) -> None:
    for key, mark in _marks(part).items():
        value = raw.get(key)
        if part is Plan and key == "form" and value is None:
            continue  # an absent form is an answer: a citizen dialogue
        if _is_open(value) or _partly_open(mark, value):
            if answer():
                raw[key] = _answer(mark, pick, (), value)
        elif isinstance(mark, SectionOf):
            _complete(mark.part, value, pick, answer)
        elif isinstance(mark, ItemsOf):
            for place, item in enumerate(value):
                if item != UNKNOWN:
                    _complete(mark.part, item, pick, answer)
                elif answer():
                    value[place] = _item(mark.part, pick, ())
            while len(value) > 1 and value[-1] == UNKNOWN and answer():
                value.pop()  # what was not decided may turn out to be nothing


def _open(part: type[PlanPart], raw: Raw, place: Place) -> Iterator[Place]:
    for key, mark in _marks(part).items():
        value, here = raw.get(key), (*place, key)
        if _is_open(value) or _partly_open(mark, value):
            yield here
        elif isinstance(mark, SectionOf):
            yield from _open(mark.part, value, here)
        elif isinstance(mark, ItemsOf):
            for index, item in enumerate(value):
                if item == UNKNOWN:
                    yield (*here, index)
                else:
                    yield from _open(mark.part, item, (*here, index))


def _name_groups(plan: Raw, pick: Pick) -> None:
    """Gives methods their catalogue ids and groups their own names, so that the plan is one that the reader takes.

    A method's groups are places in the list until now; those without a name to point at are left out.
    """
    groups = plan.get("target_groups")
    names: list[str] = []
    for place, group in enumerate(groups if isinstance(groups, list) else ()):
        if isinstance(group, dict) and group.get("name") not in (None, UNKNOWN):
            group["name"] = f"Grupp {place}"
            names.append(group["name"])
    methods = plan.get("methods")
    for method in methods if isinstance(methods, list) else ():
        if not isinstance(method, dict):
            continue
        if method.get("method") in _TEXTS:
            method["method"] = pick((*METHODS, "Kaffe på bryggan"))
        pointed = method.get("groups")
        if isinstance(pointed, list):
            meant = [f"Grupp {one}" if isinstance(one, int) else one for one in pointed]
            method["groups"] = list(dict.fromkeys(one for one in meant if one == UNKNOWN or one in names)) or [UNKNOWN]


@pytest.fixture(scope="module")
def adviser() -> Iterator[Adviser]:
    with open_knowledge(as_of=AS_OF, engine="builtin") as opened:
        yield opened


@pytest.fixture(scope="module")
def engine() -> Iterator[Adviser | None]:
    """The adviser on durable_rules; None where it cannot be imported."""
    if not engine_available():
        yield None
        return
    with open_knowledge(as_of=AS_OF, engine="durable_rules") as opened:
        yield opened


def certain_faults(assessment: Assessment) -> set[tuple[Any, ...]]:
    """Rule and item of each; an item by its place, for its label may be what is answered later."""
    return {
        (one.rule, one.item and (one.item.list, one.item.index, one.item.group and one.item.group.index))
        for one in assessment.findings
        if one.kind == "fault" and one.status == "certain"
    }


def decided(judgement: Judgement) -> dict[tuple[Any, ...], bool]:
    """What each rule that is no gap says of the plan or of an item, where it is decided."""
    return {
        (outcome.rule.id, outcome.entry and (outcome.entry.index, outcome.entry.group_index)): outcome.truth
        for outcome in judgement.all_outcomes()
        if outcome.truth is not None and not outcome.rule.gap and (outcome.entry is None or outcome.entry.values is not None)
    }


def lasting_conclusions(assessment: Assessment, adviser: Adviser) -> dict[str, bool]:
    """The conclusions that no gap bears up."""
    graph = adviser.rulebook.graph
    gaps = graph.gaps()
    return {one.fact: one.value for one in assessment.conclusions if not gaps.intersection(graph.drawn_by[one.fact])}


def lasting_facts(plan: Plan, adviser: Adviser) -> dict[str, Any]:
    """What is known of a plan, findings and conclusions aside."""
    values = judge(plan, adviser.rulebook).facts.values
    return {fact: value for fact, value in values.items()
            if fact not in adviser.knowledge.conclusions and not fact.startswith("finding:")}  # fmt: skip


def still_holds(before: Any, after: Any) -> bool:
    """Whether what was known is still known and no less: lists may only become more decided."""
    if isinstance(before, Listed):
        return isinstance(after, Listed) and set(before.values) <= set(after.values) and after.open <= before.open
    if isinstance(before, dict):
        return isinstance(after, dict) and all(still_holds(value, after.get(key)) for key, value in before.items())
    if isinstance(before, tuple):
        kept = after[: len(before)] if isinstance(after, tuple) else ()
        return len(kept) == len(before) and all(one is None or still_holds(one, same)
                                                for one, same in zip(before, kept, strict=True))  # fmt: skip
    return bool(before == after)


@PATIENT
@given(seed=SEEDS)
def test_certain_faults_survive_every_way_of_answering_what_is_open(
    seed: int, adviser: Adviser, engine: Adviser | None
) -> None:
    chance = Random(seed)
    raw = partial_plan(chance.choice)
    note(json.dumps(raw, ensure_ascii=False))
    plan = parse_plan(read_json(json.dumps(raw), "plan.json"))
    judgement = judge(plan, adviser.rulebook)
    before = assess(plan, judgement)
    if engine is not None:
        assert engine.check(plan) == before
    truths, faults, conclusions = decided(judgement), certain_faults(before), lasting_conclusions(before, adviser)
    for way in range(WAYS):
        answered = Plan.model_validate(completed(raw, chance.choice, of_ten=10 if way % 2 else 4))
        judgement = judge(answered, adviser.rulebook)
        after = assess(answered, judgement)
        assert faults - certain_faults(after) == set()
        later = lasting_conclusions(after, adviser)
        assert {fact: later.get(fact) for fact in conclusions} == conclusions
        still = decided(judgement)
        assert {place: still.get(place) for place in truths} == truths


@PATIENT
@given(seed=SEEDS)
def test_one_more_answer_never_loses_what_another_answer_told(seed: int, adviser: Adviser) -> None:
    chance = Random(seed)
    raw = partial_plan(chance.choice)
    note(json.dumps(raw, ensure_ascii=False))
    known = lasting_facts(Plan.model_validate(raw), adviser)
    places = open_places(raw)
    for place in chance.sample(places, min(WAYS, len(places))):
        more = lasting_facts(Plan.model_validate(answered_at(raw, place, chance.choice)), adviser)
        lost = {fact: (value, more.get(fact)) for fact, value in known.items() if not still_holds(value, more.get(fact))}
        assert lost == {}, place


@settings(PATIENT, max_examples=100)
@given(seed=SEEDS)
def test_what_is_told_quickly_is_what_the_steps_tell(seed: int, adviser: Adviser) -> None:
    judgement = judge(Plan.model_validate(partial_plan(Random(seed).choice)), adviser.rulebook)
    tracer = Tracer(judgement)
    for outcome in judgement.all_outcomes():
        assert tracer.because(outcome) == because(tracer.outcome(outcome)), outcome.rule.id
        if outcome.status == "undecided":
            steps = [step for step in (tracer.applies(outcome), tracer.outcome(outcome)) if step is not None]
            told = tuple(dict.fromkeys(fact for step in steps for fact in missing(step)))
            assert tracer.missing(outcome) == told, outcome.rule.id
            assert tracer.missing(outcome, applies=False) == missing(tracer.outcome(outcome)), outcome.rule.id


def test_the_random_plans_make_nearly_every_fault_certain(adviser: Adviser) -> None:
    """Else the promise would be kept by plans of which nothing certain is said."""
    chance = Random(1)
    said = {rule for _ in range(400) for rule, _ in
            certain_faults(adviser.check(Plan.model_validate(partial_plan(chance.choice))))}  # fmt: skip
    gaps = adviser.rulebook.graph.gaps()
    faults = {rule.id for rule in adviser.knowledge.rules.values() if rule.severity and rule.id not in gaps}
    assert len(said) >= 0.9 * len(faults), faults - said


def test_a_completed_plan_leaves_nothing_open_but_what_cannot_be_told() -> None:
    """Groups without names cannot be pointed at, and a list of texts may be answered with none."""
    chance = Random(2)
    for _ in range(40):
        done = completed(partial_plan(chance.choice), chance.choice, of_ten=10)
        assert {place[-1] for place in open_places(done)} <= {"groups"}
