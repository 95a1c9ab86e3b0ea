"""A button that stands for yes or no: ticked, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.widgets.buttons import TextButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class TickButton(TextButton):
    """Words with a tick before them while they hold; Space and Enter turn it, and `toggled` tells."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "quiet", "square", parent=parent)
        self.setCheckable(True)
        self.toggled.connect(lambda on: self.set_icon("check" if on else "square"))
