"""Reading an earlier result: what the program wrote, what others made of it, and everything else."""

import json
from pathlib import Path
from typing import Any

import pytest

from advisor.errors import BaselineError
from advisor.load import baseline
from advisor.load.baseline import Baseline, plan_key, read_baseline
from advisor.model.assessment import Earlier, Item

FINDING: dict[str, Any] = {"rule": "a.b", "severity": "fix", "status": "certain", "title": "Titel", "accepted": None,
                           "item": {"list": "goals", "index": 1, "label": "Ett mål"}}  # fmt: skip
PLAN: dict[str, Any] = {"path": "./planer\\a.yaml", "error": None, "findings": [FINDING]}
BAD: dict[str, Any] = {"path": "b.yaml", "error": {"message": "Fel."}, "findings": []}
TOOL = {"version": "1", "as_of": "2026-11-01"}
END: dict[str, Any] = {"summary": {"plans": 2}, "schema": 1, "tool": TOOL}


def document(*plans: Any) -> str:
    """A result as ``--format json`` writes it."""
    inside = ",".join("\n" + json.dumps(plan) for plan in plans)
    return f'{{"schema": 1, "tool": {json.dumps(TOOL)},\n"plans": [{inside}\n],\n"summary": {{"plans": 2}}}}\n'


def lines(*plans: Any, end: Any = END) -> str:
    """A result as ``--format jsonl`` writes it."""
    return "".join(json.dumps(one) + "\n" for one in (*plans, end))


def read(folder: Path, content: str | bytes) -> Baseline:
    file = folder / "before.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_baseline(str(file))


def refused(folder: Path, content: str | bytes) -> str:
    with pytest.raises(BaselineError) as caught:
        read(folder, content)
    return caught.value.text("sv").removeprefix(f"{folder}/before.json")


EXPECTED = Baseline("2026-11-01", {"planer/a.yaml": (
    Earlier("a.b", Item("goals", 1, "Ett mål"), "fix", "certain", False, "Titel"),)})  # fmt: skip
LAID_OUT = json.dumps(json.loads(document(PLAN, BAD)), indent=1)
ONE_LINE = json.dumps(json.loads(document(PLAN, BAD)))


@pytest.mark.parametrize("content", [document(PLAN, BAD), lines(PLAN, BAD), LAID_OUT, ONE_LINE],
                         ids=["json", "jsonl", "laid out", "on one line"])  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_form_is_read(tmp_path: Path, content: str, encoding: str, line_end: str) -> None:
    assert read(tmp_path, content.replace("\n", line_end).encode(encoding)) == EXPECTED


@pytest.mark.parametrize("content", [document(), lines(), json.dumps(json.loads(document()))])
def test_a_result_without_plans_is_one_too(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content).plans == {}


def test_a_pair_keeps_its_group(tmp_path: Path) -> None:
    item = {"list": "methods", "index": 0, "label": "Cafe", "group": {"list": "target_groups", "index": 2, "label": "A"}}
    (found,) = read(tmp_path, lines({**PLAN, "findings": [{**FINDING, "item": item}]})).plans["planer/a.yaml"]
    assert found.item == Item("methods", 0, "Cafe", Item("target_groups", 2, "A"))


@pytest.mark.parametrize(("path", "key"), [
    ("./a.yaml", "a.yaml"), ("plans\\b.yaml", "plans/b.yaml"), ("plans//b.yaml", "plans/b.yaml"),
    ("./many.jsonl:3", "many.jsonl:3"), ("-", "-"),
])  # fmt: skip
def test_a_path_is_the_same_however_it_is_written(path: str, key: str) -> None:
    assert plan_key(path) == key


@pytest.mark.parametrize("whole", [document(PLAN, BAD), lines(PLAN, BAD), LAID_OUT, ONE_LINE],
                         ids=["json", "jsonl", "laid out", "on one line"])  # fmt: skip
def test_a_result_that_is_cut_off_anywhere_is_refused(tmp_path: Path, whole: str) -> None:
    for length in range(0, len(whole) - 2, 7):
        assert refused(tmp_path, whole[:length])
    assert "slutet saknas" in refused(tmp_path, whole[: len(whole) * 2 // 3])


@pytest.mark.parametrize(("content", "sentence"), [
    ("title: Skolan\n", ":1:1: Filen är ingen JSON."),
    (b"\xff\xfe\xff", ": Filen är ingen JSON."),
    (b"\x00\x01\x02\xff", ": Filen är ingen JSON."),
    ("[]", ": Filen är inget resultat"),
    ("[" * 100_000, ": Filen är inget resultat"),
    ("9" * 10_000, ": Filen är inget resultat"),
    ("\n\n", ":1: Filen är inget resultat"),
    ('{"title": "Skolan"}', ": Filen är inget resultat"),
    ('{"schema": 1, "tool": {}, "plan": {}, "methods": {}}', ": Filen är inget resultat"),
    ('{"schema": 1, "tool": {}, "plans": {}, "summary": {}}', ": Filen är inget resultat"),
    ('{"schema": 1, "tool": {}, "plans": [1], "summary": {}}', ": Filen är inget resultat"),
    (lines({"path": "a.yaml"}), ":1: Filen är inget resultat"),
    (lines({**PLAN, "path": 3}), ":1: Filen är inget resultat"),
    (lines({**PLAN, "findings": [{**FINDING, "severity": "svår"}]}), ":1: Filen är inget resultat"),
    (lines({**PLAN, "findings": [{**FINDING, "item": "x"}]}), ":1: Filen är inget resultat"),
    (lines({**PLAN, "findings": [{**FINDING, "item": {"list": "goals", "index": "x", "label": ""}}]}), ":1: Filen är inget"),
    (lines(PLAN, end={**END, "schema": 2}), ":2: Resultatet har formen 2, och det här programmet läser formen 1."),
    (lines(PLAN, end={**END, "schema": "x"}), ":2: Filen är inget resultat"),
    (document(PLAN).replace('"schema": 1', '"schema": 7'), ":2: Resultatet har formen 7"),
    (lines({**PLAN, "baseline": {"new": 0, "known": 1, "gone": []}}), ":1: Resultatet visar själv bara det som var nytt."),
])  # fmt: skip
def test_everything_else_is_refused_with_a_sentence(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    assert refused(tmp_path, content).startswith(sentence)


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, lines(PLAN, BAD).replace('{"path": "b.yaml"', '{"path" "b.yaml"')).startswith(":2:9: ")


def test_what_was_laid_out_by_others_may_not_be_endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baseline, "_LARGEST_TEXT", 500)
    assert "för stor att jämföra med" in refused(tmp_path, LAID_OUT.replace(" ", "   "))
    assert "för stor att jämföra med" in refused(tmp_path, json.dumps({"path": "x" * 600}))
    assert len(read(tmp_path, lines(*({**PLAN, "path": f"{number}.yaml"} for number in range(50)))).plans) == 50


def test_a_file_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.json", tmp_path, Path("a\0b")):
        with pytest.raises(BaselineError, match="går inte att läsa"):
            read_baseline(str(path))


def test_a_result_that_is_nested_without_end_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    assert "inget resultat från dialoglots" in refused(tmp_path, '{"a":' * 400_000)
