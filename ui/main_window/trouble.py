"""The bar that says what could not be saved: it stays, says what is kept, and warns whoever is about to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.widgets.messages import Bar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_ELSEWHERE = "Save the study elsewhere…"
_KEPT = "What you typed stays here until it can be saved."
_LEAVING = "What was typed last is only on screen; close again to leave without it."


class Trouble(Bar):
    """A bar that stays until all is saved.

    `warned` says whether people were told that closing again leaves without what they typed: only for as long as the
    bar says so, or what is typed much later would go unasked.
    """

    elsewhere_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.warned = False
        self._sentence = self._kept = ""
        self._cannot_write = False
        self.closed.connect(self._forget)
        self.elsewhere_asked.connect(self._forget)

    def refused(self, sentence: str, *, cannot_write: bool, kept: bool) -> None:
        """Say why a change was refused; `kept` says that it is still on screen, and waits."""
        self._sentence = sentence
        self._kept = _KEPT if kept else ""
        self._cannot_write = cannot_write
        self._show()

    def warn(self) -> None:
        """Say that whoever closes again leaves without what could not be saved."""
        self.warned = True
        self._show()

    def saved(self) -> None:
        """Go: all is on the medium."""
        self._forget()
        self.hide()

    def _show(self) -> None:
        words = f"{self._sentence} {_LEAVING if self.warned else self._kept}".rstrip()
        button = _ELSEWHERE if self._cannot_write else ""
        self.tell(words, "error", button, self.elsewhere_asked.emit if button else None)

    def _forget(self) -> None:
        self.warned = False
