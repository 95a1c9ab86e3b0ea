"""A word on what was done, laid over the window for a moment, so that nothing under it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QTimer
from PySide6.QtWidgets import QApplication

from ui.theme import SPACE
from ui.widgets.focus import on_escape
from ui.widgets.messages import Bar

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from ui.main_window.workspace import Workspace
    from ui.widgets.messages import Kind

STAYS = 8_000  # ms
_WIDEST = 480  # px, in a corner of a page that has the window to itself
_MOVES = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide}


class News(Bar):
    """Stands in the bar at the top, from the title's end to where it says whether all is saved.

    Longer words cover the title, and still longer ones hang below the bar. Where a page has the window to itself,
    they stand in the corner at the bottom right. While they have the keyboard they stay, and Escape closes them.
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._over = QTimer(self, singleShot=True, interval=STAYS)
        self._over.timeout.connect(self._end)
        on_escape(self, self._dismiss)
        for around in (workspace, workspace.top, workspace.top.saved):
            around.installEventFilter(self)

    def tell(self, text: str, kind: Kind = "info", button: str = "", then: Callable[[], object] | None = None) -> None:
        """Show it for a few seconds."""
        super().tell(text, kind, button, then)
        self._over.start()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go along with the window, and with the bar at the top."""
        if event.type() in _MOVES and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        top = self._workspace.top
        self.setGeometry(self._corner() if top.isHidden() else self._in_the_bar())

    def _end(self) -> None:
        """Go, but not while somebody is about to use its button."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._over.start()
        else:
            self.hide()

    def _in_the_bar(self) -> QRect:
        """Take the room beside the title, or the title's as well where that is too little."""
        top = self._workspace.top
        room = QRect(top.geometry())
        room.setRight(room.left() + top.saved.x() - SPACE[1])
        beside = QRect(room)
        beside.setLeft(room.left() + top.title.x() + top.title.sizeHint().width() + SPACE[3])
        if self._height(beside.width()) <= room.height():
            room = beside
        room.setHeight(max(room.height() - 1, self._height(room.width())))  # the line below the bar stays
        return room

    def _corner(self) -> QRect:
        whole = self._workspace.rect()
        width = min(_WIDEST, whole.width())
        height = self._height(width)
        return QRect(whole.right() - width + 1, whole.bottom() - height + 1, width, height)

    def _height(self, width: int) -> int:
        """How high it is when it is so wide, in px."""
        return max(self.heightForWidth(width), self.minimumSizeHint().height())
