"""What speaks for and against, counted by weight."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.assessment import assess
from app.analysis.weighing import under, weigh
from app.exchange.demo import demo_document
from app.model.evidence import Evidence, Stance, Weight

links = st.lists(
    st.builds(
        Evidence,
        passage=st.sampled_from(["a", "b", "c", "d"]),
        weight=st.sampled_from(Weight),
        stance=st.sampled_from(Stance),
        note=st.sampled_from(["", "still"]),
    ),
    max_size=20,
)


@given(links)
def test_every_passage_counts_once_on_a_side_for_each_weight(found):
    weighed = weigh(found)
    told = Counter((weight, stance) for _, weight, stance in {(e.passage, e.weight, e.stance) for e in found})
    for weight in Weight:
        assert weighed.supports[weight] == told[weight, Stance.SUPPORTS]
        assert weighed.contradicts[weight] == told[weight, Stance.CONTRADICTS]
    assert weighed.total == sum(told.values())
    assert weighed.total / 2 <= weighed.most <= weighed.total


@given(links, st.randoms())
def test_neither_order_nor_repetition_counts(found, random):
    again = [*found, *found]
    random.shuffle(again)
    assert weigh(again) == weigh(found)


def test_nothing_weighs_nothing():
    weighed = weigh(())
    assert list(weighed.supports) == list(Weight)
    assert (weighed.total, weighed.most) == (0, 0)


@pytest.mark.parametrize("case", ["ml-p1", "ml-p2", "ml-p3"])
def test_under_a_principle_lies_what_its_score_rests_on(case):
    for judged in assess(demo_document()).case(case).principles:
        assert dict.fromkeys(each.passage for each in under(judged)).keys() == set(judged.evidence)
