"""Beside the criteria: what to ask, what counts as evidence, the passages linked, and those that could be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.model.evidence import Stance
from ui.assess.candidates import STANCES
from ui.assess.evidence_cards import EvidenceCards
from ui.assess.guidance import Guidance
from ui.interviews.source_list import FilterLine
from ui.notebook.cards import Card
from ui.theme import SMALL, SPACE
from ui.widgets import Rule, TextLabel
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction, QResizeEvent

    from app.analysis.proposals import Proposed
    from app.rubric.structure import Criterion
    from ui.assess.candidates import Offered
    from ui.assess.proposed import ProposalNote

LINKED, OFFERED = "linked:", "offered:"
_HINTS: Final = {
    "reference": "The document or screen it was seen in",
    "note": "A remark on this passage",
    "against": "Why it stands although this contradicts it",
}


class EvidencePanel(QWidget):
    """Shows one criterion's guidance and evidence; it only asks.

    What is shown above the evidence, and what Escape goes back to, a panel for another judgement says for itself.
    """

    back: ClassVar[str] = "Back to the criteria"

    link_asked = Signal(str)  # passage
    unlink_asked = Signal(str)
    weight_asked = Signal(str)
    stance_asked = Signal(str)
    check_asked = Signal(str)
    written = Signal(str, str, str, str)  # subject, passage, "reference" or "note", the text
    jump_asked = Signal(str)
    accept_asked = Signal(str)  # criterion: take over what is proposed to it
    filtered = Signal(str)
    left = Signal()  # back to the list

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = EvidenceCards("Evidence", self)
        self.filter = FilterLine(self)
        self.warned = TextLabel(size=SMALL, ink="warning", wrap=True, parent=self)
        self.warned.setContentsMargins(SPACE[3], 0, SPACE[3], SPACE[2])
        self.warned.hide()
        self.subject = ""  # whose evidence is shown: a criterion's
        self._listed = ""  # whose evidence is listed
        self._edited = ""  # whose link is written in place
        self._read_only = False
        self.filter.setPlaceholderText("Filter passages (/)")
        self.filter.setAccessibleName("Filter passages")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._top = self.make_head()
        column.addWidget(self._top)
        column.addWidget(self.warned)
        column.addWidget(Rule(self))
        line = QVBoxLayout()
        line.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[0])
        line.addWidget(self.filter)
        column.addLayout(line)
        column.addWidget(self.cards, 1)
        self._connect()

    def make_head(self) -> QWidget:
        """Make what stands above the evidence."""
        self._guidance = Guidance(self)
        self._guidance.proposal.accepted.connect(lambda: self.accept_asked.emit(self.subject))
        return self._guidance

    def show_guidance(self, criterion: Criterion | None, about: str = "", levels: str = "") -> None:
        """Show what to ask, what counts, and what to advise.

        Args:
            criterion: None for nothing.
            about: the case and the statement, where the page does not show them in full.
            levels: what can be picked and what that says, where the page does not.
        """
        if self.subject != (criterion.id if criterion else ""):
            self.close_editor()
        self.subject = criterion.id if criterion else ""
        self._guidance.show_criterion(criterion, about, levels)

    def show_proposal(self, proposed: Proposed | None, *, read_only: bool) -> None:
        """Show what is proposed to the criterion; None where nothing is, or it is answered."""
        self._guidance.show_proposal(proposed, read_only=read_only)

    @property
    def proposal(self) -> ProposalNote:
        """What is proposed."""
        return self._guidance.proposal

    def show_warnings(self, sentences: Sequence[str]) -> None:
        """Show what to look at in the evidence of the criterion, and of the score it counts towards."""
        self.warned.setText("\n".join(sentences))
        self.warned.setVisible(bool(sentences))

    def show_evidence(self, linked: Sequence[Card], offered: Offered, *, read_only: bool) -> None:
        """Show what the answer rests on, and what it could rest on."""
        self._read_only = read_only
        for action in self._writing:
            action.setEnabled(not read_only)
        head = f"Linked {len(linked)}" if linked else "Nothing linked yet"
        cards = [Card("linked", head), *(_under(LINKED, card) for card in linked)]
        if not read_only:
            cards.append(Card("offered", f"Could be linked {offered.many:,}" if offered.cards else "Nothing else fits"))
            cards += [_under(OFFERED, card) for card in offered.cards]
        if not read_only and offered.more:
            cards.append(Card("more", f"{offered.more:,} more, less likely: filter for a word of theirs (/)"))
        if not (read_only or linked or offered.cards or self.filter.text()):
            cards.append(Card("none", "Mark words in the notes of an interview (Ctrl+E): they can be linked here"))
        before, place = self.cards.current_key(), self.cards.currentIndex().row()
        self.cards.show_cards(cards)
        same, self._listed = self._listed == self.subject, self.subject
        if not same:
            self.cards.set_current("")
            self.cards.scrollToTop()
        elif before and not self.cards.current_key():
            self.cards.set_current(_instead(before, place, cards))

    def focus_offered(self) -> None:
        """Go to the first passage that could be linked, else to the first card; stay on a linked current one."""
        if self._named(LINKED):
            self.cards.setFocus()
            return
        keys = [card.key for card in self.cards.cards.cards if not card.heading]
        wanted = next((key for key in keys if key.startswith(OFFERED)), keys[0] if keys else "")
        self.cards.set_current(wanted)
        self.cards.setFocus()

    def write(self, passage: str, what: str, text: str | None = None) -> None:
        """Write the "reference" or the "note" of a linked passage in place."""
        card = self.cards.card(f"{LINKED}{passage}")
        if not self._read_only and card is not None:
            self._edited = self.subject
            against = any(spot.words == STANCES[Stance.CONTRADICTS] for spot in card.choices)
            self.cards.write(card.key, what, _HINTS["against" if against and what == "note" else what], text)

    def close_editor(self) -> None:
        """Keep what is written in place."""
        self.cards.close_editor()

    def show_passage(self, passage: str) -> None:
        """Make a linked passage the current card."""
        self.cards.set_current(f"{LINKED}{passage}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height out anew between guidance and evidence."""
        super().resizeEvent(event)
        self._top.updateGeometry()

    def _named(self, kind: str) -> str:
        key = self.cards.current_key()
        return key.removeprefix(kind) if key.startswith(kind) else ""

    def _connect(self) -> None:
        self.cards.used.connect(self._use)
        self.filter.textChanged.connect(self.filtered)
        self.filter.down.connect(self.focus_offered)
        self._writing = [
            self._action("Link the passage", "Ctrl+E", lambda: self._on(OFFERED, self.link_asked.emit)),
            self._action("Unlink the passage", "Del", lambda: self._on(LINKED, self.unlink_asked.emit)),
            self._action("Change the weight of the passage", "W", lambda: self._on(LINKED, self.weight_asked.emit)),
            self._action("Change for or against", "S", lambda: self._on(LINKED, self.stance_asked.emit)),
            self._action("Write the reference of the passage", "R", lambda: self._on(LINKED, self._reference)),
            self._action("Write a note on the passage", "N", lambda: self._on(LINKED, self._note)),
            self._action("Say that it still stands on changed words", "K", lambda: self._on(LINKED, self._check)),
        ]
        self.cards.written.connect(self._tell_written)
        self._action("Show the passage in the notes", "J", self._jump)
        self._action("Link the passage, or show it in the notes", ("Return", "Enter"), self._enter)
        self._action(self.back, ("Esc", "Left"), self.left.emit)
        self._action("Filter passages", "/", self.filter.setFocus)

    def _action(self, text: str, keys: str | Sequence[str], then: Callable[[], object]) -> QAction:
        return bind_key(self.cards, text, keys, then)

    def _on(self, kind: str, then: Callable[[str], object]) -> None:
        if key := self._named(kind):
            then(key)

    def _enter(self) -> None:
        if self._named(LINKED):
            self._jump()
        elif not self._read_only:
            self._on(OFFERED, self.link_asked.emit)

    def _jump(self) -> None:
        key = self._named(LINKED) or self._named(OFFERED)
        if key:
            self.jump_asked.emit(key)

    def _use(self, card: str, spot: str) -> None:
        kind, _, key = card.partition(":")
        if spot == "jump":
            self.jump_asked.emit(key)
        elif self._read_only:
            return
        elif kind == "offered":
            self.link_asked.emit(key)
        else:
            asked: dict[str, Callable[[str], object]] = {
                "unlink": self.unlink_asked.emit,
                "weight": self.weight_asked.emit,
                "stance": self.stance_asked.emit,
                "reference": self._reference,
                "note": self._note,
                "check": self._check,
            }
            if spot in asked:
                asked[spot](key)

    def _reference(self, passage: str) -> None:
        self.write(passage, "reference")

    def _note(self, passage: str) -> None:
        self.write(passage, "note")

    def _check(self, passage: str) -> None:
        """Ask only where words have changed and some are left."""
        card = self.cards.card(f"{LINKED}{passage}")
        if card is not None and any(spot.name == "check" for spot in card.choices):
            self.check_asked.emit(passage)

    def _tell_written(self, card: str, what: str, text: str) -> None:
        self.written.emit(self._edited, card.removeprefix(LINKED), what, text)


def _instead(before: str, place: int, cards: Sequence[Card]) -> str:
    """Name the card that keys are about where the current one has gone.

    What was just linked: the next key says how strong it is. After what was unlinked, the one that took its place.
    """
    linked = f"{LINKED}{before.removeprefix(OFFERED)}"
    keys = [card.key for card in cards if not card.heading]
    if linked in keys:
        return linked
    near = [card.key for card in cards[place : place + 1] or cards[-1:] if not card.heading]
    above = [card.key for card in cards[:place] if not card.heading]
    return next(iter((*near, *reversed(above), *keys)), "")


def _under(kind: str, card: Card) -> Card:
    """Tell linked and offered cards of one list apart by their keys."""
    return replace(card, key=f"{kind}{card.key}")
