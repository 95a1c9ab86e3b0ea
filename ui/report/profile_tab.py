"""What the chosen profile lets the report show, edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.disclosure import add_profile, change_profile, remove_profile
from app.actions.keys import free_key, slug
from app.disclosure.profiles import STANDARD_PROFILES, profiles
from app.model.disclosure import Dates, Quotations
from ui.assess.tick import TickButton
from ui.overview.facet import Facet
from ui.report.number_field import GroupField
from ui.theme import SMALL, SPACE
from ui.widgets.buttons import TextButton
from ui.widgets.form import Field, Form
from ui.widgets.scrolling import scrolling
from ui.widgets.text import SectionLabel, TextLabel

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.report.setup import Setup

_LABEL: Final = 108
_QUOTED: Final = (
    (Quotations.ALL, "All of them"),
    (Quotations.RELEASED, "Only released ones"),
    (Quotations.NONE, "None"),
)
_DATED: Final = ((Dates.DAY, "Day"), (Dates.MONTH, "Month"), (Dates.YEAR, "Year"))
_FIELDS: Final = (
    Field("name", "Name", required=True),
    Field("quotations", "Quotations", "choice", choices=_QUOTED),
    Field("dates", "Dates to the", "segments", choices=_DATED),
    Field("smallest_group", "Smallest group", most=2, width=56, make=GroupField),
)
_GROUP: Final = "A role that fewer people hold is printed as its broader role."
_NAMES: Final = {
    "organisation_name": "Organisation",
    "case_names": "Cases",
    "site_names": "Sites",
    "product_names": "Products",
    "vendor_names": "Vendors",
    "assessor_names": "Assessors",
}
_STANDARD: Final = frozenset(profile.key for profile in STANDARD_PROFILES)


class ProfileTab(Facet):
    """The settings of the profile the report is made under; a copy of it becomes one of the study's own."""

    def __init__(self, desk: Desk, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._setup = setup
        self.form = Form(_FIELDS, label_width=_LABEL, parent=self)
        self.names = {name: TickButton(words, self) for name, words in _NAMES.items()}
        self.copy = TextButton("Copy as own", "plain", "copy", parent=self)
        self.copy.setToolTip("A profile of this study's own, to begin from this one")
        self.remove = TextButton("", "quiet", parent=self)
        self._lay_out()
        self.form.edited.connect(lambda name, value: self._change(**{name: value}))
        for name, button in self.names.items():
            button.clicked.connect(lambda on, name=name: self._change(**{name: on}))
        self.copy.clicked.connect(self._copy)
        self.remove.clicked.connect(self._remove)

    def refresh(self) -> None:
        """Show the profile as it stands."""
        profile = self._setup.profile
        own = profile.key not in _STANDARD
        self.form.show_value(profile)
        for name, button in self.names.items():
            button.setChecked(getattr(profile, name))
        reading = self.desk.read_only
        self.form.set_read_only(reading)
        self.form.editor("name").set_read_only(reading or not own)  # type: ignore[attr-defined]
        self.copy.setEnabled(not reading)
        for tick in self.names.values():
            tick.setEnabled(not reading)
        self.remove.setText("Remove" if own else "Back to the usual")
        self.remove.setVisible(not reading and (own or replace(profile, id=None) not in STANDARD_PROFILES))

    def begin(self) -> None:
        """Take up the first setting."""
        self.form.editor("quotations").setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.form.commit()

    def _change(self, **fields: object) -> None:
        made = replace(self._setup.profile, **fields)
        if made != self._setup.profile and self.desk.do(change_profile, made) is None:
            self.refresh()

    def _copy(self) -> None:
        self.form.commit()
        known = profiles(self.desk.document)
        name = free_key(f"{self._setup.profile.name}, own", {each.name for each in known})
        key = free_key(slug(name), {each.key for each in known})
        if self.desk.do(add_profile, replace(self._setup.profile, id=None, key=key, name=name)) is not None:
            editor = self.form.editor("name")
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            editor.selectAll()  # type: ignore[attr-defined]

    def _remove(self) -> None:
        self.copy.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.do_and_tell(remove_profile, self._setup.profile.key)

    def _lay_out(self) -> None:
        sheet = QWidget(self)
        sheet.setProperty("look", "page")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        column.setSpacing(SPACE[1])
        column.addWidget(self.form)
        column.addWidget(TextLabel(_GROUP, SMALL, ink="muted", wrap=True, parent=sheet))
        column.addSpacing(SPACE[1])
        column.addWidget(SectionLabel("Printed by name", sheet))
        column.addLayout(self._ticks())
        column.addSpacing(SPACE[1])
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(self.remove)
        column.addLayout(foot)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(sheet, self))

    def _ticks(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        buttons = list(self.names.values())
        half = (len(buttons) + 1) // 2
        for part in (buttons[:half], buttons[half:]):
            column = QVBoxLayout()
            column.setSpacing(0)
            for button in part:
                column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            row.addLayout(column, 1)
        return row
