"""The passages an influence rests on, and those it could rest on, as cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.blind import hidden_passages
from app.analysis.factors import Offers
from ui.assess.candidates import Candidates

if TYPE_CHECKING:
    from app.analysis.factors import Place
    from app.model.document import StudyDocument
    from ui.assess.candidates import Offered
    from ui.desk import Desk
    from ui.notebook.cards import Card


class Passages:
    """Cards of what whoever works may see."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: tuple[StudyDocument, frozenset[str], Candidates, Offers] | None = None

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
        seen, hidden = self._desk.seen, hidden_passages(self._desk.document, self._desk.study.who)
        made = self._made
        if made is None or made[1] != hidden or not _same_notes(made[0], seen):
            self._made = made = (seen, hidden, Candidates(seen), Offers(seen, hidden))
        return made[2], made[3]


def _same_notes(one: StudyDocument, other: StudyDocument) -> bool:
    """Tell whether two documents have the same passages, notes and codes."""
    return all(getattr(one, name) is getattr(other, name) for name in ("sources", "passages", "codes", "codings"))
