"""How a code looks in the tree: its colour, its name, and at the right how many passages it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from ui.codes.colours import SWATCH, paint_swatch
from ui.codes.tree_model import NODE, Node
from ui.notebook.wrapping import text_width
from ui.theme import BODY, ROW, SMALL, SPACE, theme
from ui.theme.icons import paint_icon
from ui.widgets import is_selected, paint_row_ground

if TYPE_CHECKING:
    from ui.widgets.things import Index

_ARROW = 12
_LONGEST = 200
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class CodeDelegate(QStyledItemDelegate):
    """Paints a code over the whole width of the tree, and lets its name be typed in place."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One row of the scale."""
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        node: Node = index.data(NODE)
        view = cast("QTreeView", option.widget)
        where = QRectF(option.rect)
        painter.save()
        painter.setClipping(False)
        paint_row_ground(painter, QRectF(0, where.top(), view.viewport().width(), where.height()), option)
        if node.children:
            self._paint_arrow(painter, where, is_open=view.isExpanded(index))
        ground = "accent_soft" if is_selected(option) else "surface"
        paint_swatch(painter, node.colour, QRectF(where.left() + 2, where.center().y() - 4.5, SWATCH, SWATCH), ground)
        self._paint_words(painter, node, where, strong=is_selected(option))
        painter.restore()

    def _paint_arrow(self, painter: QPainter, where: QRectF, *, is_open: bool) -> None:
        spot = QRectF(where.left() - _ARROW - 2, where.center().y() - _ARROW / 2 + 0.5, _ARROW, _ARROW)
        paint_icon(painter, "chevron-down" if is_open else "chevron-right", theme().palette.text_faint, spot)

    def _paint_words(self, painter: QPainter, node: Node, where: QRectF, *, strong: bool) -> None:
        count = str(node.count) if node.count else ""
        painter.setFont(theme().font(SMALL))
        painter.setPen(theme().colour("text_faint"))
        painter.drawText(where.adjusted(0, 0, -SPACE[2], 0), int(_RIGHT), count)
        painter.setFont(theme().font(BODY, "medium" if strong else "regular"))
        painter.setPen(theme().colour("text"))
        right = where.right() - SPACE[2] - (text_width(count, SMALL) + SPACE[1] if count else 0)
        left = where.left() + 2 + SWATCH + SPACE[1]
        room = QRectF(left, where.top(), max(right - left, 1), where.height())
        name = QFontMetricsF(painter.font()).elidedText(node.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(_LEFT), name)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the line a name is typed into."""
        line = QLineEdit(parent)
        line.setMaxLength(_LONGEST)
        line.setAccessibleName("Name of the code")
        line.setPlaceholderText("Name of the new code" if not index.data() else "")
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Lay the line over the name, whatever room the count takes."""
        editor.setGeometry(option.rect.adjusted(2 + SWATCH + 2, 0, -2, 0))
