"""Where passages go when notes are edited, compared with a reference that follows every single character."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.shifting import Edit, edit_between, shift

# Few letters, so that edits are ambiguous; emoji of several code points and combining marks, which are no unit here.
LETTERS = st.text(alphabet="ab\u0301\U0001f469\u200d\U0001f52c\r\n", max_size=12)


def reference(length, start, end, edit):
    """Tag every character, edit, and see where the span's are; inserted ones belong to it between two of them."""
    tags = [start <= place < end for place in range(length)]
    tags[edit.at : edit.at + edit.removed] = [None] * edit.inserted
    places = [place for place, tag in enumerate(tags) if tag]
    return (places[0], places[-1] + 1) if places else None


@st.composite
def cases(draw):
    length = draw(st.integers(1, 20))
    start = draw(st.integers(0, length - 1))
    end = draw(st.integers(start + 1, length))
    at = draw(st.integers(0, length))
    removed = draw(st.integers(0, length - at))
    return length, start, end, Edit(at, removed, draw(st.integers(0, 5)))


@given(cases())
def test_a_span_keeps_naming_the_same_characters(case):
    length, start, end, edit = case
    assert shift(start, end, edit) == reference(length, start, end, edit)


@given(LETTERS, LETTERS)
def test_the_edit_between_two_texts_makes_one_of_the_other(before, after):
    edit = edit_between(before, after)
    inserted = after[edit.at : edit.at + edit.inserted]
    assert before[: edit.at] + inserted + before[edit.at + edit.removed :] == after


@given(LETTERS, LETTERS)
def test_the_edit_is_as_small_as_one_replacement_can_be(before, after):
    edit = edit_between(before, after)
    if before == after:
        assert (edit.removed, edit.inserted) == (0, 0)
    if edit.removed and edit.inserted:
        assert before[edit.at] != after[edit.at]
        assert before[edit.at + edit.removed - 1] != after[edit.at + edit.inserted - 1]


@given(LETTERS, LETTERS, st.data())
def test_what_was_outside_the_edit_is_still_named_to_the_letter(before, after, data):
    """The guarantee for ambiguous edits: typing an a into aa may be taken for either place; the words are the same."""
    if not before:
        return
    start = data.draw(st.integers(0, len(before) - 1))
    end = data.draw(st.integers(start + 1, len(before)))
    edit = edit_between(before, after)
    place = shift(start, end, edit)
    if place is None:
        assert edit.at <= start < end <= edit.at + edit.removed
        return
    assert 0 <= place[0] < place[1] <= len(after)
    if edit.at + edit.removed <= start or end <= edit.at:
        assert after[place[0] : place[1]] == before[start:end]


@given(cases(), st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), max_size=4))
def test_spans_that_lie_apart_stay_apart(case, pieces):
    length, _, _, edit = case
    spans, free = [], 0
    for skip, size in pieces:
        start = free + skip
        if start + size <= length:
            spans.append((start, start + size))
            free = start + size
    moved = [place for span in spans if (place := shift(*span, edit)) is not None]
    assert all(left[1] <= right[0] for left, right in pairwise(moved))


@pytest.mark.parametrize(
    ("before", "after", "edit"),
    [
        ("", "", Edit(0, 0, 0)),
        ("aa", "aaa", Edit(2, 0, 1)),  # as if typed at the end
        ("aaa", "aa", Edit(2, 1, 0)),
        ("the cat", "the fat cat", Edit(4, 0, 4)),
        ("e\u0301", "e", Edit(1, 1, 0)),
        ("\U0001f469\u200d\U0001f52c", "\U0001f469", Edit(1, 2, 0)),
        ("abc", "xyz", Edit(0, 3, 3)),
    ],
)
def test_what_an_edit_is_taken_for(before, after, edit):
    assert edit_between(before, after) == edit
