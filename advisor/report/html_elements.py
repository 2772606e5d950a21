"""HTML made of elements: what is not an element is text and cannot become one."""

import html
from typing import Final

from advisor.report.characters import visible

# After these a line feed harms nothing, and a page of one line serves nobody.
_BLOCKS: Final = frozenset(
    "article body caption dd details div dl dt figure figcaption footer g h1 h2 h3 h4 head html li main meta nav ol p section "
    "style summary svg table tbody td th thead title tr ul".split()
)
_EMPTY: Final = frozenset(("meta", "rect", "path"))


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(name: str, /, *content: str, **attributes: str | int | None) -> Html:
    """An element. Content that is not Html is escaped, as are attributes; one that is None is left out.

    An underscore in an attribute's name stands for a hyphen, at its end for nothing: ``class_``, ``aria_label``.
    """
    begin = name + "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(str(value))}"' for key, value in attributes.items() if value is not None
    )  # fmt: skip
    after = "\n" if name in _BLOCKS else ""
    if name in _EMPTY:
        return Html(f"<{begin}/>{after}" if name != "meta" else f"<{begin}>{after}")
    return Html(f"<{begin}>{joined(*content)}</{name}>{after}")


def joined(*content: str) -> Html:
    """Pieces of content, one after the other."""
    return Html("".join(one if isinstance(one, Html) else escaped(one) for one in content))


def escaped(text: str) -> Html:
    """Text, its control characters made visible."""
    return Html(html.escape(visible(text)))
