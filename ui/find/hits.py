"""The list of what was found: where each hit is, and a piece of it with the words set off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate

from ui.find.notes import paint_hit
from ui.notebook.offsets import to_units
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets.things import RowView, paint_row_ground

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextLine
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from app.search.find import Hit
    from app.search.matching import Snippet
    from ui.widgets.things import Index

HEIGHT = 48  # px of a hit: where it is, and under it what it says
HIT = int(Qt.ItemDataRole.UserRole)
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class HitModel(QAbstractListModel):
    """Hits for a list view; `HIT` gives one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the hits."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a hit."""
        hit = self._hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.snippet.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.place.word}, {hit.place.words}: {hit.snippet.text}"
        return hit if role == HIT else None


class HitDelegate(QStyledItemDelegate):
    """Paints a hit in two lines, as plain text: nothing that somebody wrote is taken for markup."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one hit."""
        hit: Hit = index.data(HIT)
        where = QRectF(option.rect)
        painter.save()
        paint_row_ground(painter, where, option)
        inside = where.adjusted(SPACE[3], SPACE[0], -SPACE[3], -SPACE[0])
        head = QRectF(inside.left(), inside.top(), inside.width(), inside.height() / 2)
        self._paint_place(painter, hit, head)
        paint_snippet(painter, hit.snippet, head.translated(0, head.height()))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Two lines."""
        return QSize(120, HEIGHT)

    def _paint_place(self, painter: QPainter, hit: Hit, where: QRectF) -> None:
        painter.setFont(theme().font(SMALL))
        painter.setPen(theme().colour("text_faint"))
        painter.drawText(where, int(_RIGHT), hit.place.word)
        room = where.width() - QFontMetricsF(painter.font()).horizontalAdvance(hit.place.word) - SPACE[2]
        painter.setFont(theme().font(SMALL, "medium"))
        painter.setPen(theme().colour("text_muted"))
        words = QFontMetricsF(painter.font()).elidedText(hit.place.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(where, int(_LEFT), words)


def paint_snippet(painter: QPainter, snippet: Snippet, where: QRectF) -> None:
    """Write a piece of text on one line, with a ground behind what was found."""
    font = theme().font(BODY)
    shown = QFontMetricsF(font).elidedText(snippet.text, Qt.TextElideMode.ElideRight, where.width())
    whole = len(shown) if shown == snippet.text else len(shown) - 1  # the rest is three dots
    layout = QTextLayout(shown, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(where.width())
    layout.endLayout()
    top = where.top() + (where.height() - line.height()) / 2
    ground, under = theme().colour("warning_soft"), theme().colour("warning")
    for start, end in snippet.spans:
        if start < whole:
            left, right = sorted(cursor_x(line, to_units(shown, min(place, whole))) for place in (start, end))
            paint_hit(painter, QRectF(where.left() + left - 1, top, right - left + 2, line.height()), ground, under)
    painter.setPen(theme().colour("text"))
    layout.draw(painter, QPointF(where.left(), top))


def cursor_x(line: QTextLine, at: int) -> float:
    """Find where a cursor stands in a line, in px; Qt answers with a pair."""
    found: Any = line.cursorToX(at)
    return float(found[0] if isinstance(found, tuple) else found)


class HitView(RowView):
    """The list of hits."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Hits", parent)
        self.setItemDelegate(HitDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the words keep it; the arrows go through the list
