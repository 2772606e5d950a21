"""Thousands of plans with something changed: each is judged, or refused with places and sentences in both languages."""

import json
import re
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from hostile.feed import command
from hostile.mutations import mutated

ROOT: Final = Path(__file__).parents[2]
MANY: Final = 500
CHUNKS: Final = 20  # of MANY: 10,000 in all
# What no sentence of ours holds; a plan may, and is then quoted.
OTHER_THAN_WORDS: Final = re.compile(
    r"\{[a-z_]+\}|\b[A-Z]\w*(?:Error|Exception)\b|Traceback|Input should|Field required|\bNoneType\b"
)


def sources() -> list[str]:
    plans = [ROOT / "tests" / "data" / "full_plan.yaml", *sorted((ROOT / "knowledge" / "examples").glob("*.yaml"))]
    return [plan.read_text(encoding="utf-8") for plan in plans]


def written(folder: Path, seed: int, number: int) -> dict[str, bytes]:
    """So many mutated plans below a folder, by name; JSON where they look like it."""
    texts = sources()
    plans = {}
    for place in range(number):
        data = mutated(texts, Random(f"plan {seed} {place}"))
        name = f"{seed}-{place:05}.{'json' if data[:1] in b'{[' else 'yaml'}"
        plans[name] = data
        (folder / name).write_bytes(data)
    return plans


def wrong_about(plan: dict[str, Any], data: bytes) -> list[str]:
    """What is not as it should be in what was said about a plan that could not be read."""
    lines = re.split("\r\n|\r|\n", data.decode("utf-8", "replace"))
    found = []
    for problem in plan["error"]["problems"]:
        line, column, message = problem["line"], problem["column"], problem["message"]
        if line is not None and not (1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1):
            found.append(f"{line}:{column} is not in the file: {message}")
        if not message or any(odd[0].encode() not in data for odd in OTHER_THAN_WORDS.finditer(message)):
            found.append(f"no sentence: {message}")
    if not plan["error"]["problems"]:
        found.append("nothing is said")
    return found


def judge(folder: Path, seed: int, number: int) -> tuple[int, int]:
    """Judges mutated plans through the command line; how many could be read and how many not."""
    plans = written(folder, seed, number)
    codes = {}
    for lang in ("sv", "en"):
        code, out, err = command(["check", str(folder), "--format", "json", "--lang", lang, "--as-of", "2026-11-23"])
        assert code in (0, 1, 2), _culprits(folder, lang, "json") or err
        assert err == ""
        said = json.loads(out)["plans"]
        assert [Path(plan["path"]).name for plan in said] == sorted(plans)
        wrong = {f"{folder}/{name}": found for plan in said
                 if plan["error"] and (found := wrong_about(plan, plans[(name := Path(plan["path"]).name)]))}  # fmt: skip
        assert wrong == {}
        codes[lang] = [plan["error"] is None for plan in said]
    assert codes["sv"] == codes["en"]
    lang = ("sv", "en")[seed % 2]
    text_code, _, _ = command(["check", str(folder), "--lang", lang, "--as-of", "2026-11-23"])
    assert text_code == code, _culprits(folder, lang, "text")
    return codes["sv"].count(True), codes["sv"].count(False)


def _culprits(folder: Path, lang: str, report: str) -> list[str]:
    """The files that the program itself fails on, with what it said."""
    return [f"{file}: {err}" for file in sorted(folder.iterdir())
            for code, _, err in [command(["check", str(file), "--format", report, "--lang", lang])]
            if code not in (0, 1, 2)]  # fmt: skip


def test_some_mutated_plans(tmp_path: Path) -> None:
    read, refused = judge(tmp_path, 0, MANY)
    assert read > MANY // 10  # else nothing is tried but the reader
    assert refused > MANY // 10


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, CHUNKS + 1))
def test_very_many_mutated_plans(tmp_path: Path, seed: int) -> None:
    judge(tmp_path, seed, MANY)
