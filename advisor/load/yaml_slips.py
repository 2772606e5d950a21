"""What is wrong where YAML cannot be read, in words for people: decided by the line more than by the parser's words."""

import re
from typing import Final

import yaml

from advisor.errors import Message, Problem
from advisor.i18n import N_

SEVERAL_DOCUMENTS: Final = Message(
    N_(
        "Här börjar en andra plan i samma fil. Lägg varje plan i en egen fil, eller ta bort raden med tre streck "
        "eller tre punkter."
    )
)
_COLON: Final = N_("Texten innehåller ett kolon. Sätt hela texten inom citattecken{example}.")
_COLON_IN_FLOW: Final = N_(
    "Här står ett kolon för mycket. Antingen saknas ett kommatecken före, eller så ska texten stå inom "
    "citattecken{example}."
)
_NO_SPACE: Final = N_("Det saknas ett mellanslag efter kolonet{example}.")
_NO_SPACE_AFTER_DASH: Final = N_("Det saknas ett mellanslag efter strecket{example}.")
_NO_COLON: Final = N_(
    "Raden har inget kolon. Är den ett fält? Skriv fältets namn, kolon och ett mellanslag. Är den en fortsättning på "
    "texten ovanför? Dra in den med två mellanslag."
)
_TAB: Final = N_("Raden innehåller en tabb. Använd mellanslag i stället{example}.")
_OPEN_QUOTE: Final = N_(
    "Citattecknet som börjar här avslutas aldrig. Sätt ett likadant citattecken där texten slutar{example}."
)
_AFTER_QUOTE: Final = N_("Texten fortsätter efter det andra citattecknet. Sätt hela texten inom citattecken{example}.")
_BACKSLASH: Final = N_(
    "Ett omvänt snedstreck (\\) går inte att använda så här inom raka citattecken. Använd enkla citattecken{example}."
)
_OPEN_BRACKET: Final = N_(
    "Parentesen «{sign}» som börjar här avslutas aldrig. Sätt «{other}» där den ska sluta. Är det vanlig text? Sätt "
    "den inom citattecken."
)
_EXTRA_BRACKET: Final = N_("Här står «{sign}» utan att någon sådan parentes har börjat. Ta bort tecknet.")
_FIRST_SIGN: Final = N_("En text får inte börja med «{sign}». Sätt hela texten inom citattecken{example}.")
_DASH_AFTER_COLON: Final = N_(
    "Efter kolonet står ett streck. Är det vanlig text? Sätt hela texten inom citattecken{example}. Är det en lista? "
    "Börja på en ny rad."
)
_INDENT: Final = N_(
    "Indraget stämmer inte. Raden börjar i kolumn {column}, men raderna ovanför börjar i kolumn {columns}. Fält som "
    "hör ihop ska börja i samma kolumn."
)
_INDENT_FIRST: Final = N_("Indraget stämmer inte med raderna ovanför. Fält som hör ihop ska börja i samma kolumn.")
_GENERAL: Final = N_(
    "Filen går inte att läsa här. Kontrollera kolon, indrag, parenteser och citattecken på raden och på raden ovanför."
)
_HARD_SPACE: Final = N_(
    "Här står ett hårt mellanslag. Det ser ut som ett vanligt mellanslag men läses som text. Byt ut det{example}."
)
_BULLET: Final = N_("En lista skrivs med bindestreck och mellanslag, inte med «{sign}»{example}.")
_QUESTION_MARK: Final = N_("«?» är inget svar. Skriv unknown om ni inte vet ännu{example}.")
_EXAMPLE: Final = N_(", så här: «{line}»")
_OR: Final = N_("{first} eller {last}")
_NO_EXAMPLE: Final = Message("")

