"""The notebook as a person uses it: typing, pasting, joining, undoing; and what the study then holds."""

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QToolTip

from app.actions.evidence import mark_passage
from app.actions.notes import write
from app.actions.open_study import OpenStudy
from app.model.source import EntryKind
from app.store.errors import NotWritten
from ui.notebook import keeper as keeping

CTRL, SHIFT, ALT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "Alt"))


def source_of(desk, key="i3"):
    return next(source for source in desk.document.sources if source.key == key)


def texts(desk, key="i3"):
    return [entry.text for entry in source_of(desk, key).entries]


def passage(desk, key):
    return next(each for each in desk.document.passages if each.key == key)


def words_of(desk, key):
    """What a passage names now, by its spans."""
    found = passage(desk, key)
    entries = {entry.key: entry.text for source in desk.document.sources for entry in source.entries}
    return [entries[span.entry][span.start : span.end] for span in found.spans]


def put(notebook, entry, point):
    notebook.editor.show_place(entry, point)


def paste(notebook, text):
    data = QMimeData()
    data.setText(text)
    notebook.editor.insertFromMimeData(data)


# Typing


def test_an_interview_typed_is_in_the_study_and_in_the_file(
    qtbot, desk, notebook, type_, press, study_path, passphrase
):
    type_("Models are trained by hand")
    press(Qt.Key.Key_Return)
    type_("drift? nobody looks")
    press(Qt.Key.Key_Return)
    type_("next: pipeline")
    qtbot.waitUntil(lambda: len(texts(desk)) == 3, timeout=1500)
    assert texts(desk) == ["Models are trained by hand", "drift? nobody looks", "next: pipeline"]
    desk.study.close()
    with OpenStudy.open(study_path, passphrase) as again:
        entries = next(source for source in again.document.sources if source.key == "i3").entries
        assert [entry.text for entry in entries] == [
            "Models are trained by hand",
            "drift? nobody looks",
            "next: pipeline",
        ]
        assert all(dt.datetime.now(dt.UTC) - entry.at < dt.timedelta(minutes=1) for entry in entries)
        assert {entry.speaker for entry in entries} == {"p3"}


def test_it_is_saved_soon_after_the_last_key_and_soon_after_the_first(qtbot, desk, notebook, type_):
    assert keeping.QUIET <= 500
    assert keeping.LATEST <= 1000
    with qtbot.waitSignal(desk.saved, timeout=1000):
        type_("a")
    notebook.keeper._quiet.setInterval(60_000)  # the last key never comes
    with qtbot.waitSignal(desk.saved, timeout=1500):
        type_("b")
    assert texts(desk) == ["ab"]


def test_leaving_saves_at_once(desk, notebook, type_):
    type_("quick")
    notebook.editor.clearFocus()
    assert texts(desk) == ["quick"]
    notebook.editor.setFocus()
    type_("er")
    notebook.leave()
    assert texts(desk) == ["quicker"]


def test_only_changed_lines_are_written(desk, notebook, type_, press):
    type_("one")
    press(Qt.Key.Key_Return)
    type_("two")
    notebook.leave()
    before = source_of(desk).entries
    type_("!")
    seen = []
    desk.changed.connect(seen.append)
    notebook.leave()
    assert [changes.touched for changes in seen] == [frozenset({("entries", before[1].key)})]


def test_a_line_is_stamped_with_the_time_of_its_first_word(desk, notebook, type_, press):
    times = iter(dt.datetime(2022, 10, 31, 9, minute, tzinfo=dt.UTC) for minute in range(10))
    notebook.editor.clock = lambda: next(times)
    type_("a")
    press(Qt.Key.Key_Return)
    type_("bc")
    notebook.leave()
    assert [entry.at.minute for entry in source_of(desk).entries] == [0, 2]


