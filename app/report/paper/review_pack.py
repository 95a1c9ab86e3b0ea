"""The review pack: each result of an insider's cases, and beside it boxes to cross and room for a comment.

It leaves the team, so that it goes through the gate of a profile, and is not made while the leak check has anything
open. It can be filled in with any reader of PDF, or printed and written on.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from app.analysis.assessment import assess
from app.analysis.blind import seen_by
from app.analysis.follow_ups import person_name
from app.analysis.overview import NOT_RATED
from app.analysis.reviews import place_of, reviews
from app.disclosure.dates import with_dates
from app.disclosure.disclose import disclose
from app.disclosure.printed import FILE_NAME, Printed
from app.disclosure.profiles import find_profile
from app.exchange.review_fields import Names, seal
from app.model.source import SheetKind
from app.report.fonts import CAPITALS, Face, width_of
from app.report.grid import Stack
from app.report.marks import Marked, answer_mark, level_mark
from app.report.paper import head, words
from app.report.paper.errors import SheetNotSetError
from app.report.paper.flow import ALL, PITCH, Block, fill
from app.report.paper.form import Form, with_fields
from app.report.paper.leaks import require_none
from app.report.paper.pen import BOX, FINE, SIDE, SMALL, PageSize, Paper, measured, one_line
from app.report.paper.write import Noted, Sheet, write_sheets
from app.report.style import INK, MM, Style
from app.report.text import Run, paragraph
from app.report.wording import capital, sentence
from app.scoring.offered import answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.assessment import JudgedPrinciple
    from app.analysis.reviews import At
    from app.model.assessment import Review, ReviewItem
    from app.model.disclosure import Profile
    from app.model.document import StudyDocument
    from app.report.paper.flow import Room
    from app.report.paper.pen import Pen
    from app.report.pdf import Flowable
    from app.rubric.structure import Rubric

PROFILE: Final = "client"
_ANSWERS: Final = 62 * MM
_BETWEEN: Final = 8 * MM
_CASE: Final = Style(15, 19, Face.SEMIBOLD)
_TITLE: Final = Style(11, 14.6, Face.SEMIBOLD)
_LEVEL: Final = Style(10.4, 13.6, Face.SEMIBOLD)
_BODY: Final = Style(9.6, 12.8)
_BODY_STRONG: Final = Style(9.6, 12.8, Face.SEMIBOLD)
_LIMIT: Final = Style(SMALL, 10.6)
_HOW: Final = Style(9.6, 12.8)
_ROW: Final = 6.4 * MM
_COMMENT: Final = 30 * MM  # of the least room for a comment
_STRETCH: Final = 0.3  # of a comment's room, where a page has some to spare
_LENGTHS: Final = (1_200, 600, 300, 120)  # of texts, in characters: the first with which a result fits on a page
_PAGE: Final = 0.8  # of a page's room that what is to be read may take
_MOST_LIMITS: Final = 6


class _Shown(NamedTuple):
    """A result as it is put before an insider; `moved` where the study says something else by now."""

    number: int
    of: int
    item: ReviewItem
    case: str
    rubric: Rubric
    judged: JudgedPrinciple
    moved: bool


@dataclass(frozen=True)
class _Pack:
    """A pack being made: the study as it may be shown, and the review as it stands in that."""

    document: StudyDocument
    profile: Profile
    review: Review
    names: Names
    form: Form
    paper: Paper
    back_by: str


def pack(
    document: StudyDocument, review: str, *, version: str, profile: str = PROFILE, back_by: str = "", name: str = ""
) -> bytes:
    """Set the pack of a review and return the PDF: the same input gives the same bytes.

    Args:
        document: the study, whole, its rubric's text included; answers that are not revealed yet are not shown.
        review: key of the review.
        version: Fieldquill's own, named in the file.
        profile: key of what may be shown to the insider.
        back_by: the day by which it is to be given back, in words; left to be filled in where it is empty.
        name: of the file that it is written to, which must not tell anything either.

    Raises:
        SheetNotSetError: the study has no such review, or it was prepared without a pack.
        LeaksError: something would come to stand in it that the profile keeps inside.
        UnknownProfileError: there is no such profile.
    """
    under = find_profile(document, profile)
    seen = seen_by(document, "")
    of = _review(seen, review)
    shown = with_dates(disclose(seen, under), under)
    names = Names(document.study.id, of.sheet)
    form = Form(hidden={names.form: seal(document.study.id)})
    paper = Paper(PageSize(document.report.paper.value))
    made = _Pack(shown, under, _review(shown, review), names, form, paper, back_by)
    noted = Noted([Printed(name, 0, FILE_NAME)] if name else [])
    content = with_fields(_set(made, _moved(seen, review), noted, version), form)
    require_none(content, [*noted.printed, *form.printed], document, under, "review pack")
    return content


def _review(document: StudyDocument, key: str) -> Review:
    found = next((each for each in document.reviews if each.key == key), None)
    if found is None:
        raise SheetNotSetError(f'The study has no review "{key}".')
    if not found.sheet.isdecimal():
        raise SheetNotSetError("That review was not prepared with a pack, so there is none to print: prepare it anew.")
    return found


def _moved(document: StudyDocument, review: str) -> frozenset[At]:
    """Say which results are others by now than the review shows."""
    found = reviews(document).review(review)
    return frozenset(each.at for each in found.results if each.changed) if found else frozenset()


def _set(made: _Pack, moved: frozenset[At], noted: Noted, version: str) -> bytes:
    results = list(_results(made, moved))
    blocks = [*_head(made, results), *_cases(made, results), _remark(made)]
    sheet = Sheet(int(made.review.sheet), fill(blocks, made.paper.room))
    title = words.sheets(SheetKind.REVIEW, [sheet.number])
    return write_sheets(made.document, [sheet], made.paper, title=title, version=version, noted=noted)


def _results(made: _Pack, moved: frozenset[At]) -> Iterator[_Shown]:
    items = made.review.items
    scored = {rubric: assess(made.document, rubric, made.review.round) for rubric in {each.rubric for each in items}}
    for number, item in enumerate(items, 1):
        case = scored[item.rubric].case(item.case)
        judged = case.principle(item.principle)
        is_moved = place_of(item) in moved
        yield _Shown(number, len(items), item, case.case.name, scored[item.rubric].rubric, judged, is_moved)


# The head


def _head(made: _Pack, results: Sequence[_Shown]) -> Iterator[Block]:
    document, paper = made.document, made.paper
    people = {each.key: person_name(each) for each in document.participants}
    rounds = {each.key: each.name for each in document.rounds}
    cases = dict.fromkeys(each.case for each in results)
    assessors = [each.name for each in document.assessors] if made.profile.assessor_names else []
    yield head.heading(document, SheetKind.REVIEW, int(made.review.sheet), paper)
    yield head.fields(
        paper,
        head.Field(words.REVIEWER, people[made.review.reviewer], 5),
        head.Field(words.ROUND, rounds[made.review.round], 3),
        head.Field(words.BACK_BY, made.back_by, 4),
    )
    asked = head.Field(words.ASKED_BY, ", ".join(assessors), 6)
    yield head.fields(paper, head.Field(words.CASES, ", ".join(cases), 6), asked)
    yield _how(paper)
    for rubric in {each.item.rubric: each.rubric for each in results}.values():
        yield _levels(rubric, paper)


def _how(paper: Paper) -> Block:
    text = Stack([paragraph(each, style=_HOW, before=1.2 * MM) for each in words.HOW], paper.across)
    top_of_text = 4.6 * MM

    def draw(pen: Pen, top: float) -> None:
        pen.text(SIDE, top - 3 * MM, words.HOW_HEAD, FINE)
        text.draw(pen.canvas, SIDE, top - top_of_text)

    return Block(top_of_text + text.height, draw, before=4 * MM)


def _levels(rubric: Rubric, paper: Paper) -> Block:
    """Explain the signs of the levels, in as many rows as they take."""
    rows: list[list[tuple[str, str, float]]] = [[]]
    left = 0.0
    for level in rubric.levels:
        room = 5 * MM + width_of(level.name, _BODY.face, _BODY.size) + 7 * MM
        if rows[-1] and left + room > paper.across:
            rows.append([])
            left = 0.0
        rows[-1].append((level.id, level.name, left))
        left += room

    def draw(pen: Pen, top: float) -> None:
        pen.text(SIDE, top - 3 * MM, words.LEVELS_HEAD, FINE)
        for place, row in enumerate(rows):
            baseline = top - 8 * MM - place * 5 * MM
            for level, name, across in row:
                mark = level_mark(rubric, level, level)
                mark.draw(pen.canvas, SIDE + across, baseline + _BODY.size * CAPITALS / 2)
                pen.fitted(SIDE + across + 5 * MM, baseline, name, _BODY, paper.across - across - 5 * MM)

    return Block(9.5 * MM + (len(rows) - 1) * 5 * MM, draw, before=3 * MM)


# The results


def _cases(made: _Pack, results: Sequence[_Shown]) -> Iterator[Block]:
    for _, group in itertools.groupby(results, lambda each: each.item.case):
        for place, shown in enumerate(group):
            if not place:
                yield _case(shown.case, made.paper)
            again = _case(words.continued(shown.case), made.paper, again=True) if place else None
            yield _result(made, shown, again)


def _case(name: str, paper: Paper, *, again: bool = False) -> Block:
    title = measured(name, paper.across, _TITLE if again else _CASE)

    def draw(pen: Pen, top: float) -> None:
        pen.set(title, SIDE, top)

    return Block(title.height - 2 * MM, draw, before=7 * MM, keep=True)


def _result(made: _Pack, shown: _Shown, again: Block | None) -> Block:
    paper, form, names = made.paper, made.form, made.names
    read = _fitting(shown, paper)
    rows = len(words.VERDICTS) * _ROW
    title = measured(shown.judged.principle.name, paper.across - 20 * MM, _TITLE)
    start = 2 * MM + title.height + 1.6 * MM
    height = start + max(read.height, rows + 4 * MM + _COMMENT)
    at = place_of(shown.item)
    spoken = f"{shown.case}, {shown.judged.principle.name}"
    left = paper.right - _ANSWERS

    def draw(pen: Pen, top: float) -> None:
        pen.across(top, SIDE, paper.right, 0.6, INK)
        pen.set(title, SIDE, top - 2 * MM)
        pen.text_before(paper.right, top - 2 * MM - _TITLE.size, words.result_of(shown.number, shown.of), FINE)
        read.draw(pen.canvas, SIDE, top - start)
        _verdicts(pen, left, top - start, form, names.verdict(at), spoken)
        pen.text(left, top - start - rows - 3 * MM, words.COMMENT, FINE)

    def comment(pen: Pen, room: Room) -> None:
        high = room.top + height - start - rows - 4 * MM
        low = room.top - room.lines * PITCH
        form.write(pen, names.comment(at), f"{spoken}: {words.COMMENT}", (left, low, paper.right, high))

    return Block(height, draw, comment, wish=_STRETCH, before=6 * MM, again=again)


def _verdicts(pen: Pen, left: float, top: float, form: Form, name: str, spoken: str) -> None:
    """Draw the three boxes under each other, each with its word and what it means."""
    boxes = []
    for place, (verdict, (word, meaning)) in enumerate(words.VERDICTS.items()):
        baseline = top - place * _ROW - _BODY.size
        pen.text(left + BOX + 2 * MM, baseline, word, _BODY_STRONG)
        after = left + BOX + 3.4 * MM + width_of(word, _BODY_STRONG.face, _BODY_STRONG.size)
        pen.fitted(after, baseline, meaning, FINE, left + _ANSWERS - after)
        boxes.append((verdict.value, word, left, baseline + _BODY.size * CAPITALS / 2 - BOX / 2))
    form.choose(pen, name, spoken, boxes)


def _fitting(shown: _Shown, paper: Paper) -> Stack:
    """Set what is to be read, its texts cut where they would not go on a page."""
    for longest in _LENGTHS:
        stack = Stack(list(_read(shown, longest)), paper.across - _ANSWERS - _BETWEEN)
        if stack.height <= paper.room * _PAGE:
            break
    return stack


def _read(shown: _Shown, longest: int) -> Iterator[Flowable]:
    """Set what is to be read: level, finding, and why it is so as long as it still is."""
    yield _level(shown)
    yield _label(words.FINDING)
    yield paragraph(one_line(shown.item.finding, longest) or words.NO_FINDING, style=_BODY)
    if shown.moved:
        yield paragraph(words.MOVED_ON, style=FINE, before=2 * MM)
        return
    yield _label(words.WHY)
    if shown.judged.in_force is not None:
        why = sentence(one_line(shown.judged.in_force.reason, longest))
        yield paragraph(words.SET_BECAUSE, why, style=_BODY, after=1 * MM)
    yield paragraph(one_line(shown.judged.reason, longest), style=_BODY)
    yield from _limits(shown.rubric, shown.judged, longest)


def _level(shown: _Shown) -> Flowable:
    """Set the level in the words that were kept, with its sign as long as it is that."""
    text = paragraph(one_line(shown.item.level) or NOT_RATED, style=_LEVEL)
    if shown.moved:
        return text
    score, team = shown.judged.score, shown.judged.in_force
    reached, at_most = (team.level, team.level) if team else (score.level, score.at_most)
    return Marked(level_mark(shown.rubric, reached, at_most, size=9.4), text, size=_LEVEL.size)


def _limits(rubric: Rubric, judged: JudgedPrinciple, longest: int) -> Iterator[Flowable]:
    """List what keeps the next level from being reached, in the words of the criteria, each with its answer."""
    blocking = judged.score.next_blocking
    if not blocking:
        return
    offered = answers(rubric, judged.principle)
    yield _label(words.LIMITS)
    for each in blocking[:_MOST_LIMITS]:
        criterion = rubric.criterion(each.criterion)
        name, statement = capital(criterion.name), one_line(criterion.statement, longest)
        answer = Run(f"{offered.label(each.verdict)}.", Face.MEDIUM)
        text = paragraph(Run(f"{name}: ", Face.MEDIUM), statement, " ", answer, style=_LIMIT)
        made = Marked(answer_mark(offered, each.verdict), text, size=_LIMIT.size)
        made.spaceBefore = 1.0
        yield made
    if len(blocking) > _MOST_LIMITS:
        yield paragraph(words.more_criteria(len(blocking) - _MOST_LIMITS), style=FINE, before=1.0)


def _label(text: str) -> Flowable:
    return paragraph(text, style=FINE, before=1.8 * MM, after=0.4 * MM)


def _remark(made: _Pack) -> Block:
    """Leave what is left of the last page to a remark."""
    paper = made.paper

    def draw(pen: Pen, top: float) -> None:
        pen.across(top, SIDE, paper.right, 0.6, INK)
        pen.text(SIDE, top - 2 * MM - _TITLE.size, words.REMARK, _TITLE)

    def room(pen: Pen, room: Room) -> None:
        low = room.top - room.lines * PITCH
        made.form.write(pen, made.names.remark, words.REMARK, (SIDE, low, paper.right, room.top - 2 * MM))

    return Block(9 * MM, draw, room, least=4, wish=ALL, before=6 * MM)
