"""The sheets the report is set on: marking, running title, page number, outline and the file's own words."""

from __future__ import annotations

import functools
import hashlib
import io
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.disclosure.printed import Printed
from app.model.disclosure import Paper
from app.report.fonts import CAPITALS, Face, register, shortened, width_of
from app.report.pdf import Canvas, Flowable
from app.report.style import (
    BOTTOM,
    COLUMN,
    GREY,
    GUTTER,
    INK,
    MM,
    PAGES,
    PALE,
    SMALL,
    TEXT,
    WIDTH,
    Colour,
    Page,
    pdf_colour,
)
from app.report.text import line, note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_HEAD: Final = 14 * MM
_FOOT: Final = 12 * MM
_NOTICE: Final = _FOOT - 10
_PAGE_OF: Final = "page-of-"
_LARGEST: Final = 120.0
_FUZZ: Final = 0.5


@dataclass(frozen=True)
class _Link:
    """A link to a place: the annotations of its page, the object's name among them, and where it is on the page."""

    to: str
    name: str
    on: list[Any]
    box: tuple[float, ...]


@dataclass
class Sheets:
    """What stands on every sheet, and where things came to stand; `title` is printed at the foot.

    Below it stands `notice`: which copy this is, whose, and whether it is a draft. `watermark` lies large and pale
    under what is printed. `printed` gathers every string that is drawn, `digests` one word for each page that is other
    when the page is. Places have numbers for names in the file, by when they were first met: a key tells what it is of.
    `turned` is told the number of each page that is done, and may stop it all by raising.
    """

    title: str
    marking: str
    page: Page = PAGES[Paper.A4]
    notice: str = ""
    watermark: str = ""
    running: str = ""
    places: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    pages: int = 0
    printed: list[Printed] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    turned: Callable[[int], object] = id
    _names: dict[str, str] = field(default_factory=dict)
    _links: list[_Link] = field(default_factory=list)

    def name(self, key: str) -> str:
        """Name a place for the file."""
        return self._names.setdefault(key, str(len(self._names) + 1))

    def link(self, canvas: Canvas, key: str, box: tuple[float, ...]) -> None:
        """Make a box on the page a link to a place; without one, should the place not be printed after all."""
        document, name = canvas._doc, f"link-{len(self._links)}"  # noqa: SLF001 - it has no other way in
        on = canvas._annotationrefs  # noqa: SLF001
        on.append(document.refAnnotation(name))
        low, high = canvas.absolutePosition(*box[:2]), canvas.absolutePosition(*box[2:])
        self._links.append(_Link(key, name, on, (*low, *high)))

    def tie(self, canvas: Canvas) -> None:
        """Tie the links to their places, now that all are known."""
        from reportlab.pdfbase.pdfdoc import LinkAnnotation

        document = canvas._doc  # noqa: SLF001 - it has no other way in
        for each in self._links:
            if each.to in self.places:
                to = canvas._bookmarkReference(self.name(each.to))  # noqa: SLF001
                link = LinkAnnotation(each.box, "", to, Border="[0 0 0]")
                document.addAnnotation(each.name, link)
            else:
                gone = document.refAnnotation(each.name).name
                each.on[:] = [kept for kept in each.on if kept.name != gone]

    def note(self, text: str, page: int, place: str = "") -> None:
        """Keep a string that is printed."""
        self.printed.append(Printed(text, page, place or self.running or "Cover"))


@dataclass(frozen=True)
class Metadata:
    """What the file says of itself; `keywords` say which copy it is, "copy 2 of 5", so that one that turns up is known.

    The same stands at the foot of every page: the file says nothing in secret.
    """

    title: str
    subject: str
    author: str
    creator: str
    keywords: str = ""

    def printed(self) -> Iterator[Printed]:
        """List what it says, each string with its name; none has a page."""
        for name in ("title", "subject", "author", "creator", "keywords"):
            yield Printed(getattr(self, name), 0, f"{name.capitalize()} of the file")


class Anchor(Flowable):
    """A place to jump to; with a title it stands in the outline, and a section's is printed on its pages."""

    def __init__(self, key: str, title: str = "", level: int = 0, *, running: bool = False) -> None:
        super().__init__()
        self.key = key
        self.title = line(title)
        self.level = level
        self.running = running

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take no room."""
        self.width = self.height = 0.0
        return 0.0, 0.0

    def draw(self) -> None:
        """Note the place."""
        sheets: Sheets = self.canv.sheets
        name = sheets.name(self.key)
        self.canv.bookmarkHorizontal(name, 0, 12)
        sheets.places[self.key] = self.canv.getPageNumber()
        if self.title:
            sheets.note(self.title, 0, "Bookmark")
            self.canv.addOutlineEntry(self.title, name, self.level, closed=self.level > 0)
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
        self.canv.doForm(f"{_PAGE_OF}{sheets.name(self.key)}")
        self.canv.restoreState()
        sheets.link(self.canv, self.key, (0, 0, self.width, self.height))


class Room(Flowable):
    """Goes on on a new page where less than a height is left, unless this one is still empty."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def wrap(self, _width: float, height: float) -> tuple[float, float]:
        """Take no room, and end the page if need be."""
        from reportlab.platypus.doctemplate import FrameBreak

        frame = self._doctemplateAttr("frame")
        if frame is not None and height < min(self.height, frame._aH - _FUZZ):  # noqa: SLF001 - it has no other way in
            frame.add_generated_content(FrameBreak)
        return 0.0, 0.0

    def draw(self) -> None:
        """Draw nothing."""


