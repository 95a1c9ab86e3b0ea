"""The sentences about scores, as a report prints them."""

import pytest

from app.scoring.explain import interval_text, overall_text, reason_text
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
