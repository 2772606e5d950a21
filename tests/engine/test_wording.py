"""What a text's own wording shows."""

import pytest
from small_knowledge import words

from advisor.engine.wording import matches, number_of_words, words_of
from advisor.model.knowledge import WordList
from advisor.model.rule import Words


def entries(*sv: str, en: tuple[str, ...] = ()) -> WordList:
    return WordList(id="some", label=Words(**words("några")), sv=sv, en=en)


def found(text: str, *sv: str, at_start: bool = False, en: tuple[str, ...] = ()) -> tuple[str, ...]:
    return matches(text, words_of(entries(*sv, en=en)), at_start)


def test_the_longest_entry_at_each_place_in_the_order_they_stand() -> None:
    assert found("Å, en ny väg är ny", "ny", "ny väg", "å") == ("Å", "ny väg", "ny")
    assert found("", "ny") == ()
    assert found("Ny NY ny", "ny") == ("Ny", "NY", "ny")
    assert found("ny väg till ny vägen", "ny väg") == ("ny väg",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hålla ett möte", ("Hålla",)), ("Vi ska hålla ett möte", ()), ("Tryggare torg. Hålla möten.", ("Hålla",)),
        ("Mål: hålla ett möte", ("hålla",)), ("«Hålla ett möte»", ("Hålla",)), ("Möten? – Hålla dem!", ("Hålla",)),
        ("Torget\nhålla rent", ("hålla",)), ("kl. 12.30 hålla", ()), ("att hålla ut, hålla i", ("att hålla",)),
    ],
)  # fmt: skip
def test_where_a_text_or_a_sentence_begins(text: str, said: tuple[str, ...]) -> None:
    assert found(text, "hålla", "att hålla", at_start=True) == said


def test_a_star_stands_for_every_word_that_begins_so() -> None:
    assert found("Behovsanalysen och behoven behövs", "behov*") == ("Behovsanalysen", "behoven")
    assert found("en fördjupad utredningsfas, en utredning", "fördjupad utred*") == ("fördjupad utredningsfas",)
    assert found("utred", "utred*") == ("utred",)
    assert found("outredd", "utred*") == ()
    assert found("Implementing it", en=("implement*",)) == ("Implementing",)


def test_a_question_mark_is_a_word_of_its_own() -> None:
    assert found("Hur? Och när? Nu.", "?") == ("?", "?")
    assert found("Varför då?", "då ?") == ("då ?",)
    assert found("Hur", "?") == ()


def test_words_are_whole_and_keep_their_hyphens_and_colons() -> None:
    assert found("E-post, KF:s beslut", "e-post", "kf:s") == ("E-post", "KF:s")
    assert found("e-posten, kfs", "e-post", "kf:s", "kf") == ()


def test_an_empty_list_matches_nothing() -> None:
    assert found("Vad som helst?") == ()
    assert found("Vad", "", "…") == ()


def test_number_of_words() -> None:
    assert number_of_words("Hur ska e-posten – den nya – användas?") == 6
    assert number_of_words("") == 0
