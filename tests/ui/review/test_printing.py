"""Printing from the Review page: a pack as it would be saved, a read-back sheet with its number, beside the window."""

import threading

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from app.actions import findings, paper, reviews, things
from app.actions.overrides import Place
from app.model.disclosure import NameKind, Pseudonym
from app.model.source import SheetKind
from app.report.paper.review_pack import pack
from app.version import VERSION
from tests.ui.pdfs import texts
from ui.printing import job

CTRL = Qt.KeyboardModifier.ControlModifier
RUBRIC = "mlops-maturity"


def pages_of(path):
    return len(texts(path, None))


def read_back_sheets(desk):
    return [each.number for each in desk.document.sheets if each.kind is SheetKind.READ_BACK]


@pytest.fixture
def printed(qtbot, page, to_file):
    """Waits until what is being printed is, or is not; gives what the bar says."""

    def wait():
        qtbot.waitUntil(lambda: page.bar.isVisible() and not page.printing.job.lane.busy, timeout=20_000)
        return page.bar.text

    return wait


@pytest.fixture
def sheets(qtbot, page):
    """The read-back sheets of the page, by their key."""
    qtbot.keyClick(page.work.list, Qt.Key.Key_Y, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page.read_back.isVisible()
    return page.read_back


# A pack


def test_ctrl_p_asks_in_place_and_enter_prints_the_pack(qtbot, page, prepared, to_file, printed):
    qtbot.keyClick(page.work.list, Qt.Key.Key_P, CTRL)
    strip = page.printing.strip
    assert strip.title.text() == "Print review pack 1"
    assert strip.printer.hasFocus()
    assert [strip.printer.itemText(row) for row in range(2)] == ["Office", "Hall"]
    qtbot.keyClick(strip.printer, Qt.Key.Key_Return, CTRL)
    assert page.work.list.hasFocus()
    content = pack(prepared.study.revealed, "review-1", version=VERSION)
    with pypdfium2.PdfDocument(content) as pdf:
        pages = len(pdf)
    assert printed() == f"Printed: {pages} pages."
    assert pages_of(to_file) == pages
    assert page.work.print_pack.isEnabled()


def test_the_key_is_shown_and_the_palette_has_it(page):
    assert "Ctrl+P" in page.work.print_pack.toolTip()
    assert "Ctrl+P" in page.read_back.print_button.toolTip()
    (action,) = (each for each in page.work.actions() if each.text() == "Print the review pack…")
    assert action.isEnabled()
    page._ask(page.read_back)
    assert not action.isEnabled()


def test_nothing_is_painted_in_the_window_s_thread(page, prepared, monkeypatch, printed):
    threads = []
    really = job._draw
    monkeypatch.setattr(job, "_draw", lambda *args: (threads.append(threading.current_thread().name), really(*args)))
    page._print_pack()
    page.printing.print_on("Office", "1")
    assert printed() == "Printed: 1 page."
    assert threads == ["printer"]


def test_what_the_leak_check_stops_is_not_printed_either(qtbot, page, prepared, to_file, printed):
    person = Pseudonym(key="n1", kind=NameKind.PERSON, name="Brandenburger", instead="the head of IT")
    assert prepared.do(things.add, person)
    place = Place(rubric=RUBRIC, principle="training-deployment", case="paint", round="r1")
    assert prepared.do(findings.write_finding, place, "Brandenborger deploys by hand")
    assert prepared.do(reviews.prepare, "p2", "r1", ("paint",), RUBRIC)
    page.show_thing("review-2")
    page._print_pack()
    page.printing.print_on("Office")
    said = printed()
    assert said.startswith("Nothing was printed: at 2 places the review pack would tell")
    assert "Brandenborger" not in said
    assert not to_file.exists()
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(page.bar._button, Qt.MouseButton.LeftButton)
    assert led.args == ["report", ""]
    page.packs.save_to(to_file, page.review.review)
    qtbot.waitUntil(lambda: not page.packs.lane.busy, timeout=20_000)
    assert page.bar.text == said.replace("printed", "written")  # it is the same check


def test_printing_a_pack_can_be_cancelled(qtbot, page, printed, gate):
    page._print_pack()
    page.printing.print_on("Office")
    progress = page.printing.progress
    assert progress.words.text() == "Making the pages…"
    qtbot.waitUntil(lambda: progress.words.text() == "Printing…", timeout=20_000)
    assert not page.work.print_pack.isEnabled()
    qtbot.keyClick(page.work.list, Qt.Key.Key_P, CTRL)
    assert not page.printing.strip.isVisible()  # one thing at a time
    qtbot.mouseClick(progress.cancel, Qt.MouseButton.LeftButton)
    gate.set()
    assert printed() == "Printing was stopped; pages that the printer has already may still come out."
    assert not progress.isVisible()
    assert page.work.print_pack.isEnabled()


def test_pages_there_are_none_of_can_be_asked_for_again(qtbot, page, to_file, printed):
    page._print_pack()
    page.printing.print_on("Office", "99")
    assert "there are pages 1 to" in printed()
    assert not to_file.exists()
    qtbot.mouseClick(page.bar._button, Qt.MouseButton.LeftButton)
    assert page.printing.strip.isVisible()


def test_the_strip_goes_with_what_it_is_of(qtbot, page, prepared, to_file):
    assert prepared.do(reviews.prepare, "p2", "r1", ("paint",), RUBRIC)
    page.show_thing("review-1")
    page._print_pack()
    page.work.go_to("paint/traceability")
    assert page.printing.strip.isVisible()
    page.show_thing("review-2")
    assert not page.printing.strip.isVisible()
    page._print_pack()
    assert page.printing.strip.title.text() == "Print review pack 2"
    qtbot.keyClick(page.printing.strip.printer, Qt.Key.Key_Escape)
    assert not page.printing.strip.isVisible()
    assert page.work.list.hasFocus()
    page._print_pack()
    page.new_review()
    assert not page.printing.strip.isVisible()


def test_a_review_without_a_pack_has_nothing_to_print(page, prepared):
    prepared.do(reviews.remove, "review-1")
    page._print_pack()
    assert not page.printing.strip.isVisible()


def test_taking_the_page_away_leaves_no_thread(qtbot, prepared, to_file):
    from ui.review.page import ReviewPage

    host = QWidget()
    page = ReviewPage(prepared, host)
    page.refresh()
    page._print_pack()
    page.printing.print_on("Office")
    delete(host)
    assert [each.name for each in threading.enumerate() if each.name == "printer"] == []


def test_a_window_that_only_reads_prints_packs_and_no_sheets(qtbot, reading_of, show_page, to_file):
    desk = reading_of()
    page = show_page(desk)
    page._print_pack()
    page.printing.print_on("Office", "1")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert page.bar.text == "Printed: 1 page."
    page._ask(page.read_back)
    assert not page.read_back.print_button.isEnabled()
    qtbot.keyClick(page.read_back.close_button, Qt.Key.Key_P, CTRL)
    assert not page.printing.strip.isVisible()
    with qtbot.waitSignal(desk.failed) as failed:
        assert page._sheet_to_print("") is None
    assert failed.args == ["This window only reads, so it can't give a sheet its number; nothing was printed."]


# A read-back sheet


def test_a_read_back_sheet_is_printed_and_numbered_then(qtbot, page, prepared, sheets, to_file, printed):
    qtbot.keyClick(sheets.source, Qt.Key.Key_P, CTRL)
    strip = page.printing.strip
    assert strip.title.text() == "Print the read-back sheet"
    assert read_back_sheets(prepared) == []
    qtbot.keyClick(strip.printer, Qt.Key.Key_Return, CTRL)
    assert printed() == "Printed: 2 pages."
    sheet = prepared.document.sheets[-1]
    assert (sheet.kind, sheet.number, (sheet.source, sheet.participant)) == (SheetKind.READ_BACK, 2, sheets.chosen)
    assert [each.head for each in sheets.printed.cards.cards] == ["Sheet 2"]
    assert pages_of(to_file) == 2
    assert sheets.source.hasFocus()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_where_the_printer_is_out_of_reach_the_number_stays_used(page, prepared, sheets, out_of_reach, printed):
    page._print_read_back()
    page.printing.print_on("Office")
    assert printed() == "Nothing was printed: the printer could not be reached. The number 2 is not used again."
    assert read_back_sheets(prepared) == [2]


def test_a_number_taken_by_another_sheet_meanwhile_is_not_printed_twice(qtbot, page, prepared, sheets, to_file):
    page._print_read_back()
    told = []
    prepared.failed.connect(told.append)
    page.printing.print_on("Office")
    prepared.do(paper.issue_sheet, SheetKind.INTERVIEW)
    qtbot.waitUntil(lambda: bool(told) and not page.printing.job.lane.busy, timeout=20_000)
    assert told == ["The number 2 was given to another sheet meanwhile; nothing was printed, so try again."]
    assert read_back_sheets(prepared) == []
    assert not page.printing.busy
    assert not to_file.exists()
    page.printing.print_on("Office")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert read_back_sheets(prepared) == [3]


def test_a_number_that_can_t_be_read_or_kept_prints_nothing(qtbot, page, prepared, sheets, to_file, monkeypatch):
    from app.store.errors import NotWritten
    from ui.paper import printing as numbering

    told = []
    prepared.failed.connect(told.append)
    page._print_read_back()

    def unreadable(*_args, **_kwargs):
        raise NotWritten("The medium is full: the change was not saved.")

    monkeypatch.setattr(prepared.study, "do", unreadable)
    page.printing.print_on("Office")
    qtbot.waitUntil(lambda: bool(told) and not page.printing.job.lane.busy, timeout=20_000)
    monkeypatch.setattr(numbering, "next_number", unreadable)
    page.printing.print_on("Office")
    assert told == ["The medium is full: the change was not saved."] * 2
    assert not to_file.exists()
    assert not page.printing.busy


def test_a_number_stays_used_where_printing_is_stopped_after_it_was_taken(
    qtbot, page, prepared, sheets, printed, monkeypatch
):
    gate = threading.Event()
    really = job._draw
    monkeypatch.setattr(job, "_draw", lambda *args: (gate.wait(20), really(*args)))
    page._print_read_back()
    page.printing.print_on("Office")
    qtbot.waitUntil(lambda: bool(read_back_sheets(prepared)), timeout=20_000)
    assert not sheets.print_button.isEnabled()
    qtbot.mouseClick(page.printing.progress.cancel, Qt.MouseButton.LeftButton)
    gate.set()
    assert printed() == "Printing was stopped. The number 2 is not used again."
