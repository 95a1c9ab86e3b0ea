"""The staged rule against a second, naive telling of it, and what must hold for any answers."""

import itertools
import math
import random
import statistics

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.scoring.scale import ACHIEVEMENTS, SCALE, Verdict, achievement, is_open
from app.scoring.score import overall, score_case

LEVELS = ("low", "moderate", "high", "higher")


@pytest.fixture(scope="module")
def rubrics(make):
    """A strategy for small rubrics; some levels are gated by nothing."""
    gates = st.fixed_dictionaries({level: st.integers(0, 2) for level in LEVELS[1:]})
    return st.lists(gates.filter(lambda each: any(each.values())), min_size=1, max_size=3).map(
        lambda each: make(*each, levels=LEVELS)
    )


OFFERED = tuple(each.verdict for each in SCALE)


def draw_answers(data, rubric, verdicts=OFFERED):
    some = st.sampled_from([*verdicts, None])
    drawn = {criterion.id: data.draw(some) for criterion in rubric.criteria}
    return {criterion: verdict for criterion, verdict in drawn.items() if verdict is not None}


def naive_rank(rubric, principle, verdicts):
    """The rank of a principle from the words of the rule; open answers fail. None: not rated."""
    applicable = [each for each in principle.criteria if verdicts.get(each.id) != "not_applicable"]
    if not applicable:
        return None
    reached = 0
    for rank in range(1, len(LEVELS)):
        asked = [each for each in applicable if LEVELS.index(each.level) <= rank]
        if all(verdicts.get(each.id) in ("fully", "largely") for each in asked):
            reached = rank
    return reached


def optimistic(rubric, verdicts):
    return {each.id: Verdict.FULLY if is_open(verdicts.get(each.id)) else verdicts[each.id] for each in rubric.criteria}


def ranks(rubric, case):
    """The ranks of the principles' levels, of what they are at most, and of the overall level."""
    place = {level: rank for rank, level in enumerate(LEVELS)} | {None: None}
    return (
        [place[score.level] for score in case.principles],
        [place[score.at_most] for score in case.principles],
        (place[case.overall.level], place[case.overall.at_most]),
    )


@given(data=st.data())
def test_it_equals_the_naive_rule(rubrics, data):
    rubric = data.draw(rubrics)
    verdicts = draw_answers(data, rubric)
    levels, most, both = ranks(rubric, score_case(rubric, verdicts))
    assert levels == [naive_rank(rubric, each, verdicts) for each in rubric.principles]
    assert most == [naive_rank(rubric, each, optimistic(rubric, verdicts)) for each in rubric.principles]
    rated = [rank for rank in levels if rank is not None]
    if rated:
        at_most = [rank for rank in most if rank is not None]
        assert both == (statistics.median_low(rated), statistics.median_low(at_most))
    else:
        assert both == (None, None)


@given(data=st.data())
def test_blocking_is_exactly_what_is_missing_above_the_level(rubrics, data):
    rubric = data.draw(rubrics)
    verdicts = draw_answers(data, rubric)
    for score, principle in zip(score_case(rubric, verdicts).principles, rubric.principles, strict=True):
        passing = ("fully", "largely", "not_applicable")
        missing = [each.id for each in principle.criteria if verdicts.get(each.id) not in passing]
        assert sorted(each.criterion for each in score.blocking) == sorted(missing)
        order = [LEVELS.index(each.level) for each in score.blocking]
        assert order == sorted(order)
        if order:
            assert order[0] == LEVELS.index(score.level) + 1
        assert all(each.verdict == verdicts.get(each.criterion) for each in score.blocking)


@given(data=st.data())
def test_a_better_answer_never_lowers_anything(rubrics, data):
    rubric = data.draw(rubrics)
    verdicts = draw_answers(data, rubric)
    chosen = data.draw(st.sampled_from(rubric.criteria)).id
    place = achievement(verdicts.get(chosen))
    assume(place is not None)
    better = data.draw(st.sampled_from(ACHIEVEMENTS[place:]))
    before = ranks(rubric, score_case(rubric, verdicts))
    after = ranks(rubric, score_case(rubric, verdicts | {chosen: better}))
    for old, new in zip(itertools.chain(*before), itertools.chain(*after), strict=True):
        assert old == new or old < new


