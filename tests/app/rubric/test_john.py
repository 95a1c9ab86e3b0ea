"""The stages after John, Olsson and Bosch: in order, and each dimension asks only where a stage is about it."""

import pytest

from app.rubric import library
from app.scoring.scale import Verdict
from app.scoring.score import score_case

RUBRIC = library.load("john-2021-stages")

DESCRIBED = {
    "data": ["manual", "data-collection", "full-monitoring"],
    "model": ["manual", "model-deployment", "full-monitoring"],
    "deployment": ["manual", "model-deployment", "full-monitoring"],
    "monitoring": ["manual", "semi-monitoring", "full-monitoring"],
}


def case(**achieved):
    """A case whose dimensions meet what is asked up to a stage, and nothing above."""
    return {
        criterion.id: Verdict.FULLY
        if RUBRIC.rank(criterion.level) <= RUBRIC.rank(achieved[principle.id])
        else Verdict.NOT_ACHIEVED
        for principle in RUBRIC.principles
        for criterion in principle.criteria
    }


def test_the_stages_come_in_the_order_of_the_paper():
    order = ["manual", "data-collection", "model-deployment", "semi-monitoring", "full-monitoring"]
    assert [level.id for level in RUBRIC.levels] == order
    assert (RUBRIC.rule, RUBRIC.overall) == ("staged", "minimum")


@pytest.mark.parametrize("principle", RUBRIC.principles, ids=lambda principle: principle.id)
def test_a_dimension_is_described_where_it_is_asked_for_more(principle):
    assert list(principle.levels) == DESCRIBED[principle.id]
    assert sorted({criterion.level for criterion in principle.criteria}) == sorted(DESCRIBED[principle.id][1:])


def test_deployment_is_reached_with_nobody_watching_yet():
    said = case(data="data-collection", model="model-deployment", deployment="model-deployment", monitoring="manual")
    overall = score_case(RUBRIC, said).overall
    assert (overall.level, overall.limiting) == ("model-deployment", "monitoring")


def test_watching_well_makes_up_for_no_stage_before():
    said = case(data="manual", model="full-monitoring", deployment="full-monitoring", monitoring="full-monitoring")
    overall = score_case(RUBRIC, said).overall
    assert (overall.level, overall.limiting) == ("manual", "data")


def test_alerts_that_people_act_on_are_the_stage_before_the_last():
    said = case(
        data="full-monitoring", model="full-monitoring", deployment="full-monitoring", monitoring="semi-monitoring"
    )
    assert score_case(RUBRIC, said).overall.level == "semi-monitoring"
