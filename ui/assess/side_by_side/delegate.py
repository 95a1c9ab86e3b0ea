"""How a cell of the matrix is painted: the own answer, below it what counts instead, and the evidence it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.scoring.effective import Reason
from app.scoring.offered import word_of
from ui.assess.delegate import verdict_colours
from ui.assess.rows import GateRow, HeadRow
from ui.assess.side_by_side.model import ROW, Index, cell_words
from ui.factors.delegate import cell_ring
from ui.notebook.wrapping import line_height, text_width
from ui.theme import BODY, SMALL, theme
from ui.theme.icons import paint_icon
from ui.widgets.level import level_shape, level_width, paint_level

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from app.analysis.overview import Standing
    from app.scoring.offered import Answers
    from app.scoring.scale import Verdict
    from ui.assess.rows import CriterionRow
    from ui.theme.fonts import Weight

CELL_HIGH: Final = 46
HEAD_HIGH: Final = 36
GATE_HIGH: Final = 24
_CHIP: Final = 22.0
_GUTTER: Final = 1.5
_PAD: Final = 6.0
_LINK: Final = 11.0
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class CellDelegate(QStyledItemDelegate):
    """Paints one cell; `dropping` is the row and the column of the one that a passage is held over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dropping: tuple[int, int] | None = None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As high as an answer and what stands below it."""
        return QSize(100, CELL_HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the level of a principle, whether a level is reached, or an answer."""
        row, where = index.data(ROW), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, HeadRow):
            _paint_head(painter, row, where)
        elif isinstance(row, GateRow):
            _paint_gate(painter, row, where)
        else:
            inside = where.adjusted(_GUTTER, _GUTTER, -_GUTTER, -_GUTTER)
            _paint_answer(painter, row, inside)
            _paint_state(painter, inside, option, dropping=self.dropping == (index.row(), index.column()))
        painter.restore()


def _paint_head(painter: QPainter, row: HeadRow, where: QRectF) -> None:
    painter.fillRect(where, theme().colour("surface"))
    painter.setFont(theme().font(SMALL, "medium"))
    chip = QRectF(where.left() + _GUTTER, where.bottom() - _CHIP - 3, where.width() - 2 * _GUTTER, _CHIP)
    paint_standing(painter, chip, row.standing, row.levels)


def paint_standing(painter: QPainter, where: QRectF, standing: Standing, levels: int) -> None:
    """Paint a level no wider than it needs; one that is open up to another says so as well as there is room."""
    text = standing_text(standing, painter.font(), where.width())
    wide = min(level_width(painter.font(), text), where.width())
    paint_level(painter, QRectF(where.left(), where.top(), wide, where.height()), standing.rank, levels, text)


def standing_text(standing: Standing, font: QFont, room: float) -> str:
    """Write a level in the words there is room for.

    Its name may be cut short, but neither that it may be higher nor which one the team stands by.
    """
    team = f" \N{MIDDLE DOT} {standing.team.brief}" if standing.team else ""
    both = f"{standing.name} \N{EN DASH} {standing.ceiling_name}{team}"
    more = team if standing.certain else f" +{team}"
    words = (f"{standing.name}{more}",) if standing.certain else (both, f"{standing.name}{more}")
    fitting = [text for text in words if level_width(font, text) <= room]
    left = max(room - level_width(font, more), 0.0)
    return (*fitting, QFontMetricsF(font).elidedText(standing.name, Qt.TextElideMode.ElideRight, left) + more)[0]


def _paint_gate(painter: QPainter, row: GateRow, where: QRectF) -> None:
    painter.fillRect(where, theme().colour("window"))
    ink = theme().colour("accent" if row.reached else "text_faint")
    level_shape(painter, QRectF(where.left() + _PAD, where.center().y() - 5, 10, 10), row.rank, row.levels, ink)
    painter.setFont(theme().font(SMALL))
    painter.setPen(theme().colour("text_muted"))
    painter.drawText(where.adjusted(_PAD + 15, 0, 0, 0), _LEFT, cell_words(row))