def test_each_line_typed_in_one_sitting_is_one_step_in_the_trail(desk, notebook, type_):
    type_("a")
    notebook.leave()
    first = desk.study.file.connection.execute("SELECT count(*) FROM audit").fetchone()
    for letter in "bcd":
        type_(letter)
        notebook.leave()
    assert desk.study.file.connection.execute("SELECT count(*) FROM audit").fetchone() == first


# Lines


def test_a_line_is_split_where_enter_is_pressed(desk, notebook, type_, press):
    type_("by hand, since 2019")
    press(Qt.Key.Key_Q, CTRL | SHIFT)
    notebook.leave()
    key = source_of(desk).entries[0].key
    put(notebook, key, 8)
    press(Qt.Key.Key_Return)
    notebook.leave()
    entries = source_of(desk).entries
    assert [entry.text for entry in entries] == ["by hand,", " since 2019"]
    assert entries[0].key == key
    assert {entry.kind for entry in entries} == {EntryKind.QUOTATION}


def test_enter_at_the_start_of_a_line_makes_room_above_it(desk, notebook, type_, press):
    type_("second")
    notebook.leave()
    key = source_of(desk).entries[0].key
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Up)
    type_("first")
    notebook.leave()
    assert texts(desk) == ["first", "second"]
    assert source_of(desk).entries[1].key == key


def test_lines_are_joined_by_backspace_and_by_delete(desk, notebook, type_, press):
    type_("one")
    press(Qt.Key.Key_Return)
    type_("two")
    notebook.leave()
    key = source_of(desk).entries[0].key
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Backspace)
    notebook.leave()
    assert [(entry.key, entry.text) for entry in source_of(desk).entries] == [(key, "onetwo")]
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Delete)
    notebook.leave()
    assert texts(desk) == ["onetwo"]


def test_deleting_lines_removes_their_entries(desk, notebook, type_, press):
    for word in ("one", "two", "three"):
        type_(word)
        press(Qt.Key.Key_Return)
    notebook.leave()
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_Delete)
    notebook.leave()
    assert texts(desk) == ["three"]
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Delete)
    notebook.leave()
    assert texts(desk) == []


def test_pasting_several_lines_makes_several_entries(desk, notebook, type_, press):
    type_("start ")
    paste(notebook, "one\r\n\r\ntwo\nthree ")
    type_("end")
    notebook.leave()
    assert texts(desk) == ["start one", "two", "three end"]
    assert len({entry.key for entry in source_of(desk).entries}) == 3


def test_a_very_long_paragraph_becomes_lines(desk, notebook):
    paste(notebook, "This is kept word for word. " * 500)
    notebook.leave()
    assert " ".join(text.strip() for text in texts(desk)) == ("This is kept word for word. " * 500).strip()
    assert all(len(text) <= 2000 for text in texts(desk))


# What lines are


def test_a_long_paste_is_not_said_to_be_saved_before_all_of_it_is(qtbot, desk, notebook):
    states = []
    notebook.state.connect(lambda state: states.append((state, len(texts(desk)))))
    paste(notebook, "\n".join(f"line {number}" for number in range(130)))
    qtbot.waitUntil(lambda: len(texts(desk)) == 130)
    assert states[-1] == ("saved", 130)
    assert [written for state, written in states if state == "saved"] == [130]
    assert ("waiting", 60) in states, "after each part of it, since a change that is written says so"


@pytest.mark.parametrize(
    ("marker", "kind", "uncertain"),
    [('"', EntryKind.QUOTATION, False), ("*", EntryKind.REFLECTION, False), ("?", EntryKind.PARAPHRASE, True)],
)
def test_a_marker_and_a_space_say_what_a_line_is(desk, notebook, type_, marker, kind, uncertain):
    type_(f"{marker} the model is fine")
    notebook.leave()
    (entry,) = source_of(desk).entries
    assert (entry.text, entry.kind, entry.uncertain) == ("the model is fine", kind, uncertain)


