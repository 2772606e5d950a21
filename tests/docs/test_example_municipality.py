"""The worked folder of a made-up municipality: it can be used as its page says, and touches nothing of ours."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from advisor.api import Adviser, check, load_plan, open_knowledge
from advisor.cli import run
from advisor.load.resources import data_folder
from advisor.quality.rules_check import check_rules
from advisor.quality.rules_test import test_rules as run_examples
from advisor.quality.worked_plans import judge_worked_plans, read_worked_plans, worked_plans

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "exempel-kommun"
PAGE = (FOLDER / "README.md").read_text(encoding="utf-8")
PLAN = FOLDER / "knowledge" / "examples" / "lindsala_torget.yaml"
DAY = date(2027, 2, 1)
OURS = ["governance.lindsala_case_number_missing", "feedback.lindsala_first_answer_late"]


@pytest.fixture(scope="module")
def adviser() -> Iterator[Adviser]:
    with open_knowledge(as_of=DAY, rules=str(FOLDER)) as opened:
        yield opened


def test_it_is_right_and_its_examples_hold(adviser: Adviser) -> None:
    told = check_rules(data_folder(), DAY.isoformat(), str(FOLDER))
    assert [problem.text("sv") for problem in (*told.errors, *told.warnings) if str(FOLDER) in problem.path] == []
    ran = run_examples(adviser.rulebook)
    assert [result for result in ran.results if "lindsala" in result.rule and not result.passed] == []
    assert {result.rule for result in ran.results} >= set(OURS)


def test_its_rules_find_what_they_should_in_its_plan_and_ours_find_nothing_to_mend(adviser: Adviser) -> None:
    plan = load_plan(str(PLAN))
    found = [finding for finding in check(plan, adviser).findings if finding.severity != "advice"]
    assert [(finding.rule, finding.status) for finding in found] == [(rule, "certain") for rule in OURS]
    with open_knowledge(as_of=DAY) as without:
        assert check(plan, without).verdict == "ready"


def test_its_own_list_of_what_must_be_found_holds(adviser: Adviser) -> None:
    plans = read_worked_plans(adviser.knowledge, worked_plans(data_folder(), str(FOLDER)))
    results = judge_worked_plans(adviser.rulebook, {"lindsala_torget": plans["lindsala_torget"]})
    assert results and all(result.passed for result in results)


def test_our_rules_are_untouched(adviser: Adviser) -> None:
    with open_knowledge(as_of=DAY) as without:
        shipped, knowledge = without.knowledge, adviser.knowledge
        assert {name: rule for name, rule in knowledge.rules.items() if name in shipped.rules} == shipped.rules
        assert set(knowledge.rules) - set(shipped.rules) == set(OURS)
        assert knowledge.sha256 != shipped.sha256


def test_its_profile_is_the_default(adviser: Adviser) -> None:
    assert adviser.tool.profile == "lindsala"
    assert adviser.rulebook.terms.off == {"governance.decision_in_july"}
    with open_knowledge(rules=str(FOLDER), profile="standard") as standard:
        assert standard.tool.profile == "standard"


def test_the_commands_of_its_page_run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    [block] = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    codes = [run(line.split()[1:]) for line in block.splitlines() if "rules test" not in line]  # its plans are judged above
    assert codes == [0, 1, 0]
    assert "lindsala" in capsys.readouterr().out


def test_its_page_names_every_file() -> None:
    named = set(re.findall(r"`((?:rules|knowledge|profile)[^`]*\.yaml)`", PAGE))
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.yaml")}
    assert named == files - {PLAN.relative_to(FOLDER).as_posix()}


def test_the_settings_of_its_page_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    [settings] = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    (tmp_path / ".dialoglots.yaml").write_text(settings.replace("exempel-kommun", str(FOLDER)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["new", "plan.yaml"]) == 0
    assert 'name: "Lindsala kommun"' in (tmp_path / "plan.yaml").read_text(encoding="utf-8")
    run(["check", "plan.yaml", "--all"])
    assert "governance.lindsala_case_number_missing" in capsys.readouterr().out
