"""A list of things of one kind: add, move and remove, by mouse and by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.theme import BODY, ROW, SMALL, SPACE, theme
from ui.theme.icons import paint_icon
from ui.widgets.actions import bind_key
from ui.widgets.buttons import IconButton
from ui.widgets.text import SectionLabel, TextLabel, a_word, in_role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction, QPaintEvent

Index = QModelIndex | QPersistentModelIndex
KEY = int(Qt.ItemDataRole.UserRole)
ROW_ROLE = KEY + 1


@dataclass(frozen=True)
class Row:
    """One line of a list: `detail` stands muted at the right, `icon` before the text."""

    key: str
    text: str
    detail: str = ""
    icon: str = ""


class RowModel(QAbstractListModel):
    """Rows for a list view; `KEY` gives a row's key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; nothing moves where they are the same."""
        if tuple(rows) == self._rows:
            return
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = tuple(rows)
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Find a row by its key; -1 where there is none."""
        return next((place for place, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a row."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = f"{row.text}, {row.detail}" if row.detail else row.text
            return in_role(words, role)
        return {KEY: row.key, ROW_ROLE: row}.get(role)


class RowDelegate(QStyledItemDelegate):
    """Paints a row: text, muted detail at the right, the accent at the edge of the current one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row: Row = index.data(ROW_ROLE)
        where = QRectF(option.rect)
        painter.save()
        paint_row_ground(painter, where, option)
        left = self.paint_lead(painter, row, where)
        right = self._detail(painter, row.detail, where)
        painter.setFont(theme().font(BODY, "medium" if is_selected(option) else "regular"))
        painter.setPen(theme().colour("text"))
        _line(painter, QRectF(left, where.top(), right - left, where.height()), row.text)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One row of the scale."""
        return QSize(80, ROW)

    def paint_lead(self, painter: QPainter, row: Row, where: QRectF) -> float:
        """Paint what stands before the text; give where the text begins."""
        left = where.left() + SPACE[2]
        if not row.icon:
            return left
        paint_icon(painter, row.icon, theme().palette.text_faint, QRectF(left, where.center().y() - 8, 16, 16))
        return left + 16 + SPACE[1]

    def _detail(self, painter: QPainter, detail: str, where: QRectF) -> float:
        """Paint the detail; give where the text must end."""
        right = where.right() - SPACE[2]
        if not detail:
            return right
        painter.setFont(theme().font(SMALL))
        painter.setPen(theme().colour("text_faint"))
        wide = min(QFontMetricsF(painter.font()).horizontalAdvance(detail) + 1, where.width() * 0.6)
        _line(painter, QRectF(right - wide, where.top(), wide, where.height()), detail)
        return right - wide - SPACE[1]


def is_selected(option: QStyleOptionViewItem) -> bool:
    """Tell whether a delegate paints a selected row."""
    return bool(option.state & QStyle.StateFlag.State_Selected)


def row_width(option: QStyleOptionViewItem) -> int:
    """Tell how wide a row is that a delegate measures: as wide as the list can show."""
    widget = option.widget
    return widget.viewport().width() if isinstance(widget, QListView) else option.rect.width()


def paint_row_ground(painter: QPainter, where: QRectF, option: QStyleOptionViewItem) -> None:
    """Paint what is behind a row: chosen, pointed at, or nothing; the accent bar while its list has the focus."""
    state = option.state
    if state & QStyle.StateFlag.State_HasFocus:
        painter.fillRect(where, theme().colour("accent_soft"))
        painter.fillRect(QRectF(where.left(), where.top(), 3, where.height()), theme().colour("accent"))
    elif state & QStyle.StateFlag.State_Selected:
        painter.fillRect(where, theme().colour("accent_soft"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(where, QColor(theme().palette.hover))


def paint_box(painter: QPainter, where: QRectF, *, on: bool) -> None:
    """Paint a box, ticked or empty."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme().colour("accent" if on else "line_strong"))
    painter.setBrush(theme().colour("accent" if on else "surface"))
    painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if on:
        paint_icon(painter, "check", theme().palette.accent_text, where.adjusted(2, 2, -2, -2))
    painter.restore()


def _line(painter: QPainter, where: QRectF, text: str) -> None:
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class RowView(QListView):
    """A list of 28 px rows without decoration, for `RowModel` or any list model with its own delegate."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(RowDelegate(self))
        theme().changed.connect(self._repaint)

    def _repaint(self) -> None:
        """Paint anew; the viewport is asked for only here."""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the focus where there is no row to show it on."""
        super().paintEvent(event)
        if self.hasFocus() and not self.model().rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(theme().colour("focus"))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
            painter.end()


