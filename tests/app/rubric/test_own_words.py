"""How the statements, questions and advice of the rubrics that count points are written."""

import pytest

from app.rubric import library

RUBRICS = [library.load(each) for each in ("ml-test-score", "mlops-principles")]
CRITERIA = [(rubric, criterion) for rubric in RUBRICS for criterion in rubric.criteria]
CLOSED = ("Do ", "Does ", "Did ", "Is ", "Are ", "Has ", "Have ", "Can ", "Could ", "Will ", "Would ")


@pytest.mark.parametrize(("rubric", "criterion"), CRITERIA, ids=lambda each: each.id)
def test_a_criterion_is_one_sentence_with_an_open_question(rubric, criterion):
    assert criterion.statement.endswith(".")
    assert ". " not in criterion.statement
    assert len(criterion.statement) <= 150
    assert criterion.question.endswith("?")
    assert not criterion.question.startswith(CLOSED)
    assert criterion.evidence.endswith(".")
    assert criterion.advice.endswith(".")
    assert criterion.sources
    assert len(set(criterion.sources)) == len(criterion.sources)


@pytest.mark.parametrize("rubric", RUBRICS, ids=lambda rubric: rubric.id)
def test_every_source_is_drawn_on(rubric):
    cited = {source for criterion in rubric.criteria for source in criterion.sources}
    assert cited == {source.id for source in rubric.sources}


@pytest.mark.parametrize("rubric", RUBRICS, ids=lambda rubric: rubric.id)
def test_no_two_criteria_say_the_same(rubric):
    for field in ("statement", "evidence", "question", "advice"):
        words = [getattr(criterion, field) for criterion in rubric.criteria]
        assert len(set(words)) == len(words), field
