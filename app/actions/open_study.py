"""An open study: the document as it stands, and the one way to change it, take back a change and do it again."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self
from uuid import uuid4

import msgspec

from app.actions.errors import NothingToUndoError, RefusedError, refusal
from app.actions.undo_stack import Done, UndoStack
from app.analysis.ballots import is_secret
from app.analysis.blind import hidden_from, seen_by
from app.model.patch import kinds_of, patched
from app.model.read import read_document
from app.store.errors import Damaged, OpenedReadOnly
from app.store.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from app.actions.audit import RowChange
    from app.actions.unit import Changes, Unit
    from app.model.document import StudyDocument
    from app.store.study_file import StudyFile

P = ParamSpec("P")


def _now() -> datetime:
    return datetime.now(UTC)


class OpenStudy:
    """A study, open for one person at a time.

    SQLAlchemy is imported with the first change: reading does without it.
    """

    def __init__(self, file: StudyFile, *, clock: Callable[[], datetime] = _now) -> None:
        self.file = file
        self.who = ""
        self._clock = clock
        self._sitting = str(uuid4())
        self._engine: Engine | None = None
        self._engine_is_on: Any = None
        self._stack: UndoStack | None = None
        self._seen: tuple[StudyDocument, str, StudyDocument] | None = None
        self._revealed: tuple[StudyDocument, StudyDocument] | None = None
        self.document: StudyDocument = _read(file)

    @classmethod
    def open(
        cls, path: Path, passphrase: str, *, read_only: bool = False, clock: Callable[[], datetime] = _now
    ) -> OpenStudy:
        """Open a study file; see `app.store.opening.open_study` for what can go wrong.

        A page that is damaged, or a row changed past the program so that it can't be read, is found here too (Damaged).
        """
        from app.actions.upgrade import note_upgrade

        file = open_study(path, passphrase, read_only=read_only, on_upgrade=note_upgrade)
        try:
            study = cls(file, clock=clock)
            file.hold("", clock())
        except BaseException:
            file.close()
            raise
        return study

    def close(self) -> None:
        """Let the file go."""
        self.file.close()

    def __enter__(self) -> Self:
        """Use the study in a `with` block that closes it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the study."""
        self.close()

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.file.path

    @property
    def seen(self) -> StudyDocument:
        """The study as whoever is working may see its codings and answers."""
        if self._seen is None or self._seen[0] is not self.document or self._seen[1] != self.who:
            self._seen = (self.document, self.who, seen_by(self.document, self.who))
        return self._seen[2]

    @property
    def revealed(self) -> StudyDocument:
        """What is seen, without answers that are not revealed yet: none of them is printed, whoever prints."""
        seen = self.seen
        if not any(is_secret(ballot) for ballot in seen.ballots):
            return seen
        if self._revealed is None or self._revealed[0] is not seen:
            answers = seen_by(self.document, "").answers
            self._revealed = (seen, msgspec.structs.replace(seen, answers=answers))
        return self._revealed[1]

    @property
    def read_only(self) -> bool:
        """Whether this opener may only read."""
        return self.file.read_only

    @property
    def held_by(self) -> str:
        """A sentence on who holds the file, where that is why it can only be read; else empty."""
        return self.file.held_by

    def work_as(self, assessor: str) -> None:
        """Say which assessor is working; the audit trail and other windows are told."""
        names = {known.key: known.name for known in self.document.assessors}
        self.who = assessor if assessor in names else ""
        self.file.hold(names.get(assessor, ""), self._clock())

    # Changing

    def do(self, action: Callable[Concatenate[Unit, P], str], /, *args: P.args, **kwargs: P.kwargs) -> Changes:
        """Run an action in a transaction of its own.

        Args:
            action: one of the functions of `app.actions`; returns its label for people.
            args: for the action.
            kwargs: for the action.

        Raises:
            ActionError: it was refused; nothing changed.
            NotWritten: it could not be written; nothing changed.
            OpenedReadOnly: this window may only read.
        """
        name = f"{action.__module__.removeprefix('app.actions.')}.{action.__name__}"
        return self._commit(lambda unit: action(unit, *args, **kwargs), name)

    def undo(self) -> Changes:
        """Take back the last action that has not been taken back.

        Raises:
            NothingToUndoError: there is none.
        """
        done = self._undo_stack().to_undo
        if done is None:
            raise NothingToUndoError("There is nothing to undo.")
        self._require_seen(done)
        return self._replay(done.seq, "undo", undoes=done.seq)

    def redo(self) -> Changes:
        """Do again the last action that was taken back.

        Raises:
            NothingToUndoError: there is none.
        """
        done = self._undo_stack().to_redo
        if done is None:
            raise NothingToUndoError("There is nothing to redo.")
        self._require_seen(done)
        return self._replay(done.seq, "redo", redoes=done.seq)

    @property
    def undo_label(self) -> str:
        """What `undo` would take back; empty when nothing, or what whoever works must not see."""
        return self._label(self._undo_stack().to_undo)

    @property
    def redo_label(self) -> str:
        """What `redo` would do again; empty when nothing, or what whoever works must not see."""
        return self._label(self._undo_stack().to_redo)

    def _label(self, done: Done | None) -> str:
        return "" if done is None or done.who in hidden_from(self.document, self.who) else done.label

    def _require_seen(self, done: Done) -> None:
        """Refuse to take back, or do again, what somebody did whose work is not to be seen: its label would tell."""
        if done.who in hidden_from(self.document, self.who):
            raise NothingToUndoError(
                "The last change is another assessor's: while you work hidden from one another, "
                "each takes back only their own."
            )

    def _undo_stack(self) -> UndoStack:
        if self._stack is None:
            with self.file.reading():
                self._stack = UndoStack(self.file.connection)
        return self._stack

    def _replay(self, seq: int, name: str, *, undoes: int | None = None, redoes: int | None = None) -> Changes:
        from app.actions import trail

        def again(unit: Unit) -> str:
            changes = trail.changes_of(unit.connection, seq)
            unit.restore(changes if undoes is None else [change.turned_round() for change in changes])
            return f"{name.capitalize()}: {trail.label_of(unit.connection, seq)}"

        return self._commit(again, name, undoes=undoes, redoes=redoes)

    def _commit(
        self, work: Callable[[Unit], str], name: str, *, undoes: int | None = None, redoes: int | None = None
    ) -> Changes:
        from app.actions import trail
        from app.actions.audit import squeezed
        from app.actions.bulk import without_collecting
        from app.actions.unit import Changes
        from app.search import index

        with without_collecting():
            with self._writing() as unit:
                label = work(unit)
                changes = squeezed(unit.changes)
                seq = None
                if changes:
                    fields = trail.describe(
                        unit.now,
                        name,
                        label,
                        who=self.who,
                        subject=f"{changes[0].table}/{changes[0].row}",
                        sitting=self._sitting,
                        merge_key=unit.merge_key,
                        undoable=True,
                        undoes=undoes,
                        redoes=redoes,
                    )
                    seq = trail.record(unit.connection, fields, changes, keep_rows=True)
                    index.note(unit.connection, changes)
            if seq is None:
                return Changes(None, label, frozenset(), frozenset())
            self._undo_stack().note(Done(seq, label, self.who), undoes=undoes, redoes=redoes)
            return self._refreshed(seq, label, changes)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Unit]:
        if self.read_only:
            raise OpenedReadOnly(f"{self.path.name} is open for reading only, so nothing in it can be changed.")
        from sqlalchemy import exc

        from app.actions.unit import Unit
        from app.store.engine import engine_on, transaction

        if self._engine is None or self._engine_is_on is not self.file.connection:
            self._engine_is_on = self.file.connection
            self._engine = engine_on(self._engine_is_on)
        try:
            with transaction(self._engine, self.path.name) as connection:
                yield Unit(connection, now=self._clock(), who=self.who, sitting=self._sitting)
        except exc.IntegrityError as problem:
            raise RefusedError(refusal(str(problem.orig))) from None

    def _refreshed(self, seq: int, label: str, changes: list[RowChange]) -> Changes:
        from app.actions.unit import Changes

        with self.file.reading():
            self.document = patched(self.document, self.file.connection, changes)
        touched = frozenset((row.table, str((row.after or row.before or {}).get("key", row.row))) for row in changes)
        return Changes(seq, label, frozenset(kind for row in changes for kind in kinds_of(row)), touched)


def _read(file: StudyFile) -> StudyDocument:
    try:
        with file.reading():
            return read_document(file.connection)
    except (msgspec.ValidationError, KeyError):  # a row no action writes; what it says is not quoted
        raise Damaged(f"{file.path.name} was changed past the program and can't be read; verify says where.") from None
