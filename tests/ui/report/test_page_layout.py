"""Where pages lie, without a window."""

import pytest

from ui.report.page_layout import GAP, MARGIN, STEPS, fitting, lay_out, step

A4 = (595.0, 842.0)
SIZES = (A4, A4, (842.0, 595.0))


def test_pages_lie_below_one_another_in_the_middle():
    layout = lay_out(SIZES, 1.0, 1400)
    first, second, wide = layout.boxes
    assert (first.width, first.height) == (793, 1123)
    assert first.top == MARGIN
    assert second.top == first.bottom + GAP
    assert abs(first.left + first.width / 2 - 700) <= 1
    assert abs(wide.left + wide.width / 2 - 700) <= 1
    assert layout.height == wide.bottom + MARGIN


def test_a_page_wider_than_the_view_makes_room_for_itself():
    layout = lay_out(SIZES, 2.0, 800)
    assert layout.width == max(box.width for box in layout.boxes) + 2 * MARGIN


def test_no_pages_take_no_room():
    layout = lay_out((), 1.0, 800)
    assert (layout.height, layout.page_at(100), layout.between(0, 500)) == (0, 0, range(0))
    assert layout.height_of(layout.anchor(50)) == 0


def test_the_page_at_a_height_is_found_and_a_gap_belongs_to_the_next():
    layout = lay_out(SIZES, 1.0, 1000)
    first, second, _ = layout.boxes
    assert layout.page_at(0) == 0
    assert layout.page_at(first.bottom - 1) == 0
    assert layout.page_at(first.bottom + 1) == 1
    assert layout.page_at(10**6) == 2
    assert layout.between(first.top, second.top + 5) == range(2)


@pytest.mark.parametrize("zoom", STEPS)
def test_a_place_is_found_again_at_every_zoom(zoom):
    before, after = lay_out(SIZES, 1.0, 900), lay_out(SIZES, zoom, 900)
    anchor = before.anchor(before.boxes[1].top + before.boxes[1].height / 4)
    assert anchor == (1, 0.25)
    assert after.height_of(anchor) == pytest.approx(after.boxes[1].top + after.boxes[1].height / 4, abs=1)


def test_a_place_beyond_a_shorter_document_is_its_end():
    layout = lay_out(SIZES[:1], 1.0, 900)
    assert layout.height_of((2, 0.5)) == layout.height


def test_fitting_makes_the_widest_page_just_fit():
    zoom = fitting(SIZES, 1000)
    assert lay_out(SIZES, zoom, 1000).width == 1000
    assert lay_out(SIZES, zoom * 1.01, 1000).width > 1000
    assert fitting((), 10) == STEPS[0]


def test_zoom_goes_along_the_scale():
    assert (step(1.0, 1), step(1.0, -1)) == (1.1, 0.9)
    assert (step(0.96, 1), step(0.96, -1)) == (1.0, 0.9)
    assert (step(4.0, 1), step(0.25, -1)) == (4.0, 0.25)
