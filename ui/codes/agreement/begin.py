"""Asking who codes what twice: two assessors, and the sources, ticked in a list that can be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.citations import Citations
from app.analysis.todo import count
from ui.interviews.picker import TickView
from ui.interviews.source_list import FilterLine
from ui.theme import MEASURE, SMALL, SPACE, TITLE
from ui.widgets import ChoiceField, FieldRow, Row, RowModel, TextButton, TextLabel
from ui.widgets.actions import bind_key
from ui.widgets.focus import on_escape

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.model.document import StudyDocument

_WHAT = (
    "Until both say that they are done, neither sees what the other puts on: no codes, memos or passages, no hits when "
    "searching, no counts. Codes already on these sources count, and are hidden from the other from now on."
)


class BeginForm(QWidget):
    """Asks for two coders and their sources; with the coders given, for other sources alone."""

    given = Signal(str, str, object)  # keys of the coders, and a tuple of those of the sources
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self.cancelled.emit)
        self.first = ChoiceField("First coder", (), self)
        self.second = ChoiceField("Second coder", (), self)
        self.filter = FilterLine(self)
        self._model = RowModel(self)
        self.sources = TickView("Sources to code", self)
        self.sources.setModel(self._model)
        self.begin_button = TextButton("Begin", "primary", key="Ctrl+Shift+Return", parent=self)
        self.cancel_button = TextButton("Cancel", "quiet", key="Esc", parent=self)
        self._title = TextLabel("", TITLE, "semibold", parent=self)
        self._lacking = TextLabel("", SMALL, ink="muted", parent=self)
        self._offered: list[Row] = []
        self._picked: set[str] = set()
        self._lay_out()
        self._connect()

    @property
    def picked(self) -> tuple[str, ...]:
        """Keys of the sources ticked, in the study's order."""
        return tuple(row.key for row in self._offered if row.key in self._picked)

    def ask(self, document: StudyDocument, who: str) -> None:
        """Ask for everything; whoever works is offered as the first coder."""
        self._title.setText("Two code the same sources blind")
        self.begin_button.setText("Begin")
        self._picked = set()
        self.filter.clear()
        self.refresh(document)
        keys = [assessor.key for assessor in document.assessors]
        first = who if who in keys else keys[0] if keys else None
        self.first.set_value(first)
        self.second.set_value(next((key for key in keys if key != first), None))
        self._set_coders_fixed(fixed=False)
        self._mark()

    def ask_sources(self, document: StudyDocument, first: str, second: str, sources: Collection[str]) -> None:
        """Ask for other sources of two who have begun."""
        self._title.setText("What the two code blind")
        self.begin_button.setText("Change sources")
        self._picked = set(sources)
        self.filter.clear()
        self.refresh(document)
        self.first.set_value(first)
        self.second.set_value(second)
        self._set_coders_fixed(fixed=True)
        self._mark()

    def refresh(self, document: StudyDocument) -> None:
        """Offer assessors and sources as the study stands; what is chosen stays."""
        people = [(assessor.key, assessor.name) for assessor in document.assessors]
        for field in (self.first, self.second):
            chosen = field.value()
            field.set_choices(people)
            field.set_value(chosen)
        citations = Citations(document)
        self._offered = [
            Row(source.key, f"{citations.source(source.key)} {source.title}", count(lines, "line", "lines"))
            for source in document.sources
            if (lines := sum(bool(entry.text.strip()) for entry in source.entries))
        ]
        self._picked &= {row.key for row in self._offered}
        self._narrow()
        self._mark()

    def _set_coders_fixed(self, *, fixed: bool) -> None:
        for field in (self.first, self.second):
            field.setEnabled(not fixed)

    def _narrow(self) -> None:
        words = self.filter.text().casefold().split()
        current = self.sources.currentIndex().row()
        self._model.set_rows(
            [
                Row(row.key, row.text, row.detail, "check" if row.key in self._picked else "")
                for row in self._offered
                if all(word in row.text.casefold() for word in words)
            ]
        )
        if self._model.rowCount():
            self.sources.setCurrentIndex(self._model.index(min(max(current, 0), self._model.rowCount() - 1)))

    def _tick(self, key: str) -> None:
        self._picked ^= {key}
        self._narrow()
        self._mark()

    def _mark(self) -> None:
        """Say what is lacking, or how much is chosen."""
        lacking = ""
        if self.first.value() is None or self.second.value() is None:
            lacking = "It takes two assessors."
        elif self.first.value() == self.second.value():
            lacking = "A second coder is somebody else than the first."
        elif not self._picked:
            lacking = "Tick at least one source."
        self._lacking.setText(lacking or f"{count(len(self._picked), 'source', 'sources')} ticked")
        self.begin_button.setEnabled(not lacking)

    def _hand_over(self) -> None:
        if self.begin_button.isEnabled():
            self.given.emit(str(self.first.value()), str(self.second.value()), self.picked)

    def _connect(self) -> None:
        for field in (self.first, self.second):
            field.committed.connect(lambda _key: self._mark())
        self.filter.textChanged.connect(lambda _words: self._narrow())
        self.filter.down.connect(self.sources.setFocus)
        self.sources.ticked.connect(self._tick)
        self.begin_button.clicked.connect(self._hand_over)
        self.cancel_button.clicked.connect(self.cancelled)
        bind_key(self, "Begin coding blind", "Ctrl+Shift+Return", self._hand_over, within=True)

    def _lay_out(self) -> None:
        self.filter.setPlaceholderText("Search sources")
        self.filter.setAccessibleName("Search sources to code")
        holder = QFrame(self)
        holder.setProperty("look", "card")
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(1, SPACE[0], 1, SPACE[0])
        inside.addWidget(self.sources)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE[1])
        for part in (self.begin_button, self.cancel_button, self._lacking):
            foot.addWidget(part)
        foot.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(SPACE[1])
        column.addWidget(self._title)
        column.addWidget(TextLabel(_WHAT, ink="muted", wrap=True, parent=self))
        column.addSpacing(SPACE[1])
        column.addWidget(FieldRow("First coder", self.first, label_width=96, parent=self))
        column.addWidget(FieldRow("Second coder", self.second, label_width=96, parent=self))
        column.addSpacing(SPACE[0])
        column.addWidget(self.filter)
        column.addWidget(holder, 1)
        column.addLayout(foot)
        middle = QWidget(self)
        middle.setLayout(column)
        middle.setMaximumWidth(MEASURE)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[4])
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
