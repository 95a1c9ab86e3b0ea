"""The shipped ML Test Score: all the paper's tests in its order, its points, and its worked bands."""

import pytest

from app.rubric import library
from app.scoring.scale import Verdict
from app.scoring.score import score_case

RUBRIC = library.load("ml-test-score")
AUTOMATED, MANUAL, NONE = Verdict.FULLY, Verdict.PARTIALLY, Verdict.NOT_ACHIEVED
NA, UNKNOWN = Verdict.NOT_APPLICABLE, Verdict.UNKNOWN

TESTS = {
    "features-data": [
        "feature-schema",
        "beneficial-features",
        "affordable-features",
        "feature-requirements",
        "privacy-controls",
        "quick-new-features",
        "tested-feature-code",
    ],
    "model-development": [
        "reviewed-model-specs",
        "offline-online-correlation",
        "tuned-hyperparameters",
        "known-staleness-cost",
        "simpler-model-compared",
        "quality-on-slices",
        "inclusion-tested",
    ],
    "ml-infrastructure": [
        "reproducible-training",
        "unit-tested-model-code",
        "integration-tested-pipeline",
        "validation-before-serving",
        "debuggable-model",
        "canary-release",
        "model-rollback",
    ],
    "monitoring": [
        "dependency-notices",
        "input-invariants",
        "training-serving-skew",
        "model-freshness",
        "numerical-stability",
        "computing-performance",
        "prediction-quality",
    ],
}


def section(principle, points):
    """Answers to a section that are worth so many points: whole ones first, then a half."""
    whole, half = divmod(points, 1)
    given = [AUTOMATED] * int(whole) + [MANUAL] * bool(half)
    given += [NONE] * (7 - len(given))
    return dict(zip(TESTS[principle], given, strict=True))


def score(*sums):
    verdicts = {}
    for principle, points in zip(TESTS, sums, strict=True):
        verdicts |= section(principle, points)
    return score_case(RUBRIC, verdicts)


def test_the_paper_s_tests_are_all_there_in_its_order():
    assert {each.id: [one.id for one in each.criteria] for each in RUBRIC.principles} == TESTS
    assert (RUBRIC.rule, RUBRIC.overall) == ("points", "minimum")
    assert [(each.short, each.points) for each in RUBRIC.answers] == [
        ("Automated", 1),
        ("Manual", 0.5),
        ("Not done", 0),
    ]


@pytest.mark.parametrize(
    ("sums", "final", "band", "held_back"),
    [
        ((4.0, 3.0, 5.0, 1.5), 1.5, "first-steps", ["monitoring"]),
        ((5, 4.5, 2, 6), 2, "first-steps", ["ml-infrastructure"]),
        ((6.5, 6.5, 7, 7), 6.5, "exceptional", []),
        ((7, 7, 7, 0), 0, "research", ["monitoring"]),
        ((0.5, 7, 7, 7), 0.5, "serious-gaps", ["features-data"]),
        ((1, 1.5, 7, 7), 1, "serious-gaps", ["features-data"]),
        ((2.5, 7, 7, 3), 2.5, "fair", ["features-data", "monitoring"]),
        ((3, 3, 3, 3), 3, "fair", ["features-data", "model-development", "ml-infrastructure", "monitoring"]),
        ((3.5, 7, 7, 7), 3.5, "strong", ["features-data"]),
        ((5, 7, 7, 7), 5, "strong", ["features-data"]),
        ((5.5, 7, 7, 7), 5.5, "exceptional", []),
    ],
)
def test_the_weakest_section_is_the_score_and_falls_in_its_band(sums, final, band, held_back):
    case = score(*sums)
    assert [float(each.points.low) for each in case.principles] == [float(each) for each in sums]
    assert (float(case.overall.points.low), float(case.overall.points.high)) == (final, final)
    assert (case.overall.level, case.overall.at_most) == (band, band)
    assert list(case.overall.limiting_all) == held_back


def test_open_answers_leave_the_score_between_two_bands():
    verdicts = section("features-data", 7) | section("model-development", 7) | section("ml-infrastructure", 7)
    verdicts |= dict.fromkeys(TESTS["monitoring"][:3], MANUAL) | dict.fromkeys(TESTS["monitoring"][3:], UNKNOWN)
    overall = score_case(RUBRIC, verdicts).overall
    assert (float(overall.points.low), float(overall.points.high)) == (1.5, 5.5)
    assert (overall.level, overall.at_most) == ("first-steps", "exceptional")


def test_what_is_not_applicable_is_left_out_in_proportion():
    verdicts = section("features-data", 3) | section("model-development", 7) | section("ml-infrastructure", 7)
    verdicts |= section("monitoring", 7) | {"quick-new-features": NA}
    data = score_case(RUBRIC, verdicts).principle("features-data")
    assert (data.points.low, data.level) == (3 * 7 / 6, "strong")


@pytest.mark.parametrize("criterion", RUBRIC.criteria, ids=lambda criterion: criterion.id)
def test_the_evidence_tells_manual_from_automated(criterion):
    assert "manual" in criterion.evidence
    assert "automated" in criterion.evidence


def test_it_says_whose_model_it_is_and_how_not_applicable_is_treated():
    assert "IEEE" in RUBRIC.licence_note
    assert "not applicable" in RUBRIC.licence_note
    assert "no test that is not applicable" in RUBRIC.summary
