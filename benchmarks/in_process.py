"""What is measured within one process: checking plans, judging one after a changed answer, and the engine alone."""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import yaml

from advisor.advice.assess import assess
from advisor.api import Adviser, check_source, open_knowledge
from advisor.engine.compiler import compile_rules
from advisor.engine.evaluate import judge
from advisor.engine.facts import Values
from advisor.engine.session import Session, engine_available
from advisor.load.documents import read_yaml
from advisor.load.plan_files import read_plans
from advisor.load.plan_reader import parse_plan
from advisor.load.text import decode
from advisor.model.answers import UNKNOWN
from advisor.model.assessment import CheckedPlan
from advisor.model.plan import Plan
from advisor.report.writer import Layout, Writer, open_writer
from benchmarks.measure import Row, ratios, spread, take_turns

BUDGETS = {"builtin": 2, "durable_rules": 2.5}
_TOGETHER = 50  # plans a turn: so few that both sides of a ratio meet the same noise


def open_advisers() -> dict[str, Adviser]:
    """An adviser for each engine there is here, by the engine's name."""
    advisers = {"builtin": open_knowledge(engine="builtin")}
    if engine_available():
        advisers["durable_rules"] = open_knowledge(engine="durable_rules")
    return advisers


def yaml_rows(files: Sequence[Path], advisers: Mapping[str, Adviser], rounds: int) -> Iterator[Row]:
    """Checking YAML plans to JSON lines. Exits where the engines differ."""
    said = [_written(files, adviser) for adviser in advisers.values()]
    if any(one != said[0] for one in said):
        sys.exit("the engines differ")
    times: dict[str, list[float]] = {name: [] for name in ("yaml", *advisers)}
    for place in range(0, len(files), _TOGETHER):
        chunk = files[place : place + _TOGETHER]
        works: dict[str, Callable[[], object]] = {"yaml": partial(_load_yaml, chunk)}
        works |= {engine: partial(_written, chunk, adviser) for engine, adviser in advisers.items()}
        for name, seconds in take_turns(works, rounds).items():
            times[name] += seconds
    for engine, budget in BUDGETS.items():
        found = ratios(times, engine, "yaml") if engine in times else []
        remark = f"{1000 * sum(times[engine]) / rounds / len(files):.2f} ms a plan" if found else "not installed"
        yield Row(f"check {len(files)} YAML plans to jsonl, {engine}", "`yaml.load(text, CSafeLoader)`", found, budget,
                  remark=remark)  # fmt: skip


def _load_yaml(files: Sequence[Path]) -> None:
    for file in files:
        yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)


def _writer(adviser: Adviser) -> Writer:
    return open_writer(Layout("jsonl", "sv"), adviser.knowledge, adviser.tool)


def _written(files: Sequence[Path], adviser: Adviser) -> list[str]:
    writer = _writer(adviser)
    return [writer.piece(check_source(source, adviser)) for file in files for source in read_plans(str(file), adviser.knowledge)]


def stages(files: Sequence[Path], adviser: Adviser) -> list[tuple[str, float]]:
    """Where the time of a YAML plan goes, in milliseconds, step by step; medians over the files."""
    writer = _writer(adviser)
    taken: dict[str, list[float]] = {}
    for file in files:
        began = time.process_time()

        def step(name: str) -> None:
            nonlocal began
            now = time.process_time()
            taken.setdefault(name, []).append(1000 * (now - began))
            began = now

        text = decode(file.read_bytes(), str(file))
        step("read and decode")
        document = read_yaml(text, str(file))
        step("YAML to plain data")
        plan = parse_plan(document)
        step("plain data to plan (pydantic)")
        judgement = judge(plan, adviser.rulebook, adviser._inference)
        step("facts and rules")
        assessment = assess(plan, judgement)
        step("assessment")
        writer.piece(CheckedPlan(str(file), "", "", assessment, None))
        step("JSON")
    return [(name, statistics.mean(times)) for name, times in taken.items()]


def answer_row(plans: Sequence[Plan], adviser: Adviser) -> Row:
    """From a changed answer to findings, next question and methods."""
    taken = []
    for plan in plans:
        changed = plan.model_copy(update={"participation": None if plan.participation else UNKNOWN})
        began = time.process_time()
        adviser.check(changed)
        taken.append(1000 * (time.process_time() - began))
    taken.sort()
    worst = taken[int(len(taken) * 0.99)]
    low, high = spread(taken)
    return Row(
        f"answer → findings, next question, methods: 99th percentile of {len(plans)}", "", [worst], 8, unit="ms",
        remark=f"median {statistics.median(taken):.2f} ms, mostly {low:.2f}–{high:.2f}",
    )


class _Recorder:
    """Judges as the engine does and keeps the facts that it was given, layer by layer."""

    name = "recorder"

    def __init__(self, adviser: Adviser) -> None:
        rulebook = adviser.rulebook
        self.shards = {layer: compile_rules(rules, rulebook.scope(layer[1])) for layer, rules in rulebook.engine_rules().items()}
        self.sessions = {layer: Session(shards) for layer, shards in self.shards.items()}
        self.runs: list[tuple[tuple[int, str | None], list[dict[str, bool | int | str]]]] = []

    def judge(self, layer: int, of: str | None, plan: Values, item: Values | None) -> tuple[set[str], set[str]]:
        """The rules that hold and those that certainly do not."""
        facts = [shard.fact(plan, item) for shard in self.shards[layer, of]]
        self.runs.append(((layer, of), facts))
        said = {shard.says[int(name)] for number, shard in enumerate(self.shards[layer, of])
                for name in self.sessions[layer, of].fires(number, facts[number])}  # fmt: skip
        return {rule for rule, holds in said if holds}, {rule for rule, holds in said if not holds}


def clips_row(plans: Sequence[Plan], adviser: Adviser, rounds: int) -> Row:
    """The engine alone beside CLIPS: one plan's facts in, the names of what fires out. Exits where the answers differ."""
    what, reference = "CLIPS 6.4 on the same rules and facts", "durable_rules' C binding, as the program drives it"
    try:
        from benchmarks.clips_rules import ClipsRules
    except ImportError:
        return Row(what, reference, [], remark="clipspy is not installed: `pip install '.[bench]'`")
    if not engine_available():
        return Row(what, reference, [], remark="durable_rules is not installed")
    recorder = _Recorder(adviser)
    for plan in plans:
        judge(plan, adviser.rulebook, recorder)
    clips = {layer: ClipsRules(shards) for layer, shards in recorder.shards.items()}
    for_clips = [(layer, clips[layer].fact(facts)) for layer, facts in recorder.runs]

    def ours() -> list[set[str]]:
        return [{f"{number}-{name}" for number, fact in enumerate(facts) for name in recorder.sessions[layer].fires(number, fact)}
                for layer, facts in recorder.runs]  # fmt: skip

    def theirs() -> list[set[str]]:
        return [set(clips[layer].fires(fact)) for layer, fact in for_clips]

    if ours() != theirs():
        sys.exit("durable_rules and CLIPS differ")
    seconds = take_turns({"ours": ours, "clips": theirs}, rounds)
    rules = sum(len(rules) for rules in adviser.rulebook.engine_rules().values())
    remark = (f"{rules} rules; {1000 * statistics.median(seconds['ours']) / len(plans):.2f} ms a plan, "
              f"CLIPS {1000 * statistics.median(seconds['clips']) / len(plans):.2f}")  # fmt: skip
    return Row(what, reference, ratios(seconds, "clips", "ours"), 1.5, at_least=True, remark=remark)
