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
        self._candidates: Candidates | None = None

    def cards(self, place: Place, wanted: str) -> tuple[list[Card], Offered]:
        """Make the cards of what a place rests on, and of what it could rest on, the likeliest first."""
        seen = self._desk.seen
        offers = Offers(seen, hidden_passages(self._desk.document, self._desk.study.who))
        links = self._desk.chain.links(place.influence) if place.influence else ()
        case = place.case.key if place.case else None
        self._candidates = candidates = candidates_of(seen, self._candidates)
        linked = {link.passage for link in links}
        offered = candidates.cards(lambda key: offers.rank(key, place.factor.key, case), linked, wanted)
        return candidates.resting(links), offered
