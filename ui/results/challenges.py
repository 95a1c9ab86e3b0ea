"""Challenges across the cases: how often each was met, where, and on what it rests; named and kept in place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.actions import challenges
from app.actions.keys import new_key
from app.analysis.challenges import Order, faced
from app.analysis.todo import count
from app.model.assessment import Challenge
from ui.part import Part
from ui.results.challenge_list import ChallengeList, challenge_cards
from ui.results.challenge_panel import ChallengePanel
from ui.results.evidence import JudgementEvidence
from ui.theme import BODY, SPACE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import IconButton, SegmentedControl
from ui.widgets.focus import hand_on
from ui.widgets.heading import page_head
from ui.widgets.messages import EmptyState
from ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.actions.unit import Changes
    from app.analysis.challenges import Faced
    from app.exchange.tables import Table
    from ui.desk import Desk

_PAUSE: Final = 30  # ms without a move before the panel follows, so that held arrow keys stay quick
_WIDEST: Final = 900  # px; wider, the eye loses the row
_ORDERS: Final = ((Order.PRINCIPLE.value, "By principle"), (Order.FREQUENCY.value, "Most frequent"))


class ChallengesPart(Part):
    """Shows the challenges of the round shown, against the rubric shown, and hands on what is made of them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = ChallengeList()
        self.side = ChallengePanel(self)
        self.side.setWindowTitle("Challenge")
        self.side.hide()
        self.order = SegmentedControl("Order", _ORDERS, self)
        self.order.set_value(Order.PRINCIPLE.value)
        self.add = IconButton("plus", "Add a challenge", "Ins", self)
        self._about = ElidedLabel("", BODY, ink="muted", parent=self)
        self._adding = False
        self._faced: tuple[Faced, ...] = ()
        self._evidence = JudgementEvidence(desk, self.side, self._standing)
        self._follow = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._connect()
        self._add_keys()
        hand_on(self, self.list)

    # Showing

    def refresh(self, changes: Changes | None = None) -> None:  # noqa: ARG002 - one look at the study serves all
        """Show the study as it stands."""
        chain, order = self.desk.chain, Order(self.order.value() or Order.PRINCIPLE)
        self._faced = faced(chain, order)
        self.list.show_cards(challenge_cards(self._faced, chain.assessment.rubric.principles, order))
        if not self.list.current_key() and self._faced and not self._adding:
            self.list.set_current(self._faced[0].challenge.key)
        self._about.setText(_about(self._faced))
        self._stack.setCurrentWidget(self.list if self._faced else self._nothing)
        self._nothing.button.setVisible(not self.desk.read_only)
        self.add.setVisible(bool(self._faced) and not self.desk.read_only)
        self._show_panel()

    def show_thing(self, key: str) -> None:
        """Bring a challenge into view."""
        self._adding = False
        self.list.set_current(key)
        self._show_panel()
        self.panel_asked.emit()

    def shown_thing(self) -> str:
        """Key of the current challenge."""
        return self.list.current_key()

    def panel(self) -> QWidget | None:
        """The current challenge with its evidence, or the form of a new one."""
        return self.side

    def tables(self) -> list[Table]:
        """The challenges in the order shown, with a column for each case."""
        from app.exchange.challenge_tables import challenges_table

        return [challenges_table(self._faced, self.desk.document.cases)] if self._faced else []

    def picture(self) -> QWidget | None:
        """The list."""
        return self.list.viewport() if self._faced else None

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.side.leave()

    def _show_panel(self) -> None:
        self._follow.stop()
        rubric, document = self.desk.assessment.rubric, self.desk.document
        current = self._current
        self.side.setEnabled(self._adding or current is not None)
        if self._adding:
            principle = current.principle if current else rubric.principles[0].id
            self.side.show_new(rubric, principle)
        elif current is not None:
            others = [each.challenge for each in self._faced if each.challenge.key != current.key]
            self.side.show_challenge(current, others, document.cases, rubric, read_only=self.desk.read_only)
        self._evidence.show_cards()

    @property
    def _current(self) -> Challenge | None:
        return self._standing(self.list.current_key())

    def _standing(self, key: str) -> Challenge | None:
        return next((each.challenge for each in self._faced if each.challenge.key == key), None)

    def _choose_order(self, _order: str) -> None:
        self.refresh()
        self.list.scrollTo(self.list.currentIndex())

    # Doing

    def _begin_new(self) -> None:
        if self.desk.read_only:
            return
        if self.desk.assessment.round is None:
            self.go.emit("overview", "rounds")  # a challenge belongs to one
            return
        self.leave()
        self._adding = True
        self.panel_asked.emit()
        self._show_panel()
        self.side.begin()

    def _make(self, given: dict[str, Any]) -> None:
        assessment = self.desk.assessment
        if assessment.round is None:
            return
        made = Challenge(
            key=new_key(self.desk.document, "challenges", given["title"]),
            title=given["title"],
            text=given["text"],
            rubric=assessment.rubric.id,
            principle=given["principle"],
            round=assessment.round.key,
        )
        done = self.desk.do(challenges.add_challenge, made)
        if done is None:
            return
        self._adding = False
        self.list.set_current(done.key_of("challenges"))
        self._show_panel()
        self.side.begin("text")

    def _change(self, key: str, field: str, value: object) -> None:
        actions = {
            "title": challenges.rename_challenge,
            "text": challenges.describe_challenge,
            "principle": challenges.put_on_principle,
        }
        standing = self._standing(key)
        if self.desk.do(actions[field], key, str(value)) is None and standing is not None and key == self.side.subject:
            self.side.form.show_value(standing)

    def _merge(self, key: str, into: str) -> None:
        if self.desk.do_and_tell(challenges.merge_challenges, into, [key]) is not None:
            self.show_thing(into)

    def _remove(self, key: str) -> None:
        if key and not self.desk.read_only:
            place = self.list.currentIndex().row()
            self.desk.do_and_tell(challenges.remove_challenge, key)
            self._go_near(place)

    def _go_near(self, place: int) -> None:
        """Make the card current that took the place of the one removed, or the one before it."""
        cards = [card for card in self.list.cards.cards[: place + 1] if not card.heading]
        if cards:
            self.list.set_current(cards[-1].key)
            self._show_panel()
        self.list.setFocus()

    def _move(self, by: int) -> None:
        if self._current is not None and not self.desk.read_only and self.order.value() == Order.PRINCIPLE.value:
            self.desk.do(challenges.move_challenge, self._current.key, by)

    def _go_on(self, then: Callable[[], None]) -> None:
        """Do something about the current challenge in the panel."""
        if self._current is not None:
            self._adding = False
            self.panel_asked.emit()
            self._show_panel()
            then()

    def _back(self) -> None:
        self.leave()
        self._adding = False
        self._show_panel()
        (self.list if self._faced else self._nothing.button).setFocus()

    # Building

    def _lay_out(self) -> None:
        self._nothing = EmptyState(
            "flag",
            "No challenges yet",
            "A challenge is an obstacle on the way to more maturity: of one case, of several, or of the whole "
            "organisation. Here they stand with how many cases each was met in.",
            "Add a challenge",
            key="Ins",
            parent=self,
        )
        self._stack = QStackedLayout()
        body = QWidget(self)
        body.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[2], SPACE[2])
        column.setSpacing(SPACE[2])
        column.addLayout(page_head("Challenges", self._about, self.order, self.add))
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self.list)  # not before: without a parent it would be a window for a moment
        self._stack.addWidget(self._nothing)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(body, 1)
        row.addStretch(0)

    def _connect(self) -> None:
        side = self.side
        self.list.current.connect(self._came)
        self.list.used.connect(lambda _key, _spot: self.panel_asked.emit())
        self._follow.timeout.connect(self._show_panel)
        self.order.chosen.connect(self._choose_order)
        self.add.clicked.connect(self._begin_new)
        self._nothing.asked.connect(self._begin_new)
        side.made.connect(self._make)
        side.edited.connect(self._change)
        side.cases_ticked.connect(lambda key, cases: self.desk.do(challenges.show_in_cases, key, cases))
        side.merge_asked.connect(self._merge)
        side.remove_asked.connect(self._remove)
        side.jump_asked.connect(lambda passage: self.go.emit("interviews", passage))
        side.left.connect(self._back)

    def _came(self, _key: str) -> None:
        self._adding = False
        self._follow.start()

    def _add_keys(self) -> None:
        bind_key(self, "Add a challenge", "Ins", self._begin_new, within=True)
        for text, keys, then in (
            ("Edit the challenge", ("Return", "Enter", "F2"), partial(self._go_on, self.side.begin)),
            ("Go to the evidence", "Ctrl+E", partial(self._go_on, self.side.focus_offered)),
            ("Remove the challenge", "Ctrl+Del", lambda: self._remove(self.list.current_key())),
            ("Move the challenge up", "Alt+Up", partial(self._move, -1)),
            ("Move the challenge down", "Alt+Down", partial(self._move, 1)),
        ):
            bind_key(self.list, text, keys, then)


def _about(found: Sequence[Faced]) -> str:
    """Such as "5 challenges · 3 met in more than one case"."""
    several = sum(len(each.cases) > 1 for each in found)
    return f"{count(len(found), 'challenge', 'challenges')} · {several} met in more than one case" if found else ""
