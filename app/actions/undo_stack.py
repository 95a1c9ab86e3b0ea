"""What can be undone and redone, worked out from the audit trail, so that it survives closing the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.model.read import Connection


class UndoStack:
    """The actions done and not taken back, and those taken back and not done again, newest last."""

    def __init__(self, connection: Connection) -> None:
        self._done: list[tuple[int, str]] = []
        self._undone: list[tuple[int, str]] = []
        query = "SELECT seq, label, undoable, undoes, redoes FROM audit ORDER BY seq"
        for seq, label, undoable, undoes, redoes in connection.execute(query):
            if undoable:
                self.note(seq, label, undoes=undoes, redoes=redoes)
            else:  # nothing before an import or an upgrade can be taken back: it is the study's new beginning
                self._done.clear()
                self._undone.clear()

    @property
    def to_undo(self) -> int | None:
        """The number of the action to take back next."""
        return self._done[-1][0] if self._done else None

    @property
    def to_redo(self) -> int | None:
        """The number of the action to do again next."""
        return self._undone[-1][0] if self._undone else None

    @property
    def undo_label(self) -> str:
        """What is to be taken back next; empty when nothing."""
        return self._done[-1][1] if self._done else ""

    @property
    def redo_label(self) -> str:
        """What is to be done again next; empty when nothing."""
        return self._undone[-1][1] if self._undone else ""

    def note(self, seq: int, label: str, *, undoes: int | None = None, redoes: int | None = None) -> None:
        """Take account of an action just written."""
        if undoes is not None:
            self._undone.append(self._done.pop())
        elif redoes is not None:
            self._done.append(self._undone.pop())
        else:
            self._undone.clear()
            if self._done and self._done[-1][0] == seq:  # the action went on
                self._done.pop()
            self._done.append((seq, label))