class ThingList(QFrame):
    """A headed list with add, move and remove; Ins, Alt+Up, Alt+Down and Del do the same while it has the focus.

    It only asks: whoever shows it does what was asked and calls `show_things` again. The current thing stays
    current by key; when it is gone, its neighbour is.
    """

    current_changed = Signal(str)  # key, "" for none
    add_asked = Signal()
    move_asked = Signal(str, int)  # key, its new place
    remove_asked = Signal(str)  # key

    def __init__(self, title: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._model = RowModel(self)
        self.view = RowView(title, self)
        self.view.setModel(self._model)
        self._count = TextLabel("", SMALL, ink="faint", parent=self)
        self._buttons = {
            "add": IconButton("plus", f"Add {a_word(word)}", "Ins", self, side=24),
            "up": IconButton("arrow-up", f"Move the {word} up", "Alt+Up", self, side=24),
            "down": IconButton("arrow-down", f"Move the {word} down", "Alt+Down", self, side=24),
            "remove": IconButton("trash-2", f"Remove the {word}", "Del", self, side=24),
        }
        self._lay_out(title)
        self._adding = self._bind("add", "Ins", self.add_asked.emit)
        self._bind("up", "Alt+Up", lambda: self._move(-1))
        self._bind("down", "Alt+Down", lambda: self._move(1))
        self._bind("remove", "Del", self._remove)
        self._current = ""
        self.view.selectionModel().currentChanged.connect(self._moved)
        self._enable()

    @property
    def current(self) -> str:
        """Key of the current thing, "" for none."""
        return self._current

    def show_things(self, rows: Sequence[Row]) -> None:
        """Show other things; the current one stays current."""
        wanted, at = self._current, self._model.row_of(self._current)
        self._model.set_rows(rows)
        self._count.setText(str(len(rows)) if rows else "")
        place = self._model.row_of(wanted)
        if place < 0 and rows:
            place = min(max(at, 0), len(rows) - 1)
        self._select(place)
        self._enable()

    def set_current(self, key: str) -> None:
        """Make a thing the current one."""
        self._select(self._model.row_of(key))

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001
        """Let people look, or change the list."""
        for button in self._buttons.values():
            button.setVisible(not read_only)
        for action in self.view.actions():
            action.setVisible(not read_only)
            action.setEnabled(not read_only)

    def _lay_out(self, title: str) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[2], 0, SPACE[0], 0)
        head.setSpacing(SPACE[0])
        head.addWidget(SectionLabel(title, self))
        head.addWidget(self._count)
        head.addStretch(1)
        for button in self._buttons.values():
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, SPACE[0], 1, SPACE[0])
        column.setSpacing(SPACE[0])
        column.addLayout(head)
        column.addWidget(self.view, 1)

    def add_from(self, *others: QWidget) -> None:
        """Let Ins add a thing from what stands beside the list, too, such as the form of the last one."""
        for other in others:
            other.addAction(self._adding)

    def _bind(self, name: str, key: str, what: Callable[[], object]) -> QAction:
        self._buttons[name].clicked.connect(lambda _checked=False: what())
        return bind_key(self.view, self._buttons[name].accessibleName(), key, what, within=True)

    def _select(self, place: int) -> None:
        index = self._model.index(place) if place >= 0 else QModelIndex()
        if index.isValid() and index != self.view.currentIndex():
            self.view.setCurrentIndex(index)
        key = index.data(KEY) if index.isValid() else ""
        self._became(key)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._became(current.data(KEY) if current.isValid() else "")

    def _became(self, key: str) -> None:
        if key != self._current:
            self._current = key
            self._enable()
            self.current_changed.emit(key)

    def _move(self, step: int) -> None:
        place = self._model.row_of(self._current)
        to = place + step
        if place >= 0 and 0 <= to < self._model.rowCount():
            self.move_asked.emit(self._current, to)

    def _remove(self) -> None:
        if self._current:
            self.remove_asked.emit(self._current)

    def _enable(self) -> None:
        place, last = self._model.row_of(self._current), self._model.rowCount() - 1
        self._buttons["up"].setEnabled(place > 0)
        self._buttons["down"].setEnabled(0 <= place < last)
        self._buttons["remove"].setEnabled(place >= 0)
