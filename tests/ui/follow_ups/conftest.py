"""The follow-ups of a copy of the small study, really encrypted, as a page shows them."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QWidget

from app.actions.follow_ups import answered, put
from app.actions.notes import AddEntry, write
from app.actions.open_study import OpenStudy
from app.actions.things import add
from app.model.source import Entry, FollowUp
from tests.clock import Clock
from ui.desk import Desk
from ui.follow_ups import FollowUpsView

QUESTIONS = (
    FollowUp(key="f2", question="Who owns the labels?", participant="p2", case="sorting"),
    FollowUp(key="f3", question="What do users call about?", entry="i2-3", participant="p2", case="sorting"),
    FollowUp(key="f4", question="Is there a platform strategy?"),
)


@pytest.fixture
def clock():
    """15 May 2024, 11:14 in Berlin, until somebody sets it."""
    return Clock(datetime(2024, 5, 15, 9, 14, tzinfo=UTC))


@pytest.fixture
def study(study_path, passphrase, clock):
    """The study with four follow-ups: f1 and f4 open, f2 asked in I2 where two lines were noted since, f3 answered."""
    with OpenStudy.open(study_path, passphrase, clock=clock) as opened:
        opened.work_as("ada")
        for each in QUESTIONS:
            opened.do(add, each)
        opened.do(answered, "f3", "i2", "i2-4", "")
        opened.do(put, "i2", "f2")
        for number, text in ((5, "The supplier owns them."), (6, "Nobody checked.")):
            clock.now = clock.now.replace(minute=10 + number)
            opened.do(write, "i2", [AddEntry(Entry(key=f"i2-{number}", text=text, at=clock.now, author="ada"))])
        yield opened


@pytest.fixture
def show_view(show, qtbot):
    hosts = []

    def shown(desk, width=1180, height=720):
        host = QWidget()
        hosts.append(host)
        view = FollowUpsView(desk, host)
        desk.changed.connect(lambda _changes: view.refresh())
        view.resize(width, height)
        view.refresh()
        show(host, width, height)
        view.setFocus()
        qtbot.waitUntil(view.list.hasFocus)
        return view

    yield shown
    hosts.clear()


@pytest.fixture
def view(desk, show_view):
    return show_view(desk)


@pytest.fixture
def reading_view(study, study_path, passphrase, show_view):
    with OpenStudy.open(study_path, passphrase, read_only=True) as reading:
        yield show_view(Desk(reading))
