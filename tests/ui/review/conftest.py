"""The Review page with its panel beside it, on the small study; a review of both its cases prepared for P1."""

import pytest

from app.actions import reviews
from ui.review.page import ReviewPage

RUBRIC = "mlops-maturity"


@pytest.fixture
def show_page(qtbot, show_with_panel):
    def shown(desk, width=860):
        page = show_with_panel(ReviewPage, desk, width, 340)
        page.setFocus()
        return page

    return shown


@pytest.fixture
def prepared(desk):
    """The desk, with a review that nothing was said in yet."""
    assert desk.do(reviews.prepare, "p1", "r1", ("paint", "sorting"), RUBRIC)
    return desk


@pytest.fixture
def page(qtbot, prepared, show_page):
    made = show_page(prepared)
    qtbot.waitUntil(made.work.list.hasFocus)
    qtbot.waitUntil(lambda: not made._follow.isActive())
    return made


@pytest.fixture
def reading_of(study_path, passphrase, dressed):
    """Opens a study with a review for reading only."""
    from app.actions.open_study import OpenStudy
    from ui.desk import Desk

    opened = []

    def read():
        with OpenStudy.open(study_path, passphrase) as study:
            study.do(reviews.prepare, "p1", "r1", ("paint",), RUBRIC)
        opened.append(OpenStudy.open(study_path, passphrase, read_only=True))
        return Desk(opened[0])

    yield read
    for study in opened:
        study.close()
