"""The schemas for editors take every rule and method that ships, and refuse what is plainly wrong."""

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from advisor.load.data_files import data_files
from advisor.load.open_knowledge import open_shipped_knowledge
from advisor.load.resources import data_folder
from advisor.load.rule_schema import method_schema, rule_schema


class PlainDates(yaml.CSafeLoader):
    """Leaves dates as text, as editors do that follow YAML 1.2."""


PlainDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _validators() -> dict[str, Draft202012Validator]:
    knowledge = open_shipped_knowledge("test")
    return {"rules/": Draft202012Validator(rule_schema(knowledge)),
            "knowledge/methods/": Draft202012Validator(method_schema(knowledge))}  # fmt: skip


def _files(folder: str) -> dict[str, Any]:
    return {one.name: yaml.load(one.content, PlainDates) for one in data_files(data_folder())
            if one.name.startswith(folder)}  # fmt: skip


@pytest.mark.parametrize("folder", ["rules/", "knowledge/methods/"])
def test_every_shipped_file_fits(folder: str) -> None:
    validator, files = _validators()[folder], _files(folder)
    assert len(files) > 20
    wrong = {name: [error.message for error in validator.iter_errors(data)] for name, data in files.items()}
    assert {name: messages for name, messages in wrong.items() if messages} == {}


@pytest.mark.parametrize(
    "change",
    [{"severity": "warning"}, {"when": {"fact": "question.influencable", "is": True}}, {"tittle": {}}, {"examples": []},
     {"when": {"all": []}}, {"sources": [{"ref": "no-such-source"}]}, {"factor": 9}],
)  # fmt: skip
def test_a_wrong_rule_is_refused(change: dict[str, Any]) -> None:
    rule = _files("rules/")["rules/question/not_influenceable.yaml"]
    assert not list(_validators()["rules/"].iter_errors(rule))
    assert list(_validators()["rules/"].iter_errors(rule | change))
