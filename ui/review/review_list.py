"""The reviews at the left, each with who was asked, in which round, on which pack, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.collection import day_text, local_time
from app.analysis.follow_ups import with_role
from app.analysis.todo import count
from ui.notebook.card_list import CardList
from ui.notebook.cards import Card, CardDelegate
from ui.theme import SPACE
from ui.widgets import IconButton, SectionLabel, TextButton
from ui.widgets.text import capital

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.analysis.reviews import Reviewed, Tally
    from app.model.document import StudyDocument

OPEN: Final = "open"
STALE: Final = "changed since"
_WIDE = 220


class _Reviews(CardList):
    """The list itself."""

    def delegate(self) -> CardDelegate:
        """Paint in amber what waits for the team."""
        return _ReviewDelegate(self)


class _ReviewDelegate(CardDelegate):
    def foot_ink(self, card: Card, place: int) -> str:
        """Choose the ink of one of a card's feet."""
        return "warning" if card.feet[place].partition(",")[0].endswith((OPEN, STALE)) else "text_muted"


class ReviewList(QWidget):
    """The reviews, with a button for a new one and the way to the read-back sheets; it only asks."""

    new_asked = Signal()
    read_back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = _Reviews("Reviews", self)
        self.new_button = IconButton("plus", "New review", "Ins", self)
        self.read_back = TextButton("Read-back sheets", "quiet", "quote", "Ctrl+Shift+Y", self)
        self.read_back.setCheckable(True)
        self._lay_out()
        self.new_button.clicked.connect(self.new_asked)
        self.read_back.clicked.connect(self.read_back_asked)

    def show_reviews(self, reviews: Sequence[Reviewed], rounds: Mapping[str, str], *, read_only: bool) -> None:
        """Show other reviews, with the names of rounds; the current one stays current."""
        self.list.show_listed([_card(each, rounds[each.review.round]) for each in reviews])
        self.new_button.setVisible(not read_only)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(SPACE[3], SPACE[2], SPACE[1], SPACE[0])
        head.addWidget(SectionLabel("Reviews", self))
        head.addStretch(1)
        head.addWidget(self.new_button)
        foot.setContentsMargins(SPACE[1], SPACE[0], SPACE[1], SPACE[0])
        foot.addWidget(self.read_back)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.setFixedWidth(_WIDE)


def state_of(tally: Tally) -> str:
    """Say how far a review has come: "2 open", "Waiting for 3 answers", "Done"."""
    if tally.unanswered == tally.results:
        return "Waiting for answers"
    waiting = f"waiting for {count(tally.unanswered, 'answer', 'answers')}" if tally.unanswered else ""
    opened = f"{tally.open} {OPEN}" if tally.open else ""
    stale = f"{tally.stale} {STALE}" if tally.stale else ""
    return capital(", ".join(filter(None, (opened, stale, waiting)))) or "Done"


def pack_of(each: Reviewed) -> str:
    """Name a review's pack: "pack 12"; nothing where it has none."""
    return f"pack {each.review.sheet}" if each.review.sheet else ""


def about_text(each: Reviewed, document: StudyDocument) -> str:
    """Say which round and pack a review is of, when it was held, and how far it has come."""
    in_round = next(known.name for known in document.rounds if known.key == each.review.round)
    held = each.review.held_at
    day = day_text(local_time(held, document.study.zone)) if held else ""
    return " \u00b7 ".join(filter(None, (in_round, pack_of(each), day, state_of(each.tally))))


def reviewer_of(each: Reviewed) -> str:
    """Name whoever reviews, with the role."""
    return with_role(each.reviewer, each.role)


def _card(each: Reviewed, in_round: str) -> Card:
    head = " \u00b7 ".join(filter(None, (in_round, pack_of(each))))
    return Card(each.review.key, head, reviewer_of(each), (state_of(each.tally),), most=2)
