"""Words laid out in a column, all of them, with stretches set off; painted as plain text."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextCharFormat, QTextLayout, QTextOption

from app.analysis.differences import Change, differences
from ui.notebook.offsets import showable, to_units
from ui.notebook.wrapping import line_height
from ui.theme import BODY, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QPainter

Stretch = tuple[int, int]  # from and to, in code points


@functools.lru_cache(maxsize=4096)
def height_of(text: str, width: int, *, slanted: bool = False) -> float:
    """Measure how high a text is in a column, in px."""
    return _laid_out(text, width, slanted=slanted)[1]


@functools.lru_cache(maxsize=1024)
def unlike(left: str, right: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Find the words that stand in one of two texts only: in the left one, in the right one."""
    found: dict[Change, list[Stretch]] = {Change.REMOVED: [], Change.ADDED: []}
    at = {Change.REMOVED: 0, Change.ADDED: 0}
    for piece in differences(left, right):
        if piece.change is not Change.SAME and piece.text.strip():
            start = at[piece.change] + len(piece.text) - len(piece.text.lstrip())
            found[piece.change].append((start, start + len(piece.text.strip())))
        for change in at if piece.change is Change.SAME else (piece.change,):
            at[change] += len(piece.text)
    return tuple(found[Change.REMOVED]), tuple(found[Change.ADDED])


def paint_words(
    painter: QPainter,
    text: str,
    at: QPointF,
    width: int,
    *,
    slanted: bool = False,
    marks: tuple[Stretch, ...] = (),
    ground: QColor | None = None,
) -> None:
    """Paint a text in the painter's pen; the stretches in `marks` stand on `ground`."""
    formats = [_format(text, mark, ground) for mark in marks] if ground is not None else []
    _laid_out(text, width, formats, slanted=slanted)[0].draw(painter, at)


def _laid_out(
    text: str, width: int, formats: Sequence[QTextLayout.FormatRange] = (), *, slanted: bool
) -> tuple[QTextLayout, float]:
    layout = QTextLayout(showable(text), theme().font(BODY, italic=slanted))
    layout.setFormats(formats)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    down, least = 0.0, line_height(BODY)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, down))
        down += max(line.height(), least)
    layout.endLayout()
    return layout, max(down, least)


def _format(text: str, mark: Stretch, ground: QColor) -> QTextLayout.FormatRange:
    made, style = QTextLayout.FormatRange(), QTextCharFormat()
    style.setBackground(ground)
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)  # so that it does not hang on colour alone
    style.setUnderlineColor(theme().colour("accent"))
    start = to_units(text, mark[0])
    made.start, made.length, made.format = start, to_units(text, mark[1]) - start, style
    return made
