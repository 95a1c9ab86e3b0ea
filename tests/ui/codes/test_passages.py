"""What is found with the codebook: passages by codes and choices, matrices that open them, memos."""

import msgspec
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from app.actions.evidence import put_code
from app.analysis.coding import CodingIndex
from app.model.evidence import Coding
from ui.codes.filters import ORGANISATION
from ui.codes.matrix_model import TOTAL

KEYS, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def choose(page, *keys):
    page.tree.select(keys)
    page.tree.chosen.emit()


@pytest.fixture
def found(page):
    """The list of passages, with the focus."""
    page.middle.passages.list.setFocus()
    return page.middle.passages.list


def keys(page):
    return page.middle.passages.list.rows.keys


def pick(page, name, value):
    field = page.middle.passages.filters.fields[name]
    field.setCurrentIndex(field._keys.index(value))
    field.activated.emit(field.currentIndex())


def signs(page):
    return {chip.term.code: chip.accessibleName() for chip in page.middle.passages.chips.chips}


# Asking


def test_codes_selected_together_are_any_of(page):
    choose(page, "schedule", "dashboards")
    assert keys(page) == ("q1", "p2", "p3")
    assert page.middle.bar.button("passages").text() == "Passages 3"
    assert signs(page) == {"schedule": "any of Schedule", "dashboards": "any of Dashboards"}


def test_plus_and_minus_keep_a_code_while_another_is_chosen(qtbot, page):
    view = page.tree.view
    choose(page, "dashboards")
    qtbot.keyClick(view, KEYS.Key_Plus)
    choose(page, "deployment")
    assert keys(page) == ("p2",)
    assert signs(page) == {"deployment": "any of Deployment", "dashboards": "and Dashboards"}
    terms = [(term.name, term.sign) for term in page.middle.passages.terms]
    assert terms == [("Deployment", "any"), ("Dashboards", "all")]
    choose(page, "dashboards")
    qtbot.keyClick(view, KEYS.Key_Minus)
    choose(page, "procedures")
    assert keys(page) == ("q1", "p4")
    chip = page.middle.passages.chips.chips[1]
    chip.setFocus()
    qtbot.keyClick(chip, KEYS.Key_Delete)
    assert keys(page) == ("q1", "p2", "p4")


def test_a_chip_says_whether_its_code_must_be_there(qtbot, page):
    choose(page, "training", "dashboards")
    chips = page.middle.passages.chips
    for key, name in ((KEYS.Key_Plus, "and"), (KEYS.Key_Minus, "not"), (KEYS.Key_O, "any of")):
        chip = next(each for each in chips.chips if each.term.code == "dashboards")
        chip.setFocus()
        qtbot.keyClick(chip, key)
        assert signs(page)["dashboards"] == f"{name} Dashboards"
    chip = next(each for each in chips.chips if each.term.code == "dashboards")
    assert chip.hasFocus()
    qtbot.mouseClick(chip, LEFT)
    assert signs(page)["dashboards"] == "and Dashboards"
    assert keys(page) == ()
    assert page.middle.passages.nothing.isVisible()
    qtbot.mouseClick(page.middle.passages.nothing.button, LEFT)
    assert keys(page) == ("q1", "p2", "p3", "p4")


def test_a_chip_of_the_selected_code_can_be_taken_away(qtbot, page):
    choose(page, "training", "dashboards")
    chip = next(each for each in page.middle.passages.chips.chips if each.term.code == "training")
    qtbot.keyClick(chip, KEYS.Key_Backspace)
    assert keys(page) == ("p2", "p3")
    qtbot.keyClick(page.tree.view, KEYS.Key_Plus)
    qtbot.keyClick(page.tree.view, KEYS.Key_Backspace, Qt.KeyboardModifier.ControlModifier)  # not on the passages
    page.middle.passages.let_go()
    assert [term.kept for term in page.middle.passages.terms].count(True) == 0


def test_many_codes_are_told_by_number(page):
    choose(page, *page.index.tree)
    assert len(page.middle.passages.chips.chips) == 4
    assert page.middle.passages.chips._more.text() == "and 2 more"


