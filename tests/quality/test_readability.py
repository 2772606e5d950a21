"""The Swedish texts are easy to read: LIX, the usual Swedish measure, is words a sentence plus the per cent of long words.

30–40 reads like fiction and plain journalism, above 50 like official prose. A figure of its own for one short text jumps, so
each rule is measured over advice and reason together.
"""

import re
from collections.abc import Iterable

import pytest

from advisor.load.open_knowledge import open_shipped_knowledge
from advisor.model.knowledge import Knowledge

HIGHEST = 45


def lix(texts: Iterable[str]) -> float:
    """LIX of some texts together. A text's end is the end of a sentence; placeholders are no words."""
    sentences = [one for text in texts for one in re.split(r"(?<=[.!?:])\s+", re.sub(r"\{[^{}]*\}", "", text)) if one.strip()]
    words = [word for sentence in sentences for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", sentence)]
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return open_shipped_knowledge("readability")


def test_lix_as_it_is_defined() -> None:
    assert lix(["Vi går. Vi springer."]) == 2 + 25
    assert lix(["Kommunfullmäktige beslutar."]) == 2 + 100
    assert lix(["Ni skriver {fact:question.text} i frågan."]) == 4 + 25


def test_advice_as_a_whole(knowledge: Knowledge) -> None:
    advice = [rule.advice.sv for rule in knowledge.rules.values() if rule.advice is not None]
    reasons = [rule.why.sv for rule in knowledge.rules.values() if rule.why is not None]
    print(f"LIX of all advice {lix(advice):.1f}, of all reasons {lix(reasons):.1f}")
    assert lix(advice) <= HIGHEST - 5
    assert lix(reasons) <= HIGHEST - 5


def test_every_rule(knowledge: Knowledge) -> None:
    measured = {rule.id: lix(words.sv for words in (rule.advice, rule.why) if words is not None)
                for rule in knowledge.rules.values() if rule.why is not None}  # fmt: skip
    assert {rule: round(value) for rule, value in measured.items() if value > HIGHEST} == {}


def test_questions_and_methods(knowledge: Knowledge) -> None:
    helped = [words.sv for asked in knowledge.questions.values() for words in (asked.help, asked.why) if words is not None]
    methods = [method.description.sv for method in knowledge.methods.values()]
    terms = [term.definition.sv for term in knowledge.glossary.values()]
    for name, texts in (("questions", helped), ("methods", methods), ("glossary", terms)):
        if texts:
            print(f"LIX of {name} {lix(texts):.1f}")
            assert lix(texts) <= HIGHEST, name
