"""Capture mode of one page: its bar and panes, shown round the notes, and what their keys do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.actions import follow_ups, session
from app.analysis.session import elapsed
from app.analysis.still_to_ask import ItemState, guide_state
from app.model.source import Clock
from ui.capture.asking import Asking
from ui.capture.cards import NUMBERED, ask_cards, guide_cards
from ui.capture.panes import Pane
from ui.capture.session_bar import SessionBar
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from app.analysis.still_to_ask import Item
    from app.model.source import Source
    from ui.capture.particulars import Particulars
    from ui.desk import Desk
    from ui.notebook.notebook import Notebook

_MAY_PUT = (ItemState.OPEN, ItemState.ASKED)
_AGAIN = 1_500  # ms after the last keystroke, when what is still to ask is worked out anew
_NO_GUIDE = ("list-tree", "No guide", "Choose or make a guide on the Overview, or take notes without one.")
_NOTHING = ("Nothing is left to ask", "Every criterion is answered with evidence, and no follow-up is open.")
_NO_CASES = ("No cases yet", "Once the Overview has cases, what their criteria still lack is asked here.")


class Capture(QObject):
    """The bar, the guide and what is still to ask, for the source a page shows."""

    toggled = Signal(bool)
    lock_asked = Signal()

    def __init__(self, desk: Desk, notebook: Notebook, page: QWidget) -> None:
        super().__init__(page)
        self.on = False
        self._desk = desk
        self._notebook = notebook
        self._page = page
        self._source: Source | None = None
        self._items: list[Item] = []
        self._particulars: Particulars | None = None
        self.bar = SessionBar(page)
        self.guide = Pane("Guide", _NO_GUIDE, page)
        self.asking = Pane("Still to ask", ("circle-check", *_NOTHING), page)
        self._questions = Asking(desk, notebook)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN)
        self._again.timeout.connect(self._show_cards)
        self._actions = self._make_actions()
        self._connect()
        for part in (self.bar, self.guide, self.asking):
            part.hide()

    # Showing

    def show_source(self, source: Source | None, *, soon: bool = False) -> None:
        """Show a source; while its notes are typed, the lists follow a little later."""
        if source is None or self._source is None or source.key != self._source.key:
            self._questions.forget()
        self._source = source
        if not self.on or source is None:
            return
        self.bar.show_source(self._desk.document, source, read_only=self._desk.read_only)
        if soon:
            self._again.start()
        else:
            self._show_cards()

    def set_on(self, on: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Go into capture mode, or out of it."""
        if on == self.on or (on and self._source is None):
            return
        self.on = on
        if not on:
            self._questions.settle()
            self._again.stop()
        for part in (self.bar, self.guide, self.asking):
            part.setVisible(on)
        for action in self._actions:
            action.setVisible(on)
        self.show_source(self._source)
        self.toggled.emit(on)
        self._notebook.editor.setFocus()

    def settle(self) -> None:
        """Take what is written under the last question for its answer; as before a lock or another page."""
        if self.on:
            self._questions.settle()

    def _show_cards(self) -> None:
        source, document = self._source, self._desk.document
        if source is None or not self.on:
            return
        found = ask_cards(self._desk.seen, source)
        self._items = [item for _card, item in found]
        left = sum(item.state is ItemState.OPEN for item in self._items)
        self.asking.nothing.say(*(_NOTHING if document.cases else _NO_CASES))
        self.asking.show_cards([card for card, _item in found], f"{left}" if left else "")
        lines = guide_state(document, source)
        cards = tuple(guide_cards(lines, elapsed(source, self.bar.clock())))
        asked = sum(line.asked for line in lines)
        self.guide.show_cards(cards, f"{asked} of {len(lines)}" if lines else "")

    # Doing

    def _connect(self) -> None:
        self.bar.start_asked.connect(self.start_or_pause)
        self.bar.end_asked.connect(self.end)
        self.bar.finish_asked.connect(self.finish)
        self.bar.lock_asked.connect(self.lock_asked)
        self.bar.leave_asked.connect(partial(self.set_on, False))  # noqa: FBT003
        self.guide.put.connect(self._put_question)
        self.guide.taken_back.connect(self._take_question_back)
        self.asking.put.connect(self._put_card)
        self.asking.taken_back.connect(self._take_item_back)
        self._notebook.state.connect(self._show_state)

    def _make_actions(self) -> list[QAction]:
        put = [
            self._action(f"Put question {number} of what is still to ask", f"Ctrl+{number}", partial(self._put, number))
            for number in range(1, NUMBERED + 1)
        ]
        return [
            *put,
            self._action("Put the guide's next question", "F2", self.next_question),
            self._action("The question put last is answered", "Shift+F2", self.answer_question),
            self._action("Start, pause or go on", "F8", self.start_or_pause),
            self._action("End the interview", "Shift+F8", self.end),
            self._action("Finish the notes", "Ctrl+Shift+Return", self.finish),
            self._action("Go to the guide", "Ctrl+G", self.guide.view.setFocus),
            self._action("Go to what is still to ask", "Ctrl+J", self.asking.view.setFocus),
        ]

    def _action(self, text: str, key: str, then: Callable[[], object]) -> QAction:
        action = bind_key(self._page, text, key, then, within=True)
        action.setVisible(False)  # its key means something else elsewhere
        return action

    def start_or_pause(self) -> None:
        """Start the interview, pause it, or go on with it."""
        source = self._ready()
        if source is not None:
            deeds = {Clock.STOPPED: session.start, Clock.RUNNING: session.pause, Clock.PAUSED: session.resume}
            self._desk.do(deeds[source.clock], source.key)
            self._notebook.editor.setFocus()

    def end(self) -> None:
        """End the interview, and ask what has to be known of it."""
        source = self._ready()
        if source is None or source.clock is Clock.STOPPED:
            return
        self._questions.settle()
        if self._desk.do(session.end, source.key) is not None and self._source is not None:
            self._ask_particulars(self._source)

    def _ask_particulars(self, source: Source) -> None:
        if self._particulars is None:
            from ui.capture.particulars import Particulars

            self._particulars = Particulars(self._desk, self._page)
        self._particulars.ask(self._desk.document, source, self.bar.clock())

    def finish(self) -> None:
        """Seal the notes."""
        source = self._ready()
        if source is None:
            return
        self._questions.settle()
        done = self._desk.do(session.finish, source.key)
        if done is not None:
            self._desk.told.emit(done.label)

    def next_question(self) -> None:
        """Put the guide's first question that was not put yet; what was written under the last one answers it."""
        source = self._going_on()
        lines = guide_state(self._desk.document, source) if source is not None else ()
        found = next((line for line in lines if not line.asked), None)
        if source is None or found is None:
            self._desk.told.emit("Every question of the guide was put." if lines else "This interview has no guide.")
            return
        self._questions.put_question(source.key, found)

    def answer_question(self) -> None:
        """Say that the guide's question put last has its answer."""
        source = self._ready()
        lines = guide_state(self._desk.document, source) if source is not None else ()
        asked = [line for line in lines if line.asked and not line.answered]
        if source is not None and asked:
            self._desk.do(session.answer_question, source.key, asked[-1].question.key)

    def _put_question(self, key: str) -> None:
        """Put a question of the guide; one that was put is answered, or asked once more."""
        source = self._going_on()
        lines = guide_state(self._desk.document, source) if source is not None else ()
        line = next((each for each in lines if each.question.key == key), None)
        if source is None or line is None:
            return
        if line.asked and not line.answered:
            self._desk.do(session.answer_question, source.key, key)
        else:
            self._questions.put_question(source.key, line)

    def _take_question_back(self, key: str) -> None:
        source = self._ready()
        if source is not None and any(each.question == key for each in source.asked):
            self._questions.forget()
            self._desk.do(session.take_back_question, source.key, key)

    def _put(self, number: int) -> None:
        """Put the item of a number: the numbers are those of the items still open."""
        open_ = [item for item in self._items if item.state is ItemState.OPEN]
        source = self._going_on()
        if source is not None and number <= len(open_):
            self._questions.put_item(source.key, open_[number - 1])

    def _put_card(self, key: str) -> None:
        source = self._going_on()
        item = self._item(key)
        if source is not None and item is not None and item.state in _MAY_PUT:
            self._questions.put_item(source.key, item)

    def _take_item_back(self, key: str) -> None:
        item = self._item(key)
        if self._ready() is not None and item is not None and item.follow_up and item.state is not ItemState.OPEN:
            self._questions.forget()
            self._desk.do(follow_ups.reopen, item.follow_up)

    def _item(self, key: str) -> Item | None:
        place = self.asking.view.cards.place(key)
        return self._items[place] if place >= 0 else None

    def _going_on(self) -> Source | None:
        """Give the source if a question can be put in it now; who puts one has begun the interview."""
        source = self._ready()
        if source is not None and source.started_at is None:
            self._desk.do(session.start, source.key)
        return source

    def _ready(self) -> Source | None:
        """Give the source if something can be done to it now; what was typed is written first."""
        if self._desk.read_only or self._source is None or not self._notebook.keeper.flush():
            return None
        return self._source

    def _show_state(self, state: str) -> None:
        if state == "waiting":
            self.bar.saved.saving()
        elif state == "failed":
            self.bar.saved.not_saved()
        else:
            self.bar.saved.saved(self.bar.clock().astimezone())
