"""Words broken into the lines that a width holds, for delegates that paint them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter

    from ui.theme.fonts import Weight


@functools.lru_cache(maxsize=4096)
def wrapped(text: str, size: int, weight: Weight, width: int, most: int) -> tuple[str, ...]:
    """Break a text into at most `most` lines of `width` px; the last ends in "…" where there is more."""
    font = theme().font(size, weight)
    layout = QTextLayout(text.replace("\n", " "), font)
    layout.setTextOption(_option())
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        start = line.textStart()
        units = layout.text().encode("utf-16-le", "surrogatepass")
        rest = units[2 * start :].decode("utf-16-le", "replace")
        here = units[2 * start : 2 * (start + line.textLength())].decode("utf-16-le", "replace")
        last = len(lines) == most - 1
        lines.append(_elided(rest, font, width) if last else here.rstrip())
    layout.endLayout()
    return tuple(lines) or ("",)


def _elided(text: str, font: QFont, width: int) -> str:
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


def _option() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


@functools.lru_cache(maxsize=32)
def line_height(size: int, weight: Weight = "regular") -> float:
    """Tell how far apart lines of a size stand, in px."""
    return QFontMetricsF(theme().font(size, weight)).lineSpacing()


@functools.lru_cache(maxsize=2048)
def text_width(text: str, size: int, weight: Weight = "regular") -> float:
    """Tell how wide a text is on one line, in px."""
    return QFontMetricsF(theme().font(size, weight)).horizontalAdvance(text)


def paint_lines(painter: QPainter, lines: tuple[str, ...], left: float, top: float, size: int, weight: Weight) -> float:
    """Paint lines under one another in the painter's pen; give where the next would begin."""
    font = theme().font(size, weight)
    painter.setFont(font)
    ascent, height = QFontMetricsF(font).ascent(), line_height(size, weight)
    for line in lines:
        painter.drawText(QPointF(left, top + ascent), line)
        top += height
    return top
