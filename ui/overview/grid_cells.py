"""The cells of a table that is written in place: how they are painted, and the editors that open in them."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QIntValidator, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QTableView

from ui.overview.grid_model import BLANK, NOTE, VALUE
from ui.theme import BODY, ROW, SMALL, SPACE, theme
from ui.widgets.fields import ChoiceField, LineField, TextField
from ui.widgets.things import is_selected, paint_row_ground

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QAbstractItemModel, QObject
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from ui.overview.grid_model import Column, Index

CellEditor = TextField | LineField | ChoiceField
_ABOVE, _BELOW = 6, 4  # a cell's words; as in an editor, so that they stay where they are
_WRAP = int(Qt.TextFlag.TextWordWrap)


class Then(Enum):
    """Where to go when a cell is left."""

    DOWN = auto()
    ON = auto()
    BACK = auto()
    NOWHERE = auto()
    GIVE_UP = auto()


_KEYS = {
    Qt.Key.Key_Return: Then.DOWN,
    Qt.Key.Key_Enter: Then.DOWN,
    Qt.Key.Key_Tab: Then.ON,
    Qt.Key.Key_Backtab: Then.BACK,
    Qt.Key.Key_Escape: Then.GIVE_UP,
}


class CellDelegate(QStyledItemDelegate):
    """Paints wrapped words with a note under them, and makes editors; it tells when one is done with."""

    done = Signal(object, object)  # the editor, a `Then`

    def __init__(self, columns: Sequence[Column], view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._columns = columns
        self.choices: Sequence[tuple[object, str]] = ()
        self.editor: CellEditor | None = None  # the last that was made

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        painter.save()
        here = bool(option.state & QStyle.StateFlag.State_HasFocus)
        self._mark_row(option, index)
        paint_row_ground(painter, QRectF(option.rect), option)
        self._words(painter, option, index)
        if here:
            painter.setPen(QPen(theme().colour("focus"), 1))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(3.5, 1.5, -1.5, -1.5), 4, 4)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words need at the column's width."""
        room = QRect(0, 0, self._view.columnWidth(index.column()) - SPACE[2] - SPACE[1], 10_000)
        high = QFontMetrics(theme().font(BODY)).boundingRect(room, _WRAP, str(index.data())).height()
        if index.data(NOTE):
            high += QFontMetrics(theme().font(SMALL)).height()
        return QSize(80, max(high + _ABOVE + _BELOW, ROW))

    def _mark_row(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Let the whole row show that it is the current one, with the accent at its edge."""
        option.state &= ~QStyle.StateFlag.State_HasFocus
        focused = self._view.hasFocus() and self._view.currentIndex().row() == index.row()
        if focused and index.column() == 0:
            option.state |= QStyle.StateFlag.State_HasFocus

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        right = self._columns[index.column()].kind == "number"
        room = option.rect.adjusted(SPACE[2], _ABOVE, -SPACE[0] if right else -SPACE[1], -_BELOW)
        ink = "text_faint" if index.data(BLANK) else "text" if index.column() == 0 else "text_muted"
        strong = is_selected(option) and index.column() == 0 and not index.data(BLANK)
        painter.setFont(theme().font(BODY, "medium" if strong else "regular"))
        painter.setPen(theme().colour(ink))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, _WRAP | int(side), str(index.data()))
        if index.data(NOTE):
            used = QFontMetrics(painter.font()).boundingRect(room, _WRAP, str(index.data())).height()
            painter.setFont(theme().font(SMALL))
            painter.setPen(theme().colour("text_faint"))
            painter.drawText(room.adjusted(0, used, 0, _BELOW), int(Qt.AlignmentFlag.AlignLeft), str(index.data(NOTE)))

    # Editing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the editor a column asks for."""
        column = self._columns[index.column()]
        if column.kind == "choice":
            self.editor = self._choice(column, parent)
        elif column.kind == "number":
            self.editor = _number(column, parent)
        else:
            self.editor = TextField(column.head, column.hint, lines=1, parent=parent)
        return self.editor

    def _choice(self, column: Column, parent: QWidget) -> ChoiceField:
        made = ChoiceField(column.head, self.choices, parent)
        made.activated.connect(lambda _index: self.done.emit(made, Then.DOWN))
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the cell's value in its editor."""
        if isinstance(editor, CellEditor):
            editor.set_value(index.data(VALUE))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write nothing: the view hands over what was written, in its own time."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Lay the editor over the cell so that the words stay where they are."""
        editor.setGeometry(option.rect.adjusted(SPACE[0], 0, -1, 0))
        if not isinstance(editor, TextField):
            editor.setFixedHeight(ROW)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Leave a cell by key, or when the focus goes elsewhere; its own menu and list are not elsewhere."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            then = _KEYS.get(Qt.Key(event.key()))
            breaks = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and then is Then.DOWN
            if then is not None and not breaks:
                self.done.emit(editor, then)
            return then is not None
        if isinstance(event, QFocusEvent) and event.lostFocus() and not _comes_back(editor, event):
            self.done.emit(editor, Then.NOWHERE)
        return False


def _comes_back(editor: QObject, event: QFocusEvent) -> bool:
    """Tell whether the focus only went to an editor's own menu or list, or with the window to another program."""
    listing = isinstance(editor, ChoiceField) and editor.view().isVisible()
    return listing or event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


def _number(column: Column, parent: QWidget) -> LineField:
    made = LineField(column.head, parent=parent)
    made.setValidator(QIntValidator(0, 999, made))
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
