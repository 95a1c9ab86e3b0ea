"""What the marks of the heat map mean, in one line below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.analysis.compare import Direction
from app.analysis.overview import Standing, TeamLevel
from ui.results.delegate import ARROWS, paint_bar, paint_open_edge, paint_team
from ui.results.model import Cell
from ui.theme import SMALL, SPACE, theme
from ui.theme.icons import paint_icon
from ui.widgets.level import level_shape

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPaintEvent

_HEIGHT = 20
_OPEN = "could still rise, by what is open"
_BAR = "share of criteria with an answer that counts"
_TEAM = "set by the team; dashed: lapsed"
_ARROWS = {
    "rose": ARROWS[Direction.UP],
    "fell": ARROWS[Direction.DOWN],
    "stayed": ARROWS[Direction.SAME],
}
_WIDE = {_BAR: 24.0, _TEAM: 22.0}


class Legend(QWidget):
    """Shapes and words of the levels, the hatched edge, the bar, and what else is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFont(theme().font(SMALL))
        self._levels: tuple[str, ...] = ()
        self._team = self._trends = False
        theme().changed.connect(self.update)

    def show_levels(self, names: tuple[str, ...], *, team: bool = False, trends: bool = False) -> None:
        """Explain these levels, lowest first; with what the team set, and which way levels went, where that is seen."""
        self._levels, self._team, self._trends = names, team, trends
        parts = [f"Levels from low to high: {', '.join(names)}", f"Hatched edge: {_OPEN}", f"Bar: {_BAR}"]
        parts += [f"Frame: {_TEAM}"] if team else []
        parts += [f"Arrows: {', '.join(_ARROWS)}"] if trends else []
        self.setAccessibleName(f"{'. '.join(parts)}.")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(400, _HEIGHT)

    def hasHeightForWidth(self) -> bool:
        """More lines where it is narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as are needed at a width."""
        return round(self._places(width)[-1].bottom()) if self._levels else _HEIGHT

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint marks and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        ink = theme().colour("text_muted")
        painter.setPen(ink)
        for number, (where, (wide, words)) in enumerate(zip(self._places(self.width()), self._items(), strict=True)):
            mark = QRectF(where.left(), where.center().y() - 6, wide, 12)
            self._paint_mark(painter, number, mark, ink)
            text = where.adjusted(wide + 6, 0, 2, 0)
            painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        painter.end()

    def _paint_mark(self, painter: QPainter, number: int, where: QRectF, ink: QColor) -> None:
        of = len(self._levels)
        if number < of:
            level_shape(painter, where, number, of, ink)
            return
        sign = self._signs()[number - of]
        if sign == _OPEN:
            paint_open_edge(painter, where, Cell(("", ""), Standing(0, of - 1, "", "", 0.5), of))
        elif sign == _TEAM:
            painter.setPen(ink)
            paint_team(painter, where, TeamLevel(of - 1, "", ""), of)
        elif sign == _BAR:
            paint_bar(painter, QRectF(where.left(), where.center().y() - 1.5, where.width(), 3), 0.6, ink)
        else:
            paint_icon(painter, _ARROWS[sign], ink.name(), where)

    def _items(self) -> list[tuple[float, str]]:
        """Width of the mark and words, thing by thing."""
        return [*((12.0, name) for name in self._levels), *((_WIDE.get(sign, 12.0), sign) for sign in self._signs())]

    def _signs(self) -> list[str]:
        """What is explained beside the levels: only what can be seen."""
        return [_OPEN, _BAR, *([_TEAM] if self._team else []), *(_ARROWS if self._trends else [])]

    def _places(self, width: int) -> list[QRectF]:
        """Put the things beside one another, and on the next line where they no longer fit."""
        metrics, places = QFontMetricsF(self.font()), []
        left, top = 0.0, 0.0
        for mark, words in self._items():
            wide = mark + 6 + metrics.horizontalAdvance(words)
            if left and left + wide > width:
                left, top = 0.0, top + _HEIGHT
            places.append(QRectF(left, top, wide, _HEIGHT))
            left += wide + SPACE[3]
        return places
