"""Something laid over the window until Escape, a click beside it, or its own end; what had the focus gets it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.theme import SPACE, theme
from ui.widgets.focus import on_escape
from ui.widgets.scrolling import reveal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent


_TOP: Final = 64


class Overlay(QWidget):
    """A veil over its parent with a card on it, a quarter from the top."""

    def __init__(self, name: str, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        on_escape(self, self.close_up)
        self.host = parent
        self._before: QWidget | None = None
        self.card = QFrame(self)
        self.card.setProperty("look", "overlay")
        self.card.setAccessibleName(name)
        self._wide = width
        column = QVBoxLayout(self)
        Overlay.fit(self)
        row = QHBoxLayout()  # no alignment to the centre: lines would be broken as if the card were as wide as the veil
        row.addStretch(1)
        row.addWidget(self.card, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        parent.installEventFilter(self)
        self.hide()

    def open(self, focus: QWidget) -> None:
        """Lay it over the window; `focus` is what is typed into."""
        self._before = QApplication.focusWidget()
        self.fit()
        self.show()
        self.raise_()
        focus.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_up(self) -> None:
        """Take it away, and give the focus back."""
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def fit(self) -> None:
        """Lie over all of the window, with a card no wider than that has room for."""
        self.setGeometry(self.host.rect())
        self.card.setFixedWidth(min(self._wide, max(self.width() - 2 * SPACE[4], 2 * _TOP)))
        column = self.layout()
        if column is not None:
            column.setContentsMargins(SPACE[4], self.top, SPACE[4], SPACE[4])

    @property
    def top(self) -> int:
        """Where the card begins, in px: nearer to the edge where the window is low."""
        return min(_TOP, max(self.host.height() // 10, SPACE[2]))

    @property
    def room(self) -> int:
        """How high the card may be, in px."""
        return self.host.height() - self.top - SPACE[4]

    def stops(self) -> Sequence[QWidget]:
        """What Tab goes round; nothing where there is one thing to type into."""
        return ()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001
        """Go round what can be used on the card, not out of it."""
        stops = [widget for widget in self.stops() if widget.isVisible() and widget.isEnabled()]
        if stops:
            step = 1 if forward else -1
            here = next((place for place, widget in enumerate(stops) if widget.hasFocus()), -step)
            stops[(here + step) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
            reveal(stops[(here + step) % len(stops)])
        return True

    def event(self, event: QEvent) -> bool:
        """Keep from what lies under it the keys that are its own: they would act, and write, out of sight."""
        if event.type() == QEvent.Type.ShortcutOverride and self._is_under(event):  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def _is_under(self, event: QKeyEvent) -> bool:
        pressed = QKeySequence(event.keyCombination())
        under: QWidget | None = self.host
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        while under is not None:
            if any(pressed in action.shortcuts() for action in under.actions() if action.shortcutContext() == within):
                return True
            under = under.parentWidget()
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the parent."""
        if watched is self.host and event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the card."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_up()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the veil."""
        painter = QPainter(self)
        veil = QColor(theme().palette.text if not theme().dark else "#000000")
        veil.setAlphaF(0.28 if not theme().dark else 0.5)
        painter.fillRect(self.rect(), veil)
        painter.end()


def overlay_in_use() -> Overlay | None:
    """Give the overlay that has the keyboard."""
    above = QApplication.focusWidget()
    while above is not None and not isinstance(above, Overlay):
        above = above.parentWidget()
    return above


def whole_of(part: QWidget) -> QWidget:
    """Give what an overlay lies over that a part of a page asks for: all that is hidden with it when it is locked.

    In the window itself it would stay in sight, over the lock.
    """
    whole, above, under = part.window(), part, part.parentWidget()
    while under is not None:
        if isinstance(under, QStackedWidget):
            whole = above
        above, under = under, under.parentWidget()
    return whole


class OverlayLine(QLineEdit):
    """What is typed into at the top of an overlay; it leaves the arrows, Enter and Escape to the list under it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "palette")
        self.setPlaceholderText(name)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on what the list or the overlay is to handle."""
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if event.key() in keys:
            event.ignore()
        else:
            super().keyPressEvent(event)
