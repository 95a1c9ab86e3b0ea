"""Choosing a code's colour among a few: arrows go along, Space or a click takes one, none is one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from ui.codes.colours import CHOICES, legible
from ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent

_SIDE, _GAP, _ACROSS = 22, 4, 7
_OWN: Final = "As it is"


class ColourField(QWidget):
    """The colours offered; one that was given otherwise stands after them."""

    committed = Signal(object)  # "#rrggbb", "" for none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._at = 0
        self._offered: list[tuple[str, str]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_value("")

    def value(self) -> object:
        """Give the colour chosen, "" for none."""
        return self._value

    def set_value(self, value: object) -> None:
        """Show the colour chosen."""
        self._value = str(value or "")
        self._offered = [("", "No colour"), *CHOICES]
        if self._value not in {colour for colour, _name in self._offered}:
            self._offered.append((self._value, _OWN))
        self._at = [colour for colour, _name in self._offered].index(self._value)
        self._say()

    def commit(self) -> None:
        """Nothing waits here: choosing commits."""

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Let people look, or choose."""
        self.setEnabled(not read_only)

    def choose(self, place: int) -> None:
        """Take a colour by its place, as a person."""
        self._at = min(max(place, 0), len(self._offered) - 1)
        chosen = self._offered[self._at][0]
        if chosen != self._value:
            self._value = chosen
            self.committed.emit(chosen)
        self._say()

    def sizeHint(self) -> QSize:
        """Two rows."""
        rows = -(-len(self._offered) // _ACROSS)
        return QSize(_ACROSS * (_SIDE + _GAP) + _GAP, rows * (_SIDE + _GAP) + _GAP)

    def minimumSizeHint(self) -> QSize:
        """All of it."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the colours, and take one."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_ACROSS, Qt.Key.Key_Down: _ACROSS}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._at + step < len(self._offered):
            self._at += step
            self._say()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose(self._at)
        elif step is None:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the colour clicked."""
        place = self._place_at(event)
        if place >= 0:
            self.choose(place)

    def event(self, event: QEvent) -> bool:
        """Tell the name of a colour pointed at."""
        if event.type() == event.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]
            place = self._find(help_event.pos().x(), help_event.pos().y())
            QToolTip.showText(help_event.globalPos(), self._offered[place][1] if place >= 0 else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the colours, the chosen one ringed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = theme().palette
        for place, (colour, _name) in enumerate(self._offered):
            spot = self.spot(place)
            reached = place == self._at and self.hasFocus()
            if reached or colour == self._value:
                painter.setPen(QPen(QColor(palette.focus if reached else palette.text), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(spot.adjusted(1, 1, -1, -1), 5, 5)
            self._paint_colour(painter, colour, spot.adjusted(4, 4, -4, -4))
        painter.end()

    def spot(self, place: int) -> QRectF:
        """Tell where a colour is."""
        row, column = divmod(place, _ACROSS)
        return QRectF(_GAP + column * (_SIDE + _GAP), _GAP + row * (_SIDE + _GAP), _SIDE, _SIDE)

    def _paint_colour(self, painter: QPainter, colour: str, where: QRectF) -> None:
        palette = theme().palette
        if colour:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(legible(colour, palette.surface)))
            painter.drawRoundedRect(where, 3, 3)
            return
        painter.setPen(QPen(QColor(palette.text_faint)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.drawLine(where.bottomLeft(), where.topRight())

    def _place_at(self, event: QMouseEvent) -> int:
        return self._find(event.position().x(), event.position().y())

    def _find(self, x: float, y: float) -> int:
        return next((place for place in range(len(self._offered)) if self.spot(place).contains(x, y)), -1)

    def _say(self) -> None:
        self.setAccessibleName(f"Colour: {self._offered[self._at][1]}")
        self.setToolTip("")
        self.updateGeometry()
        self.update()