def test_a_marker_is_given_back_by_undo(desk, notebook, type_, press):
    type_('" ')
    assert notebook.editor.current_line.kind is EntryKind.QUOTATION
    press(Qt.Key.Key_Z, CTRL)
    assert notebook.editor.toPlainText() == '" '
    assert notebook.editor.current_line.kind is EntryKind.PARAPHRASE


def test_a_marker_within_a_line_is_a_letter(notebook, type_):
    type_('he said " and left')
    assert notebook.editor.toPlainText() == 'he said " and left'


def test_keys_and_buttons_set_kind_uncertainty_and_speaker(qtbot, desk, notebook, type_, press):
    type_("seen on screen")
    press(Qt.Key.Key_O, CTRL | SHIFT)
    press(Qt.Key.Key_U, CTRL)
    press(Qt.Key.Key_0, ALT)
    notebook.leave()
    (entry,) = source_of(desk).entries
    assert (entry.kind, entry.uncertain, entry.speaker) == (EntryKind.OBSERVATION, True, None)
    press(Qt.Key.Key_1, ALT)
    qtbot.mouseClick(notebook._kinds[0], Qt.MouseButton.LeftButton)
    notebook.leave()
    (entry,) = source_of(desk).entries
    assert (entry.kind, entry.speaker) == (EntryKind.QUOTATION, "p3")
    press(Qt.Key.Key_Q, CTRL | SHIFT)
    assert notebook.editor.current_line.kind is EntryKind.PARAPHRASE


# Passages


def test_words_are_marked_as_a_passage(qtbot, desk, notebook, type_, press):
    paste(notebook, "alarm 🚨 on drift rings")
    press(Qt.Key.Key_Home)
    cursor = notebook.editor.textCursor()
    cursor.setPosition(9)
    cursor.setPosition(18, QTextCursor.MoveMode.KeepAnchor)  # with the spaces around, as people select
    notebook.editor.setTextCursor(cursor)
    with qtbot.waitSignal(notebook.passage_marked) as marked:
        press(Qt.Key.Key_E, CTRL)
    assert passage(desk, marked.args[0]).words == "on drift"
    assert words_of(desk, marked.args[0]) == ["on drift"]


def test_words_typed_before_a_passage_leave_it_its_words_whatever_qt_counts(desk, show_notebook, unsealed):
    notebook = unsealed(show_notebook(desk, "i1"))
    assert words_of(desk, "q2") == ["starts deployment by hand"]
    put(notebook, "i1-2", 3)
    paste(notebook, " 🚨👩‍🔬 e\u0301 ")
    notebook.leave()
    assert "🚨👩‍🔬" in texts(desk, "i1")[1]
    assert words_of(desk, "q2") == ["starts deployment by hand"]
    (mark,) = notebook.editor.sheet.marks_of(1)
    assert notebook.editor.sheet.rows[1].text[mark.start : mark.end] == "starts deployment by hand"


def test_the_half_of_a_line_that_holds_its_passages_stays_the_entry(qtbot, desk, notebook, type_, press):
    type_("first half, drift alarm")
    notebook.leave()
    key = source_of(desk).entries[0].key
    mark = desk.do(mark_passage, "i3", key, 12, 23).key_of("passages")
    put(notebook, key, 11)
    press(Qt.Key.Key_Return)
    notebook.leave()
    assert texts(desk) == ["first half,", " drift alarm"]
    assert words_of(desk, mark) == ["drift alarm"]
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Backspace)
    notebook.leave()
    assert texts(desk) == ["first half, drift alarm"]
    assert words_of(desk, mark) == ["drift alarm"]


# Undo


def test_typing_is_taken_back_in_the_editor_and_in_the_study(desk, notebook, type_, press):
    type_("one")
    notebook.leave()
    press(Qt.Key.Key_Return)
    type_("two")
    notebook.leave()
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Z, CTRL)
    notebook.leave()
    assert texts(desk) == ["one"]
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    notebook.leave()
    assert texts(desk) == ["one", "two"]


