"""Feeds hostile inputs to the real command line, in a process that may use little memory, stack and time.

Run as ``python feed.py FOLDER one|all NAME...`` by the tests: each input as one kind of file or as all. Says what it is
about to feed before it does, so that the test knows what killed it, then a JSON object with what came of it.
"""

import io
import json
import os
import resource
import signal
import sys
import time
import zlib
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

MEMORY: Final = 1500 * 1024 * 1024
SECONDS: Final = 60  # for one input in one form, on a machine that is busy
MOST_LINES: Final = 2000
FORMS: Final = ("plan.yaml", "plan.json", "plan.jsonl", "-")


class _Captured(io.TextIOWrapper):
    """A standard stream that keeps what it is told."""

    def __init__(self, data: bytes = b"") -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8", newline="")

    def said(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined]


def command(args: list[str], data: bytes = b"") -> tuple[int, str, str]:
    """Exit code, output and complaints of a command line run here, with ``data`` as standard input."""
    from advisor.cli import run

    before = sys.stdin, sys.stdout, sys.stderr
    out, err = _Captured(), _Captured()
    sys.stdin, sys.stdout, sys.stderr = _Captured(data), out, err
    try:
        code = run(args)
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    return code, out.said(), err.said()


def feed(name: str, data: bytes, every: bool) -> None:
    """One input as a kind of file or as standard input, or as each of them."""
    chosen = zlib.crc32(name.encode()) % len(FORMS)
    for number, form in enumerate(FORMS):
        if not every and number != chosen:
            continue
        if form == "plan.jsonl" and data.count(b"\n") > MOST_LINES:
            continue  # that many plans, each with its sentence: long, but neither hang nor flood
        print(f"{name} {form}", flush=True)
        if form != "-":
            Path(form).write_bytes(data)
        report = ("text", "json", "csv", "jsonl")[(number + len(name)) % 4]
        lang = ("sv", "en")[number % 2]
        signal.alarm(SECONDS)  # kills
        started = time.monotonic()
        code, out, err = command(["check", form, "--format", report, "--lang", lang], data if form == "-" else b"")
        signal.alarm(0)
        told = {"code": code, "report": report, "lang": lang, "out": out[:100_000], "err": err, "size": len(out),
                "seconds": round(time.monotonic() - started, 2),
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}  # fmt: skip
        print(json.dumps(told), flush=True)


def _main(folder: str, forms: str, *names: str) -> None:
    from hostile.inputs import HOSTILE

    os.chdir(folder)
    for name in names:
        feed(name, HOSTILE[name](), forms == "all")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.environ["DIALOGLOTS_DEBUG"] = "1"  # an error of ours shall show itself
    _main(*sys.argv[1:])
