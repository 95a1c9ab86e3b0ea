"""Targets, what-if and keeping next steps, as a person does them with keys and clicks."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMenu

from app.actions import assess, roadmap, targets
from app.analysis.gaps import case_gaps
from app.model.assessment import Progress
from app.scoring.scale import Verdict
from ui.results.plan.rows import GoalRow, NeedRow, goal_key
from ui.results.plan.strip import EVERYTHING

TRAINING, MONITORING, TRACEABILITY = "training-deployment", "monitoring-feedback", "traceability"
LEVELS = ("low", "moderate", "high")


def key(part, qtbot, *keys):
    for each in keys:
        qtbot.keyClick(part.gaps, each)


def choose(qtbot, letter):
    """Choose in the menu that is open, by its letter."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    qtbot.keyClick(menu, letter)


def goal(part, principle):
    return part.gaps.gaps.rows[part.gaps.gaps.place_of(goal_key(principle))]


def needs(part, principle):
    return [row for row in part.gaps.gaps.rows if isinstance(row, NeedRow) and row.principle == principle]


def target_of(desk, principle, case="paint"):
    found = (each for each in desk.document.targets if (each.case, each.principle) == (case, principle))
    return next((each.level for each in found), None)


def verdicts(desk):
    return [(each.criterion, each.case, each.verdict) for each in desk.document.answers]


def answer(desk, criterion, verdict, case="paint"):
    place = assess.Place(rubric="mlops-maturity", criterion=criterion, case=case, round="r1", assessor="ada")
    desk.do(assess.answer, place, verdict)


def test_it_shows_what_each_principle_lacks_foundations_first(part, desk):
    gaps = case_gaps(desk.seen, desk.assessment.case("paint"))
    rows = part.gaps.gaps.rows
    assert [row.principle for row in rows if isinstance(row, GoalRow)] == [gap.principle.id for gap in gaps]
    shown = [row.criterion for row in rows if isinstance(row, NeedRow)]
    assert shown == [need.criterion.id for gap in gaps for need in gap.needs]
    assert all(goal(part, gap.principle.id).target is None for gap in gaps)


def test_space_ticks_a_criterion_and_no_answer_changes(part, desk, qtbot):
    before, undo = verdicts(desk), desk.study.undo_label
    part.gaps.set_current(needs(part, MONITORING)[0].key)
    key(part, qtbot, Qt.Key.Key_Space)
    assert part.ticks == {needs(part, MONITORING)[0].criterion: Verdict.FULLY}
    assert part.gaps.row.ticked
    assert part.strip.ticked == "1 criterion as if achieved"
    key(part, qtbot, Qt.Key.Key_Space)
    assert part.ticks == {}
    assert part.strip.ticked == ""
    assert part.strip.told.endswith("no answer changes.")
    assert (verdicts(desk), desk.study.undo_label) == (before, undo)


def test_a_click_on_the_box_ticks_and_one_beside_it_does_not(part, qtbot):
    row = needs(part, TRAINING)[0]
    where = part.gaps.visualRect(part.gaps.gaps.index(part.gaps.gaps.place_of(row.key)))
    qtbot.mouseClick(part.gaps.viewport(), Qt.MouseButton.LeftButton, pos=where.topLeft() + QPoint(200, 12))
    assert part.gaps.row.key == row.key
    assert part.ticks == {}
    qtbot.mouseClick(part.gaps.viewport(), Qt.MouseButton.LeftButton, pos=where.topLeft() + QPoint(20, 14))
    assert list(part.ticks) == [row.criterion]


def test_the_smallest_set_moves_the_levels_and_says_why_it_is_exact(part, qtbot):
    part.show_thing("sorting")
    for principle in (TRAINING, MONITORING, TRACEABILITY):
        part.gaps.set_current(goal_key(principle))
        before = goal(part, principle)
        key(part, qtbot, Qt.Key.Key_S)
        row = goal(part, principle)
        assert row.moved
        assert row.then.rank == before.now.rank + 1
        assert f"to {row.then.word} for" in part.strip.told
        assert "Exact: every criterion up to that level" in part.strip.told
        assert all(need.ticked for need in needs(part, principle))
    assert part.strip.then.isVisible()
    assert part.strip.then.text != part.strip.now.text


