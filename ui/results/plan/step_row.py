"""One next step on the roadmap, edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.analysis.roadmap import EFFORTS, HORIZONS, PROGRESS
from ui.theme import MEASURE, SMALL, SPACE
from ui.widgets import ChoiceField, ElidedLabel, IconButton, LineField, Picture, Rule, TextButton, TextField
from ui.widgets.actions import bind_key
from ui.widgets.text import tip

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from app.analysis.roadmap import Planned

Editor = TextField | LineField | ChoiceField


class Grip(QWidget):
    """What a step is dragged by; tells where the pointer is while it is held, and where it was let go."""

    dragged = Signal(int)  # y of the pointer on the screen
    dropped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(20, 28)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("Drag to another place (Alt+Up, Alt+Down)")
        Picture("grip-vertical", "text_faint", 16, self).move(2, 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        event.accept()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where it is held over."""
        self.dragged.emit(round(event.globalPosition().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.dropped.emit(round(event.globalPosition().y()))


class StepRow(QFrame):
    """A step: its words, and under them what it is about, effort, owner, horizon and progress.

    Alt+Up and Alt+Down move it, Alt+Del removes it, wherever in it the keyboard is.
    """

    edited = Signal(str, str, object)  # key, field, value
    moved = Signal(str, int)  # key, by how many places
    removed = Signal(str)
    followed = Signal(str, str)  # keys of case and criterion
    dragged = Signal(str, int)
    dropped = Signal(str, int)

    def __init__(self, planned: Planned, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.planned = planned
        name = planned.criterion.name
        self.grip = Grip(self)
        self.words = TextField(f"What is to be done: {name}", lines=1, most=6, parent=self)
        self.effort = ChoiceField(f"Effort: {name}", [(None, "Effort?"), *EFFORTS.items()], self)
        self.owner = LineField(f"Owner: {name}", "Owner, a role", parent=self)
        self.horizon = ChoiceField(f"Horizon: {name}", [(None, "Horizon?"), *HORIZONS.items()], self)
        self.progress = ChoiceField(f"Progress: {name}", list(PROGRESS.items()), self)
        self.remove = IconButton("trash-2", f"Remove the step {name}", "Alt+Del", self, side=24)
        self._about = TextButton("", "link", parent=self)
        self._about.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._caught_up = ElidedLabel("", SMALL, "medium", "accent", parent=self)
        self._lay_out()
        self._connect()

    @property
    def editors(self) -> dict[str, Editor]:
        """The editors by the field of the step that they change."""
        return {
            "text": self.words,
            "effort": self.effort,
            "owner": self.owner,
            "horizon": self.horizon,
            "progress": self.progress,
        }

    def show_step(self, planned: Planned, *, read_only: bool) -> None:
        """Show a step as it stands; what is being typed stays."""
        self.planned = planned
        for field, editor in self.editors.items():
            editor.set_value(planned.text if field == "text" else getattr(planned.step, field))
            editor.set_read_only(read_only)
        for part in (self.grip, self.remove):
            part.setVisible(not read_only)
        about = f"{planned.case.name} · {planned.about}"
        self._about.setText(about.replace("&", "&&"))
        self._about.setAccessibleName(f"Show the answer: {about}")
        self._about.setToolTip(tip(f"To be brought to: {planned.becomes}"))
        self._caught_up.setText(planned.caught_up)

    @property
    def caught_up(self) -> str:
        """What is said of a step that answers have caught up with."""
        return self._caught_up.text()

    def commit(self) -> None:
        """Hand over what was typed."""
        for editor in self.editors.values():
            editor.commit()

    def _lay_out(self) -> None:
        top, below, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        for row in (top, below):
            row.setSpacing(SPACE[0])
        top.addWidget(self.grip, 0, Qt.AlignmentFlag.AlignTop)
        self.words.setMaximumWidth(MEASURE + SPACE[5])
        top.addWidget(self.words, 4)
        top.addStretch(1)
        top.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        below.addSpacing(24)
        below.addWidget(self._about)
        below.addWidget(self._caught_up, 1)
        for field, wide in ((self.effort, 92), (self.owner, 156), (self.horizon, 116), (self.progress, 104)):
            field.setFixedWidth(wide)
            below.addWidget(field)
        below.addSpacing(28)
        column.setContentsMargins(0, 0, 0, SPACE[0])
        column.setSpacing(0)
        column.addWidget(Rule(self))
        column.addSpacing(SPACE[0])
        column.addLayout(top)
        column.addLayout(below)
        self.setLayout(column)

    def _connect(self) -> None:
        for field, editor in self.editors.items():
            editor.committed.connect(lambda value, field=field: self.edited.emit(self.key, field, value))
        self.remove.clicked.connect(lambda: self.removed.emit(self.key))
        self._about.clicked.connect(
            lambda: self.followed.emit(self.planned.case.key, self.planned.criterion.id),
        )
        self.grip.dragged.connect(lambda y: self.dragged.emit(self.key, y))
        self.grip.dropped.connect(lambda y: self.dropped.emit(self.key, y))
        bind_key(self, "Move the step up", "Alt+Up", lambda: self.moved.emit(self.key, -1), within=True)
        bind_key(self, "Move the step down", "Alt+Down", lambda: self.moved.emit(self.key, 1), within=True)
        bind_key(self, "Remove the step", "Alt+Del", lambda: self.removed.emit(self.key), within=True)

    @property
    def key(self) -> str:
        """Key of the step."""
        return self.planned.step.key
