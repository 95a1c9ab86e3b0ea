"""The studies there are, by file name alone, and what to do where there are none yet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.places import studies_folder, studies_in, studies_words
from ui.theme import ROW, SPACE, TITLE
from ui.widgets.messages import EmptyState
from ui.widgets.text import TextLabel
from ui.widgets.things import KEY, Row, RowModel, RowView

_LEAST = 5  # rows there is always room for


class StudyList(QWidget):
    """Studies by file name; nothing else of them is known before they are opened."""

    chosen = Signal(object)  # Path
    demonstration_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = RowModel(self)
        self.view = RowView("Studies", self)
        self.view.setMinimumHeight(_LEAST * ROW)
        self.view.setModel(self._model)
        self.view.activated.connect(self._choose)
        self.view.clicked.connect(self._choose)
        self.title = TextLabel("Studies", TITLE, "semibold", parent=self)
        words = (
            f"Those {studies_words()} will be listed here, by file name alone."
            " Paths and titles are never kept, since they can name a client."
        )
        self.empty = EmptyState("file-lock", "No studies yet", words, "See the demonstration", "Ctrl+D", self)
        self.empty.asked.connect(self.demonstration_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(self.title)
        column.addWidget(self.empty, 1)
        column.addWidget(self.view, 1)

    def show_studies(self, opened: list[Path]) -> None:
        """List the studies' folder, and what else was opened since the program was started."""
        found = list(dict.fromkeys([*opened, *studies_in(studies_folder())]))
        found = [path for path in found if path.is_file()]
        self._model.set_rows([Row(str(path), path.name, _changed(path), "file-lock") for path in found])
        self.empty.setVisible(not found)
        self.title.setVisible(bool(found))
        self.view.setVisible(bool(found))
        if found and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self._model.index(0))

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(Path(str(index.data(KEY))))


def _changed(path: Path) -> str:
    when = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return f"{when.day} {when:%b %Y, %H:%M}"
