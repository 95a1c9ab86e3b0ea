"""An open study file: the one SQLCipher connection a study is read and written by, until it is closed."""

from __future__ import annotations

import contextlib
import os
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from app.store import inspection
from app.store.cipher import sqlcipher
from app.store.connection import check_key, connect, settle
from app.store.errors import NotWritten, OpenedReadOnly, StudyExists, WrongPassphrase
from app.store.failures import unread, unwritten
from app.store.key import key_pragma, require_usable
from app.store.lock import closed, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from app.store.connection import Mode
    from app.store.lock import WriterLock


@dataclass(frozen=True)
class Holder:
    """Who has a study open for writing; `who` is a name from the study, `since` UTC."""

    who: str
    host: str
    process: int
    since: str

    def sentence(self, name: str) -> str:
        """Say who holds the file `name`, and what that means here."""
        who = self.who or "another window"
        where = "on this computer" if self.host == platform.node() else f"on {self.host}"
        since = f"{self.since[11:16]} UTC on {self.since[:10]}"
        return f"{name} is open for reading only: {who} has had it open {where} since {since} (process {self.process})."


class StudyFile:
    """An open study file.

    A second opener reads only: `read_only` is then true, and `held_by` says why in a sentence.
    """

    def __init__(
        self, path: Path, connection: Any, *, lock: WriterLock | None, mode: Mode = "old", held_by: str = ""
    ) -> None:
        self.path = path
        self.connection = connection
        self.held_by = held_by
        self._lock = lock
        self._mode = mode
        self._open = True
        opened(path)

    @property
    def read_only(self) -> bool:
        """Whether this opener may only read."""
        return self._lock is None

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Read the study as it stands now, whatever another window writes meanwhile.

        Raises:
            Damaged: a page is not what was written.
            Unreadable: something stands in the way just now.
        """
        try:
            self.connection.execute("BEGIN")
            yield
        except sqlcipher.DatabaseError as problem:
            raise unread(problem, self.path.name, self.connection) from None
        finally:
            with contextlib.suppress(sqlcipher.Error):
                self.connection.execute("ROLLBACK")

    def hold(self, who: str, now: datetime) -> None:
        """Leave word of who is writing, for whoever opens the file next; it is no matter when that fails."""
        if self.read_only:
            return
        with contextlib.suppress(sqlcipher.Error):
            self.connection.execute(
                "INSERT OR REPLACE INTO holder (only, who, host, process, since) VALUES (1, ?, ?, ?, ?)",
                (who, platform.node(), os.getpid(), now.isoformat(timespec="seconds")),
            )

    def change_passphrase(self, current: str, new: str) -> None:
        """Encrypt the whole file anew, in one transaction; backups made before keep the passphrase they had.

        Another connection does it, since one on which it fails would write pages that nobody can read; `connection`
        is a new one afterwards.

        Raises:
            WrongPassphrase: `current` does not open the file.
            WeakPassphrase: `new` can't be used.
            OpenedReadOnly: this window may only read.
            NotWritten: there is no room for it, say; the passphrase is as it was.
        """
        if self.read_only:
            raise OpenedReadOnly(f"{self.path.name} is open for reading only, so its passphrase can't be changed.")
        require_usable(new)
        with contextlib.closing(connect(self.path)) as other:
            check_key(other, self.path, current)
            try:
                settle(other, reading=False)
                other.execute(key_pragma("rekey", new)).fetchone()
            except sqlcipher.Error as problem:
                raise unwritten(problem, self.path.name, "the new passphrase") from None
        self._reconnect(new)

    def _reconnect(self, passphrase: str) -> None:
        """Go over to a connection with the new passphrase; SQLCipher does not say when it could not change it."""
        renewed = connect(self.path)
        try:
            check_key(renewed, self.path, passphrase)
            settle(renewed, reading=False)
        except (sqlcipher.Error, WrongPassphrase):
            renewed.close()
            name = self.path.name
            raise NotWritten(
                f"{name} keeps the passphrase it had: is the medium full? Free some space, try again."
            ) from None
        self.connection.close()
        self.connection = renewed
        with contextlib.suppress(sqlcipher.Error):  # it is in the log, which is as good
            renewed.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def require_passphrase(self, passphrase: str) -> None:
        """Check a passphrase against the open file, as when it was locked on screen.

        Raises:
            WrongPassphrase: it does not open the file.
        """
        with contextlib.closing(connect(self.path, self._mode)) as other:
            check_key(other, self.path, passphrase)

    def copy_to(self, target: Path) -> None:
        """Write a copy of the study as it stands, under the same passphrase, complete or not at all.

        Raises:
            StudyExists: there is a file at `target`.
            NotWritten: the copy can't be written.
        """
        if target.exists():
            raise StudyExists(f"{target.name} exists; choose another name.")
        draft = target.with_name(f"{target.name}.{uuid4().hex[:8]}.part")
        try:
            self.connection.execute("PRAGMA query_only = OFF")  # a copy does not write the study itself
            self.connection.execute("VACUUM INTO ?", (str(draft),))
            inspection.put_in_place(draft, target)
        except (sqlcipher.Error, OSError) as problem:
            raise unwritten(problem, target.name, "the copy") from None
        finally:
            self.connection.execute(f"PRAGMA query_only = {'ON' if self.read_only else 'OFF'}")
            with contextlib.suppress(OSError):
                inspection.remove_study(draft)

    def close(self) -> None:
        """Write everything back into the one file, and let others write it."""
        if not self._open:
            return
        self._open = False
        if self._lock is not None:
            with contextlib.suppress(sqlcipher.Error):  # a full disk: the log stays beside the file, whole
                self.connection.execute("DELETE FROM holder")
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self.connection.close()
        closed(self.path)
        if self._lock is not None:
            self._lock.release()
            self._lock = None
