"""Look at a file from outside, before any passphrase: is it a study, is it whole, can it be written."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from app.store.errors import NotAStudy, Truncated

if TYPE_CHECKING:
    from pathlib import Path

PAGE = 4096  # bytes, SQLCipher 4's default
_OTHER_FORMATS = (
    b"SQLite format 3\0",
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x1f\x8b\x08",
    b"age-encryption",
)
_EMPTY_RUN = re.compile(rb"\0{8}|\xff{8}")  # one in 10^16 encrypted pages has either


def require_study_like(path: Path) -> None:
    """Refuse what can't be an encrypted study, whatever the passphrase.

    Raises:
        NotAStudy: it is plainly some other kind of file.
        Truncated: it breaks off inside a page, and no log stands beside it that would complete it.
    """
    with path.open("rb") as file:
        head = file.read(PAGE)
    if not head:
        raise NotAStudy(f"{path.name} is empty, so it is not a study.")
    if head.startswith(_OTHER_FORMATS) or _EMPTY_RUN.search(head) or _is_text(head):
        raise NotAStudy(f"{path.name} is not a study: it is another kind of file, and not encrypted.")
    if path.stat().st_size % PAGE and not has_log(path):
        raise Truncated(f"{path.name} breaks off before its end; restore it from a backup or copy it again.")


def has_log(path: Path) -> bool:
    """Whether changes stand in a log beside the file, left by a window that is open or was cut off."""
    log = path.with_name(f"{path.name}-wal")
    return log.is_file() and log.stat().st_size > 0


def is_plaintext(path: Path) -> bool:
    """Whether a database was written without encryption."""
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def is_writable(path: Path) -> bool:
    """Whether the file, and the folder its log must go in, can be written; tried, not asked."""
    try:
        with path.open("r+b"):
            pass
    except OSError:
        return False
    return os.access(path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def flush_to_disk(path: Path) -> None:
    """Wait until the medium holds the file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def remove_study(path: Path) -> None:
    """Remove a file and the logs SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _is_text(head: bytes) -> bool:
    try:
        head[:256].decode("utf-8")
    except UnicodeDecodeError as problem:
        return problem.start >= 252  # a character cut in two at the end
    return True
