"""The passages that a finding or a challenge rests on, and those it could: linked, weighed and noted in place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions import links
from app.model.assessment import Challenge, Finding
from app.model.evidence import Evidence, Weight
from ui.assess.candidates import Offered, candidates_of
from ui.assess.evidence_panel import EvidencePanel
from ui.theme import BODY, SMALL, SPACE
from ui.widgets.buttons import TextButton
from ui.widgets.text import TextLabel
from ui.widgets.turning import following

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.actions.overrides import Place
    from ui.assess.candidates import Candidates
    from ui.desk import Desk

Owner = Finding | Challenge


def subject_of(place: Place | Finding) -> str:
    """Name the place of a finding, which a panel that shows it has for its subject."""
    return f"{place.rubric}/{place.principle}/{place.case}/{place.round}"


class FindingPanel(EvidencePanel):
    """Shows a finding and its evidence; it only asks. Its `subject` names the finding's place."""

    back: ClassVar[str] = "Back to why"

    def make_head(self) -> QWidget:
        """Make what stands above the evidence."""
        head = QWidget(self)
        self.leave = TextButton("Back to why", "link", key="Esc", parent=head)
        self.leave.clicked.connect(self.left)
        self._where = TextLabel("", SMALL, ink="muted", wrap=True, parent=head)
        self._text = TextLabel("", BODY, "medium", wrap=True, parent=head)
        column = QVBoxLayout(head)
        column.setContentsMargins(SPACE[3], 0, SPACE[3], SPACE[2])
        column.setSpacing(SPACE[0])
        for widget in (self.leave, self._where, self._text):
            column.addWidget(widget)
        return head

    def show_finding(self, at: Place, where: str, finding: Finding | None) -> None:
        """Show which finding this is about."""
        subject = subject_of(at)
        if subject != self.subject:
            self.close_editor()
        self.subject = subject
        self._where.setText(where)
        self._text.setText(finding.text if finding else "")


class JudgementEvidence(QObject):
    """Shows in a panel what a finding or a challenge rests on, and does what is asked there, each thing one action.

    Args:
        desk: does the actions.
        panel: shows cards, and asks.
        owner_of: finds the judgement that a panel's subject names, as the study has it; None where it has gone.
    """

    def __init__(self, desk: Desk, panel: EvidencePanel, owner_of: Callable[[str], Owner | None]) -> None:
        super().__init__(panel)
        self._desk = desk
        self._panel = panel
        self._owner_of = owner_of
        self._candidates: Candidates | None = None
        panel.link_asked.connect(self._link)
        panel.unlink_asked.connect(self._unlink)
        panel.weight_asked.connect(self._weigh)
        panel.stance_asked.connect(self._turn)
        panel.check_asked.connect(self._check)
        panel.written.connect(self._write)
        panel.filtered.connect(lambda _text: self.show_cards())

    def show_cards(self) -> None:
        """Show what the judgement rests on, and what it could rest on."""
        owner = self._owner
        if owner is None:
            self._panel.show_evidence([], Offered(), read_only=True)
            return
        self._candidates = candidates_of(self._desk.seen, self._candidates)
        linked = self._candidates.resting(self._desk.chain.links(owner))
        used, wanted = {card.key for card in linked}, self._panel.filter.text()
        offered = self._candidates.offered_among(self._cases(owner), {(owner.rubric, owner.principle)}, used, wanted)
        self._panel.show_evidence(linked, offered, read_only=self._desk.read_only)

    @property
    def _owner(self) -> Owner | None:
        return self._owner_of(self._panel.subject)

    def _cases(self, owner: Owner) -> tuple[str, ...]:
        if isinstance(owner, Finding):
            return (owner.case,)
        return owner.cases or tuple(case.key for case in self._desk.document.cases)

    def _link(self, passage: str) -> None:
        if owner := self._owner:
            self._desk.do(links.link, owner, passage)

    def _unlink(self, passage: str) -> None:
        if owner := self._owner:
            self._desk.do(links.unlink, owner, passage)

    def _check(self, passage: str) -> None:
        if owner := self._owner:
            self._desk.do(links.check, owner, passage)

    def _weigh(self, passage: str) -> None:
        """Change the weight; something documented is asked at once for its reference."""
        held = self._held(passage)
        if held is None:
            return
        weight = following(held.weight)
        self._change(passage, weight=weight)
        if weight is Weight.DOCUMENTED and not held.reference:
            self._panel.write(passage, "reference")

    def _turn(self, passage: str) -> None:
        if held := self._held(passage):
            self._change(passage, stance=following(held.stance))

    def _write(self, subject: str, passage: str, what: str, text: str) -> None:
        """Write a reference or a note of the judgement it was written for."""
        owner = self._owner_of(subject)
        how = partial(_changed, new={what: text})
        if owner is not None and self._desk.do(links.change_link, owner, passage, how) is None:
            self._panel.write(passage, what, text)

    def _change(self, passage: str, **new: object) -> None:
        if owner := self._owner:
            self._desk.do(links.change_link, owner, passage, partial(_changed, new=new))

    def _held(self, passage: str) -> Evidence | None:
        """Find how the judgement rests on a passage; None where it does not."""
        owner = self._owner
        return next((link for link in owner.evidence if link.passage == passage), None) if owner else None


def _changed(link: Evidence, new: dict[str, object]) -> Evidence:
    return msgspec.structs.replace(link, **new)
