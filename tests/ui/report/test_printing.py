"""Printing: pages are painted one at a time on a printer, here one that makes a PDF."""

import os
import threading

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from app.disclosure.check import Leak, LeakKind
from app.model.disclosure import Paper
from ui.report import output, printing
from ui.report.printing import PagesError, make_printer, read_pages
from ui.report.renderer import PDFIUM

LEAK = Leak("Nordwerk", LeakKind.NAME, "Nordwerk", "", 1, "Cover", "", "", "")


@pytest.mark.parametrize(
    ("text", "pages"),
    [("", (0, 1, 2, 3, 4)), (" 2 ", (1,)), ("1-3, 5", (0, 1, 2, 4)), ("4–5,4", (3, 4)), ("3 - 3", (2,))],  # noqa: RUF001
)
def test_pages_are_read_as_people_write_them(text, pages):
    assert read_pages(text, 5) == pages


@pytest.mark.parametrize("text", ["0", "6", "3-2", "1-", "-2", "x", "1,,2", "²", "1-2-3"])
def test_pages_there_are_none_of_are_refused(text):
    with pytest.raises(PagesError, match="Nothing was printed"):
        read_pages(text, 5)


@given(st.sets(st.integers(1, 40), min_size=1))
def test_any_pages_are_read_back(pages):
    assert read_pages(",".join(map(str, sorted(pages, reverse=True))), 40) == tuple(page - 1 for page in sorted(pages))


@pytest.fixture
def to_file(monkeypatch, tmp_path):
    """A printer that makes a PDF of what it is given, in a resolution that is quick to paint."""

    def make(name, paper, title):
        printer = make_printer(name, paper, title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        printer.setResolution(72)
        return printer

    monkeypatch.setattr(output, "make_printer", make)
    monkeypatch.setattr(output, "printer_names", lambda: ["Office", "Hall"])
    return tmp_path / "printed.pdf"


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
    really = printing._draw
    monkeypatch.setattr(
        printing, "_draw", lambda *args: (threads.append(threading.current_thread().name), really(*args))
    )
    page.output.print_on("Office", "1-2")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert threads == ["report printer"] * 2


def test_every_copy_is_printed(page, qtbot, to_file, set_up):
    set_up(copies=2)
    page.output.print_on("Office", "2")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert page.bar.text == "Printed: 2 pages."
    assert len(sizes(to_file)[0]) == 2


def test_without_a_printer_it_says_what_to_do(page, qtbot, monkeypatch):
    monkeypatch.setattr(output, "printer_names", list)
    page.print()
    assert page.output.print_strip.none.isVisible()
    assert not page.output.print_strip.print.isVisible()
    qtbot.keyClick(page.output.print_strip.close_button, Qt.Key.Key_Escape)
    assert not page.output.print_strip.isVisible()


def test_pages_there_are_none_of_print_nothing(page, qtbot, to_file):
    page.output.print_on("Office", "999")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert "the report has pages 1 to" in page.bar.text
    assert not to_file.exists()


def test_printing_can_be_cancelled(page, qtbot, to_file, monkeypatch):
    gate = threading.Event()
    really = printing.picture

    def slowly(pdf, number, width):
        assert number == 0 or gate.wait(20)
        return really(pdf, number, width)

    monkeypatch.setattr(printing, "picture", slowly)
    page.output.print_on("Office")
    qtbot.waitUntil(lambda: page.output.progress.words.text() == "Printing…", timeout=20_000)
    qtbot.mouseClick(page.output.progress.cancel, Qt.MouseButton.LeftButton)
    assert page.bar.text == "Printing was stopped."
    assert not page.output.progress.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: not page.output.job.lane.busy, timeout=20_000)


def test_a_report_for_others_is_not_printed_while_a_leak_is_open(page, qtbot, to_file, set_up, monkeypatch):
    set_up(profile="client")
    monkeypatch.setattr("app.disclosure.check.check", lambda *_: (LEAK,))
    with qtbot.waitSignal(page.panel_asked, timeout=20_000):
        page.output.print_on("Office")
    assert page.bar.text == "Nothing was printed: 1 leak is to settle in the Client report first."
    assert not to_file.exists()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_out_of_reach_is_told_of(page, qtbot, to_file, monkeypatch):
    really = output.make_printer

    def unreachable(*args):
        printer = really(*args)
        printer.setOutputFileName(str(to_file.parent / "no such folder" / "x.pdf"))
        return printer

    monkeypatch.setattr(output, "make_printer", unreachable)
    page.output.print_on("Office")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert page.bar.text == "Nothing was printed: the printer could not be reached."


@pytest.mark.parametrize("before", [None, "/somewhere"])
def test_what_qt_hands_a_printer_is_kept_in_memory(monkeypatch, tmp_path, before):
    monkeypatch.setattr(printing, "_MEMORY", tmp_path)
    monkeypatch.setattr(printing.sys, "platform", "linux")
    monkeypatch.delenv("TMPDIR", raising=False)
    if before:
        monkeypatch.setenv("TMPDIR", before)
    with printing._in_memory():
        assert os.environ["TMPDIR"] == str(tmp_path)
    assert os.environ.get("TMPDIR") == before
    monkeypatch.setattr(printing, "_MEMORY", tmp_path / "none")
    with printing._in_memory():
        assert os.environ.get("TMPDIR") == before


def test_a_printer_is_set_up_for_the_paper(dressed):
    printer = make_printer("", Paper.LETTER, "Report")
    assert printer.pageLayout().pageSize().name().startswith("Letter")
    assert printer.fullPage()
    assert isinstance(printing.printer_names(), list)
