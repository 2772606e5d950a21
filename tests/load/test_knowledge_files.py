"""Knowledge files, and what is said of those that are wrong: rule language, sections 4, 6 and 8."""

from pathlib import Path
from typing import Any

import pytest
from small_knowledge import AREAS, DEFAULTS, GATE, STATUTORY, derived, dump, files, method, parameter, rule, small, words, wrong

from advisor.errors import KnowledgeError, Message
from advisor.load.data_files import DataFile, data_files
from advisor.load.knowledge_files import read_knowledge
from advisor.load.resources import data_folder
from advisor.model.fact_types import PLAN_FACTS
from advisor.model.vocabulary import VOCABULARIES


def sentences(**changed: Any) -> list[str]:
    """What is wrong with knowledge files, the places left out."""
    return [told.partition(": ")[2] for told in wrong(**changed)]


@pytest.fixture(scope="module")
def shipped() -> Any:
    return read_knowledge(data_files(data_folder()), "1")


def test_the_shipped_knowledge_fits_the_plan_format(shipped: Any) -> None:
    assert tuple(shipped.areas) == tuple(AREAS)
    assert set(shipped.questions) == set(PLAN_FACTS)
    assert {name: tuple(one.id for one in options) for name, options in shipped.vocabularies.items()} == VOCABULARIES
    assert set(shipped.alternatives) == {
        "mediate_first", "complex_issue_model", "inform", "postpone", "refer_to_other_body", "user_dialogue"}  # fmt: skip
    assert sorted(one.priority for one in shipped.alternatives.values()) == [1, 2, 3, 4, 5, 6]
    assert {f"gate.{part}" for part in GATE} <= set(shipped.conclusions)
    assert "statutory.any" in shipped.derived


def test_all_problems_of_all_files_at_once() -> None:
    told = wrong(
        DataFile("rules/goals/broken.yaml", b"id: goals.broken\nwhen: [\n"),
        DataFile("rules/goals/tested.yaml", dump(rule("goals.tested", "{fact: question.sinle, is: true}"))),
        DataFile("rules/roles/tested.yaml", dump(rule("roles.tested", "{fact: form, is: a}", severity="stopp"))),
        rule("law.reads", "{finding: goals.broken, present: true}"),
        rule("law.weeks", "{fact: consultation.weeks, above: {parameter: later}}", advice=words("{parameter: later}")),
        rule("law.items", "{fact: item.reached, is: true}", for_each="target_groups", advice=words("{fact:item.reached}")),
        parameters=[parameter("limit", ("2020-01-01", 1)), {"id": "later", "label": words("a"), "values": []}],
        derived=[STATUTORY, derived("reached", of="target_groups", cover=["item.channels", "item.reached_by"])],
        support=[{"id": "a", "title": {"sv": "a"}}],
        glossary=[{"id": "a", "term": words("a"), "definition": words("a"), "see": ["b"]}],
    )
    places = {place: [one.partition(": ")[2] for one in told if one.startswith(place)] for place in sorted(
        {one.partition(":")[0] for one in told})}  # fmt: skip
    assert places == {
        "knowledge/derived.yaml": ["okänd nyckel «cover»: menade ni «covers»?"],
        "knowledge/glossary.yaml": ["okänt begrepp «b»"],
        "knowledge/parameters.yaml": ["nyckeln «unit» saknas"],
        "knowledge/support.yaml": [f"nyckeln «{key}» saknas" for key in ("text", "for_whom", "when", "as_of", "en")],
        "rules/goals/broken.yaml": places["rules/goals/broken.yaml"],
        "rules/goals/tested.yaml": ["okänt faktum «question.sinle»: menade ni «question.single»?"],
        "rules/law/weeks.yaml": ["okänt i en text «{parameter: later}»: menade ni «{parameter:limit}»?"] * 2,
        "rules/roles/tested.yaml": [
            "okänt alternativ «a»", "«stopp» passar inte här, det ska vara 'stop', 'fix', 'advice'"],
    }
    assert len(places["rules/goals/broken.yaml"]) == 1
    assert told == sorted(told, key=lambda one: (one.split(":")[0], int(one.split(":")[1]), int(one.split(":")[2])))


def test_names_are_not_called_unknown_where_their_file_cannot_be_read() -> None:
    told = wrong(
        DataFile("knowledge/parameters.yaml", b"- id: [\n"), rule("law.a", "{fact: consultation.weeks, above: {parameter: far}}"),
        rule("law.b", "{fact: consultation.weeks, above: 7}"), parameters=None,
    )  # fmt: skip
    assert [one.partition(":")[0] for one in told] == ["knowledge/parameters.yaml", "rules/law/b.yaml"]


