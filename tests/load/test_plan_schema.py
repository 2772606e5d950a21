"""The JSON Schema and the reader judge every document alike."""

import json
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from advisor.errors import PlanError
from advisor.load.documents import Document, read_json, read_yaml
from advisor.load.plan_fields import fields, fields_in
from advisor.load.plan_names import name_problems
from advisor.load.plan_reader import parse_plan
from advisor.load.plan_schema import plan_schema
from advisor.load.wording import Wording
from advisor.model.answers import (
    AnswerType,
    DateAnswer,
    DutiesAnswer,
    FormatAnswer,
    GroupNamesAnswer,
    ListAnswer,
    NumberAnswer,
    OptionAnswer,
    OptionsAnswer,
    YesNoAnswer,
)
from advisor.model.plan import ItemsOf, SectionOf
from advisor.model.vocabulary import VOCABULARIES

SCHEMA = plan_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def reader_takes(document: Document) -> bool:
    """Whether the reader has nothing to say but about names that do not fit together."""
    names = name_problems(document) if isinstance(document.data, dict) else []
    try:
        parse_plan(document)
    except PlanError as error:
        return all(problem in names for problem in error.problems)
    return True


def padded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(["", "", "", " ", "\n", "\u00a0", "\t "]), texts,
                     st.sampled_from(["", "", "", " ", "\n", "x"])).map("".join)  # fmt: skip


NOTHING = st.sampled_from([None, "", " ", "\n", "unknown", "Unknown", "okänt", "VET EJ", "ej  bestämt", "unknow", "vetej"])
NUMBERS = st.one_of(
    st.integers(-3, 200), st.integers(), st.integers(10**17, 2 * 10**18), st.floats(allow_nan=False, allow_infinity=False),
    st.integers(0, 10**6).map(float), st.floats(0, 100), st.sampled_from([0.0, -0.0, 1e15 + 0.5, 1e16, 9.99e17, 1e18]),
)  # fmt: skip
NUMBER_TEXTS = padded(st.one_of(
    st.sampled_from(["250 000", "1 000 000,5", "2,5", "2.5", "1e3", "1.5e3", "1e-3", "1E+9", "12e3", "0123", "1_000", "0",
                     "-0", "-0.0", "-5", "+5", "007", "1 00", "1\u00a0000", "1\u202f000", "0x1F", ".5", "5.", "1,0", "inf",
                     "nan", "1e400", "9" * 18, "9" * 19, "9" * 17 + ".5", "9" * 18 + ".0", "1 234 567 890 123 456 789"]),
    NUMBERS.map(repr), NUMBERS.map(lambda number: repr(number).replace(".", ",")),
))  # fmt: skip
DATE_TEXTS = padded(st.one_of(
    st.dates().map(str), st.sampled_from([
        "2026-02-29", "2024-02-29", "2000-02-29", "1900-02-29", "2100-02-29", "2026-2-3", "3/2", "2026-04-31", "1899-12-31",
        "2199-12-31", "2200-01-01", "20260203", "2026-02-03T10:00", "2026-13-01", "2026-00-10", "２０２６-02-03"])))  # fmt: skip
YES_NO = st.one_of(st.booleans(), padded(st.sampled_from(
    ["true", "false", "yes", "no", "ja", "nej", "JA", "True", "on", "off", "y", "0", "1", "jaja"])))  # fmt: skip
ANY_OPTION = st.sampled_from([option for options in VOCABULARIES.values() for option in options])
JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.text(max_size=8), ANY_OPTION, NOTHING),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=2)),
    max_leaves=4,
)
OWN_KEYS = st.dictionaries(st.sampled_from(["x_a", "x_", "x", "X_a", "y"]), JUNK, max_size=1)


def near_option(options: tuple[str, ...]) -> st.SearchStrategy[Any]:
    near = [*options, *(option.upper() for option in options), *(option[:-1] for option in options), "none", "all", "None"]
    return st.one_of(st.sampled_from(options), padded(st.sampled_from(near)))


def answers(field: AnswerType) -> st.SearchStrategy[Any]:
    """Plausible answers to a field, right and nearly right."""
    if isinstance(field, FormatAnswer):
        return st.one_of(st.sampled_from([1, 2, 1.0, "1", "1.0", "1,00", "2", "01", True, "1.01", -1, 0]), NUMBERS)
    if isinstance(field, OptionAnswer):
        return st.one_of(near_option(field.options), YES_NO)
    if isinstance(field, YesNoAnswer):
        return YES_NO
    if isinstance(field, NumberAnswer):
        return st.one_of(NUMBERS, NUMBER_TEXTS)
    if isinstance(field, DateAnswer):
        return DATE_TEXTS
    if isinstance(field, DutiesAnswer):
        one = near_option((*VOCABULARIES[field.vocabulary], "none", "none"))
        return st.one_of(one, st.lists(st.one_of(one, NOTHING), max_size=3))
    if isinstance(field, OptionsAnswer):
        return st.lists(st.one_of(near_option(VOCABULARIES[field.vocabulary]), NOTHING), max_size=3)
    if isinstance(field, ListAnswer):
        one = st.one_of(st.text(max_size=5), NUMBERS, st.booleans(), NOTHING)
        whole = padded(st.just("all")) if isinstance(field, GroupNamesAnswer) else st.just("all")
        return st.one_of(st.lists(one, max_size=3), whole)
    return st.one_of(st.text(max_size=10), NUMBERS, st.booleans())


