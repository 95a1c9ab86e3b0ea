"""The Interviews page in capture mode, in the real window, with a clock that is put on by hand."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from tests.clock import Clock


@pytest.fixture
def clock():
    return Clock(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))


@pytest.fixture
def interview():
    """The interview i3, which has no notes yet."""
    return "i3"


@pytest.fixture
def page(qtbot, window, clock, interview):
    """The page on an interview; all clocks are `clock`."""
    workspace = window.workspace
    workspace.desk.study._clock = clock
    workspace.show_page("interviews", interview)
    page = workspace.page
    page.capture.bar.clock = clock
    page.notebook.editor.clock = clock
    page.notebook.editor.setFocus()
    qtbot.waitUntil(page.notebook.editor.hasFocus)
    return page


@pytest.fixture
def press(qtbot, page):
    """Press a key where the focus is."""

    def pressed(key, held=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(page.window().focusWidget(), key, held)

    return pressed


@pytest.fixture
def type_(qtbot, page):
    return lambda text: qtbot.keyClicks(page.window().focusWidget(), text)


@pytest.fixture
def capturing(qtbot, page, press):
    """The page, in capture mode."""
    press(Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: page.capture.on)
    return page
