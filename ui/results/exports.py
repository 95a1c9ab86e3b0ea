"""What is shown, out of the program: as a picture on the clipboard or in a file, as tables in a workbook."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from app.analysis.todo import count
from app.exchange.files import write_export
from ui.lane import Lane
from ui.results import pictures
from ui.results.pictures import Caption
from ui.widgets.actions import bind_key
from ui.widgets.buttons import IconButton
from ui.widgets.files import ask_file_to_save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from app.exchange.tables import Table
    from ui.desk import Desk

Drawn = TypeVar("Drawn")
NOTHING: Final = "There is nothing to show here yet."
_OPEN: Final = "It is not encrypted."
_PICTURES: Final = (".png", ".svg")


class Named(Protocol):
    """What files and pictures are called after: a short name, and a title for people; such as a page's parts."""

    @property
    def shown(self) -> str:
        """The name."""

    @property
    def title(self) -> str:
        """The title."""


class Exports(QObject):
    """Copies and saves what a page shows.

    `tables` and `picture` are asked when somebody wants them: the tables shown, and a widget to be drawn, None for
    nothing. Files and pictures are called after the part that is shown.
    """

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        tables: Callable[[], list[Table]],
        picture: Callable[[], QWidget | None],
        parts: Named,
    ) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._tables, self._picture, self._parts = tables, picture, parts
        self.copy = IconButton("image", "Copy as picture", "Ctrl+Shift+C", page)
        self.save = IconButton("image-down", "Save as picture, PNG or SVG, not encrypted", "Ctrl+Shift+G", page)
        self.workbook = IconButton("download", "Export the tables as XLSX, not encrypted", "Ctrl+S", page)
        self.lane = Lane("exported tables")
        if (program := QCoreApplication.instance()) is not None:
            program.aboutToQuit.connect(self.lane.finish)
        page.destroyed.connect(partial(_end, self.lane))
        self._connect()

    def add_to(self, row: QHBoxLayout) -> None:
        """Put the buttons into a row."""
        for button in (self.copy, self.save, self.workbook):
            row.addWidget(button)

    def copy_picture(self) -> None:
        """Put a picture of what is shown on the clipboard."""
        if (made := self._drawn(pictures.image)) is not None:
            QGuiApplication.clipboard().setImage(made)
            self._desk.told.emit("The picture is on the clipboard.")

    def save_picture(self) -> None:
        """Ask where, and write a picture of what is shown there: SVG where the name ends so, else PNG."""
        title = "Save as picture, PNG or SVG by its ending, not encrypted"
        path = ask_file_to_save(self._page, title, self._name(".png"), _PICTURES, self._desk.study.path.parent)
        if path is not None:
            content = self._drawn(pictures.svg if path.suffix.lower() == ".svg" else pictures.png)
            if content is not None:
                self._write(path, partial(write_export, path, content), "")

    def export_tables(self) -> None:
        """Ask where, and write the tables shown there as sheets of a workbook."""
        tables = self._tables()
        if not tables:
            self._desk.told.emit(NOTHING)
            return
        title = "Export the tables as XLSX, not encrypted"
        path = ask_file_to_save(self._page, title, self._name(".xlsx"), ".xlsx", self._desk.study.path.parent)
        if path is not None:
            rows = count(sum(len(table.rows) for table in tables), "row", "rows")
            self._write(
                path, partial(_write_tables, path, tables), f": {rows} in {count(len(tables), 'table', 'tables')}"
            )

    def _write(self, path: Path, work: Callable[[], object], told: str) -> None:
        done = lambda _result: self._desk.told.emit(f"Saved {path.name}{told}. {_OPEN}")  # noqa: E731
        self.lane.ask(work, done, self._desk.failed.emit)

    def _drawn(self, draw: Callable[[QWidget, Caption], Drawn]) -> Drawn | None:
        """Draw what is shown; None where there is nothing, and that is said."""
        with pictures.light():
            widget = self._picture()
            if widget is None:
                self._desk.told.emit(NOTHING)
                return None
            made = draw(widget, self._caption(widget))
        if widget.parentWidget() is None:
            widget.deleteLater()  # it was made for the picture alone
        return made

    def _caption(self, widget: QWidget) -> Caption:
        shown = self._desk.assessment
        rubric = f"{shown.rubric.title} {shown.rubric.version}"
        parts = (shown.round.name if shown.round else "", rubric)
        title = widget.windowTitle() or self._parts.title
        return Caption(title, " \N{MIDDLE DOT} ".join(filter(None, parts)))

    def _name(self, ending: str) -> str:
        return f"{self._desk.study.path.stem}-{self._parts.shown}{ending}"

    def _connect(self) -> None:
        for button, words, key, then in (
            (self.copy, "Copy as picture", "Ctrl+Shift+C", self.copy_picture),
            (self.save, "Save as picture\N{HORIZONTAL ELLIPSIS}", "Ctrl+Shift+G", self.save_picture),
            (self.workbook, "Export the tables as XLSX\N{HORIZONTAL ELLIPSIS}", "Ctrl+S", self.export_tables),
        ):
            button.clicked.connect(lambda _checked=False, then=then: then())
            bind_key(self._page, words, key, then, within=True)


def _write_tables(path: Path, tables: list[Table]) -> None:
    from app.exchange.tables import write_xlsx

    write_xlsx(path, tables)


def _end(lane: Lane, _page: object = None) -> None:
    """Leave no thread behind; what is to be written is written first."""
    lane.finish()
