"""How far assessors agree in their answers: against Krippendorff's own example, by hand, and against a slow way."""

from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.alpha import alpha
from app.analysis.answer_agreement import ALL_ALIKE, NO_PAIRS, answer_agreement, measure, rounds_answered
from app.analysis.assessment import assess
from app.model.assessment import Ballot, BallotMember
from app.scoring.scale import Verdict
from tests.documents import example

# Krippendorff, "Computing Krippendorff's alpha-reliability", 2011, section E: four observers, twelve units.
PUBLISHED = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
THEN = datetime(2024, 5, 1, 12, tzinfo=UTC)


def slow_ordinal(units):
    """Alpha for ordinal data as the book defines it, pair by pair, in fractions of a pair."""
    told = [[value for value in unit if value is not None] for unit in units]
    told = [values for values in told if len(values) > 1]
    everything = [value for values in told for value in values]
    n = {value: everything.count(value) for value in set(everything)}

    def distance(one, other):
        low, high = min(one, other), max(one, other)
        return (sum(n.get(v, 0) for v in range(low, high + 1)) - (n[low] + n[high]) / 2) ** 2

    observed = sum(
        distance(one, other) / (len(values) - 1) for values in told for one, other in permutations(values, 2)
    )
    expected = sum(distance(one, other) for one, other in permutations(everything, 2)) / (len(everything) - 1)
    return 1 - observed / expected


def test_the_published_example():
    assert alpha(PUBLISHED) == pytest.approx(0.743, abs=0.0005)
    assert alpha(PUBLISHED, range(1, 6)) == pytest.approx(0.815, abs=0.0005)
    found = measure(list(zip(*PUBLISHED, strict=True)))
    assert found.alpha == pytest.approx(0.815, abs=0.0005)
    assert (found.units, found.pairs) == (11, 55)
    assert found.words == f"Agreement is reliable: 55 pairs of answers, {found.same} of them alike."


def test_by_hand():
    """Two assessors, three criteria: 0-0, 1-2, 2-2. Frequencies 2, 1, 3; distances 1-2: (1 + 3 - 2)^2 = 4,
    0-1: (2 + 1 - 1.5)^2 = 2.25, 0-2: (2 + 1 + 3 - 2.5)^2 = 12.25. Observed 2 x 4 = 8; expected
    2 x (2 x 2.25 + 6 x 12.25 + 3 x 4) / 5 = 36; alpha = 1 - 8 / 36."""
    found = measure([(0, 0), (1, 2), (2, 2)])
    assert found.alpha == pytest.approx(1 - 8 / 36)
    assert (found.units, found.pairs, found.same, found.why) == (3, 3, 2, "")
    assert found.words == "Too few to build on: 3 pairs of answers, 2 of them alike."


values = st.none() | st.integers(0, 4)


@given(st.integers(2, 4).flatmap(lambda wide: st.lists(st.tuples(*[values] * wide), max_size=12)))
def test_it_is_what_the_definition_says(units):
    found = measure(units)
    told = [[value for value in unit if value is not None] for unit in units]
    pairs = [pair for unit in told for pair in combinations(unit, 2)]
    assert (found.pairs, found.same) == (len(pairs), sum(one == other for one, other in pairs))
    varied = {value for unit in told if len(unit) > 1 for value in unit}
    if len(varied) < 2:
        assert found.alpha is None
        assert found.why == (ALL_ALIKE if pairs else NO_PAIRS)
        assert found.words.startswith(found.why)
    else:
        assert found.alpha == pytest.approx(slow_ordinal(units))
        assert found.alpha <= 1 + 1e-9
        assert (found.alpha == pytest.approx(1)) is (found.same == found.pairs)


@given(st.integers(2, 3).flatmap(lambda wide: st.lists(st.tuples(*[values] * wide), max_size=8)), st.randoms())
def test_who_is_who_makes_no_difference(units, chance):
    order = list(range(len(units[0]))) if units else []
    chance.shuffle(order)
    turned = [tuple(unit[place] for place in order) for unit in units]
    assert measure(turned).alpha == pytest.approx(measure(units).alpha)


