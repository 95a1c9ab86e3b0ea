"""Projects of other programs (`.qdpx`): the study as one, and theirs into it, said first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from app.analysis.todo import count
from ui.codes.ask_bar import Choice
from ui.codes.transfers import left_out
from ui.widgets.files import ask_file_to_open

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.actions.arrival import Arrival
    from app.model.document import StudyDocument
    from ui.codes.ask_bar import AskBar
    from ui.codes.transfers import Transfers
    from ui.desk import Desk
    from ui.widgets import Bar

_ENDING = ".qdpx"


class Projects(QObject):
    """Writes and reads projects beside the window."""

    def __init__(self, desk: Desk, bar: Bar, ask: AskBar, files: Transfers, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._bar, self._ask, self._files, self._page = desk, bar, ask, files, page

    def export(self) -> None:
        """Ask where, and write the study as a project there."""
        document = self._desk.seen
        self._files.export(
            "Export as a REFI-QDA project, not encrypted",
            self._desk.study.path.stem,
            _ENDING,
            lambda path: _written(path, document),
        )

    def bring_in(self) -> None:
        """Ask for a project, read it, and say what it would bring before it does."""
        if self._desk.read_only:
            return
        folder = self._desk.study.path.parent
        path = ask_file_to_open(self._page, "Import a REFI-QDA project", (_ENDING,), folder)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a project, and say what it would bring before it does."""
        document = self._desk.document
        self._files.read(path, lambda: _read(path, document), self._preview)

    def _preview(self, found: Any) -> None:
        arrival, new = found
        self._ask.ask(_told(arrival, new), self._choices(arrival), details=left_out(arrival.left))

    def _choices(self, arrival: Arrival) -> list[Choice]:
        """Offer the rounds that sources can go into: those they came with, or one of the study."""
        rounds = [("Import", ""), *((f"Import into {each.name}", each.key) for each in self._desk.document.rounds[-2:])]
        shown = rounds if arrival.sources else rounds[:1]
        return [Choice(text, lambda _typed, key=key: self._begin(arrival, key)) for text, key in shown]  # type: ignore[misc]

    def _begin(self, arrival: Arrival, into_round: str) -> None:
        """Say that it takes a moment, and do it once that is on screen."""
        self._tell_progress(arrival.file, 0, 1)
        QTimer.singleShot(0, self, partial(self._take_in, arrival, into_round))

    def _take_in(self, arrival: Arrival, into_round: str) -> None:
        from app.actions.arrive import take_in

        told = partial(self._tell_progress, arrival.file)
        self._desk.do_and_tell(take_in, arrival, self._desk.document, into_round, told)
        self._bar.hide()

    def _tell_progress(self, file: str, done: int, rows: int) -> None:
        """Say how far it is, and paint just that: keys that came now would change the study in the midst of a change.

        The connection to the file is of one thread at a time and is used all over the window, so that this can't be
        done beside it.
        """
        self._bar.tell(f"Taking in {file}: {100 * done // rows} %" if done < rows else f"Taking in {file}: saving…")
        self._bar.repaint()


def _read(path: Path, document: StudyDocument) -> tuple[Arrival, dict[str, int]]:
    """Read a project, with how many things of each kind it would add."""
    from app.actions.arriving import additions
    from app.exchange.refi.project import read_qdpx

    arrival = read_qdpx(path)
    added = additions(document, arrival).lists()
    return arrival, {table: len(things) for table, things in added.items()}


def _told(arrival: Arrival, new: dict[str, int]) -> str:
    """Say what a project would add."""
    words = (("sources", "source", "sources"), ("codes", "code", "codes"), ("codings", "coding", "codings"))
    adds = ", ".join(count(new.get(table, 0), one, many) for table, one, many in words)
    origin = f", written by {arrival.origin}," if arrival.origin else ""
    return f"{arrival.file}{origin} adds {adds}."


def _written(path: Path, document: StudyDocument) -> str:
    from app.exchange.refi.project import write_qdpx

    lost = write_qdpx(document, path)
    told = f"{count(len(document.sources), 'source', 'sources')}, {len(document.codings) - lost} codings"
    return f"{told}, not {count(lost, 'coding', 'codings')} on passages that lost their words" if lost else told
