"""A study from nothing to its printed report, typed and clicked as a person does, in one window."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from app.actions.open_study import OpenStudy
from app.scoring.scale import Verdict
from tests.leaks import files_that_tell
from tests.ui.pdfs import texts
from ui.main_window.pages import PAGES
from ui.places import studies_folder
from ui.widgets.files import FileDialog

CTRL = Qt.KeyboardModifier.ControlModifier
PASSPHRASE = "four quiet herons wade"


def type_text(qtbot, text):
    qtbot.keyClicks(QApplication.focusWidget(), text)


def press(qtbot, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, held)


@pytest.fixture
def folder():
    here = studies_folder()
    here.mkdir(parents=True, exist_ok=True)
    yield here
    for path in here.iterdir():
        path.unlink()


def make_study(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    type_text(qtbot, "Spring review")
    form = window.start.form
    while not form.passphrase.line.hasFocus():
        press(qtbot, Qt.Key.Key_Tab)
    type_text(qtbot, PASSPHRASE)
    press(qtbot, Qt.Key.Key_Tab)
    type_text(qtbot, PASSPHRASE)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)


def add_case(qtbot, window):
    button = next(b for b in window.findChildren(QPushButton) if b.text() == "Add a case" and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    type_text(qtbot, "Crack finder")
    press(qtbot, Qt.Key.Key_Return)


def write_interview(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    press(qtbot, Qt.Key.Key_N, CTRL)
    type_text(qtbot, "Engineer on line two")
    press(qtbot, Qt.Key.Key_Return)
    type_text(qtbot, "training runs every Friday, one command")
    press(qtbot, Qt.Key.Key_Return)
    type_text(qtbot, "tests on held-back parts, same script")
    press(qtbot, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, Qt.Key.Key_E, CTRL)


def answer(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_4, CTRL)
    page = window.workspace.page
    page.who.name.setFocus()
    type_text(qtbot, "Ada Marlowe")
    press(qtbot, Qt.Key.Key_Return)
    page.view.setFocus()
    levels = [page.desk.assessment.cases[0].score.principles[0].level]
    for _ in range(4):
        press(qtbot, Qt.Key.Key_1)
        press(qtbot, Qt.Key.Key_J)
        levels.append(page.desk.assessment.cases[0].score.principles[0].level)
    return levels


def save_report(qtbot, window, path):
    place = [entry.name for entry in PAGES].index("report") + 1
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + place), CTRL)
    page = window.workspace.page
    qtbot.waitUntil(lambda: page.view.page_count > 0, timeout=20_000)

    def choose():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FileDialog)
        dialog.chooser.path.setFocus()
        dialog.chooser.path.selectAll()
        qtbot.keyClicks(dialog.chooser.path, str(path))
        qtbot.keyClick(dialog.chooser.path, Qt.Key.Key_Return)
        qtbot.keyClick(dialog.chooser.name, Qt.Key.Key_Return)

    qtbot.keyClick(page.view, Qt.Key.Key_S, CTRL)
    QTimer.singleShot(0, choose)
    qtbot.keyClick(page.output.export_strip, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(path.exists, timeout=20_000)
    qtbot.waitUntil(page.bar.isVisible)


def test_a_study_from_nothing_to_its_report(qtbot, bare_window, folder, home, tmp_path):
    make_study(qtbot, bare_window)
    add_case(qtbot, bare_window)
    write_interview(qtbot, bare_window)
    levels = answer(qtbot, bare_window)
    assert levels == ["low", "low", "low", "low", "moderate"]
    save_report(qtbot, bare_window, tmp_path / "spring.pdf")

    text = "\n".join(texts(tmp_path / "spring.pdf"))
    assert "Spring review" in text
    assert "Crack finder" in text
    assert "Moderate" in text

    typed = ["Spring review", "Crack finder", "Engineer on line two", "every Friday", "Ada Marlowe", PASSPHRASE]
    assert files_that_tell([home], typed) == []
    bare_window.close()
    assert files_that_tell([home], typed) == []
    (made,) = folder.glob("*.fieldquill")
    with OpenStudy.open(made, PASSPHRASE) as study:
        document = study.document
    (source,) = document.sources
    assert [entry.text for entry in source.entries] == [
        "training runs every Friday, one command",
        "tests on held-back parts, same script",
    ]
    assert [passage.words for passage in document.passages] == ["tests on held-back parts, same script"]
    assert [given.verdict for given in document.answers] == [Verdict.FULLY] * 4
    assert {assessor.name for assessor in document.assessors} == {"Ada Marlowe"}
