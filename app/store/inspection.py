"""Look at a file from outside, before any passphrase: is it a study, is it whole, can it be written."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from app.store.errors import NotAStudy, Truncated

if TYPE_CHECKING:
    from pathlib import Path

PAGE = 4096  # bytes, SQLCipher 4's default

# A study begins with 16 random bytes, so that each of these is long enough never to come up by chance.
_OTHER_FORMATS = re.compile(
    rb"SQLite format 3\0|%PDF-\d\.|PK\x03\x04.\0.[\0-\x0f]|\x89PNG\r\n|\xff\xd8\xff.{3}(?:JFIF|Exif)"
    rb"|\x1f\x8b\x08[\0-\x1f].{4}[\0\x02\x04][\0-\x0d\xff]|age-encryption",
    re.DOTALL,
)
_EMPTY_RUN = re.compile(rb"\0{8}|\xff{8}")  # one in 10^16 encrypted pages has either
_ENOUGH = 512  # bytes of an encrypted page hold 220 different ones, those of a text 100


def require_study_like(path: Path) -> None:
    """Refuse what can't be an encrypted study, whatever the passphrase.

    Raises:
        NotAStudy: it is plainly some other kind of file.
        Truncated: it breaks off inside a page, and no log stands beside it that would complete it.
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        head = file.read(PAGE)
    if not head:
        raise NotAStudy(f"{path.name} is empty, so it is not a study.")
    if _OTHER_FORMATS.match(head) or _EMPTY_RUN.search(head) or _is_text(head):
        raise NotAStudy(f"{path.name} is not a study: it is another kind of file, and not encrypted.")
    if path.stat().st_size % PAGE and not has_log(path):
        raise truncated(path)


def truncated(path: Path) -> Truncated:
    """Say that a part of the file is missing."""
    return Truncated(f"{path.name} breaks off before its end; restore it from a backup or copy it again.")


def has_log(path: Path) -> bool:
    """Whether changes stand in a log beside the file, left by a window that is open or was cut off."""
    log = path.with_name(f"{path.name}-wal")
    return log.is_file() and log.stat().st_size > 0


def is_plaintext(path: Path) -> bool:
    """Whether a database was written without encryption."""
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def is_writable(path: Path) -> bool:
    """Whether the file, and the folder its log must go in, can be written; the file is not opened."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(place, os.W_OK, effective_ids=effective) for place in (path, path.parent))


def put_in_place(draft: Path, path: Path) -> None:
    """Give a finished file its name, for good: the medium holds the file, then the folder's entry for it.

    Raises:
        OSError: it can't be done; what stood at `path` still stands.
    """
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(path)
    if os.name == "posix":  # pragma: no branch - Windows keeps folders by itself
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def remove_study(path: Path) -> None:
    """Remove a file and the logs SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _is_text(head: bytes) -> bool:
    if len(head) >= _ENOUGH and len(set(head)) < 160:
        return True
    try:
        head[:256].decode("utf-8")
    except UnicodeDecodeError as problem:
        return problem.start >= 252  # a character cut in two at the end
    return True
