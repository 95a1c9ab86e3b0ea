"""The cases as the Quality part lists them: how their criteria stand, and how much there is to look at."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.notebook.wrapping import text_width
from ui.overview.cases_state import KEY, LevelDelegate
from ui.theme import BODY, ROW, SMALL, SPACE
from ui.widgets.grid import dress_table
from ui.widgets.text import in_role

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.analysis.quality import Quality
    from ui.widgets.things import Index

HEADS = ("Case", "Known", "Unknown", "Withheld", "Unanswered", "Evidence", "Look at")
_SPARE = (5, 3, 2)  # columns that give way first where there is too little room
_WORDS = ("", "criteria known", "unknown", "withheld", "unanswered", "answers with evidence", "to look at")
_NAME = (76, 150)  # px, at least, and at most where there are figures to show
_MOST = 7  # rows shown at once
_WORDY = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def case_rows(found: Quality) -> list[tuple[str, ...]]:
    """Lay out how each case stands, all of them first; the first of each row is the case's key."""
    whole = (("", "All cases", found.figures, len(found.concerns)),)
    cases = ((each.key, each.name, each.figures, each.concerns) for each in found.cases)
    return [
        (
            key,
            name,
            f"{figures.answered} of {figures.criteria}",
            str(figures.unknown),
            str(figures.withheld),
            str(figures.unanswered),
            f"{figures.with_evidence} of {figures.answers}",
            str(concerns),
        )
        for key, name, figures, concerns in (*whole, *cases)
    ]


class CasesModel(QAbstractTableModel):
    """All cases, then each by its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[tuple[str, ...]] = []

    def show_quality(self, found: Quality) -> None:
        """Show other figures; nothing moves where the cases are the same."""
        rows = case_rows(found)
        same = [row[0] for row in rows] == [row[0] for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = rows
        if same:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(HEADS) - 1))
        else:
            self.endResetModel()

    def row_of(self, key: str) -> int:
        """Find a case; -1 where it is not there."""
        return next((place for place, row in enumerate(self.rows) if row[0] == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, _parent: Index | None = None) -> int:
        """Count the columns."""
        return len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Name a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = 0) -> object:
        """Give a name or a figure; with what it counts for screen readers and tooltips."""
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return row[column + 1]
        if role in _WORDY:
            words = f"{row[1]}: {row[column + 1]} {_WORDS[column]}" if column else row[1]
            return in_role(words, role)
        return row[0] if role == KEY else None


class CasesTable(QTableView):
    """The table; the current row says which case is listed."""

    chosen = Signal(str)  # a case's key, "" for all

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cases = CasesModel(self)
        self.setModel(self.cases)
        self.setItemDelegate(LevelDelegate(self))
        self.setAccessibleName("Cases: how their criteria stand")
        dress_table(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        heads.setMinimumSectionSize(24)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self._came(now))

    @property
    def case(self) -> str:
        """Key of the case listed, "" for all."""
        index = self.currentIndex()
        return str(index.data(KEY)) if index.isValid() else ""

    def show_quality(self, found: Quality) -> None:
        """Show other figures, as high as they need up to a few cases; the case listed stays so while it is there."""
        case = self.case
        self.blockSignals(True)  # noqa: FBT003 - as Qt's setters
        self.cases.show_quality(found)
        self.choose(case)
        self.blockSignals(False)  # noqa: FBT003 - as Qt's setters
        self._size_columns()
        self.setFixedHeight(min(self.cases.rowCount(), _MOST) * ROW + self.horizontalHeader().sizeHint().height() + 2)

    def choose(self, case: str) -> None:
        """List a case; all where it is not there."""
        self.setCurrentIndex(self.cases.index(max(self.cases.row_of(case), 0), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        self._size_columns()
        super().resizeEvent(event)

    def _size_columns(self) -> None:
        """Make each column as wide as its head or its widest figure; hide some where the name would be cut for them."""
        if not self.cases.rows:
            return
        widths = {column: self._wide(column) for column in range(1, len(HEADS))}
        for column, wide in widths.items():
            self.horizontalHeader().resizeSection(column, wide)
        for column in range(1, len(HEADS)):
            self.setColumnHidden(column, False)  # noqa: FBT003 - as Qt's setters
        least, most = _NAME
        room = self.viewport().width() - min(max(least, self._wide(0)), most) - sum(widths.values())
        for column in _SPARE:
            if room < 0:
                self.setColumnHidden(column, True)  # noqa: FBT003 - as Qt's setters
                room += widths[column]

    def _wide(self, column: int) -> int:
        head = text_width(HEADS[column], SMALL, "semibold")
        figures = (text_width(row[column + 1], BODY, "medium") for row in self.cases.rows)
        return math.ceil(max(head + SPACE[2] + SPACE[0], *(each + SPACE[2] + SPACE[1] for each in figures)) + 1)

    def _came(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(str(index.data(KEY)))
