"""The grid of lines side by side, and the words that are set off: pure functions."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from app.actions.reconcile import How
from app.model.setting import Participant
from tests.ui.reconcile.conftest import with_two_note_takers
from ui.reconcile.parts import NOTES, columns_of, parts_of, row_height
from ui.reconcile.rows import line_rows
from ui.reconcile.words import height_of, unlike

WIDTHS = st.integers(420, 2600)
WORDS = st.lists(st.sampled_from(["it", "drifts", "Größe", "\U0001f426", "each", "week,"]), max_size=9).map(" ".join)


@pytest.fixture(scope="module")
def rows(small):
    document = with_two_note_takers(small)
    return line_rows(document, next(each for each in document.sources if each.key == "i2"), ("ada", "ben"))


@given(WIDTHS)
def test_columns_are_as_wide_as_one_another_and_never_overlap(width):
    columns = columns_of(width)
    edges = [columns.left, columns.middle, columns.right]
    assert all(left + columns.width < right for left, right in pairwise(edges))
    assert columns.right + columns.width <= width
    assert 100 < columns.width <= 540


@given(width=WIDTHS, number=st.integers(0, 5), editor=st.sampled_from([0.0, 80.0]), spots=st.booleans())
def test_a_row_has_room_for_all_its_parts(rows, width, number, editor, spots):
    columns, row = columns_of(width), rows[number]
    where = QRectF(0, 50, width, row_height(row, columns, editor, spots=spots))
    parts = parts_of(row, where, columns, editor, spots=spots)
    places = [parts.left, parts.right, *parts.agreed, parts.foot, *(place for _name, place in parts.spots)]
    assert all(where.contains(place) for place in (*places, parts.editor) if not place.isEmpty())
    left, right = columns.sheet
    assert all(left <= place.left() and place.right() <= right for _name, place in parts.spots)


@given(width=WIDTHS, number=st.integers(0, 5))
def test_a_spot_is_where_it_is_painted_and_only_one_is_there(rows, width, number):
    row = rows[number]
    parts = parts_of(row, QRectF(0, 0, width, 400), columns_of(width))
    assert [parts.at(place.center()) for _name, place in parts.spots] == [name for name, _place in parts.spots]
    assert [name for name, _place in parts.spots] == [how for how in _order() if row.offers(how)]
    assert parts.at(parts.left.topLeft()) == ""


def _order():
    return (How.LEFT, How.BOTH, How.RIGHT, How.EDIT, How.NEITHER)


def test_the_spot_to_the_notes_is_there_with_an_agreed_line_only(rows):
    assert NOTES not in dict(parts_of(rows[0], QRectF(0, 0, 900, 90), columns_of(900)).spots)


def test_speakers_are_told_where_there_are_several(small):
    document = with_two_note_takers(small)
    source = next(each for each in document.sources if each.key == "i2")
    several = msgspec.structs.replace(source, participants=("p2", "p3"))
    assert Participant in {type(each) for each in document.participants}
    for given_source, speaker in ((source, ""), (several, "P2")):
        sources = tuple(given_source if each.key == "i2" else each for each in document.sources)
        changed = msgspec.structs.replace(document, sources=sources)
        assert line_rows(changed, given_source, ("ada", "ben"))[0].left.speaker == speaker


def test_a_text_is_as_high_as_its_lines():
    one = height_of("drifts", 400)
    assert height_of("drifts\ndrifts", 400) == 2 * one
    assert height_of("drifts " * 60, 200) > 5 * one
    assert height_of("", 400) == one


@given(WORDS, WORDS)
def test_what_is_set_off_is_all_that_differs(left, right):
    marked = unlike(left, right)
    bare = []
    for text, stretches in zip((left, right), marked, strict=True):
        edges = [edge for stretch in stretches for edge in stretch]
        assert edges == sorted(edges)
        assert all(text[start:end].strip() == text[start:end] != "" for start, end in stretches)
        for start, end in reversed(stretches):
            text = text[:start] + text[end:]  # noqa: PLW2901
        bare.append("".join(text.split()))
    assert bare[0] == bare[1]
    assert unlike(left, left) == ((), ())


def test_words_are_set_off_without_the_blanks_beside_them():
    assert unlike("We see it", "We never see  it") == ((), ((3, 8),))
