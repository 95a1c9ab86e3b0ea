"""Why a level is what it is: the reason, and per level the criteria with their answers and evidence."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import delete

from app.analysis.chain import place_of
from app.analysis.evidence_warnings import NAMES, WarningKind
from app.analysis.factors import STRENGTHS
from app.analysis.overview import Gate, gates, overall_standing, standing, team_overall
from app.analysis.standing import OVERALL
from app.model.clusters import cut_at_word
from app.scoring.offered import answers_to
from ui.results.links import WrappedLink
from ui.results.sheet import Folded, Passages, Sheet, SheetPanel
from ui.results.team import TeamBlock
from ui.theme import SPACE
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.actions.overrides import Place as LevelPlace
    from app.analysis.assessment import JudgedCase, JudgedCriterion, JudgedPrinciple
    from app.analysis.chain import Chain
    from app.analysis.compare import Place
    from app.analysis.evidence_warnings import EvidenceWarning


_BRIEF: Final = 110  # characters of a challenge
_WARNED: Final = 2  # warnings told at once
_TOLD_BELOW: Final = WarningKind.LAPSED  # where the team can do something about it
_MORE: Final = "more"  # stands among levels for the warnings beyond


class WhyPanel(SheetPanel):
    """Tells why one cell of the heat map is what it is; `team` is where the team says something of it in place.

    `go` leads to a criterion ("assess", "case/criterion"), to a passage ("interviews", its key), a challenge or a
    factor; `picked` to another cell; `left` is emitted on Escape.
    """

    picked = Signal(object)  # Place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Why this level", parent)
        self._place: Place | None = None
        self._opened: set[str] = set()
        self._sheet = _Told(self)
        self.team = self._sheet.team
        self.setWidget(self._sheet)
        self.team.left.connect(self.left)
        self._add_keys()
        self.clear()

    @property
    def place(self) -> Place | None:
        """Which cell is explained; None for none."""
        return self._place

    def clear(self) -> None:
        """Say what would be told here."""
        self._place = None
        above, below = self._sheet.begin()
        above.say("Choose a level in the heat map and press Enter: here it says why.", ink="muted")
        self._sheet.show_told(above, below, team=False)

    def explain(
        self,
        chain: Chain,
        warned: Sequence[EvidenceWarning],
        place: Place,
        at: LevelPlace | None = None,
        *,
        read_only: bool = True,
    ) -> None:
        """Tell why a cell is what it is; scroll and what was opened stay where the cell is the same.

        Args:
            chain: what it rests on.
            warned: the warnings of the evidence, of all cells.
            place: the cell.
            at: what the team says something of in place; None for nothing.
            read_only: whether that can only be looked at.
        """
        same = place == self._place
        scrolled = self.verticalScrollBar().value() if same else 0
        if not same:
            self._opened.clear()
        self._place = place
        above, below = self._sheet.begin()
        case = chain.assessment.case(place[0])
        if place[1] == OVERALL:
            self._tell_overall(above, chain, case)
        else:
            here = [each for each in warned if (each.case, each.principle) == place and each.kind is not _TOLD_BELOW]
            self._tell_principle(above, below, chain, case, here)
        if at is not None:
            self.team.show_judged(at, chain.names, case.principle(at.principle), read_only=read_only)
        self._sheet.show_told(above, below, team=at is not None)
        self.verticalScrollBar().setValue(scrolled)

    def do_for_team(self, then: Callable[[], None]) -> None:
        """Do something about what the team says, where it can say something, in view."""
        if not self.team.isHidden():
            then()
            QTimer.singleShot(0, self, self._show_written)  # what it opens is laid out first

    def _add_keys(self) -> None:
        for text, keys, then in self.team.deeds:
            bind_key(self, text, keys, partial(self.do_for_team, then), within=True)

    def _show_written(self) -> None:
        """Scroll to where the team's words are being written, to all of it, not only to the caret."""
        focused, override = self.focusWidget(), self.team.override
        if self.team.isAncestorOf(focused):
            written = override if override.isAncestorOf(focused) else focused
            top = written.mapTo(self._sheet, written.rect().topLeft()).y()
            for edge in (top + written.height(), top):
                self.ensureVisible(0, edge, 0, SPACE[1])

    def _tell_overall(self, sheet: Sheet, chain: Chain, case: JudgedCase) -> None:
        rubric, shown = chain.assessment.rubric, overall_standing(chain.assessment.rubric, case)
        sheet.head(case.case.name, "Overall", shown, len(rubric.levels))
        sheet.say(case.overall_reason)
        if team := team_overall(rubric, case):
            sheet.say(f"{team.words}.")
        sheet.part("The principles it comes from")
        for judged in case.principles:
            each = standing(rubric, judged)
            link = WrappedLink(each.words, f"Why {judged.principle.short}", head=judged.principle.name, parent=sheet)
            link.clicked.connect(lambda _=False, key=judged.principle.id: self.picked.emit((case.case.key, key)))
            sheet.add(link)
        self._tell_factors(sheet, chain, case.case.key)

    def _tell_principle(
        self, sheet: Sheet, below: Sheet, chain: Chain, case: JudgedCase, warned: Sequence[EvidenceWarning]
    ) -> None:
        judged = case.principle((self._place or ("", ""))[1])
        rubric = chain.assessment.rubric
        sheet.head(case.case.name, judged.principle.name, standing(rubric, judged), len(rubric.levels))
        self._warn(sheet, warned)
        sheet.say(judged.reason)
        evidence = Passages(chain, self.go.emit)
        if judged.finding is not None:
            evidence.tell(below, [judged.finding])
        self._tell_gates(below, chain, case, judged, evidence)
        self._tell_challenges(below, chain, case.case.key, judged.principle.id)

    def _tell_gates(
        self, sheet: Sheet, chain: Chain, case: JudgedCase, judged: JudgedPrinciple, evidence: Passages
    ) -> None:
        for gate in gates(chain.assessment.rubric, judged):
            sheet.part(gate.level.name, gate.summary)
            for criterion in gate.blocking:
                self._tell_criterion(sheet, case.case.key, criterion, evidence)
            self._offer_rest(sheet, case.case.key, gate, evidence)

    def _warn(self, sheet: Sheet, warned: Sequence[EvidenceWarning]) -> None:
        """Say what to look at in the evidence, the rest of it once it is asked for."""
        for each in warned[:_WARNED]:
            sheet.add(self._warning(each, sheet))
        if rest := warned[_WARNED:]:
            folded = Folded(f"{len(rest)} more to look at", opened=_MORE in self._opened, parent=sheet)
            folded.toggled.connect(lambda is_open: self._remember(_MORE, is_open=is_open))
            for each in rest:
                folded.sheet.add(self._warning(each, folded.sheet))
            sheet.add(folded)

    def _warning(self, warning: EvidenceWarning, parent: QWidget) -> WrappedLink:
        link = WrappedLink(
            warning.sentence, f"Look at: {warning.sentence}", head=NAMES[warning.kind], bar="warning", parent=parent
        )
        link.clicked.connect(lambda: self.go.emit(warning.page, warning.key))
        return link

    def _lead(self, sheet: Sheet, name: str, words: str, place: tuple[str, str]) -> None:
        """Lead to where a challenge or a factor is told of."""
        link = WrappedLink(words, f"Show {name}", head=name, parent=sheet)
        link.clicked.connect(lambda: self.go.emit(*place))
        sheet.add(link)

    def _tell_challenges(self, sheet: Sheet, chain: Chain, case: str, principle: str) -> None:
        here = [each for each in chain.challenges if each.principle == principle and case in (each.cases or (case,))]
        if here:
            sheet.part("Challenges")
        for each in here:
            words = cut_at_word(each.text, _BRIEF) or "Named without more words"
            self._lead(sheet, each.title, words, ("results", f"challenges:{each.key}"))

    def _tell_factors(self, sheet: Sheet, chain: Chain, case: str) -> None:
        here = [each for each in chain.influences if each.case == case]
        if here:
            sheet.part("Factors")
        for each in here:
            name, strength = chain.names.factor(each.factor), STRENGTHS[each.strength].capitalize()
            self._lead(sheet, name, strength, place_of(each))

    def _offer_rest(self, sheet: Sheet, case: str, gate: Gate, evidence: Passages) -> None:
        """Tell of what is met, or not applicable, once it is asked for."""
        rest = (*gate.met, *gate.left_out)
        if not rest:
            return
        words = ", ".join(_counted(gate))
        folded = Folded(words, opened=gate.level.id in self._opened, parent=sheet)
        folded.toggled.connect(lambda is_open: self._remember(gate.level.id, is_open=is_open))
        for criterion in rest:
            self._tell_criterion(folded.sheet, case, criterion, evidence)
        sheet.add(folded)

    def _remember(self, level: str, *, is_open: bool) -> None:
        (self._opened.add if is_open else self._opened.discard)(level)

    def _tell_criterion(self, sheet: Sheet, case: str, judged: JudgedCriterion, evidence: Passages) -> None:
        name = judged.criterion.name
        told = answers_to(evidence.rubric, judged.criterion.id).label(judged.verdict)
        verdict = told + (" (assessors differ)" if judged.effective.assessors_differ else "")
        head = f"{verdict} · {name}"
        statement = judged.criterion.statement
        link = WrappedLink(statement, f"Answer {name}: {verdict}", head=head, weight="medium", parent=sheet)
        link.clicked.connect(lambda: self.go.emit("assess", f"{case}/{judged.criterion.id}"))
        sheet.add(link)
        for rationale in dict.fromkeys(answer.rationale for answer in judged.answers if answer.rationale):
            sheet.say(rationale, ink="muted")
        evidence.tell(sheet, judged.answers)
        sheet.gap(SPACE[1])


