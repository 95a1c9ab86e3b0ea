"""The passages an influence rests on, and those it could rest on, as cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.blind import hidden_passages
from app.analysis.factors import Offers
from ui.assess.candidates import candidates_of

if TYPE_CHECKING:
    from app.analysis.factors import Place
    from ui.assess.candidates import Candidates, Offered
    from ui.desk import Desk
    from ui.notebook.cards import Card


class Passages:
    """Cards of what whoever works may see."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: tuple[Candidates, Offers] | None = None

    def cards(self, place: Place, wanted: str) -> tuple[list[Card], Offered]:
        """Make the cards of what a place rests on, and of what it could rest on, the likeliest first."""
        links = self._desk.chain.links(place.influence) if place.influence else ()
        case = place.case.key if place.case else None
        candidates, offers = self._ready()
        linked = {link.passage for link in links}
        offered = candidates.cards(lambda key: offers.rank(key, place.factor.key, case), linked, wanted)
        return candidates.resting(links), offered

    def _ready(self) -> tuple[Candidates, Offers]:
        """Give what is made from the notes, anew only where these, or what may be seen of them, have changed."""
        seen, before = self._desk.seen, self._made[0] if self._made else None
        candidates = candidates_of(seen, before)
        if self._made is None or candidates is not before:
            hidden = hidden_passages(self._desk.document, self._desk.study.who)
            self._made = (candidates, Offers(seen, hidden))
        return self._made
