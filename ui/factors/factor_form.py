"""The form of a factor: its name, what it means, where it has its root; moved and removed from here too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.factors import BELONGING
from app.model.assessment import BelongsTo, Factor, Tendency
from ui.theme import BODY, SMALL, SPACE
from ui.widgets.buttons import IconButton, TextButton
from ui.widgets.focus import on_escape
from ui.widgets.form import Field, Form
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from collections.abc import Mapping


_FIELDS: Final = (
    Field("name", "Name", hint="What facilitates or inhibits maturity", required=True),
    Field("definition", "Definition", "text", hint="What it means here, in a sentence or two", lines=3),
    Field(
        "tendency",
        "Expected to",
        "segments",
        choices=((Tendency.FACILITATES.value, "facilitate"), (Tendency.INHIBITS.value, "inhibit")),
    ),
    Field("belongs_to", "Belongs to", "choice", choices=tuple((each.value, BELONGING[each]) for each in BelongsTo)),
)
_DRAFT: Final[Mapping[str, object]] = {"tendency": Tendency.INHIBITS.value, "belongs_to": BelongsTo.CASE.value}


class FactorForm(QWidget):
    """Shows a factor, or an empty form for a new one; it only asks."""

    made = Signal(object)  # the fields of a new factor, by name
    edited = Signal(str, str, object)  # key, field, value
    move_asked = Signal(str, int)  # key, by how many places
    remove_asked = Signal(str)  # key
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self.left.emit)
        self.form = Form(_FIELDS, above=True, parent=self)
        self.up = IconButton("arrow-up", "Move the factor up", "Alt+Up", self)
        self.down = IconButton("arrow-down", "Move the factor down", "Alt+Down", self)
        self.remove = TextButton("Remove the factor", icon="trash-2", parent=self)
        self.done = TextButton("Back to the factors", "quiet", key="Esc", parent=self)
        self._title = TextLabel("New factor", BODY, "semibold", parent=self)
        self._goes = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self._key = ""
        self._lay_out()
        self.form.edited.connect(self._changed)
        self.up.clicked.connect(lambda: self.move_asked.emit(self._key, -1))
        self.down.clicked.connect(lambda: self.move_asked.emit(self._key, 1))
        self.remove.clicked.connect(lambda: self.remove_asked.emit(self._key))
        self.done.clicked.connect(self.left)

    @property
    def key(self) -> str:
        """Key of the factor shown; "" for a new one."""
        return self._key

    def show_factor(self, factor: Factor | None, goes: str, *, first: bool, last: bool) -> None:
        """Show a factor and what goes with it when it is removed; None shows an empty form for a new one."""
        if factor is None or factor.key != self._key:
            self.form.commit()
        self._key = factor.key if factor else ""
        self._title.setVisible(factor is None)
        if factor is None:
            self.form.show_values(_DRAFT)
        else:
            self.form.show_value(factor)
        self._goes.setText(f"If it is removed, {goes}" if goes else "")
        self._goes.setVisible(bool(goes))
        for widget in (self.up, self.down, self.remove):
            widget.setVisible(factor is not None)
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)

    def begin(self, field: str = "name") -> None:
        """Give a field the keyboard."""
        self.form.editor(field).setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, name: str, value: object) -> None:
        if self._key:
            self.edited.emit(self._key, name, value)
        elif self.form.values()["name"]:
            self.made.emit({field: given for field, given in self.form.values().items() if given})

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE[0])
        buttons.addWidget(self.up)
        buttons.addWidget(self.down)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], 0, SPACE[2], SPACE[2])
        column.setSpacing(SPACE[1])
        for label in (self._title, self._goes):
            label.setContentsMargins(SPACE[1], 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self.form)
        column.addLayout(buttons)
        column.addWidget(self._goes)
        column.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
