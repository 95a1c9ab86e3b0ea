"""Packs, filled forms and read-back sheets from the Review page: written, read, and taken as one action."""

from datetime import date

import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import QSettings, Qt

from app.actions import findings, reviews, things
from app.actions.overrides import Place
from app.analysis.reviews import At, Said
from app.exchange.review_fields import Names
from app.exchange.review_form import Filled
from app.model.assessment import ReviewVerdict
from app.model.disclosure import NameKind, Pseudonym
from app.model.source import SheetKind
from tests.pdf_reader import Reader
from tests.ui.paper.choosing import choose
from ui.review.filled import OTHERWISE, SAME

CTRL = Qt.KeyboardModifier.ControlModifier
RUBRIC = "mlops-maturity"
PLACE = At(RUBRIC, "training-deployment", "paint")
OTHER = At(RUBRIC, "traceability", "paint")
BOXES = [ReviewVerdict.CONFIRMED, ReviewVerdict.CORRECTED, ReviewVerdict.DISPUTED]


def again(qtbot, page):
    """Come back to the window after a dialog."""
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow)


def item(desk, at):
    found = desk.document.reviews[0].items
    return next(each for each in found if (each.principle, each.case) == (at.principle, at.case))


@pytest.fixture
def pack(qtbot, page, prepared, tmp_path):
    """The pack of the review, saved from the page by its key."""
    path = tmp_path / "pack.pdf"
    choose(qtbot, path)
    qtbot.keyClick(page.work.list, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not page.packs.lane.busy, timeout=20_000)
    assert page.bar.text.startswith("Saved pack.pdf")
    return path


@pytest.fixture
def fill(pack, prepared, tmp_path):
    """Fills in the pack in another program; gives the file."""

    def filled(answers, remark=""):
        names = Names(prepared.document.study.id, prepared.document.reviews[0].sheet)
        reader = Reader(pack.read_bytes())
        for at, (verdict, comment) in answers.items():
            if verdict is not None:
                reader.click(names.verdict(at), BOXES.index(verdict))
            if comment:
                reader.write(names.comment(at), comment)
        if remark:
            reader.write(names.remark, remark)
        path = tmp_path / "filled.pdf"
        path.write_bytes(reader.saved())
        reader.close()
        return path

    return filled


@pytest.fixture
def read(qtbot, page):
    """Reads a form from the page, by its key and the file chooser."""

    def reading(path):
        again(qtbot, page)
        page.setFocus()
        choose(qtbot, path)
        qtbot.keyClick(page.work.list, Qt.Key.Key_O, CTRL)
        qtbot.waitUntil(lambda: not page.packs.lane.busy, timeout=20_000)
        again(qtbot, page)

    return reading


def words(page):
    view = page.filled
    shown = [each.text() for each in (view.summary, view.conflicts, view.remark) if each.isVisible()]
    return shown, [each.words for each in view.list.cards.cards]


def test_a_pack_is_saved_beside_the_window(pack, prepared):
    with pypdfium2.PdfDocument(pack) as pdf:
        text = pdf[0].get_textpage().get_text_bounded()
    assert "Paint inspection" in text
    assert str(prepared.document.reviews[0].sheet) in text


def first_page(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(pdf[0].get_textpage().get_text_bounded().split())


def test_the_day_it_is_to_be_back_by_is_asked_for_with_a_new_review_and_printed(qtbot, page, prepared, tmp_path):
    qtbot.keyClick(page.work.list, Qt.Key.Key_Insert)
    form = page.form
    qtbot.waitUntil(form.person.hasFocus)
    qtbot.keyClick(form.person, Qt.Key.Key_Down)
    qtbot.keyClicks(form.back_by, "11.12.")
    assert (form._lacking.text(), form.begin_button.isEnabled()) == ("Write the day as 2022-10-31.", False)
    qtbot.keyClicks(form.back_by, "2026")
    assert form.begin_button.isEnabled()
    qtbot.keyClick(form.back_by, Qt.Key.Key_Return, CTRL)
    assert page.review.review.key == "review-2"
    assert page.work.back_by.value() == date(2026, 12, 11)
    page.packs.save_to(tmp_path / "pack.pdf", page.review.review)
    qtbot.waitUntil(lambda: not page.packs.lane.busy, timeout=20_000)
    assert "11 Dec 2026" in first_page(tmp_path / "pack.pdf")
    page.show_thing("review-1")
    assert page.work.back_by.value() is None
    page.show_thing("review-2")
    assert page.work.back_by.value() == date(2026, 12, 11)
    page.new_review()
    assert form.back_by.value() is None  # the next one has its own


def test_the_day_is_changed_and_taken_back_where_the_pack_is_saved(qtbot, page, prepared, tmp_path):
    before, kept = prepared.document, QSettings().allKeys()
    field = page.work.back_by
    field.setFocus()
    qtbot.keyClicks(field, "2026-12-11")
    choose(qtbot, tmp_path / "pack.pdf")
    qtbot.keyClick(field, Qt.Key.Key_S, CTRL)  # what is being typed counts
    qtbot.waitUntil(lambda: not page.packs.lane.busy, timeout=20_000)
    assert "11 Dec 2026" in first_page(tmp_path / "pack.pdf")
    again(qtbot, page)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "soon")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == date(2026, 12, 11)
    assert page.work.list.hasFocus()
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert page.work.list.hasFocus()
    page.packs.save_to(tmp_path / "other.pdf", page.review.review)
    qtbot.waitUntil(lambda: not page.packs.lane.busy, timeout=20_000)
    assert "2026" not in first_page(tmp_path / "other.pdf")
    assert prepared.document is before
    assert QSettings().allKeys() == kept


