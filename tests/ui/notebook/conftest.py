"""A notebook on a copy of the small study, really encrypted."""

import re

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.actions.open_study import OpenStudy
from ui.desk import Desk
from ui.notebook.notebook import Notebook

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def reading_desk(study_path, passphrase, dressed):
    """The study as a second window has it."""
    with OpenStudy.open(study_path, passphrase, read_only=True) as study:
        yield Desk(study)


@pytest.fixture
def show_notebook(qtbot, show):
    hosts = []

    def shown(desk, key):
        host = QWidget()  # without a layout: the offscreen platform warns when a window's least size changes
        hosts.append(host)
        notebook = Notebook(desk, host)

        def find():
            shown = notebook.editor.sheet.source or key
            return next(source for source in desk.document.sources if source.key == shown)

        desk.changed.connect(lambda _changes: notebook.refresh(find()))
        notebook.resize(800, 600)
        notebook.refresh(find())
        show(host, 800, 600)
        notebook.editor.setFocus()
        qtbot.waitUntil(notebook.editor.hasFocus)
        notebook.editor.moveCursor(notebook.editor.textCursor().MoveOperation.End)
        return notebook

    yield shown
    hosts.clear()


@pytest.fixture
def notebook(desk, show_notebook):
    """The notebook on the third interview, which has no notes."""
    return show_notebook(desk, "i3")


@pytest.fixture
def unsealed(qtbot):
    """Say why notes are changed that are finished, as a person would; gives the notebook back."""

    def opened(notebook):
        if notebook.seal.isVisible():
            qtbot.keyClicks(notebook.seal.reason, "Checked with the interviewee")
            qtbot.keyClick(notebook.seal.reason, Qt.Key.Key_Return)
            qtbot.waitUntil(notebook.editor.hasFocus)
        notebook.editor.moveCursor(notebook.editor.textCursor().MoveOperation.End)
        return notebook

    return opened


@pytest.fixture
def type_(qtbot, notebook):
    """Type into the notes, key by key; what no key of the test driver has comes as an input method sends it."""

    def typed(text):
        for cluster in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", text):
            if cluster.isascii():
                qtbot.keyClicks(notebook.editor, cluster)
            else:
                QApplication.sendEvent(notebook.editor, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, cluster))

    return typed


@pytest.fixture
def press(qtbot, notebook):
    """Press one key in the notes."""
    return lambda key, held=Qt.KeyboardModifier.NoModifier: qtbot.keyClick(notebook.editor, key, held)
