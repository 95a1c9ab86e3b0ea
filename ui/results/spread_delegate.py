"""How answers spread over cases is painted: a bar in pieces, a piece for each answer with its sign and number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from app.scoring.scale import Verdict
from ui.notebook.wrapping import text_width
from ui.results.spread_model import SPREAD, SpreadModel
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets.level import level_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem

    from app.analysis.distribution import Offered, Spread
    from ui.results.model import Index

HEIGHT: Final = 46
_BAR: Final = 24.0
_SIGN: Final = 11.0
_APART: Final = 2.0  # px between two pieces of a bar


class SpreadDelegate(QStyledItemDelegate):
    """Paints a criterion's bar in the first column, a number in each of the others."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As high as a bar and its room."""
        return QSize(48, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        where = QRectF(option.rect)
        painter.save()
        painter.setPen(QColor(theme().palette.line))
        painter.drawLine(option.rect.topLeft(), option.rect.topRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        model = index.model()
        if index.column() or not isinstance(model, SpreadModel):
            _paint_number(painter, where.adjusted(2, 8, -2, -8), str(index.data() or ""))
        elif model.shown is not None:
            for offered, piece, number in pieces(model.shown.answers, index.data(SPREAD), where):
                paint_piece(painter, piece, offered, model.shown.steps, str(number))
        _paint_state(painter, where.adjusted(1, 5, -1, -5), option)
        painter.restore()


def pieces(answers: Sequence[Offered], spread: Spread, where: QRectF) -> Iterator[tuple[Offered, QRectF, int]]:
    """Lay out a bar within a cell: each answer that cases have, where it is drawn, and how many cases have it."""
    inner = where.adjusted(SPACE[1], 0, -SPACE[1], 0)
    total = sum(map(len, spread.cases))
    left = inner.left()
    top = inner.center().y() - _BAR / 2
    for offered, here in zip(answers, spread.cases, strict=True):
        if here:
            wide = inner.width() * len(here) / total
            yield offered, QRectF(left, top, wide - _APART, _BAR), len(here)
            left += wide


def paint_piece(painter: QPainter, where: QRectF, offered: Offered, steps: int, number: str) -> None:
    """Paint one piece of a bar: sign and number on the answer's colour; hatched where the answer is open."""
    ink = _paint_ground(painter, where, offered, steps)
    painter.setFont(theme().font(SMALL, "semibold"))
    wide = text_width(number, SMALL, "semibold")
    has_sign = where.width() >= _SIGN + SPACE[0] + wide + 4
    left = where.center().x() - (wide + (_SIGN + SPACE[0] if has_sign else 0)) / 2
    if has_sign:
        paint_answer(painter, QRectF(left, where.center().y() - _SIGN / 2, _SIGN, _SIGN), offered, steps, ink)
        left += _SIGN + SPACE[0]
    if wide <= where.width():
        painter.setPen(ink)
        room = QRectF(left, where.top(), wide + 1, where.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), number)


def paint_answer(painter: QPainter, where: QRectF, offered: Offered, steps: int, ink: QColor) -> None:
    """Paint the sign of an answer: a circle filled by how far, a dotted box when open, a line when left out."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if offered.rank is not None or offered.verdict is Verdict.NOT_APPLICABLE:
        level_shape(painter, where, offered.rank, steps, ink)
    else:
        painter.setPen(QPen(ink, 1.2, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(where.adjusted(1, 2, -1, -2))
    painter.restore()


def _paint_ground(painter: QPainter, where: QRectF, offered: Offered, steps: int) -> QColor:
    """Paint what a piece stands on; give the ink for it."""
    palette = theme().palette
    painter.setPen(Qt.PenStyle.NoPen)
    if offered.rank is not None:
        painter.setBrush(QColor(palette.level_fill(offered.rank, steps)))
        painter.drawRoundedRect(where, 2, 2)
        return QColor(palette.level_ink(offered.rank, steps))
    painter.setPen(QPen(QColor(palette.line), 1.0))
    painter.setBrush(QColor(palette.sunken))
    painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    if offered.verdict is not Verdict.NOT_APPLICABLE:
        painter.setBrush(QBrush(QColor(palette.line), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    return QColor(palette.text)


def _paint_number(painter: QPainter, where: QRectF, number: str) -> None:
    palette = theme().palette
    if not number:
        painter.setPen(QPen(QColor(palette.line_strong), 1.0))
        painter.drawPoint(QPointF(where.center()))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.sunken))
    painter.drawRoundedRect(where, 3, 3)
    painter.setPen(QColor(palette.text))
    painter.setFont(theme().font(BODY, "medium"))
    painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), number)


def _paint_state(painter: QPainter, where: QRectF, option: QStyleOptionViewItem) -> None:
    """Draw a ring around the current cell, and a fainter one around the cell pointed at."""
    palette, state = theme().palette, option.state
    if not state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
        return
    current = bool(state & QStyle.StateFlag.State_Selected)
    focused = not current or bool(state & QStyle.StateFlag.State_HasFocus)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(palette.focus if focused else palette.text_muted), 2.0 if current else 1.0))
    painter.drawRoundedRect(where, 3, 3)
