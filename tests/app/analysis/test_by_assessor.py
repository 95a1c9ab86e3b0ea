"""A case's levels by assessor: each one's own answers alone, then the team's."""

from hypothesis import given
from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.by_assessor import heads, levels_by_assessor
from app.analysis.overview import overall_standing, standing
from tests.documents import documents, example


def test_each_then_the_team():
    document = example()
    assessment = assess(document, "small", "r1")
    ada, bob, team = levels_by_assessor(document, assessment, "c1")
    assert [row.name for row in (ada, bob, team)] == ["Ada", "Bob", "Team"]
    assert [row.assessor for row in (ada, bob, team)] == ["ada", "bob", ""]
    assert heads(assessment) == ("Assessor", *(each.short for each in assessment.rubric.principles), "Overall")
    judged = assessment.case("c1")
    assert team.levels == tuple(standing(assessment.rubric, each) for each in judged.principles)
    assert team.overall == overall_standing(assessment.rubric, judged)
    own = assess(document, "small", "r1", by="bob").case("c1")
    assert bob.levels == tuple(standing(assessment.rubric, each) for each in own.principles)
    assert ada.levels != bob.levels


def test_who_has_not_answered_has_no_row():
    document = example()
    unanswered = tuple(replace(each, verdict=None) if each.assessor == "bob" else each for each in document.answers)
    document = replace(document, answers=unanswered)
    rows = levels_by_assessor(document, assess(document, "small", "r1"), "c1")
    assert [row.name for row in rows] == ["Ada", "Team"]
    assert [row.name for row in levels_by_assessor(document, assess(document, "small", "r1"), "c2")] == ["Team"]


def test_in_a_study_without_rounds():
    document = replace(
        example(), rounds=(), sources=(), influences=(), challenges=(), findings=(), reviews=(), answers=(),
        consensus=(), overrides=(), ballots=()
    )  # fmt: skip
    (team,) = levels_by_assessor(document, assess(document), "c1")
    assert team.name == "Team"


@given(documents())
def test_as_scored_by_their_answers_alone(document):
    if not (document.rubrics and document.cases):
        return
    assessment = assess(document)
    where = (assessment.rubric.id, assessment.round.key if assessment.round else None)
    for case in document.cases:
        for row in levels_by_assessor(document, assessment, case.key):
            own = assess(document, *where, by=row.assessor).case(case.key)
            assert row.overall == overall_standing(assessment.rubric, own)
