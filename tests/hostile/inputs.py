"""What nobody should feed the program, by name: bytes, made only when asked for."""

import json
from collections.abc import Callable
from random import Random
from typing import Final

Bytes = Callable[[], bytes]

MB: Final = 1024 * 1024
CONTROLS: Final = "\x1b[31mröd\x1b[0m\x1b]0;titel\x07\x1b[2J\x9b1A\x08\x7f\u202eomvänd\u2066\u200b\u2028\ufeff"
_LEVELS: Final = (70, 4_000, 40_000, 400_000)


def _rows(text: str, number: int) -> bytes:
    return (text * number).encode()


def _bomb(levels: int) -> bytes:
    rows = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, levels)]
    return "\n".join(rows).encode()


def _indented(levels: int) -> bytes:
    return "".join(" " * level + "a:\n" for level in range(levels)).encode()


def _junk(seed: int, size: int) -> bytes:
    return Random(seed).randbytes(size)


def _nested() -> dict[str, Bytes]:
    openings = {
        "flow sequences": b"[", "flow mappings": b"{a: ", "objects": b'{"a":', "arrays in objects": b'{"a":[',
        "dashes": b"- ", "question marks": b"? ", "colons": b": ", "dashes and question marks": b"- ? ",
        "question marks in brackets": b"[? ", "dashes without space": b"-", "tabs and dashes": b"-\t", "braces": b"{",
        "mixed": b"[{a: ", "dashes after a key": b"a: - ", "pipes": b"|", "exclamation marks": b"!", "quotes": b"'",
    }  # fmt: skip
    return {
        f"{levels} {name}": (lambda sign=sign, levels=levels: sign * levels)
        for name, sign in openings.items() for levels in _LEVELS
    } | {
        "2,000,000 arrays": lambda: b"[" * 2_000_000,
        "2,000,000 closed arrays": lambda: b"[" * 2_000_000 + b"]" * 2_000_000,
        "2,000,000 objects": lambda: b'{"a":' * 1_000_000,
        "closed objects": lambda: b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
        "a closed text before the arrays": lambda: b'{"title": "' + b"[" * 50_000 + b'", "a": ' + b"[" * 50_000,
        "an open text before the arrays": lambda: b'{"title": "' + b"[" * 50_000,
        "block mappings": lambda: _indented(1500),
        "block mappings in a plan": lambda: b"title: x\nplace:\n" + _indented(1500),
        "block sequences on lines": lambda: b"".join(b" " * level + b"-\n" for level in range(1500)),
        "levels in a list": lambda: b"goals:\n" + b"- " * 20_000 + b"x\n",
        "dashes after cr": lambda: b"a: b\r" + b"- " * 100_000,
        "dashes after nel": lambda: b"a: b\xc2\x85" + b"- " * 100_000,
        "dashes after ls": lambda: "a: b\u2028".encode() + b"- " * 100_000,
        "many short runs of dashes": lambda: b"- - - - a\n" * 20_000,
        "keys of keys": lambda: b"? " * 190 + b"\n" + b"? " * 190,
        "keys indented ever more": lambda: b"".join(b"  " * level + b"? a\n" for level in range(1500)),
    }  # fmt: skip


def _parts_with_names() -> dict[str, Bytes]:
    return {
        "an alias bomb": lambda: _bomb(60),
        "an alias bomb in a list": lambda: b"goals: &a [*a, *a]\n",
        "an alias to itself": lambda: b"a: &a\n  b: *a\n",
        "an alias without anchor": lambda: b"title: *borta\n",
        "an anchor": lambda: b"title: &a Skolan\n",
        "many anchors": lambda: b"".join(b"a%d: &a%d x\n" % (n, n) for n in range(20_000)),
        "a merge key": lambda: b"organisation: &o {name: x}\nplace: {<<: *o}\n",
        "a merge key alone": lambda: b"<<: {title: x}\n",
        "a list of merges": lambda: b"<<: [{title: x}, {title: y}]\n",
        "a python tag": lambda: b"title: !!python/object/apply:os.system [ls]\n",
        "a tag": lambda: b"title: !skola x\n", "a binary tag": lambda: b"title: !!binary aGVq\n",
        "a set": lambda: b"!!set {a, b}\n", "a long tag": lambda: b"title: !" + b"a" * 100_000 + b" x\n",
        "a verbatim tag": lambda: b"title: !<tag:yaml.org,2002:str> x\n",
        "a tag with controls": lambda: f"title: !{CONTROLS} x\n".encode(),
        "an anchor with controls": lambda: 'title: &"a\u202e" x\n'.encode(),
        "yaml 1.1": lambda: b"%YAML 1.1\n---\ntitle: x\n", "yaml 9.9": lambda: b"%YAML 9.9\n---\ntitle: x\n",
        "a tag directive": lambda: b"%TAG ! tag:x,2000:\n---\ntitle: !y x\n",
        "an unknown directive": lambda: b"%SKOLA 1\n---\ntitle: x\n", "a directive alone": lambda: b"%YAML 1.1\n",
        "two documents": lambda: b"title: x\n---\ntitle: y\n", "ten thousand documents": lambda: b"---\n" * 10_000,
        "an ended document": lambda: b"title: x\n...\n", "an ended document and more": lambda: b"title: x\n...\ny: z\n",
        "only dashes": lambda: b"---\n", "only dots": lambda: b"...\n",
    }  # fmt: skip


