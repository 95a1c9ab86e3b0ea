"""What the page shows: the grid to work in, and under it the figure drawn from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.analysis.factors import figure
from app.analysis.todo import count
from ui.factors.figure import InfluenceFigure
from ui.factors.grid import FactorGrid
from ui.factors.signs import key_help
from ui.theme import BODY, SMALL, SPACE, TITLE
from ui.widgets import ChoiceField, ElidedLabel, IconButton, TextLabel
from ui.widgets.heading import page_head
from ui.widgets.scrolling import scroll_to_current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.analysis.factors import FactorTable
    from app.model.setting import Round

_WIDEST = 1400  # px; wider, the eye loses the row
_WIDEST_FIGURE = 1000


class FactorSheet(QScrollArea):
    """Head, grid, keys and figure of one round."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = FactorGrid(self)
        self.figure = InfluenceFigure(self)
        self.rounds = ChoiceField("Round shown", parent=self)
        self.rounds.setToolTip("Round shown (Ctrl+Left, Ctrl+Right)")
        self.add = IconButton("plus", "Add a factor", "Ins", self)
        self._about = ElidedLabel("", BODY, ink="muted", parent=self)
        self._keys = TextLabel(key_help(), SMALL, ink="muted", wrap=True, parent=self)
        self._keys.setMaximumWidth(_WIDEST)
        self._lay_out()
        self.grid.moved.connect(self._follow)

    def show_table(self, table: FactorTable, rounds: Sequence[Round], *, read_only: bool) -> None:
        """Show one round."""
        self._about.setText(_about(table))
        self.grid.show_table(table)
        self.figure.show_figure(figure(table))
        self.rounds.set_choices([(each.key, each.name) for each in rounds])
        self.rounds.set_value(table.round.key if table.round else None)
        self.rounds.setVisible(len(rounds) > 1)
        self.add.setVisible(not read_only)
        self._keys.setVisible(not read_only)

    def _follow(self) -> None:
        """Scroll the page, not the table, to the current cell."""
        scroll_to_current(self, self.grid)

    def _lay_out(self) -> None:
        content = QWidget(self)
        content.setProperty("look", "page")
        content.setMaximumWidth(_WIDEST)
        self.figure.setMaximumWidth(_WIDEST_FIGURE)
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[4])
        column.setSpacing(0)
        column.addLayout(page_head("Factors", self._about, self.rounds, self.add))
        column.addSpacing(SPACE[2])
        column.addWidget(self.grid)
        column.addSpacing(SPACE[1])
        column.addWidget(self._keys)
        column.addSpacing(SPACE[4])
        column.addWidget(TextLabel("How many cases show each factor", TITLE, "semibold", parent=content))
        column.addSpacing(SPACE[0])
        column.addWidget(self.figure)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)


def _about(table: FactorTable) -> str:
    parts = (
        table.round.name if table.round else "",
        count(len(table.rows), "factor", "factors"),
        count(len(table.columns) - 1, "case", "cases"),
        f"{table.open} not judged" if table.open else "",
    )
    return " · ".join(filter(None, parts))
