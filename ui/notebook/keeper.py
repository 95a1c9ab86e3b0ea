"""Writes notes into the study while they are typed, and takes them back in the order in which things were done.

Undo has two depths that act as one: keystrokes are the editor's, actions are the study's. Both stand on one stack
here: our own writes, and between them marks where something else was done to the study. Ctrl+Z takes back keystrokes
down to the last mark, then what was done there, then keystrokes again. Where the editor comes back to what the study
held before one of our writes, that write is undone instead of written over, so that passages get back the words
they had lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from app.actions.elsewhere import Deed
from app.actions.notes import MoveEntry, RemoveEntry, SetEntry, key_of, write, write_original
from app.model.shifting import Mark
from ui.notebook.lines import entry_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from app.actions.notes import NotesEdit
    from app.actions.unit import Changes
    from app.model.source import Entry, Source
    from ui.desk import Desk
    from ui.notebook.sheet import Marks, Sheet

QUIET = 350  # ms after the last keystroke; half a second is promised
LATEST = 750  # ms after the first keystroke that is not saved; a second is promised
RETRY = 3_000  # ms after a failure


MOST = 60  # lines written at once; a long paste is written in several goes, so that typing goes on between them

State = dict[tuple[str, str], Any]  # of each line, by key: its entry without its id, and what it stands under


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
        self.author = ""  # whose own notes are shown, where they stand beside the interview's
        self.reason = ""  # why finished notes are changed
        self._desk = desk
        self._sheet = sheet
        self._steps = steps
        self._done: list[_Own | _Other] = []
        self._undone: list[_Own] = []
        self._writing = False
        self._stepping = False
        self._failed = False
        self._last = ""  # key of the line written last
        self._quiet = self._timer(QUIET)
        self._latest = self._timer(LATEST)
        self._retry = self._timer(RETRY)
        self._rest = self._timer(0)
        desk.changed.connect(self._changed)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self._go_on)
        return timer

    @property
    def source(self) -> Source | None:
        """The source shown, as the study holds it."""
        return next((each for each in self._desk.document.sources if each.key == self._sheet.source), None)

    @property
    def writing(self) -> bool:
        """Whether the change just told of is ours."""
        return self._writing

    def entries(self, source: Source) -> tuple[Entry, ...]:
        """Give the lines that are shown of a source: the interview's, or a note-taker's own."""
        if not self.author:
            return source.entries
        return tuple(entry_of(line) for line in source.originals if line.author == self.author)

    def forget(self) -> None:
        """Start anew: other notes are shown."""
        self._done.clear()
        self._undone.clear()
        self._failed = False
        self._last = ""
        for timer in (self._quiet, self._latest, self._retry, self._rest):
            timer.stop()

    def touched(self) -> None:
        """Take note of a keystroke."""
        self._quiet.start()
        if not self._latest.isActive():
            self._latest.start()
            if not self._failed:
                self.state.emit("waiting")

    def flush(self) -> bool:
        """Write all that is not yet written; False when it could not be, and then it is still on the sheet."""
        while self._write_some():
            pass
        return not self._failed

    def _go_on(self) -> None:
        """Write what is waiting, a part of it where it is much; the rest once the window had its turn."""
        if self._write_some():
            self._rest.start()

    def _write_some(self) -> bool:
        """Write some of what waits; True where more of it waits and can be written."""
        for timer in (self._quiet, self._latest, self._rest):
            timer.stop()
        edits = [] if self.source is None else self._next(self._sheet.pending(MOST))
        self._failed = bool(edits) and not self._write(edits)
        waits = self._sheet.pending(1) if edits and not self._failed else []
        if waits and waits[0] in edits:  # it did not become what is shown; asking again at once would go on for ever
            self.take_over()
            waits = self._sheet.pending(1)
            self._failed = bool(waits)
        if self._failed:
            self._retry.start()
            self.state.emit("failed")
            return False
        if waits:
            self.state.emit("waiting")  # some of it is on the medium, and was told to be
            return True
        self._retry.stop()
        self.state.emit("saved")
        return False

    def _next(self, edits: list[NotesEdit]) -> list[NotesEdit]:
        """Choose what is written in one action: the line written last goes on apart from those begun after it.

        What was cut off a line is written together with where it went, or a power cut between could lose it.
        """
        first = edits[0] if edits else None
        if len(edits) > 1 and isinstance(first, SetEntry) and first.entry.key == self._last:
            held = self._sheet.before([first])[self._last]
            if held is not None and first.entry.text.startswith(held.text):
                return [first]
        return edits

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
            self._quietly(partial(self._desk.undo, tell=False))
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
        after = _states(edits)
        last = self._done[-1] if self._done else None
        if isinstance(last, _Own) and last.before == after:
            return self._instead(partial(self._desk.undo, tell=False), last, self._done, self._undone)
        if self._undone and self._undone[-1].after == after:
            return self._instead(partial(self._desk.redo, tell=False), self._undone[-1], self._undone, self._done)
        before = self._states_before(edits)
        changes = self._quietly(lambda: self._do(edits))
        if changes is None:
            return False
        self._undone.clear()
        self._last = key_of(edits[-1])
        if isinstance(last, _Own) and last.seq == changes.seq:
            self._done[-1] = _Own(changes.seq, last.before, after)
        elif changes.seq is not None:
            self._done.append(_Own(changes.seq, before, after))
        self._took(edits)
        return True

    def unsaved(self) -> list[Deed]:
        """Give what is not yet written, for another file to be written into."""
        edits = [] if self.source is None else self._sheet.pending()
        return [self._deed(edits)] if edits else []

    def _deed(self, edits: list[NotesEdit]) -> Deed:
        if self.author:
            return Deed(write_original, (self._sheet.source, self.author, edits))
        return Deed(write, (self._sheet.source, edits), {"reason": self.reason})

    def _do(self, edits: list[NotesEdit]) -> Changes | None:
        deed = self._deed(edits)
        return self._desk.do(deed.action, *deed.args, **deed.kwargs)

    def _states_before(self, edits: Iterable[NotesEdit]) -> State:
        held = self._sheet.before(edits)
        state: State = {}
        for edit in edits:
            key = key_of(edit)
            if isinstance(edit, MoveEntry):
                state[key, "under"] = self._sheet.above(key)
            else:
                entry = held[key]
                state[key, "says"] = _state(entry) if entry else None
        return state

    def _took(self, edits: Sequence[NotesEdit]) -> None:
        """Take note of what was written, without going through all the notes."""
        source = self.source
        if source is not None:
            coded = any(getattr(edit, "codes", ()) for edit in edits)
            self._sheet.wrote(edits, self.entries(source), self.marks(source.key) if coded else {})

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
            self._sheet.saved(self.entries(source), self.marks(source.key))

    def marks(self, source: str) -> Marks:
        """Find the passages of a source, by entry."""
        found: dict[str, list[Mark]] = {}
        for passage in self._desk.document.passages if not self.author else ():
            if passage.source == source:
                for span in passage.spans:
                    found.setdefault(span.entry, []).append(Mark(passage.key, span.start, span.end, span.whole))
        return {entry: tuple(sorted(marks, key=_in_line)) for entry, marks in found.items()}

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


def _in_line(mark: Mark) -> tuple[int, int, str]:
    return mark.start, mark.end, mark.passage


def _states(edits: Iterable[NotesEdit]) -> State:
    """Tell what the study will hold of each line edited."""
    state: State = {}
    for edit in edits:
        if isinstance(edit, MoveEntry):
            state[edit.key, "under"] = edit.after
        else:
            state[key_of(edit), "says"] = None if isinstance(edit, RemoveEntry) else _state(edit.entry)
    return state


def _state(entry: Entry) -> Entry:
    return replace(entry, id=None)