def _large() -> dict[str, Bytes]:
    return {
        "60 MB of spaces": lambda: b" " * (60 * MB), "60 MB of NUL": lambda: bytes(60 * MB),
        "60 MB on one line": lambda: b"title: " + b"x" * (60 * MB),
        "60 MB of a JSON text": lambda: b'{"title": "' + b"x" * (60 * MB) + b'"}',
        "60 MB of line feeds": lambda: b"\n" * (60 * MB),
        "60 MB of JSON lines": lambda: b'{"title": "x", "place": "' + b"y" * (20 * MB) + b'"}\n{"title": "x"}\n' * 2,
        "5 MB of spaces": lambda: b" " * (5 * MB - 10), "5 MB of line feeds": lambda: b"\n" * (5 * MB - 10),
        "5 MB of tabs": lambda: b"\t" * (5 * MB - 10), "5 MB of NUL": lambda: bytes(5 * MB - 10),
        "5 MB of a comment": lambda: b"#" * (5 * MB - 10), "5 MB of comments": lambda: b"# x\n" * (MB + 1000),
        "5 MB of empty objects": lambda: b"{}," * (MB + 1000), "5 MB of commas": lambda: b"[" + b"," * (4 * MB),
        "5 MB of colons": lambda: b":" * (4 * MB), "5 MB of digits": lambda: b"9" * (4 * MB),
        "5 MB of one JSON number": lambda: b'{"resources": {"staff_hours": ' + b"9" * (4 * MB) + b"}}",
        "5 MB of JSON numbers": lambda: b'{"goals": [' + b"1," * (2 * MB) + b"1]}",
        "5 MB of a text": lambda: b"title: " + b"x" * (4 * MB) + b"\n",
        "5 MB of words": lambda: b"title: " + b"ord " * MB + b"\n",
        "5 MB of escapes": lambda: b'title: "' + b"\\n" * (2 * MB) + b'"\n',
        "5 MB of paired quotes": lambda: b"title: '" + b"''" * (2 * MB) + b"'\n",
        "5 MB of lines in a text": lambda: b"title: |\n" + b"  x\n" * MB,
        "5 MB of list": lambda: b"target_groups: [" + b"a," * (2 * MB) + b"a]\n",
        "5 MB of items": lambda: b"goals:\n" + b"- text: x\n" * 400_000,
        "5 MB of texts in a list": lambda: b"question: {open: [" + b"a, " * MB + b"a]}\n",
        "10,000 keys": lambda: b"".join(b"x_fel%d: 1\n" % n for n in range(10_000)),
        "200,000 keys": lambda: b"".join(b"fel%d: 1\n" % n for n in range(200_000)),
        "200,000 keys in JSON": lambda: json.dumps({f"fel{n}": 1 for n in range(200_000)}).encode(),
        "10,000 duplicates": lambda: b"title: x\n" * 10_000,
        "10,000 duplicates in JSON": lambda: b"{" + b'"title": 1,' * 10_000 + b'"title": 1}',
        "a key of 1 MB": lambda: b"f" * MB + b": x\n", "a quoted key of 1 MB": lambda: b'"' + b"f" * MB + b'": x\n',
        "a JSON key of 1 MB": lambda: b'{"' + b"f" * MB + b'": 1}',
        "an option of 1 MB": lambda: b"status: " + b"planne" * 180_000 + b"\n",
        "a date of 1 MB": lambda: b"schedule: {start: " + b"1-" * 500_000 + b"}\n",
        "a number of 1 MB": lambda: b"resources: {staff_hours: " + b"4 00 " * 200_000 + b"}\n",
        "a number of dots": lambda: b"resources: {staff_hours: '" + b"1.000" * 200_000 + b"'}\n",
        "spaces before a number": lambda: b"resources: {staff_hours: '" + b" " * 200_000 + b"x'}\n",
        "spaces in an answer": lambda: b"roles: {facilitator: 'ne" + b" " * 200_000 + b"utral'}\n",
        "spaces before a colon": lambda: b"title: a" + b" " * 200_000 + b": b\n",
        "20,000 groups of one name": lambda: b"target_groups:\n" + b"- {name: Elever}\n" * 20_000,
        "2,000 groups that no one knows": lambda: (
            b"target_groups: [{name: Elever}]\nmethods:\n" + b"- {method: x, groups: [Eelever, Vuxna]}\n" * 2_000),
        "2,000 groups and methods": lambda: (
            b"target_groups:\n" + b"".join(b"- {name: Grupp %d}\n" % n for n in range(500)) + b"methods:\n"
            + b"".join(b"- {method: walkshop%d, groups: all}\n" % n for n in range(500))),
        "many dashes in a text": lambda: b"question: {open: '" + b"-a" * 100_000 + b"'}\n",
        "20,000 JSON lines of nothing": lambda: b"{}\n" * 200,
        "many open quotes": lambda: b'title: "x\n' * 50_000,
        "5 MB of wrong items": lambda: b"goals: [" + b"1," * MB + b"1]\n",
    }  # fmt: skip