def test_codes_below_count_or_not(qtbot, page, found):
    choose(page, "procedures")
    assert keys(page) == ("q1", "p2", "p4")
    qtbot.keyClick(found, KEYS.Key_B)
    assert keys(page) == ()
    assert page.middle.passages.no_passage.isVisible()
    assert page.tree.model.index_of("procedures").data(Qt.ItemDataRole.AccessibleTextRole) == "Procedures, 0 passages"
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(page.middle.passages.no_passage.button, LEFT)
    assert led.args == ["interviews", ""]
    qtbot.mouseClick(page.middle.passages.below, LEFT)
    assert keys(page) == ("q1", "p2", "p4")


def test_choices_narrow_what_is_found(page, desk):
    choose(page, "training")
    pick(page, "case", "sorting")
    assert keys(page) == ("p4",)
    pick(page, "case", ORGANISATION)
    assert keys(page) == ()
    pick(page, "case", "")
    pick(page, "role", "ML engineer")
    assert keys(page) == ("q1",)
    pick(page, "role", "")
    pick(page, "round", "r2")
    assert keys(page) == ()
    pick(page, "round", "r1")
    pick(page, "assessor", "ben")
    assert keys(page) == ("q1",)
    page.refresh()
    assert keys(page) == ("q1",)


def test_words_narrow_what_is_found(qtbot, page, found):
    choose(page, "training")
    qtbot.keyClick(found, KEYS.Key_Slash)
    words = page.middle.passages.words
    qtbot.waitUntil(words.hasFocus)
    qtbot.keyClicks(words, "suppl")
    qtbot.waitUntil(lambda: keys(page) == ("p4",))
    qtbot.keyClick(words, KEYS.Key_Return)
    qtbot.waitUntil(found.hasFocus)
    words.clear()
    qtbot.waitUntil(lambda: len(keys(page)) == 2)


# Going there, and changing what is coded


def test_enter_and_a_click_on_the_citation_lead_to_the_notes(qtbot, page, found):
    choose(page, "training")
    found.set_current("p4")
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(found, KEYS.Key_Return)
    assert led.args == ["interviews", "p4"]
    spot = found.citation_rect("q1").center().toPoint()
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(found.viewport(), LEFT, pos=spot)
    assert led.args == ["interviews", "q1"]
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseDClick(found.viewport(), LEFT, pos=found.visualRect(found.rows.index_of("p4")).center())
    assert led.args == ["interviews", "p4"]


def test_the_cursor_says_that_a_citation_can_be_clicked(page, found):
    def cursor_at(point):
        where = QPointF(point)
        glob = QPointF(found.viewport().mapToGlobal(where.toPoint()))
        event = QMouseEvent(
            QMouseEvent.Type.MouseMove, where, glob, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, NONE
        )
        found.mouseMoveEvent(event)
        return found.viewport().cursor().shape()

    choose(page, "training")
    assert cursor_at(found.citation_rect("q1").center()) == Qt.CursorShape.PointingHandCursor
    assert cursor_at(found.citation_rect("q1").bottomRight() + QPointF(60, 8)) == Qt.CursorShape.ArrowCursor


def test_a_passage_is_read_with_its_place(page, found):
    choose(page, "training")
    said = found.rows.index_of("p4").data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "I2 line 1, Bought-in sorting model. Supplier trains the model and hands over a file"


def test_the_code_looked_for_is_taken_off_where_it_is_one_s_own(qtbot, page, found, desk, heard):
    choose(page, "training")
    found.set_current("q1")
    qtbot.keyClick(found, KEYS.Key_Delete)
    left = {(each.code, each.assessor) for each in desk.document.codings if each.passage == "q1"}
    assert left == {("training", "ben")}  # with those below, the one under it went, too
    assert heard == ["Take codes off 1 passage"]
    found.setFocus()
    qtbot.keyClick(found, KEYS.Key_Delete)
    assert heard[-1] == "None of these codes was put on by whoever is working now."
    desk.undo()
    assert len(desk.document.codings) == 7


