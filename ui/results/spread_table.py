"""How answers spread over cases, as a table: criteria down, answers across; walked with the arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.notebook.wrapping import line_height, text_width, wrapped
from ui.results.spread_delegate import HEIGHT, SpreadDelegate, paint_answer, pieces
from ui.results.spread_model import OFFERED, SPREAD, Spot, SpreadModel, answer_key
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets.grid import dress_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QResizeEvent

    from app.analysis.distribution import Distribution, Spread

_ASIDE, _WIDEST_ASIDE = 176, 300  # px; the column of criteria
_CROWDED, _LEAST, _MOST = 40, 56, 84  # px; a column of numbers
_LEAST_BAR, _AMPLE_BAR, _MOST_BAR = 150, 240, 640
_SIGN: Final = 12.0
_LINES: Final = 3  # of a column's head
_DOWN = Qt.Orientation.Vertical


class SpreadTable(QTableView):
    """Criteria by answers; `moved` tells which cell is current, `used` that its cases are asked for."""

    moved = Signal(object)  # Spot
    used = Signal(object)  # Spot

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Answers to each criterion across the cases")
        self.setAccessibleDescription(
            "Arrow keys move between criteria and answers; Enter tells which cases those are."
        )
        self.counts = SpreadModel(self)
        self.setModel(self.counts)
        self.setItemDelegate(SpreadDelegate(self))
        dress_table(self)
        for scroll in (self.setVerticalScrollMode, self.setHorizontalScrollMode):
            scroll(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalHeader(_Answers(self))
        self.setVerticalHeader(_Criteria(self))
        self.setStyleSheet(
            "QTableView, QHeaderView, QTableCornerButton::section { background: transparent; border: 0; }"
            "QTableView { selection-background-color: transparent; }"
        )
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_spreads(self, found: Distribution, spreads: Sequence[Spread]) -> None:
        """Show criteria; the current cell stays current while it is there, and what is scrolled to in sight."""
        before = self.spot
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.counts.show(found, spreads)
        self._share_width()
        self.select(before, quietly=True)
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)

    @property
    def spot(self) -> Spot | None:
        """Which cell is current."""
        index = self.currentIndex()
        return self.counts.spot(index) if index.isValid() else None

    def select(self, spot: Spot | None, *, quietly: bool = False) -> None:
        """Make a cell current, the first where there is none such."""
        index = self.counts.index_of(spot) if spot else QModelIndex()
        index = index if index.isValid() else self.counts.index(0, 0)
        blocked = self.blockSignals(quietly)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.blockSignals(blocked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the cell that was clicked; on a bar, to the answer of the piece that was."""
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.select(self._spot_at(index, event.position().x()))
        if self.spot is not None:
            self.used.emit(self.spot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        self._share_width()

    def whole_size(self, width: int) -> QSize:
        """As high as all rows at a width: for a picture, which does not scroll."""
        return QSize(width, self.horizontalHeader().height() + self.counts.rowCount() * HEIGHT)

    def _spot_at(self, index: QModelIndex, x: float) -> Spot:
        spot, shown = self.counts.spot(index), self.counts.shown
        if index.column() or shown is None:
            return spot
        where = QRectF(self.visualRect(index))
        for offered, piece, _number in pieces(shown.answers, index.data(SPREAD), where):
            if piece.left() <= x <= piece.right():
                return Spot(spot.criterion, answer_key(offered))
        return spot

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.moved.emit(self.counts.spot(current))

    def _share_width(self) -> None:
        """Give every number its room, names what they need, and the bars the rest."""
        columns = self.counts.columnCount() - 1
        if columns < 0:
            return
        heads = [str(self.counts.headerData(place + 1, Qt.Orientation.Horizontal)) for place in range(columns)]
        words = [max(text_width(word, SMALL, "medium") for word in head.split()) + 8 for head in heads]
        least = _LEAST if self.width() > columns * _LEAST + _ASIDE + _AMPLE_BAR else _CROWDED
        widths = [round(min(max(each, least), _MOST)) for each in words]
        room = self.width() - sum(widths) - SPACE[3]
        aside = min(max(_ASIDE, min(self._widest_name(), room // 2)), _WIDEST_ASIDE)
        self.verticalHeader().setFixedWidth(aside)
        self.horizontalHeader().resizeSection(0, min(max(room - aside, _LEAST_BAR), _MOST_BAR))
        for place, width in enumerate(widths):
            self.horizontalHeader().resizeSection(place + 1, width)
        lines = max(
            (len(wrapped(head, SMALL, "medium", width - 6, _LINES)) for head, width in zip(heads, widths, strict=True)),
            default=1,
        )
        self.horizontalHeader().setFixedHeight(round(lines * line_height(SMALL, "medium") + _SIGN + 3 * SPACE[0]))

    def _widest_name(self) -> int:
        names = (text_width(each.criterion.name, BODY, "medium") for each in self.counts.spreads)
        return round(max(names, default=_ASIDE)) + SPACE[3]


class _Answers(QHeaderView):
    """What stands over the columns: the sign of an answer, and its word below."""

    def __init__(self, parent: SpreadTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = parent
        self.setAccessibleName("Answers")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one answer over its column."""
        model, shown = self.model(), self._table.counts.shown
        offered = model.headerData(logical, self.orientation(), OFFERED)
        name = str(model.headerData(logical, self.orientation()))
        lines = wrapped(name, SMALL, "medium", rect.width() - 6, _LINES)
        high = line_height(SMALL, "medium")
        painter.save()
        painter.setFont(theme().font(SMALL, "medium"))
        painter.setPen(theme().colour("text_muted"))
        top = rect.bottom() - SPACE[0] - high * len(lines)
        if offered is not None and shown is not None:
            sign = QRectF(rect.center().x() - _SIGN / 2, top - _SIGN - SPACE[0], _SIGN, _SIGN)
            paint_answer(painter, sign, offered, shown.steps, theme().colour("text"))
        flag = Qt.AlignmentFlag.AlignCenter if logical else Qt.AlignmentFlag.AlignLeft
        for line in lines:
            inset = 3 if logical else SPACE[1]
            painter.drawText(QRectF(rect.left() + inset, top, rect.width() - 2 * inset, high), int(flag), line)
            top += high
        painter.restore()


class _Criteria(QHeaderView):
    """The names of the criteria, and below each its principle."""

    def __init__(self, parent: SpreadTable) -> None:
        super().__init__(_DOWN, parent)
        self.setAccessibleName("Criteria")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """As wide as the table says."""
        return QSize(self.width(), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one criterion beside its row."""
        spread: Spread = self.model().headerData(logical, _DOWN, SPREAD)
        where = QRectF(rect).adjusted(0, 5, -SPACE[1], 0)
        painter.save()
        painter.setPen(theme().colour("line"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        for text, size, ink in ((spread.criterion.name, BODY, "text"), (spread.principle.short, SMALL, "text_muted")):
            painter.setFont(theme().font(size, "medium" if size == BODY else "regular"))
            painter.setPen(theme().colour(ink))
            metrics = QFontMetricsF(painter.font())
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), shown)
            where.translate(0, metrics.lineSpacing() + 1)
        painter.restore()
