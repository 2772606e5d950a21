"""Every fact a rule may read, with its type: rule language, sections 4 and 8."""

from small_knowledge import STATUTORY, derived, rule, small

from advisor.model.fact_space import FactSpace
from advisor.model.fact_types import CATALOGUE, LISTS, PAGE_ORDER, PAIRS, PLAN_FACTS, item_facts
from advisor.model.rule import CRITERIA, FACTORS, SEVERITY_POINTS
from advisor.model.vocabulary import SCALES, VOCABULARIES

SPACE = FactSpace({one.id: one for one in small(derived=[
    STATUTORY, derived("time.weeks", weeks_between=["schedule.start", "schedule.end"]),
    derived("reached", of="target_groups", covers=["item.channels", "item.reached_by"]),
]).derived.values()}, frozenset({"gate.goals"}))  # fmt: skip


def test_lists() -> None:
    assert LISTS == ("goals", "governance.decision_path", "target_groups", "methods", "evaluation.indicators")


def test_only_these_are_ordered() -> None:
    ordered = {fact for fact, kind in PLAN_FACTS.items() if kind.ordered}
    assert ordered == {
        "influence.level", "mandate.highest_level", "methods.level", "question.conflict", "history.earlier_dialogues",
        "governance.step", "methods.step", "roles.facilitation_skill", "resources.level", "question.interest", "question.trust",
    }  # fmt: skip
    assert {name for name, kind in item_facts(CATALOGUE).items() if kind.ordered and kind.kind == "option"} == {
        "cost", "skill_needed", "conflict_fit", "complexity_fit"}  # fmt: skip
    assert VOCABULARIES["amount"] == ("low", "medium", "high", "very_high")
    assert VOCABULARIES["fit"] == ("poor", "fair", "good")
    assert VOCABULARIES["ladder"] == ("information", "consultation", "dialogue", "influence", "co_decision")
    assert set(VOCABULARIES) >= SCALES


def test_kinds() -> None:
    kinds = {fact: PLAN_FACTS[fact].kind for fact in (
        "question.text", "question.single", "question.conflict", "statutory", "consultation.weeks", "schedule.start", "goals",
        "communication.languages", "methods.groups")}  # fmt: skip
    assert list(kinds.values()) == ["text", "boolean", "option", "options", "number", "date", "items", "texts", "texts"]


def test_catalogue_facts() -> None:
    facts = item_facts(CATALOGUE)
    assert {name for name, kind in facts.items() if kind.kind == "options"} == set(
        "levels purposes selections formats groups_good groups_weak stages".split())  # fmt: skip
    assert {name for name, kind in facts.items() if kind.kind == "number"} == set(
        "size_min size_max hours_min hours_max weeks_min weeks_max breadth_score depth_score".split())  # fmt: skip
    assert {name for name, kind in facts.items() if kind.kind == "option"} == set(
        "id cost skill_needed conflict_fit complexity_fit talk".split())  # fmt: skip
    assert {name for name, kind in facts.items() if kind.kind == "boolean"} == set(
        "size_unbounded hours_unbounded weeks_unbounded reaches_hard_to_reach".split())  # fmt: skip
    assert facts["id"].vocabulary == "method"


def test_a_method_item_has_its_own_keys_and_the_catalogues_facts() -> None:
    planned, catalogue = item_facts("methods"), item_facts(CATALOGUE)
    assert planned.keys() >= catalogue.keys()
    assert planned.keys() - catalogue.keys() == {
        "method", "groups", "participants", "sessions", "start", "end", "format", "level", "step", "venue"}  # fmt: skip
    assert set(item_facts("target_groups")) >= {"kind", "reached_by", "helped_by"}
    assert {name.partition(".")[0] for name in item_facts(PAIRS)} == {"method", "group"}


def test_what_stands_where() -> None:
    def kind(fact: str, item_of: str | None = None, each_of: str | None = None) -> str | None:
        found = SPACE.find(fact, item_of, each_of)
        return found.kind if found else None

    assert kind("gate.goals") == "boolean"
    assert kind("time.weeks") == "number"
    assert kind("target_groups.channels") is None
    assert kind("item.channels") is None
    assert kind("item.channels", "target_groups") == "options"
    assert kind("item.reached", "target_groups") == "boolean"
    assert kind("item.reached", "methods") is None
    assert kind("item.group.reached", PAIRS) == "boolean"
    assert kind("item.channels", PAIRS) is None
    assert kind("each.measurable", None, "goals") == "boolean"
    assert kind("each.measurable", "goals", None) is None
    assert kind("item.sessions", CATALOGUE) is None
    assert kind("accepted.rule") is None
    assert kind("format") is None


def test_page_order_is_that_of_the_plan_format() -> None:
    order = ["title", "form", "statutory", "history.mapped", "roles.owner", "question.text", "goals", "goals.text",
             "influence.level", "governance.process", "participation.breadth", "target_groups", "methods", "schedule.start",
             "participatory_budget.amount_sek"]  # fmt: skip
    assert sorted(order, key=PAGE_ORDER.__getitem__) == order


def test_points_and_factors() -> None:
    assert SEVERITY_POINTS == {"stop": 3, "fix": 2, "advice": 1}
    assert FACTORS == ("definition", "1", "2", "3", "4", "5", "6", "7", "8")
    assert CRITERIA == tuple("level goal depth breadth size group conflict trust complexity stage time means skill form "
                             "recruitment".split())  # fmt: skip
    assert small(rule("law.a", "{fact: form, known: true}", factor=3)).rules["law.a"].factor == "3"
