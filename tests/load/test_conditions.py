"""Conditions in rule files, and what is said of those that are wrong: rule language, sections 4 and 6."""

import pytest
from small_knowledge import rule, small, wrong

from advisor.load.conditions import OPERATORS, ConditionReader
from advisor.load.documents import read_yaml
from advisor.load.problems import Problems
from advisor.model.condition import All, AnyOf, Condition, CountTest, FactTest, FactValue, FindingTest, Not, ParameterValue, Some
from advisor.model.fact_space import FactSpace

KNOWLEDGE = small(rule("law.b", "{fact: form, known: true}"))
SPACE = FactSpace(KNOWLEDGE.derived, frozenset(KNOWLEDGE.conclusions))


def read(text: str, for_each: str | None = None) -> tuple[Condition | None, list[str]]:
    """A condition, and what is wrong in it as ``column: sentence``."""
    document, problems = read_yaml(text, "f", typed=True), Problems()
    knowledge = KNOWLEDGE
    reader = ConditionReader(document, SPACE, knowledge.rules, knowledge.parameters, knowledge.methods, for_each, problems)
    return reader.read(document.data, ()), [f"{one.column}: {one.message.text('sv')}" for one in problems.found]


def test_every_form() -> None:
    condition, problems = read("""
        all:
          - any: [{fact: question.single, is: false}, {finding: law.b, present: true}]
          - not: {fact: schedule.start, after: {fact: schedule.end}}
          - {some: goals, where: {fact: each.kind, one_of: [views, ideas]}}
          - {count: methods, at_least: {parameter: limit}, where: {fact: each.sessions, above: 0}}
          - {count: communication.channels, is: 1}
          - {fact: history.earlier_results_used, is: true}
          - {fact: schedule.end, before: 2026-03-01}
    """)
    assert problems == []
    assert condition == All(all=(
        AnyOf(any=(FactTest(fact="question.single", op="is", value=False), FindingTest(finding="law.b", present=True))),
        Not(negated=FactTest(fact="schedule.start", op="after", value=FactValue(fact="schedule.end"))),
        Some(some="goals", where=FactTest(fact="each.kind", op="one_of", value=("views", "ideas"))),
        CountTest(count="methods", op="at_least", value=ParameterValue(parameter="limit"),
                  where=FactTest(fact="each.sessions", op="above", value=0)),
        CountTest(count="communication.channels", op="is", value=1),
        FactTest(fact="history.earlier_results_used", op="is", value="yes"),
        FactTest(fact="schedule.end", op="before", value="2026-03-01"),
    ))  # fmt: skip


FACTS = {
    "boolean": "question.single", "option": "question.influenceable", "ordered": "question.conflict",
    "number": "consultation.weeks", "date": "schedule.start", "options": "communication.channels", "text": "question.text",
    "texts": "communication.languages", "items": "goals",
}  # fmt: skip
VALUES = {
    "boolean": "true", "option": "partly", "ordered": "tension", "number": "1", "date": "2026-01-01", "options": "web"
}
EVERY_OPERATOR = sorted({op for ops in OPERATORS.values() for op in ops})
FITTING = {
    "boolean": "is is_not", "option": "is is_not one_of none_of", "number": "is is_not above at_least below at_most",
    "ordered": "is is_not one_of none_of above at_least below at_most", "date": "is is_not before after",
    "options": "includes includes_any includes_all excludes", "text": "", "texts": "", "items": "",
}  # fmt: skip


@pytest.mark.parametrize("kind", FACTS)
def test_an_operator_fits_the_facts_type(kind: str) -> None:
    for op in EVERY_OPERATOR:
        value = VALUES.get(kind, "a")
        listed = f"[{value}]" if op in ("one_of", "none_of", "includes_any", "includes_all") else value
        condition, problems = read(f"{{fact: {FACTS[kind]}, {op}: {listed}}}")
        assert (condition is not None) is (op in FITTING[kind].split()), (op, problems)
    for known in ("true", "false"):
        assert read(f"{{fact: {FACTS[kind]}, known: {known}}}")[0] is not None
    told = read(f"{{fact: {FACTS[kind]}, near: 1}}")[1]
    fitting = ", ".join(("known", *FITTING[kind].split()))
    assert [problem.partition(" ")[2] for problem in told] == [f"«near» passar inte «{FACTS[kind]}», som tar: {fitting}"]


