"""What an override rests on is kept in a line, and tells exactly what has changed since."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.assessment import Judge, assess
from app.analysis.overrides import Moved, basis, moved, moved_text
from app.model.assessment import Answer, Ballot, BallotMember
from app.rubric import library
from app.scoring.scale import Verdict
from tests.documents import RUBRIC, example

CRITERIA = tuple(criterion.id for criterion in library.load("mlops-maturity").criteria)[:6]
VERDICTS = st.dictionaries(st.sampled_from(CRITERIA), st.sampled_from(Verdict))


@given(VERDICTS)
def test_nothing_has_moved_from_what_was_written_down(verdicts):
    kept = basis(CRITERIA, verdicts)
    assert kept
    assert moved(kept, CRITERIA, verdicts) == ()


@given(VERDICTS, VERDICTS)
def test_what_moved_is_what_differs(then, now):
    found = moved(basis(CRITERIA, then), CRITERIA, now)
    assert {each.criterion: (each.then, each.now) for each in found} == {
        each: (then.get(each), now.get(each)) for each in CRITERIA if then.get(each) is not now.get(each)
    }
    assert (not found) == (then == now)


@given(VERDICTS, st.sampled_from(CRITERIA), st.sampled_from([None, *Verdict]))
def test_it_lapses_with_an_answer_and_holds_again_once_that_is_changed_back(verdicts, criterion, other):
    kept = basis(CRITERIA, verdicts)
    changed = {**verdicts, criterion: other} if other else {key: v for key, v in verdicts.items() if key != criterion}
    assert bool(moved(kept, CRITERIA, changed)) == (verdicts.get(criterion) is not other)
    back = {**changed, criterion: verdicts[criterion]} if criterion in verdicts else {
        key: v for key, v in changed.items() if key != criterion
    }  # fmt: skip
    assert moved(kept, CRITERIA, back) == ()


@given(VERDICTS)
def test_one_from_before_any_of_this_was_kept_never_lapses(verdicts):
    assert moved("", CRITERIA, verdicts) == ()


def test_criteria_that_came_or_went_have_moved():
    assert moved("gone:fully new:unheard-of", ("new",), {"new": Verdict.FULLY}) == (
        Moved("new", None, Verdict.FULLY),
        Moved("gone", Verdict.FULLY, None),
    )


@given(st.sampled_from([None, *Verdict]))
def test_the_assessment_lets_it_lapse_and_hold(verdict):
    """Whatever comes to be answered: the override holds exactly where the answers are what it was set on."""
    document = replace(example(), consensus=())
    given_ = Answer(rubric="small", criterion="runs", case="c1", round="r1", assessor="ada", rationale="Why.",
                    verdict=verdict)  # fmt: skip
    override = replace(document.overrides[0], basis="runs:largely", level="top")
    judged = assess(replace(document, answers=(given_,), overrides=(override,)), round_key="r1").case("c1")
    first = judged.principle("first")
    if verdict is Verdict.LARGELY:
        assert (first.in_force, first.lapsed, first.level, first.changed) == (override, None, "top", "")
        assert judged.team is not None
    else:
        assert (first.in_force, first.lapsed, first.level) == (None, override, first.score.level)
        assert judged.team is None
        assert first.changed.startswith("runs was largely, is ")


def test_it_does_not_lapse_while_answers_are_hidden_from_one_another():
    document = example()
    override = replace(document.overrides[0], basis="runs:partially")
    members = (BallotMember(assessor="ada"), BallotMember(assessor="bob"))
    secret = Ballot(rubric="small", case="c1", round="r1", members=members)
    document = replace(document, overrides=(override,), ballots=(secret,))
    judge = Judge()
    assert judge.assess(document, round_key="r1").case("c1").principle("first").in_force == override
    shown = replace(document, ballots=(replace(secret, revealed_at=document.study.created_at),))
    assert judge.assess(shown, round_key="r1").case("c1").principle("first").lapsed == override
    elsewhere = replace(document, ballots=(replace(secret, case="c2"), replace(secret, round="r2")))
    assert judge.assess(elsewhere, round_key="r1").case("c1").principle("first").lapsed == override


def test_what_changed_is_told_in_words():
    rubric = library.load("mlops-maturity")
    said = (
        Moved("drift-detection", Verdict.PARTIALLY, Verdict.LARGELY),
        Moved("automated-training", None, Verdict.NOT_ACHIEVED),
        Moved("taken-out", Verdict.UNKNOWN, None),
    )
    assert moved_text(rubric, said[:1]) == "drift detection was partially, is largely now"
    assert moved_text(rubric, said) == (
        "drift detection was partially, is largely now; automated training was unanswered, is not achieved now; "
        "taken out was unknown, is unanswered now"
    )
    assert moved_text(rubric, (*said, *said[:2])).endswith("; and 2 more changed")
    assert moved_text(RUBRIC, ()) == ""


def test_a_level_picked_is_told_by_its_name():
    rubric = library.load("microsoft-mlops-maturity")
    criterion = rubric.criteria[0].id
    found = moved_text(rubric, (Moved(criterion, Verdict.LEVEL_0, Verdict.LEVEL_2),))
    assert rubric.levels[0].name in found
    assert rubric.levels[2].name in found
