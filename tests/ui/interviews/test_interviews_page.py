"""The Interviews page as a person uses it."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.actions.guides import remove_guide
from app.actions.open_study import OpenStudy
from app.actions.sources import change_head
from app.actions.things import remove
from app.model.source import Part, SourceKind, SourceStatus
from app.store.errors import NotWritten

CTRL, SHIFT, NONE = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "No"))


def source_of(desk, key):
    return next(source for source in desk.document.sources if source.key == key)


def keys(desk):
    return [source.key for source in desk.document.sources]


@pytest.fixture
def click(qtbot):
    return lambda widget: qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def click_card(qtbot, view, key, spot=""):
    index = view.cards.index(view.cards.place(key))
    point = view.spot_point(key, spot).toPoint() if spot else view.visualRect(index).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def type_over(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def pick(qtbot, field, *places):
    """Tick rows of a field's list by their place, and close it."""
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    view = field.popup.view
    for place in places:
        view.setCurrentIndex(view.model().index(place, 0))
        qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: field.popup is None)


# The list


def test_the_last_source_is_shown_first_and_arrows_go_through_the_others(qtbot, page):
    assert page.list.current == "i3"
    page.list.view.setFocus()
    qtbot.keyClick(page.list.view, Qt.Key.Key_Up)
    assert page.source.key == "m1"
    assert page.header.title.text() == "Weekly project meeting"
    assert page.header.citation.text() == "M1"


def test_the_current_source_stays_in_sight_when_its_list_gets_lower(qtbot, page):
    view = page.list.view
    high = view.visualRect(view.currentIndex()).bottom()
    assert view.viewport().height() > high
    view.setFixedHeight(high - 20)
    qtbot.waitUntil(lambda: view.height() == high - 20)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_the_first_source_of_a_study_is_marked_in_the_list(qtbot, desk, page):
    for key in keys(desk):
        page.remove_source(key)
    view = page.list.view
    view.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(page.header.title.hasFocus)
    assert [index.data() for index in view.selectionModel().selectedIndexes()] == ["New interview"]


def test_a_slash_filters_and_down_goes_into_what_is_left(qtbot, page):
    page.list.view.setFocus()
    qtbot.keyClick(page.list.view, Qt.Key.Key_Slash)
    qtbot.waitUntil(page.list.filter.hasFocus)
    qtbot.keyClicks(page.list.filter, "paint")
    assert [item.key for item in page.list._model.items if not item.head] == ["i1"]
    qtbot.keyClick(page.list.filter, Qt.Key.Key_Escape)
    assert len([item for item in page.list._model.items if not item.head]) == 4


def test_typing_a_whole_interview_by_keyboard(qtbot, desk, page, study_path, passphrase):
    page.list.view.setFocus()
    qtbot.keyClick(page.list.view, Qt.Key.Key_N, CTRL)
    title = page.header.title
    qtbot.waitUntil(title.hasFocus)
    qtbot.keyClicks(title, "Head of quality")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    qtbot.waitUntil(page.notebook.editor.hasFocus)
    for line in ("Alarms go to nobody", '" We look on Mondays', "? which dashboard"):
        qtbot.keyClicks(page.notebook.editor, line)
        qtbot.keyClick(page.notebook.editor, Qt.Key.Key_Return)
    page.leave()
    made = source_of(desk, "i4")
    assert (made.title, made.round, made.kind) == ("Head of quality", "r2", SourceKind.INTERVIEW)
    assert [each.assessor for each in made.assessors] == ["ada"]
    assert [entry.text for entry in made.entries] == ["Alarms go to nobody", "We look on Mondays", "which dashboard"]
    desk.study.close()
    with OpenStudy.open(study_path, passphrase) as again:
        assert next(source for source in again.document.sources if source.key == "i4") == made


def test_other_kinds_of_source_come_from_the_menu(desk, page):
    menu = page.list._more.menu()
    next(action for action in menu.actions() if action.text() == "New document").trigger()
    assert source_of(desk, "d1").kind is SourceKind.DOCUMENT
    assert page.header.citation.text() == "D1"


def test_removing_a_source_shows_its_neighbour_and_undo_brings_it_back(qtbot, desk, page):
    page._choose("i1")
    before = desk.document
    page.list.view.setFocus()
    qtbot.keyClick(page.list.view, Qt.Key.Key_Delete)
    assert keys(desk) == ["i2", "i3", "m1"]
    assert page.list.current == "i2"
    assert not [passage for passage in desk.document.passages if passage.source == "i1"]
    desk.undo()
    assert desk.document == before
    assert "i1" in [item.key for item in page.list._model.items]


