"""A connection to SQLCipher with the settings every study is opened by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as sqlcipher

from app.store.errors import Damaged, WrongPassphrase
from app.store.key import key_pragma

if TYPE_CHECKING:
    from pathlib import Path

_NOT_A_DATABASE = "file is not a database"


def connect(path: Path, *, immutable: bool = False) -> Any:
    """Open a connection without a key; transactions are begun by hand.

    Args:
        path: the study file; made when it does not exist.
        immutable: promise SQLite that nobody writes the medium, so that it needs no files beside the study.
    """
    uri = path.resolve().as_uri() + ("?mode=ro&immutable=1" if immutable else "")
    connection = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5)
    connection.execute("PRAGMA cipher_log_level = none")
    connection.execute("PRAGMA cipher_memory_security = ON")
    return connection


def check_key(connection: Any, path: Path, passphrase: str) -> None:
    """Hand over the passphrase and read the first page with it; derives the key, which takes a tenth of a second.

    Raises:
        WrongPassphrase: the first page can't be read with it.
        Damaged: it is the right one, but the file can't be read.
    """
    connection.execute(key_pragma("key", passphrase))
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as problem:
        if _NOT_A_DATABASE in str(problem):
            raise WrongPassphrase(f"That passphrase does not open {path.name}.") from None
        raise Damaged(f"{path.name} is damaged: {problem}. Restore it from a backup.") from None


def settle(connection: Any, *, reading: bool) -> None:
    """Apply the settings a study is read and written by.

    Args:
        connection: keyed.
        reading: refuse every change on this connection.
    """
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    if reading:
        connection.execute("PRAGMA query_only = ON")
        return
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
