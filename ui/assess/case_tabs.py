"""The cases as tabs, each with its overall level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.analysis.overview import overall_standing
from ui.notebook.wrapping import text_width
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets import level_text, level_width, paint_level
from ui.widgets.text import in_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter, QResizeEvent

    from app.analysis.assessment import Assessment, JudgedCase
    from app.analysis.overview import Standing

Index = QModelIndex | QPersistentModelIndex
KEY = int(Qt.ItemDataRole.UserRole)
TAB = KEY + 1
HIGH = 44
_BADGE = 20
_NAME = 220.0  # px, the most a name takes: those of other cases must be seen beside it


@dataclass(frozen=True)
class CaseTab:
    """One case: its name, its overall level of `levels`."""

    key: str
    name: str
    standing: Standing
    levels: int

    @property
    def words(self) -> str:
        """All of it, for screen readers."""
        return f"{self.name}: {self.standing.words}"

    @property
    def badge(self) -> str:
        """The level in words, with the one that follows from what the team set."""
        return self._with_team(
            level_text(self.standing.name, "" if self.standing.certain else self.standing.ceiling_name)
        )

    @property
    def short_badge(self) -> str:
        """The same where there is little room: that the level may be higher is a plus."""
        return self._with_team(self.standing.name if self.standing.certain else f"{self.standing.name} +")

    def _with_team(self, level: str) -> str:
        return f"{level} · {self.standing.team.brief}" if self.standing.team else level


class TabMaker:
    """Makes tabs again and again; those of cases of which nothing has changed are handed on as they were."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[JudgedCase, CaseTab]] = {}

    def tabs(self, assessment: Assessment) -> list[CaseTab]:
        """Make the tabs of all cases."""
        self._known = {case.case.key: (case, self._made(case)) for case in assessment.cases}
        return [tab for _case, tab in self._known.values()]

    def _made(self, case: JudgedCase) -> CaseTab:
        known = self._known.get(case.case.key)
        if known is not None and known[0] is case:
            return known[1]
        return CaseTab(case.case.key, case.case.name, overall_standing(case.rubric, case), len(case.rubric.levels))


class _TabModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tabs: list[CaseTab] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the cases."""
        return 0 if parent is not None and parent.isValid() else len(self.tabs)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a tab."""
        tab = self.tabs[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return tab.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return in_role(tab.words, role)
        return {KEY: tab.key, TAB: tab}.get(role)


class _TabDelegate(QStyledItemDelegate):
    short = False  # whether there is too little room for all levels in full

    def badge(self, tab: CaseTab) -> str:
        """The level, as there is room."""
        return tab.short_badge if self.short else tab.badge

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as name and level."""
        tab: CaseTab = index.data(TAB)
        return QSize(_wide(tab, self.badge(tab)), HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint name and level, the chosen one underlined."""
        tab: CaseTab = index.data(TAB)
        where, chosen = QRectF(option.rect), bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(where, theme().colour("accent_soft"))
        elif not chosen and option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(where, theme().colour("hover"))
        if chosen:
            painter.fillRect(QRectF(where.left(), where.bottom() - 2, where.width(), 2), theme().colour("accent"))
        painter.setFont(theme().font(BODY, "semibold" if chosen else "regular"))
        painter.setPen(theme().colour("text" if chosen else "text_muted"))
        left = where.left() + SPACE[2]
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        room = _name_width(tab)
        shown = QFontMetricsF(painter.font()).elidedText(tab.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(where.adjusted(SPACE[2], 0, 0, 0), flags, shown)
        left += room + SPACE[1]
        painter.setFont(theme().font(SMALL, "medium"))
        wide = level_width(painter.font(), self.badge(tab))
        badge = QRectF(left, where.center().y() - _BADGE / 2, wide, _BADGE)
        paint_level(painter, badge, tab.standing.rank, tab.levels, self.badge(tab))
        painter.restore()


def _name_width(tab: CaseTab) -> float:
    return min(text_width(tab.name, BODY, "semibold"), _NAME)


def _wide(tab: CaseTab, badge: str) -> int:
    wide = _name_width(tab) + level_width(theme().font(SMALL, "medium"), badge)
    return round(wide + SPACE[1] + 2 * SPACE[2])


class CaseTabs(QListView):
    """One tab for each case; arrow keys and clicks choose."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._telling = True
        self._model = _TabModel(self)
        self.setModel(self._model)
        self._painter = _TabDelegate(self)
        self.setItemDelegate(self._painter)
        self.setAccessibleName("Cases")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setMouseTracking(True)
        self.setFixedHeight(HIGH)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setStyleSheet("QListView { background: transparent; }")
        self.selectionModel().currentChanged.connect(self._came)
        theme().changed.connect(self.viewport().update)

    @property
    def current(self) -> str:
        """Key of the case chosen."""
        index = self.currentIndex()
        return str(index.data(KEY)) if index.isValid() else ""

    def show_tabs(self, tabs: Sequence[CaseTab], current: str) -> None:
        """Show other cases, one of them chosen."""
        if list(tabs) != self._model.tabs:
            same = [tab.key for tab in tabs] == [tab.key for tab in self._model.tabs]
            self._replace(list(tabs), same=same)
            self._fit()
        place = next((n for n, tab in enumerate(tabs) if tab.key == current), -1)
        if self.currentIndex().row() != place:
            self._telling = False
            self.setCurrentIndex(self._model.index(place))
            self._telling = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write levels in full where there is room for all."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        short = sum(_wide(tab, tab.badge) for tab in self._model.tabs) > self.viewport().width()
        if short != self._painter.short:
            self._painter.short = short
            self.scheduleDelayedItemsLayout()
            self.viewport().update()

    def step(self, by: int) -> None:
        """Choose the case beside the one chosen."""
        place = self.currentIndex().row() + by
        if 0 <= place < self._model.rowCount():
            self.setCurrentIndex(self._model.index(place))

    def _replace(self, tabs: list[CaseTab], *, same: bool) -> None:
        self._telling = False
        if not same:
            self._model.beginResetModel()
        self._model.tabs = tabs
        if same:
            self._model.dataChanged.emit(self._model.index(0), self._model.index(len(tabs) - 1))
        else:
            self._model.endResetModel()
        self._telling = True
        self.scheduleDelayedItemsLayout()

    def _came(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and self._telling:
            self.chosen.emit(str(index.data(KEY)))
