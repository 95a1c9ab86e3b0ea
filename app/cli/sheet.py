"""The `sheet` command: number sheets to be written on by hand, and write them as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from app.actions.open_study import OpenStudy
from app.actions.paper import issue_sheet, next_number
from app.model.source import SheetKind
from app.report.paper import words
from app.report.paper.interview import build_interview_sheets
from app.report.paper.rubric import build_rubric_sheets
from app.report.paper.save import save_sheets
from app.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.model.document import StudyDocument


@dataclass(frozen=True)
class Wanted:
    """What is to be printed: the options of the command."""

    interview: str | None
    guide: str | None
    rubric: bool
    case: str | None
    page: str
    copies: int

    @property
    def kind(self) -> SheetKind:
        """What is written on it."""
        return SheetKind.RUBRIC if self.rubric else SheetKind.INTERVIEW

    def require_sense(self) -> None:
        """Refuse options that don't go together, before anything is asked or opened."""
        if self.rubric and (self.interview or self.guide):
            raise click.UsageError("A rubric sheet has no --interview and no --guide.")
        if self.case and not self.rubric:
            raise click.UsageError("--case is for a rubric sheet: give --rubric, too.")


def print_sheets(study: Path, passphrase: str, output: Path, wanted: Wanted) -> None:
    """Write sheets, each with its own number.

    Raises:
        FieldquillError: they could not be numbered or written; no number was taken unless it says so.
    """
    with OpenStudy.open(study, passphrase) as opened:
        first = next_number(opened)
        numbers = range(first, first + wanted.copies)
        content = _built(opened.document, numbers, wanted)
        save_sheets(output, content, lambda: opened.do(
            issue_sheet, wanted.kind, wanted.interview, wanted.case, copies=wanted.copies
        ))  # fmt: skip
    click.echo(f"Wrote {output.name}: {words.sheets(wanted.kind, numbers).lower()}.")


def _built(document: StudyDocument, numbers: Sequence[int], wanted: Wanted) -> bytes:
    if wanted.rubric:
        return build_rubric_sheets(document, numbers=numbers, case=wanted.case, version=VERSION, page=wanted.page)
    return build_interview_sheets(
        document, numbers=numbers, source=wanted.interview, guide=wanted.guide, version=VERSION, page=wanted.page
    )
