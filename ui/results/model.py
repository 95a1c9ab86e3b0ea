"""The heat map's item model: cases by principles, and the overall level in the last column."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.analysis.compare import Direction, Trend
from app.analysis.overview import Standing, overall_standing, standing
from app.analysis.standing import OVERALL
from app.scoring.explain import points_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.analysis.assessment import Assessment, JudgedCase
    from app.analysis.compare import Place
    from app.model.setting import Case
    from app.rubric.structure import Rubric

CELL: Final = int(Qt.ItemDataRole.UserRole)
"""Gives a `Cell`."""

SUBTITLE: Final = CELL + 1
"""Of a row's head: what kind of case it is."""

Index = QModelIndex | QPersistentModelIndex

NO_TREND: Final = Trend()
_WAYS: Final = {Direction.UP: "rose:", Direction.DOWN: "fell:", Direction.SAME: "stayed:"}


@dataclass(frozen=True)
class Cell:
    """One level of the heat map; `of` is how many levels the rubric has.

    `limits` is whether this principle holds the case back, where not all of them do alike; `figure` is what the
    answers come to where the rubric counts points, "3.5 of 7 points"; `trend` which way the level went.
    """

    place: Place
    standing: Standing
    of: int
    limits: bool = False
    figure: str = ""
    trend: Trend = NO_TREND

    @property
    def words(self) -> str:
        """The whole of it in a line."""
        way = _WAYS.get(self.trend.direction, "")
        trend = " ".join(filter(None, (way, self.trend.words)))
        return ", ".join(filter(None, (self.standing.words, self.figure, trend)))


class HeatMapModel(QAbstractTableModel):
    """Follows an assessment: only the cells that changed are told to have changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Cell, ...]] = []
        self._cases: list[Case] = []
        self._known: dict[str, tuple[JudgedCase, tuple[Trend, ...], tuple[Cell, ...]]] = {}
        self._heads: tuple[tuple[str, str, str], ...] = ()  # key, words and all the words of each column

    def show_assessment(self, assessment: Assessment, trends: Mapping[Place, Trend] | None = None) -> None:
        """Show an assessment, and which way its levels went where that is known."""
        rows = [self._row(assessment, case, trends or {}) for case in assessment.cases]
        self._show(assessment.rubric, [each.case for each in assessment.cases], rows)

    def _show(self, rubric: Rubric, cases: list[Case], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show rows of cells, one for each case, in the columns of a rubric."""
        heads = _heads(rubric)
        if heads == self._heads and cases == self._cases:
            self._replace(list(rows))
            return
        self.beginResetModel()
        self._heads, self._rows, self._cases = heads, list(rows), cases
        self.endResetModel()

    @property
    def cells(self) -> list[Cell]:
        """All cells, case by case."""
        return [cell for row in self._rows for cell in row]

    @property
    def has_overall(self) -> bool:
        """Whether the last column has the overall levels."""
        return bool(self._heads) and self._heads[-1][0] == OVERALL

    def cell(self, index: Index) -> Cell:
        """Give what is in a cell."""
        return self._rows[index.row()][index.column()]

    def row(self, row: int) -> tuple[Cell, ...]:
        """Give the cells of a case."""
        return self._rows[row]

    def row_of(self, case: str) -> int:
        """Find a case; the first where it is not there."""
        return next((row for row, each in enumerate(self._cases) if each.key == case), 0)

    def index_of(self, place: Place) -> QModelIndex:
        """Find the cell of a case and principle; an invalid index where there is none."""
        for row, cells in enumerate(self._rows):
            for column, cell in enumerate(cells):
                if cell.place == place:
                    return self.index(row, column)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row per case."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """One column per principle, and one for the overall level where the rubric has one."""
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Give a level in words, for eyes and for screen readers."""
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        sentence = f"{self._cases[index.row()].name}, {self._heads[index.column()][1]}: {cell.words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{html.escape(sentence)}</qt>"  # else Qt guesses whether a name is markup
        return sentence if role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(self, section: int, way: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Name a principle or a case; in full where somebody points at it."""
        case = self._cases[section] if way == Qt.Orientation.Vertical else None
        about = (case.ml_type or case.summary) if case else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return case.name if case else self._heads[section][1]
        if role == Qt.ItemDataRole.ToolTipRole:
            told = ": ".join(filter(None, (case.name, about))) if case else self._heads[section][2]
            return f"<qt>{html.escape(told)}</qt>"
        return about if role == SUBTITLE else None

    def _row(self, assessment: Assessment, case: JudgedCase, trends: Mapping[Place, Trend]) -> tuple[Cell, ...]:
        """Give the cells of a case; made anew only where it, or which way its levels went, is another."""
        parts = (*(each.principle.id for each in case.principles), OVERALL)
        went = tuple(trends.get((case.case.key, part), NO_TREND) for part in parts)
        known = self._known.get(case.case.key)
        if known is None or known[0] is not case or known[1] != went:
            self._known[case.case.key] = known = (case, went, _row(assessment, case, trends))
        return known[2]

    def _replace(self, rows: list[tuple[Cell, ...]]) -> None:
        before, self._rows = self._rows, rows
        for row, (old, new) in enumerate(zip(before, rows, strict=True)):
            for column, (was, now) in enumerate(zip(old, new, strict=True) if old is not new else ()):
                if was != now:
                    at = self.index(row, column)
                    self.dataChanged.emit(at, at)


def _heads(rubric: Rubric) -> tuple[tuple[str, str, str], ...]:
    overall = [(OVERALL, "Overall", "The overall level of each case")] if rubric.overall != "none" else []
    return (*((each.id, each.short, each.name) for each in rubric.principles), *overall)


def _row(assessment: Assessment, case: JudgedCase, trends: Mapping[Place, Trend]) -> tuple[Cell, ...]:
    rubric, of = assessment.rubric, len(assessment.rubric.levels)
    key, overall = case.case.key, case.score.overall
    alike = len(overall.limiting_all) == sum(score.rated for score in case.score.principles)
    held_by = () if alike else overall.limiting_all
    cells = [
        Cell(
            (key, each.principle.id),
            standing(rubric, each),
            of,
            each.principle.id in held_by,
            points_text(rubric, each.score.points),
            trends.get((key, each.principle.id), NO_TREND),
        )
        for each in case.principles
    ]
    if rubric.overall != "none":
        figure, trend = points_text(rubric, overall.points), trends.get((key, OVERALL), NO_TREND)
        cells.append(Cell((key, OVERALL), overall_standing(rubric, case), of, figure=figure, trend=trend))
    return tuple(cells)
