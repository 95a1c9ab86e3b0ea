"""A table that is written in place, by keyboard alone or with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.overview.grid_cells import CellDelegate, CellEditor, Then
from ui.overview.grid_model import GridModel
from ui.theme import theme
from ui.widgets.fields import ChoiceField, LineField, TextField
from ui.widgets.keys import letter_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QMouseEvent, QResizeEvent

    from ui.overview.grid_model import Column, Index, Line

_NARROWEST = 80  # px of a column that takes what is left
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class Grid(QTableView):
    """Lines written in place; the blank row begins another.

    Arrow keys walk the cells. Enter or F2 opens one, Enter again keeps it and goes down, Tab keeps it and goes on,
    Escape leaves it as it was. It only asks: whoever shows it does what was asked and calls `show_lines` again.
    `check` says in one sentence why a value can't be kept ("" where it can), by the line's key ("" for a new
    one), column and value; such a value stays in its editor.
    """

    edited = Signal(str, int, object)  # key, column, value
    begun = Signal(int, object)  # the new line's place among the lines, and the values it begins with
    remove_asked = Signal(str)  # key
    move_asked = Signal(str, int)  # key, its new place
    refused = Signal(str)  # why a value can't be kept; "" when that is over
    current_moved = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        check: Callable[[str, int, object], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._check = check
        self._again = False
        self._editor: CellEditor | None = None
        self._at = QPersistentModelIndex()
        self.lines = GridModel(columns, self)
        self.cells = CellDelegate(self._columns, self)
        self.setAccessibleName(name)
        self.setModel(self.lines)
        self.setItemDelegate(self.cells)
        self._dress()
        self.lines.modelAboutToBeReset.connect(self._forget_editor)
        self.cells.done.connect(self._leave_cell)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().currentChanged.connect(lambda *_: self.current_moved.emit())
        theme().changed.connect(self.viewport().update)

    # What is shown

    @property
    def current(self) -> str:
        """Key of the current line, "" for the blank row or none."""
        index = self.currentIndex()
        line = self.lines.line(index.row()) if index.isValid() else None
        return line.key if line else ""

    @property
    def place(self) -> int:
        """The current line's place among the lines; -1 for none."""
        return self.lines.place_of(self.current)

    def show_lines(self, lines: Sequence[Line], *, writable: bool) -> None:
        """Show other lines; the current one stays current, or its neighbour is."""
        index, key = self.currentIndex(), self.current
        row, column = index.row(), index.column()
        self.lines.show_lines(lines, writable=writable)
        if row >= 0 and not self.currentIndex().isValid():
            found = self.lines.row_of(key) if key else self.lines.blank
            self.go_to(found if found >= 0 else min(row, max(len(lines) - 1, 0)), column)
        self._fit_rows()
        self.current_moved.emit()

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one, or the nearest there is."""
        last = self.lines.rowCount() - 1
        self.setCurrentIndex(self.lines.index(max(min(row, last), 0), column))

    # What is asked for

    def begin(self) -> None:
        """Begin a new line after the last."""
        self._begin_at(len(self.lines.lines))

    def begin_below(self) -> None:
        """Begin a new line under the current one."""
        self._settle()
        self._begin_at(self.place + 1 if self.current else len(self.lines.lines))

    def move_line(self, step: int) -> None:
        """Ask for the current line to be moved up (-1) or down (1)."""
        self._settle()
        to = self.place + step
        if self.current and 0 <= to < len(self.lines.lines):
            self.move_asked.emit(self.current, to)

    def remove_line(self) -> None:
        """Ask for the current line to be removed."""
        self._settle()
        if self.current:
            self.remove_asked.emit(self.current)

    def leave(self) -> None:
        """Hand over what is being written; a line only half begun is none."""
        self._settle()
        self.refused.emit("")
        self._let_go()

    # Writing a cell

    def write(self, index: Index, *, offer: bool = False) -> None:
        """Open a cell's editor; with `offer` what can be chosen is shown at once."""
        cell = self.lines.index(index.row(), index.column())
        if not cell.isValid() or not self.lines.flags(cell) & Qt.ItemFlag.ItemIsEditable:
            return
        self._settle()
        self.setCurrentIndex(cell)
        self.refused.emit("")
        self.edit(cell)
        self._editor, self._at = self.cells.editor, QPersistentModelIndex(cell)
        if isinstance(self._editor, TextField):
            self._editor.moveCursor(QTextCursor.MoveOperation.End)
        elif isinstance(self._editor, LineField):
            self._editor.selectAll()
        elif isinstance(self._editor, ChoiceField) and offer:
            self._editor.showPopup()

    def _leave_cell(self, editor: CellEditor, then: Then) -> None:
        """Close a cell's editor, hand over what was written, and go where the key leads."""
        if editor is not self._editor:
            return
        row, column, value = self._at.row(), self._at.column(), _value(editor)
        line = self.lines.line(row)
        given_up = then is Then.GIVE_UP
        sentence = "" if given_up else self._why_not(line, column, value)
        self.refused.emit(sentence)
        if sentence and then is not Then.NOWHERE:
            return
        self._editor = None
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if line is not None:
            self._line_left(line, row, column, line.values[column] if sentence or given_up else value, then)
        elif given_up:
            self._let_go()
        else:
            self._blank_left(column, "" if sentence else value, then)

    def _why_not(self, line: Line | None, column: int, value: object) -> str:
        """Say why a value can't be kept; words that were all taken away just come back."""
        others = self.lines.draft.keys() - {column}
        if value == "" and (line is not None or not others):
            return ""
        return self._check(line.key if line else "", column, value)

    def _line_left(self, line: Line, row: int, column: int, value: object, then: Then) -> None:
        if value not in ("", line.values[column]) or (value == "" and not self._columns[column].begins):
            self.edited.emit(line.key, column, value)
            row = self._row_after(line.key, row, column, value)
        if then is Then.DOWN:
            self.go_to(row + 1, column)
        elif then in {Then.ON, Then.BACK}:
            self._write_next(row, column, 1 if then is Then.ON else -1)

    def _row_after(self, key: str, row: int, column: int, value: object) -> int:
        """Find the line that a cell was written in; it may be called by what was written."""
        if self.lines.place_of(key) < 0:
            key = next((line.key for line in self.lines.lines if line.values[column] == value), "")
        return self.lines.row_of(key) if key else row

    def _blank_left(self, column: int, value: object, then: Then) -> None:
        """Keep what was written into the blank row; the line is begun once all it begins with is there."""
        kept = {at: before for at, before in self.lines.draft.items() if at != column}
        self.lines.write_draft(kept | {column: value} if value else kept)
        missing = self._missing()
        if not self.lines.draft:
            self._let_go()
        elif missing is None:
            self._begun(then)
        elif then is Then.BACK:
            self.write(self.lines.index(self.lines.blank, max(column - 1, 0)))
        elif then is not Then.NOWHERE:
            self.write(self.lines.index(self.lines.blank, missing))

    def _begun(self, then: Then) -> None:
        """Ask for the new line; if it is refused, what was written stays in the blank row."""
        lines, draft = self.lines, self.lines.draft
        at, before = lines.blank, len(lines.lines)
        among = at < before
        lines.write_draft({})
        self.begun.emit(at, tuple(draft[column] for column in sorted(draft)))
        if len(lines.lines) == before:
            lines.write_draft(draft)
        elif then is Then.NOWHERE:
            self._let_go()
            self.go_to(lines.row_of(lines.lines[at].key), 0)
        else:
            self._move_blank(at + 1 if among else len(lines.lines))
            last = max(place for place, column in enumerate(self._columns) if column.begins)
            if then is Then.ON and last + 1 < len(self._columns):
                self.write(lines.index(lines.row_of(lines.lines[at].key), last + 1))
            else:
                self.write(lines.index(lines.blank, 0))

    def _write_next(self, row: int, column: int, step: int) -> None:
        """Open the next cell of the line, then those of the next line."""
        row, column = divmod(row * len(self._columns) + column + step, len(self._columns))
        if 0 <= row < self.lines.rowCount():
            self.write(self.lines.index(row, column))

    def _begin_at(self, place: int) -> None:
        if self.lines.writable:
            self._settle()
            self._move_blank(place)
            self.write(self.lines.index(self.lines.blank, self._missing() or 0))

    def _missing(self) -> int | None:
        """Give the first column that the new line begins with and that is still empty."""
        return next((at for at, each in enumerate(self._columns) if each.begins and at not in self.lines.draft), None)

    def _settle(self) -> None:
        if self._editor is not None:
            self._leave_cell(self._editor, Then.NOWHERE)

    def _let_go(self) -> None:
        """Make the blank row the last again, with nothing in it; who stood on it stands on the line above."""
        on_blank = self.currentIndex().isValid() and not self.current
        among, row = self.lines.blank < len(self.lines.lines), self.currentIndex().row()
        if self.lines.draft:
            self.lines.write_draft({})
        self._move_blank(len(self.lines.lines))
        if on_blank and among:
            self.go_to(row - 1, 0)

    def _move_blank(self, to: int) -> None:
        key, column = self.current, self.currentIndex().column()
        if to == self.lines.blank:
            return
        self.lines.move_blank(to)
        self.go_to(self.lines.row_of(key) if key else self.lines.blank, max(column, 0))
        self._fit_rows()

    def _forget_editor(self) -> None:
        self._editor = None

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember whether the cell was the current one already: a second click opens it."""
        index = self.indexAt(event.position().toPoint())
        self._again = index.isValid() and index == self.currentIndex() and self.hasFocus()
        super().mousePressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.isValid() and self.lines.line(index.row()) is None:
            self.write(self._meant(index))
        elif index.isValid() and self._again:
            self.write(index, offer=True)

    def _double_clicked(self, index: QModelIndex) -> None:
        if self._editor is None:
            self.write(index, offer=True)

    def _meant(self, index: QModelIndex) -> QModelIndex:
        """Give the cell that is written when one is asked for: in the blank row not every one can be."""
        if self.lines.line(index.row()) is not None or self._columns[index.column()].begins:
            return index
        return self.lines.index(index.row(), self._missing() or 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a cell on Enter, F2, or by typing where that replaces no words; let go of the blank row on Escape."""
        index = self.currentIndex()
        if event.key() in _OPENS and index.isValid():
            self.write(self._meant(index), offer=True)
        elif event.key() == Qt.Key.Key_Escape and (self.lines.draft or self.lines.blank < len(self.lines.lines)):
            self._let_go()
        elif index.isValid() and self._typed_into(index, event):
            self.write(self._meant(index))
            if self._editor is not None:
                QCoreApplication.sendEvent(self._editor, _copy(event))
        else:
            super().keyPressEvent(event)

    def _typed_into(self, index: QModelIndex, event: QKeyEvent) -> bool:
        text = letter_of(event)
        if not self.lines.writable or not text:
            return False
        is_number = self._columns[index.column()].kind == "number" and text.isdecimal()
        return is_number or self.lines.line(index.row()) is None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand somewhere when reached by key."""
        if not self.currentIndex().isValid():
            self.go_to(0, 0)
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their widths, and wrap anew."""
        super().resizeEvent(event)
        loose = sum(not column.width for column in self._columns)
        rest = self.viewport().width() - sum(column.width for column in self._columns)
        for place, column in enumerate(self._columns):
            self.setColumnWidth(place, column.width or max(rest // loose, _NARROWEST))
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Make every row as high as its words need."""
        for row in range(self.lines.rowCount()):
            self.setRowHeight(row, self.sizeHintForRow(row))

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


def _value(editor: CellEditor) -> object:
    """Give what was written: words on one line, a number, or what was chosen."""
    if isinstance(editor, TextField):
        return " ".join(str(editor.value()).split())
    return int(str(editor.value() or 0)) if isinstance(editor, LineField) else editor.value()


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
