"""What stands at the top of a page: its title, what it is about, and what is chosen or done there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import DISPLAY, SPACE
from ui.widgets.text import TextLabel


def page_head(title: str, about: QWidget, *controls: QWidget) -> QHBoxLayout:
    """Lay out a title over a line about what is shown, with controls at the right."""
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(TextLabel(title, DISPLAY, "semibold", parent=about.parentWidget()))
    words.addWidget(about)
    row = QHBoxLayout()
    row.setSpacing(SPACE[1])
    row.addLayout(words, 1)
    for control in controls:
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
    return row
