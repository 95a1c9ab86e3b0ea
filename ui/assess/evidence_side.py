"""The evidence beside a criterion: shown in a panel, and linked, weighed, written on and checked there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.analysis.evidence_warnings import WarningKind
from ui.assess.candidates import Offered, candidates_of
from ui.assess.linking import Linking
from ui.assess.proposed import ProposalsShown
from ui.assess.rows import again_by_case, options_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.actions.assess import Place
    from app.actions.unit import Changes
    from app.analysis.assessment import JudgedCriterion
    from app.analysis.proposals import Proposed
    from ui.assess.candidates import Candidates
    from ui.assess.evidence_panel import EvidencePanel
    from ui.assess.rows import Again
    from ui.desk import Desk

_ANSWERING = frozenset({"answers", "consensus"})  # what is changed by keys held down: it must show at once
_PAUSE = 30  # ms without a move before the panel follows, so that held arrow keys stay quick
# What is told of a criterion as a whole; the rest stands on the cards of its passages.
_TOLD = {WarningKind.NO_EVIDENCE, WarningKind.ONE_SOURCE, WarningKind.ONLY_SAID, WarningKind.UNCERTAIN}


class Where(NamedTuple):
    """A criterion of a case; both empty where none is in focus."""

    case: str
    criterion: str


class EvidenceSide(QObject):
    """Keeps a panel at the criterion in focus, and does what is asked there; links are asked of who owns it.

    Args:
        desk: does the actions.
        panel: shows it.
        where: says which criterion of which case is in focus.
        at: says which answer to it is meant; None where nobody can answer, and has then said why.
        whole: whether the panel is to say the case, the statement and what can be picked: the page does not.
    """

    again_changed = Signal()  # other criteria are to be checked again

    def __init__(
        self,
        desk: Desk,
        panel: EvidencePanel,
        where: Callable[[], Where],
        at: Callable[[str], Place | None],
        *,
        whole: bool = False,
    ) -> None:
        super().__init__(panel)
        self._desk = desk
        self._panel = panel
        self._where = where
        self._whole = whole
        self._candidates: Candidates | None = None
        self.wanted = ""  # the passage that somebody was led to
        self.again: Again = {}
        self.follow = QTimer(self, singleShot=True, interval=_PAUSE)
        self.follow.timeout.connect(self.show_all)
        self.proposals = ProposalsShown(desk, lambda _case, criterion: at(criterion))
        self.linking = Linking(desk, at, self.judged)
        panel.filtered.connect(lambda _text: self.follow.start())
        panel.weight_asked.connect(self._weigh)
        panel.written.connect(self._write)
        panel.unlink_asked.connect(lambda passage: self.linking.unlink(where().criterion, passage))
        panel.stance_asked.connect(lambda passage: self.linking.turn(where().criterion, passage))
        panel.check_asked.connect(lambda passage: self.linking.check(where().criterion, passage))

    def refresh(self, changes: Changes | None) -> None:
        """Take note at once of what is to be checked again; while answers are given, only when the panel follows."""
        if changes is None or not changes.tables <= _ANSWERING:
            self.again = again_by_case(self._desk.warnings)

    def show_all(self) -> None:
        """Let the panel follow, and what takes longer to find out than an answer may take to show."""
        found = again_by_case(self._desk.warnings)
        if found != self.again:
            self.again = found
            self.again_changed.emit()
        self.show()

    def enter(self) -> None:
        """Let the panel follow at once, and give it the keyboard."""
        self.follow.stop()
        self.show_all()
        self._panel.focus_offered()

    def show(self) -> None:
        """Show the criterion in focus."""
        judged, panel = self.judged(self._where().criterion), self._panel
        panel.show_guidance(judged.criterion if judged else None, *self._told(judged))
        panel.show_warnings(self._warned(judged) if judged else [])
        panel.show_proposal(self._proposed(judged), read_only=self._desk.read_only)
        if judged is None:
            panel.show_evidence([], Offered(), read_only=True)
            return
        self._candidates = found = candidates_of(self._desk.seen, self._candidates)
        linked = found.linked(judged.answers, self._desk.study.who, self._desk.chain)
        rubric = self._desk.assessment.rubric
        key = judged.criterion.id
        about = {(rubric.id, rubric.principle_of(key).id), *self.proposals.tied(key)}
        offered = found.offered(self._where().case, about, {card.key for card in linked}, panel.filter.text())
        panel.show_evidence(linked, offered, read_only=self._desk.read_only)
        if self.wanted:
            panel.show_passage(self.wanted)
            self.wanted = ""

    def judged(self, criterion: str) -> JudgedCriterion | None:
        """Give a criterion of the case in focus, with its answers; None where there is none."""
        cases = (each for each in self._desk.assessment.cases if each.case.key == self._where().case)
        criteria = (each for case in cases for principle in case.principles for each in principle.criteria)
        return next((each for each in criteria if each.criterion.id == criterion), None)

    def _told(self, judged: JudgedCriterion | None) -> tuple[str, str]:
        """Say the case with the statement, and what can be picked, where the panel is to."""
        if judged is None or not self._whole:
            return "", ""
        assessment = self._desk.assessment
        case = assessment.case(self._where().case).case.name
        options = options_of(assessment.rubric, assessment.rubric.principle_of(judged.criterion.id))
        return f"{case}: {judged.criterion.statement}", "\n".join(f"{each.name}: {each.text}" for each in options)

    def _proposed(self, judged: JudgedCriterion | None) -> Proposed | None:
        who = self._desk.study.who
        if judged is None or any(each.assessor == who and each.verdict for each in judged.answers):
            return None
        return self.proposals.of(self._where().case).get(judged.criterion.id)

    def _warned(self, judged: JudgedCriterion) -> list[str]:
        """Say what no card says: of the criterion as a whole, and of the score that it counts towards."""
        principle = self._desk.assessment.rubric.principle_of(judged.criterion.id).id
        here = (self._where().case, principle)
        found = [each for each in self._desk.warnings if (each.case, each.principle) == here and each.kind in _TOLD]
        return [each.sentence for each in found if each.criterion in ("", judged.criterion.id)]

    def _weigh(self, passage: str) -> None:
        """Change the weight; something documented is asked at once for its reference."""
        if self.linking.weigh(self._where().criterion, passage):
            self.show()
            self._panel.write(passage, "reference")

    def _write(self, criterion: str, passage: str, what: str, text: str) -> None:
        if not self.linking.write(criterion, passage, what, text) and criterion == self._where().criterion:
            self._panel.write(passage, what, text)
