"""The Interviews page on a copy of the small study, as the window shows it."""

import pytest

from ui.interviews.page import InterviewsPage


@pytest.fixture
def show_page(show_with_panel):
    return lambda desk: show_with_panel(InterviewsPage, desk, 1000, 320)


@pytest.fixture
def page(desk, show_page):
    return show_page(desk)
