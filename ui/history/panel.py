"""The panel on what became of a source's notes after it: later changes word by word, and the notes as typed."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.analysis.afterwards import keeps_versions, later_changes, particulars, typed_lines
from app.analysis.differences import differences
from app.model.source import SourceKind
from ui.history.changes import ChangeView
from ui.history.typed import TypedView
from ui.theme import SMALL, SPACE
from ui.widgets import EmptyState, Rule, SegmentedControl, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.model.document import StudyDocument
    from app.model.source import Source
    from ui.desk import Desk

_LEAST = 200
_WIDE = 300  # px from which there is room for the whole name of the second list
_WORDS = {
    SourceKind.INTERVIEW: "interview",
    SourceKind.MEETING: "meeting",
    SourceKind.OBSERVATION: "observation",
    SourceKind.DOCUMENT: "reading",
}
_UNCHANGED = "Nothing was changed after the {}."
_UNTYPED = "Nothing was typed in the {}."
_UNHELD = "What is changed after the end of the {} is kept here, word by word."


class HistoryPanel(QWidget):
    """Shows one source's history; it changes nothing.

    Call `show_source` with the same key again when sources, versions, assessors or participants changed.
    """

    line_chosen = Signal(str)  # key of a line that still stands: show it in the notes

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.source_key = ""
        self._word = _WORDS[SourceKind.INTERVIEW]
        self._count = 0
        self._compare = functools.lru_cache(maxsize=2048)(differences)  # notes are saved while somebody reads on
        self.setWindowTitle("History")
        self.setAccessibleName("History")
        self.setMinimumWidth(_LEAST)
        self._particulars = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        options = [("changes", "Changes"), ("typed", "As typed")]
        self.tabs = SegmentedControl("History", options, self)
        self.tabs.set_value("changes")
        self.changes = ChangeView(self)
        self.typed = TypedView(self)
        self._blanks: dict[str, EmptyState] = {}
        self._lay_out()
        self._connect()

    @property
    def source(self) -> Source | None:
        """The source shown, as the study holds it."""
        return next((each for each in self.desk.document.sources if each.key == self.source_key), None)

    def show_source(self, source_key: str) -> None:
        """Show a source's history as the study stands; nothing for one that is not there."""
        if source_key != self.source_key:
            self.source_key = source_key
            self.typed.show_key("")
        document, source = self.desk.document, self.source
        self.setEnabled(source is not None)
        if source is None:
            self._show_nothing()
            return
        self._word = _WORDS[source.kind]
        self._particulars.setText("\n".join(particulars(document, source)))
        lines = later_changes(document, source.key, self._compare)
        self._count = len(lines)
        self.changes.show_lines(lines)
        self._name_tabs()
        self._show_tab(document, source)

    def show_line(self, entry_key: str) -> None:
        """Mark a line and scroll to it, in the list that is shown."""
        self.changes.show_key(entry_key)
        self.typed.show_key(entry_key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write names as long as there is room for."""
        super().resizeEvent(event)
        self._name_tabs()

    # Showing

    def _show_nothing(self) -> None:
        self._particulars.setText("")
        self.changes.show_lines(())
        self.typed.show_lines(())
        self._stack.setCurrentWidget(self._nothing)

    def _name_tabs(self) -> None:
        whole = f"As typed in the {self._word}" if self.width() >= _WIDE else "As typed"
        changes = f"Changes {self._count}" if self._count else "Changes"
        for key, words in (("changes", changes), ("typed", whole)):
            self.tabs.button(key).setText(words)
            self.tabs.button(key).updateGeometry()

    def _show_tab(self, document: StudyDocument, source: Source) -> None:
        """Show the list chosen; the notes as typed are worked out only where they are looked at."""
        if self.tabs.value() == "typed":
            lines = typed_lines(document, source)
            self.typed.show_lines(lines)
            self._stack.setCurrentWidget(self.typed if lines else self._blank("No notes", _UNTYPED))
        elif self._count:
            self._stack.setCurrentWidget(self.changes)
        else:
            told = ("No later changes", _UNCHANGED) if keeps_versions(source) else ("Not over yet", _UNHELD)
            self._stack.setCurrentWidget(self._blank(*told))

    def _blank(self, title: str, text: str) -> EmptyState:
        """Give the empty state with some words about a source of this kind."""
        words = text.format(self._word)
        if words not in self._blanks:
            self._blanks[words] = EmptyState("history", title, words, parent=self)
            self._stack.addWidget(self._blanks[words])
        return self._blanks[words]

    def _tab_chosen(self) -> None:
        source = self.source
        if source is not None:
            self._show_tab(self.desk.document, source)

    def _choose(self, key: str) -> None:
        """Lead to a line, unless it was removed."""
        source = self.source
        if source is not None and any(entry.key == key for entry in source.entries):
            self.line_chosen.emit(key)

    # Building

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(SPACE[3], 0, SPACE[1], SPACE[1])
        head.setSpacing(SPACE[1])
        head.addWidget(self._particulars)
        row = QHBoxLayout()
        row.addWidget(self.tabs)
        row.addStretch(1)
        head.addLayout(row)
        self._nothing = QWidget(self)
        self._stack = QStackedLayout()
        for part in (self._nothing, self.changes, self.typed):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule(self))
        column.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda _key: self._tab_chosen())
        self.changes.chosen.connect(self._choose)
        self.typed.chosen.connect(self._choose)
