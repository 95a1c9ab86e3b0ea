"""Words with what was removed struck through and what was added underlined, laid out by Qt and never as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextCharFormat, QTextLayout, QTextOption

from app.analysis.differences import Change, Piece
from ui.notebook.offsets import showable, to_units
from ui.theme import BODY, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_MOST = 400  # layouts kept at once
_THIN = Piece("\u2009", Change.SAME)  # keeps words removed apart from those put in their place


class Layouts:
    """Lays out words for painting and measuring, and keeps what it has laid out."""

    def __init__(self) -> None:
        self._kept: dict[tuple[tuple[Piece, ...], int, bool], QTextLayout] = {}

    def of(self, pieces: tuple[Piece, ...], width: int) -> QTextLayout:
        """Lay out the words of one step for a width in px; every one of them, on as many lines as it takes."""
        wanted = (pieces, width, theme().dark)
        if wanted not in self._kept:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[wanted] = _laid_out(pieces, width)
        return self._kept[wanted]

    def height(self, pieces: tuple[Piece, ...], width: int) -> float:
        """Tell how high the words of one step are, in px."""
        return self.of(pieces, width).boundingRect().height() if pieces else 0.0

    def paint(self, painter: QPainter, pieces: tuple[Piece, ...], left: float, top: float, width: int) -> float:
        """Paint the words of one step; give where the next thing would begin."""
        if pieces:
            painter.setPen(theme().colour("text"))
            self.of(pieces, width).draw(painter, QPointF(left, top))
        return top + self.height(pieces, width)


def format_of(change: Change) -> QTextCharFormat:
    """Give the looks of a piece: calm colours, and lines that tell without them."""
    made = QTextCharFormat()
    if change is Change.REMOVED:
        made.setFontStrikeOut(True)
        made.setForeground(theme().colour("text_muted"))
        made.setBackground(theme().colour("sunken"))
    elif change is Change.ADDED:
        made.setFontUnderline(True)
        made.setForeground(theme().colour("accent"))
        made.setBackground(theme().colour("accent_soft"))
    return made


def _laid_out(pieces: tuple[Piece, ...], width: int) -> QTextLayout:
    parts = _apart(pieces)
    text = showable("".join(part.text for part in parts))
    layout = QTextLayout(text, theme().font(BODY))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(_ranges(parts))
    layout.beginLayout()
    high = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, high))
        high += line.height()
    layout.endLayout()
    return layout


def _apart(pieces: tuple[Piece, ...]) -> list[Piece]:
    parts: list[Piece] = []
    for piece in pieces:
        if parts and parts[-1].change is Change.REMOVED and piece.change is Change.ADDED:
            parts.append(_THIN)
        parts.append(piece)
    return parts


def _ranges(parts: list[Piece]) -> list[QTextLayout.FormatRange]:
    """Give the looks of each part, counted as Qt counts, in UTF-16 units."""
    found, start = [], 0
    for part in parts:
        units = to_units(part.text, len(part.text))
        if part.change is not Change.SAME:
            made = QTextLayout.FormatRange()
            made.start, made.length, made.format = start, units, format_of(part.change)
            found.append(made)
        start += units
    return found
