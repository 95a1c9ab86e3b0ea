"""Where passages go when notes are edited, compared with a reference that follows every single character."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.shifting import Edit, Mark, Marked, Place, edit_between, replaced, shift

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


# Whole notes: every character of every line tagged with its passages


def tagged(lines):
    """Write lines as characters, each with the passages it belongs to; a line's end is a character of none."""
    characters = []
    for number, line in enumerate(lines):
        characters += [("\n", frozenset())] if number else []
        for place, character in enumerate(line.text):
            inside = frozenset(mark.passage for mark in line.marks if mark.start <= place < mark.end)
            characters.append((character, inside))
    return characters


def edited(characters, start, end, text):
    """Replace characters; new ones belong to what both their neighbours on the line belong to."""
    before = characters[start - 1][1] if start else frozenset()
    behind = characters[end][1] if end < len(characters) else frozenset()
    first, *others = text.split("\n")
    one = before & behind if not others else frozenset()
    fresh = [(character, one) for character in first]
    for line in others:
        fresh += [("\n", frozenset())] + [(character, frozenset()) for character in line]
    return characters[:start] + fresh + characters[end:]


def place_of(lines, at):
    for number, line in enumerate(lines):
        if at <= len(line.text):
            return Place(number, at)
        at -= len(line.text) + 1
    raise AssertionError


def apply(lines, start, end, text):
    first, last = place_of(lines, start), place_of(lines, end)
    some = lines[first.line : last.line + 1]
    made = replaced(some, Place(0, first.at), Place(last.line - first.line, last.at), text.split("\n"))
    assert len(made) == text.count("\n") + 1
    return (*lines[: first.line], *made, *lines[last.line + 1 :])


WORDS = ("", "a", "drift", " ", "e\u0301", "\U0001f469\u200d\U0001f52c", "\n", "a\nb", "\n\n", "\u202e\u05d0")


def test_ten_thousand_random_edits_and_undos_leave_each_passage_on_its_words():
    """Inserted, removed, broken, joined, moved and undone, against the reference, after every single step."""
    chance = random.Random(20)
    for _ in range(10_000):
        first = Marked("the drift \U0001f424 came", (Mark("p", 4, 9), Mark("q", 8, 11)))
        lines = (first, Marked("late", (Mark("q", 0, 4),)))
        characters, past = tagged(lines), []
        for _ in range(chance.randrange(2, 8)):
            deed = chance.random()
            if past and deed < 0.2:
                lines, characters = past.pop()
                continue
            past.append((lines, characters))
            length = len(characters)
            start = chance.randrange(length + 1)
            end = min(length, start + chance.choice((0, 0, 0, 1, 3, 9)))
            if deed < 0.3 and len(lines) > 1:
                place = chance.randrange(len(lines) - 1)
                lines = (*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :])
                characters = tagged(lines)
                continue
            text = chance.choice(WORDS)
            lines, characters = apply(lines, start, end, text), edited(characters, start, end, text)
            assert tagged(lines) == characters
        for line in lines:
            assert all(0 <= mark.start < mark.end <= len(line.text) for mark in line.marks)


WHOLE = Marked("one two", (Mark("w", 0, 7, whole=True), Mark("p", 4, 7)))


@pytest.mark.parametrize(
    ("lines", "first", "last", "text", "expected"),
    [
        ([WHOLE], (0, 7), (0, 7), [" three"], [[("w", 0, 13, True), ("p", 4, 7, False)]]),
        ([WHOLE], (0, 0), (0, 0), ["so "], [[("w", 0, 10, True), ("p", 7, 10, False)]]),
        ([WHOLE], (0, 3), (0, 4), ["", ""], [[("w", 0, 3, True)], [("p", 0, 3, False), ("w", 0, 3, True)]]),
        ([WHOLE], (0, 7), (0, 7), ["", ""], [[("w", 0, 7, True), ("p", 4, 7, False)], []]),
        ([WHOLE], (0, 0), (0, 7), [""], [[]]),
        ([WHOLE, Marked("x")], (0, 7), (1, 0), [" "], [[("w", 0, 7, False), ("p", 4, 7, False)]]),
        ([WHOLE, WHOLE], (0, 7), (1, 0), [""], [[("w", 0, 14, True), ("p", 4, 7, False), ("p", 11, 14, False)]]),
        ([WHOLE], (0, 3), (0, 3), ["", "new", ""], [[("w", 0, 3, True)], [], [("w", 0, 4, True), ("p", 1, 4, False)]]),
    ],
    ids=["grows", "grows in front", "broken", "ended", "emptied", "joined with another", "both whole", "parted"],
)
def test_a_whole_line_stays_whole(lines, first, last, text, expected):
    made = replaced(lines, Place(*first), Place(*last), text)
    assert [sorted((m.passage, m.start, m.end, m.whole) for m in line.marks) for line in made] == [
        sorted(marks) for marks in expected
    ]


@given(LETTERS, LETTERS, st.integers(0, 15))
def test_an_edit_found_near_a_place_is_as_small_and_as_true(before, after, near):
    found, other = edit_between(before, after, near), edit_between(before, after)
    assert (found.removed, found.inserted) == (other.removed, other.inserted)
    inserted = after[found.at : found.at + found.inserted]
    assert before[: found.at] + inserted + before[found.at + found.removed :] == after


def test_the_place_is_the_nearest_that_does():
    assert edit_between("aaaa", "aaa", near=1) == Edit(1, 1, 0)
    assert edit_between("xaby", "xababy", near=1) == Edit(1, 0, 2)
    assert edit_between("xaby", "xababy", near=0) == Edit(1, 0, 2)
    assert edit_between("xaby", "xababy", near=9) == Edit(3, 0, 2)