class _Told(QWidget):
    """What is told in two sheets, made anew each time, with what the team says between them, which stays."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "page")
        self.team = TeamBlock(self)
        self._sheets: tuple[Sheet, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.team)

    def begin(self) -> tuple[Sheet, Sheet]:
        """Give two empty sheets: above what the team says, and below."""
        return Sheet(self), Sheet(self)

    def show_told(self, above: Sheet, below: Sheet, *, team: bool) -> None:
        """Show other sheets, with or without what the team says."""
        for sheet in self._sheets:
            delete(sheet)  # at once, as a scroll area does with what it held: nothing of it is to be found any more
        self._sheets = (above, below)
        below.end()
        self.team.setVisible(team)
        self._column.insertWidget(0, above)
        self._column.addWidget(below, 1)
        above.show()
        below.show()
        stops = [each for part in (above, self.team, below) for each in part.findChildren(QWidget) if _is_stop(each)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _counted(gate: Gate) -> list[str]:
    """Such as "3 criteria that are met", "1 that is not applicable"."""
    counts = ((len(gate.met), "answered best" if gate.counted else "met"), (len(gate.left_out), "not applicable"))
    parts = [f"{count} {{}}that {'is' if count == 1 else 'are'} {word}" for count, word in counts if count]
    noun = "criterion " if parts[0].startswith("1 ") else "criteria "
    return [part.format(noun if place == 0 else "") for place, part in enumerate(parts)]
