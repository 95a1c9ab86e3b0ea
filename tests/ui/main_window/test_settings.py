"""The settings: as declared, as shown, as chosen with the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.paths import ROOT
from ui import settings
from ui.main_window.settings_overlay import SettingsOverlay
from ui.theme import Choice, theme

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shown(qtbot, window):
    """The settings, opened by their key."""
    qtbot.keyClick(window, Qt.Key.Key_Comma, CTRL)
    return window.workspace.findChild(SettingsOverlay)


def press(qtbot, *keys):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


# As declared


@pytest.mark.parametrize("setting", settings.SHOWN, ids=lambda setting: setting.key)
def test_what_is_shown_has_words_for_every_value(setting):
    assert setting.group
    assert setting.about.endswith(".")
    assert setting.default in setting.allowed
    assert len(setting.choices) == len({words for _value, words in setting.choices}) == len(setting.allowed)


def test_what_is_not_declared_with_a_label_is_not_shown():
    assert {setting.key for setting in settings.SHOWN} == {
        "theme",
        "privacy/idle-minutes",
        "notes/zoom",
        "notes/expand-shorthand",
    }


@pytest.mark.parametrize("kept", ["", "never", "3", "-1", "5.5", None])
def test_minutes_that_make_no_sense_are_the_default_and_not_never(kept):
    settings.kept().setValue(settings.IDLE_MINUTES.key, kept)
    assert settings.IDLE_MINUTES.read() == 5


@pytest.mark.parametrize("setting", settings.SHOWN, ids=lambda setting: setting.key)
def test_each_allowed_value_is_kept(setting):
    for value in setting.allowed:
        setting.write(value)
        settings.kept().sync()
        assert setting.read() == value
        assert type(setting.read()) is type(value)


def test_the_manual_lists_each_setting_as_it_is_declared():
    manual = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Settings\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in manual.splitlines() if line[:1] == "|"]
    declared = [[setting.label, dict(setting.choices)[setting.default], setting.about] for setting in settings.SHOWN]
    assert rows[2:] == declared


# As shown


def test_each_setting_is_shown_with_what_it_is_for(window, shown):
    told = [label.text() for label in shown.findChildren(QLabel) if label.isVisible()]
    for setting in settings.SHOWN:
        assert {setting.group, setting.label, setting.about} <= set(told)
    assert any("take pictures of this window" in text or "leave this window out" in text for text in told)


def test_no_word_is_cut_off(window, shown):
    for label in shown.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    assert shown.card.geometry().bottom() <= shown.rect().bottom()


def test_the_more_menu_opens_it(qtbot, window):
    action = next(action for action in window.workspace.top.menu.actions() if action.text() == "Settings…")
    action.trigger()
    assert window.workspace.findChild(SettingsOverlay).isVisible()


# As chosen


def test_all_of_it_is_chosen_by_keyboard(qtbot, window, shown):
    press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert settings.THEME.read() == Choice.DARK
    assert theme().dark
    press(qtbot, Qt.Key.Key_Tab)
    assert shown.editor(settings.IDLE_MINUTES).hasFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert settings.IDLE_MINUTES.read() == 10
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Up)
    assert settings.NOTES_ZOOM.read() == 90
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Right)
    assert settings.EXPAND_SHORTHAND.read() is False
    press(qtbot, Qt.Key.Key_Tab)
    assert shown.close_button.hasFocus()
    press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName() == "Theme: Dark"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab, SHIFT)
    assert shown.close_button.hasFocus()
    press(qtbot, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_it_is_opened_again_with_what_was_chosen(qtbot, window, shown):
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_Comma, CTRL)
    again = [each for each in window.workspace.findChildren(SettingsOverlay) if each.isVisible()]
    assert [each.editor(settings.IDLE_MINUTES).currentText() for each in again] == ["10 minutes"]


def test_what_is_chosen_counts_at_once(qtbot, window, shown):
    told = []
    window.workspace.setting_changed.connect(told.append)
    now = [0.0]
    window.idle.clock = lambda: now[0]
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Up)
    assert told == ["privacy/idle-minutes"]
    now[0] = 2 * 60 + 10
    window.idle.look()
    assert window.locked


def test_the_menu_marks_the_theme_that_was_chosen_here(qtbot, window, shown):
    press(qtbot, Qt.Key.Key_Right)
    menu = window.workspace.top.menu
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Theme: light"]


def test_the_size_of_notes_counts_at_once(qtbot, window):
    window.workspace.show_page("interviews", "i3")
    editor = window.workspace.page.notebook.editor
    usual = editor.font().pixelSize()
    qtbot.keyClick(window, Qt.Key.Key_Comma, CTRL)
    asking = window.workspace.findChild(SettingsOverlay)
    asking.editor(settings.NOTES_ZOOM).setFocus()
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert settings.NOTES_ZOOM.read() > 100
    assert editor.font().pixelSize() > usual


def test_a_setting_is_found_by_its_name_before_a_study_is_open_too(qtbot, bare_window):
    qtbot.keyClick(bare_window, Qt.Key.Key_K, CTRL)
    palette = bare_window.start._overlay
    qtbot.keyClicks(palette.line, "shorthand")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(bare_window.start._overlay, SettingsOverlay))
    shown = bare_window.start._overlay
    assert shown.isAncestorOf(QApplication.focusWidget())
    assert QApplication.focusWidget() in shown.editor(settings.EXPAND_SHORTHAND).findChildren(QWidget)
