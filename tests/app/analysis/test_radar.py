"""The geometry of a radar, without a window."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.assessment import assess
from app.analysis.gaps import targets_of
from app.analysis.radar import RadarValues, area, direction, height, radar_values, radius, ring
from app.exchange.demo import demo_document

VALUES = RadarValues("P1", ("Ship", "Watch", "Trace"), ("Low", "Moderate", "High"), (1, 1, None), (1, 2, None))


def test_the_first_axis_points_up_and_the_others_follow_clockwise():
    assert direction(0, 3) == pytest.approx((0, 1))
    x, y = direction(1, 3)
    assert x > 0 > y
    x, y = direction(2, 3)
    assert x < 0
    assert y < 0


def test_what_the_team_set_is_told_beside_what_was_reached():
    set_high = RadarValues("P1", VALUES.axes, VALUES.levels, VALUES.reached, VALUES.at_most, (2, None, 0))
    assert [set_high.words(axis) for axis in range(3)] == [
        "Moderate, team: High",
        "Moderate, at most High",
        "Not rated, team: Low",
    ]
    assert [VALUES.set_by_team(axis) for axis in range(3)] == [None] * 3


def test_levels_lie_on_even_rings_and_the_lowest_is_not_at_the_centre():
    assert [radius(rank, 3) for rank in (None, 0, 1, 2)] == pytest.approx([0, 1 / 3, 2 / 3, 1])


@pytest.mark.parametrize("axes", [1, 2, 3, 5, 9])
def test_a_ring_has_all_its_corners_at_its_radius(axes):
    for rank in range(4):
        corners = ring(rank, axes, 4)
        assert len(corners) == axes
        assert all(math.hypot(*corner) == pytest.approx(radius(rank, 4)) for corner in corners)


def test_an_area_reaches_its_rank_on_each_axis():
    corners = area((0, 2, None), 3)
    assert [math.hypot(*corner) for corner in corners] == pytest.approx([1 / 3, 1, 0])


def test_the_height_of_a_triangle_is_one_and_a_half():
    assert height(3) == pytest.approx((-0.5, 1))


def test_values_say_themselves_in_words():
    assert [VALUES.words(axis) for axis in range(3)] == ["Moderate", "Moderate, at most High", "Not rated"]
    assert VALUES.description == "Ship: Moderate; Watch: Moderate, at most High; Trace: Not rated"
    assert not VALUES.certain


def test_a_case_is_shown_with_its_levels_what_the_team_set_and_its_targets():
    document = demo_document()
    assessment = assess(document)
    rubric, case = assessment.rubric, assessment.case("ml-p2")
    bare = radar_values(rubric, case)
    assert bare.title == "ML-P2"
    assert bare.axes == tuple(principle.short for principle in rubric.principles)
    assert [bare.levels[rank] for rank in bare.reached] == ["Moderate", "Low", "Moderate"]
    assert bare.targets == ()
    assert [bare.target(axis) for axis in range(3)] == [None] * 3
    aimed = radar_values(rubric, case, targets_of(document, rubric.id, "ml-p2"))
    assert [aimed.target(axis) for axis in range(3)] == [None, 1, None]


@given(
    st.lists(st.tuples(st.none() | st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12),
    st.integers(1, 10),
)
def test_what_is_at_most_reached_lies_around_what_is_reached(ranks, levels):
    reached = tuple(rank if rank is None else min(rank, levels - 1) for rank, _ in ranks)
    most = tuple(rank if rank is None else min(rank + more, levels - 1) for rank, more in ranks)
    inner, outer = area(reached, levels), area(most, levels)
    for near, far in zip(inner, outer, strict=True):
        assert math.hypot(*near) <= math.hypot(*far) + 1e-9 <= 1 + 2e-9


@pytest.mark.parametrize(("axes", "ladder"), [(1, True), (2, True), (3, False), (9, False)])
def test_fewer_than_three_axes_have_no_area(axes, ladder):
    assert RadarValues("P", ("a",) * axes, ("Low",), (0,) * axes, (0,) * axes).is_ladder is ladder
