"""Factors in a round: the table, the figure drawn from it, what goes with a factor, and what could be evidence."""

from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.factors import (
    FACILITATING,
    INHIBITING,
    STRENGTHS,
    WEIGHTS,
    Offers,
    cases_in,
    consequences,
    factor_table,
    figure,
)
from app.model.assessment import BelongsTo, Factor, Influence, Strength, Tendency
from app.model.document import StudyDocument
from app.model.evidence import Code, Coding, Evidence, Passage
from app.model.setting import Case, Organisation, Round, Study
from app.model.source import Source

STUDY = Study(
    id=UUID(int=3), title="T", organisation=Organisation(name="O"), created_at=datetime(2024, 1, 2, tzinfo=UTC)
)
ROUNDS = tuple(Round(key=f"r{n}", name=f"Round {n}") for n in (1, 2, 3))


def factor(key, tendency=Tendency.INHIBITS):
    return Factor(key=key, name=key.upper(), belongs_to=BelongsTo.CASE, tendency=tendency)


def document(factors=2, cases=3, influences=(), **more):
    return StudyDocument(
        format="fieldquill-study",
        version=1,
        study=STUDY,
        rounds=ROUNDS,
        factors=tuple(factor(f"f{n}") for n in range(factors)),
        cases=tuple(Case(key=f"c{n}", name=f"Case {n}") for n in range(cases)),
        influences=tuple(influences),
        **more,
    )


def judged(factor, case, strength, in_round="r2", **more):
    return Influence(factor=factor, round=in_round, case=case, strength=strength, **more)


@st.composite
def studies(draw):
    """A study with factors judged at random, in any round, for any case and the organisation."""
    made = document(draw(st.integers(0, 5)), draw(st.integers(0, 6)))
    places = [
        (each.key, of, case) for each in made.factors for of in "123" for case in (None, *(c.key for c in made.cases))
    ]
    chosen = draw(st.dictionaries(st.sampled_from(places), st.sampled_from(Strength))) if places else {}
    influences = (judged(key, case, strength, f"r{of}") for (key, of, case), strength in chosen.items())
    return replace(made, influences=tuple(influences))


def weight(made, key, in_round="r2"):
    """Weigh a factor the slow way."""
    here = [each for each in made.influences if (each.factor, each.round) == (key, in_round) and each.case]
    return sum(WEIGHTS.get(each.strength, 0) for each in here)


# The table


@given(studies())
def test_every_influence_of_the_round_stands_in_its_place_and_none_else(made):
    table = factor_table(made, None, "r2")
    assert [[place.factor for place in row] for row in table.rows] == [
        [each] * (len(made.cases) + 1) for each in made.factors
    ]
    assert [[place.case for place in row] for row in table.rows] == [[None, *made.cases] for _ in made.factors]
    shown = [place.influence for row in table.rows for place in row if place.influence]
    wanted = [each for each in made.influences if each.round == "r2"]
    assert sorted(map(str, shown)) == sorted(map(str, wanted))
    assert table.judged == bool(wanted)
    assert table.open == len(made.factors) * len(made.cases) - sum(each.case is not None for each in wanted)


@given(studies())
def test_what_was_judged_before_is_the_last_time_before(made):
    for row in factor_table(made, None, "r3").rows:
        for place in row:
            key = place.case.key if place.case else None
            before = {
                each.round: each.strength
                for each in made.influences
                if (each.factor, each.case) == (row[0].factor.key, key)
            }
            last = next((each for each in ("r2", "r1") if each in before), None)
            assert (place.before and place.before.round.key) == last
            assert (place.before and place.before.strength) == before.get(last)
            assert place.changed == (last is not None and before[last] is not place.strength)


@given(studies())
def test_nothing_comes_before_the_first_round_or_one_that_is_not_there(made):
    for key in ("r1", "r9", ""):
        assert all(place.before is None for row in factor_table(made, None, key).rows for place in row)
    assert factor_table(made, None, "r9").round is None
    assert factor_table(made, None, "r1").round == ROUNDS[0]


def test_a_case_has_its_overall_level_in_the_round(small):
    of = replace(small, factors=(factor("f0"),), influences=(judged("f0", "paint", Strength.NEUTRAL, "r1"),))
    table = factor_table(of, assess(of))
    assert table.round.key == "r1"
    assert [(each.name, each.levels) for each in table.columns] == [
        ("Organisation", 0),
        ("Paint inspection", 3),
        ("Part sorting", 3),
    ]
    assert [each.standing.name for each in table.columns[1:]] == [
        each.name for each in [assess(of).rubric.level(case.score.overall.level) for case in assess(of).cases]
    ]
    assert table.rows[0][1].where == "Paint inspection"
    later = factor_table(of, assess(of, round_key="r2"), "r2")
    assert later.round.key == "r2"
    assert later.rows[0][1].before.strength is Strength.NEUTRAL
    assert later.rows[0][1].strength is None


# The figure


@given(studies())
def test_each_case_stands_in_one_segment_of_each_bar(made):
    drawn = figure(factor_table(made, None, "r2"))
    here = {(each.factor, each.case): each.strength for each in made.influences if each.round == "r2"}
    assert sorted(bar.factor.key for bar in drawn.bars) == [each.key for each in made.factors]
    for bar in drawn.bars:
        segments = [*bar.facilitating, *bar.inhibiting, *bar.others]
        assert sorted(case for each in segments for case in each.cases) == [case.key for case in made.cases]
        assert all(here.get((bar.factor.key, case)) is each.strength for each in segments for case in each.cases)
        assert all(each.cases and len(each.cases) == len(each.names) for each in segments)
        assert [each.strength for each in bar.facilitating] == [
            strength for strength in FACILITATING if strength in {each.strength for each in bar.facilitating}
        ]
        assert {each.strength for each in bar.inhibiting} <= set(INHIBITING)
        assert bar.organisation is here.get((bar.factor.key, None))
        assert bar.weight == weight(made, bar.factor.key)


