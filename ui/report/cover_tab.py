"""What the cover and every sheet carry: draft or final, version, recipient, copies, watermark, paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.model.disclosure import Paper, Stage
from ui.overview.facet import Facet
from ui.report.number_field import NumberField
from ui.theme import SMALL, SPACE
from ui.widgets.form import Field, Form
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.report.setup import Setup

LABEL: Final = 84
_FIELDS: Final = (
    Field("stage", "State", "segments", choices=((Stage.DRAFT, "Draft"), (Stage.FINAL, "Final"))),
    Field("version", "Version", hint="1.0", most=40),
    Field("recipient", "Recipient", hint="Whom the copies are for", most=200),
    Field("copies", "Copies", most=2, width=56, make=NumberField),
    Field("watermark", "Watermark", hint="Pale across every page", most=40),
    Field("paper", "Paper", "segments", choices=((Paper.A4, "A4"), (Paper.LETTER, "Letter"))),
)
_NOTES: Final = (
    "Of several copies each is numbered on its cover and sheets, and is a file of its own.",
    "The marking at the top of every sheet is the site policy's.",
)


class CoverTab(Facet):
    """A form of what is printed around the contents."""

    def __init__(self, desk: Desk, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._setup = setup
        self.form = Form(_FIELDS, label_width=LABEL, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        column.setSpacing(SPACE[1])
        column.addWidget(self.form)
        for words in _NOTES:
            column.addWidget(TextLabel(words, SMALL, ink="muted", wrap=True, parent=self))
        column.addStretch(1)
        self.form.edited.connect(lambda name, value: setup.change(**{name: value}))

    def refresh(self) -> None:
        """Show it as it stands."""
        self.form.show_value(self._setup.value)

    def begin(self) -> None:
        """Take up the version."""
        self.form.editor("version").setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.form.commit()
