"""Runs command lines in this process and in processes of their own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from advisor.cli import run

ROOT = Path(__file__).resolve().parents[2]


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test stands in an empty folder and has no settings but its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    own = [f"DIALOGLOTS_{name}" for name in ("LANG", "PROFILE", "RULES", "ORGANISATION", "DEBUG")]
    for name in (*own, "NO_COLOR", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def dialoglots(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command line here."""

    def command(*args: str) -> Ran:
        code = run(args)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return command


@pytest.fixture
def process(tmp_path: Path) -> Command:
    """Runs a command line in a process of its own; its output as bytes decoded with ``encoding``."""

    def command(*args: str, stdin: str = "", encoding: str = "utf-8", **environment: str) -> Ran:
        own = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        done = subprocess.run(
            [sys.executable, "-m", "advisor", *args], check=False, cwd=tmp_path, env=own, capture_output=True,
            input=stdin.encode(), timeout=60,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

    return command
