"""Work beside the window, so that it stays alive while a key is derived or a study is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from app.errors import FieldquillError

if TYPE_CHECKING:
    from collections.abc import Callable


class _Thread(QThread):
    def __init__(self, work: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self.result: object = None
        self.problem: Exception | None = None

    def run(self) -> None:
        try:
            self.result = self._work()
        except Exception as problem:  # noqa: BLE001 - handed to the window's thread, which tells bugs apart
            self.problem = problem


class Work(QObject):
    """One piece of work in a thread of its own.

    `done` brings its result, `failed` the sentence of an expected error; a bug is raised in the window's thread.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, work: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._thread = _Thread(work, self)
        self._thread.finished.connect(self._finish)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wait(self) -> None:
        """Wait for the end, as when the window closes."""
        self._thread.wait()

    def _finish(self) -> None:
        thread = self._thread
        thread.wait()
        self.deleteLater()
        if isinstance(thread.problem, FieldquillError):
            self.failed.emit(thread.problem.sentence)
        elif thread.problem is not None:
            raise thread.problem
        else:
            self.done.emit(thread.result)
