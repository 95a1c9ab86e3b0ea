"""A strength as people see it: triangles and a word, the same as in print; and the keys that set it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.analysis.factors import FACILITATING, INHIBITING, STRENGTHS, STRONG
from app.model.assessment import Strength, Tendency
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS: Final[Mapping[Strength, str]] = {
    Strength.STRONGLY_FACILITATES: "5",
    Strength.SOMEWHAT_FACILITATES: "4",
    Strength.NEUTRAL: "3",
    Strength.SOMEWHAT_INHIBITS: "2",
    Strength.STRONGLY_INHIBITS: "1",
    Strength.NOT_APPLICABLE: "0",
    Strength.UNKNOWN: "U",
}
"""In the order in which strengths are offered."""

TENDENCIES: Final = {Tendency.FACILITATES: "facilitates", Tendency.INHIBITS: "inhibits"}
WIDTH: Final = 17.0  # of two triangles
_SIDE = 8.0
_STEP = 9.0


def key_help() -> str:
    """Say which key does what in the grid, in a line."""
    keys = [f"{key} {STRENGTHS[strength]}" for strength, key in KEYS.items()]
    return f"{', '.join(keys)}, Backspace clears it. Enter: memo. Ctrl+E: evidence. F2: the factor itself."


def paint_sign(painter: QPainter, where: QRectF, strength: Strength | None) -> None:
    """Paint triangles: up facilitates, down inhibits, two are strong; a line is neutral, an empty box unknown.

    What is not applicable, or not judged, has no sign. The sign stands at the left of `where`, at half its height.
    """
    if strength is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(where.left(), where.center().y())
    if strength in FACILITATING or strength in INHIBITING:
        _paint_triangles(painter, middle, 2 if strength in STRONG else 1, up=strength in FACILITATING)
    elif strength is Strength.NEUTRAL:
        painter.setPen(QPen(theme().colour("text_muted"), 1.4))
        painter.drawLine(middle, middle + QPointF(_STEP, 0))
    elif strength is Strength.UNKNOWN:
        painter.setPen(QPen(theme().colour("text_muted"), 1.0, Qt.PenStyle.DotLine))
        painter.drawRect(QRectF(middle.x() + 0.5, middle.y() - 3.5, _SIDE - 1, 7))
    painter.restore()


def side_colour(*, up: bool) -> QColor:
    """Give the colour of what facilitates, or inhibits."""
    return theme().colour("accent" if up else "text")


def _paint_triangles(painter: QPainter, at: QPointF, number: int, *, up: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(side_colour(up=up))
    base, tip = (3.5, -3.5) if up else (-3.5, 3.5)
    for place in range(number):
        left = at + QPointF(place * _STEP, 0)
        corners = [QPointF(0, base), QPointF(_SIDE, base), QPointF(_SIDE / 2, tip)]
        painter.drawPolygon(QPolygonF([left + corner for corner in corners]))
