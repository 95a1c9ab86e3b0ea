"""The file as a whole, from the window: a copy, an export, another passphrase."""

import json

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.actions.open_study import OpenStudy
from app.store.errors import WrongPassphrase
from ui.main_window import elsewhere
from ui.main_window.change_passphrase import ChangePassphrase
from ui.widgets import TextLabel
from ui.widgets.files import FileDialog

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
NEW = "seven slow otters drift"


def choose(qtbot, path):
    """Type a path into the file chooser that is about to open, and take it."""

    def typed():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FileDialog)
        dialog.chooser.path.selectAll()
        qtbot.keyClicks(dialog.chooser.path, str(path))
        qtbot.keyClick(dialog.chooser.path, Qt.Key.Key_Return)
        qtbot.keyClick(dialog.chooser.name, Qt.Key.Key_Return)

    QTimer.singleShot(0, typed)


def asking(window):
    return window.workspace.findChild(ChangePassphrase)


def type_in(qtbot, text):
    qtbot.keyClicks(QApplication.focusWidget(), text)


def press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


def test_a_copy_opens_with_the_same_passphrase(qtbot, window, tmp_path, passphrase):
    choose(qtbot, tmp_path / "copy.fieldquill")
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL_SHIFT)
    assert window.workspace.news.text == "Saved copy.fieldquill. It opens with the same passphrase."
    with OpenStudy.open(tmp_path / "copy.fieldquill", passphrase) as copy:
        assert copy.document == window.workspace.desk.document


def test_a_copy_never_takes_the_place_of_a_study(qtbot, window, study_path):
    before = study_path.stat().st_size
    choose(qtbot, study_path)
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL_SHIFT)
    assert window.workspace.trouble.text == "study.fieldquill exists; choose another name."
    assert study_path.stat().st_size == before


def test_an_export_is_the_whole_study_as_json(qtbot, window, tmp_path):
    choose(qtbot, tmp_path / "out.json")
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL_SHIFT)
    assert "not encrypted" in window.workspace.news.text
    assert json.loads((tmp_path / "out.json").read_bytes())["study"]["title"] == "Nordwerk, spring review"


def test_the_passphrase_is_changed_with_the_keyboard(qtbot, window, study_path, passphrase):
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL_SHIFT)
    for text in (passphrase, NEW, NEW):
        type_in(qtbot, text)
        press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(window.workspace.news.isVisible)
    assert window.workspace.news.text.startswith("The passphrase was changed.")
    assert not asking(window).isVisible()
    assert asking(window).current.text() == asking(window).new.line.text() == ""
    window.close()
    with pytest.raises(WrongPassphrase):
        OpenStudy.open(study_path, passphrase)
    OpenStudy.open(study_path, NEW).close()


@pytest.mark.parametrize(
    ("current", "new", "again", "sentence"),
    [
        ("", NEW, NEW, "Type the current passphrase first."),
        ("not the one it is", NEW, NEW, "That passphrase does not open study.fieldquill"),
        ("correct horse battery", "", "", "Type the new passphrase."),
        ("correct horse battery", NEW, "seven slow otters", "The two new passphrases differ."),
        ("correct horse battery", "short", "short", "A passphrase needs at least 8 characters."),
    ],
)
def test_what_can_t_be_a_change_is_said_in_place(qtbot, window, study_path, passphrase, current, new, again, sentence):
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL_SHIFT)
    for text in (current, new, again):
        type_in(qtbot, text)
        press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Space)
    assert asking(window).isVisible()
    assert asking(window).problem.text().startswith(sentence)
    press(qtbot, Qt.Key.Key_Escape)
    assert not asking(window).isVisible()
    window.close()
    OpenStudy.open(study_path, passphrase).close()


def test_the_words_on_a_card_are_not_cut_off(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr(elsewhere, "ask_file_to_save", lambda *_: tmp_path / "copy.fieldquill")
    asking = elsewhere.SaveElsewhere(window.workspace.desk.study, [], window.workspace)
    asking.ask()
    qtbot.waitUntil(asking.current.hasFocus)
    words = [label for label in asking.card.findChildren(TextLabel) if label.isVisible()]
    assert len(words) == 2
    assert [label.text() for label in words if label.height() < label.heightForWidth(label.width())] == []
