"""How far two coders agreed: against the literature, against the formula, and on small studies."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.agreement import ALWAYS, NO_CODES, NO_LINES, agreement
from app.analysis.agreement_tables import OVERALL, agreement_tables
from app.analysis.alpha import alpha
from app.model.evidence import Coded, DoubleCoding, Resolution
from tests.documents import example

THEN = datetime(2024, 5, 1, 12, tzinfo=UTC)
_ = None

# Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability, University of Pennsylvania, 2011
# (https://repository.upenn.edu/asc_papers/43): sections A, B and C.
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
NOMINAL = [list("aabbdcccedda"), list("babbbccceddd")]
WITH_GAPS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]


@pytest.mark.parametrize(("data", "published"), [(BINARY, 0.095), (NOMINAL, 0.692), (WITH_GAPS, 0.743)])
def test_worked_examples(data, published):
    assert round(alpha(data), 3) == published


def by_the_formula(data):
    """Compute alpha pair by pair, 1 - Do/De, as the definition has it: slow, and without a matrix."""
    units = [[value for value in unit if value is not None] for unit in zip(*data, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = Counter(value for unit in units for value in unit)
    total = sum(values.values())
    if len(values) < 2:
        return None
    observed = (
        sum(sum(one != other for one, other in permutations(unit, 2)) / (len(unit) - 1) for unit in units) / total
    )
    expected = sum(values[one] * values[other] for one in values for other in values if one != other) / (
        total * (total - 1)
    )
    return 1 - observed / expected


@st.composite
def judged(draw):
    coders, units = draw(st.integers(2, 4)), draw(st.integers(0, 12))
    value = st.sampled_from([None, "a", "b", "c"])
    return [draw(st.lists(value, min_size=units, max_size=units)) for _coder in range(coders)]


@given(judged())
def test_alpha_is_what_the_formula_gives(data):
    slow = by_the_formula(data)
    quick = alpha(data)
    assert (quick is None) == (slow is None)
    assert slow is None or quick == pytest.approx(slow)


@given(judged(), st.randoms(use_true_random=False))
def test_neither_order_nor_names_matter(data, random):
    other = [[None if value is None else ord(value) for value in coder] for coder in data]
    random.shuffle(other)
    assert alpha(other) == pytest.approx(alpha(data)) if alpha(data) is not None else alpha(other) is None


# Studies


def coded(coder, *pairs):
    return [Coded(coder=coder, entry=entry, code=code) for entry, code in pairs]


def studied(first, second, resolutions=(), sources=("i1",)):
    pair = DoubleCoding(
        key="dc",
        first="ada",
        second="bob",
        first_done_at=THEN,
        second_done_at=THEN,
        sources=sources,
        coded=(*coded("ada", *first), *coded("bob", *second)),
        resolutions=resolutions,
    )
    return replace(example(), double_codings=(pair,)), pair


def test_figures_by_code_and_overall():
    document, pair = studied(
        [("i1-1", "monitoring"), ("i1-2", "tools")], [("i1-1", "monitoring")], sources=("m1", "i1")
    )
    found = agreement(document, pair)
    assert found.lines == 3  # of i1 the two with words, and one of m1
    monitoring, tools = found.codes
    assert (monitoring.name, monitoring.measure.alpha, monitoring.measure.percent) == ("Monitoring", 1.0, 100.0)
    assert (monitoring.measure.both, monitoring.measure.neither) == (1, 2)
    assert tools.measure.alpha == pytest.approx(0.0)  # one line of three, by one only: no better than chance
    assert tools.measure.percent == pytest.approx(200 / 3)
    assert (tools.measure.first, tools.measure.second) == (1, 0)
    assert (found.overall.both, found.overall.first, found.overall.second, found.overall.neither) == (1, 1, 0, 4)
    pooled = by_the_formula([[1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, 0]])
    assert found.overall.alpha == pytest.approx(pooled)
    assert found.only_first == ("tools",)
    assert found.only_second == ()


def test_differences_stand_as_the_notes_do():
    agreed = Resolution(entry="i1-2", code="tools", applies=False, reason="too wide", by="bob", decided_at=THEN)
    document, pair = studied(
        [("i1-2", "tools"), ("i1-1", "tools")], [("i1-2", "monitoring"), ("i1-1", "tools")], resolutions=(agreed,)
    )
    first, second = agreement(document, pair).differences
    assert (first.entry, first.code, first.coder, first.resolution) == ("i1-2", "monitoring", "bob", None)
    assert (second.entry, second.code, second.coder, second.resolution) == ("i1-2", "tools", "ada", agreed)
    assert (first.citation, first.words, first.source) == ("I1 line 2", "Alarms?", "i1")
    assert first.key != second.key


def test_alpha_is_undefined_where_nothing_varies():
    everywhere = [("i1-1", "tools"), ("i1-2", "tools")]
    found = agreement(*studied(everywhere, everywhere))
    assert (found.overall.alpha, found.overall.percent, found.overall.why) == (None, 100.0, ALWAYS)
    assert found.codes[0].measure.why == ALWAYS
    nothing = agreement(*studied([], []))
    assert (nothing.overall.alpha, nothing.overall.percent, nothing.overall.why) == (None, None, NO_CODES)
    assert nothing.codes == ()
    empty = agreement(*studied([], [], sources=("d1",)))
    assert (empty.lines, empty.overall.why) == (0, NO_LINES)


def test_what_was_coded_on_a_line_that_has_no_words_now_does_not_count():
    found = agreement(*studied([("i1-3", "tools")], []))
    assert found.codes == ()
    assert found.differences == ()


def test_lines_noted_when_a_coder_was_done_were_not_judged():
    document, pair = studied([("i1-1", "tools")], [("i1-2", "tools")])
    pair = replace(pair, second_done_at=THEN + timedelta(days=1))
    for at, lines in ((None, 2), (THEN, 2), (THEN + timedelta(hours=1), 1)):
        source = document.sources[0]
        entries = tuple(replace(each, at=at) if each.key == "i1-2" else each for each in source.entries)
        noted = replace(document, sources=(replace(source, entries=entries), *document.sources[1:]))
        found = agreement(noted, pair)
        assert (found.lines, len(found.differences)) == (lines, lines)


def test_nothing_is_measured_before_both_are_done():
    document, pair = studied([], [])
    with pytest.raises(ValueError, match="not done"):
        agreement(document, replace(pair, second_done_at=None))


CELLS = st.sets(st.tuples(st.sampled_from(["i1-1", "i1-2", "m1-1"]), st.sampled_from(["monitoring", "tools"])))


@given(CELLS, CELLS)
def test_counts_add_up_and_every_difference_is_listed(first, second):
    document, pair = studied(sorted(first), sorted(second), sources=("i1", "m1"))
    found = agreement(document, pair)
    assert {(each.entry, each.code) for each in found.differences} == first ^ second
    assert found.overall.both == len(first & second)
    assert found.overall.first == len(first - second)
    assert found.overall.second == len(second - first)
    for measure in (found.overall, *(each.measure for each in found.codes)):
        judged_ = measure.both + measure.first + measure.second + measure.neither
        assert judged_ % 3 == 0
        assert (measure.alpha is None) == bool(measure.why)
        agreed = 100 * (measure.both + measure.neither)
        assert measure.percent == (pytest.approx(agreed / judged_) if judged_ else None)
    swapped = agreement(*studied(sorted(second), sorted(first), sources=("i1", "m1")))
    assert swapped.overall.alpha == (found.overall.alpha and pytest.approx(found.overall.alpha))
    assert swapped.only_first == found.only_second


def test_tables():
    agreed = Resolution(entry="i1-2", code="tools", applies=False, reason="too wide", by="bob", decided_at=THEN)
    document, pair = studied([("i1-2", "tools")], [("i1-1", "monitoring")], resolutions=(agreed,))
    figures, differences = agreement_tables(document, pair)
    assert figures.head[:3] == ("Code", "Alpha", "Percent agreement")
    assert [row[0] for row in figures.rows] == [OVERALL, "Monitoring", "Tools"]
    assert all(len(row) == len(table.head) for table in (figures, differences) for row in table.rows)
    assert differences.rows[0][2:5] == ("Monitoring", "Bob", None)
    assert differences.rows[1][2:] == ("Tools", "Ada", "does not apply", "too wide", "Bob", "2024-05-01T12:00+00:00")


def test_a_table_of_an_agreement_that_nobody_signed():
    agreed = Resolution(entry="i1-2", code="tools", applies=True, reason="yes")
    document, pair = studied([("i1-2", "tools")], [], resolutions=(agreed,))
    _figures, differences = agreement_tables(document, pair)
    assert differences.rows[0][4:] == ("applies", "yes", "", None)


def test_many_lines_are_measured_exactly():
    one = [place % 3 == 0 for place in range(200_000)]
    other = [place % 3 == 0 or place % 7 == 0 for place in range(200_000)]
    differ, put = sum(a != b for a, b in zip(one, other, strict=True)), sum(one) + sum(other)
    assert alpha([one, other]) == pytest.approx(1 - (400_000 - 1) * differ / (put * (400_000 - put)))
