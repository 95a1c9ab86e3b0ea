"""Notes with a bar to find in them, and the window with something to find."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.actions.notes import AddEntry, write
from app.model.source import Entry
from ui.find import FindBar, NotesPlaces
from ui.notebook.notebook import Notebook

LINES = (
    "Nobody is told when the data drift",
    "An alarm would help, said the Größe-Team",
    "\U0001f4c9 drifting \U0001f4c8 Drift again, DRIFT",
    "nothing here",
    "Große Freude u\u0308ber cafe\u0301s",
)


@pytest.fixture
def source(desk):
    """The interview without notes, with some."""
    desk.do(write, "i3", [AddEntry(Entry(key=f"line-{number}", text=text)) for number, text in enumerate(LINES)])
    return next(each for each in desk.document.sources if each.key == "i3")


@pytest.fixture
def notebook(qtbot, show, desk, source):
    host = QWidget()
    made = Notebook(desk, host)
    made.resize(800, 600)
    made.refresh(source)
    show(host, 800, 600)
    made.editor.setFocus()
    qtbot.waitUntil(made.editor.hasFocus)
    made.editor.moveCursor(made.editor.textCursor().MoveOperation.Start)
    yield made
    made.leave()
    del host


@pytest.fixture
def bar(notebook):
    """The notebook's bar."""
    found = getattr(notebook, "finding", None)
    if found is None:
        found = FindBar(NotesPlaces(notebook.editor), notebook)
        notebook.layout().insertWidget(0, found)
    return found


@pytest.fixture
def open_bar(qtbot, notebook, bar):
    """Press Ctrl+F in the notes, and type."""

    def opened(words=""):
        qtbot.keyClick(notebook.editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(bar.line.hasFocus)
        qtbot.keyClicks(bar.line, words)
        return bar

    return opened
