"""Recent codes: who put them on, when, and that they keep their numbers."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.analysis.recent_codes import MOST, recent_codes, settled
from app.model.evidence import Coding

START = datetime(2024, 5, 14, 9, tzinfo=UTC)
KEYS = st.lists(st.sampled_from("abcdefghijklmn"), unique=True, max_size=MOST)


def put(code, minutes, who="ada"):
    made_at = None if minutes is None else START + timedelta(minutes=minutes)
    return Coding(passage=f"p{code}{minutes}{who}", code=code, assessor=who, made_at=made_at)


def test_the_last_is_first_each_once_and_only_ones_own_with_a_time():
    codings = [put("a", 1), put("b", 3), put("a", 2), put("c", 9, "ben"), put("d", None)]
    assert recent_codes(codings, "ada") == ("b", "a")
    assert recent_codes(codings, "") == ()


def test_there_are_as_many_as_digits():
    codings = [put(f"c{minute}", minute) for minute in range(30)]
    assert recent_codes(codings, "ada") == tuple(f"c{minute}" for minute in range(29, 20, -1))


def test_a_code_keeps_its_number_while_it_is_among_them():
    assert settled((), ("b", "a")) == ("b", "a")
    assert settled(("b", "a"), ("a", "b")) == ("b", "a")
    assert settled(("b", "a"), ("c", "a", "b")) == ("b", "a", "c")
    assert settled(("b", "a"), ("c", "a")) == ("c", "a")


@given(KEYS, KEYS)
def test_places_hold_just_the_recent_ones(before, recent):
    after = settled(before, recent)
    assert sorted(after) == sorted(recent)
    gone = [code for code in before if code not in recent]
    if len(recent) >= len(before) or not gone:
        for place, code in enumerate(before):
            assert code not in recent or after[place] == code
