"""The tables in docs/ that name rules: every candidate check has its row, and every rule named exists."""

import re
from pathlib import Path

import pytest

from advisor.load.open_knowledge import open_shipped_knowledge
from advisor.model.knowledge import Knowledge

DOCS = Path(__file__).resolve().parents[2] / "docs"
# How many candidate checks each part of the guidance has.
CHECKS = {"A": 9, "B": 15, "C": 12, "D": 13, "E": 17, "F": 19, "G": 7, "H": 9, "I": 9, "J": 5}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return open_shipped_knowledge("coverage table")


def rows() -> dict[str, list[str]]:
    page = (DOCS / "tackning.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| ([A-J]\d\d) \| (.+) \| (.+) \| (.+) \|$", page, re.MULTILINE)
    assert len({row[0] for row in found}) == len(found)
    return {row[0]: list(row[1:]) for row in found}


def test_every_candidate_check_has_its_row() -> None:
    assert list(rows()) == [f"{part}{number:02}" for part, many in CHECKS.items() for number in range(1, many + 1)]
    assert sum(CHECKS.values()) == 115


def test_a_check_names_the_rule_that_does_it_or_says_why_there_is_none() -> None:
    for check, (flagged, named, how) in rows().items():
        assert len(flagged) > 10, check
        rules = re.findall(r"`([a-z_]+\.[a-z0-9_]+)`", named)
        if rules:
            assert not how.startswith("Ej kodad"), check
        else:
            assert how.startswith("Ej kodad: "), check
            assert len(how) > 30, check


@pytest.mark.parametrize("name", ["tackning.md", "vad-amnet-utloser.md"])
def test_every_rule_named_exists(name: str, knowledge: Knowledge) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    named = {rule for rule in re.findall(r"`([a-z_]+\.[a-z0-9_]+)`", page) if rule.partition(".")[0] in knowledge.areas}
    facts = set(knowledge.questions)
    assert sorted(named - knowledge.rules.keys() - facts) == []
    assert len(named & knowledge.rules.keys()) > 10
