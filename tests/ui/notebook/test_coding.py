"""Coding in the notes as a person does: select, type letters or a key, drag; and what the margin shows of it."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QHelpEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QToolTip

from app.actions import coding, things
from app.actions.coding import Place
from app.model.evidence import Code, DoubleCoding, Span
from ui.notebook.code_picker import Offer, Pick, Question, found
from ui.notebook.editor import CODE

CTRL, SHIFT, ALT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "Alt"))


def codings(desk, passage):
    return {(each.code, each.assessor, each.case) for each in desk.document.codings if each.passage == passage}


def spans(desk, passage):
    held = next((each for each in desk.document.passages if each.key == passage), None)
    return None if held is None else [(each.entry, each.start, each.end, each.whole) for each in held.spans]


def newest(desk):
    return desk.document.passages[-1].key


def select(notebook, entry, start, end):
    assert notebook.editor.show_place(entry, start, end)


@pytest.fixture
def finished(show_notebook, desk):
    """The first interview, whose notes are finished."""
    return show_notebook(desk, "i1")


@pytest.fixture
def open_notes(show_notebook, desk):
    """The second interview, whose notes are still written."""
    return show_notebook(desk, "i2")


@pytest.fixture
def picker():
    return lambda notebook: notebook.coder._picker


def shown(picker):
    return [picker._model.index(row).data() for row in range(picker._model.rowCount())]


# Picking


def test_letters_typed_over_words_of_finished_notes_begin_a_code(qtbot, desk, finished, picker):
    select(finished, "i1-4", 0, 11)
    qtbot.keyClicks(finished.editor, "m")
    qtbot.waitUntil(picker(finished).line.hasFocus)
    qtbot.keyClicks(picker(finished).line, "on")
    assert shown(picker(finished)) == ["Monitoring", "New code “mon”"]
    qtbot.keyClick(picker(finished).line, Qt.Key.Key_Return)
    qtbot.waitUntil(finished.editor.hasFocus)
    assert spans(desk, newest(desk)) == [("i1-4", 0, 11, False)]
    assert codings(desk, newest(desk)) == {("monitoring", "ada", "paint")}
    assert finished.editor.current_passage == newest(desk)
    assert not finished.seal.reason.hasFocus()
    desk.undo()
    assert len(desk.document.passages) == 4  # it was one step


def test_where_nothing_is_selected_letters_ask_why_finished_notes_are_changed(qtbot, desk, finished):
    finished.editor.show_place("i1-4", 3)
    with qtbot.waitSignal(desk.told) as told:
        qtbot.keyClicks(finished.editor, "m")
    qtbot.waitUntil(finished.seal.reason.hasFocus)
    assert "to code them, select words or press F4" in told.args[0]
    qtbot.keyClicks(finished.seal.reason, "o")
    qtbot.keyClick(finished.seal.reason, Qt.Key.Key_Escape)
    qtbot.waitUntil(finished.editor.hasFocus)  # and F4 puts codes on again
    assert finished.seal.isVisible()


def test_alt_and_a_letter_begin_nothing_in_finished_notes(qtbot, finished):
    finished.editor.show_place("i1-4", 3)
    qtbot.keyClick(finished.editor, Qt.Key.Key_6, ALT)
    assert finished.editor.hasFocus()


def test_words_of_finished_notes_are_selected_by_key(qtbot, finished):
    finished.editor.show_place("i1-4", 0)
    qtbot.keyClick(finished.editor, Qt.Key.Key_Right, CTRL | SHIFT)
    assert finished.editor.textCursor().selectedText().strip() == "Every"
    assert finished.editor.isReadOnly()


def test_a_key_picks_a_code_while_notes_are_written_and_the_words_stay(qtbot, desk, open_notes, picker):
    select(open_notes, "i2-2", 3, 9)
    qtbot.keyClick(open_notes.editor, Qt.Key.Key_F4)
    qtbot.waitUntil(picker(open_notes).line.hasFocus)
    qtbot.keyClicks(picker(open_notes).line, "TRÁ")
    assert shown(picker(open_notes))[0] == "Training"  # whatever the case and accents
    qtbot.keyClick(picker(open_notes).line, Qt.Key.Key_Return)
    assert codings(desk, newest(desk)) == {("training", "ada", "sorting")}
    assert open_notes.editor.textCursor().block().text() == "We do not see their training data."


def test_escape_leaves_all_as_it_was(qtbot, desk, finished, picker):
    before = desk.document
    select(finished, "i1-4", 0, 11)
    qtbot.keyClicks(finished.editor, "m")
    qtbot.keyClick(picker(finished).line, Qt.Key.Key_Escape)
    qtbot.waitUntil(finished.editor.hasFocus)
    assert desk.document == before
    assert finished.editor.textCursor().hasSelection()


def test_arrows_and_a_click_choose_another_code(qtbot, desk, finished, picker):
    select(finished, "i1-4", 0, 11)
    qtbot.keyClick(finished.editor, Qt.Key.Key_F4)
    chosen = picker(finished)
    assert shown(chosen)[:2] == ["Training", "Monitoring"]
    qtbot.keyClick(chosen.line, Qt.Key.Key_Down)
    qtbot.keyClick(chosen.line, Qt.Key.Key_PageDown)
    qtbot.keyClick(chosen.line, Qt.Key.Key_PageUp)
    qtbot.keyClick(chosen.line, Qt.Key.Key_Up)
    assert chosen.view.currentIndex().row() == chosen._model.rowCount() - 1  # from the first to the last
    point = chosen.view.visualRect(chosen._model.index(1)).center()
    qtbot.mouseClick(chosen.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert codings(desk, newest(desk)) == {("monitoring", "ada", "paint")}


def test_a_code_is_made_while_coding(qtbot, desk, finished, picker):
    select(finished, "i1-4", 0, 11)
    qtbot.keyClick(finished.editor, Qt.Key.Key_F4)
    qtbot.keyClicks(picker(finished).line, "Training/Registry")
    assert shown(picker(finished)) == ["New code “Training/Registry”", "New code “Registry”"]
    qtbot.keyClick(picker(finished).line, Qt.Key.Key_Down)
    qtbot.keyClick(picker(finished).line, Qt.Key.Key_Return)
    made = desk.document.codes[-1]
    assert (made.name, made.parent) == ("Registry", "training")
    assert codings(desk, newest(desk)) == {("registry", "ada", "paint")}


def test_the_words_themselves_make_a_code(qtbot, desk, finished, picker):
    select(finished, "i1-4", 0, 11)
    qtbot.keyClick(finished.editor, Qt.Key.Key_F4, SHIFT)
    assert desk.document.codes[-1].name == "Every model"
    select(finished, "i1-6", 14, 31)
    qtbot.keyClick(finished.editor, Qt.Key.Key_F4)
    assert shown(picker(finished))[-1] == "In vivo: “integration tests”"
    qtbot.keyClick(picker(finished).line, Qt.Key.Key_F4, SHIFT)
    assert desk.document.codes[-1].name == "integration tests"
    assert codings(desk, newest(desk)) == {("integration-tests", "ada", "paint")}


def test_where_a_source_has_several_cases_one_says_which_it_is_about(qtbot, desk, finished, picker):
    source = next(each for each in desk.document.sources if each.key == "i1")
    desk.do(things.change, replace(source, cases=("paint", "sorting")))
    select(finished, "i1-4", 0, 11)
    qtbot.keyClick(finished.editor, Qt.Key.Key_F4)
    chosen = picker(finished)
    assert chosen.case.isVisible()
    assert [chosen.case.itemText(place) for place in range(3)] == [
        "The organisation",
        "Paint inspection",
        "Part sorting",
    ]
    qtbot.keyClick(chosen.line, Qt.Key.Key_Tab)
    qtbot.waitUntil(chosen.case.hasFocus)
    qtbot.keyClick(chosen.case, Qt.Key.Key_Down)
    qtbot.keyClick(chosen.case, Qt.Key.Key_Down)
    qtbot.keyClick(chosen.case, Qt.Key.Key_Tab)
    qtbot.waitUntil(chosen.line.hasFocus)
    qtbot.keyClick(chosen.line, Qt.Key.Key_Return)
    assert codings(desk, newest(desk)) == {("training", "ada", "sorting")}


def test_what_fits_comes_by_its_beginning_and_recent_codes_first():
    offers = (
        Offer("a", "Drift alarms", "Monitoring"),
        Offer("b", "Alarms"),
        Offer("c", "Alárm fatigue"),
        Offer("d", "Data"),
    )
    question = Question("Code", offers, ("d", "c"), "what it says")
    assert [pick.code for _row, pick in found(question, "")][:4] == ["d", "c", "a", "b"]
    assert [pick for _row, pick in found(question, "alarm")] == [Pick("c"), Pick("b"), Pick("a"), Pick(name="alarm")]
    assert [pick for _row, pick in found(question, "alarms")] == [Pick("b"), Pick("a")]  # there is one of that name
    assert [pick for _row, pick in found(question, "larm")] == [Pick(name="larm")]
    assert [pick for _row, pick in found(question, "alarms / at night")] == [
        Pick(name="alarms / at night"),
        Pick(name="at night", parent="b"),
    ]


# By one key


def test_a_line_is_coded_as_a_whole_and_so_are_several(qtbot, desk, finished, picker):
    finished.editor.show_place("i1-4", 3)
    qtbot.keyClick(finished.editor, Qt.Key.Key_F4)
    qtbot.keyClick(picker(finished).line, Qt.Key.Key_Return)
    assert spans(desk, newest(desk)) == [("i1-4", 0, 58, True)]
    cursor = finished.editor.textCursor()
    finished.editor.show_place("i1-5", 3)
    cursor = finished.editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    finished.editor.setTextCursor(cursor)
    qtbot.keyClick(finished.editor, Qt.Key.Key_F7)
    assert spans(desk, newest(desk))[0][0] == "i1-6"
    assert {code for code, *_ in codings(desk, newest(desk))} == {"training"}
    desk.undo()
    assert spans(desk, newest(desk))[0][0] == "i1-4"  # both lines went


def test_the_passage_the_cursor_is_in_is_coded_and_the_key_again_takes_the_line(qtbot, desk, finished, picker):
    finished.editor.show_place("i1-3", 3)
    assert finished.editor.current_passage == ""  # only whoever shows passages makes one current
    finished.choose_passage("q3")
    qtbot.keyClick(finished.editor, Qt.Key.Key_F4)
    assert "whole line" in picker(finished)._title.text()
    qtbot.keyClick(picker(finished).line, Qt.Key.Key_Return)
    assert ("training", "ada", "paint") in codings(desk, "q3")
    qtbot.keyClick(finished.editor, Qt.Key.Key_F4)
    qtbot.keyClick(picker(finished).line, Qt.Key.Key_F4)
    qtbot.keyClick(picker(finished).line, Qt.Key.Key_Return)
    assert spans(desk, newest(desk)) == [("i1-3", 0, 57, True)]


def test_numbers_put_recent_codes_on_words_and_passages_only(qtbot, desk, finished):
    coder = finished.coder
    assert not any(action.isEnabled() for action in coder.numbered)
    for start, code in ((0, "monitoring"), (6, "training")):
        desk.do(coding.put_on, Place("i1", (Span(entry="i1-4", start=start, end=start + 5),)), code)
    finished.editor.show_place("i1-6", 0)
    finished.choose_passage("")
    assert not coder.numbered[0].isEnabled()
    select(finished, "i1-6", 0, 2)
    first = [action.text() for action in coder.numbered[:2]]
    assert sorted(first) == ["Code: Monitoring", "Code: Training"]
    qtbot.keyClick(finished.editor, Qt.Key.Key_2, CTRL)
    made = newest(desk)
    assert spans(desk, made) == [("i1-6", 0, 2, False)]
    assert [action.text() for action in coder.numbered[:2]] == first  # numbers stay
    coder.set_capturing(True)
    select(finished, "i1-6", 0, 2)
    assert not coder.numbered[0].isEnabled()  # in the room they put questions


def test_where_one_writes_within_a_passage_numbers_are_left_to_the_pages(qtbot, desk, finished):
    coder = finished.coder
    desk.do(coding.put_on, Place("i1", (Span(entry="i1-6", start=0, end=5),)), "monitoring")
    finished.passage_entered.connect(finished.choose_passage)  # as the page does
    finished.editor.setFocus()
    finished.editor.show_place("i1-6", 3)
    assert finished.editor.current_passage == newest(desk)
    assert not coder.numbered[0].isEnabled()  # the cursor only came by
    finished.editor.show_place("i1-1", 0)
    qtbot.keyClick(finished.editor, Qt.Key.Key_F6)
    assert coder.numbered[0].isEnabled()  # somebody went to the passage
    there = finished.editor.current_passage
    qtbot.keyClick(finished.editor, Qt.Key.Key_1, CTRL)
    assert any((each.passage, each.code) == (there, "monitoring") for each in desk.document.codings)
    assert coder.numbered[0].isEnabled()  # and another code may follow
    qtbot.keyClick(finished.editor, Qt.Key.Key_Right)
    assert not coder.numbered[0].isEnabled()


def test_once_the_notes_were_left_numbers_lead_to_pages_again(qtbot, desk, finished):
    desk.do(coding.put_on, Place("i1", (Span(entry="i1-6", start=0, end=5),)), "monitoring")
    finished.passage_entered.connect(finished.choose_passage)
    finished.editor.show_place("i1-1", 0)
    qtbot.keyClick(finished.editor, Qt.Key.Key_F6)
    assert finished.coder.numbered[0].isEnabled()
    finished.leave()
    assert not finished.coder.numbered[0].isEnabled()


def test_without_a_code_yet_the_last_one_is_none(qtbot, finished, desk):
    told = []
    desk.told.connect(told.append)
    qtbot.keyClick(finished.editor, Qt.Key.Key_F7)
    assert told == ["No code was put on yet: F4 lists them all."]


def test_nobody_working_is_told_before_anything_is_asked(qtbot, desk, finished, picker):
    desk.study.work_as("")
    told = []
    desk.told.connect(told.append)
    qtbot.keyClick(finished.editor, Qt.Key.Key_F4)
    assert "say who is working" in told[0]
    assert picker(finished) is None


def test_an_empty_line_has_nothing_to_code(qtbot, desk, notebook):
    told = []
    desk.told.connect(told.append)
    qtbot.keyClick(notebook.editor, Qt.Key.Key_F4)
    assert told == ["Select words, or put the cursor into a line that has some."]


def test_a_window_that_only_reads_codes_nothing(qtbot, reading_desk, show_notebook):
    notebook = show_notebook(reading_desk, "i1")
    select(notebook, "i1-4", 0, 11)
    qtbot.keyClick(notebook.editor, Qt.Key.Key_F4)
    qtbot.keyClicks(notebook.editor, "m")
    assert notebook.coder._picker is None
    assert not notebook._code.isVisible()


def test_what_was_just_typed_is_written_before_it_is_coded(qtbot, desk, notebook, type_, picker):
    type_("alarms ring")
    select(notebook, notebook.editor.current_line.key, 0, 6)
    qtbot.keyClick(notebook.editor, Qt.Key.Key_F4)
    qtbot.keyClick(picker(notebook).line, Qt.Key.Key_Return)
    assert next(each for each in desk.document.passages if each.source == "i3").words == "alarms"
    qtbot.keyClick(notebook.editor, Qt.Key.Key_Z, CTRL)
    assert not [each for each in desk.document.passages if each.source == "i3"]
    assert notebook.editor.toPlainText() == "alarms ring"


# Ends and steps


def test_ends_of_the_current_passage_move_word_by_word(qtbot, desk, finished):
    finished.editor.show_place("i1-2", 20)
    finished.choose_passage("q2")
    for key, said in (
        (Qt.Key.Key_Right, "starts deployment by hand, clicks"),
        (Qt.Key.Key_Left, "starts deployment by hand"),
        (Qt.Key.Key_Down, "deployment by hand"),
        (Qt.Key.Key_Up, "starts deployment by hand"),
    ):
        qtbot.keyClick(finished.editor, key, ALT | SHIFT)
        assert next(each for each in desk.document.passages if each.key == "q2").words == said
    assert finished.editor.current_passage == "q2"
    finished.choose_passage("")
    before = desk.document
    qtbot.keyClick(finished.editor, Qt.Key.Key_Right, ALT | SHIFT)
    assert desk.document == before


def test_a_key_goes_from_passage_to_passage(qtbot, desk, finished):
    desk.do(coding.put_on, Place("i1", (Span(entry="i1-1", start=0, end=10),)), "monitoring")  # within another
    finished.editor.show_place("i1-1", 0)
    finished.choose_passage("")
    seen = []
    finished.passage_entered.connect(seen.append)
    for _ in range(5):
        qtbot.keyClick(finished.editor, Qt.Key.Key_F6)
    assert finished.editor.current_passage == "q3"
    assert {"q1", "q2", "q3"} <= set(seen)
    assert finished.editor.textCursor().blockNumber() == 2
    qtbot.keyClick(finished.editor, Qt.Key.Key_F6, SHIFT)
    assert finished.editor.current_passage == "q2"
    told = []
    desk.told.connect(told.append)
    for held in (*[Qt.KeyboardModifier.NoModifier] * 2, *[SHIFT] * 4):
        qtbot.keyClick(finished.editor, Qt.Key.Key_F6, held)
    assert told == ["No passage comes after this.", "No passage comes before this."]
    finished.choose_passage("")
    finished.editor.show_place("i1-2", 0)
    finished.choose_passage("")
    qtbot.keyClick(finished.editor, Qt.Key.Key_F6, SHIFT)
    assert finished.editor.textCursor().blockNumber() == 0


def test_of_passages_over_each_other_the_cursor_is_in_the_shortest(desk, finished):
    desk.do(coding.put_on, Place("i1", (Span(entry="i1-1", start=0, end=10),)), "monitoring")
    inner = newest(desk)
    finished.editor.show_place("i1-1", 4)
    assert finished.editor.passage_at_cursor() == inner
    finished.editor.show_place("i1-1", 15)
    assert finished.editor.passage_at_cursor() == "q1"
    select(finished, "i1-1", 0, 25)
    assert finished.editor.passage_at_cursor() == "q1"  # just its words


def test_the_menu_of_the_text_offers_coding_in_finished_notes(finished):
    select(finished, "i1-4", 0, 11)
    words = [action.text() for action in finished.deeds.text_menu(finished.coder.menu()).actions()]
    assert "Code…" in words
    assert "Code named by the words themselves" in words


# Dragging


def drop(editor, code, point):
    data = QMimeData()
    data.setData(CODE, code.encode())
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(point, *how), QDragMoveEvent(point, *how), QDropEvent(QPointF(point), *how)):
        QApplication.sendEvent(editor.viewport(), event)
        assert event.isAccepted()


def middle_of(editor, entry, start, end):
    cursor = QTextCursor(editor.document().findBlockByNumber(editor.sheet.place(entry)))
    cursor.setPosition(cursor.block().position() + (start + end) // 2)
    return editor.cursorRect(cursor).center()


def test_a_code_let_go_over_selected_words_is_on_these(desk, finished):
    select(finished, "i1-4", 0, 11)
    drop(finished.editor, "monitoring", middle_of(finished.editor, "i1-4", 0, 11))
    assert spans(desk, newest(desk)) == [("i1-4", 0, 11, False)]


def test_a_code_let_go_over_a_line_is_on_all_of_it(desk, finished):
    select(finished, "i1-4", 0, 11)
    drop(finished.editor, "monitoring", middle_of(finished.editor, "i1-6", 0, 11))
    assert spans(desk, newest(desk)) == [("i1-6", 0, 57, True)]


def test_words_are_dragged_as_before(desk, open_notes):
    data = QMimeData()
    data.setText("dropped")
    point = middle_of(open_notes.editor, "i2-1", 0, 0)
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(point, *how), QDragMoveEvent(point, *how), QDropEvent(QPointF(point), *how)):
        QApplication.sendEvent(open_notes.editor.viewport(), event)
    assert "dropped" in open_notes.editor.toPlainText()


# The margin


@pytest.fixture
def dense(desk, finished):
    """Eight codes over each other on one line, and room for names."""
    for number in range(8):
        desk.do(
            things.add, Code(key=f"c{number}", name=f"Code {number} of a very long and winding name", colour="#fefefe")
        )
        desk.do(coding.put_on, Place("i1", (Span(entry="i1-2", start=number, end=60 - number),)), f"c{number}")
    finished.parentWidget().resize(1300, 600)
    finished.resize(1300, 600)
    QApplication.processEvents()
    return finished


def beside(notebook, entry):
    editor = notebook.editor
    return editor.margin.beside(editor.document().findBlockByNumber(editor.sheet.place(entry)))


def named(notebook, row):
    editor = notebook.editor
    return editor.margin.beside(editor.document().findBlockByNumber(row)).names


def test_codes_over_each_other_stand_beside_each_other(dense):
    shown = beside(dense, "i1-2")
    assert len(shown.stripes) == 8
    assert sorted(stripe.column for stripe in shown.stripes) == list(range(8))
    assert shown.names
    assert sum(count for _line, count in shown.more) + len(shown.names) == 8
    right = dense.editor.margin.width()
    assert all(name.left + name.width <= right for name in shown.names)


def test_beside_a_panel_in_a_small_window_names_stand_there_and_the_words_stay_readable(desk, finished):
    finished.resize(547, 600)  # a window of 1280 px
    QApplication.processEvents()
    editor = finished.editor
    names = [name for row in range(len(editor.sheet.rows)) for name in named(finished, row)]
    assert {name.text for name in names} == {"Monitoring", "Training"}
    assert editor.viewport().width() >= 230
    assert editor.gutter.room < 200


def test_a_name_that_does_not_fit_on_a_line_goes_on_in_the_next(desk, finished):
    desk.do(things.add, Code(key="long", name="Sensitivity of all alarms together"))
    desk.do(coding.put_on, Place("i1", (Span(entry="i1-2", start=0, end=1, whole=True),)), "long")
    finished.resize(547, 600)
    QApplication.processEvents()
    assert finished.editor.document().findBlockByNumber(1).layout().lineCount() > 1
    assert [name.lines for name in beside(finished, "i1-2").names if name.sign and name.sign.code == "long"] == [2]


def test_in_a_passage_the_cursor_is_in_all_names_are_told_whole(qtbot, dense):
    margin = dense.editor.margin
    assert margin.whole() is None  # the cursor is in none
    inner = next(stripe.sign for stripe in beside(dense, "i1-2").stripes if stripe.sign.code == "c7")
    dense.choose_passage(inner.passage)
    whole = margin.whole()
    assert [sign.code for sign, _lines in whole.names] == ["c7", *(f"c{number}" for number in range(7))]
    assert " ".join(whole.names[0][1]) == "Code 7 of a very long and winding name"
    assert margin.rect().toRectF().contains(whole.where)
    third = list(whole.rows())[2][2]
    assert margin.signs_at(third.center())[0].code == "c1"
    chosen = []
    dense.passage_entered.connect(chosen.append)
    qtbot.mouseClick(margin, Qt.MouseButton.LeftButton, pos=third.center().toPoint())
    assert chosen == [whole.names[2][0].passage]
    dense.choose_passage("q3")  # its one name stands beside it already
    assert margin.whole() is None


def test_names_of_the_lowest_passage_stay_within_the_margin(dense):
    dense.resize(547, 160)
    QApplication.processEvents()
    dense.editor.verticalScrollBar().setValue(0)
    dense.choose_passage(beside(dense, "i1-2").stripes[0].sign.passage)
    whole = dense.editor.margin.whole()
    assert whole.where.top() >= 0


def test_at_a_narrow_width_there_are_stripes_alone(dense):
    dense.resize(400, 600)
    QApplication.processEvents()
    shown = beside(dense, "i1-2")
    assert len(shown.stripes) == 8
    assert not shown.names
    assert 8 * shown.pitch <= dense.editor.margin.width()


def test_what_stands_beside_a_line_is_worked_out_anew_only_where_it_changed(dense, desk):
    held = {entry: beside(dense, entry) for entry in ("i1-1", "i1-2", "i1-3")}
    dense.editor.viewport().update()
    QApplication.processEvents()
    assert all(beside(dense, entry) is shown for entry, shown in held.items())
    desk.do(coding.uncode, held["i1-2"].stripes[0].sign.passage, held["i1-2"].stripes[0].sign.code)
    assert len(beside(dense, "i1-2").stripes) == 7


def test_a_click_beside_the_words_makes_the_passage_the_current_one(qtbot, dense):
    margin, editor = dense.editor.margin, dense.editor
    chosen = []
    dense.passage_entered.connect(chosen.append)
    block = editor.document().findBlockByNumber(2)
    top = editor.blockBoundingGeometry(block).translated(editor.contentOffset()).top()
    qtbot.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(2, round(top) + 8))
    assert chosen == ["q3"]
    assert editor.current_passage == "q3"
    name = beside(dense, "i1-2").names[-1]
    line = editor.document().findBlockByNumber(1)
    top = editor.blockBoundingGeometry(line).translated(editor.contentOffset()).top()
    qtbot.mouseMove(margin, QPoint(round(name.left) + 12, round(top) + 8))
    qtbot.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(round(name.left) + 12, round(top) + 8))
    assert chosen[-1] == name.sign.passage
    qtbot.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(2, margin.height() - 4))
    assert len(chosen) == 2


def test_pointing_tells_all_codes_of_the_line_with_who_and_why(qtbot, dense, desk):
    desk.do(things.change, replace(desk.document.codes[0], name="<b>Training</b>"))
    margin = dense.editor.margin
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 8), margin.mapToGlobal(QPoint(2, 8)))
    QApplication.sendEvent(margin, event)
    qtbot.waitUntil(lambda: bool(QToolTip.text()))
    assert "&lt;b&gt;Training" in QToolTip.text()  # nobody's words are markup
    assert "Ada, about Paint inspection: Weekly" in QToolTip.text()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_what_a_second_coder_put_on_is_not_painted_while_both_are_at_work(desk, finished):
    desk.study.work_as("ben")
    desk.do(coding.put_on, Place("i1", (Span(entry="i1-6", start=0, end=8),)), "monitoring")
    theirs = newest(desk)
    desk.study.work_as("ada")
    desk.do(things.add, DoubleCoding(key="d1", first="ada", second="ben", sources=("i1",)))
    finished.refresh(next(each for each in desk.document.sources if each.key == "i1"))
    editor = finished.editor
    assert theirs in {mark.passage for mark in editor.sheet.marks_of(5)}  # it is still kept where it lies
    assert editor.marks_of(5) == ()
    assert not beside(finished, "i1-6").stripes
    editor.show_place("i1-6", 2)
    assert editor.passage_at_cursor() == ""
    assert theirs not in {mark.passage for _place, mark in editor.passages()}
    desk.study.work_as("ben")
    finished.refresh(next(each for each in desk.document.sources if each.key == "i1"))
    assert [stripe.sign.code for stripe in beside(finished, "i1-6").stripes] == ["monitoring"]
    assert not beside(finished, "i1-3").stripes
