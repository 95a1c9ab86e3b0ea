"""Cutting, pasting and moving lines: they stay what they are, and passages go along with their words."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent, QTextCursor

from app.actions.evidence import mark_passage
from app.model.source import EntryKind

CTRL, SHIFT, ALT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "Alt"))
KEY = Qt.Key


def entries(desk, key="i3"):
    return next(source for source in desk.document.sources if source.key == key).entries


def words_of(desk, key):
    passage = next(each for each in desk.document.passages if each.key == key)
    said = {entry.key: entry.text for source in desk.document.sources for entry in source.entries}
    return sorted(said[span.entry][span.start : span.end] for span in passage.spans)


@pytest.fixture
def written(desk, notebook, type_, press):
    """Three lines, the second a quotation with a passage in it; gives the passage."""
    type_("first line")
    press(KEY.Key_Return)
    type_('" the drift alarm rings')
    press(KEY.Key_Return)
    type_("third line")
    notebook.leave()
    return desk.do(mark_passage, "i3", entries(desk)[1].key, 4, 15).key_of("passages")


def go(notebook, line, at, to=None):
    block = notebook.editor.document().findBlockByNumber(line)
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + at)
    if to is not None:
        end = notebook.editor.document().findBlockByNumber(to[0])
        cursor.setPosition(end.position() + to[1], QTextCursor.MoveMode.KeepAnchor)
    notebook.editor.setTextCursor(cursor)


def shown(notebook):
    return notebook.editor.toPlainText().split("\n")


def test_a_line_moves_up_and_down_with_its_key_kind_and_passages(desk, notebook, written, press):
    before = entries(desk)
    go(notebook, 1, 3)
    press(KEY.Key_Up, ALT)
    notebook.leave()
    assert shown(notebook) == ["the drift alarm rings", "first line", "third line"]
    assert [entry.key for entry in entries(desk)] == [before[1].key, before[0].key, before[2].key]
    assert entries(desk)[0].kind is EntryKind.QUOTATION
    assert words_of(desk, written) == ["drift alarm"]
    for _ in range(3):
        press(KEY.Key_Down, ALT)
    notebook.leave()
    assert shown(notebook) == ["first line", "third line", "the drift alarm rings"]
    assert notebook.editor.textCursor().block().text() == "the drift alarm rings"
    for _ in range(3):
        press(KEY.Key_Z, CTRL)
    notebook.leave()
    assert entries(desk) == before
    assert words_of(desk, written) == ["drift alarm"]


@pytest.mark.parametrize("beside", ["\U0001f6a8 rings", "\ud83d half a sign"], ids=["emoji", "half a character"])
def test_the_cursor_goes_along_whatever_the_line_beside_holds(notebook, written, press, beside):
    go(notebook, 0, 0, (0, len("first line")))
    notebook.editor.textCursor().insertText(beside)
    go(notebook, 1, 3)
    press(KEY.Key_Up, ALT)
    cursor = notebook.editor.textCursor()
    assert (cursor.blockNumber(), cursor.positionInBlock()) == (0, 3)
    assert shown(notebook)[0] == "the drift alarm rings"


def test_several_lines_move_together(desk, notebook, written, press):
    go(notebook, 1, 2, (2, 3))
    press(KEY.Key_Up, ALT)
    notebook.leave()
    assert shown(notebook) == ["the drift alarm rings", "third line", "first line"]
    assert words_of(desk, written) == ["drift alarm"]


def test_words_cut_and_pasted_elsewhere_keep_their_passage(desk, notebook, written, press):
    go(notebook, 1, 4, (1, 16))
    press(KEY.Key_X, CTRL)
    notebook.leave()
    assert words_of(desk, written) == []
    go(notebook, 2, 0)
    press(KEY.Key_V, CTRL)
    notebook.leave()
    assert shown(notebook) == ["first line", "the rings", "drift alarm third line"]
    assert words_of(desk, written) == ["drift alarm"]
    press(KEY.Key_Z, CTRL)
    press(KEY.Key_Z, CTRL)
    notebook.leave()
    assert shown(notebook)[1] == "the drift alarm rings"
    assert words_of(desk, written) == ["drift alarm"]


def test_a_whole_line_cut_and_pasted_is_the_same_line(desk, notebook, written, press):
    before = entries(desk)[1]
    go(notebook, 1, 0, (2, 0))
    press(KEY.Key_X, CTRL)
    press(KEY.Key_Home, CTRL)
    press(KEY.Key_V, CTRL)
    notebook.leave()
    assert shown(notebook) == ["the drift alarm rings", "first line", "third line"]
    assert words_of(desk, written) == ["drift alarm"]
    assert [entry.kind for entry in entries(desk)] == [EntryKind.QUOTATION, EntryKind.PARAPHRASE, EntryKind.PARAPHRASE]
    assert before.text == entries(desk)[0].text


def test_a_copy_is_no_second_passage(desk, notebook, written, press):
    go(notebook, 1, 0, (1, 21))
    press(KEY.Key_C, CTRL)
    press(KEY.Key_End, CTRL)
    press(KEY.Key_Return)
    press(KEY.Key_V, CTRL)
    press(KEY.Key_V, CTRL)
    notebook.leave()
    assert shown(notebook)[-1] == "the drift alarm rings" * 2
    assert words_of(desk, written) == ["drift alarm"]
    assert entries(desk)[-1].key not in {entry.key for entry in entries(desk)[:-1]}


def test_words_dragged_elsewhere_keep_their_passage(desk, notebook, written):
    """As Qt does when words are dropped: they are put down, and taken away where they were, in one step."""
    editor = notebook.editor
    go(notebook, 1, 4, (1, 16))
    data = editor.createMimeDataFromSelection()
    chosen = editor.textCursor()
    target = QTextCursor(editor.document().findBlockByNumber(0))
    chosen.beginEditBlock()
    chosen.removeSelectedText()
    editor.setTextCursor(target)
    editor.insertFromMimeData(data)
    chosen.endEditBlock()
    notebook.leave()
    assert shown(notebook) == ["drift alarm first line", "the rings", "third line"]
    assert words_of(desk, written) == ["drift alarm"]
    editor.take_back()
    notebook.leave()
    assert shown(notebook)[:2] == ["first line", "the drift alarm rings"]
    assert words_of(desk, written) == ["drift alarm"]


def test_words_pasted_into_another_interview_take_no_passage_along(desk, notebook, written, press):
    go(notebook, 1, 0, (1, 21))
    press(KEY.Key_X, CTRL)
    notebook.leave()
    notebook.refresh(next(source for source in desk.document.sources if source.key == "m1"))
    press(KEY.Key_V, CTRL)
    notebook.leave()
    assert [entry.text for entry in entries(desk, "m1")] == ["the drift alarm rings"]
    assert words_of(desk, written) == []
    assert next(each for each in desk.document.passages if each.key == written).words == "drift alarm"


def test_lines_split_and_joined_keep_a_passage_over_both(desk, notebook, written, press):
    go(notebook, 1, 9)
    press(KEY.Key_Return)
    notebook.leave()
    assert words_of(desk, written) == [" alarm", "drift"]
    press(KEY.Key_Backspace)
    notebook.leave()
    assert words_of(desk, written) == ["drift alarm"]


def test_a_line_of_old_with_a_break_in_it_is_one_line(desk, show_notebook):
    from app.actions.notes import AddEntry, write
    from app.model.source import Entry

    desk.do(write, "i3", [AddEntry(Entry(key="i3-9", text="one\ntwo\r\nthree"))])
    notebook = show_notebook(desk, "i3")
    assert notebook.editor.document().blockCount() == 1
    notebook.leave()
    assert entries(desk)[0].text == "one\ntwo\r\nthree"


def test_a_drop_is_taken_as_text(desk, notebook, written):
    editor = notebook.editor
    go(notebook, 0, 0, (0, 5))
    data = editor.createMimeDataFromSelection()
    at = QPointF(editor.viewport().width() - 4, editor.cursorRect().center().y())
    event = QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    editor.dropEvent(event)
    notebook.leave()
    assert shown(notebook)[0] == "first linefirst"
