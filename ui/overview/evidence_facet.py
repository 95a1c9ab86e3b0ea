"""Evidence to look at: how far judgements are covered, and each warning one click from where it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from app.analysis.evidence_warnings import NAMES, counted
from ui.notebook.cards import Card, CardView
from ui.overview.facet import Facet
from ui.overview.figures import FigureStrip, evidence_figures
from ui.theme import MEASURE, SPACE
from ui.widgets import EmptyState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.evidence_warnings import EvidenceWarning
    from ui.desk import Desk


class EvidenceFacet(Facet):
    """Figures, and the warnings by kind; `go` leads to where one is judged."""

    go = Signal(str, str)
    of_judgements = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.strip = FigureStrip(self)
        self.cards = CardView("Evidence to look at", self)
        self.nothing = EmptyState(
            "check",
            "Nothing to look at again",
            "Here stands what others would ask about: words that have changed, contradictions without a note, "
            "answers without evidence.",
            "Go to the criteria",
            parent=self,
        )
        self._warned: tuple[EvidenceWarning, ...] = ()
        self._lay_out()
        self.cards.used.connect(lambda key, _spot: self._lead(key))
        self.cards.activated.connect(lambda _index: self._lead(self.cards.current_key()))
        self.nothing.asked.connect(lambda: self.go.emit("assess", ""))

    def refresh(self) -> None:
        """Show figures and warnings as they stand."""
        self._warned = self.desk.warnings
        self.strip.show_figures(evidence_figures(self.desk.coverage))
        self.cards.show_cards(list(_cards(self._warned)))
        self._stack.setCurrentWidget(self._listed if self._warned else self.nothing)

    def begin(self) -> None:
        """Take up the list."""
        self.cards.setFocus()

    def _lead(self, key: str) -> None:
        if key.isdigit():
            warning = self._warned[int(key)]
            self.go.emit(warning.page, warning.key)

    def _lay_out(self) -> None:
        self._listed = QFrame(self)
        self._listed.setProperty("look", "card")
        self._listed.setMaximumWidth(MEASURE + 2 * SPACE[4])
        inner = QVBoxLayout(self._listed)
        inner.setContentsMargins(1, SPACE[0], 1, SPACE[0])
        inner.addWidget(self.cards)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._listed)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[3])
        column.addWidget(self.strip)
        column.addLayout(self._stack, 1)


def _cards(warned: Sequence[EvidenceWarning]) -> Iterator[Card]:
    """Make a card for each warning, its place as its key, under a heading for each kind."""
    numbers, before = counted(warned), None
    for place, warning in enumerate(warned):
        if warning.kind is not before:
            yield Card(warning.kind, f"{NAMES[warning.kind]} {numbers[warning.kind]}")
        before = warning.kind
        yield Card(str(place), "", warning.sentence)
