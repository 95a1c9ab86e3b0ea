"""What the team says beside a score: a level set against the derived one, and the finding in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.analysis.collection import day_text
from ui.results.override import CONFIRM, SET, OverrideBlock
from ui.results.sheet import INSET
from ui.theme import SPACE
from ui.widgets.buttons import TextButton
from ui.widgets.kept import KeptField
from ui.widgets.text import Rule, SectionLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.actions.overrides import Place
    from app.analysis.assessment import JudgedPrinciple
    from app.analysis.chain import Names


class FindingField(KeptField):
    """The line of a finding."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Finding", "What was found, in a line (F)", lines=1, most=6, parent=parent)


class TeamBlock(QWidget):
    """Shows and edits what the team says of one principle of one case; it only asks."""

    finding_written = Signal(object, str)  # Place, the text; "" takes it away
    level_set = Signal(object, str, str)  # Place, level, reason
    confirmed = Signal(object, str)  # Place, reason
    taken_back = Signal(object)  # Place
    evidence_asked = Signal(object)  # Place: of its finding
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "page")
        self.override = OverrideBlock(self)
        self.finding = FindingField(self)
        self.evidence = TextButton("Evidence of the finding", "link", icon="link", key="Ctrl+E", parent=self)
        self._at: Place | None = None
        self._read_only = False
        self._lay_out()
        self._connect()

    @property
    def at(self) -> Place | None:
        """What is shown; None for nothing."""
        return self._at

    @property
    def deeds(self) -> tuple[tuple[str, str, Callable[[], None]], ...]:
        """What can be done here: in words, its key, and the doing of it."""
        return (
            ("Set another level, or change the one set", "O", self.set_level),
            ("Confirm a level that has lapsed", "K", self.confirm),
            ("Take back the level set by the team", "Ctrl+Del", self.take_back),
            ("Write the finding", "F", self.edit_finding),
            ("Go to the evidence of the finding", "Ctrl+E", self.ask_evidence),
        )

    def show_judged(self, at: Place, names: Names, judged: JudgedPrinciple, *, read_only: bool) -> None:
        """Show a principle of a case. What is being written of it stays; of another it is handed over, or given up."""
        if at != self._at:
            self.leave()
            self.override.close_editor()
        self._at, self._read_only = at, read_only
        self.override.show_judged(judged, _set_by(names, judged), read_only=read_only)
        self.finding.set_value(judged.finding.text if judged.finding else "")
        self.finding.set_read_only(read_only)
        self.evidence.setVisible(judged.finding is not None)

    def leave(self) -> None:
        """Hand over what is typed."""
        self.finding.commit()

    def edit_finding(self) -> None:
        """Give the finding the keyboard."""
        if not self._read_only:
            self.finding.setFocus(Qt.FocusReason.OtherFocusReason)
            self.finding.moveCursor(self.finding.textCursor().MoveOperation.End)

    def set_level(self) -> None:
        """Let a level be set, or the one set be changed."""
        self.override.begin(SET)

    def confirm(self) -> None:
        """Let a level that has lapsed be confirmed."""
        self.override.begin(CONFIRM)

    def take_back(self) -> None:
        """Ask for the derived level to stand alone again."""
        if self._at is not None and not self.override.take_back.isHidden():
            self.taken_back.emit(self._at)

    def ask_evidence(self) -> None:
        """Ask for what the finding rests on; without one, for the finding."""
        if self._at is not None and not self.evidence.isHidden():
            self.evidence_asked.emit(self._at)
        else:
            self.edit_finding()

    def _connect(self) -> None:
        override = self.override
        self.finding.committed.connect(lambda text: self.finding_written.emit(self._at, str(text)))
        self.finding.left.connect(self.left)
        self.evidence.clicked.connect(self.ask_evidence)
        override.level_set.connect(lambda level, reason: self.level_set.emit(self._at, level, reason))
        override.confirmed.connect(lambda reason: self.confirmed.emit(self._at, reason))
        override.taken_back.connect(self.take_back)

    def _lay_out(self) -> None:
        inset = SPACE[3]
        column = QVBoxLayout(self)
        column.setContentsMargins(inset, SPACE[1], inset, 0)
        column.setSpacing(SPACE[0])
        column.addWidget(self.override)
        column.addSpacing(SPACE[1])
        column.addWidget(Rule(self))
        head = SectionLabel("Finding", self)
        head.setBuddy(self.finding)
        column.addWidget(head)
        line = QVBoxLayout()
        line.setContentsMargins(-2 * INSET, 0, -2 * INSET, 0)  # its words stand where the others do
        line.addWidget(self.finding)
        column.addLayout(line)
        column.addWidget(self.evidence, 0, Qt.AlignmentFlag.AlignLeft)


def _set_by(names: Names, judged: JudgedPrinciple) -> str:
    """Say who set a level, and when: "Ada, 8 Nov 2022"."""
    override = judged.override
    if override is None:
        return ""
    name = names.assessor(override.assessor)
    return f"{name}, {day_text(override.set_at.date())}" if override.set_at else name
