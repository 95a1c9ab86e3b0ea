"""What tests of the report page share: the page with its first pages painted, and builds that can be held back."""

import dataclasses
import threading

import msgspec
import pytest

from app.actions import setting
from ui.report import builder


@pytest.fixture
def unshown(desk, qtbot):
    from ui.report.page import ReportPage

    made = ReportPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    return made


@pytest.fixture(scope="session")
def first_reports():
    """The reports that pages began with, by the JSON of what they were built from."""
    return {}


@pytest.fixture
def page(unshown, show, qtbot, monkeypatch, first_reports):
    """The page with its first pages painted; a report that another page began with is not built again."""
    really = builder.build

    def build(document, setup, audit):
        made_from = msgspec.json.encode((document, setup, dataclasses.astuple(audit)))
        if made_from not in first_reports:
            first_reports[made_from] = really(document, setup, audit)
        return dataclasses.replace(first_reports[made_from], document=document, setup=setup)

    with monkeypatch.context() as until_painted:
        until_painted.setattr(builder, "build", build)
        show(unshown)
        unshown.refresh()
        qtbot.waitUntil(lambda: unshown.view.page_count > 0 and unshown.view.has_picture(0), timeout=20_000)
    unshown.setFocus()
    return unshown


@pytest.fixture
def held(monkeypatch):
    """Holds every build back until `held.set()`; `held.begun` counts them."""
    gate = threading.Event()
    gate.begun = []
    really = builder.build

    def build(document, setup, audit):
        gate.begun.append(document)
        assert gate.wait(20)
        return really(document, setup, audit)

    monkeypatch.setattr(builder, "build", build)
    yield gate
    gate.set()


@pytest.fixture
def settled(qtbot):
    """Wait until the page shows the study as it stands, sharp."""

    def wait(page):
        qtbot.waitUntil(
            lambda: not page.builder.busy and not page.renderer.lane.busy and page.view.has_picture(page.view.page),
            timeout=20_000,
        )

    return wait


@pytest.fixture
def set_up(desk):
    """Set up the report, as an action."""

    def change(**fields):
        desk.do(setting.change_report_setup, msgspec.structs.replace(desk.document.report, **fields))

    return change
