"""A form beside what was typed in: the same, more, or something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.review_forms import adds_nothing, contradicts
from app.analysis.reviews import At, Said
from app.model.assessment import ReviewItem, ReviewVerdict

AT = At("r", "p", "c")
VERDICTS = st.sampled_from([None, *ReviewVerdict])
WORDS = st.sampled_from(["", "No", "Yes"])


def item(verdict=None, comment=""):
    return ReviewItem(rubric="r", principle="p", case="c", verdict=verdict, comment=comment)


@pytest.mark.parametrize(
    ("said", "typed", "against", "known"),
    [
        ((ReviewVerdict.CONFIRMED, ""), (None, ""), False, False),
        ((ReviewVerdict.CONFIRMED, ""), (ReviewVerdict.CONFIRMED, "Fine"), False, True),
        ((ReviewVerdict.CONFIRMED, " Fine "), (ReviewVerdict.CONFIRMED, "Fine"), False, True),
        ((ReviewVerdict.DISPUTED, ""), (ReviewVerdict.CONFIRMED, ""), True, False),
        ((None, "No"), (ReviewVerdict.CONFIRMED, "Fine"), True, False),
        ((None, "No"), (ReviewVerdict.CONFIRMED, ""), False, False),
    ],
)
def test_what_a_form_says_beside_what_was_typed_in(said, typed, against, known):
    assert contradicts(Said(AT, *said), item(*typed)) is against
    assert adds_nothing(Said(AT, *said), item(*typed)) is known


@given(VERDICTS, WORDS, VERDICTS, WORDS)
def test_what_was_typed_in_goes_only_where_the_form_contradicts_it(said, words, verdict, comment):
    """Taken as `take_filled` takes it: what the form leaves empty stays."""
    form, typed = Said(AT, said, words), item(verdict, comment)
    taken = (said or verdict, words or comment)
    lost = (taken[0] is not verdict and verdict is not None) or (taken[1] != comment and comment != "")
    assert contradicts(form, typed) is lost
    assert adds_nothing(form, typed) is (taken == (verdict, comment))
