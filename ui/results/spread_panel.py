"""Which cases have an answer to a criterion, with what they said and the passages that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.analysis.distribution import lacking
from app.analysis.todo import count
from app.scoring.offered import answers
from ui.results.links import WrappedLink
from ui.results.sheet import Passages, Sheet, SheetPanel
from ui.results.spread_model import ALL, Spot, answer_key

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from app.analysis.chain import Chain
    from app.analysis.distribution import Distribution, Spread
    from app.model.setting import Case


class SpreadPanel(SheetPanel):
    """Tells of one cell of the table of criteria.

    `go` leads to a case's answer ("assess", "case/criterion") or to a passage; `left` is emitted on Escape.
    """

    seen = Signal()  # it was opened: what is current is to be told

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Cases with this answer", parent)
        self.setWindowTitle("Criterion")
        self.spot: Spot | None = None
        self.clear()

    def clear(self) -> None:
        """Say what would be told here."""
        self.spot = None
        sheet = Sheet(self)
        sheet.say(
            "Choose an answer and press Enter: here are the cases that have it, and what it rests on.", ink="muted"
        )
        self._take(sheet)

    def show_spot(self, chain: Chain, found: Distribution, spot: Spot) -> None:
        """Tell which cases a cell has; what is scrolled to stays in sight where the cell is the same."""
        spread = next((each for each in found.spreads if each.criterion.id == spot.criterion), None)
        if spread is None:
            self.clear()
            return
        at = self.verticalScrollBar().value() if spot == self.spot else 0
        self.spot = spot
        sheet = Sheet(self)
        sheet.name(spread.principle.name, spread.criterion.name)
        sheet.say(spread.criterion.statement)
        sheet.say(lacking(spread, found.answers), ink="muted")
        evidence = Passages(chain, self.go.emit)
        for offered, cases in zip(found.answers, spread.cases, strict=True):
            if spot.answer in (ALL, answer_key(offered)) and (cases or spot.answer != ALL):
                sheet.part(offered.label, count(len(cases), "case", "cases"))
                for case in cases:
                    self._tell_case(sheet, chain, spread, case, evidence)
        self._take(sheet)
        self.verticalScrollBar().setValue(at)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is current."""
        super().showEvent(event)
        self.seen.emit()

    def _tell_case(self, sheet: Sheet, chain: Chain, spread: Spread, case: Case, evidence: Passages) -> None:
        judged_case = chain.assessment.case(case.key)
        judged = judged_case.principle(spread.principle.id).criterion(spread.criterion.id)
        told = answers(chain.assessment.rubric, spread.principle).label(judged.verdict)
        differ = " (assessors differ)" if case.key in spread.differing else ""
        reasons = list(dict.fromkeys(answer.rationale for answer in judged.answers if answer.rationale))
        link = WrappedLink(
            reasons[0] if reasons else "No rationale", f"Answer for {case.name}: {told}", head=f"{case.name}{differ}",
            parent=sheet,
        )  # fmt: skip
        link.clicked.connect(lambda: self.go.emit("assess", f"{case.key}/{spread.criterion.id}"))
        sheet.add(link)
        for reason in reasons[1:]:
            sheet.say(reason, ink="muted")
        evidence.tell(sheet, judged.answers)

    def _take(self, sheet: Sheet) -> None:
        sheet.end()
        self.setWidget(sheet)
