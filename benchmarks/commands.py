"""What is measured of the command as people run it: a process from its start to its end."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.measure import Row, Run, peak, run_command

_REFERENCE = """
from pydantic import BaseModel
import yaml, click
class Model(BaseModel):
    number: int
    text: str
"""
_LOAD_ALL = """
import pathlib, sys, yaml
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
    yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
"""
_LOAD_LINES = """
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    for line in file:
        json.loads(line)
"""
_TO_DO = (0, 1)  # exit codes of a check that did its work


def command_rows(folder: Path, yaml_files: Sequence[Path], lines: Sequence[bytes], rounds: int) -> Iterator[Row]:
    """Cold start, several processes, JSON lines, and memory."""
    environment = _environment(folder)
    plans, out = yaml_files[0].parent, str(folder / "out.jsonl")
    check = [sys.executable, "-m", "advisor", "check", "--format", "jsonl", "--fail-on", "never", "-o", out]
    yield _cold_start(yaml_files[0], environment, 9 * rounds)
    works = {jobs: [*check, "--jobs", jobs, str(plans)] for jobs in ("1", "2")}
    runs = _in_turns({"yaml": [sys.executable, "-c", _LOAD_ALL, str(plans)], **works}, environment, rounds)
    for jobs in works:
        found = [run.clock / other.clock for run, other in zip(runs[jobs], runs["yaml"], strict=True)]
        seconds = sorted(run.clock for run in runs[jobs])[len(runs[jobs]) // 2]
        yield Row(f"`check --jobs {jobs}`, {len(yaml_files)} YAML plans, start included, by the clock", "a script that "
                  "`yaml.load`s them", found, remark=f"{seconds:.2f} s")  # fmt: skip
    yield from _lines(folder, lines, check, environment)


def _environment(folder: Path) -> dict[str, str]:
    """As an installed program has it: its modules are compiled, its knowledge is in the cache."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled"), "DIALOGLOTS_CACHE": str(folder / "cache"),
                   "PYTHONPATH": str(Path(__file__).parent.parent)}  # fmt: skip
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _in_turns(commands: Mapping[str, Sequence[str]], environment: Mapping[str, str], rounds: int) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(run_command(command, environment, _TO_DO))
    return runs


def _cold_start(plan: Path, environment: Mapping[str, str], rounds: int) -> Row:
    commands = {"check": [sys.executable, "-m", "advisor", "check", str(plan)], "imports": [sys.executable, "-c", _REFERENCE]}
    _in_turns(commands, environment, 1)
    runs = _in_turns(commands, environment, rounds)
    found = [run.cpu / other.cpu for run, other in zip(runs["check"], runs["imports"], strict=True)]
    middle = [sorted(run.cpu for run in runs[name])[rounds // 2] * 1000 for name in commands]
    return Row("`check` of one plan, cold start, warm cache", "importing pydantic, yaml, click; one model", found, 1.5,
               remark=f"{middle[0]:.0f} ms and {middle[1]:.0f}")  # fmt: skip


def _lines(folder: Path, lines: Sequence[bytes], check: Sequence[str], environment: Mapping[str, str]) -> Iterator[Row]:
    """All JSON lines beside `json.loads`, and the most memory they take beside a twentieth of them."""
    few, many = folder / "few.jsonl", folder / "many.jsonl"
    few.write_bytes(b"".join(lines[: len(lines) // 20]))
    many.write_bytes(b"".join(lines))
    run = run_command([*check, str(many)], environment, _TO_DO)
    loads = run_command([sys.executable, "-c", _LOAD_LINES, str(many)], environment)
    yield Row(f"`check`, {len(lines)} JSON lines, start included", "a script that `json.loads` them", [run.cpu / loads.cpu],
              remark=f"{1000 * run.cpu / len(lines):.2f} ms a plan")  # fmt: skip
    peaks = [peak([*check, str(file)], environment) for file in (many, few)]
    yield Row(f"most memory for {len(lines)} JSON lines", f"for {len(lines) // 20}", [peaks[0] / peaks[1]], 1.1,
              remark=f"{peaks[0] / 1024:.0f} MB and {peaks[1] / 1024:.0f}")  # fmt: skip