def test_a_button_does_what_the_key_does_and_untick_takes_all_back(part, qtbot):
    part.gaps.set_current(goal_key(MONITORING))
    qtbot.mouseClick(part.strip.smallest, Qt.MouseButton.LeftButton)
    assert part.ticks
    qtbot.mouseClick(part.strip.untick, Qt.MouseButton.LeftButton)
    assert part.ticks == {}
    assert part.strip.told.endswith("no answer changes.")
    assert not part.strip.untick.isEnabled()
    assert not part.strip.then.isVisible()


def test_space_on_a_principle_ticks_all_it_needs_and_takes_that_back(part, qtbot):
    part.gaps.set_current(goal_key(MONITORING))
    key(part, qtbot, Qt.Key.Key_Space)
    assert len(part.ticks) == len(needs(part, MONITORING))
    key(part, qtbot, Qt.Key.Key_Space)
    assert part.ticks == {}


def test_an_overall_level_takes_the_cheapest_principles(part, desk, qtbot):
    key(part, qtbot, Qt.Key.Key_O)
    choose(qtbot, "2")
    assert part.strip.then.text == "High"
    assert "to High overall. Exact: no fewer criteria bring the case there." in part.strip.told
    moved = [goal(part, principle).then.word for principle in (TRAINING, MONITORING, TRACEABILITY)]
    assert moved.count("High") == 2  # the median of three


def test_a_target_is_set_by_key_and_cleared(part, desk, qtbot):
    part.gaps.set_current(goal_key(MONITORING))
    key(part, qtbot, Qt.Key.Key_T)
    choose(qtbot, "2")
    assert target_of(desk, MONITORING) == "high"
    assert goal(part, MONITORING).target.word == "High"
    assert desk.study.undo_label.startswith("Aim for High in Monitoring & feedback of")
    levels = {row.level.word for row in needs(part, MONITORING)}
    assert "High" in levels
    key(part, qtbot, Qt.Key.Key_T)
    choose(qtbot, "n")
    assert target_of(desk, MONITORING) is None
    desk.undo()
    assert goal(part, MONITORING).target.word == "High"


def test_a_target_has_its_reason(part, desk, qtbot):
    part.gaps.set_current(goal_key(MONITORING))
    assert not part.strip.why.isVisible()
    key(part, qtbot, Qt.Key.Key_T)
    choose(qtbot, "2")
    assert part.strip.why.isVisible()
    assert part.strip._why_word.text() == "Why High?"
    key(part, qtbot, Qt.Key.Key_W)
    assert part.strip.why.hasFocus()
    qtbot.keyClicks(part.strip.why, "Audits ask for it.")
    qtbot.keyClick(part.strip.why, Qt.Key.Key_Return)
    assert desk.document.targets[0].reason == "Audits ask for it."
    assert part.gaps.hasFocus()
    part.gaps.set_current(goal_key(TRAINING))
    assert not part.strip.why.isVisible()
    key(part, qtbot, Qt.Key.Key_W)
    assert part.gaps.hasFocus()
    part.gaps.set_current(needs(part, MONITORING)[0].key)
    assert part.strip.why.text() == "Audits ask for it."
    qtbot.keyClicks(part.strip.why, "Soon: ")
    part.leave()
    assert desk.document.targets[0].reason == "Soon: Audits ask for it."


def test_no_level_below_what_is_reached_is_offered(part, desk, qtbot):
    for principle in (TRAINING, MONITORING, TRACEABILITY):
        part.gaps.set_current(goal_key(principle))
        key(part, qtbot, Qt.Key.Key_T)
        menu = QApplication.activePopupWidget()
        offered = [each.text() for each in menu.actions()]
        reached = LEVELS.index(desk.assessment.case("paint").principle(principle).level)
        assert [int(text[1]) for text in offered] == list(range(reached, 3))
        qtbot.keyClick(menu, Qt.Key.Key_Escape)


def test_all_principles_get_a_target_at_once(part, desk, qtbot):
    key(part, qtbot, Qt.Key.Key_A)
    choose(qtbot, "2")
    assert [target_of(desk, each) for each in (TRAINING, MONITORING, TRACEABILITY)] == ["high"] * 3
    desk.undo()
    assert desk.document.targets == ()
    qtbot.mouseClick(part.strip.aim, Qt.MouseButton.LeftButton)
    choose(qtbot, "2")
    assert len(desk.document.targets) == 3


