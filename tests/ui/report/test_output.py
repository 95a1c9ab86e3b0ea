"""Letting a report out: asked for in place, written beside the window, stopped by a leak or by a person."""

import threading

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from shiboken6 import delete

from app.actions.audit_digest import audit_digest
from app.actions.open_study import OpenStudy
from app.disclosure.check import Leak, LeakKind
from app.model.disclosure import ReportFormat
from app.report import release
from app.report.save import ReportNotSavedError
from tests.ui.pdfs import texts
from ui.desk import Desk
from ui.report import output
from ui.report.exporting import Order
from ui.report.page import ReportPage

CTRL = Qt.KeyboardModifier.ControlModifier
LEAK = Leak("Nordwerk", LeakKind.NAME, "Nordwerk", "", 1, "Cover", "", "", "")


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Answers the file chooser; lists what it was asked for."""
    calls = []

    def ask(_parent, _title, name, ending, folder=None):
        calls.append((name, ending, folder))
        return tmp_path / f"out{ending}"

    monkeypatch.setattr(output, "ask_file_to_save", ask)
    return calls


@pytest.fixture
def gate(monkeypatch):
    """Holds a release back at its first word until it is set."""
    made = threading.Event()
    really = release.release

    def slowly(*args, tell, **options):
        tell("Held", 1, 8)
        assert made.wait(20)
        return really(*args, tell=tell, **options)

    monkeypatch.setattr(release, "release", slowly)
    yield made
    made.set()


def pages_of(path, password=None):
    return len(texts(path, password))


def test_ctrl_s_asks_in_place_and_ctrl_enter_writes(page, qtbot, tmp_path, asked):
    qtbot.keyClick(page.view, Qt.Key.Key_S, CTRL)
    strip = page.output.export_strip
    assert strip.format.button(".pdf").hasFocus()
    qtbot.keyClick(strip.format.button(".pdf"), Qt.Key.Key_Return, CTRL)
    assert not strip.isVisible()
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert page.bar.text == "Written: out.pdf."
    assert asked == [("study.pdf", ".pdf", tmp_path)]
    assert pages_of(tmp_path / "out.pdf") == page.view.page_count
    assert not page.output.progress.isVisible()
    assert page.side.save.isEnabled()


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".csv"])
def test_other_formats_are_chosen_with_the_arrows(page, qtbot, tmp_path, asked, ending):
    page.save()
    strip = page.output.export_strip
    for _ in range([".pdf", ".docx", ".xlsx", ".csv"].index(ending)):
        qtbot.keyClick(strip.format, Qt.Key.Key_Right)
    assert not strip.protect.isVisible()
    qtbot.mouseClick(strip.choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    made = list(tmp_path.glob(f"**/*{ending}"))
    assert made
    named = f"{len(made)} tables in the folder out-tables" if ending == ".csv" else f"out{ending}"
    assert page.bar.text == f"Written: {named}."


def test_escape_takes_back_what_is_half_typed_before_it_closes_the_strip(page, desk, qtbot):
    page.save()
    strip = page.output.export_strip
    strip.copies.setFocus()
    qtbot.waitUntil(strip.copies.hasFocus)
    strip.copies.selectAll()
    qtbot.keyClicks(strip.copies, "7")
    qtbot.keyClick(strip.copies, Qt.Key.Key_Escape)
    assert strip.isVisible()
    assert strip.copies.text() == "1"
    qtbot.keyClick(strip.copies, Qt.Key.Key_Escape)
    assert not strip.isVisible()
    assert desk.document.report.copies == 1


def test_the_format_of_the_last_export_is_kept_in_the_study(page, desk, qtbot, passphrase, asked):
    page.save()
    strip = page.output.export_strip
    qtbot.keyClick(strip.format, Qt.Key.Key_Right)
    qtbot.keyClick(strip.format, Qt.Key.Key_Escape)
    assert desk.document.report.format is ReportFormat.PDF  # nothing was exported
    page.save()
    assert strip.format.value() == ".pdf"
    qtbot.keyClick(strip.format, Qt.Key.Key_Right)
    qtbot.keyClick(strip.format, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert desk.document.report.format is ReportFormat.WORD
    assert desk.study.undo_label == "Remember the format the report was exported in"
    path = desk.study.path
    page.hide()
    page.builder.cancel()
    desk.study.close()
    with OpenStudy.open(path, passphrase) as study:
        again = ReportPage(Desk(study))
        qtbot.addWidget(again)
        again.output.export()
        assert again.output.export_strip.format.value() == ".docx"
        again.output.export_strip.format.set_value(".csv")
        again.output.refresh()
        assert again.output.export_strip.format.value() == ".csv"  # what is being chosen stays
        again.output.finish()


def test_where_a_study_is_only_read_the_format_holds_for_the_window(qtbot, reading_desk, tmp_path, asked):
    page = ReportPage(reading_desk)
    qtbot.addWidget(page)
    page.output.export()
    page.output.export_strip.format.set_value(".xlsx")
    page.output.export_strip._ask()
    qtbot.waitUntil(lambda: not page.output.busy, timeout=20_000)
    assert (tmp_path / "out.xlsx").exists()
    page.output.export()
    assert page.output.export_strip.format.value() == ".xlsx"
    assert reading_desk.document.report.format is ReportFormat.PDF


def test_a_passphrase_is_typed_twice_and_not_kept(page, desk, qtbot, tmp_path, asked):
    page.save()
    strip = page.output.export_strip
    qtbot.mouseClick(strip.protect, Qt.MouseButton.LeftButton)
    assert desk.document.report.protected
    qtbot.mouseClick(strip.choose, Qt.MouseButton.LeftButton)
    assert strip.problem.text() == "Type the passphrase, twice."
    qtbot.keyClicks(strip.passphrase.line, "four unrelated words here")
    qtbot.keyClicks(strip.passphrase.repeat, "four unrelated words")
    qtbot.mouseClick(strip.choose, Qt.MouseButton.LeftButton)
    assert strip.problem.text() == "Type it twice the same."
    assert asked == []
    qtbot.keyClicks(strip.passphrase.repeat, " here")
    qtbot.mouseClick(strip.choose, Qt.MouseButton.LeftButton)
    assert strip.passphrase.line.text() == ""
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert pages_of(tmp_path / "out.pdf", "four unrelated words here") == page.view.page_count
    with pytest.raises(pypdfium2.PdfiumError):
        pages_of(tmp_path / "out.pdf")
    page.save()
    assert strip.protect.isChecked()


def test_copies_are_kept_and_written_each(page, desk, qtbot, tmp_path, asked):
    page.save()
    strip = page.output.export_strip
    strip.copies.setFocus()
    strip.copies.selectAll()
    qtbot.keyClicks(strip.copies, "2")
    qtbot.keyClick(strip.copies, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert desk.document.report.copies == 2
    assert page.bar.text == "Written: out-copy-1.pdf and 1 more."
    assert len(list(tmp_path.glob("out-copy-*.pdf"))) == 2


def test_tables_of_several_copies_are_in_a_folder_each(page, qtbot, tmp_path, set_up):
    set_up(copies=2)
    page.save_to(tmp_path / "out.csv")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    made = len(list(tmp_path.glob("**/*.csv")))
    assert page.bar.text == f"Written: {made} tables in the folder out-copy-1-tables and 1 more."


def test_what_is_said_of_an_earlier_one_does_not_stand_beside_the_next(page, qtbot, tmp_path, gate):
    page.bar.tell("The report was not saved.", "error")
    page.save()
    assert not page.bar.isVisible()
    page.bar.tell("The report was not saved.", "error")
    page.save_to(tmp_path / "out.pdf")
    qtbot.waitUntil(lambda: page.output.progress.words.text() == "Held…")
    assert not page.bar.isVisible()
    gate.set()
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)


def test_escape_closes_the_strip_and_forgets(page, qtbot):
    page.save()
    strip = page.output.export_strip
    qtbot.mouseClick(strip.protect, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(strip.passphrase.line, "four words")
    qtbot.keyClick(strip.passphrase.line, Qt.Key.Key_Escape)
    assert not strip.isVisible()
    assert strip.passphrase.line.text() == ""
    assert page.view.hasFocus()


def test_no_file_chosen_writes_nothing(page, qtbot, monkeypatch):
    monkeypatch.setattr(output, "ask_file_to_save", lambda *_: None)
    page.save()
    qtbot.mouseClick(page.output.export_strip.choose, Qt.MouseButton.LeftButton)
    assert not page.output.busy
    assert not page.bar.isVisible()


def test_the_name_suggested_for_others_tells_nothing_of_the_study(page, qtbot, monkeypatch, set_up, asked):
    monkeypatch.setattr("app.disclosure.check.check", lambda *_: ())
    set_up(profile="client")
    page.save()
    qtbot.mouseClick(page.output.export_strip.choose, Qt.MouseButton.LeftButton)
    assert asked[0][0] == "report-client.pdf"
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    asked[0][2].joinpath("report-client.pdf").touch()
    page.save()
    qtbot.mouseClick(page.output.export_strip.choose, Qt.MouseButton.LeftButton)
    assert asked[1][0] == "report-client-2.pdf"  # the other may have been worked on
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)


def test_writing_can_be_cancelled(page, qtbot, tmp_path, gate):
    page.save_to(tmp_path / "out.pdf")
    qtbot.waitUntil(lambda: page.output.progress.words.text() == "Held…")
    assert (page.output.progress.bar.value(), page.output.progress.bar.maximum()) == (1, 8)
    assert not page.side.save.isEnabled()
    page.save()
    assert not page.output.export_strip.isVisible()
    qtbot.mouseClick(page.output.progress.cancel, Qt.MouseButton.LeftButton)
    assert page.output.progress.words.text() == "Stopping…"
    gate.set()
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert "nothing was written" in page.bar.text
    assert not (tmp_path / "out.pdf").exists()


def test_a_failing_write_says_why_and_all_goes_on(page, qtbot, tmp_path):
    page.save_to(tmp_path / "no such" / "folder" / "out.pdf")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    assert "the folder does not exist" in page.bar.text
    qtbot.mouseClick(page.bar._button, Qt.MouseButton.LeftButton)
    assert page.output.export_strip.isVisible()


def test_a_leak_found_while_writing_leads_to_the_panel(page, qtbot, tmp_path, set_up, monkeypatch):
    set_up(profile="client")
    monkeypatch.setattr("app.disclosure.check.check", lambda *_: (LEAK,))
    with qtbot.waitSignal(page.panel_asked, timeout=20_000):
        page.save_to(tmp_path / "out.pdf")
    assert page.bar.text.startswith("Nothing was written")
    assert not (tmp_path / "out.pdf").exists()


def test_taking_the_page_away_still_writes_what_was_asked_for(desk, qtbot, tmp_path, gate):
    page = ReportPage(desk)
    with qtbot.waitExposed(page):
        page.show()
    page.builder.cancel()
    page.save_to(tmp_path / "out.pdf")
    gate.set()
    delete(page)
    assert pages_of(tmp_path / "out.pdf") > 3


def test_an_order_does_not_tell_its_passphrase(desk, tmp_path):
    order = Order(desk.document, desk.document.report, tmp_path / "out.pdf", None, "four words")
    assert repr(order) == "Order('out.pdf')"


def test_what_is_written_tells_of_the_audit_trail(page, desk, qtbot, tmp_path, set_up):
    set_up(version="7")
    page.save_to(tmp_path / "out.pdf")
    qtbot.waitUntil(page.bar.isVisible, timeout=20_000)
    words = "\n".join(texts(tmp_path / "out.pdf"))
    digest = audit_digest(desk.study)
    assert digest.digest[:8] in words
    assert "every entry of it is as the trail says" in " ".join(words.split())


def test_a_study_that_can_t_be_read_just_now_is_told_of(page, qtbot, tmp_path, monkeypatch):
    def unreadable(_study, **_options):
        raise ReportNotSavedError("It can't be read just now.")

    monkeypatch.setattr(output, "audit_digest", unreadable)
    page.save_to(tmp_path / "out.pdf")
    assert page.bar.text == "It can't be read just now."
    page.bar.hide()
    page.output.printing.print_on("Office")
    assert page.bar.text == "It can't be read just now."
    page.bar.hide()
    page.builder._audit = lambda: unreadable(None)
    qtbot.keyClick(page.view, Qt.Key.Key_F5)
    assert page.bar.text == "It can't be read just now."
    assert not page.builder.busy
    assert not page.output.busy
