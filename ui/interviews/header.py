"""The head of a source: its title, when and with whom it was, edited in place."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.model.source import Attendance, Part, SourceKind, SourceStatus
from ui.interviews.listing import KIND_NAMES, STATUS_NAMES
from ui.interviews.people import ADDING, people_options
from ui.interviews.picker import PickField
from ui.interviews.times import clock_text, day_of, with_clock, with_day
from ui.theme import BODY, SPACE, TITLE, theme
from ui.widgets import ChoiceField, DateField, IconButton, LineField, SegmentField, TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.document import StudyDocument
    from app.model.source import Source

_LABEL = 76
_ALWAYS = 4  # rows that are always shown
_WIDEST = 660  # px: as wide as gutter and text of the notes below


class SourceHeader(QFrame):
    """Shows one source; `edited` hands over the source as a person made it, without its notes' newest words."""

    edited = Signal(object)  # what to make of the source: Callable[[Source], Source | None]
    person_added = Signal(str)  # the role of somebody to be added and picked
    write_asked = Signal()  # Enter in the title: on to the notes

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "surface")
        self.citation = TextLabel("", TITLE, "semibold", "faint", parent=self)
        self.title = LineField("Title", "What this conversation is called", required=True, parent=self)
        self.title.setFont(theme().font(TITLE, "semibold"))
        self.status = SegmentField("Status", [(str(key), name) for key, name in STATUS_NAMES.items()], self)
        self.day = DateField("Day", "Day", parent=self)
        self.clock = LineField("Time", "Time", parent=self)
        self.clock.setToolTip("From and to on the clock of the place, such as 10:00\u201310:45, or how long: 45 min")
        self.kind = ChoiceField("Kind", [(str(key), name) for key, name in KIND_NAMES.items()], self)
        self.round = ChoiceField("Round", parent=self)
        self.participants = PickField("Interviewed", "Who was interviewed?", ADDING, self)
        self.interviewers = PickField("Interviewers", "Who interviews?", parent=self)
        self.observers = PickField("Observers", "Who observes and writes?", parent=self)
        self.cases = PickField("Cases", "The organisation as a whole", parent=self)
        self.guide = ChoiceField("Guide", parent=self)
        self.consent = LineField("Consent", "What they agreed to, and how", parent=self)
        self.allowed = LineField("What the site allowed", "Laptop, photographs of the board …", parent=self)
        self.sheet = LineField("Paper sheet", "Number, if written on paper", parent=self)
        self.planned = LineField("Minutes planned", "As its guide", parent=self)
        self.more = IconButton("chevron-down", "More about it: guide, what was allowed, paper sheet", "", self, side=24)
        self.more.setCheckable(True)
        self._rare: list[QWidget] = []
        self._lay_out()
        self._connect()

    # Showing

    def show_source(self, document: StudyDocument, source: Source, citation: str, *, read_only: bool) -> None:
        """Show a source; what is being typed stays."""
        self.citation.setText(citation)
        self.title.set_value(source.title)
        self.status.set_value(str(source.status))
        self.day.set_value(day_of(source))
        self.clock.set_value(clock_text(source))
        self.kind.set_value(str(source.kind))
        self.round.set_choices([(each.key, each.name) for each in document.rounds])
        self.round.set_value(source.round)
        self.consent.set_value(source.consent)
        self.guide.set_choices([("", "No guide"), *((each.key, each.name) for each in document.guides)])
        self.guide.set_value(source.guide or "")
        self.allowed.set_value(source.allowed)
        self.sheet.set_value(source.sheet)
        self.planned.set_value(f"{source.planned} min" if source.planned else "")
        self._show_people(document, source)
        self.cases.show_options([(case.key, case.name, "") for case in document.cases], source.cases)
        for editor in self._editors():
            editor.set_read_only(read_only)
        self.status.set_read_only(read_only or source.status is SourceStatus.FINISHED)

    def commit(self) -> None:
        """Hand over what was typed and not yet committed."""
        for line in (self.title, self.day, self.clock, self.consent, self.allowed, self.sheet, self.planned):
            line.commit()

    def ask_guide(self) -> bool:
        """Show the guide there is to choose; False where there is none."""
        if self.guide.count() < 2:
            return False
        self.more.setChecked(True)
        self.guide.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _show_people(self, document: StudyDocument, source: Source) -> None:
        self.participants.show_options(people_options(document), source.participants)
        team = [(assessor.key, assessor.name, "") for assessor in document.assessors]
        for field, part in ((self.interviewers, Part.INTERVIEWER), (self.observers, Part.OBSERVER)):
            field.show_options(team, [each.assessor for each in source.assessors if each.part is part])

    def _editors(self) -> tuple[LineField | SegmentField | ChoiceField | PickField, ...]:
        return (
            self.title,
            self.status,
            self.day,
            self.clock,
            self.kind,
            self.round,
            self.participants,
            self.interviewers,
            self.observers,
            self.cases,
            self.guide,
            self.consent,
            self.allowed,
            self.sheet,
            self.planned,
        )

    # Editing

    def _connect(self) -> None:
        self._edits(self.title, lambda value, source: replace(source, title=value))
        self._edits(self.status, _with_status)
        self._edits(self.day, lambda value, source: with_day(source, value))
        self._edits(self.clock, lambda value, source: with_clock(source, value, dt.datetime.now(dt.UTC).date()))
        self._edits(self.kind, lambda value, source: replace(source, kind=SourceKind(value)))
        self._edits(self.round, lambda value, source: replace(source, round=value))
        self._edits(self.guide, lambda value, source: replace(source, guide=value or None))
        self._edits(self.consent, lambda value, source: replace(source, consent=value))
        self._edits(self.allowed, lambda value, source: replace(source, allowed=value))
        self._edits(self.sheet, lambda value, source: replace(source, sheet=value))
        self._edits(self.planned, _with_planned)
        self._edits(self.cases, lambda value, source: replace(source, cases=value))
        self._edits(self.participants, _with_participants)
        self._edits(self.interviewers, lambda value, source: _with_team(source, value, Part.INTERVIEWER))
        self._edits(self.observers, lambda value, source: _with_team(source, value, Part.OBSERVER))
        self.participants.added.connect(self.person_added)
        self.title.returnPressed.connect(self.write_asked)
        self.more.toggled.connect(lambda _on: self._show_rare())

    def _edits(
        self,
        editor: LineField | SegmentField | ChoiceField | PickField,
        how: Callable[[Any, Source], Source | None],
    ) -> None:
        editor.committed.connect(lambda value: self.edited.emit(lambda source: how(value, source)))

    # Layout

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE[0])
        top.addWidget(self.citation)
        top.addWidget(self.title, 1)
        top.addWidget(self.status)
        top.addWidget(self.more)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE[0])
        grid.setVerticalSpacing(0)
        for row, cells in enumerate(self._rows()):
            for place, (name, widget) in enumerate(cells):
                label = TextLabel(name, BODY, ink="muted", parent=self)
                label.setBuddy(widget)
                label.setMinimumWidth(_LABEL if place == 0 else 0)
                label.setContentsMargins(SPACE[2] if place else 0, 0, 0, 0)
                grid.addWidget(label, row, 2 * place)
                grid.addWidget(widget, row, 2 * place + 1)
                if row >= _ALWAYS:
                    self._rare += [label, widget]
        self._show_rare()
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        grid.setColumnMinimumWidth(3, 96)
        inside = QWidget(self)
        inside.setMaximumWidth(_WIDEST)
        around = QHBoxLayout(self)
        around.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], SPACE[1])
        around.addWidget(inside, 1)
        around.addStretch(0)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        column.addLayout(top)
        column.addLayout(grid)

    def _show_rare(self) -> None:
        """Show what is seldom looked at, or leave it out."""
        self.more.set_icon("chevron-up" if self.more.isChecked() else "chevron-down")
        for part in self._rare:
            part.setVisible(self.more.isChecked())

    def _rows(self) -> tuple[tuple[tuple[str, QWidget], ...], ...]:
        when = QWidget(self)
        row = QHBoxLayout(when)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.day.setFixedWidth(96)
        self.clock.setMinimumWidth(96)
        row.addWidget(self.day)
        row.addWidget(self.clock, 1)
        when.setFocusProxy(self.day)
        return (
            (("When", when), ("Kind", self.kind)),
            (("Interviewed", self.participants), ("Round", self.round)),
            (("Interviewers", self.interviewers), ("Observers", self.observers)),
            (("About", self.cases), ("Consent", self.consent)),
            (("Allowed", self.allowed), ("Guide", self.guide)),
            (("Planned", self.planned), ("Paper sheet", self.sheet)),
        )


