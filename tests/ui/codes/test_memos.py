"""Memos are changed where they are listed, by whoever wrote them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.widgets import TextField

KEYS = Qt.Key


@pytest.fixture
def memos(page):
    page.middle.show_part("memos")
    view = page.middle.part("memos")
    view.list.setFocus()
    return view


def begin(qtbot, memos, row, key=KEYS.Key_M):
    """Begin to change a memo; gives the editor, which has the keys."""
    memos.list.setCurrentIndex(memos.list.rows.index(row))
    qtbot.keyClick(memos.list, key)
    return memos.list.viewport().findChild(TextField)


def memo_of(desk, passage, code):
    return next(each.memo for each in desk.document.codings if (each.passage, each.code) == (passage, code))


def test_one_s_own_memo_is_changed_in_place(qtbot, memos, desk):
    editor = begin(qtbot, memos, 0)
    qtbot.waitUntil(editor.hasFocus)
    assert editor.value() == "Every Monday"
    qtbot.keyClicks(editor, ", early")
    qtbot.keyClick(editor, KEYS.Key_Return)
    assert memo_of(desk, "q1", "schedule") == "Every Monday, early"
    assert [memo.text for memo in memos.memos] == ["Every Monday, early", "Seen, not used"]
    assert memos.list.hasFocus()
    assert memos.list.currentIndex().row() == 0
    desk.undo()
    assert memo_of(desk, "q1", "schedule") == "Every Monday"


def test_escape_leaves_a_memo_and_enter_without_a_change_ends(qtbot, memos, desk):
    before = desk.document
    editor = begin(qtbot, memos, 0, KEYS.Key_F2)
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClicks(editor, "gone")
    qtbot.keyClick(editor, KEYS.Key_Escape)
    assert memos.list.hasFocus()
    qtbot.waitUntil(lambda: memos.list.viewport().findChild(TextField) is None)
    editor = begin(qtbot, memos, 0)
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClick(editor, KEYS.Key_Return)
    assert memos.list.hasFocus()
    assert desk.document is before


def test_a_memo_left_by_a_click_is_kept_and_an_empty_one_goes(qtbot, memos, page, desk):
    editor = begin(qtbot, memos, 0)
    qtbot.waitUntil(editor.hasFocus)
    editor.selectAll()
    qtbot.keyClick(editor, KEYS.Key_Delete)
    page.tree.view.setFocus()
    assert memo_of(desk, "q1", "schedule") == ""
    assert [memo.text for memo in memos.memos] == ["Seen, not used"]


def test_somebody_else_s_memo_is_not_changed_and_it_is_said_why(qtbot, memos, desk, heard):
    assert begin(qtbot, memos, 1) is None
    assert heard == ["Ben wrote this memo, so only they change it."]
    desk.study.work_as("")
    memos.show_index(memos._index, memos.painter._names, desk.study.who, read_only=False)
    assert begin(qtbot, memos, 0) is None
    assert heard[-1] == "Say who is working first: everybody changes their own memos."


def test_the_button_does_what_the_key_does(qtbot, memos):
    memos.list.setCurrentIndex(memos.list.rows.index(0))
    qtbot.mouseClick(memos.change, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), TextField))


def test_no_memo_is_changed_while_reading(memos):
    memos.show_index(memos._index, memos.painter._names, "ada", read_only=True)
    assert not memos.change.isVisible()
    assert not memos.list.rows.index(0).flags() & Qt.ItemFlag.ItemIsEditable


def test_without_memos_the_words_get_the_focus(qtbot, memos):
    memos.words.setText("nowhere")
    qtbot.waitUntil(memos.nothing.isVisible)
    memos.setFocus()
    assert memos.words.hasFocus()
