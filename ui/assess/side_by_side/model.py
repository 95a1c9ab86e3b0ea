"""The matrix's item model: criteria by cases; one answer changes, one cell is painted."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.assess.rows import CriterionRow, GateRow, HeadRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ui.assess.case_tabs import CaseTab
    from ui.assess.rows import Row
    from ui.assess.side_by_side.lines import Line

Index = QModelIndex | QPersistentModelIndex
ROW: Final = int(Qt.ItemDataRole.UserRole)
"""Gives the row of a cell, the `Line` of a head at the left, the `CaseTab` of one above."""

_DISPLAY, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)
_TOLD = int(Qt.ItemDataRole.AccessibleTextRole)
UNANSWERED: Final = "\N{EN DASH}"


class Spot(NamedTuple):
    """A case and a criterion, by their keys."""

    case: str
    criterion: str


class MatrixModel(QAbstractTableModel):
    """Follows lines: only the cells that changed are told to have changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.columns: list[CaseTab] = []

    def show_lines(self, lines: Sequence[Line], columns: Sequence[CaseTab]) -> None:
        """Show other lines; nothing moves where criteria and cases are the same."""
        before, heads = self.lines, self.columns
        same = [(type(each.rows[0]), each.key) for each in before] == [(type(each.rows[0]), each.key) for each in lines]
        if not same or [each.key for each in heads] != [each.key for each in columns]:
            self.beginResetModel()
            self.lines, self.columns = list(lines), list(columns)
            self.endResetModel()
            return
        self.lines, self.columns = list(lines), list(columns)
        for place, (old, new) in enumerate(zip(heads, columns, strict=True)):
            if old != new:
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, place, place)
        self._tell(before)

    def _tell(self, before: Sequence[Line]) -> None:
        for place, (old, new) in enumerate(zip(before, self.lines, strict=True)):
            for column, (was, now) in enumerate(zip(old.rows, new.rows, strict=True)):
                if was is not now and was != now:
                    at = self.index(place, column)
                    self.dataChanged.emit(at, at)

    def row(self, index: Index) -> Row:
        """Give what is in a cell."""
        return self.lines[index.row()].rows[index.column()]

    def spot(self, index: Index) -> Spot | None:
        """Name the case and the criterion of a cell; None for a head and for no cell."""
        if not index.isValid() or not isinstance(self.row(index), CriterionRow):
            return None
        return Spot(self.columns[index.column()].key, self.lines[index.row()].key)

    def index_of(self, spot: Spot) -> QModelIndex:
        """Find the cell of a case and a criterion; an invalid index where it is not shown."""
        column = next((n for n, each in enumerate(self.columns) if each.key == spot.case), -1)
        place = next((n for n, each in enumerate(self.lines) if each.key == spot.criterion and each.answers), -1)
        return self.index(place, column) if place >= 0 and column >= 0 else QModelIndex()

    def step(self, place: int, by: int) -> int:
        """Find the criterion's line so many further down, or up; the last one on the way at the end."""
        found, way = place, 1 if by > 0 else -1
        for line in range(place + way, len(self.lines) if by > 0 else -1, way):
            if self.lines[line].answers:
                found, by = line, by - way
                if not by:
                    break
        return found

    def rowCount(self, parent: Index | None = None) -> int:
        """One row for each principle, level and criterion."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """One column for each case."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let heads be passed over."""
        if not index.isValid() or not isinstance(self.row(index), CriterionRow):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Give what a view or screen reader asks of a cell."""
        if not index.isValid():
            return None
        row = self.row(index)
        if role == ROW:
            return row
        if role == _DISPLAY:
            return cell_words(row)
        if role not in (_TOLD, _TIP):
            return None
        told = f"{self.columns[index.column()].name}: {row.words}"
        return told if role == _TOLD else _plain(told)

    def headerData(self, section: int, way: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Name a criterion, a level, a principle, or a case with its overall level."""
        across = way == Qt.Orientation.Horizontal
        if section >= (len(self.columns) if across else len(self.lines)):
            return None
        if across:
            column = self.columns[section]
            return {ROW: column, _DISPLAY: column.name, _TOLD: column.words, _TIP: _plain(column.words)}.get(role)
        line = self.lines[section]
        return {ROW: line, _DISPLAY: line.name, _TOLD: line.statement, _TIP: _plain(line.statement)}.get(role)


def cell_words(row: Row) -> str:
    """Say in a word what a cell shows: the own answer, the level of a principle, whether a level is reached."""
    if isinstance(row, HeadRow):
        return row.standing.name
    if isinstance(row, GateRow):
        return "reached" if row.reached else ""
    return row.answers.step(row.own).short if row.own else UNANSWERED


def _plain(text: str) -> str:
    return f"<qt>{html.escape(text)}</qt>"  # else Qt guesses whether what somebody wrote is markup
