"""How a memo looks in the list: the code and the passage it is about, what was written, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QTextCursor
from PySide6.QtWidgets import QStyledItemDelegate

from ui.codes.colours import SWATCH, paint_swatch
from ui.codes.lazy_list import THING
from ui.codes.passage_delegate import paint_card_ground
from ui.notebook.wrapping import line_height, paint_lines, text_width, wrapped
from ui.theme import BODY, SMALL, SPACE, theme
from ui.widgets import is_selected, row_width
from ui.widgets.fields import TextField

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from app.analysis.coding import Memo
    from ui.codes.names import Names
    from ui.widgets.things import Index

_PAD, _ROOM, _MEASURE = SPACE[3], SPACE[1], 620
_MOST = 40  # lines


class MemoDelegate(QStyledItemDelegate):
    """Paints memos, and lets one be changed where it stands: Enter keeps it, Escape leaves it as it was."""

    written = Signal(object, str)  # the Coding, its memo as it is to be

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: Names | None = None

    def show_names(self, names: Names) -> None:
        """Write codes with other names and colours."""
        self._names = names

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need at the width of the list."""
        width = row_width(option)
        lines = len(self._lines(index.data(THING), width))
        return QSize(width, round(2 * _ROOM + line_height(SMALL) + 2 + lines * line_height(BODY)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one memo."""
        memo: Memo = index.data(THING)
        where = QRectF(option.rect)
        painter.save()
        paint_card_ground(painter, where, option)
        inside = where.adjusted(_PAD, _ROOM, -_PAD, -_ROOM)
        small = line_height(SMALL)
        ground = "accent_soft" if is_selected(option) else "surface"
        spot = QRectF(inside.left(), inside.top() + (small - SWATCH) / 2, SWATCH, SWATCH)
        paint_swatch(painter, self._names.colour(memo.coding.code) if self._names else "", spot, ground)
        self._paint_head(painter, memo, inside)
        painter.setPen(theme().colour("text"))
        lines = self._lines(memo, round(where.width()))
        paint_lines(painter, lines, inside.left(), inside.top() + small + 2, BODY, "regular")
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """Make the editor of a memo."""
        editor = TextField("Memo", "Memo", lines=1, most=8, parent=parent)
        editor.setProperty("look", "")
        editor.entered.connect(lambda: self.commitData.emit(editor))
        editor.entered.connect(lambda: self.closeEditor.emit(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what stands there."""
        if isinstance(editor, TextField):
            editor.set_value(index.data(THING).text)
            editor.moveCursor(QTextCursor.MoveOperation.End)

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Ask for what was typed to be kept."""
        memo: Memo = index.data(THING)
        if isinstance(editor, TextField) and editor.value() != memo.text:
            self.written.emit(memo.coding, str(editor.value()))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Lay the editor over the words, as high as it needs."""
        top = option.rect.top() + _ROOM + round(line_height(SMALL)) - 1
        editor.setGeometry(
            _PAD - SPACE[1], top, min(option.rect.width() - SPACE[3], _MEASURE + SPACE[3]), editor.height()
        )

    def _paint_head(self, painter: QPainter, memo: Memo, inside: QRectF) -> None:
        painter.setPen(theme().colour("text_faint"))
        right = inside.right() - text_width(memo.assessor, SMALL)
        paint_lines(painter, (memo.assessor,), right, inside.top(), SMALL, "regular")
        painter.setPen(theme().colour("accent"))
        right -= text_width(memo.citation, SMALL, "semibold") + SPACE[2]
        paint_lines(painter, (memo.citation,), right, inside.top(), SMALL, "semibold")
        painter.setPen(theme().colour("text_muted"))
        left = inside.left() + SWATCH + SPACE[0]
        metrics = QFontMetricsF(theme().font(SMALL, "medium"))
        name = metrics.elidedText(memo.code, Qt.TextElideMode.ElideRight, right - left - SPACE[2])
        paint_lines(painter, (name,), left, inside.top(), SMALL, "medium")

    def _lines(self, memo: Memo, width: int) -> tuple[str, ...]:
        return wrapped(memo.text, BODY, "regular", min(width - 2 * _PAD, _MEASURE), _MOST)


def spoken(memo: object) -> str:
    """Say a memo for a screen reader."""
    said: Memo = memo  # type: ignore[assignment]
    return f"{said.code}, {said.citation}. {said.text}. {said.assessor}"
