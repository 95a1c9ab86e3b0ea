"""Prints a PDF: pages become pictures beside the window, one at a time, and are painted on the printer's paper.

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

from app.errors import FieldquillError
from app.model.disclosure import Paper
from ui.lane import Lane
from ui.report.renderer import PDFIUM, picture

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from PySide6.QtPrintSupport import QPrinter

Sheet = tuple[QImage, int, int]  # a page's picture, which of how many it is

SHARPEST: Final = 300  # dots an inch a page is painted with at most
_STOPPED_ON_PAPER: Final = "Printing was stopped; pages that the printer has already may still come out."
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder in memory, not on a disk


class NotPrintedError(FieldquillError):
    """Pages that could not be printed."""

    code = "print.failed"


class PagesError(FieldquillError):
    """Pages asked for that there are none of."""

    code = "print.pages"


def read_pages(text: str, count: int) -> tuple[int, ...]:
    """Read which pages are meant, from 0: "1-3, 8", all where nothing is said; each once, in their order.

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
            raise PagesError(f"Nothing was printed: there are pages 1 to {count}; “{part.strip()}” is none of them.")
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
    """What is to be printed: the copies of something that leaves the team, and which pages of each.

    Args:
        title: what the printer is told that it is; it must tell nothing of the study.
        paper: what it is set for.
        make: makes the PDF of a copy, from 1, checked as one that is written; called beside the window.
        copies: how many there are.
        pages: as `read_pages` has them, of each copy.
        ready: asked in the window's thread once the first page is made, before the printer gets anything: where it
            says no, and why, it gets nothing. What was begun on a printer can't always be withdrawn.
        spent: a sentence on what that has used up, though nothing was printed after all; empty for nothing.
    """

    title: str
    paper: Paper
    make: Callable[[int], bytes]
    copies: int = 1
    pages: str = ""
    ready: Callable[[], bool] = lambda: True
    spent: str = ""


class PrintJob(QObject):
    """Prints all copies of a sheaf: made, checked and painted page by page beside the window.

    `ended` brings how many pages were printed, `failed` why nothing more was; neither comes where it was not `ready`.
    """

    progressed = Signal(str, int, int)
    ended = Signal(int)
    stopped = Signal(str)  # by leaks
    failed = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lane = Lane("printer")
        self._press: _Press | None = None
        self._sheaf: Sheaf | None = None
        self._spent = ""
        self._done = 0

    def start(self, sheaf: Sheaf, printer: QPrinter) -> None:
        """Print what is to be printed."""
        self._done, self._spent, self._sheaf = 0, "", sheaf
        self._press = _Press(printer, _sheets(sheaf, min(printer.resolution(), SHARPEST)))
        self.busy_changed.emit(True)  # noqa: FBT003 - a signal's argument
        self.lane.ask(self._press.prepare, self._prepared, self._fail)

    def cancel(self) -> None:
        """Print nothing more; what the printer has of it already is withdrawn where it can be."""
        if self._press is not None:
            self.lane.drop()
            self._fail(_STOPPED_ON_PAPER if self._done else "Printing was stopped.")

    def stop(self) -> None:
        """Leave no thread and no half-begun document behind."""
        self.lane.stop()
        if self._press is not None:
            self._press.close()
            self._press = None

    def _prepared(self, leaks: object) -> None:
        if self._press is None or self._sheaf is None:
            return
        if leaks:
            self._stop(str(leaks))
        elif self._sheaf.ready():
            self._spent = self._sheaf.spent
            self._next(self._press)
        else:
            self._finish()

    def _next(self, press: _Press) -> None:
        self.lane.ask(press.print, self._printed, self._fail)

    def _printed(self, sheet: Any) -> None:
        press = self._press
        if press is not None and isinstance(sheet, tuple):
            self._done += 1
            self.progressed.emit("Printing", *sheet)
            self._next(press)
        elif press is not None and sheet:
            self._stop(sheet)
        elif press is not None:
            self._finish()
            self.ended.emit(self._done)

    def _stop(self, leaks: str) -> None:
        self._finish()
        self.stopped.emit(self._with_spent(leaks))

    def _fail(self, sentence: str) -> None:
        self._finish()
        self.failed.emit(self._with_spent(sentence or "That could not be printed."))

    def _with_spent(self, sentence: str) -> str:
        return f"{sentence} {self._spent}".rstrip()

    def _finish(self) -> None:
        if self._press is not None:
            self.lane.ask(self._press.close, _nothing, _nothing)  # Qt and PDFium let go in the thread that held on
            self._press = self._sheaf = None
        self.busy_changed.emit(False)  # noqa: FBT003


class _Press:
    """A document on a printer; used by the lane's thread alone, and by `stop` once that has ended."""

    def __init__(self, printer: QPrinter, sheets: Generator[Sheet]) -> None:
        self._printer = printer
        self._sheets = sheets
        self._next: Sheet | None = None
        self._painter = QPainter()

    def prepare(self) -> str:
        """Make the next page; gives the sentence of the leak check where that stops it.

        Raises:
            PagesError: there are no such pages.
        """
        from app.report.release import LeaksError

        try:
            self._next = next(self._sheets, None)
        except LeaksError as problem:
            return f"Nothing was printed: {problem.told}"
        return ""

    def print(self) -> tuple[int, int] | str | None:
        """Print the next sheet and give which of how many it is; None after the last, or what stops it.

        Raises:
            NotPrintedError: the printer could not be reached.
        """
        if self._next is None and (leaks := self.prepare()):
            return leaks
        sheet, self._next = self._next, None
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
    """Make each copy, and give the pictures of its pages, and how many of how many."""
    import pypdfium2

    for copy in range(1, sheaf.copies + 1):
        content = sheaf.make(copy)
        with PDFIUM:
            pdf = pypdfium2.PdfDocument(content)
            chosen = read_pages(sheaf.pages, len(pdf))
        try:
            for place, number in enumerate(chosen, 1):
                with PDFIUM:
                    image = picture(pdf, number, round(pdf.get_page_size(number)[0] / 72 * resolution))
                yield image, (copy - 1) * len(chosen) + place, sheaf.copies * len(chosen)
        finally:
            with PDFIUM:
                pdf.close()


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
