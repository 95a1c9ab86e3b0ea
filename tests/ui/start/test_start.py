"""From the start page to an open study, by keyboard and mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from ui.places import studies_folder
from ui.start.passphrase import strength_of

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return


def type_into_focus(qtbot, text):
    qtbot.keyClicks(QApplication.focusWidget(), text)


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def wait_for_study(qtbot, window):
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)


@pytest.fixture
def folder():
    """The studies' folder of this run, empty."""
    here = studies_folder()
    here.mkdir(parents=True, exist_ok=True)
    for path in here.iterdir():
        path.unlink()
    yield here
    for path in here.iterdir():
        path.unlink()


def test_a_study_is_made_with_the_keyboard_alone(qtbot, bare_window, folder):
    qtbot.keyClick(bare_window, Qt.Key.Key_N, CTRL)
    type_into_focus(qtbot, "Review at Nordwerk")
    press(qtbot, Qt.Key.Key_Tab)
    type_into_focus(qtbot, "Nordwerk")
    form = bare_window.start.form
    for _ in range(9):
        if form.passphrase.line.hasFocus():
            break
        press(qtbot, Qt.Key.Key_Tab)
    type_into_focus(qtbot, "four quiet herons wade")
    press(qtbot, Qt.Key.Key_Tab)
    type_into_focus(qtbot, "four quiet herons wade")
    press(qtbot, ENTER)
    wait_for_study(qtbot, bare_window)
    study = bare_window.workspace.desk.document.study
    assert (study.title, study.organisation.name) == ("Review at Nordwerk", "Nordwerk")
    assert bare_window.workspace.page.name == "overview"
    (made,) = folder.glob("*.fieldquill")
    assert made.name.startswith("study-")
    assert b"Nordwerk" not in made.read_bytes()
    assert form.passphrase.line.text() == ""


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(qtbot, bare_window, folder):
    bare_window.start.start_new()
    form = bare_window.start.form
    press(qtbot, ENTER)
    assert form.problem.text() == "A study needs a title."
    qtbot.keyClicks(form.title, "Review")
    qtbot.keyClick(form.title, ENTER)
    assert form.problem.text() == "Choose a passphrase: the study is encrypted with it."
    assert form.passphrase.line.hasFocus()
    qtbot.keyClicks(form.passphrase.line, "one thing")
    qtbot.keyClicks(form.passphrase.repeat, "another")
    qtbot.keyClick(form.passphrase.repeat, ENTER)
    assert form.problem.text() == "The two passphrases differ."
    assert form.title.text() == "Review"


@pytest.mark.parametrize("name", ["../mine", "sub/mine", "mine: second", "back\\slash", "why?", "tab\tbed"])
def test_a_file_name_that_some_laptop_can_t_hold_is_refused_in_place(qtbot, bare_window, folder, name):
    bare_window.start.start_new()
    form = bare_window.start.form
    form.title.setText("Review")
    form.file.setText(name)
    for line in (form.passphrase.line, form.passphrase.repeat):
        qtbot.keyClicks(line, "four quiet herons wade")
    qtbot.keyClick(form.title, ENTER)
    assert form.problem.text().startswith("A file name can hold none of / \\ : ")
    assert form.file.hasFocus()
    assert form.file.text() == name
    assert not list(folder.parent.rglob("*.fieldquill"))


def test_a_passphrase_that_is_too_short_is_refused_in_place(qtbot, bare_window, folder):
    bare_window.start.start_new()
    form = bare_window.start.form
    form.title.setText("Review")
    for line in (form.passphrase.line, form.passphrase.repeat):
        qtbot.keyClicks(line, "short")
    qtbot.mouseClick(form.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "at least 8 characters" in form.problem.text())
    assert bare_window.workspace is None
    assert not list(folder.glob("*"))


def test_a_file_that_exists_is_not_overwritten(qtbot, bare_window, folder):
    (folder / "taken.fieldquill").write_bytes(b"mine")
    bare_window.start.start_new()
    form = bare_window.start.form
    form.title.setText("Review")
    form.file.setText("taken")
    for line in (form.passphrase.line, form.passphrase.repeat):
        qtbot.keyClicks(line, "four quiet herons wade")
    qtbot.keyClick(form.title, ENTER)
    qtbot.waitUntil(lambda: "taken.fieldquill exists already" in form.problem.text())
    assert (folder / "taken.fieldquill").read_bytes() == b"mine"


def test_strength_is_said_in_words(qtbot, bare_window):
    bare_window.start.start_new()
    choice = bare_window.start.form.passphrase
    assert choice.strength.text().startswith("Nobody can recover it.")
    qtbot.keyClicks(choice.line, "password")
    qtbot.waitUntil(lambda: choice.strength.text().startswith("Very weak"))
    choice.line.selectAll()
    qtbot.keyClicks(choice.line, "four quiet herons wade upstream")
    qtbot.waitUntil(lambda: choice.strength.text().startswith("Strong"))
    assert "Nobody can recover it" in choice.strength.text()


def test_strength_of_a_very_long_passphrase_is_judged_at_once():
    assert strength_of("correct horse battery staple " * 100) == 4


def test_the_passphrase_is_hidden_until_its_eye_is_opened(qtbot, bare_window):
    bare_window.start.start_new()
    line = bare_window.start.form.passphrase.line
    assert line.echoMode() is line.EchoMode.Password
    line.actions()[0].trigger()
    assert line.echoMode() is line.EchoMode.Normal


