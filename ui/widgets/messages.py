"""What a page tells people: a bar that stays, an empty state, whether all is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import SMALL, SPACE, TITLE, theme
from ui.theme.icons import paint_icon
from ui.widgets.buttons import IconButton, TextButton
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtGui import QPaintEvent

Kind = Literal["info", "warning", "error"]
_ICONS = {"info": "info", "warning": "triangle-alert", "error": "circle-alert"}
_INKS = {"info": "text_muted", "warning": "warning", "error": "danger"}


class Picture(QWidget):
    """An icon that is no button, in an ink of the palette."""

    def __init__(self, icon: str, ink: str = "text_muted", side: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._ink = icon, ink
        self.setFixedSize(QSize(side, side))
        theme().changed.connect(self.update)

    def set_icon(self, icon: str, ink: str) -> None:
        """Show another icon."""
        self._icon, self._ink = icon, ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon."""
        painter = QPainter(self)
        paint_icon(painter, self._icon, getattr(theme().palette, self._ink), QRectF(self.rect()))
        painter.end()


class Bar(QFrame):
    """A message across the page that stays until it is closed, its button is used, or it is hidden."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._then: Callable[[], object] | None = None
        self._picture = Picture("info", parent=self)
        self._words = TextLabel(parent=self)
        self._words.setWordWrap(True)
        self._button = TextButton("", "quiet", parent=self)
        self._close = IconButton("x", "Close this message", parent=self, side=24)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[3], SPACE[0], SPACE[1], SPACE[0])
        row.setSpacing(SPACE[1])
        row.addWidget(self._picture)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._button.clicked.connect(self._use)
        self._close.clicked.connect(self._dismiss)
        self.hide()

    @property
    def text(self) -> str:
        """The words shown."""
        return self._words.text()

    def tell(self, text: str, kind: Kind = "info", button: str = "", then: Callable[[], object] | None = None) -> None:
        """Show a message; `button` names what can be done about it, `then` does it."""
        self._then = then
        self._words.setText(text)
        self._picture.set_icon(_ICONS[kind], _INKS[kind])
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _use(self) -> None:
        then = self._then
        self.hide()
        if then is not None:
            then()

    def _dismiss(self) -> None:
        self.hide()
        self.closed.emit()


class EmptyState(QWidget):
    """What a page or list is for while there is nothing in it, and the next step."""

    asked = Signal()

    def __init__(
        self, icon: str, title: str, text: str, button: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[5], SPACE[5], SPACE[5], SPACE[5])
        column.setSpacing(SPACE[1])
        column.addStretch(2)
        column.addWidget(Picture(icon, "text_faint", 24, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(SPACE[0])
        self._title = TextLabel(title, TITLE, "semibold", parent=self)
        column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        self._words = words = TextLabel(text, ink="muted", wrap=True, parent=self)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        words.setMaximumWidth(420)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(words, 4)
        row.addStretch(1)
        column.addLayout(row)
        if button:
            column.addSpacing(SPACE[1])
            self.button = TextButton(button, "primary", key=key, parent=self)
            self.button.clicked.connect(self.asked)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, title: str, text: str) -> None:
        """Say that there is nothing for another reason."""
        self._title.setText(title)
        self._words.setText(text)

    def tell(self, text: str, button: str) -> None:
        """Say something else, and offer another next step; only where one was offered from the first."""
        self._words.setText(text)
        self.button.setText(button)

    def add_beside(self, *buttons: QWidget) -> None:
        """Offer other ways to begin, side by side under the first."""
        row = QHBoxLayout()
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertLayout(column.count() - 1, row)


class SavedIndicator(QWidget):
    """Whether what was typed is on the medium."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture("check", "text_faint", 14, self)
        self._words = TextLabel("", SMALL, ink="muted", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[0])
        row.addWidget(self._picture)
        row.addWidget(self._words)
        self._show("Saved", "check", "text_faint", "muted")

    @property
    def text(self) -> str:
        """The words shown."""
        return self._words.text()

    def saved(self, at: datetime | None = None) -> None:
        """Say that all is saved; `at` is local time."""
        self._show(f"Saved {at:%H:%M}" if at else "Saved", "check", "text_faint", "muted")

    def saving(self) -> None:
        """Say that something typed is about to be written."""
        self._show("Saving…", "loader-circle", "text_faint", "muted")

    def not_saved(self) -> None:
        """Say that the last change could not be written."""
        self._show("Not saved", "triangle-alert", "warning", "warning")

    def reading(self) -> None:
        """Say that this window may only read."""
        self._show("Reading only", "lock", "text_faint", "muted")

    def _show(self, words: str, icon: str, ink: str, words_ink: Literal["muted", "warning"]) -> None:
        self._words.setText(words)
        self._words.set_ink(words_ink)
        self._picture.set_icon(icon, ink)
        self.setAccessibleName(words)
