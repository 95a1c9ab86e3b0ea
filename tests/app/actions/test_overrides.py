"""A level set against the derived one rests on the answers as they stand, and says why."""

import pytest
from msgspec.structs import replace

from app.actions import assess, overrides, things
from app.actions.errors import NotFoundError, RefusedError
from app.actions.overrides import Place
from app.analysis.assessment import assess as judge
from app.model.assessment import Ballot, BallotMember, Override
from app.scoring.scale import Verdict
from tests.app.actions.clocked import check_undo

FIRST = Place(rubric="small", principle="first", case="c1", round="r1")
SECOND = replace(FIRST, principle="second")
BARE = replace(FIRST, case="c2")


def at(criterion, assessor="ada", case="c1"):
    return assess.Place("small", criterion, case, "r1", assessor)


def standing(study, place):
    found = (each for each in study.document.overrides if (each.case, each.principle) == (place.case, place.principle))
    return next(found, None)


def judged(study, place):
    return judge(study.document, round_key="r1").case(place.case).principle(place.principle)


@pytest.fixture
def ada(study):
    study.work_as("ada")
    return study


def test_a_level_is_set_with_what_it_rests_on(ada):
    changes = check_undo(ada, overrides.set_override, SECOND, "top", "  It rings.\n")
    assert changes.label == "Set Top for Second of Canary one"
    made = standing(ada, SECOND)
    assert (made.level, made.assessor, made.reason, made.basis) == ("top", "ada", "It rings.", "seen:not_applicable")
    assert made.set_at is not None
    assert judged(ada, SECOND).in_force == made


def test_what_counts_is_the_consensus_else_what_all_say(ada):
    ada.do(overrides.take_back, FIRST)
    ada.do(overrides.set_override, FIRST, "top", "Piloted.")
    assert standing(ada, FIRST).basis == "runs:largely"  # the consensus, not fully or partially
    ada.do(things.remove_thing, ada.document.consensus[0])
    assert judged(ada, FIRST).lapsed
    ada.do(overrides.confirm_override, FIRST, "Still piloted.")
    assert standing(ada, FIRST).basis == "runs:unknown"
    assert judged(ada, FIRST).in_force


def test_where_nothing_is_answered_it_rests_on_nothing_and_lapses_with_the_first_answer(ada):
    ada.do(overrides.set_override, BARE, "top", "Known from elsewhere.")
    assert standing(ada, BARE).basis == "-"
    assert judged(ada, BARE).in_force
    ada.do(assess.answer, at("runs", case="c2"), Verdict.PARTIALLY)
    assert judged(ada, BARE).changed == "runs was unanswered, is partially now"
    ada.undo()
    assert judged(ada, BARE).in_force


def test_an_answer_that_says_nothing_counts_for_nothing(ada):
    ada.do(assess.explain, at("runs", case="c2"), "To be asked.")
    ada.do(overrides.set_override, BARE, "top", "Known from elsewhere.")
    assert standing(ada, BARE).basis == "-"


def test_it_is_changed_and_then_rests_on_the_answers_as_they_are(ada):
    ada.do(assess.answer, at("is-fast"), Verdict.FULLY)
    assert judged(ada, FIRST).lapsed
    changes = check_undo(ada, overrides.change_override, FIRST, "low", "It failed since.")
    assert changes.label == "Set anew: Low for First of Canary one"
    assert (standing(ada, FIRST).level, standing(ada, FIRST).basis) == ("low", "runs:largely is-fast:fully")
    assert judged(ada, FIRST).in_force


def test_nothing_new_is_no_change(ada):
    ada.do(overrides.change_override, FIRST, "top", "We saw it.")
    before = ada.document
    assert ada.do(overrides.change_override, FIRST, "top", " We saw it. ").seq is None
    assert ada.document is before