NUMBER = "ett tal i en regel är 0, 1 eller 2; andra tal är en parameter: {parameter: …} och en post i knowledge/parameters.yaml"
NESTED = "«some» och «count» med «where» kan inte stå inuti varandra"
NUMBER_OPS = "is, is_not, above, at_least, below, at_most"


@pytest.mark.parametrize(
    ("when", "problem"),
    [
        ("{fact: question.influencable, is: fully}",
         "8: okänt faktum «question.influencable»: menade ni «question.influenceable»?"),
        ("{fact: question.influenceable, is: fuly}", "36: okänt alternativ «fuly»: menade ni «fully»?"),
        ("{fact: question.influenceable, is: fully, is_not: partly}",
         "1: «question.influenceable» ska följas av precis en av: known, is, is_not, one_of, none_of"),
        ("{fact: question.influenceable}",
         "1: «question.influenceable» ska följas av precis en av: known, is, is_not, one_of, none_of"),
        ("{fact: question.single, is: ja}", "29: här ska stå true eller false"),
        ("{fact: form, known: kanske}", "21: här ska stå true eller false"),
        ("{fact: consultation.weeks, above: 3}", f"35: {NUMBER}"),
        ("{fact: consultation.weeks, above: -1}", f"35: {NUMBER}"),
        ("{fact: consultation.weeks, above: 1.5}", f"35: {NUMBER}"),
        ("{fact: consultation.weeks, above: true}", f"35: {NUMBER}"),
        ("{count: goals, above: 3}", f"23: {NUMBER}"),
        ("{fact: consultation.weeks, above: {parameter: limt}}", "47: okänd parameter «limt»: menade ni «limit»?"),
        ("{fact: consultation.weeks, above: {parameter: [limit]}}", "47: okänd parameter «['limit']»: menade ni «limit»?"),
        ("{fact: question.conflict, above: {parameter: limit}}",
         "34: en parameter är ett tal, och «question.conflict» är inget tal"),
        ("{fact: question.conflict, above: {fact: influence.level}}",
         "34: «question.conflict» och «influence.level» kan inte jämföras: de har inte samma skala eller alternativ"),
        ("{fact: consultation.weeks, above: {fact: statutory.any}}",
         "35: «consultation.weeks» och «statutory.any» kan inte jämföras: de har inte samma skala eller alternativ"),
        ("{fact: consultation.weeks, above: {fakt: a}}", "35: här ska stå ett värde, {parameter: …} eller {fact: …}"),
        ("{fact: schedule.start, before: soon}", "32: «soon» är inget datum, skriv till exempel 2026-03-01"),
        ("{fact: schedule.start, before: 2026-02-30}", "32: «2026-02-30» är inget datum, skriv till exempel 2026-03-01"),
        ("{fact: communication.channels, includes_any: web}", "46: «includes_any» ska följas av en lista, till exempel [a, b]"),
        ("{fact: communication.channels, includes_all: []}", "46: «includes_all» ska följas av en lista, till exempel [a, b]"),
        ("{fact: communication.channels, includes_any: [web, smss]}", "52: okänt alternativ «smss»: menade ni «sms»?"),
        ("{facts: a}", "2: okänt slags villkor «facts»: menade ni «fact»?"),
        ("{finding: law.c, present: true}", "11: okänd regel «law.c»: menade ni «law.b»?"),
        ("{finding: [law.b], present: true}", "11: okänd regel «['law.b']»: menade ni «law.b»?"),
        ("{finding: law.b, present: yes}", "1: «finding» ska följas av «present: true» eller «present: false»"),
        ("{some: gols, where: {fact: each.text, known: true}}", "8: okänt faktum «gols»: menade ni «goals»?"),
        ("{some: goals}", "1: «some» ska följas av «where» med ett villkor"),
        ("{some: question.text, where: {fact: each.text, known: true}}",
         "8: «question.text» är ingen lista med poster, så «where» kan inte användas"),
        ("{some: goals, where: {fact: each.txt, known: true}}", "29: okänt faktum «each.txt»: menade ni «each.text»?"),
        ("{some: goals, where: {some: methods, where: {fact: each.sessions, known: true}}}", f"29: {NESTED}"),
        ("{some: goals, where: {count: methods, is: 1, where: {fact: each.sessions, known: true}}}", f"30: {NESTED}"),
        ("{count: goals, is: 1, where: {some: methods, where: {fact: each.sessions, known: true}}}", f"37: {NESTED}"),
        ("{count: goals, over: 1}", f"1: «count» ska följas av precis en av: {NUMBER_OPS}"),
        ("{count: goals, known: true}", f"1: «count» ska följas av precis en av: {NUMBER_OPS}"),
        ("{count: question.text, above: 1}", "9: «question.text» är ingen lista och kan inte räknas"),
        ("{count: communication.channels, above: 1, where: {fact: each.x, known: true}}",
         "9: «communication.channels» är ingen lista med poster, så «where» kan inte användas"),
        ("{fact: item.channels, known: true}", "8: «item.channels» kan bara läsas i en regel med «for_each»"),
        ("{fact: each.channels, known: true}", "8: «each.channels» kan bara läsas inuti «where»"),
        ("{fact: target_groups.channels, known: true}",
         "8: okänt faktum «target_groups.channels»: menade ni «target_groups»?"),
        ("{any: []}", "7: «any» ska följas av en lista med minst ett villkor"),
        ("[]", "1: här ska stå ett villkor, till exempel {fact: form, is: citizen_dialogue}"),
        ("{not: {}}", "7: här ska stå ett villkor, till exempel {fact: form, is: citizen_dialogue}"),
        ("{all: [{fact: form, known: true}], any: []}", "36: okänd nyckel «any»"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_condition_that_is_wrong(when: str, problem: str) -> None:
    assert read(when) == (None, [problem])


def test_everything_wrong_is_told_at_once() -> None:
    condition, problems = read("{all: [{fact: form, is: a}, {not: {fact: b, is: c}}, {fact: consultation.weeks, is: 7}]}")
    assert condition is None
    assert [problem.split(":")[0] for problem in problems] == ["25", "42", "85"]


def test_ten_levels_and_no_more() -> None:
    def nested(levels: int) -> str:
        return "{not: " * (levels - 1) + "{fact: form, known: true}" + "}" * (levels - 1)

    assert read(nested(10))[1] == []
    assert read(nested(11)) == (None, ["1: villkoret har fler än 10 nivåer: dela upp regeln"])
    inside = "{some: goals, where: " + nested(10).replace("form", "each.text") + "}"
    assert read(inside)[1] == ["1: villkoret har fler än 10 nivåer: dela upp regeln"]


def test_names_within_items() -> None:
    assert read("{fact: item.method.talk, is: plenary}", "method_groups")[1] == []
    assert read("{fact: item.talk, is: plenary}", "method_groups")[1] == [
        "8: okänt faktum «item.talk»: menade ni «item.method.talk»?"]  # fmt: skip
    assert read("{fact: item.sessions, known: true}", "catalogue")[1] == [
        "8: okänt faktum «item.sessions»: menade ni «item.selections»?"]  # fmt: skip
    assert read("{fact: item.id, is: caffe}", "catalogue")[1] == ["21: okänt alternativ «caffe»: menade ni «cafe»?"]
    assert read("{fact: item.level, one_of: {fact: item.levels}}", "methods")[1] == []
    assert read("{fact: item.level, includes: dialogue}", "methods")[1] != []


def test_a_scale_may_be_named_whole() -> None:
    assert read("{fact: resources.level, below: very_high}")[1] == []
    assert read("{fact: item.cost, above: {fact: resources.level}}", "catalogue")[1] == []


def test_the_place_is_told_as_file_line_and_column() -> None:
    told = wrong(rule("question.tested", "{fact: question.influencable, is: fully}"))
    assert told == ["rules/question/tested.yaml:3:9: okänt faktum «question.influencable»: "
                    "menade ni «question.influenceable»?"]  # fmt: skip


def test_what_the_knowledge_tells_of_a_group_is_not_counted() -> None:
    """A kind that is not decided may bring any number of channels, so a count of them could be overturned."""
    for name, of in (("item.reached_by", "target_groups"), ("item.group.helped_by", "method_groups")):
        _, [problem] = read(f"{{count: {name}, at_most: 2}}", of)
        assert problem == f"9: «{name}» är det som är känt om gruppen och kan inte räknas"
    assert read("{count: item.channels, at_most: 2}", "target_groups")[1] == []
