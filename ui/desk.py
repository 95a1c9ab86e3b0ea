"""The one runner of actions in a window: does them, says what went wrong, and tells pages what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal

from app.analysis.assessment import Assessment, Judge
from app.analysis.chain import Chain
from app.analysis.coding import CodingIndex
from app.analysis.coverage import Coverage, coverage
from app.analysis.evidence_warnings import EvidenceWarning, warnings
from app.errors import FieldquillError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.actions.open_study import OpenStudy
    from app.actions.unit import Changes, Unit
    from app.model.document import StudyDocument

P = ParamSpec("P")
_SCORED = (
    "rubrics",
    "rounds",
    "cases",
    "answers",
    "ballots",
    "consensus",
    "overrides",
    "findings",
)  # what scores come from


class Desk(QObject):
    """An open study in a window.

    Pages read `document` and `assessment`, change the study only through `do`, `undo` and `redo`, and refresh
    what they show on `changed` (whose `Changes.tables` names the kinds touched).
    """

    changed = Signal(object)  # Changes
    saved = Signal()  # the last change is on the medium
    failed = Signal(str)  # a sentence for people; what was typed is still where it was typed
    told = Signal(str)  # something worth knowing, e.g. what was undone

    def __init__(self, study: OpenStudy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.study = study
        self.problem: FieldquillError | None = None  # why the last action that failed did
        self._rubric = ""
        self._round = ""
        self._judge = Judge()
        self._assessment: tuple[StudyDocument, str, str, Assessment] | None = None
        self._index: CodingIndex | None = None
        self._chain: Chain | None = None
        self._warnings: tuple[Chain, tuple[EvidenceWarning, ...]] | None = None
        self._coverage: tuple[Chain, Coverage] | None = None

    @property
    def document(self) -> StudyDocument:
        """The study as it stands."""
        return self.study.document

    @property
    def seen(self) -> StudyDocument:
        """The study as whoever is working may see its codings."""
        return self.study.seen

    @property
    def assessment(self) -> Assessment:
        """Every case scored, as whoever is working may see it: against the rubric and in the round that are shown.

        Worked out anew when an answer changed, and only then.
        """
        document, rubric, in_round = self.seen, self.rubric, self._round
        known = self._assessment
        if known is None or known[1:3] != (rubric, in_round) or not same_tables(known[0], document, _SCORED):
            found = self._judge.assess(document, rubric or None, in_round or None)
            self._assessment = known = (document, rubric, in_round, found)
        return known[3]

    @property
    def rubric(self) -> str:
        """Key of the rubric that is shown: the one chosen, else the study's first; "" in a study without."""
        keys = [frozen.key for frozen in self.document.rubrics]
        return self._rubric if self._rubric in keys else next(iter(keys), "")

    def show(self, rubric: str | None = None, in_round: str | None = None) -> None:
        """Show the study against another rubric, or in another round; "" is the one shown by default, None leaves it.

        Pages are told as if the rubrics and rounds had changed.
        """
        from app.actions.unit import Changes

        self._rubric = self._rubric if rubric is None else rubric
        self._round = self._round if in_round is None else in_round
        self.changed.emit(Changes(None, "", frozenset({"rubrics", "rounds"}), frozenset()))

    @property
    def index(self) -> CodingIndex:
        """What is coded, as whoever is working may see it; made anew when the study changed, and only then."""
        document = self.seen
        if self._index is None or self._index.document is not document:
            self._index = CodingIndex(document)
        return self._index

    @property
    def chain(self) -> Chain:
        """What rests on what, as whoever is working may see it; made anew when the study changed, and only then."""
        document, assessment = self.seen, self.assessment
        if self._chain is None or self._chain.document is not document or self._chain.assessment is not assessment:
            self._chain = Chain(document, assessment)
        return self._chain

    @property
    def warnings(self) -> tuple[EvidenceWarning, ...]:
        """What to look at again in the evidence."""
        chain = self.chain
        if self._warnings is None or self._warnings[0] is not chain:
            self._warnings = (chain, warnings(chain))
        return self._warnings[1]

    @property
    def coverage(self) -> Coverage:
        """How far judgements are covered by evidence, and notes used; counted once for each state of the study."""
        chain = self.chain
        if self._coverage is None or self._coverage[0] is not chain:
            self._coverage = (chain, coverage(chain, self.warnings))
        return self._coverage[1]

    @property
    def read_only(self) -> bool:
        """Whether this window may only read."""
        return self.study.read_only

    def do(self, action: Callable[Concatenate[Unit, P], str], /, *args: P.args, **kwargs: P.kwargs) -> Changes | None:
        """Run an action; None when it was refused, and `failed` has then said why."""
        return self._run(lambda: self.study.do(action, *args, **kwargs))

    def do_and_tell(
        self, action: Callable[Concatenate[Unit, P], str], /, *args: P.args, **kwargs: P.kwargs
    ) -> Changes | None:
        """Run an action as `do` does, and say what was done: where somebody may want it back, or can't see it."""
        return self._run(lambda: self.study.do(action, *args, **kwargs), tell=True)

    def undo(self, *, tell: bool = True) -> Changes | None:
        """Take back the last action, and say so unless it is no matter to anybody."""
        return self._run(self.study.undo, tell=tell)

    def redo(self, *, tell: bool = True) -> Changes | None:
        """Do again what was taken back, and say so unless it is no matter to anybody."""
        return self._run(self.study.redo, tell=tell)

    def _run(self, work: Callable[[], Changes], *, tell: bool = False) -> Changes | None:
        try:
            changes = work()
        except FieldquillError as problem:
            self.problem = problem
            self.failed.emit(problem.sentence)
            return None
        if changes.tables:
            self.changed.emit(changes)
        self.saved.emit()
        if tell and changes.label:
            self.told.emit(changes.label)
        return changes


def same_tables(one: StudyDocument, other: StudyDocument, tables: Iterable[str]) -> bool:
    """Tell whether two documents have the very same things in some tables: what stayed is handed on as it is."""
    return all(getattr(one, table) is getattr(other, table) for table in tables)
