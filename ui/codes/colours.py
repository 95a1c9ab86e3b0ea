"""Colours of codes: a few to choose from, and how any is shown so that it stands out from its ground."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QPainter, QPen

from ui.theme import theme
from ui.theme.colour import contrast, mix

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

STANDS_OUT: Final = 3.0
"""Contrast that a shape needs with its ground (WCAG 2.2, 1.4.11)."""

CHOICES: Final = (
    ("#3d7cc9", "Blue"),
    ("#0e8a9c", "Turquoise"),
    ("#178a63", "Green"),
    ("#64863a", "Moss"),
    ("#96781a", "Ochre"),
    ("#b8651b", "Orange"),
    ("#c9543f", "Red"),
    ("#c04a76", "Rose"),
    ("#a354a8", "Purple"),
    ("#7766cc", "Violet"),
    ("#8a6f5f", "Brown"),
    ("#6f7a86", "Grey"),
)
"""Colours offered, as (value, name); each stands out from every ground of both themes that codes are shown on."""

SWATCH: Final = 10
_STEPS = 20


@functools.lru_cache(maxsize=512)
def legible(colour: str, ground: str) -> str:
    """Give a colour, or the nearest to it, lighter or darker, that stands out from a ground."""
    away = max(("#000000", "#ffffff"), key=lambda end: contrast(end, ground))
    for step in range(_STEPS + 1):
        tried = mix(colour, away, step / _STEPS)
        if contrast(tried, ground) >= STANDS_OUT:
            return tried
    return away


def paint_swatch(painter: QPainter, colour: str, where: QRectF, ground: str = "surface") -> None:
    """Paint a code's colour as a small square; an outline where it has none."""
    palette = theme().palette
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if colour:
        painter.setPen(QPen(QColor(0, 0, 0, 0)))
        painter.setBrush(QColor(legible(colour, getattr(palette, ground))))
    else:
        painter.setPen(QPen(QColor(palette.text_faint)))
        where = where.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(where, 2, 2)
    painter.restore()
