"""The Codes page on a study with a codebook of three levels and codings by two people, as the window shows it."""

import datetime as dt

import msgspec
import pytest

from app.actions.open_study import OpenStudy
from app.model.evidence import Code, Coding, Passage, Span, Theme
from tests.keys import make_quickly
from ui.codes.page import CodesPage
from ui.desk import Desk

#  procedures       tools          memos
#  ├ training       └ dashboards
#  │ └ schedule
#  └ deployment
CODES = (
    Code(key="procedures", name="Procedures", theme=Theme.PROCEDURE, colour="#3d7cc9"),
    Code(
        key="training", name="Training", parent="procedures", rubric="mlops-maturity", principle="training-deployment"
    ),
    Code(key="schedule", name="Schedule", parent="training"),
    Code(key="deployment", name="Deployment", parent="procedures"),
    Code(key="tools", name="Tools", definition="What is used.", colour="#178a63"),
    Code(key="dashboards", name="Dashboards", parent="tools"),
)
MADE = dt.datetime(2022, 10, 31, 12, tzinfo=dt.UTC)


def passage(key, entry, start, end, words):
    return Passage(key=key, source=entry.split("-")[0], words=words, spans=(Span(entry=entry, start=start, end=end),))


PASSAGES = (
    passage("q1", "i1-1", 0, 25, "Retraining runs by itself"),
    passage("p2", "i1-2", 0, 41, "Data scientist starts deployment by hand,"),
    passage("p3", "i1-3", 33, 56, "look at the dashboard."),
    passage("p4", "i2-1", 0, 47, "Supplier trains the model and hands over a file"),
)


def coding(on, code, who="ada", case="paint", memo=""):
    return Coding(passage=on, code=code, assessor=who, case=case, memo=memo, made_at=MADE)


CODINGS = (
    coding("q1", "training"),
    coding("q1", "schedule", memo="Every Monday"),
    coding("q1", "training", "ben"),
    coding("p2", "deployment"),
    coding("p2", "dashboards"),
    coding("p3", "dashboards", "ben", memo="Seen, not used"),
    coding("p4", "training", case="sorting"),
)


def coded(small, codes=CODES, codings=CODINGS, passages=PASSAGES):
    kept = tuple(each for each in small.passages if each.key != "q1")
    return msgspec.structs.replace(small, codes=codes, passages=(*kept, *passages), codings=codings)


@pytest.fixture(scope="session")
def coded_template(tmp_path_factory, small, passphrase_of_all):
    path = tmp_path_factory.mktemp("coded") / "coded.fieldquill"
    return make_quickly(path, passphrase_of_all, coded(small))


@pytest.fixture(scope="session")
def passphrase_of_all():
    return "correct horse battery"


@pytest.fixture
def desk(coded_template, tmp_path, passphrase, dressed):
    path = tmp_path / "coded.fieldquill"
    path.write_bytes(coded_template.read_bytes())
    with OpenStudy.open(path, passphrase) as study:
        study.work_as("ada")
        yield Desk(study)


@pytest.fixture
def show_page(show_with_panel):
    return lambda desk: show_with_panel(CodesPage, desk, 960, 320)


@pytest.fixture
def page(qtbot, desk, show_page):
    made = show_page(desk)
    made.tree.view.setFocus()
    qtbot.waitUntil(made.tree.view.hasFocus)
    yield made
    made.leave()


@pytest.fixture
def heard(desk):
    """What the desk told, and what failed."""
    found = []
    desk.told.connect(found.append)
    desk.failed.connect(found.append)
    return found
