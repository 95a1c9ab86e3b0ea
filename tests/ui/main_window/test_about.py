"""What the program says of itself in the window: parts, licences, copies of them, all by keyboard."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app import about
from ui.main_window import about_overlay
from ui.main_window.about_overlay import AboutOverlay

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
SBOM = {
    "components": [
        {"name": "Alpha", "version": "1.0", "licenses": [{"license": {"id": "MIT"}}]},
        {"name": "Beta", "version": "2.0", "licenses": [{"expression": "LGPL-3.0-only"}]},
        {"name": "Gamma", "version": "3.0"},
    ]
}
NOTICES = "Notices 😀\n\nAlpha 1.0\nFree of charge.\n\n== Beta 2.0 ==\nReplace it, free as you are.\n" + "more\n" * 200


@pytest.fixture
def package(tmp_path, monkeypatch):
    """The window as from a package; gives the folder that says what is in it."""
    folder = tmp_path / "about"
    folder.mkdir()
    (folder / "sbom.cdx.json").write_text(json.dumps(SBOM), encoding="utf-8")
    (folder / "NOTICES.txt").write_text(NOTICES, encoding="utf-8")
    (folder / "build.json").write_text('{"version": "9.9", "commit": "abc"}', encoding="utf-8")
    for name in ("is_package", "build", "sbom", "parts", "notices"):
        monkeypatch.setattr(getattr(about, name), "__defaults__", (folder,))
    return folder


@pytest.fixture
def opened(qtbot, bare_window):
    def shown():
        qtbot.keyClick(bare_window, Qt.Key.Key_F1, SHIFT)
        overlay = next(each for each in bare_window.findChildren(AboutOverlay) if each.isVisible())
        assert overlay.line.hasFocus()
        return overlay

    return shown


def press(qtbot, *keys, modifier=NONE):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def rows(overlay):
    model = overlay.view.model()
    return [model.index(row).data() for row in range(model.rowCount())]


def at_top(overlay):
    """The line of the text that the view begins with."""
    return overlay.text.firstVisibleBlock().text()


def test_it_says_which_copy_this_is_and_what_of(opened, package):
    overlay = opened()
    assert overlay.build.text() == "Version 9.9 from abc, unsigned."
    assert rows(overlay) == ["Alpha 1.0", "Beta 2.0", "Gamma 3.0"]
    assert overlay.view.model().index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Beta 2.0, LGPL-3.0-only"
    assert overlay.save_sbom.isVisible()
    assert not overlay.said.isVisible()


def test_typing_narrows_the_list_by_name_or_licence(qtbot, opened, package):
    overlay = opened()
    for typed, found in (("lgpl", ["Beta 2.0"]), ("alpha mit", ["Alpha 1.0"]), ("zeta", [])):
        overlay.line.clear()
        qtbot.keyClicks(overlay.line, typed)
        assert rows(overlay) == found
    press(qtbot, Qt.Key.Key_Return)
    assert overlay.view.isVisible(), "there is nothing to go to"


def test_enter_leads_to_the_licence_of_the_part(qtbot, opened, package):
    overlay = opened()
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert overlay.text.isVisible()
    assert overlay.shown.value() == "texts"
    assert overlay.text.textCursor().block().text() == "== Beta 2.0 =="
    assert at_top(overlay) == "== Beta 2.0 =="
    assert overlay.line.hasFocus()


def test_a_part_without_a_heading_is_said(qtbot, opened, package):
    overlay = opened()
    press(qtbot, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert overlay.said.text() == "The licences have no heading for Gamma."


def test_words_are_found_in_the_licences_one_place_after_the_other(qtbot, opened, package):
    overlay = opened()
    qtbot.mouseClick(overlay.shown.button("texts"), Qt.MouseButton.LeftButton)
    press(qtbot, Qt.Key.Key_F, modifier=CTRL)
    assert overlay.line.hasFocus()
    qtbot.keyClicks(overlay.line, "free")
    lines = [overlay.text.textCursor().block().text()]
    for modifier in (NONE, NONE, SHIFT):
        press(qtbot, Qt.Key.Key_Return, modifier=modifier)
        lines.append(overlay.text.textCursor().block().text())
    first, second = "Free of charge.", "Replace it, free as you are."
    assert lines == [first, second, first, second], "round the end, both ways"
    qtbot.keyClicks(overlay.line, "zzz")
    press(qtbot, Qt.Key.Key_Return)
    assert not overlay.text.textCursor().hasSelection()


def test_copies_are_saved(qtbot, opened, package, tmp_path, monkeypatch):
    overlay = opened()
    asked = []

    def choose(_parent, _title, name, _ending):
        asked.append(name)
        return tmp_path / name

    monkeypatch.setattr(about_overlay, "ask_file_to_save", choose)
    for button in (overlay.save_sbom, overlay.save_texts):
        button.setFocus()
        press(qtbot, Qt.Key.Key_Space)
    assert json.loads((tmp_path / "fieldquill-sbom.cdx.json").read_bytes()) == SBOM
    assert (tmp_path / "fieldquill-licences.txt").read_text(encoding="utf-8") == NOTICES
    assert overlay.said.text() == "Saved fieldquill-licences.txt."
    monkeypatch.setattr(about_overlay, "ask_file_to_save", lambda *_: tmp_path / "none" / "x.txt")
    overlay.save_texts.click()
    assert overlay.said.text() == "x.txt could not be written (No such file or directory)."
    monkeypatch.setattr(about_overlay, "ask_file_to_save", lambda *_: None)
    overlay.save_texts.click()
    assert len(asked) == 2


def test_a_damaged_package_is_one_sentence_and_the_rest_is_shown(qtbot, opened, package):
    (package / "build.json").write_text("{", encoding="utf-8")
    overlay = opened()
    assert overlay.said.text() == "about/build.json of this package is missing or damaged; install Fieldquill again."
    assert rows(overlay) == ["Alpha 1.0", "Beta 2.0", "Gamma 3.0"]
    press(qtbot, Qt.Key.Key_Escape)
    (package / "NOTICES.txt").unlink()
    overlay = opened()
    overlay.shown.button("texts").click()
    assert overlay.said.text() == "about/NOTICES.txt of this package is missing or damaged; install Fieldquill again."
    assert overlay.text.toPlainText() == ""


def test_a_checkout_lists_what_is_installed(opened):
    overlay = opened()
    assert overlay.build.text().endswith("from a checkout.")
    assert any(row.startswith("msgspec ") for row in rows(overlay))
    assert not overlay.save_sbom.isVisible(), "it has none"


def test_tab_goes_round_and_escape_closes(qtbot, opened, bare_window):
    overlay = opened()
    seen = []
    for _ in range(5):
        press(qtbot, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    shown = overlay.shown.button("parts")
    assert seen == [overlay.view, shown, overlay.save_texts, overlay.close_button, overlay.line]
    press(qtbot, Qt.Key.Key_Escape)
    assert not overlay.isVisible()
    assert bare_window.start.demonstration.hasFocus() or bare_window.start.list.isAncestorOf(QApplication.focusWidget())


def test_a_row_is_gone_to_by_mouse(qtbot, opened, package):
    overlay = opened()
    where = overlay.view.visualRect(overlay.view.model().index(1)).center()
    qtbot.mouseClick(overlay.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert at_top(overlay) == "== Beta 2.0 =="


def test_it_is_in_the_menu_and_among_the_commands_of_a_study(qtbot, window):
    window.workspace.top.menu.actions()
    action = next(each for each in window.workspace.top.menu.actions() if each.text() == "About Fieldquill…")
    assert action in [command.action for command in window.workspace.commands()]
    action.trigger()
    overlay = window.workspace.findChild(AboutOverlay)
    assert overlay.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    assert not overlay.isVisible()


@pytest.mark.parametrize("size", [(640, 400), (1280, 800), (1920, 1080)])
def test_all_of_it_is_on_the_window_at_any_size(opened, bare_window, size):
    bare_window.setMinimumSize(1, 1)
    bare_window.resize(*size)
    overlay = opened()
    assert overlay.rect().contains(overlay.card.geometry())
    assert overlay.view.height() >= 60
    for part in overlay.stops():
        if part.isVisible():
            corner = part.mapTo(overlay.card, part.rect().bottomRight())
            assert overlay.card.rect().contains(corner), part
