"""How factors work on cases of each level: every case counted once, levels from low to high."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.analysis.factor_levels import factor_levels, level_head
from app.analysis.factors import Before, Column, FactorTable, Place
from app.analysis.overview import Standing
from app.model.assessment import BelongsTo, Factor, Influence, Strength, Tendency
from app.model.setting import Case, Round

LEVELS = ("Low", "Moderate", "High")
STRENGTHS = st.sampled_from([None, *Strength])


def column(number, rank):
    name = "Not rated" if rank is None else LEVELS[rank]
    case = Case(key=f"c{number}", name=f"Case {number}")
    return Column(case, Standing(rank, rank, name, name, 1.0), len(LEVELS))


def table(ranks, strengths):
    """A table of factors: how each works for each case, the cases having levels of some ranks."""
    columns = [Column(None), *(column(number, rank) for number, rank in enumerate(ranks))]
    rows = []
    for number, row in enumerate(strengths):
        key = f"f{number}"
        factor = Factor(key=key, name=key.upper(), belongs_to=BelongsTo.CASE, tendency=Tendency.INHIBITS)
        rows.append(
            tuple(
                Place(
                    factor,
                    each.case,
                    strength and Influence(factor=key, round="r1", case=None, strength=strength),
                    None,
                )
                for each, strength in zip(columns, [Strength.NEUTRAL, *row], strict=True)
            )
        )
    return FactorTable(Round(key="r1", name="Round 1"), tuple(columns), tuple(rows))


@st.composite
def tables(draw):
    ranks = draw(st.lists(st.sampled_from([None, 0, 1, 2]), max_size=6))
    rows = draw(st.lists(st.lists(STRENGTHS, min_size=len(ranks), max_size=len(ranks)), max_size=4))
    return ranks, rows


@given(tables())
def test_every_case_stands_in_the_column_of_its_level_and_in_each_row_once_where_it_was_judged(made):
    ranks, rows = made
    found = factor_levels(table(ranks, rows))
    assert {level.rank: [case.key for case in level.cases] for level in found.levels} == {
        rank: [f"c{number}" for number, each in enumerate(ranks) if each == rank] for rank in ranks
    }
    for row, strengths in zip(found.rows, rows, strict=True):
        told = {case: segment.strength for cell in row.cells for segment in cell for case in segment.cases}
        assert told == {f"c{number}": strength for number, strength in enumerate(strengths) if strength}
        assert sum(len(segment.cases) for cell in row.cells for segment in cell) == len(told)
        for cell, level in zip(row.cells, found.levels, strict=True):
            assert {case for segment in cell for case in segment.cases} <= {case.key for case in level.cases}


@given(tables())
def test_levels_rise_and_what_is_not_rated_stands_last(made):
    found = factor_levels(table(*made))
    for before, after in pairwise(level.rank for level in found.levels):
        assert after is None or (before is not None and before < after)


def test_cells_and_heads_are_told_in_words():
    made = table([1, 1, 0], [[Strength.STRONGLY_INHIBITS, Strength.STRONGLY_FACILITATES, None]])
    found = factor_levels(made)
    assert [level_head(level) for level in found.levels] == ["Low, 1 case", "Moderate, 2 cases"]
    assert found.words(0, 0) == "not judged"
    assert found.words(0, 1) == "strongly facilitates 1 (Case 1), strongly inhibits 1 (Case 0)"
    assert found.of == 3


def test_without_a_rubric_all_cases_are_not_rated():
    case = Case(key="c0", name="Case 0")
    found = factor_levels(FactorTable(None, (Column(None), Column(case)), ()))
    assert [(level.rank, level.name, level.cases) for level in found.levels] == [(None, "Not rated", (case,))]
    assert Before(Round(key="r1", name="R"), Strength.NEUTRAL).round.key == "r1"
