"""YAML as plain data: libyaml composes nodes, which become dict, list and str without any guessing of types."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from advisor.errors import DialoglotsError, Message, Problem
from advisor.i18n import N_
from advisor.load.refusals import (
    DEEPEST,
    MOST_PROBLEMS,
    MOST_VALUES,
    TOO_DEEP,
    TOO_MANY,
    duplicate_key,
    without_lone_surrogates,
)
from advisor.load.text import lines_of, refused_character

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]

    HAS_LIBYAML: Final = True
except ImportError:
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    HAS_LIBYAML: Final = False  # type: ignore[misc]

    class _Parser(Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        """PyYAML's own parser, where it was built without libyaml."""

        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)


_COMPLEX_KEY: Final = Message(N_("Ett fältnamn ska vara ett ord följt av kolon, inte en lista eller flera fält."))
_UNREADABLE: Final = Message(N_("Filen går inte att läsa som YAML."))
_ANCHOR: Final = N_(
    "«&{name}» är ett ankare i YAML och får inte användas här. Är det vanlig text? Sätt den inom citattecken."
)
_ALIAS: Final = N_(
    "«*{name}» är ett alias i YAML och får inte användas här. Är det vanlig text? Sätt den inom citattecken."
)
_TAG: Final = N_("«{name}» är en tagg i YAML och får inte användas här. Är det vanlig text? Sätt den inom citattecken.")
_NAMED: Final = re.compile(r"(?<![^\s\[\]{},:?-])(?:[&*]\S|!)")
_SAFELY_SHALLOW: Final = 500  # libyaml's composer recurses and crashes at some thousands of levels
_SURELY_FEW: Final = MOST_VALUES // 3  # characters: a lone colon is three values, a field with neither name nor answer
_LONG_RUN: Final = 200
_DEEP_LINE: Final = re.compile(rf"[-?: \t]{{{_LONG_RUN}}}")
_DEEP_LATER_LINE: Final = re.compile(rf"\n[-?: \t]{{{_LONG_RUN}}}")
_DEEP_LINE_AFTER_CR: Final = re.compile(rf"\r[-?: \t]{{{_LONG_RUN}}}")
_OTHER_LINE_BREAKS: Final = str.maketrans({"\x85": " ", "\u2028": " ", "\u2029": " "})
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER: Final = re.compile(r"[-+]?[0-9]{1,4000}")
_OCTAL_OR_HEX: Final = re.compile(r"0o[0-7]{1,4000}|0x[0-9a-fA-F]{1,4000}")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


