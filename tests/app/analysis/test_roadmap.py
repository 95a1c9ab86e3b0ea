"""The roadmap: steps in their order, by case, and what answers have caught up with."""

import pytest

from app.analysis.assessment import assess
from app.analysis.roadmap import EFFORTS, HORIZONS, PROGRESS, is_met, roadmap, summary
from app.model.assessment import Effort, Horizon, NextStep, Progress
from app.rubric.load import decode_rubric
from app.scoring.scale import PICKS, Verdict
from tests.app.analysis.test_gaps import COUNTED, PICKED, replace, study
from tests.documents import RUBRIC, RUBRIC_TEXT


def planned(text, answers, *steps, case=""):
    document = study(text, answers, steps=steps)
    return roadmap(document, assess(document), case)


def test_steps_stand_in_the_study_s_order_with_what_they_are_about():
    first, second = planned(RUBRIC_TEXT, {}, {"criterion": "alarms"}, {"criterion": "runs", "text": "Write a script."})
    assert (first.criterion.id, first.principle.id, first.case.key) == ("alarms", "second", "c1")
    assert (first.text, second.text) == ("Ring.", "Write a script.")
    assert (first.becomes, first.answered, first.reached, first.caught_up) == (
        "Fully achieved",
        "Unanswered",
        False,
        "",
    )


def test_a_step_that_answers_have_caught_up_with_says_so():
    (step,) = planned(RUBRIC_TEXT, {"runs": Verdict.LARGELY}, {"criterion": "runs"})
    assert step.caught_up == "reached: answered largely achieved in Round 1"
    nowhere = replace(step, round=None)
    assert nowhere.caught_up == "reached: answered largely achieved"


def test_a_step_names_the_level_to_come_to_where_levels_are_picked():
    (step,) = planned(PICKED, {}, {"criterion": "working", "verdict": PICKS[2]})
    assert step.about == "working: Level 1 to Level 2, alike here"
    (step,) = planned(RUBRIC_TEXT, {}, {"criterion": "runs"})
    assert step.about == "runs"


def test_one_case_and_one_rubric_are_shown_at_a_time():
    document = study(RUBRIC_TEXT, {}, steps=[{"criterion": "runs"}])
    other = NextStep(key="other", rubric="small", criterion="runs", case="c2")
    strange = NextStep(key="strange", rubric="elsewhere", criterion="x", case="c1")
    document = replace(document, next_steps=(other, strange, *document.next_steps))
    assert [each.step.key for each in roadmap(document, assess(document))] == ["other", "s0"]
    assert [each.step.key for each in roadmap(document, assess(document), "c1")] == ["s0"]


@pytest.mark.parametrize(
    ("now", "wanted", "met"),
    [
        (Verdict.LARGELY, Verdict.FULLY, True),
        (Verdict.PARTIALLY, Verdict.FULLY, False),
        (Verdict.PARTIALLY, Verdict.PARTIALLY, True),
        (Verdict.UNKNOWN, Verdict.PARTIALLY, False),
        (Verdict.NOT_APPLICABLE, Verdict.FULLY, False),
        (None, Verdict.NOT_ACHIEVED, False),
    ],
)
def test_staged_it_is_enough_that_a_criterion_passes(now, wanted, met):
    assert is_met(RUBRIC, "runs", now, wanted) is met


def test_points_and_picks_take_the_answer_itself_or_a_better_one():
    counted, picked = decode_rubric(COUNTED, "c.yaml"), decode_rubric(PICKED, "p.yaml")
    assert not is_met(counted, "one", Verdict.PARTIALLY, Verdict.FULLY)
    assert is_met(counted, "one", Verdict.FULLY, Verdict.PARTIALLY)
    assert not is_met(picked, "working", PICKS[0], PICKS[2])
    assert is_met(picked, "working", PICKS[1], PICKS[2])  # alike
    assert is_met(picked, "working", PICKS[3], PICKS[2])


def test_a_summary_counts_what_has_moved():
    assert summary(()) == ""
    steps = planned(RUBRIC_TEXT, {}, {"criterion": "runs"}, {"criterion": "seen"})
    assert summary(steps) == "2 next steps"
    steps = planned(
        RUBRIC_TEXT,
        {},
        {"criterion": "runs", "progress": Progress.DONE},
        {"criterion": "seen", "progress": Progress.UNDER_WAY},
        {"criterion": "alarms"},
    )
    assert summary(steps) == "3 next steps, 1 planned, 1 under way, 1 done"


def test_everything_that_can_be_said_has_its_words():
    assert (set(EFFORTS), set(HORIZONS), set(PROGRESS)) == (set(Effort), set(Horizon), set(Progress))
