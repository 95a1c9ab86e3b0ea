"""What stands over lines side by side: how many are decided, what can be done, and whose columns they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.reconcile.delegate import sheet_colour
from ui.reconcile.parts import columns_of
from ui.theme import BODY, ROW, SMALL, SPACE, theme
from ui.widgets import ElidedLabel, IconButton, Picture, TextButton, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.widgets.text import Ink

_BAR = 96
_INSET = 6  # px between the edge of an icon button and its icon, which is what stands flush with words


class ReconcileHead(QFrame):
    """Progress, what is to be known, and the two buttons."""

    alike_asked = Signal()
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "surface")
        self.progress = TextLabel("", BODY, "semibold", parent=self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(_BAR, 4)
        self.bar.setAccessibleName("Rows decided")
        self._done = Picture("circle-check", "accent", 16, self)
        self.alike = TextButton("Take all that are alike", "quiet", key="A", parent=self)
        self.leave = IconButton("arrow-left", "Back to the notes", "Esc", self)
        self.back = TextButton("Back to the notes", "primary", key="Esc", parent=self)
        self.words = ElidedLabel("", SMALL, ink="muted", parent=self)
        self._lay_out()
        self.alike.clicked.connect(self.alike_asked)
        self.leave.clicked.connect(self.back_asked)
        self.back.clicked.connect(self.back_asked)

    def show_progress(self, decided: int, of: int, alike: int, *, read_only: bool) -> None:
        """Show how far it has come; `alike` is how many rows not decided say the same."""
        done = 0 < of == decided
        self.progress.setText("All agreed." if done else f"{decided} of {of} decided")
        self.bar.setMaximum(max(of, 1))
        self.bar.setValue(decided)
        self.bar.setVisible(not done)
        self._done.setVisible(done)
        self.alike.setVisible(not done and not read_only)
        self.alike.setEnabled(alike > 0)
        same = f"{alike} {'row says' if alike == 1 else 'rows say'} the same on both sides"
        self.alike.setToolTip(f"{same} (A)" if alike else "No row says the same on both sides")
        self.leave.setVisible(not done)
        self.back.setVisible(done)

    def tell(self, words: str, ink: Ink = "muted") -> None:
        """Say what is to be known just now; a warning is told to screen readers, too."""
        self.words.setText(words)
        if self.words.property("ink") != ink:
            self.words.setProperty("ink", ink)
            self.words.style().unpolish(self.words)
            self.words.style().polish(self.words)
        if ink == "warning":
            QAccessible.updateAccessibility(QAccessibleEvent(self.words, QAccessible.Event.Alert))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE[1])
        top.addWidget(self.leave)
        top.addLayout(_inset(self._done))
        for part in (self.progress, self.bar):
            top.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch(1)
        top.addWidget(self.alike)
        top.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[3] - _INSET, SPACE[1], SPACE[3], SPACE[1])
        column.setSpacing(SPACE[0])
        column.addLayout(top)
        column.addLayout(_inset(self.words))


def _inset(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(_INSET, 0, 0, 0)
    row.addWidget(widget)
    return row


class ColumnHeads(QWidget):
    """The names over the three columns, on the grid of the rows under them."""

    def __init__(self, below: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._below = below
        self._names = ("", "Agreed", "")
        self.setFixedHeight(ROW)
        theme().changed.connect(self.update)

    @property
    def names(self) -> tuple[str, str, str]:
        """The names shown."""
        return self._names

    def show_names(self, left: str, right: str) -> None:
        """Show whose lines stand at the left and at the right."""
        self._names = (left, "Agreed", right)
        self.setAccessibleName(", ".join(self._names))
        self.update()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(200, ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each name over its words."""
        painter = QPainter(self)
        columns = columns_of(self._below.width())
        painter.fillRect(self.rect(), theme().colour("surface"))
        left, right = columns.sheet
        painter.fillRect(QRectF(left, 0, right - left, self.height()), sheet_colour())
        for edge in columns.sheet:
            painter.fillRect(QRectF(round(edge), 0, 1, self.height()), theme().colour("line"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme().colour("line"))
        painter.setFont(theme().font(SMALL, "semibold"))
        metrics = QFontMetricsF(painter.font())
        for name, x in zip(self._names, (columns.left, columns.middle, columns.right), strict=True):
            painter.setPen(theme().colour("accent" if x == columns.middle else "text_muted"))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, columns.width)
            where = QRectF(x, 0, columns.width, self.height())
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()