def write_pdf(story: Sequence[Flowable], sheets: Sheets, metadata: Metadata) -> bytes:
    """Set a story on sheets, and return the file; the same story gives the same bytes."""
    from reportlab.platypus import BaseDocTemplate

    register()
    file = io.BytesIO()
    sheet = BaseDocTemplate(
        file,
        pagesize=(sheets.page.width, sheets.page.height),
        pageTemplates=_templates(sheets.page),
        invariant=1,
        pageCompression=1,
        lang="en",
        displayDocTitle=True,
        initialFontName=Face.REGULAR.value,
        title=metadata.title,
        author=metadata.author,
        subject=metadata.subject,
        creator=metadata.creator,
        keywords=metadata.keywords,
    )
    sheet.build(list(story), canvasmaker=functools.partial(_make_canvas, sheets))
    sheets.printed += metadata.printed()
    return file.getvalue()


def _templates(page: Page) -> list[Any]:
    from reportlab.platypus import Frame, PageTemplate

    padding = dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0)
    frame = Frame(page.margin, BOTTOM, WIDTH, page.room, **padding)
    return [
        PageTemplate("cover", [frame], onPage=_draw_watermark, onPageEnd=_draw_cover, autoNextPageTemplate="text"),
        PageTemplate("text", [frame], onPage=_draw_watermark, onPageEnd=_draw_page),
    ]


def _make_canvas(sheets: Sheets, *args: Any, **options: Any) -> Canvas:
    from app.report.canvas import ReadyCanvas

    canvas = ReadyCanvas(*args, **options)
    canvas.sheets = sheets
    canvas.showOutline()
    forget_time(canvas)
    save = canvas.save

    def finish() -> None:
        sheets.pages = canvas.getPageNumber() - 1
        sheets.digests = [_digest(sheets, drawing) for drawing in sheets.digests]
        _draw_numbers(canvas, sheets)
        sheets.tie(canvas)
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
        if info.keywords:
            words["Keywords"] = PDFString(info.keywords)
        words["Producer"] = PDFString(info.producer)
        words["Trapped"] = PDFName("False")
        return PDFDictionary(words).format(of)

    info.format = undated


def _draw_cover(canvas: Canvas, _sheet: Any) -> None:
    page: Page = canvas.sheets.page
    _draw_marking(canvas)
    _draw_notice(canvas, page.margin + COLUMN + GUTTER)
    _place_number(canvas)
    _note_page(canvas)


def _draw_page(canvas: Canvas, _sheet: Any) -> None:
    sheets: Sheets = canvas.sheets
    page = sheets.page
    end = page.margin + WIDTH
    left = max(page.margin + COLUMN + GUTTER, _draw_marking(canvas) + GUTTER)
    running = shortened(sheets.running, Face.REGULAR, SMALL, end - left)
    _draw_line(canvas, end, page.height - _HEAD, running, right=True)
    _draw_line(canvas, left, _FOOT, shortened(sheets.title, Face.REGULAR, SMALL, end - left - 24 * MM))
    _draw_notice(canvas, left)
    _place_number(canvas)
    _note_page(canvas)


def _draw_notice(canvas: Canvas, left: float) -> None:
    """Say at the foot which copy this is and whether it is a draft, where there is anything to say."""
    sheets: Sheets = canvas.sheets
    if sheets.notice:
        room = sheets.page.margin + WIDTH - left
        _draw_line(canvas, left, _NOTICE, shortened(sheets.notice, Face.REGULAR, SMALL, room))


def _draw_watermark(canvas: Canvas, _sheet: Any) -> None:
    """Draw the watermark from corner to corner of what is set, before anything else."""
    sheets: Sheets = canvas.sheets
    if not sheets.watermark:
        return
    page = sheets.page
    slope = math.atan2(page.room, WIDTH)
    size = min(_LARGEST, 0.86 * math.hypot(page.room, WIDTH) / width_of(sheets.watermark, Face.REGULAR, 1))
    canvas.saveState()
    canvas.translate(page.width / 2, BOTTOM + page.room / 2)
    canvas.rotate(math.degrees(slope))
    canvas.setFont(Face.REGULAR.value, size)
    canvas.setFillColor(pdf_colour(PALE))
    canvas.drawCentredString(0, -size * CAPITALS / 2, sheets.watermark)
    canvas.restoreState()
    note(canvas, sheets.watermark)


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
    left = sheets.page.margin
    for height in (sheets.page.height - _HEAD, _FOOT):
        _draw_line(canvas, left, height, sheets.marking, face=Face.SEMIBOLD, colour=INK, size=size)
    return left + width_of(sheets.marking, Face.SEMIBOLD, size)


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
    canvas.translate(canvas.sheets.page.margin + WIDTH, _FOOT)
    canvas.doForm(f"number-{canvas.getPageNumber()}")
    canvas.restoreState()


def _draw_numbers(canvas: Canvas, sheets: Sheets) -> None:
    """Draw what could only be known at the end: "3 of 12" on each page, and the pages that contents name."""
    numbers = {f"number-{page}": f"{page} of {sheets.pages}" for page in range(1, sheets.pages + 1)}
    numbers |= {f"{_PAGE_OF}{sheets.name(key)}": str(sheets.places.get(key, "")) for key in sheets.asked}
    for name, text in numbers.items():
        canvas.beginForm(name, lowerx=-TEXT, lowery=-SMALL, upperx=SMALL, uppery=2 * SMALL)
        colour = GREY if name.startswith("number") else INK
        _draw_line(canvas, 0, 0, text, colour=colour, right=True)
        canvas.endForm()
