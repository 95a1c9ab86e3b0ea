"""Review packs and filled forms: written, printed and read beside the window; says in a bar what became of them."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.analysis.collection import day_text
from app.version import VERSION
from ui.lane import Lane
from ui.printing.job import Sheaf
from ui.report.builder import CHECK
from ui.report.renderer import PDFIUM
from ui.widgets.files import ask_file_to_open, ask_file_to_save

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.model.assessment import Review
    from app.model.document import StudyDocument
    from ui.desk import Desk
    from ui.widgets import Bar

_ENDING = ".pdf"


class Packs(QObject):
    """Writes and reads the files of the page Review."""

    have_read = Signal(str, object)  # name of the file, what it says
    report_asked = Signal()

    def __init__(self, desk: Desk, bar: Bar, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._bar, self._page = desk, bar, page
        self.lane = Lane("review packs")
        if (program := QCoreApplication.instance()) is not None:
            program.aboutToQuit.connect(self.lane.finish)
        page.destroyed.connect(partial(_end, self.lane))
        self._back_by: dict[str, date] = {}  # by the key of the review; on no medium

    def back_by(self, review: str) -> date | None:
        """Give the day by which a review's pack is to be given back, as it was said since the window was opened."""
        return self._back_by.get(review)

    def give_back_by(self, review: str, day: date | None) -> None:
        """Say by when a pack is to be given back; that is printed on it, and room to write it where it is None."""
        if day is not None:
            self._back_by[review] = day
        else:
            self._back_by.pop(review, None)

    def save(self, review: Review) -> None:
        """Ask where, and write the pack of a review there."""
        study = self._desk.study.path
        name = f"review-pack-{review.sheet}{_ENDING}"  # not the study's name, which may be one that stays inside
        path = ask_file_to_save(self._page, "Save the review pack as PDF, not encrypted", name, _ENDING, study.parent)
        if path is not None:
            self.save_to(path, review)

    def save_to(self, path: Path, review: Review) -> None:
        """Write the pack of a review to a file, once what was asked before is done."""
        cancelled = Event()
        make = self._maker(review, path.name)
        self._bar.tell(f"Working on {path.name}\u2026", button="Cancel", then=cancelled.set)
        self.lane.ask(lambda: _write(path, make, cancelled), partial(self._saved, path), self._failed)

    def sheaf(self, review: Review, pages: str) -> Sheaf:
        """Say how pages of a review's pack are printed, checked as when it is saved."""
        title = f"Review pack {review.sheet}"
        make = self._maker(review, title)
        return Sheaf(title, self._desk.document.report.paper, lambda _copy: make(), pages=pages)

    def _maker(self, review: Review, name: str) -> Callable[[], bytes]:
        """Give what makes the pack of a review as the study stands, under the name of its file or its print."""
        document, day = self._desk.study.revealed, self.back_by(review.key)
        back_by = day_text(day) if day else ""

        def make() -> bytes:
            from app.report.paper.review_pack import pack

            with PDFIUM, CHECK:  # what was made is read again
                return pack(document, review.key, version=VERSION, back_by=back_by, name=name)

        return make

    def read(self) -> None:
        """Ask for a filled form, and read it."""
        folder = self._desk.study.path.parent
        path = ask_file_to_open(self._page, "Read a filled review form", (_ENDING,), folder)
        if path is not None:
            self.read_from(path)

    def read_from(self, path: Path) -> None:
        """Read a filled form; until it is read it can be cancelled."""
        document = self._desk.document
        self._bar.tell(f"Reading {path.name}\u2026", button="Cancel", then=self.lane.drop)
        self.lane.ask(lambda: _read(path, document), partial(self._read, path.name), self._failed)

    def _saved(self, path: Path, problem: object) -> None:
        """Tell where the pack is, or that it would show a name that is to stay inside; None where it was cancelled."""
        if problem is None:
            self._bar.tell("Cancelled: no pack was written.")
        elif problem:
            self.tell_leaks(str(problem))
        else:
            self._bar.tell(f"Saved {path.name}. It is not encrypted: give it to the insider, on paper or as it is.")

    def tell_leaks(self, sentence: str) -> None:
        """Say that the leak check stopped a pack, and lead to where names are replaced."""
        self._bar.tell(sentence, "warning", "Names on the Report page", self.report_asked.emit)

    def _read(self, name: str, filled: object) -> None:
        self._bar.hide()
        self.have_read.emit(name, filled)

    def _failed(self, sentence: str) -> None:
        self._bar.tell(sentence or "That did not work; nothing was changed.", "error")


def _write(path: Path, make: Callable[[], bytes], cancelled: Event) -> str | None:
    """Write a pack; gives the sentence of the leak check where that stopped at something in it, None if cancelled."""
    from app.report.release import LeaksError
    from app.report.save import write_file

    try:
        content = make()
    except LeaksError as problem:
        return problem.sentence
    written = write_file(path, content, "review pack", ready=lambda: not cancelled.is_set())
    return "" if written else None


def _read(path: Path, document: StudyDocument) -> Any:
    from app.exchange.review_form import read_file

    return read_file(path, document)


def _end(lane: Lane, _page: object = None) -> None:
    """Leave no thread behind; what is to be written is written first."""
    lane.finish()
