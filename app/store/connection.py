"""A connection to SQLCipher with the settings every study is opened by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from app.store.cipher import sqlcipher
from app.store.errors import WrongPassphrase
from app.store.failures import CORRUPT, NOT_A_DATABASE, code_of, damaged_page, unread
from app.store.inspection import PAGE, has_log, truncated
from app.store.key import key_pragma

if TYPE_CHECKING:
    from pathlib import Path

Mode = Literal["new", "old", "immutable"]
KEPT_READY = 4  # statements; see `connect`
_FLAGS: dict[Mode, str] = {"new": "mode=rwc", "old": "mode=rw", "immutable": "mode=ro&immutable=1"}


def connect(path: Path, mode: Mode = "old") -> Any:
    """Open a connection without a key; transactions are begun by hand.

    It keeps few statements ready: they hold the little memory that SQLite has at hand for small things, and without it
    each of these is taken from the system, locked, wiped and given back. Writing much took up to seven times as long.

    Args:
        path: the study file.
        mode: "new" makes the file; "old" wants it there; "immutable" promises SQLite that nobody writes the medium,
            so that it needs no files beside the study.
    """
    uri = f"{path.resolve().as_uri()}?{_FLAGS[mode]}"
    connection = sqlcipher.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5, cached_statements=KEPT_READY
    )
    connection.execute("PRAGMA cipher_log_level = none")
    guard_memory(connection)
    return connection


def guard_memory(connection: Any) -> None:
    """Have SQLCipher wipe what it frees and keep all it uses from being swapped out, in the process, until its end."""
    connection.execute("PRAGMA cipher_memory_security = ON")


def check_key(connection: Any, path: Path, passphrase: str) -> None:
    """Hand over the passphrase and read the first page with it; derives the key, which takes a tenth of a second.

    Raises:
        WrongPassphrase: no page can be read with it.
        Truncated: each page there is can be read, but not all are there.
        Damaged: other pages can be read with it, but not the first one, or not the list of tables.
        Unreadable: something stands in the way just now.
    """
    connection.execute(key_pragma("key", passphrase))
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as problem:
        code = code_of(problem)
        if code == NOT_A_DATABASE and not _opens_other_pages(connection, path):
            raise WrongPassphrase(f"That passphrase does not open {path.name}.") from None
        if code == CORRUPT and not damaged_page(connection) and not has_log(path):
            raise truncated(path) from None
        raise unread(problem, path.name, connection) from None


def _opens_other_pages(connection: Any, path: Path) -> bool:
    """Whether it is the first page that is damaged; can't be told while a log holds pages under a newer passphrase."""
    if has_log(path):
        return False
    refused = len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    return 0 < refused < path.stat().st_size // PAGE


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
