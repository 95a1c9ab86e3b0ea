"""The shorthand list as an assessor keeps it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions.shorthands import add_shorthand
from app.model.source import Shorthand

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER, TAB, BACKTAB, ESCAPE = (Qt.Key[f"Key_{name}"] for name in ("Return", "Tab", "Backtab", "Escape"))
UP, DOWN, RIGHT = (Qt.Key[f"Key_{name}"] for name in ("Up", "Down", "Right"))
INSERT, DELETE = Qt.Key.Key_Insert, Qt.Key.Key_Delete
LIST = (("gt", "ground truth", None), ("dd", "data drift", None), ("dd", "double check", "ben"))


@pytest.fixture
def facet(window, page):
    for short, words, assessor in LIST:
        window.workspace.desk.do(add_shorthand, Shorthand(short=short, words=words, assessor=assessor))
    return page.facet("shorthands")


@pytest.fixture
def grid(facet):
    """Everybody's list, with the focus on its first line."""
    facet.grid.setFocus()
    facet.grid.go_to(0, 0)
    return facet.grid


@pytest.fixture
def listed(document):
    return lambda who=None: [(each.short, each.words) for each in document().shorthands if each.assessor == who]


def shown(grid):
    model = grid.model()
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def click(qtbot, grid, row, column):
    place = grid.visualRect(grid.model().index(row, column)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)


def choose(qtbot, facet, whose):
    qtbot.mouseClick(facet.whose.button(whose), Qt.MouseButton.LeftButton)


def test_everybody_s_list_is_shown_in_order(facet, grid):
    assert shown(grid) == [
        ("dd", "data drift"),
        ("gt", "ground truth"),
        ("Add a short form", "What it stands for"),
    ]
    assert facet.card.sum.text() == "2"


@pytest.mark.parametrize("between", [ENTER, TAB])
def test_shorthands_are_added_by_keyboard_alone(press, grid, listed, between):
    press(INSERT, "fb", between, "feedback", ENTER, "aa", between, " all  alarms ", ENTER, ESCAPE)
    assert listed() == [("aa", "all alarms"), ("dd", "data drift"), ("fb", "feedback"), ("gt", "ground truth")]
    assert [row[0] for row in shown(grid)] == ["aa", "dd", "fb", "gt", "Add a short form"]
    assert grid.hasFocus()


def test_one_is_added_with_the_mouse(qtbot, press, facet, grid, listed):
    click(qtbot, grid, 2, 0)
    press("fb")
    click(qtbot, grid, 2, 1)
    press("feedback")
    click(qtbot, grid, 0, 0)
    assert ("fb", "feedback") in listed()


def test_letters_and_words_are_changed_in_place(press, grid, listed):
    press(ENTER, "r", ENTER)
    assert listed() == [("ddr", "data drift"), ("gt", "ground truth")]
    press(UP, RIGHT, ENTER, " reported", ENTER)
    assert listed() == [("ddr", "data drift reported"), ("gt", "ground truth")]


def test_one_changed_stays_the_current_one_wherever_it_goes(press, grid, listed):
    press(ENTER)
    QApplication.focusWidget().selectAll()
    press("zz", TAB, "!", ENTER)
    assert listed() == [("gt", "ground truth"), ("zz", "data drift!")]


def test_a_removed_one_is_one_undo_away(qtbot, window, press, grid, listed):
    press(DELETE)
    assert listed() == [("gt", "ground truth")]
    news = window.workspace.news
    assert news.text.startswith("Remove shorthand")
    qtbot.mouseClick(news._button, Qt.MouseButton.LeftButton)
    assert listed() == [("dd", "data drift"), ("gt", "ground truth")]


@pytest.mark.parametrize(
    ("short", "sentence"),
    [
        ("gt", "“gt” stands for “ground truth” already."),
        ("GT", "“gt” stands for “ground truth” already."),
        ("g t", "A short form has no spaces."),
        ("g" * 17, "A short form has at most 16 characters."),
    ],
)
def test_why_letters_can_t_stand_in_the_list_is_said_where_they_are_written(
    press, facet, grid, listed, short, sentence
):
    press(INSERT, short, ENTER)
    assert facet.card.problem.text() == sentence
    assert facet.card.problem.isVisible()
    assert QApplication.focusWidget().value() == short
    press(ESCAPE)
    assert not facet.card.problem.isVisible()
    press(UP, ENTER)
    assert shown(grid)[2] == ("Add a short form", "What it stands for")
    QApplication.focusWidget().selectAll()
    press("gtt", ENTER)
    assert listed() == [("dd", "data drift"), ("gtt", "ground truth")]


