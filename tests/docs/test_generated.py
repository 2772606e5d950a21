"""The pages on the plan format hold what the program knows, and every plan they show can be read."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from advisor.load.documents import read_json, read_yaml
from advisor.load.plan_fields import fields
from advisor.load.plan_reader import parse_plan
from advisor.model.knowledge import Knowledge
from advisor.model.plan import Plan

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {"planformat.md": "sv", "plan-format.md": "en"}
EXAMPLES = [(name, kind, block) for name in PAGES
            for kind, block in re.findall(r"^```(yaml|json)\n(.*?)^```$", (DOCS / name).read_text(encoding="utf-8"),
                                          re.DOTALL | re.MULTILINE)]  # fmt: skip


def _generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    return _generate()


@pytest.fixture(scope="module")
def knowledge(generate: ModuleType) -> Knowledge:
    shipped: Knowledge = generate.shipped_knowledge()
    return shipped


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_up_to_date(name: str, generate: ModuleType, knowledge: Knowledge) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    assert page == generate.updated(page, knowledge, generate.PAGES[name]), "run: python docs/generate.py"


def test_what_reads_each_key_is_up_to_date(generate: ModuleType, knowledge: Knowledge) -> None:
    page = (DOCS / "keys.md").read_text(encoding="utf-8")
    assert page == generate.keys_page(knowledge), "run: python docs/generate.py"
    rows = {row[0]: row for row in re.findall(r"^\| `([\w.]+)` \| (.*) \|$", page, re.MULTILINE)}
    assert rows.keys() == {".".join(path) for path in fields()}
    assert "question.text_missing" in rows["question.text"][1]
    assert "question.yes_or_no" in rows["question.text"][1], "through a fact that is worked out from it"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_has_every_key_with_a_question(name: str, generate: ModuleType, knowledge: Knowledge) -> None:
    reference = generate.reference(knowledge, PAGES[name])
    asked = dict(re.findall(r"^\| `([\w.]+)` \| ([^|]*) \| [^|]+ \|$", reference, re.MULTILINE))
    titled = set(re.findall(r"^### `(\w+)` – \S", reference, re.MULTILINE))
    assert {".".join(path) for path in fields()} == asked.keys() | titled
    assert [key for key, question in asked.items() if not question.strip()] == []


def test_a_page_without_markers_is_a_mistake(generate: ModuleType, knowledge: Knowledge) -> None:
    with pytest.raises(ValueError, match="lacks"):
        generate.updated("# A page\n", knowledge, "en")


@pytest.mark.parametrize(("name", "kind", "block"), EXAMPLES)
def test_every_plan_shown_can_be_read(name: str, kind: str, block: str) -> None:
    plan = parse_plan((read_json if kind == "json" else read_yaml)(block, name))
    assert plan != Plan()


def test_both_pages_show_plans() -> None:
    assert {name for name, _, _ in EXAMPLES} == set(PAGES)
