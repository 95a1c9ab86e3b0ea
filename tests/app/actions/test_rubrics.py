"""Rubrics of a study: another beside the first, the order, and one taken out with all that was judged by it."""

import msgspec
import pytest

from app.actions import guides, rubrics, things
from app.actions.errors import NotFoundError, RefusedError
from app.model.source import Question
from app.rubric import library
from app.rubric.errors import RubricError
from tests.app.actions.clocked import check_undo, done, of
from tests.documents import RUBRIC_TEXT

replace = msgspec.structs.replace
NEWER = RUBRIC_TEXT.replace('version: "1.0"', 'version: "1.1"')


def keys(study):
    return [rubric.key for rubric in study.document.rubrics]


def test_another_rubric_stands_behind_the_first(study):
    changes = check_undo(study, rubrics.add_rubric, library.text("john-2021-stages"))
    assert keys(study) == ["small", "john-2021-stages"]
    assert changes.label == "Add rubric Stages of MLOps, after John, Olsson and Bosch 1.0"
    assert changes.tables == {"rubrics"}
    assert study.document.rubrics[1].text == library.text("john-2021-stages")


def test_a_further_version_has_its_version_in_its_key(study):
    study.do(rubrics.add_rubric, NEWER)
    assert keys(study) == ["small", "small-1.1"]
    assert [each.version for each in study.document.rubrics] == ["1.0", "1.1"]


@pytest.mark.parametrize("text", [RUBRIC_TEXT, RUBRIC_TEXT.replace("It runs.", "It runs well.")])
def test_the_same_version_is_not_kept_twice(study, text):
    with pytest.raises(RefusedError, match=r"The study has A small rubric 1\.0 already"):
        study.do(rubrics.add_rubric, text)
    study.do(rubrics.add_rubric, NEWER)
    with pytest.raises(RefusedError, match=r"The study has A small rubric 1\.1 already"):
        study.do(rubrics.add_rubric, NEWER)
    assert keys(study) == ["small", "small-1.1"]


def test_a_broken_text_says_where(study):
    with pytest.raises(RubricError, match="expected one of mid, top as level") as refused:
        study.do(rubrics.add_rubric, RUBRIC_TEXT.replace("id: runs, level: mid", "id: runs, level: low"))
    assert str(refused.value).startswith("the rubric, line ")
    assert keys(study) == ["small"]


def test_the_first_is_the_studys_main_one(study):
    study.do(rubrics.add_rubric, NEWER)
    assert done(study, rubrics.make_first, "small-1.1") == "Put A small rubric 1.1 first"
    assert keys(study) == ["small-1.1", "small"]
    with pytest.raises(NotFoundError, match='no rubric "large"'):
        study.do(rubrics.make_first, "large")


def test_what_was_judged_by_a_rubric_goes_with_it_and_what_is_tied_to_it_stays(study):
    study.do(rubrics.add_rubric, NEWER)
    guide = of(study, "guides", "g1")
    both = Question(key="g1-2", text="And?", rubric="small", principle="first", criterion="runs")
    study.do(guides.rewrite, replace(guide, questions=(*guide.questions, both)))
    assert check_undo(study, rubrics.remove_rubric, "small").label == "Remove A small rubric 1.0 and 3 answers"
    document = study.document
    assert keys(study) == ["small-1.1"]
    judged = ("answers", "ballots", "consensus", "overrides", "targets", "next_steps", "findings", "challenges")
    assert [getattr(document, table) for table in judged] == [()] * len(judged)
    assert document.reviews[0].items == ()
    assert {code.rubric for code in document.codes} | {code.principle for code in document.codes} == {None}
    assert len(document.codings) == 1
    assert {(q.rubric, q.principle, q.criterion) for q in of(study, "guides", "g1").questions} == {(None, None, None)}
    assert of(study, "follow_ups", "f1").rubric is None
    assert len(document.influences) == 2


def test_the_last_rubric_stays(study):
    with pytest.raises(RefusedError, match="A study keeps one rubric at least"):
        study.do(rubrics.remove_rubric, "small")
    study.do(rubrics.add_rubric, NEWER)
    assert done(study, rubrics.remove_rubric, "small-1.1") == "Remove A small rubric 1.1"
    with pytest.raises(NotFoundError):
        study.do(rubrics.remove_rubric, "small-1.1")


def test_rubrics_are_not_changed_as_things_are(study):
    with pytest.raises(RefusedError, match="keeps the rubric"):
        study.do(things.change, study.document.rubrics[0])
