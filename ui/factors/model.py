"""The grid's item model: factors by the organisation and the cases."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.analysis.factors import NOT_JUDGED, STRENGTHS, Column, Place
from app.analysis.todo import count
from app.model.assessment import Strength

if TYPE_CHECKING:
    from app.analysis.factors import FactorTable

PLACE: Final = int(Qt.ItemDataRole.UserRole)
"""Gives the `Place` of a cell, the factor of a row's head, or the `Column` of a column's."""

Index = QModelIndex | QPersistentModelIndex
Spot = tuple[str, str]
"""Keys of a factor and of a case; "" for the organisation."""

_PULLS_NOWHERE = frozenset({None, Strength.UNKNOWN, Strength.NOT_APPLICABLE})


def spot_of(place: Place) -> Spot:
    """Give the keys of a place."""
    return place.factor.key, place.case.key if place.case else ""


def words_of(place: Place) -> str:
    """Say how a factor works."""
    return STRENGTHS[place.strength] if place.strength else NOT_JUDGED


def beside(place: Place) -> str:
    """Say what stands under a strength: how many passages it rests on, and what it was before, where that differs."""
    number = len(place.influence.evidence) if place.influence else 0
    rests = count(number, "passage", "passages") if number else ""
    if place.strength not in _PULLS_NOWHERE and not number:
        rests = "no evidence"
    was = f"was {STRENGTHS[place.before.strength]}" if place.before and place.changed else ""
    return " · ".join(filter(None, (rests, was)))


class FactorModel(QAbstractTableModel):
    """Follows a table of factors: only the cells that changed are told to have changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[Place, ...], ...] = ()
        self._columns: tuple[Column, ...] = ()

    def show_table(self, table: FactorTable) -> None:
        """Show a table; nothing moves where factors and cases are the same."""
        same = _keys(table.rows) == _keys(self._rows) and len(table.columns) == len(self._columns)
        if not same:
            self.beginResetModel()
        heads = self._columns != table.columns
        before, self._rows, self._columns = self._rows, table.rows, table.columns
        if not same:
            self.endResetModel()
            return
        if heads and self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        self._tell(before)

    def place(self, index: Index) -> Place:
        """Give what is in a cell."""
        return self._rows[index.row()][index.column()]

    def index_of(self, spot: Spot) -> QModelIndex:
        """Find the cell of a factor and a case; an invalid index where there is none."""
        for row, places in enumerate(self._rows):
            for column, place in enumerate(places):
                if spot_of(place) == spot:
                    return self.index(row, column)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row per factor."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """One column for the organisation, and one per case."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Give a strength in words, for eyes and for screen readers."""
        if not index.isValid():
            return None
        place = self.place(index)
        if role == PLACE:
            return place
        if role == Qt.ItemDataRole.DisplayRole:
            return words_of(place)
        memo = place.influence.memo if place.influence else ""
        sentence = ". ".join(
            filter(None, (f"{place.factor.name}, {place.where}: {words_of(place)}", beside(place), memo))
        )
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{html.escape(sentence)}</qt>"  # else Qt guesses whether a memo is markup
        return sentence if role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(self, section: int, way: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Name a factor, the organisation, or a case with its level."""
        if way == Qt.Orientation.Vertical:
            factor = self._rows[section][0].factor
            told = ". ".join(filter(None, (factor.name, factor.definition)))
            told = f"<qt>{html.escape(told)}</qt>"
            roles = Qt.ItemDataRole
            return {PLACE: factor, int(roles.DisplayRole): factor.name, int(roles.ToolTipRole): told}.get(role)
        column = self._columns[section]
        if role == PLACE:
            return column
        level = f", {column.standing.words}" if column.standing else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{html.escape(f'{column.name}{level}')}</qt>"
        return column.name if role == Qt.ItemDataRole.DisplayRole else None

    def _tell(self, before: tuple[tuple[Place, ...], ...]) -> None:
        for row, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            for column, (was, now) in enumerate(zip(old, new, strict=True)):
                if was != now:
                    at = self.index(row, column)
                    self.dataChanged.emit(at, at)
            if old[0].factor != new[0].factor:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)


def _keys(rows: tuple[tuple[Place, ...], ...]) -> list[list[Spot]]:
    return [[spot_of(place) for place in row] for row in rows]
