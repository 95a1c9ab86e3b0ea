"""The heat map: a table of levels that is walked with the arrow keys; Enter tells why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.results.delegate import APART, ARROWS, GUTTER, HEIGHT, CellDelegate, height_of, least_width
from ui.results.model import SUBTITLE, Cell, HeatMapModel
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets.grid import dress_grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QPainter, QResizeEvent

    from app.analysis.assessment import Assessment
    from app.analysis.compare import Place, Trend
    from ui.results.legend import Legend

HEAD = 40
_ASIDE, _WIDEST_ASIDE = 132, 208  # px; the names of the cases
_LEAST, _LEAST_MOST = 88, 148  # px; the narrowest column, and what a long word can make of it
_NAME_LINES = 3


class HeatMap(QTableView):
    """Cases by principles, as high as its rows: the page scrolls, not the table.

    `moved` tells which cell is current now.
    """

    moved = Signal(object)  # Place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Levels by case and principle")
        self.setAccessibleDescription("Arrow keys move between levels; Enter tells why.")
        self.levels = HeatMapModel(self)
        self.setModel(self.levels)
        self.setItemDelegate(CellDelegate(self))
        self._dress()
        self._last: Place | None = None
        self._least = _LEAST
        self.selectionModel().currentChanged.connect(self._moved)

    def show_assessment(self, assessment: Assessment, trends: Mapping[Place, Trend] | None = None) -> None:
        """Show an assessment, and which way its levels went.

        The current cell stays current while its case and principle are there.
        """
        self.levels.show_assessment(assessment, trends)
        self._least = min(max(_LEAST, *map(round, map(least_width, self.levels.cells)), 0), _LEAST_MOST)
        self.verticalHeader().setFixedWidth(_aside(case.case.name for case in assessment.cases))
        self._shown()

    @property
    def place(self) -> Place | None:
        """Which cell is current."""
        index = self.currentIndex()
        return self.levels.cell(index).place if index.isValid() else None

    def cell(self, place: Place) -> Cell | None:
        """Give what is shown for a case and principle."""
        index = self.levels.index_of(place)
        return self.levels.cell(index) if index.isValid() else None

    def select(self, place: Place | None, *, quietly: bool = False) -> None:
        """Make a cell current; the first of its case where there is none such, or the first of all."""
        index = self.levels.index_of(place) if place else QModelIndex()
        index = index if index.isValid() else self.levels.index(self.levels.row_of(place[0] if place else ""), 0)
        blocked = self.blockSignals(quietly)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.blockSignals(blocked)

    def sizeHint(self) -> QSize:
        """As high as its rows, and the bar where not all columns fit."""
        bar = self.horizontalScrollBar().sizeHint().height() if self._is_crowded() else 0
        return QSize(720, HEAD + self.verticalHeader().length() + bar)

    def explain_in(self, legend: Legend, assessment: Assessment) -> None:
        """Let a legend explain what is seen here."""
        cells = self.levels.cells
        legend.show_levels(
            tuple(level.name for level in assessment.rubric.levels),
            team=any(cell.standing.team for cell in cells),
            trends=any(cell.trend.direction in ARROWS for cell in cells),
        )

    def whole_width(self) -> int:
        """As wide as all columns are with their words unbroken: for a picture, which does not scroll."""
        return self.verticalHeader().width() + self.levels.columnCount() * self._least + APART + SPACE[1]

    def minimumSizeHint(self) -> QSize:
        """As narrow as words still fit; wider tables scroll."""
        return QSize(_ASIDE + 3 * _LEAST, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        self._fit()

    def _shown(self) -> None:
        """Keep a cell current and give all of them their room, once others are shown."""
        if not self.currentIndex().isValid() and self.levels.rowCount():
            self.select(self._last, quietly=True)
        self._fit()

    def _height_of(self, cell: Cell, width: float) -> int:
        """How high a cell must be at a width."""
        return height_of(cell, width)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._last = self.levels.cell(current).place
            self.moved.emit(self._last)

    def _dress(self) -> None:
        dress_grid(self)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalHeader(_Principles(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_Cases(Qt.Orientation.Vertical, self))

    def _fit(self) -> None:
        self._share_width()
        widths = [self.columnWidth(column) for column in range(self.levels.columnCount())]
        for row in range(self.levels.rowCount()):
            cells = zip(self.levels.row(row), widths, strict=True)
            self.verticalHeader().resizeSection(row, max(self._height_of(cell, width) for cell, width in cells))
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)
            self.updateGeometry()

    def _is_crowded(self) -> bool:
        return self.levels.columnCount() * self._least + APART > self.viewport().width()

    def _share_width(self) -> None:
        """Give all columns the same width, the last its distance besides."""
        count = self.levels.columnCount()
        if not count:
            return
        apart = APART if self.levels.has_overall else 0
        room = self.viewport().width() - apart
        each = max(room // count, self._least)
        for column in range(count - 1):
            self.setColumnWidth(column, each)
        self.setColumnWidth(count - 1, max(self.viewport().width() - each * (count - 1), each + apart))


class _Principles(QHeaderView):
    """The names of the principles, at the lower edge, wrapped where they are long."""

    def __init__(self, way: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(way, parent)
        self.setAccessibleName("Principles")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(_LEAST)
        self.setFixedHeight(HEAD)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one name over its column."""
        model = self.model()
        last = logical == self.count() - 1 and isinstance(model, HeatMapModel) and model.has_overall
        where = QRectF(rect).adjusted(APART if last else GUTTER, 0, -4, -6)
        name = str(model.headerData(logical, self.orientation()))
        lines = wrapped(name, SMALL, "semibold", round(where.width()), 2)
        painter.save()
        painter.setPen(theme().colour("text" if last else "text_muted"))
        top = where.bottom() - len(lines) * line_height(SMALL, "semibold")
        paint_lines(painter, lines, where.left(), top, SMALL, "semibold")
        painter.restore()


class _Cases(QHeaderView):
    """The names of the cases, and below each what kind of case it is."""

    def __init__(self, way: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(way, parent)
        self.setAccessibleName("Cases")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(HEIGHT)
        self.setFixedWidth(_ASIDE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one name beside its row."""
        where = QRectF(rect).adjusted(0, SPACE[1], -SPACE[1], -SPACE[1])
        model, way = self.model(), self.orientation()
        name = wrapped(str(model.headerData(logical, way)), BODY, "semibold", round(where.width()), _NAME_LINES)
        painter.save()
        painter.setPen(theme().colour("text"))
        below = paint_lines(painter, name, where.left(), where.top(), BODY, "semibold") + 2
        room = int((where.bottom() - below) // line_height(SMALL))
        about = str(model.headerData(logical, way, SUBTITLE) or "")
        if room > 0 and about:
            painter.setPen(theme().colour("text_muted"))
            lines = wrapped(about, SMALL, "regular", round(where.width()), min(room, _NAME_LINES))
            paint_lines(painter, lines, where.left(), below, SMALL, "regular")
        painter.restore()


def _aside(names: Iterable[str]) -> int:
    """How wide the column of cases is; names that need more are broken into lines."""
    longest = max((text_width(name, BODY, "semibold") for name in names), default=0)
    return round(min(max(_ASIDE, longest + SPACE[2]), _WIDEST_ASIDE))
