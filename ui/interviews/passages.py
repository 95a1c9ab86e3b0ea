"""Passages between the notes and what stands beside them: shown in both at once, coded, attached, judged by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.actions.double_coding import remove_passage
from app.actions.evidence import attach_passage
from app.analysis.words import Words
from app.model.evidence import Weight
from app.model.source import EntryKind, SourceKind
from ui.interviews.passage_card import REST_KEY
from ui.notebook.commands import make_action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.model.evidence import Passage
    from ui.desk import Desk
    from ui.interviews.judgement_picker import JudgementPicker
    from ui.interviews.panel import BesidePanel
    from ui.notebook.notebook import Notebook

CARD_KEY = "F5"
_NONE = "Put the cursor into a passage first."


class Passages(QObject):
    """Keeps the passage shown in the notes and the one beside them the same, and does what is asked of it there."""

    panel_asked = Signal()

    def __init__(self, desk: Desk, notebook: Notebook, beside: BesidePanel, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._notebook = notebook
        self._beside = beside
        self._page = page
        self._picker: JudgementPicker | None = None
        self.judge = make_action(notebook.editor, "Rest a judgement on the passage…", REST_KEY, self.rest, kept=True)
        self.visit = make_action(notebook.editor, "Go to the passage's card", CARD_KEY, self.visit_card, kept=True)
        notebook.editor.bind_keys()
        self._connect()

    def _connect(self) -> None:
        notebook, beside, card = self._notebook, self._beside, self._beside.card
        notebook.passage_entered.connect(self._entered)
        notebook.passage_marked.connect(self.show_marked)
        beside.passage_chosen.connect(self.show_passage)
        beside.remove_asked.connect(self._remove)
        beside.attach_asked.connect(self._attach)
        beside.codes.put_asked.connect(notebook.coder.put)
        card.code_asked.connect(notebook.coder.ask_for)
        card.recode_asked.connect(notebook.coder.ask_for)
        card.resize_asked.connect(lambda key, which, step: notebook.coder.resize(which, step, key))
        card.rest_asked.connect(self.rest)
        card.left.connect(notebook.editor.setFocus)

    def passage(self, key: str) -> Passage | None:
        """Give a passage as the study holds it."""
        return next((each for each in self._desk.document.passages if each.key == key), None)

    def show_passage(self, key: str) -> None:
        """Show a passage in the notes, and beside them."""
        passage = self.passage(key)
        if passage is not None and passage.spans:
            self._notebook.show_entry(passage.spans[0].entry, passage.spans[0].start)
        self._beside.show_passage(key)
        self._notebook.choose_passage(key)

    def show_marked(self, key: str) -> None:
        """Show a passage that was just marked, in the list of passages."""
        self._beside.show_tab("passages")
        self._beside.show_passage(key)
        self._notebook.choose_passage(key)

    def visit_card(self) -> None:
        """Go to what is told of the current passage."""
        key = self._notebook.editor.current_passage
        if not key:
            self._desk.told.emit(_NONE)
            return
        self.panel_asked.emit()
        self.show_marked(key)
        self._beside.card.focus_first()

    def rest(self, key: str = "") -> None:
        """Ask which judgement is to rest on a passage, else on the current one."""
        passage = self.passage(key or self._notebook.editor.current_passage)
        if passage is None:
            self._desk.told.emit(_NONE)
        elif not self._desk.read_only and self._notebook.keeper.flush():
            if self._picker is None:
                from ui.interviews.judgement_picker import JudgementPicker
                from ui.main_window.overlay import whole_of

                self._picker = JudgementPicker(self._desk, whole_of(self._page))
            self._picker.ask(passage.key, Words(self._desk.document).shown(passage.key), self._weight(passage))

    def _weight(self, passage: Passage) -> Weight:
        """Say how strong a passage is by where it stands: what was seen is shown, what was read is documented."""
        source = next(each for each in self._desk.document.sources if each.key == passage.source)
        if source.kind is SourceKind.DOCUMENT:
            return Weight.DOCUMENTED
        first = {span.entry for span in passage.spans[:1]}
        seen = any(entry.key in first and entry.kind is EntryKind.OBSERVATION for entry in source.entries)
        return Weight.SHOWN if seen else Weight.SAID

    def _entered(self, key: str) -> None:
        self._notebook.choose_passage(key)
        if key:
            self._beside.show_passage(key)

    def _remove(self, key: str) -> None:
        self._notebook.leave()
        changes = self._desk.do(remove_passage, key)
        if changes is not None:
            self._desk.told.emit(changes.label)

    def _attach(self, key: str) -> None:
        """Let a passage that lost its words lie on those that are selected."""
        notebook = self._notebook
        span = notebook.editor.selected_span()
        if not key or notebook.author or not notebook.keeper.flush():
            return
        if span is None or not notebook.editor.textCursor().hasSelection():
            self._desk.told.emit("Select the words in the notes that the passage is to lie on, within one line.")
        elif self._desk.do(attach_passage, key, *span) is not None:
            self.show_marked(key)
