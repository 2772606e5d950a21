"""Language, settings, help and exit codes of the command as a whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from advisor.cli import entry


def test_without_arguments_it_helps(dialoglots: Any) -> None:
    ran = dialoglots()
    assert ran.code == 0
    assert ran.out.startswith("Så här: dialoglots [FLAGGOR] KOMMANDO")
    assert "Exempel:" in ran.out


@pytest.mark.parametrize("command", [
    [], ["check"], ["explain"], ["why"], ["new"], ["schema"], ["rules"], ["rules", "check"], ["rules", "test"],
    ["rules", "list"], ["rules", "docs"],
])  # fmt: skip
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_helps_in_swedish(dialoglots: Any, command: list[str], flag: str) -> None:
    ran = dialoglots(*command, flag)
    assert ran.code == 0
    assert "Så här:" in ran.out
    assert "Visa den här hjälpen och avsluta." in ran.out
    for english in ("Usage", "Options", "Commands", "Show this"):
        assert english not in ran.out


def test_help_of_check_says_what_one_means(dialoglots: Any) -> None:
    assert "1   det finns något att göra i planen (programmet har fungerat)" in dialoglots("check", "--help").out


def test_version_names_program_knowledge_engine_and_python(dialoglots: Any) -> None:
    ran = dialoglots("--version")
    assert ran.code == 0
    for part in ("dialoglots ", "kunskap ", "motor ", f"Python {sys.version_info.major}.{sys.version_info.minor}"):
        assert part in ran.out


@pytest.mark.parametrize(("args", "sentence"), [
    (["chek"], "Kommandot 'chek' finns inte."),
    (["check"], "Här saknas argumentet 'SÖKVÄG...'."),
    (["check", "x", "--formt", "json"], "Flaggan '--formt' finns inte. Menade ni '--format'?"),
    (["check", "x", "--format", "pdf"], "'pdf' passar inte. Välj mellan 'text', 'json', 'jsonl', 'csv', 'html', 'markdown'."),
    (["check", "x", "--lang", "de"], "'de' passar inte. Välj mellan 'sv', 'en'."),
    (["check", "x", "--output"], "Flaggan '--output' ska följas av ett värde."),
    (["schema", "plan", "extra"], "Ett argument för mycket (extra)"),
])  # fmt: skip
def test_wrong_usage_is_told_in_swedish(dialoglots: Any, args: list[str], sentence: str) -> None:
    ran = dialoglots(*args)
    assert ran.code == 64
    assert sentence in ran.err
    assert "Error" not in ran.err


def test_english_is_click_as_it_is(dialoglots: Any) -> None:
    assert "Usage: dialoglots" in dialoglots("--lang", "en", "--help").out
    assert "Missing argument" in dialoglots("check", "--lang=en").err


def test_the_command_line_wins_over_the_environment_and_the_settings(
    dialoglots: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".dialoglots.yaml").write_text("lang: en\n", encoding="utf-8")
    assert "Usage:" in dialoglots("--help").out
    monkeypatch.setenv("DIALOGLOTS_LANG", "sv")
    assert "Så här:" in dialoglots("--help").out
    assert "Usage:" in dialoglots("--help", "--lang", "en").out


def test_settings_are_found_in_the_users_folder(
    dialoglots: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import platformdirs

    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_, **__: str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / ".dialoglots.yaml").write_text("lang: en\n", encoding="utf-8")
    assert "Usage:" in dialoglots("--help").out


def test_check_says_which_settings_it_used(dialoglots: Any, tmp_path: Path) -> None:
    (tmp_path / "mina.yaml").write_text("lang: sv\nlanguage: en\n", encoding="utf-8")
    (tmp_path / "plan.yaml").write_text("", encoding="utf-8")
    ran = dialoglots("check", "plan.yaml", "--config", "mina.yaml")
    assert ran.err.splitlines() == [
        "Inställningar: mina.yaml", "mina.yaml:2:1: Inställningen «language» finns inte. Menade ni «lang»?",
    ]  # fmt: skip
    assert dialoglots("check", "plan.yaml", "--config", "mina.yaml", "--quiet").err == ""


@pytest.mark.parametrize(("content", "sentence"), [
    ("lang: de\n", "mina.yaml:1:7: Språket «de» finns inte. Välj sv eller en."),
    ("- lang\n", "mina.yaml:1:1: Här ska stå inställningar"),
    ("lang: [\n", "mina.yaml:"),
    (None, "mina.yaml: Inställningsfilen går inte att läsa. Finns den?"),
])  # fmt: skip
def test_wrong_settings_are_wrong_usage(dialoglots: Any, tmp_path: Path, content: str | None, sentence: str) -> None:
    if content is not None:
        (tmp_path / "mina.yaml").write_text(content, encoding="utf-8")
    ran = dialoglots("--config", "mina.yaml", "--help")
    assert ran.code == 64
    assert ran.err.startswith(sentence)


def test_a_language_in_the_environment_that_is_none_is_wrong_usage(
    dialoglots: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOGLOTS_LANG", "fi")
    ran = dialoglots("--help")
    assert (ran.code, ran.err) == (64, "DIALOGLOTS_LANG: Språket «fi» finns inte. Välj sv eller en.\n")


def test_an_error_of_ours_is_one_sentence(dialoglots: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(entry, "settle", breaks)
    ran = dialoglots("--help")
    assert ran.code == 70
    assert ran.err.startswith("Ett fel i programmet: RuntimeError.")
    assert "Traceback" not in ran.err
    monkeypatch.setenv("DIALOGLOTS_DEBUG", "1")
    with pytest.raises(RuntimeError):
        dialoglots("--help")


def test_wrong_knowledge_is_three(dialoglots: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from advisor.errors import KnowledgeError, Message, Problem
    from advisor.load import open_knowledge

    def breaks(*_: object) -> None:
        raise KnowledgeError([Problem("rules/a/b.yaml", Message("Fel."), 9, 7)])

    monkeypatch.setattr("advisor.api.open_shipped_knowledge", breaks)
    monkeypatch.setattr(open_knowledge, "open_shipped_knowledge", breaks)
    (tmp_path / "plan.yaml").write_text("", encoding="utf-8")
    ran = dialoglots("check", "plan.yaml")
    assert (ran.code, ran.out, ran.err) == (3, "", "rules/a/b.yaml:9:7: Fel.\n")


def _popen(folder: Path, *args: str, **more: Any) -> subprocess.Popen[bytes]:
    own = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen([sys.executable, "-m", "advisor", *args], cwd=folder, env=own, **more)


@pytest.mark.skipif(os.name == "nt", reason="a signal cannot be sent like this on Windows")
def test_an_interrupted_check_leaves_no_file(tmp_path: Path) -> None:
    with (tmp_path / "planer.jsonl").open("w", encoding="utf-8") as many:
        many.writelines('{"question": {"influenceable": "not_at_all"}}\n' for _ in range(200_000))
    with _popen(tmp_path, "check", "planer.jsonl", "-o", "ut.txt", stderr=subprocess.PIPE) as running:
        until = time.monotonic() + 30
        while not list(tmp_path.glob(".ut.txt*")) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.2)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert said.decode().split() == ["Avbrutet."]  # click begins a new line after ^C
    assert [path.name for path in tmp_path.iterdir() if path.name != "planer.jsonl"] == []


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently on Windows")
def test_a_reader_who_leaves_is_no_error(tmp_path: Path) -> None:
    with (tmp_path / "planer.jsonl").open("w", encoding="utf-8") as many:
        many.writelines('{"title": "x"}\n' for _ in range(2000))
    with _popen(tmp_path, "check", "planer.jsonl", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
        running.wait(timeout=60)
    assert said == b""
    assert running.returncode == 74


def test_click_and_its_friends_wait_until_they_are_needed() -> None:
    program = "import sys, advisor.cli.commands; print(sorted({'yaml', 'pydantic', 'durable'} & set(sys.modules)))"
    own = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8", env=own)
    assert done.stdout == "[]\n"
