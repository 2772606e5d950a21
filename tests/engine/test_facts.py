"""A plan as facts, and the items and pairs that rules judge: rule language, sections 4 and 5."""

from typing import Any

from small_knowledge import plan, rulebook

from advisor.engine.facts import Entry, Facts, facts_of, lay_out, settled_by
from advisor.model.answers import Listed

THINGS = rulebook().things


def facts(text: str) -> Facts:
    told = facts_of(plan(text), THINGS)
    lay_out(told)
    return told


def test_absent_empty_and_unknown_are_one_thing_to_the_logic() -> None:
    for text in ("", "question: {single: }", "question: {single: unknown}", "question: vet ej", "question: {}"):
        assert facts(text).values == {"form": "citizen_dialogue"}


def test_what_was_answered_unknown_is_remembered() -> None:
    told = facts("""
        question: vet ej
        influence: {level: unknown}
        communication: {channels: [web, unknown]}
        target_groups: [{kind: unknown, channels: [web, okänt]}, unknown]
        goals: [unknown]
    """)
    assert told.answered_unknown == {
        "question", "influence.level", "communication.channels", "target_groups[0].kind", "target_groups[0].channels",
        "target_groups[1]", "goals[0]", "goals",
    }  # fmt: skip
    assert told.values["communication.channels"] == Listed(("web",), 1)
    assert told.values["target_groups"][1] is None


def test_only_an_absent_form_has_a_default() -> None:
    absent, unknown, given = facts(""), facts("form: unknown"), facts("form: information")
    assert absent.values["form"] == "citizen_dialogue"
    assert not absent.answered("form")
    assert "form" not in unknown.values
    assert given.values["form"] == "information"
    assert given.answered("form")


def test_an_empty_list_of_options_is_an_answer_and_an_empty_list_of_items_is_none() -> None:
    told = facts("statutory: none\ntarget_groups: []\ncommunication: {channels: [], languages: []}")
    assert told.values["statutory"] == Listed(())
    assert told.values["communication.channels"] == Listed(())
    assert "target_groups" not in told.values
    assert "communication.languages" not in told.values


def test_a_key_of_items_is_answered_where_one_item_answers_it() -> None:
    told = facts("target_groups: [{name: A}, {name: B, kind: [youth]}]")
    assert told.answered("target_groups.kind")
    assert told.answered("target_groups")
    assert not told.answered("target_groups.channels")
    assert not facts("target_groups: [unknown]").answered("target_groups")


def test_the_catalogue_tells_of_planned_methods_by_id_alias_or_name() -> None:
    told = facts("methods: [{method: cafe}, {method: Cafe IN English}, {method: Något eget}, {participants: 5}]")
    methods = told.values["methods"]
    assert [method.get("id") for method in methods] == ["cafe", "cafe", None, None]
    assert methods[0]["levels"] == Listed(("dialogue",))
    assert methods[0]["size_min"] == 10
    assert "size_max" not in methods[0]
    assert told.unknown_methods == [(2, "Något eget")]


def test_kinds_tell_the_union_of_what_reaches_and_helps() -> None:
    groups = facts("""
        target_groups: [{kind: [youth, residents]}, {kind: [children, unknown]}, {kind: []}, {name: Utan}]
    """).values["target_groups"]  # fmt: skip
    assert groups[0]["reached_by"] == Listed(("school", "web", "letter"))
    assert groups[0]["helped_by"] == Listed(("own_meeting",))
    assert groups[1]["reached_by"] == Listed(("school",), 1)
    assert groups[2]["reached_by"] == Listed(())
    assert "reached_by" not in groups[3]


def test_an_unanswered_list_gives_one_entry_and_an_unknown_item_its_own() -> None:
    assert facts("").entries["target_groups"] == [Entry("target_groups", None, None, missing=("target_groups",))]
    entries = facts("target_groups: [{name: A}, unknown]").entries["target_groups"]
    assert [(entry.index, entry.missing) for entry in entries] == [(0, ()), (1, ("target_groups[1]",))]
    assert entries[1].values is None


def pairs(text: str) -> list[tuple[Any, ...]]:
    """Every pair: the places of its method and group, whether it can be judged, and what would say so."""
    return [(one.index, one.group_index, one.values is not None, one.missing)
            for one in facts(text).entries["method_groups"]]  # fmt: skip


def test_pairs() -> None:
    groups = "target_groups: [{name: Unga}, {name: Äldre}]\n"
    assert pairs("") == [(None, None, False, ("methods",))]
    assert pairs(groups + "methods: [{method: cafe, groups: all}]") == [(0, 0, True, ()), (0, 1, True, ())]
    assert pairs(groups + "methods: [{method: cafe, groups: [' äldre']}]") == [(0, 1, True, ())]
    assert pairs(groups + "methods: [{method: cafe}]") == [(0, None, False, ("methods[0].groups",))]
    assert pairs(groups + "methods: [{method: cafe, groups: vet ej}]") == [(0, None, False, ("methods[0].groups",))]
    assert pairs(groups + "methods: [{method: cafe, groups: [Unga, unknown]}]") == [
        (0, 0, True, ()), (0, None, False, ("methods[0].groups",))]  # fmt: skip
    assert pairs(groups + "methods: [unknown, {method: survey, groups: [Unga]}]") == [
        (0, None, False, ("methods[0]",)), (1, 0, True, ())]  # fmt: skip
    assert pairs("methods: [{method: cafe, groups: all}]") == [(0, None, False, ("target_groups",))]
    assert pairs("target_groups: [{name: Unga}, unknown]\nmethods: [{method: cafe, groups: all}]") == [
        (0, 0, True, ()), (0, 1, False, ("target_groups[1]",))]  # fmt: skip
    assert pairs("target_groups: [{name: Unga}, unknown]\nmethods: [{method: cafe, groups: [Unga]}]") == [(0, 0, True, ())]


def test_a_pair_has_the_facts_of_both_its_halves() -> None:
    entry = facts("target_groups: [{name: Unga, kind: [youth]}]\nmethods: [{method: cafe, groups: all}]").entries[
        "method_groups"][0]  # fmt: skip
    assert entry.values is not None
    assert entry.values["method.talk"] == "small_groups"
    assert entry.values["method.method"] == "cafe"
    assert entry.values["group.kind"] == Listed(("youth",))
    assert entry.values["group.reached_by"] == Listed(("school",))


def test_what_would_settle_an_items_fact() -> None:
    told = facts("""
        target_groups: [{name: Unga}, {name: Barn, kind: [children]}, {name: Fler, kind: [children, unknown]}]
        methods: [{method: cafe, groups: all}, {method: Något eget}, {participants: 3}]
    """)
    groups, methods, both = (told.entries[of] for of in ("target_groups", "methods", "method_groups"))
    assert settled_by("channels", groups[0]) == "target_groups[0].channels"
    assert settled_by("reached_by", groups[0]) == "target_groups[0].kind"
    assert settled_by("reached_by", groups[1]) is None
    assert settled_by("reached_by", groups[2]) == "target_groups[2].kind"
    assert settled_by("size_max", methods[0]) is None
    assert settled_by("levels", methods[1]) is None
    assert settled_by("levels", methods[2]) == "methods[2].method"
    assert settled_by("group.channels", both[0]) == "target_groups[0].channels"
    assert settled_by("method.participants", both[0]) == "methods[0].participants"
    assert settled_by("size_max", Entry("catalogue", 0, {})) is None
