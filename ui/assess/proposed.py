"""What is proposed to whoever is working, in the rubric and round that are shown; and taking it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.actions import assess
from app.analysis.proposals import Proposals
from ui.desk import same_tables
from ui.theme import SMALL, SPACE
from ui.widgets import TextButton, TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from app.analysis.proposals import Proposed
    from ui.desk import Desk

_READ = ("rubrics", "rounds", "cases", "answers", "consensus", "mappings")  # what proposals come from


class ProposalsShown:
    """Gives the proposals of a case, and takes them over.

    Args:
        desk: does the actions.
        at: says which answer to a criterion of a case is meant; None where nobody can answer, and has then said why.
    """

    def __init__(self, desk: Desk, at: Callable[[str, str], assess.Place | None]) -> None:
        self._desk = desk
        self._at = at
        self._known: tuple[tuple[str, str, str], Proposals] | None = None

    def of(self, case: str) -> Mapping[str, Proposed]:
        """Give what is proposed for a case, by criterion; in a study of one rubric, and to nobody, nothing is."""
        found = self._proposals() if self._desk.study.who else None
        return found.of(case) if found is not None else {}

    def tied(self, criterion: str) -> Collection[tuple[str, str]]:
        """Name the principles of other rubrics, each with its rubric, that a criterion is about as well."""
        found = self._proposals()
        return found.tied(criterion) if found is not None else ()

    def _proposals(self) -> Proposals | None:
        desk, shown = self._desk, self._desk.assessment.round
        if len(desk.document.rubrics) < 2 or shown is None:
            return None
        key, document = (desk.assessment.rubric.id, shown.key, desk.study.who), desk.seen
        known = self._known
        if known is None or known[0] != key or not same_tables(known[1].document, document, _READ):
            self._known = known = (key, Proposals(document, *key))
        return known[1]

    def accept(self, case: str, criterion: str) -> None:
        """Take over what is proposed to one criterion."""
        proposed = self.of(case).get(criterion)
        at = self._at(case, criterion) if proposed is not None else None
        if proposed is not None and at is not None:
            self._desk.do(assess.accept_proposal, _accepted(at, proposed))

    def accept_all(self, case: str, criteria: Collection[str]) -> None:
        """Take over what is proposed to some criteria of a case, in one step, and say so."""
        found = self.of(case)
        pairs = [(self._at(case, each), found[each]) for each in criteria if each in found]
        taken = [_accepted(at, proposed) for at, proposed in pairs if at is not None]
        if taken:
            name = self._desk.assessment.case(case).case.name
            self._desk.do_and_tell(assess.accept_proposals, taken, name)


def _accepted(at: assess.Place, proposed: Proposed) -> assess.Accepted:
    return assess.Accepted(at, proposed.verdict, proposed.rationale, proposed.source, proposed.criteria)


class ProposalNote(QWidget):
    """What is proposed to a criterion, why its meaning carries, and a button that takes it over."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = QFrame(self)
        card.setProperty("look", "card")
        card.setAccessibleName("Proposed answer")
        self._words = TextLabel("", SMALL, "semibold", wrap=True, parent=card)
        self._note = TextLabel("", SMALL, ink="muted", wrap=True, parent=card)
        self.accept = TextButton("Accept", parent=card)
        self.accept.setToolTip("Accept what is proposed (P)")
        self.accept.clicked.connect(self.accepted)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, SPACE[2])
        whole.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE[1], SPACE[1], SPACE[1], SPACE[1])
        column.setSpacing(SPACE[0])
        column.addWidget(self._words)
        column.addWidget(self._note)
        column.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_proposal(self, proposed: Proposed | None, *, read_only: bool) -> None:
        """Show one; None shows nothing."""
        self.setVisible(proposed is not None)
        self.accept.setVisible(not read_only)
        if proposed is not None:
            self._words.setText(proposed.words)
            self._note.setText(proposed.note)

    @property
    def text(self) -> str:
        """The words shown."""
        return self._words.text()
