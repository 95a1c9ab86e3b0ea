"""Projects of other programs: out, in again, and what a person is told before anything changes."""

import zipfile

import msgspec
import pytest
from PySide6.QtCore import Qt

from app.exchange.refi.project import write_qdpx
from app.model.evidence import Code
from ui.widgets.files import FileDialog

KEYS = Qt.Key


@pytest.fixture
def choose_file(monkeypatch):
    """Answer the file dialog, as if somebody chose a path in it."""

    def answer(path):
        monkeypatch.setattr(FileDialog, "exec", lambda dialog: setattr(dialog, "path", path))

    return answer


def menu(page, words):
    return next(each for each in page.tree.menu.actions() if each.text().startswith(words))


def test_a_codebook_goes_out_as_qdc_and_comes_in_again(qtbot, page, tmp_path, choose_file, desk):
    path = tmp_path / "codes.qdc"
    choose_file(path)
    menu(page, "Export the codebook as QDC").trigger()
    qtbot.waitUntil(lambda: page.bar.text.startswith("Saved"))
    assert page.bar.text == "Saved codes.qdc: 6 codes. It is not encrypted."
    page.deeds._delete("tools", "with", [])
    page.files.read_codebook(path)
    qtbot.waitUntil(page.ask.isVisible)
    assert page.ask.text.startswith("codes.qdc holds 6 codes: 2 codes are new, 4 are in the codebook already")
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Return)
    assert {code.name for code in desk.document.codes} >= {"Tools", "Dashboards"}


def test_a_study_goes_out_as_a_project_and_what_it_would_add_is_said(qtbot, page, tmp_path, choose_file, desk):
    path = tmp_path / "study.qdpx"
    choose_file(path)
    menu(page, "Export as a REFI-QDA project").trigger()
    qtbot.waitUntil(lambda: page.bar.text.startswith("Saved"))
    assert "7 codings" in page.bar.text
    assert "project.qde" in zipfile.ZipFile(path).namelist()
    before = desk.document
    menu(page, "Import a REFI-QDA project").trigger()
    qtbot.waitUntil(page.ask.isVisible)
    assert "adds 0 sources, 0 codes, 0 codings." in page.ask.text
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Escape)
    assert desk.document is before


def test_a_project_of_another_study_is_taken_in_with_one_step(qtbot, page, tmp_path, desk, small):
    other = msgspec.structs.replace(small, codes=(*small.codes, Code(key="new", name="New there")))
    path = tmp_path / "theirs.qdpx"
    write_qdpx(other, path)
    page.projects.read(path)
    qtbot.waitUntil(page.ask.isVisible)
    sources = len(desk.document.sources)
    told = []
    desk.changed.connect(lambda _changes: told.append(page.bar.text))
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Return)
    assert page.bar.text == "Taking in theirs.qdpx: 0 %"
    qtbot.waitUntil(lambda: any(code.name == "New there" for code in desk.document.codes))
    assert told == ["Taking in theirs.qdpx: saving…"]
    assert page.bar.isHidden()
    desk.undo()
    assert len(desk.document.sources) == sources
    assert not any(code.name == "New there" for code in desk.document.codes)


def test_a_file_that_is_no_project_is_refused_in_a_sentence(qtbot, page, tmp_path, desk):
    path = tmp_path / "no.qdpx"
    path.write_bytes(b"PK nothing")
    before = desk.document
    page.projects.read(path)
    qtbot.waitUntil(lambda: page.bar.text.startswith("no.qdpx"))
    assert desk.document is before
    assert page.ask.isHidden()
