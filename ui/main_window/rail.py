"""The rail: the workflow from top to bottom, icon and word, or icons alone where the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.main_window.pages import PAGES
from ui.theme import BODY, SMALL, SPACE, theme
from ui.theme.icons import paint_icon
from ui.widgets.buttons import with_key

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

WIDE = 168
NARROW = 56
_ICON = 18


class RailButton(QAbstractButton):
    """One place of the rail; `quiet` ones at its foot are smaller and stay unchecked."""

    def __init__(self, icon: str, words: str, key: str, parent: QWidget | None = None, *, quiet: bool = False) -> None:
        super().__init__(parent)
        self._icon, self._quiet = icon, quiet
        self._narrow = False
        self._by_key = False
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(with_key(words, key))
        self.setCheckable(not quiet)
        self.setAutoExclusive(not quiet)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if not quiet else Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        theme().changed.connect(self.update)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001
        """Show the icon alone, or with its word."""
        self._narrow = narrow
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus only where it came by key."""
        self._by_key = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the focus from the first key on."""
        self._by_key = True
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """A comfortable target."""
        return QSize(NARROW, 32 if self._quiet else 40)

    def minimumSizeHint(self) -> QSize:
        """What is left of it where the window is low."""
        return QSize(NARROW, 22 if self._quiet else 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        side = 16 if self._quiet else _ICON
        left = (self.width() - side) / 2 if self._narrow else SPACE[3] + 2
        paint_icon(painter, self._icon, self._ink(), QRectF(left, (self.height() - side) / 2, side, side))
        if not self._narrow:
            size = SMALL if self._quiet else BODY
            painter.setFont(theme().font(size, "semibold" if self.isChecked() else "regular"))
            painter.setPen(QColor(self._ink()))
            room = QRectF(left + side + SPACE[2], 0, self.width(), self.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()

    def _ink(self) -> str:
        palette = theme().palette
        if self.isChecked():
            return palette.accent
        return palette.text_muted if self._quiet else palette.text

    def _paint_ground(self, painter: QPainter) -> None:
        where = QRectF(self.rect()).adjusted(SPACE[1], 1, -SPACE[1], -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(theme().colour("accent_soft"))
            painter.drawRoundedRect(where, 5, 5)
        elif self.underMouse():
            painter.setBrush(theme().colour("hover"))
            painter.drawRoundedRect(where, 5, 5)
        if self.hasFocus() and self._by_key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().colour("focus"), 1.5))
            painter.drawRoundedRect(where, 5, 5)


class Rail(QFrame):
    """The pages, and at the foot the commands and the keys."""

    chosen = Signal(str)  # a page's name
    commands_asked = Signal()
    keys_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "rail")
        self.setAccessibleName("Pages")
        self._buttons: dict[str, RailButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, SPACE[2], 0, SPACE[1])
        self._column.setSpacing(0)
        for place, entry in enumerate(PAGES, 1):
            button = RailButton(entry.icon, entry.title, f"Ctrl+{place}", self)
            button.clicked.connect(lambda _checked=False, name=entry.name: self.chosen.emit(name))
            self._buttons[entry.name] = button
            self._column.addWidget(button)
        self._column.addStretch(1)
        self._foot = [
            self._add_foot("command", "Commands", "Ctrl+K", self.commands_asked.emit),
            self._add_foot("keyboard", "Keys", "F1", self.keys_asked.emit),
        ]
        self.set_narrow(False)

    def button(self, name: str) -> RailButton:
        """Give the button of a page."""
        return self._buttons[name]

    def show_chosen(self, name: str) -> None:
        """Mark the page that is shown."""
        self._buttons[name].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001
        """Show icons alone, or with their words."""
        self.setFixedWidth(NARROW if narrow else WIDE)
        for button in (*self._buttons.values(), *self._foot):
            button.set_narrow(narrow)

    def _add_foot(self, icon: str, words: str, key: str, then: object) -> RailButton:
        button = RailButton(icon, words, key, self, quiet=True)
        button.clicked.connect(then)
        self._column.addWidget(button)
        return button
