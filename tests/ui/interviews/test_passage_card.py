"""What stands beside the notes of the current passage: its codes, what rests on it; and the list of codes."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions import coding, links, things
from app.actions.coding import Place
from app.model.evidence import Code, Span, Stance, Weight
from ui.notebook.editor import CODE

CTRL, SHIFT, ALT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "Alt"))


def coding_of(desk, passage, code="training", who="ada"):
    found = (each for each in desk.document.codings if (each.passage, each.code, each.assessor) == (passage, code, who))
    return next(found, None)


@pytest.fixture
def first(page):
    """The first interview, on its first passage: Ada's code is on it, and answers rest on it."""
    page.show_thing("q1")
    QApplication.processEvents()
    return page


@pytest.fixture
def click(qtbot):
    return lambda widget: qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


# The card


def test_the_card_tells_codes_and_what_rests_on_the_passage(first):
    card = first.beside.card
    assert card.isVisible()
    assert [(row.facts.name, row.facts.coder, row.facts.about, row.facts.memo) for row in card.rows] == [
        ("Training", "Ada", "Paint inspection", "Weekly")
    ]
    told = [each.head for each in card.rests.cards.cards]
    assert told
    assert all(head.startswith(("For · ", "Against · ")) for head in told)
    assert card._again.isHidden()


def test_it_follows_the_cursor_from_passage_to_passage(qtbot, first):
    qtbot.keyClick(first.notebook.editor, Qt.Key.Key_F6)
    assert first.beside.card.key == "q2"
    assert first.beside.card.rows == []
    assert first.beside.views["passages"].current_key() == "q2"
    qtbot.keyClick(first.notebook.editor, Qt.Key.Key_F6)
    assert [row.facts.name for row in first.beside.card.rows] == ["Monitoring"]


def test_the_passage_stays_in_sight_in_the_list_when_its_card_takes_half_of_that(desk, page):
    for number in range(9):
        desk.do(coding.put_on, Place("i1", (Span(entry="i1-4", start=0, end=3 + number),)), "training")
    listed = page.beside.views["passages"]
    page.beside.resize(320, 420)
    page.show_thing("i1")
    page.beside.card.hide()
    QApplication.processEvents()
    key = page.notebook.editor.sheet.marks_of(3)[0].passage
    listed.set_current(key)
    page.beside.show_passage(key)
    QApplication.processEvents()
    assert page.beside.card.isVisible()
    assert listed.viewport().rect().contains(listed.visualRect(listed.currentIndex()))


def test_a_memo_is_written_in_place_and_escape_takes_back_what_is_typed(qtbot, desk, first):
    row = first.beside.card.rows[0]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_M)
    qtbot.waitUntil(row.memo.hasFocus)
    qtbot.keyClicks(row.memo, " night")
    assert row.memo.value() == "Weekly night"
    qtbot.keyClick(row.memo, Qt.Key.Key_Escape)
    assert row.memo.value() == "Weekly"
    qtbot.keyClick(row.memo, Qt.Key.Key_Escape)
    qtbot.waitUntil(row.hasFocus)
    row.memo.setFocus()
    row.memo.selectAll()
    qtbot.keyClicks(row.memo, "Every Monday")
    qtbot.keyClick(row.memo, Qt.Key.Key_Return)
    assert coding_of(desk, "q1").memo == "Every Monday"
    assert first.beside.card.rows[0] is row  # what has the focus stays
    qtbot.waitUntil(row.hasFocus)  # for the next key
    desk.undo()
    assert row.memo.value() == "Weekly"


def test_a_memo_that_is_still_being_typed_is_written_when_the_page_is_left(qtbot, desk, first):
    row = first.beside.card.rows[0]
    row.memo.setFocus()
    qtbot.keyClicks(row.memo, "Often. ")
    first.leave()
    assert "Often." in coding_of(desk, "q1").memo


def test_what_a_coding_is_about_is_chosen_in_place(qtbot, desk, first):
    row = first.beside.card.rows[0]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_C)
    qtbot.waitUntil(row.case.hasFocus)
    qtbot.keyClick(row.case, Qt.Key.Key_Down)
    assert coding_of(desk, "q1").case == "sorting"
    qtbot.keyClick(row.case, Qt.Key.Key_Down)
    assert coding_of(desk, "q1").case is None