def test_a_study_is_opened_from_the_list(qtbot, bare_window, folder, template, passphrase):
    (folder / "plant.fieldquill").write_bytes(template.read_bytes())
    bare_window.start.show_start()
    press(qtbot, ENTER)
    form = bare_window.start.passphrase
    assert form.title.text() == "plant.fieldquill"
    type_into_focus(qtbot, "not this one")
    press(qtbot, ENTER)
    qtbot.waitUntil(lambda: form.problem.text() == "That passphrase does not open plant.fieldquill.")
    assert form.line.hasFocus()
    type_into_focus(qtbot, passphrase)  # the wrong one is selected, so typing replaces it
    press(qtbot, ENTER)
    wait_for_study(qtbot, bare_window)
    assert not bare_window.workspace.desk.read_only


def test_tab_goes_along_the_buttons_as_they_stand(qtbot, bare_window, study_path):
    bare_window.start.ask_passphrase(study_path)
    form = bare_window.start.passphrase
    qtbot.waitUntil(form.line.hasFocus)
    order = []
    for _each in range(3):
        press(qtbot, Qt.Key.Key_Tab)
        order.append(QApplication.focusWidget())
    assert order == [form.button, form.reading, form.cancel]


def test_a_study_is_opened_for_reading(qtbot, bare_window, study_path, passphrase):
    bare_window.start.ask_passphrase(study_path)
    type_into_focus(qtbot, passphrase)
    press(qtbot, ENTER, CTRL)
    wait_for_study(qtbot, bare_window)
    assert bare_window.workspace.desk.read_only
    assert "reading only" in bare_window.workspace.reading.text


def test_a_file_that_is_no_study_is_said_so(qtbot, bare_window, tmp_path):
    odd = tmp_path / "odd.fieldquill"
    odd.write_bytes(b"%PDF-1.7 not a study")
    bare_window.start.ask_passphrase(odd)
    assert bare_window.start.passphrase.isHidden(), "no passphrase is asked for in vain"
    assert bare_window.start.said.text.startswith("odd.fieldquill is not a study")
    assert odd.read_bytes() == b"%PDF-1.7 not a study"


def test_ctrl_o_chooses_a_file(qtbot, bare_window, study_path, passphrase):
    qtbot.keyClick(bare_window, Qt.Key.Key_O, CTRL)
    chooser = bare_window.start.chooser
    assert chooser.isVisible()
    chooser.path.setText(str(study_path))
    qtbot.keyClick(chooser.path, ENTER)
    assert bare_window.start.passphrase.isVisible()
    type_into_focus(qtbot, passphrase)
    press(qtbot, ENTER)
    wait_for_study(qtbot, bare_window)


def test_escape_goes_back_to_the_list(qtbot, bare_window):
    for begin in (bare_window.start.start_new, bare_window.start.start_opening):
        begin()
        press(qtbot, Qt.Key.Key_Escape)
        assert bare_window.start.list.isVisible()


@pytest.mark.slow
def test_the_demonstration_opens_by_itself(qtbot, bare_window, folder):
    qtbot.keyClick(bare_window, Qt.Key.Key_D, CTRL)
    wait_for_study(qtbot, bare_window)
    assert bare_window.workspace.desk.document.study.organisation.name == "AutoCorp"
    assert [path.name for path in folder.glob("*.fieldquill")] == ["autocorp.fieldquill"]
    bare_window.close_study()
    qtbot.keyClick(bare_window, Qt.Key.Key_D, CTRL)
    wait_for_study(qtbot, bare_window)


def test_the_list_tells_file_names_and_nothing_else(qtbot, bare_window, folder, template, tmp_path):
    (folder / "plant.fieldquill").write_bytes(template.read_bytes())
    bare_window.start.show_start()
    shown = " ".join(label.text() for label in bare_window.start.list.findChildren(QLabel))
    rows = bare_window.start.list.view.model()
    assert [rows.index(row).data() for row in range(rows.rowCount())] == ["plant.fieldquill"]
    assert str(folder) not in shown


def test_no_folder_and_nothing_typed_is_kept_anywhere(qtbot, bare_window, tmp_path, home):
    """Clients' names are folder names: neither settings nor Qt may write where somebody was."""
    client = tmp_path / "Canaryclient AG" / "Canaryplant"
    client.mkdir(parents=True)
    start = bare_window.start
    start.start_new()
    start.form.title.setText("Canarytitle")
    start.form.organisation.setText("Canaryorganisation")
    start.form.set_folder(client)
    for line in (start.form.passphrase.line, start.form.passphrase.repeat):
        qtbot.keyClicks(line, "Canarypassphrase")
    qtbot.keyClick(start.form.title, ENTER)
    wait_for_study(qtbot, bare_window)
    made = next(client.glob("*.fieldquill"))
    bare_window.close_study()
    start.start_opening()
    start.chooser.show_folder(client)
    qtbot.keyClick(start.chooser.view, ENTER)
    type_into_focus(qtbot, "Canarypassphrase")
    press(qtbot, ENTER)
    wait_for_study(qtbot, bare_window)
    bare_window.close()
    assert made.exists()
    found = [
        path
        for path in (*home.rglob("*"), *client.rglob("*"))
        if path.is_file() and b"anary" in path.read_bytes().replace(b"\0", b"")
    ]
    assert found == []
    assert not [path for path in home.rglob("*") if "anary" in path.name]
    assert not list(home.rglob("QtProject.conf"))
