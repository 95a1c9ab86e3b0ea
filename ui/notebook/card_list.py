"""A list of cards that are dealt with one after the other: where one goes, the next one is current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.notebook.cards import Card, CardView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent


class CardList(CardView):
    """The cards; arrow keys pass over headings."""

    def show_listed(self, cards: Sequence[Card]) -> None:
        """Show other cards; the current one stays current, its neighbour is when it has gone."""
        before, at = self.current_key(), max(self.currentIndex().row(), 0)
        self.show_cards(cards)
        if self.cards.place(before) >= 0:
            self.set_current(before)
            return
        following = [card.key for card in cards[at:] if not card.heading]
        ahead = [card.key for card in cards[:at] if not card.heading]
        self.set_current(next(iter([*following, *reversed(ahead)]), ""))

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