def test_a_removed_line_comes_back_with_its_passages(desk, notebook, type_, press):
    type_("keep")
    press(Qt.Key.Key_Return)
    type_("drift alarm")
    notebook.leave()
    entry = source_of(desk).entries[1]
    key = desk.do(mark_passage, "i3", entry.key, 0, 5).key_of("passages")
    press(Qt.Key.Key_Home, SHIFT)
    press(Qt.Key.Key_Backspace)
    notebook.leave()
    assert words_of(desk, key) == []
    press(Qt.Key.Key_Z, CTRL)
    notebook.leave()
    assert source_of(desk).entries[1] == entry
    assert words_of(desk, key) == ["drift"]
    assert [mark.passage for mark in notebook.editor.sheet.marks_of(1)] == [key]


def test_undo_goes_back_through_typing_and_actions_in_the_order_they_were_done(desk, notebook, type_, press):
    type_("drift alarm")
    notebook.leave()
    entry = source_of(desk).entries[0]
    before = len(desk.document.passages)
    desk.do(mark_passage, "i3", entry.key, 0, 5)
    press(Qt.Key.Key_End)
    type_(" rings")
    notebook.leave()
    press(Qt.Key.Key_Return)
    type_("and rings")
    notebook.leave()
    seen = []
    for _ in range(20):
        press(Qt.Key.Key_Z, CTRL)
        notebook.leave()
        state = (notebook.editor.toPlainText(), len(desk.document.passages) - before)
        seen += [state] if not seen or seen[-1] != state else []
        assert [text for text in notebook.editor.toPlainText().splitlines() if text] == texts(desk)
        if not any(state):
            break
    assert seen == [
        ("drift alarm rings\n", 1),
        ("drift alarm rings", 1),
        ("drift alarm", 1),
        ("drift alarm", 0),
        ("", 0),
    ]
    while desk.study.redo_label:
        press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert notebook.editor.toPlainText() == "drift alarm rings\nand rings"
    assert len(desk.document.passages) == before + 1


def test_undo_from_the_window_shows_in_the_notes_and_leaves_the_cursor(desk, notebook, type_, press):
    type_("one")
    press(Qt.Key.Key_Return)
    type_("two")
    notebook.leave()
    first = source_of(desk).entries[0]
    put(notebook, first.key, 2)
    desk.undo()
    assert notebook.editor.toPlainText() == ""
    desk.redo()
    assert notebook.editor.toPlainText() == "one\ntwo"


# When saving fails, and when nothing may be written


def test_a_failed_save_keeps_the_text_says_so_and_tries_again(qtbot, desk, notebook, type_, monkeypatch):
    type_("precious")
    real = type(desk.study).do

    def full(*_args, **_kwargs):
        raise NotWritten("The medium is full: the change was not saved.")

    monkeypatch.setattr(type(desk.study), "do", full)
    states = []
    notebook.state.connect(states.append)
    with qtbot.waitSignal(desk.failed) as failed:
        notebook.leave()
    assert "full" in failed.args[0]
    assert states[-1] == "failed"
    assert notebook.editor.toPlainText() == "precious"
    assert texts(desk) == []
    monkeypatch.setattr(type(desk.study), "do", real)
    notebook.keeper._retry.setInterval(0)
    notebook.keeper._retry.start()
    qtbot.waitUntil(lambda: texts(desk) == ["precious"])
    assert states[-1] == "saved"


def test_in_a_study_open_for_reading_nothing_can_be_typed(qtbot, reading_desk, show_notebook):
    desk = reading_desk
    notebook = show_notebook(desk, "i1")
    before = texts(desk, "i1")
    failures = []
    desk.failed.connect(failures.append)
    for key in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        qtbot.keyClick(notebook.editor, key)
    for key in (Qt.Key.Key_E, Qt.Key.Key_U, Qt.Key.Key_Z, Qt.Key.Key_V):
        qtbot.keyClick(notebook.editor, key, CTRL)
    paste(notebook, "x")
    notebook.leave()
    assert notebook.editor.toPlainText().splitlines() == before
    assert texts(desk, "i1") == before
    assert failures == []
    assert not notebook._mark.isVisible()


