"""A finished report into a file: beside it first, to the disk, then in its place."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from app.errors import FieldquillError
from app.exchange.files import is_study, write_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_CAUSES: Final = {
    errno.ENOSPC: "there is no room left on the disk",
    errno.EDQUOT: "there is no room left for this account",
    errno.EACCES: "this account may not write there",
    errno.EPERM: "this account may not write there",
    errno.EROFS: "the medium cannot be written to",
    errno.ENOENT: "the folder does not exist",
    errno.ENOTDIR: "the folder does not exist",
    errno.EISDIR: "there is a folder of that name",
    errno.ENAMETOOLONG: "the name is too long",
}
_UNKNOWN: Final = "the file could not be written"


class ReportNotSavedError(FieldquillError):
    """A report that could not be written to its file."""

    code = "report.not-saved"


def write_file(path: Path, content: bytes, what: str = "report", *, ready: Callable[[], object] = lambda: True) -> bool:
    """Write a file wholly or not at all; what was there before stays until the new one is on the disk.

    `ready` is called when it is, before it takes its place: it is not to where that gives nothing, and False is given.

    Raises:
        ReportNotSavedError: it could not be written.
    """
    return write_files({path: content}, what, ready=ready)


def write_files(
    files: Mapping[Path, bytes], what: str = "report", *, ready: Callable[[], object] = lambda: True
) -> bool:
    """Write several files, all of them or none, as `write_file` does one.

    Raises:
        ReportNotSavedError: one could not be written, or a study stands at its place.
    """
    for path in files:
        if is_study(path):
            raise _not_saved(path, what, "a study stands there")
    try:
        return write_all(files, ready=ready)
    except OSError as error:
        raise _not_saved(next(iter(files)), what, _CAUSES.get(error.errno or 0, _UNKNOWN)) from error


def _not_saved(path: Path, what: str, cause: str) -> ReportNotSavedError:
    return ReportNotSavedError(
        f'The {what} was not saved as "{path.name}": {cause}. Nothing there was changed; choose another place.'
    )
