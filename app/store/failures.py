"""What the database's driver reports, told as our errors: by its codes, since its words may quote statements."""

from __future__ import annotations

import re
from typing import Any, Final

from app.store.cipher import sqlcipher
from app.store.errors import Damaged, NotWritten, StoreError, Unreadable

CORRUPT: Final = 11
NOT_A_DATABASE: Final = 26  # SQLITE_NOTADB: a page does not decrypt
CANNOT_OPEN: Final = 14
_DAMAGED: Final = frozenset({CORRUPT, NOT_A_DATABASE})
_BUSY: Final = frozenset({5, 6})
_READ_ONLY: Final = 8
_FAILING: Final = 10
_FULL: Final = 13
_PAGE = re.compile(r"page (\d+)")


def code_of(problem: BaseException | None) -> int:
    """Give SQLite's primary result code; 0 where the driver set none."""
    return int(getattr(problem, "sqlite_errorcode", None) or 0) & 0xFF


def unread(problem: BaseException, name: str, connection: Any) -> StoreError:
    """Say why the study `name` can't be read; where it is damaged, on which page."""
    if code_of(problem) in _DAMAGED:
        page = damaged_page(connection)
        return Damaged(f"{name} is damaged{f' on page {page}' if page else ''}; restore it from a backup.")
    if code_of(problem) == _FAILING:
        return Unreadable(f"{name} can't be read: its medium is full, or fails. Free some space, or copy it elsewhere.")
    return Unreadable(f"{name} can't be read just now ({_name_of(problem)}); close what else uses it, or copy it.")


def unwritten(problem: BaseException | None, name: str, what: str = "the change") -> StoreError:
    """Say why `what` could not be saved in the study `name`."""
    code = code_of(problem)
    if code in _DAMAGED:
        return Damaged(f"{name} is damaged: {what} was not saved. Save a copy of what you see, then restore a backup.")
    if code == _FULL:
        return NotWritten(f"The medium is full: {what} was not saved in {name}. Free some space and try again.")
    if code == _READ_ONLY:
        return NotWritten(f"{name} can't be written any more: {what} was not saved. Save a copy elsewhere.")
    if code in _BUSY:
        return NotWritten(f"{name} is being written by another program: {what} was not saved. Try again.")
    cause = _name_of(problem)
    return NotWritten(f"{what.capitalize()} was not saved in {name} ({cause}). Try again, or save a copy elsewhere.")


def damaged_page(connection: Any) -> str:
    """Find the first page that is not what was written; empty where the pages are, or nobody can tell."""
    try:
        first = connection.execute("PRAGMA cipher_integrity_check").fetchone()
    except sqlcipher.Error:
        return ""
    page = _PAGE.search(first[0]) if first else None
    return page[1] if page else ""


def _name_of(problem: BaseException | None) -> str:
    return str(getattr(problem, "sqlite_errorname", None) or type(problem).__name__)
