"""The codebook as a tree, kept with the keyboard and the mouse; what happens to codings is said before it does."""

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from app.actions.codebook import delete_code
from ui.codes.tree_model import CODES, KEY

KEYS, MODIFIERS = Qt.Key, Qt.KeyboardModifier
PATH = "Procedures \u203a Training \u203a Schedule"
SHIFT, ALT, NONE = MODIFIERS.ShiftModifier, MODIFIERS.AltModifier, MODIFIERS.NoModifier


def press(qtbot, page, key, modifiers=NONE):
    qtbot.keyClick(page.tree.view, key, modifiers)


def choose(page, key):
    page.tree.view.setCurrentIndex(page.tree.model.index_of(key))


def name_line(page):
    lines = page.tree.view.viewport().findChildren(QLineEdit)
    return next((line for line in lines if line.isVisible()), None)


def type_name(qtbot, page, name, end=Qt.Key.Key_Return):
    line = name_line(page)
    qtbot.waitUntil(line.hasFocus)
    line.selectAll()
    qtbot.keyClicks(line, name)
    qtbot.keyClick(line, end)
    qtbot.waitUntil(page.tree.view.hasFocus)


def tree(desk):
    codes = desk.document.codes
    below = lambda above: {code.name: below(code.key) for code in codes if code.parent == above}  # noqa: E731
    return below(None)


def on(desk, code):
    return {(each.passage, each.assessor) for each in desk.document.codings if each.code == code}


# Walking it


def test_arrows_walk_the_codes_and_their_passages_follow(qtbot, page):
    assert page.tree.current == "procedures"
    assert page.middle.passages.list.rows.keys == ("q1", "p2", "p4")
    press(qtbot, page, KEYS.Key_Down)
    assert page.tree.current == "training"
    assert page.middle.passages.list.rows.keys == ("q1", "p4")
    assert page.panel.form.editor("name").toPlainText() == "Training"


def test_a_code_says_how_many_passages_it_has(page):
    model = page.tree.model
    said = {key: model.index_of(key).data(Qt.ItemDataRole.AccessibleTextRole) for key in ("procedures", "schedule")}
    assert said == {"procedures": "Procedures, 3 passages", "schedule": "Schedule, 1 passage"}
    assert model.index_of("schedule").data(Qt.ItemDataRole.ToolTipRole) == f"{PATH}\n1 passage"


def test_typing_narrows_the_tree_to_what_has_the_words(qtbot, page):
    press(qtbot, page, KEYS.Key_Slash)
    qtbot.waitUntil(page.tree.filter.hasFocus)
    qtbot.keyClicks(page.tree.filter, "sched")
    assert page.tree.model.shown() == ["procedures", "training", "schedule"]
    assert page.tree.selected == ["procedures"]
    qtbot.keyClicks(page.tree.filter, "zz")
    assert page.tree.model.shown() == []
    assert page.tree._nothing.isVisible()
    qtbot.keyClick(page.tree.filter, KEYS.Key_Escape)
    assert len(page.tree.model.shown()) == 6
    qtbot.keyClick(page.tree.filter, KEYS.Key_Down)
    assert page.tree.view.hasFocus()


def test_what_is_folded_away_stays_so(qtbot, page, desk):
    choose(page, "training")
    press(qtbot, page, KEYS.Key_Left)
    assert not page.tree.view.isExpanded(page.tree.model.index_of("training"))
    choose(page, "tools")
    press(qtbot, page, KEYS.Key_N)
    type_name(qtbot, page, "People")
    assert not page.tree.view.isExpanded(page.tree.model.index_of("training"))
    assert page.tree.view.isExpanded(page.tree.model.index_of("procedures"))


def test_a_code_that_is_led_to_comes_into_view(qtbot, page):
    page.tree.view.collapseAll()
    page.show_thing("schedule")
    assert page.shown_thing() == "schedule"
    assert page.tree.view.isExpanded(page.tree.model.index_of("training"))
    page.show_thing("p3")
    assert page.middle.passages.list.rows.keys == ("p3",)
    page.show_thing("nothing of the kind")
    assert page.shown_thing() == "schedule"


# Making and naming


