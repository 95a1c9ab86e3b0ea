"""Prints a report: pages become pictures beside the window, one at a time, and are painted on the printer's paper.

On Linux Qt hands a printer what it prints through a file in TMPDIR, which it removes afterwards. Since nothing of a
study is written to a disk in the clear, that folder is one in memory while a document is begun.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPageSize, QPainter

from app.disclosure.profiles import find_profile, is_for_others
from app.errors import FieldquillError
from app.model.disclosure import Paper
from app.version import VERSION
from ui.lane import Lane
from ui.report.builder import CHECK
from ui.report.renderer import PDFIUM, picture

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from PySide6.QtPrintSupport import QPrinter

    from app.model.disclosure import ReportSetup
    from app.model.document import StudyDocument

Sheet = tuple[QImage, int, int]  # a page's picture, which of how many it is

SHARPEST: Final = 300  # dots an inch a page is painted with at most
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder in memory, not on a disk


class NotPrintedError(FieldquillError):
    """A report that may not be printed, or could not be."""

    code = "report.not-printed"


class PagesError(FieldquillError):
    """Pages asked for that a report does not have."""

    code = "report.pages"


def read_pages(text: str, count: int) -> tuple[int, ...]:
    """Read which pages are meant, from 0: "1-3, 8", all where nothing is said; each once, in the order of the report.

    Raises:
        PagesError: it says something else, or names a page there is none of.
    """
    if not text.strip():
        return tuple(range(count))
    found: set[int] = set()
    for part in text.replace("\N{EN DASH}", "-").split(","):
        first, dash, last = (each.strip() for each in part.partition("-"))
        numbers = (first, last if dash else first)
        if not all(number.isascii() and number.isdecimal() for number in numbers):
            raise PagesError(f"Nothing was printed: pages are written as 1-3, 8; “{part.strip()}” is none.")
        low, high = map(int, numbers)
        if not 1 <= low <= high <= count:
            raise PagesError(f"Nothing was printed: the report has pages 1 to {count}; “{part.strip()}” is not in it.")
        found.update(range(low - 1, high))
    return tuple(sorted(found))


def printer_names() -> list[str]:
    """List the printers this computer knows, the default one first; Qt's printing is imported with the first call."""
    from PySide6.QtPrintSupport import QPrinterInfo

    names = [str(name) for name in QPrinterInfo.availablePrinterNames()]
    return sorted(names, key=lambda name: name != QPrinterInfo.defaultPrinterName())


