"""Finding plan files and reading them: a bad one never stops the others, and never ends in a traceback."""

import io
import json
import os
import sys
import tracemalloc
from pathlib import Path

import pytest

from advisor.errors import Problem
from advisor.load import plan_files
from advisor.load.plan_files import NoPlansHere, PlanSource, find_plans, read_plans
from advisor.load.text import LARGEST_FILE
from advisor.load.wording import Wording
from advisor.model.plan import Plan

GONE = "Filen finns inte (längre)."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with plans, in which the test runs."""
    monkeypatch.chdir(tmp_path)
    for name in ("b.yaml", "a.yml", "sub/c.json", "sub/deep/d.jsonl", "sub-e.YAML", "notes.md", ".hidden.yaml",
                 ".git/f.yaml", "sub/.g/h.yaml", "plan.yaml/i.yaml"):  # fmt: skip
        file = tmp_path / "plans" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}", encoding="utf-8")
    return tmp_path


ALL = ["plans/a.yml", "plans/b.yaml", "plans/plan.yaml/i.yaml", "plans/sub-e.YAML", "plans/sub/c.json",
       "plans/sub/deep/d.jsonl"]  # fmt: skip


def texts(problems: list[Problem]) -> list[str]:
    return [problem.text("sv") for problem in problems]


@pytest.mark.usefixtures("folder")
class TestFind:
    @pytest.mark.parametrize("path", ["plans", "plans/", "./plans"])
    def test_folders_with_subfolders_sorted(self, path: str) -> None:
        prefix = "./" if path.startswith("./") else ""
        assert find_plans([path]) == ([prefix + plan for plan in ALL], [])

    def test_the_current_folder(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder / "plans")
        assert find_plans(["."])[0] == [plan.removeprefix("plans/") for plan in ALL]

    def test_each_file_once_in_the_order_given(self, folder: Path) -> None:
        found, problems = find_plans(["plans/b.yaml", "plans", "./plans/a.yml", str(folder / "plans" / "a.yml"), "-", "-"])
        assert found == ["plans/b.yaml", *(plan for plan in ALL if plan != "plans/b.yaml"), "-"]
        assert not problems

    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("plans/*.yaml", ["plans/b.yaml", "plans/plan.yaml/i.yaml"]),
            ("plans/[ab].y*ml", ["plans/a.yml", "plans/b.yaml"]),
            ("plans/**/*.json*", ["plans/sub/c.json", "plans/sub/deep/d.jsonl"]),
            ("plans/*", ALL),
        ],
    )
    def test_patterns(self, pattern: str, expected: list[str]) -> None:
        found, problems = find_plans([pattern])
        assert (sorted(found), problems) == (expected, [])

    def test_a_file_may_be_named_like_a_pattern(self, folder: Path) -> None:
        (folder / "plans" / "[ab].yaml").write_text("{}", encoding="utf-8")
        assert find_plans(["plans/[ab].yaml"])[0] == ["plans/[ab].yaml"]

    def test_what_was_named_is_read_whatever_its_ending(self) -> None:
        assert find_plans(["plans/notes.md", "plans/.hidden.yaml"])[0] == ["plans/notes.md", "plans/.hidden.yaml"]

    def test_paths_that_lead_nowhere(self, folder: Path) -> None:
        (folder / "empty").mkdir()
        (folder / "empty" / "notes.md").touch()
        found, problems = find_plans(["none.yaml", "plans/b.yaml", "empty", "plans/x*.yaml", "a\0b"])
        assert found == ["plans/b.yaml"]
        missing = "Filen eller mappen finns inte. Kontrollera sökvägen och stavningen."
        assert texts(problems) == [
            f"none.yaml: {missing}",
            "empty: Mappen innehåller inga planer. En plan är en fil som slutar på .yaml, .yml, .json eller .jsonl.",
            "plans/x*.yaml: Inga planer passar in på mönstret. Kontrollera sökvägen och stavningen.",
            f"a\0b: {missing}",
        ]
        assert [isinstance(problem, NoPlansHere) for problem in problems] == [False, True, True, False]

    def test_a_pattern_for_what_was_found_already_is_no_problem(self) -> None:
        assert find_plans(["plans", "plans/*.yml"])[1] == []

    def test_links_are_followed_once(self, folder: Path) -> None:
        (folder / "plans" / "z.yaml").symlink_to(folder / "plans" / "b.yaml")
        (folder / "plans" / "loop").symlink_to(folder / "plans")
        assert find_plans(["plans"])[0] == ALL

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everybody may read everything")
    def test_a_folder_that_may_not_be_read(self, folder: Path) -> None:
        closed = folder / "plans" / "sub"
        closed.chmod(0)
        try:
            found, problems = find_plans(["plans"])
        finally:
            closed.chmod(0o755)
        assert "plans/sub/c.json" not in found
        assert texts(problems) == ["plans/sub: Ni saknar behörighet att läsa filen eller mappen."]

    def test_a_folder_that_cannot_be_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = os.scandir

        def scandir(path: str) -> object:
            if path.endswith("sub"):
                raise PermissionError(13, "Permission denied", path)
            return real(path)

        monkeypatch.setattr(os, "scandir", scandir)
        found, problems = find_plans(["plans"])
        assert "plans/sub/c.json" not in found
        assert texts(problems) == ["plans/sub: Ni saknar behörighet att läsa filen eller mappen."]

    def test_windows_paths_are_shown_with_slashes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(plan_files.os, "sep", "\\")
        assert texts(find_plans(["C:\\planer\\x.yaml"])[1])[0].startswith("C:/planer/x.yaml: ")


def sources(path: Path | str, words: Wording | None = None) -> list[PlanSource]:
    return list(read_plans(str(path), words))


def told(source: PlanSource) -> str:
    assert source.plan is None
    assert source.error is not None
    return source.error.text("sv")


def write(file: Path, content: str | bytes) -> Path:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


class TestRead:
    def test_the_ending_decides(self, tmp_path: Path) -> None:
        for name in ("a.yaml", "a.yml", "a.txt", "a", "a.YAML"):
            [source] = sources(write(tmp_path / name, "title: x"))
            assert source.plan == Plan(title="x")
            assert source.path == str(tmp_path / name)
            assert source.error is None
        [source] = sources(write(tmp_path / "a.json", '{"title": "x"}'))
        assert source.plan == Plan(title="x")
        assert "Här saknas ett värde" in told(sources(write(tmp_path / "b.JSON", "title: x"))[0])
        [source] = sources(write(tmp_path / "b.yaml", '{"title": "x"}'))
        assert source.plan == Plan(title="x")

    def test_words_reach_the_sentences(self, tmp_path: Path, words: Wording) -> None:
        [source] = sources(write(tmp_path / "a.yaml", "status: planed"), words)
        assert "Menar ni planned (Planerad)?" in told(source)

    def test_json_lines(self, tmp_path: Path) -> None:
        file = write(tmp_path / "a.jsonl", b'\xef\xbb\xbf{"title": "1"}\r\n\r\n   \n{"title": \n{"status": "x"}\n'
                                           b'[1]\n\xff\n{"title": "8"}')  # fmt: skip
        read = sources(file)
        assert [source.path for source in read] == [f"{file}:{line}" for line in (1, 4, 5, 6, 7, 8)]
        assert [source.plan and source.plan.title for source in read] == ["1", None, None, None, None, "8"]
        assert [told(source).split(": ")[0] for source in read[1:5]] == [
            f"{file}:4:11", f"{file}:5:12", f"{file}:6:1", f"{file}:7:1"]  # fmt: skip
        assert told(read[4]).endswith("Filen är inte sparad som UTF-8. Öppna den i Word eller Anteckningar, välj Spara "
                                      "som och kodningen UTF-8.")  # fmt: skip

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
    def test_json_lines_in_utf16(self, tmp_path: Path, encoding: str) -> None:
        mark = "" if encoding == "utf-16" else "\ufeff"
        text = mark + '{"title": "Ċ\u0a0a 1"}\r\n\r\n{"title": "Å"}\n'  # signs whose bytes hold a line feed
        read = sources(write(tmp_path / "a.jsonl", text.encode(encoding)))
        assert [source.plan and source.plan.title for source in read] == ["Ċ\u0a0a 1", "Å"]
        assert [source.path[-2:] for source in read] == [":1", ":3"]

    def test_json_lines_in_pieces(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("advisor.load.plan_lines._PIECE", 7)
        for encoding in ("utf-8", "utf-16"):
            lines = "\n".join(json.dumps({"title": f"Å {number}"}, ensure_ascii=False) for number in range(50))
            read = sources(write(tmp_path / "a.jsonl", lines.encode(encoding)))
            assert [source.plan and source.plan.title for source in read] == [f"Å {number}" for number in range(50)]

    def test_an_endless_line_is_refused_and_the_next_read(self, tmp_path: Path) -> None:
        long = b'{"title": "' + b"x" * (2 * LARGEST_FILE) + b'"}'
        read = sources(write(tmp_path / "a.jsonl", b'{}\n' + long + b'\n{"title": "3"}\n'))
        assert [source.plan is None for source in read] == [False, True, False]
        assert told(read[1]) == (
            f"{tmp_path / 'a.jsonl'}:2: Filen är större än 5 MB. En plan är mycket mindre. Kontrollera att det är rätt "
            "fil."
        )  # fmt: skip

    def test_memory_stays_flat(self, tmp_path: Path) -> None:
        line = json.dumps({"title": "x" * 2000, "place": "y"}).encode() + b"\n"

        def peak(lines: int) -> int:
            file = write(tmp_path / "a.jsonl", line * lines)
            tracemalloc.start()
            try:
                assert sum(source.plan is not None for source in read_plans(str(file))) == lines
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

        assert peak(4000) < peak(1500) * 1.2

    @pytest.mark.parametrize("content", [b"", b"\n \n"])
    def test_an_empty_file_of_json_lines_is_told_of(self, tmp_path: Path, content: bytes) -> None:
        (source,) = sources(write(tmp_path / "a.jsonl", content))
        assert source.error is not None
        assert "Filen innehåller inga planer." in source.error.text("sv")

    def test_what_cannot_be_opened(self, tmp_path: Path) -> None:
        assert told(sources(tmp_path / "none.yaml")[0]) == f"{tmp_path}/none.yaml: {GONE}"
        assert told(sources("a\0b.yaml")[0]).startswith("a\0b.yaml: Går inte att läsa: ")
        (tmp_path / "plan.yaml").mkdir()
        assert told(sources(tmp_path / "plan.yaml")[0]).endswith("plan.yaml: Det är en mapp, inte en plan.")
        (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere.yaml")
        assert told(sources(tmp_path / "link.yaml")[0]).endswith(GONE)

    @pytest.mark.parametrize(
        ("failure", "sentence"),
        [
            (PermissionError(13, "Permission denied"), "Ni saknar behörighet att läsa filen eller mappen."),
            (OSError(5, "Input/output error"), "Går inte att läsa: Input/output error."),
            (FileNotFoundError(2, "No such file"), GONE),
        ],
    )
    def test_what_fails_while_it_is_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: OSError, sentence: str
    ) -> None:
        class Failing(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                raise failure

        monkeypatch.setattr("builtins.open", lambda *_: Failing())
        file = tmp_path / "a.yaml"
        file.touch()
        assert told(sources(file)[0]) == f"{file}: {sentence}"

    def test_too_large(self, tmp_path: Path) -> None:
        [source] = sources(write(tmp_path / "a.yaml", b"title: " + b"x" * LARGEST_FILE))
        assert told(source).endswith("Filen är större än 5 MB. En plan är mycket mindre. Kontrollera att det är rätt fil.")

    def test_the_whole_example(self, full_plan: str, tmp_path: Path) -> None:
        [source] = sources(write(tmp_path / "a.yaml", full_plan))
        assert source.plan is not None


class TestStdin:
    @pytest.fixture
    def given(self, monkeypatch: pytest.MonkeyPatch) -> object:
        class Stdin:
            buffer = io.BytesIO()

        monkeypatch.setattr(sys, "stdin", Stdin)

        def give(content: str | bytes) -> list[PlanSource]:
            Stdin.buffer = io.BytesIO(content if isinstance(content, bytes) else content.encode())
            return sources("-")

        return give

    @pytest.mark.parametrize(
        "content", ["title: x", '{"title": "x"}', '\n  {\n "title": "x"\n}\n', "\ufeff{\"title\": \"x\"}\n", '"title": x']
    )
    def test_one_plan(self, given: object, content: str) -> None:
        assert callable(given)
        assert given(content) == [PlanSource("-", Plan(title="x"))]
        assert given(content.removeprefix("\ufeff").encode("utf-16")) == [PlanSource("-", Plan(title="x"))]

    def test_nothing_is_an_empty_plan(self, given: object) -> None:
        assert callable(given)
        assert given("") == [PlanSource("-", Plan())]

    def test_json_lines(self, given: object) -> None:
        assert callable(given)
        read = given('{"title": "1"}\n\n{"title": "3"}\n')
        assert [(source.path, source.plan.title) for source in read] == [("-:1", "1"), ("-:3", "3")]

    @pytest.mark.parametrize("bad", [0, 1, 2])
    def test_a_wrong_line_among_json_lines(self, given: object, bad: int) -> None:
        assert callable(given)
        lines = ['{"title": "x"}'] * 3
        lines[bad] = '{"title": }'
        assert [source.plan is None for source in given("\n".join(lines))] == [line == bad for line in range(3)]

    def test_a_wrong_plan_over_several_lines(self, given: object) -> None:
        assert callable(given)
        [source] = given('{\n  "title": "x",\n  "place": x\n}\n')
        assert told(source).startswith("-:3:12: Här saknas ett värde.")

    def test_very_many_json_lines(self, given: object) -> None:
        assert callable(given)
        line = json.dumps({"title": "x" * 10_000})
        number = LARGEST_FILE // 10_000 + 50
        assert sum(source.plan is not None for source in given("\n".join([line] * number))) == number

    def test_too_large(self, given: object) -> None:
        assert callable(given)
        for content in ('{"title":\n"' + "x" * LARGEST_FILE + '"}', "title: " + "x" * LARGEST_FILE):
            [source] = given(content)
            assert "större än 5 MB" in told(source)

    def test_no_stdin(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", None)
        assert told(sources("-")[0]) == "-: Det finns inget att läsa från standard in."
