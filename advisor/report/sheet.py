"""A sheet of text for a terminal: wrapped lines, indents and styles, and nothing that could upset the terminal."""

import textwrap
from collections.abc import Callable
from typing import Final

from advisor.report.characters import one_line

# Gives a line its look; the second argument names what it is: title, stop, fix, ready, heading, label, dim or "" .
Style = Callable[[str, str], str]

NARROWEST: Final = 60
WIDEST: Final = 100
USUAL: Final = 80


def unstyled(text: str, style: str) -> str:
    """The look of a file or a pipe: none."""
    return text


class Sheet:
    """Lines of text in the making. ``utf8`` tells whether marks outside the common character sets can be shown."""

    def __init__(self, width: int = USUAL, style: Style = unstyled, utf8: bool = True) -> None:
        self.width = max(NARROWEST, min(width, WIDEST))
        self.style = style
        self.utf8 = utf8
        self._lines: list[str] = []

    def blank(self) -> None:
        """An empty line, never two in a row."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def text(self, text: str, style: str = "", indent: int = 0, hang: int = 0) -> None:
        """A paragraph, wrapped. ``hang``: how much further in its later lines begin."""
        for line in self._wrapped(text, indent, indent + hang):
            self._put(line, style)

    def labelled(self, label: str, text: str, indent: int = 0) -> None:
        """A paragraph that begins with a label: ``Varför: …``."""
        first, *rest = self._wrapped(f"{label} {text}", indent, indent)
        shown = one_line(label, self.utf8)
        head = first[indent:]
        styled = self.style(shown, "label") + head[len(shown) :] if head.startswith(shown) else head
        self._lines += [" " * indent + styled, *rest]

    def tailed(self, text: str, tail: str, style: str = "", indent: int = 0, hang: int = 0) -> None:
        """A paragraph with something discreet at its end, on a line of its own where it does not fit."""
        lines = self._wrapped(text, indent, indent + hang)
        fits = len(lines[-1]) + 2 + len(tail) <= self.width
        for line in lines:
            self._put(line, style)
        if fits:
            self._lines[-1] += "  " + self.style(tail, "dim")
        else:
            self._lines.append(" " * (indent + hang) + self.style(tail, "dim"))

    def marked(self, mark: str, text: str, indent: int = 0) -> None:
        """A paragraph that hangs on a mark: ``✓ …``."""
        self.text(f"{mark} {text}", "", indent, len(mark) + 1)

    def line(self, text: str, style: str = "", indent: int = 0) -> None:
        """One line that is not wrapped: an address, a table row."""
        self._lines.append(" " * indent + self.style(one_line(text, self.utf8), style))

    def row(self, text: str, style: str = "") -> None:
        """One line whose spaces matter. Holds nothing that a plan wrote."""
        self._lines.append(self.style(text.rstrip(), style))

    def heading(self, text: str) -> None:
        """A heading, with space above it."""
        self.blank()
        self._lines.append(self.style(one_line(text, self.utf8), "heading"))

    def rendered(self) -> str:
        """All lines, each with its line feed."""
        return "".join(line.rstrip() + "\n" for line in self._lines)

    def _put(self, line: str, style: str) -> None:
        words = line.lstrip(" ")
        self._lines.append(" " * (len(line) - len(words)) + self.style(words, style))

    def _wrapped(self, text: str, first: int, rest: int) -> list[str]:
        return textwrap.wrap(
            one_line(text, self.utf8), self.width, initial_indent=" " * first, subsequent_indent=" " * rest,
            break_on_hyphens=False,
        ) or [""]  # fmt: skip
