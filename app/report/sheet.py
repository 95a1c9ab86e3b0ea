"""The sheets the report is set on: marking, running title, page number, outline and the file's own words."""

from __future__ import annotations

import functools
import hashlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.disclosure.printed import Printed
from app.report.fonts import Face, register, shortened, width_of
from app.report.pdf import Canvas, Flowable
from app.report.style import (
    BOTTOM,
    COLUMN,
    GREY,
    GUTTER,
    HEIGHT,
    INK,
    MARGIN,
    MM,
    PAGE,
    SMALL,
    TEXT,
    WIDTH,
    Colour,
    pdf_colour,
)
from app.report.text import note

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HEAD: Final = PAGE[1] - 14 * MM
_FOOT: Final = 12 * MM
_PAGE_OF: Final = "page-of-"
_SECOND: Final = MARGIN + COLUMN + GUTTER


@dataclass
class Sheets:
    """What stands on every sheet, and where things came to stand; `title` is printed at the foot.

    `printed` gathers every string that is drawn, `digests` one word for each page that is other when the page is.
    `turned` is told the number of each page that is done, and may stop it all by raising.
    """

    title: str
    marking: str
    running: str = ""
    places: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    pages: int = 0
    printed: list[Printed] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    turned: Callable[[int], object] = id

    def note(self, text: str, page: int, place: str = "") -> None:
        """Keep a string that is printed."""
        self.printed.append(Printed(text, page, place or self.running or "Cover"))


@dataclass(frozen=True)
class Metadata:
    """What the file says of itself."""

    title: str
    subject: str
    author: str
    creator: str


class Anchor(Flowable):
    """A place to jump to; with a title it stands in the outline, and a section's is printed on its pages."""

    def __init__(self, key: str, title: str = "", level: int = 0, *, running: bool = False) -> None:
        super().__init__()
        self.key = key
        self.title = title
        self.level = level
        self.running = running

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take no room."""
        self.width = self.height = 0.0
        return 0.0, 0.0

    def draw(self) -> None:
        """Note the place."""
        sheets: Sheets = self.canv.sheets
        self.canv.bookmarkHorizontal(self.key, 0, 12)
        sheets.places[self.key] = self.canv.getPageNumber()
        if self.title:
            sheets.note(self.title, 0, "Bookmark")
            self.canv.addOutlineEntry(self.title, self.key, self.level, closed=self.level > 0)
        if self.running:
            sheets.running = self.title


class PageOf(Flowable):
    """The number of the page a place came to stand on, known when the last page is done; set at the right."""

    def __init__(self, key: str, size: float, leading: float) -> None:
        super().__init__()
        self.key = key
        self.size = size
        self.leading = leading

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take one line."""
        self.width, self.height = width, self.leading
        return width, self.leading

    def draw(self) -> None:
        """Leave room for the number, and make it a link."""
        sheets: Sheets = self.canv.sheets
        if self.key not in sheets.asked:
            sheets.asked.append(self.key)
        self.canv.saveState()
        self.canv.translate(self.width, self.leading - self.size)
        self.canv.doForm(f"{_PAGE_OF}{self.key}")
        self.canv.restoreState()
        self.canv.linkRect("", self.key, (0, 0, self.width, self.height), relative=1)


