"""The word that was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like ``word``, case aside; None where none is like it."""
    by_plain: dict[str, str] = {}
    for candidate in candidates:
        by_plain.setdefault(candidate.casefold(), candidate)
    close = get_close_matches(word.strip().casefold(), by_plain, n=1, cutoff=0.6)
    return by_plain[close[0]] if close else None
