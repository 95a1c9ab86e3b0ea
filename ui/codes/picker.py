"""Choosing a code by the first letters of its name, in an overlay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, Qt
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from ui.codes.colours import SWATCH, paint_swatch
from ui.main_window.commands import matches
from ui.main_window.overlay import Overlay, OverlayLine
from ui.theme import ROW, SPACE
from ui.widgets.things import KEY, Row, RowDelegate, RowModel, RowView, paint_row_ground

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QPainter

    from ui.widgets.things import Index

WIDTH = 520
_MOST = 12


class CodePicker(Overlay):
    """Codes by name, narrowed as one types: those whose name begins so stand first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Choose a code", WIDTH, parent)
        self._rows: Sequence[Row] = ()
        self._chosen: Callable[[str], object] | None = None
        self.line = OverlayLine("Code", self.card)
        self._model = RowModel(self)
        self.view = RowView("Codes found", self.card)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setModel(self._model)
        self._painter = _CodeDelegate(self.view)
        self.view.setItemDelegate(self._painter)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(0, 0, 0, SPACE[1])
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self.view)
        self.line.textChanged.connect(self._narrow)
        self.view.clicked.connect(self._take)

    def ask(self, what: str, rows: Sequence[Row], colours: dict[str, str], chosen: Callable[[str], object]) -> None:
        """Offer codes as rows of name and path; `chosen` is told the key of one."""
        self._rows, self._chosen = rows, chosen
        self._painter.colours = colours
        self.line.setPlaceholderText(what)
        self.line.setAccessibleName(what)
        self.line.clear()
        self._narrow("")
        self.open(self.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the list, and take what is marked."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._mark((self.view.currentIndex().row() + step) % max(self._model.rowCount(), 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.view.currentIndex())
        else:
            super().keyPressEvent(event)

    def _narrow(self, words: str) -> None:
        found = [row for row in self._rows if matches(words, f"{row.text} {row.detail}")]
        begun = words.strip().casefold()
        found.sort(key=lambda row: not row.text.casefold().startswith(begun))
        self._model.set_rows(found)
        self.view.setFixedHeight(ROW * min(max(len(found), 1), _MOST))
        self._mark(0)
        self.card.adjustSize()

    def _mark(self, row: int) -> None:
        self.view.setCurrentIndex(self._model.index(row))

    def _take(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        key, chosen = str(index.data(KEY)), self._chosen
        self.close_up()
        if chosen is not None:
            chosen(key)


class _CodeDelegate(RowDelegate):
    """Paints a code's colour before its name."""

    colours: dict[str, str] = {}  # noqa: RUF012 - replaced, never filled

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        where = QRectF(option.rect)
        paint_row_ground(painter, where, option)
        beside = QStyleOptionViewItem(option)
        beside.rect = option.rect.adjusted(SWATCH + SPACE[1], 0, 0, 0)
        super().paint(painter, beside, index)
        swatch = QRectF(where.left() + SPACE[2], where.center().y() - SWATCH / 2, SWATCH, SWATCH)
        paint_swatch(painter, self.colours.get(str(index.data(KEY)), ""), swatch)