# indent with dashes, key with its colon and space (both may be missing), value
_LINE: Final = re.compile(r"(?P<dashes>\s*(?:-\s+)*)(?P<key>[^\s\[\]{}\"'#&*!|>%@`,-][^:]*:\s+)?(?P<value>.*)")
_NO_SPACE_LINE: Final = re.compile(r"(\s*(?:-\s+)*[A-Za-z_][\w-]*:)([^\s/].*)")
_NO_SPACE_DASH_LINE: Final = re.compile(r"(\s*-)([^\s-].*)")
_FIELD_NAME: Final = re.compile(r"\s*(?:-\s+)*[A-Za-z_][\w-]*\s*:(?:\s|$)")
_FLOW_VALUE: Final = re.compile(r"([\[{,]\s*(?:[\w-]+:\s+)?)([^\s\[\]{},\"'][^\[\]{},\"']*?)(\s*[,\]}])")
_HARD: Final = "\u00a0\u2007\u202f"
# In the indent, after a dash, or on either side of a field's colon.
_HARD_SPACE_LINE: Final = re.compile(
    rf"[ \t]*(?:- +)*(?:([{_HARD}])[{_HARD} ]*(?:-[{_HARD} ]|[\w-]+ *:)|-([{_HARD}])|"
    rf"[\w-]+ *:([{_HARD}])|[\w-]+([{_HARD}])[{_HARD} ]*:)"
)
_HARD_SPACE_IN_FLOW: Final = re.compile(rf"[{{,]\s*[\w-]+:([{_HARD}])")
_BULLET_LINE: Final = re.compile(r"\s*([•·‣▪●–—]|\*(?=\s))\s*(\S.*)")
_LONE_QUESTION_MARK: Final = re.compile(r"(?:(?<=[:\[,-])|(?<=[:,-] ))\?+(?=\s*(?:[,\]}#]|$))")
_CURLY_QUOTED: Final = re.compile("[“”„«»](.+)[“”„«»]")
_CLOSING: Final = {"[": "]", "{": "}"}
_STRUCTURE: Final = (
    "expected key", "block end", "'-' indicator", "document start", "mapping values", "sequence entries"
)  # fmt: skip
_LONGEST_EXAMPLE: Final = 100
_LONGEST_LINE: Final = 1000  # what stands further out, or further up, says nothing about a slip
_MOST_LINES_ABOVE: Final = 1000


def syntax_problem(text: str, path: str, error: yaml.MarkedYAMLError) -> Problem:
    """The slip behind a parser's error, with its place and, where it helps, the line as it should be."""
    line, column, message = _Slip(text, error).explain()
    return Problem(path, message, line + 1, column + 1)


Found = tuple[int, int, Message]


def hard_space(line: str) -> tuple[int, Message] | None:
    """Where in a line a no-break space stands for one that YAML knows, from 0, and the sentence about it."""
    found = _HARD_SPACE_LINE.match(line[:_LONGEST_LINE]) or _HARD_SPACE_IN_FLOW.search(line[:_LONGEST_LINE])
    if found is None:
        return None
    mended = re.sub(f"[{_HARD}]", " ", line.strip())
    return found.start(found.lastindex or 0), Message(_HARD_SPACE, {"example": _shown(mended.strip())})


def bullet(line: str) -> Message | None:
    """The sentence about a line that begins with a sign from a word processor's lists; None where it does not."""
    found = _BULLET_LINE.fullmatch(line[:_LONGEST_LINE])
    return found and Message(_BULLET, {"sign": found[1], "example": _shown(f"- {found[2]}")})


