"""What is laid over the window: one thing at a time, and the keyboard goes back to where it was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.main_window.overlay import Overlay, overlay_in_use

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def focused():
    return QApplication.focusWidget()


@pytest.mark.parametrize(
    ("key", "held"), [(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_F, CTRL | SHIFT)]
)
def test_what_had_the_keyboard_gets_it_back_from_the_second_of_two_overlays(qtbot, window, key, held):
    window.workspace.show_page("assess")
    before = focused()
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.workspace._palette
    qtbot.keyClick(palette.line, key, held)
    assert not palette.isVisible()
    assert focused() is not before
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is before


@pytest.mark.parametrize("opening", ["_show_commands", "_show_keys", "_show_settings", "_find_in_study"])
def test_another_page_takes_away_what_lies_over_the_window(qtbot, window, opening):
    workspace = window.workspace
    workspace.show_page("assess")
    getattr(workspace, opening)()
    assert overlay_in_use() is not None
    qtbot.keyClick(focused(), Qt.Key.Key_5, CTRL)
    assert workspace.page.name == "results"
    assert overlay_in_use() is None
    assert not any(overlay.isVisible() for overlay in workspace.findChildren(Overlay))
    assert workspace.page.isAncestorOf(focused())


def test_the_palette_says_where_nothing_is_called_so(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.workspace._palette
    assert not palette.nothing.isVisible()
    qtbot.keyClicks(palette.line, "zzqx")
    assert palette.nothing.isVisible()
    assert not palette.view.isVisible()
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.line.clear()
    assert palette.view.isVisible()


def test_the_palette_leads_to_every_part_of_the_overview(qtbot, window):
    window.workspace.show_page("results")
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.workspace._palette
    qtbot.keyClicks(palette.line, "shorthand")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.workspace.page.name == "overview"
    assert window.workspace.page.facet("shorthands").isVisible()
