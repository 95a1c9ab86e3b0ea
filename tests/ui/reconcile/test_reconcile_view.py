"""Two note-takers' notes reconciled as a person does it: by keyboard, and by mouse."""

import msgspec
import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from app.actions import notes, things
from app.actions.notes import AddEntry, SetEntry
from app.actions.reconcile import How
from app.actions.verify import problems
from app.analysis.reconciling import begun, reconciled
from app.model.source import Entry, Fate
from app.store.errors import NotWritten
from tests.ui.reconcile.conftest import ALIKE, LINES
from tests.ui.test_accessibility import nameless
from ui.main_window.commands import commands_of
from ui.reconcile.parts import NOTES
from ui.reconcile.rows import HOW_WORDS

Key = Qt.Key
PAIR, ADA_ALONE, BEN_ALONE = 0, 3, 4
ADA, BEN = LINES[PAIR][1:]
SENTENCE = "The supplier trains the model and hands over a file."


def source_of(desk, key="i2"):
    return next(each for each in desk.document.sources if each.key == key)


def agreed(desk):
    return [entry.text for entry in source_of(desk).entries]


def fates(desk):
    return {line.text: line.fate for line in source_of(desk).originals}


def hows(view):
    return [row.how for row in view.list.lines.rows]


def place(view):
    return view.list.currentIndex().row()


@pytest.fixture
def press(qtbot, view):
    return lambda key, held=Qt.KeyboardModifier.NoModifier: qtbot.keyClick(view.list, key, held)


@pytest.fixture
def write(qtbot, view, press):
    """Open the editor of the current row and write in it, in place of what it says."""

    def written(words):
        press(Key.Key_E)
        qtbot.waitUntil(view.list.editor.hasFocus)
        view.list.editor.selectAll()
        qtbot.keyClicks(view.list.editor, words)
        return view.list.editor

    return written


# Looking


def test_looking_changes_nothing(qtbot, desk, view, press):
    before = desk.document
    for key in (Key.Key_Down, Key.Key_J, Key.Key_N, Key.Key_Up, Key.Key_K, Key.Key_End, Key.Key_Home):
        press(key)
    view.refresh()
    assert desk.document is before
    assert not begun(source_of(desk))
    assert view.head.words.text() == "Nothing changes until you decide a row. What Ada and Ben typed is kept."
    assert view.head.progress.text() == "0 of 6 decided"
    assert view.columns.names == ("Ada", "Agreed", "Ben")


def test_rows_show_both_lines_with_their_times(view):
    rows = view.list.lines.rows
    sides = [(row.left and row.left.text, row.right and row.right.text) for row in rows]
    assert sides == [(left, right) for _minutes, left, right in LINES]
    assert (rows[PAIR].left.time, rows[PAIR].right.time) == ("11:03", "11:03"), "on the clock of the interview's place"
    assert [icon for icon, _ink in rows[PAIR].left.signs] == ["quote"]
    assert [icon for icon, _ink in rows[BEN_ALONE].right.signs] == ["eye", "triangle-alert", "circle-help"]
    assert [row.alike for row in rows] == [number in ALIKE for number in range(len(LINES))]


def test_arrows_move_and_stop_at_the_ends(view, press):
    press(Key.Key_Up)
    assert place(view) == 0
    for _ in range(9):
        press(Key.Key_Down)
    assert place(view) == 5


# Deciding by key


@pytest.mark.parametrize(
    ("keys", "how", "lines"),
    [
        ((Key.Key_Left, Key.Key_1), How.LEFT, [ADA]),
        ((Key.Key_Right, Key.Key_2), How.RIGHT, [BEN]),
        ((Key.Key_B, Key.Key_3), How.BOTH, [ADA, BEN]),
        ((Key.Key_X, Key.Key_0), How.NEITHER, []),
    ],
)
def test_each_key_decides_the_current_row_and_goes_on(desk, view, press, keys, how, lines):
    before = desk.document
    rest = agreed(desk)[1:]
    for key in keys:
        press(key)
        assert agreed(desk) == [*lines, *rest]
        assert (hows(view)[0], place(view)) == (how, 1)
        assert view.head.progress.text() == "1 of 6 decided"
        desk.undo()
        assert desk.document == before, "it is one step, with the beginning"
        assert (hows(view)[0], place(view)) == (None, 0)


