"""The Assess page on a copy of the small study, with its panel beside it."""

import pytest

from ui.assess.page import AssessPage


@pytest.fixture
def show_page(qtbot, show_with_panel):
    def shown(desk):
        page = show_with_panel(AssessPage, desk, 860, 340)
        page.view.setFocus()
        qtbot.waitUntil(page.view.hasFocus)
        qtbot.waitUntil(lambda: not page._follow.isActive())
        return page

    return shown


@pytest.fixture
def page(desk, show_page):
    return show_page(desk)
