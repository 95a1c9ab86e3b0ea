"""What the start page offers at its side: ways to begin, with what each does, and what is said about the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QAction, QKeySequence, QPainter
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import DISPLAY, SMALL, SPACE
from ui.theme.icons import paint_icon
from ui.widgets.buttons import TextButton
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

LEFT = 264
_BUTTON = 176
_MARK = 44
_DIRECTION = QBoxLayout.Direction


class Mark(QWidget):
    """Fieldquill's own mark."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        paint_icon(painter, "fieldquill", "#000000", QRectF(self.rect()))
        painter.end()


class Leader(QWidget):
    """A way to begin: a button, its key, and what it leads to, below or, where it is narrow, beside."""

    def __init__(self, action: QAction, icon: str, about: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = TextButton(action.text(), "leader", icon, _key(action), self)
        self.button.setMinimumWidth(_BUTTON)
        self.button.setAccessibleDescription(about)
        self.about = TextLabel(about, SMALL, ink="muted", wrap=True, parent=self)
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        row.addWidget(self.button)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        row.addWidget(TextLabel(shown, SMALL, ink="faint", parent=self))
        row.addStretch(1)
        self._box = QBoxLayout(_DIRECTION.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, SPACE[1])
        self._box.setSpacing(SPACE[0])
        self._box.addLayout(row)
        self._box.addWidget(self.about, 1)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001
        """Say what it leads to beside the button, or below it."""
        self._box.setDirection(_DIRECTION.LeftToRight if narrow else _DIRECTION.TopToBottom)
        self._box.setSpacing(SPACE[2] if narrow else SPACE[0])


class Welcome(QWidget):
    """The mark, the program's name, the ways to begin, and at the foot what is said about the program."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._leaders: list[Leader] = []
        self._head = QBoxLayout(_DIRECTION.TopToBottom)
        self._head.setSpacing(SPACE[2])
        self._head.addWidget(Mark(_MARK, self))
        words = QVBoxLayout()
        words.setSpacing(SPACE[0])
        words.addWidget(TextLabel("Fieldquill", DISPLAY, "semibold", parent=self))
        motto = "Assess MLOps maturity on site: offline, from notes, with evidence."
        words.addWidget(TextLabel(motto, ink="muted", wrap=True, parent=self))
        self._head.addLayout(words, 1)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(SPACE[1])
        self._foot.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE[0])
        self._column.addLayout(self._head)
        self._column.addSpacing(SPACE[3])
        self._column.addLayout(self._foot)
        self._column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def add_leader(self, action: QAction, icon: str, about: str) -> TextButton:
        """Offer a way to begin, with what it leads to."""
        leader = Leader(action, icon, about, self)
        leader.button.clicked.connect(action.trigger)
        self._column.insertWidget(self._column.indexOf(self._foot), leader)
        self._leaders.append(leader)
        return leader.button

    def add_foot(self, action: QAction) -> TextButton:
        """Offer something about the program as a whole."""
        button = TextButton(action.text(), "link", key=_key(action), parent=self)
        button.clicked.connect(action.trigger)
        self._foot.insertWidget(self._foot.count() - 1, button)
        return button

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001
        """Stand above the studies, in less height, or beside them."""
        self._head.setDirection(_DIRECTION.LeftToRight if narrow else _DIRECTION.TopToBottom)
        for leader in self._leaders:
            leader.set_narrow(narrow)
        self.setMinimumWidth(0 if narrow else LEFT)
        self.setMaximumWidth(LEFT * 2 + SPACE[5] * 2 if narrow else LEFT)


def _key(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
