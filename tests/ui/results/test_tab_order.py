"""Everything on the results page that takes the keyboard can be reached with Tab, whichever part is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

PARTS = ("levels", "criteria", "challenges", "time", "plan", "quality")


@pytest.fixture
def page(desk, show):
    from ui.results.page import ResultsPage

    made = show(ResultsPage(desk), 1240, 800)
    made.refresh()
    return made


def stops(page):
    return {each for each in page.findChildren(QWidget) if each.isVisible() and each.isEnabled() and is_stop(each)}


def is_stop(widget):
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


@pytest.mark.parametrize("part", PARTS)
def test_tab_comes_to_all_of_it_and_round_again(page, qtbot, part):
    page.parts.show_part(part)
    page.parts.bar.button(part).setFocus()
    seen = [page.focusWidget()]
    while True:
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
        if page.focusWidget() in seen:
            break
        seen.append(page.focusWidget())
    assert page.focusWidget() is seen[0]
    assert not [f"{each!r} {each.accessibleName()}" for each in stops(page) - set(seen)]


def test_the_bar_keeps_the_keyboard_on_the_part_that_is_shown(page, qtbot):
    page.parts.bar.button("levels").setFocus()
    qtbot.keyClick(page.parts.bar.button("levels"), Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.parts.shown == "criteria"
    assert page.parts.bar.button("criteria").hasFocus()


def test_a_page_and_its_parts_hand_the_keyboard_on(page, qtbot):
    page.parts.bar.button("levels").setFocus()
    page.setFocus()
    assert page.heat_map.hasFocus()
    page.parts.show_part("criteria")
    assert page.parts.part.table.hasFocus()
