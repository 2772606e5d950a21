"""Each hostile input as a kind of file or as standard input (``-m slow``: as each of them), through the real command line.

It may use little memory, little stack and little time.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from hostile.inputs import HOSTILE

FEED: Final = Path(__file__).with_name("feed.py")
SHARES: Final = 6
# Whatever does something to a terminal; CSV has a mark first and CR LF.
DANGEROUS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
MOST_MEMORY: Final = 600  # MB at any time, many times what the largest file is


def what_came(folder: Path, forms: str, names: list[str]) -> dict[str, dict[str, Any]]:
    """What the command line answered, by input and form. Fails, naming the input, where one of them kills the process."""
    own = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    limited = f"ulimit -s 1024; exec {sys.executable} {FEED} {folder} {forms} \"$@\""  # the stack that Windows gives
    done = subprocess.run(["sh", "-c", limited, "feed", *names], check=False, capture_output=True, env=own)
    told: dict[str, dict[str, Any]] = {}
    current = "(start)"
    for line in done.stdout.decode().splitlines():
        if line.startswith('{"code"'):
            told[current] = json.loads(line)
        else:
            current = line
    assert done.returncode == 0, f"{current}: killed by {done.returncode}\n{done.stderr.decode()[-2000:]}"
    return told


def wrong_with(came: dict[str, Any]) -> list[str]:
    """What is not as it should be in an answer."""
    out = came["out"].removeprefix("\ufeff").replace("\r\n", "\n")
    found = [f"{sign!r} in the output" for sign in set(DANGEROUS.findall(out + came["err"]))]
    if came["code"] not in (0, 1, 2):
        found.append(f"exit code {came['code']}")
    if came["err"]:
        found.append(f"on standard error: {came['err'][:300]}")
    if "Traceback" in out:
        found.append("a traceback")
    if came["memory"] > MOST_MEMORY:
        found.append(f"{came['memory']} MB of memory")
    return found


@pytest.mark.skipif(os.name == "nt", reason="limits are set as Unix does")
@pytest.mark.parametrize(("forms", "share"), [
    ("one", 0), ("one", 1), *(pytest.param("all", share, marks=pytest.mark.slow) for share in range(SHARES)),
])  # fmt: skip
def test_nothing_that_is_fed_does_harm(tmp_path: Path, forms: str, share: int) -> None:
    names = list(HOSTILE)[share :: 2 if forms == "one" else SHARES]
    came = what_came(tmp_path, forms, names)
    assert len(came) > len(names) * (0.9 if forms == "one" else 3)
    assert {name: wrong for name, answer in came.items() if (wrong := wrong_with(answer))} == {}
