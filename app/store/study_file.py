"""An open study file: the one SQLCipher connection a study is read and written by, until it is closed."""

from __future__ import annotations

import contextlib
import os
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as sqlcipher

from app.store import inspection
from app.store.connection import check_key, connect
from app.store.errors import OpenedReadOnly, StudyExists
from app.store.key import key_pragma, require_usable

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

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

    def __init__(self, path: Path, connection: Any, *, lock: WriterLock | None, held_by: str = "") -> None:
        self.path = path
        self.connection = connection
        self.held_by = held_by
        self._lock = lock

    @property
    def read_only(self) -> bool:
        """Whether this opener may only read."""
        return self._lock is None

    def hold(self, who: str, now: datetime) -> None:
        """Leave word of who is writing, for whoever opens the file next."""
        if not self.read_only:
            self.connection.execute(
                "INSERT OR REPLACE INTO holder (only, who, host, process, since) VALUES (1, ?, ?, ?, ?)",
                (who, platform.node(), os.getpid(), now.isoformat(timespec="seconds")),
            )

    def change_passphrase(self, current: str, new: str) -> None:
        """Encrypt the whole file anew; backups made before keep the passphrase they were made under.

        Raises:
            WrongPassphrase: `current` does not open the file.
            WeakPassphrase: `new` can't be used.
            OpenedReadOnly: this window may only read.
        """
        if self.read_only:
            raise OpenedReadOnly(f"{self.path.name} is open for reading only, so its passphrase can't be changed.")
        require_usable(new)
        self.require_passphrase(current)
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.execute(key_pragma("rekey", new))
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def require_passphrase(self, passphrase: str) -> None:
        """Check a passphrase against the open file, as when it was locked on screen.

        Raises:
            WrongPassphrase: it does not open the file.
        """
        with contextlib.closing(connect(self.path)) as other:
            check_key(other, self.path, passphrase)

    def copy_to(self, target: Path) -> None:
        """Write a copy of the study as it stands, under the same passphrase, complete or not at all.

        Raises:
            StudyExists: there is a file at `target`.
            OSError: the copy can't be written.
        """
        if target.exists():
            raise StudyExists(f"{target.name} exists; choose another name.")
        draft = target.with_name(f"{target.name}.part")
        inspection.remove_study(draft)
        self.connection.execute("VACUUM INTO ?", (str(draft),))
        inspection.flush_to_disk(draft)
        draft.replace(target)

    def close(self) -> None:
        """Write everything back into the one file, and let others write it."""
        if self._lock is not None:
            with contextlib.suppress(sqlcipher.Error):  # a full disk: the log stays beside the file, whole
                self.connection.execute("DELETE FROM holder")
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None
