"""The bar that says what could not be saved: whom it warned, it warned for only as long as it says so."""

import pytest
from PySide6.QtCore import Qt

from ui.main_window.trouble import Trouble

LEAVING = "close again to leave without it."


@pytest.fixture
def bar(show):
    made = show(Trouble(), 700, 60)
    made.refused("The medium is full.", cannot_write=True, kept=True)
    return made


def test_a_warning_outlives_the_next_refusal(bar):
    assert not bar.warned
    bar.warn()
    bar.refused("The medium is full.", cannot_write=True, kept=True)
    assert (bar.warned, bar.text.endswith(LEAVING)) == (True, True)


@pytest.mark.parametrize("button", ["_button", "_close"])
def test_a_warning_ends_with_the_bar(qtbot, bar, button):
    bar.warn()
    qtbot.mouseClick(getattr(bar, button), Qt.MouseButton.LeftButton)
    assert (bar.isVisible(), bar.warned) == (False, False)
    bar.refused("The medium is full.", cannot_write=True, kept=True)
    assert not bar.text.endswith(LEAVING)


def test_saving_elsewhere_is_offered_where_the_medium_is_at_fault(qtbot, bar):
    with qtbot.waitSignal(bar.elsewhere_asked):
        qtbot.mouseClick(bar._button, Qt.MouseButton.LeftButton)
    bar.refused("A name is empty.", cannot_write=False, kept=False)
    assert (bar._button.isVisible(), bar.text) == (False, "A name is empty.")
