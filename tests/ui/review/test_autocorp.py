"""The published case: AutoCorp's insider reviews it in the window, by keys alone, and the report says so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions.create import import_document
from app.analysis.reviews import reviews
from app.exchange.demo import demo_document
from app.report.build import make_report
from app.report.snapshot import take
from tests.ui.main_window.test_keys_apart import shared
from ui.application import open_window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def autocorp(show, tmp_path, passphrase):
    path = tmp_path / "autocorp.fieldquill"
    import_document(path, passphrase, demo_document())
    window = show(open_window(path, passphrase))
    window.workspace.top.person_chosen.emit(window.workspace.desk.document.assessors[0].key)
    yield window
    window.close()


@pytest.fixture
def press(qtbot, autocorp):
    """Presses a key where the keyboard is."""
    return lambda key, held=Qt.KeyboardModifier.NoModifier: qtbot.keyClick(QApplication.focusWidget(), key, held)


def type_and_enter(qtbot, words):
    qtbot.keyClicks(QApplication.focusWidget(), words)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_an_insider_s_review_by_keys_alone(qtbot, autocorp, press):
    desk = autocorp.workspace.desk
    press(Qt.Key.Key_7, CTRL)
    page = autocorp.workspace.page
    assert page.name == "review"
    assert page.work.list.hasFocus()
    press(Qt.Key.Key_Insert)
    press(Qt.Key.Key_End)  # the firm's own ML engineer, part of none of the teams, is the last participant
    press(Qt.Key.Key_Return, CTRL)
    review = desk.document.reviews[-1]
    assert (review.reviewer, review.round, len(review.items)) == ("p18", "r2", 9)
    qtbot.waitUntil(page.work.list.hasFocus)
    for place in range(9):
        press(Qt.Key.Key_3 if place == 4 else Qt.Key.Key_1)
        if place == 4:
            press(Qt.Key.Key_C)
            type_and_enter(qtbot, "We do read the log, every Monday")
            press(Qt.Key.Key_R)
            type_and_enter(qtbot, "Seen on site: a reading without a record; the level stands")
        press(Qt.Key.Key_Down)
    tally = reviews(desk.study.revealed).review(review.key).tally
    assert (tally.confirmed, tally.disputed, tally.open, tally.unanswered) == (8, 1, 0, 0)
    assert page.reviews.list.cards.cards[-1].feet == ("Done",)
    printed = " ".join(each.text for each in make_report(take(desk.study.revealed, version="1")).printed)
    assert "We do read the log, every Monday" in printed
    assert "a reading without a record" in printed


def test_what_is_open_is_the_next_thing_to_do_and_leads_there(qtbot, autocorp, press):
    workspace = autocorp.workspace
    press(Qt.Key.Key_7, CTRL)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_1, CTRL)
    model = workspace.page.next.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    todo = next(each for each in rows if "objection" in each.data())
    assert todo.data() == "ML engineer G: 1 objection"
    workspace.page.next.clicked.emit(todo)
    assert workspace.page.name == "review"
    assert workspace.page.review.review.key == "review-1"


def test_no_key_is_claimed_twice_whatever_the_page_shows(autocorp):
    autocorp.workspace.show_page("review")
    page = autocorp.workspace.page
    assert page.work.isVisible()
    assert shared(autocorp) == []
    page.new_review()
    assert shared(autocorp) == []
    page.show_thing("read-back:i12")
    assert page.read_back.isVisible()
    assert shared(autocorp) == []


def test_the_page_comes_back_as_it_was_left(autocorp):
    workspace = autocorp.workspace
    workspace.show_page("review")
    page = workspace.page
    page.work.filter._click("open")
    page.work.filter._click("all")
    last = page.work.list.cards.cards[-1].key
    page.show_thing(f"review-1/{last}")
    scrolled = page.work.list.verticalScrollBar().value()
    assert scrolled > 0
    workspace.show_page("results")
    workspace.show_page("review")
    assert page.work.list.current_key() == last
    assert page.work.list.verticalScrollBar().value() == scrolled
    assert page.shown_thing() == f"review-1/{last}"
