"""A level over the rounds of a study: rounds from left to right, levels from below, what was open as a bar above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem

from ui.charts.still import MARK, Still, level_marks, pen, tinted
from ui.theme import SMALL, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from ui.charts.trend_values import TrendValues

_ROOM: Final = 26.0  # px from one level to the next
_WIDEST: Final = 92.0  # px of a level's name
_BELOW: Final = 26.0  # px for the names of rounds
_EDGE: Final = 12.0  # px left free around the marks
_BAR: Final = 7.0  # px; width of the bar of what was open


class TrendChart(Still):
    """Shows `TrendValues`."""

    def __init__(self, values: TrendValues, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[Any] = []
        self._bars: list[tuple[int, int, int, QGraphicsRectItem]] = []
        self.show_values(values)
        theme().changed.connect(self._draw)

    def show_values(self, values: TrendValues) -> None:
        """Show other values."""
        self.values = values
        self.setAccessibleName(f"Trend of {values.title}")
        self.setAccessibleDescription(values.description)
        self.setFixedHeight(self.sizeHint().height())
        self._draw()

    def sizeHint(self) -> QSize:
        """High enough to tell the levels apart."""
        steps = max(len(self.values.levels) - 1, 1)
        return QSize(260, round(steps * _ROOM + _BELOW + 2 * _EDGE))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a few rounds still fit."""
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the rounds."""
        super().resizeEvent(event)
        if getattr(self, "_names", None):  # pyqtgraph resizes while it is being made
            self._fit()

    # Drawing

    def _draw(self) -> None:
        self._box.clear()
        self._draw_levels()
        self._draw_bars()
        self._draw_steps()
        self._draw_marks()
        self._names = [self._text(name, (0.0, rank), (1.0, 0.5)) for rank, name in enumerate(self.values.levels)]
        self._rounds = [self._text(name, (place, 0.0), (0.5, 0.0)) for place, name in enumerate(self.values.rounds)]
        self._fit()

    def _draw_levels(self) -> None:
        last = max(len(self.values.rounds) - 1, 0)
        line = pen(theme().palette.line)
        for rank in range(len(self.values.levels)):
            self._add_line([(0.0, rank), (last, rank)], line)

    def _draw_bars(self) -> None:
        """Draw what was open as a bar from the level up to the one at most reached."""
        palette = theme().palette
        self._bars = []
        for place, point in enumerate(self.values.points):
            if point is not None and point[0] != point[1]:
                bar = QGraphicsRectItem()
                bar.setPen(pen(palette.accent, 1.2, Qt.PenStyle.DashLine))
                bar.setBrush(QBrush(tinted(palette.accent, 150), Qt.BrushStyle.BDiagPattern))
                self._box.addItem(bar, ignoreBounds=True)
                self._bars.append((place, *point, bar))

    def _draw_steps(self) -> None:
        """Join what follows one another; dashed where rounds without a level lie between."""
        for before, after in self.values.steps:
            style = Qt.PenStyle.SolidLine if after == before + 1 else Qt.PenStyle.DotLine
            ends = [(float(place), self._low(place)) for place in (before, after)]
            self._add_line(ends, pen(theme().palette.accent, 1.8, style))

    def _draw_marks(self) -> None:
        for place, point in enumerate(self.values.points):
            if point is not None:
                for mark in level_marks((place, point[0]), point[0], len(self.values.levels), theme().palette):
                    self._box.addItem(mark, ignoreBounds=True)

    def _low(self, place: int) -> float:
        point = self.values.points[place]
        return float(point[0]) if point is not None else 0.0

    def _add_line(self, ends: list[tuple[float, float]], line: QPen) -> None:
        path = QPainterPath(QPointF(*ends[0]))
        for end in ends[1:]:
            path.lineTo(QPointF(*end))
        item = QGraphicsPathItem(path)
        item.setPen(line)
        self._box.addItem(item, ignoreBounds=True)

    def _text(self, words: str, at: tuple[float, float], anchor: tuple[float, float]) -> Any:
        label = pyqtgraph.TextItem(words, color=theme().palette.text_muted, anchor=anchor)
        label.textItem.setFont(theme().font(SMALL))
        label.textItem.document().setDocumentMargin(0)
        label.setPos(*at)
        self._box.addItem(label, ignoreBounds=True)
        return label

    # Fitting

    def _fit(self) -> None:
        """Choose the scale so that the names at the left and below fit."""
        metrics = QFontMetricsF(theme().font(SMALL))
        aside = min(max(metrics.horizontalAdvance(name) for name in self.values.levels), _WIDEST) + MARK
        last, top = max(len(self.values.rounds) - 1, 1), max(len(self.values.levels) - 1, 1)
        across = max(self.width() - aside - 3 * _EDGE - MARK, 40.0) / last
        up = max(self.height() - _BELOW - 2 * _EDGE, 20.0) / top
        left, right = (aside + _EDGE) / across, (2 * _EDGE + MARK) / across
        self._box.setRange(xRange=(-left, last + right), yRange=(-(_BELOW + _EDGE) / up, top + _EDGE / up), padding=0)
        self._place_names(metrics, aside, across, up)
        for place, low, high, bar in self._bars:
            bar.setRect(QRectF(place - _BAR / 2 / across, low, _BAR / across, high - low))

    def _place_names(self, metrics: QFontMetricsF, aside: float, across: float, up: float) -> None:
        for rank, label in enumerate(self._names):
            label.setText(metrics.elidedText(self.values.levels[rank], Qt.TextElideMode.ElideRight, _WIDEST))
            label.setPos(-MARK / across, rank)
        self._place_rounds(metrics, aside + _EDGE, across, up)

    def _place_rounds(self, metrics: QFontMetricsF, left: float, across: float, up: float) -> None:
        """Name the rounds that there is room for: those compared first, then the last, then from the left."""
        count, taken = len(self._rounds), list[tuple[float, float]]()
        for place in dict.fromkeys((*self.values.chosen, count - 1, *range(count))):
            chosen, label = place in self.values.chosen, self._rounds[place]
            label.textItem.setFont(theme().font(SMALL, "semibold" if chosen else "regular"))
            words = metrics.elidedText(self.values.rounds[place], Qt.TextElideMode.ElideRight, _WIDEST)
            half = metrics.horizontalAdvance(words) / 2 + 5
            middle = min(max(place * across, half - left), self.width() - left - half)
            start, end = middle - half, middle + half
            fits = all(end <= other or start >= until for other, until in taken)
            if fits:
                taken.append((start, end))
            label.setText(words if fits else "")
            label.setPos(middle / across, -(MARK / 2 + 4) / up)
