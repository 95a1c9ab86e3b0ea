"""The cases at one look: each with its level per principle and overall."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.analysis.overview import Standing, overall_standing, standing
from ui.theme import BODY, SPACE, theme
from ui.widgets.level import level_shape, level_width, paint_level, paint_set_level
from ui.widgets.text import in_role, tip
from ui.widgets.things import paint_row_ground

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.analysis.assessment import Assessment, JudgedCase

Index = QModelIndex | QPersistentModelIndex
KEY = int(Qt.ItemDataRole.UserRole)
STANDING = KEY + 1
LEVELS = KEY + 2
ROW = 32
_MOST = 6
_KNOWN = 68
_ROOMY = 680  # px: in a narrower table the last column gives its room to the levels
_NAME = (100, 0.22)  # at least, and at most of the table's width
_SHOWN, _TIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
_WORDY = (_SHOWN, _TIP, Qt.ItemDataRole.AccessibleTextRole)


class CasesModel(QAbstractTableModel):
    """Cases by principles, with the overall level first; rows know their case's key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[tuple[JudgedCase, list[Standing]]] = []
        self._heads = self._full = ["Case"]
        self._levels = 1

    def show_assessment(self, assessment: Assessment) -> None:
        """Show another assessment."""
        rubric = assessment.rubric
        self.beginResetModel()
        self._levels = len(rubric.levels)
        self._heads = ["Case", "Overall", *(principle.short for principle in rubric.principles), "Known"]
        self._full = ["Case", "Overall", *(principle.name for principle in rubric.principles), "Criteria known"]
        self._cells = [
            (case, [overall_standing(rubric, case), *(standing(rubric, judged) for judged in case.principles)])
            for case in assessment.cases
        ]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the cases."""
        return 0 if parent is not None and parent.isValid() else len(self._cells)

    def columnCount(self, _parent: Index | None = None) -> int:
        """Count name, overall and principles."""
        return len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Name a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if orientation == Qt.Orientation.Horizontal and role == _TIP:
            return tip(self._full[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = 0) -> object:
        """Give a case's name or a standing; in words for views, screen readers and tooltips."""
        case, standings = self._cells[index.row()]
        if role in (KEY, LEVELS):
            return case.case.key if role == KEY else self._levels
        plain = {0: case.case.name, len(self._heads) - 1: standings[0].known.removesuffix(" known")}
        if index.column() in plain:
            return in_role(plain[index.column()], role) if role in (_SHOWN, _TIP) else None
        found = standings[index.column() - 1]
        if role == STANDING:
            return found
        return in_role(found.words, role) if role in _WORDY else None


class LevelDelegate(QStyledItemDelegate):
    """Paints a standing as a chip, and beside it the shape of the level it could at most be."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        where = QRectF(option.rect)
        painter.save()
        self._mark_row(option, index)
        paint_row_ground(painter, where, option)
        found: Standing | None = index.data(STANDING)
        if found is None:
            self._words(painter, where, str(index.data()), strong=index.column() == 0)
        elif not found.coverage and not found.certain:
            self._words(painter, where, "Nothing known", strong=False)
        else:
            self._chip(painter, where.adjusted(SPACE[2], 0, -SPACE[0], 0), found, index.data(LEVELS))
        painter.restore()

    def _mark_row(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Let the whole row show the focus, with its accent at the row's edge."""
        view = self.parent()
        option.state &= ~QStyle.StateFlag.State_HasFocus
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex().row() == index.row():
            option.state |= QStyle.StateFlag.State_Selected
            if index.column() == 0:
                option.state |= QStyle.StateFlag.State_HasFocus

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One row."""
        return QSize(100, ROW)

    def _words(self, painter: QPainter, where: QRectF, name: str, *, strong: bool) -> None:
        painter.setFont(theme().font(BODY, "medium" if strong else "regular"))
        painter.setPen(theme().colour("text" if strong else "text_muted"))
        room = where.adjusted(SPACE[2], 0, -SPACE[1], 0)
        shown = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _chip(self, painter: QPainter, where: QRectF, found: Standing, levels: int) -> None:
        font = theme().font(BODY, "medium")
        painter.setFont(font)
        wide = min(level_width(font, found.name), where.width())
        middle = where.center().y()
        paint_level(painter, QRectF(where.left(), middle - 11, wide, 22), found.rank, levels, found.name)
        if not found.certain:
            ink = theme().colour("text_muted")
            painter.fillRect(QRectF(where.left() + wide + SPACE[0], middle - 0.5, SPACE[1], 1), ink)
            shape = QRectF(where.left() + wide + SPACE[0] + SPACE[2], middle - 6, 12, 12)
            level_shape(painter, shape, found.ceiling, levels, ink)
            wide += SPACE[0] + SPACE[2] + 12
        if found.team is not None:
            muted = theme().palette.warning if found.team.lapsed else theme().palette.text_muted
            rank = None if found.team.lapsed else found.team.rank  # the pencil alone, as a warning
            paint_set_level(painter, where.left() + wide + SPACE[1], middle, rank, levels, muted)


class CasesState(QTableView):
    """The table; Enter or a click leads to a case's answers."""

    chosen = Signal(str)  # a case's key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = CasesModel(self)
        self.setModel(self._model)
        self.setItemDelegate(LevelDelegate(self))
        self.setAccessibleName("Cases with their levels")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(ROW)
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.activated.connect(self._choose)
        self.clicked.connect(self._choose)
        theme().changed.connect(self.viewport().update)

    def show_assessment(self, assessment: Assessment) -> None:
        """Show another assessment, as high as it needs up to six cases."""
        row = self.currentIndex().row()
        self._model.show_assessment(assessment)
        for section in (0, self._model.columnCount() - 1):
            self.horizontalHeader().setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
        self._size_columns()
        rows = min(max(self._model.rowCount(), 1), _MOST)
        self.setFixedHeight(rows * ROW + 32)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name its share; the levels part the rest evenly."""
        self._size_columns()
        super().resizeEvent(event)

    def _size_columns(self) -> None:
        last = self._model.columnCount() - 1
        if not last:
            return  # nothing is shown yet: the names would be hidden for good, taken for the last column
        least, share = _NAME
        names = (str(self._model.index(row, 0).data()) for row in range(self._model.rowCount()))
        letters = QFontMetricsF(theme().font(BODY, "medium"))
        longest = max((math.ceil(letters.horizontalAdvance(name)) for name in names), default=0) + SPACE[2] + SPACE[1]
        self.horizontalHeader().resizeSection(0, max(least, min(longest + 1, round(self.width() * share))))
        self.horizontalHeader().resizeSection(last, _KNOWN)
        self.setColumnHidden(last, self.width() < _ROOMY)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(str(index.data(KEY)))
