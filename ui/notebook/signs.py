"""Names of codes as they stand in the margin of the notes, each with a dot of its colour; and all of one passage's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen

from ui.codes.colours import legible
from ui.notebook.wrapping import line_height, text_width, wrapped
from ui.theme import SMALL, SPACE, theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPainter

    from ui.notebook.coded import Sign

DOT = 6.0  # px, the side of the dot before a name
_MOST_LINES = 3  # of one name


@dataclass(frozen=True)
class Whole:
    """All names beside a passage, over whatever else stands there: where, and each with its lines."""

    where: QRectF
    names: tuple[tuple[Sign, tuple[str, ...]], ...]

    @classmethod
    def beside(cls, signs: Sequence[Sign], left: float, top: float, margin: QRectF) -> Whole:
        """Put names under each other from a place of the margin down, or higher where that would end below it, px."""
        around = 2 * SPACE[0] + DOT + 4
        widest = max(text_width(sign.name, SMALL) for sign in signs) + 2
        wide = min(margin.width() - left - 1 - around, widest)
        names = tuple((sign, wrapped(sign.name, SMALL, "regular", int(wide), _MOST_LINES)) for sign in signs)
        high = line_height(SMALL) * sum(len(lines) for _sign, lines in names) + 2 * _edge()
        first = max(min(top - _edge(), margin.height() - high - 1), 0.0)
        return cls(QRectF(left, first, wide + around, high), names)

    def rows(self) -> Iterator[tuple[Sign, tuple[str, ...], QRectF]]:
        """Go through the names, each with its place."""
        row = self.where.adjusted(SPACE[0], _edge(), -SPACE[0], 0)
        for sign, lines in self.names:
            row.setHeight(line_height(SMALL) * len(lines))
            yield sign, lines, QRectF(row)
            row.moveTop(row.bottom())

    def pointed(self, y: float) -> tuple[Sign, ...]:
        """List the codes, the one whose name is at a height first."""
        here = next((sign for sign, _lines, row in self.rows() if y < row.bottom()), self.names[-1][0])
        return (here, *(sign for sign, _lines in self.names if sign is not here))


def _edge() -> float:
    return SPACE[0] / 2


def paint_whole(painter: QPainter, whole: Whole, current: str) -> None:
    """Paint all names beside a passage on a ground of their own."""
    painter.setPen(QPen(theme().colour("line_strong"), 1))
    painter.setBrush(theme().colour("surface"))
    painter.drawRoundedRect(whole.where.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    for sign, lines, row in whole.rows():
        painter.setPen(theme().colour("text" if sign.passage == current else "text_muted"))
        paint_name(painter, row, line_height(SMALL), lines, sign)


def paint_name(painter: QPainter, where: QRectF, high: float, lines: Sequence[str], sign: Sign | None) -> None:
    """Paint the lines of a name, each so high, after a dot of the code's colour; in the painter's pen and font."""
    line = QRectF(where.left(), where.top(), where.width(), high)
    if sign is not None:
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink_of(sign)))
        painter.drawRoundedRect(QRectF(line.left(), line.center().y() - DOT / 2, DOT, DOT), 1.5, 1.5)
        painter.restore()
        line.adjust(DOT + 4, 0, 0, 0)
    for words in lines:
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        line.translate(0, high)


def ink_of(sign: Sign) -> str:
    """Give the colour a code is painted in, legible on the notes' ground."""
    palette = theme().palette
    return legible(sign.colour or palette.accent, palette.surface)