def test_without_interviews_the_page_says_what_it_is_for_and_makes_the_first(qtbot, desk, page, click):
    for key in keys(desk):
        page.remove_source(key)
    assert page._empty.isVisible()
    click(page._empty.button)
    assert keys(desk) == ["i1"]
    assert not page._empty.isVisible()


def test_notes_are_empty_with_a_hint_until_something_is_typed(qtbot, page):
    hint = page.notebook._hint
    assert hint.isVisible()
    page.notebook.editor.setFocus()
    qtbot.keyClicks(page.notebook.editor, "x")
    assert not hint.isVisible()


# The head


def test_title_time_round_kind_and_consent_are_edited_in_place(qtbot, desk, page):
    type_over(qtbot, page.header.title, "Platform, second talk")
    type_over(qtbot, page.header.day, "2024-11-06")
    type_over(qtbot, page.header.clock, "14:00-14:45")
    type_over(qtbot, page.header.consent, "Oral; notes only")
    page.header.round.setFocus()
    qtbot.keyClick(page.header.round, Qt.Key.Key_Up)
    page.header.kind.setCurrentIndex(1)
    page.header.kind.commit()
    made = source_of(desk, "i3")
    assert (made.title, made.consent, made.kind) == ("Platform, second talk", "Oral; notes only", SourceKind.MEETING)
    assert (made.started_at.isoformat(), made.ended_at.isoformat()) == (
        "2024-11-06T13:00:00+00:00",
        "2024-11-06T13:45:00+00:00",
    )
    assert made.round == "r1"


def test_a_time_that_is_none_is_said_and_not_kept(qtbot, desk, page):
    told = []
    desk.told.connect(told.append)
    type_over(qtbot, page.header.clock, "afternoon")
    assert "could not be read" in told[0]
    assert page.header.clock.text() == ""
    assert source_of(desk, "i3").started_at is None


def test_a_title_that_cannot_be_saved_is_still_there(qtbot, desk, page, monkeypatch):
    failures = []
    desk.failed.connect(failures.append)

    def full(*_args, **_kwargs):
        raise NotWritten("The medium is full: the change was not saved.")

    with monkeypatch.context() as patch:
        patch.setattr(type(desk.study), "do", full)
        type_over(qtbot, page.header.title, "Precious")
    assert failures == ["The medium is full: the change was not saved."]
    assert page.header.title.text() == "Precious"
    assert source_of(desk, "i3").title == "Platform team"


def test_opening_an_interview_stamps_its_start_and_finishing_seals_its_notes(qtbot, desk, page, click):
    failures = []
    desk.failed.connect(failures.append)
    click(page.header.status.button("open"))
    assert source_of(desk, "i3").status is SourceStatus.OPEN
    assert source_of(desk, "i3").started_at is not None
    click(page.header.status.button("finished"))
    assert failures == ["There are no notes to finish yet."]
    assert page.header.status.value() == "open"
    page.notebook.editor.setFocus()
    qtbot.keyClicks(page.notebook.editor, "said at last")
    click(page.header.status.button("finished"))
    finished = source_of(desk, "i3")
    assert (finished.status, finished.finished_by) == (SourceStatus.FINISHED, "ada")
    assert finished.finished_at is not None
    assert not page.header.status.button("open").isEnabled()
    assert page.notebook.seal.isVisible()
    assert page.notebook.editor.isReadOnly()


def test_a_reason_begun_for_one_interview_is_not_given_for_another(qtbot, page):
    page.show_thing("i1")
    seal = page.notebook.seal
    qtbot.keyClicks(seal.reason, "Half a reason")
    page.refresh()
    assert seal.reason.text() == "Half a reason"
    page.show_thing("i3")
    page.show_thing("i1")
    assert seal.isVisible()
    assert seal.reason.text() == ""
    assert not seal.button.isEnabled()


def test_people_and_cases_are_ticked_in_a_list(qtbot, desk, page):
    pick(qtbot, page.header.participants, 0)
    pick(qtbot, page.header.interviewers, 0)
    pick(qtbot, page.header.observers, 0, 1)
    pick(qtbot, page.header.cases, 1)
    made = source_of(desk, "i3")
    assert made.participants == ("p3", "p1")
    assert {(each.assessor, each.part) for each in made.assessors} == {("ada", Part.OBSERVER), ("ben", Part.OBSERVER)}
    assert made.cases == ("sorting",)


