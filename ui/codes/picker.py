"""Choosing a code by the first letters of its name, in an overlay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from ui.codes.colours import SWATCH, paint_swatch
from ui.main_window.commands import matches
from ui.main_window.list_overlay import ListOverlay
from ui.theme import SPACE
from ui.widgets.things import Row, RowDelegate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget


class CodePicker(ListOverlay):
    """Codes by name, narrowed as one types: those whose name begins so stand first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Choose a code", "Code", "Codes found", parent)
        self._rows: Sequence[Row] = ()
        self._chosen: Callable[[str], object] | None = None
        self._painter = _CodeDelegate(self.view)
        self.view.setItemDelegate(self._painter)

    def ask(self, what: str, rows: Sequence[Row], colours: dict[str, str], chosen: Callable[[str], object]) -> None:
        """Offer codes as rows of name and path; `chosen` is told the key of one."""
        self._rows, self._chosen = rows, chosen
        self._painter.colours = colours
        self.line.setPlaceholderText(what)
        self.line.setAccessibleName(what)
        self.begin()

    def rows(self, words: str) -> Sequence[Row]:
        """List the codes that have the words, those whose name begins so first."""
        begun = words.strip().casefold()
        found = [row for row in self._rows if matches(words, f"{row.text} {row.detail}")]
        return sorted(found, key=lambda row: not row.text.casefold().startswith(begun))

    def take(self, key: str) -> None:
        """Tell the code chosen."""
        if self._chosen is not None:
            self._chosen(key)


class _CodeDelegate(RowDelegate):
    """Paints a code's colour before its name."""

    colours: dict[str, str] = {}  # noqa: RUF012 - replaced, never filled

    def paint_lead(self, painter: QPainter, row: Row, where: QRectF) -> float:
        """Paint the colour."""
        left = where.left() + SPACE[2]
        swatch = QRectF(left, where.center().y() - SWATCH / 2, SWATCH, SWATCH)
        paint_swatch(painter, self.colours.get(row.key, ""), swatch)
        return left + SWATCH + SPACE[1]