def test_another_code_is_put_on_all_that_are_selected(qtbot, page, found, desk):
    choose(page, "training")
    found.selectAll()
    qtbot.keyClick(found, KEYS.Key_C)
    line = page.deeds.picker.line
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "dash")
    qtbot.keyClick(line, KEYS.Key_Return)
    assert {each.passage for each in desk.document.codings if each.code == "dashboards"} == {"q1", "p2", "p3", "p4"}
    desk.undo()
    assert {each.passage for each in desk.document.codings if each.code == "dashboards"} == {"p2", "p3"}


def test_a_code_is_put_in_place_of_another(qtbot, page, found, desk, heard):
    choose(page, "deployment")
    qtbot.keyClick(found, KEYS.Key_R)
    line = page.deeds.picker.line
    qtbot.keyClicks(line, "schedule")
    qtbot.keyClick(line, KEYS.Key_Return)
    assert {each.code for each in desk.document.codings if each.passage == "p2"} == {"schedule", "dashboards"}
    assert heard == ["Recode to “Schedule”"]
    choose(page, "dashboards")
    found.set_current("p3")
    qtbot.keyClick(found, KEYS.Key_R)
    assert heard[-1] == "None of these codes was put on by whoever is working now."


def test_what_is_selected_and_asked_for_stays_when_the_study_changes(page, found, desk):
    choose(page, "training")
    found.set_current("p4")
    desk.do(put_code, "p2", "tools", "ada")
    assert found.current_key() == "p4"
    assert page.tree.selected == ["training"]


def test_a_long_list_is_made_as_somebody_comes_to_it(qtbot, page, found, desk, monkeypatch):
    monkeypatch.setattr("ui.codes.lazy_list.AT_ONCE", 1)
    choose(page, "tools")
    choose(page, "training", "dashboards")
    assert found.rows._loaded < 4 or found.viewport().height() > 300
    qtbot.keyClick(found, KEYS.Key_End)
    assert found.current_key() == "p4"
    qtbot.keyClick(found, KEYS.Key_Home)
    for _step in range(3):
        qtbot.keyClick(found, KEYS.Key_Down)
    assert found.current_key() == "p4"


# Matrices


def matrix(page, part):
    page.middle.show_part(part)
    return page.middle.part(part).table


def counts(table):
    model = table.counts
    columns = range(model.columnCount())
    return {
        model.place(model.index(row, 0))[0]: [str(model.index(row, column).data()) for column in columns]
        for row in range(model.rowCount())
    }


def test_codes_against_cases_open_their_passages(qtbot, page, desk):
    table = matrix(page, "case")
    assert counts(table)["procedures"] == ["2", "1", "", "3"]  # paint, sorting, the organisation, all
    table.setCurrentIndex(table.counts.index_of("training", "sorting"))
    assert table.currentIndex().data() == "1"
    said = table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"Training \u00d7 {desk.document.cases[1].name}: 1 passage"
    table.setFocus()
    qtbot.keyClick(table, KEYS.Key_Return)
    assert page.middle.shown == "passages"
    assert keys(page) == ("p4",)
    assert page.middle.passages.cell.isVisible()
    assert page.middle.passages.cell.text().startswith("Training")
    qtbot.mouseClick(page.middle.passages.cell, LEFT)
    assert keys(page) == ("q1", "p2", "p4")


def test_codes_against_principles_and_each_other(qtbot, page):
    table = matrix(page, "principle")
    assert counts(table)["training"][0] == "2"
    table = matrix(page, "together")
    assert counts(table)["schedule"][:2] == ["1", ""]
    index = table.counts.index_of("deployment", "dashboards")
    qtbot.mouseDClick(table.viewport(), LEFT, pos=table.visualRect(index).center())
    assert keys(page) == ("p2",)


