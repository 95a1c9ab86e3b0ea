"""Microsoft's maturity model: its level descriptions come out as the levels they describe."""

from itertools import pairwise

import pytest

from app.rubric import library
from app.scoring.choice import options
from app.scoring.scale import PICKS
from app.scoring.score import score_case

RUBRIC = library.load("microsoft-mlops-maturity")
LEVELS = range(5)

# The places of the levels Microsoft's tables (October 2025) describe alike, dimension by dimension. The wording
# of level 2's application integration is that of level 1 with its automatic releases left out.
OPTIONS = {
    "people": [(0, 1), (2,), (3,), (4,)],
    "model-creation": [(0,), (1,), (2, 3), (4,)],
    "model-release": [(0,), (1,), (2,), (3, 4)],
    "application-integration": [(0,), (1, 2), (3, 4)],
}


def option(principle, place):
    """The places of the levels whose description is also that of the level at a place."""
    return next(places for places in OPTIONS[principle] if place in places)


def described(place, entered):
    """The answers of a case that is what the level at a place describes, each entered as a level of its option."""
    return {principle.criteria[0].id: PICKS[entered(option(principle.id, place))] for principle in RUBRIC.principles}


def places(score):
    """The places of the levels the dimensions and the whole are on."""
    return {each.principle: RUBRIC.rank(each.level) for each in score.principles}, RUBRIC.rank(score.overall.level)


def test_it_has_five_levels_and_four_dimensions():
    assert [level.name for level in RUBRIC.levels] == [f"Level {place}" for place in LEVELS]
    assert [principle.id for principle in RUBRIC.principles] == list(OPTIONS)
    assert (RUBRIC.rule, RUBRIC.overall) == ("choice", "minimum")


@pytest.mark.parametrize("principle", RUBRIC.principles, ids=lambda principle: principle.id)
def test_levels_described_alike_are_one_option(principle):
    offered = [tuple(RUBRIC.rank(level.id) for level in levels) for levels in options(RUBRIC, principle)]
    assert offered == OPTIONS[principle.id]


@pytest.mark.parametrize("principle", RUBRIC.principles, ids=lambda principle: principle.id)
def test_a_dimension_says_which_of_its_levels_are_alike(principle):
    assert "alike here" in principle.description
    for alike in (places for places in OPTIONS[principle.id] if len(places) > 1):
        assert " and ".join(map(str, alike)) in principle.description
    assert principle.name in RUBRIC.licence_note


@pytest.mark.parametrize("entered", [min, max], ids=["lowest", "highest"])
@pytest.mark.parametrize("place", LEVELS)
def test_what_a_level_describes_stands_on_that_level(place, entered):
    dimensions, overall = places(score_case(RUBRIC, described(place, entered)))
    assert overall == place
    for principle, scored in dimensions.items():
        assert scored == max(option(principle, place))
        if option(principle, place) == (place,):
            assert scored == place


def test_no_level_scores_below_the_one_before_it():
    scored = [places(score_case(RUBRIC, described(place, min))) for place in LEVELS]
    for (lower, lower_overall), (higher, higher_overall) in pairwise(scored):
        assert lower_overall < higher_overall
        assert all(lower[principle] <= higher[principle] for principle in OPTIONS)


@pytest.mark.parametrize("held_back", OPTIONS)
def test_the_lowest_dimension_holds_the_whole_back(held_back):
    said = described(4, max)
    said[RUBRIC.principle(held_back).criteria[0].id] = PICKS[0]
    dimensions, overall = places(score_case(RUBRIC, said))
    assert overall == dimensions[held_back] == max(option(held_back, 0))