def test_missing_values_do_not_count():
    plain = [(0, 0), (1, 2), (2, 2)]
    assert measure([*plain, (3, None), (None, None)]) == measure(plain)


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([(0, 3), (3, 0)], "Agreement is no better than chance: 2 pairs of answers, none of them alike."),
        ([(0, 0), (0, 3), (3, 3), (3, 3)], "Agreement is too low to build on: 4 pairs of answers, 3 of them alike."),
        ([(0, 0)], f"{ALL_ALIKE} 1 pair of answers, 1 of them alike."),
        ([(0, 0), (1, 1)] * 5, "Agreement is reliable: 10 pairs of answers, 10 of them alike."),
        (
            [(0, 0), (1, 1)] * 8 + [(0, 1)] * 2,
            "Agreement allows tentative conclusions: 18 pairs of answers, 16 of them alike.",
        ),
        ([], NO_PAIRS),
    ],
)
def test_what_it_says_in_words(units, words):
    assert measure(units).words == words


# In a study


def answered(*given, **more):
    """The example with other answers: criterion, assessor and verdict of each, on the one case."""
    document = example()
    first = document.answers[0]
    made = tuple(
        replace(first, id=None, criterion=criterion, assessor=who, verdict=verdict, answered_at=THEN, evidence=())
        for criterion, who, verdict in given
    )
    return replace(document, answers=made, consensus=(), overrides=(), ballots=(), **more)


def measured(document):
    first = example().answers[0]
    return answer_agreement(document, assess(document, first.rubric, first.round))


def criteria():
    return [each.id for each in assess(example()).rubric.criteria]


def test_answers_that_do_not_say_how_far_are_missing():
    one, two, *_ = criteria()
    told = [(one, "ada", Verdict.FULLY), (one, "bob", Verdict.PARTIALLY)]
    open_ = [(two, "ada", Verdict.UNKNOWN), (two, "bob", Verdict.FULLY)]
    found = measured(answered(*told, *open_))
    assert (found.overall.measure.units, found.overall.measure.pairs) == (1, 1)
    assert found.assessors == ("ada", "bob")
    assert found.overall.name == "Overall"
    assert found.overall.principle == ""
    assert [each.principle for each in found.principles] == [each.id for each in assess(example()).rubric.principles]
    assert sum(each.measure.pairs for each in found.principles) == 1
    assert found.late == 0


def test_what_was_answered_after_the_reveal_is_not_independent():
    one, two, *_ = criteria()
    told = [(key, who, Verdict.FULLY) for key in (one, two) for who in ("ada", "bob")]
    document = answered(*told)
    first = document.answers[0]
    late = tuple(
        replace(each, answered_at=THEN + timedelta(hours=2)) if each.criterion == two else each
        for each in document.answers
    )
    ballot = Ballot(
        rubric=first.rubric,
        case=first.case,
        round=first.round,
        members=(BallotMember(assessor="ada"), BallotMember(assessor="bob")),
        revealed_at=THEN + timedelta(hours=1),
    )
    found = measured(replace(document, answers=late, ballots=(ballot,)))
    assert (found.overall.measure.pairs, found.late) == (1, 2)


def test_only_the_cases_asked_for():
    one, *_ = criteria()
    document = answered((one, "ada", Verdict.FULLY), (one, "bob", Verdict.PARTIALLY))
    first = document.answers[0]
    assessment = assess(document, first.rubric, first.round)
    assert answer_agreement(document, assessment, ()).overall.measure.pairs == 0
    assert answer_agreement(document, assessment, {first.case}).overall.measure.pairs == 1


def test_consensus_makes_no_difference():
    document = example()
    without = replace(document, consensus=())
    first = document.answers[0]
    one = answer_agreement(document, assess(document, first.rubric, first.round))
    assert one == answer_agreement(without, assess(without, first.rubric, first.round))


def test_where_two_have_answered():
    one, *_ = criteria()
    document = answered((one, "ada", Verdict.FULLY))
    assert list(rounds_answered(document)) == []
    both = replace(document, answers=(*document.answers, replace(document.answers[0], assessor="bob")))
    assert list(rounds_answered(both)) == [(document.answers[0].rubric, document.answers[0].round)]
