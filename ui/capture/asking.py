"""Putting questions into the notes, and taking the words written under each for its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.actions import follow_ups, session
from app.analysis.still_to_ask import Item, ItemKind
from app.model.source import EntryKind
from ui.notebook.lines import Line
from ui.notebook.shaping import enter

if TYPE_CHECKING:
    from app.analysis.still_to_ask import GuideLine
    from ui.desk import Desk
    from ui.notebook.notebook import Notebook


@dataclass(frozen=True)
class _Put:
    """A question that was put; `line` is where its answer is being written."""

    key: str
    is_follow_up: bool
    line: str


class Asking(QObject):
    """Writes a question into the notes and waits for the words under it: once that line is left, they answer it."""

    def __init__(self, desk: Desk, notebook: Notebook) -> None:
        super().__init__(notebook)
        self._desk = desk
        self._notebook = notebook
        self._put: _Put | None = None
        notebook.line_entered.connect(self._entered)

    def put_item(self, source: str, item: Item) -> None:
        """Put a follow-up, or the question of a criterion without evidence."""
        if not self._notebook.keeper.flush():
            return
        if item.follow_up or item.kind is ItemKind.FOLLOW_UP:
            key = item.follow_up or item.key
            done = self._desk.do(follow_ups.put, source, key)
        else:
            case = item.cases[0] if len(item.cases) == 1 else None
            done = self._desk.do(follow_ups.put_criterion, source, item.rubric, item.criterion, case)
            key = done.key_of("follow_ups") if done is not None and done.touched else ""
        if done is not None:
            self._write(key, item.question, is_follow_up=True)

    def put_question(self, source: str, line: GuideLine) -> None:
        """Put a question of the guide."""
        if not self._notebook.keeper.flush():
            return
        if self._desk.do(session.ask_question, source, line.question.key) is not None:
            self._write(line.question.key, line.question.text, is_follow_up=False)

    def settle(self) -> None:
        """Take the words under the question put last for its answer, where there are any; the question stays put."""
        put, self._put = self._put, None
        source = self._notebook.editor.sheet.source
        if put is None or self._desk.read_only:
            return
        sheet = self._notebook.editor.sheet
        place = sheet.place(put.line)
        if place < 0 or not sheet.rows[place].words or not self._notebook.keeper.flush():
            return
        if put.is_follow_up and self._notebook.author:  # their own notes are no lines to rest anything on
            self._desk.do(follow_ups.answered, put.key, source, None, sheet.rows[place].text)
        elif put.is_follow_up:
            self._desk.do(follow_ups.answered, put.key, source, put.line)
        else:
            self._desk.do(session.answer_question, source, put.key)

    def forget(self) -> None:
        """Wait for no answer any more."""
        self._put = None

    def _write(self, key: str, question: str, *, is_follow_up: bool) -> None:
        self.settle()
        editor = self._notebook.editor
        editor.setFocus()
        editor.new_line(Line("", EntryKind.QUESTION), question)
        enter(editor)
        self._put = _Put(key, is_follow_up, editor.current_line.key)

    def _entered(self, line: str) -> None:
        """See to the answer once its line is left; not within the edit that leaves it."""
        put = self._put
        if put is not None and line != put.line:
            QTimer.singleShot(0, self, self._settle_later)

    def _settle_later(self) -> None:
        put = self._put
        if put is not None and self._notebook.editor.current_line.key != put.line:
            self.settle()
