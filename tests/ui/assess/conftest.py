"""The Assess page on a copy of the small study, with its panel beside it; also assessed against other rubrics."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.actions.open_study import OpenStudy
from app.model.assessment import FrozenRubric
from app.rubric import library
from tests.keys import make_quickly
from ui.assess.page import AssessPage
from ui.desk import Desk

FURTHER = ("ml-test-score", "microsoft-mlops-maturity", "mlops-principles")


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


@pytest.fixture(scope="session")
def several_template(tmp_path_factory, small):
    """The small study with three rubrics more, to which nothing is answered yet."""
    path = tmp_path_factory.mktemp("several") / "several.fieldquill"
    frozen = (FrozenRubric(key=key, version="1.0", text=library.text(key)) for key in FURTHER)
    return make_quickly(path, "correct horse battery", replace(small, rubrics=(*small.rubrics, *frozen)))


@pytest.fixture
def several(several_template, tmp_path, passphrase, dressed):
    """The desk of that study, with Ada working on it."""
    path = Path(shutil.copy(several_template, tmp_path / "several.fieldquill"))
    with OpenStudy.open(path, passphrase) as study:
        study.work_as("ada")
        yield Desk(study)


@pytest.fixture
def page_of(qtbot, several, show_page):
    """Show the page with another rubric."""

    def shown(rubric):
        several.show(rubric=rubric, in_round="r1")
        return show_page(several)

    return shown
