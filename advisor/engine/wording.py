"""What a text's own wording shows: the words and phrases of a list that stand whole in it, both languages always tried.

An entry of a list is a word or a phrase, case aside. ``behov*`` stands for every word that begins so, and a question mark
counts as a word of its own, so that a list may hold it.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from advisor.model.knowledge import WordList

_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")
_SAID: Final = re.compile(r"\w+(?:[-'’:]\w+)*|[?]")
_ENTRY: Final = re.compile(r"\w+(?:[-'’:]\w+)*[*]?|[?]")
_BEGINNING: Final = re.compile(r"(?:^|[.!?:;\n])[\s\"'«»”’(–-]*(?=\w)")


class Entries(NamedTuple):
    """A word list made ready: phrases as said, phrases whose last word is only begun, and the words of the longest."""

    whole: frozenset[str]
    begun: tuple[tuple[str, int], ...]
    longest: int

    def holds(self, phrase: str, length: int) -> bool:
        """Whether a phrase of ``length`` words, casefolded, is in the list."""
        return phrase in self.whole or any(length == words and phrase.startswith(begun) for begun, words in self.begun)


def words_of(listed: WordList) -> Entries:
    """The entries of a word list, both languages."""
    phrases = [[word.casefold() for word in _ENTRY.findall(entry)] for entry in (*listed.sv, *listed.en)]
    begun = tuple((" ".join(words)[:-1], len(words)) for words in phrases if words and words[-1].endswith("*"))
    whole = frozenset(" ".join(words) for words in phrases if words and not words[-1].endswith("*"))
    return Entries(whole, begun, max((len(words) for words in phrases), default=0))


def number_of_words(text: str) -> int:
    """The words in a text."""
    return len(_WORD.findall(text))


def matches(text: str, entries: Entries, at_start: bool) -> tuple[str, ...]:
    """What stands in the text of the entries, in order and as said; the longest entry at each place.

    ``at_start``: only where the text or a sentence in it begins.
    """
    said, beginnings = _said(text)
    plain = tuple(word.casefold() for word in said)
    found: list[str] = []
    place = 0
    while place < len(said):
        step = 1
        if not at_start or place in beginnings:
            for length in range(min(entries.longest, len(said) - place), 0, -1):
                if entries.holds(" ".join(plain[place : place + length]), length):
                    found.append(" ".join(said[place : place + length]))
                    step = length
                    break
        place += step
    return tuple(found)


@lru_cache(maxsize=256)
def _said(text: str) -> tuple[tuple[str, ...], frozenset[int]]:
    """The words said, and the places among them where a sentence begins. One text is read for many lists."""
    starts = {found.end() for found in _BEGINNING.finditer(text)}
    words = list(_SAID.finditer(text))
    return tuple(word[0] for word in words), frozenset(
        place for place, word in enumerate(words) if word.start() in starts)  # fmt: skip
