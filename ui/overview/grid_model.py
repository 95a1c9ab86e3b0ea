"""Lines of a table that is written in place, and the empty row among them where the next one is begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

Index = QModelIndex | QPersistentModelIndex
VALUE = int(Qt.ItemDataRole.UserRole)
NOTE = VALUE + 1
BLANK = VALUE + 2
_TOLD = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


@dataclass(frozen=True)
class Column:
    """One column: its head, how it is written, its width in px (0: what the others leave).

    A new line `begins` with the columns that say so; `hint` says what belongs into them.
    """

    head: str
    kind: Literal["text", "choice", "number"] = "text"
    width: int = 0
    hint: str = ""
    begins: bool = False


@dataclass(frozen=True)
class Line:
    """One line: by column its value, how that reads, and what stands smaller under it."""

    key: str
    values: tuple[object, ...]
    words: tuple[str, ...]
    notes: tuple[str, ...] = ()


class GridModel(QAbstractTableModel):
    """Lines, and while the table can be written the blank row: after the last line, or where one is to go in."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.lines: tuple[Line, ...] = ()
        self.draft: dict[int, object] = {}
        self.writable = True
        self.blank = 0

    def show_lines(self, lines: Sequence[Line], *, writable: bool) -> None:
        """Show other lines; nothing moves where the keys are the same."""
        lines = tuple(lines)
        same = [line.key for line in lines] == [line.key for line in self.lines] and writable == self.writable
        if not same:
            self.beginResetModel()
        at_end = self.blank == len(self.lines)
        self.lines, self.writable = lines, writable
        self.blank = len(lines) if at_end else min(self.blank, len(lines))
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

    def move_blank(self, to: int) -> None:
        """Put the blank row before the line at a place; at the end where there is none."""
        if to != self.blank:
            self.beginResetModel()
            self.blank = min(to, len(self.lines))
            self.endResetModel()

    def write_draft(self, draft: dict[int, object]) -> None:
        """Show what was written into the blank row so far."""
        self.draft = draft
        if self.writable:
            self.dataChanged.emit(self.index(self.blank, 0), self.index(self.blank, len(self.columns) - 1))

    def line(self, row: int) -> Line | None:
        """Give the line in a row; None for the blank one."""
        if self.writable and row == self.blank:
            return None
        return self.lines[row - (self.writable and row > self.blank)]

    def row_of(self, key: str) -> int:
        """Find a line's row; -1 where there is none."""
        place = self.place_of(key)
        return place + (self.writable and place >= self.blank)

    def place_of(self, key: str) -> int:
        """Find a line's place among the lines, whatever row it stands in; -1 where there is none."""
        return next((place for place, line in enumerate(self.lines) if line.key == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the lines, and the blank row."""
        return 0 if parent is not None and parent.isValid() else len(self.lines) + self.writable

    def columnCount(self, _parent: Index | None = None) -> int:
        """Count the columns."""
        return len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Name a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = "AlignRight" if self.columns[section].kind == "number" else "AlignLeft"
            return int(Qt.AlignmentFlag[side] | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let people write everywhere, into the blank row only what a line begins with."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        blank = self.line(index.row()) is None
        can = self.writable and (self.columns[index.column()].begins or not blank)
        return flags | Qt.ItemFlag.ItemIsEditable if can else flags

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a cell."""
        line, column = self.line(index.row()), index.column()
        if line is None:
            return self._blank(column, role)
        note = line.notes[column] if line.notes else ""
        words = line.words[column]
        if role in _TOLD:
            return f"{words}, {note}" if note else words
        return {int(Qt.ItemDataRole.DisplayRole): words, VALUE: line.values[column], NOTE: note}.get(int(role))

    def _blank(self, column: int, role: int) -> object:
        written = str(self.draft.get(column, ""))
        if role == Qt.ItemDataRole.DisplayRole or role in _TOLD:
            return written or self.columns[column].hint
        return {VALUE: written, BLANK: not written}.get(int(role))
