"""All keys on one sheet, under F1."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.main_window.overlay import Overlay
from ui.theme import SMALL, SPACE, TITLE
from ui.widgets.buttons import IconButton
from ui.widgets.text import SectionLabel, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.main_window.commands import Command

WIDTH = 800


class KeyHelp(Overlay):
    """The keys of the window and of the page that is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Keys", WIDTH, parent)
        head = QHBoxLayout()
        head.addWidget(TextLabel("Keys", TITLE, "semibold", parent=self.card), 1)
        self._close = IconButton("x", "Close", "Esc", self.card)
        self._close.clicked.connect(self.close_up)
        head.addWidget(self._close)
        self._area = QScrollArea(self.card)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(SPACE[4], SPACE[3], SPACE[3], SPACE[4])
        column.addLayout(head)
        column.addWidget(self._area)

    def tell(self, commands: Sequence[Command]) -> None:
        """Show the keys of commands, under their headings."""
        sheet = QWidget()
        sheet.setProperty("look", "page")
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, SPACE[2], 0)
        grid.setHorizontalSpacing(SPACE[5])
        grid.setVerticalSpacing(0)
        groups = groupby((command for command in commands if command.key), lambda command: command.heading)
        for place, (heading, found) in enumerate(groups):
            grid.addWidget(_group(heading, list(found), sheet), place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        self._area.setWidget(sheet)
        self._area.setFixedHeight(min(sheet.sizeHint().height() + 2, max(self.room - 100, 120)))
        self.card.adjustSize()
        self.open(self._close)


def _group(heading: str, commands: list[Command], parent: QWidget) -> QWidget:
    group = QWidget(parent)
    grid = QGridLayout(group)
    grid.setContentsMargins(0, SPACE[1], 0, SPACE[1])
    grid.setVerticalSpacing(SPACE[0])
    grid.setColumnStretch(0, 1)
    grid.addWidget(SectionLabel(heading, group), 0, 0)
    for row, command in enumerate(commands, 1):
        grid.addWidget(TextLabel(command.text, parent=group), row, 0)
        grid.addWidget(TextLabel(command.key, SMALL, "medium", "muted", parent=group), row, 1)
    return group