def test_an_empty_cell_opens_nothing_and_a_total_all(qtbot, page):
    table = matrix(page, "case")
    table.setFocus()
    table.setCurrentIndex(table.counts.index_of("dashboards", "sorting"))
    qtbot.keyClick(table, KEYS.Key_Return)
    assert page.middle.shown == "case"
    table.setCurrentIndex(table.counts.index_of("dashboards", TOTAL))
    qtbot.keyClick(table, KEYS.Key_Return)
    assert keys(page) == ("p2", "p3")
    page.middle.show_part("case")
    table.setCurrentIndex(table.counts.index_of(TOTAL, "sorting"))
    assert table.currentIndex().data() == "1"
    qtbot.keyClick(table, KEYS.Key_Return)
    assert keys(page) == ("p4",)
    page.middle.show_part("case")
    table.setCurrentIndex(table.counts.index_of(TOTAL, TOTAL))
    qtbot.keyClick(table, KEYS.Key_Return)
    assert page.middle.passages.cell.text() == "All coded passages"
    assert keys(page) == ("q1", "p2", "p3", "p4")


def test_the_parts_go_round_by_key_and_come_back_as_they_were(qtbot, page, desk):
    table = matrix(page, "case")
    table.setCurrentIndex(table.counts.index_of("dashboards", "paint"))
    ctrl = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(table, KEYS.Key_Tab, ctrl)
    assert page.middle.shown == "principle"
    page.middle.show_part("case")
    desk.do(put_code, "p4", "dashboards", "ada")
    assert table.counts.place(table.currentIndex()) == ("dashboards", "paint")
    assert table.currentIndex().data() == "2"


# Memos


def test_memos_are_listed_found_by_words_and_lead_to_their_passage(qtbot, page):
    page.middle.show_part("memos")
    memos = page.middle.part("memos")
    assert [memo.text for memo in memos.memos] == ["Every Monday", "Seen, not used"]
    assert page.middle.bar.button("memos").text() == "Memos 2"
    memos.list.setFocus()
    said = memos.list.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Schedule, I1 line 1. Every Monday. Ada"
    qtbot.keyClick(memos.list, KEYS.Key_Slash)
    qtbot.waitUntil(memos.words.hasFocus)
    qtbot.keyClicks(memos.words, "seen")
    qtbot.keyClick(memos.words, KEYS.Key_Return)
    qtbot.waitUntil(memos.list.hasFocus)
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(memos.list, KEYS.Key_Return)
    assert led.args == ["interviews", "p3"]
    memos.words.setText("nowhere")
    qtbot.waitUntil(memos.nothing.isVisible)


def test_without_codings_every_part_says_what_it_is_for(page, desk):
    for each in desk.document.codings:
        from app.actions.things import remove_thing

        desk.do(remove_thing, Coding(passage=each.passage, code=each.code, assessor=each.assessor))
    assert page.middle.passages.no_passage.isVisible()
    for part in ("case", "principle", "together"):
        page.middle.show_part(part)
        assert page.middle.part(part).empty.isVisible()
    page.middle.show_part("memos")
    assert page.middle.part("memos").empty.isVisible()


def test_without_a_rubric_no_codes_are_set_against_principles(desk):
    from ui.codes.middle import _matrix

    bare = msgspec.structs.replace(desk.document, rubrics=())
    assert _matrix("principle", CodingIndex(bare)).cells == {}
    assert _matrix("together", CodingIndex(bare)).cells


# Where nothing was found


def test_the_key_to_what_was_found_leads_on_where_nothing_was(qtbot, page):
    choose(page, "tools")
    page.middle.passages.below.toggle()
    page.tree.view.setFocus()
    assert page.middle.passages.no_passage.isVisible()
    qtbot.keyClick(page.tree.view, KEYS.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.middle.passages.no_passage.button.hasFocus()


def test_the_focus_stays_where_the_last_passage_went_from(qtbot, page, found, desk):
    choose(page, "schedule")
    found.setFocus()
    qtbot.keyClick(found, KEYS.Key_Delete)
    assert keys(page) == ()
    assert page.middle.passages.no_passage.button.hasFocus()
    desk.undo()
    assert found.hasFocus()