def _numbers() -> dict[str, Bytes]:
    values = (
        "1e999", "-1e999", "1e-999", "-0", "-0.0", "0x1F", "0o17", "0b11", "0123", "1_000", "nan", ".nan", "inf", "-.inf",
        "NaN", "Infinity", "-Infinity", "999999999999999999", "1000000000000000000", "1000000000000000001", "1e18", "1e400",
        "1" * 400, "1" * 5000, "0." + "1" * 5000, "1." + "0" * 5000, "1e" + "9" * 30, "12:30", "4e", "400,5", "400.5", "١٢٣",
        "½", "²", "1 000 000", "1\u00a0000", "-400", "+400", "--4", "4-5", "0,1,2", "true", "null", "~", "''", "[]", "{}",
    )  # fmt: skip
    return {f"the number {value[:20]} {len(value)}": (
        lambda value=value: f"resources: {{staff_hours: {value}}}\nparticipation: {{expected: {value}}}\n".encode())
        for value in values
    } | {f"the JSON number {value[:20]} {len(value)}": (
        lambda value=value: f'{{"resources": {{"staff_hours": {value}}}, "participation": {{"expected": {value}}}}}'.encode())
        for value in values
    }  # fmt: skip


def _encodings() -> dict[str, Bytes]:
    plan = "title: Ny skolstruktur på Öland\nplace: Åre\nstatus: planned\n"
    as_json = json.dumps({"title": "På Öland", "status": "planned"}, ensure_ascii=False)
    made: dict[str, Bytes] = {}
    for name, text in (("yaml", plan), ("json", as_json)):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "latin-1", "cp1252",
                         "cp850", "cp037", "utf-7"):  # fmt: skip
            made[f"{name} as {encoding}"] = lambda text=text, encoding=encoding: text.encode(encoding)
        made[f"{name} as utf-16 be with mark"] = lambda text=text: b"\xfe\xff" + text.encode("utf-16-be")
        made[f"{name} with cr"] = lambda text=text: text.replace("\n", "\r").encode()
        made[f"{name} with crlf"] = lambda text=text: text.replace("\n", "\r\n").encode()
        made[f"{name} with all line ends"] = lambda text=text: text.encode() + "\r\r\n\n\u2028\u2029\x85\x0b\x0c".encode()
        made[f"{name} with separators"] = lambda text=text: text.replace("\n", "\u2028").encode()
        made[f"{name} cut in a letter"] = lambda text=text: text.encode()[: text.encode().index("Ö".encode()) + 1]
        made[f"{name} marked twice"] = lambda text=text: b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode()
    return made | {
        "nothing": lambda: b"", "only a mark": lambda: b"\xef\xbb\xbf", "only a mark of utf-16": lambda: b"\xff\xfe",
        "half a sign of utf-16": lambda: b"\xff\xfea", "a half pair in utf-16": lambda: b"\xff\xfe\x00\xd8\x0a\x00",
        "NUL in a text": lambda: b"title: a\0b\n", "an escaped NUL": lambda: b'title: "a\\0b"\n',
        "an escaped NUL in JSON": lambda: b'{"title": "a\\u0000b"}', "NUL in a JSON text": lambda: b'{"title": "a\0b"}',
        "half a pair, escaped": lambda: b'title: "\\ud800"\nplace: "\\udfff"\n',
        "half a pair, escaped in a key": lambda: b'"\\ud800": 1\n"\\udfff": 2\n',
        "half a pair in JSON": lambda: b'{"title": "\\ud800", "\\udc00": "\\udc00", "\\udc01": 1}',
        "half pairs in JSON everywhere": lambda: (
            b'{"organisation": {"unit": "\\ud83d", "name": "\\ude00"}, "target_groups": [{"name": "\\udfff"}], '
            b'"methods": [{"method": "\\ud800", "groups": ["\\udfff"]}], "status": "\\ud800"}'),
        "half a pair in UTF-8": lambda: b"title: \xed\xa0\x80\n", "overlong UTF-8": lambda: b"title: \xc0\xaf\xe0\x80\xaf\n",
        "five bytes of UTF-8": lambda: b"title: \xf8\x88\x80\x80\x80\n", "too high UTF-8": lambda: b"title: \xf4\x90\x80\x80\n",
        "noncharacters": lambda: "title: \ufffe\uffff\n".encode(), "private use": lambda: "title: \ue000\U000f0000\n".encode(),
        "combining marks": lambda: b"title: a" + "\u0301".encode() * 20_000 + b"\n",
        "emoji": lambda: "title: 👩‍👩‍👧‍👦\nstatus: 👩‍👩‍👧‍👦\n".encode(),
        "controls": lambda: f'title: "{CONTROLS}"\n'.encode(),
    }


