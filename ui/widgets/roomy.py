"""Room for what needs some: an area that scrolls where it has less, and does not squeeze; and how much a screen has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


_FRAME = QSize(8, 40)  # px that a system's frame may take of the screen


def room_on_screen(window: QWidget) -> QSize:
    """Give how large a window may be where it is, within the frame that the system draws around it."""
    return window.screen().availableSize() - _FRAME


class Roomy(QScrollArea):
    """Shows one thing as large as the area is, or as small as the thing can be where that is larger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self._ground = _Ground()
        self.setWidget(self._ground)

    def set_thing(self, thing: QWidget | None) -> None:
        """Show another thing; the one before is hidden, not deleted. Of a stack, the part shown is what counts."""
        self._ground.set_thing(thing)

    @property
    def least(self) -> QSize:
        """The least room that the thing needs."""
        return self._ground.minimumSizeHint()

    def sizeHint(self) -> QSize:
        """As the thing on it."""
        return self._ground.sizeHint()


class _Ground(QWidget):
    """What the thing lies on; without a layout, which would ask for as much height as wrapped words would like."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._thing: QWidget | None = None

    def set_thing(self, thing: QWidget | None) -> None:
        before, self._thing = self._thing, thing
        if thing is before:
            return
        if before is not None:
            before.hide()
        if isinstance(before, QStackedWidget):
            before.currentChanged.disconnect(self._turned)
        if thing is not None:
            thing.setParent(self)
            thing.setGeometry(self.rect())
            thing.show()
        if isinstance(thing, QStackedWidget):
            thing.currentChanged.connect(self._turned)
        self.updateGeometry()

    def _turned(self, _place: int) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._thing.sizeHint() if self._thing is not None else QSize()

    def minimumSizeHint(self) -> QSize:
        thing = self._thing.currentWidget() if isinstance(self._thing, QStackedWidget) else self._thing
        return thing.minimumSizeHint().expandedTo(thing.minimumSize()) if thing is not None else QSize()

    def event(self, event: QEvent) -> bool:
        """Ask for other room when the thing does."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._thing is not None:
            self._thing.setGeometry(self.rect())
