"""Turns pages of a PDF into pictures beside the window; PDFium works in one thread at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ui.lane import Lane

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ui.report.marks import Share

PDFIUM: Final = threading.RLock()
"""Held by whatever uses PDFium, in any thread: it is not made for two.

The window's thread waits for it only when the page goes.
"""

Words = tuple[int, str]  # a page, from 0, and words on it


@dataclass(frozen=True)
class OutlineItem:
    """A bookmark: `page` counts from 0, `down` is how far down that page it points (0..1)."""

    title: str
    depth: int
    page: int
    down: float


@dataclass(frozen=True)
class Preview:
    """What is known of a PDF before any page is painted; `sizes` are width and height in pt."""

    sizes: tuple[tuple[float, float], ...]
    outline: tuple[OutlineItem, ...]


@dataclass(frozen=True)
class Painted:
    """The picture of a page, in a width in the screen's own pixels."""

    page: int
    width: int
    image: QImage


class Renderer(QObject):
    """Opens a PDF and paints the pages asked for last.

    `opened` brings a `Preview`, `painted` a page, `found` where the words sought stand. What was asked for before,
    and not yet begun, is forgotten.
    """

    opened = Signal(object)  # Preview
    painted = Signal(object)  # Painted
    found = Signal(object)  # dict of boxes in shares of the page, by Words

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lane = Lane("report renderer")
        self._shelf = _Shelf()
        self._sought: tuple[Words, ...] = ()
        self.can_paint = False

    def open(self, content: bytes, sought: Iterable[Words] = ()) -> None:
        """Show another PDF from now on, and find words in it."""
        self.can_paint = False
        self._sought = tuple(sought)
        self.lane.drop()
        self.lane.ask(lambda: self._shelf.open(content), self._open, _nothing)

    def ask(self, pages: Iterable[int], width: int) -> None:
        """Paint pages, the most wanted first, so many of the screen's pixels wide."""
        if not self.can_paint:
            return
        self.lane.clear()
        for page in pages:
            self.lane.ask(partial(self._shelf.paint, page, width), self.painted.emit, _nothing)
        self._seek()

    def stop(self) -> None:
        """Wait until PDFium is done, and let the PDF go."""
        self.can_paint = False
        self.lane.stop()
        self._shelf.close()

    def _open(self, preview: object) -> None:
        self.can_paint = True
        self.opened.emit(preview)
        self._seek()

    def _seek(self) -> None:
        """Find words after all that is to be painted first."""
        if self._sought:
            self.lane.ask(partial(self._shelf.find, self._sought), self._tell_found, _nothing)

    def _tell_found(self, boxes: object) -> None:
        self._sought = ()
        self.found.emit(boxes)


class _Shelf:
    """The PDF that is open; used by the lane's thread alone, and by `stop` once that has ended."""

    def __init__(self) -> None:
        self._pdf: Any = None

    def open(self, content: bytes) -> Preview:
        import pypdfium2

        with PDFIUM:
            self.close()
            self._pdf = pypdfium2.PdfDocument(content)
            sizes = tuple(self._pdf.get_page_size(place) for place in range(len(self._pdf)))
            return Preview(sizes, tuple(_outline(self._pdf, sizes)))

    def paint(self, number: int, width: int) -> Painted:
        with PDFIUM:
            return Painted(number, width, picture(self._pdf, number, width))

    def find(self, sought: Iterable[Words]) -> dict[Words, tuple[Share, ...]]:
        by_page: dict[int, list[str]] = {}
        for page, text in dict.fromkeys(sought):
            by_page.setdefault(page, []).append(text)
        with PDFIUM:
            pages = {page: texts for page, texts in by_page.items() if 0 <= page < len(self._pdf)}
            return {(page, text): boxes for page in pages for text, boxes in _find(self._pdf, page, pages[page])}

    def close(self) -> None:
        with PDFIUM:
            if self._pdf is not None:
                self._pdf.close()
                self._pdf = None


def picture(pdf: Any, number: int, width: int) -> QImage:
    """Paint a page of an open PDF so many px wide; only while `PDFIUM` is held."""
    page = pdf[number]
    bitmap = page.render(scale=(width - 0.01) / page.get_width(), prefer_bgrx=True)
    shape = (bitmap.width, bitmap.height, bitmap.stride)
    image = QImage(memoryview(bitmap.buffer).cast("B"), *shape, QImage.Format.Format_RGB32).copy()
    bitmap.close()
    page.close()
    return image


def _find(pdf: Any, number: int, texts: Iterable[str]) -> Iterator[tuple[str, tuple[Share, ...]]]:
    page = pdf[number]
    words = page.get_textpage()
    wide, high = page.get_size()
    for text in texts:
        boxes: list[Share] = []
        search = words.search(text) if text else None
        while search is not None and (found := search.get_next()) is not None:
            for place in range(words.count_rects(*found)):
                left, bottom, right, top = words.get_rect(place)
                boxes.append((left / wide, 1 - top / high, right / wide, 1 - bottom / high))
        yield text, tuple(boxes)
    words.close()
    page.close()


def _outline(pdf: Any, sizes: tuple[tuple[float, float], ...]) -> Iterator[OutlineItem]:
    for mark in pdf.get_toc():
        target = mark.get_dest()
        page = target.get_index() if target is not None else None
        if page is not None:
            _mode, place = target.get_view()
            down = 1 - place[1] / sizes[page][1] if len(place) > 1 else 0.0
            yield OutlineItem(mark.get_title(), mark.level, page, min(max(down, 0.0), 1.0))


def _nothing(_sentence: str) -> None:
    """Painting has no expected errors: what goes wrong there is a bug, and raised as one."""
