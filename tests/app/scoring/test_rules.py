"""The four rules against a second, naive telling of each, and what must hold whatever the rule and the answers."""

import itertools
import math
import statistics
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.rubric import library
from app.scoring.choice import options
from app.scoring.explain import interval_text, overall_text, reason_text
from app.scoring.offered import answers_to
from app.scoring.scale import PICKS, Verdict, is_open, rank_of
from app.scoring.score import UnknownCriterionError, score_case, score_principle
from tests.app.scoring.rubrics import answered, rubrics

DATA = st.data()


def naive_rank(rubric, principle, verdicts):
    """The place of a principle's level from the words of the rule, every answer given; None: not rated."""
    here = [(each, verdicts[each.id]) for each in principle.criteria if verdicts[each.id] is not Verdict.NOT_APPLICABLE]
    if not here:
        return None
    if rubric.rule == "staged":
        reached = 0
        for rank, _ in enumerate(rubric.levels):
            asked = [verdict for each, verdict in here if rubric.rank(each.level) <= rank]
            reached = rank if all(verdict in ("fully", "largely") for verdict in asked) else reached
            if not all(verdict in ("fully", "largely") for verdict in asked):
                break
        return reached
    if rubric.rule == "choice":
        picked = rank_of(here[0][1])
        described = [rank for rank, level in enumerate(rubric.levels) if level.id in principle.levels]
        return min([rank for rank in described if rank > picked], default=len(rubric.levels)) - 1
    points = {offer.verdict.value: Fraction(str(offer.points)) for offer in rubric.answers}
    figure = sum((points[verdict.value] for _, verdict in here), Fraction()) / len(here)
    if rubric.rule == "points":
        figure *= len(principle.criteria)
    passed = [
        rank
        for rank, level in enumerate(rubric.levels)
        if (level.above is None and level.at_least is None)
        or (level.above is not None and figure > Fraction(str(level.above)))
        or (level.at_least is not None and figure >= Fraction(str(level.at_least)))
    ]
    return max(passed)


def completions(rubric, verdicts):
    """Every way in which the open answers could turn out, not applicable left aside."""
    opened = [each.id for each in rubric.criteria if is_open(verdicts.get(each.id))]
    told = [[step.verdict for step in answers_to(rubric, each).steps if not is_open(step.verdict)] for each in opened]
    told = [[verdict for verdict in each if verdict is not Verdict.NOT_APPLICABLE] for each in told]
    assume(math.prod(map(len, told)) <= 300)
    for chosen in itertools.product(*told):
        yield verdicts | dict(zip(opened, chosen, strict=True))


def ranks(rubric, case):
    place = {level.id: rank for rank, level in enumerate(rubric.levels)} | {None: None}
    return [(place[each.level], place[each.at_most]) for each in case.principles]


@given(DATA)
def test_each_rule_equals_its_naive_telling_with_and_without_open_answers(data):
    rubric = data.draw(rubrics(most_criteria=3))
    verdicts = data.draw(answered(rubric))
    told = [[naive_rank(rubric, each, whole) for each in rubric.principles] for whole in completions(rubric, verdicts)]
    for place, (low, high) in enumerate(ranks(rubric, score_case(rubric, verdicts))):
        reached = {each[place] for each in told}
        assert (low, high) == ((None, None) if reached == {None} else (min(reached), max(reached)))


