"""The page among the others: to a passage in the notes and back, undone from anywhere, and from the palette."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

KEYS = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def open_page(qtbot, window):
    qtbot.keyClick(window, KEYS.Key_3, CTRL)
    page = window.workspace.page
    qtbot.waitUntil(page.tree.view.hasFocus)
    return page


def test_from_a_code_to_the_notes_and_back_by_key(qtbot, window):
    page = open_page(qtbot, window)
    assert page.name == "codes"
    qtbot.keyClick(page.tree.view, KEYS.Key_Down)
    assert page.tree.current == "monitoring"
    qtbot.keyClick(page.tree.view, KEYS.Key_Return, CTRL)
    qtbot.waitUntil(page.middle.passages.list.hasFocus)
    qtbot.keyClick(page.middle.passages.list, KEYS.Key_Return)
    assert window.workspace.page.name == "interviews"
    assert window.workspace.page.notebook.editor.passage_at_cursor() == "q3"
    qtbot.keyClick(window, KEYS.Key_3, CTRL)
    assert window.workspace.page is page
    assert page.tree.current == "monitoring"
    assert page.middle.passages.list.hasFocus()


def test_what_was_done_here_is_undone_by_the_window_s_key(qtbot, window):
    page = open_page(qtbot, window)
    qtbot.keyClick(page.tree.view, KEYS.Key_Delete)
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Return)
    assert window.workspace.news.text == "Delete code “Training”"
    assert len(window.workspace.desk.document.codes) == 1
    qtbot.keyClick(window, KEYS.Key_Z, CTRL)
    assert len(window.workspace.desk.document.codes) == 2
    assert page.tree.model.shown() == ["training", "monitoring"]


def test_a_question_is_dropped_when_the_page_is_left(qtbot, window):
    page = open_page(qtbot, window)
    qtbot.keyClick(page.tree.view, KEYS.Key_Delete)
    window.workspace.show_page("results")
    window.workspace.show_page("codes")
    assert page.ask.isHidden()
    assert len(window.workspace.desk.document.codes) == 2


def test_everything_is_among_the_commands(qtbot, window):
    page = open_page(qtbot, window)
    texts = {command.text for command in window.workspace.commands() if command.heading == page.title}
    assert texts >= {
        "New code",
        "Delete this code…",
        "Merge into another code…",
        "Codes by case",
        "Export what is shown as XLSX…",
        "Import a codebook (QDC, CSV)…",
        "Take the code off these passages",
    }


def test_the_names_of_the_parts_can_be_read_in_a_small_window(qtbot, window):
    page = open_page(qtbot, window)
    window.workspace.splitter.show_panel(wanted=True)
    for width in (1093, 800):
        window.resize(width, 614)
        QApplication.processEvents()
        for button in page.middle.bar.findChildren(QToolButton):
            assert button.width() >= button.sizeHint().width(), (width, button.text())


def test_what_has_the_keyboard_is_seen_in_colours_and_counts(qtbot, window):
    page = open_page(qtbot, window)
    page.middle.show_part("case")
    table, colours = page.middle.part("case").table, page.panel.colour
    for widget in (table, colours):
        page.tree.view.setFocus()
        before = widget.grab().toImage()
        widget.setFocus()
        assert widget.hasFocus()
        assert widget.grab().toImage() != before
