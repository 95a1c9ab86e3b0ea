"""Page and panel in windows that are too small for both: on a projector, or at 200 % on a small laptop."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui import settings
from ui.main_window.pages import PAGES


@pytest.fixture
def cramped(window):
    window.setMinimumSize(1, 1)
    window.resize(640, 400)
    QApplication.processEvents()
    return window.workspace


def test_where_both_have_no_room_f9_changes_between_them(qtbot, window, cramped):
    cramped.show_page("results")
    assert cramped.stack.isVisible()
    assert not cramped.panel.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert cramped.panel.isVisible()
    assert not cramped.stack.isVisible()
    assert cramped.panel.width() == cramped.splitter.width()
    assert cramped.panel.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert cramped.stack.isVisible()
    assert cramped.stack.isAncestorOf(QApplication.focusWidget())
    assert settings.PANEL_OPEN.read() is True, "what is so for want of room is not remembered"


def test_another_page_is_shown_and_not_its_panel(qtbot, window, cramped):
    cramped.show_page("results")
    cramped.open_panel()
    cramped.show_page("assess")
    assert cramped.stack.isVisible()
    assert not cramped.panel.isVisible()
    cramped.open_panel()
    cramped.show_page("overview")  # has no panel
    assert cramped.stack.isVisible()


def test_both_come_back_with_the_room(qtbot, window, cramped):
    cramped.show_page("results")
    cramped.open_panel()
    window.resize(1280, 800)
    QApplication.processEvents()
    assert cramped.stack.isVisible()
    assert cramped.panel.isVisible()
    assert cramped.panel.width() == settings.PANEL_WIDTH.default


@pytest.mark.parametrize("name", [entry.name for entry in PAGES])
def test_a_page_has_the_room_it_needs_or_is_scrolled(window, cramped, name):
    cramped.show_page(name)
    QApplication.processEvents()
    page, needed = cramped.page, cramped.page.minimumSizeHint()
    assert page.width() >= needed.width()
    assert page.height() >= needed.height()
    for button in cramped.rail.findChildren(type(cramped.rail.button(name))):
        assert cramped.rail.rect().contains(button.geometry()), "every page can be gone to"
        assert button.height() >= 20


@pytest.mark.parametrize("name", [entry.name for entry in PAGES])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_in_windows_of_the_usual_size_no_page_is_scrolled(window, name, size):
    window.resize(*size)
    window.workspace.show_page(name)
    QApplication.processEvents()
    area = window.workspace.splitter.page
    assert area.horizontalScrollBar().maximum() == 0
    assert area.verticalScrollBar().maximum() == 0
