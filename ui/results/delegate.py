"""How a cell of the heat map is painted: level by colour, shape and word, what is open as a hatched edge.

What the team set stands in a frame with a shape of its own, dashed once it has lapsed. An arrow tells which way a level
went.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.analysis.compare import Direction
from app.analysis.standing import OVERALL
from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.results.model import CELL, Cell, Index
from ui.theme import BODY, SMALL, SPACE, TITLE, theme
from ui.theme.icons import paint_icon
from ui.widgets.level import level_shape

if TYPE_CHECKING:
    from app.analysis.overview import Standing, TeamLevel
    from ui.theme import Palette
    from ui.theme.fonts import Weight

HEIGHT: Final = 84
"""The lowest a row gets, in px; see `height_of`."""

ARROWS: Final = {Direction.UP: "arrow-up", Direction.DOWN: "arrow-down", Direction.SAME: "arrow-right"}
"""The icon of each way a level can have gone."""

GUTTER: Final = 2
APART: Final = 14  # px; how far the overall column stands off

NARROW: Final = 126  # px; below, words are smaller and nearer to the edge
SHAPE: Final = 15.0
_ARROW = 14.0
_LINE = 15.0  # px from a line beside a level to the next
_TEAM = 18.0  # px; height of the frame around what the team set
_FOOT = 21.0  # px below the last line, for the bar
_MOST_LINES = 3  # of a level's word
_EDGE = 10.0  # px; width of the hatched edge of a level that could still rise
_BAR = 3.0


def tile(rect: QRectF, cell: Cell) -> QRectF:
    """Give the painted part of a cell."""
    left = APART if cell.place[1] == OVERALL else GUTTER
    return rect.adjusted(left, 0, 0, -GUTTER)


def ground(palette: Palette, rank: int | None, of: int) -> QColor:
    """Give the colour a level stands on; not rated stands on that of things that stand back."""
    return QColor(palette.sunken if rank is None else palette.level_fill(rank, of))


def ink(palette: Palette, rank: int | None, of: int) -> QColor:
    """Give the colour of words and shapes on `ground`."""
    return QColor(palette.text_muted if rank is None else palette.level_ink(rank, of))


def beside(cell: Cell) -> list[str]:
    """List what is said below a level's word: points, how far it could rise, whether it holds the case back.

    What holds a case back is said where it is: on that principle's level.
    """
    figure = cell.figure.removesuffix(" points").removeprefix("a mean of ")
    return [line for line in (figure, cell.standing.at_most, "limits the case" if cell.limits else "") if line]


def height_of(cell: Cell, width: float) -> int:
    """How high a cell must be at a width so that nothing in it is left out."""
    where = tile(QRectF(0, 0, width, 0), cell)
    lines, size, _ = _word(cell, where)
    words = len(lines) * line_height(size, "semibold")
    team = _TEAM + 2 if cell.standing.team else 0
    return max(HEIGHT, round(SPACE[1] + words + len(_notes(cell, where)) * _LINE + team + _FOOT + GUTTER + 2))


def least_width(cell: Cell) -> float:
    """How wide a cell must be so that no word of its level is broken."""
    longest = max(text_width(word, BODY, "semibold") for word in cell.standing.name.split())
    arrow = _ARROW + 2 if cell.trend.direction in ARROWS else 0
    apart = APART if cell.place[1] == OVERALL else GUTTER
    return longest + SHAPE + SPACE[1] + 2 * SPACE[2] + apart + arrow + (0 if cell.standing.certain else 4) + 1


class CellDelegate(QStyledItemDelegate):
    """Paints one level: shape and word, what is said beside it, and how much of it is known as a bar."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As high as a level, two lines beside it and a bar."""
        return QSize(132, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell: Cell = index.data(CELL)
        where = tile(QRectF(option.rect), cell)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground(theme().palette, cell.standing.rank, cell.of))
        painter.drawRoundedRect(where, 3, 3)
        painter.setPen(ink(theme().palette, cell.standing.rank, cell.of))
        self._paint_cell(painter, where, cell)
        self._paint_state(painter, where, option)
        painter.restore()

    def _paint_cell(self, painter: QPainter, where: QRectF, cell: Cell) -> None:
        """Paint what stands on the ground of a level, in the painter's pen."""
        self._paint_edge(painter, where, cell)
        self._paint_words(painter, where, cell)
        if cell.standing.rank is not None:
            self._paint_coverage(painter, where, cell.standing)

    def _paint_edge(self, painter: QPainter, where: QRectF, cell: Cell) -> None:
        """Hatch the right edge in the colour the level could still rise to."""
        if not cell.standing.certain:
            paint_open_edge(painter, QRectF(where.right() - _EDGE, where.top(), _EDGE, where.height()), cell)

    def _paint_words(self, painter: QPainter, where: QRectF, cell: Cell) -> None:
        shown = cell.standing
        pen = painter.pen()
        pad = pad_of(where)
        inner = where.adjusted(pad, SPACE[1], _room(cell, where) + pad - where.width(), 0)
        lines, size, weight = _word(cell, where)
        first = inner.top() + line_height(size, weight) / 2
        level_shape(painter, QRectF(inner.left(), first - SHAPE / 2, SHAPE, SHAPE), shown.rank, cell.of, pen.color())
        if cell.trend.direction in ARROWS:
            arrow = QRectF(inner.right() - _ARROW, first - _ARROW / 2, _ARROW, _ARROW)
            paint_icon(painter, ARROWS[cell.trend.direction], pen.color().name(), arrow)
        below = paint_lines(painter, lines, inner.left() + SHAPE + SPACE[1], inner.top(), size, weight)
        notes = QRectF(inner.left(), below + 1, inner.width(), _LINE + 1)
        painter.setFont(theme().font(SMALL))
        for line in _notes(cell, where):
            painter.drawText(notes, _flags(), line)
            notes.translate(0, _LINE)
        if cell.standing.team:
            notes.setHeight(_TEAM)
            paint_team(painter, notes.translated(0, 1), cell.standing.team, cell.of)

    def _paint_coverage(self, painter: QPainter, where: QRectF, shown: Standing) -> None:
        """Draw a bar as long as the share known, its number beside it while something is open."""
        colour = painter.pen().color()
        pad = pad_of(where)
        right = where.right() - (pad if shown.certain else _EDGE + SPACE[1])
        if shown.coverage < 1:
            painter.setFont(theme().font(SMALL))
            words = shown.known.removesuffix(" known")
            wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 1
            line = QRectF(right - wide, where.bottom() - 17, wide, 14)
            painter.drawText(line, _flags(Qt.AlignmentFlag.AlignVCenter), words)
            right -= wide + SPACE[1]
        paint_bar(
            painter,
            QRectF(where.left() + pad, where.bottom() - 11, right - where.left() - pad, _BAR),
            shown.coverage,
            colour,
        )

    def _paint_state(self, painter: QPainter, where: QRectF, option: QStyleOptionViewItem) -> None:
        """Draw a ring around the current cell, and a fainter one around the cell pointed at."""
        state, palette = option.state, theme().palette
        if state & QStyle.StateFlag.State_Selected:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            _ring(painter, where, QColor(palette.focus if focused else palette.text_muted), 2.0, 1.0)
            _ring(painter, where, QColor(palette.surface), 1.0, 2.5)
        elif state & QStyle.StateFlag.State_MouseOver:
            _ring(painter, where, QColor(palette.focus), 1.0, 0.5)


