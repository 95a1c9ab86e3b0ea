"""Which rounds are to be answered, by which of them have answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.rounds import round_passed_over, round_to_answer
from app.model.setting import Round
from tests.documents import example

EXAMPLE = example()


def study(*answered):
    """A study whose rounds have answers or not, named after their places."""
    rounds = tuple(Round(key=str(place), name=str(place)) for place in range(len(answered)))
    (first, *_) = (each for each in EXAMPLE.answers if each.verdict is not None)
    answers = tuple(replace(first, round=str(place)) for place, has in enumerate(answered) if has)
    return replace(EXAMPLE, rounds=rounds, answers=answers, consensus=())


def place(found):
    return None if found is None else int(found.key)


@pytest.mark.parametrize(
    ("answered", "following", "before"),
    [
        ((), None, None),
        ((False, False), 0, None),
        ((True,), None, None),
        ((True, False, False), 1, None),
        ((False, True), None, 0),
        ((False, False, True, False, True), None, 1),
    ],
)
def test_the_round_to_answer_next_and_the_one_passed_over(answered, following, before):
    document = study(*answered)
    assert (place(round_to_answer(document)), place(round_passed_over(document))) == (following, before)


@given(st.lists(st.booleans(), max_size=6))
def test_the_round_passed_over_is_followed_by_the_first_with_answers(answered):
    before = place(round_passed_over(study(*answered)))
    if before is None:
        assert not any(answered) or answered[0]
    else:
        assert answered[: before + 2] == [False] * (before + 1) + [True]
