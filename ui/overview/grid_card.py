"""A table written in place, under a head with what it comes to and the buttons that its keys stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.overview.grid import Grid
from ui.theme import ROW, SMALL, SPACE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import IconButton
from ui.widgets.text import SectionLabel, TextLabel, a_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.overview.grid_model import Column, Line


class GridCard(QFrame):
    """Ins adds a line, Del removes it, and where their order counts Alt+Up and Alt+Down move it."""

    def __init__(
        self,
        title: str,
        word: str,
        columns: Sequence[Column],
        check: Callable[[str, int, object], str],
        *,
        ordered: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.grid = Grid(title, columns, check, self)
        self.sum = TextLabel("", SMALL, ink="faint", parent=self)
        self.problem = TextLabel("", SMALL, ink="warning", parent=self)
        self.problem.setContentsMargins(SPACE[2], SPACE[0], SPACE[2], SPACE[0])
        self.problem.hide()
        self._title = SectionLabel(title, self)
        self.buttons: dict[str, IconButton] = {}
        self._actions = []
        for name, icon, words, key, what in self._ways(word, ordered=ordered):
            self.buttons[name] = IconButton(icon, words, key, self, side=24)
            self.buttons[name].clicked.connect(lambda _checked=False, what=what: what())
            self._actions.append(bind_key(self.grid, words, key, what))
        self._lay_out()
        self.grid.refused.connect(self._refused)
        self.grid.current_moved.connect(self._enable)

    def show_lines(self, lines: Sequence[Line], total: str, *, writable: bool) -> None:
        """Show other lines, and what they come to."""
        self.sum.setText(total)
        self.grid.show_lines(lines, writable=writable)
        for button in self.buttons.values():
            button.setVisible(writable)
        for action in self._actions:
            action.setVisible(writable)
            action.setEnabled(writable)

    def _ways(self, word: str, *, ordered: bool) -> list[tuple[str, str, str, str, Callable[[], None]]]:
        """List what can be done with a line: name, icon, words, key and the doing."""
        grid = self.grid
        ways: list[tuple[str, str, str, str, Callable[[], None]]] = [
            ("add", "plus", f"Add {a_word(word)}", "Ins", grid.begin_below if ordered else grid.begin)
        ]
        if ordered:
            ways += [
                ("up", "arrow-up", f"Move the {word} up", "Alt+Up", lambda: grid.move_line(-1)),
                ("down", "arrow-down", f"Move the {word} down", "Alt+Down", lambda: grid.move_line(1)),
            ]
        return [*ways, ("remove", "trash-2", f"Remove the {word}", "Del", grid.remove_line)]

    def _refused(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _enable(self) -> None:
        place, last = self.grid.place, len(self.grid.lines.lines) - 1
        able = {"add": True, "up": place > 0, "down": 0 <= place < last, "remove": place >= 0}
        for name, button in self.buttons.items():
            button.setEnabled(able[name])

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[2], 0, SPACE[0], 0)
        head.setSpacing(SPACE[0])
        self._title.setFixedHeight(ROW)
        for part in (self._title, self.sum):
            head.addWidget(part)
        head.addStretch(1)
        for button in self.buttons.values():
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, SPACE[0], 1, SPACE[0])
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        column.addWidget(self.problem)
