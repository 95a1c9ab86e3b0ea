"""The Interviews page on a copy of the small study, as the window shows it."""

import pytest
from PySide6.QtWidgets import QWidget

from app.actions.open_study import OpenStudy
from ui.desk import Desk
from ui.interviews.page import InterviewsPage


@pytest.fixture
def reading_desk(study_path, passphrase, dressed):
    with OpenStudy.open(study_path, passphrase, read_only=True) as study:
        yield Desk(study)


@pytest.fixture
def show_page(show):
    hosts = []

    def shown(desk):
        host = QWidget()
        hosts.append(host)
        page = InterviewsPage(desk, host)
        page.resize(1000, 760)
        beside = page.context_panel()
        beside.setParent(host)
        beside.setGeometry(1000, 0, 320, 760)
        desk.changed.connect(page.refresh)
        page.refresh()
        show(host, 1320, 760)
        beside.show()
        return page

    yield shown
    hosts.clear()


@pytest.fixture
def page(desk, show_page):
    return show_page(desk)