def test_what_each_typed_is_kept(desk, view, press):
    own = {line.text for line in source_of(desk).originals} | set(agreed(desk))
    for key in (Key.Key_Right, Key.Key_X, Key.Key_B):
        press(key)
    assert {line.text for line in source_of(desk).originals} == own


def test_an_edited_line_begins_with_the_left_s_words(qtbot, desk, view, press):
    press(Key.Key_Return)
    editor = view.list.editor
    qtbot.waitUntil(editor.hasFocus)
    assert editor.text == ADA
    qtbot.keyClicks(editor, " Twice a year.")
    qtbot.keyClick(editor, Key.Key_Return)
    assert agreed(desk)[0] == f"{ADA} Twice a year."
    assert (fates(desk)[ADA], fates(desk)[BEN]) == (Fate.EDITED, Fate.EDITED)
    assert (hows(view)[0], place(view)) == (How.EDIT, 1)
    assert view.list.hasFocus()


def test_a_line_alone_is_edited_from_its_own_words_and_a_decided_one_from_the_agreed(qtbot, desk, view, press):
    view.list.set_current(BEN_ALONE)
    press(Key.Key_E)
    assert view.list.editor.text == LINES[BEN_ALONE][2]
    qtbot.keyClick(view.list.editor, Key.Key_Escape)
    view.list.set_current(PAIR)
    press(Key.Key_B)
    view.list.set_current(PAIR)
    press(Key.Key_E)
    assert view.list.editor.text == f"{ADA} {BEN}"
    qtbot.keyClick(view.list.editor, Key.Key_Enter)
    assert agreed(desk)[0] == f"{ADA} {BEN}"


def test_all_rows_by_keyboard_alone(qtbot, desk, view, press, write):
    press(Key.Key_Right)
    press(Key.Key_1)
    press(Key.Key_B)
    press(Key.Key_X)
    qtbot.keyClick(write("Nobody there can roll back."), Key.Key_Return)
    press(Key.Key_2)
    assert agreed(desk) == [
        BEN,
        LINES[1][1],
        LINES[2][1],
        LINES[2][2],
        "Nobody there can roll back.",
        LINES[5][2],
    ]
    assert hows(view) == [How.RIGHT, How.LEFT, How.BOTH, How.NEITHER, How.EDIT, How.RIGHT]
    assert reconciled(source_of(desk))
    assert view.head.progress.text() == "All agreed."
    assert view.head.back.isVisible()
    with qtbot.waitSignal(view.closed):
        press(Key.Key_Escape)
    assert list(problems(desk.study.file.connection)) == []


def test_it_goes_to_the_next_not_decided_past_the_decided_and_round(view, press):
    view.list.set_current(1)
    press(Key.Key_X)
    view.list.set_current(0)
    press(Key.Key_X)
    assert place(view) == 2
    view.list.set_current(5)
    press(Key.Key_X)
    assert place(view) == 2
    press(Key.Key_N)
    assert place(view) == 3


def test_a_decision_can_be_said_anew(desk, view, press):
    press(Key.Key_X)
    view.list.set_current(0)
    press(Key.Key_Left)
    assert (hows(view)[0], agreed(desk)[0]) == (How.LEFT, ADA)


@pytest.mark.parametrize(
    ("row", "key", "told"),
    [
        (ADA_ALONE, Key.Key_Right, "Ben has no line in this row."),
        (BEN_ALONE, Key.Key_Left, "Ada has no line in this row."),
        (BEN_ALONE, Key.Key_B, "There is one line only in this row."),
    ],
)
def test_a_line_that_is_not_there_is_not_taken(desk, view, press, row, key, told):
    before = desk.document
    view.list.set_current(row)
    press(key)
    assert (desk.document is before, place(view), view.head.words.text()) == (True, row, told)
    press(Key.Key_Up)
    assert view.head.words.text() != told


def test_redo_decides_again(desk, view, press):
    press(Key.Key_Right)
    desk.undo()
    desk.redo()
    assert hows(view)[0] is How.RIGHT


# Passages


