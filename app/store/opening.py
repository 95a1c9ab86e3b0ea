"""Create and open study files: the checks, in order, each with its own error, the file untouched when one fails."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as sqlcipher

from app.store import inspection
from app.store.connection import check_key, connect, settle
from app.store.errors import (
    Damaged,
    NewerVersion,
    NotAStudy,
    OlderVersion,
    ReadOnlyMedium,
    StudyExists,
    StudyMissing,
    Truncated,
)
from app.store.key import key_pragma, require_usable
from app.store.lock import WriterLock
from app.store.study_file import Holder, StudyFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

APPLICATION_ID = 0x46514C4C  # "FQLL"
SCHEMA_VERSION = 1  # kept in the file as user_version; the number of the newest migration


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
    """
    require_usable(passphrase)
    if path.exists():
        raise StudyExists(f"{path.name} exists already; choose another name.")
    draft = path.with_name(f"{path.name}.part")
    try:
        inspection.remove_study(draft)
        with contextlib.closing(connect(draft)) as connection:
            _build(connection, passphrase, fill)
        if inspection.is_plaintext(draft):
            raise NotAStudy(f"{path.name} would have been written without encryption; nothing was kept.")
        inspection.flush_to_disk(draft)
        draft.replace(path)
    except sqlcipher.OperationalError as problem:
        raise ReadOnlyMedium(f"{path.name} can't be written in this folder ({problem}); choose another.") from None
    except OSError as problem:
        raise ReadOnlyMedium(
            f"{path.name} can't be written here ({problem.strerror}); choose another folder."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            inspection.remove_study(draft)


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
        read_only: never write; also opens a file on a medium that can't be written.
        on_upgrade: given the connection and the version the file had, inside the migration's transaction.

    Raises:
        StudyMissing, NotAStudy, Truncated, WrongPassphrase, NewerVersion, Damaged: as their names say.
        OlderVersion: it must be migrated first, and `read_only` forbids it.
        ReadOnlyMedium: the file or its folder can't be written, or a log beside it can't be read back.
    """
    if not path.is_file():
        raise StudyMissing(f"There is no file {path.name} in {path.parent.name or 'this folder'}.")
    inspection.require_study_like(path)
    writable = inspection.is_writable(path)
    if not writable and not read_only:
        raise ReadOnlyMedium(f"{path.name} can't be written here; open it for reading, or copy it to another folder.")
    if not writable and inspection.has_log(path):
        raise ReadOnlyMedium(
            f"{path.name} was not closed, and can't be completed on a read-only medium; copy it first."
        )
    lock = WriterLock(path)
    mine = not read_only and lock.take()
    connection = None
    try:
        connection = connect(path, immutable=not writable)
        check_key(connection, path, passphrase)
        _require_ours(connection, path)
        settle(connection, reading=not mine)
        _bring_up_to_date(connection, path, on_upgrade, may_write=mine)
        held_by = "" if mine or read_only else _held_by(connection, path.name)
    except BaseException:
        if connection is not None:
            connection.close()
        lock.release()
        raise
    return StudyFile(path, connection, lock=lock if mine else None, held_by=held_by)


def _require_ours(connection: Any, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotAStudy(f"{path.name} is an encrypted database, but not a study.")
    if _version(connection) > SCHEMA_VERSION:
        raise NewerVersion(f"{path.name} was written by a newer Fieldquill; open it with that version or a later one.")
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    if pages * inspection.PAGE > path.stat().st_size and not inspection.has_log(path):
        raise Truncated(f"{path.name} breaks off before its end; restore it from a backup or copy it again.")
    try:
        connection.execute("SELECT count(*) FROM study").fetchone()
    except sqlcipher.DatabaseError as problem:
        raise Damaged(f"{path.name} is damaged: {problem}. Restore it from a backup.") from None


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
