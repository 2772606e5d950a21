"""``check`` on many plans: several processes, an earlier check to compare with, one summary, and interruptions."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
STOP = "organisation: {unit: Tekniska}\nquestion: {text: Hur?, influenceable: not_at_all}\n"
PLAN = """\
organisation: {unit: Skolan}
goals: [{text: Ett, states: activity}]
target_groups: [{name: Elever, kind: [children], hard_to_reach: true, channels: [web]}]
"""


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Some plans in the folder ``planer``."""
    folder = tmp_path / "planer"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.yaml").write_text((STOP, PLAN)[number % 2], encoding="utf-8")
    (folder / "fel.yaml").write_text("title: Skolan: en fråga\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("jobs", ["0", "-1", "två", "1.5", "", "61", "9" * 5000])
def test_a_number_of_jobs_that_is_none_is_wrong_usage(dialoglots: Any, plans: Path, jobs: str) -> None:
    ran = dialoglots("check", "planer", f"--jobs={jobs}")
    assert (ran.code, ran.out) == (64, "")
    assert "Skriv ett heltal från 1 till 60." in ran.err


def test_several_jobs_write_the_same(process: Any, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text('{"organisation": {"unit": "Skolan"}}\n{\n' * 400, encoding="utf-8")
    args = ("check", "many.jsonl", "--as-of", "2026-11-23")
    for form in ("jsonl", "text"):
        alone = process(*args, "--format", form)
        shared = process(*args, "--format", form, "--jobs", "3")
        assert (alone.code, alone.err) == (shared.code, shared.err) == (2, "")
        assert alone.out == shared.out
    piped = process("check", "-", "--format", "csv", "--jobs", "2", stdin=(tmp_path / "many.jsonl").read_text("utf-8"))
    assert piped.out.count("\r\n'-:") > 400  # a cell that begins with - is no formula


def test_pages_are_written(dialoglots: Any, plans: Path) -> None:
    ran = dialoglots("check", "planer", "--format", "html", "-o", "sida.html")
    assert ran.code == 2
    assert Path("sida.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert dialoglots("check", "planer", "--format", "markdown").out.startswith("# ")


def test_the_summary_tells_of_units_severities_and_what_could_not_be_read(dialoglots: Any, plans: Path) -> None:
    told = dialoglots("check", "planer").out.rpartition("─" * 80)[2]
    assert "7 planer: 0 redo, 3 att arbeta om, 3 stopp." in told
    assert "1 plan gick inte att läsa.\n  - planer/fel.yaml\n" in told
    assert "Påpekanden: 3 stopp," in told
    assert "  Enhet     Planer  Redo  Arbeta om  Stopp\n" in told
    assert "  Skolan         3     0          3      0\n" in told
    assert "  Tekniska       3     0          0      3\n" in told


def test_an_empty_folder_is_told_of_when_the_others_are_checked(dialoglots: Any, plans: Path) -> None:
    Path("tom").mkdir()
    ran = dialoglots("check", "tom", "planer", "ingen*.yaml", "nowhere.yaml", "--format", "json", "-o", "ut.json")
    assert ran.code == 64
    assert ran.err.splitlines()[0].startswith("tom: Mappen innehåller inga planer.")
    assert ran.err.splitlines()[1].startswith("ingen*.yaml: Inga planer passar in på mönstret.")
    assert json.loads(Path("ut.json").read_text(encoding="utf-8"))["summary"]["plans"] == 8


def test_an_acceptance_that_says_nothing_is_told_of(dialoglots: Any, tmp_path: Path) -> None:
    Path("a.yaml").write_text("accepted: [{}]\n", encoding="utf-8")
    assert "Godtagandet av en avvikelse räknas inte" in " ".join(dialoglots("check", "a.yaml").out.split())
    dialoglots("new", "ny.yaml")
    assert "Godtagandet" not in dialoglots("check", "ny.yaml").out


def test_a_computer_that_breaks_off_the_work_is_told_of(
    dialoglots: Any, plans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from advisor import batch

    def refuses(*_: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(batch, "_FEWEST", 1)
    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", refuses)
    ran = dialoglots("check", "planer", "--jobs", "2", "-o", "ut.txt")
    assert (ran.code, ran.out) == (70, "")
    assert ran.err.startswith("Datorn avbröt de processer som skulle granska planerna")
    assert not list(Path().glob("*ut.txt*"))


def test_excel_signs_stay_out_where_they_cannot_be_written(process: Any, plans: Path) -> None:
    assert process("check", "planer", "--format", "csv", PYTHONIOENCODING="cp1252", encoding="cp1252").out.startswith("path;")
    assert process("check", "planer", "--format", "csv").out.startswith("\ufeffpath;")


class TestBaseline:
    @pytest.fixture
    def before(self, dialoglots: Any, plans: Path) -> Path:
        """What an earlier check said."""
        dialoglots("check", "planer", "--format", "json", "-o", "mars.json", "--as-of", "2026-03-01")
        return Path("mars.json")

    @pytest.mark.usefixtures("before")
    def test_nothing_new_is_nothing_to_do(self, dialoglots: Any, plans: Path) -> None:
        (plans / "fel.yaml").unlink()
        ran = dialoglots("check", "planer", "--baseline", "mars.json", "--as-of", "2026-03-01")
        assert ran.code == 0
        assert "Stopp: håll inte dialogen" in ran.out  # the verdict is the plan's own
        assert "Inget påpekande är nytt." in ran.out
        assert "Mognad:" not in ran.out  # nor is anything else told again of a plan where nothing has changed
        assert "question.not_influenceable" not in ran.out
        made = json.loads(dialoglots("check", "planer", "--baseline", "mars.json", "--format", "json").out)
        assert all(plan["findings"] == plan["baseline"]["gone"] == [] for plan in made["plans"])
        assert made["summary"]["baseline"]["new"] == 0
        assert made["summary"]["by_severity"] == {"stop": 0, "fix": 0, "advice": 0}
        assert made["summary"]["stop"] == 3

    @pytest.mark.usefixtures("before")
    @pytest.mark.parametrize("form", ["html", "markdown"])
    def test_the_pages_name_what_is_gone_and_the_plans_that_are(self, dialoglots: Any, plans: Path, form: str) -> None:
        (plans / "fel.yaml").unlink()
        (plans / "1.yaml").unlink()
        (plans / "0.yaml").write_text(STOP.replace("not_at_all", "partly"), "utf-8")
        page = dialoglots("check", "planer", "--baseline", "mars.json", "--format", form).out
        after = page.split("Borta sedan 2026-03-01")[1]
        assert "Frågan går inte att påverka" in after
        before = page.split("1 plan i den tidigare granskningen är inte med nu:")[1]
        assert "planer/1.yaml" in before
        alone = dialoglots("check", "planer/0.yaml", "--baseline", "mars.json", "--format", form).out
        assert "Borta sedan 2026-03-01" in alone

    @pytest.mark.usefixtures("before")
    def test_what_is_new_and_what_is_gone(self, dialoglots: Any, plans: Path) -> None:
        (plans / "0.yaml").write_text(STOP.replace("not_at_all", "partly") + "principles: {adopted: false}\n", "utf-8")
        (plans / "1.yaml").unlink()
        ran = dialoglots("check", "./planer/0.yaml", "planer", "--baseline", "mars.json")
        first = ran.out.partition("─" * 80)[0]
        assert "Nytt sedan 2026-03-01" in first
        assert "Borta sedan 2026-03-01\n  - Frågan går inte att påverka  question.not_influenceable\n" in first
        told = ran.out.rpartition("─" * 80)[2]
        assert "1 plan i den tidigare granskningen är inte med nu:\n  - planer/1.yaml\n" in told
        assert "Sedan 2026-03-01:" in told
        made = json.loads(dialoglots("check", "planer", "--baseline", "mars.json", "--format", "json").out)
        changed = made["plans"][0]
        assert changed["baseline"]["new"] == len(changed["findings"]) > 0
        assert {one["change"] for one in changed["findings"]} <= {"new", "now_certain"}
        assert list(changed["baseline"]["gone"][0]) == ["rule", "item", "title", "severity"]
        assert made["summary"]["baseline"]["plans_no_longer"] == ["planer/1.yaml"]

    @pytest.mark.usefixtures("before")
    def test_quiet_tells_how_many(self, dialoglots: Any, plans: Path) -> None:
        (plans / "0.yaml").write_text(STOP.replace("not_at_all", "partly"), encoding="utf-8")
        told = dialoglots("check", "planer/0.yaml", "--baseline", "mars.json", "--quiet").out
        assert told.startswith("planer/0.yaml: att arbeta om (")
        assert "borta)" in told

    @pytest.mark.usefixtures("before")
    def test_only_what_is_new_decides_the_exit_code(self, dialoglots: Any, plans: Path) -> None:
        new = ("check", "planer/7.yaml", "--baseline", "mars.json", "--quiet")
        (plans / "7.yaml").write_text(STOP, encoding="utf-8")
        assert dialoglots(*new, "--fail-on", "stop").code == 1
        assert dialoglots("check", "planer/0.yaml", *new[2:], "--fail-on", "stop").code == 0

    @pytest.mark.usefixtures("before")
    def test_a_row_of_the_table_is_new(self, dialoglots: Any, plans: Path) -> None:
        rows = dialoglots("check", "planer", "--baseline", "mars.json", "--format", "csv").out.splitlines()
        assert len(rows) == 1 + 7  # a row a plan and no finding

    def test_the_earlier_result_is_no_plan(self, dialoglots: Any, before: Path, plans: Path) -> None:
        before.rename(plans / "mars.json")
        made = json.loads(dialoglots("check", "planer", "--baseline", "planer/mars.json", "--format", "json").out)
        assert made["summary"]["plans"] == 7

    @pytest.mark.usefixtures("plans")
    @pytest.mark.parametrize(("content", "sentence"), [
        ("title: x\n", "mars.json:1:1: Filen är ingen JSON."), (None, "mars.json: Det tidigare resultatet går inte att läsa."),
    ])  # fmt: skip
    def test_what_cannot_be_compared_with_is_wrong_usage(
        self, dialoglots: Any, content: str | None, sentence: str
    ) -> None:
        if content is not None:
            Path("mars.json").write_text(content, encoding="utf-8")
        ran = dialoglots("check", "planer", "--baseline", "mars.json", "-o", "ut.txt")
        assert (ran.code, ran.out) == (64, "")
        assert ran.err.startswith(sentence)
        assert not list(Path().glob("*ut.txt*"))


def _running(folder: Path, *args: str) -> subprocess.Popen[bytes]:
    own = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-m", "advisor", *args], cwd=folder, env=own, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, start_new_session=True)  # fmt: skip


def _somebody_left(group: int) -> bool:
    """Whether a process of the group is still there after a while."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.skipif(os.name == "nt", reason="a signal cannot be sent to a group like this on Windows")
class TestInterrupted:
    @pytest.fixture
    def many(self, tmp_path: Path) -> str:
        with (tmp_path / "planer.jsonl").open("w", encoding="utf-8") as file:
            file.writelines('{"question": {"influenceable": "not_at_all"}}\n' for _ in range(200_000))
        return "planer.jsonl"

    @pytest.mark.parametrize("after", [0.05, 0.3, 1.0])
    def test_ctrl_c_reaches_all_and_leaves_nothing(self, tmp_path: Path, many: str, after: float) -> None:
        """As at a terminal, where every process of the group gets the signal; while it starts and while it works."""
        with _running(tmp_path, "check", many, "-o", "ut.txt", "--jobs", "2") as running:
            until = time.monotonic() + 30
            while after > 0.1 and not list(tmp_path.glob(".ut.txt*")) and time.monotonic() < until:
                time.sleep(0.02)
            time.sleep(after)
            os.killpg(running.pid, signal.SIGINT)
            try:
                _, said = running.communicate(timeout=10)
            except subprocess.TimeoutExpired:  # Python swallows an interrupt that meets it while it tidies up an import
                os.killpg(running.pid, signal.SIGINT)
                _, said = running.communicate(timeout=30)
        # So early that Python itself has not begun, nobody is there yet to say a code.
        not_begun = running.returncode == -signal.SIGINT or b"import site" in said or b"site module" in said
        assert running.returncode == 130 or (after < 0.1 and not_begun)
        if after > 0.1:
            assert said.decode().split() == ["Avbrutet."]
        assert [path.name for path in tmp_path.iterdir()] == [many]
        assert not _somebody_left(running.pid)

    def test_workers_go_where_the_first_process_is_killed(self, tmp_path: Path, many: str) -> None:
        with _running(tmp_path, "check", many, "--jobs", "2", "--format", "jsonl") as running:
            assert running.stdout is not None
            running.stdout.read(100_000)
            running.kill()
            running.stdout.read()
            assert running.stderr is not None
            assert running.stderr.read() == b""
        assert not _somebody_left(running.pid)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_memory_does_not_grow_with_the_number_of_plans(tmp_path: Path, jobs: str) -> None:
    plan = json.dumps({"question": {"influenceable": "partly"}, "goals": [{"text": "Ett", "states": "activity"}]})
    program = (
        "import sys; from advisor.cli import run; run(sys.argv[1:]); "
        "print([line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0])"
    )
    own = {**os.environ, "PYTHONPATH": str(ROOT)}

    def peak(number: int) -> int:
        (tmp_path / "planer.jsonl").write_text(f"{plan}\n" * number, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", program, "check", "planer.jsonl", "--format", "jsonl", "-o", os.devnull, "--jobs", jobs],
            cwd=tmp_path, env=own, capture_output=True, check=True,
        )  # fmt: skip
        return int(done.stdout)

    assert peak(20_000) < peak(1000) * 1.1