def test_somebody_new_is_added_by_role(qtbot, desk, page, click):
    click(page.header.participants)
    popup = page.header.participants.popup
    popup.line.setFocus()
    qtbot.keyClicks(popup.line, "ML engineer")
    qtbot.keyClick(popup.line, Qt.Key.Key_Return)
    popup.close()
    person = desk.document.participants[-1]
    assert (person.role, person.pseudonym) == ("ML engineer", "ML engineer A")
    assert source_of(desk, "i3").participants == ("p3", person.key)


def test_a_letter_typed_where_people_are_chosen_goes_on_as_somebody_new(qtbot, desk, page):
    field = page.header.participants
    field.setFocus()
    qtbot.keyClick(field, "M")
    line = field.popup.line
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "L lead")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert desk.document.participants[-1].role == "ML lead"
    assert source_of(desk, "i3").participants[-1] == desk.document.participants[-1].key


def test_words_typed_find_who_is_in_the_study_already(qtbot, desk, page):
    field, people = page.header.participants, desk.document.participants
    known = next(person for person in people if person.key not in source_of(desk, "i3").participants)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.popup.view.hasFocus()
    qtbot.keyClick(field.popup.view, known.pseudonym[0])
    line = field.popup.line
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, known.pseudonym[1:].lower())
    shown = field.popup.view.model()
    assert [shown.index(row).data() for row in range(shown.rowCount())] == [known.pseudonym]
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert shown.rowCount() == len(people), "all of them again, for the next"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert desk.document.participants == people
    assert known.key in source_of(desk, "i3").participants


def test_somebody_with_a_role_that_others_have_is_added_by_the_row_under_them(qtbot, desk, page):
    field, people = page.header.participants, desk.document.participants
    role = people[0].role
    field.setFocus()
    qtbot.keyClick(field, role[0])
    line = field.popup.line
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, role[1:])
    rows = field.popup.view.model()
    assert rows.rowCount() > 1
    assert field.popup.view.currentIndex().data() == f"Add “{role}”"
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert field.popup.view.currentIndex().row() == 0, "the arrows go round, to those who have it"
    qtbot.keyClick(line, Qt.Key.Key_Up)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert len(desk.document.participants) == len(people) + 1
    assert desk.document.participants[-1].role == role
    assert desk.document.participants[-1].key in source_of(desk, "i3").participants


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Space])
def test_a_list_to_choose_from_opens_by_key(qtbot, page, key):
    field = page.header.cases
    field.setFocus()
    qtbot.keyClick(field, key)
    assert field.popup.view.hasFocus()
    qtbot.keyClick(field.popup.view, Qt.Key.Key_Escape)
    assert field.popup is None


def test_a_letter_goes_to_the_name_that_begins_so(qtbot, desk, page):
    field = page.header.observers
    field.setFocus()
    qtbot.keyClick(field, "b")
    assert field.popup.view.currentIndex().data().startswith("B")
    qtbot.keyClick(field.popup.view, Qt.Key.Key_Escape)


def test_a_list_with_nothing_to_choose_says_so(qtbot, page):
    field = page.header.cases
    field.show_options([], [])
    field.open()
    assert field.popup._nothing.isVisible()
    assert "Overview" in field.popup._nothing.text()
    field.popup.close()


def test_notes_typed_before_the_head_is_changed_are_kept(qtbot, desk, page, click):
    page.notebook.editor.setFocus()
    qtbot.keyClicks(page.notebook.editor, "typed just now")
    click(page.header.status.button("finished"))
    assert [entry.text for entry in source_of(desk, "i3").entries] == ["typed just now"]
    assert page.notebook.editor.toPlainText() == "typed just now"


def test_lines_of_somebody_no_longer_interviewed_lose_their_speaker_only(qtbot, desk, page):
    page.notebook.editor.setFocus()
    qtbot.keyClicks(page.notebook.editor, "said")
    page.leave()
    assert source_of(desk, "i3").entries[0].speaker == "p3"
    pick(qtbot, page.header.participants, 2)
    assert source_of(desk, "i3").participants == ()
    assert [(entry.text, entry.speaker) for entry in source_of(desk, "i3").entries] == [("said", None)]


# Passages beside the notes


def test_a_passage_marked_in_the_notes_comes_up_beside_them(qtbot, desk, page):
    page.notebook.editor.setFocus()
    qtbot.keyClicks(page.notebook.editor, "no drift alarm")
    qtbot.keyClick(page.notebook.editor, Qt.Key.Key_E, CTRL)
    card = page.beside.views["passages"].cards.cards[0]
    assert (card.head, card.text, card.feet) == ("Line 1", "no drift alarm", ("Nothing rests on it yet",))
    assert page.beside.tabs.button("passages").toolTip() == "Passages: 1"


