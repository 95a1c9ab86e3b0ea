"""What two see while they code blind: who is done, and how far each has come themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.collection import local_time
from app.analysis.double_coding import progress
from app.analysis.todo import count
from ui.theme import MEASURE, ROW, SPACE, TITLE
from ui.widgets import Picture, Row, RowModel, RowView, SectionLabel, TextButton, TextLabel
from ui.widgets.actions import bind_key
from ui.widgets.things import KEY

if TYPE_CHECKING:
    from datetime import datetime

    from app.model.document import StudyDocument
    from app.model.evidence import DoubleCoding

_MOST = 12  # sources seen at once
_BLIND = "Neither sees what the other puts on until both are done. Then it is measured how far they agree."
_CHOOSE = "To see how far you have come, or to say that you are done, choose yourself at the top right."


class BlindState(QWidget):
    """Tells who is done; whoever works as one of the two says so here."""

    done_asked = Signal()
    go_on_asked = Signal()
    sources_asked = Signal()
    source_chosen = Signal(str)  # key: show it, to be coded

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel("", TITLE, "semibold", parent=self)
        self.people = (_Person(self), _Person(self))
        self._own = SectionLabel("", self)
        self._model = RowModel(self)
        self.sources = RowView("Sources you code", self)
        self.sources.setModel(self._model)
        self.words = TextLabel("", ink="muted", wrap=True, parent=self)
        self.done_button = TextButton("I am done", "primary", key="Ctrl+Shift+Return", parent=self)
        self.go_on_button = TextButton("Go on coding after all", key="Ctrl+Shift+Return", parent=self)
        self.sources_button = TextButton("Change sources\u2026", "quiet", key="F2", parent=self)
        self._lay_out()
        self._connect()

    def show_double(self, document: StudyDocument, double: DoubleCoding, who: str, *, read_only: bool) -> None:
        """Show how two get on, as whoever works may see it."""
        names = {assessor.key: assessor.name for assessor in document.assessors}
        self._title.setText(f"{names[double.first]} and {names[double.second]} code blind")
        done = {double.first: double.first_done_at, double.second: double.second_done_at}
        for person, (key, at) in zip(self.people, done.items(), strict=True):
            person.show_person(names[key], at, document.study.zone, own=key == who)
        own = who in done
        self._show_progress(document, double, who if own else "")
        self.words.setText(self._told(names, done, who))
        self.done_button.setVisible(own and done[who] is None and not read_only)
        self.go_on_button.setVisible(own and done[who] is not None and not read_only)
        self.sources_button.setVisible(not read_only and not any(done.values()))
        self._toggle.setEnabled(own and not read_only)
        self._change.setEnabled(not read_only and not any(done.values()))

    def _show_progress(self, document: StudyDocument, double: DoubleCoding, coder: str) -> None:
        """List the sources, with what whoever works has coded of them."""
        found = progress(document, double, coder)
        coded, lines = sum(each.coded for each in found), sum(each.lines for each in found)
        told = f"Coded by you: {coded} of {count(lines, 'line', 'lines')}"
        self._own.setText(told if coder else f"{count(len(found), 'source', 'sources')} to code")
        self._model.set_rows(
            [
                Row(
                    each.source,
                    f"{each.citation} {each.title}",
                    f"{each.coded} of {each.lines} lines" if coder else count(each.lines, "line", "lines"),
                )
                for each in found
            ]
        )
        self.sources.setFixedHeight(ROW * min(max(len(found), 1), _MOST))
        if not self.sources.currentIndex().isValid() and found:
            self.sources.setCurrentIndex(self._model.index(0))

    def _told(self, names: dict[str, str], done: dict[str, datetime | None], who: str) -> str:
        if who not in done:
            return _CHOOSE
        other = next(key for key in done if key != who)
        if done[who] is not None:
            return f"You are done. As long as {names[other]} is not, you may go on after all."
        return "Say so once every line is coded as you see it. What you put on by then is what counts."

    def _choose(self) -> None:
        index = self.sources.currentIndex()
        if index.isValid():
            self.source_chosen.emit(str(index.data(KEY)))

    def _say(self) -> None:
        if self.done_button.isVisibleTo(self):
            self.done_asked.emit()
        else:
            self.go_on_asked.emit()

    def _connect(self) -> None:
        self.done_button.clicked.connect(self.done_asked)
        self.go_on_button.clicked.connect(self.go_on_asked)
        self.sources_button.clicked.connect(self.sources_asked)
        self.sources.clicked.connect(lambda _index: self._choose())
        bind_key(self.sources, "Go to the source", ("Return", "Enter"), self._choose)
        self._toggle = bind_key(
            self, "I am done coding, or go on after all", "Ctrl+Shift+Return", self._say, within=True
        )
        self._change = bind_key(self, "Change the sources coded blind", "F2", self.sources_asked.emit, within=True)

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setProperty("look", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, SPACE[1], 1, SPACE[0])
        inside.setSpacing(SPACE[1])
        self._own.setContentsMargins(SPACE[2], 0, SPACE[2], 0)
        inside.addWidget(self._own)
        inside.addWidget(self.sources)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE[1])
        for button in (self.done_button, self.go_on_button, self.sources_button):
            foot.addWidget(button)
        foot.addStretch(1)
        middle = QWidget(self)
        middle.setMaximumWidth(MEASURE)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(self._title)
        column.addWidget(TextLabel(_BLIND, ink="muted", wrap=True, parent=self))
        column.addSpacing(SPACE[1])
        for person in self.people:
            column.addWidget(person)
        column.addSpacing(SPACE[1])
        column.addWidget(card)
        column.addWidget(self.words)
        column.addLayout(foot)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[4])
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)


class _Person(QWidget):
    """One coder, and whether they are done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = Picture("circle", "text_faint", 16, self)
        self._name = TextLabel("", weight="medium", parent=self)
        self.state = TextLabel("", ink="muted", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        for part in (self._picture, self._name, self.state):
            row.addWidget(part)
        row.addStretch(1)

    def show_person(self, name: str, done_at: datetime | None, zone: str, *, own: bool) -> None:
        """Show a coder; `done_at` is when they were done."""
        self._name.setText(f"{name} (you)" if own else name)
        self.state.setText("is coding" if done_at is None else f"done, {_stamp(local_time(done_at, zone))}")
        self._picture.set_icon(*(("circle", "text_faint") if done_at is None else ("circle-check", "accent")))
        self.setAccessibleName(f"{name} {self.state.text()}")


def _stamp(when: datetime) -> str:
    return f"{when.day} {when:%b %Y, %H:%M}"
