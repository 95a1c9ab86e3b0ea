"""The list of lines that were changed, added or removed after the interview, with every step of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate

from ui.history.pieces import Layouts
from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.theme import SMALL, SPACE, theme
from ui.widgets.actions import bind_key
from ui.widgets.things import row_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QContextMenuEvent, QPainter, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from app.analysis.afterwards import ToldLine, ToldStep

Index = QModelIndex | QPersistentModelIndex
KEY = int(Qt.ItemDataRole.UserRole)
LINE = KEY + 1
_PAD, _ROOM, _APART = SPACE[3], SPACE[1], SPACE[1]
_REASON = 4  # lines a reason may take


class ChangeModel(QAbstractListModel):
    """Lines for the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[ToldLine, ...] = ()

    def show(self, lines: Sequence[ToldLine]) -> bool:
        """Show other lines; tells whether anything is different."""
        lines = tuple(lines)
        if lines == self.lines:
            return False
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()
        return True

    def place(self, key: str) -> int:
        """Find a line by its key; -1 where it is not listed."""
        return next((place for place, line in enumerate(self.lines) if line.line == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the lines."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a line."""
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.words.replace("\n", ". ")
        return {KEY: line.line, LINE: line}.get(role)


class ChangeDelegate(QStyledItemDelegate):
    """Paints a line: its number and what became of it, then each step with who, when, what and why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layouts = Layouts()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words need at the width of the list."""
        width = row_width(option)
        return QSize(width, self.height(index.data(LINE), width))

    def height(self, line: ToldLine, width: int) -> int:
        """Measure a line."""
        steps = sum(_APART / 2 + self._step_height(step, width - 2 * _PAD) for step in line.steps)
        return round(2 * _ROOM + line_height(SMALL, "semibold") + steps)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        line: ToldLine = index.data(LINE)
        where = QRectF(option.rect)
        painter.save()
        _paint_ground(painter, where, option)
        top = self._paint_head(painter, line, where)
        left, width = where.left() + _PAD, round(where.width()) - 2 * _PAD
        for step in line.steps:
            top = self._paint_step(painter, step, left, top + _APART / 2, width)
        painter.restore()

    def _paint_head(self, painter: QPainter, line: ToldLine, where: QRectF) -> float:
        top = where.top() + _ROOM
        painter.setPen(theme().colour("text"))
        after = paint_lines(painter, (line.name,), where.left() + _PAD, top, SMALL, "semibold")
        if line.mark:
            painter.setPen(theme().colour("text_muted"))
            right = where.right() - _PAD - text_width(line.mark, SMALL, "medium")
            paint_lines(painter, (line.mark,), right, top, SMALL, "medium")
        return after

    def _paint_step(self, painter: QPainter, step: ToldStep, left: float, top: float, width: int) -> float:
        painter.setPen(theme().colour("text_muted"))
        for lines in _small(step, width):
            top = paint_lines(painter, lines, left, top, SMALL, "regular")
        top = self._layouts.paint(painter, step.pieces, left, top, width)
        painter.setPen(theme().colour("text_muted"))
        return paint_lines(painter, _why(step, width), left, top, SMALL, "regular")

    def _step_height(self, step: ToldStep, width: int) -> float:
        lines = sum(len(each) for each in _small(step, width)) + len(_why(step, width))
        return lines * line_height(SMALL) + self._layouts.height(step.pieces, width)


class ChangeView(QListView):
    """The list. Enter and a click choose a line, Ctrl+C copies what is told of it."""

    chosen = Signal(str)  # key of a line

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.changes = ChangeModel(self)
        self.setModel(self.changes)
        self.setItemDelegate(ChangeDelegate(self))
        self.setAccessibleName("Lines changed after the interview")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setStyleSheet("QListView { background: transparent; }")
        self.verticalScrollBar().setSingleStep(20)
        self.clicked.connect(lambda index: self.chosen.emit(str(index.data(KEY))))
        bind_key(self, "Show the line in the notes", ["Return", "Enter"], self._choose)
        bind_key(self, "Copy what became of the line", ["Ctrl+C"], self._copy)
        theme().changed.connect(self.viewport().update)

    def show_lines(self, lines: Sequence[ToldLine]) -> None:
        """Show other lines; the current one stays current while it is there, and the list where it was."""
        before, scroll = self.current_key(), self.verticalScrollBar().value()
        if self.changes.show(lines):
            self.set_current(before)
            self.scheduleDelayedItemsLayout()
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(scroll)

    def current_key(self) -> str:
        """Key of the current line, "" for none."""
        index = self.currentIndex()
        return str(index.data(KEY)) if index.isValid() else ""

    def set_current(self, key: str) -> None:
        """Mark a line; none where it is not listed."""
        place = self.changes.place(key)
        self.setCurrentIndex(self.changes.index(place) if place >= 0 else QModelIndex())

    def show_key(self, key: str) -> None:
        """Mark a line and scroll to its beginning."""
        self.set_current(key)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the lines anew when the width changes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the line clicked."""
        from PySide6.QtWidgets import QMenu

        if self.currentIndex().isValid():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(self.actions())
            menu.popup(event.globalPos())

    def _choose(self) -> None:
        if key := self.current_key():
            self.chosen.emit(key)

    def _copy(self) -> None:
        if self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(self.currentIndex().data(LINE).words)


def _small(step: ToldStep, width: int) -> list[tuple[str, ...]]:
    return [wrapped(text, SMALL, "regular", width, 2) for text in (step.head, *step.also) if text]


def _why(step: ToldStep, width: int) -> tuple[str, ...]:
    return wrapped(f"Why: {step.reason}", SMALL, "regular", width, _REASON) if step.reason else ()


def _paint_ground(painter: QPainter, where: QRectF, option: QStyleOptionViewItem) -> None:
    """Paint what is behind a line; the one chosen is marked at its edge, so that added words keep their ground."""
    states = QStyle.StateFlag
    if option.state & states.State_Selected:
        painter.fillRect(where, theme().colour("hover"))
        ink = "accent" if option.state & states.State_HasFocus else "line_strong"
        painter.fillRect(QRectF(where.left(), where.top(), 3, where.height()), theme().colour(ink))
    elif option.state & states.State_MouseOver:
        painter.fillRect(where, theme().colour("hover"))
    painter.setPen(QPen(theme().colour("line")))
    painter.drawLine(where.bottomLeft(), where.bottomRight())
