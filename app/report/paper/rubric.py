"""The rubric sheet: every criterion of a case with boxes for the answer, and room for reason and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.analysis.assessment import current_round, rubric_of
from app.model.source import SheetKind
from app.report.fonts import CAPITALS, Face, width_of
from app.report.marks import level_mark
from app.report.paper import head, words
from app.report.paper.errors import SheetNotSetError
from app.report.paper.flow import PITCH, Block, fill
from app.report.paper.pen import FINE, SIDE, SMALL, WRITING, PageSize, Paper, measured, one_line
from app.report.paper.ruled import plain_lines, rest_of_page
from app.report.paper.write import Sheet, write_sheets
from app.report.style import GREY, INK, MM, WHITE, Style
from app.report.text import Run, paragraph
from app.report.wording import WEIGHTS
from app.scoring.choice import options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.model.document import StudyDocument
    from app.report.paper.flow import Room
    from app.report.paper.pen import Pen
    from app.rubric.structure import Criterion, Principle, Rubric

_PRINCIPLE: Final = Style(13, 17, Face.SEMIBOLD)
_STATEMENT: Final = Style(10.4, 13.6)
_LETTERS: Final = Style(7.4, 8, colour=GREY)
_LEVEL: Final = Style(9, 11, Face.MEDIUM)
_BOX: Final = 6.2 * MM
_BOX_GAP: Final = 1.2 * MM
_PARTING: Final = 2.6 * MM
_LONGEST: Final = 900
_OTHERS: Final = 3  # answers that don't say how far: not applicable, unknown, withheld
_LEAST: Final = 3
_WISH: Final = 3.2


def build_rubric_sheet(
    document: StudyDocument,
    *,
    number: int,
    case: str | None = None,
    round: str | None = None,  # noqa: A002 - the study's word
    version: str,
    page: str = PageSize.A4,
) -> bytes:
    """Set one blank sheet for a case's answers and return the PDF; see `build_rubric_sheets`."""
    return build_rubric_sheets(document, numbers=[number], case=case, round=round, version=version, page=page)


def build_rubric_sheets(
    document: StudyDocument,
    *,
    numbers: Sequence[int],
    case: str | None = None,
    round: str | None = None,  # noqa: A002 - the study's word
    version: str,
    page: str = PageSize.A4,
) -> bytes:
    """Set blank sheets for a case's answers, one for each number: the same input gives the same bytes.

    Args:
        document: the study, its rubric's text included.
        numbers: of the sheets.
        case: key of the case; without one it is left to be filled in.
        round: key of the round; by default, where there is a case, the one being worked on.
        version: Fieldquill's own, named in the file.
        page: "a4" or "letter".

    Raises:
        SheetNotSetError: the study has no rubric, or no such case or round.
    """
    if not document.rubrics:
        raise SheetNotSetError("This study has no rubric, so there is no rubric sheet to print.")
    rubric = rubric_of(document)
    paper = Paper(PageSize(page))
    fields = _fields(document, rubric, case, round)
    sheets = [
        Sheet(number, fill([*_head(document, rubric, fields, number, paper), *_principles(rubric, paper)], paper.room))
        for number in numbers
    ]
    return write_sheets(document, sheets, paper, title=words.sheets(SheetKind.RUBRIC, numbers), version=version)


def _fields(
    document: StudyDocument, rubric: Rubric, case: str | None, in_round: str | None
) -> tuple[head.Field, head.Field]:
    cases = {each.key: each.name for each in document.cases}
    rounds = {each.key: each.name for each in document.rounds}
    if case is not None and case not in cases:
        raise SheetNotSetError(f'The study has no case "{case}".')
    if in_round is not None and in_round not in rounds:
        raise SheetNotSetError(f'The study has no round "{in_round}".')
    now = current_round(document, rubric.id) if case is not None and in_round is None else None
    name = now.name if now else rounds.get(in_round or "", "")
    return head.Field(words.CASE, cases.get(case or "", ""), 4), head.Field(words.ROUND, name, 2)


def _head(
    document: StudyDocument, rubric: Rubric, known: tuple[head.Field, head.Field], number: int, paper: Paper
) -> Iterator[Block]:
    yield head.heading(document, SheetKind.RUBRIC, number, paper)
    yield head.fields(paper, *known, head.Field(words.ASSESSOR, "", 4), head.Field(words.DAY, "", 2))
    boxes = words.boxes(rubric, rubric.principles[0])
    if rubric.rule == "choice":  # what a pick says differs from principle to principle, and stands beside its box
        boxes = boxes[-_OTHERS:]
    yield _scale(paper, boxes)


def _scale(paper: Paper, known: Sequence[words.Box]) -> Block:
    """Explain the letters in the boxes."""
    letters = Style(9, 11, Face.SEMIBOLD)
    plain = Style(8.4, 10.6)
    room = [
        max(width_of(f"{box.letters} {box.word}", letters.face, plain.size), width_of(box.covers, plain.face, SMALL))
        for box in known
    ]
    gap = (paper.across - sum(room)) / (len(room) - 1)

    def draw(pen: Pen, top: float) -> None:
        pen.text(SIDE, top - 3 * MM, words.SCALE_HEAD, FINE)
        pen.text_before(paper.right, top - 3 * MM, words.EVIDENCE_HEAD, FINE)
        left = SIDE
        for box, width in zip(known, room, strict=True):
            pen.text(left, top - 8 * MM, box.letters, letters)
            pen.text(left + width_of(f"{box.letters} ", letters.face, letters.size), top - 8 * MM, box.word, plain)
            pen.text(left, top - 11.6 * MM, box.covers, FINE)
            left += width + gap

    return Block(13 * MM, draw, before=3 * MM)


