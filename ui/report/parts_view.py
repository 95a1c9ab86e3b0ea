"""The parts of the report in their order: each with a box to print it or not, dragged or moved by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.notebook.wrapping import line_height, paint_lines, wrapped
from ui.theme import BODY, SMALL, SPACE, theme
from ui.theme.icons import paint_icon
from ui.widgets.actions import bind_key
from ui.widgets.things import is_selected, paint_box, paint_row_ground, row_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragMoveEvent, QDropEvent, QMouseEvent, QPainter, QResizeEvent

    from app.report.contents import Chosen
    from ui.theme.fonts import Weight

Index = QModelIndex | QPersistentModelIndex
ITEM: Final = int(Qt.ItemDataRole.UserRole)
_KIND: Final = "application/x-fieldquill-report-part"
_GRIP: Final = 16
_BOX: Final = 16
_LEFT: Final = SPACE[1] + _GRIP + SPACE[0] + _BOX + SPACE[1]
_PAD: Final = 6


class PartsModel(QAbstractListModel):
    """Parts in their order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: tuple[Chosen, ...] = ()
        self.read_only = False

    def show_parts(self, chosen: Sequence[Chosen]) -> None:
        """Show other parts; nothing moves where they stand in the same order."""
        same = [each.part.name for each in chosen] == [each.part.name for each in self.chosen]
        if not same:
            self.beginResetModel()
        self.chosen = tuple(chosen)
        if not same:
            self.endResetModel()
        elif self.chosen:
            self.dataChanged.emit(self.index(0), self.index(len(self.chosen) - 1))

    def row_of(self, name: str) -> int:
        """Find a part by its name; -1 where there is none."""
        return next((row for row, each in enumerate(self.chosen) if each.part.name == name), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """One row per part."""
        return 0 if parent is not None and parent.isValid() else len(self.chosen)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let parts be dragged, and put down between others."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags if self.read_only else Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags if self.read_only else flags | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Let parts be moved."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Say what can be put down."""
        return [_KIND]

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Give a part, its title, or whether it is printed."""
        chosen = self.chosen[index.row()]
        if role == ITEM:
            return chosen
        if role == Qt.ItemDataRole.DisplayRole:
            return chosen.part.title
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if chosen.shown else Qt.CheckState.Unchecked
        state = "printed" if chosen.shown else "left out"
        words = f"{chosen.part.title}, {state}. {chosen.part.about}"
        return words if role == Qt.ItemDataRole.AccessibleTextRole else None

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Name what is dragged."""
        data = QMimeData()
        data.setData(_KIND, self.chosen[indexes[0].row()].part.name.encode() if indexes else b"")
        return data


class _Delegate(QStyledItemDelegate):
    """Paints a part: grip, box, title, and what it is about under it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as what it is about needs."""
        wide = row_width(option)
        lines = len(_about(index.data(ITEM), wide))
        return QSize(wide, round(line_height(BODY) + lines * line_height(SMALL)) + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one part."""
        chosen: Chosen = index.data(ITEM)
        where = QRectF(option.rect)
        painter.save()
        paint_row_ground(painter, where, option)
        top, palette = where.top() + _PAD, theme().palette
        if index.flags() & Qt.ItemFlag.ItemIsDragEnabled:
            grip = QRectF(where.left() + SPACE[1], where.center().y() - 8, _GRIP, _GRIP)
            paint_icon(painter, "grip-vertical", palette.text_faint, grip)
        paint_box(painter, box_of(where), on=chosen.shown)
        weight: Weight = "medium" if is_selected(option) else "regular"
        painter.setPen(theme().colour("text" if chosen.shown else "text_muted"))
        room = round(where.width()) - _LEFT - SPACE[1]
        title = wrapped(chosen.part.title, BODY, weight, room, 1)
        top = paint_lines(painter, title, where.left() + _LEFT, top, BODY, weight)
        painter.setPen(theme().colour("text_muted"))
        paint_lines(painter, _about(chosen, round(where.width())), where.left() + _LEFT, top, SMALL, "regular")
        painter.restore()


def _about(chosen: Chosen, wide: int) -> tuple[str, ...]:
    return wrapped(chosen.part.about, SMALL, "regular", wide - _LEFT - SPACE[1], 3)


def box_of(row: QRectF) -> QRectF:
    """Tell where the box of a row is."""
    return QRectF(row.left() + SPACE[1] + _GRIP + SPACE[0], row.top() + _PAD + 1, _BOX, _BOX)


def _dragged(data: QMimeData) -> str:
    """Name the part that is dragged; "" for anything else."""
    return bytes(data.data(_KIND).data()).decode() if data.hasFormat(_KIND) else ""


class PartsView(QListView):
    """Shows all its parts, without scrolling. Space turns one on or off, Alt+Up, Alt+Down and the mouse move it."""

    turned = Signal(str)  # name
    moved = Signal(str, int)  # name, its new place among those shown here

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = PartsModel(self)
        self.setModel(self.parts)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setStyleSheet("QListView { background: transparent; }")
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setHorizontalScrollBarPolicy(policy)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self._keys = [
            bind_key(self, "Print this section, or leave it out", "Space", self._turn),
            bind_key(self, "Move the section up", "Alt+Up", lambda: self._move(-1)),
            bind_key(self, "Move the section down", "Alt+Down", lambda: self._move(1)),
        ]
        theme().changed.connect(self.viewport().update)

    def show_parts(self, chosen: Sequence[Chosen], *, read_only: bool) -> None:
        """Show other parts; the current one stays current."""
        current = self.current
        self.parts.read_only = read_only
        for key in self._keys:
            key.setEnabled(not read_only)
        self.parts.show_parts(chosen)
        if self.parts.row_of(current) >= 0:
            self.setCurrentIndex(self.parts.index(self.parts.row_of(current)))
        self._fit()

    @property
    def current(self) -> str:
        """Name of the current part, "" for none."""
        row = self.currentIndex().row()
        return self.parts.chosen[row].part.name if 0 <= row < len(self.parts.chosen) else ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Turn a part whose box was clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton and not self.parts.read_only:
            box = box_of(QRectF(self.visualRect(index))).adjusted(-5, -5, 5, 5)
            if box.contains(event.position()):
                self.turned.emit(index.data(ITEM).part.name)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take a part of this list anywhere on it."""
        super().dragMoveEvent(event)
        if self.parts.row_of(_dragged(event.mimeData())) < 0:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for a part to be moved to where it was let go; the list takes no row away itself."""
        name = _dragged(event.mimeData())
        row, to = self.parts.row_of(name), self._gap(event.position().y())
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        if row < 0 or self.parts.read_only:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if to not in (row, row + 1):
            self.moved.emit(name, to - 1 if to > row else to)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def _gap(self, down: float) -> int:
        """Tell which gap between rows is nearest to a height."""
        rows = range(self.parts.rowCount())
        return sum(self.visualRect(self.parts.index(row)).center().y() < down for row in rows)

    def _turn(self) -> None:
        if self.current:
            self.turned.emit(self.current)

    def _move(self, step: int) -> None:
        to = self.parts.row_of(self.current) + step
        if self.current and 0 <= to < self.parts.rowCount():
            self.moved.emit(self.current, to)

    def _fit(self) -> None:
        self.setFixedHeight(max(sum(self.sizeHintForRow(row) for row in range(self.parts.rowCount())), 1))
