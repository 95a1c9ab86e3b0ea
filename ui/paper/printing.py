"""Ask where a sheet goes, number it, and write it as a PDF."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.actions.paper import issue_sheet, next_number
from app.errors import FieldquillError
from app.model.source import SheetKind
from app.version import VERSION
from ui.widgets.files import ask_file_to_save

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk


def print_interview_sheet(desk: Desk, parent: QWidget, source_key: str | None) -> None:
    """Print a sheet for an interview: with its guide's questions, or with those of the last guide where it has none.

    Without an interview its fields are blank.
    """
    document = desk.document
    guides = {each.key: each.guide for each in document.sources}
    guide = guides.get(source_key or "") or (document.guides[-1].key if document.guides else None)

    def build(number: int) -> bytes:
        from app.report.paper.interview import build_interview_sheet

        return build_interview_sheet(document, number=number, source=source_key, guide=guide, version=VERSION)

    _print(desk, parent, SheetKind.INTERVIEW, build, source_key, None)


def print_rubric_sheet(desk: Desk, parent: QWidget, case_key: str | None) -> None:
    """Print a sheet for a case's answers; without a case it is blank."""
    document = desk.document

    def build(number: int) -> bytes:
        from app.report.paper.rubric import build_rubric_sheet

        return build_rubric_sheet(document, number=number, case=case_key, version=VERSION)

    _print(desk, parent, SheetKind.RUBRIC, build, None, case_key)


def print_read_back_sheet(desk: Desk, parent: QWidget, source_key: str, participant_key: str) -> None:
    """Print a sheet with what one person said in an interview, to correct and sign."""
    document = desk.study.revealed

    def build(number: int) -> bytes:
        from app.report.paper.read_back import sheet

        return sheet(document, source_key, participant_key, number=number, version=VERSION)

    _print(desk, parent, SheetKind.READ_BACK, build, source_key, None, participant_key)


def _print(
    desk: Desk,
    parent: QWidget,
    kind: SheetKind,
    build: Callable[[int], bytes],
    source: str | None,
    case: str | None,
    participant: str | None = None,
) -> None:
    if desk.read_only:
        desk.failed.emit("This window only reads, so it can't give a sheet its number; nothing was printed.")
        return
    from app.report.paper import words
    from app.report.paper.save import save_sheets

    try:
        number = next_number(desk.study)
        content = build(number)
        name = words.sheets(kind, [number]).lower()
        study = desk.study.path
        issue = partial(desk.do, issue_sheet, kind, source, case, participant=participant)
        path = ask_file_to_save(parent, f"Save {name} as PDF", f"{study.stem}-sheet-{number}.pdf", ".pdf", study.parent)
        if path and save_sheets(path, content, issue):
            desk.told.emit(f"Saved {path.name}: {name}. Print it from there.")
    except FieldquillError as problem:
        desk.failed.emit(problem.sentence)
