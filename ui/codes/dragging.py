"""What is seen while codes are dragged: their name beside the pointer, so that what it points at stays in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QDrag, QPainter, QPen, QPixmap

from app.analysis.todo import count
from ui.notebook.wrapping import line_height, text_width, wrapped
from ui.theme import SMALL, SPACE, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QAbstractItemView

BESIDE: Final = QPoint(-SPACE[3], -SPACE[1])  # where the pointer is in the picture: above it, at the left
_WIDEST: Final = 240


def drag_codes(view: QAbstractItemView, names: Sequence[str], data: QMimeData) -> None:
    """Let codes be dragged out of a list, until they are put down.

    Args:
        view: the list.
        names: of the codes.
        data: what stands for them.
    """
    drag = QDrag(view)
    drag.setMimeData(data)
    drag.setPixmap(name_tag(names[0] if len(names) == 1 else count(len(names), "code", "codes"), view))
    drag.setHotSpot(BESIDE)
    drag.exec(view.model().supportedDragActions(), view.defaultDropAction())


def name_tag(name: str, view: QAbstractItemView) -> QPixmap:
    """Paint a name as a small label, sharp on the screen of a view."""
    words = wrapped(name, SMALL, "medium", _WIDEST, 1)[0]
    wide, high = text_width(words, SMALL, "medium") + 2 * SPACE[1], line_height(SMALL) + SPACE[1]
    ratio = view.devicePixelRatioF()
    picture = QPixmap(round(wide * ratio), round(high * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme().colour("line_strong")))
    painter.setBrush(theme().colour("surface"))
    frame = QRectF(0, 0, wide, high).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(frame, 4, 4)
    painter.setPen(theme().colour("text"))
    painter.setFont(theme().font(SMALL, "medium"))
    painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), words)
    painter.end()
    return picture
