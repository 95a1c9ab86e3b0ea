"""Building the index while the window stays alive: a chunk at a time, whenever there is nothing else to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import FieldquillError
from app.search import index

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.store.study_file import StudyFile


class Indexing(QObject):
    """Builds the index of a study file; `stop` and go on later as you like.

    The file's connection belongs to this thread, so it is done here, in small steps, and not beside the window.
    """

    progressed = Signal(int)  # percent
    ended = Signal()
    failed = Signal(str)  # a sentence; what was built is kept

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[tuple[int, int]] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._step)

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._steps is not None

    def start(self, file: StudyFile) -> None:
        """Begin, or go on."""
        self._steps = index.build(file)
        self.progressed.emit(0)
        self._timer.start()

    def stop(self) -> None:
        """Leave it at that for now."""
        self._timer.stop()
        self._steps = None

    def _step(self) -> None:
        steps = self._steps
        try:
            reached = next(steps, None) if steps is not None else None
        except FieldquillError as problem:
            self.stop()
            self.failed.emit(problem.sentence)
            return
        if reached is None:
            self.stop()
            self.ended.emit()
        else:
            done, total = reached
            self.progressed.emit(100 * done // max(total, 1))
