"""Looks for text that go wrong in a worker. They stand in a module of their own, where another process finds them."""

import os
import signal
from pathlib import Path
from typing import Final

DEADLY: Final = "Här dör processen"
BROKEN: Final = "Här finns ett fel i programmet"
ONCE: Final = "Här dör den första processen: "


def deadly(text: str, style: str) -> str:
    """Kills the process, or raises, where a plan's title says so. ONCE is followed by a file that the first one erases."""
    if text == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    if text == BROKEN:
        raise LookupError(text)
    if text.startswith(ONCE) and (file := Path(text.removeprefix(ONCE))).exists():
        file.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return text