def test_a_new_code_is_named_in_place_beside_the_current_one(qtbot, page, desk):
    choose(page, "training")
    press(qtbot, page, KEYS.Key_N)
    type_name(qtbot, page, "Testing")
    assert tree(desk)["Procedures"] == {"Training": {"Schedule": {}}, "Testing": {}, "Deployment": {}}
    assert page.tree.current == "testing"
    assert page.tree.view.hasFocus()
    desk.undo()
    assert "Testing" not in tree(desk)["Procedures"]


def test_a_new_code_under_the_current_one_is_tied_like_it(qtbot, page, desk):
    choose(page, "training")
    press(qtbot, page, KEYS.Key_N, SHIFT)
    type_name(qtbot, page, "Triggers")
    assert tree(desk)["Procedures"]["Training"] == {"Triggers": {}, "Schedule": {}}
    made = next(code for code in desk.document.codes if code.name == "Triggers")
    assert (made.rubric, made.principle) == ("mlops-maturity", "training-deployment")


@pytest.mark.parametrize("end", [KEYS.Key_Escape, KEYS.Key_Return])
def test_a_new_code_without_a_name_is_none(qtbot, page, desk, end):
    press(qtbot, page, KEYS.Key_Insert)
    assert page.tree.model.rowCount() == 3
    line = name_line(page)
    qtbot.keyClick(line, end)
    qtbot.waitUntil(lambda: page.tree.model.rowCount() == 2)
    assert len(desk.document.codes) == 6
    assert page.tree.current == "procedures"


def test_a_code_gets_another_name_in_place(qtbot, page, desk):
    choose(page, "tools")
    press(qtbot, page, KEYS.Key_F2)
    type_name(qtbot, page, "  What is   used ")
    assert "What is used" in tree(desk)
    assert page.tree.current == "tools"
    press(qtbot, page, KEYS.Key_Return)
    type_name(qtbot, page, "", KEYS.Key_Escape)
    assert "What is used" in tree(desk)


def test_a_name_that_is_taken_is_refused_in_words(qtbot, page, desk, heard):
    choose(page, "deployment")
    press(qtbot, page, KEYS.Key_F2)
    type_name(qtbot, page, "training")
    assert heard == ["A code “Training” stands there already: merge the two, or rename one."]
    assert page.tree.model.index_of("deployment").data() == "Deployment"


# Moving


def test_codes_move_by_key(qtbot, page, desk):
    choose(page, "deployment")
    press(qtbot, page, KEYS.Key_Up, ALT)
    assert list(tree(desk)["Procedures"]) == ["Deployment", "Training"]
    press(qtbot, page, KEYS.Key_Up, ALT)  # it is the first already
    press(qtbot, page, KEYS.Key_Down, ALT)
    assert list(tree(desk)["Procedures"]) == ["Training", "Deployment"]
    press(qtbot, page, KEYS.Key_Right, ALT)
    assert tree(desk)["Procedures"] == {"Training": {"Schedule": {}, "Deployment": {}}}
    press(qtbot, page, KEYS.Key_Left, ALT)
    assert list(tree(desk)["Procedures"]) == ["Training", "Deployment"]
    assert page.tree.current == "deployment"


def drop(page, keys, row, onto, action=Qt.DropAction.MoveAction):
    """Drop codes as the view does: on a row (-1), or before one of those under it."""
    model = page.tree.model
    data = model.mimeData([model.index_of(key) for key in keys])
    where = model.index_of(onto) if onto else QModelIndex()
    allowed = model.canDropMimeData(data, action, row, 0, where)
    model.dropMimeData(data, action, row, 0, where)
    return allowed


def test_codes_are_dragged_onto_others_and_between_them(qtbot, page, desk):
    assert drop(page, ["dashboards"], -1, "procedures")
    qtbot.waitUntil(lambda: tree(desk)["Tools"] == {})
    assert list(tree(desk)["Procedures"]) == ["Training", "Deployment", "Dashboards"]
    assert drop(page, ["deployment", "dashboards"], 0, "procedures")
    qtbot.waitUntil(lambda: next(iter(tree(desk)["Procedures"])) == "Deployment")
    assert list(tree(desk)["Procedures"]) == ["Deployment", "Dashboards", "Training"]
    assert drop(page, ["tools"], 0, "")
    qtbot.waitUntil(lambda: next(iter(tree(desk))) == "Tools")


