"""Ask where a sheet goes, number it, and write it as a PDF; or number it while it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.actions.paper import issue_sheet, next_number
from app.errors import FieldquillError
from app.model.source import SheetKind
from app.version import VERSION
from ui.printing.job import Sheaf
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

    _print(desk, parent, _Issue(SheetKind.INTERVIEW, source_key), build)


def print_rubric_sheet(desk: Desk, parent: QWidget, case_key: str | None) -> None:
    """Print a sheet for a case's answers; without a case it is blank."""
    document = desk.document

    def build(number: int) -> bytes:
        from app.report.paper.rubric import build_rubric_sheet

        return build_rubric_sheet(document, number=number, case=case_key, version=VERSION)

    _print(desk, parent, _Issue(SheetKind.RUBRIC, case=case_key), build)


def print_read_back_sheet(desk: Desk, parent: QWidget, source_key: str, participant_key: str) -> None:
    """Write a sheet with what one person said in an interview, to correct and sign."""
    _print(desk, parent, *_read_back(desk, source_key, participant_key))


def read_back_sheaf(desk: Desk, source_key: str, participant_key: str, pages: str) -> Sheaf | None:
    """Say how pages of such a sheet are printed, which takes its number then; tells why and gives None if it can't."""
    if not _can_number(desk):
        return None
    issue, build = _read_back(desk, source_key, participant_key)
    number = _next_number(desk)
    if number is None:
        return None
    return Sheaf(
        issue.named(number),
        desk.document.report.paper,
        lambda _copy: build(number),
        pages=pages,
        ready=lambda: _is_still_next(desk, number) and issue.do(desk),
        spent=f"The number {number} is not used again.",
    )


@dataclass(frozen=True)
class _Issue:
    """Taking the number of a sheet: its kind, and keys of what it is for."""

    kind: SheetKind
    source: str | None = None
    case: str | None = None
    participant: str | None = None

    def named(self, number: int) -> str:
        """Name the sheet that gets a number."""
        from app.report.paper import words

        return words.sheets(self.kind, [number])

    def do(self, desk: Desk) -> bool:
        """Take the number; gives whether that was done."""
        taken = desk.do(issue_sheet, self.kind, self.source, self.case, participant=self.participant)
        return taken is not None


def _read_back(desk: Desk, source: str, participant: str) -> tuple[_Issue, Callable[[int], bytes]]:
    document = desk.study.revealed

    def build(number: int) -> bytes:
        from app.report.paper.read_back import sheet

        return sheet(document, source, participant, number=number, version=VERSION)

    return _Issue(SheetKind.READ_BACK, source, participant=participant), build


def _can_number(desk: Desk) -> bool:
    if desk.read_only:
        desk.failed.emit("This window only reads, so it can't give a sheet its number; nothing was printed.")
    return not desk.read_only


def _next_number(desk: Desk) -> int | None:
    """Give the number of the next sheet; tells why and gives None where the study can't be read just now."""
    try:
        return next_number(desk.study)
    except FieldquillError as problem:
        desk.failed.emit(problem.sentence)
        return None


def _is_still_next(desk: Desk, number: int) -> bool:
    """Whether no other sheet was given a number meanwhile; says so where one was."""
    now = _next_number(desk)
    if now is not None and now != number:
        desk.failed.emit(
            f"The number {number} was given to another sheet meanwhile; nothing was printed, so try again."
        )
    return now == number


def _print(desk: Desk, parent: QWidget, issue: _Issue, build: Callable[[int], bytes]) -> None:
    if not _can_number(desk):
        return
    from app.report.paper.save import save_sheets

    try:
        number = next_number(desk.study)
        content = build(number)
        name = issue.named(number).lower()
        study = desk.study.path
        path = ask_file_to_save(parent, f"Save {name} as PDF", f"{study.stem}-sheet-{number}.pdf", ".pdf", study.parent)
        if path and save_sheets(path, content, lambda: issue.do(desk)):
            desk.told.emit(f"Saved {path.name}: {name}. Print it from there.")
    except FieldquillError as problem:
        desk.failed.emit(problem.sentence)
