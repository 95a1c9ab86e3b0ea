"""What a filled form says, before any of it is taken: result by result, beside what was typed in already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.review_forms import adds_nothing, contradicts
from app.analysis.todo import count
from app.model.assessment import ReviewVerdict
from app.report.wording import REVIEWED
from ui.notebook.card_list import CardList
from ui.notebook.cards import Card, CardDelegate
from ui.review.items import key_of
from ui.review.review_list import reviewer_of
from ui.theme import MEASURE, SPACE, TITLE
from ui.widgets import Rule, TextButton, TextLabel
from ui.widgets.actions import bind_key
from ui.widgets.focus import on_escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.reviews import Result, Reviewed, Said
    from app.exchange.review_form import Filled

OTHERWISE: Final = "Typed in otherwise: "
SAME: Final = "The same is typed in"


class _Delegate(CardDelegate):
    def foot_ink(self, card: Card, place: int) -> str:
        """Choose the ink of one of a card's feet."""
        return "warning" if card.feet[place].startswith(OTHERWISE) else "text_muted"


class _Answers(CardList):
    def delegate(self) -> CardDelegate:
        """Paint in amber what was typed in otherwise."""
        return _Delegate(self)


class FilledView(QWidget):
    """Shows what a form says of one review; it only asks whether to take it."""

    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self.left.emit)
        self._title = TextLabel("", TITLE, "semibold", wrap=True, parent=self)
        self.summary = TextLabel("", wrap=True, parent=self)
        self.conflicts = TextLabel("", ink="warning", wrap=True, parent=self)
        self.missing = TextLabel("", ink="warning", wrap=True, parent=self)
        self.remark = TextLabel("", ink="muted", wrap=True, parent=self)
        self.list = _Answers("Answers on the form", self)
        self.take_button = TextButton("Take these answers", "primary", key="Ctrl+Return", parent=self)
        self.leave_button = TextButton("Take none", "quiet", key="Esc", parent=self)
        self._lay_out()
        self.take_button.clicked.connect(self._take)
        self.leave_button.clicked.connect(self.left)
        bind_key(self, "Take the answers of the form", ("Ctrl+Return", "Ctrl+Enter"), self._take, within=True)

    def show_filled(self, name: str, review: Reviewed, filled: Filled) -> None:
        """Show what the file `name` says of a review: the answers given, the remark, and whether any is missing."""
        given, remark = filled.given, filled.remark
        found = [(said, review.result(said.at)) for said in given]
        pairs = [(said, result) for said, result in found if result is not None]
        self._title.setText(f"{name}: review by {reviewer_of(review)}")
        self.summary.setText(summary(given))
        self.missing.setText(filled.warning)
        self.missing.setVisible(bool(filled.missing))
        against = sum(contradicts(said, result.item) for said, result in pairs)
        self.conflicts.setText(
            f"{count(against, 'answer differs', 'answers differ')} from what is typed in: "
            "it takes the place of that, and what was resolved there is open again."
        )
        self.conflicts.setVisible(against > 0)
        typed = review.review.remark
        other = f"\n{OTHERWISE}{typed}" if typed and typed != remark.strip() else ""
        self.remark.setText(f"\u201c{remark.strip()}\u201d{other}")
        self.remark.setVisible(bool(remark.strip()))
        self.list.show_cards([_card(said, result) for said, result in pairs])
        self.take_button.setEnabled(bool(pairs) or bool(remark.strip()))

    @property
    def first(self) -> QWidget:
        """What takes the keyboard."""
        return self.take_button if self.take_button.isEnabled() else self.leave_button

    def _take(self) -> None:
        if self.take_button.isEnabled():
            self.taken.emit()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE[1])
        buttons.addWidget(self.take_button)
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        top = QWidget(self)
        top.setMaximumWidth(MEASURE + 2 * SPACE[3])  # wider than its labels, it would give them too little height
        head = QVBoxLayout(top)
        head.setContentsMargins(SPACE[3], SPACE[3], SPACE[3], SPACE[2])
        head.setSpacing(SPACE[1])
        for label in (self._title, self.summary, self.missing, self.conflicts, self.remark):
            head.addWidget(label)
        head.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(Rule(self))
        column.addWidget(self.list, 1)


def summary(answers: Sequence[Said]) -> str:
    """Count what a form says: "5 confirmed, 1 corrected, 1 disputed, 3 comments"."""
    counts = [(sum(each.verdict is verdict for each in answers), verdict.value) for verdict in ReviewVerdict]
    comments = sum(bool(each.comment.strip()) for each in answers)
    parts = [f"{number} {word}" for number, word in counts if number]
    parts += [count(comments, "comment", "comments")] if comments else []
    return ", ".join(parts) or "Nothing is filled in on this form."


def _card(said: Said, result: Result) -> Card:
    head = f"{result.case} \u00b7 {result.principle}"
    return Card(key_of(said.at), head, _words(said.verdict, said.comment), tuple(_feet(said, result)), most=6)


def _feet(said: Said, result: Result) -> Iterator[str]:
    if contradicts(said, result.item):
        yield OTHERWISE + _words(result.item.verdict, result.item.comment)
    elif adds_nothing(said, result.item):
        yield SAME


def _words(verdict: ReviewVerdict | None, comment: str) -> str:
    return ": ".join(filter(None, (REVIEWED[verdict] if verdict else "", comment.strip())))