def test_a_code_is_not_dropped_under_itself_nor_anything_else_in_the_tree(page, desk):
    before = desk.document.codes
    assert not drop(page, ["procedures"], -1, "schedule")
    assert not drop(page, ["procedures"], 0, "training")
    assert not page.tree.model.canDropMimeData(QMimeData(), Qt.DropAction.MoveAction, -1, 0, QModelIndex())
    assert not drop(page, ["tools"], -1, "", Qt.DropAction.CopyAction)
    assert desk.document.codes is before


def test_what_is_dragged_are_keys_and_no_words(page):
    data = page.tree.model.mimeData([page.tree.model.index_of("tools")])
    assert data.formats() == [CODES]
    assert data.data(CODES).toStdString() == "tools"


# Merging, splitting, deleting


def test_deleting_says_first_what_becomes_of_the_codings(qtbot, page, desk):
    choose(page, "dashboards")
    press(qtbot, page, KEYS.Key_Delete)
    assert page.ask.text == "Deleting “Dashboards” takes it off 2 passages by 2 assessors; 1 memo goes with it."
    assert page.ask.buttons[0].hasFocus()
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Escape)
    assert page.ask.isHidden()
    assert page.tree.view.hasFocus()
    assert on(desk, "dashboards")
    press(qtbot, page, KEYS.Key_Delete)
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Return)
    assert "Dashboards" not in tree(desk)["Tools"]
    desk.undo()
    assert on(desk, "dashboards") == {("p2", "ada"), ("p3", "ben")}


def test_the_code_beside_one_that_has_gone_is_chosen(qtbot, page):
    choose(page, "schedule")
    press(qtbot, page, KEYS.Key_Delete)
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Return)
    assert page.tree.current == "deployment"
    assert page.middle.passages.list.rows.keys == ("p2",)
    choose(page, "dashboards")
    press(qtbot, page, KEYS.Key_Delete)
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Return)
    assert page.tree.current == "tools"


def test_codes_below_go_along_or_move_up(qtbot, page, desk, heard):
    press(qtbot, page, KEYS.Key_Delete)
    assert "2 codes under it move up" in page.ask.text
    assert page.ask.details.startswith(
        "All of it: Deleting “Procedures” and 3 codes under it takes them off 3 passages"
    )
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Right)
    assert page.ask.buttons[1].hasFocus()
    qtbot.mouseClick(page.ask.buttons[0], Qt.MouseButton.LeftButton)
    assert list(tree(desk)) == ["Training", "Deployment", "Tools"]
    desk.undo(tell=False)
    choose(page, "procedures")
    press(qtbot, page, KEYS.Key_Delete)
    qtbot.mouseClick(page.ask.buttons[1], Qt.MouseButton.LeftButton)
    assert list(tree(desk)) == ["Tools"]
    assert heard == ["Delete code “Procedures”", "Delete code “Procedures” and what is under it"]


def test_several_codes_are_deleted_one_after_the_other(qtbot, page, desk):
    page.tree.select(["schedule", "deployment"])
    press(qtbot, page, KEYS.Key_Delete)
    assert "Schedule" in page.ask.text
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Return)
    assert "Deployment" in page.ask.text
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Return)
    assert tree(desk)["Procedures"] == {"Training": {}}


def test_a_code_is_merged_into_one_that_is_picked_by_its_letters(qtbot, page, desk):
    choose(page, "deployment")
    press(qtbot, page, KEYS.Key_M)
    line = page.deeds.picker.line
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "train")
    qtbot.keyClick(line, KEYS.Key_Return)
    assert page.ask.text.startswith("Merging “Deployment” into “Training” puts that on 1 passage by 1 assessor")
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Return)
    assert ("p2", "ada") in on(desk, "training")
    assert page.tree.current == "training"
    desk.undo()
    assert on(desk, "deployment") == {("p2", "ada")}


def test_dropping_with_ctrl_merges(qtbot, page, desk):
    assert drop(page, ["dashboards"], -1, "deployment", Qt.DropAction.CopyAction)
    qtbot.waitUntil(page.ask.isVisible)
    assert "Merging “Dashboards” into “Deployment”" in page.ask.text
    qtbot.keyClick(page.ask.buttons[0], KEYS.Key_Return)
    assert on(desk, "deployment") == {("p2", "ada"), ("p3", "ben")}