def test_passages_stay_with_the_words_and_none_is_lost(desk, view, press):
    def spans():
        return next(each for each in desk.document.passages if each.key == "q4").spans

    marked = spans()
    view.list.set_current(2)
    press(Key.Key_Left)
    assert spans() == marked
    view.list.set_current(2)
    press(Key.Key_X)
    assert spans() == (), "it is orphaned, and still there"
    desk.undo()
    assert spans() == marked


# Editing


def test_escape_drops_what_was_typed_and_stays(qtbot, desk, view, press, write):
    before = desk.document
    with qtbot.assertNotEmitted(view.closed):
        qtbot.keyClick(write("Never mind"), Key.Key_Escape)
    assert (desk.document is before, place(view), view.list.editor) == (True, 0, None)
    assert view.list.hasFocus()


def test_a_line_without_words_can_not_be_agreed(qtbot, desk, view, write):
    before = desk.document
    editor = write(" ")
    qtbot.keyClick(editor, Key.Key_Return)
    assert desk.document is before
    assert view.list.editor is editor
    assert view.head.words.text() == "Write what was agreed, or Esc and leave the line out."


def test_going_to_another_row_keeps_what_was_typed(qtbot, desk, view, press, write):
    write(SENTENCE)
    where = view.list.visualRect(view.list.lines.index(4)).center()
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert (agreed(desk)[0], hows(view)[0], place(view)) == (SENTENCE, How.EDIT, 4)
    press(Key.Key_Up)
    press(Key.Key_E)
    press(Key.Key_Down)
    assert (hows(view)[3], view.list.editor) == (None, None), "nothing was typed, so nothing is decided"


def test_leaving_keeps_what_was_typed(desk, view, write):
    write(SENTENCE)
    view.leave()
    assert agreed(desk)[0] == SENTENCE


def test_words_that_can_not_be_saved_stay_in_the_editor(qtbot, desk, view, write, monkeypatch):
    failures = []
    desk.failed.connect(failures.append)
    editor = write(SENTENCE)

    def full(*_args, **_kwargs):
        raise NotWritten("The medium is full: the change was not saved.")

    with monkeypatch.context() as patch:
        patch.setattr(type(desk.study), "do", full)
        qtbot.keyClick(editor, Key.Key_Return)
    assert failures == ["The medium is full: the change was not saved."]
    assert (view.list.editor.text, hows(view)[0]) == (SENTENCE, None)
    qtbot.keyClick(view.list.editor, Key.Key_Return)
    assert agreed(desk)[0] == SENTENCE


def test_the_editor_grows_with_its_words_and_the_row_with_it(qtbot, view, write):
    editor = write("Short")
    low, row = editor.height(), view.list.visualRect(view.list.currentIndex()).height()
    qtbot.keyClicks(editor, " and then a good many more words" * 4)
    assert editor.height() >= low + 40
    assert view.list.visualRect(view.list.currentIndex()).height() >= row + 40
    assert view.list.visualRect(view.list.currentIndex()).contains(editor.geometry())


def test_in_a_narrow_window_times_stand_above_and_the_editor_keeps_its_words_in_view(qtbot, view, write):
    editor = write("Words that take one line in a wide window")
    high = editor.height()
    view.resize(480, 700)
    qtbot.waitUntil(lambda: not view.list.painter.columns.beside and editor.height() > high)
    assert view.list.visualRect(view.list.currentIndex()).contains(editor.geometry())
    assert editor.height() == editor.wanted_height()
    assert not view.grab().isNull()


def test_an_editor_whose_row_is_gone_is_closed(desk, view, write):
    view.list.set_current(ADA_ALONE)
    write("Words")
    desk.do(notes.write, "i2", [notes.RemoveEntry("i2-4")])
    assert view.list.editor is None
    assert [row.how for row in view.list.lines.rows] == [None] * 5


