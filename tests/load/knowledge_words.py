"""The shipped words for fields and options, read straight from knowledge/, for tests of sentences and comments."""

from functools import cache
from pathlib import Path

from advisor.load.documents import read_yaml
from advisor.load.wording import Worded
from advisor.model.knowledge import Asked, Page
from advisor.model.rule import Words

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


class ShippedWords:
    """What the reader asks of ``Knowledge``, without the rest of it."""

    def __init__(self) -> None:
        read = [read_yaml(file.read_text(encoding="utf-8"), file.name, typed=True).data
                for file in (KNOWLEDGE / "questions").glob("*.yaml")]  # fmt: skip
        self.pages = tuple(sorted(map(Page.model_validate, read), key=lambda page: page.order))
        self.questions: dict[str, Asked] = {asked.fact: asked for page in self.pages for asked in page.questions}
        vocabularies = KNOWLEDGE / "vocabularies.yaml"
        self._labels = {
            (name, option["id"]): Words.model_validate(option["label"])
            for name, options in read_yaml(vocabularies.read_text(encoding="utf-8"), "v", typed=True).data.items()
            for option in options
        }

    def option_label(self, vocabulary: str, option: str, fact: str | None = None) -> Worded | None:
        asked = self.questions.get(fact or "")
        return asked.options[option] if asked and option in asked.options else self._labels.get((vocabulary, option))

    def fact_label(self, fact: str) -> Worded | None:
        return self.questions[fact].label if fact in self.questions else None


@cache
def shipped_words() -> ShippedWords:
    """Read once."""
    return ShippedWords()
