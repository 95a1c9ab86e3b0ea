"""A radar of one case: principles as axes, levels as rings, what is still open as a band around the area."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pyqtgraph
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem

from app.analysis import radar as shape
from ui.charts.radar_shape import drawn_height
from ui.charts.still import MARK, Still, ideal_width, level_marks, pen, sign, tinted
from ui.theme import SMALL, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from app.analysis.radar import RadarValues

_GAP = 9  # px between the outer ring and the words on an axis
_ROOM = 48.0  # px kept for words, so that charts beside one another have the same scale
_SIDE = 92.0  # px; the widest words beside a radar of more than three axes, where there is little room
_READABLE = 56.0  # px; the radius that words beside it leave, where there is more
_UPRIGHT = 0.1  # how far off the middle an axis may end for its words to stand above or below the rings
_APART = 3.0  # px from the middle to each of a triangle's lower words
_LEAST = 24.0  # px; the smallest radius drawn


class Radar(Still):
    """Shows `RadarValues`; `picked` tells which axis was clicked."""

    picked = Signal(int)

    def __init__(self, values: RadarValues, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[Any] = []
        self.show_values(values)
        theme().changed.connect(self.redraw)

    def show_values(self, values: RadarValues) -> None:
        """Show other values."""
        self.values = values
        self.setAccessibleName(f"Radar of {values.title}")
        self.setAccessibleDescription(values.description)
        self.updateGeometry()
        self.redraw()

    def sizeHint(self) -> QSize:
        """Wide enough for the words on the lower axes to stand side by side."""
        return QSize(260, drawn_height(self.values))

    def minimumSizeHint(self) -> QSize:
        """As narrow as words still fit."""
        return QSize(216, drawn_height(self.values))

    # Drawing

    def redraw(self) -> None:
        """Draw it anew, in the colours of now."""
        self._box.clear()
        self._draw_rings()
        self._draw_areas()
        self._draw_marks()
        self._labels = [self._label(axis) for axis in range(len(self.values.axes))]
        self._fit()

    def _draw_rings(self) -> None:
        values, palette = self.values, theme().palette
        count, levels = len(values.axes), len(values.levels)
        for rank in range(levels):
            line = pen(palette.line_strong)
            line.setColor(tinted(palette.line_strong, 255 if rank == levels - 1 else 130))
            self._add_path(shape.ring(rank, count, levels), line)
        for axis in range(count):
            self._add_path([(0.0, 0.0), shape.direction(axis, count)], pen(palette.line))

    def _draw_areas(self) -> None:
        values, palette = self.values, theme().palette
        levels = len(values.levels)
        reached = shape.area(values.reached, levels)
        if not values.certain:
            band = QBrush(tinted(palette.accent, 150), Qt.BrushStyle.BDiagPattern)
            dashes = pen(palette.accent, 1.2, Qt.PenStyle.DashLine)
            self._add_path(shape.area(values.at_most, levels), dashes, band, hole=reached)
        self._add_path(reached, pen(palette.accent, 1.8), QBrush(tinted(palette.accent, 46)))

    def _draw_marks(self) -> None:
        """Put each level's shape on its axis: an empty circle, filled up to the level."""
        values, palette = self.values, theme().palette
        places = shape.area(values.reached, len(values.levels))
        for axis, (rank, place) in enumerate(zip(values.reached, places, strict=True)):
            for mark in level_marks(place, rank, len(values.levels), palette):
                self._add_mark(axis, mark)
        self._draw_team()

    def _draw_team(self) -> None:
        """Put a diamond on an axis where the team set another level."""
        values, palette = self.values, theme().palette
        for axis in range(len(values.axes)):
            rank = values.set_by_team(axis)
            if rank is not None:
                x, y = shape.direction(axis, len(values.axes))
                far = shape.radius(rank, len(values.levels))
                self._add_mark(axis, sign((x * far, y * far), "d", pen(palette.text, 1.6), palette.surface))

    def _add_mark(self, axis: int, mark: Any) -> None:
        mark.sigClicked.connect(lambda *_: self.picked.emit(axis))
        mark.setCursor(Qt.CursorShape.PointingHandCursor)
        self._box.addItem(mark, ignoreBounds=True)

    def _label(self, axis: int) -> Any:
        values, palette = self.values, theme().palette
        name, level = html.escape(values.axes[axis]), html.escape(values.words(axis)).replace(", ", "<br>")
        level = f'<br><span style="color:{palette.text}; font-weight:600">{level}</span>'
        label = pyqtgraph.TextItem()
        words = label.textItem
        words.setFont(theme().font(SMALL))
        words.document().setDocumentMargin(0)
        label.setHtml(
            f'<div align="center" style="color:{palette.text_muted}">{name}'
            f"{level if len(values.axes) <= shape.MOST_WORDS else ''}</div>"
        )
        self._box.addItem(label, ignoreBounds=True)
        return label

    def _is_triangle(self) -> bool:
        return len(self.values.axes) == 3

    def _add_path(
        self,
        corners: list[shape.Point],
        pen: QPen,
        brush: QBrush | None = None,
        *,
        hole: list[shape.Point] | None = None,
    ) -> None:
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        for ring in (corners, hole or []):
            path.addPolygon(QPolygonF([QPointF(*corner) for corner in ring]))
            path.closeSubpath()
        item = QGraphicsPathItem(path)
        item.setPen(pen)
        item.setBrush(brush or QBrush(Qt.BrushStyle.NoBrush))
        self._box.addItem(item, ignoreBounds=True)

    # Fitting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw as large as the words around it allow."""
        super().resizeEvent(event)
        if getattr(self, "_labels", None):
            self._fit()

    def _fit(self) -> None:
        """Choose the scale so that rings and words fit; a unit is as long across as up, in px."""
        self._wrap()
        middle = sum(shape.height(len(self.values.axes))) / 2
        width, height = max(self.width(), 1), max(self.height(), 1)
        unit = max(min(self._room_across(width), self._room_up(height)), _LEAST)
        half_across, half_up = width / 2 / unit, height / 2 / unit
        self._box.setRange(xRange=(-half_across, half_across), yRange=(middle - half_up, middle + half_up), padding=0)
        for axis, label in enumerate(self._labels):
            self._place(label, shape.direction(axis, len(self.values.axes)), unit)

    def _wrap(self) -> None:
        """Break words where they would not fit: on a triangle, the two lower labels share the chart's width."""
        wanted = [ideal_width(label) for label in self._labels]
        limits = self._beside()
        if self._is_triangle():
            lower = self.width() / 2 - _GAP if sum(wanted[1:]) + 4 > self.width() else float(self.width())
            limits = [float(self.width()), lower, lower]
        for label, wide, limit in zip(self._labels, wanted, limits, strict=True):
            words = label.textItem
            words.setTextWidth(min(wide, limit))
            if wide > limit and not self._is_triangle():
                words.setTextWidth(min(words.document().idealWidth(), limit))  # no wider than its longest line

    def _beside(self) -> list[float]:
        """How wide the words on each axis may be: above and below as wide as the chart, beside so that it is read."""
        count, width = len(self._labels), float(self.width())
        if count > shape.MOST_WORDS:
            return [_SIDE] * count
        side = max(_SIDE, width / 2 - _GAP - _READABLE)
        return [side if abs(shape.direction(axis, count)[0]) > _UPRIGHT else width for axis in range(count)]

    def _room_up(self, height: int) -> float:
        """The largest unit at which no label leaves the chart above or below."""
        bottom, top = shape.height(len(self._labels))
        highs: list[float] = [max(_ROOM, label.textItem.boundingRect().height()) for label in self._labels]
        if self._is_triangle():
            return (height - 2 * (max(highs) + _GAP)) / (top - bottom)
        rooms, middle = [float(height)], (top + bottom) / 2
        for axis, high in enumerate(highs):
            _, y = shape.direction(axis, len(self._labels))
            if abs(y) > _UPRIGHT:
                words = abs(y) * _GAP + high * (1 + abs(y)) / 2
                rooms.append((height / 2 - words) / max(abs(y - middle), _UPRIGHT))
        return min(rooms)

    def _room_across(self, width: int) -> float:
        """The largest unit at which no label leaves the chart at its sides."""
        rooms = [float(width)]
        for axis, label in enumerate(self._labels):
            x, _ = shape.direction(axis, len(self._labels))
            beside = MARK if self._is_triangle() else label.textItem.boundingRect().width() + _GAP
            if abs(x) > _UPRIGHT:
                rooms.append((width / 2 - beside) / abs(x))
        return min(rooms)

    def _place(self, label: Any, at: shape.Point, unit: float) -> None:
        """Put a label outside the rings: under its corner on a triangle, else on from it."""
        x, y = at
        if self._is_triangle():
            half = label.textItem.boundingRect().width() / 2
            limit = max(self.width() / 2 - half, 0.0)
            label.setAnchor((0.5, 1.0 if y > 0 else 0.0))
            beside = max(abs(x) * unit, half + _APART) if y < 0 else 0.0  # the lower two stay off one another
            away = min(beside, limit) * (1 if x > 0 else -1)
            label.setPos(away / unit, y + (_GAP if y > 0 else -_GAP) / unit)
        else:
            label.setAnchor((0.5 - x / 2, 0.5 + y / 2))
            label.setPos(x * (1 + _GAP / unit), y * (1 + _GAP / unit))
