"""Which sections are printed, and in which order: chapters, and the appendices behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.overview.facet import Facet
from ui.report.parts_view import PartsView
from ui.theme import SPACE
from ui.widgets.buttons import TextButton
from ui.widgets.scrolling import scrolling
from ui.widgets.text import SectionLabel

if TYPE_CHECKING:
    from app.report.contents import Chosen
    from ui.desk import Desk
    from ui.report.setup import Setup


class SectionsTab(Facet):
    """Two lists; each change of them is kept in the study."""

    def __init__(self, desk: Desk, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._setup = setup
        self.chapters = PartsView("Chapters", self)
        self.appendices = PartsView("Appendices", self)
        self.usual = TextButton("Back to the usual", "link", "undo-2", parent=self)
        self.usual.setToolTip("All sections as they stand in a new study")
        self._lay_out()
        for view in (self.chapters, self.appendices):
            view.turned.connect(self._turn)
            view.moved.connect(self._move)
        self.usual.clicked.connect(self._reset)

    def refresh(self) -> None:
        """Show the choice as it stands."""
        chosen, reading = self._chosen, self.desk.read_only
        self.chapters.show_parts([each for each in chosen if not each.part.appendix], read_only=reading)
        self.appendices.show_parts([each for each in chosen if each.part.appendix], read_only=reading)
        self.usual.setVisible(bool(self._setup.value.sections) and not reading)

    def begin(self) -> None:
        """Take up the first section."""
        self.chapters.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _chosen(self) -> tuple[Chosen, ...]:
        from app.report.contents import choice

        return choice(self._setup.value.sections)

    def _turn(self, name: str) -> None:
        self._keep([each._replace(shown=each.shown != (each.part.name == name)) for each in self._chosen])

    def _move(self, name: str, to: int) -> None:
        chosen = list(self._chosen)
        moved = next(each for each in chosen if each.part.name == name)
        chosen.remove(moved)
        first = next((at for at, each in enumerate(chosen) if each.part.appendix), len(chosen))
        chosen.insert(to + (first if moved.part.appendix else 0), moved)
        self._keep(chosen)

    def _keep(self, chosen: list[Chosen]) -> None:
        from app.report.contents import written

        self._setup.change(sections=written(chosen))

    def _reset(self) -> None:
        self.chapters.setFocus(Qt.FocusReason.OtherFocusReason)
        self._setup.change(sections="")

    def _lay_out(self) -> None:
        sheet = QWidget(self)
        sheet.setProperty("look", "page")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, SPACE[1], 0, SPACE[2])
        column.setSpacing(SPACE[0])
        for title, view in (("Chapters", self.chapters), ("Appendices", self.appendices)):
            head = SectionLabel(title, sheet)
            head.setContentsMargins(SPACE[3], SPACE[1], 0, 0)
            column.addWidget(head)
            column.addWidget(view)
        column.addWidget(self.usual)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(sheet, self))
