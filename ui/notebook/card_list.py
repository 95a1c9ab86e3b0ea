"""A list of cards that are dealt with one after the other: the current one stays in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.notebook.cards import CardView

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class CardList(CardView):
    """The cards; arrow keys pass over headings."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current card in sight."""
        super().resizeEvent(event)
        self.reveal()

    def reveal(self) -> None:
        """Scroll to the current card; with the heading above it where it is the first."""
        self.executeDelayedItemsLayout()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        if self.currentIndex().row() == 1 and self.cards.cards[0].heading:
            self.scrollToTop()

    @property
    def is_empty(self) -> bool:
        """Whether no card is listed."""
        return not self.cards.cards