def _principles(rubric: Rubric, paper: Paper) -> Iterator[Block]:
    for principle in rubric.principles:
        yield _principle(paper, principle.name, principle)
        if rubric.rule == "choice":
            yield from _descriptions(rubric, principle, paper)
        for place, criterion in enumerate(principle.criteria):
            again = _principle(paper, words.continued(principle.name)) if place else None
            yield _criterion(rubric, principle, paper, criterion, again)
    yield rest_of_page(numbers=False)


def _principle(paper: Paper, title: str, principle: Principle | None = None) -> Block:
    name = measured(title, paper.across, _PRINCIPLE if principle else Style(10, 13, Face.SEMIBOLD))
    about = measured(principle.description if principle else "", paper.across, FINE, longest=_LONGEST)
    height = name.height + (about.height + 1 * MM if principle else 0.0) + 2.4 * MM

    def draw(pen: Pen, top: float) -> None:
        pen.set(name, SIDE, top)
        if principle:
            pen.set(about, SIDE, top - name.height - 1 * MM)

    return Block(height, draw, before=7 * MM, keep=True)


def _descriptions(rubric: Rubric, principle: Principle, paper: Paper) -> Iterator[Block]:
    """Say what can be picked: the levels, each with its description."""
    for option, box in zip(options(rubric, principle), words.boxes(rubric, principle), strict=False):
        yield _description(paper, f"{box.letters}  {box.word}", principle.told(rubric, option[0].id))


def _description(paper: Paper, name: str, text: str) -> Block:
    told = paragraph(Run(f"{name}: ", Face.MEDIUM), one_line(text, _LONGEST), style=FINE)
    height = told.wrap(paper.across, 10_000)[1]

    def draw(pen: Pen, top: float) -> None:
        pen.set(told, SIDE, top)

    return Block(height + 1 * MM, draw, keep=True)


def _criterion(rubric: Rubric, principle: Principle, paper: Paper, criterion: Criterion, again: Block | None) -> Block:
    row = _Boxes(paper, words.boxes(rubric, principle))
    width = row.left - 5 * MM - SIDE - WRITING
    statement = measured(criterion.statement, width, _STATEMENT, longest=_LONGEST)
    told = one_line(criterion.evidence, _LONGEST)
    evidence = paragraph(Run(words.EVIDENCE_IS, Face.MEDIUM), told, style=FINE)
    evidence.wrap(paper.across - WRITING, 10_000)
    height = 2.4 * MM + max(statement.height + 1 * MM, _BOX + 1.4 * MM) + evidence.height
    level = rubric.level(criterion.level) if criterion.level else None
    mark = level_mark(rubric, level.id, level.id, ground=WHITE, size=7.4) if level else None
    name = measured(level.name if level else "", WRITING - 12, _LEVEL)

    def draw(pen: Pen, top: float) -> None:
        pen.across(top, SIDE, paper.right, 0.6, INK)
        baseline = top - 2.4 * MM - _STATEMENT.size
        if mark is not None:
            mark.draw(pen.canvas, SIDE, baseline + _LEVEL.size * CAPITALS / 2)
            pen.set(name, SIDE + 10.5, baseline + _LEVEL.size)
        pen.set(statement, SIDE + WRITING, top - 2.4 * MM)
        pen.set(evidence, SIDE + WRITING, top - height + evidence.height)
        row.draw(pen, top - 2.4 * MM)

    return Block(height, draw, _reasons, least=_LEAST, wish=_WISH, before=3 * MM, again=again)


class _Boxes:
    """A criterion's boxes, their letters in them, at the right margin."""

    def __init__(self, paper: Paper, known: Sequence[words.Box]) -> None:
        self.known = known
        self.left = paper.right - 0.3 - len(self.known) * (_BOX + _BOX_GAP) + _BOX_GAP - _PARTING

    def draw(self, pen: Pen, top: float) -> None:
        """Draw the boxes, the achievements apart from the others."""
        left = self.left
        for box in self.known:
            pen.box(left, top - _BOX, _BOX, _BOX)
            pen.text_around(left + _BOX / 2, top - _BOX / 2 - _LETTERS.size * CAPITALS / 2, box.letters, _LETTERS)
            left += _BOX + _BOX_GAP
            left += _PARTING if box is self.known[-_OTHERS - 1] else 0.0


def _reasons(pen: Pen, room: Room) -> None:
    """Draw the lines: for the reason, and the last for the evidence."""
    plain_lines(pen, room)
    pen.text(SIDE, room.top - PITCH + 1 * MM, words.REASON, FINE)
    last = room.top - PITCH * room.lines + 1 * MM
    pen.text(SIDE, last, words.EVIDENCE, FINE)
    left = pen.paper.right
    for word in reversed(WEIGHTS.values()):
        left = pen.option(left, last + 0.6 * MM, word) - 3 * MM
