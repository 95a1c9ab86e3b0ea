"""The shipped nine principles of MLOps: what they are called, and how answers place them."""

import pytest

from app.rubric import library
from app.scoring.scale import Verdict
from app.scoring.score import score_case

RUBRIC = library.load("mlops-principles")
F, L, P, N, U = Verdict.FULLY, Verdict.LARGELY, Verdict.PARTIALLY, Verdict.NOT_ACHIEVED, Verdict.UNKNOWN


def test_it_has_the_nine_principles_in_their_order():
    assert [principle.id for principle in RUBRIC.principles] == [
        "ci-cd-automation",
        "workflow-orchestration",
        "reproducibility",
        "versioning",
        "collaboration",
        "continuous-training",
        "metadata-tracking",
        "continuous-monitoring",
        "feedback-loops",
    ]
    assert all(3 <= len(principle.criteria) <= 4 for principle in RUBRIC.principles)
    assert all(set(principle.levels) == {level.id for level in RUBRIC.levels} for principle in RUBRIC.principles)


def test_answers_and_levels_are_those_of_iso_33020():
    assert (RUBRIC.rule, RUBRIC.overall) == ("mean", "mean")
    assert [(str(each.verdict), each.points) for each in RUBRIC.answers] == [
        ("fully", 100),
        ("largely", 67),
        ("partially", 33),
        ("not", 0),
    ]
    assert [(each.id, each.above) for each in RUBRIC.levels] == [
        ("hardly", None),
        ("partly", 15),
        ("largely", 50),
        ("fully", 85),
    ]


@pytest.mark.parametrize(
    ("answers", "mean", "level"),
    [
        ((F, F, F, F), 100, "fully"),
        ((F, F, F, L), 91.75, "fully"),
        ((F, F, L, L), 83.5, "largely"),
        ((L, L, L, L), 67, "largely"),
        ((F, P, L, N), 50, "partly"),
        ((P, P, P, P), 33, "partly"),
        ((P, P, N, N), 16.5, "partly"),
        ((P, N, N, N), 8.25, "hardly"),
        ((N, N, N, N), 0, "hardly"),
    ],
)
def test_the_mean_places_a_principle(answers, mean, level):
    criteria = RUBRIC.principle("versioning").criteria
    case = score_case(RUBRIC, {each.id: given for each, given in zip(criteria, answers, strict=True)})
    score = case.principle("versioning")
    assert (float(score.points.low), score.level, score.certain) == (mean, level, True)


def test_the_mean_of_the_principles_places_the_case():
    verdicts = {each.id: F for each in RUBRIC.criteria}
    assert score_case(RUBRIC, verdicts).overall.level == "fully"
    half = RUBRIC.principles[:4]
    verdicts |= {each.id: N for principle in half for each in principle.criteria}
    overall = score_case(RUBRIC, verdicts).overall
    assert overall.level == "largely"  # 5 of 9
    assert list(overall.limiting_all) == [principle.id for principle in half]
    verdicts |= {each.id: U for each in RUBRIC.principles[4].criteria}
    overall = score_case(RUBRIC, verdicts).overall
    assert (overall.level, overall.at_most) == ("partly", "largely")


def test_it_says_whose_model_it_is_and_that_the_words_are_ours():
    assert "CC BY-NC-ND" in RUBRIC.licence_note
    assert "ours" in RUBRIC.licence_note
