"""What the part shows under rubrics whose levels are picked or counted, and under one without an overall level."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.scoring.scale import PICKS, Verdict
from tests.app.analysis.test_gaps import COUNTED, PICKED, study
from ui.desk import Desk
from ui.results.plan.part import PlanPart
from ui.results.plan.rows import GoalRow, NeedRow


@pytest.fixture
def shown(tmp_path, show, passphrase, dressed):
    """Shows the part on a study against some rubric, with answers and targets on its first case."""
    opened = []

    def made(*arguments, **named):
        path = tmp_path / "made.fieldquill"
        import_document(path, passphrase, study(*arguments, **named))
        opened.append(OpenStudy.open(path, passphrase))
        desk = Desk(opened[-1])
        part = PlanPart(desk)
        desk.changed.connect(part.refresh)
        part.refresh()
        show(part, 1100, 800)
        part.setFocus()
        return part

    yield made
    for each in opened:
        each.close()


def needs(part):
    return [row for row in part.gaps.gaps.rows if isinstance(row, NeedRow)]


def goal(part):
    return next(row for row in part.gaps.gaps.rows if isinstance(row, GoalRow))


def test_descriptions_are_ticked_one_at_a_time(shown, qtbot):
    part = shown(PICKED, {"working": PICKS[0]}, {"people": "l3"})
    lower, upper = needs(part)
    assert (lower.title, lower.text, lower.answered) == ("Level 1 to Level 2, alike here", "Together.", "Now 0")
    assert goal(part).note == "To Level 3: one description to come to"
    for row, level in ((lower, "Level 2"), (upper, "Level 3")):
        part.gaps.set_current(row.key)
        qtbot.keyClick(part.gaps, Qt.Key.Key_Space)
        assert goal(part).then.word == level
        assert [each.ticked for each in needs(part)] == [each.key == row.key for each in (lower, upper)]
    qtbot.keyClick(part.gaps, Qt.Key.Key_K)
    assert [each.verdict for each in part.desk.document.next_steps] == [PICKS[3]]


def test_what_is_ticked_beyond_the_next_level_is_shown(shown, qtbot):
    part = shown(PICKED, {"working": PICKS[0]})
    assert len(needs(part)) == 1
    qtbot.keyClick(part.gaps, Qt.Key.Key_O)
    qtbot.keyClick(QApplication.activePopupWidget(), "3")
    assert [each.ticked for each in needs(part)] == [False, True]
    qtbot.keyClick(part.gaps, Qt.Key.Key_U)
    assert len(needs(part)) == 1


def test_points_say_what_each_adds_and_how_few_will_do(shown, qtbot):
    part = shown(COUNTED, {"one": Verdict.FULLY, "two": Verdict.PARTIALLY, "three": Verdict.NOT_ACHIEVED})
    assert [(row.title, row.beside) for row in needs(part)] == [("Three", "+1"), ("Four", "+1"), ("Two", "+0.5")]
    assert goal(part).note == "At least 1 criterion to Fair"
    qtbot.keyClick(part.gaps, Qt.Key.Key_S)
    assert [row.ticked for row in needs(part)] == [True, False, False]
    assert part.strip.told.endswith("Exact: the fewest criteria that reach it, those that bring most first.")


def test_a_level_that_no_answer_reaches_is_said(shown, qtbot):
    part = shown(COUNTED, {"one": Verdict.FULLY}, {"tests": "l3"})
    assert goal(part).note == "Not even the best answers reach Beyond"
    qtbot.keyClick(part.gaps, Qt.Key.Key_S)
    assert part.strip.told == "Not even the best answers reach Beyond for Tests."
    assert part.ticks == {}
    qtbot.keyClick(part.gaps, Qt.Key.Key_O)
    qtbot.keyClick(QApplication.activePopupWidget(), "3")
    assert part.strip.told == "Not even the best answers reach Beyond overall."


def test_a_rubric_without_an_overall_level_shows_none(shown, qtbot):
    part = shown(COUNTED.replace("overall: minimum", "overall: none"), {})
    assert not part.strip.now.isVisible()
    assert not part.strip.overall.isVisible()
    qtbot.keyClick(part.gaps, Qt.Key.Key_O)
    assert QApplication.activePopupWidget() is None


def test_on_the_top_there_is_no_overall_level_above(shown, qtbot):
    part = shown(PICKED, {"working": PICKS[3]})
    assert goal(part).note == "On the highest level"
    qtbot.keyClick(part.gaps, Qt.Key.Key_O)
    assert QApplication.activePopupWidget() is None
