"""The JSON contract, key by key, and its lines."""

import json
from collections.abc import Callable

from written import written

from advisor.api import Adviser
from advisor.errors import Message, PlanError, Problem
from advisor.model.assessment import CheckedPlan, Finding, Item
from advisor.report.plan_json import JsonDocument, JsonLines, PlanJson, item_json, json_text
from advisor.report.words import Speaker

Judge = Callable[[str], CheckedPlan]

STOP = "title: Torget\norganisation: {unit: Teknik}\nquestion: {influenceable: not_at_all}\n"
UNREADABLE = CheckedPlan("b.yaml", "", "", None, PlanError([
    Problem("b.yaml", Message("Fel ett."), 3, 7), Problem("b.yaml", Message("Fel två.")),
]))  # fmt: skip

PLAN_KEYS = [
    "path", "title", "unit", "error", "verdict", "decided_by", "alternative", "readiness", "findings", "conclusions",
    "methods", "next_question", "notices", "unchecked", "profiles",
]  # fmt: skip
FINDING_KEYS = [
    "rule", "kind", "severity", "severity_was", "status", "factor", "basis", "item", "title", "advice", "why", "good",
    "alternative", "because", "missing", "sources", "support", "accepted",
]  # fmt: skip


def test_a_plan_has_the_keys_of_the_contract_in_order(swedish: Speaker, judged: Judge) -> None:
    made = PlanJson(swedish).plan(judged(STOP))
    assert list(made) == PLAN_KEYS
    assert (made["path"], made["title"], made["unit"], made["error"]) == ("plan.yaml", "Torget", "Teknik", None)
    assert made["verdict"] == "stop"
    assert made["decided_by"] == ["question.not_influenceable"]
    assert list(made["alternative"]) == ["id", "title", "text"]
    assert made["alternative"]["id"] == "inform"
    assert list(made["readiness"]) == ["score", "by_factor", "points"]
    assert list(made["readiness"]["by_factor"]) == ["definition", *"12345678"]
    assert all(len(points) == 2 for points in made["readiness"]["points"].values())
    assert list(made["methods"]) == ["released", "waiting_for", "recommended", "excluded"]


def test_a_finding_has_the_keys_of_the_contract_in_order(swedish: Speaker, judged: Judge) -> None:
    first = PlanJson(swedish).plan(judged(STOP))["findings"][0]
    assert list(first) == FINDING_KEYS
    assert first["rule"] == "question.not_influenceable"
    assert first["because"] == [{"fact": "question.influenceable", "value": "not_at_all"}]
    assert first["sources"][0] == "skr-styrning-2021"
    assert first["good"]
    assert first["factor"] == "definition"


def test_what_was_accepted_says_by_whom(swedish: Speaker, judged: Judge) -> None:
    checked = judged("accepted: [{rule: goals.missing, reason: R, by: B, until: 2027-01-01}]\n")
    (accepted,) = [one["accepted"] for one in PlanJson(swedish).plan(checked)["findings"] if one["accepted"]]
    assert accepted == {"reason": "R", "by": "B", "until": "2027-01-01"}


def test_a_pair_names_its_group() -> None:
    assert item_json(Item("methods", 0, "world_cafe", Item("target_groups", 1, "Elever"))) == {
        "list": "methods", "index": 0, "label": "world_cafe",
        "group": {"list": "target_groups", "index": 1, "label": "Elever"},
    }  # fmt: skip


def test_an_unreadable_plan_keeps_every_key(swedish: Speaker) -> None:
    made = PlanJson(swedish).plan(UNREADABLE)
    assert list(made) == PLAN_KEYS
    assert made["error"] == {
        "message": "Fel ett.", "line": 3, "column": 7,
        "problems": [{"message": "Fel ett.", "line": 3, "column": 7},
                     {"message": "Fel två.", "line": None, "column": None}],
    }  # fmt: skip
    assert made["verdict"] is None
    assert made["findings"] == made["decided_by"] == made["notices"] == []


def test_a_document_is_json_and_counts(adviser: Adviser, swedish: Speaker, judged: Judge) -> None:
    made = json.loads(written(JsonDocument(swedish, adviser.tool), judged(STOP), UNREADABLE))
    assert list(made) == ["schema", "tool", "plans", "summary"]
    assert made["tool"]["as_of"] == "2026-11-23"
    assert list(made["summary"]) == [
        "plans", "unreadable", "ready", "revise", "stop", "by_rule", "by_severity", "by_status", "by_unit",
    ]  # fmt: skip
    assert (made["summary"]["plans"], made["summary"]["unreadable"], made["summary"]["stop"]) == (2, 1, 1)
    assert made["summary"]["by_unit"] == {"Teknik": {"plans": 1, "ready": 0, "revise": 0, "stop": 1}}


def test_no_plans_make_a_document_too(adviser: Adviser, swedish: Speaker) -> None:
    assert json.loads(written(JsonDocument(swedish, adviser.tool)))["plans"] == []


def test_lines_end_with_the_summary(adviser: Adviser, swedish: Speaker, judged: Judge) -> None:
    lines = written(JsonLines(swedish, adviser.tool), judged(STOP), UNREADABLE).splitlines()
    assert [next(iter(json.loads(line))) for line in lines] == ["path", "path", "summary"]


def test_the_languages_differ_in_texts_only(swedish: Speaker, english: Speaker, judged: Judge) -> None:
    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: "…" if key in ("title", "text", "advice", "why", "good", "name") else shape(one)
                    for key, one in value.items()}  # fmt: skip
        return [shape(one) for one in value] if isinstance(value, list) else value

    checked = judged(STOP)
    assert shape(PlanJson(swedish).plan(checked)) == shape(PlanJson(english).plan(checked))


def test_dangerous_characters_are_escaped_and_come_back() -> None:
    value = {"a": "x\x1b\x9b\u202e\u2028å"}
    text = json_text(value)
    assert not {"\x1b", "\x9b", "\u202e", "\u2028"} & set(text)
    assert "å" in text
    assert json.loads(text) == value
    assert json_text(value, ascii_only=True).isascii()


def test_texts_that_name_the_item_are_made_for_each(swedish: Speaker, adviser: Adviser) -> None:
    rule = adviser.knowledge.rules["goals.not_measurable"]
    naming = rule.model_copy(update={"title": rule.title and rule.title.model_copy(update={"sv": "Gäller {item}"})})
    knowledge = adviser.knowledge.model_copy(update={"rules": {**adviser.knowledge.rules, rule.id: naming}})
    writer = PlanJson(Speaker(knowledge, "sv", "2026-11-23"))
    finding = Finding(rule=rule.id, kind="fault", severity="advice", status="certain", factor="5")
    titles = [writer._finding(finding._replace(item=Item("goals", place, name)))["title"]
              for place, name in enumerate(("Ett", "Två"))]  # fmt: skip
    assert titles == ["Gäller «Ett»", "Gäller «Två»"]
