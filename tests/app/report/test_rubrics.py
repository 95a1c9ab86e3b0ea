"""The report on a study against each rubric that comes with the product, whatever its rule."""

import io

import pypdfium2
import pytest
from msgspec.structs import replace

from app.actions.create import freeze
from app.analysis.assessment import assess
from app.exchange.demo import demo_document
from app.model.assessment import Answer, FrozenRubric
from app.report.grid import Stack
from app.report.sections.summary import what_limits
from app.report.style import WIDTH
from app.rubric import library
from app.rubric.reading import rule_text
from app.scoring.explain import points_brief
from app.scoring.offered import answers_to
from tests.reports import build_report


def assessed(key):
    """AutoCorp's cases, answered against another rubric with every answer that it offers, one after the other."""
    whole, rubric = demo_document(), library.load(key)
    answers = []
    for place, case in enumerate(whole.cases):
        for number, criterion in enumerate(rubric.criteria):
            steps = answers_to(rubric, criterion.id).steps
            verdict = steps[(number + place) % len(steps)].verdict
            answers.append(
                Answer(
                    rubric=key,
                    criterion=criterion.id,
                    case=case.key,
                    round="r2",
                    assessor="a1",
                    verdict=verdict,
                    rationale=f"Said of number {number}.",
                )
            )
    return replace(
        whole,
        rubrics=(freeze(FrozenRubric(key=key)),),
        answers=tuple(answers),
        findings=(),
        challenges=(),
        reviews=(),
        guides=(),
        follow_ups=(),
        sources=tuple(replace(each, guide=None, asked=()) for each in whole.sources),
        codes=tuple(replace(each, rubric=None, principle=None) for each in whole.codes),
    )


@pytest.mark.parametrize("key", library.shipped())
def test_levels_answers_and_rule_of_every_rubric_are_printed(key):
    document = assessed(key)
    with pypdfium2.PdfDocument(io.BytesIO(build_report(document, version="1"))) as pdf:
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    assessment = assess(document)
    assert " ".join(rule_text(assessment.rubric).split()[:8]) in text
    for case in assessment.cases:
        for judged in case.principles:
            assert judged.score.points is None or points_brief(assessment.rubric, judged.score.points) in text
            for criterion in judged.criteria:
                assert criterion.criterion.name.capitalize() in text
                assert criterion.answers[0].rationale in text
    for step in answers_to(assessment.rubric, assessment.rubric.criteria[0].id).steps:
        assert step.short in text or step.label in text


def text_of(document):
    with pypdfium2.PdfDocument(io.BytesIO(build_report(document, version="1"))) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def test_levels_against_other_rubrics_have_a_section_of_their_own():
    whole, other = demo_document(), assessed("ml-test-score")
    both = replace(whole, rubrics=(*whole.rubrics, *other.rubrics), answers=(*whole.answers, *other.answers))
    both = replace(both, rubrics=tuple(freeze(each) for each in both.rubrics))
    text = text_of(both)
    assert "Against other rubrics" in text
    assessment = assess(both, "ml-test-score")
    assert f"{assessment.rubric.title}, version {assessment.rubric.version}" in text
    for case in assessment.cases:
        assert points_brief(assessment.rubric, case.score.overall.points) in text
    unanswered = replace(both, answers=whole.answers)
    assert "Against other rubrics" not in text_of(unanswered)


def test_the_heading_of_what_limits_each_case_is_not_left_behind_on_a_page():
    room, head, grid = what_limits(assess(demo_document()))
    assert room.height > Stack([head], WIDTH).height + grid.opening(WIDTH)
