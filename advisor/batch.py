"""Checks many plans and writes each: here, or shared out to other processes, always in order.

A worker is asked for one share at a time and answers with the pieces and the counts, so neither side ever waits to write
while the other does. What is answered too early waits, but only so much: memory does not grow with the number of plans.
"""

import gc
import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from advisor.advice.changes import compare
from advisor.api import Adviser, Opening, check_source, open_adviser
from advisor.errors import Message, Problem
from advisor.i18n import N_
from advisor.load.baseline import Baseline, plan_key
from advisor.load.plan_files import Share, Unread, names_in, read_share, split
from advisor.model.assessment import Change, CheckedPlan, Earlier
from advisor.report.summary import Summary
from advisor.report.writer import Layout, Writer, open_writer

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

PLANS_TOGETHER: Final = 16
_FEWEST: Final = 24 * PLANS_TOGETHER  # fewer are done before another process has started
_AHEAD: Final = 4  # shares under way or waiting for their turn, for each process
_MOST_DEATHS: Final = 10
_PATIENCE: Final = 2.0  # seconds for a process to end by itself

_DIED: Final = Message(N_(
    "Granskningen av planen avbröts av datorn, kanske för att minnet tog slut. Granska den för sig, utan --jobs."
))  # fmt: skip


class WorkerFailed(RuntimeError):
    """Another process met a fault in this program; its own words are the message."""


class WorkersLost(RuntimeError):
    """The processes that should check plans cannot be started, or die again and again."""


class Task(NamedTuple):
    """Plans to check, with what an earlier check found in each of them; None where nothing is compared."""

    share: Share
    earlier: Mapping[str, tuple[Earlier, ...]] | None


class Desk:
    """What a process needs to check plans and to write them."""

    def __init__(self, adviser: Adviser, writer: Writer) -> None:
        self._adviser = adviser
        self._writer = writer

    def pieces(self, task: Task, summary: Summary) -> Iterator[str]:
        """Every plan of a task, checked and written. ``summary`` counts them."""
        for source in read_share(task.share, self._adviser.knowledge):
            checked = check_source(source, self._adviser)
            if task.earlier is not None:
                checked = checked._replace(change=self._change(checked, task.earlier.get(plan_key(checked.path), ())))
            summary.add(checked)
            yield self._writer.piece(checked)

    def _change(self, checked: CheckedPlan, earlier: Iterable[Earlier]) -> Change:
        if checked.assessment is None:  # nobody knows what is new and what is gone
            return Change((), 0, ())
        return compare(checked.assessment, earlier, self._adviser.knowledge)


def tasks_of(shares: Iterable[Share], baseline: Baseline | None, summary: Summary) -> Iterator[Task]:
    """The shares with what the baseline says of their plans. ``summary`` is told in the end which plans were not there."""
    if baseline is None:
        yield from (Task(share, None) for share in shares)
        return
    summary.compared = True
    not_seen = dict.fromkeys(baseline.plans)
    for share in shares:
        keys = [plan_key(name) for name in names_in(share)]
        for key in keys:
            not_seen.pop(key, None)
        yield Task(share, {key: baseline.plans[key] for key in keys if key in baseline.plans})
    summary.plans_no_longer = tuple(not_seen)


def checked_pieces(
    tasks: Iterable[Task], desk: Desk, opening: Opening, layout: Layout, jobs: int, summary: Summary
) -> Generator[str, None, None]:
    """Every plan as its form has it, in order; ``summary`` counts what has passed.

    With several ``jobs`` that many processes share the work, unless there is little. Close it where it is left early.
    Raises WorkersLost and WorkerFailed.
    """
    tasks = iter(tasks)
    if jobs > 1:
        first: list[Task] = []
        plans = 0
        for task in tasks:
            first.append(task)
            plans += len(names_in(task.share))
            if plans >= _FEWEST:
                yield from _shared_out(chain(first, tasks), opening, layout, jobs, summary)
                return
        tasks = iter(first)
    for task in tasks:
        yield from desk.pieces(task, summary)


# what the other processes do

_Answer = tuple[list[str], Summary]


class _Failed(NamedTuple):
    """A fault in the program, met in another process."""

    trace: str


