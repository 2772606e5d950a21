"""What a profile makes of the rules, with all that it extends."""

import pytest
from small_knowledge import rule, small

from advisor.model.profile import STANDARD, Profile, Terms, terms_of

PROFILES = {one.id: one for one in (
    Profile(id="low", extends=STANDARD, off=("law.a", "law.b"), severity={"law.c": "advice"}),
    Profile(id="lower", extends="low", off=("law.c",), severity={"law.a": "fix"}),
    Profile(id="free", severity={"law.old": "stop"}),
)}  # fmt: skip


def terms(name: str) -> Terms:
    return terms_of(name, PROFILES, lambda rule: {"law.old": "law.new"}.get(rule, rule))


def test_standard_changes_nothing_and_is_there_without_a_file() -> None:
    assert terms(STANDARD) == Terms(frozenset(), {})


def test_a_profile_keeps_what_it_extends_but_for_what_it_says_itself() -> None:
    assert terms("low") == Terms(frozenset({"law.a", "law.b"}), {"law.c": "advice"})
    assert terms("lower") == Terms(frozenset({"law.b", "law.c"}), {"law.a": "fix"})


def test_a_retired_rule_stands_for_its_replacement() -> None:
    assert terms("free").severity == {"law.new": "stop"}


def test_a_profile_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        terms("none")


def test_the_severity_of_a_rule() -> None:
    rules = small(*(rule(f"law.{name}", "{fact: topic, is: care}") for name in "abc"),
                  rule("context.hot", "{fact: topic, is: care}", concludes="context.hot")).rules  # fmt: skip
    assert [terms("low").severity_of(rules[f"law.{name}"]) for name in "abc"] == [None, None, "advice"]
    assert terms("low").severity_of(rules["context.hot"]) is None
    assert Terms().severity_of(rules["law.a"]) == "fix"


def test_knowledge_tells_its_profiles_in_order() -> None:
    knowledge = small(rule("law.a", "{fact: topic, is: care}"), profiles=[{"id": "one"}, {"id": "two"}])
    assert (knowledge.profile_names, knowledge.levels, knowledge.own_profile) == (("one", "two", STANDARD), ("one", "two"), None)
    own = knowledge.model_copy(update={"own_profile": "two"})
    assert own.levels == ("one",)
