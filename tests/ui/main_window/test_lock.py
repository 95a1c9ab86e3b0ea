"""Blanking the window and coming back, as somebody does whose notes others must not see."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QSessionManager
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import getCppPointer, wrapInstance

from app.store.errors import NotWritten
from ui import settings
from ui.main_window.overlay import Overlay, OverlayLine
from ui.widgets.files import FileDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def press(qtbot, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is."""
    qtbot.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers)


@pytest.fixture
def notes(qtbot, window):
    """The editor of the third interview's notes, in the window, with the focus."""
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    window.workspace.page.show_thing("i3")
    editor = window.workspace.page.notebook.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    return editor


def written(window):
    """The notes of the third interview that the study holds."""
    source = next(source for source in window.workspace.desk.document.sources if source.key == "i3")
    return [entry.text for entry in source.entries]


def unlock(qtbot, window, passphrase):
    assert window.lock_page.form.line.hasFocus()
    qtbot.keyClicks(window.lock_page.form.line, passphrase)
    press(qtbot, Qt.Key.Key_Return)
    assert not window.locked


def seen(window):
    """Widgets that can be seen and do not belong to the lock."""
    frame = {window, window.stack, window.lock_page}
    every = [widget for widget in window.findChildren(QWidget) if widget.isVisible() and widget not in frame]
    return [widget for widget in every if not window.lock_page.isAncestorOf(widget)]


def picture(window):
    QApplication.processEvents()
    return window.grab().toImage()


def refuse(monkeypatch, window):
    """Let nothing be written from now on."""

    def full(*_arguments, **_more):
        raise NotWritten("The medium is full: the change was not saved.")

    monkeypatch.setattr(window.workspace.desk.study, "do", full)


# Blanking and coming back


@pytest.mark.parametrize(("key", "modifiers"), [(Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_L, CTRL)])
def test_a_key_while_typing_saves_the_last_keystroke_and_shows_nothing(qtbot, window, notes, key, modifiers):
    qtbot.keyClicks(notes, "Nobody looks at the alarms")
    assert written(window) == []
    press(qtbot, key, modifiers)
    assert window.locked
    assert written(window) == ["Nobody looks at the alarms"]
    assert seen(window) == []
    assert window.windowTitle() == "Fieldquill"
    assert "study" not in window.lock_page.form.title.text()


def test_the_lock_looks_the_same_whatever_it_is_before(qtbot, window, notes, passphrase):
    flash = QGuiApplication.styleHints().cursorFlashTime()
    QGuiApplication.styleHints().setCursorFlashTime(0)
    press(qtbot, Qt.Key.Key_F12)
    over_notes = picture(window)
    unlock(qtbot, window, passphrase)
    assert picture(window) != over_notes
    qtbot.keyClicks(notes, "Something else to be seen")
    qtbot.keyClick(window, Qt.Key.Key_4, CTRL)
    press(qtbot, Qt.Key.Key_F12)
    assert picture(window) == over_notes
    QGuiApplication.styleHints().setCursorFlashTime(flash)


def test_back_behind_the_lock_the_cursor_is_where_it_was(qtbot, window, notes, passphrase):
    qtbot.keyClicks(notes, "Nobody looks")
    for _each in range(5):
        press(qtbot, Qt.Key.Key_Left)
    place = notes.textCursor().position()
    press(qtbot, Qt.Key.Key_F12)
    unlock(qtbot, window, passphrase)
    assert window.windowTitle() == "study.fieldquill - Fieldquill"
    assert notes.hasFocus()
    assert notes.textCursor().position() == place
    qtbot.keyClicks(QApplication.focusWidget(), "ever ")
    assert "Nobody ever looks" in notes.toPlainText()


