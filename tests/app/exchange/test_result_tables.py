"""Results as tables: what stands in them is what the assessment says."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.actions.create import freeze
from app.analysis.assessment import assess
from app.analysis.distribution import distribution
from app.exchange.result_tables import answers_table, levels_table, spread_table
from app.model.assessment import Answer, FrozenRubric
from app.model.document import StudyDocument
from app.model.setting import Assessor, Case, Organisation, Round, Study
from app.rubric.library import load
from app.scoring.offered import answers_to

STUDY = Study(
    id=UUID(int=3), title="T", organisation=Organisation(name="O"), created_at=datetime(2024, 1, 2, tzinfo=UTC)
)


def study(rubric):
    """One case of two answered, each criterion with the second-best answer and a reason."""
    answers = [
        Answer(rubric=rubric, criterion=each.id, case="c0", round="r1", assessor="ada", rationale="=1+1",
               verdict=answers_to(load(rubric), each.id).steps[1].verdict)
        for each in load(rubric).criteria
    ]  # fmt: skip
    return StudyDocument(
        format="fieldquill-study", version=1, study=STUDY, rounds=(Round(key="r1", name="Round 1"),),
        assessors=(Assessor(key="ada", name="Ada"),), cases=(Case(key="c0", name="One"), Case(key="c1", name="Two")),
        rubrics=(freeze(FrozenRubric(key=rubric, version="1.0")),), answers=tuple(answers),
    )  # fmt: skip


@pytest.mark.parametrize("rubric", ["mlops-maturity", "ml-test-score", "microsoft-mlops-maturity", "mlops-principles"])
def test_tables_say_what_the_assessment_says(rubric):
    shown = assess(study(rubric))
    model = shown.rubric
    levels = levels_table(shown)
    assert len(levels.rows) == 2 * (len(model.principles) + (model.overall != "none"))
    first, case = dict(zip(levels.head, levels.rows[0], strict=True)), shown.cases[0]
    assert (first["Case"], first["Principle"]) == ("One", model.principles[0].name)
    assert first["Level"] == model.level(case.principles[0].score.level).name
    assert first["Share known"] == 1
    assert first["Why"] == case.principles[0].reason
    assert bool(first["Points"]) is (model.rule in ("points", "mean"))
    assert all(len(row) == len(levels.head) for row in levels.rows)


@pytest.mark.parametrize("rubric", ["mlops-maturity", "ml-test-score", "microsoft-mlops-maturity"])
def test_answers_are_in_the_rubrics_words_and_counted(rubric):
    shown = assess(study(rubric))
    answers = answers_table(shown)
    assert len(answers.rows) == 2 * len(list(shown.rubric.criteria))
    criterion = next(iter(shown.rubric.criteria))
    told = answers_to(shown.rubric, criterion.id)
    assert answers.rows[0][4] == told.label(told.steps[1].verdict)
    assert answers.rows[0][6] == "=1+1"
    assert answers.rows[-1][4] == "Unanswered"
    spread = spread_table(distribution(shown))
    assert spread.head[-1] == "Unanswered"
    assert all(sum(row[3:]) == 2 for row in spread.rows)
