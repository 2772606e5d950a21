"""Rule files, and what is said of those that are wrong: rule language, sections 1 to 3 and 6."""

from typing import Any

import pytest
from small_knowledge import EXAMPLES, STATUTORY, derived, rule, small, words, wrong

from advisor.load.data_files import DataFile

KNOWN = "{fact: form, known: true}"
FAULT = "{fact: question.single, is: false}"
PLACE = "rules/question/tested.yaml"


def problems(without: tuple[str, ...] = (), rule_id: str = "question.tested", when: Any = FAULT, **keys: Any) -> list[str]:
    """What is said of a rule, its place left out."""
    data = {key: value for key, value in rule(rule_id, when, **keys).items() if key not in without}
    place = f"rules/{rule_id.replace('.', '/')}.yaml"
    return [told.removeprefix(place).partition(": ")[2] for told in wrong(data | {"id": rule_id})]


def test_a_whole_rule() -> None:
    told = small(rule(
        "question.tested", FAULT, applies="{fact: form, is_not: information}", severity="stop", factor="definition",
        alternative="inform", good=words("Så här"), not_when=words("Inte då"), valid_from="2021-10-14", basis="source",
        sources=[{"ref": "a-source", "at": "kapitel 1"}],
    )).rules["question.tested"]  # fmt: skip
    assert (told.area, told.severity, told.factor, told.valid_from, told.gap) == (
        "question", "stop", "definition", "2021-10-14", False)  # fmt: skip
    assert told.good is not None
    assert told.good.text("en") == "Så här in English"


@pytest.mark.parametrize("key", ["title", "severity", "factor", "when", "advice", "why", "basis", "sources", "examples"])
def test_what_a_finding_rule_must_have(key: str) -> None:
    told = problems(without=(key,))
    expected = {
        "severity": "regeln säger inte vad den ska ge: «severity», «concludes» eller «criterion» saknas",
        "examples": "en regel har minst tre exempel: ett där den utlöses, ett där den är tyst och helst ett där den inte går "
        "att avgöra",
    }  # fmt: skip
    assert told == [expected.get(key, f"nyckeln «{key}» saknas")]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"severity": "stopp"}, "«stopp» passar inte här, det ska vara 'stop', 'fix', 'advice'"),
        ({"severity": "stop", "alternative": None}, "ett stopp ska ha «alternative»: vad ni gör i stället"),
        ({"severity": "advice", "alternative": "inform"}, "ett råd har inte «alternative», bara stopp och åtgärda"),
        ({"alternative": "informm"}, "okänd annan väg «informm»: menade ni «inform»?"),
        ({"factor": 9}, "okänd faktor «9»"),
        ({"factor": "definitoin"}, "okänd faktor «definitoin»: menade ni «definition»?"),
        ({"basis": "source"}, "«basis: source» kräver minst en källa"),
        ({"sources": [{"ref": "a-sourse"}]}, "okänd källa «a-sourse»: menade ni «a-source»?"),
        ({"valid_from": "14 oktober"}, "«14 oktober» är inget datum, skriv till exempel 2026-03-01"),
        ({"for_each": "targetgroups"}, "okänd lista «targetgroups»: menade ni «target_groups»?"),
        ({"title": {"sv": "Bara svenska"}}, "nyckeln «en» saknas"),
        ({"title": {"sv": "a", "en": ""}}, "texten är tom"),
        ({"title": "Bara svenska"}, "«title» har fel slags värde: Bara svenska"),
        ({"advise": words("a")}, "okänd nyckel «advise»: menade ni «advice»?"),
        ({"gap": True}, "okänd nyckel «gap»"),
        ({"weighs": 1}, "«weighs» hör bara till regler med «for_each: catalogue»"),
        ({"examples": EXAMPLES[:2]}, "en regel har minst tre exempel: ett där den utlöses, ett där den är tyst och helst ett "
                                     "där den inte går att avgöra"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_rule_that_is_wrong(keys: dict[str, Any], expected: str) -> None:
    assert problems(**keys) == [expected]


def test_the_id_is_the_files_place() -> None:
    data = rule("question.tested", FAULT) | {"id": "question.testd"}
    file = DataFile(PLACE, str(data).encode())
    assert wrong(file)[0].endswith("id ska vara «question.tested», som filens plats och namn säger")
    assert problems(rule_id="qestion.tested") == ["okänt område «qestion»: menade ni «question»?"]
    assert problems(rule_id="question.Två.ord") == ["ett id är område.namn med små bokstäver, siffror och _, a till z"]
    method = {"criterion": "level", "weighs": 1, "when": "{fact: item.cost, is: low}"}
    assert problems(rule_id="metod.tested", **method) == ["okänt område «metod»: menade ni «methods»?"]
    alone = DataFile("rules/alone.yaml", str(rule("alone", FAULT)).encode())
    assert wrong(alone) == ["rules/alone.yaml:1:8: okänt område «alone»"]


def test_conclusion_rules() -> None:
    assert problems(concludes="context.hot") == []
    assert problems(concludes="context.hott") == ["okänd slutsats «context.hott»: menade ni «context.hot»?"]
    finding = {"severity": "fix", "title": words("a"), "factor": 1, "advice": words("a"), "alternative": "inform"}
    told = problems(concludes="context.hot", **finding)
    assert sorted(told) == sorted(f"en regel med «concludes» har inte «{key}»" for key in finding)
    assert problems(without=("why",), concludes="context.hot") == ["nyckeln «why» saknas"]


METHOD: dict[str, Any] = {"rule_id": "methods.tested", "when": "{fact: item.cost, is: low}", "criterion": "level"}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"weighs": 3}, []), ({"weighs": -3}, []), ({"excludes": True}, []), ({"weighs": 1, "adapt": words("a")}, []),
        ({"weighs": 4}, ["«weighs» är ett tal från -3 till 3, inte 0"]),
        ({"weighs": 0}, ["«weighs» är ett tal från -3 till 3, inte 0"]),
        ({}, ["en metodregel har antingen «weighs» eller «excludes: true»"]),
        ({"weighs": 1, "excludes": True}, ["en metodregel har antingen «weighs» eller «excludes: true»"]),
        ({"weighs": 1, "criterion": "leve"}, ["okänt kriterium «leve»: menade ni «level»?"]),
        ({"weighs": 1, "without": ("criterion",), "severity": "fix"},
         ["nyckeln «criterion» saknas", "bara en metodregel som utesluter eller talar emot kan ge ett påpekande"]),
        ({"weighs": 1, "without": ("because",)}, ["nyckeln «because» saknas"]),
        ({"weighs": 1, "severity": "fix"}, ["bara en metodregel som utesluter eller talar emot kan ge ett påpekande"]),
        ({"weighs": -1, "severity": "fix"}, []), ({"excludes": True, "severity": "stop"}, []),
        ({"excludes": True, "severity": "fix", "without": ("title",)}, ["nyckeln «title» saknas"]),
        ({"weighs": 1, "without": ("for_each",), "when": FAULT}, [
            f"«{key}» hör bara till regler med «for_each: catalogue»" for key in ("criterion", "weighs", "because")]),
        ({"weighs": 1, "when": "{fact: item.participants, above: 1}"},
         ["okänt faktum «item.participants»: menade ni «item.formats»?"]),
    ],
)  # fmt: skip
def test_method_rules(keys: dict[str, Any], expected: list[str]) -> None:
    assert sorted(problems(**METHOD | keys)) == sorted(expected)


