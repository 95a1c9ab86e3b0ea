"""Why a level is what it is: the reason, and per level the criteria with their answers and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.analysis.chain import place_of
from app.analysis.evidence_warnings import NAMES
from app.analysis.factors import STRENGTHS
from app.analysis.overview import Gate, gates, overall_standing, standing
from app.model.clusters import cut_at_word
from app.scoring.scale import label
from ui.results.links import WrappedLink, shortened
from ui.results.model import OVERALL, Place
from ui.theme import BODY, SMALL, SPACE, TITLE
from ui.widgets.buttons import TextButton
from ui.widgets.level import LevelBadge
from ui.widgets.text import Rule, SectionLabel, TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from app.analysis.assessment import Assessment, JudgedCase, JudgedCriterion, JudgedPrinciple
    from app.analysis.chain import Chain, Judgement, Link
    from app.analysis.evidence_warnings import EvidenceWarning
    from app.analysis.overview import Standing


_BRIEF: Final = 110  # characters of a challenge
_WARNED: Final = 2  # warnings told at once
_MORE: Final = "more"  # stands among levels for the warnings beyond
_INSET: Final = SPACE[0]  # px; how far a link's words stand in from its ring


class WhyPanel(QScrollArea):
    """Tells why one cell of the heat map is what it is.

    `go` leads to a criterion ("assess", "case/criterion"), to a passage ("interviews", its key), a challenge or a
    factor; `picked` to another cell; `left` is emitted on Escape.
    """

    go = Signal(str, str)
    picked = Signal(object)  # Place
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Why this level")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(280)
        self._place: Place | None = None
        self._opened: set[str] = set()
        self.clear()

    @property
    def place(self) -> Place | None:
        """Which cell is explained; None for none."""
        return self._place

    def clear(self) -> None:
        """Say what would be told here."""
        self._place = None
        sheet = Sheet(self)
        sheet.say("Choose a level in the heat map and press Enter: here it says why.", ink="muted")
        self._take(sheet)

    def explain(self, chain: Chain, warned: Sequence[EvidenceWarning], place: Place) -> None:
        """Tell why a cell is what it is; scroll and what was opened stay where the cell is the same.

        `warned` are the warnings of the evidence, of all cells.
        """
        same = place == self._place
        at = self.verticalScrollBar().value() if same else 0
        if not same:
            self._opened.clear()
        self._place = place
        sheet = Sheet(self)
        case = chain.assessment.case(place[0])
        if place[1] == OVERALL:
            self._tell_overall(sheet, chain, case)
        else:
            here = [each for each in warned if (each.case, each.principle) == place]
            self._tell_principle(sheet, chain, case, here)
        self._take(sheet)
        self.verticalScrollBar().setValue(at)

    def focus_first(self) -> None:
        """Give the keyboard the first thing to follow."""
        link = self._sheet.findChild(WrappedLink)
        (link or self).setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the heat map on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _take(self, sheet: Sheet) -> None:
        sheet.end()
        self._sheet = sheet
        self.setWidget(sheet)

    def _tell_overall(self, sheet: Sheet, chain: Chain, case: JudgedCase) -> None:
        rubric, shown = chain.assessment.rubric, overall_standing(chain.assessment.rubric, case)
        sheet.head(case.case.name, "Overall", shown, len(rubric.levels))
        sheet.say(case.overall_reason)
        sheet.part("The principles it comes from")
        for judged in case.principles:
            each = standing(rubric, judged)
            link = WrappedLink(each.words, f"Why {judged.principle.short}", head=judged.principle.name, parent=sheet)
            link.clicked.connect(lambda _=False, key=judged.principle.id: self.picked.emit((case.case.key, key)))
            sheet.add(link)
        self._tell_factors(sheet, chain, case.case.key)

    def _tell_principle(self, sheet: Sheet, chain: Chain, case: JudgedCase, warned: Sequence[EvidenceWarning]) -> None:
        judged = case.principle((self._place or ("", ""))[1])
        rubric = chain.assessment.rubric
        sheet.head(case.case.name, judged.principle.name, standing(rubric, judged), len(rubric.levels))
        self._warn(sheet, warned)
        sheet.say(judged.reason)
        evidence = Passages(chain, self.go.emit)
        _tell_team(sheet, chain.assessment, judged, evidence)
        self._tell_gates(sheet, chain, case, judged, evidence)
        self._tell_challenges(sheet, chain, case.case.key, judged.principle.id)

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
            self._lead(sheet, each.title, cut_at_word(each.text, _BRIEF) or "Named without more words", place_of(each))

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
        verdict = label(judged.verdict) + (" (assessors differ)" if judged.effective.assessors_differ else "")
        head = f"{verdict} · {name}"
        statement = judged.criterion.statement
        link = WrappedLink(statement, f"Answer {name}: {verdict}", head=head, weight="medium", parent=sheet)
        link.clicked.connect(lambda: self.go.emit("assess", f"{case}/{judged.criterion.id}"))
        sheet.add(link)
        for rationale in dict.fromkeys(answer.rationale for answer in judged.answers if answer.rationale):
            sheet.say(rationale, ink="muted")
        evidence.tell(sheet, judged.answers)
        sheet.gap(SPACE[1])


class Sheet(QWidget):
    """A column of words and links, in the order they were told; words stand where those of a link do."""

    def __init__(self, parent: QWidget | None = None, *, inset: bool = True) -> None:
        super().__init__(parent)
        self.setProperty("look", "page")
        self._column = QVBoxLayout(self)
        sides = SPACE[3] - _INSET if inset else 0
        self._column.setContentsMargins(sides, SPACE[0] if inset else 0, sides, SPACE[4] if inset else 0)
        self._column.setSpacing(SPACE[0])

    def head(self, case: str, name: str, shown: Standing, of: int) -> None:
        """Say which level this is about."""
        self.name(case, name)
        row = self._row(SPACE[0])
        row.addWidget(LevelBadge(shown.name, shown.rank, of, shown.ceiling_name, self))
        row.addSpacing(SPACE[1])
        row.addWidget(TextLabel(shown.known if shown.rank is not None else "", SMALL, ink="muted", parent=self))
        row.addStretch(1)
        self._column.addSpacing(SPACE[1])

    def name(self, above: str, name: str) -> None:
        """Say what this is about, and above it what that belongs to."""
        self._words(TextLabel(above, BODY, ink="muted", wrap=True, parent=self))
        self._words(TextLabel(name, TITLE, "semibold", wrap=True, parent=self))

    def part(self, name: str, more: str = "") -> None:
        """Begin a part of the sheet."""
        self._column.addSpacing(SPACE[2])
        self._row(0).addWidget(Rule(self))
        row = self._row(SPACE[0])
        row.addWidget(SectionLabel(name, self))
        row.addWidget(TextLabel(more, SMALL, ink="muted", parent=self), 1)

    def say(self, text: str, *, ink: Literal["text", "muted"] = "text") -> None:
        """Write a paragraph."""
        words = TextLabel(text, BODY, ink=ink, wrap=True, parent=self)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words(words)

    def add(self, widget: QWidget) -> None:
        """Put a widget below what is there."""
        self._column.addWidget(widget)

    def gap(self, height: int) -> None:
        """Leave some room."""
        self._column.addSpacing(height)

    def _words(self, label: TextLabel) -> None:
        label.setContentsMargins(_INSET, 0, _INSET, 0)
        self.add(label)

    def _row(self, above: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_INSET, above, _INSET, 0)
        self._column.addLayout(row)
        return row

    def end(self) -> None:
        """Leave the rest of the height empty."""
        self._column.addStretch(1)


class Folded(QWidget):
    """What is not in the way: shown once its button is pressed."""

    toggled = Signal(bool)

    def __init__(self, words: str, *, opened: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._button = TextButton("", "link", parent=self)
        self.sheet = Sheet(self, inset=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.sheet)
        self._button.clicked.connect(lambda: self._set(is_open=self.sheet.isHidden()))
        self._set(is_open=opened, quietly=True)

    def _set(self, *, is_open: bool, quietly: bool = False) -> None:
        self.sheet.setVisible(is_open)
        self._button.setText(f"{'Hide' if is_open else 'Show'} {self._words}")
        self._button.setAccessibleName(self._button.text())
        if not quietly:
            self.toggled.emit(is_open)


class Passages:
    """Writes the passages that judgements rest on, each a link to its place in the notes; `go` leads there."""

    def __init__(self, chain: Chain, go: Callable[[str, str], None]) -> None:
        self._go = go
        self._chain = chain

    def tell(self, sheet: Sheet, judgements: Sequence[Judgement]) -> None:
        """Write passages in the order of the study, each once for every weight and stance it has."""
        found: dict[tuple[str, ...], Link] = {}
        for link in (each for judgement in judgements for each in self._chain.links(judgement)):
            found.setdefault((link.passage, link.evidence.stance, link.evidence.weight), link)
        for link in sorted(found.values(), key=lambda each: self._chain.citations.order(each.passage)):
            self._tell_link(sheet, link)

    def _tell_link(self, sheet: Sheet, link: Link) -> None:
        evidence = link.evidence
        against = "speaks against it" if link.against else ""
        again = "words have changed since" if link.again else ""
        button = WrappedLink(
            shortened(link.now or link.then),
            f"Open {link.citation}",
            head=" · ".join(filter(None, (link.citation, evidence.weight.value, evidence.reference, against, again))),
            bar="warning" if link.against or link.again else "line_strong",
            parent=sheet,
        )
        button.clicked.connect(lambda: self._go("interviews", link.passage))
        sheet.add(button)
        if evidence.note:
            sheet.say(f"{'Why it stands' if link.against else 'Note'}: {evidence.note}", ink="muted")


def _tell_team(sheet: Sheet, assessment: Assessment, judged: JudgedPrinciple, evidence: Passages) -> None:
    """Write what the team says beside the score: its finding with its passages, and a level it set instead."""
    if judged.override is not None:
        level = assessment.rubric.level(judged.override.level).name
        sheet.part(f"Set to {level} by the team")
        sheet.say(judged.override.reason)
    if judged.finding is not None:
        sheet.part("Finding")
        sheet.say(judged.finding.text)
        evidence.tell(sheet, [judged.finding])


def _counted(gate: Gate) -> list[str]:
    """Such as "3 criteria that are met", "1 that is not applicable"."""
    counts = ((len(gate.met), "met"), (len(gate.left_out), "not applicable"))
    parts = [f"{count} {{}}that {'is' if count == 1 else 'are'} {word}" for count, word in counts if count]
    noun = "criterion " if parts[0].startswith("1 ") else "criteria "
    return [part.format(noun if place == 0 else "") for place, part in enumerate(parts)]
