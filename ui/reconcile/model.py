"""The item model of lines side by side; where one row changes, one row is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ui.reconcile.rows import LineRow

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)


class LinesModel(QAbstractListModel):
    """Rows of two note-takers' lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[LineRow] = []

    def show_rows(self, rows: Sequence[LineRow]) -> None:
        """Show other rows; where the lines stay, only those that changed are told of."""
        before = self.rows
        if [row.key for row in rows] != [row.key for row in before]:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return
        self.rows = list(rows)
        for place, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))

    def place(self, key: str) -> int:
        """Find a row by its key; -1 for none."""
        return next((place for place, row in enumerate(self.rows) if row.key == key), -1)

    def open_after(self, place: int) -> int:
        """Find the next row not decided after a place, going round, the place itself last; -1 where all are."""
        count = len(self.rows)
        order = ((place + step) % count for step in range(1, count + 1))
        return next((found for found in order if self.rows[found].how is None), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a row."""
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words
        return row if role == ROW else None