def write_pdf(story: Sequence[Flowable], sheets: Sheets, metadata: Metadata) -> bytes:
    """Set a story on sheets of A4, and return the file; the same story gives the same bytes."""
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    register()
    file = io.BytesIO()
    frame = Frame(MARGIN, BOTTOM, WIDTH, HEIGHT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    pages = [
        PageTemplate("cover", [frame], onPageEnd=_draw_cover, autoNextPageTemplate="text"),
        PageTemplate("text", [frame], onPageEnd=_draw_page),
    ]
    sheet = BaseDocTemplate(
        file,
        pagesize=PAGE,
        pageTemplates=pages,
        invariant=1,
        pageCompression=1,
        lang="en",
        displayDocTitle=True,
        initialFontName=Face.REGULAR.value,
        title=metadata.title,
        author=metadata.author,
        subject=metadata.subject,
        creator=metadata.creator,
    )
    sheet.build(list(story), canvasmaker=functools.partial(_make_canvas, sheets))
    for word in ("title", "subject", "author", "creator"):
        sheets.note(getattr(metadata, word), 0, f"{word.capitalize()} of the file")
    return file.getvalue()


def _make_canvas(sheets: Sheets, *args: Any, **options: Any) -> Canvas:
    from reportlab.pdfgen.canvas import Canvas as PdfCanvas

    canvas = PdfCanvas(*args, **options)
    canvas.sheets = sheets
    canvas.showOutline()
    forget_time(canvas)
    save = canvas.save

    def finish() -> None:
        sheets.pages = canvas.getPageNumber() - 1
        sheets.digests = [_digest(sheets, drawing) for drawing in sheets.digests]
        _draw_numbers(canvas, sheets)
        save()

    canvas.save = finish
    return canvas


def _digest(sheets: Sheets, drawing: str) -> str:
    """Make a word of what draws a page, and of the numbers that are put on it at the end."""
    numbers = f"{sheets.pages}{sheets.places if _PAGE_OF in drawing else ''}"
    return hashlib.sha256(f"{drawing}{numbers}".encode()).hexdigest()


def forget_time(canvas: Canvas) -> None:
    """Leave no date in the file: neither ReportLab's stand-in of the year 2000, nor one from the environment."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFString

    document = canvas._doc  # noqa: SLF001 - it has no other way in
    document.signature = hashlib.md5(b"a Fieldquill report", usedforsecurity=False)
    info = document.info

    def undated(of: Any) -> Any:
        words = {name: PDFString(getattr(info, name.lower())) for name in ("Title", "Author", "Subject", "Creator")}
        words["Producer"] = PDFString(info.producer)
        words["Trapped"] = PDFName("False")
        return PDFDictionary(words).format(of)

    info.format = undated


def _draw_cover(canvas: Canvas, _sheet: Any) -> None:
    _draw_marking(canvas)
    _place_number(canvas)
    _note_page(canvas)


def _draw_page(canvas: Canvas, _sheet: Any) -> None:
    sheets: Sheets = canvas.sheets
    taken = _draw_marking(canvas)
    left = max(_SECOND, taken + GUTTER)
    room = MARGIN + WIDTH - left
    _draw_line(canvas, MARGIN + WIDTH, _HEAD, shortened(sheets.running, Face.REGULAR, SMALL, room), right=True)
    _draw_line(canvas, left, _FOOT, shortened(sheets.title, Face.REGULAR, SMALL, room - 24 * MM))
    _place_number(canvas)
    _note_page(canvas)


def _note_page(canvas: Canvas) -> None:
    """Keep what draws a finished page, to tell later whether it has changed."""
    canvas.sheets.digests.append("\n".join(canvas._code))  # noqa: SLF001 - it has no other way in
    canvas.sheets.turned(canvas.getPageNumber())


def _draw_marking(canvas: Canvas) -> float:
    """Draw the marking at top and bottom, and return where it ends."""
    sheets: Sheets = canvas.sheets
    size = SMALL
    while size > 5 and width_of(sheets.marking, Face.SEMIBOLD, size) > WIDTH - 30 * MM:
        size -= 0.5
    for height in (_HEAD, _FOOT):
        _draw_line(canvas, MARGIN, height, sheets.marking, face=Face.SEMIBOLD, colour=INK, size=size)
    return MARGIN + width_of(sheets.marking, Face.SEMIBOLD, size)


def _draw_line(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    *,
    face: Face = Face.REGULAR,
    colour: Colour = GREY,
    size: float = SMALL,
    right: bool = False,
) -> None:
    canvas.setFont(face.value, size)
    canvas.setFillColor(pdf_colour(colour))
    (canvas.drawRightString if right else canvas.drawString)(x, y, text)
    note(canvas, text)


def _place_number(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(MARGIN + WIDTH, _FOOT)
    canvas.doForm(f"number-{canvas.getPageNumber()}")
    canvas.restoreState()


def _draw_numbers(canvas: Canvas, sheets: Sheets) -> None:
    """Draw what could only be known at the end: "3 of 12" on each page, and the pages that contents name."""
    numbers = {f"number-{page}": f"{page} of {sheets.pages}" for page in range(1, sheets.pages + 1)}
    numbers |= {f"{_PAGE_OF}{key}": str(sheets.places.get(key, "")) for key in sheets.asked}
    for name, text in numbers.items():
        canvas.beginForm(name, lowerx=-TEXT, lowery=-SMALL, upperx=SMALL, uppery=2 * SMALL)
        colour = GREY if name.startswith("number") else INK
        _draw_line(canvas, 0, 0, text, colour=colour, right=True)
        canvas.endForm()
