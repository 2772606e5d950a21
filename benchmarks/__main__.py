"""Prints a Markdown table: what the adviser takes beside its references, and the budgets it has to hold.

``python -m benchmarks`` (some minutes), ``--quick`` (some seconds; shows that all runs, not how fast), ``-o FILE``.
"""

import argparse
import gc
import os
import platform
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pydantic
import yaml

from advisor.api import Adviser
from advisor.cli import MANY_OBJECTS, keep_what_is_open
from advisor.load.documents import read_json
from advisor.load.plan_reader import parse_plan
from benchmarks.commands import command_rows
from benchmarks.in_process import answer_row, clips_row, open_advisers, stages, yaml_rows
from benchmarks.plans import as_json, as_yaml, random_plans


class Size(NamedTuple):
    """How much is measured: plans as YAML files, plans as JSON lines, and rounds."""

    yaml: int
    lines: int
    rounds: int


FULL = Size(1_000, 20_000, 3)
QUICK = Size(20, 60, 1)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a few plans, once: shows that all runs, not how fast")
    parser.add_argument("-o", "--output", type=Path, help="write the tables to a file too")
    asked = parser.parse_args()
    gc.set_threshold(MANY_OBJECTS)  # as the command does
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for line in table(Path(folder), QUICK if asked.quick else FULL):
            print(line, flush=True)
            lines.append(line)
    if asked.output is not None:
        asked.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


def table(folder: Path, size: Size) -> Iterator[str]:
    """The tables, line by line. ``folder`` holds what is measured with."""
    yaml_files, lines = _write_plans(folder, size)
    advisers = open_advisers()
    keep_what_is_open()
    fastest = advisers.get("durable_rules") or advisers["builtin"]
    yield from _machine(fastest)
    yield ""
    yield "| what | beside | median | most | budget | holds |"
    yield "|---|---|---|---|---|---|"
    for row in yaml_rows(yaml_files, advisers, size.rounds):
        yield row.markdown()
    plans = [parse_plan(read_json(as_json(plan), "")) for plan in random_plans(size.yaml)]
    yield clips_row(plans[:100], fastest, 7 * size.rounds).markdown()
    yield answer_row(plans, fastest).markdown()
    for row in command_rows(folder, yaml_files, lines, size.rounds):
        yield row.markdown()
    yield ""
    yield from _stages(yaml_files, advisers)


def _write_plans(folder: Path, size: Size) -> tuple[list[Path], list[bytes]]:
    """Plans as YAML files, and others as JSON lines."""
    (folder / "yaml").mkdir()
    files = []
    for number, plan in enumerate(random_plans(size.yaml)):
        files.append(folder / "yaml" / f"{number:05}.yaml")
        files[-1].write_text(as_yaml(plan), encoding="utf-8")
    return files, [f"{as_json(plan)}\n".encode() for plan in random_plans(size.lines, seed=2)]


def _machine(adviser: Adviser) -> Iterator[str]:
    rulebook = adviser.rulebook
    yield (f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()}), Python {platform.python_version()}, pydantic "
           f"{pydantic.VERSION}, PyYAML {yaml.__version__}, engine {adviser.tool.engine}. {len(adviser.knowledge.rules)} rules, "
           f"of them {len(rulebook.method_tests)} that rank {len(adviser.knowledge.methods)} methods. Processor time unless "
           "said otherwise; every ratio is of two works that took turns. «most»: four fifths of the turns.")  # fmt: skip


def _stages(files: list[Path], advisers: dict[str, Adviser]) -> Iterator[str]:
    found = {name: stages(files, adviser) for name, adviser in advisers.items()}
    yield f"| where a YAML plan's time goes, ms | {' | '.join(found)} |"
    yield f"|---|{'---|' * len(found)}"
    for place, (step, _) in enumerate(found["builtin"]):
        yield f"| {step} | {' | '.join(f'{times[place][1]:.3f}' for times in found.values())} |"


if __name__ == "__main__":
    main()
