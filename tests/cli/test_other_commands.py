"""explain, why, new, schema and rules."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from small_knowledge import files, rule, words

from advisor.engine.session import engine_available

STOP = "question: {text: Hur?, influenceable: not_at_all}\n"


def test_explain_shows_a_card_and_is_no_error(dialoglots: Any) -> None:
    ran = dialoglots("explain", "question.not_influenceable")
    assert ran.code == 0
    assert ran.out.startswith("Frågan går inte att påverka  question.not_influenceable\n")


def test_explain_takes_several_words(dialoglots: Any) -> None:
    assert dialoglots("explain", "påverkbar", "fråga").out.startswith("påverkbar fråga  influenceable_question\n")


def test_explain_speaks_english(dialoglots: Any) -> None:
    assert dialoglots("explain", "goals.missing", "--lang", "en").out.startswith("The dialogue has no goal")


def test_an_unknown_name_is_wrong_usage(dialoglots: Any) -> None:
    ran = dialoglots("explain", "dialogkafe")
    assert ran.code == 64
    assert "Menade ni «dialogcafe»?" in ran.err


def test_why_is_no_error_even_where_the_finding_applies(dialoglots: Any, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(STOP, encoding="utf-8")
    ran = dialoglots("why", "plan.yaml", "question.not_influenceable")
    assert ran.code == 0
    assert "Ja, påpekandet gäller er plan." in ran.out


def test_why_reads_one_line_of_many(dialoglots: Any, tmp_path: Path) -> None:
    lines = ['{"title": "Ett"}', "", '{"question": {"influenceable": "not_at_all"}}']
    (tmp_path / "planer.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert "Ja, påpekandet" in dialoglots("why", "planer.jsonl:3", "question.not_influenceable").out
    ran = dialoglots("why", "planer.jsonl", "question.not_influenceable")
    assert ran.code == 2
    assert "Skriv vilken rad planen står på, till exempel planer.jsonl:1." in ran.err
    assert dialoglots("why", "planer.jsonl:9", "question.not_influenceable").code == 2


def test_why_of_an_unreadable_plan_is_two(dialoglots: Any, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("tittel: x\n", encoding="utf-8")
    ran = dialoglots("why", "plan.yaml", "goals.missing")
    assert ran.code == 2
    assert ran.err.startswith("plan.yaml:1:1:")


def test_why_of_an_unknown_rule_is_wrong_usage(dialoglots: Any, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("", encoding="utf-8")
    ran = dialoglots("why", "plan.yaml", "goals.mising")
    assert ran.code == 64
    assert "Menade ni goals.missing?" in ran.err


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_new_plan_passes_the_check(dialoglots: Any, tmp_path: Path, lang: str) -> None:
    ran = dialoglots("new", "min.yaml", "--lang", lang)
    assert ran.code == 0
    assert "dialoglots check min.yaml" in ran.out
    checked = dialoglots("check", "min.yaml", "--format", "json")
    assert json.loads(checked.out)["plans"][0]["verdict"] == "revise"
    assert [path.name for path in tmp_path.iterdir()] == ["min.yaml"]


def test_a_new_plan_is_called_plan_and_never_written_over(dialoglots: Any, tmp_path: Path) -> None:
    assert dialoglots("new").code == 0
    before = (tmp_path / "plan.yaml").read_bytes()
    ran = dialoglots("new")
    assert ran.code == 64
    assert "plan.yaml finns redan." in ran.err
    assert (tmp_path / "plan.yaml").read_bytes() == before


def test_a_new_plan_can_be_seen_without_a_file(dialoglots: Any, tmp_path: Path) -> None:
    ran = dialoglots("new", "-")
    assert "format: 1" in ran.out
    assert list(tmp_path.iterdir()) == []


def test_a_new_plan_is_yaml(dialoglots: Any) -> None:
    assert dialoglots("new", "plan.json").code == 64


def test_a_new_plan_needs_a_folder(dialoglots: Any) -> None:
    assert dialoglots("new", "nowhere/plan.yaml").code == 74


@pytest.mark.parametrize("what", ["plan", "rule", "method"])
def test_schemas_are_schemas(dialoglots: Any, what: str) -> None:
    ran = dialoglots("schema", what)
    assert ran.code == 0
    Draft202012Validator.check_schema(json.loads(ran.out))


def test_the_rules_are_right_and_their_examples_hold(dialoglots: Any) -> None:
    checked, tested = dialoglots("rules", "check"), dialoglots("rules", "test")
    assert (checked.code, tested.code) == (0, 0)
    assert ", 0 fel" in checked.out
    assert ", 0 gick fel." in tested.out


def test_rules_check_tells_what_nothing_reads_and_which_methods_have_no_real_case(dialoglots: Any) -> None:
    ran = dialoglots("rules", "check")
    assert ran.code == 0
    assert "Nycklar i planen som ingen regel läser" in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines()[1:])


def test_rules_test_makes_the_rules_wrong_on_purpose(dialoglots: Any) -> None:
    ran = dialoglots("rules", "test", "--mutants")
    assert ran.code == 0
    caught, made = map(int, re.findall(r"Exemplen märker (\d+) av (\d+) fel", ran.out)[0])
    assert made > 500
    assert caught >= 0.9 * made
    assert len(re.findall("^Inget exempel märker: ", ran.out, re.MULTILINE)) == made - caught


def test_wrong_rules_are_three(dialoglots: Any, tmp_path: Path) -> None:
    (tmp_path / "data" / "rules" / "goals").mkdir(parents=True)
    (tmp_path / "data" / "rules" / "goals" / "wrong.yaml").write_text("id: goals.wrong\n", encoding="utf-8")
    ran = dialoglots("rules", "check", "data")
    assert ran.code == 3
    assert "rules/goals/wrong.yaml:" in ran.out


def test_worked_plans_are_judged_too(dialoglots: Any, tmp_path: Path) -> None:
    entry = {"id": "parken", "title": words("a"), "shows": words("a"), "must": ["law.a"], "must_not": ["law.b"]}
    forms = {"information": "fires", "user_dialogue": "silent", "statutory_consultation": "silent"}
    examples = [{"name": form, "given": {"form": form}, "expect": expect} for form, expect in forms.items()]
    rules = [rule(name, "{fact: form, is: information}", examples=examples) for name in ("law.a", "law.b")]
    for one in files(*rules, examples=[entry]):
        path = tmp_path / "data" / one.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)
    ran = dialoglots("rules", "test", "data")
    assert (ran.code, ran.err) == (3, "knowledge/examples.yaml: planen knowledge/examples/parken.yaml finns inte\n")
    (tmp_path / "data" / "knowledge" / "examples").mkdir()
    (tmp_path / "data" / "knowledge" / "examples" / "parken.yaml").write_text("form: information\n")
    ran = dialoglots("rules", "test", "data")
    assert ran.code == 3
    assert "planen parken, law.b (builtin): väntade inget påpekande, fick säkert påpekande\n" in ran.out
    assert "law.a" not in ran.out
    number, engines = (4, 2) if engine_available() else (2, 1)
    assert f" {number} prövningar av exempelplaner, {engines} gick fel.\n" in ran.out


def test_rules_are_listed_by_area(dialoglots: Any) -> None:
    ran = dialoglots("rules", "list", "--area", "goals")
    assert ran.code == 0
    assert all(line.startswith("goals.") for line in ran.out.splitlines())
    wrong = dialoglots("rules", "list", "--area", "gaols")
    assert (wrong.code, wrong.err) == (64, "gaols: Området finns inte. Menade ni goals?\n")


def test_the_handbook_has_a_page_a_rule_in_both_languages(dialoglots: Any, tmp_path: Path) -> None:
    assert dialoglots("rules", "docs", "bok").code == 0
    for lang in ("sv", "en"):
        assert (tmp_path / "bok" / lang / "index.md").is_file()
        assert (tmp_path / "bok" / lang / "goals" / "missing.md").is_file()


def test_rules_alone_helps(dialoglots: Any) -> None:
    assert dialoglots("rules").code == 0
