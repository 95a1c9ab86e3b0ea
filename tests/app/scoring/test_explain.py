"""The sentences about scores, as a report prints them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.rubric import library
from app.scoring.explain import begin_text, interval_text, overall_text, points_brief, reason_text
from app.scoring.points import Bands
from app.scoring.result import Points
from app.scoring.scale import Verdict
from app.scoring.score import score_case, score_principle

F, L, P, N = Verdict.FULLY, Verdict.LARGELY, Verdict.PARTIALLY, Verdict.NOT_ACHIEVED
NA, U, W = Verdict.NOT_APPLICABLE, Verdict.UNKNOWN, Verdict.WITHHELD


def score(rubric, *verdicts):
    criteria = rubric.principle("p1").criteria
    given = {each.id: verdict for each, verdict in zip(criteria, verdicts, strict=True) if verdict is not None}
    return score_principle(rubric, rubric.principle("p1"), given)


@pytest.mark.parametrize(
    ("verdicts", "text"),
    [
        ((F, F, F, F, F), "High"),
        ((F, F, U, N, F), "Moderate"),
        ((F, F, U, U, F), "Moderate, at most High: 2 criteria unknown"),
        ((F, F, U, F, F), "Moderate, at most High: 1 criterion unknown"),
        ((U, F, U, W, None), "Low, at most High: 2 criteria unknown, 1 withheld, 1 unanswered"),
        ((F, W, U, N, None), "Low, at most Moderate: 1 criterion withheld"),
        ((None,) * 5, "Low, at most High: 5 criteria unanswered"),
        ((NA,) * 5, "Not rated: every criterion is not applicable"),
    ],
)
def test_the_interval_names_what_is_open(one, verdicts, text):
    assert interval_text(one, score(one, *verdicts)) == text


@pytest.mark.parametrize(
    ("verdicts", "text"),
    [
        (
            (F, L, F, F, F),
            "High because both criteria of Moderate and all 3 of High are at least largely achieved.",
        ),
        (
            (F, L, F, P, N),
            (
                "Moderate because both criteria of Moderate are at least largely achieved; High needs 2 "
                "more of its 3 criteria: p1 high 1 (partially achieved) and p1 high 2 (not achieved)."
            ),
        ),
        (
            (F, NA, F, P, NA),
            (
                "Moderate because the only applicable criterion of Moderate is at least largely achieved; "
                "High needs 1 more of its 2 applicable criteria: p1 high 1 (partially achieved)."
            ),
        ),
        (
            (F, NA, F, NA, NA),
            (
                "High because the only applicable criterion of Moderate and the only applicable one of High"
                " are at least largely achieved."
            ),
        ),
        (
            (P, U, F, F, F),
            (
                "Low because Moderate needs both its criteria: p1 moderate 0 (partially achieved) and p1 "
                "moderate 1 (unknown)."
            ),
        ),
        (
            (F, F, W, None, U),
            (
                "Moderate because both criteria of Moderate are at least largely achieved; High needs all 3"
                " of its criteria: p1 high 0 (withheld), p1 high 1 (unanswered) and p1 high 2 (unknown). "
                "The open answers could still raise it to High."
            ),
        ),
        (
            (U, NA, N, F, F),
            (
                "Low because Moderate needs its only applicable criterion: p1 moderate 0 (unknown). The "
                "open answer could still raise it to Moderate."
            ),
        ),
        (
            (NA, NA, F, F, P),
            (
                "Moderate only because no criterion of Moderate applies; High needs 1 more of its 3 "
                "criteria: p1 high 2 (partially achieved)."
            ),
        ),
        (
            (F, F, NA, NA, NA),
            (
                "High only because both criteria of Moderate are at least largely achieved and no criterion"
                " of High applies."
            ),
        ),
        (
            (NA, NA, F, F, F),
            (
                "High because all 3 criteria of High are at least largely achieved, while no criterion of "
                "Moderate applies."
            ),
        ),
        ((NA,) * 5, "Not rated: every criterion is not applicable."),
    ],
)
def test_the_reason_says_what_is_met_and_what_is_missing(one, verdicts, text):
    assert reason_text(one, score(one, *verdicts)) == text


def test_a_level_with_one_criterion_reads_well(make):
    rubric = make({"moderate": 1, "high": 1})
    assert reason_text(rubric, score(rubric, F, N)) == (
        "Moderate because the only criterion of Moderate is at least largely achieved; High needs its only "
        "criterion: p1 high 0 (not achieved)."
    )
    assert reason_text(rubric, score(rubric, F, F)) == (
        "High because the only criterion of Moderate and the only one of High are at least largely achieved."
    )


GIVEN = {"low": (N, N), "moderate": (F, N), "high": (F, F), "not rated": (NA, NA), "open": (F, U)}


@pytest.mark.parametrize(
    ("levels", "text"),
    [
        (
            ("high", "moderate", "high"),
            "High overall, the median of High, Moderate and High; held back by Principle 2 (Moderate).",
        ),
        (
            ("moderate", "moderate", "high"),
            (
                "Moderate overall, the median of Moderate, Moderate and High; held back by Principle 1 and "
                "Principle 2 (both Moderate)."
            ),
        ),
        (
            ("low", "low", "high", "low"),
            (
                "Low overall, the lower middle one of Low, Low, High and Low; held back by Principle 1, "
                "Principle 2 and Principle 4 (all Low)."
            ),
        ),
        (("low", "high"), "Low overall, the lower of Low and High; held back by Principle 1 (Low)."),
        (("high", "high", "high"), "High overall: all 3 principles are High."),
        (("low", "low"), "Low overall: both principles are Low and hold it back alike."),
        (
            ("high", "not rated", "high"),
            "High overall: both rated principles are High; Principle 2 is not rated.",
        ),
        (
            ("not rated", "high", "not rated"),
            ("High overall: Principle 2 is the only principle rated; Principle 1 and Principle 3 are not rated."),
        ),
        (("moderate",), "Moderate overall: Principle 1 is the only principle rated."),
        (
            ("open", "low", "high"),
            ("Moderate overall (at most High), the median of Moderate, Low and High; held back by Principle 2 (Low)."),
        ),
        (("not rated", "not rated"), "Not rated overall: no principle is rated."),
    ],
)
def test_the_overall_sentence_names_the_median_and_the_limiting_principle(make, levels, text):
    rubric = make(*[{"moderate": 1, "high": 1}] * len(levels))
    verdicts = {}
    for principle, level in zip(rubric.principles, levels, strict=True):
        verdicts |= {each.id: verdict for each, verdict in zip(principle.criteria, GIVEN[level], strict=True)}
    assert overall_text(rubric, score_case(rubric, verdicts)) == text


def test_points_are_told_with_the_level():
    rubric = library.load("ml-test-score")
    (section, *others) = rubric.principles
    verdicts = {each.id: Verdict.FULLY for each in section.criteria[:3]}
    verdicts |= {each.id: Verdict.NOT_ACHIEVED for each in section.criteria[3:6]}
    verdicts |= {each.id: Verdict.FULLY for other in others for each in other.criteria}
    case = score_case(rubric, verdicts)
    first = case.principles[0]
    names = {level.id: level.name for level in rubric.levels}
    assert (names[first.level], first.certain) == ("Fairly well tested", False)
    told = interval_text(rubric, first)
    assert told == f"{names[first.level]}, at most {names[first.at_most]}: 1 criterion unanswered, 3 to 4 of 7 points"
    assert "because the answers come to 3 to 4 of 7 points" in reason_text(rubric, first)
    assert "4 criteria could bring more" in reason_text(rubric, first)
    top = case.principles[1]
    assert reason_text(rubric, top) == f"{names[top.level]} because the answers come to 7 of 7 points."
    assert "the least of the principles, 3 to 4 of 7 points; held back by" in overall_text(rubric, case)
    nothing = score_case(rubric, {each.id: Verdict.NOT_ACHIEVED for each in rubric.criteria})
    assert overall_text(rubric, nothing).endswith("hold it back alike, the least of the principles, 0 of 7 points.")


def test_a_mean_is_told_over_the_principles():
    rubric = library.load("mlops-principles")
    verdicts = {each.id: Verdict.LARGELY for each in rubric.criteria}
    verdicts |= {each.id: Verdict.NOT_ACHIEVED for each in rubric.principles[0].criteria}
    text = overall_text(rubric, score_case(rubric, verdicts))
    assert "over the principles a mean of 59.56 of 100; held back by" in text


def beginning(figure, *, above=False):
    """The rubric of means, whose second level begins elsewhere."""
    rubric = library.load("mlops-principles")
    first, second, *others = rubric.levels
    where = {"above": figure, "at_least": None} if above else {"above": None, "at_least": figure}
    return replace(rubric, levels=(first, replace(second, **where), *others))


@pytest.mark.parametrize(
    ("begins", "figure", "told"),
    [
        (66.67, Fraction(200, 3), "66.667"),  # not 66.67, which would have reached it
        (66.67, Fraction(6667, 100), "66.67"),
        (66.66, Fraction(200, 3), "66.67"),
        (33.333, Fraction(100, 3), "33.3333"),
        (50, Fraction(50), "50"),
        (50, Fraction(4999, 100), "49.99"),
    ],
)
def test_a_figure_has_the_decimals_that_tell_it_from_where_a_level_begins(begins, figure, told):
    points = Points(figure, figure, Fraction(100))
    assert points_brief(beginning(begins), points) == f"{told} of 100"


@given(st.integers(1, 9_999_999), st.fractions(0, 100, max_denominator=6000), st.booleans())
def test_what_is_printed_lies_in_the_level_it_is_printed_with(begins, figure, above):
    rubric = beginning(begins / 100_000, above=above)
    levels, points = rubric.levels[:2], Points(figure, figure, Fraction(100))
    printed = Fraction(points_brief(rubric, points).removesuffix(" of 100"))
    assert Bands(levels).rank(printed) == Bands(levels).rank(figure)
    assert abs(printed - figure) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("figure", "above", "told"),
    [(1.5, False, "at 1.5"), (2.0, True, "above 2"), (33.3333, False, "at 33.3333"), (100.0, False, "at 100")],
)
def test_where_a_level_begins_is_told_as_the_rubric_has_it(figure, above, told):
    rubric = beginning(figure, above=above)
    assert begin_text(rubric.levels[1]) == told
    assert begin_text(rubric.levels[0]) == "at 0"


def test_a_pick_is_told_by_its_description():
    rubric = library.load("microsoft-mlops-maturity")
    people, creation, *_ = rubric.principles
    case = score_case(rubric, {creation.criteria[0].id: Verdict.LEVEL_0})
    assert reason_text(rubric, case.principle(creation.id)) == "Level 0 because its description was picked."
    untold = reason_text(rubric, case.principle(people.id))
    assert untold == "Level 1 because no level was picked yet. The open answer could still raise it to Level 4."


def test_levels_that_ask_for_no_more_are_named():
    rubric = library.load("john-2021-stages")
    everything = score_case(rubric, {each.id: Verdict.FULLY for each in rubric.criteria})
    told = reason_text(rubric, everything.principle("data"))
    assert told.endswith("while Automated deployment and Semi-auto monitoring ask for no more here.")
    nothing = score_case(rubric, {each.id: Verdict.NOT_ACHIEVED for each in rubric.criteria})
    assert reason_text(rubric, nothing.principle("model")).startswith(
        "Automated data because nothing is asked for it here;"
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("minimum", "Low overall, the lowest of Low and High; held back by Principle 1 (Low)."),
        ("mean", "Moderate overall, the mean, rounded down, of Low and High; held back by Principle 1 (Low)."),
        ("none", "No overall level, which this rubric does without: the lowest is Principle 1."),
    ],
)
def test_the_overall_rule_is_told(make, rule, words):
    rubric = replace(make({"moderate": 1, "high": 1}, {"moderate": 1, "high": 1}), overall=rule)
    verdicts = {
        each.id: Verdict.FULLY if each.id.startswith("p2") else Verdict.NOT_ACHIEVED for each in rubric.criteria
    }
    assert overall_text(rubric, score_case(rubric, verdicts)) == words


def test_a_rubric_without_an_overall_level_says_so_whatever_is_known(make):
    rubric = replace(make({"moderate": 1}, {"moderate": 1}, levels=("low", "moderate")), overall="none")
    top = {each.id: Verdict.FULLY for each in rubric.criteria}
    assert overall_text(rubric, score_case(rubric, top)) == "No overall level, which this rubric does without."
    nothing = {each.id: Verdict.NOT_APPLICABLE for each in rubric.criteria}
    assert overall_text(rubric, score_case(rubric, nothing)) == "Not rated overall: no principle is rated."
    low = {each.id: Verdict.NOT_ACHIEVED for each in rubric.criteria}
    assert "the lowest are Principle 1 and Principle 2" in overall_text(rubric, score_case(rubric, low))
