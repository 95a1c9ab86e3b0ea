"""Beside the grid: what a factor means, how it works on one case, why, and the passages that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.factors import BELONGING, STRENGTHS
from app.model.clusters import cut_at_word
from ui.assess.evidence_panel import EvidencePanel
from ui.factors.memo import MemoField
from ui.factors.model import Spot, spot_of
from ui.factors.signs import TENDENCIES
from ui.factors.strengths import StrengthChoice
from ui.theme import BODY, SMALL, SPACE
from ui.widgets.buttons import IconButton
from ui.widgets.focus import on_escape
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from app.analysis.factors import Place
    from app.model.setting import Round

_LONGEST = 260  # code points of a definition that are shown; the form shows all of it


@dataclass(frozen=True)
class MemoTo:
    """Where a memo belongs: a factor and a case in a round."""

    factor: str
    round: str
    case: str | None


class InfluencePanel(EvidencePanel):
    """Shows one place of the grid; it only asks. Its `subject` is "factor/round/case"."""

    memo_written = Signal(object, str)  # MemoTo, the text

    back: ClassVar[str] = "Back to the factors"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self.left.emit)
        self._memo_to: MemoTo | None = None
        self._spot: Spot | None = None
        self.head.memo.committed.connect(self._hand_over)
        self.head.memo.left.connect(self.left)

    def make_head(self) -> QWidget:
        """Make what stands above the evidence."""
        self.head = InfluenceHead(self)
        return self.head

    def show_place(self, place: Place, in_round: Round, *, read_only: bool) -> None:
        """Show a factor, its strength and memo for one case."""
        factor, case = spot_of(place)
        subject = f"{factor}/{in_round.key}/{case}"
        if subject != self.subject:
            self.close_editor()  # of the same place it stays open, whatever changes around it
        if self._memo_to is not None:
            self.head.memo.commit()
        self.subject = subject
        self._memo_to = MemoTo(factor, in_round.key, case or None)
        if self._spot != (factor, case):
            self._spot = (factor, case)
            self.cards.set_current("")
        self.head.show_place(place, in_round, read_only=read_only)

    def leave(self) -> None:
        """Hand over what is typed."""
        self.close_editor()
        self.head.memo.commit()

    def edit_memo(self) -> None:
        """Give the memo the keyboard."""
        self.head.memo.setFocus()
        self.head.memo.moveCursor(self.head.memo.textCursor().MoveOperation.End)

    @property
    def memo_to(self) -> MemoTo | None:
        """Where the memo that is shown belongs."""
        return self._memo_to

    def _hand_over(self, text: object) -> None:
        if self._memo_to is not None:
            self.memo_written.emit(self._memo_to, str(text))


class InfluenceHead(QWidget):
    """Name and definition of a factor, how it works on one case, and the memo."""

    edit_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.strengths = StrengthChoice(self)
        self.memo = MemoField(self)
        self._name = TextLabel("", BODY, "semibold", wrap=True, parent=self)
        self._about = TextLabel("", SMALL, ink="muted", parent=self)
        self._definition = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self._where = TextLabel("", BODY, "medium", wrap=True, parent=self)
        self._before = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self.edit = IconButton("pencil", "Change the factor", "F2", self, side=24)
        self.edit.clicked.connect(self.edit_asked)
        self._lay_out()

    def show_place(self, place: Place, in_round: Round, *, read_only: bool) -> None:
        """Show one place."""
        factor = place.factor
        self._name.setText(factor.name)
        self._about.setText(f"{TENDENCIES[factor.tendency]} · {BELONGING[factor.belongs_to]}")
        self._definition.setText(cut_at_word(factor.definition, _LONGEST))
        self._definition.setVisible(bool(factor.definition))
        self._where.setText(f"{place.where}, {in_round.name}")
        before = place.before
        self._before.setText(f"{before.round.name}: {STRENGTHS[before.strength]}" if before else "")
        self._before.setVisible(before is not None)
        self.strengths.show_strength(place.strength)
        self.strengths.set_read_only(read_only=read_only)
        self.memo.set_value(place.influence.memo if place.influence else "")
        self.memo.set_read_only(read_only)
        self.edit.setVisible(not read_only)

    def _lay_out(self) -> None:
        names = QHBoxLayout()
        names.setSpacing(SPACE[0])
        names.addWidget(self._name, 1)
        names.addWidget(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[3], 0, SPACE[2], SPACE[2])
        column.setSpacing(2)
        column.addLayout(names)
        column.addWidget(self._about)
        column.addWidget(self._definition)
        column.addSpacing(SPACE[1])
        column.addWidget(self._where)
        column.addWidget(self._before)
        column.addWidget(self.strengths)
        column.addSpacing(SPACE[0])
        column.addWidget(self.memo)
