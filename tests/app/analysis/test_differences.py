"""Differences between two texts add up to both of them, word by word."""

import time
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.differences import Change, Piece, differences, tokens
from tests.app.model.test_clusters import CLUSTERS

WORDS = st.lists(st.sampled_from(["the", "model", "drifts", " ", "  ", ", ", ".", "é", "e\u0301", "\n"]), max_size=12)
TEXTS = WORDS.map("".join) | st.text(max_size=30)


def marked(before, after):
    signs = {Change.SAME: "", Change.REMOVED: "-", Change.ADDED: "+"}
    return [signs[piece.change] + piece.text for piece in differences(before, after)]


@given(TEXTS, TEXTS)
def test_pieces_add_up_to_both_texts(before, after):
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.change is not Change.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.change is not Change.REMOVED) == after


@given(TEXTS, TEXTS)
def test_pieces_are_whole_and_none_is_empty(before, after):
    pieces = differences(before, after)
    assert all(piece.text for piece in pieces)
    assert all(one.change is not other.change for one, other in pairwise(pieces))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert differences(text, text) == ((Piece(text, Change.SAME),) if text else ())


@given(*[st.lists(st.sampled_from([*CLUSTERS, " ", "."]), max_size=20)] * 2)
def test_no_cluster_is_cut(before, after):
    pieces = differences("".join(before), "".join(after))
    for clusters, other in ((before, Change.ADDED), (after, Change.REMOVED)):
        starts = {0, *accumulate(len(cluster) for cluster in clusters)}
        ends = accumulate(len(piece.text) for piece in pieces if piece.change is not other)
        assert set(ends) <= starts


def test_words_are_not_cut():
    assert marked("It is retrained monthly", "It was retrained every month") == [
        "It ", "-is", "+was", " retrained ", "-monthly", "+every month",
    ]  # fmt: skip
    assert marked("drift", "drifts") == ["-drift", "+drifts"]
    assert marked("No, never.", "No never") == ["No", "-,", " never", "-."]


def test_words_in_a_row_are_one_change():
    assert marked("a b c d", "x y c z") == ["-a b", "+x y", " c ", "-d", "+z"]
    assert marked("one two three", "one") == ["one", "- two three"]


def test_something_from_nothing():
    assert marked("", "new") == ["+new"]
    assert marked("old", "") == ["-old"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("It's 5 %!?", ["It", "'", "s", " ", "5", " ", "%", "!", "?"]),
        ("a\n\nb", ["a", "\n\n", "b"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("\U0001f44d\U0001f3fdok", ["\U0001f44d\U0001f3fd", "ok"]),
    ],
)
def test_tokens(text, expected):
    assert tokens(text) == expected


def test_the_longest_line_in_reasonable_time():
    before = " ".join(f"word{n % 97}" for n in range(2500))[:20_000]
    after = before.replace("word13", "drift").replace("word50 ", "")
    start = time.process_time()
    differences(before, after)
    assert time.process_time() - start < 2