def test_a_stop_on_a_gap_is_refused() -> None:
    refused = "något som saknas kan inte vara ett stopp: regeln bygger på «known»"
    assert problems(when=KNOWN, severity="stop") == [refused]
    assert problems(applies=KNOWN, severity="stop") == [refused]
    assert problems(when=f"{{some: goals, where: {KNOWN.replace('form', 'each.text')}}}", severity="stop") == [refused]
    steps = (
        rule("roles.asks", KNOWN), rule("context.hot", "{finding: roles.asks, present: true}", concludes="context.hot"),
        rule("law.reads", "{fact: context.hot, is: true}"),
        rule("question.stop", "{finding: law.reads, present: false}", severity="stop"),
    )  # fmt: skip
    assert [told.partition(": ")[2] for told in wrong(*steps)] == [refused]
    assert wrong(rule("question.stop", FAULT, severity="stop")) == []


def test_rules_that_wait_for_one_another() -> None:
    ring = wrong(
        rule("law.a", "{finding: law.b, present: true}"), rule("law.b", "{fact: context.hot, is: true}"),
        rule("context.c", "{finding: law.a, present: true}", concludes="context.hot"),
        rule("law.free", "{finding: law.a, present: true}"),
    )  # fmt: skip
    assert [told.partition(": ")[2] for told in ring] == [
        "reglerna väntar på varandra i en ring: law.a -> law.b -> context.c -> law.a"]  # fmt: skip
    itself = wrong(rule("law.a", "{finding: law.a, present: true}"))
    assert [told.partition(": ")[2] for told in itself] == ["reglerna väntar på varandra i en ring: law.a -> law.a"]


