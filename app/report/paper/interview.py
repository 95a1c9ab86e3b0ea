"""The interview sheet: who and when, the guide's questions with room to write, then ruled pages; lines numbered."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

from app.analysis.collection import day_text, local_time
from app.analysis.follow_ups import person_name
from app.analysis.guide import principle_of, rubrics_of
from app.model.source import SheetKind
from app.report.paper import head, words
from app.report.paper.errors import SheetNotSetError
from app.report.paper.flow import Block, fill, numbered
from app.report.paper.pen import FINE, SIDE, TEXT, TEXT_STRONG, TIMES, WRITING, PageSize, Paper, measured
from app.report.paper.ruled import BASELINE, GROUP, columns, numbered_lines, rest_of_page, ruled_page
from app.report.paper.write import Sheet, write_sheets
from app.report.style import INK, MM
from app.report.wording import site_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.model.document import StudyDocument
    from app.model.source import Guide, Question, Source
    from app.report.paper.pen import Pen
    from app.rubric.structure import Rubric

LINED_PAGES: Final = 2
_OPTIONS: Final = 50 * MM
_LEAST: Final = 3
_A_MINUTE: Final = 1.25
_UNTIMED: Final = 5


def build_interview_sheet(
    document: StudyDocument,
    *,
    number: int,
    source: str | None = None,
    guide: str | None = None,
    version: str,
    lined_pages: int = LINED_PAGES,
    page: str = PageSize.A4,
) -> bytes:
    """Set one blank sheet for an interview and return the PDF; see `build_interview_sheets`."""
    return build_interview_sheets(
        document, numbers=[number], source=source, guide=guide, version=version, lined_pages=lined_pages, page=page
    )


def build_interview_sheets(
    document: StudyDocument,
    *,
    numbers: Sequence[int],
    source: str | None = None,
    guide: str | None = None,
    version: str,
    lined_pages: int = LINED_PAGES,
    page: str = PageSize.A4,
) -> bytes:
    """Set blank sheets for an interview, one for each number, and return the PDF: the same input gives the same bytes.

    Args:
        document: the study.
        numbers: of the sheets.
        source: key of the interview; without one its fields are left to be filled in.
        guide: key of the guide whose questions are printed; by default the interview's own. Without one every page
            is ruled.
        version: Fieldquill's own, named in the file.
        lined_pages: ruled pages after the first, or after the questions.
        page: "a4" or "letter".

    Raises:
        SheetNotSetError: the study has no such interview or guide.
    """
    paper = Paper(PageSize(page))
    of = _source(document, source)
    questions = _guide(document, of.guide if of and guide is None else guide)
    sheets = [
        Sheet(number, numbered([
            *fill([*_head(document, of, number, paper), *_asked(document, questions, paper)], paper.room),
            *(page for _ in range(lined_pages) for page in fill([ruled_page(paper)], paper.room)),
        ]))
        for number in numbers
    ]  # fmt: skip
    return write_sheets(document, sheets, paper, title=words.sheets(SheetKind.INTERVIEW, numbers), version=version)


def _source(document: StudyDocument, key: str | None) -> Source | None:
    found = next((each for each in document.sources if each.key == key), None)
    if key is not None and found is None:
        raise SheetNotSetError(f'The study has no interview "{key}".')
    return found


def _guide(document: StudyDocument, key: str | None) -> Guide | None:
    found = next((each for each in document.guides if each.key == key), None)
    if key is not None and found is None:
        raise SheetNotSetError(f'The study has no guide "{key}".')
    return found


def _head(document: StudyDocument, of: Source | None, number: int, paper: Paper) -> Iterator[Block]:
    known = _known(document, of) if of else _Known()
    yield head.heading(document, SheetKind.INTERVIEW, number, paper)
    yield head.fields(paper, *_fields((words.DAY, words.START, words.END, words.PLACE), known.when, (2, 2, 2, 6)))
    yield head.fields(paper, *_fields((words.INTERVIEW, words.ROUND, words.CASES), known.what, (4, 2, 6)))
    yield from head.people(paper, known.assessors, known.participants)
    yield head.fields(paper, head.Field(words.CONSENT, known.consent))
    rules = site_rules(document.site_policy)
    yield head.fields(paper, head.Field(f"{words.ALLOWED} ({rules})", known.allowed))
    yield head.legend(paper, before=3 * MM)


def _fields(labels: Sequence[str], values: Sequence[str], spans: Sequence[int]) -> list[head.Field]:
    return [head.Field(*each) for each in zip(labels, values, spans, strict=True)]


class _Known(NamedTuple):
    """What the study knows of the interview."""

    when: Sequence[str] = ("",) * 4
    what: Sequence[str] = ("",) * 3
    assessors: Sequence[head.Attending] = ()
    participants: Sequence[str] = ()
    consent: str = ""
    allowed: str = ""


def _known(document: StudyDocument, of: Source) -> _Known:
    rounds = {each.key: each.name for each in document.rounds}
    cases = {each.key: each.name for each in document.cases}
    assessors = {each.key: each.name for each in document.assessors}
    people = {each.key: person_name(each) for each in document.participants}
    start, end = (local_time(time, of.zone) if time else None for time in (of.started_at, of.ended_at))
    day = day_text(start.date()) if start else ""
    return _Known(
        (day, *(f"{time:%H:%M}" if time else "" for time in (start, end)), of.place),
        (of.title, rounds[of.round], ", ".join(cases[key] for key in of.cases)),
        [head.Attending(assessors[each.assessor], each.part) for each in of.assessors],
        [people[key] for key in of.participants],
        of.consent,
        of.allowed,
    )


def _asked(document: StudyDocument, guide: Guide | None, paper: Paper) -> Iterator[Block]:
    """Make the questions, in order, under a heading wherever the principle changes; the rest of the page is ruled."""
    if guide is None or not guide.questions:
        yield rest_of_page(numbers=True, optional=False)
        return
    rubrics = rubrics_of(document)
    groups = itertools.groupby(guide.questions, lambda question: _principle(question, rubrics))
    number = itertools.count(1)
    for title, group in groups:
        questions = list(group)
        yield _group(paper, title, sum(each.minutes for each in questions))
        for place, question in enumerate(questions):
            again = _group(paper, words.continued(title)) if place else None
            yield _question(paper, next(number), question, again)
    yield rest_of_page(numbers=True)


def _principle(question: Question, rubrics: Mapping[str, Rubric]) -> str:
    principle = principle_of(question, rubrics)
    rubric = rubrics.get(question.rubric or "")
    return rubric.principle(principle).name if rubric and principle else words.GENERAL


def _group(paper: Paper, title: str, minutes: int = 0) -> Block:
    name = measured(title, paper.across - WRITING - 20 * MM, GROUP)

    def draw(pen: Pen, top: float) -> None:
        pen.across(top, SIDE, paper.right, 0.6, INK)
        columns(pen, top - BASELINE)
        pen.set(name, SIDE + WRITING, top - BASELINE + GROUP.size)
        pen.text_before(paper.right, top - BASELINE, words.minutes(minutes), FINE)

    return Block(name.height + BASELINE - GROUP.size, draw, before=4 * MM, keep=True)


def _question(paper: Paper, number: int, question: Question, again: Block | None) -> Block:
    text = measured(question.text, paper.across - WRITING - _OPTIONS)
    wish = max(question.minutes * _A_MINUTE if question.minutes else _UNTIMED, _LEAST)

    def draw(pen: Pen, top: float) -> None:
        baseline = top - TEXT.size
        pen.text(SIDE + TIMES, baseline, str(number), TEXT_STRONG)
        pen.set(text, SIDE + WRITING, top)
        left = pen.option(paper.right, baseline, words.ANSWERED)
        left = pen.option(left - 3 * MM, baseline, words.ASKED)
        pen.text_before(left - 3 * MM, baseline, words.minutes(question.minutes), FINE)

    return Block(text.height, draw, numbered_lines, least=_LEAST, wish=wish, before=3 * MM, again=again)
