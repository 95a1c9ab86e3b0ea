"""The item model of the list of criteria; one row changes, one row is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.assess.rows import CriterionRow, HeadRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ui.assess.rows import Row

Index = QModelIndex | QPersistentModelIndex
KEY = int(Qt.ItemDataRole.UserRole)
ROW = KEY + 1


class CriteriaModel(QAbstractListModel):
    """Principles, levels and criteria as one list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; where the keys stay, only those that changed are told of."""
        rows = list(rows)
        if [(type(row), row.key) for row in rows] != [(type(row), row.key) for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        changed = [place for place, (old, new) in enumerate(zip(self.rows, rows, strict=True)) if old != new]
        self.rows = rows
        for place in changed:
            self.dataChanged.emit(self.index(place), self.index(place))

    def place(self, key: str) -> int:
        """Find a criterion's row; -1 where it is not listed."""
        return next((n for n, row in enumerate(self.rows) if isinstance(row, CriterionRow) and row.key == key), -1)

    def head_place(self, place: int) -> int:
        """Find the head of the principle that a row belongs to; -1 for none."""
        return next((n for n in range(min(place, len(self.rows) - 1), -1, -1) if isinstance(self.rows[n], HeadRow)), -1)

    def next_head(self, place: int) -> int:
        """Find the next head after a row; -1 for none."""
        return next((n for n in range(place + 1, len(self.rows)) if isinstance(self.rows[n], HeadRow)), -1)

    def first(self) -> int:
        """Find the first criterion; -1 for none."""
        return next((n for n, row in enumerate(self.rows) if isinstance(row, CriterionRow)), -1)

    def last(self) -> int:
        """Find the last criterion; -1 for none."""
        place = self.step(len(self.rows), -1)
        return place if place < len(self.rows) else -1

    def step(self, place: int, by: int) -> int:
        """Find the criterion above (-1) or below (1) a row; the row itself at the end."""
        found = range(place + by, len(self.rows) if by > 0 else -1, by)
        return next((n for n in found if isinstance(self.rows[n], CriterionRow)), place)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let heads be passed over, and rationales be edited."""
        if not isinstance(self.rows[index.row()], CriterionRow):
            return Qt.ItemFlag.NoItemFlags
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a row."""
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words
        if role == Qt.ItemDataRole.EditRole:
            return row.rationale if isinstance(row, CriterionRow) else ""
        return {KEY: row.key, ROW: row}.get(role)
