"""The names that stay inside: what each is the name of, how it is written, and what is printed instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.keys import numbered
from app.analysis.todo import count
from app.model.disclosure import NameKind, Pseudonym
from ui.overview.things_facet import ThingsFacet, ThingsSpec
from ui.theme import ROW, SMALL, SPACE
from ui.widgets.buttons import TextButton
from ui.widgets.form import Field, Form
from ui.widgets.text import Rule, TextLabel

if TYPE_CHECKING:
    from app.model.document import StudyDocument
    from ui.desk import Desk

KINDS: Final = (
    (NameKind.ORGANISATION, "Organisation"),
    (NameKind.SITE, "Site"),
    (NameKind.PERSON, "Person"),
    (NameKind.PRODUCT, "Product"),
    (NameKind.VENDOR, "Vendor"),
    (NameKind.OTHER, "Other"),
)
_CUT: Final = "cut out"
_ABOUT: Final = (
    "Real names of the organisation, sites, people, products and vendors, and what a report that hides them prints "
    "instead. They are kept apart from the study."
)
_MOST: Final = 6  # rows of the list before it scrolls
_LABEL: Final = 88


def _row(name: Pseudonym) -> tuple[str, str]:
    return name.name, name.instead or _CUT


def _draft(_document: StudyDocument) -> dict[str, str]:
    return {"kind": NameKind.PERSON}


NAMES: Final = ThingsSpec(
    "pseudonyms",
    "name",
    "Names",
    Pseudonym,
    (
        Field("name", "Real name", required=True),
        Field("kind", "Name of", "choice", choices=KINDS, required=True),
        Field("spellings", "Also written", "text", hint="Other spellings, one a line", lines=2),
        Field("instead", "Printed", hint="Nothing: cut out as […]"),
    ),
    _row,
    "name",
    ("eye-off", "No names yet", _ABOUT),
    _draft,
)


class NamesTab(ThingsFacet):
    """The list of names over the form of the one chosen; and who else is hidden, with the way there."""

    go = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(NAMES, desk, parent)
        self.people.clicked.connect(lambda: self.go.emit("overview", "participants"))

    def refresh(self) -> None:
        """Show the names, and say who else is hidden."""
        super().refresh()
        kept = len(self.desk.document.identities)
        whose = count(kept, "participant", "participants") if kept else "participants, once they are kept"
        self.also.setText(f"Also hidden: the names and contacts of {whose}. Cases and assessors: see Profile.")

    def make_form(self) -> Form:
        """Make the form of one name, for a narrow column."""
        return Form(self.spec.fields, label_width=_LABEL, parent=self)

    def new_key(self, _name: str) -> str:
        """Make a key that tells nothing of the name."""
        return numbered("name", "-", {each.key for each in self.things})

    def made(self, _following: list[str]) -> None:
        """Go on to what kind of name it is: that of a person is but a guess."""
        self.form.editor("kind").setFocus(Qt.FocusReason.OtherFocusReason)

    def show_beside(self, _thing: Any) -> None:
        """Show nothing under the form."""

    def _lay_out(self) -> None:
        self.list.setMaximumHeight(ROW * (_MOST + 1) + SPACE[2])
        sheet = QWidget(self)
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(SPACE[0], SPACE[1], 0, 0)
        inner.addWidget(self.form)
        inner.addWidget(self.beside)
        inner.addStretch(1)
        self._right.addWidget(sheet)
        self._right.addWidget(self.empty)
        self.also = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self.people = TextButton("Participants", "link", "users", parent=self)
        self.people.setToolTip("Who participants are is kept in the Overview")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], SPACE[2], SPACE[2], SPACE[2])
        column.setSpacing(SPACE[1])
        column.addWidget(self.list)
        column.addWidget(self._right, 1)
        for part in (Rule(self), self.also, self.people):
            column.addWidget(part)
