"""How every shipped rubric is written: checkable statements, open questions, and no level out of reach."""

import re

import pytest

from app.rubric import library
from app.scoring.offered import answers
from app.scoring.scale import Verdict
from app.scoring.score import score_case

RUBRICS = [library.load(rubric_id) for rubric_id in library.shipped()]
CRITERIA = [
    pytest.param(rubric, criterion, id=f"{rubric.id}:{criterion.id}")
    for rubric in RUBRICS
    for criterion in rubric.criteria
]
STAGES = [
    pytest.param(rubric, level, id=f"{rubric.id}:{level.id}")
    for rubric in RUBRICS
    if rubric.rule == "staged"
    for level in rubric.levels
]
CLOSED = re.compile(
    r"(do|does|did|is|are|was|were|has|have|had|can|could|may|might|will|would|should|must)\b", re.IGNORECASE
)
REVERSED = re.compile(
    r"^(no|none|nobody|nothing)\b|\b(is|are|be|been|does|do|has|have|can|must|should)( \w+ly)? (not|no|never)\b|"
    r"\b(cannot|lack(s|ing)?|fails?|missing)\b",
    re.IGNORECASE,
)
DENIAL = re.compile(r"\b(not|no|without|lack\w*|none|never|nobody|nothing)\b", re.IGNORECASE)
STRICT = ("google-mlops-levels", "john-2021-stages", "microsoft-mlops-maturity")


def by_id(rubric):
    return rubric.id


def answered(rubric, take):
    """Every criterion with the answer taken from those that say how far."""
    said = {}
    for principle in rubric.principles:
        offered = answers(rubric, principle)
        told = [step.verdict for step in offered.steps if offered.rank(step.verdict) is not None]
        said |= {criterion.id: take(told, key=offered.rank) for criterion in principle.criteria}
    return said


def floor(rubric, principle):
    """Where a principle stands at worst: on the highest of the levels that are like the lowest there."""
    if rubric.counts_points:
        return rubric.levels[0].id
    alike = [level.id for level in rubric.levels]
    above = [level_id for level_id in alike[1:] if level_id in principle.levels]
    return alike[alike.index(above[0]) - 1] if above else alike[-1]


@pytest.mark.parametrize(("rubric", "criterion"), CRITERIA)
def test_a_criterion_is_one_sentence_with_evidence_and_advice(rubric, criterion):
    assert criterion.statement.endswith(".")
    assert ". " not in criterion.statement
    assert len(criterion.statement) <= 150
    assert criterion.evidence.endswith(".")
    assert criterion.advice.endswith(".")


@pytest.mark.parametrize(("rubric", "criterion"), CRITERIA)
def test_a_statement_says_what_is_good(rubric, criterion):
    assert not REVERSED.search(criterion.statement)
    if rubric.id in STRICT:
        assert not DENIAL.search(criterion.statement)


@pytest.mark.parametrize(("rubric", "criterion"), CRITERIA)
def test_a_question_is_open(rubric, criterion):
    assert not CLOSED.match(criterion.question)
    assert criterion.question.endswith("?") or criterion.question.startswith("Please ")


@pytest.mark.parametrize(("rubric", "criterion"), CRITERIA)
def test_a_criterion_names_its_sources(rubric, criterion):
    assert criterion.sources
    assert len(set(criterion.sources)) == len(criterion.sources)


@pytest.mark.parametrize("rubric", RUBRICS, ids=by_id)
def test_every_source_is_drawn_on_and_can_be_found(rubric):
    cited = {source for criterion in rubric.criteria for source in criterion.sources}
    assert cited == {source.id for source in rubric.sources}
    for source in rubric.sources:
        assert source.year
        assert source.url
        assert source.note


@pytest.mark.parametrize("rubric", RUBRICS, ids=by_id)
def test_the_words_are_ours_and_others_models_are_theirs(rubric):
    assert rubric.licence == "Apache-2.0"
    assert rubric.licence_note or rubric.id == "mlops-maturity"  # the model is our own there


@pytest.mark.parametrize("rubric", RUBRICS, ids=by_id)
def test_no_question_is_asked_twice(rubric):
    questions = [criterion.question for criterion in rubric.criteria]
    assert len(set(questions)) == len(questions)


@pytest.mark.parametrize("rubric", RUBRICS, ids=by_id)
def test_the_best_answers_reach_the_top(rubric):
    score = score_case(rubric, answered(rubric, max))
    assert {each.level for each in score.principles} == {rubric.levels[-1].id}
    assert score.overall.level == (None if rubric.overall == "none" else rubric.levels[-1].id)


@pytest.mark.parametrize("rubric", RUBRICS, ids=by_id)
def test_the_worst_answers_stay_at_the_bottom(rubric):
    score = score_case(rubric, answered(rubric, min))
    assert [each.level for each in score.principles] == [floor(rubric, each) for each in rubric.principles]
    assert score.overall.level == (None if rubric.overall == "none" else rubric.levels[0].id)


@pytest.mark.parametrize(("rubric", "level"), STAGES)
def test_a_case_that_meets_a_stage_and_no_more_stands_there(rubric, level):
    reached = {each.id for each in rubric.levels[: rubric.rank(level.id) + 1]}
    said = {
        criterion.id: Verdict.LARGELY if criterion.level in reached else Verdict.PARTIALLY
        for criterion in rubric.criteria
    }
    assert score_case(rubric, said).overall.level == level.id