def test_a_filled_form_is_said_first_and_taken_as_one_action(qtbot, page, prepared, fill, read):
    read(fill({PLACE: (ReviewVerdict.DISPUTED, "It is automated since May"), OTHER: (ReviewVerdict.CONFIRMED, "")}))
    assert page.filled.isVisible()
    assert words(page)[0] == ["1 confirmed, 1 disputed, 1 comment"]
    assert item(prepared, PLACE).verdict is None
    assert page.filled.take_button.hasFocus()
    qtbot.keyClick(page.filled.take_button, Qt.Key.Key_Return, CTRL)
    assert (item(prepared, PLACE).verdict, item(prepared, PLACE).comment) == (
        ReviewVerdict.DISPUTED,
        "It is automated since May",
    )
    assert item(prepared, OTHER).verdict is ReviewVerdict.CONFIRMED
    assert page.work.list.isVisible()
    prepared.undo()
    assert item(prepared, PLACE).verdict is item(prepared, OTHER).verdict is None


def test_what_was_typed_in_otherwise_stands_beside_what_the_form_says(qtbot, page, prepared, fill, read):
    path = fill({PLACE: (ReviewVerdict.DISPUTED, "No"), OTHER: (ReviewVerdict.CONFIRMED, "Yes")}, "Well done")
    prepared.do(reviews.answer, "review-1", PLACE, ReviewVerdict.CONFIRMED, "Fine")
    prepared.do(reviews.answer, "review-1", OTHER, ReviewVerdict.CONFIRMED, "Yes")
    read(path)
    told, cards = words(page)
    assert told[0] == "1 confirmed, 1 disputed, 2 comments"
    assert told[1].startswith("1 answer differs")
    assert "Well done" in told[2]
    assert any("Disputed: No" in each and f"{OTHERWISE}Confirmed: Fine" in each for each in cards)
    assert any(SAME in each for each in cards)
    qtbot.keyClick(page.filled.take_button, Qt.Key.Key_Escape)
    assert page.work.isVisible()
    assert item(prepared, PLACE).verdict is ReviewVerdict.CONFIRMED


def test_what_is_being_typed_goes_to_its_own_review_when_another_s_form_has_been_read(qtbot, page, prepared):
    assert prepared.do(reviews.prepare, "p2", "r1", ("paint",), RUBRIC)
    page.work.pane.edit_comment()
    qtbot.keyClicks(page.work.pane.comment, "Half a comment")
    other = prepared.document.reviews[1]
    page._have_read("other.pdf", Filled(other.key, other.sheet, (Said(PLACE, ReviewVerdict.CONFIRMED, ""),)))
    assert item(prepared, PLACE).comment == "Half a comment"
    assert all(not each.comment for each in prepared.document.reviews[1].items)
    assert page.filled.isVisible()


GONE = "The review that filled.pdf is of was removed meanwhile, so nothing of it was taken."


def test_a_review_that_is_removed_while_its_form_is_read_is_told_of(qtbot, page, prepared, fill):
    path = fill({PLACE: (ReviewVerdict.CONFIRMED, "")})
    page.packs.read_from(path)
    assert prepared.do(reviews.remove, "review-1")
    qtbot.waitUntil(lambda: not page.packs.lane.busy, timeout=20_000)
    assert page.bar.text == GONE
    assert not page.filled.isVisible()