def test_nothing_is_to_be_seen_while_it_is_still_being_written(qtbot, window, notes, monkeypatch):
    during = []
    do = window.workspace.desk.study.do

    def slow(*arguments, **more):
        image = window.grab().toImage()
        spots = [(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)]
        during.append(len({image.pixel(x, y) for x, y in spots}))
        return do(*arguments, **more)

    qtbot.keyClicks(notes, "Nobody looks")
    monkeypatch.setattr(window.workspace.desk.study, "do", slow)
    press(qtbot, Qt.Key.Key_F12)
    assert during[:1] == [1]
    assert written(window) == ["Nobody looks"]


def test_while_locked_no_key_reaches_the_study(qtbot, window, notes):
    qtbot.keyClicks(notes, "Nobody looks")
    press(qtbot, Qt.Key.Key_F12)
    before = window.workspace.desk.study.undo_label, window.workspace.page.name, window.workspace._palette
    for key, modifiers in (
        (Qt.Key.Key_Z, CTRL),
        (Qt.Key.Key_Z, CTRL | SHIFT),
        (Qt.Key.Key_Y, CTRL),
        (Qt.Key.Key_K, CTRL),
        (Qt.Key.Key_1, CTRL),
        (Qt.Key.Key_W, CTRL),
        (Qt.Key.Key_Comma, CTRL),
        (Qt.Key.Key_S, CTRL | SHIFT),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_L, CTRL),
    ):
        press(qtbot, key, modifiers)
    assert window.locked
    assert seen(window) == []
    assert written(window) == ["Nobody looks"]
    assert (window.workspace.desk.study.undo_label, window.workspace.page.name, window.workspace._palette) == before


def test_what_was_copied_elsewhere_stays_on_the_clipboard(qtbot, window, monkeypatch):
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(QApplication, "activeWindow", lambda: None)
        QGuiApplication.clipboard().setText("copied in another program")
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert window.locked
    assert QGuiApplication.clipboard().text() == "copied in another program"


def test_a_study_open_for_reading_locks_too(qtbot, window, show, study_path, passphrase):
    from ui.application import open_window

    second = show(open_window(study_path, passphrase))
    window.workspace.locking.setEnabled(False)  # there is one window to a program; here both would hear the key
    assert second.workspace.desk.read_only
    qtbot.keyClick(second, Qt.Key.Key_F12)
    assert second.locked
    unlock(qtbot, second, passphrase)
    second.close()


def test_on_the_start_page_there_is_nothing_to_lock(qtbot, bare_window):
    qtbot.keyClick(bare_window, Qt.Key.Key_F12)
    bare_window.lock()
    assert not bare_window.locked


# With something open over it


def test_a_menu_is_closed_by_the_lock(qtbot, window):
    menu = window.workspace.top.menu

    def in_the_menu():
        assert QApplication.activePopupWidget() is menu
        qtbot.keyClick(menu, Qt.Key.Key_F12)

    QTimer.singleShot(0, in_the_menu)
    qtbot.mouseClick(window.workspace.top.more, LEFT)
    qtbot.waitUntil(lambda: window.locked)
    assert QApplication.activePopupWidget() is None
    assert not menu.isVisible()


def test_a_menu_that_belongs_to_nobody_is_closed_too(qtbot, window):
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction("Ada")
    menu.popup(window.mapToGlobal(window.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Qt.Key.Key_F12)
    assert window.locked
    assert not menu.isVisible()


def test_a_list_that_is_open_is_closed_by_the_lock(qtbot, window):
    language = window.workspace.page.facet("study").names.editor("language")
    language.setFocus()
    language.showPopup()
    qtbot.waitUntil(language.view().isVisible)
    qtbot.keyClick(language.view(), Qt.Key.Key_F12)
    assert window.locked
    assert not language.view().isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_K, Qt.Key.Key_Comma])
def test_the_palette_and_the_settings_are_hidden_and_come_back(qtbot, window, passphrase, key):
    qtbot.keyClick(window, key, CTRL)
    focused = QApplication.focusWidget()
    press(qtbot, Qt.Key.Key_F12)
    assert window.locked
    assert seen(window) == []
    unlock(qtbot, window, passphrase)
    assert focused.hasFocus()


