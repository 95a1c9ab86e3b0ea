"""The list of challenges: each with the bar of how many cases it showed in, under its principle or by frequency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.analysis.challenges import Faced, Order, by_principle
from app.analysis.todo import count
from ui.notebook.cards import CARD, Card, CardDelegate, CardView
from ui.notebook.wrapping import line_height, paint_lines, text_width
from ui.theme import SMALL, SPACE, theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem

    from app.rubric.structure import Principle
    from ui.notebook.cards import Index

_BAR = 96.0  # px of a challenge that showed in every case
_THICK = 8.0
_MOST = 2  # lines of a name


@dataclass(frozen=True)
class ChallengeCard(Card):
    """A challenge; `share` (0..1) of the cases, in words `frequency`."""

    share: float = 0.0
    frequency: str = ""

    @property
    def words(self) -> str:
        """All of it, for screen readers."""
        return f"{self.frequency}. {super().words}"


def challenge_cards(found: Sequence[Faced], principles: Sequence[Principle], order: Order) -> list[Card]:
    """Make the cards, under headings where they stand by principle."""
    if order is Order.FREQUENCY:
        return [_card(each, f"{each.principle.short} · {each.where}") for each in found]
    cards: list[Card] = []
    for principle, group in by_principle(found, principles):
        cards += [Card(f"principle:{principle.id}", principle.name), *(_card(each, each.where) for each in group)]
    return cards


def _card(each: Faced, head: str) -> ChallengeCard:
    feet = tuple(_feet(each))
    challenge, known = each.challenge, each.frequency
    return ChallengeCard(challenge.key, head, challenge.title, feet, most=_MOST, share=each.share, frequency=known)


def _feet(each: Faced) -> Iterator[str]:
    if each.challenge.text:
        yield each.challenge.text
    if each.links:
        passages, sources = count(each.links, "passage", "passages"), count(each.sources, "source", "sources")
        yield f"{passages} from {sources}"
    else:
        yield "No evidence yet"


class ChallengeDelegate(CardDelegate):
    """Paints a challenge, and at the right of its head the bar and its number."""

    def head_room(self, card: Card, width: int) -> int:
        """Tell how wide a card's head may be beside its bar, in px."""
        return super().head_room(card, width) - round(_wide(card) + SPACE[2])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        super().paint(painter, option, index)
        card = index.data(CARD)
        if isinstance(card, ChallengeCard):
            self._paint_bar(painter, card, QRectF(option.rect))

    def _paint_bar(self, painter: QPainter, card: ChallengeCard, where: QRectF) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, high = round(where.right() + 1 - SPACE[3] - _wide(card)), line_height(SMALL)
        top = where.top() + SPACE[1] + (high - _THICK) / 2
        painter.setPen(theme().colour("line_strong"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left + 0.5, top + 0.5, _BAR - 1, _THICK - 1))
        painter.fillRect(QRectF(left, top, _BAR * card.share, _THICK), theme().colour("accent"))
        painter.setPen(theme().colour("text"))
        words = left + _BAR + SPACE[1]
        paint_lines(painter, (card.frequency,), words, where.top() + SPACE[1], SMALL, "medium")
        painter.restore()


class ChallengeList(CardView):
    """The challenges of a round; Enter and a click lead to the panel beside them."""

    def __init__(self) -> None:
        super().__init__("Challenges")
        self.setAccessibleDescription("Arrow keys move between challenges; Enter edits one.")

    def delegate(self) -> CardDelegate:
        """Make what paints the bars."""
        return ChallengeDelegate(self)


def _wide(card: Card) -> float:
    words = card.frequency if isinstance(card, ChallengeCard) else ""
    return _BAR + SPACE[1] + text_width(words, SMALL, "medium")
