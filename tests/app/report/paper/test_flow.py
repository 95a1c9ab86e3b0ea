"""Blocks onto pages: nothing lost, nothing split, every page filled."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.report.paper.flow import ALL, PITCH, Block, fill, numbered

ROOM = 30 * PITCH


def block(height=PITCH, **how):
    return Block(height, lambda *_: None, **how)


def lines(page):
    return [placed.lines for placed in page]


def end(page):
    last = page[-1]
    return last.down + last.block.height + PITCH * last.lines


BLOCKS = st.lists(
    st.builds(
        block,
        st.floats(1, 6 * PITCH),
        least=st.integers(0, 6),
        wish=st.integers(0, 12),
        before=st.sampled_from([0.0, 8.0]),
        keep=st.booleans(),
    ),
    min_size=1,
    max_size=25,
)


@given(BLOCKS)
def test_all_blocks_stand_on_pages_in_order_and_within_them(blocks):
    units, unit = [], []
    for each in blocks:  # chains of headings no page could hold are no sheet's
        unit = [*unit, each]
        if not each.keep:
            units, unit = [*units, unit], []
    chains = [*units, unit]
    if any(sum(b.height + b.before + b.least * PITCH for b in chain) > ROOM for chain in chains):
        return
    pages = fill(blocks, ROOM)
    assert [placed.block for page in pages for placed in page] == blocks
    for page in pages:
        assert page[0].down == pytest.approx(0)
        assert end(page) <= ROOM + 0.1
        for upper, lower in pairwise(page):
            assert lower.down >= upper.down + upper.block.height + PITCH * upper.lines + lower.block.before - 0.1
        assert all(placed.lines >= placed.block.least for placed in page)
        assert not page[-1].block.keep or page is pages[-1]
        if any(placed.block.wish for placed in page):
            assert ROOM - end(page) < PITCH + 0.1, "what is left is less than a line"


def test_room_is_shared_out_by_what_is_wished_for():
    (page,) = fill([block(wish=2), block(wish=4)], ROOM)
    assert sum(lines(page)) == 28
    assert lines(page)[1] == pytest.approx(2 * lines(page)[0], abs=1)


def test_a_block_without_room_for_its_lines_goes_over():
    first, second = fill([block(least=20, wish=20), block(least=10, wish=10)], ROOM)
    assert lines(first) == [29]
    assert lines(second) == [29]


def test_a_heading_goes_over_with_what_it_heads():
    heading, body = block(keep=True), block(least=10, wish=10)
    _, second = fill([block(least=20, wish=20), heading, body], ROOM)
    assert [placed.block for placed in second] == [heading, body]


def test_what_goes_on_is_headed_again():
    again = block(PITCH)
    pages = fill([block(least=20, wish=20), block(least=20, wish=20, again=again)], ROOM)
    assert pages[1][0].block is again
    assert lines(pages[1]) == [0, 28]


def test_the_rest_of_a_page_is_taken_or_left_out():
    rest = block(least=5, wish=ALL, optional=True)
    (page,) = fill([block(least=5, wish=5), rest], ROOM)
    assert lines(page) == [5, 23]
    (page,) = fill([block(least=26, wish=26), rest], ROOM)
    assert lines(page) == [29]


def test_less_than_a_line_goes_between_blocks():
    blocks = [block(wish=1, before=4.0), block(keep=True, before=4.0), block(wish=1, before=4.0)]
    (page,) = fill(blocks, ROOM + 0.5 * PITCH)
    assert end(page) == pytest.approx(ROOM + 0.5 * PITCH)
    heading, body = page[1:]
    assert body.down == pytest.approx(heading.down + PITCH + 4.0), "a heading stays by what it heads"


def test_lines_are_numbered_through():
    pages = numbered(fill([block(least=20, wish=20), block(), block(least=20, wish=20)], ROOM))
    firsts = [(placed.first, placed.lines) for page in pages for placed in page if placed.lines]
    (one, count), (two, _) = firsts
    assert (one, two) == (1, count + 1)
