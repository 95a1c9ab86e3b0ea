"""Rubrics of a study: another beside the first, the order, and one taken out with all that was judged by it."""

import msgspec
import pytest

from app.actions import assess, challenges, guides, roadmap, rubrics, things
from app.actions.errors import NotFoundError, RefusedError
from app.analysis.blind import seen_by
from app.analysis.rubric_change import JUDGED
from app.model.source import Question
from app.rubric import library
from app.rubric.errors import RubricError
from app.scoring.scale import Verdict
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


# Moving a round to another version

CHANGED = NEWER.replace("statement: It runs.", "statement: It runs fast.")
MOVED = (
    NEWER.replace("{id: seen, level: mid", "{id: watched, level: mid")
    .replace("id: first\n", "id: once\n")
    .replace("{id: top, name: Top", "{id: best, name: Best")
    .replace("top: ", "best: ")
    .replace("level: top", "level: best")
)


def under(study, table, key):
    return [thing for thing in getattr(study.document, table) if thing.rubric == key]


def bare(thing):
    fields = {"id": None, "rubric": ""}
    for name in ("evidence", "dissents", "members"):
        if hasattr(thing, name):
            fields[name] = tuple(replace(part, id=None) for part in getattr(thing, name))
    return replace(thing, **fields, **({"key": "k"} if hasattr(thing, "key") else {}))


def test_a_round_moves_to_a_version_with_all_that_was_judged(study):
    before = study.document
    assert check_undo(study, rubrics.move_rubric, "small", NEWER, "r1").label == "Move Round 1 to A small rubric 1.1"
    assert keys(study) == ["small-1.1", "small"]
    for table in JUDGED:
        assert under(study, table, "small") == list(getattr(before, table))
        assert list(map(bare, under(study, table, "small-1.1"))) == list(map(bare, getattr(before, table)))
    assert [thing.key for thing in under(study, "challenges", "small-1.1")] == ["ch1-1", "ch2-1"]
    assert {code.rubric for code in study.document.codes} == {"small-1.1", None}
    assert of(study, "guides", "g1").questions[0].rubric == "small-1.1"
    assert of(study, "follow_ups", "f1").rubric == "small-1.1"
    assert study.document.reviews == before.reviews


def test_answers_to_reworded_statements_go_along_only_where_somebody_looked(study):
    study.do(rubrics.move_rubric, "small", CHANGED, "r1")
    assert [a.criterion for a in under(study, "answers", "small-1.1")] == ["seen"]
    assert under(study, "consensus", "small-1.1") == []
    assert len(under(study, "next_steps", "small-1.1")) == 1
    study.undo()
    study.do(rubrics.move_rubric, "small", CHANGED, "r1", ["runs"])
    assert [a.criterion for a in under(study, "answers", "small-1.1")] == ["runs", "runs", "seen"]


def test_what_is_about_something_that_has_gone_is_left_behind(study):
    study.do(rubrics.move_rubric, "small", MOVED, "r1")
    assert [a.criterion for a in under(study, "answers", "small-1.1")] == ["runs", "runs"]
    assert under(study, "targets", "small-1.1") == under(study, "overrides", "small-1.1") == []
    assert [c.principle for c in under(study, "challenges", "small-1.1")] == ["second"]
    assert len(under(study, "answers", "small")) == 3
    assert of(study, "codes", "monitoring").rubric == "small-1.1"


def test_what_is_tied_to_what_has_gone_stays_tied_to_the_old_one(study):
    gone = NEWER.replace("id: second\n", "id: later\n").replace("{id: alarms", "{id: rings")
    study.do(rubrics.move_rubric, "small", gone, "r1")
    assert of(study, "codes", "monitoring").rubric == "small"
    assert of(study, "follow_ups", "f1").rubric == "small"


def test_nobodys_answer_is_overwritten_when_a_round_moves_again(study):
    study.do(rubrics.move_rubric, "small", NEWER, "r1")
    at = assess.Place("small-1.1", "runs", "c1", "r1", "ada")
    study.do(assess.answer, at, Verdict.NOT_ACHIEVED)
    before = study.document
    study.do(rubrics.move_rubric, "small", NEWER, "r1")
    for table in JUDGED:
        assert getattr(study.document, table) == getattr(before, table)
    with pytest.raises(RefusedError, match=r"Round 1 is assessed against A small rubric 1\.1 already"):
        study.do(rubrics.move_rubric, "small-1.1", NEWER, "r1")


def test_another_round_moves_on_its_own(study):
    study.do(rubrics.move_rubric, "small", NEWER, "r2")
    assert under(study, "answers", "small-1.1") == []
    assert len(under(study, "targets", "small-1.1")) == 1
    with pytest.raises(NotFoundError):
        study.do(rubrics.move_rubric, "small", NEWER, "r9")


def test_another_text_of_the_same_version_is_refused(study):
    with pytest.raises(RefusedError, match=r"The study has A small rubric 1\.0 already"):
        study.do(rubrics.move_rubric, "small", RUBRIC_TEXT.replace("It runs.", "It runs fast."), "r1")


def test_answers_that_are_hidden_stay_hidden_under_the_new_version(study):
    study.do(things.change, replace(study.document.ballots[0], revealed_at=None))
    study.do(rubrics.move_rubric, "small", NEWER, "r1")
    assert {a.assessor for a in under(study, "answers", "small-1.1")} == {"ada", "bob"}
    seen = seen_by(study.document, "ada")
    assert {a.assessor for a in seen.answers if a.rubric == "small-1.1"} == {"ada"}


def test_hidden_answers_are_not_copied_to_where_answers_are_revealed(study):
    study.do(rubrics.move_rubric, "small", NEWER, "r1")
    old = next(each for each in study.document.ballots if each.rubric == "small")
    study.do(things.change, replace(old, revealed_at=None))
    before = study.document
    with pytest.raises(RefusedError, match="answers for Canary one are still hidden"):
        study.do(rubrics.move_rubric, "small", NEWER, "r1")
    assert study.document is before
    study.do(rubrics.move_rubric, "small", NEWER, "r2")  # where nothing is hidden


def test_a_next_step_or_challenge_that_was_told_otherwise_is_not_copied_twice(study):
    study.do(rubrics.move_rubric, "small", NEWER, "r1")
    step, (challenge, _) = under(study, "next_steps", "small-1.1")[0], under(study, "challenges", "small-1.1")
    study.do(roadmap.change_step, step.key, "text", "Do it soon.")
    study.do(challenges.describe_challenge, challenge.key, "More of it.")
    before = study.document
    study.do(rubrics.move_rubric, "small", NEWER, "r1")
    assert (study.document.next_steps, study.document.challenges) == (before.next_steps, before.challenges)