def test_only_a_rule_that_raises_findings_has_one_to_read() -> None:
    others = (rule("context.a", FAULT, concludes="context.hot"),
              rule("methods.a", "{fact: item.cost, is: low}", criterion="means", weighs=1))  # fmt: skip
    for name in ("context.a", "methods.a"):
        told = wrong(*others, rule("law.a", f"{{finding: {name}, present: true}}"))
        assert [one.partition(": ")[2] for one in told] == [f"regeln «{name}» ger inget påpekande att läsa"]


BRACES = "klamrar hör bara till «{item}», «{fact:…}» och «{parameter:…}», i par"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Se {fact:question.text} och {parameter:limit}", None), ("{fact:statutory.any} {fact:gate.goals}", None),
        ("{fact:question.txt}", "okänt i en text «{fact:question.txt}»: menade ni «{fact:question.text}»?"),
        ("{parameter:limt}", "okänt i en text «{parameter:limt}»: menade ni «{parameter:limit}»?"),
        ("{item}", "okänt i en text «{item}»"), ("{fact:item.channels}", "okänt i en text «{fact:item.channels}»"),
        ("{name}", "okänt i en text «{name}»"), ("{}", "okänt i en text «{}»"),
        ("{fact: form}", "okänt i en text «{fact: form}»"),
        ("{fact:form", BRACES), ("}", BRACES), ("{{fact:form}}", BRACES),
    ],
)  # fmt: skip
def test_placeholders(text: str, begins: str | None) -> None:
    told = problems(advice={"sv": text, "en": "a"})
    assert len(told) == (begins is not None)
    assert all(one.startswith(begins or "") for one in told)


def test_placeholders_of_items() -> None:
    assert problems(for_each="target_groups", advice=words("Bjud in {item} via {fact:item.channels}")) == []
    assert problems(for_each="method_groups", advice=words("{item} {fact:item.group.channels}")) == []
    assert len(problems(for_each="target_groups", advice=words("{fact:item.chanels}"))) == 2  # in both languages
    pointed = wrong(rule("question.tested", FAULT, advice={"sv": "a", "en": "{parameter:limt}"}))
    assert pointed[0].endswith("okänt i en text «{parameter:limt}»: menade ni «{parameter:limit}»?")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"question.single": False, "goals": [{"text": "a"}], "gate.goals": True, "statutory.any": False,
          "finding:law.b": True, "consultation.weeks": 3, "schedule.start": "2026-01-01"}, []),
        ({"question.single": "unknown"}, []),
        ({"question.sinle": True}, ["okänt faktum «question.sinle»: menade ni «question.single»?"]),
        ({"question.single": "kanske"}, ["värdet passar inte «question.single»: kanske"]),
        ({"finding:law.c": True}, ["okänd regel «law.c»: menade ni «law.b»?"]),
        ({"finding:law.b": "ja"}, ["här ska stå true eller false"]),
        ({"gate.goals": "unknown"}, ["värdet passar inte «gate.goals»: unknown"]),
        ({"goals": [{"txt": "a"}]}, ["värdet passar inte «goals»: [{'txt': 'a'}]"]),
        ({"item.channels": ["web"]}, ["okänt faktum «item.channels»"]),
    ],
)  # fmt: skip
def test_what_examples_may_give(given: dict[str, Any], expected: list[str]) -> None:
    examples = [*EXAMPLES[:2], {"name": "c", "given": given, "expect": "fires"}]
    told = wrong(rule("question.tested", FAULT, examples=examples), rule("law.b", FAULT))
    assert [one.partition(": ")[2] for one in told] == expected


def test_what_examples_may_expect() -> None:
    def told(**keys: Any) -> list[str]:
        return problems(examples=[*EXAMPLES[:2], {"name": "c", "given": {}} | keys])

    assert told(expect="undecided", missing=["question.single"]) == []
    assert told(expect="undecided", missing=["target_groups[0].channels", "gate.goals"]) == []
    assert told(expect="fires", missing=["question.single"]) == ["«missing» hör bara till «expect: undecided»"]
    assert told(expect="undecided", missing=["question.sinle"]) == [
        "okänt faktum «question.sinle»: menade ni «question.single»?"]  # fmt: skip
    assert told(expect="fired") == [
        "«fired» passar inte här, det ska vara 'fires', 'silent', 'undecided', 'not_applicable'"]  # fmt: skip


def test_a_derived_fact_of_items_in_an_example() -> None:
    reached = derived("reached", of="target_groups", covers=["item.channels", "item.reached_by"])
    examples = [*EXAMPLES[:2], {"name": "c", "given": {"item.reached": False}, "expect": "fires"}]
    of_items = rule("question.tested", "{fact: item.reached, is: false}", for_each="target_groups", examples=examples)
    assert wrong(of_items, derived=[STATUTORY, reached]) == []
