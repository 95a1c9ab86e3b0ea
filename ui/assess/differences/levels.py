"""How far assessors agree, and a case's levels as each of them, and the team, has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.analysis.answer_agreement import answer_agreement
from app.analysis.by_assessor import heads, levels_by_assessor
from app.analysis.todo import count
from ui.overview.cases_state import KEY, LEVELS, ROW, STANDING, LevelDelegate
from ui.theme import BODY, SMALL, SPACE
from ui.widgets import TextLabel
from ui.widgets.grid import dress_table
from ui.widgets.text import in_role

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.analysis.answer_agreement import AnswerAgreement, AnswerMeasure
    from app.analysis.assessment import Assessment
    from app.analysis.by_assessor import LevelRow
    from app.model.document import StudyDocument
    from ui.widgets.things import Index

_NAME = 148  # px of the first column
_HEAD = 30
_MOST = 6  # rows seen at once
_MINUS, _DASH = "\u2212", "\u2013"
_SHOWN, _TIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
_WORDY = (_SHOWN, _TIP, Qt.ItemDataRole.AccessibleTextRole)
AGREEMENT = "alpha"  # the key of the last row
_ALPHA, _ALPHA_ALL = "Agreement (alpha)", "Alpha, all cases"


def alpha_text(measure: AnswerMeasure) -> str:
    """Write an alpha, or a dash where it is undefined."""
    return _DASH if measure.alpha is None else f"{measure.alpha:.2f}".replace("-", _MINUS)


class LevelModel(QAbstractTableModel):
    """Assessors and the team by principles; the last row is how far the assessors agree."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[LevelRow, ...] = ()
        self._heads: tuple[str, ...] = ()
        self._measures: tuple[AnswerMeasure, ...] = ()
        self._levels = 1
        self._alpha = _ALPHA

    def show_levels(
        self, rows: tuple[LevelRow, ...], assessment: Assessment, found: AnswerAgreement, *, everywhere: bool
    ) -> None:
        """Show other levels; `everywhere` is whether agreement is that on all cases, not on the one of the levels."""
        measures = (*(each.measure for each in found.principles), found.overall.measure)
        shown = (rows, heads(assessment), measures, len(assessment.rubric.levels), _ALPHA_ALL if everywhere else _ALPHA)
        if shown == (self._rows, self._heads, self._measures, self._levels, self._alpha):
            return
        self.beginResetModel()
        self._rows, self._heads, self._measures, self._levels, self._alpha = shown
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row for each assessor, one for the team, one for agreement."""
        return 0 if not self._rows or (parent is not None and parent.isValid()) else len(self._rows) + 1

    def columnCount(self, parent: Index | None = None) -> int:
        """The name, each principle, and overall."""
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def headerData(self, section: int, way: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Name a column."""
        if way != Qt.Orientation.Horizontal or section >= len(self._heads):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return _worded(self._heads[section], role) if role in (_SHOWN, _TIP) else None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give a name, a level or an alpha; in words for views, screen readers and tooltips."""
        if index.row() == len(self._rows):
            return self._agreement(index.column(), role)
        row = self._rows[index.row()]
        if role in (KEY, LEVELS):
            return row.assessor if role == KEY else self._levels
        if index.column() == 0:
            return _worded(row.name, role)
        found = (*row.levels, row.overall)[index.column() - 1]
        return found if role == STANDING else _worded(found.words, role)

    def _agreement(self, column: int, role: int) -> object:
        if role == KEY:
            return AGREEMENT
        if role not in _WORDY:
            return None
        if column == 0:
            return self._alpha
        found = self._measures[column - 1]
        return alpha_text(found) if role == Qt.ItemDataRole.DisplayRole else f"{alpha_text(found)}. {found.words}"


def _worded(words: str, role: int) -> str | None:
    """Give words to views, screen readers and tooltips; nothing to whoever asks for something else."""
    return in_role(words, role) if role in _WORDY else None


class LevelTable(QTableView):
    """The levels; arrow keys go through them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.levels = LevelModel(self)
        self.setModel(self.levels)
        self.setItemDelegate(LevelDelegate(self))
        self.setAccessibleName("Levels by assessor")
        dress_table(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)

    def fit(self) -> None:
        """Be as high as the rows need, up to a few."""
        if self.levels.columnCount():
            self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(0, _NAME)
        self.setFixedHeight(min(self.levels.rowCount(), _MOST) * ROW + _HEAD + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the name keep its width."""
        super().resizeEvent(event)
        self.fit()


class Measured:
    """How far assessors agree, and the levels of each, in one state of the study: worked out when first asked for."""

    def __init__(self, document: StudyDocument, assessment: Assessment) -> None:
        self._document, self.assessment = document, assessment
        self._found: dict[str, AnswerAgreement] = {}
        self._levels: dict[str, tuple[LevelRow, ...]] = {}

    def holds(self, document: StudyDocument, assessment: Assessment) -> bool:
        """Whether the study still stands like that."""
        return self._document is document and self.assessment is assessment

    def agreement(self, case: str) -> AnswerAgreement:
        """Tell how far assessors agree on a case; "" is on all of them."""
        if case not in self._found:
            self._found[case] = answer_agreement(self._document, self.assessment, {case} if case else None)
        return self._found[case]

    def levels(self, case: str) -> tuple[LevelRow, ...]:
        """List the levels of a case by assessor, and the team's."""
        if case not in self._levels:
            self._levels[case] = levels_by_assessor(self._document, self.assessment, case)
        return self._levels[case]


class LevelsPane(QWidget):
    """How far assessors agree, in words, and under it the levels of one case."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.agreement = TextLabel("", BODY, "medium", parent=self)
        self.details = TextLabel("", SMALL, ink="muted", parent=self)
        self.of = TextLabel("", SMALL, "semibold", "muted", parent=self)
        self.table = LevelTable(self)
        for label in (self.agreement, self.details):
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[1], 0, 0)
        column.setSpacing(SPACE[0])
        for label in (self.agreement, self.details, self.of):
            label.setContentsMargins(SPACE[3], SPACE[0] if label is self.of else 0, SPACE[3], 0)
            column.addWidget(label)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE[0], 0, 0, 0)  # the table's own words begin at SPACE[2]
        row.addWidget(self.table)
        column.addLayout(row)

    def show_case(self, measured: Measured, case: str, agreed_on: str) -> None:
        """Show the levels of a case, and how far the answers agree on the case `agreed_on`, "" for on all of them."""
        assessment, found = measured.assessment, measured.agreement(agreed_on)
        overall = found.overall.measure
        alpha = "" if overall.alpha is None else f" Krippendorff\u2019s alpha, ordinal: {alpha_text(overall)}."
        self.agreement.setText(f"{overall.words}{alpha}")
        self.details.setText(_details(found))
        self.of.setText(f"Levels of {assessment.case(case).case.name} by assessor")
        everywhere = not agreed_on and len(assessment.cases) > 1
        self.table.levels.show_levels(measured.levels(case), assessment, found, everywhere=everywhere)
        self.table.fit()


def _details(found: AnswerAgreement) -> str:
    late = count(found.late, "answer", "answers")
    left_out = f" {late} given or changed since they were revealed, and left out." if found.late else ""
    return f"Unknown, withheld, not applicable and unanswered are not compared.{left_out}"
