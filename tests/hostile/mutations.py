"""Texts with something changed in them, as haste, an editor or a wish to do harm might; the same for the same seed."""

import json
import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Final

import yaml

ODD: Final = (
    "", " ", "~", "null", "ja", "nej", "?", "unknown", "vet ej", "0", "-1", "-0", "1e999", "1_000", "0x1F", "0o17", "12:30",
    "999999999999999999", "1000000000000000000", ".nan", ".inf", "2026-02-30", "3/2", "400,5", "[]", "{}", "[[]]",
    "[a", "{a: b", "a]",
    "a}", '"a', "'a", "a: b", "a:b", "- a", "-a", "• a", "– a", "“a”", "&a b", "*a", "!a b", "!!int 3", "%a", "@a",
    "`a`", "| a", ">",
    "|", "? a", "# a", "a #b", "<<", "=", "\\", "{item}", "{fact:form}", "{0}", "{text}", "%s", "{{", "}}", "\t",
    "\u00a0", "\u2028",
    "\ufeff", "\x1b[31m", "\u202e", "å" * 40, "ord " * 40, "[none, none]", "{unknown: unknown}", "none", "all", "true", "2", "1",
    "[1, 2]", "{parameter: x}", "{fact: form}", "finding:x.y", "item.name", "each.name",
)  # fmt: skip
SIGNS: Final = (":", ": ", "\n", "\n  ", "\t", '"', "'", "[", "]", "{", "}", "- ", "&a ", "*a", "!", "#", " #", "%",
    ",", "\r", "\u00a0", "?")
_VALUE: Final = re.compile(r"(?<=: )[^\n#]+|(?<=- )[^\n#]+")
_WORD: Final = re.compile(r"[\w.-]+")

Change = Callable[[str, Sequence[str], Random], str]


def mutated(sources: Sequence[str], chance: Random) -> bytes:
    """One of the sources, changed in one to four ways."""
    text = chance.choice(sources)
    if chance.random() < 0.25:
        return _structure(text, sources, chance).encode("utf-8", "surrogatepass")
    for _ in range(chance.randint(1, 4)):
        text = chance.choice((_characters, _line, _line, _token, _token, _word))(text, sources, chance)
    data = text.encode("utf-8", "surrogatepass")
    return _bytes(data, chance) if chance.random() < 0.15 else data


def _bytes(data: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    end = start + chance.choice((0, 1, 1, 2, 30))
    new = chance.choice((b"", chance.randbytes(1), chance.randbytes(3), data[end : end + 20]))
    return data[:start] + new + data[end:]


def _characters(text: str, sources: Sequence[str], chance: Random) -> str:
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice((0, 0, 1, 2, 8, 40)))
    return text[:start] + chance.choice(("", chance.choice(SIGNS), text[start:end] * 2)) + text[end:]


def _line(text: str, sources: Sequence[str], chance: Random) -> str:
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(8):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines.insert(at, chance.choice(chance.choice(sources).split("\n")))
        case 4:
            lines[at] = " " * chance.choice((1, 2, 3, 4, 9)) + lines[at]
        case 5:
            lines[at] = lines[at].removeprefix(" " * chance.choice((1, 2, 4)))
        case 6:
            lines[at] = chance.choice(("\t", "\u00a0", "• ", "– ", "-", "- ", "? ", "  - ")) + lines[at].lstrip()
        case _:
            del lines[min(at, other):max(at, other) // 2]  # fmt: skip
    return chance.choice(("\n",) * 12 + ("\r\n", "\r")).join(lines)


def _token(text: str, sources: Sequence[str], chance: Random) -> str:
    """Another value after a colon or a dash."""
    values = list(_VALUE.finditer(text))
    if not values:
        return text
    found = chance.choice(values)
    new = chance.choice((*ODD, chance.choice(values)[0], found[0].replace(" ", ": ", 1), found[0] + " #1", f'"{found[0]}'))
    return text[: found.start()] + new + text[found.end() :]


def _word(text: str, sources: Sequence[str], chance: Random) -> str:
    words = list(_WORD.finditer(text))
    if not words:
        return text
    found, other = chance.choice(words), chance.choice(words)
    word = found[0]
    new = chance.choice(("", word[1:], word[:-1] + "x", word.upper(), word + word, other[0], word.replace("_", " ")))
    return text[: found.start()] + new + text[found.end() :]


def _structure(text: str, sources: Sequence[str], chance: Random) -> str:
    """The same data with parts taken away, moved, doubled or made odd, as YAML or JSON."""
    data = yaml.load(text, yaml.BaseLoader)
    others = yaml.load(chance.choice(sources), yaml.BaseLoader)
    for _ in range(chance.randint(1, 4)):
        holders = list(_holders(data))
        if not holders:
            break
        holder = chance.choice(holders)
        key: Any = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        donor: Any = chance.choice(list(_holders(others)))
        given = chance.choice(list(donor.values()) if isinstance(donor, dict) else donor)
        match chance.randrange(7):
            case 0:
                del holder[key]
            case 1:
                holder[key] = [holder[key]]
            case 2:
                holder[key] = {chance.choice(ODD): holder[key]}
            case 3:
                holder[key] = chance.choice((None, True, 0, 1, 2.5, -1, [], {}, [[]], 10**18, 1e300, *ODD))
            case 4:
                holder[key] = given
            case 5 if isinstance(holder, dict):
                holder[chance.choice((*ODD, "x_egen", str(given)[:30], "kind", "name", "fact", "all", "any"))] = given
            case _:
                holder.update(donor) if isinstance(holder, dict) and isinstance(donor, dict) else None
    if chance.random() < 0.4:
        return json.dumps(data, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, 1)))
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=chance.random() < 0.2, default_flow_style=chance.random() < 0.1)


def _holders(data: Any) -> list[Any]:
    """Every mapping and list that has something in it; of what was moved about each part once."""
    found: list[Any] = []
    waiting, seen = [data], set[int]()
    while waiting:
        one = waiting.pop()
        if isinstance(one, (dict, list)) and one and id(one) not in seen:
            seen.add(id(one))
            found.append(one)
            waiting += list(one.values()) if isinstance(one, dict) else one
    return found
