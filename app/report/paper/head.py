"""What both sheets begin with: what they are of, their number, and fields to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from app.report.fonts import Face, width_of
from app.report.paper import words
from app.report.paper.flow import PITCH, Block
from app.report.paper.pen import FINE, SIDE, TEXT, TITLE, measured
from app.report.style import INK, LINE, MM, Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.model.document import StudyDocument
    from app.model.source import Part, SheetKind
    from app.report.paper.pen import Paper, Pen
    from app.report.pdf import Flowable

_NUMBER: Final = Style(34, 40, Face.SEMIBOLD)
_NUMBER_ROOM: Final = 42 * MM
_GAP: Final = 5 * MM
_LABEL: Final = 4.2 * MM
_SIGN: Final = Style(TEXT.size, TEXT.leading, Face.SEMIBOLD)
_WORD: Final = Style(8.4, 10.6)
_OPTIONS: Final = 44 * MM
_LEAST_PEOPLE: Final = 3


@dataclass(frozen=True)
class Field:
    """Something to fill in, perhaps filled in already, over some of the twelve columns of a sheet."""

    label: str
    value: str = ""
    span: int = 12


class Attending(NamedTuple):
    """An assessor on a sheet, and the part taken; both are empty on a line to be filled in."""

    name: str = ""
    part: Part | None = None


def heading(document: StudyDocument, kind: SheetKind, number: int, paper: Paper) -> Block:
    """Set what the sheet is and of which study, with its number large at the right."""
    room = paper.across - _NUMBER_ROOM
    title = measured(document.study.title, room, TITLE)
    organisation = measured(document.study.organisation.name, room)
    height = 4 * MM + title.height + 1 * MM + organisation.height + 4 * MM

    def draw(pen: Pen, top: float) -> None:
        pen.text(SIDE, top - 2.4 * MM, words.KINDS[kind], _SIGN)
        pen.set(title, SIDE, top - 4 * MM)
        pen.set(organisation, SIDE, top - 5 * MM - title.height)
        pen.text_before(paper.right, top - 2.4 * MM, words.SHEET, TEXT)
        size = _fitting(str(number))
        pen.text_before(paper.right, top - 4.5 * MM - size * 0.8, str(number), Style(size, size, Face.SEMIBOLD))
        pen.across(top - height, SIDE, paper.right, LINE, INK)

    return Block(height, draw)


def fields(paper: Paper, *row: Field) -> Block:
    """Set fields side by side: the label small above, room or what is known, and a line below."""
    widths = [(paper.across + _GAP) * field.span / 12 - _GAP for field in row]
    values = [measured(field.value, width) if field.value else None for field, width in zip(row, widths, strict=True)]
    height = 1.5 * MM + _LABEL + max(6.2 * MM, *(value.height + 0.6 * MM for value in values if value), 0)

    def draw(pen: Pen, top: float) -> None:
        left = SIDE
        for field, width, value in zip(row, widths, values, strict=True):
            pen.fitted(left, top - _LABEL, field.label, FINE, width)
            if value:
                pen.set(value, left, top - height + 1.2 * MM + value.height)
            pen.across(top - height, left, left + width)
            left += width + _GAP

    return Block(height, draw)


def people(paper: Paper, assessors: Sequence[Attending], participants: Sequence[str]) -> Iterator[Block]:
    """List who asks and watches beside who is asked, with lines for more."""
    half = (paper.across - _GAP) / 2
    right = SIDE + half + _GAP

    def label(pen: Pen, top: float) -> None:
        pen.text(SIDE, top - _LABEL, words.ASSESSORS, FINE)
        pen.fitted(right, top - _LABEL, words.PARTICIPANTS, FINE, half)

    yield Block(_LABEL + 0.5 * MM, label, keep=True)
    for place in range(max(len(assessors) + 1, len(participants) + 1, _LEAST_PEOPLE)):
        attending = assessors[place] if place < len(assessors) else Attending()
        yield _row(paper, half, attending, participants[place] if place < len(participants) else "")


def legend(paper: Paper, *, before: float = 0.0) -> Block:
    """Explain the markers in one row."""
    room = [width_of(sign, _SIGN.face, _SIGN.size) + 3 + width_of(word, _WORD.face, _WORD.size)
            for sign, word in words.MARKERS]  # fmt: skip
    gap = (paper.across - sum(room)) / (len(room) - 1)

    def draw(pen: Pen, top: float) -> None:
        pen.text(SIDE, top - 3 * MM, words.MARKERS_HEAD, FINE)
        left = SIDE
        for (sign, word), width in zip(words.MARKERS, room, strict=True):
            pen.text(left, top - 8 * MM, sign, _SIGN)
            pen.text(left + width - width_of(word, _WORD.face, _WORD.size), top - 8 * MM, word, _WORD)
            left += width + gap

    return Block(10 * MM, draw, before=before)


def _row(paper: Paper, half: float, attending: Attending, participant: str) -> Block:
    right = SIDE + half + _GAP
    name = measured(attending.name, half - _OPTIONS)
    person = measured(participant, half)
    height = max(PITCH, name.height + 2.4 * MM, person.height + 2.4 * MM)

    def draw(pen: Pen, top: float) -> None:
        bottom = top - height
        _stand(pen, name, SIDE, bottom)
        _stand(pen, person, right, bottom)
        end = SIDE + half
        for part in reversed(words.PARTS):
            end = pen.option(end, bottom + 1.8 * MM, words.PARTS[part], crossed=part is attending.part) - 3 * MM
        pen.across(bottom, SIDE, SIDE + half)
        pen.across(bottom, right, paper.right)

    return Block(height, draw)


def _stand(pen: Pen, text: Flowable, left: float, bottom: float) -> None:
    pen.set(text, left, bottom + 1.0 * MM + text.height)


def _fitting(number: str) -> float:
    """Give the size at which a number fits its room."""
    wide = width_of(number, _NUMBER.face, _NUMBER.size)
    return _NUMBER.size * min(1.0, (_NUMBER_ROOM - 4 * MM) / wide)
