"""The wheel, installed elsewhere, runs from any folder with its rules and knowledge; the sdist holds what it is built from."""

import json
import os
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def _run(*command: str | Path, folder: Path, expected: int = 0) -> str:
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DIALOGLOTS_LANG")}
    words = [str(part) for part in command]
    done = subprocess.run(words, check=False, cwd=folder, capture_output=True, encoding="utf-8", env=clean)
    assert done.returncode == expected, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands in an environment that has nothing but the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT, folder=folder)
    venv.create(folder / "env", with_pip=True)
    commands = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    _run(commands / "pip", "install", "-q", *folder.glob("dialoglots-*.whl"), folder=folder)
    return commands


def test_checks_a_plan_from_another_folder(installed: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("question: {text: Hur?, influenceable: not_at_all}\n", encoding="utf-8")
    said = json.loads(_run(installed / "dialoglots", "check", "plan.yaml", "--format", "json", folder=tmp_path, expected=1))
    assert said["plans"][0]["verdict"] == "stop"
    assert said["plans"][0]["alternative"]["id"] == "inform"


def test_brings_its_rules_and_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert "dialoglots 0." in _run(installed / "dialoglots", "--version", folder=tmp_path)
    assert "world_cafe" in _run(installed / "dialoglots", "explain", "world_cafe", folder=tmp_path)
    _run(installed / "dialoglots", "rules", "check", folder=tmp_path)
    _run(installed / "dialoglots", "rules", "test", folder=tmp_path)


def test_brings_what_the_pages_and_the_profiles_need(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("title: Torget\n", encoding="utf-8")
    page = _run(installed / "dialoglots", "check", "plan.yaml", "--format", "html", "--profile", "minimum", folder=tmp_path,
                expected=1)  # fmt: skip
    assert "Torget" in page
    assert "<style>" in page and "@media print" in page


def test_takes_no_names_that_others_own(installed: Path, tmp_path: Path) -> None:
    for name in ("rules", "knowledge", "tui"):
        _run(installed / "python", "-c", f"import {name}", folder=tmp_path, expected=1)


def test_the_sdist_holds_what_the_wheel_is_built_from(tmp_path: Path) -> None:
    _run(sys.executable, "-m", "pip", "install", "-q", "--target", tmp_path / "hatch", "hatchling", folder=tmp_path)
    build = f"import sys; sys.path.insert(0, {str(tmp_path / 'hatch')!r}); from hatchling.build import build_sdist; " \
            f"print(build_sdist({str(tmp_path)!r}))"  # fmt: skip
    name = _run(sys.executable, "-c", build, folder=ROOT).split()[-1]
    with tarfile.open(tmp_path / name) as archive:
        held = {member.partition("/")[2] for member in archive.getnames()}
    assert {"pyproject.toml", "README.md", "advisor/api.py", "rules/question/not_influenceable.yaml",
            "knowledge/methods/world_cafe.yaml", "knowledge/examples/skolstruktur.yaml"} <= held  # fmt: skip
