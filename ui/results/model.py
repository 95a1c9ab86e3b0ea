"""The heat map's item model: cases by principles, and the overall level in the last column."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.analysis.overview import Standing, overall_standing, standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.analysis.assessment import Assessment, JudgedCase

OVERALL: Final = "overall"
"""Stands in a cell's place where another has its principle's id."""

CELL: Final = int(Qt.ItemDataRole.UserRole)
"""Gives a `Cell`."""

SUBTITLE: Final = CELL + 1
"""Of a row's head: what kind of case it is."""

Index = QModelIndex | QPersistentModelIndex
Place = tuple[str, str]
"""Keys of a case and of a principle, or of a case and `OVERALL`."""


class Placed(Protocol):
    """Something that stands in a cell."""

    @property
    def place(self) -> Place:
        """Of which case and principle it is."""
        ...


@dataclass(frozen=True)
class Cell:
    """One level of the heat map; `of` is how many levels the rubric has.

    `limits` is whether this principle holds the case back, where not all of them do alike.
    """

    place: Place
    standing: Standing
    of: int
    limits: bool = False


class PlacesModel(QAbstractTableModel):
    """Cells by case and principle, each with the `place` it stands at: only those that changed are told to have."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Any, ...]] = []
        self._cases: list[Any] = []  # each with its `case`
        self._heads: tuple[tuple[str, str], ...] = ()  # key and words of each column

    def words(self, index: Index) -> str:
        """Say what a cell shows."""
        raise NotImplementedError

    def index_of(self, place: Place) -> QModelIndex:
        """Find the cell of a case and principle; an invalid index where there is none."""
        for row, cells in enumerate(self._rows):
            for column, cell in enumerate(cells):
                if cell.place == place:
                    return self.index(row, column)
        return QModelIndex()

    def place(self, index: Index) -> Place:
        """Say of which case and principle a cell is."""
        place: Place = self._rows[index.row()][index.column()].place
        return place

    def rowCount(self, parent: Index | None = None) -> int:
        """One row per case."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """One column per principle, and one for the overall level."""
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Give a level in words, for eyes and for screen readers."""
        if not index.isValid():
            return None
        if role == CELL:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index)
        name = self._cases[index.row()].case.name
        sentence = f"{name}, {self._heads[index.column()][1]}: {self.words(index)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{html.escape(sentence)}</qt>"  # else Qt guesses whether a name is markup
        return sentence if role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(self, section: int, way: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Name a principle or a case."""
        if way == Qt.Orientation.Horizontal:
            return self._heads[section][1] if role == Qt.ItemDataRole.DisplayRole else None
        case = self._cases[section].case
        if role == Qt.ItemDataRole.DisplayRole:
            return case.name
        return case.ml_type or case.summary if role == SUBTITLE else None

    def _show(self, heads: tuple[tuple[str, str], ...], cases: Sequence[Any], rows: list[tuple[Any, ...]]) -> None:
        same = heads == self._heads and [each.case for each in cases] == [each.case for each in self._cases]
        if same:
            self._cases = list(cases)
            self._replace(rows)
            return
        self.beginResetModel()
        self._heads, self._rows, self._cases = heads, rows, list(cases)
        self.endResetModel()

    def _replace(self, rows: list[tuple[Any, ...]]) -> None:
        before, self._rows = self._rows, rows
        for row, (old, new) in enumerate(zip(before, rows, strict=True)):
            for column, (was, now) in enumerate(zip(old, new, strict=True)):
                if was != now:
                    at = self.index(row, column)
                    self.dataChanged.emit(at, at)


class HeatMapModel(PlacesModel):
    """Follows an assessment."""

    def show_assessment(self, assessment: Assessment) -> None:
        """Show an assessment."""
        heads = (*((each.id, each.short) for each in assessment.rubric.principles), (OVERALL, "Overall"))
        self._show(heads, assessment.cases, [_row(assessment, case) for case in assessment.cases])

    def cell(self, index: Index) -> Cell:
        """Give what is in a cell."""
        cell: Cell = self._rows[index.row()][index.column()]
        return cell

    def words(self, index: Index) -> str:
        """Give a level in words."""
        return self.cell(index).standing.words


def _row(assessment: Assessment, case: JudgedCase) -> tuple[Cell, ...]:
    rubric, of = assessment.rubric, len(assessment.rubric.levels)
    key = case.case.key
    held_by = case.score.overall.limiting_all
    alike = len(held_by) == sum(score.rated for score in case.score.principles)
    return (
        *(
            Cell((key, each.principle.id), standing(rubric, each), of, not alike and each.principle.id in held_by)
            for each in case.principles
        ),
        Cell((key, OVERALL), overall_standing(rubric, case), of),
    )
