"""Participants, and who they are: kept apart, shown only when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.things import add, change, remove_thing
from app.model.setting import Identity, Participant
from ui.overview.kinds import PARTICIPANTS
from ui.overview.things_facet import ThingsFacet
from ui.theme import SPACE
from ui.widgets.buttons import TextButton
from ui.widgets.form import Field, Form
from ui.widgets.text import Rule, TextLabel

if TYPE_CHECKING:
    from ui.desk import Desk

_IDENTITY: Final = (
    Field("name", "Person", hint="Who it is"),
    Field("contact", "Contact", hint="How to reach them"),
)


class ParticipantsFacet(ThingsFacet):
    """Participants with role and pseudonym; the person behind it under a button, hidden again when left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(PARTICIPANTS, desk, parent)
        self.reveal = TextButton("Show who this is", "link", "eye", parent=self.beside)
        self.note = TextLabel("Kept apart from the study, and never part of a report.", ink="muted", parent=self.beside)
        self.identity = Form(_IDENTITY, parent=self.beside)
        column = QVBoxLayout(self.beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        for part in (Rule(self.beside), self.reveal, self.note, self.identity):
            column.addWidget(part)
        self.reveal.clicked.connect(lambda: self._show_identity(shown=True))
        self.identity.edited.connect(self._identity_edited)
        self._show_identity(shown=False)

    def leave(self) -> None:
        """Write down what is still only on screen, and hide who is who."""
        self.identity.commit()
        super().leave()
        self._show_identity(shown=False)

    def show_beside(self, thing: Participant) -> None:
        """Fill in who it is; hidden again for another person."""
        if self._shown_for != thing.key:
            self._show_identity(shown=False)
        self._shown_for = thing.key
        found = self._identity_of(thing.key)
        self.reveal.setText("Show who this is" if found or self.desk.read_only else "Say who this is")
        self.identity.show_values({"name": found.name, "contact": found.contact} if found else {})
        self.identity.set_read_only(self.desk.read_only)

    _shown_for = ""

    def _identity_of(self, participant: str) -> Identity | None:
        return next((each for each in self.desk.document.identities if each.participant == participant), None)

    def _show_identity(self, *, shown: bool) -> None:
        self.reveal.setVisible(not shown)
        self.note.setVisible(shown)
        self.identity.setVisible(shown)
        if shown:
            self.identity.editor("name").setFocus()

    def _identity_edited(self, name: str, value: object) -> None:
        if self.current is None:
            return
        before = self._identity_of(self.current.key)
        values = self.identity.values()
        if before is None:
            if values["name"]:
                made = Identity(participant=self.current.key, name=str(values["name"]), contact=str(values["contact"]))
                self.desk.do(add, made)
        elif values["name"]:
            self.desk.do(change, replace(before, **{name: value}))
        else:
            self.desk.do(remove_thing, before)
