"""What the part on differences shows, written as the sheets of a workbook, beside the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from app.analysis.todo import count
from ui.lane import Lane
from ui.widgets.files import ask_file_to_save

if TYPE_CHECKING:
    from pathlib import Path

    from app.exchange.tables import Table
    from ui.part import Part

ENDING = ".xlsx"
TITLE = "Export the tables as XLSX, not encrypted"
KEY = "Ctrl+S"


class Workbook(QObject):
    """Asks where, and writes the tables of a part there."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        self._part = part
        self.lane = Lane("exported tables")
        if (program := QCoreApplication.instance()) is not None:
            program.aboutToQuit.connect(self.lane.finish)
        part.destroyed.connect(partial(_end, self.lane))

    def export(self) -> None:
        """Ask where, and write the tables that are shown."""
        desk, tables = self._part.desk, self._part.tables()
        if not tables:
            desk.told.emit("There is nothing to export yet.")
            return
        study = desk.study.path
        path = ask_file_to_save(self._part, TITLE, f"{study.stem}-differences", ENDING, study.parent)
        if path is not None:
            rows = count(sum(len(table.rows) for table in tables), "row", "rows")
            told = f"Saved {path.name}: {rows} in {len(tables)} tables. It is not encrypted."
            self.lane.ask(partial(_write, path, tables), lambda _result: desk.told.emit(told), desk.failed.emit)


def _write(path: Path, tables: list[Table]) -> None:
    from app.exchange.tables import write_xlsx

    write_xlsx(path, tables)


def _end(lane: Lane, _part: object = None) -> None:
    """Leave no thread behind; what is to be written is written first."""
    lane.finish()
