"""The guide for rule writers is true: its rules load and pass their examples, its mistakes give the messages it shows."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from advisor.advice.assess import assess
from advisor.engine.evaluate import judge
from advisor.engine.layers import Rulebook, compile_rulebook
from advisor.errors import KnowledgeError
from advisor.load.conditions import OPERATORS
from advisor.load.data_files import DataFile, data_files
from advisor.load.documents import read_yaml
from advisor.load.knowledge_files import read_knowledge
from advisor.load.plan_reader import parse_plan
from advisor.model.condition import FactTest, all_leaves
from advisor.model.fact_space import DERIVED_KINDS
from advisor.model.fact_types import CATALOGUE, GROUP_FACTS, LISTS, METHOD_FACTS, PAIRS
from advisor.model.rule import CRITERIA, Rule
from advisor.quality.rules_check import check_rules
from advisor.quality.rules_test import test_rules as run_examples

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "skriva-regler.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
RULES = {match[1]: block for block in BLOCKS if (match := re.match(r"id: (\S+)\n", block))}
FRAGMENTS = [block for block in BLOCKS if re.match(r"(?:when|for_each):", block)]
KNOWLEDGE = [(match[1], block) for block in BLOCKS if (match := re.match(r"# (knowledge/\w+\.yaml)\n", block))]
PLANS = [block for block in BLOCKS if block.startswith("# plan.yaml\n")]
PROFILES = [block for block in BLOCKS if block.startswith("# profile.yaml\n")]
TODAY = date.today().isoformat()

WALK_THROUGH = "feedback.answer_takes_long"
CONDITION = re.findall(r"^when: (.*)$", RULES[WALK_THROUGH], re.MULTILINE)[0]
# | `a condition` | the message | what to do |
WRONG_CONDITIONS = re.findall(r"^\| `(\{.*?\})` \| ([^`|]*) \| [^|]* \|$", GUIDE, re.MULTILINE)
# | `what was written` | `what is right` | the message |
WRONG_LINES = re.findall(r"^\| `([^`]*)` \| `([^`]*)` \| ([^|]*) \|$", GUIDE, re.MULTILINE)


def _file_of(rule: str) -> str:
    return "rules/" + rule.replace(".", "/") + ".yaml"


def _fragment(number: int, block: str) -> tuple[str, str]:
    """A part of a rule, made whole: the id and the file's text."""
    rule = f"context.guide_fragment_{number}"
    examples = "".join(f"  - {{name: example {n}, given: {{}}, expect: undecided}}\n" for n in range(3))
    head = f"id: {rule}\nconcludes: context.complex_issue\n"
    foot = f"why: {{sv: Skäl, en: Reason}}\nsources: []\nbasis: judgement\nexamples:\n{examples}"
    return rule, head + block + foot


