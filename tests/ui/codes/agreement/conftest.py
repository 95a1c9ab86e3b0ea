"""Ada and Ben code an interview of the small study blind; and the view of it, on a desk that may change hands."""

import pytest

from app.actions.double_coding import begin, say_done
from app.actions.evidence import mark_passage, put_code
from ui.codes.agreement import AgreementView
from ui.desk import Desk

CANARY = "kanarienmemo"
# What each puts on, by line of the notes; Ada has put training on the first and monitoring on the third already.
BEN = (("i1-1", "training"), ("i1-2", "training"), ("i1-4", "monitoring"))
ADA = (("i1-5", "monitoring"),)


def put_on(study, who, line, code, memo=""):
    """Mark the first words of a line and put a code on them; gives the passage's key."""
    study.work_as(who)
    passage = study.do(mark_passage, "i1", line, 0, 6).key_of("passages")
    study.do(put_code, passage, code, who, memo=memo)
    return passage


@pytest.fixture
def desk(study, dressed):
    """The small study as it is everywhere else, not the one that the page is tested on."""
    return Desk(study)


@pytest.fixture
def blind(desk):
    """Both are at work; the desk is Ada's."""
    study = desk.study
    study.do(begin, "ada", "ben", ["i1"])
    for line, code in BEN:
        put_on(study, "ben", line, code, CANARY)
    for line, code in ADA:
        put_on(study, "ada", line, code)
    study.work_as("ada")
    return desk


@pytest.fixture
def done(blind):
    """Both are done; they differ on the lines 2, 3, 4 and 5."""
    for who in ("ben", "ada"):
        blind.study.work_as(who)
        blind.study.do(say_done, "dc-1", who)
    return blind


@pytest.fixture
def shown(show):
    """Show the view on a desk."""

    def shown(desk, width=1200, height=760):
        view = AgreementView(desk)
        desk.changed.connect(view.refresh)
        view.refresh()
        show(view, width, height)
        view.setFocus()
        return view

    return shown
