"""Everything on the results page that takes the keyboard can be reached with Tab, whichever part is shown."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.tabbing import missed

PARTS = ("levels", "criteria", "challenges", "time", "plan", "quality")


@pytest.fixture
def page(desk, show):
    from ui.results.page import ResultsPage

    made = show(ResultsPage(desk), 1240, 800)
    made.refresh()
    return made


@pytest.mark.parametrize("part", PARTS)
def test_tab_comes_to_all_of_it_and_round_again(page, qtbot, part):
    page.parts.show_part(part)
    assert not missed(qtbot, page, page.parts.bar.button(part))


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
