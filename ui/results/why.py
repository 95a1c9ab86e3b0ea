"""Why a level is what it is: the reason, and per level the criteria with their answers and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.analysis.citations import Citations
from app.analysis.overview import Gate, gates, overall_standing, standing
from app.model.evidence import Stance
from app.scoring.scale import label
from ui.results.links import WrappedLink, shortened
from ui.results.model import OVERALL, Place
from ui.theme import BODY, SMALL, SPACE, TITLE
from ui.widgets.buttons import TextButton
from ui.widgets.level import LevelBadge
from ui.widgets.text import Rule, SectionLabel, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from app.analysis.assessment import Assessment, JudgedCase, JudgedCriterion, JudgedPrinciple
    from app.analysis.overview import Standing
    from app.model.document import StudyDocument
    from app.model.evidence import Evidence


_INSET: Final = SPACE[0]  # px; how far a link's words stand in from its ring


class WhyPanel(QScrollArea):
    """Tells why one cell of the heat map is what it is.

    `go` leads to a criterion ("assess", "case/criterion") or to a passage ("interviews", its key); `picked` to
    another cell; `left` is emitted on Escape.
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

    def explain(self, document: StudyDocument, assessment: Assessment, place: Place) -> None:
        """Tell why a cell is what it is; scroll and what was opened stay where the cell is the same."""
        same = place == self._place
        at = self.verticalScrollBar().value() if same else 0
        if not same:
            self._opened.clear()
        self._place = place
        sheet = Sheet(self)
        case = assessment.case(place[0])
        if place[1] == OVERALL:
            self._tell_overall(sheet, assessment, case)
        else:
            self._tell_principle(sheet, document, assessment, case)
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

    def _tell_overall(self, sheet: Sheet, assessment: Assessment, case: JudgedCase) -> None:
        rubric, shown = assessment.rubric, overall_standing(assessment.rubric, case)
        sheet.head(case.case.name, "Overall", shown, len(rubric.levels))
        sheet.say(case.overall_reason)
        sheet.part("The principles it comes from")
        for judged in case.principles:
            each = standing(rubric, judged)
            link = WrappedLink(each.words, f"Why {judged.principle.short}", head=judged.principle.name, parent=sheet)
            link.clicked.connect(lambda _=False, key=judged.principle.id: self.picked.emit((case.case.key, key)))
            sheet.add(link)

    def _tell_principle(self, sheet: Sheet, document: StudyDocument, assessment: Assessment, case: JudgedCase) -> None:
        judged = case.principle((self._place or ("", ""))[1])
        rubric = assessment.rubric
        sheet.head(case.case.name, judged.principle.name, standing(rubric, judged), len(rubric.levels))
        sheet.say(judged.reason)
        _tell_team(sheet, assessment, judged)
        evidence = _Passages(document, self)
        for gate in gates(rubric, judged):
            sheet.part(gate.level.name, gate.summary)
            for criterion in gate.blocking:
                self._tell_criterion(sheet, case.case.key, criterion, evidence)
            self._offer_rest(sheet, case.case.key, gate, evidence)

    def _offer_rest(self, sheet: Sheet, case: str, gate: Gate, evidence: _Passages) -> None:
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

    def _tell_criterion(self, sheet: Sheet, case: str, judged: JudgedCriterion, evidence: _Passages) -> None:
        name = judged.criterion.name
        verdict = label(judged.verdict) + (" (assessors differ)" if judged.effective.assessors_differ else "")
        head = f"{verdict} · {name}"
        statement = judged.criterion.statement
        link = WrappedLink(statement, f"Answer {name}: {verdict}", head=head, weight="medium", parent=sheet)
        link.clicked.connect(lambda: self.go.emit("assess", f"{case}/{judged.criterion.id}"))
        sheet.add(link)
        for rationale in dict.fromkeys(answer.rationale for answer in judged.answers if answer.rationale):
            sheet.say(rationale, ink="muted")
        evidence.tell(sheet, judged.evidence)
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
        self._words(TextLabel(case, BODY, ink="muted", parent=self))
        self._words(TextLabel(name, TITLE, "semibold", wrap=True, parent=self))
        row = self._row(SPACE[0])
        row.addWidget(LevelBadge(shown.name, shown.rank, of, shown.ceiling_name, self))
        row.addSpacing(SPACE[1])
        row.addWidget(TextLabel(shown.known if shown.rank is not None else "", SMALL, ink="muted", parent=self))
        row.addStretch(1)
        self._column.addSpacing(SPACE[1])

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


class _Passages:
    """Writes the passages a criterion rests on, each a link to its place in the notes."""

    def __init__(self, document: StudyDocument, panel: WhyPanel) -> None:
        self._panel = panel
        self._citations = Citations(document)
        self._words = {passage.key: passage.words for passage in document.passages}

    def tell(self, sheet: Sheet, links: Sequence[Evidence]) -> None:
        """Write passages in the order of the study."""
        for link in sorted(links, key=lambda each: self._citations.order(each.passage)):
            where = self._citations.passage(link.passage)
            against = link.stance is Stance.CONTRADICTS
            parts = (where, link.weight.value, link.reference, "speaks against it" if against else "")
            button = WrappedLink(
                shortened(self._words[link.passage]),
                f"Open {where}",
                head=" · ".join(filter(None, parts)),
                bar="warning" if against else "line_strong",
                parent=sheet,
            )
            button.clicked.connect(lambda _=False, key=link.passage: self._panel.go.emit("interviews", key))
            sheet.add(button)


def _tell_team(sheet: Sheet, assessment: Assessment, judged: JudgedPrinciple) -> None:
    """Write what the team says beside the score: its finding, and a level it set instead."""
    if judged.override is not None:
        level = assessment.rubric.level(judged.override.level).name
        sheet.part(f"Set to {level} by the team")
        sheet.say(judged.override.reason)
    if judged.finding is not None:
        sheet.part("Finding")
        sheet.say(judged.finding.text)


def _counted(gate: Gate) -> list[str]:
    """Such as "3 criteria that are met", "1 that is not applicable"."""
    counts = ((len(gate.met), "met"), (len(gate.left_out), "not applicable"))
    parts = [f"{count} {{}}that {'is' if count == 1 else 'are'} {word}" for count, word in counts if count]
    noun = "criterion " if parts[0].startswith("1 ") else "criteria "
    return [part.format(noun if place == 0 else "") for place, part in enumerate(parts)]
