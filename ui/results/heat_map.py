"""The heat map: a table of levels that is walked with the arrow keys; Enter tells why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QTableView, QWidget

from ui.results.delegate import APART, GUTTER, HEIGHT, CellDelegate
from ui.results.links import fitting
from ui.results.model import SUBTITLE, Cell, HeatMapModel, Place, PlacesModel
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets.grid import dress_grid

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.analysis.assessment import Assessment

HEAD = 40
_ASIDE = 132
_LEAST = 88  # px; the narrowest column


class LevelGrid(QTableView):
    """Cases by principles, as high as its rows: the page scrolls, not the table.

    `moved` tells which cell is current now.
    """

    moved = Signal(object)  # Place

    def __init__(self, model: PlacesModel, delegate: QStyledItemDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = model
        self.setModel(model)
        self.setItemDelegate(delegate)
        self._dress()
        self._last: Place | None = None
        self.selectionModel().currentChanged.connect(self._moved)

    def fit(self) -> None:
        """Be as high as what is shown; the current cell stays current while its case and principle are there."""
        if not self.currentIndex().isValid() and self._places.rowCount():
            self.select(self._last, quietly=True)
        self._fit()

    @property
    def place(self) -> Place | None:
        """Which cell is current."""
        index = self.currentIndex()
        return self._places.place(index) if index.isValid() else None

    def select(self, place: Place | None, *, quietly: bool = False) -> None:
        """Make a cell current, the first where there is none such."""
        index = self._places.index_of(place) if place else QModelIndex()
        index = index if index.isValid() else self._places.index(0, 0)
        blocked = self.blockSignals(quietly)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.blockSignals(blocked)

    def sizeHint(self) -> QSize:
        """As high as its rows, and the bar where not all columns fit."""
        bar = self.horizontalScrollBar().sizeHint().height() if self._is_crowded() else 0
        return QSize(720, HEAD + self._places.rowCount() * HEIGHT + bar)

    def minimumSizeHint(self) -> QSize:
        """As narrow as words still fit; wider tables scroll."""
        return QSize(_ASIDE + 3 * _LEAST, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        self._fit()

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._last = self._places.place(current)
            self.moved.emit(self._last)

    def _dress(self) -> None:
        dress_grid(self)
        self.setHorizontalHeader(_Principles(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_Cases(Qt.Orientation.Vertical, self))

    def _fit(self) -> None:
        self._share_width()
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)
            self.updateGeometry()

    def _is_crowded(self) -> bool:
        return self._places.columnCount() * _LEAST + APART > self.viewport().width()

    def _share_width(self) -> None:
        """Give all columns the same width, the last its distance besides."""
        count = self._places.columnCount()
        if not count:
            return
        room = self.viewport().width() - APART
        each = max(room // count, _LEAST)
        for column in range(count - 1):
            self.setColumnWidth(column, each)
        self.setColumnWidth(count - 1, max(self.viewport().width() - each * (count - 1), each + APART))


class HeatMap(LevelGrid):
    """The levels of an assessment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.levels = HeatMapModel()
        super().__init__(self.levels, CellDelegate(), parent)
        for part in (self.levels, self.itemDelegate()):
            part.setParent(self)
        self.setAccessibleName("Levels by case and principle")
        self.setAccessibleDescription("Arrow keys move between levels; Enter tells why.")

    def show_assessment(self, assessment: Assessment) -> None:
        """Show an assessment; the current cell stays current while its case and principle are there."""
        self.levels.show_assessment(assessment)
        self.fit()

    def cell(self, place: Place) -> Cell | None:
        """Give what is shown for a case and principle."""
        index = self.levels.index_of(place)
        return self.levels.cell(index) if index.isValid() else None


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
        last = logical == self.count() - 1
        where = QRectF(rect).adjusted(APART if last else GUTTER, 0, -4, -6)
        painter.save()
        painter.setFont(theme().font(SMALL, "semibold"))
        painter.setPen(theme().colour("text" if last else "text_muted"))
        flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        name = self.model().headerData(logical, self.orientation())
        painter.drawText(where, int(flags) | int(Qt.TextFlag.TextWordWrap), name)
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
        painter.save()
        painter.setFont(theme().font(BODY, "semibold"))
        painter.setPen(theme().colour("text"))
        metrics = QFontMetricsF(painter.font())
        name = metrics.elidedText(model.headerData(logical, way), Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, int(Qt.AlignmentFlag.AlignTop), name)
        painter.setFont(theme().font(SMALL))
        painter.setPen(theme().colour("text_muted"))
        below = where.adjusted(0, metrics.lineSpacing() + 2, 0, 0)
        below.setHeight(50)
        flags = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        about = str(model.headerData(logical, way, SUBTITLE) or "")
        painter.drawText(below, flags, fitting(about, painter.font(), below.width(), 3))
        painter.restore()
