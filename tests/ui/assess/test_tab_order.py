"""Everything on the Assess page that takes the keyboard can be reached with Tab, whichever part is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

PARTS = ("case", "matrix", "differences")


@pytest.fixture
def page(desk, show):
    from ui.assess.page import AssessPage

    desk.study.work_as("ada")
    made = show(AssessPage(desk), 1240, 800)
    made.refresh()
    return made


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
    stops = {each for each in page.findChildren(QWidget) if each.isVisible() and each.isEnabled() and is_stop(each)}
    assert not [f"{each!r} {each.accessibleName()}" for each in stops - set(seen)]
