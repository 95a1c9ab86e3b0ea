"""Two coders in the window: they begin, are done, read the figures, and settle by keys what they differ on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions.double_coding import begin, resolve, say_done
from app.actions.things import remove
from app.actions.unit import Changes
from app.analysis.agreement import agreement
from tests.ui.test_accessibility import nameless
from ui.codes.agreement.figures import CODE

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def click_row(qtbot, view, row):
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(row, 0)).center()
    )


def row_texts(view):
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def typed(qtbot, words):
    qtbot.keyClicks(QApplication.focusWidget(), words)


# Beginning


def test_the_empty_state_offers_to_begin(qtbot, desk, shown):
    view = shown(desk)
    assert view._stack.currentWidget() is view._empty
    assert not view._head.isVisible()
    qtbot.mouseClick(view._empty.button, Qt.MouseButton.LeftButton)
    assert view._stack.currentWidget() is view.form
    assert (view.form.first.value(), view.form.second.value()) == ("ada", "ben")


def test_beginning_by_keys(qtbot, desk, shown):
    view = shown(desk)
    press(qtbot, KEY.Key_Insert)
    assert QApplication.focusWidget() is view.form.filter
    assert not view.form.begin_button.isEnabled()
    typed(qtbot, "paint")
    assert row_texts(view.form.sources) == ["I1 Running the paint inspection"]
    press(qtbot, KEY.Key_Down)
    press(qtbot, KEY.Key_Space)
    assert view.form.picked == ("i1",)
    press(qtbot, KEY.Key_Return, CTRL | SHIFT)
    (double,) = desk.document.double_codings
    assert (double.first, double.second, double.sources) == ("ada", "ben", ("i1",))
    assert view._stack.currentWidget() is view.blind
    assert QApplication.focusWidget() is view.blind.sources


def test_beginning_by_mouse(qtbot, desk, shown):
    view = shown(desk)
    qtbot.mouseClick(view._empty.button, Qt.MouseButton.LeftButton)
    click_row(qtbot, view.form.sources, 0)
    click_row(qtbot, view.form.sources, 1)
    click_row(qtbot, view.form.sources, 0)
    assert view.form.picked == ("i2",)
    qtbot.mouseClick(view.form.begin_button, Qt.MouseButton.LeftButton)
    assert desk.document.double_codings[0].sources == ("i2",)


def test_what_is_lacking_is_told(qtbot, desk, shown):
    view = shown(desk)
    view.new_double()
    form = view.form
    assert form._lacking.text() == "Tick at least one source."
    form.sources.setFocus()
    press(qtbot, KEY.Key_Return)
    assert form._lacking.text() == "1 source ticked"
    form.second.setFocus()
    press(qtbot, KEY.Key_Up)
    assert form._lacking.text() == "A second coder is somebody else than the first."
    press(qtbot, KEY.Key_Return, CTRL | SHIFT)
    assert desk.document.double_codings == ()


def test_escape_leads_back(qtbot, desk, shown):
    view = shown(desk)
    view.new_double()
    press(qtbot, KEY.Key_Escape)  # the words to search are empty: to the list
    press(qtbot, KEY.Key_Escape)
    assert view._stack.currentWidget() is view._empty
    assert QApplication.focusWidget() is view._empty.button


def test_a_refusal_leaves_the_form_as_it_was(qtbot, blind, shown):
    view = shown(blind)
    sentences = []
    blind.failed.connect(sentences.append)
    qtbot.mouseClick(view.new_button, Qt.MouseButton.LeftButton)
    click_row(qtbot, view.form.sources, 0)
    press(qtbot, KEY.Key_Return, CTRL | SHIFT)
    assert len(sentences) == 1
    assert view.form.picked == ("i1",)
    assert view._stack.currentWidget() is view.form


def test_it_takes_two(qtbot, desk, shown):
    desk.do(remove, "assessors", "ben")
    view = shown(desk)
    assert view._stack.currentWidget() is view._alone
    with qtbot.waitSignal(view.go) as led:
        qtbot.mouseClick(view._alone.button, Qt.MouseButton.LeftButton)
    assert led.args == ["overview", "assessors"]
    view.new_double()
    assert view._stack.currentWidget() is view._alone


# Coding blind


def test_who_works_sees_how_far_they_have_come(blind, shown):
    view = shown(blind)
    assert view.blind._own.text() == "Coded by you: 3 of 6 lines"
    assert [person.state.text() for person in view.blind.people] == ["is coding", "is coding"]
    blind.study.work_as("ben")
    view.refresh()
    assert view.blind._own.text() == "Coded by you: 3 of 6 lines"
    blind.study.work_as("")
    view.refresh()
    assert view.blind._own.text() == "1 source to code"
    assert not view.blind.done_button.isVisible()


def test_saying_that_one_is_done_and_going_on_after_all(qtbot, blind, shown):
    view = shown(blind)
    press(qtbot, KEY.Key_Return, CTRL | SHIFT)
    assert blind.document.double_codings[0].first_done_at is not None
    assert view.blind.people[0].state.text().startswith("done, ")
    assert not view.blind.done_button.isVisible()
    qtbot.mouseClick(view.blind.go_on_button, Qt.MouseButton.LeftButton)
    assert blind.document.double_codings[0].first_done_at is None
    qtbot.mouseClick(view.blind.done_button, Qt.MouseButton.LeftButton)
    blind.study.work_as("ben")
    view.refresh()
    press(qtbot, KEY.Key_Return, CTRL | SHIFT)
    assert view._stack.currentWidget() is view._results


def test_a_source_leads_to_its_notes(qtbot, blind, shown):
    view = shown(blind)
    with qtbot.waitSignal(view.go) as led:
        press(qtbot, KEY.Key_Return)
    assert led.args == ["interviews", "i1"]
    with qtbot.waitSignal(view.go):
        click_row(qtbot, view.blind.sources, 0)


def test_other_sources(qtbot, blind, shown):
    view = shown(blind)
    press(qtbot, KEY.Key_F2)
    assert view.form.picked == ("i1",)
    assert not view.form.first.isEnabled()
    click_row(qtbot, view.form.sources, 1)
    press(qtbot, KEY.Key_Return, CTRL | SHIFT)
    assert blind.document.double_codings[0].sources == ("i1", "i2")
    press(qtbot, KEY.Key_Return, CTRL | SHIFT)
    assert not view.blind.sources_button.isVisible()


# Figures


def test_figures_are_those_of_the_rule(done, shown):
    view = shown(done)
    found = agreement(done.document, done.document.double_codings[0])
    assert view.figures.alpha.figure.text() == f"{found.overall.alpha:.3f}".replace("-", "\u2212")
    assert view.figures.percent.figure.text() == f"{found.overall.percent:.1f} %"
    assert "6 lines with words, 2 codes used by either, 4 differences, 4 of them open." in view.figures.lines.text()
    table = view.figures.table
    model = table.model()
    told = {model.index(row, 0).data(): [model.index(row, column).data() for column in range(1, 6)] for row in range(2)}
    for code in found.codes:
        measure = code.measure
        numbers = [measure.both, measure.first, measure.second]
        assert told[code.name] == [
            f"{measure.alpha:.3f}".replace("-", "\u2212"),
            f"{measure.percent:.1f}",
            *map(str, numbers),
        ]


def test_the_table_is_sorted_by_keys_and_heads(qtbot, done, shown):
    view = shown(done)
    table = view.figures.table
    table.setFocus()
    assert row_texts(table) == ["Monitoring", "Training"]  # the least agreed first
    press(qtbot, KEY.Key_2)
    assert row_texts(table) == ["Training", "Monitoring"]
    assert table.current  # the current code stays current
    press(qtbot, KEY.Key_1)
    assert row_texts(table) == ["Monitoring", "Training"]
    press(qtbot, KEY.Key_1)
    assert row_texts(table) == ["Training", "Monitoring"]
    assert table.model().headerData(0, Qt.Orientation.Horizontal) == "Code \u2193"
    head = table.horizontalHeader()
    at = head.sectionViewportPosition(4) + head.sectionSize(4) // 2
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=head.viewport().rect().center().__class__(at, 8))
    assert row_texts(table) == ["Monitoring", "Training"]  # only Ada: the most first


def test_a_code_narrows_the_differences(qtbot, done, shown):
    view = shown(done)
    table = view.figures.table
    table.setFocus()
    assert table.currentIndex().data(CODE) == "monitoring"
    press(qtbot, KEY.Key_Return)
    assert view.differences.code.value() == "monitoring"
    assert len(view.differences.list.cards.cards) == 3
    assert QApplication.focusWidget() is view.differences.list


def test_nothing_coded_is_said(desk, shown):
    desk.study.do(begin, "ada", "ben", ["i2"])
    for who in ("ada", "ben"):
        desk.study.work_as(who)
        desk.study.do(say_done, "dc-1", who)
    view = shown(desk)
    assert view.figures.alpha.figure.text() == "\u2013"
    assert view.figures.lines.text().endswith("Neither put on any code.")
    assert not view.figures.table.isVisible()
    assert view.differences._stack.currentWidget() is view.differences._empty["all"]


def test_the_codes_keep_their_names_where_there_is_little_room(done, shown):
    table = shown(done).figures.table
    for width, first in ((480, "Only\nAda"), (900, "Only Ada")):
        table.resize(width, 300)
        heads = [table.figures.headerData(column, Qt.Orientation.Horizontal) for column in (4, 5)]
        assert heads[0] == first
        assert table.columnWidth(0) >= 100
        assert sum(table.columnWidth(column) for column in range(6)) <= width


# Settling


def resolutions(desk):
    return {
        (each.entry, each.code): (each.applies, each.reason) for each in desk.document.double_codings[0].resolutions
    }


def test_settling_by_keys_leads_from_one_to_the_next(qtbot, done, shown):
    view = shown(done)
    pane = view.differences
    assert QApplication.focusWidget() is pane.list
    assert [card.head.partition(" · ")[0] for card in pane.list.cards.cards] == [
        "I1 line 2",
        "I1 line 3",
        "I1 line 4",
        "I1 line 5",
    ]
    press(qtbot, KEY.Key_Home)
    press(qtbot, KEY.Key_Y)
    assert pane.decide.verdict.text() == "It applies, because"
    typed(qtbot, "By hand is a way of training, too.")
    press(qtbot, KEY.Key_Return)
    assert resolutions(done) == {("i1-2", "training"): (True, "By hand is a way of training, too.")}
    assert QApplication.focusWidget() is pane.list
    assert pane.current.entry == "i1-3"  # the next one came by itself
    press(qtbot, KEY.Key_N)
    typed(qtbot, "No alarm is none.")
    press(qtbot, KEY.Key_Return)
    assert resolutions(done)["i1-3", "monitoring"] == (False, "No alarm is none.")
    assert pane.current.entry == "i1-4"
    assert [pane.filter.button(key).text() for key in ("open", "agreed", "all")] == ["Open 2", "Agreed 2", "All 4"]


def test_the_last_one_is_told(qtbot, done, shown):
    view = shown(done)
    for _ in range(4):
        press(qtbot, KEY.Key_Y)
        typed(qtbot, "So.")
        press(qtbot, KEY.Key_Return)
    assert len(resolutions(done)) == 4
    assert view.differences._stack.currentWidget() is view.differences._empty["open"]


def test_the_passage_is_shown_in_its_context(qtbot, done, shown):
    view = shown(done)
    context = view.differences.decide.context
    view.differences.list.set_current("i1-4 monitoring")
    view.differences._show_current()
    assert context.before.text().startswith("No alarm when")
    assert context.words.text() == "P1: Every model is registered with the data it was trained on."
    assert context.after.text().startswith("Not sure whether")
    assert context.memos.text() == "Memo: kanarienmemo"


def test_no_reason_no_agreement(qtbot, done, shown):
    view = shown(done)
    press(qtbot, KEY.Key_Y)
    press(qtbot, KEY.Key_Return)
    assert resolutions(done) == {}
    assert view.differences.decide.asks
    typed(qtbot, "Half a rea")
    press(qtbot, KEY.Key_Escape)
    assert QApplication.focusWidget() is view.differences.list
    assert not view.differences.decide.asks
    press(qtbot, KEY.Key_Y)
    assert view.differences.decide.reason.toPlainText() == "Half a rea"  # what was typed is still there
    press(qtbot, KEY.Key_Escape)
    press(qtbot, KEY.Key_Down)
    press(qtbot, KEY.Key_Y)
    assert view.differences.decide.reason.toPlainText() == ""


def test_what_another_window_changes_does_not_take_the_reason_away(qtbot, done, shown):
    view = shown(done)
    press(qtbot, KEY.Key_Y)
    typed(qtbot, "Half")
    done.do(resolve, "dc-1", "i1-5", "monitoring", applies=True, reason="Meanwhile.")
    assert view.differences.decide.asks
    assert view.differences.decide.reason.toPlainText() == "Half"


def test_settling_by_mouse(qtbot, done, shown):
    view = shown(done)
    decide = view.differences.decide
    qtbot.mouseClick(decide.applies_not_button, Qt.MouseButton.LeftButton)
    assert not decide.agree_button.isEnabled()
    typed(qtbot, "Too far.")
    qtbot.mouseClick(decide.agree_button, Qt.MouseButton.LeftButton)
    assert resolutions(done) == {("i1-2", "training"): (False, "Too far.")}
    qtbot.mouseClick(decide.applies_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(decide.cancel_button, Qt.MouseButton.LeftButton)
    assert not decide.asks


def test_among_all_the_next_open_one_is_next(qtbot, done, shown):
    view = shown(done)
    pane = view.differences
    pane.filter.button("all").click()
    pane.list.setFocus()
    press(qtbot, KEY.Key_End)
    press(qtbot, KEY.Key_Y)
    typed(qtbot, "So.")
    press(qtbot, KEY.Key_Return)
    assert pane.current.entry == "i1-2"  # from the end to the first that is open


def test_opening_again_and_deciding_otherwise(qtbot, done, shown):
    done.do(resolve, "dc-1", "i1-2", "training", applies=False, reason="Too far.")
    view = shown(done)
    pane = view.differences
    pane.filter.button("agreed").click()
    assert pane.decide.verdict.text() == "Agreed: it does not apply. Too far. (Ada)"
    pane.list.setFocus()
    press(qtbot, KEY.Key_Y)
    assert pane.decide.reason.toPlainText() == "Too far."
    typed(qtbot, "It does.")
    press(qtbot, KEY.Key_Return)
    assert resolutions(done) == {("i1-2", "training"): (True, "It does.")}
    assert pane.decide.verdict.text() == "Agreed: it applies. It does. (Ada)"
    press(qtbot, KEY.Key_O)
    assert resolutions(done) == {}
    assert pane._stack.currentWidget() is pane._empty["agreed"]
    pane.filter.button("open").click()
    pane.list.setFocus()
    press(qtbot, KEY.Key_O)  # nothing to open again
    assert len(pane.list.cards.cards) == 4


def test_one_step_of_undo_brings_a_difference_back(qtbot, done, shown):
    view = shown(done)
    press(qtbot, KEY.Key_Y)
    typed(qtbot, "So.")
    press(qtbot, KEY.Key_Return)
    done.undo()
    assert resolutions(done) == {}
    assert len(view.differences.list.cards.cards) == 4


@pytest.mark.parametrize("key", [KEY.Key_J, KEY.Key_Return])
def test_a_difference_leads_to_its_line(qtbot, done, shown, key):
    view = shown(done)
    with qtbot.waitSignal(view.go) as led:
        press(qtbot, key)
    assert led.args == ["interviews", "i1-2"]


def test_spots_and_buttons_lead_there_too(qtbot, done, shown):
    view = shown(done)
    with qtbot.waitSignal(view.go):
        qtbot.mouseClick(view.differences.decide.jump, Qt.MouseButton.LeftButton)
    point = view.differences.list.spot_point("i1-3 monitoring", "jump").toPoint()
    with qtbot.waitSignal(view.go) as led:
        qtbot.mouseClick(view.differences.list.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert led.args == ["interviews", "i1-3"]


# The whole view


def test_several_double_codings(qtbot, done, shown):
    done.study.do(begin, "ada", "ben", ["i2"])
    view = shown(done)
    assert view.double.key == "dc-2"  # the newest
    view.choice.setFocus()
    press(qtbot, KEY.Key_Up)
    assert view.double.key == "dc-1"
    assert view._stack.currentWidget() is view._results
    view.refresh()
    assert view.double.key == "dc-1"


def test_forgetting_one(qtbot, done, shown):
    view = shown(done)
    told = []
    done.told.connect(told.append)
    press(qtbot, KEY.Key_Delete, CTRL)
    assert done.document.double_codings == ()
    assert told == ["Forget the double coding of Ada and Ben"]
    assert view._stack.currentWidget() is view._empty
    done.undo()
    assert view._stack.currentWidget() is view._results


def test_what_it_does_not_show_leaves_it_alone(done, shown):
    view = shown(done)
    before = view._measured
    done.study.do(resolve, "dc-1", "i1-2", "training", applies=True, reason="So.")
    view.refresh(Changes(1, "", frozenset({"answers"}), frozenset()))
    assert view._measured is before
    view.refresh(Changes(1, "", frozenset({"double_codings"}), frozenset()))
    assert view._measured is not before


def test_narrow_and_wide(qtbot, done, shown):
    view = shown(done)
    assert view._results.orientation() == Qt.Orientation.Horizontal
    view.resize(800, 760)
    assert view._results.orientation() == Qt.Orientation.Vertical
    view._results.moveSplitter(200, 1)
    sizes = view._results.sizes()
    view.resize(820, 760)
    assert view._results.sizes() == sizes


def test_reading_only_shows_and_changes_nothing(qtbot, done, study_path, shown):
    from app.actions.open_study import OpenStudy
    from ui.desk import Desk

    with OpenStudy.open(study_path, "correct horse battery", read_only=True) as study:
        desk = Desk(study)
        study.who = "ada"
        view = shown(desk)
        assert not view.new_button.isVisible()
        press(qtbot, KEY.Key_Y)
        assert not view.differences.decide.asks
        view.new_double()
        assert view._stack.currentWidget() is view._results


@pytest.mark.parametrize("state", ["desk", "blind", "done"])
def test_everything_has_a_name(qtbot, request, shown, state):
    view = shown(request.getfixturevalue(state))
    assert nameless(view) == []
    view.new_double()
    assert nameless(view) == []
