"""What a text's own wording shows: the words and phrases of a list that stand whole in it, both languages always tried.

An entry of a list is a word or a phrase, case aside. ``behov*`` stands for every word that begins so, and a question mark
counts as a word of its own, so that a list may hold it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from advisor.model.knowledge import WordList

_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")
_SAID: Final = re.compile(r"\w+(?:[-'’:]\w+)*|[?]")
_ENTRY: Final = re.compile(r"\w+(?:[-'’:]\w+)*[*]?|[?]")
_BEGINNING: Final = re.compile(r"(?:^|[.!?:;\n])[\s\"'«»”’(–-]*(?=\w)")


@dataclass(frozen=True, eq=False)
class Entries:
    """A word list made ready, compared by identity.

    ``phrases`` are the entries by their first word, the longest first; of one with a star the last word is only begun.
    ``stems`` are the entries of one begun word, and ``lengths`` how long those are.
    """

    phrases: dict[str, list[tuple[tuple[str, ...], bool]]]
    stems: frozenset[str]
    lengths: tuple[int, ...]

    def at(self, words: tuple[str, ...], place: int) -> int:
        """How many words the longest entry takes that stands at a place; 0 where none does."""
        word = words[place]
        for phrase, begun in self.phrases.get(word, ()):
            there = words[place : place + len(phrase)]
            if there == phrase or (begun and there[:-1] == phrase[:-1] and len(there) == len(phrase)
                                   and there[-1].startswith(phrase[-1])):  # fmt: skip
                return len(phrase)
        return 1 if any(word[:length] in self.stems for length in self.lengths) else 0


@lru_cache(maxsize=64)
def words_of(listed: WordList) -> Entries:
    """The entries of a word list, both languages."""
    phrases: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    stems: set[str] = set()
    for entry in (*listed.sv, *listed.en):
        words = tuple(word.casefold() for word in _ENTRY.findall(entry))
        begun = bool(words) and words[-1].endswith("*")
        plain = (*words[:-1], words[-1].removesuffix("*")) if words else ()
        if begun and len(plain) == 1:
            stems.add(plain[0])
        elif plain:
            phrases.setdefault(plain[0], []).append((plain, begun))
    for same_beginning in phrases.values():
        same_beginning.sort(key=lambda one: -len(one[0]))
    return Entries(phrases, frozenset(stems), tuple(sorted({len(stem) for stem in stems})))


def number_of_words(text: str) -> int:
    """The words in a text."""
    return len(_WORD.findall(text))


@lru_cache(maxsize=512)
def matches(text: str, entries: Entries, at_start: bool) -> tuple[str, ...]:
    """What stands in the text of the entries, in order and as said; the longest entry at each place.

    ``at_start``: only where the text or a sentence in it begins.
    """
    said, plain, beginnings = _said(text)
    found: list[str] = []
    place = 0
    for start in sorted(beginnings) if at_start else range(len(said)):
        length = entries.at(plain, start) if start >= place else 0
        if length:
            place = start + length
            found.append(" ".join(said[start:place]))
    return tuple(found)


@lru_cache(maxsize=64)
def _said(text: str) -> tuple[tuple[str, ...], tuple[str, ...], frozenset[int]]:
    """The words said, the same in small letters, and the places among them where a sentence begins."""
    starts = {found.end() for found in _BEGINNING.finditer(text)}
    words = list(_SAID.finditer(text))
    said = tuple(word[0] for word in words)
    beginnings = frozenset(place for place, word in enumerate(words) if word.start() in starts)
    return said, tuple(word.casefold() for word in said), beginnings