@cache
def values(path: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """Values for a field: mostly of its own kind, now and then nothing or junk."""
    field = fields()[path]
    if isinstance(field, AnswerType):
        own = answers(field)
    elif isinstance(field, SectionOf):
        own = parts(path)
    else:
        assert isinstance(field, ItemsOf)
        own = st.lists(st.one_of(parts(path), parts(path), NOTHING), max_size=3)
    return st.one_of(JUNK, NOTHING, NOTHING, *[own] * 17)


@cache
def parts(path: tuple[str, ...], most: int = 3) -> st.SearchStrategy[dict[str, Any]]:
    field = st.sampled_from(fields_in(path)).flatmap(lambda name: st.tuples(st.just(name), values((*path, name))))
    some = st.lists(field, max_size=most).map(dict)
    return st.one_of(some, some, some, st.tuples(some, OWN_KEYS).map(lambda both: both[0] | both[1]))


DOCUMENTS = st.one_of(JUNK, *[parts((), most=4)] * 29)


class PlainDumper(yaml.SafeDumper):
    """Writes no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def test_it_is_a_schema(words: Wording) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator.check_schema(plan_schema(words, "en"))


@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
@settings(max_examples=2500, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_schema_and_reader_agree(content: Any) -> None:
    text = json.dumps(content)
    document = read_json(text, "p")
    expected = reader_takes(document)
    assert VALIDATOR.is_valid(json.loads(text)) is expected
    assert VALIDATOR.is_valid(document.data) is expected


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_schema_and_reader_agree_on_yaml(content: Any) -> None:
    text = yaml.dump(content, Dumper=PlainDumper, allow_unicode=True)
    try:
        document = read_yaml(text, "p")
    except PlanError:
        return  # signs that no file may hold, keys that are lists
    assert VALIDATOR.is_valid(document.data) is reader_takes(document)


@pytest.mark.parametrize("path", [path for path, field in fields().items() if isinstance(field, AnswerType)],
                         ids=".".join)  # fmt: skip
def test_every_field_agrees(path: tuple[str, ...]) -> None:
    """Fewer documents for each field, so that none is left to chance."""

    @settings(max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(values(path))
    def agree(value: Any) -> None:
        for end in range(len(path) - 1, -1, -1):
            value = {path[end]: value}
            if end and isinstance(fields()[path[:end]], ItemsOf):
                value = [value]
        text = json.dumps(value)
        assert VALIDATOR.is_valid(json.loads(text)) is reader_takes(read_json(text, "p"))

    agree()


@pytest.mark.parametrize(
    "number", ["1e400", "-1e400", "1e-400", "123456789012345678.5", "1234567890123456.5", "999999999999999999",
               "1000000000000000000", "1e17", "1e18", "0.1e1", "1.0e0", "100e-2", "-0", "-0.0", "0e5", "-1e-400"])  # fmt: skip
@pytest.mark.parametrize("place", ['{"resources": {"budget_sek": %s}}', '{"participation": {"expected": %s}}',
                                   '{"evaluation": {"indicators": [{"target": %s}]}}', '{"title": %s}',
                                   '{"format": %s}', '{"topic": %s}', '{"mandate": {"date": %s}}'])  # fmt: skip
def test_numbers_at_the_edge(number: str, place: str) -> None:
    text = place % number
    assert VALIDATOR.is_valid(json.loads(text)) is reader_takes(read_json(text, "p"))


def test_the_whole_example_fits(full_plan: str) -> None:
    assert VALIDATOR.is_valid(read_yaml(full_plan, "p").data)
    assert VALIDATOR.is_valid(read_yaml(full_plan, "p", typed=True).data)
    assert VALIDATOR.is_valid(json.loads(json.dumps(yaml.safe_load(full_plan), default=str)))


@pytest.mark.parametrize("data", [None, {}, {"x_a": [{"b": 1}]}, {"mandate": {"x_b": 1}}, {"goals": [{"x_c": []}]}])
def test_what_says_nothing_fits(data: Any) -> None:
    assert VALIDATOR.is_valid(data)


@pytest.mark.parametrize("data", [[], "x", 1, {"y": 1}, {"mandate": {"y": 1}}, {"goals": [{"y": 1}]}, {"goals": {}}])
def test_what_is_no_plan_does_not(data: Any) -> None:
    assert not VALIDATOR.is_valid(data)


def test_words_are_told_to_editors(words: Wording) -> None:
    swedish, english = plan_schema(words, "sv"), plan_schema(words, "en")
    assert swedish["title"] == "Dialogplan, format 1"
    level = swedish["properties"]["influence"]["anyOf"][0]["properties"]["level"]
    assert level["title"] == "Steg på delaktighetstrappan"
    assert level["description"].startswith("Vilket steg på delaktighetstrappan gäller")
    assert "dialogue (Dialog), influence (Inflytande)" in level["description"]
    assert english["properties"]["mandate"]["title"] == "Assignment and mandate"
    assert list(swedish["properties"]) == list(fields_in(()))