def _with_controls() -> dict[str, Bytes]:
    said = json.dumps(CONTROLS)
    plan = {
        "title": CONTROLS, "organisation": {"name": CONTROLS, "unit": CONTROLS}, "place": CONTROLS,
        "question": {"text": CONTROLS, "open": [CONTROLS], "fixed": [CONTROLS]},
        "target_groups": [{"name": CONTROLS, "kind": ["children"]}, {"name": CONTROLS + "2"}],
        "methods": [{"method": CONTROLS, "groups": [CONTROLS]}], "goals": [{"text": CONTROLS, "states": "activity"}],
        "accepted": [{"rule": CONTROLS, "reason": CONTROLS, "by": CONTROLS},
                     {"rule": "goals.not_measurable", "reason": CONTROLS, "by": CONTROLS},
                     {"rule": "goals.activity_as_goal", "reason": CONTROLS, "by": CONTROLS, "item": CONTROLS},
                     {"rule": "feedback.no_date", "reason": "x", "by": "y", "until": CONTROLS}],
    }  # fmt: skip
    keys = {
        "a key": "{{{0}: 1}}", "a section's key": '{{"organisation": {{{0}: 1}}}}', "an option": '{{"status": {0}}}',
        "a list of options": '{{"question": {{"affects": [{0}]}}}}', "a number": '{{"resources": {{"staff_hours": {0}}}}}',
        "a date": '{{"schedule": {{"start": {0}}}}}', "a yes or no": '{{"principles": {{"adopted": {0}}}}}',
        "a list": '{{"goals": {0}}}', "an item": '{{"goals": [{0}]}}', "a section": '{{"organisation": {0}}}',
        "a group": '{{"target_groups": [{{"name": "x"}}], "methods": [{{"method": "y", "groups": [{0}]}}]}}',
        "a format": '{{"format": {0}}}', "a name twice": '{{"target_groups": [{{"name": {0}}}, {{"name": {0}}}]}}',
        "an own key": '{{"x_egen": {0}}}', "an accepted key": '{{"accepted": [{{{0}: 1}}]}}', "all": "{0}",
        "a key twice": "{{{0}: 1, {0}: 2}}", "an accepted list": '{{"accepted": {0}}}',
        "a duty": '{{"statutory": {0}}}', "duties": '{{"statutory": ["none", {0}]}}',
        "a field in a text": '{{"title": {{{0}: {0}}}}}',
    }  # fmt: skip
    made: dict[str, Bytes] = {f"controls in {name}": (lambda shape=shape: shape.format(said).encode())
                              for name, shape in keys.items()}  # fmt: skip
    return made | {"controls in a whole plan": lambda: json.dumps(plan).encode()}


