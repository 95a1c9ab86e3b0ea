"""The item model of how answers spread over cases: a row for each criterion, a column for each answer."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from app.analysis.overview import joined
from app.analysis.todo import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from app.analysis.distribution import Distribution, Offered, Spread
    from app.model.setting import Case
    from ui.results.model import Index

SPREAD: Final = int(Qt.ItemDataRole.UserRole)
"""Of a cell or a row's head: its `Spread`."""

OFFERED: Final = SPREAD + 1
"""Of a column's head: its `Offered`; None of the first, which has all of them."""

ALL: Final = "all"
"""Stands in a spot for all the answers of a criterion; "" is for cases without any."""

_SHOWN: Final = int(Qt.ItemDataRole.DisplayRole)


class Spot(NamedTuple):
    """A cell: the id of a criterion, and an answer's value, `ALL` or "" (unanswered)."""

    criterion: str
    answer: str = ALL


class SpreadModel(QAbstractTableModel):
    """Criteria by answers; the first column has all answers of a criterion, the others how many cases have one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: Distribution | None = None
        self.spreads: tuple[Spread, ...] = ()
        self._answers: tuple[Offered, ...] = ()

    def show(self, found: Distribution, spreads: Sequence[Spread]) -> None:
        """Show some criteria of a distribution, in their order."""
        self.beginResetModel()
        self.shown, self.spreads, self._answers = found, tuple(spreads), found.answers
        self.endResetModel()

    def cases(self, index: Index) -> tuple[Case, ...]:
        """Give the cases of a cell, or of all cells of its row."""
        spread = self.spreads[index.row()]
        if index.column():
            return spread.cases[index.column() - 1]
        return tuple(case for here in spread.cases for case in here)

    def spot(self, index: Index) -> Spot:
        """Say which cell an index is of."""
        criterion = self.spreads[index.row()].criterion.id
        return Spot(criterion, answer_key(self._answers[index.column() - 1])) if index.column() else Spot(criterion)

    def index_of(self, spot: Spot) -> QModelIndex:
        """Find a cell, or the first of its row where its answer is not there; invalid where the criterion is not."""
        for row, spread in enumerate(self.spreads):
            if spread.criterion.id == spot.criterion:
                keys = [ALL, *map(answer_key, self._answers)]
                return self.index(row, keys.index(spot.answer) if spot.answer in keys else 0)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row per criterion."""
        return 0 if parent is not None and parent.isValid() else len(self.spreads)

    def columnCount(self, parent: Index | None = None) -> int:
        """One column for all answers together, and one for each."""
        return 0 if parent is not None and parent.isValid() else len(self._answers) + bool(self.shown)

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        """Give how many cases there are, for eyes and for screen readers."""
        if not index.isValid():
            return None
        if role == SPREAD:
            return self.spreads[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{html.escape(self._sentence(index))}</qt>"
        return self._sentence(index) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(self, section: int, way: Qt.Orientation, role: int = _SHOWN) -> Any:
        """Name an answer or a criterion; in full where somebody points at it."""
        if way == Qt.Orientation.Horizontal:
            return self._answer_head(section, role)
        spread = self.spreads[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return spread.criterion.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{html.escape(spread.criterion.statement)}</qt>"
        return spread if role == SPREAD else None

    def _answer_head(self, section: int, role: int) -> Any:
        offered = self._answers[section - 1] if section else None
        if role == OFFERED:
            return offered
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{html.escape(offered.label if offered else 'All cases, by their answer')}</qt>"
        if role == Qt.ItemDataRole.DisplayRole:
            return offered.short if offered else "All cases"
        return None

    def _words(self, index: Index) -> str:
        if not index.column():
            return self.shown.words(self.spreads[index.row()]) if self.shown else ""
        number = len(self.cases(index))
        return str(number) if number else ""

    def _sentence(self, index: Index) -> str:
        spread = self.spreads[index.row()]
        if not index.column():
            return f"{spread.criterion.name.capitalize()}: {self._words(index)}"
        cases = self.cases(index)
        names = f": {joined(case.name for case in cases)}" if cases else ""
        label = self._answers[index.column() - 1].label
        return f"{spread.criterion.name.capitalize()}, {label}: {count(len(cases), 'case', 'cases')}{names}"


def answer_key(offered: Offered) -> str:
    """Name an answer among those of a `Spot`."""
    return offered.verdict.value if offered.verdict is not None else ""