def test_a_misspelt_key_is_told_of_even_then() -> None:
    broken = DataFile("knowledge/parameters.yaml", b"- id: [\n")
    told = wrong(broken, rule("law.a", "{facts: form, known: true}"), parameters=None)
    assert told[1].endswith("okänt slags villkor «facts»: menade ni «fact»?")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("areas", {"id": "a"}, "filen ska innehålla en lista där varje post börjar med «- id:»"),
        ("vocabularies", ["a"], "filen ska innehålla vokabulärernas namn, vart och ett med en lista"),
        ("sources", ["a"], "här ska stå nycklar och värden, till exempel «id: …»"),
        ("sources", [{"id": "a-source", "title": "A"}, {"id": "a-source", "title": "B"}], "«a-source» finns redan i filen"),
        ("alternatives", [{**DEFAULTS["knowledge/alternatives.yaml"][0], "sources": ["b-source"]}],
         "okänd källa «b-source»: menade ni «a-source»?"),
        ("conclusions", [{"id": "statutory.any", "label": words("a")}], "«statutory.any» heter redan ett annat faktum"),
        ("conclusions", [{"id": "question.text", "label": words("a")}], "«question.text» heter redan ett annat faktum"),
        ("methods__cafe", method("caffe"), "«id» ska vara «cafe», som filen heter"),
        ("methods__tea", method("tea", sise_min=3), "okänd egenskap «sise_min»: menade ni «size_min»?"),
        ("methods__tea", method("tea", cost="cheap"), "värdet passar inte «cost»: cheap"),
        ("methods__tea", method("tea", size_min=None), "värdet passar inte «size_min»: None"),
        ("methods__tea", {**method("tea"), "aliases": ["CAFE"]}, "namnet «CAFE» hör redan till «cafe»"),
        ("methods__tea", {**method("tea"), "described_by": ["a-sourc"], "sources": ["a-sourc"]},
         "okänd källa «a-sourc»: menade ni «a-source»?"),
        ("support", [{"id": "a", "title": words("a"), "text": words("a"), "for_whom": words("a"), "when": words("a"),
                      "as_of": "2026-01-01", "factors": [9]}], "okänd faktor «9»"),
        ("retired", [{"id": "law.a", "since": "igår"}], "«igår» är inget datum, skriv till exempel 2026-03-01"),
        ("retired", [{"id": "law.a", "since": "2026-01-01", "replaced_by": "law.b"}], "okänd regel «law.b»"),
        ("parameters", [parameter("limit")], "«values» ska ha minst ett värde och ett för varje datum"),
        ("parameters", [parameter("limit", ("2020-01-01", 1), ("2020-01-01", 2))],
         "«values» ska ha minst ett värde och ett för varje datum"),
        ("parameters", [parameter("limit", ("1 mars", 1))], "«1 mars» är inget datum, skriv till exempel 2026-03-01"),
        ("parameters", [{**parameter("limit", ("2020-01-01", 1)), "label": {"sv": "a"}}], "nyckeln «en» saknas"),
    ],
)  # fmt: skip
def test_what_is_said_of_knowledge_that_is_wrong(name: str, content: Any, expected: str) -> None:
    assert expected in sentences(**{name: content})


def test_a_method_says_whether_it_has_bounds() -> None:
    attributes = method("tea")["attributes"]
    del attributes["hours_unbounded"]
    assert sentences(methods__tea=method("tea") | {"attributes": attributes}) == ["nyckeln «hours_unbounded» saknas"]


def test_a_retired_rule_is_gone_and_its_replacement_may_be_retired_too() -> None:
    chain = [{"id": "law.old", "since": "2026-01-01", "replaced_by": "law.older"},
             {"id": "law.older", "since": "2026-01-01", "replaced_by": "law.a"}]  # fmt: skip
    here = rule("law.a", "{fact: form, known: true}")
    assert wrong(here, retired=chain) == []
    told = wrong(here, retired=[{"id": "law.a", "since": "2026-01-01"}])
    assert told == ["knowledge/retired.yaml:1:7: regeln «law.a» finns kvar och är inte avskaffad"]


