"""A frame around what belongs together on a page, under a title or none."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme import ROW, SPACE
from ui.widgets.text import SectionLabel


def card(parent: QWidget, title: str, *parts: QWidget, filled: bool = False) -> QFrame:
    """Frame parts below one another; with `filled` they take all of its height, else they stand at its top."""
    made = QFrame(parent)
    made.setProperty("look", "card")
    column = QVBoxLayout(made)
    column.setContentsMargins(1, SPACE[0], 1, SPACE[0])
    column.setSpacing(0)
    if title:
        head = SectionLabel(title, made)
        head.setFixedHeight(ROW)
        head.setContentsMargins(SPACE[2], 0, 0, 0)
        column.addWidget(head)
    for part in parts:
        column.addWidget(part)
    if not filled:
        column.addStretch(1)
    return made
