"""The roadmap: steps edited in place, moved by keys and by dragging, removed, filtered."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.actions import assess, roadmap
from app.model.assessment import Effort, Horizon, Progress
from app.scoring.scale import Verdict
from ui.results.plan.roadmap import ONE

PAINT = (("drift-detection", Verdict.FULLY), ("threshold-alarms", Verdict.FULLY))
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def steps(part, desk):
    """The part with two next steps for one case and one for the other."""
    desk.do(roadmap.keep_steps, "mlops-maturity", "paint", PAINT)
    desk.do(roadmap.keep_steps, "mlops-maturity", "sorting", (("input-validation", Verdict.FULLY),))
    QApplication.processEvents()
    return part


def criteria(desk):
    return [each.criterion for each in desk.document.next_steps]


def shown(part):
    return [row.planned.criterion.id for row in part.roadmap.rows]


def first(desk):
    return desk.document.next_steps[0]


def test_without_steps_it_says_how_they_come_about(part):
    assert part.roadmap._none.isVisible()
    assert "keep it as next steps" in part.roadmap._none.text()


def test_the_words_are_the_advice_until_somebody_writes_their_own(steps, desk, qtbot):
    row = steps.roadmap.rows[0]
    assert row.words.toPlainText() == desk.assessment.rubric.criterion("drift-detection").advice
    row.words.setFocus()
    row.words.selectAll()
    qtbot.keyClicks(row.words, "Compare weekly.")
    qtbot.keyClick(row.words, Qt.Key.Key_Return)
    assert first(desk).text == "Compare weekly."
    desk.undo()
    assert first(desk).text == ""


def test_effort_owner_horizon_and_progress_are_set_in_place(steps, desk, qtbot):
    row = steps.roadmap.rows[0]
    row.effort.setFocus()
    qtbot.keyClick(row.effort, Qt.Key.Key_Down)
    qtbot.keyClick(row.horizon, Qt.Key.Key_Down)
    qtbot.keyClick(row.progress, Qt.Key.Key_Down)
    row.owner.setFocus()
    qtbot.keyClicks(row.owner, "ML engineers")
    qtbot.keyClick(row.owner, Qt.Key.Key_Return)
    step = first(desk)
    assert (step.effort, step.horizon, step.progress) == (Effort.SMALL, Horizon.QUARTER, Progress.UNDER_WAY)
    assert step.owner == "ML engineers"
    assert steps.roadmap.rows[0] is row
    assert "1 under way" in steps.roadmap._about.text()


def test_what_is_being_typed_is_kept_when_somebody_leaves(steps, desk, qtbot):
    row = steps.roadmap.rows[0]
    row.owner.setFocus()
    qtbot.keyClicks(row.owner, "Platform")
    steps.leave()
    assert first(desk).owner == "Platform"


def test_keys_move_a_step_and_the_field_keeps_the_keyboard(steps, desk, qtbot):
    row = steps.roadmap.rows[1]
    row.owner.setFocus()
    qtbot.keyClick(row.owner, Qt.Key.Key_Up, ALT)
    assert criteria(desk)[:2] == ["threshold-alarms", "drift-detection"]
    assert shown(steps)[:2] == ["threshold-alarms", "drift-detection"]
    assert row.owner.hasFocus()
    qtbot.keyClick(row.owner, Qt.Key.Key_Up, ALT)  # it is the first already
    qtbot.keyClick(row.owner, Qt.Key.Key_Down, ALT)
    assert criteria(desk)[:2] == ["drift-detection", "threshold-alarms"]
    assert desk.study.undo_label.startswith("Move next step threshold alarms of")


def middle(widget, among):
    return widget.mapTo(among, widget.rect().center())


def test_a_step_is_dragged_by_its_grip(steps, desk, qtbot):
    upper, _, last = steps.roadmap.rows
    grip = upper.grip
    to = grip.mapFrom(steps, middle(last, steps))
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    qtbot.mouseMove(grip, to)
    assert steps.roadmap._line.isVisible()
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=to)
    assert not steps.roadmap._line.isVisible()
    assert criteria(desk) == ["threshold-alarms", "input-validation", "drift-detection"]
    assert shown(steps) == criteria(desk)


def test_a_step_put_down_where_it_was_stays(steps, desk, qtbot):
    before, undo = criteria(desk), desk.study.undo_label
    grip = steps.roadmap.rows[1].grip
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=QPoint(8, 12))
    assert (criteria(desk), desk.study.undo_label) == (before, undo)


def test_a_step_is_removed_and_the_next_one_gets_the_keyboard(steps, desk, qtbot):
    row = steps.roadmap.rows[0]
    row.owner.setFocus()
    with qtbot.waitSignal(desk.told) as told:
        qtbot.keyClick(row.owner, Qt.Key.Key_Delete, ALT)
    assert told.args[0].startswith("Remove next step drift detection of")
    assert shown(steps) == ["threshold-alarms", "input-validation"]
    assert steps.roadmap.rows[0].words.hasFocus()
    for _ in range(2):
        qtbot.mouseClick(steps.roadmap.rows[-1].remove, Qt.MouseButton.LeftButton)
    assert desk.document.next_steps == ()


def test_the_steps_of_one_case_can_be_shown_alone_and_moved_among_themselves(steps, desk, qtbot):
    desk.do(roadmap.move_step, desk.document.next_steps[2].key, desk.document.next_steps[1].key)
    assert criteria(desk) == ["drift-detection", "input-validation", "threshold-alarms"]
    qtbot.mouseClick(steps.roadmap.filter.button(ONE), Qt.MouseButton.LeftButton)
    assert shown(steps) == ["drift-detection", "threshold-alarms"]
    row = steps.roadmap.rows[1]
    row.words.setFocus()
    qtbot.keyClick(row.words, Qt.Key.Key_Up, ALT)
    assert criteria(desk) == ["threshold-alarms", "drift-detection", "input-validation"]
    steps.show_thing("sorting")
    assert shown(steps) == ["input-validation"]
    desk.undo()


def test_a_case_without_steps_says_so(steps, desk, qtbot):
    desk.do(roadmap.remove_step, desk.document.next_steps[2].key)
    qtbot.mouseClick(steps.roadmap.filter.button(ONE), Qt.MouseButton.LeftButton)
    steps.show_thing("sorting")
    assert steps.roadmap._none.text() == "No next steps for this case yet."


def test_a_step_that_answers_have_caught_up_with_says_so_and_stays(steps, desk):
    place = assess.Place(
        rubric="mlops-maturity", criterion="input-validation", case="sorting", round="r1", assessor="ada"
    )
    desk.do(assess.answer, place, Verdict.FULLY)
    row = steps.roadmap.rows[2]
    assert row.caught_up.startswith("reached: answered fully achieved in ")
    desk.do(roadmap.change_step, row.key, "progress", Progress.DONE)
    assert row in steps.roadmap.rows


def test_a_step_leads_to_its_answer(steps, qtbot):
    with qtbot.waitSignal(steps.go) as led:
        qtbot.mouseClick(steps.roadmap.rows[2]._about, Qt.MouseButton.LeftButton)
    assert led.args == ["assess", "sorting/input-validation"]


def test_who_may_only_read_can_change_nothing(study_path, show, passphrase):
    from app.actions.open_study import OpenStudy
    from ui.desk import Desk
    from ui.results.plan.part import PlanPart

    with OpenStudy.open(study_path, passphrase) as study:
        study.do(roadmap.keep_steps, "mlops-maturity", "paint", PAINT)
    with OpenStudy.open(study_path, passphrase, read_only=True) as study:
        made = show(PlanPart(Desk(study)), 1100, 900)
        made.refresh()
        row = made.roadmap.rows[0]
        assert row.words.isReadOnly()
        assert row.owner.isReadOnly()
        assert not row.effort.isEnabled()
        assert not row.remove.isVisible()
        assert not row.grip.isVisible()