def test_selected_passages_are_split_off_a_code(qtbot, page, desk, heard):
    choose(page, "training")
    found = page.middle.passages.list
    found.set_current("p4")
    found.setFocus()
    qtbot.keyClick(found, KEYS.Key_S)
    assert page.ask.text.startswith("Splitting “Training” puts the new code in its place on 1 passage by 1 assessor")
    qtbot.waitUntil(page.ask.line.hasFocus)
    qtbot.keyClick(page.ask.line, KEYS.Key_Return)  # it needs a name
    assert page.ask.isVisible()
    qtbot.keyClicks(page.ask.line, "Bought-in training")
    qtbot.keyClick(page.ask.line, KEYS.Key_Return)
    assert tree(desk)["Procedures"]["Bought-in training"] == {}
    assert on(desk, "bought-in-training") == {("p4", "ada")}
    assert on(desk, "training") == {("q1", "ada"), ("q1", "ben")}
    choose(page, "tools")
    press(qtbot, page, KEYS.Key_S)
    assert heard[-1].startswith("Select the passages")


# Reading only, and an empty codebook


def test_a_reading_window_changes_nothing(qtbot, page, desk, monkeypatch):
    monkeypatch.setattr(type(desk), "read_only", True)
    page.refresh()
    before = desk.document.codes
    for key in (KEYS.Key_N, KEYS.Key_Delete, KEYS.Key_F2, KEYS.Key_M):
        press(qtbot, page, key)
    assert page.ask.isHidden()
    assert name_line(page) is None
    assert not page.tree.new.isVisible()
    assert page.panel.form.editor("name").isReadOnly()
    assert not drop(page, ["tools"], -1, "procedures")
    page.middle.passages.list.setFocus()
    for key in (KEYS.Key_Delete, KEYS.Key_C, KEYS.Key_R, KEYS.Key_S):
        qtbot.keyClick(page.middle.passages.list, key)
    assert page.deeds.picker is None
    assert desk.document.codes is before


def test_an_empty_codebook_offers_ways_to_begin(qtbot, page, desk):
    for key in ("tools", "procedures"):
        choose(page, key)
        press(qtbot, page, KEYS.Key_Delete)
        qtbot.mouseClick(page.ask.buttons[1], Qt.MouseButton.LeftButton)
    assert page._start.isVisible()
    qtbot.mouseClick(page._start, Qt.MouseButton.LeftButton)
    assert len(desk.document.codes) > 20
    assert page.tree.view.isVisible()
    desk.undo()
    assert page._start.isVisible()
    page._begin()
    type_name(qtbot, page, "First")
    assert [code.name for code in desk.document.codes] == ["First"]


def test_a_click_on_a_code_shows_its_passages(qtbot, page):
    where = page.tree.view.visualRect(page.tree.model.index_of("dashboards"))
    qtbot.mouseClick(page.tree.view.viewport(), Qt.MouseButton.LeftButton, pos=where.center() + QPoint(10, 0))
    assert page.tree.view.currentIndex().data(KEY) == "dashboards"
    assert page.middle.passages.list.rows.keys == ("p2", "p3")


def test_a_code_that_nothing_has_goes_without_a_question(qtbot, page, desk, heard):
    choose(page, "tools")
    press(qtbot, page, KEYS.Key_N)
    type_name(qtbot, page, "Mistake")
    press(qtbot, page, KEYS.Key_Delete)
    assert page.ask.isHidden()
    assert "Mistake" not in tree(desk)
    assert heard[-1] == "Delete code “Mistake”"
    desk.undo()
    assert "Mistake" in tree(desk)


def test_beginning_by_keys_leads_into_the_tree_and_undoing_back(qtbot, page, desk):
    for key in ("tools", "procedures"):
        desk.do(delete_code, key, "with")
    assert page._start.hasFocus()
    qtbot.keyClick(page._start, KEYS.Key_Return)
    assert page.tree.view.hasFocus()
    assert page.tree.current == desk.document.codes[0].key
    desk.undo()
    assert page._start.hasFocus()