def test_another_code_takes_the_place_of_one(qtbot, desk, first):
    desk.do(coding.put_on, Place("i1", (Span(entry="i1-6", start=0, end=8),)), "training")  # a recent one by now
    row = first.beside.card.rows[0]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_R)
    picker = first.notebook.coder._picker
    assert picker._title.text() == "In the place of “Training”"
    recent = picker._question.recent.index("training")
    qtbot.keyClick(picker.line, Qt.Key(Qt.Key.Key_1 + recent), CTRL)  # has its number, but can't take its own place
    assert picker.isVisible()
    qtbot.keyClicks(picker.line, "mon")
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert coding_of(desk, "q1") is None
    assert coding_of(desk, "q1", "monitoring").memo == "Weekly"
    qtbot.mouseClick(first.beside.card.rows[0].recode, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(picker.line, "Cadence")
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert coding_of(desk, "q1", "cadence").memo == "Weekly"


def test_a_code_is_taken_off_and_a_passage_that_something_rests_on_stays(qtbot, desk, first):
    row = first.beside.card.rows[0]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    assert coding_of(desk, "q1") is None
    assert any(each.key == "q1" for each in desk.document.passages)
    assert first.beside.card.rows == []
    qtbot.waitUntil(first.beside.card.code.hasFocus)


def test_with_its_last_code_a_bare_passage_goes_and_so_does_the_card(desk, first, click):
    desk.do(coding.put_on, Place("i1", (Span(entry="i1-6", start=0, end=8),)), "training")
    made = desk.document.passages[-1].key
    first.show_thing(made)
    click(first.beside.card.rows[0].uncode)
    assert all(each.key != made for each in desk.document.passages)
    assert first.beside.card.key != made


def test_undo_brings_the_card_back_with_the_passage_and_the_focus_was_in_the_notes(qtbot, desk, first):
    desk.do(coding.put_on, Place("i1", (Span(entry="i1-6", start=0, end=8),)), "training")
    made = desk.document.passages[-1].key
    first.show_thing(made)
    qtbot.keyClick(first.notebook.editor, Qt.Key.Key_F5)
    assert first.beside.card.rows[0].hasFocus()
    qtbot.keyClick(first.beside.card.rows[0], Qt.Key.Key_Delete)
    assert first.beside.card.isHidden()
    qtbot.waitUntil(first.notebook.editor.hasFocus)
    desk.undo()
    assert first.beside.card.isVisible()
    assert first.beside.card.key == first.beside.views["passages"].current_key() == made
    first.show_thing("i2")
    first.show_thing("i1")
    assert first.beside.views["passages"].current_key() == ""  # another interview was shown in between


def test_keys_that_the_card_shows_are_done_from_anywhere_in_it(qtbot, desk, first):
    card, editor = first.beside.card, first.notebook.editor
    editor.selectAll()  # what is selected in the notes is not what the card is about
    first.passages.show_marked("q1")
    before = desk.document.passages[0]
    card.focus_first()
    qtbot.keyClick(card.rows[0], Qt.Key.Key_Left, ALT | SHIFT)
    assert desk.document.passages[0].spans[0].end < before.spans[0].end
    card.rests.setFocus()
    qtbot.keyClick(card.rests, Qt.Key.Key_F4)
    picker = first.notebook.coder._picker
    qtbot.waitUntil(picker.isVisible)
    qtbot.keyClicks(picker.line, "mon")
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert coding_of(desk, "q1", "monitoring") is not None
    card.rows[0].setFocus()
    qtbot.keyClick(card.rows[0], Qt.Key.Key_J, CTRL | SHIFT)
    qtbot.waitUntil(lambda: first.passages._picker is not None and first.passages._picker.isVisible())
    first.passages._picker.close_up()
    card.code.setFocus()
    qtbot.keyClick(card.code, Qt.Key.Key_Escape)
    qtbot.waitUntil(editor.hasFocus)


def test_what_others_put_on_is_told_but_not_changed(desk, first):
    desk.study.work_as("ben")
    desk.do(coding.put_on, Place("i1", (), ("q1",)), "training", None, "Theirs")
    desk.study.work_as("ada")
    first.refresh()
    own, other = first.beside.card.rows
    assert not own.recode.isHidden()
    assert (other.facts.coder, other.facts.about, other.facts.own) == ("Ben", "the organisation", False)
    assert other.memo.isReadOnly()
    assert other.recode.isHidden()
    assert other.case.isHidden()


def test_arrows_go_through_the_codes_and_escape_back_to_the_notes(qtbot, desk, first):
    desk.do(coding.put_on, Place("i1", (), ("q1",)), "monitoring")
    first.notebook.editor.setFocus()
    qtbot.keyClick(first.notebook.editor, Qt.Key.Key_F5)
    top, below = first.beside.card.rows
    qtbot.waitUntil(top.hasFocus)
    qtbot.keyClick(top, Qt.Key.Key_Down)
    qtbot.waitUntil(below.hasFocus)
    qtbot.keyClick(below, Qt.Key.Key_Down)
    qtbot.waitUntil(first.beside.card.rests.hasFocus)  # and on to what rests on the passage
    assert first.beside.card.rests.current_key() == "0"
    below.setFocus()
    qtbot.keyClick(below, Qt.Key.Key_Up)
    qtbot.waitUntil(top.hasFocus)
    qtbot.keyClick(top, Qt.Key.Key_Escape)
    qtbot.waitUntil(first.notebook.editor.hasFocus)


def test_the_key_for_the_card_needs_a_passage(qtbot, desk, first):
    told = []
    desk.told.connect(told.append)
    first.notebook.choose_passage("")
    for key, held in ((Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_J, CTRL | SHIFT)):
        qtbot.keyClick(first.notebook.editor, key, held)
    assert told == ["Put the cursor into a passage first."] * 2


def test_buttons_move_the_ends_of_the_passage_and_links_are_to_be_checked_again(desk, first, click):
    card = first.beside.card
    click(card._moves[3])
    assert next(each for each in desk.document.passages if each.key == "q1").words == "Retraining runs by itself every"
    assert card._again.isVisible()
    assert any("Check again" in foot for each in card.rests.cards.cards for foot in each.feet)
    click(card._moves[2])
    assert card._again.isHidden()


def test_a_code_is_put_on_from_the_card(qtbot, desk, first, click):
    click(first.beside.card.code)
    qtbot.keyClicks(first.notebook.coder._picker.line, "mon")
    qtbot.keyClick(first.notebook.coder._picker.line, Qt.Key.Key_Return)
    assert coding_of(desk, "q1", "monitoring") is not None


# What rests on it


def test_what_rests_on_a_passage_is_one_click_away(qtbot, first):
    led = []
    first.go.connect(lambda page, key: led.append((page, key)))
    rests = first.beside.card.rests
    where = rests.visualRect(rests.cards.index(0)).center()
    qtbot.mouseClick(rests.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert led[0] == ("assess", "paint/automated-training/q1")
    rests.setFocus()
    qtbot.keyClick(rests, Qt.Key.Key_Return)
    assert led[1] == led[0]


def test_a_question_still_to_ask_leads_to_its_line(qtbot, desk, page):
    desk.do(coding.put_on, Place("i1", (Span(entry="i1-5", start=0, end=8),)), "training")
    entry = next((each.entry for each in desk.document.follow_ups if each.entry and each.entry.startswith("i1")), None)
    if entry is None:
        from app.model.source import FollowUp

        desk.do(things.add, FollowUp(key="ask", question="Within a day?", entry="i1-5"))
    page.show_thing(desk.document.passages[-1].key)
    rests = page.beside.card.rests
    assert rests.cards.cards[-1].head == "Follow-up"
    last = rests.cards.rowCount() - 1
    where = rests.visualRect(rests.cards.index(last)).center()
    qtbot.mouseClick(rests.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page.notebook.editor.current_line.key == "i1-5"


def test_a_judgement_is_rested_on_the_passage_by_key(qtbot, desk, first):
    first.notebook.editor.setFocus()
    qtbot.keyClick(first.notebook.editor, Qt.Key.Key_F6)  # q2
    qtbot.keyClick(first.notebook.editor, Qt.Key.Key_J, CTRL | SHIFT)
    picker = first.passages._picker
    qtbot.waitUntil(picker.line.hasFocus)
    qtbot.keyClicks(picker.line, "drift sorting")
    assert picker._found
    assert all("sorting" in f"{each.words} {each.about}".casefold() for each in picker._found)
    qtbot.keyClick(picker.line, Qt.Key.Key_Down)
    qtbot.keyClick(picker.line, Qt.Key.Key_Up)
    qtbot.keyClick(picker.line, Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)  # against
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)  # shown
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.waitUntil(picker.reference.hasFocus)
    qtbot.keyClicks(picker.reference, "the form")
    judgement = picker._found[0].judgement
    qtbot.keyClick(picker.reference, Qt.Key.Key_Return)
    assert not picker.isVisible()
    wanted = (judgement.criterion, judgement.case, "ada")
    answer = next(each for each in desk.document.answers if (each.criterion, each.case, each.assessor) == wanted)
    (evidence,) = [each for each in answer.evidence if each.passage == "q2"]
    assert (evidence.weight, evidence.stance, evidence.reference) == (Weight.SHOWN, Stance.CONTRADICTS, "the form")
    assert any("against" in each.head.lower() for each in first.beside.card.rests.cards.cards)


def test_resting_it_again_keeps_why_it_stands(desk, first):
    told_apart = ("criterion", "case", "assessor", "round")
    whose = lambda each: [getattr(each, name, None) for name in told_apart]  # noqa: E731
    held = next(each for each in desk.document.answers if any(link.passage == "q1" for link in each.evidence))
    desk.do(links.change_link, held, "q1", lambda each: replace(each, note="They differ by hall", reference="log"))
    first.passages.rest("q1")
    picker = first.passages._picker
    place = next(n for n, each in enumerate(picker._found) if whose(each.judgement) == whose(held))
    assert "rests on it already" in picker.view.cards.cards[place].head
    picker._take(place)
    answer = next(each for each in desk.document.answers if whose(each) == whose(held))
    (kept,) = [link for link in answer.evidence if link.passage == "q1"]
    assert (kept.note, kept.reference) == ("They differ by hall", "log")


def test_where_no_judgement_is_named_so_nothing_can_be_taken(qtbot, desk, first):
    first.passages.rest("q1")
    picker = first.passages._picker
    before = desk.document
    qtbot.keyClicks(picker.line, "zebra")
    assert picker._nothing.isVisible()
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    qtbot.keyClick(picker.line, Qt.Key.Key_Escape)
    assert desk.document == before
    assert not picker.isVisible()


@pytest.mark.parametrize(("entry", "weight"), [("i1-1", Weight.SAID), ("i1-3", Weight.SHOWN)], ids=["said", "seen"])
def test_how_strong_a_passage_is_comes_from_where_it_stands(qtbot, desk, page, entry, weight):
    from app.actions.notes import SetEntry, write
    from app.model.source import EntryKind

    source = next(each for each in desk.document.sources if each.key == "i1")
    line = next(each for each in source.entries if each.key == "i1-3")
    desk.do(write, "i1", [SetEntry(replace(line, kind=EntryKind.OBSERVATION))], reason="Seen")
    page.passages.rest({"i1-1": "q1", "i1-3": "q3"}[entry])
    assert page.passages._picker.weight.value() == str(weight)


# The list of codes


@pytest.fixture
def codes(qtbot, desk, page):
    """The codes beside the first interview, one of them under another."""
    desk.do(things.add, Code(key="alarms", name="Alarms", parent="monitoring", colour="#aa3300"))
    page.show_thing("i1")
    page._go_to_codes()
    qtbot.waitUntil(page.beside.codes.view.hasFocus)
    return page.beside.codes


def listed(codes):
    return [(codes._model.index(row).data(), codes._model._rows[row].detail) for row in range(codes._model.rowCount())]


def test_codes_are_listed_as_a_tree_with_how_often_they_are_here(desk, codes):
    assert listed(codes) == [("Training", "1"), ("Monitoring", "1"), ("Alarms", "")]
    desk.do(coding.put_on, Place("i1", (Span(entry="i1-6", start=0, end=8),)), "alarms")
    assert listed(codes)[2] == ("Alarms", "1")


def test_enter_puts_the_current_code_on_the_selected_words(qtbot, desk, page, codes):
    page.notebook.editor.show_place("i1-6", 0, 8)
    qtbot.keyClick(codes.view, Qt.Key.Key_Slash)
    qtbot.waitUntil(codes.filter.hasFocus)
    qtbot.keyClicks(codes.filter, "ala")
    assert listed(codes) == [("Alarms", "")]
    qtbot.keyClick(codes.filter, Qt.Key.Key_Down)
    qtbot.waitUntil(codes.view.hasFocus)
    qtbot.keyClick(codes.view, Qt.Key.Key_Return)
    made = desk.document.passages[-1]
    assert made.words == "We would"
    assert coding_of(desk, made.key, "alarms").case == "paint"


def test_a_double_click_puts_a_code_on(qtbot, desk, page, codes):
    page.notebook.editor.show_place("i1-6", 0, 8)
    point = codes.view.visualRect(codes._model.index(1)).center()
    qtbot.mouseClick(codes.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.mouseDClick(codes.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert coding_of(desk, desk.document.passages[-1].key, "monitoring") is not None


def test_what_is_dragged_is_the_key_of_the_code(codes):
    data = codes._model.mimeData([codes._model.index(2)])
    assert bytes(data.data(CODE).data()) == b"alarms"
    assert not data.hasText()
    assert codes._model.flags(codes._model.index(2)) & Qt.ItemFlag.ItemIsDragEnabled


def test_without_a_codebook_the_list_says_how_one_begins(desk, page):
    for code in ("training", "monitoring"):
        desk.do(things.remove, "codes", code)
    page._go_to_codes()
    assert page.beside.codes._empty.isVisible()


def test_a_window_that_only_reads_shows_the_card_and_changes_nothing(reading_desk, show_page):
    page = show_page(reading_desk)
    page.show_thing("q1")
    card = page.beside.card
    assert [row.facts.own for row in card.rows] == [False]
    assert not card.code.isVisible()
    assert not card.rest.isVisible()
    assert not any(label.isVisible() for label in card._ends)  # of buttons that are not there
    page.passages.rest("q1")
    assert page.passages._picker is None


def test_in_the_window_keys_of_the_page_are_done_from_the_panel_too_and_listed_once(qtbot, window):
    workspace = window.workspace
    workspace.show_page("interviews", "q1")
    page = workspace.page
    page.notebook.editor.setFocus()
    qtbot.keyClick(page.notebook.editor, Qt.Key.Key_F5)
    row = page.beside.card.rows[0]
    qtbot.waitUntil(row.hasFocus)
    qtbot.keyClick(row, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(page.notebook.editor.hasFocus)
    listed = [command.text for command in workspace.commands()]
    assert listed.count("Write notes") == 1
    assert listed.count("Code…") == 1


def test_in_the_window_numbers_lead_to_pages_until_words_are_selected(qtbot, window):
    workspace = window.workspace
    workspace.show_page("interviews", "i1")
    page = workspace.page
    editor = page.notebook.editor
    workspace.desk.do(coding.put_on, Place("i1", (Span(entry="i1-6", start=0, end=8),)), "monitoring")
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    editor.show_place("i1-4", 0, 5)
    qtbot.keyClick(editor, Qt.Key.Key_1, CTRL)
    assert workspace.desk.document.passages[-1].words == "Every"
    assert workspace.page is page
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert workspace.desk.document.passages[-1].words == "We would"
    editor.show_place("i1-5", 0)
    qtbot.keyClick(editor, Qt.Key.Key_1, CTRL)
    assert workspace.page.name == "overview"