@pytest.mark.parametrize(("key", "held"), [(Qt.Key.Key_F4, Qt.KeyboardModifier(0)), (Qt.Key.Key_J, CTRL | SHIFT)])
def test_what_is_asked_over_the_notes_is_hidden_and_comes_back(qtbot, window, notes, passphrase, key, held):
    page = window.workspace.page
    passage = window.workspace.desk.document.passages[0]
    page.show_thing(passage.source)
    page.passages.show_passage(passage.key)
    notes.setFocus()
    press(qtbot, key, held)
    focused = QApplication.focusWidget()
    assert isinstance(focused, OverlayLine)
    press(qtbot, Qt.Key.Key_F12)
    assert window.locked
    assert seen(window) == []
    unlock(qtbot, window, passphrase)
    assert focused.hasFocus()


def test_what_is_laid_over_the_window_itself_is_closed_by_the_lock(qtbot, window):
    laid = Overlay("Anything", 200, window)
    line = OverlayLine("Anything", laid.card)
    laid.open(line)
    press(qtbot, Qt.Key.Key_F12)
    assert window.locked
    assert seen(window) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_F12, Qt.Key.Key_L])
def test_a_file_chooser_is_closed_by_the_lock(qtbot, window, tmp_path, passphrase, key):
    locked = []

    def in_the_chooser():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FileDialog)
        try:
            qtbot.waitUntil(dialog.chooser.name.hasFocus)
            qtbot.keyClick(dialog.chooser.name, key, CTRL if key == Qt.Key.Key_L else Qt.KeyboardModifier.NoModifier)
            locked.append(window.locked and not dialog.isVisible())
        finally:
            dialog.reject()

    QTimer.singleShot(0, in_the_chooser)
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL | SHIFT)
    assert locked == [True]
    assert list(tmp_path.glob("*copy*")) == []
    window.activateWindow()
    qtbot.waitUntil(window.lock_page.form.line.hasFocus)
    unlock(qtbot, window, passphrase)


# When writing fails


def test_what_can_t_be_saved_stays_and_is_told_behind_the_lock(qtbot, window, notes, passphrase, monkeypatch):
    qtbot.keyClicks(notes, "Nobody looks")
    with monkeypatch.context() as full:
        refuse(full, window)
        press(qtbot, Qt.Key.Key_F12)
        assert window.locked
        assert seen(window) == []
        assert window.lock_page.form.note.text().startswith("What was typed last could not be saved.")
        unlock(qtbot, window, passphrase)
        assert notes.toPlainText() == "Nobody looks"
        assert window.workspace.trouble.isVisible()
        assert window.workspace.trouble.text.startswith("The medium is full")
    qtbot.waitUntil(lambda: written(window) == ["Nobody looks"])
    assert not window.workspace.trouble.isVisible()


def test_after_a_failure_the_next_lock_says_again_that_all_is_saved(qtbot, window, notes, passphrase, monkeypatch):
    qtbot.keyClicks(notes, "Nobody looks")
    with monkeypatch.context() as full:
        refuse(full, window)
        press(qtbot, Qt.Key.Key_F12)
        unlock(qtbot, window, passphrase)
    press(qtbot, Qt.Key.Key_F12)
    assert window.lock_page.form.note.text().startswith("Everything typed is saved.")
    assert written(window) == ["Nobody looks"]


def test_a_bug_while_saving_does_not_keep_the_window_open_to_view(qtbot, window, notes, monkeypatch):
    def broken():
        raise RuntimeError

    monkeypatch.setattr(window.workspace.page, "leave", broken)
    with qtbot.captureExceptions() as raised:
        press(qtbot, Qt.Key.Key_F12)
    assert [kind for kind, _problem, _trace in raised] == [RuntimeError]
    assert window.locked
    assert seen(window) == []
    assert "could not be saved" in window.lock_page.form.note.text()
    monkeypatch.undo()


