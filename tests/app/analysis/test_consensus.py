"""Where assessors differ: the worst first, with what was agreed, and what was answered otherwise since."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.consensus import changed_since, differences, may_dissent
from app.model.assessment import Ballot, Consensus
from app.scoring.offered import answers_to
from app.scoring.scale import SCALE, Verdict
from tests.documents import example

THEN = datetime(2024, 5, 1, 12, tzinfo=UTC)
CRITERIA = ("runs", "is-fast", "seen", "alarms")
VERDICTS = tuple(each.verdict for each in SCALE)


def answered(**given):
    """The example with other answers on the second case: by criterion, Ada's verdict and Bob's."""
    document = example()
    first = document.answers[0]
    made = tuple(
        replace(first, id=None, case="c2", criterion=criterion.replace("_", "-"), assessor=who, verdict=verdict,
                answered_at=THEN, evidence=(), rationale="so")
        for criterion, verdicts in given.items()
        for who, verdict in zip(("ada", "bob"), verdicts, strict=True)
    )  # fmt: skip
    return replace(document, answers=made, consensus=(), overrides=(), ballots=())


def agreed(criterion="runs", when=THEN, verdict=Verdict.LARGELY):
    return Consensus(
        rubric="small", criterion=criterion, case="c2", round="r1", verdict=verdict, reason="so", agreed_at=when
    )


def found(document):
    return differences(document, assess(document, "small", "r1"))


def test_the_worst_come_first():
    document = answered(
        runs=(Verdict.FULLY, Verdict.LARGELY),
        is_fast=(Verdict.UNKNOWN, Verdict.WITHHELD),
        seen=(Verdict.FULLY, Verdict.NOT_ACHIEVED),
        alarms=(Verdict.PARTIALLY, Verdict.UNKNOWN),
    )
    told = [(each.criterion.id, each.distance) for each in found(document)]
    assert told == [("seen", 3), ("runs", 1), ("alarms", 0), ("is-fast", 0)]


def test_alike_ones_stand_as_in_the_rubric():
    pair = (Verdict.FULLY, Verdict.PARTIALLY)
    document = answered(alarms=pair, seen=pair, is_fast=pair, runs=pair)
    assert [each.criterion.id for each in found(document)] == list(CRITERIA)


def test_what_is_alike_or_open_is_no_difference():
    document = answered(runs=(Verdict.FULLY, Verdict.FULLY), seen=(Verdict.FULLY, None), alarms=(None, None))
    assert found(document) == ()


def test_what_was_agreed_stays_listed():
    document = replace(answered(runs=(Verdict.FULLY, Verdict.FULLY)), consensus=(agreed(),))
    (only,) = found(document)
    assert (only.key, only.is_open, only.differs, only.distance) == ("c2/runs", False, False, 0)
    assert only.principle.id == "first"
    assert [each.assessor for each in only.answers] == ["ada", "bob"]


def test_changed_since():
    document = answered(runs=(Verdict.FULLY, Verdict.PARTIALLY))
    later = replace(document.answers[1], answered_at=THEN + timedelta(hours=1))
    answers = (document.answers[0], later)
    assert changed_since(agreed(), answers) == (later,)
    assert changed_since(None, answers) == changed_since(agreed(when=None), answers) == ()
    assert changed_since(agreed(), [replace(later, answered_at=None)]) == ()
    (only,) = found(replace(document, answers=answers, consensus=(agreed(),)))
    assert only.changed == (later,)


def test_cases_that_are_not_revealed_have_none():
    document = answered(runs=(Verdict.FULLY, Verdict.PARTIALLY))
    ballot = Ballot(rubric="small", case="c2", round="r1")
    assert found(replace(document, ballots=(ballot,))) == ()
    assert found(replace(document, ballots=(replace(ballot, revealed_at=THEN),))) != ()


def test_in_a_study_without_rounds():
    document = replace(answered(), rounds=(), sources=(), influences=(), challenges=(), findings=(), reviews=())
    assert differences(document, assess(document)) == ()


def test_who_may_dissent():
    document = answered(runs=(Verdict.FULLY, Verdict.PARTIALLY))
    (only,) = found(document)
    scale = answers_to(assess(document).rubric, "runs")
    assert [each.assessor for each in may_dissent(only, Verdict.FULLY, scale)] == ["bob"]
    assert [each.assessor for each in may_dissent(only, Verdict.LARGELY, scale)] == ["ada", "bob"]


pairs = st.tuples(*[st.none() | st.sampled_from(VERDICTS)] * 2)


@given(st.fixed_dictionaries(dict.fromkeys(("runs", "is_fast", "seen", "alarms"), pairs)))
def test_exactly_those_who_differ_the_farthest_first(given):
    document = answered(**given)
    told = found(document)
    differing = {key.replace("_", "-") for key, (one, two) in given.items() if one and two and one is not two}
    assert {each.criterion.id for each in told} == differing
    distances = [each.distance for each in told]
    assert distances == sorted(distances, reverse=True)
    for each in told:
        ranks = [answers_to(assess(document).rubric, each.criterion.id).rank(answer.verdict) for answer in each.answers]
        said = [rank for rank in ranks if rank is not None]
        assert each.distance == (max(said) - min(said) if said else 0)
        assert each.achieved == len(said)
