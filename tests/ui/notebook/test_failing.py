"""When notes can't be written: the words stay, a bar says so and stays, it is tried again, and there is a way out."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.actions import verify
from app.actions.open_study import OpenStudy
from ui.application import open_window
from ui.main_window import elsewhere

WORDS = "what was said while the disk was full"


@pytest.fixture
def typing_in(qtbot, show, passphrase):
    """The window on a study, in the notes of an interview that goes on; attempts follow each other quickly."""
    windows = []

    def opened(path):
        window = open_window(path, passphrase)
        windows.append(window)
        window.workspace.top.person_chosen.emit("ada")
        show(window)
        window.workspace.show_page("interviews", "i3")
        notebook = window.workspace.page.notebook
        notebook.editor.setFocus()
        qtbot.waitUntil(notebook.editor.hasFocus)
        notebook.keeper._retry.setInterval(60)
        return window

    yield opened
    for window in windows:
        window.close()
        window.close()  # the second time leaves what can't be saved


def texts(study, key="i3"):
    return [entry.text for entry in next(each for each in study.document.sources if each.key == key).entries]


def sound(path, passphrase):
    with OpenStudy.open(path, passphrase, read_only=True) as study:
        return list(verify.problems(study.file.connection)) == []


def test_words_stay_and_are_written_once_they_can_be(qtbot, typing_in, study_path):
    window = typing_in(study_path)
    workspace, notebook = window.workspace, window.workspace.page.notebook
    connection = workspace.desk.study.file.connection
    connection.execute("PRAGMA query_only = ON")
    qtbot.keyClicks(notebook.editor, WORDS)
    qtbot.waitUntil(workspace.trouble.isVisible)
    assert "was not saved" in workspace.trouble.text
    assert workspace.trouble.text.endswith("What you typed stays here until it can be saved.")
    assert workspace.top.saved.text == "Not saved"
    assert notebook.editor.toPlainText() == WORDS
    qtbot.keyClicks(notebook.editor, ", and after")
    assert texts(workspace.desk.study) == []
    connection.execute("PRAGMA query_only = OFF")
    qtbot.waitUntil(lambda: not workspace.trouble.isVisible())
    assert texts(workspace.desk.study) == [f"{WORDS}, and after"]
    assert workspace.top.saved.text.startswith("Saved")


def test_the_bar_stays_while_nothing_can_be_written(qtbot, typing_in, study_path):
    window = typing_in(study_path)
    workspace, notebook = window.workspace, window.workspace.page.notebook
    workspace.desk.study.file.connection.execute("PRAGMA query_only = ON")
    qtbot.keyClicks(notebook.editor, WORDS)
    qtbot.waitUntil(workspace.trouble.isVisible)
    qtbot.mouseClick(workspace.trouble._close, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(workspace.trouble.isVisible)
    assert not notebook.keeper.flush()
    window.close()
    assert window.isVisible(), "closing is refused once"
    assert workspace.trouble.text.endswith("close again to leave without it.")
    with qtbot.waitSignal(workspace.desk.failed):
        pass
    assert workspace.trouble.text.endswith("close again to leave without it."), "trying again takes no warning away"
    assert notebook.editor.toPlainText() == WORDS
    workspace.desk.study.file.connection.execute("PRAGMA query_only = OFF")


@pytest.fixture
def small_disk(tmp_path):
    """A disk of two megabytes."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("a small disk needs to be mounted, which root alone may do")
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"nothing can be mounted here: {made.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk):
    """Leave no room; gives the file that takes it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return filler


def test_a_full_disk_loses_nothing(qtbot, typing_in, template, small_disk, passphrase):
    path = Path(shutil.copy(template, small_disk / "study.fieldquill"))
    window = typing_in(path)
    workspace, notebook = window.workspace, window.workspace.page.notebook
    qtbot.keyClicks(notebook.editor, "before ")
    qtbot.waitUntil(lambda: texts(workspace.desk.study) == ["before "])
    filler = fill(small_disk)
    line = 0
    while not workspace.trouble.isVisible():
        line += 1
        assert line < 200, "the disk was never full"
        qtbot.keyClicks(notebook.editor, f"line {line}")
        qtbot.keyClick(notebook.editor, Qt.Key.Key_Return)
        notebook.keeper.flush()
    shown = [text for text in notebook.editor.toPlainText().split("\n") if text]
    assert "full" in workspace.trouble.text or "not saved" in workspace.trouble.text
    filler.unlink()
    qtbot.waitUntil(lambda: not workspace.trouble.isVisible())
    assert texts(workspace.desk.study) == shown
    window.close()
    assert sound(path, passphrase)


def test_what_a_full_disk_keeps_out_goes_along_to_another(
    qtbot, typing_in, template, small_disk, tmp_path, passphrase, monkeypatch
):
    path = Path(shutil.copy(template, small_disk / "study.fieldquill"))
    window = typing_in(path)
    workspace, notebook = window.workspace, window.workspace.page.notebook
    qtbot.keyClicks(notebook.editor, "before")
    qtbot.keyClick(notebook.editor, Qt.Key.Key_Return)
    notebook.leave()
    fill(small_disk)
    workspace.desk.study.file.connection.execute("PRAGMA query_only = ON")  # whatever room its log still had
    qtbot.keyClicks(notebook.editor, WORDS)
    qtbot.waitUntil(workspace.trouble.isVisible)
    target = tmp_path / "elsewhere.fieldquill"
    monkeypatch.setattr(elsewhere, "ask_file_to_save", lambda *_: target)
    qtbot.mouseClick(workspace.trouble._button, Qt.MouseButton.LeftButton)
    asking = workspace.findChild(elsewhere.SaveElsewhere)
    qtbot.waitUntil(asking.current.hasFocus)
    qtbot.keyClicks(asking.current, "not the passphrase")
    qtbot.keyClick(asking.current, Qt.Key.Key_Return)
    assert "does not open" in asking.problem.text()
    assert not target.exists()
    asking.current.clear()
    qtbot.keyClicks(asking.current, passphrase)
    qtbot.keyClick(asking.current, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace is not workspace)
    assert window.workspace.desk.study.path == target
    assert window.workspace.page.name == "interviews"
    assert window.workspace.page.notebook.editor.toPlainText() == f"before\n{WORDS}"
    assert window.workspace.desk.study.who == "ada"
    window.close()
    assert sound(target, passphrase)
    assert sound(path, passphrase)


def test_a_file_that_can_t_be_read_any_more_is_made_anew_from_what_is_on_screen(
    qtbot, typing_in, study_path, tmp_path, passphrase, monkeypatch
):
    window = typing_in(study_path)
    workspace, notebook = window.workspace, window.workspace.page.notebook
    title = workspace.desk.document.study.title
    notebook.leave()
    study_path.write_bytes(b"\0" * study_path.stat().st_size)  # as when the stick it is on fails
    workspace.desk.study.file.connection.execute("PRAGMA shrink_memory")
    target = tmp_path / "elsewhere.fieldquill"
    monkeypatch.setattr(elsewhere, "ask_file_to_save", lambda *_: target)
    qtbot.keyClicks(notebook.editor, WORDS)
    qtbot.waitUntil(workspace.trouble.isVisible)
    assert "damaged" in workspace.trouble.text
    qtbot.mouseClick(workspace.trouble._button, Qt.MouseButton.LeftButton)
    asking = workspace.findChild(elsewhere.SaveElsewhere)
    qtbot.keyClicks(asking.current, passphrase)
    qtbot.keyClick(asking.current, Qt.Key.Key_Return)
    qtbot.waitUntil(asking.new.isVisible)
    qtbot.keyClicks(asking.new.line, "another one to keep")
    qtbot.keyClicks(asking.new.repeat, "another one to keep")
    qtbot.keyClick(asking.new.repeat, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace is not workspace)
    assert window.workspace.desk.document.study.title == title
    assert texts(window.workspace.desk.study) == [WORDS]
    window.close()
    assert sound(target, "another one to keep")


@pytest.mark.skipif(os.name == "nt", reason="file modes of POSIX")
def test_a_file_made_read_only_meanwhile_goes_on_being_written(qtbot, typing_in, study_path, passphrase):
    """Who had it open for writing still has; who opens it next may only read, until it is made writable again."""
    window = typing_in(study_path)
    notebook = window.workspace.page.notebook
    study_path.chmod(0o444)
    study_path.parent.chmod(0o555)
    try:
        qtbot.keyClicks(notebook.editor, WORDS)
        qtbot.waitUntil(lambda: texts(window.workspace.desk.study) == [WORDS])
        assert not window.workspace.trouble.isVisible()
        window.close()
    finally:
        study_path.parent.chmod(0o755)
        study_path.chmod(0o644)
    assert sound(study_path, passphrase)
    with OpenStudy.open(study_path, passphrase) as study:
        assert texts(study) == [WORDS]