def test_words_are_needed(press, facet, grid, listed):
    press(INSERT, "fb", ENTER, ENTER)
    assert facet.card.problem.text() == "The words are missing."
    press("x" * 201, ENTER)
    assert facet.card.problem.text() == "The words have at most 200 characters."
    press(ESCAPE)
    assert len(listed()) == 2
    assert shown(grid)[2] == ("Add a short form", "What it stands for")


def test_one_goes_back_to_the_letters_before_the_words(press, grid, listed):
    press(INSERT, "fb", TAB, "feedback", BACKTAB)
    assert len(listed()) == 3
    assert ("fb", "feedback") in listed()


def test_letters_can_be_taken_back_before_there_are_words(qtbot, press, grid, listed):
    press(INSERT, "fb", ENTER)
    click(qtbot, grid, 2, 0)
    assert shown(grid)[2] == ("fb", "What it stands for")
    QApplication.focusWidget().selectAll()
    press(DELETE, ENTER)
    assert shown(grid)[2] == ("Add a short form", "What it stands for")
    assert len(listed()) == 2


def test_one_only_half_begun_waits_and_is_let_go(qtbot, press, grid, listed):
    press(INSERT, "fb", ENTER)
    click(qtbot, grid, 0, 0)
    assert shown(grid)[2] == ("fb", "What it stands for")
    press(INSERT, "feedback", ENTER, ESCAPE, INSERT, "aa", ENTER)
    assert ("fb", "feedback") in listed()
    click(qtbot, grid, 0, 0)
    press(ESCAPE)
    assert shown(grid)[3] == ("Add a short form", "What it stands for")
    assert len(listed()) == 3


def test_one_s_own_list_stands_apart(qtbot, press, facet, grid, listed):
    choose(qtbot, facet, "mine")
    assert shown(grid) == [("Add a short form", "What it stands for")]
    facet.grid.setFocus()
    press(ENTER, "dd", ENTER, "deep dive", ENTER, ESCAPE)
    assert listed("ada") == [("dd", "deep dive")]
    assert listed("ben") == [("dd", "double check")]
    choose(qtbot, facet, "everybody")
    assert shown(grid)[0] == ("dd", "data drift")


def test_the_list_is_that_of_whoever_works(qtbot, window, facet, grid):
    choose(qtbot, facet, "mine")
    window.workspace.top.person_chosen.emit("ben")
    assert shown(grid)[0] == ("dd", "double check")
    window.workspace.top.person_chosen.emit("")
    assert facet.whose.value() == "everybody"
    assert not facet.whose.button("mine").isEnabled()
    assert facet.nobody.isVisible()
    assert shown(grid)[0] == ("dd", "data drift")


def test_what_is_being_written_goes_to_the_list_it_was_written_in(qtbot, press, facet, grid, listed):
    press(INSERT, "fb", ENTER, "feedback")
    choose(qtbot, facet, "mine")
    assert ("fb", "feedback") in listed()
    assert listed("ada") == []


def test_an_undo_shows_in_the_list(press, grid, listed):
    press(RIGHT, ENTER, "!", ENTER)
    assert shown(grid)[0] == ("dd", "data drift!")
    press(Qt.Key.Key_Z, modifier=CTRL)
    assert shown(grid)[0] == ("dd", "data drift")


def test_the_first_is_written_where_there_is_none(press, page, listed):
    page.show_thing("shorthands")
    press(ENTER, "dd", TAB, "data drift", ENTER, ESCAPE)
    assert listed() == [("dd", "data drift")]


def test_reading_shows_and_changes_nothing(show, press, study, study_path, passphrase):
    from app.actions.open_study import OpenStudy
    from ui.desk import Desk
    from ui.overview.page import OverviewPage

    study.do(add_shorthand, Shorthand(short="dd", words="data drift"))
    study.close()
    with OpenStudy.open(study_path, passphrase, read_only=True) as reading:
        page = show(OverviewPage(Desk(reading)))
        page.refresh()
        facet = page.facet("shorthands")
        facet.begin()
        assert shown(facet.grid) == [("dd", "data drift")]
        assert not any(button.isVisible() for button in facet.card.buttons.values())
        press(ENTER, "x", DELETE, INSERT, ESCAPE)
        assert facet.grid.hasFocus()
        assert len(reading.document.shorthands) == 1