def _work(connection: "Connection[_Answer | _Failed | None, Task]", opening: Opening, layout: Layout) -> None:
    """Answers one task after another until the other side leaves."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that was started by hand ends this one
    try:
        with open_adviser(opening) as adviser:
            desk = Desk(adviser, open_writer(layout, adviser.knowledge, adviser.tool))
            gc.freeze()  # what is open stays open: no garbage is looked for in it
            connection.send(None)
            while (task := _received(connection)) is not None:
                summary = Summary()
                pieces = list(desk.pieces(task, summary))
                connection.send((pieces, summary))
    except BrokenPipeError:
        return
    except MemoryError:
        os._exit(1)  # the share is tried again in smaller parts
    except Exception:
        from traceback import format_exc

        with suppress(OSError):
            connection.send(_Failed(format_exc()))


def _received(connection: "Connection[_Answer | _Failed | None, Task]") -> Task | None:
    try:
        return connection.recv()
    except (EOFError, OSError):
        return None


# what this process does

class _Slot:
    """A place in the order of output: a task, and its answer once there is one."""

    __slots__ = ("answer", "task")

    def __init__(self, task: Task) -> None:
        self.task = task
        self.answer: _Answer | None = None


class _Worker:
    """Another process. ``slot`` is what it works on."""

    def __init__(self, opening: Opening, layout: Layout) -> None:
        from multiprocessing import get_context

        context = get_context("spawn")
        self.connection, far_end = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(far_end, opening, layout), daemon=True)
        with _undisturbed():
            self.process.start()
        far_end.close()
        self.ready = False
        self.slot: _Slot | None = None

    def give(self, slot: _Slot) -> None:
        """Sends a task."""
        self.slot = slot
        with suppress(OSError):  # it is gone: that shows when its answer is read
            self.connection.send(slot.task)

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self.process.terminate()
        self.process.join(_PATIENCE)
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()


class _Crew:
    """The processes that work. Started when there is something for them to do, ended when the ``with`` block is left."""

    def __init__(self, opening: Opening, layout: Layout, jobs: int) -> None:
        self._opening = opening
        self._layout = layout
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._deaths = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    def free(self) -> _Worker | None:
        """A worker with nothing to do."""
        for worker in self._workers:
            if worker.slot is None:
                return worker
        if len(self._workers) == self._jobs:
            return None
        try:
            worker = _Worker(self._opening, self._layout)
        except OSError as failure:
            raise WorkersLost from failure
        self._workers.append(worker)
        return worker

    def listen(self) -> list[_Slot]:
        """Waits until somebody answers. Returns the tasks whose workers died over them."""
        from multiprocessing.connection import wait

        busy = {worker.connection: worker for worker in self._workers if worker.slot is not None}
        lost = []
        for connection in wait(busy):
            worker = busy[connection]  # type: ignore[index]  # what was asked for is what is returned
            try:
                answer = worker.connection.recv()
            except (EOFError, OSError):
                lost.append(self._buried(worker))
                continue
            if isinstance(answer, _Failed):
                raise WorkerFailed(answer.trace)
            if answer is None:
                worker.ready = True
                continue
            assert worker.slot is not None
            worker.slot.answer, worker.slot = answer, None
        return lost

    def _buried(self, worker: _Worker) -> _Slot:
        self._deaths += 1
        self._workers.remove(worker)
        worker.end()
        if not worker.ready or self._deaths > _MOST_DEATHS:
            raise WorkersLost
        assert worker.slot is not None
        return worker.slot


def _shared_out(
    tasks: Iterable[Task], opening: Opening, layout: Layout, jobs: int, summary: Summary
) -> Iterator[str]:
    tasks = iter(tasks)
    order: deque[_Slot] = deque()  # what has not been passed on, in order
    waiting: deque[_Slot] = deque()  # what nobody works on yet
    with _Crew(opening, layout, jobs) as crew:
        while True:
            while len(order) < jobs * _AHEAD and (task := next(tasks, None)) is not None:
                order.append(_Slot(task))
                waiting.append(order[-1])
            while waiting and (worker := crew.free()) is not None:
                worker.give(waiting.popleft())
            if not order:
                return
            answer = order[0].answer
            if answer is None:
                for slot in crew.listen():
                    _try_again(slot, order, waiting)
                continue
            order.popleft()
            pieces, counts = answer
            summary.merge(counts)
            yield from pieces


def _try_again(slot: _Slot, order: deque[_Slot], waiting: deque[_Slot]) -> None:
    """Puts a lost task's plans back one by one; a plan that was alone is told of instead."""
    alone = split(slot.task.share)
    if len(alone) == 1:
        name = names_in(slot.task.share)[0]
        alone = [Unread(name, Problem(name, _DIED))]
    place = order.index(slot)
    order.remove(slot)
    for number, share in enumerate(alone):
        again = _Slot(slot.task._replace(share=share))
        order.insert(place + number, again)
        waiting.insert(number, again)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Lets a process start without ctrl-C reaching it, then or later, where signals can be held back."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # it would let the signal through again
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
