"""What holds others and the keyboard: handing it on to the one of them that takes it, and Escape from all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class _HandsOn(QObject):
    def __init__(self, holder: QWidget, taker: QWidget) -> None:
        super().__init__(holder)
        self._holder, self._taker = holder, taker
        holder.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand the keyboard on as soon as it comes."""
        if isinstance(event, QFocusEvent) and event.gotFocus():
            if self._taker.isVisibleTo(self._holder):
                self._taker.setFocus(event.reason())
            else:
                self._holder.focusNextChild()  # what is shown in its place
        return super().eventFilter(watched, event)


def hand_on(holder: QWidget, taker: QWidget) -> None:
    """Let `taker` get the keyboard whenever `holder` is given it; the next there is, where `taker` is not shown.

    Tab goes from one to the next as they were made. With a focus proxy it would come back to `taker` from what is made
    later, because Qt then moves the holder behind what it holds and takes it for a stop of its own.
    """
    _HandsOn(holder, taker)


class _Escape(QObject):
    def __init__(self, holder: QWidget, then: Callable[[], object]) -> None:
        super().__init__(holder)
        self._then = then
        holder.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Escape, and nothing else."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._then()
            return True
        return super().eventFilter(watched, event)


def on_escape(holder: QWidget, then: Callable[[], object]) -> None:
    """Do `then` on Escape in `holder`, or in anything it holds that has no use for the key itself."""
    _Escape(holder, then)
