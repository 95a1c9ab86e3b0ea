"""What the tests of the Overview's parts share."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication


@pytest.fixture
def page(window):
    return window.workspace.page


@pytest.fixture
def document(window):
    return lambda: window.workspace.desk.document


@pytest.fixture
def press(qtbot):
    """Press keys, or type words, wherever the focus is."""

    def pressed(*keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            for each in key if isinstance(key, str) else [key]:
                qtbot.keyClick(QApplication.focusWidget(), each, modifier)

    return pressed