def test_several_lines_are_pasted_as_one(qtbot, desk, view, write):
    editor = write("")
    pasted = QMimeData()
    pasted.setText("One line\nand\r\nanother \U0001f426 <b>bold</b>")
    QGuiApplication.clipboard().setMimeData(pasted)
    qtbot.keyClick(editor, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(editor, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(editor, Key.Key_Return)
    assert agreed(desk)[0] == "One line and another \U0001f426 <b>bold</b>"


def test_undo_within_the_editor_is_of_its_words(qtbot, desk, view, write):
    before = desk.document
    editor = write("Words")
    qtbot.keyClick(editor, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(editor, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (editor.text, desk.document is before) == (ADA, True)


# By mouse


@pytest.mark.parametrize(
    ("how", "lines"), [(How.LEFT, [ADA]), (How.RIGHT, [BEN]), (How.BOTH, [ADA, BEN]), (How.NEITHER, [])]
)
def test_each_spot_decides_its_row(qtbot, desk, view, how, lines):
    view.list.set_current(3)
    rest = agreed(desk)[1:]
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=view.list.spot_point(PAIR, str(how)))
    assert agreed(desk) == [*lines, *rest]
    assert hows(view)[0] is how


def test_the_spot_to_edit_opens_the_editor(qtbot, view):
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=view.list.spot_point(2, str(How.EDIT)))
    qtbot.waitUntil(view.list.editor.hasFocus)
    assert (view.list.editor.text, place(view)) == (LINES[2][1], 2)


def test_a_press_that_is_drawn_away_decides_nothing(qtbot, desk, view):
    before = desk.document
    port = view.list.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=view.list.spot_point(1, "left"))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=view.list.spot_point(1, "right"))
    qtbot.mouseClick(port, Qt.MouseButton.RightButton, pos=view.list.spot_point(1, "right"))
    assert desk.document is before


def test_a_row_alone_has_no_spots_for_what_it_lacks(view):
    with pytest.raises(KeyError):
        view.list.spot_point(ADA_ALONE, "right")
    assert view.list.spot_point(ADA_ALONE, "left").x() == view.list.spot_point(PAIR, "left").x()


def test_the_pointer_shows_what_can_be_clicked(qtbot, view):
    port = view.list.viewport()
    QTest.mouseMove(port, view.list.spot_point(1, "both"))
    qtbot.waitUntil(lambda: view.list.painter.hovered == (view.list.lines.rows[1].key, "both"))
    assert port.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(port, view.list.visualRect(view.list.lines.index(1)).topLeft())
    qtbot.waitUntil(lambda: view.list.painter.hovered[1] == "")
    assert port.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_spot_tells_its_key(qtbot, view):
    port, where = view.list.viewport(), view.list.spot_point(1, "neither")
    QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, where, port.mapToGlobal(where)))
    qtbot.waitUntil(lambda: QToolTip.text() == "Leave the line out (X)")
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


# In one go


def test_all_that_are_alike_are_taken_in_one_step(qtbot, desk, view):
    before = desk.document
    assert view.head.alike.toolTip() == "2 rows say the same on both sides (A)"
    qtbot.mouseClick(view.head.alike, Qt.MouseButton.LeftButton)
    assert [number for number, how in enumerate(hows(view)) if how is How.LEFT] == list(ALIKE)
    assert [how for number, how in enumerate(hows(view)) if number not in ALIKE] == [None] * 4
    assert not view.head.alike.isEnabled()
    desk.undo()
    assert desk.document == before


def test_a_takes_all_that_are_alike_and_goes_on_from_a_row_so_decided(view, press):
    press(Key.Key_Down)
    press(Key.Key_A)
    assert (place(view), view.head.progress.text()) == (2, "2 of 6 decided")
    press(Key.Key_A)
    assert view.head.progress.text() == "2 of 6 decided"


# What can not be decided


def test_a_study_open_for_reading_only_says_so(qtbot, reading_desk, show_view):
    view = show_view(reading_desk)
    assert view.head.words.text() == "This study is open for reading only: nothing can be decided."
    assert not view.seal.isVisible()
    for key in (Key.Key_Left, Key.Key_Return, Key.Key_A):
        qtbot.keyClick(view.list, key)
    assert (hows(view), view.list.editor, view.head.alike.isVisible()) == ([None] * 6, None, False)
    with pytest.raises(KeyError):
        view.list.spot_point(PAIR, "left")
    qtbot.keyClick(view.list, Key.Key_Down)
    assert place(view) == 1


