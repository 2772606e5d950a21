"""``check``: exit codes, formats, files and folders."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

STOP = "question: {text: Hur?, influenceable: not_at_all}\n"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    (tmp_path / "stop.yaml").write_text(STOP, encoding="utf-8")
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("title: Skolan: en fråga\n", encoding="utf-8")
    return tmp_path


def test_something_to_do_is_one(dialoglots: Any, plans: Path) -> None:
    ran = dialoglots("check", "stop.yaml")
    assert ran.code == 1
    assert "Stopp:" in ran.out
    assert ran.err == ""


@pytest.mark.parametrize(("plan", "fail_on", "code"), [
    ("stop.yaml", "stop", 1), ("empty.yaml", "stop", 0), ("empty.yaml", "fix", 1), ("empty.yaml", "never", 0),
    ("stop.yaml", "never", 0), ("empty.yaml", "advice", 1),
])  # fmt: skip
def test_fail_on_decides_the_exit_code(dialoglots: Any, plans: Path, plan: str, fail_on: str, code: int) -> None:
    assert dialoglots("check", plan, "--fail-on", fail_on, "--quiet").code == code


def test_an_unreadable_plan_is_two_and_the_others_are_checked(dialoglots: Any, plans: Path) -> None:
    ran = dialoglots("check", ".", "--format", "json")
    assert ran.code == 2
    made = json.loads(ran.out)
    assert [plan["path"] for plan in made["plans"]] == ["bad.yaml", "empty.yaml", "stop.yaml"]
    assert made["summary"]["unreadable"] == 1
    assert dialoglots("check", ".", "--fail-on", "never", "--quiet").code == 2


def test_a_path_that_is_not_there_is_two(dialoglots: Any, plans: Path) -> None:
    ran = dialoglots("check", "nowhere.yaml", "empty.yaml", "--format", "json")
    assert ran.code == 2
    assert {plan["path"]: plan["verdict"] for plan in json.loads(ran.out)["plans"]} == {
        "empty.yaml": "revise", "nowhere.yaml": None,
    }  # fmt: skip


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv"])
def test_a_folder_without_plans_is_wrong_usage_and_says_nothing_else(dialoglots: Any, tmp_path: Path, form: str) -> None:
    (tmp_path / "none").mkdir()
    ran = dialoglots("check", "none", "--format", form)
    assert ran.code == 64
    assert ran.out == ""
    assert "none: Mappen innehåller inga planer." in ran.err


def test_a_pattern_without_plans_is_wrong_usage(dialoglots: Any) -> None:
    assert dialoglots("check", "*.yaml").code == 64


def test_reads_standard_input(process: Any) -> None:
    ran = process("check", "-", "--format", "json", stdin=STOP)
    assert ran.code == 1
    assert json.loads(ran.out)["plans"][0]["path"] == "-"


def test_writes_a_file_whole(dialoglots: Any, plans: Path) -> None:
    ran = dialoglots("check", "stop.yaml", "--format", "csv", "-o", "ut.csv")
    assert (ran.code, ran.out) == (1, "")
    content = (plans / "ut.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfpath;title;")
    assert content.count(b"\r\n") == content.count(b"\n") > 1
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0]["verdict"] == "stop"
    assert sorted(path.name for path in plans.iterdir() if path.suffix in (".csv", ".tmp")) == ["ut.csv"]


def test_a_file_that_was_there_is_kept_where_the_check_fails(dialoglots: Any, plans: Path) -> None:
    (plans / "ut.json").write_text("gammalt", encoding="utf-8")
    (plans / "none").mkdir()
    assert dialoglots("check", "stop.yaml", "none", "--format", "json", "-o", "ut.json").code in (1, 2, 64)
    assert dialoglots("check", "none", "--format", "json", "-o", "ut.json").code == 64
    assert not list(plans.glob(".ut.json*"))


def test_a_folder_that_is_not_there_cannot_be_written_to(dialoglots: Any, plans: Path) -> None:
    ran = dialoglots("check", "stop.yaml", "-o", "nowhere/ut.txt")
    assert ran.code == 74
    assert ran.err == "nowhere/ut.txt: går inte att skriva: mappen finns inte.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
def test_a_full_disk_is_told_plainly(process: Any, plans: Path) -> None:
    import subprocess
    import sys

    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "advisor", "check", "stop.yaml"], check=False, stdout=full,
                              stderr=subprocess.PIPE, cwd=plans, timeout=60,
                              env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})  # fmt: skip
    assert done.returncode == 74
    assert done.stderr.decode() == "Det går inte att skriva: disken är full.\n"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no such device")
def test_a_device_is_written_to_and_never_replaced(dialoglots: Any, plans: Path) -> None:
    assert dialoglots("check", "stop.yaml", "-o", "/dev/null").code == 1
    assert Path("/dev/null").is_char_device()


def test_a_link_stays_a_link(dialoglots: Any, plans: Path) -> None:
    (plans / "target.txt").write_text("gammalt", encoding="utf-8")
    try:
        (plans / "link.txt").symlink_to("target.txt")
    except OSError:
        pytest.skip("links cannot be made here")
    dialoglots("check", "stop.yaml", "-o", "link.txt")
    assert (plans / "link.txt").is_symlink()
    assert "Stopp" in (plans / "target.txt").read_text(encoding="utf-8")


def test_the_day_can_be_set(dialoglots: Any, plans: Path) -> None:
    assert "bedömd 2025-01-31" in dialoglots("check", "stop.yaml", "--as-of", "2025-01-31").out


@pytest.mark.parametrize("day", ["2026-02-30", "20260301", "igår", "2026-3-1"])
def test_a_day_that_is_none_is_wrong_usage(dialoglots: Any, plans: Path, day: str) -> None:
    ran = dialoglots("check", "stop.yaml", "--as-of", day)
    assert ran.code == 64
    assert "är inget datum" in ran.err


def test_the_same_input_gives_the_same_bytes(process: Any, plans: Path) -> None:
    for form in ("text", "json", "jsonl", "csv"):
        args = ("check", ".", "--format", form, "--as-of", "2026-11-23")
        assert process(*args, PYTHONHASHSEED="1").out == process(*args, PYTHONHASHSEED="2").out


def test_quiet_is_a_line_a_plan(dialoglots: Any, plans: Path) -> None:
    assert dialoglots("check", "stop.yaml", "--quiet").out == "stop.yaml: stopp\n"


def test_all_shows_everything(dialoglots: Any, plans: Path) -> None:
    assert dialoglots("check", "empty.yaml", "--all").out.count("Varför:") > 12


@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
def test_a_narrow_encoding_gets_stand_ins_and_never_a_traceback(process: Any, plans: Path, encoding: str) -> None:
    ran = process("check", ".", encoding=encoding, PYTHONIOENCODING=encoding)
    assert ran.code == 2
    assert "Åtgärda innan ni bjuder in" in ran.out
    assert "Traceback" not in ran.err
    assert "?" not in ran.out.partition("Mognad")[2].partition("Metoder")[0]
    made = process("check", "stop.yaml", "--format", "json", PYTHONIOENCODING=encoding)
    assert json.loads(made.out)["plans"][0]["findings"][0]["title"] == "Frågan går inte att påverka"


def test_a_pipe_gets_utf8_whatever_the_locale(process: Any, plans: Path) -> None:
    assert "bedömd" in process("check", "stop.yaml", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0").out


@pytest.mark.parametrize("paths", [["stop.yaml"], ["."], ["*.yaml"]])
def test_the_result_never_replaces_a_plan(dialoglots: Any, plans: Path, paths: list[str]) -> None:
    ran = dialoglots("check", *paths, "--output", str(plans / "stop.yaml"))
    assert ran.code == 64
    assert "är en av planerna som ska granskas" in ran.err
    assert (plans / "stop.yaml").read_text(encoding="utf-8") == STOP


def test_what_was_not_checked_is_said(dialoglots: Any, tmp_path: Path) -> None:
    """A plan that leaves a question open may be ready, but is never told so without reserve."""
    whole = (Path(__file__).parents[2] / "knowledge" / "examples" / "skolstruktur.yaml").read_text(encoding="utf-8")
    assert "  wording: open" in whole
    (tmp_path / "whole.yaml").write_text(whole, encoding="utf-8")
    (tmp_path / "open.yaml").write_text(whole.replace("  wording: open", "  wording:"), encoding="utf-8")
    assert "Redo: inget behöver åtgärdas" in dialoglots("check", "whole.yaml").out
    assert "Redo utifrån det ni har svarat. 2 kontroller är inte gjorda" in dialoglots("check", "open.yaml").out
    made = json.loads(dialoglots("check", "whole.yaml", "open.yaml", "--format", "json").out)["plans"]
    assert [plan["unchecked"] for plan in made] == [[], ["question.leading_wording", "question.yes_no_in_deep_dialogue"]]
