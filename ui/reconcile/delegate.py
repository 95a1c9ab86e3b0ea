"""Paints lines side by side: the left one, the agreed one, the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate

from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.reconcile.model import ROW
from ui.reconcile.parts import NOTES, SIGN, SPOTS, TIME, columns_of, parts_of, row_height
from ui.reconcile.rows import HOW_WORDS
from ui.reconcile.words import paint_words, unlike
from ui.theme import BODY, SMALL, SPACE, theme
from ui.theme.icons import paint_icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from ui.reconcile.model import Index
    from ui.reconcile.parts import Columns, Parts
    from ui.reconcile.rows import LineRow, Side
    from ui.reconcile.words import Stretch

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class LinesDelegate(QStyledItemDelegate):
    """Paints rows; `hovered` is the row and the spot under the mouse, `editing` the row whose words are edited."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.hovered = ("", "")
        self.editing = ""
        self.editor_height = 0.0
        self.read_only = False

    @property
    def columns(self) -> Columns:
        """The columns at the width of the list."""
        return columns_of(self._view.viewport().width())

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words of the row need."""
        row: LineRow = index.data(ROW)
        high = row_height(row, self.columns, self._editor_of(row), spots=not self.read_only)
        return QSize(self._view.viewport().width(), high)

    def parts(self, row: LineRow, where: QRectF) -> Parts:
        """Tell where the parts of a row are."""
        return parts_of(row, where, self.columns, self._editor_of(row), spots=not self.read_only)

    def _editor_of(self, row: LineRow) -> float:
        return self.editor_height if row.key == self.editing else 0.0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row, where = index.data(ROW), QRectF(option.rect)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        parts = self.parts(row, where)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, where, current=current)
        self._paint_sides(painter, row, parts)
        if row.key == self.editing:
            painter.setPen(theme().colour("accent"))
            caption = wrapped("Enter keeps, Esc drops", SMALL, "medium", round(parts.foot.width()), 1)
            paint_lines(painter, caption, parts.foot.left(), parts.foot.top(), SMALL, "medium")
        else:
            self._paint_agreed(painter, row, parts, current=current)
        painter.restore()

    def _paint_ground(self, painter: QPainter, where: QRectF, *, current: bool) -> None:
        """Paint what is behind a row: the sheet of the agreed notes, or the accent of the current row."""
        line = theme().colour("line")
        if current:
            focus = self._view.hasFocus() or bool(self.editing)
            painter.fillRect(where, theme().colour("accent_soft" if focus else "hover"))
        else:
            left, right = self.columns.sheet
            painter.fillRect(QRectF(where.left() + left, where.top(), right - left, where.height()), sheet_colour())
        for edge in self.columns.sheet:
            painter.fillRect(QRectF(round(where.left() + edge), where.top(), 1, where.height()), line)
        painter.fillRect(QRectF(where.left(), where.bottom() - 1, where.width(), 1), line)
        if current:
            painter.fillRect(QRectF(where.left(), where.top(), 3, where.height()), theme().colour("accent"))

    def _paint_sides(self, painter: QPainter, row: LineRow, parts: Parts) -> None:
        marks: tuple[tuple[Stretch, ...], ...] = ((), ())
        if row.how is None and row.left and row.right:
            marks = unlike(row.left.text, row.right.text)
        for side, where, set_off in zip((row.left, row.right), (parts.left, parts.right), marks, strict=True):
            if side is not None:
                _paint_meta(painter, side, where, self.columns)
                painter.setPen(theme().colour("text" if row.how is None else "text_faint"))
                paint_words(
                    painter,
                    side.text,
                    where.topLeft(),
                    self.columns.width,
                    slanted=side.slanted,
                    marks=set_off,
                    ground=theme().colour("selection"),
                )

    def _paint_agreed(self, painter: QPainter, row: LineRow, parts: Parts, *, current: bool) -> None:
        painter.setPen(theme().colour("text_muted"))
        for line, where in zip(row.agreed, parts.agreed, strict=True):
            paint_words(painter, line.text, where.topLeft(), self.columns.width, slanted=line.slanted)
        if parts.spots and (current or self.hovered[0] == row.key):
            for name, where in parts.spots:
                chosen = row.how is not None and name == row.how
                self._paint_spot(painter, name, where, chosen=chosen, hovered=self.hovered == (row.key, name))
        else:
            words = HOW_WORDS[row.how] if row.how else "Alike" if row.alike else ""
            painter.setPen(theme().colour("text_faint"))
            down = min(3.0, parts.foot.height() - line_height(SMALL))
            paint_lines(painter, (words,), parts.foot.left(), parts.foot.top() + down, SMALL, "medium")

    def _paint_spot(self, painter: QPainter, name: str, where: QRectF, *, chosen: bool, hovered: bool) -> None:
        ink = "text" if hovered else "accent" if chosen else "text_muted"
        if chosen or hovered:
            painter.setPen(QPen(theme().colour("accent" if hovered else "line_strong"), 1))
            painter.setBrush(theme().colour("surface"))
            painter.drawRoundedRect(where.adjusted(0.5, 1.5, -0.5, -1.5), 4, 4)
        if name == NOTES:
            middle = where.center()
            box = QRectF(middle.x() - 7, middle.y() - 7, 14, 14)
            paint_icon(painter, "file-text", getattr(theme().palette, ink), box)
            return
        painter.setPen(theme().colour(ink))
        painter.setFont(theme().font(SMALL, "semibold" if chosen else "medium"))
        painter.drawText(where, _CENTRE, SPOTS[name])


def sheet_colour() -> QColor:
    """The ground of the agreed notes."""
    return theme().colour("window")


def _paint_meta(painter: QPainter, side: Side, where: QRectF, columns: Columns) -> None:
    """Paint when a line was noted and what it is, beside its words or above them, and who said it above."""
    painter.setPen(theme().colour("text_faint"))
    small = line_height(SMALL)
    above = where.top() - small
    if columns.beside:
        left = where.left() - SPACE[0] - SIGN - SPACE[0] - TIME
        top = above if side.speaker else where.top()
        paint_lines(painter, (side.time,), left, top + (line_height(BODY) - small) / 2, SMALL, "regular")
        for place, (icon, ink) in enumerate(side.signs):
            spot = QRectF(left + TIME + SPACE[0], top + 3 + SIGN * place, 12, 12)
            paint_icon(painter, icon, getattr(theme().palette, ink), spot)
        paint_lines(painter, _fitting(side.speaker, where.width()), where.left(), above, SMALL, "regular")
        return
    left = where.left()
    paint_lines(painter, (side.time,), left, above, SMALL, "regular")
    left += text_width(side.time, SMALL) + SPACE[1] if side.time else 0
    for icon, ink in side.signs:
        paint_icon(painter, icon, getattr(theme().palette, ink), QRectF(left, above + 2, 12, 12))
        left += SIGN
    paint_lines(painter, _fitting(side.speaker, where.right() - left), left, above, SMALL, "regular")


def _fitting(text: str, width: float) -> tuple[str, ...]:
    return wrapped(text, SMALL, "regular", round(width), 1) if text else ("",)
