"""Stripes and names in the margin: none over another, in as few columns as can be."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ui.notebook.margin import NAMED, THIN, room_beside
from ui.notebook.stripes import LEAST, Wish, columns, put_names

PLACES = st.tuples(st.integers(0, 12), st.integers(0, 6)).map(lambda at: (at[0], at[0] + at[1]))
STRETCHES = st.lists(PLACES, max_size=14)
WISHES = st.lists(st.builds(lambda at, wide: Wish(*at, wide), PLACES, st.floats(4, 300)), max_size=12)
GAP, MORE = 10.0, 22.0


def overlap(one, other):
    return one[0] <= other[1] and other[0] <= one[1]


@given(STRETCHES)
def test_no_two_stripes_of_a_column_share_a_line(stretches):
    found = columns(stretches)
    for place, one in enumerate(stretches):
        for other in range(place):
            assert found[place] != found[other] or not overlap(one, stretches[other])


@given(STRETCHES)
def test_there_are_no_more_columns_than_stripes_beside_the_fullest_line(stretches):
    found = columns(stretches)
    fullest = max((sum(first <= line <= last for first, last in stretches) for line in range(20)), default=0)
    assert max(found, default=-1) + 1 == fullest
    assert set(found) == set(range(fullest))


def test_what_begins_first_and_is_longer_stands_nearest_to_the_words():
    assert columns([(2, 2), (0, 0), (0, 4)]) == (1, 1, 0)


@given(WISHES, st.floats(0, 400, allow_nan=False))
def test_names_stand_beside_their_lines_within_the_room_and_not_over_each_other(wishes, room):
    put, left_out = put_names(wishes, room, GAP, MORE)
    assert len(put) + sum(left_out.values()) == len(wishes)
    assert len({each.wish for each in put}) == len(put)
    for each in put:
        wish = wishes[each.wish]
        assert wish.first <= each.line <= wish.last
        assert each.width <= wish.width
        assert each.width >= min(wish.width, LEAST)
        assert each.left + each.width <= room - (MORE if each.line in left_out else 0) + 1e-6
        assert each.lines == 1 or (each.width < wish.width and each.line < wish.last)
    for line in {each.line for each in put}:
        row = sorted((each for each in put if each.line <= line < each.line + each.lines), key=lambda each: each.left)
        for one, other in pairwise(row):
            assert one.left + one.width + GAP <= other.left + 1e-6


@given(WISHES)
def test_nothing_is_left_out_or_shortened_where_there_is_room_for_all(wishes):
    put, left_out = put_names(wishes, 10_000.0, GAP, MORE)
    assert not left_out
    assert [each.width for each in put] == [wish.width for wish in wishes]
    assert all(each.line == wish.first for each, wish in zip(put, wishes, strict=True))


def test_names_that_do_not_fit_go_a_line_down_and_then_are_counted():
    wishes = [Wish(0, 1, 90.0), Wish(0, 1, 90.0), Wish(0, 0, 90.0)]
    put, left_out = put_names(wishes, 100.0, GAP, MORE)
    assert [(each.wish, each.line) for each in put] == [(0, 0), (1, 1)]
    assert left_out == {0: 1}
    assert put[0].width == 78.0  # room for the sign that one is left out


def test_a_name_that_would_be_shortened_goes_on_where_nothing_else_stands():
    put, _left_out = put_names([Wish(0, 2, 150.0), Wish(0, 1, 60.0), Wish(3, 3, 150.0)], 100.0, GAP, MORE)
    assert [(each.line, each.lines) for each in put] == [(0, 1), (1, 1), (3, 1)]
    put, _left_out = put_names([Wish(0, 1, 150.0), Wish(2, 3, 90.0)], 100.0, GAP, MORE)
    assert [(each.line, each.lines) for each in put] == [(0, 2), (2, 1)]


@given(st.floats(0, 3000), st.floats(0.5, 2), st.booleans())
def test_the_margin_has_room_for_names_as_long_as_the_words_stay_readable(wide, scale, coded):
    room = room_beside(wide, 540, scale, coded=coded)
    assert wide - room <= 540 * scale + 1  # the words never get wider than their measure
    if coded and wide >= 232 * scale + NAMED + 1:
        assert room >= NAMED
        assert wide - room >= 232 * scale - 1
    elif coded:
        assert room >= THIN