def _with_status(value: str, source: Source) -> Source:
    """Set how far a source has come; opening it without a time stamps it with now. Finishing is the page's."""
    status = SourceStatus(value)
    now = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
    made = replace(source, status=status)
    if status is SourceStatus.OPEN and source.started_at is None:
        return replace(made, started_at=now)
    return made


def _with_planned(value: str, source: Source) -> Source | None:
    """Read how many minutes it is to take; None where that makes no sense."""
    digits = value.removesuffix("min").strip()
    minutes = int(digits) if digits.isdecimal() else 0
    return None if (digits and not digits.isdecimal()) or minutes > 1440 else replace(source, planned=minutes)


def _with_participants(value: tuple[str, ...], source: Source) -> Source:
    """Set who was interviewed, in the order they were there before."""
    kept = [key for key in source.participants if key in value]
    people = (*kept, *(key for key in value if key not in kept))
    return replace(source, participants=people)


def _with_team(source: Source, value: tuple[str, ...], part: Part) -> Source:
    """Set who has a part; nobody has both."""
    others = [each for each in source.assessors if each.part is not part and each.assessor not in value]
    known = {each.assessor: each for each in source.assessors}
    here = [replace(known[key], part=part) if key in known else Attendance(assessor=key, part=part) for key in value]
    team = [*here, *others] if part is Part.INTERVIEWER else [*others, *here]
    return replace(source, assessors=tuple(team))
