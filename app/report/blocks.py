"""What sections are built of: headings, labelled texts, lists, captions, levels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.analysis.overview import NOT_RATED
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, Stack, beside
from app.report.marks import DashMark, Marked, answer_mark, level_mark
from app.report.sheet import Anchor, Room
from app.report.style import (
    ACCENT,
    COLUMN,
    GUTTER,
    HEIGHT,
    LINE,
    SMALL,
    TEXT,
    TEXT_BODY,
    TEXT_GREY,
    TEXT_HEAD,
    TEXT_LARGE,
    TEXT_NOTE,
    TEXT_NUMBER,
    TEXT_SMALL,
    TEXT_STRONG,
    TEXT_TITLE,
    WIDTH,
    Style,
)
from app.report.text import Run, Words, paragraph
from app.scoring.offered import word_of
from app.scoring.scale import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.analysis.assessment import JudgedCase, JudgedPrinciple
    from app.model.assessment import Override
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.rubric.structure import Rubric
    from app.scoring.offered import Answers

NEW_PAGE: Final = math.inf
"""More than any page has left, so that a section begins on a new one, unless nothing stands on this one yet."""


@dataclass(frozen=True)
class Section:
    """A part of the report; it begins on a new page where less than `room` is left."""

    key: str
    title: str
    flow: Callable[[], list[Flowable]]
    room: float = NEW_PAGE
    appendix: bool = False


def room_for(height: float) -> Flowable:
    """Go on on a new page where less than a height is left, so that a heading is not left behind.

    An empty page has room for whatever wants more than it.
    """
    return Room(height)


def gap(height: float) -> Flowable:
    """Leave room."""
    from reportlab.platypus import Spacer

    made: Flowable = Spacer(0, height)
    return made


def section_head(number: str, section: Section) -> list[Flowable]:
    """Open a section: its number in the first column, its title in the others."""
    anchor = Anchor(section.key, f"{number} {section.title}", running=True)
    cells = [
        Cell([anchor, paragraph(number, style=TEXT_NUMBER)]),
        Cell([paragraph(section.title, style=TEXT_TITLE)]),
    ]
    row = Row(cells, rule=LINE, rule_colour=ACCENT, above=7, below=14)
    return [room_for(section.room), Grid([COLUMN, TEXT], [row], gap=GUTTER, before=26)]


def lead(*words: Words) -> Flowable:
    """Set the sentence a section opens with."""
    return beside([], [paragraph(*words, style=TEXT_LARGE, after=6)])


def labelled(label: str, *body: Flowable, note: str = "", before: float = 12) -> Flowable:
    """Set a text with its heading in the first column."""
    head = [paragraph(label, style=TEXT_STRONG)]
    if note:
        head.append(paragraph(note, style=TEXT_NOTE, before=1))
    return beside(head, body, before=before)


def opened(heads: Sequence[Flowable], grid: Grid) -> list[Flowable]:
    """Set headings, or none, so that the start of what follows stands with them."""
    room = grid.getSpaceBefore() + grid.opening(WIDTH)
    if heads:
        below = max(heads[-1].getSpaceAfter() - grid.getSpaceBefore(), 0)
        room += Stack([*heads, gap(0)], WIDTH).height + heads[0].getSpaceBefore() + below
    return [room_for(min(room, HEIGHT / 2)), *heads, grid]


def whole(block: Flowable) -> list[Flowable]:
    """Set a block without splitting it where it is not too tall for that."""
    return [room_for(min(Stack([block], WIDTH).height + block.getSpaceBefore(), HEIGHT / 2)), block]


def subhead(title: str, *, key: str = "") -> list[Flowable]:
    """Set a heading within a section."""
    anchors = [Anchor(key, title, 1)] if key else []
    return [*anchors, paragraph(title, style=TEXT_HEAD, before=22, after=6)]


def captioned(material: Material, text: str, grid: Grid, *heads: Flowable, number: int = 0) -> list[Flowable]:
    """Set a table under its number and name, perhaps with headings above; without a number it gets the next."""
    number = number or material.caption(text)
    grid.number, grid.title = number, text
    words = (Run(f"Table {number}  ", Face.SEMIBOLD), text)
    return opened([*heads, paragraph(*words, style=TEXT_SMALL, before=6 if heads else 14, after=4)], grid)


def figure_title(material: Material, text: str, *, after: float = 4) -> Flowable:
    """Set the number and the name that stand above a figure."""
    number = Run(f"Figure {material.figure(text)}  ", Face.SEMIBOLD)
    return paragraph(number, text, style=TEXT_SMALL, before=14, after=after)


def bullets(items: Sequence[Sequence[Words]], style: Style = TEXT_BODY, *, before: float = 2) -> list[Flowable]:
    """Set a list, each item after a dash."""
    found: list[Flowable] = []
    for item in items:
        made = Marked(DashMark(style.size * 0.5), paragraph(*item, style=style), size=style.size)
        made.spaceBefore = before
        found.append(made)
    return found


def nothing(text: str) -> Flowable:
    """Say why a place is empty."""
    return beside([], [paragraph(text, style=TEXT_GREY)], before=4)


def level_name(rubric: Rubric, level: str | None) -> str:
    """Name a level; "Not rated" where there is none."""
    return rubric.level(level).name if level else NOT_RATED


def level(rubric: Rubric, reached: str | None, at_most: str | None, style: Style = TEXT_STRONG) -> Flowable:
    """Set a level as sign and word, with the one at most reached below it where open answers leave that open."""
    words: list[Words] = [level_name(rubric, reached)]
    if at_most != reached:
        words.append(Run(f"\nat most {level_name(rubric, at_most)}", Face.REGULAR))
    mark = level_mark(rubric, reached, at_most, size=style.size * 0.9)
    return Marked(mark, paragraph(*words, style=style), size=style.size)


def judged_level(rubric: Rubric, judged: JudgedPrinciple, style: Style = TEXT_STRONG) -> list[Flowable]:
    """Set the level of a principle, and beside the derived one the one the team has set against it.

    One that has lapsed only stands below, since it no longer counts.
    """
    derived = level(rubric, judged.score.level, judged.score.at_most, style)
    if judged.in_force is not None:
        team = level(rubric, judged.in_force.level, judged.in_force.level, style)
        return [team, paragraph("set by the team; derived:", style=TEXT_NOTE, before=2), derived]
    if judged.lapsed is not None:
        return [derived, paragraph(lapsed_text(rubric, judged.lapsed), style=TEXT_NOTE, before=2)]
    return [derived]


def lapsed_text(rubric: Rubric, override: Override) -> str:
    """Say that a level the team set no longer counts: "High, set by the team, has lapsed"."""
    return f"{level_name(rubric, override.level)}, set by the team, has lapsed"


def overall_level(rubric: Rubric, case: JudgedCase, style: Style = TEXT_STRONG) -> list[Flowable]:
    """Set the overall level of a case, and below the derived one that with what the team has set."""
    derived = level(rubric, case.score.overall.level, case.score.overall.at_most, style)
    if case.team is None or case.team.level is None:
        return [derived]
    team = level(rubric, case.team.level, case.team.at_most, style)
    return [derived, paragraph("with what the team set:", style=TEXT_NOTE, before=2), team]


def verdict(offered: Answers, given: Verdict | None, *, blocks: bool = False) -> Flowable:
    """Set an answer as sign and word; one that holds a level back stands out."""
    style = Style(SMALL, 11.2, Face.SEMIBOLD if blocks else Face.REGULAR)
    words = paragraph(verdict_word(offered, given), style=style)
    return Marked(answer_mark(offered, given), words, size=SMALL)


def verdict_word(offered: Answers, given: Verdict | None) -> str:
    """Name an answer in a word or two; a level that was picked by its name."""
    if given is None or given is Verdict.NOT_ACHIEVED:
        return offered.label(given)
    return word_of(offered.step(given))


def strong(text: str) -> Run:
    """Set words in semi-bold."""
    return Run(text, Face.SEMIBOLD)
