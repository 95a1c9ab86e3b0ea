"""The hour in the room: the clock, the guide, what is still to ask, and the way from a question to its answer."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.actions.things import change
from app.analysis.afterwards import later_changes
from app.model.source import Clock as Running
from app.model.source import EntryKind, FollowUpState, SourceStatus
from ui.capture.session_bar import clock_text, span_text
from ui.interviews.people import people_options

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier


def source(page):
    return next(each for each in page.desk.document.sources if each.key == page.source.key)


def texts(page):
    return [(entry.kind, entry.text) for entry in source(page).entries]


def heads(pane):
    return [card.head for card in pane.view.cards.cards if not card.heading]


# The window


def test_the_notes_get_the_whole_window_and_give_it_back(window, capturing, press):
    workspace = window.workspace
    assert not workspace.rail.isVisible()
    assert not workspace.top.isVisible()
    assert not capturing.list.isVisible()
    assert not capturing.header.isVisible()
    assert capturing.capture.bar.isVisible()
    assert capturing.notebook.editor.hasFocus()
    assert window.windowTitle() == "Fieldquill"
    assert window.isFullScreen()
    press(KEY.Key_F11)
    assert workspace.rail.isVisible()
    assert workspace.top.isVisible()
    assert capturing.list.isVisible()
    assert not capturing.capture.bar.isVisible()
    assert window.windowTitle() != "Fieldquill"
    assert not window.isFullScreen()


def test_the_list_of_interviews_is_as_wide_afterwards_as_it_was(window, page, press):
    page._work.moveSplitter(260, 1)
    before = page.list.width()
    assert before > page.list.minimumWidth()
    press(KEY.Key_F11)
    QApplication.processEvents()
    press(KEY.Key_F11)
    QApplication.processEvents()
    assert page.list.width() == pytest.approx(before, abs=2)


def test_a_window_that_filled_the_screen_before_goes_on_doing_so(window, page, press):
    window.showFullScreen()
    press(KEY.Key_F11)
    assert window.isFullScreen()
    window.showNormal()
    press(KEY.Key_F11)
    assert not window.isFullScreen()


def test_the_button_leaves_too_and_another_page_does(qtbot, window, capturing, press):
    qtbot.mouseClick(capturing.capture.bar.leave, Qt.MouseButton.LeftButton)
    assert not capturing.capture.on
    press(KEY.Key_F11)
    window.workspace.show_page("overview")
    assert not capturing.capture.on
    assert window.workspace.rail.isVisible()


def test_without_an_interview_one_is_begun(qtbot, window):
    window.workspace.show_page("interviews")
    page = window.workspace.page
    for each in page.desk.document.sources:
        page.remove_source(each.key)
    qtbot.keyClick(page, KEY.Key_F11)
    assert page.capture.on
    assert page.source is not None


# The clock


def test_start_pause_go_on_and_end(capturing, clock, press):
    bar = capturing.capture.bar
    assert bar.start.text() == "Start"
    press(KEY.Key_F8)
    assert source(capturing).clock is Running.RUNNING
    assert source(capturing).started_at == clock.now
    clock.forward(minutes=10)
    press(KEY.Key_F8)
    clock.forward(minutes=5)
    assert (bar.start.text(), bar._left.text()[:6]) == ("Go on", "paused")
    press(KEY.Key_F8)
    clock.forward(minutes=3, seconds=7)
    bar._show_time()
    assert bar._elapsed.text() == "13:07"
    assert bar._left.text() == "31 min left"
    clock.forward(minutes=40)
    bar._show_time()
    assert bar._left.text() == "8 min over"
    press(KEY.Key_F8, SHIFT)
    ended = source(capturing)
    assert (ended.clock, ended.ended_at, ended.paused) == (Running.STOPPED, clock.now, 300)


def test_what_must_be_known_is_asked_once_at_the_end(qtbot, capturing, clock, press, type_):
    press(KEY.Key_F8)
    clock.forward(minutes=31)
    press(KEY.Key_F8, SHIFT)
    qtbot.waitUntil(lambda: capturing.window().focusWidget().accessibleName() == "Consent")
    type_("Agreed, not to be quoted")
    press(KEY.Key_Tab)
    type_("Laptop, no photographs")
    press(KEY.Key_Return)
    asked = source(capturing)
    assert (asked.minutes, asked.consent, asked.allowed) == ("31", "Agreed, not to be quoted", "Laptop, no photographs")
    assert capturing.notebook.editor.hasFocus()


def test_what_is_asked_at_the_end_keeps_the_keys_of_the_notes_under_it(qtbot, capturing, press, type_):
    press(KEY.Key_F8)
    press(KEY.Key_F8, SHIFT)
    asking = capturing.capture._particulars
    qtbot.waitUntil(asking.consent.hasFocus)
    for key, held in ((KEY.Key_F2, NONE), (KEY.Key_F8, NONE), (KEY.Key_L, CTRL | SHIFT), (KEY.Key_1, CTRL)):
        press(key, held)
        assert asking.consent.hasFocus()
    type_("Agreed")
    assert asking.consent.text() == "Agreed"
    assert source(capturing).clock is Running.STOPPED
    assert texts(capturing) == []
    press(KEY.Key_Escape)
    press(KEY.Key_F8)
    assert source(capturing).clock is Running.RUNNING


def test_somebody_who_is_not_in_the_study_yet_is_added_at_the_end(qtbot, capturing, clock, press):
    press(KEY.Key_F8)
    clock.forward(minutes=31)
    press(KEY.Key_F8, SHIFT)
    people = capturing.capture._particulars.people
    people.setFocus()
    qtbot.keyClick(people, "P")
    qtbot.keyClicks(people.popup.line, "lant manager")
    qtbot.keyClick(people.popup.line, KEY.Key_Return)
    qtbot.keyClick(people.popup.line, KEY.Key_Escape)
    qtbot.waitUntil(people.hasFocus)
    capturing.capture._particulars.button.click()
    added = capturing.desk.document.participants[-1]
    assert added.role == "Plant manager"
    assert (added.key, "Plant manager A", "") in people_options(capturing.desk.document), "the role is told once"
    assert added.key in source(capturing).participants


def test_nothing_is_said_to_be_answered_where_there_are_no_cases(capturing, monkeypatch):
    words = [label.text() for label in capturing.capture.asking.nothing.findChildren(QLabel)]
    assert "Nothing is left to ask" in words
    bare = replace(capturing.desk.document, cases=())
    monkeypatch.setattr(type(capturing.desk), "document", bare)
    capturing.capture._show_cards()
    words = [label.text() for label in capturing.capture.asking.nothing.findChildren(QLabel)]
    assert "No cases yet" in words


def test_finish_seals_the_notes(qtbot, capturing, clock, press, type_):
    press(KEY.Key_F8)
    type_("said")
    clock.forward(minutes=30)
    press(KEY.Key_F8, SHIFT)
    press(KEY.Key_Escape)
    clock.forward(minutes=20)
    press(KEY.Key_Return, CTRL | SHIFT)
    assert source(capturing).status is SourceStatus.FINISHED
    assert capturing.capture.bar._left.text() == "finished 20 min after the end"
    assert not capturing.capture.bar.start.isVisible()
    type_("x")
    assert capturing.notebook.seal.reason.hasFocus(), "typing into finished notes asks why"
    type_("Heard it wrong")
    press(KEY.Key_Return)
    type_(", twice")
    capturing.notebook.leave()
    assert [text for _kind, text in texts(capturing)] == ["said, twice"]
    (version,) = [each for each in capturing.desk.document.versions if each.source == "i3"]
    assert (version.text, version.reason, version.by) == ("said", "Heard it wrong", "ada")
    press(KEY.Key_End)
    press(KEY.Key_Return)
    type_("and forgot this")
    capturing.notebook.leave()
    told = {line.mark: line.steps[0].reason for line in later_changes(capturing.desk.document, "i3")}
    assert told == {"": "Heard it wrong", "Added later": "Heard it wrong"}


@pytest.mark.parametrize(
    ("time", "clock", "words"),
    [
        (timedelta(), "0:00", "0 min"),
        (timedelta(seconds=754), "12:34", "12 min"),
        (timedelta(hours=1, minutes=2, seconds=5), "1:02:05", "1 h 2 min"),
        (timedelta(hours=2), "2:00:00", "2 h"),
    ],
)
def test_times_are_written_as_people_do(time, clock, words):
    assert clock_text(time) == clock
    assert span_text(time) == words


# The guide


@pytest.fixture
def guided(capturing, press):
    """The interview follows the standard guide."""
    capturing.desk.do(change, replace(source(capturing), guide="g1"))
    press(KEY.Key_F8)
    return capturing


def test_the_guide_is_gone_through_by_key(guided, press, type_):
    assert heads(guided.capture.guide) == ["○ 1 · 10 min", "○ 2 · 10 min"]
    press(KEY.Key_F2)
    assert heads(guided.capture.guide)[0] == "◑ 1 · asked · 10 min"
    type_("by hand, every month")
    press(KEY.Key_Return)
    guided.notebook.leave()
    assert texts(guided) == [
        (EntryKind.QUESTION, "How does a new model get into production?"),
        (EntryKind.PARAPHRASE, "by hand, every month"),
    ]


def test_words_under_a_question_answer_it(qtbot, guided, press, type_):
    press(KEY.Key_F2)
    press(KEY.Key_F2)
    assert [each.answered for each in source(guided).asked] == [False, False], "no words, no answer"
    type_("users complain")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: source(guided).asked[1].answered)
    assert heads(guided.capture.guide)[1] == "● 2 · answered · 10 min"
    press(KEY.Key_F2, SHIFT)
    assert [each.answered for each in source(guided).asked] == [True, True]


def test_a_question_is_put_by_a_click_answered_by_another_and_taken_back(qtbot, guided):
    view = guided.capture.guide.view
    place = next(place for place, card in enumerate(view.cards.cards) if card.key == "g1-1")
    middle = view.visualRect(view.cards.index(place)).center() + QPoint(0, 12)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert [each.question for each in source(guided).asked] == ["g1-1"]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert source(guided).asked[0].answered
    view.setFocus()
    qtbot.keyClick(view, KEY.Key_Delete)
    assert source(guided).asked == ()


def test_a_question_is_late_when_its_time_has_gone(guided, clock):
    clock.forward(minutes=11)
    guided.capture.show_source(source(guided))
    assert heads(guided.capture.guide) == ["○ 1 · 10 min · late", "○ 2 · 10 min"]


# What is still to ask


def test_what_has_no_evidence_is_still_to_ask_and_put_by_number(qtbot, capturing, press, type_):
    pane = capturing.capture.asking
    before = heads(pane)
    assert before[0].startswith("○ 1 · ")
    wanted = capturing.capture._items[1]  # the first is a follow-up of another interview
    press(KEY.Key_2, CTRL)
    type_("yes, since May")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: any(each.state is FollowUpState.ANSWERED for each in capturing.desk.document.follow_ups))
    (answered,) = [each for each in capturing.desk.document.follow_ups if each.state is FollowUpState.ANSWERED]
    answer = next(entry for entry in source(capturing).entries if entry.key == answered.answer)
    assert (answered.criterion, answered.answered_in, answer.text) == (wanted.criterion, "i3", "yes, since May")
    assert texts(capturing)[0] == (EntryKind.QUESTION, wanted.question)
    assert len(heads(pane)) == len(before)
    assert heads(pane)[-1].startswith("● ")


def test_an_uncertain_line_comes_up_to_be_asked(qtbot, capturing, press, type_):
    type_("? how often is it trained")
    press(KEY.Key_Return)
    capturing.notebook.leave()
    qtbot.waitUntil(
        lambda: "how often is it trained" in [card.text for card in capturing.capture.asking.view.cards.cards]
    )
    second = capturing.capture.asking.view.cards.cards[1]
    assert (second.text, second.feet) == ("how often is it trained", ("uncertain in I3 line 1",))
    press(KEY.Key_2, CTRL)
    type_("every quarter")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: capturing.desk.document.follow_ups[-1].state is FollowUpState.ANSWERED)
    follow_up = capturing.desk.document.follow_ups[-1]
    lines = {entry.key: entry.text for entry in source(capturing).entries}
    assert (lines[follow_up.entry], lines[follow_up.answer]) == ("how often is it trained", "every quarter")


def test_words_in_a_second_note_taker_s_own_notes_answer_too(qtbot, window, capturing, press, type_):
    type_("what Ada noted")
    capturing.leave()
    window.workspace._work_as("ben")
    capturing.notebook.show_author("ben")
    press(KEY.Key_1, CTRL)
    type_("so he says")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: any(each.state is FollowUpState.ANSWERED for each in capturing.desk.document.follow_ups))
    (answered,) = [each for each in capturing.desk.document.follow_ups if each.state is FollowUpState.ANSWERED]
    assert (answered.answered_in, answered.answer, answered.resolution) == ("i3", None, "so he says")
    assert [line.text for line in source(capturing).originals][-1] == "so he says"


def test_a_question_can_be_put_from_the_list_and_taken_back(qtbot, capturing, press):
    press(KEY.Key_J, CTRL)
    view = capturing.capture.asking.view
    assert view.hasFocus()
    press(KEY.Key_Down)
    key = view.current_key()
    press(KEY.Key_Return)
    assert capturing.notebook.editor.hasFocus()
    asked = capturing.desk.document.follow_ups[-1]
    assert asked.state is FollowUpState.ASKED
    assert source(capturing).clock is Running.RUNNING, "who puts a question has begun"
    view.set_current(key)
    view.setFocus()
    press(KEY.Key_Delete)
    assert capturing.desk.document.follow_ups[-1].state is FollowUpState.OPEN


def test_the_numbers_mean_pages_again_outside(window, capturing, press):
    press(KEY.Key_F11)
    press(KEY.Key_1, CTRL)
    assert window.workspace.page.name == "overview"


def test_locked_and_unlocked_the_interview_goes_on_where_it_was(qtbot, window, capturing, press, type_, passphrase):
    press(KEY.Key_F8)
    type_("half a sen")
    press(KEY.Key_F12)
    assert window.locked
    assert not capturing.isVisible()
    assert [text for _kind, text in texts(capturing)] == ["half a sen"]
    type_(passphrase)
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: not window.locked)
    assert capturing.capture.on
    type_("tence")
    capturing.notebook.leave()
    assert [text for _kind, text in texts(capturing)] == ["half a sentence"]


def test_reading_only_nothing_is_offered(qtbot, show, reading_desk):
    from ui.interviews.page import InterviewsPage

    page = InterviewsPage(reading_desk)
    page.refresh()
    show(page)
    page.capture.set_on(True)
    assert not page.capture.bar.start.isVisible()
    page.capture.start_or_pause()
    page.capture.end()
    page.capture.finish()
    page.capture.next_question()
    assert reading_desk.document == reading_desk.study.document
