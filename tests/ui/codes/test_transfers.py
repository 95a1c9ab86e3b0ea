"""What is shown goes out as XLSX and CSV, codebooks go out and come in; what would come in is said before it does."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.exchange.codebook import write_codebook_csv
from ui.widgets.files import FileDialog

KEYS = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def choose_file(monkeypatch):
    """Answer the file dialog, as if somebody chose a path in it; tells what it was titled."""
    titles = []

    def answer(path):
        def run(dialog):
            titles.append(dialog.windowTitle())
            dialog.path = path

        monkeypatch.setattr(FileDialog, "exec", run)
        return titles

    return answer


def read(path):
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_passages_go_out_as_csv_with_a_word_on_what_that_means(qtbot, page, tmp_path, choose_file):
    page.show_thing("dashboards")
    path = tmp_path / "out.csv"
    titles = choose_file(path)
    qtbot.keyClick(page.tree.view, KEYS.Key_C, CTRL | ALT)
    qtbot.waitUntil(lambda: page.bar.text.startswith("Saved"))
    assert titles == ["Export as CSV, not encrypted"]
    assert page.bar.text == "Saved out.csv: 3 rows. It is not encrypted."
    assert [row[0] for row in read(path)] == ["Place", "I1 line 2", "I1 line 2", "I1 line 3"]


def test_whatever_is_shown_goes_out_as_xlsx(qtbot, page, tmp_path, choose_file):
    from openpyxl import load_workbook

    for part, name in (("case", "Codes by case"), ("memos", "Memos"), ("passages", "Passages")):
        page.middle.show_part(part)
        path = tmp_path / f"{part}.xlsx"
        choose_file(path)
        qtbot.mouseClick(page.middle.export, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda path=path: page.bar.text.startswith(f"Saved {path.name}"))
        assert load_workbook(path).sheetnames == [name]


def test_nothing_is_written_where_no_file_was_chosen(qtbot, page, tmp_path, choose_file):
    choose_file(None)
    qtbot.keyClick(page.tree.view, KEYS.Key_S, CTRL)
    assert page.bar.isHidden()
    assert not page.files.lane.busy


def test_two_coders_figures_go_out_once_both_are_done(qtbot, page, tmp_path, choose_file, desk):
    page.middle.show_part("agreement")
    choose_file(tmp_path / "none.csv")
    qtbot.keyClick(page.tree.view, KEYS.Key_C, CTRL | ALT)
    assert page.bar.text == "There is nothing to export here yet."
    from app.actions import double_coding

    changes = desk.do(double_coding.begin, "ada", "ben", ("i1",))
    assert changes is not None
    for who in ("ada", "ben"):
        desk.study.work_as(who)
        page.refresh()
        desk.do(double_coding.say_done, desk.document.double_codings[0].key, who)
    page.refresh()
    path = tmp_path / "agreed.csv"
    choose_file(path)
    qtbot.keyClick(page.tree.view, KEYS.Key_C, CTRL | ALT)
    qtbot.waitUntil(lambda: page.bar.text.startswith("Saved"))
    assert page.bar.text.endswith("in 2 tables. It is not encrypted.")
    assert read(path)[0][:2] == ["Code", "Alpha"]
    assert (tmp_path / "agreed-differences.csv").exists()


def test_a_place_that_can_t_be_written_is_said(qtbot, page, tmp_path, choose_file):
    choose_file(tmp_path / "no" / "such" / "folder.csv")
    qtbot.keyClick(page.tree.view, KEYS.Key_C, CTRL | ALT)
    qtbot.waitUntil(lambda: page.bar.text.startswith("folder.csv"))


def test_a_codebook_goes_out_and_comes_in_elsewhere(qtbot, page, tmp_path, choose_file, desk):
    path = tmp_path / "codes.csv"
    choose_file(path)
    action = next(each for each in page.tree.menu.actions() if each.text().startswith("Export the codebook as CSV"))
    action.trigger()
    qtbot.waitUntil(lambda: page.bar.text == "Saved codes.csv: 6 codes. It is not encrypted.")
    for key in ("tools", "procedures"):
        page.deeds._delete(key, "with", [])
    assert desk.document.codes == ()
    qtbot.keyClick(page, KEYS.Key_O, CTRL)
    qtbot.waitUntil(page.ask.isVisible)
    assert page.ask.text == "codes.csv holds 6 codes: 6 codes are new."
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Return)
    assert {code.name for code in desk.document.codes} >= {"Procedures", "Schedule"}
    desk.undo()
    assert desk.document.codes == ()


def test_what_is_there_and_what_can_t_be_carried_over_is_said_first(qtbot, page, tmp_path, desk):
    path = tmp_path / "mixed.csv"
    path.write_text("path,theme,owner\nTools,tool,x\nPeople,tool,y\n", encoding="utf-8")
    before = desk.document.codes
    page.files.read_codebook(path)
    qtbot.waitUntil(page.ask.isVisible)
    assert (
        page.ask.text
        == "mixed.csv holds 2 codes: 1 code is new, 1 is in the codebook already and may get texts it lacks."
    )
    assert page.ask.details == "Not carried over: owner, 2"
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Escape)
    assert desk.document.codes is before


def test_a_file_that_is_no_codebook_is_refused_in_a_sentence(qtbot, page, tmp_path, desk):
    path = tmp_path / "no.csv"
    path.write_bytes(b"\xff\xfe\x00")
    before = desk.document.codes
    page.files.read_codebook(path)
    qtbot.waitUntil(lambda: page.bar.text.startswith("no.csv"))
    assert desk.document.codes is before
    assert page.ask.isHidden()


def test_reading_can_be_cancelled(qtbot, page, tmp_path, desk):
    path = tmp_path / "codes.csv"
    write_codebook_csv(desk.document, path)
    page.files.read_codebook(path)
    page.bar._button.click()
    qtbot.waitUntil(lambda: not page.files.lane.busy)
    QApplication.processEvents()
    assert page.ask.isHidden()
    assert page.bar.isHidden()
