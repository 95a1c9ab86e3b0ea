"""What is told of one passage beside the notes, as whoever is working may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.model.evidence import Stance
from ui.assess.candidates import WEIGHTS
from ui.interviews.coding_row import ORGANISATION, CodingFacts
from ui.notebook.cards import Card
from ui.widgets.text import capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.analysis.chain import Resting
    from app.analysis.coding import CodingIndex
    from app.model.evidence import Coding
    from ui.desk import Desk


@dataclass(frozen=True)
class PassageFacts:
    """All that is told of a passage; `leads` says of each card to which page it leads, and to what there."""

    key: str
    where: str
    lies: bool  # whether it has words in the notes
    codings: tuple[CodingFacts, ...]
    cases: tuple[tuple[str | None, str], ...]
    rests: tuple[Card, ...]
    leads: tuple[tuple[str, str], ...]
    again: bool


def passage_facts(desk: Desk, key: str) -> PassageFacts:
    """Tell a passage."""
    index = desk.index
    found = index.found(key)
    where = found.citation.partition(" ")[2].capitalize() or "No longer in the notes"
    rests = desk.chain.judged_on(key)
    return PassageFacts(
        key,
        where,
        not found.orphaned,
        tuple(_codings(desk, index, found.codings)),
        (*tuple((case.key, case.name) for case in desk.document.cases), (None, ORGANISATION)),
        tuple(_card(number, each) for number, each in enumerate(rests)),
        tuple((each.page, f"{each.key}/{key}" if each.page == "assess" else each.key) for each in rests),
        any(each.again for each in rests),
    )


def _codings(desk: Desk, index: CodingIndex, codings: tuple[Coding, ...]) -> Iterator[CodingFacts]:
    people = {each.key: each.name for each in desk.document.assessors}
    cases = {each.key: each.name for each in desk.document.cases}
    for coding in codings:
        own = coding.assessor == desk.study.who and not desk.read_only
        about = cases[coding.case] if coding.case else ORGANISATION.lower()
        name, colour = index.codes[coding.code].name, index.colour(coding.code)
        yield CodingFacts(coding.code, name, colour, people[coding.assessor], coding.case, about, coding.memo, own)


def _card(number: int, each: Resting) -> Card:
    """Tell something that rests on it: for or against, how strong, and whether to look at it again."""
    link = each.evidence
    if link is None:
        head = "Follow-up"
    else:
        verb = "Against" if link.stance is Stance.CONTRADICTS else "For"
        head = " · ".join(filter(None, (verb, WEIGHTS[link.weight].lower(), link.reference)))
    feet = tuple(filter(None, (each.about, "Check again: the words are no longer the same" if each.again else "")))
    return Card(str(number), head, capital(each.words), feet, most=3)