def paint_open_edge(painter: QPainter, where: QRectF, cell: Cell) -> None:
    """Paint the edge that says a level could still rise, in the colour of the level it could rise to."""
    palette = theme().palette
    ceiling = cell.standing.ceiling
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground(palette, ceiling, cell.of))
    painter.drawRect(where)
    hatch = ink(palette, ceiling, cell.of)
    hatch.setAlpha(140)
    painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
    painter.drawRect(where)
    painter.restore()


def paint_team(painter: QPainter, where: QRectF, team: TeamLevel, of: int) -> None:
    """Paint the level the team stands by, in the painter's pen: shape and words in a frame, dashed once it lapsed."""
    ink, font = painter.pen().color(), theme().font(SMALL, "medium")
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1.0, Qt.PenStyle.DashLine if team.lapsed else Qt.PenStyle.SolidLine))
    painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    shape = QRectF(where.left() + SPACE[0], where.center().y() - 5, 10, 10)
    level_shape(painter, shape, team.rank, of, ink)
    painter.setPen(ink)
    painter.setFont(font)
    words = where.adjusted(SPACE[0] + 10 + SPACE[0], 0, -2, 0)
    brief = team.brief
    if text_width(brief, SMALL, "medium") > words.width():
        brief = brief.removeprefix("team: ")  # the frame says so, too
    painter.drawText(words, _flags(Qt.AlignmentFlag.AlignVCenter), _elided(painter, brief, words.width()))
    painter.restore()


def paint_bar(painter: QPainter, where: QRectF, share: float, colour: QColor) -> None:
    """Paint a bar filled to a share (0..1), the rest of it faint."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    faint = QColor(colour)
    faint.setAlpha(60)
    painter.setBrush(faint)
    painter.drawRoundedRect(where, _BAR / 2, _BAR / 2)
    if share > 0:
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(where.left(), where.top(), where.width() * share, where.height()), 1.5, 1.5)
    painter.restore()


def _word(cell: Cell, where: QRectF) -> tuple[tuple[str, ...], int, Weight]:
    """Give the lines of a level's word, their size and weight: large where it fits, else broken between words."""
    room = _room(cell, where) - SHAPE - SPACE[1]
    room -= _ARROW + 2 if cell.trend.direction in ARROWS else 0
    name = cell.standing.name
    if where.width() >= NARROW and text_width(name, TITLE, "semibold") <= room:
        return (name,), TITLE, "semibold"
    return wrapped(name, BODY, "semibold", round(room), _MOST_LINES), BODY, "semibold"


def _notes(cell: Cell, where: QRectF) -> list[str]:
    """Break what is said beside a level into lines that fit, two at most for each."""
    room = round(_room(cell, where))
    return [line for note in beside(cell) for line in wrapped(note, SMALL, "regular", room, 2)]


def _room(cell: Cell, where: QRectF) -> float:
    """How wide words may be, between the left edge and the right, or the hatched one."""
    return where.width() - pad_of(where) - (pad_of(where) if cell.standing.certain else _EDGE + SPACE[0])


def pad_of(where: QRectF) -> int:
    """How far words stand off the sides of a painted cell."""
    return SPACE[1] if where.width() < NARROW else SPACE[2]


def _ring(painter: QPainter, where: QRectF, colour: QColor, width: float, inset: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width))
    painter.drawRoundedRect(where.adjusted(inset, inset, -inset, -inset), 3, 3)


def _elided(painter: QPainter, text: str, width: float) -> str:
    return QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)


def _flags(*flags: Qt.AlignmentFlag | Qt.TextFlag) -> int:
    return int(Qt.AlignmentFlag.AlignLeft) | sum(int(flag) for flag in flags)