def test_closing_a_locked_window_says_on_the_lock_that_not_all_is_saved(qtbot, window, notes, monkeypatch):
    qtbot.keyClicks(notes, "Nobody looks")
    refuse(monkeypatch, window)
    press(qtbot, Qt.Key.Key_F12)
    press(qtbot, Qt.Key.Key_Q, CTRL)
    assert window.isVisible()
    assert "close again to leave without it" in window.lock_page.form.note.text()
    press(qtbot, Qt.Key.Key_Q, CTRL)
    assert not window.isVisible()


# By itself


@pytest.fixture
def clock(window):
    """The window's clock, in seconds, which the test sets."""
    now = [0.0]
    window.idle.clock = lambda: now[0]
    window.idle.watch(settings.IDLE_MINUTES.read())
    return now


def test_after_idle_minutes_the_window_writes_and_locks(qtbot, window, notes, clock):
    qtbot.keyClicks(notes, "Nobody looks")
    clock[0] += 5 * 60 - 1
    window.idle.look()
    assert not window.locked
    clock[0] += 10
    window.idle.look()
    assert window.locked
    assert written(window) == ["Nobody looks"]
    assert not window.idle.watching


def test_after_unlocking_the_minutes_count_anew(qtbot, window, clock, passphrase):
    qtbot.keyClick(window, Qt.Key.Key_F12)
    clock[0] += 3_600
    unlock(qtbot, window, passphrase)
    window.idle.look()
    assert not window.locked
    clock[0] += 5 * 60 + 10
    window.idle.look()
    assert window.locked


def test_a_key_that_comes_after_a_long_sleep_is_not_typed_into_the_notes(qtbot, window, notes, clock):
    clock[0] += 8 * 3600
    qtbot.keyClick(notes, Qt.Key.Key_X)
    assert window.locked
    assert notes.toPlainText() == ""
    assert window.lock_page.form.line.text() == ""


def test_never_is_never(qtbot, window, clock):
    settings.IDLE_MINUTES.write(0)
    window.idle.watch(settings.IDLE_MINUTES.read())
    clock[0] += 1e6
    window.idle.look()
    assert not window.locked


def test_without_a_study_nothing_counts(qtbot, window):
    assert window.idle.watching
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    assert not window.idle.watching


def test_at_the_end_of_the_session_what_was_typed_is_written(qtbot, window, notes):
    qtbot.keyClicks(notes, "Nobody looks")
    assert written(window) == []
    # Nobody can make a session manager but Qt; who listens here does not look at it.
    manager = wrapInstance(getCppPointer(window)[0], QSessionManager)
    QApplication.instance().commitDataRequest.emit(manager)
    assert written(window) == ["Nobody looks"]
    assert not window.locked


# The title


def test_while_an_interview_is_held_the_title_names_no_study(qtbot, window, passphrase):
    window.set_capturing(True)
    assert window.windowTitle() == "Fieldquill"
    qtbot.keyClick(window, Qt.Key.Key_F12)
    unlock(qtbot, window, passphrase)
    assert window.windowTitle() == "Fieldquill"
    window.set_capturing(False)
    assert window.windowTitle() == "study.fieldquill - Fieldquill"


def test_closing_the_study_ends_that(qtbot, window, study_path, passphrase):
    window.set_capturing(True)
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    assert not window.isFullScreen()
    window.open_path(study_path, passphrase)
    assert window.windowTitle() == "study.fieldquill - Fieldquill"


# Small things


def test_what_stands_in_a_window_of_its_own_is_hidden(qtbot, window):
    beside = QWidget(window.workspace, Qt.WindowType.Tool)
    stranger = QWidget()
    qtbot.addWidget(stranger)
    beside.show()
    stranger.show()
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert window.locked
    assert not beside.isVisible()
    assert stranger.isVisible()


def test_the_lock_is_in_the_list_of_keys_with_both(window):
    keys = {command.text: command.key for command in window.workspace.commands()}
    assert keys["Lock"] == "Ctrl+L, F12"
