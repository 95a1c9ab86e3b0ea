"""The area that a page's content scrolls in, which also scrolls the tables on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QWidget


def scrolling(content: QWidget, parent: QWidget) -> QScrollArea:
    """Make an area for a page's content, without a frame and no stop for Tab."""
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def reveal(widget: QWidget) -> None:
    """Scroll a widget into view in the area that it stands in, if any."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(widget)


def scroll_to_current(area: QScrollArea, table: QAbstractItemView) -> None:
    """Scroll a page, not the table on it, to the table's current cell."""
    content, where = area.widget(), table.visualRect(table.currentIndex())
    if content is not None:
        corner = table.viewport().mapTo(content, where.center())
        area.ensureVisible(corner.x(), corner.y(), 0, where.height())
