"""Work beside the window, one piece after another, in a thread that is there only while there is work."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import FieldquillError

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(eq=False)
class Job:
    """One piece of work: `then` gets its result, `failed` the sentence of an expected error, both in the window."""

    work: Callable[[], object]
    then: Callable[[object], None]
    failed: Callable[[str], None]
    dropped: bool = False
    result: object = None
    problem: Exception | None = field(default=None, repr=False)

    def run(self) -> None:
        """Do the work, in the lane's thread."""
        try:
            self.result = self.work()
        except Exception as problem:  # noqa: BLE001 - handed to the window's thread, which tells bugs apart
            self.problem = problem

    def hand_over(self) -> None:
        """Tell how it went, in the window's thread; a bug is raised there."""
        if self.dropped:
            return
        if self.problem is None:
            self.then(self.result)
            return
        sentence = self.problem.sentence if isinstance(self.problem, FieldquillError) else ""
        self.failed(sentence)
        if not sentence:
            raise self.problem


class Lane(QObject):
    """Does jobs in the order they were asked for; `stop` it before what it works for goes away."""

    _ended = Signal(object)  # Job

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._waiting: deque[Job] = deque()
        self._running: tuple[Job, threading.Thread] | None = None
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a piece of work is being done."""
        return self._running is not None

    def ask(self, work: Callable[[], object], then: Callable[[object], None], failed: Callable[[str], None]) -> None:
        """Do a piece of work when all asked before is done; see `Job` for who is told."""
        self._waiting.append(Job(work, then, failed))
        self._go_on()

    def clear(self) -> None:
        """Forget what waits; what runs goes on to its end."""
        self._waiting.clear()

    def drop(self) -> None:
        """Forget what waits, and tell nobody of what runs."""
        self.clear()
        if self._running is not None:
            self._running[0].dropped = True

    def stop(self) -> None:
        """Drop everything and wait until the thread has ended."""
        self.drop()
        self._join()

    def finish(self) -> None:
        """Do all that was asked for, here and now, and tell nobody; as when the window closes."""
        self._join()
        while self._waiting:
            self._waiting.popleft().run()

    def _join(self) -> None:
        if self._running is not None:
            self._running[1].join()
            self._running = None

    def _go_on(self) -> None:
        if self._running is None and self._waiting:
            job = self._waiting.popleft()
            thread = threading.Thread(target=self._run, args=(job,), name=self._name)
            self._running = (job, thread)
            thread.start()

    def _run(self, job: Job) -> None:
        job.run()
        with contextlib.suppress(RuntimeError):  # the window has gone meanwhile
            self._ended.emit(job)

    def _finish(self, job: Job) -> None:
        if self._running is None or self._running[0] is not job:
            return
        self._running[1].join()
        self._running = None
        try:
            job.hand_over()
        finally:
            self._go_on()
