"""One writer at a time: an operating-system lock beside the study file, let go however the process ends."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from pathlib import Path

# Which files this process has open. It is the operating system's state, not ours: on POSIX, when a process opens a file
# once more and closes it, all its locks on that file are gone, SQLite's too, and another process may take the log away.
_open_here: Counter[Path] = Counter()


def is_open_here(path: Path) -> bool:
    """Whether this process has a study open, so that only SQLite may open the file again."""
    return _open_here[path] > 0


def opened(path: Path) -> None:
    """Note that this process has opened a study; `path` is resolved."""
    _open_here[path] += 1


def closed(path: Path) -> None:
    """Note that this process has closed a study it had opened."""
    _open_here[path] -= 1


class WriterLock:
    """The right to write one study file; the lock file holds nothing."""

    def __init__(self, study: Path) -> None:
        self._file = study.with_name(f"{study.name}-lock")
        self._lock = FileLock(self._file, thread_local=False)

    def take(self) -> bool:
        """Try to become the writer, without waiting.

        Raises:
            OSError: the folder can't be written.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def release(self) -> None:
        """Let another become the writer."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):  # another system may not remove an open file; the lock goes all the same
                self._file.unlink()
            self._lock.release()