def make_printer(name: str, paper: Paper, title: str) -> QPrinter:
    """Make a printer ready for sheets of a paper, printed to their edges."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4 if paper is Paper.A4 else QPageSize.PageSizeId.Letter))
    printer.setFullPage(True)
    printer.setDocName(title)
    printer.setCreator("Fieldquill")
    return printer


class PrintJob(QObject):
    """Prints a report in all its numbered copies: made, checked and painted page by page beside the window.

    `ended` brings how many pages were printed, `failed` why nothing more was.
    """

    progressed = Signal(str, int, int)
    ended = Signal(int)
    stopped = Signal(str)  # by leaks
    failed = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lane = Lane("report printer")
        self._printer: QPrinter | None = None
        self._painter = QPainter()
        self._sheets: Generator[Sheet] | None = None
        self._done = 0

    def start(self, document: StudyDocument, setup: ReportSetup, printer: QPrinter, pages: str = "") -> None:
        """Print some pages, as `read_pages` has them, of every copy."""
        self._printer, self._done = printer, 0
        self._sheets = _sheets(document, setup, pages, min(printer.resolution(), SHARPEST))
        self.busy_changed.emit(True)  # noqa: FBT003 - a signal's argument
        self.progressed.emit("Making the report", 0, 0)
        self._next()

    def cancel(self) -> None:
        """Print nothing more; what the printer has of it already is withdrawn where it can be."""
        if self._printer is None:
            return
        printer = self._printer
        self.lane.drop()
        if self._painter.isActive():
            printer.abort()
        self._finish()
        self.failed.emit("Printing was stopped.")

    def stop(self) -> None:
        """Leave no thread and no half-begun document behind."""
        self.lane.stop()
        if self._painter.isActive() and self._printer is not None:
            self._printer.abort()
            self._painter.end()
        self._printer = None

    def _next(self) -> None:
        if (sheets := self._sheets) is not None:
            self.lane.ask(lambda: _next_of(sheets), self._paint, self._fail)

    def _paint(self, sheet: Any) -> None:
        printer = self._printer
        if printer is None:
            return
        if sheet is None:
            self._finish()
            self.ended.emit(self._done)
        elif isinstance(sheet, str):
            self._finish()
            self.stopped.emit(sheet)
        elif not self._begin(printer):
            self._finish()
            self.failed.emit("Nothing was printed: the printer could not be reached.")
        else:
            image, done, of = sheet
            _draw(self._painter, printer, image)
            self._done += 1
            self.progressed.emit("Printing", done, of)
            self._next()

    def _begin(self, printer: QPrinter) -> bool:
        """Begin the document, or the next page of it."""
        if self._painter.isActive():
            return bool(printer.newPage())
        with _in_memory():
            return bool(self._painter.begin(printer))

    def _fail(self, sentence: str) -> None:
        if self._painter.isActive() and self._printer is not None:
            self._printer.abort()
        self._finish()
        self.failed.emit(sentence or "The report was not printed.")

    def _finish(self) -> None:
        if self._painter.isActive():
            self._painter.end()
        self._printer = None
        if self._sheets is not None:
            self.lane.ask(self._sheets.close, _nothing, _nothing)  # PDFium lets go in the thread that held on
            self._sheets = None
        self.busy_changed.emit(False)  # noqa: FBT003


def _nothing(_of: object) -> None:
    """Tell nobody."""


def _draw(painter: QPainter, printer: QPrinter, image: QImage) -> None:
    """Paint a page's picture where the page lies on the paper, whatever paper the printer really has."""
    paper = printer.paperRect(printer.Unit.DevicePixel)
    sheet = QSizeF(image.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    where = QRectF(paper.topLeft(), sheet)
    where.moveCenter(paper.center())
    painter.drawImage(where, image)


def _next_of(sheets: Generator[Sheet]) -> Sheet | str | None:
    """Give the next sheet, None after the last, or the sentence of the leaks that stop it."""
    try:
        return next(sheets, None)
    except NotPrintedError as problem:
        return problem.sentence


def _sheets(document: StudyDocument, setup: ReportSetup, pages: str, resolution: int) -> Generator[Sheet]:
    """Make each copy, check the first for leaks, and give the pictures of its pages, and how many of how many."""
    import pypdfium2

    for copy in range(1, setup.copies + 1):
        content = _copy(document, setup, copy)
        with PDFIUM:
            pdf = pypdfium2.PdfDocument(content)
            chosen = read_pages(pages, len(pdf))
        try:
            for place, number in enumerate(chosen, 1):
                with PDFIUM:
                    image = picture(pdf, number, round(pdf.get_page_size(number)[0] / 72 * resolution))
                yield image, (copy - 1) * len(chosen) + place, setup.copies * len(chosen)
        finally:
            with PDFIUM:
                pdf.close()


def _copy(document: StudyDocument, setup: ReportSetup, copy: int) -> bytes:
    from app.disclosure.check import check, open_leaks
    from app.report.build import make_report
    from app.report.snapshot import take

    report = make_report(take(document, setup, version=VERSION, copy=copy))
    profile = find_profile(document, setup.profile)
    if not is_for_others(profile):
        return report.content
    with CHECK:
        count = len(open_leaks(check(report.printed, document, profile)))
    if count:
        noun = "1 leak is" if count == 1 else f"{count} leaks are"
        raise NotPrintedError(f"Nothing was printed: {noun} to settle in the {profile.name} report first.")
    return report.content


@contextmanager
def _in_memory() -> Iterator[None]:
    """Let Qt keep what it sends to a printer in memory, where this system has a folder there."""
    before = os.environ.get("TMPDIR")
    usable = sys.platform == "linux" and _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    if usable:
        os.environ["TMPDIR"] = str(_MEMORY)
    try:
        yield
    finally:
        if usable and before is None:
            del os.environ["TMPDIR"]
        elif usable:
            os.environ["TMPDIR"] = str(before)