def test_a_review_that_is_removed_while_its_form_is_shown_is_told_of(page, prepared, fill, read):
    assert prepared.do(reviews.prepare, "p2", "r1", ("paint",), RUBRIC)
    read(fill({PLACE: (ReviewVerdict.CONFIRMED, "")}))
    assert page.filled.isVisible()
    assert prepared.do(reviews.remove, "review-1")
    assert page.bar.text == GONE
    assert page.work.isVisible()
    assert page.review.review.key == "review-2"
    page._take()
    assert all(each.verdict is None for each in prepared.document.reviews[0].items)


def test_a_form_that_has_lost_boxes_says_so_before_any_of_it_is_taken(page, fill, read):
    path = fill({PLACE: (ReviewVerdict.CONFIRMED, "")})
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        gone = next(each for each in fields if str(each.T).endswith("verdict") and pikepdf.Name("/Off") == each.V)
        gone.T = pikepdf.String("lost")
        pdf.save(path)
    read(path)
    assert page.filled.missing.text().startswith("The boxes of one result are not in the file")
    assert page.filled.missing.isVisible()
    assert page.filled.take_button.isEnabled()


def test_an_empty_form_has_nothing_to_take(qtbot, page, prepared, fill, read):
    read(fill({}))
    assert words(page)[0] == ["Nothing is filled in on this form."]
    assert not page.filled.take_button.isEnabled()
    assert page.filled.leave_button.hasFocus()
    qtbot.mouseClick(page.filled.leave_button, Qt.MouseButton.LeftButton)
    assert page.work.list.hasFocus()


def test_a_file_that_is_no_form_is_said_in_a_sentence(page, prepared, read, tmp_path):
    path = tmp_path / "holiday.pdf"
    path.write_bytes(b"%PDF-1.4 not really")
    before = prepared.document
    read(path)
    assert page.bar.isVisible()
    assert "holiday.pdf" in page.bar.text
    assert prepared.document is before


def test_what_the_leak_check_stops_leads_to_the_report_page(qtbot, page, prepared, tmp_path):
    person = Pseudonym(key="n1", kind=NameKind.PERSON, name="Brandenburger", instead="the head of IT")
    assert prepared.do(things.add, person)
    place = Place(rubric=RUBRIC, principle="training-deployment", case="paint", round="r1")
    assert prepared.do(findings.write_finding, place, "Brandenborger deploys by hand")
    assert prepared.do(reviews.prepare, "p2", "r1", ("paint",), RUBRIC)
    page.packs.save_to(tmp_path / "pack.pdf", prepared.document.reviews[-1])
    qtbot.waitUntil(lambda: not page.packs.lane.busy, timeout=20_000)
    assert page.bar.text.startswith("Nothing was written")
    assert not (tmp_path / "pack.pdf").exists()
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(page.bar._button, Qt.MouseButton.LeftButton)
    assert led.args == ["report", ""]


def test_writing_a_pack_can_be_cancelled(qtbot, page, tmp_path):
    page.packs.save_to(tmp_path / "pack.pdf", page.review.review)
    qtbot.mouseClick(page.bar._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.packs.lane.busy, timeout=20_000)
    assert page.bar.text == "Cancelled: no pack was written."
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_pack_that_cannot_be_written_is_said(qtbot, page, tmp_path):
    page.packs.save_to(tmp_path / "nowhere" / "pack.pdf", page.review.review)
    qtbot.waitUntil(lambda: "was not saved" in page.bar.text, timeout=20_000)


def test_a_read_back_sheet_is_saved_with_a_number_and_listed(qtbot, page, prepared, tmp_path):
    qtbot.keyClick(page.work.list, Qt.Key.Key_Y, CTRL | Qt.KeyboardModifier.ShiftModifier)
    view = page.read_back
    assert view.isVisible()
    assert page.reviews.read_back.isChecked()
    assert view.source.hasFocus()
    assert view._none.isVisible()
    person = view.person.value()
    choose(qtbot, tmp_path / "back.pdf")
    qtbot.keyClick(view.source, Qt.Key.Key_S, CTRL)
    sheet = prepared.document.sheets[-1]
    assert (sheet.kind, sheet.source, sheet.participant) == (SheetKind.READ_BACK, view.source.value(), person)
    assert [each.head for each in view.printed.cards.cards] == [f"Sheet {sheet.number}"]
    assert (tmp_path / "back.pdf").read_bytes().startswith(b"%PDF")
    again(qtbot, page)
    qtbot.keyClick(view.source, Qt.Key.Key_Escape)
    assert page.work.list.hasFocus()


def test_an_interview_leads_to_its_read_back_sheet(page):
    page.show_thing("read-back:i2")
    assert page.read_back.source.value() == "i2"
    page.show_thing("read-back:i2")
    assert page.read_back.isVisible()
