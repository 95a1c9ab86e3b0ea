"""What stands beside the notes: passages and what rests on them, codes, follow-ups, the guide, and history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.history import HistoryPanel
from ui.interviews.beside import Beside, follow_up_cards, passage_cards, question_cards
from ui.interviews.code_list import CodeList
from ui.interviews.passage_card import PassageCard
from ui.notebook.cards import CardView
from ui.theme import SPACE
from ui.widgets import EmptyState, SegmentedControl
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction, QShowEvent

    from app.model.document import StudyDocument
    from app.model.source import Source
    from ui.desk import Desk

_NAMES = {"passages": "Passages", "follow_ups": "To ask", "guide": "Guide"}
_NO_GUIDE = "This source follows no guide of questions."
_CODES, _HISTORY = "codes", "history"
_TABS = (
    ("passages", "Passages"),
    (_CODES, "Codes"),
    ("follow_ups", "To ask"),
    ("guide", "Guide"),
    (_HISTORY, "History"),
)


class BesidePanel(QWidget):
    """Lists, one shown at a time; it only asks, but for what the card of a passage does in place."""

    passage_chosen = Signal(str)  # key: show it in the notes
    entry_chosen = Signal(str)  # key: show it in the notes
    remove_asked = Signal(str)  # key of a passage
    attach_asked = Signal(str)  # key of a passage that lost its words
    guide_asked = Signal()  # have the source follow a guide

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = SegmentedControl("Beside the notes", _TABS, self, tight=True)
        self.tabs.set_value("passages")
        self.history = HistoryPanel(desk, self)
        self._desk = desk
        self._source = ""
        self._passage = ""  # the current one, also while it is not there: undo brings it back
        self.codes = CodeList(self)
        self._passages = QWidget(self)
        self.card = PassageCard(desk, self._passages)
        self.views = {key: CardView(name, self) for key, name in _NAMES.items()}
        self._empty = {
            "passages": EmptyState(
                "tags",
                "No passages yet",
                "Select words in the notes and press Ctrl+E to mark them, or F4 to code them.",
            ),
            "follow_ups": EmptyState("circle-help", "Nothing to ask again", "Questions left open by these notes."),
            "guide": EmptyState("list-tree", "No guide", _NO_GUIDE, "Choose a guide"),
        }
        self._beside = Beside((), (), ())
        self._read_only = False
        self._shown_codes: StudyDocument | None = None  # the study the codes were counted in
        self._lay_out()
        self._connect()

    def show_source(self, source: Source, *, read_only: bool) -> None:
        """Show what belongs to a source, as whoever is working may see it."""
        document = self._desk.seen
        self._beside = Beside(
            passage_cards(self._desk.index, source, read_only=read_only),
            follow_up_cards(document, source),
            question_cards(document, source),
        )
        for key, cards in self._beside.by_name.items():
            self.views[key].show_cards(cards)
            count = sum(not card.heading for card in cards)
            self.tabs.button(key).setToolTip(f"{_NAMES[key]}: {count}" if count else _NAMES[key])
        for action in (self._remove, self._attach):
            action.setEnabled(not read_only)
        self._empty["guide"].tell(_NO_GUIDE, "Choose a guide" if document.guides else "Make a guide")
        self._empty["guide"].button.setVisible(not read_only)
        if source.key != self._source:
            self._source, self._passage = source.key, ""
        self._read_only = read_only
        self._shown_codes = None
        if self._passage and not self.views["passages"].current_key():
            self.views["passages"].set_current(self._passage)
        self.card.show_passage(self.views["passages"].current_key(), anew=True)
        self._show_tab()

    def show_passage(self, key: str) -> None:
        """Make a passage the current one, if it is listed."""
        self._passage = key
        self.views["passages"].set_current(key)
        self.card.show_passage(key)

    def show_tab(self, key: str) -> None:
        """Bring a list to the front."""
        self.tabs.set_value(key)
        self._show_tab()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was done while nobody could see this."""
        super().showEvent(event)
        self._show_tab()

    def _show_codes(self) -> None:
        """Count the codes, while they are the list that is looked at."""
        document = self._desk.seen
        if self._shown_codes is not document:
            self._shown_codes = document
            self.codes.show_codes(self._desk.index, self._source, read_only=self._read_only)

    def _show_tab(self) -> None:
        key = self.tabs.value() or "passages"
        if key == _HISTORY:
            self.history.show_source(self._source)
            self._stack.setCurrentWidget(self.history)
        elif key == _CODES:
            self._stack.setCurrentWidget(self.codes)
            self._show_codes()
        elif self._beside.by_name[key]:
            self._stack.setCurrentWidget(self._passages if key == "passages" else self.views[key])
        else:
            self._stack.setCurrentWidget(self._empty[key])
        if key == "passages" and self.isVisible():
            self.card.look()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[3], 0, SPACE[1], SPACE[1])
        head.addWidget(self.tabs)
        head.addStretch(1)
        self._stack = QStackedLayout()
        both = QVBoxLayout(self._passages)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self.views["passages"], 2)
        both.addWidget(self.card, 3)
        lists = (view for key, view in self.views.items() if key != "passages")
        for widget in (self._passages, self.codes, *lists, *self._empty.values(), self.history):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda _key: self._show_tab())
        self._empty["guide"].asked.connect(self.guide_asked)
        passages, follow_ups = self.views["passages"], self.views["follow_ups"]
        passages.used.connect(self._use_passage)
        passages.current.connect(self.passage_chosen)
        passages.activated.connect(lambda _index: self.passage_chosen.emit(passages.current_key()))
        follow_ups.used.connect(lambda key, _spot: self._use_follow_up(key))
        follow_ups.activated.connect(lambda _index: self._use_follow_up(follow_ups.current_key()))
        self._remove = self._action("Remove this passage", "Del", self._ask_removal)
        self._attach = self._action("Attach this passage to the selected words", "A", self.attach_asked.emit)

    def _action(self, text: str, key: str, then: Callable[[str], object]) -> QAction:
        """Make an action on the current passage."""
        passages = self.views["passages"]
        return bind_key(passages, text, key, lambda: then(passages.current_key()))

    def _use_passage(self, key: str, spot: str) -> None:
        if spot == "remove":
            self._ask_removal(key)
        elif spot == "attach":
            self.attach_asked.emit(key)
        else:
            self.passage_chosen.emit(key)

    def _use_follow_up(self, key: str) -> None:
        if entry := self._beside.entries.get(key, ""):
            self.entry_chosen.emit(entry)

    def _ask_removal(self, key: str) -> None:
        if key:
            self.remove_asked.emit(key)
