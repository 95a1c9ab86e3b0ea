"""How the rows of the list of gaps are painted: principles with their levels, criteria with a box to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.results.plan.rows import GoalRow, Mark, NeedRow
from ui.theme import BODY, MEASURE, SMALL, SPACE, TITLE, theme
from ui.theme.icons import paint_icon
from ui.widgets.level import level_shape, level_width, paint_level
from ui.widgets.things import paint_box

if TYPE_CHECKING:
    from ui.theme.fonts import Weight
    from ui.widgets.things import Index

ROW: Final = int(Qt.ItemDataRole.UserRole)
BOX: Final = 16.0
TEXT: Final = 36.0  # px; where words begin beside the box
GOAL_HIGH: Final = 60
_BADGE = 20.0
_SIDE = 150.0  # px at the right for the answer and what it adds
_LEVEL = 104.0  # px for the level that a criterion is needed for
_LINES = 3
_PAD = 7.0
_CENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class GapDelegate(QStyledItemDelegate):
    """Paints one row."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words need at the width of the list."""
        row, width = index.data(ROW), self._view.viewport().width()
        if isinstance(row, GoalRow):
            return QSize(width, GOAL_HIGH)
        lines = _advice(row, _words(QRectF(0, 0, width, 0), row))
        return QSize(width, round(2 * _PAD + line_height(BODY) + len(lines) * line_height(SMALL)) + 3)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row, where = index.data(ROW), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, theme().colour("accent_soft" if self._view.hasFocus() else "hover"))
            painter.fillRect(QRectF(where.left(), where.top(), 3, where.height()), theme().colour("accent"))
        if isinstance(row, GoalRow):
            _paint_goal(painter, row, where)
        else:
            _paint_need(painter, row, where)
        painter.restore()

    def target_place(self, row: GoalRow, where: QRectF) -> QRectF:
        """Tell where a principle's target is painted, to be clicked."""
        wide = _target_width(row) + SPACE[1]
        return QRectF(where.right() - wide - SPACE[2], where.top(), wide + SPACE[2], where.height())


def _paint_goal(painter: QPainter, row: GoalRow, where: QRectF) -> None:
    """Paint the name over a principle's levels, now and as ticked; its target at the right."""
    painter.fillRect(QRectF(where.left(), where.top(), where.width(), 1), theme().colour("line"))
    top = where.top() + SPACE[1]
    target = where.right() - SPACE[2] - _target_width(row)
    painter.setPen(theme().colour("text"))
    name = wrapped(row.name, TITLE, "semibold", round(target - where.left() - SPACE[2] - SPACE[3]), 1)
    paint_lines(painter, name, where.left() + SPACE[2], top, TITLE, "semibold")
    middle = top + line_height(TITLE, "semibold") + 4 + _BADGE / 2
    left = _paint_badge(painter, row.now, where.left() + SPACE[2], middle)
    if row.moved:
        paint_icon(painter, "arrow-right", theme().palette.text_muted, QRectF(left + 6, middle - 7, 14, 14))
        left = _paint_badge(painter, row.then, left + 26, middle)
    painter.setPen(theme().colour("text_muted"))
    room = QRectF(left + SPACE[1], middle - 10, target - left - SPACE[3], 20)
    _line(painter, room, row.note, SMALL, "regular")
    _paint_target(painter, row, target, where)


def _paint_target(painter: QPainter, row: GoalRow, left: float, where: QRectF) -> None:
    middle = where.center().y()
    painter.setPen(theme().colour("text_muted" if row.target else "text_faint"))
    word = "Target" if row.target else "No target"
    _line(painter, QRectF(left, middle - 10, 80, 20), word, SMALL, "regular")
    if row.target:
        _paint_badge(painter, row.target, left + text_width("Target", SMALL) + 6, middle)


def _target_width(row: GoalRow) -> float:
    if row.target is None:
        return text_width("No target", SMALL)
    return text_width("Target", SMALL) + 6 + level_width(theme().font(SMALL, "medium"), row.target.word)


def _paint_badge(painter: QPainter, mark: Mark, left: float, middle: float) -> float:
    """Paint a level; give where it ends."""
    painter.setFont(theme().font(SMALL, "medium"))
    wide = level_width(painter.font(), mark.word)
    paint_level(painter, QRectF(left, middle - _BADGE / 2, wide, _BADGE), mark.rank, mark.of, mark.word)
    return left + wide


def _paint_need(painter: QPainter, row: NeedRow, where: QRectF) -> None:
    top = where.top() + _PAD
    paint_box(painter, QRectF(where.left() + SPACE[2], top + 1, BOX, BOX), on=row.ticked)
    words = _words(where, row)
    painter.setPen(theme().colour("text"))
    title = wrapped(row.title, BODY, "medium", round(words.width()), 1)
    below = paint_lines(painter, title, words.left(), top, BODY, "medium")
    painter.setPen(theme().colour("text_muted"))
    paint_lines(painter, _advice(row, words), words.left(), below + 1, SMALL, "regular")
    side = QRectF(where.right() - _SIDE - SPACE[2], top, _SIDE, line_height(BODY))
    _line(painter, side, row.answered, SMALL, "regular", _RIGHT)
    _line(painter, side.translated(0, line_height(BODY)), row.beside, SMALL, "medium", _RIGHT)
    if row.level is not None:
        _paint_level_word(painter, row.level, QRectF(side.left() - _LEVEL, top, _LEVEL, line_height(BODY)))


def _paint_level_word(painter: QPainter, mark: Mark, where: QRectF) -> None:
    ink = theme().colour("text_muted")
    level_shape(painter, QRectF(where.left(), where.center().y() - 5.5, 11, 11), mark.rank, mark.of, ink)
    painter.setPen(ink)
    _line(painter, where.adjusted(17, 0, 0, 0), mark.word, SMALL, "regular")


def _words(where: QRectF, row: NeedRow) -> QRectF:
    """Tell where the words of a row stand: what is left beside box, level and answer, within the measure."""
    level = _LEVEL + SPACE[1] if row.level is not None else 0.0
    room = where.width() - TEXT - level - _SIDE - 2 * SPACE[2]
    return QRectF(where.left() + TEXT, where.top(), min(max(room, 80.0), MEASURE), where.height())


def _advice(row: NeedRow, words: QRectF) -> tuple[str, ...]:
    return wrapped(row.text, SMALL, "regular", round(words.width()), _LINES)


def _line(painter: QPainter, where: QRectF, text: str, size: int, weight: Weight, flags: int = _CENTRE) -> None:
    painter.setFont(theme().font(size, weight))
    painter.drawText(where, flags, wrapped(text, size, weight, round(where.width()), 1)[0])
