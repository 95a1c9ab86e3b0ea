"""What a criterion asks for, above its evidence: no higher than its words, and scrolled where these are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.assess.proposed import ProposalNote
from ui.theme import BODY, SMALL, SPACE
from ui.widgets import TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.analysis.proposals import Proposed
    from app.rubric.structure import Criterion

_SHARE: Final = 0.58  # of the panel's height, at most


class Guidance(QScrollArea):
    """Which criterion of which case, what is proposed, what can be picked, what to ask, what counts, what to advise."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        sheet = QWidget(self)
        self._about = TextLabel(size=BODY, weight="medium", wrap=True, parent=sheet)
        self.proposal = ProposalNote(sheet)
        self._levels = TextLabel(size=SMALL, ink="muted", wrap=True, parent=sheet)
        self._pieces = {
            "Ask": TextLabel(size=BODY, wrap=True, parent=sheet),
            "Counts as evidence": TextLabel(size=SMALL, ink="muted", wrap=True, parent=sheet),
            "Advice where it is not met": TextLabel(size=SMALL, ink="muted", wrap=True, parent=sheet),
        }
        self._lay_out(sheet)
        self._sheet = sheet
        self.setWidget(sheet)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Guidance")
        self.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")

    def show_criterion(self, criterion: Criterion | None, about: str, levels: str) -> None:
        """Show one criterion's guidance."""
        self.setVisible(criterion is not None)
        for label, text in ((self._about, about), (self._levels, levels)):
            label.setText(text)
            label.setVisible(bool(text))
        if criterion is not None:
            texts = (criterion.question, criterion.evidence, criterion.advice)
            for label, text in zip(self._pieces.values(), texts, strict=True):
                label.setText(text)
        self.updateGeometry()

    def show_proposal(self, proposed: Proposed | None, *, read_only: bool) -> None:
        """Show what is proposed; None where nothing is."""
        self.proposal.show_proposal(proposed, read_only=read_only)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Be as high as the words need at a width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Measure the words, and leave the evidence its share of the panel."""
        return min(self._needed(width), round(self._panel.height() * _SHARE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll only where the words have no room."""
        super().resizeEvent(event)
        self._choose_bar()

    def sizeHint(self) -> QSize:
        """The same at the width it has."""
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the panel is made."""
        return QSize(0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be measured anew when the words on it are: Qt tells that to the scroll area alone."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._choose_bar()
        return super().eventFilter(watched, event)

    def _needed(self, width: int) -> int:
        wraps = self._sheet.hasHeightForWidth()
        return self._sheet.heightForWidth(width) if wraps else self._sheet.sizeHint().height()

    def _choose_bar(self) -> None:
        """Have a bar, and take the focus, only where there is something to scroll.

        Left to itself a bar that is there stays: it takes the width that the words would fit into without it.
        """
        fits = self._needed(self.width()) <= self.height()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus if fits else Qt.FocusPolicy.StrongFocus)

    def _lay_out(self, sheet: QWidget) -> None:
        column = QVBoxLayout(sheet)
        column.setContentsMargins(SPACE[3], 0, SPACE[3], SPACE[2])
        column.setSpacing(0)
        for label in (self._about, self._levels):
            label.setContentsMargins(0, 0, 0, SPACE[1])
        for widget in (self._about, self.proposal, self._levels):
            column.addWidget(widget)
        for name, label in self._pieces.items():
            column.addWidget(TextLabel(name, SMALL, "semibold", "muted", parent=sheet))
            column.addSpacing(2)
            column.addWidget(label)
            column.addSpacing(SPACE[1])
