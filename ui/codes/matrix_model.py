"""A matrix of counts as an item model: codes against cases, principles or each other, with totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from app.analysis.todo import count
from ui.widgets.text import in_role

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.analysis.matrices import Matrix
    from ui.widgets.things import Index

SHARE: Final = int(Qt.ItemDataRole.UserRole)
TOTAL: Final = "total"
_ALL: Final = "All"


class MatrixModel(QAbstractTableModel):
    """Counts of passages; the last row and column are totals, passages in several cells counted once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix: Matrix | None = None
        self._totals: dict[tuple[str, str], tuple[str, ...]] = {}
        self._most = 1

    def show(self, matrix: Matrix) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self.matrix = matrix
        found: dict[tuple[str, str], dict[str, None]] = {}
        for (row, column), passages in matrix.cells.items():
            for place in ((row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
                found.setdefault(place, {}).update(dict.fromkeys(passages))
        self._totals = {place: tuple(passages) for place, passages in found.items()}
        self._most = max(map(len, matrix.cells.values()), default=1)
        self.endResetModel()

    def place(self, index: Index) -> tuple[str, str]:
        """Give the keys of a cell's row and column; TOTAL is that of the totals."""
        if self.matrix is None:
            return "", ""
        return _key(self.matrix.row_heads, index.row()), _key(self.matrix.column_heads, index.column())

    def index_of(self, row: str, column: str) -> QModelIndex:
        """Find a cell by its keys; an invalid index where there is none."""
        if self.matrix is None:
            return QModelIndex()
        rows = [*(key for key, _name in self.matrix.row_heads), TOTAL]
        columns = [*(key for key, _name in self.matrix.column_heads), TOTAL]
        if row not in rows or column not in columns:
            return QModelIndex()
        return self.index(rows.index(row), columns.index(column))

    def first(self) -> QModelIndex:
        """Find the first cell that has passages; the first of all where none has."""
        rows = range(self.rowCount() - 1)
        cells = (self.index(row, column) for row in rows for column in range(self.columnCount() - 1))
        return next((cell for cell in cells if self.passages(cell)), self.index(0, 0))

    def passages(self, index: Index) -> tuple[str, ...]:
        """Give the passages of a cell, by their keys."""
        if self.matrix is None:
            return ()
        place = self.place(index)
        return self._totals.get(place, ()) if TOTAL in place else self.matrix.cells.get(place, ())

    def name(self, index: Index) -> str:
        """Name a cell by its heads."""
        row = str(self.headerData(index.row(), Qt.Orientation.Vertical))
        column = str(self.headerData(index.column(), Qt.Orientation.Horizontal))
        names = [name for name, key in zip((row, column), self.place(index), strict=True) if key != TOTAL]
        return " × ".join(names) or "All coded passages"  # noqa: RUF001

    def rowCount(self, _parent: Index | None = None) -> int:
        """Count the rows."""
        return len(self.matrix.row_heads) + 1 if self.matrix is not None and self.matrix.row_heads else 0

    def columnCount(self, _parent: Index | None = None) -> int:
        """Count the columns, that of totals too."""
        return len(self.matrix.column_heads) + 1 if self.matrix is not None and self.matrix.row_heads else 0

    def headerData(self, section: int, way: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give the name of a row or column; as tooltip, too, for those cut short."""
        if self.matrix is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        heads = self.matrix.row_heads if way == Qt.Orientation.Vertical else self.matrix.column_heads
        name = heads[section][1] if section < len(heads) else _ALL
        return in_role(name, role)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a cell."""
        number = len(self.passages(index))
        if role == SHARE:
            return 0.0 if TOTAL in self.place(index) else number / self._most
        if role == Qt.ItemDataRole.DisplayRole:
            return str(number) if number else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = f"{self.name(index)}: {count(number, 'passage', 'passages')}"
            return in_role(words, role)
        return None


def _key(heads: tuple[tuple[str, str], ...], place: int) -> str:
    return heads[place][0] if place < len(heads) else TOTAL
