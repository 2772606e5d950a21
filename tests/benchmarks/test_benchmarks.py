"""The benchmarks run and their answers agree; how fast is not tested."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent.parent


@pytest.mark.skipif(os.name == "nt", reason="they read the processor time as Linux and macOS tell it")
def test_a_quick_run_measures_every_budget(tmp_path: Path) -> None:
    out = tmp_path / "table.md"
    command = [sys.executable, "-m", "benchmarks", "--quick", "-o", str(out)]
    run = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert (run.returncode, run.stderr) == (0, "")
    assert out.read_text(encoding="utf-8") == run.stdout
    rows = [line.split(" | ")[0].removeprefix("| ") for line in run.stdout.splitlines() if line.startswith("| ")]
    for row in (
        "check 20 YAML plans to jsonl, builtin", "check 20 YAML plans to jsonl, durable_rules", "CLIPS 6.4 on the same",
        "answer → findings", "`check` of one plan, cold start", "`check --jobs 2`", "most memory",
    ):  # fmt: skip
        assert any(one.startswith(row) for one in rows), row
