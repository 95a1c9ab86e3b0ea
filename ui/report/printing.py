"""Prints a report: pages become pictures beside the window, one at a time, and are painted on the printer's paper.

On Linux Qt hands a printer what it prints through a file in TMPDIR, which it removes afterwards. Since nothing of a
study is written to a disk in the clear, that folder is one in memory while a document is begun.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPageSize, QPainter

from app.disclosure.profiles import find_profile, is_for_others
from app.errors import FieldquillError
from app.model.disclosure import Paper
from app.version import VERSION
from ui.lane import Lane
from ui.report.builder import CHECK, today
from ui.report.renderer import PDFIUM, picture

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from PySide6.QtPrintSupport import QPrinter

    from app.model.disclosure import ReportSetup
    from app.model.document import StudyDocument
    from app.report.snapshot import AuditDigest

Sheet = tuple[QImage, int, int]  # a page's picture, which of how many it is

SHARPEST: Final = 300  # dots an inch a page is painted with at most
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder in memory, not on a disk


class NotPrintedError(FieldquillError):
    """A report that could not be printed."""

    code = "report.not-printed"


class LeakingError(FieldquillError):
    """A report for others that would tell what stays inside; nothing was printed."""

    code = "report.leaking"


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


@dataclass(frozen=True)
class Sheaf:
    """What is to be printed: which pages, as `read_pages` has them, of every copy of which report."""

    document: StudyDocument
    setup: ReportSetup
    pages: str = ""
    audit: AuditDigest | None = None


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
        self._press: _Press | None = None
        self._done = 0

    def start(self, sheaf: Sheaf, printer: QPrinter) -> None:
        """Print what is to be printed."""
        self._done = 0
        self._press = _Press(printer, _sheets(sheaf, min(printer.resolution(), SHARPEST)))
        self.busy_changed.emit(True)  # noqa: FBT003 - a signal's argument
        self._next(self._press)

    def cancel(self) -> None:
        """Print nothing more; what the printer has of it already is withdrawn where it can be."""
        if self._press is not None:
            self.lane.drop()
            self._finish()
            self.failed.emit("Printing was stopped.")

    def stop(self) -> None:
        """Leave no thread and no half-begun document behind."""
        self.lane.stop()
        if self._press is not None:
            self._press.close()
            self._press = None

    def _next(self, press: _Press) -> None:
        self.lane.ask(press.print, self._printed, self._fail)

    def _printed(self, sheet: Any) -> None:
        press = self._press
        if press is not None and isinstance(sheet, tuple):
            self._done += 1
            self.progressed.emit("Printing", *sheet)
            self._next(press)
        elif press is not None:
            self._finish()
            (self.stopped if sheet else self.ended).emit(sheet or self._done)

    def _fail(self, sentence: str) -> None:
        self._finish()
        self.failed.emit(sentence or "The report was not printed.")

    def _finish(self) -> None:
        if self._press is not None:
            self.lane.ask(self._press.close, _nothing, _nothing)  # Qt and PDFium let go in the thread that held on
            self._press = None
        self.busy_changed.emit(False)  # noqa: FBT003


class _Press:
    """A document on a printer; used by the lane's thread alone, and by `stop` once that has ended."""

    def __init__(self, printer: QPrinter, sheets: Generator[Sheet]) -> None:
        self._printer = printer
        self._sheets = sheets
        self._painter = QPainter()

    def print(self) -> tuple[int, int] | str | None:
        """Print the next sheet and give which of how many it is; None after the last, or what stops it.

        Raises:
            NotPrintedError: the printer could not be reached.
            PagesError: there are no such pages.
        """
        try:
            sheet = next(self._sheets, None)
        except LeakingError as problem:
            return problem.sentence
        if sheet is None:
            self._painter.end()
            return None
        if not self._begin():
            raise NotPrintedError("Nothing was printed: the printer could not be reached.")
        image, done, of = sheet
        _draw(self._painter, self._printer, image)
        return done, of

    def close(self) -> None:
        """Withdraw what is not finished."""
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self._sheets.close()

    def _begin(self) -> bool:
        """Begin the document, or the next page of it."""
        if self._painter.isActive():
            return bool(self._printer.newPage())
        with _in_memory():
            return bool(self._painter.begin(self._printer))


def _nothing(_of: object) -> None:
    """Tell nobody."""


def _draw(painter: QPainter, printer: QPrinter, image: QImage) -> None:
    """Paint a page's picture where the page lies on the paper, whatever paper the printer really has."""
    paper = printer.paperRect(printer.Unit.DevicePixel)
    sheet = QSizeF(image.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    where = QRectF(paper.topLeft(), sheet)
    where.moveCenter(paper.center())
    painter.drawImage(where, image)


def _sheets(sheaf: Sheaf, resolution: int) -> Generator[Sheet]:
    """Make each copy, check each for leaks, and give the pictures of its pages, and how many of how many."""
    import pypdfium2

    copies = sheaf.setup.copies
    for copy in range(1, copies + 1):
        content = _copy(sheaf, copy)
        with PDFIUM:
            pdf = pypdfium2.PdfDocument(content)
            chosen = read_pages(sheaf.pages, len(pdf))
        try:
            for place, number in enumerate(chosen, 1):
                with PDFIUM:
                    image = picture(pdf, number, round(pdf.get_page_size(number)[0] / 72 * resolution))
                yield image, (copy - 1) * len(chosen) + place, copies * len(chosen)
        finally:
            with PDFIUM:
                pdf.close()


def _copy(sheaf: Sheaf, copy: int) -> bytes:
    from app.disclosure.check import check, open_leaks
    from app.report.build import make_report
    from app.report.snapshot import take

    document = sheaf.document
    issued = today(document)
    report = make_report(take(document, sheaf.setup, version=VERSION, copy=copy, audit=sheaf.audit, issued=issued))
    profile = find_profile(document, sheaf.setup.profile)
    if not is_for_others(profile):
        return report.content
    with CHECK:
        count = len(open_leaks(check(report.printed, document, profile)))
    if count:
        noun = "1 leak is" if count == 1 else f"{count} leaks are"
        raise LeakingError(f"Nothing was printed: {noun} to settle in the {profile.name} report first.")
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
