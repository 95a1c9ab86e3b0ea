"""Printed sheets into a file, so that no number is taken by a sheet that nobody can print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.report.paper.errors import SheetNotSavedError
from app.report.save import ReportNotSavedError, write_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def save_sheets(path: Path, content: bytes, issue: Callable[[], object]) -> bool:
    """Write sheets to a file wholly or not at all, and take their numbers when the medium holds them.

    Args:
        path: the file; what is there stays until the sheets take its place.
        content: the PDF.
        issue: takes the numbers; where it gives nothing or fails, nothing is written, and False is given.

    Raises:
        ReportNotSavedError: they could not be written, and no number was taken.
        SheetNotSavedError: they could not be put in their place when the numbers had been taken.
    """
    taken = False

    def ready() -> object:
        nonlocal taken
        taken = bool(issue())
        return taken

    try:
        return write_file(path, content, "sheet", ready=ready)
    except ReportNotSavedError as problem:
        if not taken:
            raise
        raise SheetNotSavedError(f"{problem.sentence} Numbers given to it are not used again.") from problem