class _Slip:
    """One error of the parser, looked at through the lines of the text. Lines and columns count from 0 here."""

    def __init__(self, text: str, error: yaml.MarkedYAMLError) -> None:
        self.lines = [line[:_LONGEST_LINE] for line in re.split("\r\n|\r|\n", text)]
        mark = error.problem_mark or error.context_mark
        start = error.context_mark or mark
        self.line, self.column = (mark.line, mark.column) if mark else (0, 0)
        self.start = (start.line, start.column) if start else (0, 0)
        self.context, self.problem = error.context or "", error.problem or ""

    def explain(self) -> Found:
        """Line, column and sentence."""
        if "single document" in self.context:
            return self.line, self.column, SEVERAL_DOCUMENTS
        if "quoted scalar" in self.context or "quoted scalar" in self.problem:
            return self._in_quotes()
        return (
            self._hard_space()
            or self._tab()
            or self._bullet()
            or self._question_mark()
            or self._first_sign()
            or self._quotes()
            or self._brackets()
            or self._dash_or_colon_without_space()
            or self._colon()
            or self._indent()
            or (self.line, self.column, Message(_GENERAL))
        )

    def _text(self, line: int) -> str:
        return self.lines[line] if line < len(self.lines) else ""

    def _lines_above(self) -> list[int]:
        """The lines above the problem that say something, nearest first."""
        last = min(self.line, len(self.lines)) - 1
        above = range(last, max(last - _MOST_LINES_ABOVE, -1), -1)
        return [line for line in above if self.lines[line].strip() and not self.lines[line].lstrip().startswith("#")]

    def _in_quotes(self) -> Found:
        line, column = self.start
        if "escape" in self.problem:
            key, value, rest = _parts(self._text(line))
            whole = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', value)
            quoted = f"'{whole[1].replace(chr(39), chr(39) * 2)}'" if whole else ""
            return line, self.column, Message(_BACKSLASH, {"example": _example(key, quoted, rest)})
        return line, column, self._open_quote(line)

    def _open_quote(self, line: int) -> Message:
        key, value, rest = _parts(self._text(line))
        closed = value + value[0] if len(value) > 1 and value[0] in "\"'" and value[-1] not in "\\,]}" else ""
        return Message(_OPEN_QUOTE, {"example": _example(key, closed, rest)})

    def _tab(self) -> Found | None:
        text = self._text(self.line)
        indent = text[: len(text) - len(text.lstrip())]
        if "\t" not in indent and text[self.column : self.column + 1] != "\t":
            return None
        column = indent.index("\t") if "\t" in indent else self.column
        mended = indent.replace("\t", "  ") + re.sub("\t+", " ", text.strip())
        return self.line, column, Message(_TAB, {"example": _shown(mended)})

    def _near(self) -> list[int]:
        """The lines where the slip may be: where the parser gave up, where it began, and the one above."""
        return list(dict.fromkeys([self.line, self.start[0], *self._lines_above()[:1]]))

    def _hard_space(self) -> Found | None:
        for line in self._near():
            found = hard_space(self._text(line))
            if found:
                return line, *found
        return None

    def _bullet(self) -> Found | None:
        for line in self._near():
            text = self._text(line)
            message = bullet(text)
            if message:
                while line and bullet(self._text(line - 1)):  # the first of the list
                    line -= 1
                text = self._text(line)
                return line, len(text) - len(text.lstrip()), bullet(text) or message
        return None

    def _question_mark(self) -> Found | None:
        for line in self._near()[:2]:
            text = self._text(line)
            found = _LONE_QUESTION_MARK.search(text)
            if found:
                mended = text[: found.start()] + "unknown" + text[found.end() :]
                return line, found.start(), Message(_QUESTION_MARK, {"example": _shown(mended.strip())})
        return None

    def _first_sign(self) -> Found | None:
        marked = ("scanning an anchor", "scanning an alias", "scanning a block scalar", "scanning a tag", "directive")
        line, column = self.start if any(words in self.context for words in marked) else (self.line, self.column)
        known = any(words in self.context for words in marked) or any(
            words in self.problem
            for words in ("cannot start any token", "sequence entries are not allowed", "mapping keys are not allowed",
                          "node content")
        )  # fmt: skip
        key, value, rest = _parts(self._text(line))
        if not known or not value or value[0] not in "@`%&*!|>-?,]}" or (key + value)[:column].strip() != key.strip():
            return None
        if value[0] in "]}":
            return line, column, Message(_EXTRA_BRACKET, {"sign": value[0]})
        template = _DASH_AFTER_COLON if value[0] == "-" else _FIRST_SIGN
        example = _example(key, _quoted(value), rest)
        return line, column, Message(template, {"sign": value[0], "example": example})

    def _quotes(self) -> Found | None:
        """A quote that closes too early, or one further up that was never closed and ate what follows."""
        if not self._expected_something_else():
            return None
        key, value, rest = _parts(self._text(self.line))
        after = _after_quote(value)
        if after and after.strip() and not after.lstrip().startswith(("#", ",", "]", "}")):
            return self.line, self.column, Message(_AFTER_QUOTE, {"example": _example(key, _quoted(value), rest)})
        for line in self._lines_above():
            key, value, _ = _parts(self._text(line))
            if value[:1] in ("'", '"') and _after_quote(value) is None:
                return line, len(key), self._open_quote(line)
        return None

    def _expected_something_else(self) -> bool:
        return "expected" in self.problem and "':'" not in self.problem

    def _brackets(self) -> Found | None:
        if "flow sequence" in self.context or "flow mapping" in self.context:
            line, column = self.start
            sign = self._text(line)[column : column + 1]
            if line == self.line and self._text(line)[self.column : self.column + 1] == ":":
                return line, self.column, Message(_COLON_IN_FLOW, {"example": self._mended_flow()})
            if sign in _CLOSING and (line != self.line or not self._text(line)[self.column :].strip()):
                return line, column, Message(_OPEN_BRACKET, {"sign": sign, "other": _CLOSING[sign]})
            return None
        if not self._expected_something_else():
            return None
        key, value, rest = _parts(self._text(self.line))
        if value[:1] not in ("[", "{") or self.column <= len(key):
            return None
        if not self._text(self.line)[self.column :].strip("]} "):
            sign = self._text(self.line)[self.column : self.column + 1]
            return self.line, self.column, Message(_EXTRA_BRACKET, {"sign": sign})
        example = _example(key, _quoted(value), rest)
        return self.line, len(key), Message(_FIRST_SIGN, {"sign": value[0], "example": example})

    def _mended_flow(self) -> Message:
        text = self._text(self.line)
        for found in _FLOW_VALUE.finditer(text):
            if found.start(2) <= self.column < found.end(2):
                mended = text[: found.start(2)] + _quoted(found[2]) + text[found.end(2) :]
                return _shown(mended.strip())
        return _NO_EXAMPLE

    def _dash_or_colon_without_space(self) -> Found | None:
        """``title:Skolan`` or ``-Skolan``: on the line where the parser gave up, or the one it started from."""
        above = self._lines_above()
        for line in dict.fromkeys([self.start[0], self.line, *above[:1]]):
            text = self._text(line)
            for pattern, template in ((_NO_SPACE_LINE, _NO_SPACE), (_NO_SPACE_DASH_LINE, _NO_SPACE_AFTER_DASH)):
                found = pattern.fullmatch(text)
                if found:
                    example = _shown(f"{found[1].strip()} {found[2].strip()}")
                    return line, found.end(1) - 1, Message(template, {"example": example})
        return None

    def _colon(self) -> Found | None:
        """A second colon on the line, or a line above that lacks its own."""
        if "could not find expected ':'" in self.problem:
            return (*self.start, Message(_NO_COLON))
        if "mapping values are not allowed" not in self.problem:
            return None
        text = self._text(self.line)
        key, value, rest = _parts(text)
        if key.strip(" -") and self.column >= len(key):
            return self.line, self.column, Message(_COLON, {"example": _example(key, _quoted(value), rest)})
        above = self._lines_above()
        if above and ":" not in self._text(above[0]) and not self._text(above[0]).lstrip().startswith("-"):
            line = above[0]
            return line, len(self._text(line)) - len(self._text(line).lstrip()), Message(_NO_COLON)
        if not _FIELD_NAME.match(text):
            return self.line, self.column, Message(_COLON, {"example": _NO_EXAMPLE})
        return None

    def _indent(self) -> Found | None:
        text = self._text(self.line)
        column = len(text) - len(text.lstrip())
        if "..." in (text.strip(), *(self.lines[line].strip() for line in self._lines_above()[:1])):
            return self.line, self.column, SEVERAL_DOCUMENTS
        if not any(words in self.problem for words in _STRUCTURE):
            return None
        columns: list[int] = []
        for line in self._lines_above():
            for place in _starts(self._text(line), dashes=text.lstrip().startswith("-")):
                if not columns or place + 1 < min(columns):
                    columns.append(place + 1)
        if not columns or column + 1 in columns:
            return self.line, column, Message(_INDENT_FIRST)
        return self.line, column, Message(_INDENT, {"column": column + 1, "columns": _or(sorted(columns))})


