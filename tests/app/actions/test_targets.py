"""Targets: set for one principle or all of a case, never below what is reached, explained and cleared."""

import pytest

from app.actions import assess, targets
from app.actions.assess import Place
from app.actions.errors import NotFoundError, RefusedError
from app.analysis.assessment import assess as assessed
from app.scoring.scale import Verdict
from tests.app.actions.clocked import check_undo, done

BOTH = ("first", "second")


def judged(study, case="c2"):
    return assessed(study.document).case(case)


def here(study, case="c2"):
    return [each for each in study.document.targets if each.case == case]


def kept(study, case="c2"):
    return {each.principle: each.level for each in here(study, case)}


@pytest.fixture
def plain(study):
    """The study with one principle of the case Two in the middle and the other lowest."""
    for criterion, verdict in (("runs", Verdict.FULLY), ("is-fast", Verdict.NOT_ACHIEVED)):
        study.do(assess.answer, Place("small", criterion, "c2", "r1", "ada"), verdict)
    return study


def test_a_target_is_set_moved_and_keeps_its_reason(plain):
    assert done(plain, targets.aim, judged(plain), ["first"], "mid") == "Aim for Middle in First of Two"
    label = done(plain, targets.say_why, judged(plain), "first", "Audits ask for it.")
    assert label == "Say why there is a target for First of Two"
    assert done(plain, targets.aim, judged(plain), ["first"], "top") == "Aim for Top in First of Two"
    target = here(plain)[0]
    assert (target.level, target.reason) == ("top", "Audits ask for it.")


def test_typing_a_reason_is_one_step(plain):
    plain.do(targets.aim, judged(plain), ["first"], "top")
    plain.do(targets.say_why, judged(plain), "first", "Au")
    plain.do(targets.say_why, judged(plain), "first", "Audit")
    assert here(plain)[0].reason == "Audit"
    plain.undo()
    assert here(plain)[0].reason == ""


def test_all_principles_at_once_is_one_step(plain):
    changes = check_undo(plain, targets.aim, judged(plain), BOTH, "top")
    assert changes.label == "Aim for Top in all principles of Two"
    assert kept(plain) == {"first": "top", "second": "top"}


def test_of_several_what_is_above_already_is_left_alone(plain):
    changes = check_undo(plain, targets.aim, judged(plain), BOTH, "low")
    assert changes.label == "Aim for Low in Second of Two"
    assert kept(plain) == {"second": "low"}


def test_no_target_lies_below_what_is_reached(plain):
    with pytest.raises(RefusedError, match=r"First of Two is at Middle already, which is above it\.") as told:
        plain.do(targets.aim, judged(plain), ["first"], "low")
    assert told.value.sentence.startswith("No target was set")
    assert kept(plain) == {}


def test_what_is_reached_already_may_be_the_target(plain):
    plain.do(targets.aim, judged(plain), ["first"], "mid")
    assert kept(plain) == {"first": "mid"}


def test_nothing_is_aimed_for_where_nothing_applies(plain):
    for criterion in ("seen", "alarms"):
        at = Place("small", criterion, "c2", "r1", "ada")
        plain.do(assess.answer, at, Verdict.NOT_APPLICABLE, "There is nothing to see.")
    with pytest.raises(RefusedError, match="nothing that Second of Two is asked applies"):
        plain.do(targets.aim, judged(plain), ["second"], "top")
    plain.do(targets.aim, judged(plain), BOTH, "top")
    assert kept(plain) == {"first": "top"}


def test_somebody_must_say_which_principle(plain):
    with pytest.raises(RefusedError, match="Nothing was named"):
        plain.do(targets.aim, judged(plain), [], "top")


def test_targets_are_cleared_one_or_all(plain):
    plain.do(targets.aim, judged(plain), BOTH, "top")
    assert done(plain, targets.clear, judged(plain), ["first"]) == "Clear the target of First of Two"
    assert kept(plain) == {"second": "top"}
    assert done(plain, targets.clear, judged(plain), BOTH) == "Clear the target of Second of Two"
    plain.do(targets.aim, judged(plain), BOTH, "top")
    assert done(plain, targets.clear, judged(plain), BOTH) == "Clear the targets of all principles of Two"
    with pytest.raises(NotFoundError, match="no target to clear"):
        plain.do(targets.clear, judged(plain), BOTH)


def test_a_target_that_is_gone_gets_no_reason(plain):
    with pytest.raises(NotFoundError, match="no target to give a reason for"):
        plain.do(targets.say_why, judged(plain), "first", "Why not.")


def test_a_reason_that_can_t_be_kept_is_refused(plain):
    plain.do(targets.aim, judged(plain), ["first"], "top")
    with pytest.raises(RefusedError, match="reason holds a character"):
        plain.do(targets.say_why, judged(plain), "first", "a\0b")
    assert here(plain)[0].reason == ""
