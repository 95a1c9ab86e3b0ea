"""The follow-ups as a person works on them."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox

from app.actions.follow_ups import drop
from app.actions.open_study import OpenStudy
from app.actions.things import change, remove
from app.model.source import FollowUpState
from tests.ui.test_accessibility import nameless
from ui.desk import Desk
from ui.notebook.cards import CARD
from ui.theme import Choice, theme

OPEN, ASKED, ANSWERED, DROPPED = FollowUpState
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def follow_up(desk, key):
    return next(each for each in desk.document.follow_ups if each.key == key)


def listed(view):
    """Read the list as a person sees it: headings in brackets, follow-ups by key."""
    return [f"[{card.head}]" if card.heading else card.key for card in view.list.cards.cards]


def card(view, key):
    return view.list.cards.index(view.list.cards.place(key)).data(CARD)


@pytest.fixture
def click(qtbot):
    return lambda widget: qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def press(qtbot):
    """Press keys wherever the focus is."""

    def pressed(*keys):
        for key in keys:
            qtbot.keyClick(QApplication.focusWidget(), key)

    return pressed


@pytest.fixture
def go_to(qtbot, view):
    """Click a follow-up in the list."""

    def gone(key):
        index = view.list.cards.index(view.list.cards.place(key))
        view.list.scrollTo(index)
        qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=view.list.visualRect(index).center())
        assert view.list.current_key() == key

    return gone


# The list


def test_they_are_listed_by_person_open_ones_first_and_by_case(view, click):
    people = [
        "[P1, ML engineer  1]",
        "f1",
        "[P2, Production engineer  2]",
        "f2",
        "f3",
        "[Nobody in particular  1]",
        "f4",
    ]
    assert listed(view) == people
    click(view.by.button("case"))
    assert listed(view) == ["[Paint inspection  1]", "f1", "[Part sorting  2]", "f2", "f3", "[No case  1]", "f4"]


def test_each_says_where_from_what_became_of_it_and_how_it_was_answered(view):
    assert card(view, "f1").head == "I1 line 5 \u00b7 Paint inspection"
    assert card(view, "f1").feet == ("Open",)
    assert card(view, "f2").feet == ("Asked 15 May 2024, 11:14 in I2",)
    told = card(view, "f3")
    assert told.text == "What do users call about?"
    assert told.feet == (
        "Asked 15 May 2024, 11:14, answered in I2 line 4",
        "Versions are numbered by the supplier, sometimes with a note.",
    )


def test_states_are_chosen_with_counts_and_dropped_ones_are_hidden_at_first(qtbot, desk, view, click):
    assert [view.states.button(state).text() for state in FollowUpState] == [
        "Open 2",
        "Asked 1",
        "Answered 1",
        "Dropped 0",
    ]
    desk.do(drop, "f4", "Not ours to ask")
    assert view.states.button(DROPPED).text() == "Dropped 1"
    assert "f4" not in listed(view)
    click(view.states.button(DROPPED))
    assert card(view, "f4").feet == ("Dropped", "Why: Not ours to ask")
    for state in (OPEN, ASKED, ANSWERED):
        view.states.button(state).setFocus()
        qtbot.keyClick(view.states.button(state), Key.Key_Space)
    assert listed(view) == ["[Nobody in particular  1]", "f4"]
    click(view.states.button(DROPPED))
    assert listed(view) == []
    assert view._nothing.isVisible()


def test_a_slash_filters_by_words_and_escape_shows_all_again(qtbot, view, press):
    press(Key.Key_Slash)
    qtbot.waitUntil(view.filter.hasFocus)
    qtbot.keyClicks(view.filter, "SUPPLIER numbered")
    assert listed(view) == ["[P2, Production engineer  1]", "f3"]
    assert view.states.button(OPEN).text() == "Open 0"
    assert view.detail.follow_up.key == "f3"
    qtbot.keyClicks(view.filter, " xyz")
    assert view._nothing.text() == "No follow-up has these words."
    press(Key.Key_Escape, Key.Key_Down)
    assert view.list.hasFocus()
    assert len(listed(view)) == 7


def test_arrows_pass_over_headings(view, press):
    assert view.list.current_key() == "f1"
    press(Key.Key_Down)
    assert view.list.current_key() == "f2"
    press(Key.Key_Down, Key.Key_Down)
    assert view.list.current_key() == "f4"
    press(Key.Key_Down)
    assert view.list.current_key() == "f4"
    press(Key.Key_Home)
    assert view.list.current_key() == "f1"
    press(Key.Key_Up)
    assert view.list.current_key() == "f1"
    press(Key.Key_End, Key.Key_Up, Key.Key_Up, Key.Key_Up)
    assert view.list.current_key() == "f1"


def test_the_current_one_stays_in_sight_when_they_are_listed_otherwise(desk, show_view, click, qtbot):
    view = show_view(desk, height=230)
    view.show_follow_up("f3")
    for by in ("case", "person"):
        click(view.by.button(by))
        shown = view.list.visualRect(view.list.currentIndex())
        assert view.list.current_key() == "f3"
        assert view.list.viewport().rect().contains(shown.center())


# Going to the lines


def test_enter_and_double_click_go_to_the_uncertain_line(qtbot, view, press, go_to):
    with qtbot.waitSignal(view.entry_chosen) as chosen:
        press(Key.Key_Return)
    assert chosen.args == ["i1-5"]
    go_to("f3")
    place = view.list.visualRect(view.list.currentIndex()).center()
    with qtbot.waitSignal(view.entry_chosen) as chosen:
        qtbot.mouseDClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["i2-3"]


def test_the_line_and_the_answer_are_links(qtbot, view, click, go_to):
    go_to("f3")
    assert view.detail.origin.words.text() == "Users call when a part is sorted out wrongly."
    with qtbot.waitSignal(view.entry_chosen) as chosen:
        click(view.detail.origin.link)
    assert chosen.args == ["i2-3"]
    with qtbot.waitSignal(view.entry_chosen) as chosen:
        click(view.detail.answer.link)
    assert chosen.args == ["i2-4"]
    go_to("f3")
    with qtbot.waitSignal(view.entry_chosen) as chosen:
        qtbot.keyClick(view.list, Key.Key_Return, SHIFT)
    assert chosen.args == ["i2-4"]


def test_what_comes_from_no_line_leads_nowhere(qtbot, view, press, go_to):
    go_to("f4")
    assert not view.detail.origin.isVisible()
    with qtbot.assertNotEmitted(view.entry_chosen):
        press(Key.Key_Return)
        qtbot.keyClick(view.list, Key.Key_Return, SHIFT)


# Answering


def test_a_line_noted_since_it_was_asked_is_the_answer(qtbot, desk, view, press, go_to, study_path, passphrase):
    go_to("f2")
    press(Key.Key_A)
    form = view.detail.answer_form
    qtbot.waitUntil(form.lines.hasFocus)
    assert form.where.currentText() == "I2 Bought-in sorting model"
    offered = [form.lines.model().index(place, 0).data() for place in range(form.lines.model().rowCount())]
    assert offered == ["No line of the notes", "The supplier owns them.", "Nobody checked."]
    assert not form.done.isEnabled()
    press(Key.Key_Down, Key.Key_Return)
    now = follow_up(desk, "f2")
    assert (now.state, now.answered_in, now.answer, now.resolution) == (ANSWERED, "i2", "i2-5", "")
    assert view.list.hasFocus()
    assert not view.detail.asking
    assert view.detail.answer.words.text() == "The supplier owns them."
    assert card(view, "f2").feet[0] == "Asked 15 May 2024, 11:14, answered in I2 line 5"
    desk.study.close()
    with OpenStudy.open(study_path, passphrase) as again:
        assert follow_up(Desk(again), "f2") == now


def test_an_answer_in_words_is_typed_in_place(qtbot, desk, view, click, go_to):
    go_to("f4")
    click(view.detail.answer_button)
    form = view.detail.answer_form
    form.where.setFocus()
    qtbot.keyClicks(form.where, "M1")
    assert form.where.currentText() == "M1 Weekly project meeting"
    qtbot.mouseClick(form.words.viewport(), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(form.words, "Due in autumn")
    click(form.done)
    now = follow_up(desk, "f4")
    assert (now.state, now.answered_in, now.answer, now.resolution) == (ANSWERED, "m1", None, "Due in autumn")
    assert view.detail.resolution.text() == "Due in autumn"
    assert desk.undo() is not None
    assert follow_up(desk, "f4").state is OPEN
    assert view.detail.status.text() == "Open"


def test_the_lines_offered_are_those_of_the_interview_chosen(qtbot, view, press):
    press(Key.Key_A)
    form = view.detail.answer_form
    assert [form.lines.model().index(place, 0).data() for place in range(form.lines.model().rowCount())] == [
        "No line of the notes",
        "We would like integration tests with the line controller.",
    ]
    qtbot.keyClicks(form.where, "I2")
    assert form.lines.model().rowCount() == 7


def test_an_answer_is_changed_and_taken_back(qtbot, desk, view, press, go_to):
    go_to("f3")
    press(Key.Key_A)
    form = view.detail.answer_form
    assert form.line == "i2-4"
    qtbot.mouseClick(form.words.viewport(), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(form.words, "By number")
    press(Key.Key_Return)
    now = follow_up(desk, "f3")
    assert (now.answer, now.resolution) == ("i2-4", "By number")
    press(Key.Key_N)
    assert follow_up(desk, "f3").state is ASKED
    assert view.list.current_key() == "f3"
    press(Key.Key_O)
    assert follow_up(desk, "f3").asked_at is None
    assert follow_up(desk, "f3").state is OPEN


def test_a_half_typed_answer_is_there_again(qtbot, desk, view, press, go_to):
    press(Key.Key_A)
    form = view.detail.answer_form
    form.words.setFocus()
    qtbot.keyClicks(form.words, "Half a thou")
    go_to("f4")
    assert not view.detail.asking
    go_to("f1")
    press(Key.Key_A)
    assert form.words.value() == "Half a thou"
    press(Key.Key_Escape)
    assert not view.detail.asking
    assert view.list.hasFocus()
    press(Key.Key_A)
    assert form.words.value() == ""
    assert follow_up(desk, "f1").state is OPEN


def test_what_is_typed_stays_while_the_study_changes(qtbot, desk, view, press, go_to):
    go_to("f2")
    press(Key.Key_A, Key.Key_Down)
    form = view.detail.answer_form
    form.words.setFocus()
    qtbot.keyClicks(form.words, "Half")
    desk.do(change, replace(follow_up(desk, "f1"), case=None))
    assert form.isVisible()
    assert form.words.value() == "Half"
    assert form.line == "i2-5"


# Dropping


def test_one_is_dropped_for_a_reason_and_opened_again(qtbot, desk, view, press, click):
    press(Key.Key_Delete)
    form = view.detail.drop_form
    qtbot.waitUntil(form.words.hasFocus)
    press(Key.Key_Return)
    assert follow_up(desk, "f1").state is OPEN  # no reason, no drop
    qtbot.keyClicks(form.words, "Their handbook says so")
    press(Key.Key_Return)
    now = follow_up(desk, "f1")
    assert (now.state, now.resolution) == (DROPPED, "Their handbook says so")
    assert "f1" not in listed(view)
    assert view.list.current_key() == "f2"
    click(view.states.button(DROPPED))
    view.show_follow_up("f1")
    assert view.detail.resolution.text() == "Why: Their handbook says so"
    assert not view.detail.answer_button.isVisible()
    click(view.detail.reopen_button)
    assert follow_up(desk, "f1").state is OPEN


def test_cancel_drops_nothing(qtbot, desk, view, click):
    click(view.detail.drop_button)
    qtbot.keyClicks(view.detail.drop_form.words, "x")
    click(view.detail.drop_form.cancel)
    assert follow_up(desk, "f1").state is OPEN
    assert view.detail.drop_button.isVisible()


# Words, person, case


def test_the_words_are_edited_in_place(qtbot, desk, view, press):
    press(Key.Key_F2)
    qtbot.waitUntil(view.detail.question.hasFocus)
    qtbot.keyClicks(view.detail.question, "Within an hour?")
    press(Key.Key_Return)
    assert follow_up(desk, "f1").question == "Within an hour?"
    assert card(view, "f1").text == "Within an hour?"


def test_words_left_unfinished_are_written_for_the_right_one(qtbot, desk, view, press, go_to):
    press(Key.Key_F2)
    qtbot.keyClicks(view.detail.question, "First?")
    go_to("f2")
    assert follow_up(desk, "f1").question == "First?"
    assert follow_up(desk, "f2").question == "Who owns the labels?"
    assert view.detail.question.value() == "Who owns the labels?"
    press(Key.Key_F2)
    qtbot.keyClicks(view.detail.question, "Second?")
    view.commit()
    assert follow_up(desk, "f2").question == "Second?"


def test_no_words_are_not_kept(qtbot, desk, view, press):
    press(Key.Key_F2, Key.Key_Backspace, Key.Key_Return)
    assert follow_up(desk, "f1").question == "Can the old model be brought back within a day?"
    assert view.detail.question.value() == "Can the old model be brought back within a day?"


def test_words_that_are_too_long_are_refused_and_stay(qtbot, desk, view, press):
    with qtbot.waitSignal(desk.failed) as failed:
        press(Key.Key_F2)
        QApplication.clipboard().setText("x" * 201)
        view.detail.question.paste()
        press(Key.Key_Return)
    assert "question" in failed.args[0]
    assert view.detail.question.value() == "x" * 201
    assert len(follow_up(desk, "f1").question) < 201


def choose(qtbot, field: QComboBox, words):
    field.setFocus()
    qtbot.keyClicks(field, words)
    assert field.currentText().startswith(words)


def test_person_and_case_are_changed(qtbot, desk, view, go_to):
    go_to("f4")
    choose(qtbot, view.detail.person, "P3")
    choose(qtbot, view.detail.case, "Part")
    assert (follow_up(desk, "f4").participant, follow_up(desk, "f4").case) == ("p3", "sorting")
    assert view.list.current_key() == "f4"
    assert "[P3, Platform lead  1]" in listed(view)
    qtbot.keyClick(view.detail.person, Key.Key_Home)
    assert follow_up(desk, "f4").participant is None


# New ones


def test_a_new_one_is_asked_for_in_place(qtbot, desk, view, press, click):
    click(view.states.button(OPEN))
    press(Key.Key_Insert)
    form = view.new_form
    qtbot.waitUntil(form.words.hasFocus)
    assert not form.done.isEnabled()
    qtbot.keyClicks(form.words, "Who signs off?")
    choose(qtbot, form.person, "P3")
    choose(qtbot, form.case, "Paint")
    click(form.done)
    made = follow_up(desk, "f5")
    assert (made.question, made.participant, made.case, made.state) == ("Who signs off?", "p3", "paint", OPEN)
    assert view.list.current_key() == "f5"
    assert view.detail.question.value() == "Who signs off?"
    assert view.list.hasFocus()


def test_a_new_one_is_for_whom_the_current_one_is_and_enter_adds_it(qtbot, desk, view, press, go_to):
    go_to("f2")
    press(Key.Key_Insert)
    qtbot.keyClicks(view.new_form.words, "And who pays?")
    press(Key.Key_Return)
    assert (follow_up(desk, "f5").participant, follow_up(desk, "f5").case) == ("p2", "sorting")


def test_escape_lets_go_of_a_new_one_but_not_of_its_words(qtbot, desk, view, press):
    press(Key.Key_Insert)
    qtbot.keyClicks(view.new_form.words, "Half")
    with qtbot.assertNotEmitted(view.closed):
        press(Key.Key_Escape)
    assert view.list.hasFocus()
    assert len(desk.document.follow_ups) == 4
    press(Key.Key_Insert)
    assert view.new_form.words.value() == "Half"


# The whole


def test_escape_closes_it_and_writes_what_was_typed(qtbot, desk, view, press, click):
    press(Key.Key_F2)
    qtbot.keyClicks(view.detail.question, "Last?")
    view.list.setFocus()
    with qtbot.waitSignal(view.closed):
        press(Key.Key_Escape)
    assert follow_up(desk, "f1").question == "Last?"
    with qtbot.waitSignal(view.closed):
        click(view.close_button)


def test_without_any_it_says_what_they_are_and_offers_one(qtbot, desk, view, click):
    for each in desk.document.follow_ups:
        desk.do(remove, "follow_ups", each.key)
    assert view._empty.isVisible()
    assert "Type ? and a space at the start of a line" in view._empty.findChildren(type(view._nothing))[1].text()
    click(view._empty.button)
    qtbot.keyClicks(view.new_form.words, "Why?")
    qtbot.keyClick(view.new_form.words, Key.Key_Return)
    assert [each.question for each in desk.document.follow_ups] == ["Why?"]
    assert view.detail.isVisible()


def test_a_narrow_one_shows_the_chosen_one_under_the_list(desk, show_view):
    view = show_view(desk, 560)
    assert (
        view.detail.mapTo(view, view.detail.rect().topLeft()).y() > view.list.mapTo(view, view.list.rect().center()).y()
    )
    view.resize(1000, 720)
    assert view.detail.mapTo(view, view.detail.rect().topLeft()).x() > view.list.width() / 2


def test_a_reader_may_look_and_go_to_lines_only(qtbot, reading_view):
    view = reading_view
    detail = view.detail
    for part in (view.new_button, detail.answer_button, detail.drop_button, detail.reopen_button, detail.back_button):
        assert not part.isVisible()
    assert detail.question.isReadOnly()
    for key in (Key.Key_A, Key.Key_Delete, Key.Key_Insert):
        qtbot.keyClick(view.list, key)
    assert not detail.asking
    assert not view.new_form.isVisible()
    with qtbot.waitSignal(view.entry_chosen):
        qtbot.keyClick(view.list, Key.Key_Return)


def test_everything_has_a_name_and_every_action_words_and_a_key(view, press):
    assert nameless(view) == []
    press(Key.Key_A)
    assert nameless(view) == []
    press(Key.Key_Escape, Key.Key_Insert)
    assert nameless(view) == []
    actions = [action for owner in (view, view.list) for action in owner.actions()]
    assert all(action.text() and not action.shortcut().isEmpty() for action in actions)
    assert len({action.shortcut().toString() for action in actions}) == len(actions) == 9
    assert all(isinstance(action, QAction) for action in actions)


def test_it_changes_with_the_theme(view):
    theme().choose(Choice.LIGHT)
    light = view.grab().toImage()
    theme().choose(Choice.DARK)
    assert view.grab().toImage() != light


def test_markup_in_a_question_is_shown_as_it_was_typed(desk, view):
    desk.do(change, replace(follow_up(desk, "f1"), question="<b>bold</b> & more?"))
    assert view.detail.question.value() == "<b>bold</b> & more?"
    assert card(view, "f1").text == "<b>bold</b> & more?"
