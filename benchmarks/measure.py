"""Times of works that take turns, and the rows of the table that they become."""

import gc
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

Work = Callable[[], object]


class Row(NamedTuple):
    """A line of the table. ``ratios`` are one a turn; a budget is the highest ratio allowed, or the lowest where ``at_least``."""

    what: str
    against: str
    ratios: Sequence[float]
    budget: float | None = None
    at_least: bool = False
    unit: str = "×"
    remark: str = ""

    def markdown(self) -> str:
        """The line: the median, the middle four fifths, the budget and whether it holds."""
        if not self.ratios:
            return f"| {self.what} | {self.against} | | | | {self.remark} |"
        median = statistics.median(self.ratios)
        low, high = spread(self.ratios)
        budget = holds = ""
        if self.budget is not None:
            budget = f"{'≥' if self.at_least else '≤'} {self.budget:g} {self.unit}"
            holds = "yes" if (median >= self.budget if self.at_least else median <= self.budget) else "**no**"
        told = " · ".join(part for part in (holds, self.remark) if part)
        return f"| {self.what} | {self.against} | {median:.2f} {self.unit} | {low:.2f}–{high:.2f} | {budget} | {told} |"


def spread(values: Sequence[float]) -> tuple[float, float]:
    """The values that four fifths lie between."""
    if len(values) < 3:
        return min(values), max(values)
    tenths = statistics.quantiles(values, n=10, method="inclusive")
    return tenths[0], tenths[-1]


def take_turns(works: Mapping[str, Work], rounds: int) -> dict[str, list[float]]:
    """Seconds of processor time of each work, once a round. Each begins with a clean heap and every other round in reverse."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds):
        for name in reversed(works) if number % 2 else works:
            gc.collect()
            started = time.process_time()
            works[name]()
            seconds[name].append(time.process_time() - started)
    return seconds


def ratios(seconds: Mapping[str, Sequence[float]], of: str, to: str) -> list[float]:
    """How many times as long one work took as the other, turn by turn."""
    return [one / other for one, other in zip(seconds[of], seconds[to], strict=True)]


class Run(NamedTuple):
    """A command that was run: seconds of processor time and by the clock."""

    cpu: float
    clock: float


def run_command(command: Sequence[str], environment: Mapping[str, str], expected: Sequence[int] = (0,)) -> Run:
    """Runs a command and its own children to their end. Raises RuntimeError with what it said where it fails."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.run(command, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in expected:
        raise RuntimeError(f"{' '.join(command)} gave {process.returncode}: {process.stderr.decode()}")
    return Run(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock)


# A process is counted as large as the one that starts it was, so a small one starts it.
_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """The most memory that a command held, in the system's own unit."""
    told = subprocess.run([sys.executable, "-c", _PEAK, *command], env=dict(environment), stdout=subprocess.PIPE, check=True)
    return float(told.stdout)
