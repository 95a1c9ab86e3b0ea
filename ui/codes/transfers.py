"""Codebooks, projects and tables: written and read beside the window; what comes in is said first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject

from app.actions.codebook import take_in_codes
from app.actions.keys import slug
from app.analysis.codes_coming import new_among
from app.analysis.todo import count
from ui.codes.ask_bar import Choice
from ui.lane import Lane
from ui.widgets.files import ask_file_to_open, ask_file_to_save

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.exchange.tables import Table
    from app.model.evidence import Code
    from ui.codes.ask_bar import AskBar
    from ui.desk import Desk
    from ui.widgets import Bar

Left = tuple[tuple[str, int], ...]
_OPEN = "It is not encrypted."


class Transfers(QObject):
    """Writes and reads files for the page; says in its bars what became of it."""

    def __init__(self, desk: Desk, bar: Bar, ask: AskBar, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._bar, self._ask, self._page = desk, bar, ask, page
        self.lane = Lane("codebook files")
        if (program := QCoreApplication.instance()) is not None:
            program.aboutToQuit.connect(self.lane.finish)
        page.destroyed.connect(partial(_end, self.lane))

    # Out

    def export_tables(self, make: Callable[[], Sequence[Table]], name: str, ending: str) -> None:
        """Ask where, and write tables there as XLSX, or as CSV in a file each; they are made beside the window.

        Args:
            make: makes the tables.
            name: of the file, suggested.
            ending: ".xlsx" or ".csv".
        """
        title = f"Export as {ending[1:].upper()}, not encrypted"
        self.export(title, name, ending, lambda path: _write_tables(path, make()))

    def export_codebook(self, ending: str) -> None:
        """Ask where, and write the codebook there, as CSV or for other programs as QDC."""
        if not self._desk.document.codes:
            self._bar.tell("There is no code yet to export.")
            return
        name, document = f"{self._desk.study.path.stem}-codebook", self._desk.document
        self.export("Export the codebook, not encrypted", name, ending, lambda path: _write_codebook(path, document))

    def export(self, title: str, name: str, ending: str, write: Callable[[Path], str]) -> None:
        """Ask where, and let something be written there beside the window; `write` tells how much it was."""
        path = ask_file_to_save(self._page, title, name, ending, self._desk.study.path.parent)
        if path is None:
            return
        self._bar.tell(f"Working on {path.name}…")
        done = lambda told: self._bar.tell(f"Saved {path.name}: {told}. {_OPEN}")  # noqa: E731
        self.lane.ask(lambda: write(path), done, self._failed)

    def _failed(self, sentence: str) -> None:
        self._bar.tell(sentence or "That did not work; nothing was changed.", "error")

    # In

    def import_codebook(self) -> None:
        """Ask for a codebook, read it, and say what it would bring before it does."""
        if self._desk.read_only:
            return
        folder = self._desk.study.path.parent
        path = ask_file_to_open(self._page, "Import a codebook: QDC or CSV", (".qdc", ".csv"), folder)
        if path is not None:
            self.read_codebook(path)

    def read_codebook(self, path: Path) -> None:
        """Read a codebook, and say what it would bring before it does."""
        document = self._desk.document
        self.read(path, lambda: _read_codebook(path, document), partial(self._preview, path.name))

    def read(self, path: Path, work: Callable[[], object], then: Callable[[Any], None]) -> None:
        """Let a file be read beside the window, and `then` told what is in it; until then it can be cancelled."""
        self._bar.tell(f"Reading {path.name}…", button="Cancel", then=self.lane.drop)
        self.lane.ask(work, partial(self._have_read, then), self._failed)

    def _have_read(self, then: Callable[[Any], None], found: object) -> None:
        self._bar.hide()
        then(found)

    def _preview(self, name: str, found: Any) -> None:
        codes, left = found
        fresh = len(new_among(codes, self._desk.document.codes))
        there = len(codes) - fresh
        new = f"{count(fresh, 'code is', 'codes are')} new" if fresh else "none is new"
        known = f", {count(there, 'is', 'are')} in the codebook already and may get texts it lacks" if there else ""
        self._ask.ask(
            f"{name} holds {count(len(codes), 'code', 'codes')}: {new}{known}.",
            [Choice("Import", lambda _typed: self._take_in(codes))],
            details=left_out(left),
        )

    def _take_in(self, codes: tuple[Code, ...]) -> None:
        self._desk.do_and_tell(take_in_codes, codes)


def left_out(left: Left) -> list[str]:
    """Say what can't be carried over, by name and count."""
    return [f"Not carried over: {name}, {number}" for name, number in left]


def _write_tables(path: Path, tables: Sequence[Table]) -> str:
    """Write tables; the second and later ones of CSV go beside the first, with their names."""
    from app.exchange.tables import write_csv, write_xlsx

    if path.suffix.lower() == ".csv":
        for place, table in enumerate(tables):
            write_csv(path.with_stem(f"{path.stem}-{slug(table.name)}") if place else path, table)
    else:
        write_xlsx(path, tables)
    rows = count(sum(len(table.rows) for table in tables), "row", "rows")
    return f"{rows} in {len(tables)} tables" if len(tables) > 1 else rows


def _write_codebook(path: Path, document: Any) -> str:
    from app.exchange.codebook import write_codebook_csv
    from app.exchange.refi.codebook import write_qdc

    write = write_codebook_csv if path.suffix.lower() == ".csv" else write_qdc
    write(document, path)
    return count(len(document.codes), "code", "codes")


def _read_codebook(path: Path, document: Any) -> tuple[tuple[Code, ...], Left]:
    from app.exchange.codebook import read_codebook_csv
    from app.exchange.refi.codebook import read_qdc

    return read_codebook_csv(path, document) if path.suffix.lower() == ".csv" else read_qdc(path)


def _end(lane: Lane, _page: object = None) -> None:
    """Leave no thread behind; what is to be written is written first."""
    lane.finish()
