"""A picture of the window as it is once it has drawn everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

STILL = 300  # ms without a change before a picture is taken
_PATIENCE: Final = 15_000  # ms, for a page that is working on a report


def picture_of(window: QWidget) -> QPixmap:
    """Let a page draw what it fetches or works out beside the window, until two pictures in a row are the same."""
    patience = QElapsedTimer()
    patience.start()
    picture = window.grab()
    while patience.elapsed() < _PATIENCE:
        before = picture.toImage()
        _run_for(STILL)
        picture = window.grab()
        if picture.toImage() == before and not _busy(window):
            break
    return picture


def _busy(window: QWidget) -> bool:
    """Whether the page says that it is working."""
    return any(label.isVisible() and label.text().startswith("Working") for label in window.findChildren(QLabel))


def _run_for(duration: int) -> None:
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < duration:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
