"""Two note-takers' lines side by side: complete, in order, the same whoever stands left, and sensible."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.alignment import ALIKE, FAR, Pair, align, words_of
from app.model.source import Entry, Original

START = datetime(2022, 10, 10, 9, 0, tzinfo=UTC)
WORDS = st.sampled_from(["", "model", "drift", "Alarm", "alarm", "naïve", "naive", "label", "?", "\U0001f424"])
TEXTS = st.lists(WORDS, max_size=5).map(" ".join)
TIMES = st.none() | st.integers(0, 1200).map(lambda second: START + timedelta(seconds=second))


def lines(prefix):
    drawn = st.lists(st.tuples(TEXTS, TIMES), max_size=8)
    return drawn.map(
        lambda found: [Entry(key=f"{prefix}-{n}", text=text, at=at) for n, (text, at) in enumerate(found, 1)]
    )


def line(key, text, second=None):
    return Entry(key=key, text=text, at=None if second is None else START + timedelta(seconds=second))


def keys(pairs):
    return [(pair.left and pair.left.key, pair.right and pair.right.key) for pair in pairs]


@given(lines("a"), lines("b"))
def test_every_line_stands_once_and_in_its_own_order(left, right):
    pairs = align(left, right)
    assert [pair.left for pair in pairs if pair.left is not None] == left
    assert [pair.right for pair in pairs if pair.right is not None] == right
    assert all(pair.left or pair.right for pair in pairs)


@given(lines("a"), lines("b"))
def test_the_other_way_round_it_is_the_same_mirrored(left, right):
    assert align(right, left) == tuple(pair.mirrored() for pair in align(left, right))


@given(lines("a"))
def test_the_same_lines_pair_one_by_one(left):
    copied = [Original(key=line.key.replace("a", "b"), author="bob", text=line.text, at=line.at) for line in left]
    for right in (left, copied):
        assert align(left, right) == tuple(Pair(*both) for both in zip(left, right, strict=True))


def brute(left, right):
    """The best total over all pairings, one by one."""
    if not left or not right:
        return 0.0
    best = max(brute(left[1:], right), brute(left, right[1:]))
    score = score_of(left[0], right[0])
    return best if score is None else max(best, score + brute(left[1:], right[1:]))


def score_of(one, other):
    own, others = words_of(one.text), words_of(other.text)
    if own or others:
        alike = 2 * len(own & others) / (len(own) + len(others))
    else:
        alike = float(one.text.strip() == other.text.strip())
    near = 0.5 if one.at is None or other.at is None else 1 - abs((one.at - other.at).total_seconds()) / FAR
    return None if alike < ALIKE or near < 0 else alike + near / 4


@given(lines("a").map(lambda found: found[:5]), lines("b").map(lambda found: found[:5]))
def test_no_pairing_is_better(left, right):
    pairs = [pair for pair in align(left, right) if pair.left and pair.right]
    scores = [score_of(pair.left, pair.right) for pair in pairs]
    assert None not in scores, "these are too unlike, or too far apart"
    assert sum(scores) == pytest.approx(brute(left, right))


LEFT = [
    line("a1", "The model is trained again every month", 10),
    line("a2", "Nobody is on call for it", 60),
    line("a3", "Labels come from the rework station", 150),
]
RIGHT = [
    line("b1", "model trained again each month by hand", 18),
    line("b2", "labels: from rework station, days later", 170),
    line("b3", "Alarm chain of the plant could carry it", 260),
]


def test_what_two_people_heard_at_once_stands_side_by_side():
    assert keys(align(LEFT, RIGHT)) == [("a1", "b1"), ("a2", None), ("a3", "b2"), (None, "b3")]


def test_it_works_without_times():
    bare = [[line(each.key, each.text) for each in side] for side in (LEFT, RIGHT)]
    assert keys(align(*bare)) == [("a1", "b1"), ("a2", None), ("a3", "b2"), (None, "b3")]


def test_the_same_words_long_after_are_another_line():
    left, right = [line("a1", "Yes", 0)], [line("b1", "Yes", FAR), line("b2", "Yes", FAR + 1)]
    assert keys(align(left, right)) == [("a1", "b1"), (None, "b2")]
    assert keys(align(left, right[1:])) == [("a1", None), (None, "b2")]


def test_of_two_alike_the_nearer_one_is_taken():
    left = [line("a1", "it drifts", 100)]
    right = [line("b1", "it drifts", 40), line("b2", "it drifts", 110), line("b3", "it drifts", 190)]
    assert keys(align(left, right)) == [(None, "b1"), ("a1", "b2"), (None, "b3")]


def test_lines_that_stay_alone_go_by_their_time():
    left = [line("a1", "one", 10), line("a2", "two", 30)]
    right = [line("b1", "three", 20), line("b2", "four", 40)]
    assert keys(align(left, right)) == [("a1", None), (None, "b1"), ("a2", None), (None, "b2")]


def test_case_accents_and_signs_do_not_tell_words_apart():
    assert words_of("Café, CAFÉ! naïve") == {"cafe", "naive"}
    assert keys(align([line("a1", "?!")], [line("b1", " ?! ")])) == [("a1", "b1")]
    assert keys(align([line("a1", "?!")], [line("b1", "!!")])) == [("a1", None), (None, "b1")]


def test_five_hundred_lines_beside_five_hundred_take_no_longer_than_a_few_plain_loops_over_them():
    """On a laptop 0.2 s; measured beside a loop over as many pairs, as everything here may run slowly."""
    words = [f"word{n % 7} word{n % 11} word{n % 13} the of a" for n in range(500)]
    sides = [[line(f"{side}{n}", text, 6 * n) for n, text in enumerate(words)] for side in "ab"]
    loop = min(_timed(lambda: _look_at_all(500)) for _ in range(3))
    assert min(_timed(lambda: align(*sides)) for _ in range(3)) < 20 * loop


def _look_at_all(count):
    best = [[0.0] * (count + 1) for _ in range(count + 1)]
    for row in range(count):
        for column in range(count):
            total = max(best[row][column], best[row][column - 1])
            best[row + 1][column] = total + 1


def _timed(work):
    start = time.process_time()
    work()
    return time.process_time() - start