def test_a_click_on_a_passage_shows_it_in_the_notes_and_the_other_way_round(qtbot, page):
    page._choose("i1")
    view = page.beside.views["passages"]
    click_card(qtbot, view, "q2")
    assert page.notebook.editor.passage_at_cursor() == "q2"
    page.notebook.show_entry("i1-3", 2)
    assert view.current_key() == "q3"


def test_a_passage_is_removed_and_brought_back(qtbot, desk, page):
    page._choose("i1")
    before = desk.document
    view = page.beside.views["passages"]
    view.set_current("q2")
    click_card(qtbot, view, "q2", "remove")
    assert "q2" not in [passage.key for passage in desk.document.passages]
    desk.undo()
    assert desk.document == before
    view.set_current("q1")
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert "q1" not in [passage.key for passage in desk.document.passages]


def test_follow_ups_and_guide_stand_beside_the_notes(qtbot, page, click):
    page._choose("i1")
    click(page.beside.tabs.button("follow_ups"))
    view = page.beside.views["follow_ups"]
    assert view.isVisible()
    click_card(qtbot, view, "f1")
    assert page.notebook.editor.current_line.key == "i1-5"
    click(page.beside.tabs.button("guide"))
    assert page.beside.views["guide"].isVisible()


@pytest.mark.parametrize(("key", "source"), [("i1", "i1"), ("i1-3", "i1"), ("q4", "i2")])
def test_others_can_lead_here(page, key, source):
    page.show_thing(key)
    assert page.source.key == source
    if key == "q4":
        assert page.notebook.editor.passage_at_cursor() == "q4"


# Reading only


def test_in_a_study_open_for_reading_nothing_can_be_changed(qtbot, reading_desk, show_page):
    page = show_page(reading_desk)
    page._choose("i1")
    before, failures = reading_desk.document, []
    reading_desk.failed.connect(failures.append)
    assert page.header.title.isReadOnly()
    assert not page.header.participants.isEnabled()
    assert not page.header.status.button("open").isEnabled()
    assert not page.list._new.isVisible()
    page.list.view.setFocus()
    qtbot.keyClick(page.list.view, Qt.Key.Key_Delete)
    qtbot.keyClick(page.list.view, Qt.Key.Key_N, CTRL)
    view = page.beside.views["passages"]
    view.set_current("q1")
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert not any(card.spots or card.choices for card in view.cards.cards)  # no bin that only says that it may not
    page.notebook.editor.setFocus()
    qtbot.keyClicks(page.notebook.editor, "x")
    page.leave()
    assert reading_desk.document == before
    assert failures == []


# In the window


def test_in_the_window_notes_survive_going_elsewhere_and_undo_is_chronological(qtbot, window):
    workspace = window.workspace
    workspace.show_page("interviews")
    page = workspace.page
    page._choose("i3")
    editor = page.notebook.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClicks(editor, "first")
    workspace.show_page("results")
    assert [entry.text for entry in source_of(workspace.desk, "i3").entries] == ["first"]
    workspace.show_page("interviews")
    editor.setFocus()
    qtbot.keyClicks(editor, " and second")
    page.leave()
    qtbot.mouseClick(workspace.top.undo, Qt.MouseButton.LeftButton)
    assert [entry.text for entry in source_of(workspace.desk, "i3").entries] == []
    assert editor.toPlainText() == ""
    qtbot.mouseClick(workspace.top.redo, Qt.MouseButton.LeftButton)
    assert editor.toPlainText() == "first and second"


def test_a_passage_that_lost_its_words_is_listed_and_attached_to_others(qtbot, desk, page):
    editor = page.notebook.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "no drift alarm")
    qtbot.keyClick(editor, Qt.Key.Key_E, CTRL)
    passage = desk.document.passages[-1].key
    qtbot.keyClick(editor, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(editor, "nobody is warned")
    page.notebook.leave()
    page.refresh()
    cards = page.beside.views["passages"]
    assert cards.cards.cards[0].head == "No longer in the notes"
    assert cards.cards.cards[0].text == "no drift alarm"
    told = []
    desk.told.connect(told.append)
    where = cards.spot_point(passage, "attach").toPoint()
    qtbot.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert told == ["Select the words in the notes that the passage is to lie on, within one line."]
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_A, CTRL)
    cards.setFocus()
    qtbot.keyClick(cards, Qt.Key.Key_A)
    attached = next(each for each in desk.document.passages if each.key == passage)
    assert [(span.start, span.end) for span in attached.spans] == [(0, len("nobody is warned"))]
    assert attached.words == "nobody is warned"