@given(data=st.data())
def test_finding_something_out_never_widens_the_interval(rubrics, data):
    rubric = data.draw(rubrics)
    verdicts = draw_answers(data, rubric)
    opened = [each.id for each in rubric.criteria if is_open(verdicts.get(each.id))]
    assume(opened)
    found = {data.draw(st.sampled_from(opened)): data.draw(st.sampled_from(ACHIEVEMENTS))}
    levels, most, (low, high) = ranks(rubric, score_case(rubric, verdicts))
    new_levels, new_most, (new_low, new_high) = ranks(rubric, score_case(rubric, verdicts | found))
    old = [*zip(levels, most, strict=True), (low, high)]
    new = [*zip(new_levels, new_most, strict=True), (new_low, new_high)]
    for (least, greatest), (new_least, new_greatest) in zip(old, new, strict=True):
        assert (least, greatest) == (new_least, new_greatest) == (None, None) or (
            least <= new_least <= new_greatest <= greatest
        )


@given(data=st.data())
def test_the_interval_holds_every_completion_and_is_tight(make, data):
    gates = st.fixed_dictionaries({"moderate": st.integers(1, 2), "high": st.integers(1, 2)})
    rubric = make(*data.draw(st.lists(gates, min_size=1, max_size=2)), levels=LEVELS)
    verdicts = draw_answers(data, rubric)
    opened = [each.id for each in rubric.criteria if is_open(verdicts.get(each.id))][:5]
    verdicts = {each.id: verdicts.get(each.id, Verdict.LARGELY) for each in rubric.criteria}
    verdicts = {key: Verdict.LARGELY if is_open(verdict) else verdict for key, verdict in verdicts.items()}
    verdicts |= dict.fromkeys(opened, data.draw(st.sampled_from([Verdict.UNKNOWN, Verdict.WITHHELD])))
    levels, most, (low, high) = ranks(rubric, score_case(rubric, verdicts))
    completions = [
        ranks(rubric, score_case(rubric, verdicts | dict(zip(opened, given, strict=True))))
        for given in itertools.product((Verdict.NOT_ACHIEVED, Verdict.LARGELY), repeat=len(opened))
    ]
    for place, level in enumerate(levels):
        reached = {each[0][place] for each in completions}
        assert (min(reached, key=_none_first), max(reached, key=_none_first)) == (level, most[place])
    reached = {each[2][0] for each in completions}
    assert (min(reached, key=_none_first), max(reached, key=_none_first)) == (low, high)


def _none_first(rank):
    return -math.inf if rank is None else rank


@given(data=st.data())
def test_the_order_of_answers_does_not_matter(rubrics, data):
    rubric = data.draw(rubrics)
    verdicts = draw_answers(data, rubric)
    shuffled = list(verdicts.items())
    random.Random(data.draw(st.integers())).shuffle(shuffled)
    assert score_case(rubric, dict(shuffled)) == score_case(rubric, verdicts)


@given(data=st.data())
def test_unknown_withheld_and_unanswered_weigh_the_same(rubrics, data):
    rubric = data.draw(rubrics)
    verdicts = draw_answers(data, rubric)
    silent = {key: verdict for key, verdict in verdicts.items() if not is_open(verdict)}
    assert ranks(rubric, score_case(rubric, silent)) == ranks(rubric, score_case(rubric, verdicts))
    assert score_case(rubric, silent).coverage == score_case(rubric, verdicts).coverage


@given(data=st.data())
def test_half_of_the_principles_reach_the_overall_level_and_the_lowest_limits(rubrics, data):
    rubric = data.draw(rubrics)
    case = score_case(rubric, draw_answers(data, rubric))
    assert overall(rubric, case.principles) == case.overall
    rated = sorted(rank for rank in ranks(rubric, case)[0] if rank is not None)
    assume(rated)
    level = LEVELS.index(case.overall.level)
    assert sum(rank >= level for rank in rated) * 2 >= len(rated) + (len(rated) % 2 == 0)
    assert sum(rank > level for rank in rated) * 2 <= len(rated)
    if rated[0] == len(LEVELS) - 1:
        assert case.overall.limiting is None
    else:
        lowest = [each.principle for each in case.principles if each.level == LEVELS[rated[0]]]
        assert (case.overall.limiting, list(case.overall.limiting_all)) == (lowest[0], lowest)
