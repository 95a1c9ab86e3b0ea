"""Next steps: kept once, changed in place, moved, removed, each in one step that can be taken back."""

import pytest

from app.actions import roadmap
from app.actions.errors import NotFoundError, RefusedError
from app.model.assessment import Effort, Horizon, Progress
from app.scoring.scale import Verdict
from tests.app.actions.clocked import check_undo, done, of

BOTH = (("is-fast", Verdict.FULLY), ("alarms", Verdict.FULLY))


def steps(study, case="c2"):
    return [(each.key, each.criterion, each.progress) for each in study.document.next_steps if each.case == case]


@pytest.fixture
def planned(study):
    """The study with two next steps for the case Two, besides the one it has for the other."""
    study.do(roadmap.keep_steps, "small", "c2", BOTH)
    return study


def keys(study):
    return [each.key for each in study.document.next_steps]


def test_steps_are_kept_in_the_order_given_and_as_one_step_to_undo(study):
    changes = check_undo(study, roadmap.keep_steps, "small", "c2", BOTH)
    assert changes.label == "Keep 2 next steps for Two"
    assert [criterion for _, criterion, _ in steps(study)] == ["is-fast", "alarms"]
    assert study.document.next_steps[-1].verdict is Verdict.FULLY
    assert study.document.next_steps[-1].text == ""


def test_what_is_there_already_is_not_doubled(planned):
    before = steps(planned)
    more = (*BOTH, ("seen", Verdict.FULLY), ("alarms", Verdict.LARGELY))
    assert done(planned, roadmap.keep_steps, "small", "c2", more) == "Keep 2 next steps for Two"
    assert steps(planned)[:2] == before
    with pytest.raises(RefusedError, match="All of these are next steps already"):
        planned.do(roadmap.keep_steps, "small", "c2", BOTH)


def test_a_step_that_was_dropped_is_planned_again(planned):
    key = steps(planned)[0][0]
    planned.do(roadmap.change_step, key, "progress", Progress.DROPPED)
    planned.do(roadmap.change_step, key, "owner", "Platform")
    assert done(planned, roadmap.keep_steps, "small", "c2", BOTH) == "Keep 1 next step for Two"
    assert of(planned, "next_steps", key).progress is Progress.PLANNED
    assert of(planned, "next_steps", key).owner == "Platform"


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("text", "Measure it first.", "Change the text of is fast of Two"),
        ("owner", "ML engineers", "Change the owner of is fast of Two"),
        ("effort", Effort.LARGE, "Change the effort of is fast of Two"),
        ("horizon", Horizon.HALF_YEAR, "Change the horizon of is fast of Two"),
        ("progress", Progress.UNDER_WAY, "Change the progress of is fast of Two: under way"),
    ],
)
def test_a_field_is_changed_in_place(planned, field, value, label):
    key = steps(planned)[0][0]
    assert done(planned, roadmap.change_step, key, field, value) == label
    assert getattr(of(planned, "next_steps", key), field) == value


@pytest.mark.parametrize("field", ["effort", "horizon"])
def test_what_was_said_can_be_taken_back(planned, field):
    key = steps(planned)[0][0]
    planned.do(roadmap.change_step, key, field, Effort.SMALL if field == "effort" else Horizon.YEAR)
    planned.do(roadmap.change_step, key, field, None)
    assert getattr(of(planned, "next_steps", key), field) is None


def test_typing_is_one_step_to_undo(planned):
    key = steps(planned)[0][0]
    planned.do(roadmap.change_step, key, "owner", "Pla")
    planned.do(roadmap.change_step, key, "owner", "Platform")
    planned.undo()
    assert of(planned, "next_steps", key).owner == ""


def test_what_can_t_be_kept_is_refused(planned):
    key = steps(planned)[0][0]
    with pytest.raises(RefusedError, match="owner holds a character"):
        planned.do(roadmap.change_step, key, "owner", "a\0b")
    with pytest.raises(NotFoundError):
        planned.do(roadmap.change_step, "gone", "owner", "Ada")


def test_a_step_moves_to_where_another_stands(planned):
    first, second, third = keys(planned)
    assert done(planned, roadmap.move_step, third, first) == "Move next step alarms of Two"
    assert keys(planned) == [third, first, second]
    planned.do(roadmap.move_step, third, second)
    assert keys(planned) == [first, second, third]
    with pytest.raises(NotFoundError):
        planned.do(roadmap.move_step, first, "gone")


def test_a_step_is_removed(planned):
    key = steps(planned)[0][0]
    assert done(planned, roadmap.remove_step, key) == "Remove next step is fast of Two"
    assert key not in keys(planned)
    with pytest.raises(NotFoundError):
        planned.do(roadmap.remove_step, key)


def test_it_needs_a_case_and_criteria_that_are_there(study):
    with pytest.raises(NotFoundError):
        study.do(roadmap.keep_steps, "small", "gone", BOTH)
    with pytest.raises(NotFoundError):
        study.do(roadmap.keep_steps, "small", "c2", (("gone", Verdict.FULLY),))
