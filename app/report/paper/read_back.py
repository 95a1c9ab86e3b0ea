"""The read-back sheet: what one person said in one interview, to be corrected and signed on paper by that person.

Nobody else's words stand on it, nor what assessors saw, thought or asked; and no name but the person's pseudonym.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from app.analysis.citations import Citations
from app.analysis.collection import day_text, local_time
from app.analysis.follow_ups import person_name
from app.analysis.read_back import statements
from app.model.source import EntryKind, SheetKind
from app.report.fonts import Face
from app.report.paper import head, words
from app.report.paper.errors import SheetNotSetError
from app.report.paper.flow import ALL, Block, fill
from app.report.paper.pen import NUMBERS, SIDE, TEXT, WRITING, PageSize, Paper
from app.report.paper.ruled import plain_lines
from app.report.paper.write import Sheet, write_sheets
from app.report.style import INK, MM, Style
from app.report.text import Run, line, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.model.document import StudyDocument
    from app.model.setting import Participant
    from app.model.source import Entry, Source
    from app.report.paper.pen import Pen
    from app.report.pdf import Flowable

_STATEMENT: Final = Style(10.4, 13.8)
_NUMBER: Final = Style(10.4, 13.8, Face.SEMIBOLD)
_ADDED: Final = Style(10.4, 13.8, Face.SEMIBOLD)
_ROOM: Final = 0.5  # lines that a statement would have beyond its least, where a page has some to spare
_PIECE: Final = 1_500  # characters of a statement that stand in one block: it has to fit on a page
_OPTION: Final = 22 * MM
_SIGNING: Final = 13 * MM


def sheet(
    document: StudyDocument, source: str, participant: str, *, number: int, version: str, page: str = ""
) -> bytes:
    """Set the sheet of one person's statements and return the PDF: the same input gives the same bytes.

    Args:
        document: the study.
        source: key of the interview.
        participant: key of the person.
        number: of the sheet.
        version: Fieldquill's own, named in the file.
        page: "a4" or "letter"; as the report is set where it is empty.

    Raises:
        SheetNotSetError: the study has no such interview or person, or no line of what they said in it.
    """
    paper = Paper(PageSize(page or document.report.paper.value))
    of, person = _source(document, source), _person(document, participant)
    said = statements(of, participant)
    if not said:
        raise SheetNotSetError(
            "No line of that interview is noted as said by that person, so there is nothing to read back to them."
        )
    citations = Citations(document)
    blocks = [
        *_head(document, of, person, number, paper, citations),
        *(block for entry in said for block in _statement(entry, citations.line(entry.key), paper)),
        *_end(paper),
    ]
    title = words.sheets(SheetKind.READ_BACK, [number])
    return write_sheets(document, [Sheet(number, fill(blocks, paper.room))], paper, title=title, version=version)


def _source(document: StudyDocument, key: str) -> Source:
    found = next((each for each in document.sources if each.key == key), None)
    if found is None:
        raise SheetNotSetError(f'The study has no interview "{key}".')
    return found


def _person(document: StudyDocument, key: str) -> Participant:
    found = next((each for each in document.participants if each.key == key), None)
    if found is None:
        raise SheetNotSetError(f'The study has no participant "{key}".')
    return found


def _head(
    document: StudyDocument, of: Source, person: Participant, number: int, paper: Paper, citations: Citations
) -> Iterator[Block]:
    rounds = {each.key: each.name for each in document.rounds}
    day = day_text(local_time(of.started_at, of.zone).date()) if of.started_at else ""
    yield head.heading(document, SheetKind.READ_BACK, number, paper)
    yield head.fields(
        paper,
        head.Field(words.SAID_BY, person_name(person), 5),
        head.Field(words.INTERVIEW, citations.source(of.key), 2),
        head.Field(words.DAY, day, 2),
        head.Field(words.ROUND, rounds[of.round], 3),
    )
    about = paragraph(f"{words.READ_BACK} {words.READ_BACK_HOW}", style=Style(9.6, 12.8))
    about.wrap(paper.across, 10_000)

    def draw(pen: Pen, top: float) -> None:
        pen.set(about, SIDE, top)

    yield Block(about.height + 1 * MM, draw, before=4 * MM)


def _statement(entry: Entry, number: int, paper: Paper) -> Iterator[Block]:
    """Set a statement under its number; one that no page has room for goes on in blocks of its own."""
    text = line(entry.text)
    if entry.kind is EntryKind.QUOTATION:
        text = f"“{text}”"
    pieces = textwrap.wrap(text, _PIECE, break_on_hyphens=False)
    for place, piece in enumerate(pieces):
        first, last = place == 0, place == len(pieces) - 1
        yield _piece(_set(piece, entry, paper, last=last), number if first else None, paper, last=last)


def _set(piece: str, entry: Entry, paper: Paper, *, last: bool) -> Flowable:
    uncertain = Run(f"  ({words.UNCERTAIN})", Face.ITALIC) if entry.uncertain and last else ""
    found = paragraph(piece, uncertain, style=_STATEMENT)
    found.wrap(paper.across - WRITING - _OPTION, 10_000)
    return found


def _piece(text: Flowable, number: int | None, paper: Paper, *, last: bool) -> Block:
    def draw(pen: Pen, top: float) -> None:
        baseline = top - _STATEMENT.size
        if number is not None:
            pen.text_before(SIDE + NUMBERS, baseline, str(number), _NUMBER)
            pen.option(paper.right, baseline, words.RIGHT)
        pen.set(text, SIDE + WRITING, top)

    if not last:
        return Block(text.height, draw)
    before = 4 * MM if number is not None else 0.0
    return Block(text.height, draw, plain_lines, least=1, wish=1 + _ROOM, before=before)


def _end(paper: Paper) -> Iterator[Block]:
    """Leave room for what is missing, and for place, date and signatures."""

    def added(pen: Pen, top: float) -> None:
        pen.across(top, SIDE, paper.right, 0.6, INK)
        pen.text(SIDE, top - 5 * MM, words.ADDED, _ADDED)

    yield Block(6 * MM, added, plain_lines, least=3, wish=ALL, before=6 * MM, keep=True)
    read = paragraph(words.READ, style=TEXT)
    read.wrap(paper.across, 10_000)

    def signed(pen: Pen, top: float) -> None:
        pen.set(read, SIDE, top)

    yield Block(read.height + _SIGNING, signed, before=5 * MM, keep=True)
    yield head.fields(
        paper, head.Field(words.SIGN_PLACE, "", 4), head.Field(words.SIGN, "", 4), head.Field(words.SIGN_ASKED, "", 4)
    )
