"""Names of target groups, and the methods' groups that point at them."""

from collections.abc import Callable

import pytest

from advisor.load.documents import read_yaml
from advisor.load.plan_reader import parse_plan

Told = Callable[[str], list[str]]

GROUPS = "target_groups: [{name: Elever}, {name: Vårdnadshavare i norr}]\n"


def test_near_and_far_names(told: Told) -> None:
    assert told(GROUPS + "methods:\n  - {groups: [Elver, Kalle Anka]}\n  - groups: [Elever, vårdnadshavare norr]\n") == [
        "3:15: Ingen målgrupp i planen heter «Elver». Menar ni «Elever»?",
        "3:22: Ingen målgrupp i planen heter «Kalle Anka». Målgrupperna heter: «Elever», «Vårdnadshavare i norr». Skriv "
        "all om metoden är till för alla.",
        "4:22: Ingen målgrupp i planen heter «vårdnadshavare norr». Menar ni «Vårdnadshavare i norr»?",
    ]  # fmt: skip


@pytest.mark.parametrize("groups", ["all", "[all]", "[Elever]", "[ELEVER, '  vårdnadshavare  i NORR ']", "unknown",
                                    "[unknown, Elever]", "", "[]", "[null, '']", "[All]"])  # fmt: skip
def test_case_and_spaces_do_not_matter(groups: str) -> None:
    assert parse_plan(read_yaml(f"{GROUPS}methods: [{{groups: {groups}}}]", "p"))


@pytest.mark.parametrize("groups", ["", "target_groups:\n", "target_groups: unknown\n", "target_groups: [unknown]\n",
                                    "target_groups: [{kind: [children]}]\n", "target_groups: [{name: unknown}]\n"])  # fmt: skip
def test_no_group_has_a_name(told: Told, groups: str) -> None:
    [sentence] = told(groups + "methods: [{groups: [Elever]}]")
    assert sentence.endswith(
        "Ingen målgrupp i planen heter «Elever». Lägg till den under target_groups, eller skriv all om metoden är till "
        "för alla."
    )
    assert not told(groups + "methods: [{groups: all}]")


def test_two_groups_with_one_name(told: Told) -> None:
    text = "target_groups:\n  - {name: Elever}\n  - {name: Unga}\n  - {name: ' elever'}\n  - {name: ELEVER}\n"
    assert told(text) == [
        "4:12: Två målgrupper heter «elever». Den första står på rad 2. Ge dem olika namn.",
        "5:12: Två målgrupper heter «ELEVER». Den första står på rad 2. Ge dem olika namn.",
    ]


def test_unknown_and_missing_names_are_not_the_same_name(told: Told) -> None:
    assert not told("target_groups: [{name: unknown, size: 1}, {name: okänt, size: 2}, {size: 3}, {name: '', size: 4}]")


@pytest.mark.parametrize("groups", ["Elever", "[Elever, Unga]", "{name: Elever}", "[[Elever]]"])
def test_groups_that_cannot_be_read_are_told_once(told: Told, groups: str) -> None:
    sentences = told(f"target_groups: {groups}\nmethods: [{{groups: [Elever]}}]")
    assert sentences
    assert not [one for one in sentences if "Ingen målgrupp" in one]


def test_other_problems_are_told_beside_them(told: Told) -> None:
    assert len(told(GROUPS + "methods: [{groups: [X], start: igår}]\nstatus: y")) == 3