def _paint_answer(painter: QPainter, row: CriterionRow, where: QRectF) -> None:
    ink = _paint_ground(painter, row, where)
    painter.setPen(ink)
    inside = where.adjusted(_PAD, 4, -_PAD, 0)
    inside.setHeight(line_height(BODY, "semibold"))
    _write(painter, inside, cell_words(row), BODY, "semibold" if row.own else "regular")
    below = QRectF(inside.left(), where.bottom() - line_height(SMALL) - 4, inside.width(), line_height(SMALL))
    right = _paint_evidence(painter, row, below, ink)
    words, colour = _below(row)
    painter.setPen(ink if row.own else theme().colour(colour))
    below.setRight(right)
    fitting = [text for text in words if text_width(text, SMALL, "medium") <= below.width()]
    _write(painter, below, (*fitting, words[-1])[0], SMALL, "medium")


def _paint_ground(painter: QPainter, row: CriterionRow, where: QRectF) -> QColor:
    """Paint what an answer stands on; give the ink that reads on it."""
    if row.own:
        fill, ink = verdict_colours(row.answers, row.own)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
    else:
        ink = theme().colour("text_faint")
        pen = QPen(theme().colour("accent" if row.proposed else "line"))
        pen.setStyle(Qt.PenStyle.DashLine if row.proposed else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(theme().colour("surface"))
    painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    return ink


def _paint_evidence(painter: QPainter, row: CriterionRow, where: QRectF, ink: QColor) -> float:
    """Paint how many passages the answer rests on, at the right; give where that begins."""
    if not row.evidence and not row.lacks_evidence:
        return where.right()
    colour = ink if row.own else theme().colour("warning" if row.warns else "text_muted")
    painter.setFont(theme().font(SMALL, "semibold" if row.warns else "regular"))
    painter.setPen(colour)
    number = f"{row.evidence}!" if row.warns else str(row.evidence)
    left = where.right() - QFontMetricsF(painter.font()).horizontalAdvance(number)
    painter.drawText(where, _RIGHT, number)
    icon = QRectF(left - _LINK - 3, where.center().y() - _LINK / 2, _LINK, _LINK)
    paint_icon(painter, "link", colour.name(), icon)
    return icon.left() - 3


def _below(row: CriterionRow) -> tuple[tuple[str, ...], str]:
    """Say what counts where that is not the own answer, else what is proposed, in full and shorter; with its ink."""
    if row.counts is not row.own and row.counts is not None:
        return team_words(row.answers, row.counts, row.reason), row.note_ink
    if row.proposed:
        short = row.answers.step(row.proposed.verdict).short
        return (f"Proposed: {short}", f"{short}?"), "accent"
    return ("",), "text_muted"


def team_words(offered: Answers, counts: Verdict, reason: Reason) -> tuple[str, ...]:
    """Say what counts for the team, in full and shorter."""
    if reason is Reason.DIFFER:
        return "Assessors differ", "Team differs", "differ"
    word = word_of(offered.step(counts))
    return f"Team: {word}", word


def _write(painter: QPainter, where: QRectF, text: str, size: int, weight: Weight) -> None:
    painter.setFont(theme().font(size, weight))
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(where, _LEFT, shown)


def _paint_state(painter: QPainter, where: QRectF, option: QStyleOptionViewItem, *, dropping: bool) -> None:
    """Draw a ring around the current cell, and a fainter one around the cell pointed at."""
    ring = QPen(theme().colour("accent"), 2.0) if dropping else cell_ring(option)
    if ring is None:
        return
    if option.state & QStyle.StateFlag.State_Selected and not dropping:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().colour("surface"), 2.0))  # sets the ring off from an answer of its own hue
        painter.drawRoundedRect(where.adjusted(2.5, 2.5, -2.5, -2.5), 2, 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(ring)
    painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), 3, 3)
