"""The shipped words for fields and options, the full example, and short ways to the sentences of the reader."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from advisor.errors import DialoglotsError
from advisor.load import yaml_documents
from advisor.load.documents import read_json, read_yaml
from advisor.load.plan_reader import parse_plan
from advisor.load.wording import Worded
from advisor.model.knowledge import Asked, Page
from advisor.model.rule import Words

ROOT = Path(__file__).parents[2]
Told = Callable[[str], list[str]]


class ShippedWords:
    """What the reader asks of ``Knowledge``, read straight from knowledge/."""

    def __init__(self) -> None:
        folder = ROOT / "knowledge"
        read = [read_yaml(file.read_text(encoding="utf-8"), file.name, typed=True).data
                for file in (folder / "questions").glob("*.yaml")]  # fmt: skip
        self.pages = tuple(sorted(map(Page.model_validate, read), key=lambda page: page.order))
        self.questions: dict[str, Asked] = {asked.fact: asked for page in self.pages for asked in page.questions}
        self.steps_by_name: dict[str, str] = {}
        vocabularies = read_yaml((folder / "vocabularies.yaml").read_text(encoding="utf-8"), "", typed=True).data
        self._labels = {(name, option["id"]): Words.model_validate(option["label"])
                        for name, options in vocabularies.items() for option in options}  # fmt: skip

    def option_label(self, vocabulary: str, option: str, fact: str | None = None) -> Worded | None:
        asked = self.questions.get(fact or "")
        return asked.options[option] if asked and option in asked.options else self._labels.get((vocabulary, option))

    def fact_label(self, fact: str) -> Worded | None:
        return self.questions[fact].label if fact in self.questions else None


@pytest.fixture(scope="session")
def words() -> ShippedWords:
    return ShippedWords()


@pytest.fixture(scope="session")
def full_plan() -> str:
    return (ROOT / "tests" / "data" / "full_plan.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def pure_yaml() -> ModuleType:
    """``yaml_documents`` as it is where PyYAML was built without libyaml."""
    spec = importlib.util.spec_from_file_location("advisor.load.pure_yaml_documents", yaml_documents.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "yaml.cyaml", None)
        spec.loader.exec_module(module)
    assert not module.HAS_LIBYAML
    return module


@pytest.fixture(scope="session")
def told(words: ShippedWords) -> Told:
    """The Swedish problems of a plan in YAML, each as ``line:column: sentence``."""
    return lambda text: _told(lambda: parse_plan(read_yaml(text, "p"), words))


@pytest.fixture(scope="session")
def told_json(words: ShippedWords) -> Told:
    """The same for a plan in JSON."""
    return lambda text: _told(lambda: parse_plan(read_json(text, "p"), words))


def _told(read: Callable[[], object]) -> list[str]:
    try:
        read()
    except DialoglotsError as error:
        return [problem.text("sv").removeprefix("p:").removeprefix(" ") for problem in error.problems]
    return []
