"""--profile and --rules on the command line, in the environment and in the settings."""

import json
from pathlib import Path
from typing import Any

import pytest

from advisor.load.open_knowledge import open_shipped_knowledge

RULE = """\
id: governance.ours
title: {sv: Dialogen saknar diarienummer, en: The dialogue has no case number}
severity: fix
factor: 6
when: {fact: governance.case_number, known: false}
advice: {sv: Öppna ett ärende., en: Open a case.}
why: {sv: Så går det att hitta., en: So that it can be found.}
basis: judgement
sources: []
examples:
  - {name: finns, given: {governance.case_number: KS 1}, expect: silent}
  - {name: saknas, given: {}, expect: fires}
  - {name: okänt, given: {governance.case_number: unknown}, expect: fires}
"""
PROFILE = """\
id: ours
title: {sv: Vår kommun, en: Our municipality}
extends: minimum
off: [goals.missing]
severity: {question.text_missing: advice}
reason: {sv: Vi börjar enkelt., en: We begin simply.}
"""


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A folder of the user's own, and an empty plan beside it."""
    folder = tmp_path / "var"
    (folder / "rules" / "governance").mkdir(parents=True)
    (folder / "rules" / "governance" / "ours.yaml").write_text(RULE, encoding="utf-8")
    (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text("question: {influenceable: partly}\n", encoding="utf-8")
    return folder


def checked(dialoglots: Any, *args: str) -> tuple[str, dict[str, str | None], Any]:
    """The profile, what every rule found was before the profile took it, and the plan's profiles."""
    ran = dialoglots("check", "plan.yaml", "--format", "json", *args)
    made = json.loads(ran.out)
    plan = made["plans"][0]
    return made["tool"]["profile"], {one["rule"]: one["severity_was"] for one in plan["findings"]}, plan["profiles"]


def test_a_profile_by_name(dialoglots: Any, ours: Path) -> None:
    profile, found, met = checked(dialoglots, "--profile", "minimum")
    assert (profile, found["roles.owner_missing"], met["next"]) == ("minimum", "fix", "minimum")
    profile, found, _ = checked(dialoglots)
    assert (profile, found["roles.owner_missing"]) == ("standard", None)
    assert "governance.ours" not in found


def test_the_exit_code_goes_by_the_profile(dialoglots: Any, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("", encoding="utf-8")
    (tmp_path / "all").mkdir()
    off = [line.split()[0] for line in dialoglots("rules", "list").out.splitlines() if " slutsats " not in line]
    lines = "".join(f"  - {rule}\n" for rule in off)
    profile = f"id: nothing\noff:\n{lines}reason: {{sv: Prov, en: Trial}}\n"
    (tmp_path / "all" / "profile.yaml").write_text(profile, encoding="utf-8")
    assert dialoglots("check", "plan.yaml").code == 1
    ran = dialoglots("check", "plan.yaml", "--rules", "all")
    assert (ran.code, "Redo" in ran.out) == (0, True)


def test_an_own_folder_brings_its_rules_and_its_profile(dialoglots: Any, ours: Path) -> None:
    profile, found, _ = checked(dialoglots, "--rules", "var")
    assert profile == "ours"
    assert "governance.ours" in found and "goals.missing" not in found
    assert found["question.text_missing"] == "fix"
    profile, found, _ = checked(dialoglots, "--rules", "var", "--profile", "standard")
    assert profile == "standard"
    assert "governance.ours" in found and "goals.missing" in found


def test_the_text_names_the_profile_and_what_is_left_to_the_next(dialoglots: Any, ours: Path) -> None:
    said = dialoglots("check", "plan.yaml", "--rules", "var").out
    assert said.startswith("plan.yaml, bedömd ") and "enligt profilen «Vår kommun»" in said.replace("\n", " ")
    assert "Profiler\n  För «Miniminivå» återstår: " in said


def test_several_jobs_open_the_same(process: Any, ours: Path) -> None:
    plan = '{"question": {"influenceable": "partly"}}\n'
    (ours.parent / "many.jsonl").write_text(plan * 400, encoding="utf-8")
    args = ("check", "many.jsonl", "--rules", "var", "--format", "jsonl", "--as-of", "2026-11-23")
    alone, shared = process(*args), process(*args, "--jobs", "2")
    assert alone == shared
    assert '"profile": "ours"' in alone.out


def test_unknown_names_are_wrong_usage(dialoglots: Any, ours: Path) -> None:
    for args, expected in (
        (("--profile", "minimun"), "minimun: Profilen finns inte. Menade ni minimum?"),
        (("--profile", "x"), "Välj en av: minimum, standard, exemplary."),
        (("--rules", "nowhere"), "nowhere: Mappen finns inte."),
        (("--rules", "plan.yaml"), "plan.yaml: Det här är ingen mapp."),
    ):
        for command in (("check", "plan.yaml"), ("why", "plan.yaml", "goals.missing"), ("rules", "check"), ("rules", "test"),
                        ("rules", "list"), ("explain", "goals.missing")):  # fmt: skip
            ran = dialoglots(*command, *args)
            assert (ran.code, expected in ran.err) == (64, True), (command, ran)


def test_a_wrong_own_folder_is_three_with_everything_in_its_own_path(dialoglots: Any, ours: Path) -> None:
    (ours / "rule").mkdir()
    (ours / "rules" / "governance" / "ours.yaml").write_text(RULE.replace("fact:", "facts:"), encoding="utf-8")
    (ours / "profile.yaml").write_text("id: ours\noff: [goals.mising]\n", encoding="utf-8")
    ran = dialoglots("check", "plan.yaml", "--rules", "var/")
    assert ran.code == 3
    places = [line.partition(": ")[0] for line in ran.err.splitlines()]
    assert places[:4] == ["var/profile.yaml:1:1", "var/profile.yaml:2:7", "var/rule/", "var/rules/governance/ours.yaml:5:8"]
    assert dialoglots("rules", "check", "--rules", "var").code == 3


def test_why_and_explain_know_the_profile(dialoglots: Any, ours: Path) -> None:
    said = dialoglots("why", "plan.yaml", "goals.missing", "--rules", "var").out
    assert "Profilen «Vår kommun» har stängt av regeln." in said
    assert "Profilens skäl: Vi börjar enkelt." in said
    said = dialoglots("why", "plan.yaml", "question.text_missing", "--rules", "var").out
    assert "Allvaret är råd i profilen «Vår kommun». Regelns eget är åtgärda." in said
    assert "Allvaret är råd" in dialoglots("explain", "question.text_missing", "--rules", "var").out
    assert "Allvaret" not in dialoglots("explain", "question.text_missing").out
    card = dialoglots("explain", "ours", "--rules", "var", "--lang", "en").out
    assert card.startswith("Our municipality, ") and "goals.missing" in card and "question.text_missing" in card
    assert dialoglots("explain", "governance.ours").code == 64


def test_rules_check_test_and_list(dialoglots: Any, ours: Path) -> None:
    minimum = open_shipped_knowledge("profiles").terms("minimum")
    ran = dialoglots("rules", "check", "--rules", "var")
    assert ran.code == 0
    assert " + var: " in ran.out and f"{len(minimum.off) + 1} avstängda, " in ran.out
    listed = {line.split()[0]: line.split()[1] for line in dialoglots("rules", "list", "--rules", "var").out.splitlines()}
    assert (listed["governance.ours"], listed["goals.missing"], listed["question.text_missing"]) == ("åtgärda", "avstängd", "råd")
    as_they_stand = dialoglots("rules", "list").out
    assert "avstängd" not in as_they_stand and "governance.ours" not in as_they_stand
    tested, fewer = (dialoglots("rules", "test", *args).out for args in ((), ("--profile", "minimum")))
    assert f" Profilen minimum: {len(minimum.off)} avstängda, {len(minimum.severity)} med annat allvar." in fewer
    assert "Profilen" not in tested


def test_an_own_folder_is_not_a_whole_one(dialoglots: Any, ours: Path) -> None:
    ran = dialoglots("rules", "check", "var")
    assert ran.code == 64
    assert "--rules var" in ran.err


def test_docs_new_and_schema_take_an_own_folder(dialoglots: Any, ours: Path) -> None:
    assert dialoglots("rules", "docs", "bok", "--rules", "var").code == 0
    assert Path("bok", "sv", "governance", "ours.md").is_file()
    assert dialoglots("new", "ny.yaml", "--rules", "var").code == 0
    assert dialoglots("schema", "rule", "--rules", "var").code == 0
    assert dialoglots("new", "ny2.yaml", "--rules", "nowhere").code == 64


def test_the_command_line_goes_before_the_environment_and_that_before_the_settings(
    dialoglots: Any, ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".dialoglots.yaml").write_text("profile: exemplary\nrules: var\n", encoding="utf-8")
    assert checked(dialoglots)[0] == "exemplary"
    assert "governance.ours" in checked(dialoglots)[1]
    monkeypatch.setenv("DIALOGLOTS_PROFILE", "ours")
    assert checked(dialoglots)[0] == "ours"
    assert checked(dialoglots, "--profile", "minimum")[0] == "minimum"
    monkeypatch.setenv("DIALOGLOTS_RULES", "nowhere")
    assert dialoglots("check", "plan.yaml").code == 64
    assert checked(dialoglots, "--rules", "var")[0] == "ours"


def test_a_relative_folder_in_a_settings_file_is_relative_to_the_file(
    dialoglots: Any, ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("elsewhere").mkdir()
    Path("settings.yaml").write_text("rules: var\n", encoding="utf-8")
    Path("elsewhere", "plan.yaml").write_text("", encoding="utf-8")
    monkeypatch.chdir("elsewhere")
    assert checked(dialoglots, "--config", "../settings.yaml")[0] == "ours"


def test_settings_that_are_no_text(dialoglots: Any) -> None:
    Path(".dialoglots.yaml").write_text("profile: [a]\nrules: {}\n", encoding="utf-8")
    ran = dialoglots("rules", "list")
    assert ran.code == 64
    assert ran.err.splitlines() == [".dialoglots.yaml:1:10: Här ska stå en text: «profile: …».",
                                    ".dialoglots.yaml:2:8: Här ska stå en text: «rules: …»."]  # fmt: skip


def test_the_organisation_is_filled_into_a_new_plan(dialoglots: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".dialoglots.yaml").write_text('organisation: "Vår: «kommun» \\"A\\""\n', encoding="utf-8")
    assert dialoglots("new", "plan.yaml").code == 0
    assert '  name: "Vår: «kommun» \\"A\\""\n' in Path("plan.yaml").read_text(encoding="utf-8")
    assert dialoglots("check", "plan.yaml", "--fail-on", "never").code == 0
    monkeypatch.setenv("DIALOGLOTS_ORGANISATION", "Lindsala kommun")
    assert 'name: "Lindsala kommun"' in dialoglots("new", "-").out