def _write_data(folder: Path) -> None:
    """The shipped rules and knowledge, with everything that the guide shows."""
    for top in ("rules", "knowledge"):
        shutil.copytree(ROOT / top, folder / top)
    for name, block in KNOWLEDGE:
        file = folder / name
        had = re.sub(r"^\[\]\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        file.write_text(had + block, encoding="utf-8")
    for rule, text in (RULES | dict(_fragment(*one) for one in enumerate(FRAGMENTS))).items():
        (folder / _file_of(rule)).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guide")
    _write_data(folder)
    return folder


@pytest.fixture(scope="module")
def rulebook(data: Path) -> Rulebook:
    return compile_rulebook(read_knowledge(data_files(data), "guide"), TODAY)


def test_every_block_is_of_a_kind_that_is_tested() -> None:
    assert len(RULES) + len(FRAGMENTS) + len(KNOWLEDGE) + len(PLANS) + len(PROFILES) == len(BLOCKS)
    assert len(RULES) >= 6
    assert WALK_THROUGH in RULES


def test_every_rule_loads_and_every_example_passes(rulebook: Rulebook) -> None:
    assert RULES.keys() <= rulebook.knowledge.rules.keys()
    run = run_examples(rulebook)
    assert RULES.keys() <= {result.rule for result in run.results}
    wrong = [result for result in run.failed if not result.rule.startswith("context.guide_fragment_")]
    assert wrong == []


def test_no_rule_of_the_guide_is_too_big_or_vacuous(data: Path) -> None:
    checked = check_rules(data, TODAY)
    assert checked.errors == ()
    files = {_file_of(rule) for rule in RULES}
    assert [problem.text("sv") for problem in checked.warnings if problem.path in files] == []


def test_the_plan_of_the_walk_through_gets_the_finding(rulebook: Rulebook) -> None:
    (text,) = PLANS
    plan = parse_plan(read_yaml(text, "plan.yaml"))
    assert WALK_THROUGH in {finding.rule for finding in assess(plan, judge(plan, rulebook)).findings}


def _messages(data: Path, text: str) -> list[str]:
    file = data / _file_of(WALK_THROUGH)
    before = file.read_text(encoding="utf-8")
    try:
        file.write_text(text, encoding="utf-8")
        return [problem.message.text("sv") for problem in check_rules(data, TODAY).errors]
    finally:
        file.write_text(before, encoding="utf-8")


def test_the_mistakes_are_found_in_the_guide() -> None:
    assert len(WRONG_CONDITIONS) >= 15
    assert len(WRONG_LINES) >= 10


@pytest.mark.parametrize(("condition", "message"), WRONG_CONDITIONS, ids=[one[0] for one in WRONG_CONDITIONS])
def test_a_wrong_condition_gives_the_message_shown(data: Path, condition: str, message: str) -> None:
    assert _messages(data, RULES[WALK_THROUGH].replace(CONDITION, condition)) == [message]


@pytest.mark.parametrize(("written", "right", "message"), WRONG_LINES, ids=[one[0] for one in WRONG_LINES])
def test_a_wrong_line_gives_the_message_shown(data: Path, written: str, right: str, message: str) -> None:
    rule = RULES[WALK_THROUGH]
    assert right in rule
    assert message in _messages(data, rule.replace(right, written, 1))


def test_a_gap_cannot_be_a_stop(data: Path) -> None:
    rule = RULES[WALK_THROUGH].replace("severity: advice", "severity: stop\nalternative: postpone")
    (message,) = _messages(data, rule.replace(CONDITION, "{fact: feedback.date, known: false}"))
    assert message in GUIDE


def test_the_messages_of_the_walk_through_are_real(data: Path) -> None:
    """The first draft, before and after the derived fact is there."""
    draft = RULES[WALK_THROUGH].replace(", en: The answer about the decision takes long", "").replace(CONDITION, (
        "{fact: time.decision_to_answer, above: 8}"))  # fmt: skip
    place = _file_of(WALK_THROUGH)
    file = data / place
    before, derived = file.read_text(encoding="utf-8"), data / "knowledge" / "derived.yaml"
    facts = derived.read_text(encoding="utf-8")
    block = next(block for name, block in KNOWLEDGE if "id: time.decision_to_answer" in block)
    try:
        file.write_text(draft, encoding="utf-8")
        derived.write_text(facts.replace(block, ""), encoding="utf-8")
        first = "\n".join(problem.text("sv") for problem in check_rules(data, TODAY).errors)
        derived.write_text(facts, encoding="utf-8")
        second = "\n".join(problem.text("sv") for problem in check_rules(data, TODAY).errors)
    finally:
        file.write_text(before, encoding="utf-8")
        derived.write_text(facts, encoding="utf-8")
    assert f"```text\n{first}\n```" in GUIDE
    assert f"```text\n{second}\n```" in GUIDE


def test_the_guide_tells_of_everything_there_is(rulebook: Rulebook) -> None:
    rules = [rulebook.knowledge.rules[_fragment(*one)[0]] for one in enumerate(FRAGMENTS)]
    shown = {leaf.op for rule in rules for leaf in all_leaves(rule.when) if isinstance(leaf, FactTest)}
    assert shown == {op for fitting in OPERATORS.values() for op in fitting} | {"known"}
    keys = [key for key in Rule.model_fields if key != "gap"]
    names = (*keys, *DERIVED_KINDS, *CRITERIA, *METHOD_FACTS, *GROUP_FACTS, *LISTS, PAIRS, CATALOGUE)
    assert [name for name in names if not re.search(rf"`{re.escape(name)}\b", GUIDE)] == []
    shown_kinds = {kind for kind in DERIVED_KINDS for name, block in KNOWLEDGE if f"\n  {kind}:" in block}
    assert shown_kinds == DERIVED_KINDS.keys()


def test_the_profile_can_be_read(data: Path) -> None:
    (text,) = PROFILES
    own = DataFile("profile.yaml", text.encode(), own=True)
    knowledge = read_knowledge([*data_files(data), own], "guide")
    assert knowledge.own_profile == "lindsala"
    assert knowledge.terms("lindsala").off == {"governance.decision_in_july"}


def test_what_an_own_folder_may_add_to_is_what_the_guide_says(data: Path) -> None:
    (row,) = re.findall(r"^\| `knowledge/` \| Poster i (.*?), var och en", GUIDE, re.MULTILINE)
    named = set(re.findall(r"`(\w+)`", row))
    for name in {path.stem for path in (ROOT / "knowledge").glob("*.yaml")} - {"examples", "profiles"} | {"retired"}:
        own = DataFile(f"knowledge/{name}.yaml", b"", own=True)
        if name in named:
            read_knowledge([*data_files(data), own], "guide")
        else:
            with pytest.raises(KnowledgeError, match="planformatet"):
                read_knowledge([*data_files(data), own], "guide")
