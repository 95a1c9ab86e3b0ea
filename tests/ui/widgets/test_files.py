"""Our own way to choose a file: by keyboard alone, and without a trace."""

import pytest
from PySide6.QtCore import Qt

from ui.widgets.files import FileChooser, FileDialog, ask_file_to_open

BACK = Qt.Key.Key_Backspace


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "Client").mkdir()
    (tmp_path / "Client" / "deep.fieldquill").write_bytes(b"x")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "one.fieldquill").write_bytes(b"x")
    (tmp_path / "notes.txt").write_bytes(b"x")
    return tmp_path


def names(chooser):
    model = chooser.view.model()
    return [model.index(row).data() for row in range(model.rowCount())]


@pytest.fixture
def opening(show, folder):
    chooser = show(FileChooser(".fieldquill"), 500, 400)
    chooser.start(folder)
    return chooser


def test_shows_folders_and_files_of_the_kind(opening):
    assert names(opening) == ["Client", "one.fieldquill"]


def test_shows_files_of_several_kinds_however_their_endings_are_written(show, folder):
    (folder / "CODES.CSV").write_bytes(b"x")
    (folder / "theirs.qdc").write_bytes(b"x")
    chooser = show(FileChooser((".qdc", ".csv")), 500, 400)
    chooser.start(folder)
    assert names(chooser) == ["Client", "CODES.CSV", "theirs.qdc"]


def test_a_file_to_open_is_asked_for_in_a_window_of_its_own(folder, monkeypatch):
    def take(dialog):
        dialog.chooser.chosen.emit(folder / "theirs.qdc")

    monkeypatch.setattr(FileDialog, "exec", take)
    assert ask_file_to_open(None, "Import a codebook", (".qdc", ".csv"), folder) == folder / "theirs.qdc"


def test_enter_takes_the_file(qtbot, opening, folder):
    with qtbot.waitSignal(opening.chosen) as chosen:
        qtbot.keyClick(opening.view, Qt.Key.Key_Return)
    assert chosen.args == [folder / "one.fieldquill"]


def test_enter_opens_a_folder_and_backspace_goes_up(qtbot, opening, folder):
    qtbot.keyClick(opening.view, Qt.Key.Key_Up)
    qtbot.keyClick(opening.view, Qt.Key.Key_Return)
    assert names(opening) == ["deep.fieldquill"]
    qtbot.keyClick(opening.view, BACK)
    assert names(opening) == ["Client", "one.fieldquill"]


def test_a_typed_path_leads_there(qtbot, opening, folder):
    opening.path.clear()
    qtbot.keyClicks(opening.path, str(folder / "Client"))
    qtbot.keyClick(opening.path, Qt.Key.Key_Return)
    assert names(opening) == ["deep.fieldquill"]
    opening.path.clear()
    qtbot.keyClicks(opening.path, str(folder / "one.fieldquill"))
    with qtbot.waitSignal(opening.chosen) as chosen:
        qtbot.keyClick(opening.path, Qt.Key.Key_Return)
    assert chosen.args == [folder / "one.fieldquill"]


def test_a_path_that_is_none_is_said_so(qtbot, opening, folder):
    opening.path.setText(str(folder / "missing.fieldquill"))
    with qtbot.assertNotEmitted(opening.chosen):
        qtbot.keyClick(opening.path, Qt.Key.Key_Return)
    assert opening.problem.text() == "There is no file missing.fieldquill there."


def test_a_folder_that_can_t_be_read_is_said_so(opening, folder):
    opening.show_folder(folder / "gone")
    assert opening.problem.text().startswith("gone can't be read")


def test_saving_adds_the_ending(qtbot, show, folder):
    chooser = show(FileChooser(".pdf", "save"), 500, 400)
    chooser.start(folder, "report.pdf")
    qtbot.keyClicks(chooser.name, "final")
    with qtbot.waitSignal(chooser.chosen) as chosen:
        qtbot.keyClick(chooser.name, Qt.Key.Key_Return)
    assert chosen.args == [folder / "final.pdf"]


def test_a_folder_is_taken_as_it_stands(qtbot, show, folder):
    chooser = show(FileChooser("", "folder"), 500, 400)
    chooser.start(folder)
    assert names(chooser) == ["Client"]
    with qtbot.waitSignal(chooser.chosen) as chosen:
        qtbot.mouseClick(chooser.take, Qt.MouseButton.LeftButton)
    assert chosen.args == [folder]