class _NodeLoader(_Parser):
    """Composes nodes; what type a scalar has is not asked here."""

    def __init__(self, text: str) -> None:
        super().__init__(text)

    def resolve(self, kind: type[Node], value: str | None, implicit: Any) -> str:
        return ""

    def descend_resolver(self, parent: Node | None, index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


class NodePlaces:
    """Where the parts of a YAML text stand, by its node tree."""

    def __init__(self, root: Node | None, text: str) -> None:
        self._root = root
        self._text = text
        self._fields: dict[int, dict[str, tuple[Node, Node]]] = {}

    @cached_property
    def _lines(self) -> list[str]:
        return lines_of(self._text)

    def line(self, number: int) -> str:
        """A line of the text, from 1; "" where there is none."""
        return self._lines[number - 1] if number <= len(self._lines) else ""

    def find(self, loc: tuple[str | int, ...], key: bool) -> tuple[int, int]:
        """Line and column of the value at ``loc`` or of its key, else of the nearest enclosing part."""
        node = self._root
        if node is None:
            return 1, 1
        mark = node.start_mark
        for step in loc:
            name: Node | None = None
            inner: Node | None = None
            if isinstance(node, MappingNode):
                if id(node) not in self._fields:
                    self._fields[id(node)] = {name.value: (name, value) for name, value in node.value}
                name, inner = self._fields[id(node)].get(str(step), (None, None))
            elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
                inner = node.value[step]
            if inner is None:
                return _place(mark)
            mark, node = inner.start_mark, inner
        if key and loc and name is not None:
            mark = name.start_mark
        return _place(mark)


def _place(mark: Any) -> tuple[int, int]:
    """Line and column, from 1, of a parser's mark."""
    return mark.line + 1, mark.column + 1


def load_yaml(text: str, path: str, typed: bool, error: type[DialoglotsError]) -> tuple[Any, NodePlaces]:
    """The data of one YAML document and where its parts stand. Raises ``error`` with what is wrong."""
    if "\x85" in text or "\u2028" in text or "\u2029" in text:  # YAML 1.1 breaks lines there, editors do not
        text = text.translate(_OTHER_LINE_BREAKS)
    problems: list[Problem] = []
    root: Node | None = None
    try:
        if len(text) > _SURELY_FEW or may_nest_deeply(text) or may_name_parts(text):
            problems = _wrong_events(text, path)
        if not problems:
            root = _compose(text)
    except yaml.MarkedYAMLError as failure:
        from advisor.load.yaml_slips import syntax_problem

        problems = [syntax_problem(text, path, failure)]
    except (yaml.YAMLError, UnicodeEncodeError):
        refused = refused_character(text, path)
        problems = [refused or Problem(path, _UNREADABLE)]
    except RecursionError:  # PyYAML's own parser
        problems = [Problem(path, TOO_DEEP)]
    if problems:
        raise error(problems)
    builder = _Builder(path, typed)
    data = None if root is None else builder.build(root, 1)
    if builder.problems:
        raise error(builder.problems)
    return data if HAS_LIBYAML else without_lone_surrogates(data), NodePlaces(root, text)


def may_nest_deeply(text: str) -> bool:
    """Whether a text could hold so many levels that composing it is not safe; cheap, and never wrong with a no."""
    return (
        text.count("[") + text.count("{") > _SAFELY_SHALLOW
        or _DEEP_LINE.match(text) is not None
        or _DEEP_LATER_LINE.search(text) is not None
        or ("\r" in text and _DEEP_LINE_AFTER_CR.search(text) is not None)
    )


def may_name_parts(text: str) -> bool:
    """Whether a text could hold anchors, aliases or tags; cheap, and never wrong with a no."""
    return ("&" in text or "*" in text or "!" in text) and _NAMED.search(text) is not None


def _named_part(event: Any) -> Message | None:
    """The sentence about an anchor, alias or tag; None for an event without."""
    if isinstance(event, yaml.AliasEvent):
        return Message(_ALIAS, {"name": event.anchor})
    if getattr(event, "anchor", None) is not None:
        return Message(_ANCHOR, {"name": event.anchor})
    if getattr(event, "tag", None) is not None:
        return Message(_TAG, {"name": event.tag})
    return None


def _compose(text: str) -> Node | None:
    loader = _NodeLoader(text)
    try:
        root: Node | None = loader.get_single_node()
        return root
    finally:
        loader.dispose()


def _wrong_events(text: str, path: str) -> list[Problem]:
    """Too deep nesting or too many values (then nothing else is looked for), aliases, anchors and tags."""
    problems: list[Problem] = []
    depth = values = 0
    for event in yaml.parse(text, Loader=_NodeLoader):  # type: ignore[arg-type]
        if isinstance(event, yaml.NodeEvent):
            values += 1
            if values > MOST_VALUES:
                return [Problem(path, TOO_MANY, *_place(event.start_mark))]
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return [Problem(path, TOO_DEEP, *_place(event.start_mark))]
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        message = _named_part(event)
        if message is not None and len(problems) < MOST_PROBLEMS:
            problems.append(Problem(path, message, *_place(event.start_mark)))
    return problems


class _Builder:
    """Turns nodes into plain data and collects what may not stand in a file."""

    def __init__(self, path: str, typed: bool) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._scalar: Callable[[str], Any] | None = _typed if typed else None

    def build(self, node: Any, depth: int) -> Any:
        """The data of a node that stands ``depth`` levels down."""
        kind = node.__class__
        value = node.value
        if kind is ScalarNode:
            if node.style:  # quoted, or a block of text
                return value
            if value in _NOTHING:
                return None
            return value if self._scalar is None else self._scalar(value)
        if depth > DEEPEST:
            if not any(problem.message is TOO_DEEP for problem in self.problems):
                self._refuse(node, TOO_DEEP)
            return None
        build = self.build
        if kind is SequenceNode:
            return [build(element, depth + 1) for element in value]
        result: dict[str, Any] = {}
        for name, inner in value:
            if name.__class__ is not ScalarNode:
                self._refuse(name, _COMPLEX_KEY)
                continue
            key = name.value
            if key in result and len(self.problems) < MOST_PROBLEMS:
                first = next(other for other, _ in value if other.value == key)
                from advisor.load.yaml_slips import bullet

                told = bullet(key + ": …")  # a list whose bullets were read as parts of the names
                self._refuse(name, told or duplicate_key(key, _place(first.start_mark)[0]))
            result[key] = build(inner, depth + 1)
        return result

    def _refuse(self, node: Node, message: Message) -> None:
        self.problems.append(Problem(self._path, message, *_place(node.start_mark)))


def _typed(text: str) -> Any:
    """A plain scalar of a rule or knowledge file; what is neither boolean nor finite number stays text."""
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OCTAL_OR_HEX.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        number = float(text)
        return number if abs(number) != float("inf") else text
    return text