def test_what_others_wrote_is_shown_after_what_was_typed_is_saved(desk, notebook, type_):
    type_("mine")
    desk.do(write, "i1", [])
    notebook.refresh(source_of(desk))
    assert notebook.editor.toPlainText() == "mine"
    notebook.leave()
    assert texts(desk) == ["mine"]


def test_each_line_typed_in_a_sitting_is_one_row_of_the_trail(desk, notebook, type_, press):
    for words in ("first ", "line ", "typed slowly"):
        type_(words)
        notebook.leave()
    press(Qt.Key.Key_Return)
    for words in ("second ", "line"):
        type_(words)
        notebook.leave()
    trail = desk.study.file.connection.execute(
        "SELECT label, merge_key FROM audit ORDER BY seq DESC LIMIT 3"
    ).fetchall()
    keys = [entry.key for entry in source_of(desk).entries]
    assert [key for _label, key in trail[:2]] == [f"entry/{key}" for key in reversed(keys)]
    assert not trail[2][1].startswith("entry/i3") if len(trail) > 2 else True


def test_saving_does_not_go_on_for_ever_where_a_line_comes_back_otherwise(desk, notebook, type_, monkeypatch):
    """Were the sheet to lose count of what the study holds, it looks again; were that no help, it says so."""
    states = []
    notebook.state.connect(states.append)
    type_("words")
    monkeypatch.setattr(notebook.editor.sheet, "wrote", lambda *_: None)
    assert notebook.keeper.flush()
    assert texts(desk) == ["words"]
    monkeypatch.setattr(notebook.editor.sheet, "saved", lambda *_: None)
    type_(" more")
    assert not notebook.keeper.flush()
    assert states[-1] == "failed"
    monkeypatch.undo()
    assert notebook.keeper.flush()
    assert texts(desk) == ["words more"]


def test_words_of_an_input_method_are_kept_once_they_are_chosen(qtbot, desk, notebook):
    editor = notebook.editor
    QApplication.sendEvent(editor, QInputMethodEvent("mitei", []))
    notebook.leave()
    assert texts(desk) == []
    chosen = QInputMethodEvent("", [])
    chosen.setCommitString("未定のモデル")
    QApplication.sendEvent(editor, chosen)
    notebook.leave()
    assert texts(desk) == ["未定のモデル"]


def test_the_state_goes_from_waiting_to_saved(qtbot, desk, notebook, type_):
    states = []
    notebook.state.connect(states.append)
    type_("words")
    assert states == ["waiting"]
    qtbot.waitUntil(lambda: states[-1] == "saved")


def test_lines_that_came_after_the_interview_are_marked_as_such(qtbot, desk, notebook, type_, press):
    from app.actions import session

    desk.do(session.start, "i3")
    type_("in the interview")
    press(Qt.Key.Key_Return)
    type_("in it, too")
    notebook.leave()
    notebook.editor.clock = lambda: dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    desk.do(session.end, "i3")
    press(Qt.Key.Key_Return)
    type_("later")
    notebook.leave()
    editor = notebook.editor
    assert [editor.later(editor.sheet.line(place)) for place in range(3)] == [False, False, True]
    put(notebook, source_of(desk).entries[0].key, 0)
    type_("said ")
    notebook.leave()
    assert [editor.later(editor.sheet.line(place)) for place in range(3)] == [True, False, True]
    spot = editor.cursorRect().center()
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, spot.y()), editor.gutter.mapToGlobal(QPoint(5, spot.y())))
    QApplication.sendEvent(editor.gutter, event)
    qtbot.waitUntil(lambda: QToolTip.text().startswith("Noted or changed after the interview"))
    assert next(iter(editor.speakers.values())) in QToolTip.text()  # which may be shortened beside the line
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