def test_one_person_s_notes_say_what_this_is_for(qtbot, desk, show_view):
    view = show_view(desk, source="i1")
    shown = " ".join(label.text() for label in view.findChildren(type(view.head.progress)) if label.isVisible())
    assert "One person's notes so far" in shown
    assert "choose yourself at the top right, then “My own notes”" in shown
    with qtbot.waitSignal(view.closed):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    with qtbot.waitSignal(view.closed):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Space)


def test_an_interview_that_is_taken_away_leaves_nothing_to_decide(desk, view):
    desk.do(things.remove, "sources", "i2")
    assert view.list.lines.rows == []
    assert not view.list.isVisible()
    desk.undo()
    assert len(view.list.lines.rows) == 6


# Around it


def test_the_agreed_line_is_asked_for_in_the_notes(qtbot, view, press):
    with qtbot.assertNotEmitted(view.line_chosen):
        press(Key.Key_G)
    press(Key.Key_Left)
    press(Key.Key_Up)
    with qtbot.waitSignal(view.line_chosen) as told:
        press(Key.Key_G)
    assert told.args == ["i2-1"]
    with qtbot.waitSignal(view.line_chosen):
        qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=view.list.spot_point(PAIR, NOTES))


def test_both_buttons_lead_back_to_the_notes(qtbot, view, press):
    with qtbot.waitSignal(view.closed):
        qtbot.mouseClick(view.head.leave, Qt.MouseButton.LeftButton)
    for _ in LINES:
        press(Key.Key_X)
    with qtbot.waitSignal(view.closed):
        qtbot.mouseClick(view.head.back, Qt.MouseButton.LeftButton)
    assert view.head.words.text() == "What Ada and Ben typed is kept beside the agreed notes."


def test_coming_back_finds_the_row_again_and_others_begin_anew(desk, view, press):
    press(Key.Key_Left)
    press(Key.Key_Down)
    press(Key.Key_Down)
    view.show_notes("i2", "ada", "ben")
    assert place(view) == 3
    view.show_notes("i2", "ben", "ada")
    assert (place(view), view.columns.names) == (1, ("Ben", "Agreed", "Ada"))


def test_a_line_typed_meanwhile_joins_and_the_row_stays_current(desk, view, press):
    press(Key.Key_N)
    current = view.list.row.key
    desk.study.work_as("ben")
    desk.do(notes.write_original, "i2", "ben", [AddEntry(Entry(key="i2-o9", text="Said at the door."))])
    assert (view.list.row.key, len(view.list.lines.rows)) == (current, 7)


def test_an_agreed_line_written_anew_since_shows_before_it_is_decided(desk, view, press):
    press(Key.Key_Left)
    second = source_of(desk).entries[1]
    desk.do(notes.write, "i2", [SetEntry(msgspec.structs.replace(second, text="Their data stays unseen."))])
    row = view.list.lines.rows[1]
    assert (row.how, [line.text for line in row.agreed]) == (None, ["Their data stays unseen."])
    press(Key.Key_E)
    assert view.list.editor.text == "Their data stays unseen."


def test_rows_are_told_in_words(view, press):
    press(Key.Key_Left)
    table = QAccessible.queryAccessibleInterface(view.list)
    first, fifth = (table.child(number).text(QAccessible.Text.Name) for number in (PAIR, BEN_ALONE))
    assert first == f"Taken left. Agreed: {ADA}. Ada: 11:03, quotation, {ADA}. Ben: 11:03, {BEN}"
    told = f"11:14, observation, challenge, uncertain, {LINES[BEN_ALONE][2]}"
    assert fifth == f"Not decided. Ada: nothing. Ben: {told}"
    assert set(HOW_WORDS) == set(How)


def test_everything_has_a_name_and_every_key_is_in_the_palette(view, press, write):
    write("Words")
    assert nameless(view) == []
    keys = {command.text: command.key for command in commands_of("Interviews", view)}
    assert keys == {
        "Take the left line": "Left",
        "Take the right line": "Right",
        "Take both lines": "B",
        "Edit the agreed line": "E",
        "Leave the line out": "X",
        "Next row not decided": "N",
        "Row below": "Down",
        "Row above": "Up",
        "Show the agreed line in the notes": "G",
        "Take all that are alike": "A",
        "Back to the notes": "Esc",
    }
