"""Thousands of rule and knowledge files with something changed: refused with places and sentences, or good for a plan."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import pytest
from hostile.mutations import mutated

from advisor.api import Adviser, load_plan
from advisor.engine.session import engine_available
from advisor.errors import KnowledgeError, Problem
from advisor.load.data_files import DataFile, data_files
from advisor.load.documents import Document
from advisor.load.knowledge_files import read_knowledge
from advisor.model.plan import Plan

ROOT: Final = Path(__file__).parents[2]
AS_OF: Final = date(2026, 11, 23)
MANY: Final = 200
CHUNKS: Final = 10  # of MANY: 2,000 in all
ENGINES: Final = ("builtin", "durable_rules") if engine_available() else ("builtin",)
OTHER_THAN_WORDS: Final = re.compile(  # one sentence names {item}
    r"\{(?!item\})[a-z_]+\}|\b[A-Z]\w*(?:Error|Exception)\b|Traceback|Input should|Field required|<class|\bNoneType\b"
)


class ReadOnce(DataFile):
    """A file whose document is kept."""

    _document: Document | None = None

    def document(self) -> Document:
        if self._document is None:
            self._document = super().document()
        return self._document


@cache
def shipped() -> tuple[DataFile, ...]:
    return tuple(ReadOnce(one.name, one.content) for one in data_files(ROOT))


@cache
def plan() -> Plan:
    return load_plan(str(ROOT / "tests" / "data" / "full_plan.yaml"))


def changed(seed: int, number: int) -> Iterator[tuple[str, DataFile]]:
    """Mutated files, three of four of them rules, with what tells them apart."""
    files = shipped()
    rules, others = [one for one in files if one.is_rule], [one for one in files if not one.is_rule]
    for place in range(number):
        chance = Random(f"rule {seed} {place}")
        file = chance.choice(others if place % 4 == 0 else rules)
        sources = [file.content.decode(), chance.choice(rules).content.decode()]
        yield f"{file.name}, seed {seed}, place {place}", DataFile(file.name, mutated(sources[:1] * 4 + sources[1:], chance))


def wrong_about(problem: Problem, files: dict[str, DataFile]) -> str | None:
    """What is not as it should be in a problem."""
    content = files[problem.path].content
    lines = re.split("\r\n|\r|\n", content.decode("utf-8", "replace"))
    line, column = problem.line, problem.column
    if line is not None and not (1 <= line <= len(lines) and 1 <= (column or 1) <= len(lines[line - 1]) + 1):
        return f"{problem.text('sv')} is not in the file"
    for lang in ("sv", "en"):
        told = problem.message.text(lang)
        if not told or any(odd[0].encode() not in content for odd in OTHER_THAN_WORDS.finditer(told)):
            return f"no sentence: {problem.text(lang)}"
    return None


def judge(seed: int, number: int) -> tuple[int, int]:
    """Reads the knowledge with each mutated file in its place; how many were accepted and how many refused."""
    accepted = refused = 0
    for name, file in changed(seed, number):
        files = {one.name: file if one.name == file.name else one for one in shipped()}
        told: tuple[Problem, ...] | None = None
        try:
            knowledge = read_knowledge(list(files.values()), "0")
            assessments = []
            for engine in ENGINES:
                with Adviser(knowledge, AS_OF, engine) as adviser:
                    assessments.append(adviser.check(plan()))
            accepted += 1
        except KnowledgeError as error:
            told = error.problems
            refused += 1
        except Exception as failure:
            raise AssertionError(f"{name}: {file.content!r}") from failure
        if told is None:
            assert assessments[1:] == assessments[:1] * (len(ENGINES) - 1), name
        else:
            assert told, name
            assert [found for problem in told if (found := wrong_about(problem, files))] == [], (name, file.content)
    return accepted, refused


def test_some_mutated_files() -> None:
    accepted, refused = judge(0, MANY // 2)
    assert accepted > MANY // 20  # else nothing is tried but the reader
    assert refused > MANY // 20


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, CHUNKS + 1))
def test_very_many_mutated_files(seed: int) -> None:
    judge(seed, MANY)