def _or(numbers: list[int]) -> Message:
    *first, last = map(str, numbers)
    return Message(_OR, {"first": ", ".join(first), "last": last}) if first else Message("{last}", {"last": last})


def _starts(text: str, *, dashes: bool) -> list[int]:
    """The columns where a line's content begins and, where asked for, its dashes; the last first."""
    found = re.match(r"\s*(?:-\s+)*", text)
    assert found is not None
    content = [found.end()] if found.end() < len(text) else []
    return content + ([dash.start() for dash in re.finditer("-", found[0])][::-1] if dashes else [])


def _parts(text: str) -> tuple[str, str, str]:
    """A line as what stands before its value, the value, and a comment."""
    found = _LINE.fullmatch(text)
    assert found is not None
    value, before = found["value"].rstrip(), found["dashes"] + (found["key"] or "")
    comment = None if value[:1] in ("'", '"') else re.search(r"\s#", value)
    cut = len(value[: comment.start()].rstrip()) if comment else len(value)
    return before, value[:cut], value[cut:]


def _after_quote(value: str) -> str | None:
    """What follows a quoted text; None where the quote is not closed on the line, "" where there is no quote."""
    if value[:1] not in ("'", '"'):
        return ""
    whole = re.match(r"'(?:[^']|'')*'" if value[0] == "'" else r'"(?:[^"\\]|\\.)*"', value)
    return value[whole.end() :] if whole else None


def _quoted(value: str) -> str:
    curly = _CURLY_QUOTED.fullmatch(value)
    value = curly[1] if curly else value
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _example(before: str, value: str, after: str) -> Message:
    """The mended line, if it is short and can be read; else nothing."""
    line = (before.strip() + " " + value + after).strip()
    return _shown(line) if before.strip() and value else _NO_EXAMPLE


def _shown(line: str) -> Message:
    if len(line) > _LONGEST_EXAMPLE:
        return _NO_EXAMPLE
    try:
        for _ in yaml.parse(line.strip()):
            pass
    except yaml.YAMLError:
        return _NO_EXAMPLE
    return Message(_EXAMPLE, {"line": line})
