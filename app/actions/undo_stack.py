"""What can be undone and redone, worked out from the audit trail, so that it survives closing the study."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.model.read import Connection


class Done(NamedTuple):
    """An action in the audit trail: its number, what it is called, and the key of whoever did it."""

    seq: int
    label: str
    who: str


class UndoStack:
    """The actions done and not taken back, and those taken back and not done again, newest last."""

    def __init__(self, connection: Connection) -> None:
        self._done: list[Done] = []
        self._undone: list[Done] = []
        query = "SELECT seq, label, who, undoable, undoes, redoes FROM audit ORDER BY seq"
        for seq, label, who, undoable, undoes, redoes in connection.execute(query):
            if undoable:
                self.note(Done(seq, label, who), undoes=undoes, redoes=redoes)
            else:  # nothing before an import or an upgrade can be taken back: it is the study's new beginning
                self._done.clear()
                self._undone.clear()

    @property
    def to_undo(self) -> Done | None:
        """The action to take back next."""
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> Done | None:
        """The action to do again next."""
        return self._undone[-1] if self._undone else None

    def note(self, done: Done, *, undoes: int | None = None, redoes: int | None = None) -> None:
        """Take account of an action just written."""
        if undoes is not None:
            self._undone.append(self._done.pop())
        elif redoes is not None:
            self._done.append(self._undone.pop())
        else:
            self._undone.clear()
            if self._done and self._done[-1].seq == done.seq:  # the action went on
                self._done.pop()
            self._done.append(done)
