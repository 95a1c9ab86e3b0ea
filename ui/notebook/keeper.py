"""Writes notes into the study while they are typed, and takes them back in the order in which things were done.

Undo has two depths that act as one: keystrokes are the editor's, actions are the study's. Both stand on one stack
here: our own writes, and between them marks where something else was done to the study. Ctrl+Z takes back keystrokes
down to the last mark, then what was done there, then keystrokes again. Where the editor comes back to what the study
held before one of our writes, that write is undone instead of written over, so that passages get back the words
they had lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from app.actions.notes import RemoveEntry, write
from ui.notebook.lines import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.actions.notes import NotesEdit
    from app.actions.unit import Changes
    from app.model.source import Entry, Source
    from ui.desk import Desk
    from ui.notebook.sheet import Marks, Sheet

QUIET = 400  # ms after the last keystroke; half a second is promised
LATEST = 900  # ms after the first keystroke that is not saved; a second is promised
RETRY = 3_000  # ms after a failure


State = dict[str, "Entry | None"]  # entries by key, without their ids; None for no entry


@dataclass(frozen=True)
class _Own:
    """One of our writes: its number, and what the study held before it and after."""

    seq: int | None
    before: State
    after: State


@dataclass(frozen=True)
class _Other:
    """Something else done to the study when the editor could undo `steps` steps of its own."""

    steps: int


class Keeper(QObject):
    """Keeps a sheet and the study the same.

    `state` is "saved", "waiting" or "failed". `steps` tells how many steps of its own the editor can undo.
    `marked` says that something else was done, so that later keystrokes are a new step; `overtaken` that the study
    went back past us, and the editor's steps mean nothing any more.
    """

    state = Signal(str)
    marked = Signal()
    overtaken = Signal()

    def __init__(self, desk: Desk, sheet: Sheet, steps: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheet = sheet
        self._steps = steps
        self._done: list[_Own | _Other] = []
        self._undone: list[_Own] = []
        self._writing = False
        self._stepping = False
        self._quiet = self._timer(QUIET)
        self._latest = self._timer(LATEST)
        self._retry = self._timer(RETRY)
        desk.changed.connect(self._changed)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.flush)
        return timer

    @property
    def source(self) -> Source | None:
        """The source shown, as the study holds it."""
        return next((each for each in self._desk.document.sources if each.key == self._sheet.source), None)

    @property
    def writing(self) -> bool:
        """Whether the change just told of is ours."""
        return self._writing

    def forget(self) -> None:
        """Start anew: another source is shown."""
        self._done.clear()
        self._undone.clear()
        for timer in (self._quiet, self._latest, self._retry):
            timer.stop()

    def touched(self) -> None:
        """Take note of a keystroke."""
        self._quiet.start()
        if not self._latest.isActive():
            self._latest.start()
            self.state.emit("waiting")

    def flush(self) -> bool:
        """Write what is not yet written; False when it could not be, and then all of it is still on the sheet."""
        self._quiet.stop()
        self._latest.stop()
        edits = [] if self.source is None else self._sheet.pending()
        if edits and not self._write(edits):
            self._retry.start()
            self.state.emit("failed")
            return False
        self._retry.stop()
        self.state.emit("saved")
        return True

    @property
    def floor(self) -> int:
        """How many of the editor's steps must be left before something else comes to be undone."""
        return next((done.steps for done in reversed(self._done) if isinstance(done, _Other)), 0)

    def step_back(self) -> None:
        """Undo in the study, once the editor is back at its floor."""
        if not self.flush():
            return
        while self._done and isinstance(self._done[-1], _Own):  # their sum is nothing by now: they go unseen
            self._done.pop()
            self._quietly(self._desk.undo)
        self._undone.clear()
        self.take_over()
        between = bool(self._done)
        if between:
            self._done.pop()
        if self._desk.study.undo_label:
            self._stepping = between
            self._desk.undo()
            self._stepping = False

    def step_forward(self) -> None:
        """Redo in the study, once the editor has nothing of its own to do again."""
        if self.flush() and self._desk.study.redo_label:
            self._stepping = True
            self._desk.redo()
            self._stepping = False
            self._done.append(_Other(self._steps()))
            self.marked.emit()

    def _write(self, edits: list[NotesEdit]) -> bool:
        after = {_key(edit): None if isinstance(edit, RemoveEntry) else _state(edit.entry) for edit in edits}
        last = self._done[-1] if self._done else None
        if isinstance(last, _Own) and last.before == after:
            return self._instead(self._desk.undo, last, self._done, self._undone)
        if self._undone and self._undone[-1].after == after:
            return self._instead(self._desk.redo, self._undone[-1], self._undone, self._done)
        before = {key: _state(entry) if entry else None for key, entry in self._sheet.before(edits).items()}
        changes = self._quietly(lambda: self._desk.do(write, self._sheet.source, edits))
        if changes is None:
            return False
        self._undone.clear()
        if isinstance(last, _Own) and last.seq == changes.seq:
            self._done[-1] = _Own(changes.seq, last.before, after)
        elif changes.seq is not None:
            self._done.append(_Own(changes.seq, before, after))
        self.take_over()
        return True

    def _instead(self, step: Callable[[], Changes | None], own: _Own, source: list[Any], target: list[Any]) -> bool:
        """Undo or redo one of our writes instead of writing what comes to the same."""
        source.pop()
        if self._quietly(step) is None:
            return False
        target.append(own)
        self.take_over()
        return not self._sheet.pending() or self.flush()

    def take_over(self) -> None:
        """Take note of what the study holds now."""
        source = self.source
        if source is not None:
            self._sheet.saved(source.entries, self.marks(source.key))

    def marks(self, source: str) -> Marks:
        """Find the passages of a source, by entry."""
        found: dict[str, list[Mark]] = {}
        for passage in self._desk.document.passages:
            if passage.source == source:
                for span in passage.spans:
                    found.setdefault(span.entry, []).append(Mark(passage.key, span.start, span.end))
        return {entry: tuple(marks) for entry, marks in found.items()}

    def _quietly(self, work: Callable[[], Changes | None]) -> Changes | None:
        self._writing = True
        try:
            return work()
        finally:
            self._writing = False

    def _changed(self, _changes: Changes) -> None:
        if self._writing or self._stepping:
            return
        self._undone.clear()
        if self._desk.study.redo_label:
            self._done.clear()
            self.overtaken.emit()
        else:
            self._done.append(_Other(self._steps()))
            self.marked.emit()


def _state(entry: Entry) -> Entry:
    return replace(entry, id=None)


def _key(edit: NotesEdit) -> str:
    return edit.key if isinstance(edit, RemoveEntry) else edit.entry.key
