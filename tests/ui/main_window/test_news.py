"""What was done, said over the window for a moment: where it stands, and when it goes."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions.things import add
from app.model.setting import Case


def test_news_that_offers_undo_goes_once_undo_would_take_back_something_else(window):
    workspace, desk = window.workspace, window.workspace.desk
    desk.do_and_tell(add, Case(key="news", name="News"))
    assert workspace.news.isVisible()
    desk.do(add, Case(key="later", name="Later"))
    assert not workspace.news.isVisible()


@pytest.mark.parametrize("size", [(1280, 800), (760, 600)])
def test_news_moves_nothing_and_leaves_what_is_said_beside_it_in_sight(qtbot, window, size):
    workspace = window.workspace
    window.resize(*size)
    QApplication.processEvents()
    before = workspace.splitter.geometry()
    workspace.desk.do_and_tell(add, Case(key="news", name="News " * 20))
    assert workspace.news.isVisible()
    QApplication.processEvents()
    assert workspace.splitter.geometry() == before
    assert workspace.rect().contains(workspace.news.geometry())
    saved = workspace.top.saved
    assert workspace.news.geometry().right() < saved.mapTo(workspace, saved.rect().topLeft()).x()
    words = workspace.news._words
    assert words.height() >= words.heightForWidth(words.width())
    window.resize(1280, 800)
    QApplication.processEvents()
    assert workspace.rect().contains(workspace.news.geometry())


def test_news_stands_in_the_corner_where_a_page_has_the_window_to_itself(window):
    workspace = window.workspace
    workspace._give_window(True)
    workspace.desk.do_and_tell(add, Case(key="news", name="News"))
    QApplication.processEvents()
    assert workspace.news.geometry().bottomRight() == workspace.rect().bottomRight()
    workspace._give_window(False)
    assert workspace.news.isVisible()
    assert workspace.news.geometry().top() == 0


def test_what_was_said_before_is_not_shown_to_who_looks_on_at_an_interview(window):
    workspace = window.workspace
    workspace.desk.told.emit("Removed the review by ML engineer G")
    assert workspace.news.isVisible()
    workspace._give_window(True)
    assert not workspace.news.isVisible()


def test_news_makes_room_for_the_time_of_saving_that_comes_after_it(qtbot, window):
    workspace = window.workspace
    workspace.desk.told.emit("News " * 20)
    saved = workspace.top.saved
    before = saved.x()
    saved.saved(datetime(2022, 10, 31, 14, 32, tzinfo=UTC))
    qtbot.waitUntil(lambda: saved.x() < before)
    assert workspace.news.geometry().right() < saved.mapTo(workspace, saved.rect().topLeft()).x()


def test_news_stays_under_what_is_laid_over_the_window(qtbot, window):
    workspace = window.workspace
    window.resize(760, 600)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = workspace._palette
    workspace.desk.told.emit("News " * 60)
    QApplication.processEvents()
    at = palette.card.geometry().center()
    at.setY(workspace.news.geometry().bottom() - 2)
    assert palette.card.geometry().contains(at)
    assert palette.isAncestorOf(workspace.childAt(at))


def test_news_waits_while_it_has_the_keyboard_and_escape_closes_it(qtbot, window):
    news = window.workspace.news
    window.workspace.desk.do_and_tell(add, Case(key="news", name="News"))
    news._button.setFocus()
    qtbot.waitUntil(news._button.hasFocus)
    news._over.timeout.emit()
    assert news.isVisible()
    assert news._over.isActive()
    qtbot.keyClick(news._button, Qt.Key.Key_Escape)
    assert not news.isVisible()


def test_news_goes_by_itself_where_nobody_uses_it(window):
    window.workspace.desk.told.emit("News")
    window.workspace.news._over.timeout.emit()
    assert not window.workspace.news.isVisible()
