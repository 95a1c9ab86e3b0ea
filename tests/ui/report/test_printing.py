"""Printing: pages are painted one at a time on a printer, here one that makes a PDF."""

import threading

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from app.disclosure.check import Leak, LeakKind
from ui.printing import job, printing
from ui.report.renderer import PDFIUM

LEAK = Leak("Nordwerk", LeakKind.NAME, "Nordwerk", "", 1, "Cover", "", "", "")


def sizes(path):
    with PDFIUM, pypdfium2.PdfDocument(path) as pdf:
        found = [tuple(map(round, pdf.get_page_size(number))) for number in range(len(pdf))]
        return found, [darkness(pdf, number) for number in range(len(pdf))]


def darkness(pdf, number):
    """How much of a page is not white."""
    picture = pdf[number].render(scale=0.5, grayscale=True).to_numpy()
    return float((picture < 200).mean())


def test_ctrl_p_asks_in_place_and_enter_prints(page, qtbot, to_file):
    qtbot.keyClick(page.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    strip = page.output.print_strip
    assert strip.printer.hasFocus()
    assert [strip.printer.itemText(row) for row in range(2)] == ["Office", "Hall"]
    strip.pages.setFocus()
    qtbot.keyClicks(strip.pages, "1-2, 4")
    qtbot.keyClick(strip.pages, Qt.Key.Key_Return)
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert page.bar.text == "Printed: 3 pages."
    found, dark = sizes(to_file)
    assert found == [(595, 842)] * 3
    assert all(0.005 < each < 0.6 for each in dark)
    assert not page.output.progress.isVisible()


def test_nothing_is_painted_in_the_window_s_thread(page, qtbot, to_file, monkeypatch):
    threads = []
    really = job._draw
    monkeypatch.setattr(job, "_draw", lambda *args: (threads.append(threading.current_thread().name), really(*args)))
    page.output.printing.print_on("Office", "1-2")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert threads == ["printer"] * 2


def test_every_copy_is_printed(page, qtbot, to_file, set_up):
    set_up(copies=2)
    page.output.printing.print_on("Office", "2")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert page.bar.text == "Printed: 2 pages."
    assert len(sizes(to_file)[0]) == 2


def test_without_a_printer_it_says_what_to_do(page, qtbot, monkeypatch):
    monkeypatch.setattr(printing, "printer_names", list)
    page.print()
    assert page.output.print_strip.none.isVisible()
    assert not page.output.print_strip.print.isVisible()
    qtbot.keyClick(page.output.print_strip.close_button, Qt.Key.Key_Escape)
    assert not page.output.print_strip.isVisible()


def test_pages_there_are_none_of_print_nothing(page, qtbot, to_file):
    page.output.printing.print_on("Office", "999")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert "there are pages 1 to" in page.bar.text
    assert not to_file.exists()


def test_printing_can_be_cancelled(page, qtbot, to_file, gate):
    page.output.printing.print_on("Office")
    qtbot.waitUntil(lambda: page.output.progress.words.text() == "Printing…", timeout=20_000)
    qtbot.mouseClick(page.output.progress.cancel, Qt.MouseButton.LeftButton)
    assert page.bar.text == "Printing was stopped; pages that the printer has already may still come out."
    assert not page.output.progress.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: not page.output.printing.job.lane.busy, timeout=20_000)


def test_a_report_for_others_is_not_printed_while_a_leak_is_open(page, qtbot, to_file, set_up, monkeypatch):
    set_up(profile="client")
    monkeypatch.setattr("app.disclosure.check.check", lambda *_: (LEAK,))
    with qtbot.waitSignal(page.panel_asked, timeout=20_000):
        page.output.printing.print_on("Office")
    assert page.bar.text == (
        "Nothing was printed: at 1 place the report would tell what its profile keeps inside (page 1); "
        "replace, cut or allow each, then try again."
    )
    assert not to_file.exists()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_out_of_reach_is_told_of(page, qtbot, out_of_reach):
    page.output.printing.print_on("Office")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert page.bar.text == "Nothing was printed: the printer could not be reached."
