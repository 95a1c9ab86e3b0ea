"""The staged rule by example."""

import pytest

from app.errors import FieldquillError
from app.scoring.result import Blocking
from app.scoring.scale import Verdict
from app.scoring.score import score_case, score_principle

F, L, P, N = Verdict.FULLY, Verdict.LARGELY, Verdict.PARTIALLY, Verdict.NOT_ACHIEVED
NA, U, W = Verdict.NOT_APPLICABLE, Verdict.UNKNOWN, Verdict.WITHHELD


def answers(rubric, number, text):
    """Verdicts on the criteria of a principle in order; None is left out."""
    criteria = rubric.principle(f"p{number}").criteria
    return {each.id: verdict for each, verdict in zip(criteria, text, strict=True) if verdict is not None}


def score(rubric, *verdicts):
    return score_principle(rubric, rubric.principle("p1"), answers(rubric, 1, verdicts))


@pytest.mark.parametrize(
    ("verdicts", "level", "at_most"),
    [
        ((F, L, F, L, L), "high", "high"),
        ((L, L, F, L, P), "moderate", "moderate"),
        ((L, P, F, F, F), "low", "low"),
        ((L, U, F, F, F), "low", "high"),
        ((L, W, F, F, N), "low", "moderate"),
        ((L, L, None, F, F), "moderate", "high"),
        ((None,) * 5, "low", "high"),
        ((NA, L, NA, NA, F), "high", "high"),
        ((L, L, NA, NA, NA), "high", "high"),
        ((NA, NA, N, F, F), "moderate", "moderate"),
        ((NA, NA, NA, NA, U), "moderate", "high"),
        ((NA,) * 5, None, None),
    ],
)
def test_a_level_is_reached_when_it_and_all_below_are_met(one, verdicts, level, at_most):
    result = score(one, *verdicts)
    assert (result.level, result.at_most) == (level, at_most)
    assert result.rated is (level is not None)
    assert result.certain is (level == at_most)


def test_the_blocking_criteria_are_listed_level_by_level_with_their_answers(one):
    result = score(one, L, P, N, None, NA)
    assert result.blocking == (
        Blocking("p1-moderate-1", "moderate", P),
        Blocking("p1-high-0", "high", N),
        Blocking("p1-high-1", "high", None),
    )
    assert result.next_level == "moderate"
    assert result.next_blocking == result.blocking[:1]
    assert result.blocking_at("high") == result.blocking[1:]


def test_nothing_blocks_on_the_top_level(one):
    result = score(one, F, F, F, F, F)
    assert (result.blocking, result.next_level, result.next_blocking) == ((), None, ())


def test_answers_are_counted_by_level_and_in_all(one):
    result = score(one, F, U, W, None, NA)
    moderate, high = result.per_level
    assert (moderate.level, moderate.passed, moderate.unknown, moderate.applicable) == ("moderate", 1, 1, 2)
    assert (high.level, high.open, high.blocking, high.not_applicable) == ("high", 2, 2, 1)
    counts = (result.applicable, result.unknown, result.withheld, result.unanswered, result.not_applicable)
    assert counts == (4, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("verdicts", "coverage"),
    [
        ((F, L, P, N, F), 1.0),
        ((F, L, U, W, None), 0.4),
        ((F, NA, NA, NA, U), 0.5),
        ((None,) * 5, 0.0),
        ((NA,) * 5, 1.0),
    ],
)
def test_coverage_is_the_share_of_applicable_criteria_with_an_achievement(one, verdicts, coverage):
    assert score(one, *verdicts).coverage == pytest.approx(coverage)


def case(make, *levels):
    """The score of a case whose principles have these levels; None is not rated."""
    rubric = make(*[{"moderate": 1, "high": 1}] * len(levels))
    given = {"low": (N, N), "moderate": (F, N), "high": (F, F), None: (NA, NA), "?": (F, U)}
    verdicts = {}
    for number, level in enumerate(levels, 1):
        verdicts |= answers(rubric, number, given[level])
    return score_case(rubric, verdicts)


@pytest.mark.parametrize(
    ("levels", "level", "at_most", "limiting"),
    [
        (("moderate", "moderate", "high"), "moderate", "moderate", ("p1", "p2")),
        (("moderate", "low", "moderate"), "moderate", "moderate", ("p2",)),
        (("high", "moderate", "high"), "high", "high", ("p2",)),
        (("high", "high", "high"), "high", "high", ()),
        (("moderate", "high"), "moderate", "moderate", ("p1",)),
        (("low", "high", "high", "low"), "low", "low", ("p1", "p4")),
        (("high", None, "low"), "low", "low", ("p3",)),
        ((None, "high"), "high", "high", ()),
        (("low",), "low", "low", ("p1",)),
        (("?", "moderate", "?"), "moderate", "high", ("p1", "p2", "p3")),
        (("?", "moderate"), "moderate", "moderate", ("p1", "p2")),
        ((None, None), None, None, ()),
    ],
)
def test_the_overall_level_is_the_lower_median_held_back_by_the_lowest(make, levels, level, at_most, limiting):
    overall = case(make, *levels).overall
    assert (overall.level, overall.at_most) == (level, at_most)
    assert overall.certain is (level == at_most)
    assert overall.limiting_all == limiting
    assert overall.limiting == (limiting[0] if limiting else None)


def test_a_case_has_its_principles_in_the_rubrics_order(make):
    result = case(make, "high", "?", None)
    assert [each.principle for each in result.principles] == ["p1", "p2", "p3"]
    assert result.principle("p2").at_most == "high"
    assert result.coverage == pytest.approx(0.75)
    assert case(make, None).coverage == 1.0
    with pytest.raises(KeyError):
        result.principle("p4")


def test_a_verdict_on_another_principle_is_left_alone(make):
    rubric = make({"moderate": 1, "high": 1}, {"moderate": 1, "high": 1})
    verdicts = answers(rubric, 1, (F, F)) | answers(rubric, 2, (N, N))
    assert score_principle(rubric, rubric.principle("p1"), verdicts).level == "high"


def test_a_verdict_on_no_criterion_of_the_rubric_is_refused(one):
    for refused in (
        lambda: score_case(one, {"stranger": F}),
        lambda: score_principle(one, one.principle("p1"), {"stranger": F}),
    ):
        with pytest.raises(FieldquillError) as caught:
            refused()
        assert caught.value.code == "scoring.unknown-criterion"
        assert caught.value.sentence == 'Nothing was scored: rubric "made" 1.0 has no criterion "stranger".'
