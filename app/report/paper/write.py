"""Filled pages into the bytes of a PDF: marking, number and page on each; the same sheets give the same bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.disclosure.printed import Printed
from app.report.fonts import Face, register, shortened, width_of
from app.report.paper import words
from app.report.paper.flow import Room
from app.report.paper.pen import FINE, FOOT_LINE, HEAD_LINE, SIDE, SMALL, Paper, Pen
from app.report.sheet import forget_time
from app.report.style import INK, MM, Style
from app.report.text import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.document import StudyDocument
    from app.report.paper.flow import Page, Placed
    from app.report.pdf import Canvas

_MARKING: Final = Style(SMALL, 10.6, Face.SEMIBOLD)
_PAGE: Final = Style(8.6, 10.6, Face.SEMIBOLD)


@dataclass(frozen=True)
class Sheet:
    """A sheet ready to be drawn: its number and its pages."""

    number: int
    pages: Sequence[Page]


@dataclass
class Noted:
    """Every string that is drawn on sheets meant for others, for the leak check to read."""

    printed: list[Printed] = field(default_factory=list)

    def note(self, text: str, page: int, place: str = "") -> None:
        """Keep a string that is printed."""
        self.printed.append(Printed(text, page, place or words.SHEET))


def write_sheets(
    document: StudyDocument,
    sheets: Sequence[Sheet],
    paper: Paper,
    *,
    title: str,
    version: str,
    noted: Noted | None = None,
) -> bytes:
    """Draw sheets one after another into a file; `noted` gathers every string that comes to stand in it."""
    from app.report.canvas import ReadyCanvas

    register()
    file = io.BytesIO()
    size = (paper.width, paper.height)
    first = Face.REGULAR.value
    canvas = ReadyCanvas(file, pagesize=size, invariant=1, pageCompression=1, lang="en", initialFontName=first)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setTitle(title)
    canvas.setSubject(line(document.study.title))
    canvas.setAuthor("")
    canvas.setCreator(f"Fieldquill {version}")
    forget_time(canvas)
    if noted is not None:
        canvas.sheets = noted
        noted.note(title, 0, "Title of the file")
        noted.note(line(document.study.title), 0, "Subject of the file")
    for sheet in sheets:
        _draw(canvas, document, sheet, paper)
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, document: StudyDocument, sheet: Sheet, paper: Paper) -> None:
    key = f"sheet-{sheet.number}"
    canvas.bookmarkPage(key)
    canvas.addOutlineEntry(f"{words.SHEET} {sheet.number}", key)
    pen = Pen(canvas, paper)
    for number, page in enumerate(sheet.pages, 1):
        _draw_edges(pen, document, words.page_of(sheet.number, number, len(sheet.pages)))
        for placed in page:
            _draw_placed(pen, placed)
        canvas.showPage()


def _draw_placed(pen: Pen, placed: Placed) -> None:
    top = pen.paper.top - placed.down
    placed.block.draw(pen, top)
    if placed.block.rule is not None:
        placed.block.rule(pen, Room(top - placed.block.height, placed.lines, placed.first))


def _draw_edges(pen: Pen, document: StudyDocument, place: str) -> None:
    """Draw the marking at head and foot, the sheet and the page, and whose sheet it is."""
    paper = pen.paper
    marking = line(document.site_policy.marking)
    high = paper.height - HEAD_LINE
    pen.text_before(paper.right, high, place, _PAGE)
    room = paper.across - width_of(place, _PAGE.face, _PAGE.size) - 8 * MM
    size = max(min(_MARKING.size, _MARKING.size * room / max(width_of(marking, _MARKING.face, _MARKING.size), 1)), 5)
    style = Style(size, size, Face.SEMIBOLD, INK)
    marking = shortened(marking, style.face, style.size, paper.across)
    for height in (high, FOOT_LINE):
        pen.text(SIDE, height, marking, style)
    left = room - width_of(marking, style.face, style.size) + width_of(place, _PAGE.face, _PAGE.size)
    study = document.study
    owner = shortened(line(f"{study.organisation.name} · {study.title}"), FINE.face, FINE.size, max(left, 0))
    pen.text_before(paper.right, FOOT_LINE, owner, FINE)
