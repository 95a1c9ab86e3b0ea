"""Printing from the page Review: asked above a pack or a read-back sheet, for as long as that is what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.printing.printing import Printing
from ui.printing.strips import PrintStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.printing.job import Sheaf
    from ui.widgets import Bar


class ReviewPrinting(Printing):
    """Asks for a printer above what is shown; where that changes, it no longer asks."""

    def __init__(self, bar: Bar, parent: QWidget | None = None) -> None:
        super().__init__(PrintStrip(parent), bar, "Making the pages", parent)
        self.strip.setProperty("look", "strip")
        self._subject: object = None

    def ask_for(self, title: str, subject: object, make: Callable[[str], Sheaf | None]) -> None:
        """Ask on which printer, under a title; `subject` is what is shown, `make` gives pages of it."""
        if not self.busy:
            self.strip.title.setText(title)
            self._subject = subject
            self.offer(make)
            self.ask()

    def follow(self, subject: object) -> None:
        """Take note of what is shown now."""
        if subject != self._subject:
            self.strip.hide()
