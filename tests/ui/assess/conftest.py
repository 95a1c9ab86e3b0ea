"""The Assess page on a copy of the small study, with its panel beside it."""

import pytest
from PySide6.QtWidgets import QWidget

from app.actions.open_study import OpenStudy
from ui.assess.page import AssessPage
from ui.desk import Desk


@pytest.fixture
def reading_desk(study_path, passphrase, dressed):
    with OpenStudy.open(study_path, passphrase, read_only=True) as study:
        yield Desk(study)


@pytest.fixture
def show_page(qtbot, show):
    hosts = []

    def shown(desk):
        host = QWidget()
        hosts.append(host)
        page = AssessPage(desk, host)
        page.resize(860, 760)
        panel = page.context_panel()
        panel.setParent(host)
        panel.setGeometry(860, 0, 340, 760)
        desk.changed.connect(page.refresh)
        page.refresh()
        show(host, 1200, 760)
        panel.show()
        page.view.setFocus()
        qtbot.waitUntil(page.view.hasFocus)
        qtbot.waitUntil(lambda: not page._follow.isActive())
        return page

    yield shown
    hosts.clear()


@pytest.fixture
def page(desk, show_page):
    return show_page(desk)