def test_a_click_on_the_target_offers_levels(part, desk, qtbot):
    place = part.gaps.gaps.place_of(goal_key(MONITORING))
    where = part.gaps.visualRect(part.gaps.gaps.index(place))
    spot = QPoint(where.right() - 30, where.center().y())
    qtbot.mouseClick(part.gaps.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    choose(qtbot, "1")
    assert target_of(desk, MONITORING) == "moderate"


def test_what_is_ticked_is_kept_as_next_steps_once(part, desk, qtbot):
    part.gaps.set_current(goal_key(MONITORING))
    key(part, qtbot, Qt.Key.Key_S)
    wanted = [row.criterion for row in needs(part, MONITORING)]
    with qtbot.waitSignal(desk.told) as told:
        key(part, qtbot, Qt.Key.Key_K)
    assert told.args[0].startswith(f"Keep {len(wanted)} next step")
    assert [each.criterion for each in desk.document.next_steps] == wanted
    assert all("Step: planned" in row.beside for row in needs(part, MONITORING))
    assert [row.planned.criterion.id for row in part.roadmap.rows] == wanted
    with qtbot.waitSignal(desk.failed) as why:
        qtbot.mouseClick(part.strip.keep, Qt.MouseButton.LeftButton)
    assert why.args == ["All of these are next steps already."]
    desk.undo()
    assert desk.document.next_steps == ()
    assert part.roadmap.rows == []


def test_ticks_and_the_current_row_stay_with_their_case(part, desk, qtbot):
    part.gaps.set_current(needs(part, MONITORING)[0].key)
    key(part, qtbot, Qt.Key.Key_Space)
    here, ticks = part.gaps.row.key, dict(part.ticks)
    qtbot.keyClick(part.gaps, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert part.shown_thing() == "sorting"
    assert part.ticks == {}
    qtbot.keyClick(part.gaps, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert part.shown_thing() == "paint"
    assert part.ticks == ticks
    assert part.gaps.row.key == here


def test_an_answer_that_catches_up_takes_the_tick_off(part, desk, qtbot):
    row = needs(part, MONITORING)[0]
    part.gaps.set_current(row.key)
    key(part, qtbot, Qt.Key.Key_Space)
    answer(desk, row.criterion, Verdict.FULLY)
    assert row.criterion not in part.ticks
    assert row.key not in {each.key for each in part.gaps.gaps.rows}


def test_everything_unmet_is_listed_when_asked(part, qtbot):
    part.show_thing("sorting")
    before = len(part.gaps.gaps.rows)
    qtbot.mouseClick(part.strip.shown.button(EVERYTHING), Qt.MouseButton.LeftButton)
    assert len(part.gaps.gaps.rows) > before


def test_enter_leads_to_the_answer(part, qtbot):
    row = needs(part, MONITORING)[0]
    part.gaps.set_current(row.key)
    with qtbot.waitSignal(part.go) as led:
        key(part, qtbot, Qt.Key.Key_Return)
    assert led.args == ["assess", f"paint/{row.criterion}"]
    part.gaps.set_current(goal_key(MONITORING))
    with qtbot.waitSignal(part.go) as led:
        key(part, qtbot, Qt.Key.Key_Return)
    assert led.args == ["assess", f"paint/{MONITORING}"]


def test_a_reached_target_and_one_on_the_top_say_so(part, desk, qtbot):
    level = desk.assessment.case("paint").principle(TRACEABILITY).score.level
    desk.do(targets.aim, desk.assessment.case("paint"), [TRACEABILITY], level)
    assert goal(part, TRACEABILITY).note == "Target reached"
    part.gaps.set_current(goal_key(TRACEABILITY))
    key(part, qtbot, Qt.Key.Key_S)
    assert "is reached for Traceability already" in part.strip.told
    for criterion in desk.assessment.rubric.principle(TRAINING).criteria:
        answer(desk, criterion.id, Verdict.FULLY)
    assert goal(part, TRAINING).note == "On the highest level"
    part.gaps.set_current(goal_key(TRAINING))
    key(part, qtbot, Qt.Key.Key_S)
    assert part.strip.told.endswith("has no level above to reach.")


def test_nothing_is_asked_where_nothing_applies(part, desk, qtbot):
    for criterion in desk.assessment.rubric.principle(MONITORING).criteria:
        place = assess.Place("mlops-maturity", criterion.id, "paint", "r1", "ada")
        desk.do(assess.answer, place, Verdict.NOT_APPLICABLE, "It is not in use.")
        for each in desk.document.answers:
            if (each.criterion, each.case, each.round) == (criterion.id, "paint", "r1") and each.assessor != "ada":
                other = assess.Place("mlops-maturity", criterion.id, "paint", "r1", each.assessor)
                desk.do(assess.answer, other, Verdict.NOT_APPLICABLE, "It is not in use.")
    row = goal(part, MONITORING)
    assert (row.now.word, row.note) == ("Not rated", "Nothing it asks applies")
    part.gaps.set_current(row.key)
    with qtbot.waitSignal(desk.told) as told:
        key(part, qtbot, Qt.Key.Key_T)
    assert "no level to aim for" in told.args[0]


def test_somebody_led_here_sees_the_case_the_principle_or_the_step(part, desk, qtbot):
    part.show_thing(f"sorting/{TRACEABILITY}")
    assert part.shown_thing() == "sorting"
    assert part.gaps.row.key == goal_key(TRACEABILITY)
    part.show_thing("gone")
    assert part.shown_thing() == "sorting"
    desk.do(roadmap.keep_steps, "mlops-maturity", "sorting", (("drift-detection", Verdict.FULLY),))
    step = desk.document.next_steps[0].key
    part.show_thing(f"steps/{step}")
    qtbot.waitUntil(part.roadmap.row(step).words.hasFocus)
    part.show_thing("steps/gone")
    QApplication.processEvents()


def test_the_tables_have_every_case_and_the_roadmap(part, desk):
    desk.do(roadmap.keep_steps, "mlops-maturity", "sorting", (("drift-detection", Verdict.FULLY),))
    desk.do(roadmap.change_step, desk.document.next_steps[0].key, "progress", Progress.DONE)
    gaps, steps = part.tables()
    assert {row[0] for row in gaps.rows} == {each.name for each in desk.document.cases}
    assert all(len(row) == len(gaps.head) for row in gaps.rows)
    assert all(len(row) == len(steps.head) for row in steps.rows)
    assert steps.rows[0][8] == "Done"
    assert part.picture() is not None
    assert part.panel() is None


def test_a_screen_reader_is_told_all_of_a_row(part):
    reader = QAccessible.queryAccessibleInterface(part.gaps)
    row = needs(part, MONITORING)[0]
    told = reader.child(part.gaps.gaps.place_of(row.key)).text(QAccessible.Text.Name)
    assert told.startswith(f"Not ticked, {row.title}, for ")
    told = reader.child(part.gaps.gaps.place_of(goal_key(MONITORING))).text(QAccessible.Text.Name)
    assert "no target" in told


def test_who_may_only_read_may_still_ask_what_if(reading_desk, show, qtbot):
    from ui.results.plan.part import PlanPart

    made = show(PlanPart(reading_desk), 1100, 900)
    made.refresh()
    made.setFocus()
    made.gaps.set_current(goal_key(MONITORING))
    key(made, qtbot, Qt.Key.Key_S)
    assert made.ticks
    assert not made.strip.keep.isEnabled()
    assert not made.strip.aim.isEnabled()
    key(made, qtbot, Qt.Key.Key_K, Qt.Key.Key_T, Qt.Key.Key_A)
    assert QApplication.activePopupWidget() is None
    assert reading_desk.document.next_steps == ()


@pytest.mark.parametrize("width", [760, 1700])
def test_the_roadmap_stands_below_or_beside(part, desk, qtbot, width):
    desk.do(roadmap.keep_steps, "mlops-maturity", "paint", (("drift-detection", Verdict.FULLY),))
    part.resize(width, 900)
    qtbot.waitUntil(lambda: part.roadmap.height() > 40)
    beside = part.roadmap.x() > part.gaps.x() + 100
    assert beside is (width == 1700)


def test_it_is_a_part_of_the_results_page(window, qtbot):
    window.workspace.show_page("results", "plan:sorting")
    page = window.workspace.page
    assert page.parts.shown == "plan"
    assert page.parts.part.shown_thing() == "sorting"
    assert page.parts.part.gaps.row is not None