def _shapes() -> dict[str, Bytes]:
    shapes = (
        "null", "true", "1", '"x"', "[]", "{}", "[[]]", "[{}]", '{"accepted": [{}]}', '{"accepted": {}}', '{"accepted": "x"}',
        '{"goals": {}}', '{"goals": [[]]}', '{"goals": [null]}', '{"goals": "x"}', '{"goals": [[[[]]]]}', '{"": 1}',
        '{"title": [[]]}', '{"title": {}}', '{"title": {"a": {"b": []}}}', '{"organisation": []}', '{"organisation": [{}]}',
        '{"methods": [{"groups": {}}]}', '{"methods": [{"groups": [{}]}]}', '{"methods": [[{}]]}', '{"methods": {"a": 1}}',
        '{"target_groups": [{"name": []}, {"name": {}}]}', '{"target_groups": [[], {"name": 1}, {"name": true}]}',
        '{"statutory": [[]]}', '{"statutory": {}}', '{"statutory": [null, "none"]}', '{"format": {}}', '{"format": []}',
        '{"format": 2, "vad": 1}', '{"format": "1.0"}', '{"format": 1e999}', '{"question": {"open": [{"a": 1}, [1]]}}',
        '{"accepted": [{"rule": 1, "item": [], "reason": {}, "by": null, "until": 3}]}', '{"accepted": [[], null, "x", 1]}',
        '{"accepted": "unknown"}', '{"accepted": [{"rule": "goals.missing", "reason": "x", "by": "y", "until": "2026-13-40"}]}',
        "{", "}", "[", "]", ",", ":", '"', "{,}", "[,]", "{:}", '{"a"}', '{"a":}', '{"a" 1}', '{"a": 1,}', "[1,]",
        '{"a": 1 "b": 2}',
        '{"a": tru}', '{"a": "\\x"}', '{"a": "\\u12"}', '{"a": "\n"}', "{'a': 1}", '{"a": 1} {"b": 2}', "// x", "{}{}", "{}\n{}",
        '{"title": “x”}', '{"a": 1}]', "?", "-", "- ", "|", ">", "&", "*", "!", "%", "@", "`", "#", "'", "''", "[]]",
        "? a", "? [a]",
        "? {a: b}\n: c", ": x", "a:", "a:\n-", "- a\nb: c", "a: b: c", "a: [b", "a: 'b", "a:\tb", "\ta: b",
        "a: |\n\tb", "a: >9\n b",
        "a: |+9", "--- a", "--- |", "---a", "...a", "<<:", "=: x", "a: !!str", "{a: b, a: c}", "{a, b}", "[a: b]", "{? a}",
        "{a: [}", "[{]}", "a: &", "a: *", "a: !<", "a: %x", "a: @x", "'a': b", "\"a\": b", "a : b", "a\n: b", "a\nb",
        "\\", "a: \\",
    )  # fmt: skip
    return {f"shape {number} {shape[:30]!r}": (lambda shape=shape: shape.encode()) for number, shape in enumerate(shapes)} | {
        "a word file": lambda: b"PK\x03\x04" + _junk(1, 5000), "a pdf": lambda: b"%PDF-1.4\n" + _junk(2, 5000),
        "an old word file": lambda: b"\xd0\xcf\x11\xe0" + _junk(3, 5000), "rtf": lambda: b"{\\rtf1\\ansi Plan}",
        "html": lambda: b"<!DOCTYPE html><html><body>Plan</body></html>", "xml": lambda: b'<?xml version="1.0"?><plan/>',
        "csv": lambda: b"title;place\r\nx;y\r\n", "an ini file": lambda: b"[plan]\ntitle = x\n",
        "a picture": lambda: b"\x89PNG\r\n\x1a\n" + _junk(4, 500), "gzip": lambda: b"\x1f\x8b\x08" + _junk(5, 500),
        "a letter": lambda: "Hej!\n\nHär kommer planen: se bilaga.\n\nHälsningar\nRegistrator\n".encode(),
        **{f"junk {seed}": (lambda seed=seed: _junk(seed, 1 + seed * 37 % 4000)) for seed in range(20)},
    }  # fmt: skip


HOSTILE: Final[dict[str, Bytes]] = (
    _nested() | _parts_with_names() | _large() | _numbers() | _encodings() | _with_controls() | _shapes()
)
