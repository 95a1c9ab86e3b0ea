"""A text is cut between what people see as characters, never inside one."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.clusters import cut_at_word, together
from app.model.questions import ROOM, question_from

# each is one character to whoever reads it
CLUSTERS = (
    "a", "ß", "é", "e\u0301", "\r\n", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd",
    "\U0001f1e9\U0001f1ea", "1\ufe0f\u20e3", "\u2764\ufe0f", "\u0915\u094d\u0937", "\u1112\u1161\u11ab", "\uac00\u11a8",
    "\u0e01\u0e33", "\u0d4e\u0d15", "\uff76\uff9e", "\u0600\u0031", "\U0001f3f4\U000e0067\U000e0062\U000e007f",
    "\u202e",
)  # fmt: skip
# a row of flags, or of signs that are not seen, is not cut anywhere
APART = [cluster for cluster in CLUSTERS if not cluster.isspace() and not together(cluster[-1], cluster[0])]


@pytest.mark.parametrize("cluster", [cluster for cluster in CLUSTERS if len(cluster) > 1], ids=ascii)
def test_what_is_seen_as_one_stays_together(cluster):
    assert all(together(left, right) for left, right in pairwise(cluster))


@pytest.mark.parametrize("pair", ["ab", "a ", " a", "..", "\n\r", "é!", "\U0001f468\U0001f469", "가나", "aé", "éa"])
def test_what_is_seen_as_two_may_be_cut(pair):
    assert not together(*pair)


@given(st.text(), st.integers(20, 60))
def test_a_cut_text_fits_and_is_a_beginning(text, room):
    cut = cut_at_word(text, room)
    flat = " ".join(text.split())
    assert len(cut) <= room
    assert cut == flat or (cut.endswith("…") and flat.startswith(cut[:-1]))


@given(st.lists(st.sampled_from(APART), max_size=300))
def test_no_cluster_is_cut(clusters):
    text = "".join(clusters)
    cut = question_from(text)
    starts = [0, *accumulate(len(cluster) for cluster in clusters)]
    assert cut == text or len(cut) - 1 in starts


def test_long_texts_end_with_a_whole_word():
    assert cut_at_word("the model is trained again every month", 20) == "the model is…"
    assert cut_at_word("the model is trained again", 21) == "the model is trained…"
    assert cut_at_word("donaudampfschifffahrtsgesellschaft of old", 20) == "donaudampfschifffah…"
    assert cut_at_word("a donaudampfschifffahrtsgesellschaft", 20) == "a donaudampfschifff…"
    assert cut_at_word("two\n lines ", 20) == "two lines"


def test_where_nothing_may_be_cut_it_is_cut_all_the_same():
    flags = "\U0001f1e9\U0001f1ea" * 40
    assert cut_at_word(flags, 20) == f"{flags[:19]}…"


def test_a_question_is_one_line_with_room_for_200():
    assert question_from(" \n ") == ""
    assert question_from("x" * ROOM) == "x" * ROOM
    assert len(question_from("word " * ROOM)) <= ROOM
