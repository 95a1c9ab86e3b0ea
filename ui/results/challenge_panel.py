"""Beside the challenges: one of them in a form, where it showed, and the passages that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.assess.evidence_panel import EvidencePanel
from ui.interviews.picker import PickField
from ui.theme import BODY, SPACE
from ui.widgets.buttons import TextButton
from ui.widgets.fields import ChoiceField
from ui.widgets.focus import on_escape
from ui.widgets.form import Field, FieldRow, Form
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.assessment import Challenge
    from app.model.setting import Case
    from app.rubric.structure import Rubric

_FIELDS: Final = (
    Field("title", "Challenge", "text", hint="What stands in the way, in a line", lines=1),
    Field("text", "In more words", "text", hint="How it shows, and what it leads to", lines=2),
    Field("principle", "Principle", "choice"),
)


class ChallengePanel(EvidencePanel):
    """Shows a challenge, or an empty form for a new one; it only asks. Its `subject` is the challenge's key."""

    back: ClassVar[str] = "Back to the challenges"

    made = Signal(object)  # the fields of a new challenge, by name
    edited = Signal(str, str, object)  # key, field, value
    cases_ticked = Signal(str, object)  # key, keys of the cases
    merge_asked = Signal(str, str)  # key, key of the one that it becomes a part of
    remove_asked = Signal(str)  # key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self.left.emit)
        self.form.edited.connect(self._changed)
        self.cases.committed.connect(lambda cases: self.cases_ticked.emit(self.subject, cases))
        self.merge.committed.connect(self._ask_merge)
        self.remove.clicked.connect(lambda: self.remove_asked.emit(self.subject))
        self.done.clicked.connect(self.left)

    def make_head(self) -> QWidget:
        """Make what stands above the evidence."""
        head = QWidget(self)
        self._title = TextLabel("New challenge", BODY, "semibold", parent=head)
        self._title.setContentsMargins(SPACE[1], 0, 0, 0)
        self.form = Form(_FIELDS, above=True, parent=head)
        self.cases = PickField("Cases it showed in", "Across all cases", parent=head)
        self.merge = ChoiceField("Merge into", parent=head)
        self.remove = TextButton("Remove", "link", icon="trash-2", key="Ctrl+Del", parent=head)
        self.remove.setAccessibleName("Remove the challenge")
        self.done = TextButton("Back to the challenges", "link", key="Esc", parent=head)
        self._standing = [
            FieldRow("Showed in", self.cases, above=True, parent=head),
            FieldRow("Merge into", self.merge, above=True, parent=head),
        ]
        buttons = QHBoxLayout()
        buttons.addWidget(self.done)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        column = QVBoxLayout(head)
        column.setContentsMargins(SPACE[2], 0, SPACE[2], SPACE[1])
        column.setSpacing(SPACE[1])
        for widget in (self._title, self.form, *self._standing):
            column.addWidget(widget)
        column.addLayout(buttons)
        return head

    def show_challenge(
        self,
        challenge: Challenge,
        others: Sequence[Challenge],
        cases: Sequence[Case],
        rubric: Rubric,
        *,
        read_only: bool,
    ) -> None:
        """Show a challenge; it can be merged into one of `others`."""
        self._come_to(challenge.key)
        self._offer(rubric)
        self.form.show_value(challenge)
        self.form.set_read_only(read_only)
        self.cases.show_options([(case.key, case.name, "") for case in cases], challenge.cases)
        self.cases.set_read_only(read_only)
        self.merge.set_choices([("", "Nothing: it stands alone"), *((each.key, each.title) for each in others)])
        self.merge.set_value("")
        self._standing[1].setVisible(bool(others) and not read_only)
        self.remove.setVisible(not read_only)

    def show_new(self, rubric: Rubric, principle: str) -> None:
        """Show an empty form for a challenge to a principle."""
        if self.subject or not self.form.values().get("title"):
            self._come_to("")
            self._offer(rubric)
            self.form.set_read_only(False)
            self.form.show_values({"principle": principle})
        for row in self._standing:
            row.setVisible(False)
        self.remove.setVisible(False)

    def begin(self, field: str = "title") -> None:
        """Give a field the keyboard."""
        self.form.editor(field).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Hand over what is typed."""
        self.close_editor()
        self.form.commit()

    def _come_to(self, key: str) -> None:
        if key != self.subject:
            self.leave()
        self.subject = key
        self._title.setVisible(not key)
        self._standing[0].setVisible(bool(key))

    def _offer(self, rubric: Rubric) -> None:
        choice = self.form.editor("principle")
        if isinstance(choice, ChoiceField):
            choice.set_choices([(principle.id, principle.name) for principle in rubric.principles])

    def _ask_merge(self, into: object) -> None:
        if into:
            self.merge_asked.emit(self.subject, str(into))

    def _changed(self, name: str, value: object) -> None:
        if self.subject:
            self.edited.emit(self.subject, name, value)
        elif name == "title" and value:
            self.made.emit(self.form.values())