def test_a_second_note_taker_writes_beside_the_first(qtbot, desk, page):
    editor = page.notebook.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "what Ada noted")
    page.notebook.leave()
    assert not page.whose.isVisible()
    desk.study.work_as("ben")
    page.refresh()
    assert [button.text() for button in page.whose.control._buttons.values()] == ["Ada's notes", "My own notes"]
    qtbot.mouseClick(page.whose.control.button("ben"), Qt.MouseButton.LeftButton)
    assert editor.toPlainText() == ""
    hints = {label.text() for label in page.notebook._hint.findChildren(QLabel) if label.isVisible()}
    assert "begins the next line" in hints
    assert not {"# and a code", "Ctrl+E", "F4"} & hints  # which are of no use here
    told = []
    desk.told.connect(told.append)
    qtbot.keyClicks(editor, "#moni")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    for key, held in ((Qt.Key.Key_F4, NONE), (Qt.Key.Key_F4, SHIFT), (Qt.Key.Key_E, CTRL)):
        qtbot.keyClick(editor, key, held)
    assert told == ["Codes go on the interview's notes, once these are reconciled with them."] * 4
    assert not page.notebook.coder.menu()
    qtbot.keyClick(editor, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(editor, "what Ben noted")
    page.notebook.leave()
    source = source_of(desk, "i3")
    assert [(line.author, line.text) for line in source.originals] == [("ben", "what Ben noted")]
    assert [entry.text for entry in source.entries] == ["what Ada noted"]
    page.refresh()
    qtbot.mouseClick(page.whose.control.button(""), Qt.MouseButton.LeftButton)
    assert editor.toPlainText() == "what Ada noted"
    desk.study.work_as("ada")
    page.refresh()
    qtbot.mouseClick(page.whose.control.button("ben"), Qt.MouseButton.LeftButton)
    assert editor.isReadOnly(), "what Ben typed is changed by nobody else"
    page.beside.history.line_chosen.emit(source_of(desk, "i3").entries[0].key)
    assert editor.toPlainText() == "what Ada noted", "a line of the interview's notes is shown in them"
    assert editor.hasFocus()


def test_what_is_seldom_needed_opens_in_the_head(qtbot, desk, page):
    assert not page.header.sheet.isVisible()
    qtbot.mouseClick(page.header.more, Qt.MouseButton.LeftButton)
    for field, text in ((page.header.sheet, "7"), (page.header.allowed, "Laptop"), (page.header.planned, "50 min")):
        field.setFocus()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    source = source_of(desk, "i3")
    assert (source.sheet, source.allowed, source.planned) == ("7", "Laptop", 50)
    told = []
    desk.told.connect(told.append)
    page.header.planned.setFocus()
    page.header.planned.selectAll()
    qtbot.keyClicks(page.header.planned, "an hour")
    qtbot.keyClick(page.header.planned, Qt.Key.Key_Return)
    assert told == ["That could not be read: write times as 10:00-10:45, 10:00 or 45 min."]
    assert source_of(desk, "i3").planned == 50


def test_an_interview_leads_to_its_read_back_sheets(qtbot, page):
    page.list.view.setFocus()
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(page.list.view, Qt.Key.Key_Y, CTRL | SHIFT)
    assert led.args == ["review", "read-back:i3"]


def test_a_source_without_a_guide_leads_to_where_one_is_chosen(qtbot, desk, page):
    desk.do(change_head, replace(page.source, guide=None))
    page.beside.show_tab("guide")
    state = page.beside._empty["guide"]
    assert state.isVisible()
    assert state.button.text() == "Choose a guide"
    qtbot.mouseClick(state.button, Qt.MouseButton.LeftButton)
    assert page.header.guide.isVisible()
    assert page.header.guide.hasFocus()


def test_in_a_study_without_guides_the_way_to_make_one_is_offered(qtbot, desk, page):
    for guide in desk.document.guides:
        desk.do(remove_guide, guide.key)
    page.beside.show_tab("guide")
    state = page.beside._empty["guide"]
    assert state.button.text() == "Make a guide"
    with qtbot.waitSignal(page.go, check_params_cb=lambda name, key: (name, key) == ("overview", "guides")):
        qtbot.mouseClick(state.button, Qt.MouseButton.LeftButton)


def test_the_first_interview_follows_the_only_guide(desk, page):
    for source in desk.document.sources:
        desk.do(remove, "sources", source.key)
    page.new_source()
    assert page.source.guide == desk.document.guides[0].key
