"""The bar of a page's parts: names are never cut short for the choice of rubric and round."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions.create import freeze
from app.model.assessment import FrozenRubric
from tests.keys import make_quickly
from ui.main_window.commands import commands_of
from ui.results.page import ResultsPage

PASSPHRASE = "correct horse battery"


@pytest.fixture(scope="session")
def template(tmp_path_factory, small):
    path = tmp_path_factory.mktemp("parts") / "parts.fieldquill"
    rubrics = (*small.rubrics, freeze(FrozenRubric(key="ml-test-score", version="1.0")))
    return make_quickly(path, PASSPHRASE, msgspec.structs.replace(small, rubrics=rubrics))


@pytest.fixture
def page(desk, show):
    made = ResultsPage(desk)
    made.refresh()
    show(made, 1200, 700)
    yield made
    made.exports.lane.stop()


def cut_short(bar):
    """The parts whose names have less room than they need."""
    names = [name for name in ("levels", "criteria", "challenges") if bar.button(name) is not None]
    return [name for name in names if bar.button(name).width() < bar.button(name).sizeHint().width()]


def test_the_choice_stands_beside_the_names_or_below_them(page, qtbot):
    bar, choice = page.parts.bar, page.parts.choice
    assert choice.isVisible()
    assert choice.mapTo(page, choice.rect().center()).y() < bar.mapTo(page, bar.rect().bottomLeft()).y()
    page.resize(640, 700)
    qtbot.waitUntil(lambda: choice.mapTo(page, choice.rect().topLeft()).y() >= bar.mapTo(page, bar.rect().center()).y())
    assert cut_short(bar) == []
    page.resize(1200, 700)
    qtbot.waitUntil(
        lambda: choice.mapTo(page, choice.rect().center()).y() < bar.mapTo(page, bar.rect().bottomLeft()).y()
    )
    assert cut_short(bar) == []


def test_a_part_that_is_clicked_gets_the_keyboard(page, qtbot):
    bar = page.parts.bar
    page.parts.choice.round.setFocus()
    qtbot.mouseClick(bar.button("criteria"), Qt.MouseButton.LeftButton)
    part = page.parts.part
    qtbot.waitUntil(lambda: part.isAncestorOf(QApplication.focusWidget()))
    qtbot.mouseClick(bar.button("levels"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.heat_map.hasFocus)


def test_who_walks_along_the_bar_stays_there(page, qtbot):
    bar = page.parts.bar
    bar.button("criteria").setFocus()
    qtbot.keyClick(bar.button("criteria"), Qt.Key.Key_Return)
    assert page.parts.shown == "criteria"
    assert bar.button("criteria").hasFocus()


def test_a_part_is_called_what_its_name_in_the_bar_says(page):
    assert page.parts.title == "Levels"
    page.parts.show_part("criteria")
    assert page.parts.title == "Criteria"


def test_a_rubric_s_title_is_written_as_far_as_there_is_room(page, qtbot):
    field, widths = page.parts.choice.rubric, []
    whole = field.width()
    assert whole > 140
    for width in range(1200, 600, -20):
        page.resize(width, 700)
        qtbot.waitUntil(lambda: not cut_short(page.parts.bar))
        assert field.mapTo(page, field.rect().topRight()).x() < page.width()
        widths.append(field.width())
    assert max(widths) == whole
    assert any(140 <= each < whole for each in widths)


def test_the_next_rubric_and_round_are_shown_by_keys(page, qtbot, desk):
    page.setFocus()
    alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
    first = desk.assessment.rubric.id
    qtbot.keyClick(page, Qt.Key.Key_R, alt)
    assert desk.assessment.rubric.id == "ml-test-score"
    qtbot.keyClick(page, Qt.Key.Key_R, alt)
    assert desk.assessment.rubric.id == first
    before = desk.assessment.round
    qtbot.keyClick(page, Qt.Key.Key_R, alt | shift)
    assert desk.assessment.round != before


def test_where_there_is_nothing_to_choose_no_key_does(page, desk):
    keys = {"Show the next rubric", "Show the next round"}
    assert keys <= {command.text for command in commands_of("Results", page)}
    document = desk.study.document
    desk.study.document = msgspec.structs.replace(document, rubrics=document.rubrics[:1])
    page.refresh()
    assert keys & {command.text for command in commands_of("Results", page)} == {"Show the next round"}
