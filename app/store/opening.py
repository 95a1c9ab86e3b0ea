"""Create and open study files: the checks, in order, each with its own error, the file untouched when one fails."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from app.store import inspection
from app.store.cipher import sqlcipher
from app.store.connection import Mode, check_key, connect, settle
from app.store.errors import (
    NewerVersion,
    NotAStudy,
    OlderVersion,
    ReadOnlyMedium,
    StudyExists,
    StudyMissing,
    Unreadable,
)
from app.store.failures import CANNOT_OPEN, code_of, unread, unwritten
from app.store.key import key_pragma, require_usable
from app.store.lock import WriterLock, is_open_here
from app.store.study_file import Holder, StudyFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

APPLICATION_ID = 0x46514C4C  # "FQLL"
SCHEMA_VERSION = 6  # kept in the file as user_version; the number of the newest migration


def create(path: Path, passphrase: str, fill: Callable[[Any], None]) -> None:
    """Make a new study file, complete or not at all.

    Args:
        path: where; must not exist.
        passphrase: at least eight characters.
        fill: builds the schema and writes the first content through the connection it is given.

    Raises:
        StudyExists: there is a file at `path`.
        WeakPassphrase: the passphrase can't be used.
        ReadOnlyMedium: the folder can't be written.
        NotWritten: the medium is full, or fails.
    """
    require_usable(passphrase)
    draft = path.with_name(f"{path.name}.{uuid4().hex[:8]}.part")
    try:
        _require_free(path)
        with contextlib.closing(connect(draft, "new")) as connection:
            _build(connection, passphrase, fill)
        if inspection.is_plaintext(draft):
            raise NotAStudy(f"{path.name} would have been written without encryption; nothing was kept.")
        _require_free(path)
        inspection.put_in_place(draft, path)
    except sqlcipher.Error as problem:
        if code_of(problem) == CANNOT_OPEN:
            raise ReadOnlyMedium(f"{path.name} can't be written in this folder; choose another.") from None
        raise unwritten(problem, path.name, "the study") from None
    except OSError as problem:
        raise ReadOnlyMedium(
            f"{path.name} can't be written here ({problem.strerror}); choose another folder."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            inspection.remove_study(draft)


def _require_free(path: Path) -> None:
    if path.exists():
        raise StudyExists(f"{path.name} exists already; choose another name.")


def _build(connection: Any, passphrase: str, fill: Callable[[Any], None]) -> None:
    connection.execute(key_pragma("key", passphrase))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    settle(connection, reading=False)
    fill(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def open_study(
    path: Path,
    passphrase: str,
    *,
    read_only: bool = False,
    on_upgrade: Callable[[Any, int], None] | None = None,
) -> StudyFile:
    """Open a study file: for writing, unless somebody else writes it or `read_only` is asked for.

    Args:
        path: the study file.
        passphrase: what it was created with, or was changed to since.
        read_only: change nothing, also on a medium that can't be written. What a window that was killed had saved in
            its log may still be written back into the file.
        on_upgrade: given the connection and the version the file had, inside the migration's transaction.

    Raises:
        StudyMissing, NotAStudy, Truncated, WrongPassphrase, NewerVersion, Damaged: as their names say.
        Unreadable: the file can't be read just now.
        OlderVersion: it must be migrated first, and `read_only` forbids it.
        ReadOnlyMedium: the file or its folder can't be written, or a log beside it can't be read back.
    """
    path, mode = _inspect(path, read_only=read_only)
    with contextlib.ExitStack() as on_failure:
        lock = None if read_only else _writer_lock(path)
        if lock:
            on_failure.callback(lock.release)
        connection = _connect(path, mode)
        on_failure.callback(connection.close)
        try:
            check_key(connection, path, passphrase)
            _require_ours(connection, path)
            settle(connection, reading=lock is None)
            if mode == "old":
                _write_log_back(connection)
            _bring_up_to_date(connection, path, on_upgrade, may_write=lock is not None)
            held_by = "" if lock or read_only else _held_by(connection, path.name)
        except sqlcipher.Error as problem:
            raise unread(problem, path.name, connection) from None
        on_failure.pop_all()
    return StudyFile(path, connection, mode=mode, lock=lock, held_by=held_by)


def require_study(path: Path) -> Path:
    """Refuse, before any passphrase, what can't be a study; gives the file's one true path, which the lock goes by.

    Raises:
        StudyMissing, NotAStudy, Truncated: as their names say.
        Unreadable: the file can't be read just now.
    """
    try:
        if path.is_dir():
            raise NotAStudy(f"{path.resolve().name or path} is a folder, not a study.")
        if not path.is_file():
            raise StudyMissing(f"There is no file {path.name} in {path.parent.name or 'this folder'}.")
        path = path.resolve()
        if not is_open_here(path):
            inspection.require_study_like(path)
    except OSError as problem:
        raise Unreadable(f"{path.name} can't be read ({problem.strerror}).") from None
    return path


def _inspect(path: Path, *, read_only: bool) -> tuple[Path, Mode]:
    """Check the file from outside; gives its one true path and how to open it."""
    path = require_study(path)
    if inspection.is_writable(path):
        return path, "old"
    if not read_only:
        raise ReadOnlyMedium(f"{path.name} can't be written here; open it for reading, or copy it to another folder.")
    if inspection.has_log(path):
        raise ReadOnlyMedium(
            f"{path.name} was not closed, and can't be completed on a read-only medium; copy it first."
        )
    return path, "immutable"


def _connect(path: Path, mode: Mode) -> Any:
    try:
        return connect(path, mode)
    except sqlcipher.Error as problem:
        raise unread(problem, path.name, None) from None


def _writer_lock(path: Path) -> WriterLock | None:
    """Become the writer; None where somebody else is."""
    lock = WriterLock(path)
    try:
        return lock if lock.take() else None
    except OSError as problem:
        raise ReadOnlyMedium(
            f"{path.name} can't be locked for writing here ({problem.strerror}); open it for reading."
        ) from None


def _require_ours(connection: Any, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotAStudy(f"{path.name} is an encrypted database, but not a study.")
    if _version(connection) > SCHEMA_VERSION:
        raise NewerVersion(f"{path.name} was written by a newer Fieldquill; open it with that version or a later one.")


def _write_log_back(connection: Any) -> None:
    """Bring what a killed window left in its log into the file: its pages may be under an older passphrase yet."""
    with contextlib.suppress(sqlcipher.Error):  # the log is as good
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def _version(connection: Any) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _bring_up_to_date(
    connection: Any, path: Path, on_upgrade: Callable[[Any, int], None] | None, *, may_write: bool
) -> None:
    version = _version(connection)
    if version == SCHEMA_VERSION:
        return
    if not may_write:
        raise OlderVersion(
            f"{path.name} was written by an older Fieldquill; open it for writing once to bring it up to date."
        )
    from app.store import migrate

    migrate.upgrade(connection, path, version, on_upgrade)


def _held_by(connection: Any, name: str) -> str:
    row = connection.execute("SELECT who, host, process, since FROM holder").fetchone()
    if row is None:
        return f"{name} is open for reading only: another window has it open."
    return Holder(*row).sentence(name)
