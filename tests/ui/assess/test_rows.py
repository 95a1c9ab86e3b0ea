"""The rows of the list of criteria, and the passages offered: pure values."""

import pytest
from msgspec.structs import replace

from app.analysis.assessment import assess
from app.model.assessment import Answer, Consensus
from app.model.evidence import Coding
from app.scoring.scale import Verdict
from ui.assess.candidates import MOST, Candidates
from ui.assess.rows import CriterionRow, Filter, GateRow, HeadRow, case_rows, counts, let_through

NAMES = {"ada": "Ada", "ben": "Ben"}


def rows_of(document, case="paint", who="ada", only=Filter.ALL, keep=(), rubric=None):
    assessment = assess(document, rubric)
    return let_through(case_rows(assessment.rubric, assessment.case(case), who, NAMES), only, keep)


def criterion(rows, key):
    return next(row for row in rows if row.key == key)


def test_every_criterion_stands_once_under_its_principle_and_level(small):
    rows = rows_of(small)
    criteria = [row.key for row in rows if isinstance(row, CriterionRow)]
    assert criteria == [each.id for each in assess(small).rubric.criteria]
    assert [type(row) for row in rows[:3]] == [HeadRow, GateRow, CriterionRow]
    assert [row.name for row in rows if isinstance(row, GateRow)] == ["Moderate", "High"] * 3


def test_the_head_says_level_coverage_and_what_the_next_level_needs(small):
    head = rows_of(small)[0]
    assert head.standing.name == "Moderate"
    assert head.needs.startswith("High needs representative test data (unanswered), enforced release gate (unanswered)")
    sorting = rows_of(small, "sorting")[0]
    assert sorting.interval == "Low, at most High: 2 criteria unknown, 9 unanswered"
    assert "at most High" in sorting.words


@pytest.mark.parametrize("only", list(Filter))
def test_filters_let_through_what_they_count(small, only):
    every = rows_of(small)
    shown = [row for row in rows_of(small, only=only) if isinstance(row, CriterionRow)]
    assert len(shown) == counts(every)[only]
    assert len(shown) < 31 or only is Filter.ALL


def test_a_criterion_to_keep_stays_although_the_filter_would_not_show_it(small):
    shown = rows_of(small, only=Filter.UNANSWERED, keep={"automated-training"})
    assert criterion(shown, "automated-training").own is Verdict.FULLY


def test_another_assessor_sees_what_counts_and_whose_it_is(small):
    row = criterion(rows_of(small, who="ben"), "automated-training")
    assert (row.own, row.counts, row.note) == (None, Verdict.FULLY, "Ada: Fully")
    assert row.note_ink == "text_muted"  # there is nothing to settle


def test_where_assessors_differ_it_counts_as_unknown_until_they_agree(small):
    place = {"rubric": "mlops-maturity", "criterion": "automated-training", "case": "paint", "round": "r1"}
    differing = Answer(**place, assessor="ben", verdict=Verdict.PARTIALLY)
    document = replace(small, answers=(*small.answers, differing))
    row = criterion(rows_of(document), "automated-training")
    assert (row.own, row.counts, row.note) == (Verdict.FULLY, Verdict.UNKNOWN, "Assessors differ: counts as unknown")
    assert row.note_ink == "warning"
    agreed = Consensus(**place, verdict=Verdict.LARGELY, reason="Seen together")
    row = criterion(rows_of(replace(document, consensus=(agreed,))), "automated-training")
    assert (row.note, row.note_ink) == ("Consensus: largely achieved", "text_muted")


def test_passages_coded_to_the_principle_come_before_those_only_about_the_case(small):
    offered = Candidates(small).offered("paint", {("mlops-maturity", "monitoring-feedback")}, linked=()).cards
    assert next(card.key for card in offered) == "q3"
    assert {card.key for card in offered} >= {"q1", "q2", "q3"}
    assert offered[0].head == "I1 line 3 · Running the paint inspection"


def test_linked_passages_and_those_coded_for_another_case_are_not_offered(small):
    offered = Candidates(small).offered("paint", {("mlops-maturity", "monitoring-feedback")}, linked={"q3"}).cards
    assert "q3" not in {card.key for card in offered}
    elsewhere = Coding(passage="q3", code="monitoring", assessor="ada", case="sorting")
    document = replace(small, codings=(*(c for c in small.codings if c.passage != "q3"), elsewhere))
    assert "q3" not in {
        card.key
        for card in Candidates(document).offered("paint", {("mlops-maturity", "monitoring-feedback")}, linked=()).cards
    }


def test_offered_passages_are_filtered_by_words(small):
    found = Candidates(small).offered("paint", {("mlops-maturity", "training-deployment")}, (), "deployment hand").cards
    assert [card.key for card in found] == ["q2"]


def test_of_very_many_passages_the_likeliest_are_offered_and_words_find_the_others(small):
    passages = tuple(
        replace(small.passages[0], key=f"z{n}", words="zebra" if n == 250 else "horse", spans=()) for n in range(251)
    )
    found = Candidates(replace(small, passages=passages, codings=()))
    offered = found.cards(lambda key: int(key != "z200"), linked={"z3"})
    assert [card.key for card in offered.cards[:4]] == ["z200", "z0", "z1", "z2"]
    assert (len(offered.cards), offered.more, offered.many) == (MOST, 250 - MOST, 250)
    wanted = found.cards(lambda _key: 0, linked=(), wanted="zeb")
    assert ([card.key for card in wanted.cards], wanted.more) == (["z250"], 0)
