"""Resting a judgement on a passage: which one, for or against, how strong, and where it was seen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.links import change_link, link
from app.analysis.chain import Kind, candidates
from app.model.evidence import Stance, Weight
from ui.assess.candidates import STANCES, WEIGHTS
from ui.main_window.overlay import Overlay, OverlayLine
from ui.notebook.cards import Card, CardView
from ui.theme import SMALL, SPACE
from ui.widgets import ElidedLabel, LineField, Rule, SegmentedControl, TextButton, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from app.analysis.chain import Candidate, Judgement
    from ui.desk import Desk

WIDTH = 520
_HIGH = 300  # px of the list
_HEADS = {
    Kind.ANSWER: "Criterion",
    Kind.FINDING: "Finding",
    Kind.CHALLENGE: "Challenge",
    Kind.INFLUENCE: "Factor",
}
_KEYS = "Enter rests it on the passage · Tab: for or against, how strong, where it was seen · Esc"
_NOTHING = "No judgement is named so."


class JudgementPicker(Overlay):
    """Criteria, findings, challenges and factors, narrowed as one types; Enter takes the one marked."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Rest a judgement on the passage", WIDTH, parent)
        self._desk = desk
        self._passage = ""
        self._found: list[Candidate] = []
        self.line = OverlayLine("Criterion, finding, challenge or factor", self.card)
        self.view = CardView("Judgements", self.card)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFixedHeight(_HIGH)
        self.stance = SegmentedControl(
            "For or against", [(str(key), words) for key, words in STANCES.items()], self.card
        )
        self.weight = SegmentedControl("How strong", [(str(key), words) for key, words in WEIGHTS.items()], self.card)
        self.reference = LineField("Where it was seen", "Document or screen it was seen in", parent=self.card)
        self.button = TextButton("Rest it on the passage", "primary", key="Return", parent=self.card)
        self._words = ElidedLabel("", SMALL, ink="muted", parent=self.card)
        self._nothing = TextLabel(_NOTHING, ink="faint", parent=self.card)
        self._lay_out()
        self.line.textChanged.connect(lambda _text: self._narrow())
        self.view.used.connect(lambda key, _spot: self._take(int(key)))
        self.button.clicked.connect(lambda _checked=False: self._take_current())

    def ask(self, passage: str, words: str, weight: Weight) -> None:
        """Ask what is to rest on a passage; `weight` is how strong it is by where it stands."""
        self._passage = passage
        self._words.setText(f"On “{' '.join(words.split())}”")
        self.stance.set_value(str(Stance.SUPPORTS))
        self.weight.set_value(str(weight))
        self.reference.set_value("")
        self.line.clear()
        self._narrow()
        self.open(self.line)

    def stops(self) -> Sequence[QWidget]:
        """Go from the name to for or against, to how strong, to where it was seen."""
        stance, weight = (each.button(each.value() or "") for each in (self.stance, self.weight))
        return (self.line, stance, weight, self.reference, self.button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the judgements, and take one."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._found:
            at = (int(self.view.current_key() or 0) + step) % len(self._found)
            self.view.set_current(str(at))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_current()
        else:
            super().keyPressEvent(event)

    def _narrow(self) -> None:
        desk = self._desk
        self._found = candidates(desk.chain, self.line.text(), desk.study.who, self._passage)
        cards = [_card(place, each, self._passage) for place, each in enumerate(self._found)]
        self.view.show_cards(cards)
        self.view.setVisible(bool(cards))
        self._nothing.setVisible(not cards)
        self.view.set_current("0")
        self.button.setEnabled(bool(cards))
        self.card.adjustSize()

    def _take_current(self) -> None:
        if key := self.view.current_key():
            self._take(int(key))

    def _take(self, place: int) -> None:
        weight, stance = Weight(self.weight.value() or ""), Stance(self.stance.value() or "")
        reference = str(self.reference.value())
        judgement, passage = self._found[place].judgement, self._passage
        if _rests(judgement, passage):  # why it stands although something contradicts it stays said
            change = partial(replace, weight=weight, stance=stance, **({"reference": reference} if reference else {}))
            done = self._desk.do(change_link, judgement, passage, change)
        else:
            done = self._desk.do(link, judgement, passage, weight, stance, reference)
        if done is not None:
            self.close_up()

    def _lay_out(self) -> None:
        how = QHBoxLayout()
        how.setSpacing(SPACE[2])
        how.addWidget(self.stance)
        how.addWidget(self.weight)
        how.addStretch(1)
        where = QHBoxLayout()
        where.setSpacing(SPACE[2])
        where.addWidget(self.reference, 1)
        where.addWidget(self.button)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], SPACE[1])
        foot.setSpacing(SPACE[1])
        foot.addLayout(how)
        foot.addLayout(where)
        foot.addWidget(TextLabel(_KEYS, SMALL, ink="faint", parent=self.card))
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], 0)
        head.addWidget(self._words)
        self._nothing.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        column = QVBoxLayout(self.card)
        column.setContentsMargins(0, SPACE[0], 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.line)
        column.addWidget(self._nothing)
        column.addWidget(self.view)
        column.addWidget(Rule(self.card))
        column.addLayout(foot)


def _card(place: int, each: Candidate, passage: str) -> Card:
    already = "rests on it already" if _rests(each.judgement, passage) else ""
    head = " · ".join(filter(None, (_HEADS[each.kind], already)))
    return Card(str(place), head, each.words[:1].upper() + each.words[1:], (each.about,) if each.about else (), most=2)


def _rests(judgement: Judgement, passage: str) -> bool:
    return any(each.passage == passage for each in judgement.evidence)
