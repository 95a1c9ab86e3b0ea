"""How answers spread over cases: nobody is lost or counted twice, and the weakest come first."""

from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.actions.create import freeze
from app.analysis.assessment import assess
from app.analysis.distribution import distribution, lacking, weakest_first
from app.model.assessment import Answer, Consensus, FrozenRubric
from app.model.document import StudyDocument
from app.model.setting import Assessor, Case, Organisation, Round, Study
from app.rubric.library import load
from app.scoring.offered import answers_to
from app.scoring.scale import PICKS, Verdict, is_achievement

STAGED, CHOICE = "mlops-maturity", "microsoft-mlops-maturity"
STUDY = Study(
    id=UUID(int=3), title="T", organisation=Organisation(name="O"), created_at=datetime(2024, 1, 2, tzinfo=UTC)
)


def document(rubric, cases, answers=(), consensus=()):
    return StudyDocument(
        format="fieldquill-study",
        version=1,
        study=STUDY,
        rounds=(Round(key="r1", name="Round 1"),),
        assessors=tuple(Assessor(key=key, name=key) for key in ("ada", "bob")),
        cases=tuple(Case(key=f"c{n}", name=f"Case {n}") for n in range(cases)),
        rubrics=(freeze(FrozenRubric(key=rubric, version="1.0")),),
        answers=tuple(answers),
        consensus=tuple(consensus),
    )


def said(rubric, criterion, case, verdict, by="ada"):
    return Answer(rubric=rubric, criterion=criterion, case=f"c{case}", round="r1", assessor=by, verdict=verdict)


def spread_of(found, criterion):
    return next(each for each in found.spreads if each.criterion.id == criterion)


def counts(found, criterion):
    """How many cases have each answer that any has."""
    spread = spread_of(found, criterion)
    return {offer.verdict: len(here) for offer, here in zip(found.answers, spread.cases, strict=True) if here}


@st.composite
def assessments(draw):
    """A study against one of two rubrics, with any of its answers for any case."""
    rubric = draw(st.sampled_from([STAGED, CHOICE]))
    cases = draw(st.integers(0, 5))
    offered = [
        (criterion.id, case, answers_to(load(rubric), criterion.id).steps)
        for criterion in load(rubric).criteria
        for case in range(cases)
    ]
    given_ = [
        said(rubric, criterion, case, draw(st.sampled_from([step.verdict for step in steps])))
        for criterion, case, steps in offered
        if draw(st.booleans())
    ]
    return assess(document(rubric, cases, given_))


@given(assessments())
def test_every_case_stands_under_one_answer_of_every_criterion(assessment):
    found = distribution(assessment)
    assert [each.criterion for each in found.spreads] == list(assessment.rubric.criteria)
    for spread in found.spreads:
        here = [case.key for cases in spread.cases for case in cases]
        assert sorted(here) == sorted(case.case.key for case in assessment.cases)
        for offer, cases in zip(found.answers, spread.cases, strict=True):
            for case in cases:
                judged = assessment.case(case.key).principle(spread.principle.id)
                verdict = next(c.verdict for c in judged.criteria if c.criterion.id == spread.criterion.id)
                told = answers_to(assessment.rubric, spread.criterion.id)
                assert told.label(verdict) == told.label(offer.verdict)


@given(assessments())
def test_what_is_missing_is_0_where_all_have_the_best_and_never_more_than_the_cases_known(assessment):
    found = distribution(assessment)
    for spread in found.spreads:
        known = sum(
            len(here) for offer, here in zip(found.answers, spread.cases, strict=True) if offer.rank is not None
        )
        assert 0 <= spread.missing <= known
        assert (spread.missing == 0) == (len(spread.cases[0]) == known)


@given(assessments())
def test_the_weakest_come_first_and_nothing_is_lost(assessment):
    found = distribution(assessment)
    ordered = weakest_first(found.spreads)
    assert sorted(map(id, ordered)) == sorted(map(id, found.spreads))
    order = {id(spread): place for place, spread in enumerate(found.spreads)}
    for first, second in pairwise(ordered):
        assert first.missing > second.missing or (
            first.missing == second.missing and order[id(first)] < order[id(second)]
        )


@given(assessments())
def test_answers_that_say_how_far_stand_first_best_to_worst_and_the_others_only_where_they_occur(assessment):
    found = distribution(assessment)
    ranks = [offer.rank for offer in found.answers[: found.steps]]
    assert ranks == list(range(found.steps))[::-1]
    for place, offer in enumerate(found.answers[found.steps :], found.steps):
        assert not is_achievement(offer.verdict)
        assert any(spread.cases[place] for spread in found.spreads)


def test_levels_that_a_principle_cannot_tell_apart_stand_at_the_highest_of_them():
    rubric = load(CHOICE)
    criterion, steps = next(
        (criterion.id, answers_to(rubric, criterion.id))
        for criterion in rubric.criteria
        if len({answers_to(rubric, criterion.id).step(pick).verdict for pick in PICKS[:5]}) < 5
    )
    alike = next(pick for pick in PICKS[:5] if steps.step(pick).verdict is not pick)
    found = distribution(assess(document(CHOICE, 2, [said(CHOICE, criterion, 0, alike)])))
    assert counts(found, criterion) == {steps.step(alike).verdict: 1, None: 1}


def test_cases_on_which_assessors_differ_are_unknown_until_they_agree():
    differing = [
        said(STAGED, "drift-detection", 0, Verdict.FULLY),
        said(STAGED, "drift-detection", 0, Verdict.NOT_ACHIEVED, "bob"),
    ]
    open_ = distribution(assess(document(STAGED, 1, differing)))
    assert counts(open_, "drift-detection") == {Verdict.UNKNOWN: 1}
    assert spread_of(open_, "drift-detection").differing == ("c0",)
    agreed = Consensus(
        rubric=STAGED, criterion="drift-detection", case="c0", round="r1", verdict=Verdict.PARTIALLY, reason="Seen"
    )
    settled = distribution(assess(document(STAGED, 1, differing, [agreed])))
    assert counts(settled, "drift-detection") == {Verdict.PARTIALLY: 1}
    assert spread_of(settled, "drift-detection").differing == ()


def test_a_criterion_is_told_in_words():
    given_ = [
        said(STAGED, "drift-detection", 0, Verdict.FULLY),
        said(STAGED, "drift-detection", 1, Verdict.PARTIALLY),
        said(STAGED, "drift-detection", 2, Verdict.NOT_APPLICABLE),
    ]
    found = distribution(assess(document(STAGED, 4, given_)))
    spread = spread_of(found, "drift-detection")
    told = "Fully achieved 1, Partially achieved 1, Unanswered 1, Not applicable 1"
    assert found.words(spread) == told
    assert lacking(spread, found.answers) == "1 of 2 cases falls short"
    assert spread.missing == Fraction(2, 3)
    other = spread_of(found, "threshold-alarms")
    assert lacking(other, found.answers) == ""
    assert found.words(replace(other, cases=((),) * len(found.answers))) == "No cases"


@pytest.mark.parametrize("principle", ["", "monitoring-feedback"])
def test_criteria_are_narrowed_to_a_principle(principle):
    found = distribution(assess(document(STAGED, 1)))
    named = {each.principle.id for each in found.of(principle)}
    assert named == ({principle} if principle else {each.id for each in load(STAGED).principles})
