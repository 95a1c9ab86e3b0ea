"""The list of lines side by side: keys, clicks, and the agreed line edited in its place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QRectF, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QToolTip, QWidget

from app.actions.reconcile import How
from ui.reconcile.delegate import LinesDelegate
from ui.reconcile.editor import AgreedEdit
from ui.reconcile.model import ROW, Index, LinesModel
from ui.reconcile.parts import NOTES
from ui.theme import theme
from ui.widgets import with_key
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QAction, QHelpEvent, QMouseEvent, QResizeEvent

    from ui.reconcile.rows import LineRow

_DECISIONS = (
    (How.LEFT, "Take the left line", ("Left", "1")),
    (How.RIGHT, "Take the right line", ("Right", "2")),
    (How.BOTH, "Take both lines", ("B", "3")),
    (How.EDIT, "Edit the agreed line", ("E", "Return", "Enter")),
    (How.NEITHER, "Leave the line out", ("X", "0")),
)
_TO_NOTES = ("Show the agreed line in the notes", "G")
_TIPS = {str(how): (text, keys[0]) for how, text, keys in _DECISIONS} | {NOTES: _TO_NOTES}


class LinesList(QListView):
    """Shows rows and tells what a person wants of the current one; it changes nothing itself."""

    decided = Signal(str, object, object, bool)  # row, How, the words agreed or None, whether to go on to the next
    lacking = Signal(object)  # How: the current row has no such line, or no words were agreed
    line_asked = Signal(str)  # key of an agreed line
    came = Signal()  # to another row
    refused = Signal()  # a decision was asked for on finished notes, and nobody has said why they are changed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LinesModel(self)
        self.painter = LinesDelegate(self)
        self._editor: AgreedEdit | None = None
        self._pressed = ("", "")
        self._sealed = False
        self._deciding: list[QAction] = []
        self.setModel(self.lines)
        self.setItemDelegate(self.painter)
        self.setAccessibleName("Lines side by side")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)
        self.verticalScrollBar().valueChanged.connect(self._place_editor)
        self.selectionModel().currentChanged.connect(self._moved)
        self._add_actions()
        theme().changed.connect(self.viewport().update)

    # Showing

    @property
    def row(self) -> LineRow | None:
        """The current row."""
        index = self.currentIndex()
        return self.lines.rows[index.row()] if index.isValid() else None

    @property
    def editor(self) -> AgreedEdit | None:
        """The editor of the agreed line, while it is open."""
        return self._editor

    def show_rows(self, rows: Sequence[LineRow], *, read_only: bool, sealed: bool = False) -> None:
        """Show other rows; the current one stays current, else the one in its place is.

        Decisions are not offered where it is `read_only`, and refused while the notes are `sealed`.
        """
        self._sealed = sealed
        place, row = self.currentIndex().row(), self.row
        scroll = self.verticalScrollBar().value()
        self.painter.read_only = read_only
        for action in self._deciding:
            action.setEnabled(not read_only)
        self.lines.show_rows(rows)
        if self._editor is not None and self.lines.place(self.painter.editing) < 0:
            self._finish(keep=False, go_on=False)
        if self.row is None and row is not None and rows:
            kept = self.lines.place(row.key)
            self.set_current(kept if kept >= 0 else min(place, len(rows) - 1))
            self.verticalScrollBar().setValue(scroll)
        self.scheduleDelayedItemsLayout()

    def set_current(self, place: int) -> None:
        """Make a row the current one, and bring it into view; none where `place` is -1."""
        self.setCurrentIndex(self.lines.index(place) if place >= 0 else QModelIndex())

    def next_open(self) -> None:
        """Go to the next row not decided, from the current one on and round."""
        place = self.lines.open_after(self.currentIndex().row())
        if place >= 0:
            self.set_current(place)

    def spot_point(self, place: int, spot: str) -> QPoint:
        """Give the middle of a spot of a row in the viewport, for whoever wants to click it."""
        index = self.lines.index(place)
        spots = dict(self.painter.parts(index.data(ROW), QRectF(self.visualRect(index))).spots)
        return spots[spot].center().toPoint()

    # Keys

    def _add_actions(self) -> None:
        for how, text, keys in _DECISIONS:
            self._deciding.append(bind_key(self, text, keys, partial(self.decide, how)))
        bind_key(self, "Next row not decided", ("N",), self.next_open)
        bind_key(self, "Row below", ("Down", "J"), partial(self._step, 1))
        bind_key(self, "Row above", ("Up", "K"), partial(self._step, -1))
        bind_key(self, _TO_NOTES[0], (_TO_NOTES[1],), self._ask_line)

    def keyboardSearch(self, search: str) -> None:
        """Letters decide; they do not search."""

    def decide(self, how: How) -> None:
        """Ask for a decision on the current row; to edit asks for the words first."""
        self.close_editor()
        row = self.row
        if row is None or self.painter.read_only:
            return
        if self._sealed:
            self.refused.emit()
        elif not row.offers(how):
            self.lacking.emit(how)
        elif how is How.EDIT:
            self._open_editor(row.to_edit)
        else:
            self.decided.emit(row.key, how, None, True)  # noqa: FBT003 - as the signal is declared

    def _step(self, by: int) -> None:
        place = self.currentIndex().row() + by
        if 0 <= place < len(self.lines.rows):
            self.set_current(place)

    def _ask_line(self) -> None:
        row = self.row
        if row is not None and row.agreed:
            self.close_editor()
            self.line_asked.emit(row.agreed[0].key)

    # Editing

    def close_editor(self) -> None:
        """Keep the words being written, where they were changed, and close their editor."""
        if self._editor is not None:
            text = self._editor.text
            self._finish(keep=bool(text.strip()) and text != self._editor.first, go_on=False)

    def keep_editing(self, key: str, text: str) -> None:
        """Open a row again with words that could not be saved, so that they are not lost."""
        if self._editor is None and self.lines.place(key) >= 0:
            self.set_current(self.lines.place(key))
            self._open_editor(text, saved=False)

    def _open_editor(self, text: str, *, saved: bool = True) -> None:
        row = self.row
        if row is None:
            return
        self.painter.editing, self.painter.editor_height = row.key, 1.0  # until its words are broken into lines
        self._editor = AgreedEdit(text, self.viewport())
        if not saved:
            self._editor.first = ""  # so that closing it does not take the words for unchanged
        self._editor.done.connect(self._end)
        self._editor.grew.connect(self._fit_editor)
        self._place_editor()
        self._editor.show()
        self._fit_editor()
        self._editor.setFocus()

    def _end(self, keep: bool) -> None:  # noqa: FBT001 - as the signal hands it over
        """Finish editing by key; words that are none can't be agreed."""
        if keep and self._editor is not None and not self._editor.text.strip():
            self.lacking.emit(How.EDIT)
        else:
            self._finish(keep=keep, go_on=True)

    def _finish(self, *, keep: bool, go_on: bool) -> None:
        editor, self._editor = self._editor, None
        key, self.painter.editing = self.painter.editing, ""
        if editor is None:
            return
        if go_on or editor.hasFocus():
            self.setFocus()
        editor.hide()
        editor.deleteLater()
        self._lay_out_anew()
        if keep:
            self.decided.emit(key, How.EDIT, editor.text, go_on)

    def _fit_editor(self) -> None:
        """Give the editor the height of its words, and the row that of its editor."""
        if self._editor is None or self._editor.wanted_height() == self.painter.editor_height:
            return
        self.painter.editor_height = self._editor.wanted_height()
        self._lay_out_anew()
        self.scrollTo(self.currentIndex())
        self._place_editor()

    def _lay_out_anew(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        self.viewport().update()

    def _place_editor(self) -> None:
        place = self.lines.place(self.painter.editing) if self._editor is not None else -1
        if self._editor is not None and place >= 0:
            index = self.lines.index(place)
            where = self.painter.parts(self.lines.rows[place], QRectF(self.visualRect(index))).editor
            self._editor.setGeometry(where.toRect())

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the spot that was pressed."""
        self._pressed = self._spot_at(event.position())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Use the spot that was clicked."""
        super().mouseReleaseEvent(event)
        key, spot = self._spot_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or not spot or (key, spot) != self._pressed:
            return
        if spot == NOTES:
            self._ask_line()
        else:
            self.decide(How(spot))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be done with the row under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self._spot_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self._hover(("", ""))

    def _hover(self, spot: tuple[str, str]) -> None:
        if spot != self.painter.hovered:
            self.painter.hovered = spot
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if spot[1] else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def _spot_at(self, point: QPointF) -> tuple[str, str]:
        index = self.indexAt(point.toPoint())
        if not index.isValid():
            return "", ""
        row: LineRow = index.data(ROW)
        return row.key, self.painter.parts(row, QRectF(self.visualRect(index))).at(point)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what a spot does, and its key."""
        if event.type() == QEvent.Type.ToolTip:
            self._tell_spot(event)  # type: ignore[arg-type]
            return True
        return super().viewportEvent(event)

    def _tell_spot(self, event: QHelpEvent) -> None:
        spot = self._spot_at(event.pos().toPointF())[1]
        QToolTip.showText(event.globalPos(), with_key(*_TIPS[spot]) if spot else "", self)

    # Fitting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows anew when the width changes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._place_editor()
            self._fit_editor()

    def doItemsLayout(self) -> None:
        """Keep the editor where its row is."""
        super().doItemsLayout()
        self._place_editor()

    def _moved(self, _index: Index, _before: Index) -> None:
        self.close_editor()
        self.came.emit()
