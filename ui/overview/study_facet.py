"""The study's own particulars, and what the site allows."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QWidget

from app.actions.setting import change_policy, change_study
from app.model.setting import Permission
from ui.overview.facet import Facet
from ui.theme import SPACE
from ui.widgets.fields import LineField
from ui.widgets.form import Field, Form

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from ui.desk import Desk

LANGUAGES: Final = (
    ("en", "English"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("it", "Italian"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
    ("el", "Greek"),
)


class ZoneField(LineField):
    """An IANA time zone, completed while it is typed; another word goes back to what was there."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer the zones this machine knows."""
        if self.completer() is None:
            completer = QCompleter(list(_zones()), self)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.setCompleter(completer)
        super().focusInEvent(event)

    def _acceptable(self) -> bool:
        return self.value() in _zones()


@functools.cache
def _zones() -> tuple[str, ...]:
    from zoneinfo import available_timezones

    return tuple(sorted(available_timezones()))


_ORGANISATION: Final = {"organisation": "name", "sector": "sector", "description": "description"}
_NAMES: Final = (
    Field("title", "Title", required=True),
    Field("organisation", "Organisation", hint="Its name in the study, usually a pseudonym", required=True),
    Field("sector", "Sector", hint="What it makes or does"),
    Field("language", "Language", "choice", choices=LANGUAGES, width=200),
    Field("zone", "Time zone", width=240, make=ZoneField),
)
_TEXTS: Final = (
    Field("purpose", "Purpose", "text", hint="What the study is to find out, and for whom"),
    Field("description", "About it", "text", hint="What a reader must know of the organisation"),
    Field("about", "Origin", "text", hint="Where this study's content comes from, when it must be said"),
)
_ALLOWED: Final = (
    (str(Permission.ALLOWED), "Allowed"),
    (str(Permission.RESTRICTED), "Restricted"),
    (str(Permission.FORBIDDEN), "Forbidden"),
    (str(Permission.NOT_ASKED), "Not asked"),
)
_PERMISSIONS: Final = {
    "recording": "Recording",
    "photographs": "Photographs",
    "laptops": "Laptops",
    "removable_media": "Removable media",
}
_PAPERS: Final = (
    Field("marking", "Marking", hint="Printed on every page of a report: Confidential", most=80),
    Field("conditions", "Conditions", "text", hint="What else was agreed: who sees notes, when they leave", lines=4),
)


class StudyFacet(Facet):
    """Title, organisation, purpose, language, zone."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.names = Form(_NAMES, parent=self)
        self.texts = Form(_TEXTS, label_width=80, parent=self)
        _side_by_side(self, self.names, self.texts)
        for form in (self.names, self.texts):
            form.edited.connect(self._edited)

    def refresh(self) -> None:
        """Show the study's particulars."""
        study = self.desk.document.study
        values = {name: getattr(study, name) for name in ("title", "purpose", "about", "language", "zone")}
        values |= {name: getattr(study.organisation, field) for name, field in _ORGANISATION.items()}
        for form in (self.names, self.texts):
            form.show_values(values)
            form.set_read_only(self.desk.read_only)

    def begin(self) -> None:
        """Start at the title."""
        self.names.editor("title").setFocus()

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.names.commit()
        self.texts.commit()

    def _edited(self, name: str, value: object) -> None:
        study = self.desk.document.study
        if name in _ORGANISATION:
            changed = replace(study, organisation=replace(study.organisation, **{_ORGANISATION[name]: value}))
        else:
            changed = replace(study, **{name: value})
        if self.desk.do(change_study, changed) is None:
            self.refresh()


class PolicyFacet(Facet):
    """What the site allows, and how its papers are marked."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        permissions = [Field(name, label, "segments", choices=_ALLOWED) for name, label in _PERMISSIONS.items()]
        self.permissions = Form(permissions, parent=self)
        self.papers = Form(_PAPERS, label_width=80, parent=self)
        _side_by_side(self, self.permissions, self.papers)
        for form in (self.permissions, self.papers):
            form.edited.connect(self._edited)

    def refresh(self) -> None:
        """Show the policy."""
        for form in (self.permissions, self.papers):
            form.show_value(self.desk.document.site_policy)
            form.set_read_only(self.desk.read_only)

    def begin(self) -> None:
        """Start at the first permission."""
        self.permissions.editor("recording").setFocus()

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.papers.commit()

    def _edited(self, name: str, value: object) -> None:
        given = Permission(str(value)) if name in _PERMISSIONS else value
        if self.desk.do(change_policy, replace(self.desk.document.site_policy, **{name: given})) is None:
            self.refresh()


def _side_by_side(facet: QWidget, left: QWidget, right: QWidget) -> None:
    row = QHBoxLayout(facet)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE[5])
    row.addWidget(left, 1)
    row.addWidget(right, 1)
