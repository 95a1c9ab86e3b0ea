"""What is done with a study's file as a whole: a copy, an export, another passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import FieldquillError
from ui.places import ENDING
from ui.widgets.files import ask_file_to_save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.actions.open_study import OpenStudy


def save_copy(study: OpenStudy, parent: QWidget) -> str:
    """Ask where, and write an encrypted copy there; gives a sentence to tell, empty when it was cancelled.

    Raises:
        FieldquillError: it could not be written.
    """
    path = ask_file_to_save(parent, "Save a copy of the study", f"{study.path.stem}-copy", ENDING, study.path.parent)
    return _written(path, study.file.copy_to, "It opens with the same passphrase.")


def export_json(study: OpenStudy, parent: QWidget) -> str:
    """Ask where, and write the study as JSON there; gives a sentence to tell, empty when it was cancelled.

    Raises:
        FieldquillError: it could not be written.
    """
    path = ask_file_to_save(parent, "Export as study JSON, not encrypted", study.path.stem, ".json", study.path.parent)

    def write(target: Path) -> None:
        from app.exchange.study_json import write_study

        write_study(study.document, target)

    return _written(path, write, "Everything in the study is in it, and it is not encrypted.")


def _written(path: Path | None, write: Callable[[Path], object], then: str) -> str:
    if path is None:
        return ""
    write(path)
    return f"Saved {path.name}. {then}"


def told(work: Callable[[], str], tell: Callable[[str], object], fail: Callable[[str], object]) -> None:
    """Do something with a file and say how it went."""
    try:
        sentence = work()
    except FieldquillError as problem:
        fail(problem.sentence)
        return
    if sentence:
        tell(sentence)