def test_what_has_lapsed_is_confirmed_for_a_reason(ada):
    ada.do(overrides.change_override, FIRST, "low", "It is a demo.")
    with pytest.raises(RefusedError, match="No answer under that level has changed"):
        ada.do(overrides.confirm_override, FIRST, "So.")
    ada.do(assess.answer, at("is-fast"), Verdict.PARTIALLY)
    with pytest.raises(RefusedError, match="Say why"):
        ada.do(overrides.confirm_override, FIRST, " ")
    changes = check_undo(ada, overrides.confirm_override, FIRST, "Still a demo.")
    assert changes.label == "Confirm Low for First of Canary one"
    assert (standing(ada, FIRST).level, standing(ada, FIRST).reason) == ("low", "Still a demo.")
    assert judged(ada, FIRST).in_force


def test_one_from_before_bases_were_kept_gets_one_when_it_is_confirmed(ada):
    ada.do(things.change, replace(standing(ada, FIRST), level="low", basis=""))
    assert judged(ada, FIRST).in_force
    ada.do(overrides.confirm_override, FIRST, "Still so.")
    assert standing(ada, FIRST).basis == "runs:largely"


def test_it_is_taken_back(ada):
    changes = check_undo(ada, overrides.take_back, FIRST)
    assert changes.label == "Take back Middle for First of Canary one"
    assert standing(ada, FIRST) is None


@pytest.mark.parametrize(
    ("action", "rest"),
    [
        (overrides.change_override, ("top", "Why.")),
        (overrides.confirm_override, ("Why.",)),
        (overrides.take_back, ()),
    ],
)
def test_what_was_not_set_is_not_there(ada, action, rest):
    with pytest.raises(NotFoundError, match="set no level there"):
        ada.do(action, SECOND, *rest)


@pytest.mark.parametrize(
    ("place", "level", "reason", "says"),
    [
        (FIRST, "top", "Why.", "set a level there already"),
        (SECOND, "top", " \n", "Say why"),
        (SECOND, "mid", "Why.", "The answers give Middle by themselves"),
    ],
)
def test_what_is_refused(ada, place, level, reason, says):
    with pytest.raises(RefusedError, match=says):
        ada.do(overrides.set_override, place, level, reason)


@pytest.mark.parametrize(
    ("place", "level", "says"),
    [
        (replace(SECOND, principle="none"), "top", 'no principle "none"'),
        (replace(SECOND, case="none"), "top", 'no case "none"'),
        (replace(SECOND, round="none"), "top", 'no round "none"'),
        (SECOND, "none", 'no level "none"'),
    ],
)
def test_what_is_not_there(ada, place, level, says):
    with pytest.raises(NotFoundError, match=says):
        ada.do(overrides.set_override, place, level, "Why.")


def test_nobody_working_sets_nothing(study):
    study.work_as("")
    with pytest.raises(RefusedError, match="Say first who is working"):
        study.do(overrides.set_override, SECOND, "top", "Why.")


def test_no_level_is_set_on_answers_that_are_hidden(ada):
    members = (BallotMember(assessor="ada"), BallotMember(assessor="bob"))
    for ballot in ada.document.ballots:
        ada.do(things.remove_thing, ballot)
    ada.do(things.add, Ballot(rubric="small", case="c1", round="r1", members=members))
    with pytest.raises(RefusedError, match="still hidden from one another"):
        ada.do(overrides.set_override, SECOND, "top", "Why.")
    ada.do(things.change, replace(standing(ada, FIRST), basis="runs:largely"))
    with pytest.raises(RefusedError, match="still hidden from one another"):  # nor is it told that nothing changed
        ada.do(overrides.confirm_override, FIRST, "Still so.")
    ada.do(overrides.take_back, FIRST)
    ada.do(things.change, replace(ada.document.ballots[0], revealed_at=ada.document.study.created_at))
    ada.do(overrides.set_override, SECOND, "top", "Why.")
    assert isinstance(standing(ada, SECOND), Override)