@given(studies())
def test_what_facilitates_most_comes_first_and_what_nobody_judged_last(made):
    bars = figure(factor_table(made, None, "r2")).bars
    known = [bar for bar in bars if bar.judged]
    assert list(bars) == known + [bar for bar in bars if not bar.judged]
    assert [bar.weight for bar in known] == sorted((bar.weight for bar in known), reverse=True)
    order = [each.key for each in made.factors]
    for one, other in pairwise(bars):
        if (one.weight, one.judged) == (other.weight, other.judged):
            assert order.index(one.factor.key) < order.index(other.factor.key)


@given(studies())
def test_the_widest_side_fills_the_room(made):
    drawn = figure(factor_table(made, None, "r2"))
    sides = [cases_in(side) for bar in drawn.bars for side in (bar.facilitating, bar.inhibiting)]
    assert drawn.most == max([1, *sides])


def test_a_bar_says_all_of_it():
    made = document(
        1,
        4,
        [
            judged("f0", "c0", Strength.STRONGLY_INHIBITS),
            judged("f0", "c1", Strength.STRONGLY_INHIBITS),
            judged("f0", "c2", Strength.NEUTRAL),
            judged("f0", None, Strength.SOMEWHAT_FACILITATES),
        ],
    )
    drawn = figure(factor_table(made, None, "r2"))
    (bar,) = drawn.bars
    assert bar.aside == "neutral 1, not judged 1"
    assert drawn.words == (
        "F0: strongly inhibits 2 (Case 0 and Case 1), neutral 1 (Case 2), not judged 1 (Case 3); "
        "organisation: somewhat facilitates"
    )
    alone = figure(factor_table(replace(made, cases=(), influences=()), None, "r2"))
    assert alone.words == "F0: no cases"
    assert not alone.bars[0].judged


def test_every_strength_has_its_words():
    assert len(set(STRENGTHS.values())) == len(Strength)
    assert STRENGTHS[Strength.SOMEWHAT_INHIBITS] == "somewhat inhibits"


# What goes with a factor


@pytest.mark.parametrize(
    ("influences", "links", "codes", "sentence"),
    [
        (0, 0, 0, ""),
        (1, 0, 0, "1 influence goes with it."),
        (1, 1, 0, "1 influence and 1 link to a passage go with it."),
        (2, 2, 1, "2 influences and 4 links to passages go with it; 1 code is no longer tied to it."),
        (0, 0, 2, "2 codes are no longer tied to it."),
    ],
)
def test_what_goes_with_a_factor_is_said(influences, links, codes, sentence):
    evidence = tuple(Evidence(passage=f"p{n}") for n in range(links))
    made = document(
        influences=[judged("f0", f"c{n}", Strength.NEUTRAL, evidence=evidence) for n in range(influences)],
        codes=tuple(Code(key=f"k{n}", name="K", factor="f0") for n in range(codes)),
    )
    assert consequences(made, "f0") == sentence
    assert consequences(made, "f1") == ""


# What could be evidence


CODES = (
    Code(key="tied", name="Tied", factor="f0"),
    Code(key="below", name="Below", parent="middle"),
    Code(key="middle", name="Middle", parent="tied"),
    Code(key="other", name="Other"),
)


def offered(*codings, about=(), hidden=frozenset()):
    """Rank one passage, coded so, from a source about these cases, for factor f0: by case c0, c1 and organisation."""
    made = document(
        codes=CODES,
        sources=(Source(key="i1", title="I", round="r2", cases=about),),
        passages=(Passage(key="p", source="i1", words="w"),),
        codings=tuple(Coding(passage="p", code=code, assessor="a", case=case) for code, case in codings),
    )
    offers = Offers(made, hidden)
    return [offers.rank("p", "f0", case) for case in ("c0", "c1", None)]


@pytest.mark.parametrize(
    ("codings", "about", "ranks"),
    [
        ((), (), [3, 3, 3]),
        ((), ("c0",), [2, None, None]),
        ((("other", None),), ("c0",), [2, None, 2]),
        ((("other", "c0"),), (), [2, None, None]),
        ((("other", None),), (), [3, 3, 2]),
        ((("tied", "c0"),), (), [0, None, 1]),
        ((("below", "c0"),), ("c1",), [0, None, 1]),
        ((("tied", None),), (), [1, 1, 0]),
        ((("tied", None),), ("c0",), [0, 1, 0]),
        ((("tied", "c0"), ("other", "c1")), (), [0, 0, 1]),
    ],
)
def test_passages_are_offered_by_code_and_by_what_they_are_about(codings, about, ranks):
    assert offered(*codings, about=about) == ranks
    assert offered(*codings, about=about, hidden=frozenset({"p"})) == [None, None, None]


def test_codes_that_stand_under_each_other_lead_nowhere():
    made = document(
        codes=(Code(key="a", name="A", parent="b"), Code(key="b", name="B", parent="a", factor="f0")),
        sources=(Source(key="i1", title="I", round="r2"),),
        passages=(Passage(key="p", source="i1", words="w"),),
        codings=(Coding(passage="p", code="a", assessor="x"),),
    )
    assert Offers(made).rank("p", "f0", None) == 0
