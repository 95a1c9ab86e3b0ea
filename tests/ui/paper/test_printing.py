"""Sheets printed from the window, by keyboard: for what is shown, each with its number, never with half a file."""

import errno
import os

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from app.model.source import SheetKind
from app.store.errors import NotWritten
from tests.ui.paper.choosing import answer, choose
from ui.paper import print_interview_sheet, print_rubric_sheet

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def press(qtbot, window, key, modifiers=CTRL_SHIFT):
    """Press a key in the window, which is in front again after a dialog."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, key, modifiers)


def first_page(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(pdf[0].get_textpage().get_text_bounded().split())


def run_from_palette(qtbot, window, words):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    line = window.workspace._palette.line
    qtbot.keyClicks(line, words)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def sheets(window):
    return [(each.number, each.kind, each.source, each.case) for each in window.workspace.desk.document.sheets]


def test_the_interview_shown_is_printed_for(qtbot, window, tmp_path):
    window.workspace.show_page("interviews", "i1")
    choose(qtbot, tmp_path / "paint.pdf")
    run_from_palette(qtbot, window, "print interview sheet")
    qtbot.waitUntil(window.workspace.news.isVisible)
    assert window.workspace.news.text == "Saved paint.pdf: interview sheet 1. Print it from there."
    assert sheets(window) == [(1, SheetKind.INTERVIEW, "i1", None)]
    text = first_page(tmp_path / "paint.pdf")
    assert "Running the paint inspection" in text
    assert "Nordwerk confidential" in text


def test_the_case_shown_is_printed_for_and_numbers_go_on(qtbot, window, tmp_path):
    window.workspace.show_page("assess", "sorting")
    choose(qtbot, tmp_path / "one.pdf")
    run_from_palette(qtbot, window, "print rubric sheet")
    qtbot.waitUntil((tmp_path / "one.pdf").exists)
    choose(qtbot, tmp_path / "two.pdf")
    press(qtbot, window, Qt.Key.Key_U)
    assert window.workspace.news.text == "Saved two.pdf: rubric sheet 2. Print it from there."
    assert [number for number, *_ in sheets(window)] == [1, 2]
    assert {case for *_, case in sheets(window)} == {"sorting"}
    assert "Part sorting" in first_page(tmp_path / "one.pdf")


def test_elsewhere_sheets_are_blank_and_ask_what_the_last_guide_asks(qtbot, window, tmp_path):
    window.workspace.show_page("overview")
    choose(qtbot, tmp_path / "blank.pdf")
    press(qtbot, window, Qt.Key.Key_I)
    choose(qtbot, tmp_path / "rubric.pdf")
    press(qtbot, window, Qt.Key.Key_U)
    assert sheets(window) == [(1, SheetKind.INTERVIEW, None, None), (2, SheetKind.RUBRIC, None, None)]
    text = first_page(tmp_path / "blank.pdf")
    assert window.workspace.desk.document.guides[0].questions[0].text in text
    assert "Running the paint inspection" not in text


def test_cancelling_takes_no_number(qtbot, window, study_path):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    press(qtbot, window, Qt.Key.Key_I)
    assert sheets(window) == []
    assert not window.workspace.news.isVisible()
    assert not list(study_path.parent.glob("*.pdf*"))


def test_a_sheet_that_cant_be_written_takes_no_number(qtbot, window, tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    choose(qtbot, tmp_path / "full.pdf", before=lambda: monkeypatch.setattr(os, "fsync", full))
    press(qtbot, window, Qt.Key.Key_I)
    monkeypatch.undo()
    assert window.workspace.trouble.text.startswith('The sheet was not saved as "full.pdf": there is no room left')
    assert sheets(window) == []
    assert not list(tmp_path.glob("full*"))


def test_a_number_that_cant_be_kept_leaves_no_file(qtbot, window, tmp_path, monkeypatch):
    def refused(*_args, **_kwargs):
        raise NotWritten("The medium is full: the change was not saved.")

    monkeypatch.setattr(window.workspace.desk.study, "do", refused)
    choose(qtbot, tmp_path / "none.pdf")
    press(qtbot, window, Qt.Key.Key_I)
    assert window.workspace.trouble.text == "The medium is full: the change was not saved."
    assert not window.workspace.news.isVisible()
    assert not list(tmp_path.glob("none*"))


def test_undo_takes_the_sheet_back_but_its_number_stays_used(qtbot, window, tmp_path):
    for name in ("one.pdf", "two.pdf"):
        choose(qtbot, tmp_path / name)
        press(qtbot, window, Qt.Key.Key_I)
        if name == "one.pdf":
            press(qtbot, window, Qt.Key.Key_Z, CTRL)
            assert sheets(window) == []
    assert sheets(window) == [(2, SheetKind.INTERVIEW, None, None)]
    assert "Sheet 2 · page 1" in first_page(tmp_path / "two.pdf")


@pytest.mark.parametrize("print_sheet", [print_interview_sheet, print_rubric_sheet])
def test_a_window_that_only_reads_says_so_at_once(qtbot, reading_desk, show, print_sheet):
    from PySide6.QtWidgets import QWidget

    with qtbot.waitSignal(reading_desk.failed) as failed:
        print_sheet(reading_desk, show(QWidget()), None)
    assert failed.args == ["This window only reads, so it can't give a sheet its number; nothing was printed."]


def test_a_study_without_a_rubric_says_so(qtbot, window, monkeypatch):
    from msgspec.structs import replace

    study = window.workspace.desk.study
    monkeypatch.setattr(study, "document", replace(study.document, rubrics=()))
    told = []
    window.workspace.desk.failed.connect(told.append)
    print_rubric_sheet(window.workspace.desk, window.workspace, None)
    assert told == ["This study has no rubric, so there is no rubric sheet to print."]
