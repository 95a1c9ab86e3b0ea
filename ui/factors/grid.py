"""The grid: factors by the organisation and the cases, walked with the arrow keys; keys set strengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from app.analysis.factors import BELONGING
from ui.factors.delegate import APART, GUTTER, HEIGHT, InfluenceDelegate
from ui.factors.model import PLACE, FactorModel, Spot, spot_of
from ui.factors.signs import TENDENCIES, key_help
from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets.grid import dress_grid
from ui.widgets.level import level_shape, level_text, paint_set_level

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QResizeEvent

    from app.analysis.factors import Column, FactorTable, Place
    from app.model.assessment import Factor

_ASIDE, _NARROW_ASIDE = 208, 156
_NARROW = 620  # px; narrower, the factors' names get less room
_LEAST = 124  # px; the narrowest column
_WIDEST = 220
_SHAPE = 11.0
_LINES = 3  # of a case's name
_BELOW = 6  # px under a column's head


class FactorGrid(QTableView):
    """Factors by cases, as high as its rows: the page scrolls, not the table.

    `moved` tells that another cell is current now; `head_used` is the factor whose name was clicked.
    """

    moved = Signal()
    head_used = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Influence of each factor on the organisation and each case")
        self.setAccessibleDescription(f"Arrow keys move. {key_help()}")
        self.factors = FactorModel(self)
        self.setModel(self.factors)
        self.setItemDelegate(InfluenceDelegate(self))
        dress_grid(self)
        self._columns = _Columns(Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(self._columns)
        self.setVerticalHeader(_Factors(Qt.Orientation.Vertical, self))
        self.verticalHeader().sectionClicked.connect(self._head_clicked)
        self._last: Spot | None = None
        self.selectionModel().currentChanged.connect(self._moved)

    def show_table(self, table: FactorTable) -> None:
        """Show a table; the current cell stays current while its factor and case are there."""
        self.factors.show_table(table)
        if not self.currentIndex().isValid() and self.factors.rowCount():
            self.select(self._last, quietly=True)
        self._fit()

    @property
    def place(self) -> Place | None:
        """What the current cell shows."""
        index = self.currentIndex()
        return self.factors.place(index) if index.isValid() else None

    def select(self, spot: Spot | None, *, quietly: bool = False) -> None:
        """Make a cell current; where there is none such, one of the same factor, else the first."""
        index = self.factors.index_of(spot) if spot else QModelIndex()
        if spot and not index.isValid():
            index = self.factors.index_of((spot[0], ""))
        index = index if index.isValid() else self.factors.index(0, 0)
        blocked = self.blockSignals(quietly)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.blockSignals(blocked)

    def sizeHint(self) -> QSize:
        """As high as its rows, and the bar where not all columns fit."""
        bar = self.horizontalScrollBar().sizeHint().height() if self._is_crowded() else 0
        return QSize(720, self.horizontalHeader().height() + self.factors.rowCount() * HEIGHT + bar)

    def minimumSizeHint(self) -> QSize:
        """As narrow as words still fit; wider tables scroll."""
        return QSize(_NARROW_ASIDE + 2 * _LEAST, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        self._fit()

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._last = spot_of(self.factors.place(current))
            self.moved.emit()

    def _head_clicked(self, row: int) -> None:
        factor: Factor = self.factors.headerData(row, Qt.Orientation.Vertical, PLACE)
        self.select((factor.key, self._last[1] if self._last else ""))
        self.head_used.emit(factor.key)

    def _fit(self) -> None:
        self.verticalHeader().setFixedWidth(_NARROW_ASIDE if self.width() < _NARROW else _ASIDE)
        count = self.factors.columnCount()
        if count:
            each = min(max((self.viewport().width() - APART) // count, _LEAST), _WIDEST)
            self.setColumnWidth(0, each + APART)
            for column in range(1, count):
                self.setColumnWidth(column, each)
            self._columns.fit()
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)
            self.updateGeometry()

    def _is_crowded(self) -> bool:
        return self.factors.columnCount() * _LEAST + APART > self.viewport().width()


class _Columns(QHeaderView):
    """The organisation and the cases, with the level of each, at the lower edge."""

    def __init__(self, way: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(way, parent)
        self.setAccessibleName("Organisation and cases")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit(self) -> None:
        """Be as high as the longest name needs, and a level under it."""
        lines = [len(self._names(place, self._room(place))) for place in range(self.count())]
        height = round(line_height(SMALL) * (max(lines, default=1) + 1)) + _BELOW
        if height != self.height():
            self.setFixedHeight(height)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one name over its column, and the level under it."""
        column = self._column(logical)
        where = QRectF(rect).adjusted(2, 0, 0, -_BELOW)
        where.setWidth(self._room(logical))
        painter.save()
        painter.setPen(theme().colour("text"))
        names = self._names(logical, self._room(logical))
        high = line_height(SMALL)
        top = where.bottom() - high * (len(names) + bool(column.standing))
        top = paint_lines(painter, names, where.left(), top, SMALL, "semibold")
        if column.standing:
            self._paint_level(painter, where, top, column)
        painter.restore()

    def _column(self, place: int) -> Column:
        column: Column = self.model().headerData(place, self.orientation(), PLACE)
        return column

    def _room(self, place: int) -> int:
        return self.sectionSize(place) - 2 - (GUTTER + 4 if place else APART)

    def _names(self, place: int, room: int) -> tuple[str, ...]:
        return wrapped(self._column(place).name, SMALL, "semibold", room, _LINES)

    def _paint_level(self, painter: QPainter, where: QRectF, top: float, column: Column) -> None:
        standing, ink = column.standing, theme().colour("text_muted")
        if standing is None:
            return
        shape = QRectF(where.left(), top + (line_height(SMALL) - _SHAPE) / 2, _SHAPE, _SHAPE)
        level_shape(painter, shape, standing.rank, column.levels, ink)
        painter.setPen(ink)
        words = level_text(standing.name, standing.ceiling_name)
        room = round(where.width() - _SHAPE - 5)
        shown = wrapped(words, SMALL, "regular", room, 1)
        paint_lines(painter, shown, where.left() + _SHAPE + 5, top, SMALL, "regular")
        if standing.team is not None:
            left, middle = where.left() + _SHAPE + 9 + text_width(shown[0], SMALL), top + line_height(SMALL) / 2
            paint_set_level(painter, left, middle, standing.team.rank, column.levels, ink.name())


class _Factors(QHeaderView):
    """The names of the factors, and below each what it is expected to do and where it has its root."""

    def __init__(self, way: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(way, parent)
        self.setAccessibleName("Factors")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(HEIGHT)
        self.setSectionsClickable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one name beside its row."""
        factor: Factor = self.model().headerData(logical, self.orientation(), PLACE)
        where = QRectF(rect).adjusted(0, 3, -SPACE[1], -GUTTER)
        painter.save()
        painter.setPen(theme().colour("text"))
        names = wrapped(factor.name, BODY, "medium", round(where.width()), 2)
        top = paint_lines(painter, names, where.left(), where.top(), BODY, "medium")
        painter.setPen(theme().colour("text_muted"))
        about = f"{TENDENCIES[factor.tendency]} · {BELONGING[factor.belongs_to]}"
        paint_lines(
            painter, wrapped(about, SMALL, "regular", round(where.width()), 1), where.left(), top, SMALL, "regular"
        )
        painter.restore()
