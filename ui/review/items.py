"""The results put before an insider, as cards: what they were shown, what they say, what the team made of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF

from app.model.assessment import ReviewVerdict
from app.report.wording import REVIEWED
from ui.notebook.card_list import CardList
from ui.notebook.cards import CARD, Card, CardDelegate
from ui.notebook.wrapping import line_height, paint_lines, text_width
from ui.theme import SMALL, SPACE, theme
from ui.theme.icons import paint_icon
from ui.widgets import level_width, paint_level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from app.analysis.reviews import At, Result
    from app.rubric.structure import Rubric
    from ui.notebook.cards import Index

NOW: Final = "Now: "
FINDING_NOW: Final = "Finding now: "
OPEN: Final = "Not resolved yet"
ICONS: Final[Mapping[ReviewVerdict, tuple[str, str]]] = {
    ReviewVerdict.CONFIRMED: ("circle-check", "text_muted"),
    ReviewVerdict.CORRECTED: ("pencil", "accent"),
    ReviewVerdict.DISPUTED: ("flag", "warning"),
}
_SIGN = 14.0
_TALL = 18.0


@dataclass(frozen=True)
class ItemCard(Card):
    """A result: the level at the right of its head, and before that what the insider says of it."""

    level: str = ""
    rank: int | None = None
    of: int = 1
    verdict: ReviewVerdict | None = None

    @property
    def words(self) -> str:
        """All of it, for screen readers."""
        said = REVIEWED[self.verdict] if self.verdict else "No answer yet"
        return ". ".join(filter(None, (self.head, self.level, said, self.text, *self.feet)))


def key_of(at: At) -> str:
    """Name a result within its review."""
    return f"{at.rubric}/{at.case}/{at.principle}"


def item_cards(results: Iterable[Result], rubrics: Mapping[str, Rubric]) -> list[Card]:
    """Make a card of each result, under a heading for each case."""
    cards: list[Card] = []
    case = ""
    for each in results:
        if each.item.case != case:
            case = each.item.case
            cards.append(Card(f"case/{case}", each.case))
        cards.append(_card(each, rubrics[each.item.rubric]))
    return cards


def _card(each: Result, rubric: Rubric) -> ItemCard:
    """Make one card; what was shown in a review made before that was kept is told as it is now."""
    item, names = each.item, [level.name for level in rubric.levels]
    level = item.level or each.level
    finding = item.finding if item.level else each.finding
    return ItemCard(
        key_of(each.at),
        each.principle,
        finding or "No finding",
        tuple(_feet(each)),
        ink="text" if finding else "text_faint",
        most=3,
        level=level.partition("; ")[0],
        rank=next((place for place, name in enumerate(names) if level.partition(",")[0] == name), None),
        of=len(names),
        verdict=item.verdict,
    )


def _feet(each: Result) -> Iterator[str]:
    for change in each.changed:
        yield f"{NOW}{change.now or 'nothing'}" if change.what == "Level" else f"{FINDING_NOW}{change.now or 'none'}"
    if each.item.comment:
        yield f"\u201c{each.item.comment}\u201d"
    if each.item.resolution:
        yield f"Resolved: {each.item.resolution}"
    elif each.is_open:
        yield OPEN


class ItemDelegate(CardDelegate):
    """Paints a result, its level as a chip, and the insider's verdict as sign and word."""

    def foot_ink(self, card: Card, place: int) -> str:
        """Choose the ink of one of a card's feet."""
        foot = card.feet[place]
        return "warning" if foot == OPEN or foot.startswith((NOW, FINDING_NOW)) else "text_muted"

    def head_room(self, card: Card, width: int) -> int:
        """Tell how wide a card's head may be beside its level and verdict, in px."""
        if not isinstance(card, ItemCard):
            return super().head_room(card, width)
        return round(super().head_room(card, width) - _chip(card) - _said(card) - 2 * SPACE[1])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        super().paint(painter, option, index)
        card = index.data(CARD)
        if isinstance(card, ItemCard):
            painter.save()
            self._paint_right(painter, card, QRectF(option.rect))
            painter.restore()

    def _paint_right(self, painter: QPainter, card: ItemCard, where: QRectF) -> None:
        top, high = where.top() + SPACE[1], line_height(SMALL)
        right = where.right() + 1 - SPACE[3]
        painter.setFont(theme().font(SMALL))
        chip = QRectF(right - _chip(card), top + (high - _TALL) / 2, _chip(card), _TALL)
        paint_level(painter, chip, card.rank, card.of, card.level)
        left = chip.left() - SPACE[1] - _said(card)
        icon, ink = ICONS[card.verdict] if card.verdict else ("", "text_faint")
        if icon:
            sign = QRectF(left, top + (high - _SIGN) / 2, _SIGN, _SIGN)
            paint_icon(painter, icon, getattr(theme().palette, ink), sign)
            left += _SIGN + SPACE[0]
        painter.setPen(theme().colour(ink))
        paint_lines(painter, (_word(card),), left, top, SMALL, "medium")


class ItemList(CardList):
    """The results of a review; digits give the insider's verdict."""

    def delegate(self) -> CardDelegate:
        """Make what paints levels and verdicts."""
        return ItemDelegate(self)

    def keyboardSearch(self, search: str) -> None:
        """Letters and digits do something here; they do not search."""


def _word(card: ItemCard) -> str:
    return REVIEWED[card.verdict] if card.verdict else "No answer"


def _said(card: ItemCard) -> float:
    return text_width(_word(card), SMALL, "medium") + (_SIGN + SPACE[0]) * (card.verdict is not None)


def _chip(card: ItemCard) -> float:
    return level_width(theme().font(SMALL), card.level)
