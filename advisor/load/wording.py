"""What the reader needs of the words that people see, so that it can speak of fields and options by their labels."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from advisor.i18n import LANGUAGES

if TYPE_CHECKING:
    from advisor.model.knowledge import Asked, Page

ALIKE: Final = 0.72
_WORDS_ALIKE: Final = 0.8
_LONGEST_SHOWN: Final = 60


class Worded(Protocol):
    """Something with a text in either language."""

    def text(self, lang: str) -> str:
        """The text in ``lang``."""


class Wording(Protocol):
    """The words for fields and options; ``Knowledge`` has them."""

    def option_label(self, vocabulary: str, option: str, fact: str | None = None) -> Worded | None:
        """The words for an option, as ``fact`` wants them said."""

    def fact_label(self, fact: str) -> Worded | None:
        """The words for a plan fact."""

    @property
    def questions(self) -> "Mapping[str, Asked]":
        """The words of every plan fact, by fact."""

    @property
    def steps_by_name(self) -> "Mapping[str, str]":
        """Steps of the ladder of participation by the names that publications give them, case and surplus spaces aside."""

    @property
    def pages(self) -> "Sequence[Page]":
        """The pages of questions; a section's page has its name."""


class Named(NamedTuple):
    """A field or an option as it is written in the file, with its label where there is one."""

    name: str
    label: Worded | None = None

    def text(self, lang: str) -> str:
        """``fully (Helt)``."""
        return f"{self.name} ({self.label.text(lang)})" if self.label else self.name


class NamedList(NamedTuple):
    """Several of them."""

    members: tuple[Named, ...]

    def text(self, lang: str) -> str:
        """``fully (Helt), partly (Delvis)``."""
        return ", ".join(member.text(lang) for member in self.members)


def field_label(path: tuple[str, ...], words: Wording | None) -> Worded | None:
    """The words for a field, a list or a section."""
    if words is None:
        return None
    if len(path) == 1:
        title = next((page.title for page in words.pages if page.page == path[0]), None)
        if title is not None:
            return title
    return words.fact_label(".".join(path))


def plain_field(word: str) -> str:
    """A word as a field's name would be written: small letters, underscores for spaces and dashes."""
    return "_".join(word.replace("-", " ").replace("_", " ").casefold().split())


def nearest(word: str, known: Iterable[Named], *, alike: float = ALIKE) -> Named | None:
    """What ``word`` probably means, by name or by label in either language; None where nothing is near.

    ``alike`` is how near a name must be, 0 to 1.
    """
    import difflib

    known = tuple(known)
    plain = plain_field(word)
    spoken = plain.replace("_", " ")
    labels = {member.label.text(lang).casefold(): member
              for member in known if member.label for lang in LANGUAGES}  # fmt: skip
    names = {member.name.casefold(): member for member in known}
    if plain in names or spoken in labels:
        return names.get(plain) or labels[spoken]
    close = difflib.get_close_matches(plain, names, 1, alike)
    if close:
        return names[close[0]]
    close = difflib.get_close_matches(spoken, labels, 1, _WORDS_ALIKE)
    if close:
        return labels[close[0]]
    having = {member.name: member for label, member in labels.items() if len(spoken) > 2 and spoken in label.split()}
    return next(iter(having.values())) if len(having) == 1 else None


def shown(text: str) -> str:
    """A piece of the user's own text, short, on one line and without characters that do things to a terminal."""
    line = " ".join(text.split())
    if len(line) > _LONGEST_SHOWN:
        line = line[: _LONGEST_SHOWN - 1] + "…"
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in line)
