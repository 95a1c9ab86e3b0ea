"""Finding in the notes that are shown, by keyboard."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from ui.theme import Choice, theme

CTRL, SHIFT, NONE = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "No"))


def selected(notebook):
    cursor = notebook.editor.textCursor()
    return cursor.blockNumber(), cursor.selectedText()


def says(qtbot, bar, words):
    qtbot.waitUntil(lambda: bar.count.text() == words)


def letters(widget, text):
    """Type what the toolkit's own helper can't: letters beyond ASCII."""
    for letter in text:
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, letter))


def test_words_are_found_as_they_are_typed(qtbot, notebook, open_bar):
    bar = open_bar("drift")
    says(qtbot, bar, "1 of 4")
    assert selected(notebook) == (0, "drift")
    assert bar.line.hasFocus()


def test_enter_goes_on_and_round_and_shift_enter_back(qtbot, notebook, open_bar):
    bar = open_bar("drift")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.count.text() == "1 of 4"
    for words, told in (((2, "drift"), "2 of 4"), ((2, "Drift"), "3 of 4"), ((2, "DRIFT"), "4 of 4")):
        qtbot.keyClick(bar.line, Qt.Key.Key_Return)
        assert (selected(notebook), bar.count.text()) == (words, told)
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.count.text() == "1 of 4"
    qtbot.keyClick(bar.line, Qt.Key.Key_Return, SHIFT)
    assert (selected(notebook), bar.count.text()) == ((2, "DRIFT"), "4 of 4")


def test_f3_goes_on_in_the_notes_also_when_the_bar_is_closed(qtbot, notebook, open_bar):
    bar = open_bar("drift")
    says(qtbot, bar, "1 of 4")
    qtbot.keyClick(bar.line, Qt.Key.Key_F3)
    assert bar.count.text() == "2 of 4"
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert notebook.editor.hasFocus()
    assert selected(notebook) == (2, "drift")
    qtbot.keyClick(notebook.editor, Qt.Key.Key_F3)
    assert selected(notebook) == (2, "Drift")
    qtbot.keyClick(notebook.editor, Qt.Key.Key_F3, SHIFT)
    qtbot.keyClick(notebook.editor, Qt.Key.Key_F3, SHIFT)
    assert selected(notebook) == (0, "drift")


def test_case_and_accents_make_no_difference(qtbot, notebook, open_bar):
    bar = open_bar("GROSE")
    says(qtbot, bar, "Nothing found")
    bar.line.selectAll()
    letters(bar.line, "große")
    says(qtbot, bar, "1 of 2")
    assert selected(notebook) == (1, "Größe")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert selected(notebook) == (4, "Große")
    bar.line.selectAll()
    qtbot.keyClicks(bar.line, "uber cafes")
    says(qtbot, bar, "1 of 1")
    assert selected(notebook) == (4, "u\u0308ber cafe\u0301s")


def test_letters_inside_words_are_found_and_signs_too(qtbot, notebook, open_bar):
    bar = open_bar("-te")
    says(qtbot, bar, "1 of 1")
    assert selected(notebook) == (1, "-Te")


def test_nothing_typed_finds_nothing(qtbot, notebook, open_bar):
    bar = open_bar()
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.count.text() == ""
    assert selected(notebook) == (0, "")


def test_finding_begins_where_the_cursor_is(qtbot, notebook, open_bar):
    notebook.editor.put_cursor("line-2", 0, 8)
    bar = open_bar("drift")
    says(qtbot, bar, "3 of 4")
    assert selected(notebook) == (2, "Drift")


def test_more_letters_stay_at_the_place_where_they_still_fit(qtbot, notebook, open_bar):
    bar = open_bar("dr")
    says(qtbot, bar, "1 of 4")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    says(qtbot, bar, "2 of 4")
    qtbot.keyClicks(bar.line, "iftin")
    says(qtbot, bar, "1 of 1")
    assert selected(notebook) == (2, "driftin")


def test_selected_words_are_what_is_looked_for(qtbot, notebook, open_bar):
    notebook.editor.show_place("line-1", 3, 8)
    bar = open_bar()
    assert bar.line.text() == "alarm"
    says(qtbot, bar, "1 of 1")
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    notebook.editor.moveCursor(QTextCursor.MoveOperation.End)
    open_bar()
    assert bar.line.text() == "alarm"
    says(qtbot, bar, "1 hit")


def test_a_selection_over_lines_is_not_looked_for(qtbot, notebook, open_bar):
    notebook.editor.selectAll()
    assert open_bar().line.text() == ""


def test_ctrl_f_again_takes_the_words_anew(qtbot, notebook, open_bar):
    bar = open_bar("drift")
    says(qtbot, bar, "1 of 4")
    qtbot.keyClick(bar.line, Qt.Key.Key_F, CTRL)
    assert bar.line.selectedText() == "drift"
    qtbot.keyClicks(bar.line, "alarm")
    says(qtbot, bar, "1 of 1")


def test_hits_are_counted_anew_when_the_notes_change(qtbot, notebook, open_bar):
    bar = open_bar("drift")
    says(qtbot, bar, "1 of 4")
    notebook.editor.setFocus()
    notebook.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(notebook.editor, " drift")
    says(qtbot, bar, "5 hits")
    assert notebook.editor.hasFocus()
    assert selected(notebook) == (4, "")


def test_buttons_do_what_the_keys_do(qtbot, notebook, open_bar):
    from ui.widgets import IconButton

    bar = open_bar("drift")
    says(qtbot, bar, "1 of 4")
    buttons = {button.accessibleName(): button for button in bar.findChildren(IconButton)}
    qtbot.mouseClick(buttons["Next hit"], Qt.MouseButton.LeftButton)
    assert bar.count.text() == "2 of 4"
    qtbot.mouseClick(buttons["Previous hit"], Qt.MouseButton.LeftButton)
    assert bar.count.text() == "1 of 4"
    qtbot.mouseClick(buttons["Close"], Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def painted(notebook):
    """How much of the notes is painted in the colour of hits."""
    picture = notebook.editor.viewport().grab().toImage()
    colour = QColor(theme().palette.warning_soft).rgb()
    return sum(
        picture.pixel(QPoint(x, y)) == colour
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    )


def test_hits_are_set_off_behind_the_words_while_the_bar_is_open(qtbot, notebook, open_bar):
    assert painted(notebook) == 0
    bar = open_bar("drift")
    says(qtbot, bar, "1 of 4")
    light = painted(notebook)
    assert light > 0
    theme().choose(Choice.DARK)
    assert painted(notebook) > 0
    theme().choose(Choice.LIGHT)
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert painted(notebook) == 0


def test_every_control_of_the_bar_has_a_name(open_bar):
    from PySide6.QtWidgets import QWidget

    bar = open_bar()
    controls = [each for each in bar.findChildren(QWidget) if each.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert controls
    assert all(each.accessibleName() for each in controls)
    assert [action.shortcut().toString() for action in bar.commands] == ["Ctrl+F", "F3", "Shift+F3"]
