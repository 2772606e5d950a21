"""Files that are none, names that are no names, and standard streams that are gone."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from hostile.feed import command

ROOT: Final = Path(__file__).parents[2]
UNIX: Final = pytest.mark.skipif(os.name == "nt", reason="there is no such file on Windows")
SENTENCES: Final = {
    "folder.yaml": "Det är en mapp, inte en plan.", "gone.yaml": "Filen finns inte (längre).",
    "pipe.yaml": "Det är ingen vanlig fil.", "pipe.jsonl": "Det är ingen vanlig fil.", "zero.yaml": "Det är ingen vanlig fil.",
    "zero.jsonl": "Det är ingen vanlig fil.", "ring.yaml": "Går inte att läsa:",
}  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(name: str) -> None:
    path = Path(name)
    match path.stem:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "zero":
            path.symlink_to("/dev/zero")
        case "ring":
            path.symlink_to(path.name)
        case "gone":
            path.symlink_to("nowhere")


@UNIX
@pytest.mark.parametrize("name", [name for name in SENTENCES if name != "folder.yaml"])
def test_what_is_no_file_is_told_and_the_others_are_checked(here: Path, name: str) -> None:
    make(name)
    Path("plan.yaml").write_text("title: x\n", encoding="utf-8")
    for paths in ([name, "plan.yaml"], ["."], ["*"]):
        code, out, err = command(["check", *paths])
        assert (code, err) == (2, "")
        assert SENTENCES[name] in out
        assert "plan.yaml, bedömd" in out


def test_a_folder_called_as_a_plan_is_a_folder(here: Path) -> None:
    make("folder.yaml")
    Path("folder.yaml", "plan.yaml").write_text("title: x\n", encoding="utf-8")
    assert "folder.yaml/plan.yaml, bedömd" in command(["check", "."])[1]


@UNIX
@pytest.mark.parametrize(("failure", "sentence"), [
    (PermissionError(13, "no"), "Ni saknar behörighet att läsa filen eller mappen."),
    (FileNotFoundError(2, "no"), "Filen finns inte (längre)."),
    (OSError(5, "Input/output error"), "Går inte att läsa: Input/output error."),
])  # fmt: skip
def test_what_cannot_be_opened_or_vanishes(
    here: Path, monkeypatch: pytest.MonkeyPatch, failure: OSError, sentence: str
) -> None:
    for name in ("a.yaml", "b.yaml", "c.jsonl"):
        Path(name).write_text('{"title": "x"}\n', encoding="utf-8")

    def fails(path: str, *more: Any, **others: Any) -> Any:
        if str(path).endswith(("a.yaml", "c.jsonl")):
            raise failure
        return open(path, *more, **others)

    monkeypatch.setattr("advisor.load.plan_files.open", fails, raising=False)
    code, out, err = command(["check", "."])
    assert (code, err) == (2, "")
    assert out.count(sentence) >= 2
    assert "b.yaml, bedömd" in out


@UNIX
def test_a_file_that_grows_while_it_is_read(here: Path) -> None:
    stop = threading.Event()

    def grow() -> None:
        with Path("plan.yaml").open("ab") as file:
            while not stop.is_set():
                file.write(b"# x\n" * 1000)

    Path("plan.yaml").write_bytes(b"# x\n" * 1_000_000)
    growing = threading.Thread(target=grow)
    growing.start()
    try:
        assert command(["check", "plan.yaml"])[0] in (1, 2)
    finally:
        stop.set()
        growing.join()


@UNIX
@pytest.mark.parametrize("name", [
    b"rad\nbrytning.yaml", b"\x1b[31mr\x1b]0;x\x07.yaml", b"latin-\xe5.yaml", "\u202evänd.yaml".encode(), b"-.yaml",
    b"--lang.yaml",
    b"[a].yaml", b"*.yaml", b"\xf0\x9f\x92\xa9.yaml", b"%s{0}{item}.yaml", b"'\".yaml", b"a" * 250 + b".yaml",
    b" .yaml", b"con.yaml",
])  # fmt: skip
@pytest.mark.parametrize("content", ["title: x\n", "title: a: b\n"])
@pytest.mark.parametrize("report", ["text", "json"])
def test_strange_names(here: Path, name: bytes, content: str, report: str) -> None:
    Path(os.fsdecode(name)).write_text(content, encoding="utf-8")
    code, out, err = command(["check", "." if report == "text" else f"./{os.fsdecode(name)}", "--format", report])
    assert code == (2 if ": b" in content else 1)
    assert err == ""
    assert not set(out) & set("\x1b\x07\u202e\udce5")


@pytest.mark.parametrize("path", [
    "a" * 5000 + ".yaml", "a/" * 3000, "a\0b.yaml", "\ud800.yaml", "\x1b[2J", "", " ", "\n", "[", "[!",
    "**/" * 50 + "x", "~", "{item}", "%s",
])  # fmt: skip
def test_paths_that_lead_nowhere(here: Path, path: str) -> None:
    code, out, err = command(["check", path])
    assert code in (2, 64)
    assert "\x1b" not in out + err
    assert "Traceback" not in out + err


def test_standard_input_twice_is_read_once(here: Path) -> None:
    code, out, _ = command(["check", "-", "-", "--format", "json"], b"title: x\n")
    assert (code, out.count('"path": "-"')) == (1, 1)


def _process(*args: str, **more: Any) -> "subprocess.CompletedProcess[bytes]":
    own = {**os.environ, "PYTHONPATH": str(ROOT)}
    streams = {"stderr": subprocess.PIPE, **more}
    return subprocess.run([sys.executable, "-m", "advisor", *args], check=False, env=own, timeout=60, **streams)


def _close(*streams: int) -> Callable[[], None]:
    return lambda: [os.close(stream) for stream in streams] and None


@UNIX
@pytest.mark.parametrize(("closed", "codes"), [((0,), (2,)), ((1,), (1, 74)), ((2,), (1,)), ((0, 1, 2), (2, 74))])
def test_closed_standard_streams(here: Path, closed: tuple[int, ...], codes: tuple[int, ...]) -> None:
    Path("plan.yaml").write_text("title: x\n", encoding="utf-8")
    ran = _process("check", "-" if 0 in closed else "plan.yaml", stdout=subprocess.PIPE, preexec_fn=_close(*closed))
    assert ran.returncode in codes
    assert b"Traceback" not in ran.stderr
    assert b"Exception" not in ran.stderr


@UNIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
@pytest.mark.parametrize("report", ["text", "json", "jsonl", "csv"])
def test_a_full_disk(here: Path, report: str) -> None:
    Path("plan.yaml").write_text("title: x\n", encoding="utf-8")
    with open("/dev/full", "wb") as full:
        ran = _process("check", "plan.yaml", "--format", report, stdout=full)
    assert ran.returncode == 74
    assert ran.stderr.decode() == "Det går inte att skriva: disken är full.\n"


@UNIX
def test_a_full_disk_for_what_is_wrong_too(here: Path) -> None:
    with open("/dev/full", "wb") as full:
        ran = _process("chek", stdout=full, stderr=full)
    assert ran.returncode in (64, 74)


@UNIX
@pytest.mark.parametrize("source", ["/dev/zero", "/dev/urandom"])
def test_standard_input_without_end(here: Path, source: str) -> None:
    with open(source, "rb") as endless:
        ran = _process("check", "-", stdin=endless, stdout=subprocess.PIPE)
    assert ran.returncode == 2
    assert "Filen är större än 5 MB." in " ".join(ran.stdout.decode().split())


@UNIX
@pytest.mark.parametrize("name", ["pipe.yaml", "zero.yaml", "gone.yaml", "ring.yaml"])
def test_a_rule_file_that_is_no_file(here: Path, name: str) -> None:
    Path("knowledge").mkdir()
    Path("rules", "goals").mkdir(parents=True)
    make(f"rules/goals/{name}")
    code, out, err = command(["rules", "check", "."])
    assert code == 3
    assert f"rules/goals/{name}" in out
    assert "Traceback" not in out + err
