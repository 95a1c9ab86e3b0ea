"""The Review page as a person uses it: prepare, answer by keys, resolve, and see what the report says of it."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions import findings, reviews, things
from app.actions.overrides import Place
from app.analysis.reviews import At
from app.model.assessment import ReviewVerdict
from app.model.source import SheetKind
from app.store.errors import NotWritten
from tests.ui.tabbing import missed
from tests.ui.test_accessibility import nameless
from ui.review.items import FINDING_NOW, OPEN
from ui.review.page import ReviewPage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
RUBRIC = "mlops-maturity"
FIRST = f"{RUBRIC}/paint/training-deployment"


def item(desk, key=FIRST, review=0):
    rubric, case, principle = key.split("/")
    found = desk.document.reviews[review].items
    return next(each for each in found if (each.rubric, each.case, each.principle) == (rubric, case, principle))


def card(page, key=FIRST):
    return page.work.list.cards.cards[page.work.list.cards.place(key)]


def listed(page):
    return [each.key for each in page.work.list.cards.cards if not each.heading]


def press(qtbot, page, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(page.work.list, key, held)


def write(qtbot, field, words):
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)


# The way there


def test_without_people_it_leads_to_where_they_are_added(qtbot, desk, show_page):
    for each in desk.document.participants:
        desk.do(things.remove, "participants", each.key)
    page = show_page(desk)
    assert page.no_people.isVisible()
    assert not page.reviews.isVisible()
    assert page.context_panel() is None
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(page.no_people.button, Qt.Key.Key_Return)
    assert led.args == ["overview", "participants"]


def test_without_answers_it_leads_to_assess(qtbot, desk, show_page):
    for table in ("answers", "findings", "overrides"):
        for each in getattr(desk.document, table):
            desk.study.work_as(getattr(each, "assessor", "ada"))
            desk.do(things.remove_thing, each)
    page = show_page(desk)
    assert page.no_answers.isVisible()
    page.new_review()
    assert not page.form.isVisible()
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(page.no_answers.button, Qt.MouseButton.LeftButton)
    assert led.args == ["assess", ""]


def test_a_review_is_prepared_in_place_by_keys(qtbot, desk, show_page):
    page = show_page(desk)
    assert page.no_reviews.button.hasFocus()
    qtbot.keyClick(page.no_reviews.button, Qt.Key.Key_Insert)
    form = page.form
    qtbot.waitUntil(form.person.hasFocus)
    assert not form.begin_button.isEnabled()
    assert form.cases.picked == ("paint", "sorting")
    qtbot.keyClick(form.person, Qt.Key.Key_Down)
    assert form.begin_button.isEnabled()
    assert not form._rubric_row.isVisible()
    qtbot.keyClick(form.person, Qt.Key.Key_Return, CTRL)
    made = desk.document.reviews[0]
    assert (made.reviewer, made.round) == (desk.document.participants[0].key, "r1")
    assert {each.case for each in made.items} == {"paint", "sorting"}
    assert desk.document.sheets[-1].kind is SheetKind.REVIEW
    qtbot.waitUntil(page.work.list.hasFocus)
    assert listed(page)[0] == FIRST
    desk.undo()
    assert page.no_reviews.isVisible()


def test_what_removes_a_review_stands_at_its_name_and_never_alone(page):
    bottom = page.work.remove.mapTo(page.work, page.work.remove.rect().bottomLeft()).y()
    assert bottom < page.work.remark.mapTo(page.work, page.work.remark.rect().topLeft()).y()


def test_a_new_review_can_be_let_go_of(qtbot, page, prepared):
    qtbot.keyClick(page.work.list, Qt.Key.Key_Insert)
    assert page.form.isVisible()
    assert page.context_panel() is None
    qtbot.keyClick(page.form.person, Qt.Key.Key_Escape)
    assert page.work.isVisible()
    assert page.work.list.hasFocus()
    assert len(prepared.document.reviews) == 1


def test_what_is_no_day_stays_in_the_form_with_what_is_said_of_it(qtbot, page):
    qtbot.keyClick(page.work.list, Qt.Key.Key_Insert)
    form = page.form
    qtbot.keyClick(form.person, Qt.Key.Key_Down)
    form.back_by.setFocus()
    qtbot.waitUntil(form.back_by.hasFocus)
    qtbot.keyClicks(form.back_by, "2026-13-45")
    qtbot.keyClick(form.back_by, Qt.Key.Key_Tab)
    assert not form.back_by.hasFocus()
    assert form.back_by.text() == "2026-13-45"
    assert form._lacking.text() == "Write the day as 2022-10-31."
    assert not form.begin_button.isEnabled()
    form.back_by.setFocus()
    qtbot.keyClick(form.back_by, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert form.back_by.text() == ""
    assert form.begin_button.isEnabled()
    qtbot.keyClicks(form.back_by, "32.1.")
    form.cancel_button.click()
    page.new_review()
    assert form.back_by.text() == form.back_by.property("state") == ""


# Answering and resolving


def test_digits_give_the_insiders_verdict(qtbot, page, prepared):
    for key, verdict in (
        (Qt.Key.Key_1, ReviewVerdict.CONFIRMED),
        (Qt.Key.Key_2, ReviewVerdict.CORRECTED),
        (Qt.Key.Key_3, ReviewVerdict.DISPUTED),
        (Qt.Key.Key_0, None),
    ):
        press(qtbot, page, key)
        assert item(prepared).verdict is verdict
        assert card(page).verdict is verdict
    prepared.undo()
    assert card(page).verdict is ReviewVerdict.DISPUTED


def test_a_click_gives_the_verdict_too(qtbot, page, prepared):
    qtbot.mouseClick(page.work.pane.verdict.button("corrected"), Qt.MouseButton.LeftButton)
    assert item(prepared).verdict is ReviewVerdict.CORRECTED
    qtbot.mouseClick(page.work.pane.verdict.button("none"), Qt.MouseButton.LeftButton)
    assert item(prepared).verdict is None


def test_a_dispute_is_commented_resolved_and_reported(qtbot, page, prepared):
    press(qtbot, page, Qt.Key.Key_3)
    assert OPEN in card(page).feet
    press(qtbot, page, Qt.Key.Key_C)
    write(qtbot, page.work.pane.comment, "Nobody deploys by hand any more")
    qtbot.waitUntil(page.work.list.hasFocus)
    assert item(prepared).comment == "Nobody deploys by hand any more"
    assert page.reviews.list.cards.cards[0].feet[0].startswith("1 open")
    press(qtbot, page, Qt.Key.Key_R)
    write(qtbot, page.work.pane.resolution, "Looked at it again on site; the answer stands")
    assert item(prepared).resolution == "Looked at it again on site; the answer stands"
    assert not any(OPEN in each for each in card(page).feet)
    told = " ".join(reported(prepared))
    assert "Disputed" in told
    assert "Nobody deploys by hand any more" in told
    assert "Looked at it again on site" in told
    prepared.undo()
    assert OPEN in card(page).feet


def reported(desk):
    """Give the words of the report, as printed."""
    from app.report.build import make_report
    from app.report.snapshot import take

    return [each.text for each in make_report(take(desk.study.revealed, version="1")).printed]


def test_a_resolution_taken_out_opens_the_dispute_again(qtbot, page, prepared):
    at = At(RUBRIC, "training-deployment", "paint")
    prepared.do(reviews.answer, "review-1", at, ReviewVerdict.DISPUTED, "No")
    prepared.do(reviews.resolve, "review-1", at, "It stands")
    page.work.pane.edit_resolution()
    field = page.work.pane.resolution
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert item(prepared).resolution == ""
    assert OPEN in card(page).feet


def test_nothing_is_to_be_resolved_where_it_was_confirmed(qtbot, page):
    press(qtbot, page, Qt.Key.Key_1)
    press(qtbot, page, Qt.Key.Key_R)
    assert not page.work.pane.resolution.isVisible()
    assert page.work.list.hasFocus()


def test_what_is_being_typed_is_kept_when_the_page_is_left(qtbot, page, prepared):
    press(qtbot, page, Qt.Key.Key_C)
    qtbot.keyClicks(page.work.pane.comment, "Half a")
    page.leave()
    assert item(prepared).comment == "Half a"


def test_what_cannot_be_written_stays_where_it_was_typed(qtbot, page, prepared, monkeypatch):
    press(qtbot, page, Qt.Key.Key_3)
    failing = lambda *_args, **_kwargs: (_ for _ in ()).throw(NotWritten("There is no room left."))  # noqa: E731
    monkeypatch.setattr(prepared.study, "do", failing)
    for key, field, words in (
        (Qt.Key.Key_C, page.work.pane.comment, "A comment"),
        (Qt.Key.Key_R, page.work.pane.resolution, "A reason"),
    ):
        press(qtbot, page, key)
        with qtbot.waitSignal(prepared.failed):
            write(qtbot, field, words)
        assert field.value() == words
        assert field.pending
    page.work.remark.setFocus()
    write(qtbot, page.work.remark, "A remark")
    kept = {each.action.__name__: each.args[1:] for each in page.unsaved()}
    at = At(RUBRIC, "training-deployment", "paint")
    assert kept == {
        "remark": ("A remark",),
        "answer": (at, ReviewVerdict.DISPUTED, "A comment"),
        "resolve": (at, "A reason"),
    }
    monkeypatch.undo()
    page.leave()
    assert (item(prepared).comment, item(prepared).resolution) == ("A comment", "A reason")
    assert page.unsaved() == []


def test_a_remark_on_the_whole_is_kept(qtbot, page, prepared):
    field = page.work.remark
    field.setFocus()
    write(qtbot, field, "Mostly as we see it")
    assert prepared.document.reviews[0].remark == "Mostly as we see it"
    assert page.work.list.hasFocus()
    prepared.undo()
    assert field.value() == ""


# Finding one's way


def test_filters_show_what_is_unanswered_open_disputed_or_changed(qtbot, page, prepared):
    press(qtbot, page, Qt.Key.Key_3)
    every = listed(page)
    for name, keys in (("unanswered", every[1:]), ("open", [FIRST]), ("disputed", [FIRST]), ("changed", [])):
        qtbot.mouseClick(page.work.filter.button(name), Qt.MouseButton.LeftButton)
        assert listed(page) == keys
        assert page.work.filter.button(name).text().endswith(str(len(keys)))
    assert page.work._nothing.isVisible()
    assert not page.work.pane.isVisible()
    at = At(RUBRIC, "training-deployment", "paint")
    place = Place(rubric=RUBRIC, principle="training-deployment", case="paint", round="r1")
    prepared.do(findings.write_finding, place, "Deployed by hand, trained by a job")
    assert listed(page) == [FIRST]
    assert f"{FINDING_NOW}Deployed by hand, trained by a job" in card(page).feet
    prepared.do(reviews.answer, "review-1", at, ReviewVerdict.CONFIRMED, "")
    assert page.work.filter.value() == "changed"


def test_a_result_leads_to_its_level_and_its_answers(qtbot, page):
    for key, held, led in (
        (Qt.Key.Key_R, CTRL, ["results", f"{RUBRIC}|r1|paint/training-deployment"]),
        (Qt.Key.Key_R, CTRL | SHIFT, ["assess", f"{RUBRIC}|r1|paint"]),
    ):
        with qtbot.waitSignal(page.go) as gone:
            press(qtbot, page, key, held)
        assert gone.args == led
    with qtbot.waitSignal(page.go) as gone:
        qtbot.mouseClick(page.work.pane.to_results, Qt.MouseButton.LeftButton)
    assert gone.args[0] == "results"


def test_somebody_is_led_to_a_result(qtbot, page):
    last = listed(page)[-1]
    page.work.filter.set_value("open")
    page.show_thing(f"review-1/{last}")
    assert page.work.list.current_key() == last
    assert page.shown_thing() == f"review-1/{last}"
    assert page.case == "sorting"
    page.show_thing("review-1/paint/training-deployment")
    assert page.work.list.current_key() == FIRST
    page.show_thing(f"review-1/{last}")
    page.show_thing("review-9/nothing")
    assert page.shown_thing() == f"review-1/{last}"


def test_the_panel_tells_what_a_result_rests_on_and_its_history(qtbot, page, prepared):
    with qtbot.waitSignal(page.panel_asked):
        press(qtbot, page, Qt.Key.Key_E, CTRL)
    assert page.side.why.place == ("paint", "training-deployment")
    page.setFocus()
    press(qtbot, page, Qt.Key.Key_3)
    qtbot.mouseClick(page.side.tabs.button("history"), Qt.MouseButton.LeftButton)
    assert "Verdict: disputed" in told(page.side.history)
    page.setFocus()
    press(qtbot, page, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "Verdict: confirmed" in told(page.side.history))
    press(qtbot, page, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "nothing has been changed" in told(page.side.history))
    qtbot.keyClick(page.side.history, Qt.Key.Key_Escape)
    assert page.work.list.hasFocus()


def test_the_panel_tells_of_another_round_than_the_one_shown(qtbot, page, prepared):
    prepared.show(in_round="r2")
    page._tell()
    assert page.side.why.place == ("paint", "training-deployment")
    made = page.side._made
    page._tell()
    assert page.side._made is made


def told(panel):
    from PySide6.QtWidgets import QLabel

    return "\n".join(each.text() for each in panel.findChildren(QLabel))


def test_several_reviews_are_gone_through(qtbot, page, prepared):
    prepared.do(reviews.prepare, "p2", "r1", ("sorting",), RUBRIC)
    assert len(page.reviews.list.cards.cards) == 2
    page.reviews.list.setFocus()
    qtbot.keyClick(page.reviews.list, Qt.Key.Key_Down)
    assert {key.split("/")[1] for key in listed(page)} == {"sorting"}
    page._show_read_back()
    page.reviews.list.setFocus()
    qtbot.keyClick(page.reviews.list, Qt.Key.Key_Return)
    assert page.work.list.hasFocus()
    page.reviews.list.setFocus()
    qtbot.keyClick(page.reviews.list, Qt.Key.Key_Delete, CTRL)
    assert len(prepared.document.reviews) == 1
    assert FIRST in listed(page)
    prepared.undo()
    assert len(page.reviews.list.cards.cards) == 2


def test_the_keys_of_a_review_hold_in_the_panel_and_those_of_a_pack_only_where_one_is(qtbot, page, prepared):
    keys = {action.text(): action for action in page.side.actions()}
    save, read = keys["Save the review pack as PDF…"], keys["Read a filled review form…"]
    assert (save.isEnabled(), read.isEnabled()) == (True, True)
    page._show_read_back()
    assert (save.isEnabled(), read.isEnabled()) == (False, False)
    page._show_read_back()
    assert save.isEnabled()
    prepared.do(things.change, replace(prepared.document.reviews[0], sheet=""))
    assert (save.isEnabled(), read.isEnabled()) == (False, False)
    assert [each.text() for each in page.reviews.actions()].count("Remove the review") == 1


def test_a_window_that_only_reads_changes_nothing(qtbot, study_path, passphrase, show_page, reading_of):
    desk = reading_of()
    page = show_page(desk)
    before = desk.document
    with qtbot.waitSignal(desk.told):
        press(qtbot, page, Qt.Key.Key_1)
    for key, held in ((Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Delete, CTRL)):
        press(qtbot, page, key, held)
    assert desk.document == before
    assert page.work.pane.comment.isReadOnly()
    assert not page.reviews.new_button.isVisible()


def test_tab_comes_to_everything(qtbot, prepared, show, to_file):
    page = ReviewPage(prepared)
    prepared.changed.connect(page.refresh)
    page.refresh()
    show(page, 900, 760)
    page.setFocus()
    press(qtbot, page, Qt.Key.Key_3)
    assert missed(qtbot, page, page.work.list) == []
    page.new_review()
    assert missed(qtbot, page, page.form.person) == []
    page._show_read_back()
    assert missed(qtbot, page, page.read_back.source) == []
    page._print_read_back()
    assert missed(qtbot, page, page.read_back.source) == []
    page._show_read_back()
    page._print_pack()
    assert missed(qtbot, page, page.printing.strip.printer) == []


def test_everything_has_a_name(qtbot, page):
    press(qtbot, page, Qt.Key.Key_3)
    assert nameless(page) == []
    page.new_review()
    assert nameless(page) == []
    page._show_read_back()
    page._print_read_back()
    assert nameless(page) == []


def test_a_screen_reader_is_told_level_verdict_and_what_is_open(qtbot, page):
    model, role = page.work.list.cards, Qt.ItemDataRole.AccessibleTextRole
    spoken = lambda: model.index(model.place(FIRST)).data(role)  # noqa: E731
    assert "No answer yet" in spoken()
    press(qtbot, page, Qt.Key.Key_3)
    assert all(words in spoken() for words in ("Training & deployment", "Disputed", OPEN))


def test_all_of_the_page_fits_the_narrowest_window(window):
    workspace = window.workspace
    assert workspace.desk.do(reviews.prepare, "p1", "r1", ("paint", "sorting"), RUBRIC)
    window.resize(window.minimumSize())
    workspace.show_page("review", workspace.desk.document.reviews[0].key)
    assert workspace.page.work.save_pack.isVisible()
    QApplication.processEvents()
    assert workspace.splitter.page.horizontalScrollBar().maximum() == 0