def test_a_worked_plan_and_its_entry_belong_together() -> None:
    here = rule("law.a", "{fact: form, known: true}")
    entry = {"id": "parken", "title": words("a"), "shows": words("a"), "must": ["law.a"], "must_not": []}
    assert wrong(here, examples=[entry]) == []
    assert small(here, examples=[entry]).examples["parken"].must[0].status == "certain"

    def told(examples: Any, *plans: str) -> list[str]:
        with pytest.raises(KnowledgeError) as error:
            read_knowledge(files(here, examples=examples), "1", {one: f"knowledge/examples/{one}.yaml" for one in plans})
        return [problem.text("sv") for problem in error.value.problems]

    assert read_knowledge(files(here, examples=[entry]), "1", {"parken": "parken.yaml"}).examples
    assert told([entry]) == ["knowledge/examples.yaml:1:7: planen knowledge/examples/parken.yaml finns inte"]
    assert told([entry], "badet", "parken") == ["knowledge/examples/badet.yaml: planen saknas i knowledge/examples.yaml"]
    assert told([{**entry, "shows": {"sv": "a"}}], "parken") == ["knowledge/examples.yaml:6:5: nyckeln «en» saknas"]
    assert [one.partition(":")[0] for one in told("- id: [", "parken")] == ["knowledge/examples.yaml"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"must": ["law.aa"]}, "okänd regel «law.aa»: menade ni «law.a»?"),
        ({"must": [{"rule": "law.b", "status": "possible"}]}, "okänd regel «law.b»: menade ni «law.a»?"),
        ({"must_not": ["goals.a"]}, "okänd regel «goals.a»"),
        ({"must": ["law.a"], "must_not": ["law.a"]}, "«law.a» står också under «must»"),
        ({"must": [{"rule": "law.a", "status": "maybe"}]}, "«maybe» passar inte här, det ska vara 'certain', 'possible'"),
        ({"must": [{"rul": "law.a"}]}, "okänd nyckel «rul»: menade ni «rule»?"),
        ({"must_no": []}, "okänd nyckel «must_no»: menade ni «must_not»?"),
    ],
)
def test_what_is_said_of_an_entry_that_is_wrong(changed: dict[str, Any], expected: str) -> None:
    entry = {"id": "parken", "title": words("a"), "shows": words("a"), "must": [], "must_not": [], **changed}
    assert expected in [told.partition(": ")[2] for told in wrong(rule("law.a", "{fact: form, known: true}"), examples=[entry])]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"weeks_betwen": ["schedule.start", "schedule.end"]}, "okänd nyckel «weeks_betwen»: menade ni «weeks_between»?"),
        ({"words": "question.text", "count": "goals"}, "det härledda faktumet ska ha precis en av: weeks_between, "),
        ({}, "det härledda faktumet ska ha precis en av: weeks_between, "),
        ({"weeks_between": ["schedule.start"]}, "«weeks_between» läser 2 fakta"),
        ({"weeks_between": ["schedule.start", "schedule.ende"]}, "okänt faktum «schedule.ende»: menade ni «schedule.end»?"),
        ({"weeks_between": ["schedule.start", "question.text"]}, "«weeks_between» kan inte läsa «question.text»"),
        ({"words": "target_groups.name"},
         "«target_groups.name» hör till en lista: skriv «of: target_groups» och «item.name»"),
        ({"words": "item.name"}, "okänt faktum «item.name»"),
        ({"of": "groups", "words": "item.name"}, "«groups» är ingen lista i planen"),
        ({"of": "target_groups", "words": "item.text"}, "okänt faktum «item.text»"),
        ({"of": "target_groups", "words": "item.other"}, "okänt faktum «item.other»"),
        ({"words": "inner"}, "okänt faktum «inner»"),
        ({"overlaps_calendar": {"calendar": "jly", "date": "schedule.start"}}, "okänt namn «jly»: menade ni «july»?"),
        ({"overlaps_calendar": {"date": "schedule.start"}}, "nyckeln «calendar» saknas"),
        ({"contains": {"text": "question.text", "words": "all"}}, "okänt namn «all»"),
        ({"class_of": {"number": "participation.expected", "scale": "amounts", "bounds": ["limit"]}},
         "okänt namn «amounts»: menade ni «amount»?"),
        ({"class_of": {"number": "participation.expected", "scale": "amount", "bounds": ["limt"]}},
         "okänd parameter «limt»: menade ni «limit»?"),
        ({"class_of": {"number": "participation.expected", "scale": "amount", "bounds": ["limit"] * 4}},
         "«bounds» ska vara färre än skalans steg"),
        ({"class_of": {"number": "participation.expected", "scale": "amount", "bounds": []}},
         "«bounds» ska vara färre än skalans steg"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_derived_fact_that_is_wrong(how: dict[str, Any], expected: str) -> None:
    others = [STATUTORY, derived("other", words="question.text"), derived("inner", of="goals", words="item.text")]
    july = [{"id": "july", "label": words("juli"), "spans": [{"yearly": {"from": "07-01", "to": "07-31"}}]}]
    [told] = sentences(derived=[*others, derived("a.fact", **how)], calendar=july)
    assert told.startswith(expected)


def test_a_derived_fact_has_a_name_of_its_own() -> None:
    assert sentences(derived=[STATUTORY, derived("question.text", words="question.text")]) == [
        "«question.text» heter redan ett faktum i planen"]  # fmt: skip
    for of, name in (("target_groups", "channels"), ("target_groups", "reached_by"), ("methods", "talk")):
        count = {"count": "communication.channels"}
        assert sentences(derived=[STATUTORY, derived(name, of=of, **count)]) == [f"«{name}» heter redan ett faktum i planen"]


def test_derived_facts_that_wait_for_one_another() -> None:
    def classed(name: str, number: str, **of: str) -> dict[str, Any]:
        return derived(name, **of, class_of={"number": number, "scale": "amount", "bounds": ["limit"]})

    # A class is no number, so such a ring has two things wrong with it.
    told = sentences(derived=[STATUTORY, classed("a", "b"), classed("b", "c"), classed("c", "a")])
    assert "härledda fakta väntar på varandra i en ring: a -> b -> c -> a" in told
    told = sentences(derived=[STATUTORY, derived("a", share=["a", "consultation.weeks"])])
    assert told == ["härledda fakta väntar på varandra i en ring: a -> a"]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ({}, "en period har precis en av: yearly, weekdays, easter, weekday, dates"),
        ({"weekdays": ["monday"], "dates": ["2026-01-01"]},
         "en period har precis en av: yearly, weekdays, easter, weekday, dates"),
        ({"yearly": {"from": "07-01"}}, "nyckeln «to» saknas"), ({"easter": {"from": 1}}, "nyckeln «to» saknas"),
        ({"weekday": {"day": "monday", "to": "07-01"}}, "nyckeln «from» saknas"),
        ({"yearly": {"from": "1 juli", "to": "07-31"}}, "«1 juli» är ingen dag på året, skriv till exempel 06-15"),
        ({"weekday": {"day": "monday", "from": "02-30", "to": "03-31"}},
         "«02-30» är ingen dag på året, skriv till exempel 06-15"),
        ({"weekdays": ["måndag"]}, "okänd veckodag «måndag»: menade ni «monday»?"),
        ({"weekday": {"day": "fri", "from": "01-01", "to": "02-01"}}, "okänd veckodag «fri»: menade ni «friday»?"),
        ({"dates": ["13 september"]}, "«13 september» är inget datum, skriv till exempel 2026-03-01"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_calendar_that_is_wrong(span: dict[str, Any], expected: str) -> None:
    assert sentences(calendar=[{"id": "july", "label": words("juli"), "spans": [span]}]) == [expected]


@pytest.mark.parametrize(("name", "lacking"), [("groups", "youth"), ("ladder", "dialogue"), ("factors", "8")])
def test_what_the_plan_format_needs_is_all_there(name: str, lacking: str) -> None:
    path = Path(data_folder()) / "knowledge" / f"{name}.yaml"
    data = small(**{name: path.read_text(encoding="utf-8"), "sources": SHIPPED_SOURCES})
    assert lacking in getattr(data, name)
    told = sentences(**{name: path.read_text(encoding="utf-8").replace(f"id: {lacking}\n", "id: another\n").replace(
        f"id: {lacking},", "id: another,").replace(f'id: "{lacking}"', "id: another"), "sources": SHIPPED_SOURCES})  # fmt: skip
    assert told == [f"«{lacking}» saknas i filen", "«another» finns inte i planformatet"]


SHIPPED_SOURCES = (data_folder() / "knowledge" / "sources.yaml").read_text(encoding="utf-8")


def test_questions() -> None:
    path = data_folder() / "knowledge" / "questions" / "schedule.yaml"
    text = path.read_text(encoding="utf-8")
    page = {"questions__schedule": text.replace("fact: schedule.end", "fact: schedule.ende")}
    told = sentences(**page)
    assert "okänt faktum «schedule.ende»: menade ni «schedule.end»?" in told
    [lacking] = [one for one in told if one.startswith("frågor saknas för: ")]
    assert "schedule.end," in lacking
    assert "schedule.start" not in lacking


def test_errors_speak_english_too() -> None:
    with pytest.raises(KnowledgeError) as raised:
        small(rule("law.a", "{fact: form, is: informaton}"))
    assert raised.value.text("en") == 'rules/law/a.yaml:4:7: unknown option "informaton": did you mean "information"?'


def own(**content: Any) -> list[DataFile]:
    """Files of a folder of the user's own, ``var``; a name may hold ``__`` for ``/``."""
    names = {key: key.replace("__", "/") + ".yaml" for key in content}
    return [DataFile(names[key], dump(data), f"var/{names[key]}", own=True) for key, data in content.items()]


def test_an_own_folder_adds_to_the_lists_the_methods_and_the_rules() -> None:
    given = own(
        rules__law__ours=rule("law.ours", "{fact: time.ours, above: {parameter: ours}}", sources=[{"ref": "ours"}]),
        knowledge__parameters=[parameter("ours", ("2020-01-01", 3))],
        knowledge__derived=[derived("time.ours", weeks_between=["schedule.start", "schedule.end"])],
        knowledge__sources=[{"id": "ours", "title": "Ours"}],
        knowledge__methods__ours=method("ours"),
    )
    knowledge = read_knowledge([*files(rule("law.a", "{fact: topic, is: care}")), *given], "1")
    assert list(knowledge.rules) == ["law.a", "law.ours"]
    assert "ours" in knowledge.methods and list(knowledge.parameters) == ["limit", "ours"]
    assert list(knowledge.sources) == ["a-source", "ours"]


def test_an_id_in_both_folders_is_an_error_that_names_both_places() -> None:
    here = rule("law.a", "{fact: topic, is: care}")
    limit = parameter("limit", ("2020-01-01", 3))
    given = own(rules__law__a=here, knowledge__methods__cafe=method("cafe"), knowledge__parameters=[limit],
                knowledge__derived=[STATUTORY], knowledge__glossary=[])  # fmt: skip
    with pytest.raises(KnowledgeError) as error:
        read_knowledge([*files(here), *given], "1")
    assert [problem.text("sv").removesuffix(": välj ett annat id") for problem in error.value.problems] == [
        "var/knowledge/derived.yaml:1:7: «statutory.any» finns redan i knowledge/derived.yaml:1",
        "var/knowledge/methods/cafe.yaml:1:5: «cafe» finns redan i knowledge/methods/cafe.yaml:1",
        "var/knowledge/parameters.yaml:1:7: «limit» finns redan i knowledge/parameters.yaml:1",
        "var/rules/law/a.yaml:1:5: «law.a» finns redan i rules/law/a.yaml:1",
    ]


def test_what_an_own_folder_cannot_add_to() -> None:
    given = own(knowledge__vocabularies={}, knowledge__questions__ours={}, knowledge__groups=[], knowledge__profiles=[])
    with pytest.raises(KnowledgeError) as error:
        read_knowledge([*files(rule("law.a", "{fact: topic, is: care}")), *given], "1")
    said = dict(problem.text("sv").split(": ", 1) for problem in error.value.problems)
    assert list(said) == [f"var/knowledge/{name}.yaml" for name in ("groups", "profiles", "questions/ours", "vocabularies")]
    assert said["var/knowledge/profiles.yaml"].startswith("en egen mapp har sin profil i profile.yaml")
    assert all("planformatet" in one for file, one in said.items() if "profiles" not in file)


def test_a_problem_in_an_own_file_has_its_own_path() -> None:
    given = own(rules__law__ours=rule("law.ours", "{fact: topics, is: care}"), knowledge__sources=[{"id": "ours"}])
    with pytest.raises(KnowledgeError) as error:
        read_knowledge([*files(), *given], "1")
    assert [problem.text("sv") for problem in error.value.problems] == [
        "var/knowledge/sources.yaml:1:3: nyckeln «title» saknas",
        "var/rules/law/ours.yaml:3:9: okänt faktum «topics»: menade ni «topic»?",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("parameter", "filen läses inte: menade ni «knowledge/parameters.yaml»?"),
        ("method__cafe", "filen läses inte: menade ni «knowledge/methods/»?"),
        ("something_else", "filen läses inte: ingen kunskapsfil heter så"),
    ],
)
def test_a_knowledge_file_of_no_known_name(name: str, expected: str) -> None:
    file = f"knowledge/{name.replace('__', '/')}.yaml"
    assert wrong(rule("law.a", "{fact: topic, is: care}"), **{name: []}) == [f"{file}: {expected}"]


def test_a_rule_file_with_another_ending_leaves_no_rule_unknown() -> None:
    stray = DataFile("rules/law/b.yml", b"", refused=Message("namnet ska sluta på .yaml"))
    assert wrong(rule("law.a", "{finding: law.b, present: true}"), stray) == ["rules/law/b.yml: namnet ska sluta på .yaml"]
