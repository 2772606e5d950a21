"""Files that mean harm, or are simply not plans: only ever a PlanError, and soon."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.errors import PlanError, Problem
from advisor.load.documents import read_json, read_yaml
from advisor.load.plan_files import read_plans
from advisor.load.plan_reader import parse_plan
from advisor.load.text import decode

FULL = (Path(__file__).parents[1] / "data" / "full_plan.yaml").read_bytes()
QUICK = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))

HOSTILE = {
    "brackets": b"[" * 100_000,
    "closed brackets": b"[" * 100_000 + b"]" * 100_000,
    "braces": b"{a: " * 100_000,
    "json objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "dashes": b"- " * 100_000 + b"a",
    "question marks": b"? " * 100_000 + b"a",
    "colons": b": " * 100_000 + b"a",
    "indent": b"".join(b" " * level + b"a:\n" for level in range(2000)),
    "dashes after cr": b"a: b\r" + b"- " * 100_000 + b"a",
    "dashes after nel": b"a: b\xc2\x85" + b"- " * 100_000 + b"a",
    "hidden brackets": b'title: "' + b"]" * 100_000 + b'"\nplace: ' + b"[" * 100_000,
    "aliases": b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (n, n, n - 1, n - 1) for n in range(98, 122)),
    "merge": b"a: &a {b: c}\nd: {<<: *a}\n",
    "python": b"title: !!python/object/apply:os.system [ls]\n",
    "large": b"title: x\n" * 700_000,
    "nul": b"title: \0\n",
    "nul only": b"\0" * 1000,
    "surrogate in utf-8": b"title: \xed\xa0\x80\n",
    "surrogate escape": b'title: "\\ud800"\n',
    "utf-16 without mark": "title: x".encode("utf-16-le"),
    "utf-32": "title: x".encode("utf-32"),
    "utf-7": b"+AHQAaQB0AGwAZQ-: x",
    "half utf-16": b"\xff\xfea",
    "zip": b"PK\x03\x04" + bytes(range(256)),
    "long key": b"a" * 200_000 + b": x\n",
    "many keys": b"".join(b"fel%d: x\n" % number for number in range(20_000)),
    "many duplicates": b"fel: x\n" * 20_000,
    "long number": b"resources: {budget_sek: " + b"9" * 200_000 + b"}",
    "long spaces": b"title: a" + b" " * 200_000 + b": b",
    "quotes": b"title: '" + b"''" * 100_000 + b"x: y",
}


def problems_of(read: Callable[[], object]) -> tuple[Problem, ...]:
    """What a PlanError tells; nothing where there is none. Any other error goes through."""
    try:
        read()
    except PlanError as error:
        return error.problems
    return ()


def only_plan_errors(data: bytes) -> None:
    for reader in (read_yaml, read_json):
        for problem in problems_of(lambda reader=reader: parse_plan(reader(decode(data, "p"), "p"))):
            assert problem.text("sv")
            assert problem.line is None or problem.line > 0
            assert problem.column is None or problem.column > 0


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    only_plan_errors(HOSTILE[name])
    with pytest.raises(PlanError):
        parse_plan(read_yaml(decode(HOSTILE[name], "p"), "p"))


def test_nothing_reaches_the_stack_of_c() -> None:
    """With a stack as small as a thread's on other systems, in a process of its own."""
    code = (
        "import threading; threading.stack_size(512 * 1024)\n"
        "from tests.load.test_hostile import HOSTILE, only_plan_errors\n"
        "for data in HOSTILE.values():\n"
        "    if len(data) < 1_000_000:\n"
        "        thread = threading.Thread(target=only_plan_errors, args=(data,)); thread.start(); thread.join()\n"
        "print('alive')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=Path(__file__).parents[2]
    )
    assert (done.stdout, done.stderr, done.returncode) == ("alive\n", "", 0)


@QUICK
@given(st.binary(max_size=400))
def test_binary_junk(data: bytes) -> None:
    only_plan_errors(data)


@QUICK
@given(st.text(alphabet=st.sampled_from("ab: -\n\t{}[],&*!|>%@'\"#?\\0x\u2028é"), max_size=60))
def test_text_made_of_signs(text: str) -> None:
    only_plan_errors(text.encode())


@QUICK
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    only_plan_errors(text.encode("utf-8", "surrogatepass"))
    for reader in (read_yaml, read_json):
        problems_of(lambda reader=reader: parse_plan(reader(text, "p")))


@QUICK
@given(st.data())
def test_a_plan_with_something_changed(data: st.DataObject) -> None:
    """Cut, inserted or repeated somewhere, a few times over."""
    text = FULL
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 40)))
        piece = data.draw(st.one_of(st.binary(max_size=6), st.sampled_from(
            [b":", b": ", b"\n", b"\n  ", b"\t", b'"', b"'", b"[", b"]", b"{", b"}", b"- ", b"&a ", b"*a", b"!", b"#", b"%",
             b"\r", "å".encode(), b"\xff", b"\0"])))  # fmt: skip
        text = text[:start] + piece + text[end:]
    only_plan_errors(text)


@QUICK
@given(st.lists(st.one_of(st.binary(max_size=30), st.sampled_from([b'{"title": "x"}', b"{}", b"", b"[" * 3000]))))
def test_lines_of_junk(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    file = tmp_path_factory.getbasetemp() / "junk.jsonl"
    file.write_bytes(b"\n".join(lines))
    for source in read_plans(str(file)):
        assert (source.plan is None) != (source.error is None)