@given(DATA)
def test_the_overall_level_follows_from_the_principles(data):
    rubric = data.draw(rubrics())
    case = score_case(rubric, data.draw(answered(rubric)))
    rated = [(score, pair) for score, pair in zip(case.principles, ranks(rubric, case), strict=True) if score.rated]
    if not rated or rubric.overall == "none":
        assert (case.overall.level, case.overall.at_most) == (None, None)
    else:
        for end, found in enumerate((case.overall.level, case.overall.at_most)):
            each = [pair[end] for _, pair in rated]
            if rubric.overall == "mean" and rubric.counts_points:
                continue
            naive = {"median": statistics.median_low, "minimum": min, "mean": lambda got: sum(got) // len(got)}
            assert rubric.rank(found) == naive[rubric.overall](each)
    lowest = min((pair[0] for _, pair in rated), default=None)
    held = [score.principle for score, pair in rated if pair[0] == lowest and lowest < len(rubric.levels) - 1]
    assert list(case.overall.limiting_all) == held


@given(DATA)
def test_a_mean_of_points_is_exact(data):
    rubric = data.draw(rubrics(rules=("mean", "points")).filter(lambda got: got.overall in ("mean", "minimum")))
    case = score_case(rubric, data.draw(answered(rubric)))
    each = [score.points for score in case.principles if score.points is not None]
    if not each:
        assert case.overall.points is None
        return
    take = min if rubric.overall == "minimum" else statistics.mean
    assert case.overall.points.low == take([points.low for points in each])
    assert case.overall.points.high == take([points.high for points in each])
    assert all(points.low <= points.high <= points.most for points in each)


@given(DATA)
def test_a_better_answer_never_lowers_a_level(data):
    rubric = data.draw(rubrics())
    criterion = data.draw(st.sampled_from(rubric.criteria)).id
    offered = answers_to(rubric, criterion)
    told = sorted((step.verdict for step in offered.steps if offered.rank(step.verdict) is not None), key=offered.rank)
    worse, better = sorted(data.draw(st.tuples(*[st.integers(0, len(told) - 1)] * 2)))
    verdicts = data.draw(answered(rubric)) | {criterion: told[worse]}
    changed = verdicts | {criterion: told[better]}
    before, after = score_case(rubric, verdicts), score_case(rubric, changed)
    for (low, high), (new_low, new_high) in zip(ranks(rubric, before), ranks(rubric, after), strict=True):
        assert low is None or (low <= new_low and high <= new_high)
    if before.overall.level is not None:
        assert rubric.rank(before.overall.level) <= rubric.rank(after.overall.level)


@given(DATA)
def test_finding_something_out_never_widens_the_interval(data):
    rubric = data.draw(rubrics())
    verdicts = data.draw(answered(rubric))
    opened = [each.id for each in rubric.criteria if is_open(verdicts.get(each.id))]
    assume(opened)
    criterion = data.draw(st.sampled_from(opened))
    told = [
        step.verdict
        for step in answers_to(rubric, criterion).steps
        if answers_to(rubric, criterion).rank(step.verdict) is not None
    ]
    found = verdicts | {criterion: data.draw(st.sampled_from(told))}
    pairs = zip(ranks(rubric, score_case(rubric, verdicts)), ranks(rubric, score_case(rubric, found)), strict=True)
    assert all(old == new or old[0] <= new[0] <= new[1] <= old[1] for old, new in pairs)


@given(DATA)
def test_counts_coverage_and_what_could_raise_it_fit_together(data):
    rubric = data.draw(rubrics())
    verdicts = data.draw(answered(rubric))
    case = score_case(rubric, verdicts)
    for principle, score in zip(rubric.principles, case.principles, strict=True):
        given_here = [verdicts.get(each.id) for each in principle.criteria]
        counts = {
            word: sum(verdict == word for verdict in given_here) for word in ("unknown", "withheld", "not_applicable")
        }
        assert (score.unknown, score.withheld, score.not_applicable) == tuple(counts.values())
        assert score.unanswered == given_here.count(None)
        assert score.applicable == len(given_here) - counts["not_applicable"]
        told = sum(not is_open(verdict) and verdict != "not_applicable" for verdict in given_here)
        assert score.coverage == (told / score.applicable if score.applicable else 1.0)
        assert 0 <= case.coverage <= 1
        top = score.level == rubric.levels[-1].id
        assert not (score.blocking and top)
        best = {each.criterion for each in score.blocking}
        raised = verdicts | {each: answers_to(rubric, each).best for each in best}
        new = score_principle(rubric, principle, raised)
        if score.rated and not top:
            assert rubric.rank(new.level) >= rubric.rank(score.at_most)
        assert all(verdicts.get(each.criterion) == each.verdict for each in score.blocking)
        assert score.certain == (score.level == score.at_most)


@given(DATA)
def test_every_score_is_told_in_whole_sentences(data):
    rubric = data.draw(rubrics())
    case = score_case(rubric, data.draw(answered(rubric)))
    for score in case.principles:
        reason, interval = reason_text(rubric, score), interval_text(rubric, score)
        assert reason.endswith(".")
        assert "  " not in reason + interval
        assert ".." not in reason
        if score.level:
            name = rubric.level(score.level).name
            assert reason.startswith(name)
            assert interval.startswith(name)
            assert score.certain or rubric.level(score.at_most).name in interval
    assert overall_text(rubric, case).endswith(".")


@given(DATA)
def test_what_a_rubric_does_not_offer_counts_as_unanswered(data):
    rubric = data.draw(rubrics())
    verdicts = data.draw(answered(rubric))
    criterion = data.draw(st.sampled_from(rubric.criteria)).id
    strange = [verdict for verdict in Verdict if not answers_to(rubric, criterion).offers(verdict)]
    assume(strange)
    wrong = verdicts | {criterion: data.draw(st.sampled_from(strange))}
    right = {key: verdict for key, verdict in verdicts.items() if key != criterion}
    told, untold = score_case(rubric, wrong), score_case(rubric, right)
    assert ranks(rubric, told) == ranks(rubric, untold)
    assert told.overall == untold.overall
    assert [each.unanswered for each in told.principles] == [each.unanswered for each in untold.principles]


@given(DATA)
def test_answers_are_told_apart_by_key_and_word(data):
    rubric = data.draw(rubrics())
    for criterion in rubric.criteria:
        offered = answers_to(rubric, criterion.id)
        keys = [step.key for step in offered.steps]
        assert len(keys) == len(set(keys)) == len({step.label for step in offered.steps})
        assert all(offered.by_key(step.key.upper()) is step.verdict for step in offered.steps)
        assert offered.by_key("!") is None
        told = [step.verdict for step in offered.steps if offered.rank(step.verdict) is not None]
        assert sorted(offered.rank(each) for each in told) == list(range(len(told)))
        assert offered.rank(offered.best) == len(told) - 1
        assert offered.rank(None) is offered.rank(Verdict.UNKNOWN) is None
        assert offered.label(None) == "Unanswered"


def test_levels_that_are_alike_are_one_answer():
    rubric = library.load("microsoft-mlops-maturity")
    people = rubric.principle("people")
    offered = answers_to(rubric, people.criteria[0].id)
    first = options(rubric, people)[0]
    assert len(first) == 2
    assert "alike" in offered.label(Verdict.LEVEL_0)
    assert offered.step(Verdict.LEVEL_0) is offered.step(Verdict.LEVEL_1)
    assert score_principle(rubric, people, {people.criteria[0].id: Verdict.LEVEL_0}).level == rubric.levels[1].id
    assert "alike here" in reason_text(rubric, score_principle(rubric, people, {people.criteria[0].id: PICKS[1]}))
    assert people.told(rubric, rubric.levels[1].id) == people.told(rubric, rubric.levels[0].id)


def test_a_section_is_not_punished_for_what_can_not_apply():
    rubric = library.load("ml-test-score")
    section = rubric.principles[0]
    some = {each.id: Verdict.FULLY for each in section.criteria[:3]}
    none = {each.id: Verdict.NOT_ACHIEVED for each in section.criteria[3:6]}
    left_out = {section.criteria[6].id: Verdict.NOT_APPLICABLE}
    score = score_principle(rubric, section, {**some, **none, **left_out})
    assert (score.points.low, score.points.most) == (Fraction(7, 2), 7)
    assert interval_text(rubric, score).endswith(": 3.5 of 7 points")
    assert "Could" not in reason_text(rubric, score)


def test_an_answer_to_nothing_is_refused():
    with pytest.raises(UnknownCriterionError, match="has no criterion"):
        score_case(library.load("ml-test-score"), {"drift": Verdict.FULLY})
