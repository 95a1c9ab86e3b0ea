"""What the `review` commands do: write a pack for an insider, take in what they filled in, write a read-back sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import click
from msgspec.structs import replace

from app.actions import reviews as actions
from app.actions.open_study import OpenStudy
from app.actions.paper import issue_sheet, next_number
from app.analysis.assessment import current_round
from app.analysis.collection import day_text
from app.analysis.reviews import reviewed_text, reviews
from app.analysis.todo import count
from app.cli.known import UnknownKeyError, require, require_rubric
from app.cli.terminal import printable
from app.exchange.review_form import read_file
from app.model.source import SheetKind
from app.report.paper import words
from app.report.paper.read_back import sheet
from app.report.paper.review_pack import pack
from app.report.paper.save import save_sheets
from app.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from app.analysis.reviews import Reviewed
    from app.model.document import StudyDocument

_UNDONE: Final = "Nothing was written"


@dataclass(frozen=True)
class Wanted:
    """Which review is to be prepared: the options of the command."""

    reviewer: str
    cases: tuple[str, ...]
    in_round: str | None
    rubric: str | None
    profile: str
    back_by: str


def prepare(study: Path, passphrase: str, output: Path, wanted: Wanted) -> None:
    """Prepare a review and write its pack; where that can't be written, nothing is prepared.

    Raises:
        FieldquillError: it could not be prepared or written.
    """
    with OpenStudy.open(study, passphrase) as opened:
        document = opened.revealed
        asked = _asked(document, wanted)
        number = next_number(opened)
        review = actions.draft(document, *asked, number=number)
        content = pack(
            replace(document, reviews=(*document.reviews, review)),
            review.key,
            version=VERSION,
            profile=wanted.profile,
            back_by=_day(wanted.back_by),
            name=output.name,
        )
        save_sheets(output, content, lambda: opened.do(actions.prepare, *asked))
    results = count(len(review.items), "result", "results")
    click.echo(f"Wrote {output.name}: {words.sheets(SheetKind.REVIEW, [number]).lower()}, {results} to review.")


def _day(text: str) -> str:
    """Give a day in the words the window prints it in, and anything else as it was typed."""
    try:
        return day_text(date.fromisoformat(text))
    except ValueError:
        return text


def _asked(document: StudyDocument, wanted: Wanted) -> tuple[str, str, tuple[str, ...], str]:
    """Give what `prepare` takes, all of it known to the study."""
    require_rubric(document, _UNDONE)
    require(document, "rubrics", wanted.rubric, _UNDONE)
    require(document, "participants", wanted.reviewer, _UNDONE)
    require(document, "rounds", wanted.in_round, _UNDONE)
    for case in wanted.cases:
        require(document, "cases", case, _UNDONE)
    rubric = wanted.rubric or document.rubrics[0].key
    now = current_round(document, rubric)
    in_round = wanted.in_round or (now.key if now else "")
    return wanted.reviewer, in_round, wanted.cases or tuple(each.key for each in document.cases), rubric


def read(study: Path, passphrase: str, file: Path) -> None:
    """Take in a filled pack, and say what it says.

    Raises:
        FieldquillError: it is no filled pack of the study, or could not be taken in.
    """
    with OpenStudy.open(study, passphrase) as opened:
        filled = read_file(file, opened.document)
        changes = opened.do(actions.take_filled, filled.review, filled.answers, filled.remark)
        found = reviews(opened.revealed).reviews
    reviewed = next(each for each in found if each.review.key == filled.review)
    taken = "Took in" if changes.seq is not None else "Nothing new in"
    told = filter(None, (_opening(taken, file, filled.sheet, reviewed), *_open(reviewed), filled.warning))
    click.echo("\n".join(map(printable, told)))


def _opening(taken: str, file: Path, number: str, reviewed: Reviewed) -> str:
    told = reviewed_text(reviewed.tally)
    return f"{taken} {file.name}, review pack {number} by {reviewed.reviewer}; {told}."


def _open(reviewed: Reviewed) -> list[str]:
    """List what is to be settled, one a line."""
    return [
        f"  {result.case}, {result.principle}: {result.item.verdict}. {result.item.comment}".rstrip()
        for result in reviewed.results
        if result.is_open
    ]


def read_back(study: Path, passphrase: str, output: Path, interview: str, participant: str) -> None:
    """Write a read-back sheet with a number of its own.

    Raises:
        FieldquillError: it could not be numbered or written; no number was taken unless it says so.
    """
    with OpenStudy.open(study, passphrase) as opened:
        document = opened.document
        require(document, "participants", participant, _UNDONE)
        if all(each.key != interview for each in document.sources):
            raise UnknownKeyError(f'{_UNDONE}: the study has no interview "{interview}".')
        number = next_number(opened)
        content = sheet(document, interview, participant, number=number, version=VERSION)
        kind = SheetKind.READ_BACK
        save_sheets(output, content, lambda: opened.do(issue_sheet, kind, interview, participant=participant))
    click.echo(f"Wrote {output.name}: {words.sheets(kind, [number]).lower()}.")
