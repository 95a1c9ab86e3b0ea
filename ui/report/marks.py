"""Marks in the margin of the pages, beside words to look at, and the boxes around those words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.theme import LIGHT
from ui.theme.icons import paint_icon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ui.report.page_layout import PageLayout

SIDE: Final = 24  # px of a mark
_IN: Final = 10  # px from the edge of the paper
_APART: Final = SIDE + 4
_AT_TOP: Final = 0.03  # how far down the page a mark stands whose words were not found there

Share = tuple[float, float, float, float]  # left, top, right, bottom of a box, in shares of the page (0..1)


@dataclass(frozen=True)
class Mark:
    """Where on which page, from 0, words stand; `key` names what they are, `words` say it."""

    key: str
    words: str
    page: int
    boxes: tuple[Share, ...] = ()

    @property
    def down(self) -> float:
        """How far down the page it stands (0..1)."""
        return self.boxes[0][1] if self.boxes else _AT_TOP


class Marks:
    """The marks of a document; paper is white in every theme, so they are painted in the light one's inks."""

    def __init__(self) -> None:
        self._of: dict[int, list[Mark]] = {}
        self.current = ""

    def show(self, marks: Iterable[Mark]) -> None:
        """Hold other marks."""
        self._of = {}
        for mark in sorted(marks, key=lambda mark: (mark.page, mark.down)):
            self._of.setdefault(mark.page, []).append(mark)

    def find(self, key: str, page: int) -> Mark | None:
        """Find what is called `key` on a page."""
        return next((mark for mark in self._of.get(page, ()) if mark.key == key), None)

    def places(self, layout: PageLayout, page: int) -> Iterator[tuple[Mark, QRectF]]:
        """Tell where the marks of a page stand in the layout, none on another."""
        if page >= len(layout.boxes):
            return
        box, free = layout.boxes[page], 0.0
        for mark in self._of.get(page, ()):
            top = max(box.top + mark.down * box.height - 5, free)
            free = top + _APART
            yield mark, QRectF(box.left + box.width - _IN - SIDE, top, SIDE, SIDE)

    def at(self, layout: PageLayout, page: int, point: QPointF) -> Mark | None:
        """Find the mark at a point of the layout."""
        return next((mark for mark, where in self.places(layout, page) if where.contains(point)), None)

    def paint(self, painter: QPainter, layout: PageLayout, page: int) -> None:
        """Paint the marks of a page, and boxes around the words they stand beside, in the layout's own px."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark, where in self.places(layout, page):
            self._paint_boxes(painter, layout, mark)
            self._paint_mark(painter, where, current=mark.key == self.current)
        painter.restore()

    def _paint_boxes(self, painter: QPainter, layout: PageLayout, mark: Mark) -> None:
        box = layout.boxes[mark.page]
        ink = QColor(LIGHT.warning)
        painter.setPen(QPen(ink, 2 if mark.key == self.current else 1))
        ink.setAlpha(52 if mark.key == self.current else 26)
        painter.setBrush(ink)
        for left, top, right, bottom in mark.boxes:
            corner = QPointF(box.left + left * box.width, box.top + top * box.height)
            end = QPointF(box.left + right * box.width, box.top + bottom * box.height)
            painter.drawRoundedRect(QRectF(corner, end).adjusted(-2, -2, 2, 2), 2, 2)

    def _paint_mark(self, painter: QPainter, where: QRectF, *, current: bool) -> None:
        painter.setBrush(QColor(LIGHT.warning if current else LIGHT.warning_soft))
        painter.setPen(Qt.PenStyle.NoPen if current else QPen(QColor(LIGHT.warning), 1))
        painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        inner = where.adjusted(4, 4, -4, -4)
        paint_icon(painter, "triangle-alert", "#ffffff" if current else LIGHT.warning, inner)
