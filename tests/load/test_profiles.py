"""Profile files: what is read, and everything that can be wrong in them, told at once."""

from typing import Any

import pytest
from small_knowledge import dump, files, rule, small, words, wrong

from advisor.errors import KnowledgeError
from advisor.load.data_files import DataFile
from advisor.load.knowledge_files import read_knowledge
from advisor.model.knowledge import Knowledge

RULES = (
    rule("law.a", "{fact: topic, is: care}", alternative="inform"),
    rule("law.b", "{fact: topic, is: care}"),
    rule("law.gap", "{fact: topic, known: false}", alternative="inform"),
    rule("context.hot", "{fact: topic, is: care}", concludes="context.hot"),
    rule("methods.m", "{fact: topic, is: care}", criterion="level", weighs=1),
)
REASON = words("för att")


def told(**profile: Any) -> list[str]:
    """What is wrong in one profile, after the file's name; it gives a reason."""
    entry = {"id": "strict", "reason": REASON} | profile
    return [one.removeprefix("knowledge/profiles.yaml:") for one in wrong(*RULES, profiles=[entry])]


def own(content: Any, **changed: Any) -> Knowledge:
    """The small knowledge with a folder of its own that holds only a profile."""
    file = DataFile("profile.yaml", dump(content), "var/profile.yaml", own=True)
    return read_knowledge([*files(*RULES, **changed), file], "1")


def test_profiles_are_read_in_the_order_of_the_file() -> None:
    profiles = [{"id": "low", "title": words("Låg"), "extends": "standard", "off": ["law.b"], "reason": REASON},
                {"id": "standard"},
                {"id": "high", "severity": {"law.a": "stop", "law.b": "advice"}, "reason": REASON}]  # fmt: skip
    knowledge = small(*RULES, profiles=profiles)
    assert list(knowledge.profiles) == ["low", "standard", "high"]
    assert knowledge.profiles["high"].severity == {"law.a": "stop", "law.b": "advice"}
    assert knowledge.terms("low").off == {"law.b"}


def test_the_users_own_profile_is_one_of_them_and_known_as_such() -> None:
    knowledge = own({"id": "ours", "extends": "low", "off": ["law.a"], "reason": REASON}, profiles=[{"id": "low"}])
    assert (list(knowledge.profiles), knowledge.own_profile, knowledge.levels) == (["low", "ours"], "ours", ("low",))


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({"off": ["law.aa"]}, "6:5: okänd regel «law.aa»: menade ni «law.a»?"),
        ({"off": ["nothing.like.it"]}, "6:5: okänd regel «nothing.like.it»"),
        ({"off": ["context.hot"]}, "6:5: «context.hot» drar en slutsats som andra regler läser, och kan inte stängas av"),
        ({"off": "law.a"}, "5:10: «off» har fel slags värde: law.a"),
        ({"severity": {"law.aa": "fix"}}, "6:5: okänd regel «law.aa»: menade ni «law.a»?"),
        ({"severity": {"law.a": "stopp"}}, "6:12: okänt allvar «stopp»: menade ni «stop»?"),
        ({"severity": {"law.b": "stop"}}, "6:12: «law.b» har ingen «alternative», och ett stopp ska säga vad ni gör i stället"),
        ({"severity": {"law.gap": "stop"}}, "6:14: «law.gap» bygger på «known»: något som saknas kan inte vara ett stopp"),
        ({"severity": {"methods.m": "fix"}}, "6:5: «methods.m» ger inget påpekande och har inget allvar att ändra"),
        ({"severity": {"context.hot": "fix"}}, "6:5: «context.hot» ger inget påpekande och har inget allvar att ändra"),
        ({"extends": "standrad"}, "5:12: okänd profil «standrad»: menade ni «standard»?"),
        ({"extends": "strict"}, "5:12: profilerna bygger på varandra i en ring: strict -> strict"),
        ({"of": ["law.a"]}, "5:3: okänd nyckel «of»: menade ni «off»?"),
        ({"off": ["law.a"], "severity": {"law.a": "fix"}},
         "8:5: «law.a» är avstängd i samma profil och kan inte också få ett allvar"),
        ({"off": ["law.a"], "reason": None}, "1:3: profilen ändrar regler och ska säga varför: nyckeln «reason» saknas"),
        ({"severity": {"law.a": "fix"}, "reason": {"sv": "därför"}}, "3:5: nyckeln «en» saknas"),
    ],
)  # fmt: skip
def test_what_can_be_wrong_in_a_profile(profile: dict[str, Any], expected: str) -> None:
    assert told(**profile) == [expected]


def test_everything_is_told_at_once() -> None:
    said = told(off=["law.aa", "context.hot"], severity={"law.b": "stop", "law.x": "fixx"}, extends="low", reason=None, titel="a")
    assert len(said) == 8


def test_a_profile_that_changes_nothing_needs_no_reason() -> None:
    assert told(off=[], severity={}, reason=None) == []


def test_a_retired_rule_may_be_named() -> None:
    retired = [{"id": "law.old", "since": "2026-01-01", "replaced_by": "law.a"}]
    profiles = [{"id": "low", "off": ["law.old"], "reason": REASON}]
    assert small(*RULES, retired=retired, profiles=profiles).terms("low").off == {"law.a"}


def test_a_ring_of_several_is_told_once() -> None:
    profiles = [{"id": name, "extends": base} for name, base in ("ab", "bc", "ca", "da")]
    assert wrong(*RULES, profiles=profiles) == [
        "knowledge/profiles.yaml:2:12: profilerna bygger på varandra i en ring: a -> b -> c -> a"]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([], "knowledge/profiles.yaml:1:1: filen ska innehålla en lista"),
        ([{"id": "low"}, {"id": "low"}], "knowledge/profiles.yaml:2:7: «low» finns redan i knowledge/profiles.yaml:1"),
        (["low"], "knowledge/profiles.yaml:1:3: här ska stå nycklar och värden"),
        ([{"title": words("a")}], "knowledge/profiles.yaml:1:3: nyckeln «id» saknas"),
    ],
)
def test_a_file_of_another_shape(content: Any, expected: str) -> None:
    given = {"id": "low"} if content == [] else content
    [said] = wrong(*RULES, profiles=given)
    assert said.startswith(expected)


def test_an_own_profile_that_has_a_shipped_ones_id_names_both_places() -> None:
    with pytest.raises(KnowledgeError) as error:
        own({"id": "low", "extends": "hihg"}, profiles=[{"id": "high"}, {"id": "low"}])
    assert [problem.text("sv") for problem in error.value.problems] == [
        "var/profile.yaml:1:5: «low» finns redan i knowledge/profiles.yaml:2: välj ett annat id",
        "var/profile.yaml:2:10: okänd profil «hihg»: menade ni «high»?",
    ]


@pytest.mark.parametrize("content", ["- id: a\n", "text\n", "[]\n"])
def test_an_own_profile_that_is_no_profile(content: str) -> None:
    with pytest.raises(KnowledgeError, match=r"var/profile\.yaml:1:1: här ska stå nycklar"):
        own(content)


def test_a_rule_that_is_wrong_itself_is_not_also_called_unknown() -> None:
    broken = {**rule("law.broken", "{fact: topic, is: care}"), "severity": "often"}
    profiles = [{"id": "low", "off": ["law.broken"], "severity": {"law.a": "stop"}, "reason": REASON}]
    [said] = wrong(*RULES, broken, profiles=profiles)
    assert said.startswith("rules/law/broken.yaml:")
