"""Differences as cards to go through, and what each assessor says of one of them with what that rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.overview import joined
from app.analysis.todo import count
from ui.notebook.cards import Card, CardDelegate, CardView, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.analysis.chain import Chain
    from app.analysis.consensus import Differing
    from app.model.assessment import Answer
    from app.scoring.offered import Answers

_OPEN = Spot("open", icon="arrow-right", hint="Show the criterion (J)")
_JUMP = Spot("jump", icon="arrow-right", hint="Show it in the notes")
CHANGED = "Answers have changed since"


class DifferenceList(CardView):
    """The differences, to be agreed on with the keys of answers."""

    def delegate(self) -> CardDelegate:
        """Paint in amber what has changed since it was agreed on."""
        return _DifferenceDelegate(self)

    def keyboardSearch(self, search: str) -> None:
        """Letters agree; they do not search."""


class _DifferenceDelegate(CardDelegate):
    def foot_ink(self, card: Card, place: int) -> str:
        """Choose the ink of one of a card's feet."""
        return "warning" if card.feet[place].startswith(CHANGED) else "text_muted"


def difference_card(each: Differing, scale: Answers, names: Mapping[str, str], case: str) -> Card:
    """Make the card of a difference; `case` is the case's name."""
    head = f"{case} \u00b7 {each.principle.short} \u00b7 {each.criterion.name.capitalize()}"
    said = ", ".join(f"{names[answer.assessor]} {_short(answer, scale)}" for answer in each.answers)
    ink = "text" if each.is_open or each.changed else "text_muted"
    return Card(each.key, head, said or "Nobody has answered", tuple(_feet(each, scale, names)), (_OPEN,), ink=ink)


def _feet(each: Differing, scale: Answers, names: Mapping[str, str]) -> Iterator[str]:
    agreed = each.consensus
    if agreed is None:
        yield distance_text(each)
        return
    yield f"Agreed {scale.label(agreed.verdict).lower()}: {agreed.reason}"
    if agreed.dissents:
        yield f"{joined(names[one.assessor] for one in agreed.dissents)} {_dissent(len(agreed.dissents))}"
    if each.changed:
        yield f"{CHANGED}: {joined(names[answer.assessor] for answer in each.changed)}"


def _dissent(number: int) -> str:
    return "dissents" if number == 1 else "dissent"


def distance_text(each: Differing) -> str:
    """Say how far answers lie apart: "3 steps apart"; or that not everybody says how far."""
    apart = f"{count(each.distance, 'step', 'steps')} apart" if each.distance else ""
    open_ = len(each.answers) - each.achieved
    cannot = "cannot say how far" if each.achieved else "nobody says how far"
    told = (f"{open_} {cannot}" if each.achieved else cannot) if open_ else ""
    return ", ".join(filter(None, (apart, told))).capitalize()


def _short(answer: Answer, scale: Answers) -> str:
    return scale.step(answer.verdict).short.lower() if answer.verdict else ""


def answer_cards(each: Differing, scale: Answers, names: Mapping[str, str], chain: Chain) -> list[Card]:
    """Make the cards of a difference: for each assessor the answer with its rationale, and the passages under it."""
    cards: list[Card] = []
    for answer in each.answers:
        sure = f"{answer.confidence} confidence" if answer.confidence else ""
        head = " \u00b7 ".join(filter(None, (names[answer.assessor], scale.label(answer.verdict), sure)))
        cards.append(Card(f"//{answer.assessor}", head))
        if why := answer.rationale.strip():
            cards.append(Card(f"/{answer.assessor}", "", why, most=12))
        elif not answer.evidence:
            cards.append(Card(f"/{answer.assessor}", "", "No rationale", ink="text_faint"))
        cards += _evidence_cards(answer, chain)
    return cards


def _evidence_cards(answer: Answer, chain: Chain) -> Iterator[Card]:
    for link in chain.links(answer):
        against = "speaks against it" if link.against else ""
        head = " \u00b7 ".join(filter(None, (link.citation, str(link.evidence.weight), against)))
        feet = (link.evidence.note,) if link.evidence.note.strip() else ()
        yield Card(
            f"{answer.assessor}/{link.passage}", head, link.now or link.then, feet, (_JUMP,), ink="text_muted", most=3
        )
