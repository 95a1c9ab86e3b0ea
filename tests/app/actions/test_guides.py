"""Guides: made from the rubric, rewritten and removed, each in one step that can be taken back."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions import guides, things
from app.actions.errors import NotFoundError, RefusedError
from app.model.source import Guide, Question
from tests.app.actions.clocked import check_undo

replace = msgspec.structs.replace


def guide(study, key="g1"):
    return next(each for each in study.document.guides if each.key == key)


def test_a_guide_from_the_rubric_asks_for_every_criterion_in_its_order(study):
    changes = check_undo(study, guides.guide_from_rubric, "small")
    assert changes.label == "Make guide A small rubric from the rubric"
    made = guide(study, "g2")
    assert (made.name, changes.key_of("guides")) == ("A small rubric", "g2")
    assert [(each.key, each.text, each.rubric, each.principle, each.criterion) for each in made.questions] == [
        ("g2-1", "Does it?", "small", "first", "runs"),
        ("g2-2", "Is it?", "small", "first", "is-fast"),
        ("g2-3", "Who looks?", "small", "second", "seen"),
        ("g2-4", "What rings?", "small", "second", "alarms"),
    ]
    assert [each.minutes for each in made.questions] == [11, 11, 11, 12]


def test_it_is_called_and_timed_as_one_likes(study):
    study.do(guides.guide_from_rubric, "small", name="  Round  2 ", minutes=3)
    made = guide(study, "g2")
    assert made.name == "Round 2"
    assert [each.minutes for each in made.questions] == [1, 1, 1, 0]


def test_keys_of_its_questions_are_free_in_the_whole_study(study):
    stray = Question(key="g2-7", text="Whose?")
    study.do(guides.rewrite, replace(guide(study), questions=(*guide(study).questions, stray)))
    study.do(guides.guide_from_rubric, "small")
    assert [each.key for each in guide(study, "g2").questions] == ["g2-8", "g2-9", "g2-10", "g2-11"]
    assert guides.new_question_key(study.document, "g2") == "g2-12"
    assert guides.new_question_key(study.document, "g1") == "g1-2"
    assert guides.new_guide_key(study.document) == "g3"


def test_a_name_that_is_too_long_is_cut_and_no_rubric_refused(study):
    study.do(guides.guide_from_rubric, "small", name="n" * 300)
    assert guide(study, "g2").name == "n" * 199 + "…"
    with pytest.raises(NotFoundError, match='The study has no rubric "large"'):
        study.do(guides.guide_from_rubric, "large")


def test_every_shipped_rubric_makes_a_guide():
    from app.rubric import library

    for rubric in map(library.load, library.shipped()):
        made = list(guides._questions(rubric.id, rubric, "g1-1", 45))
        assert [each.criterion for each in made] == [each.id for each in rubric.criteria]
        assert all(0 < len(each.text) <= guides.LONGEST for each in made)
        assert sum(each.minutes for each in made) == 45


@given(st.integers(-5, 2000), st.integers(0, 60))
def test_minutes_are_shared_out_whole_and_evenly(minutes, among):
    shares = guides.shared_out(minutes, among)
    assert len(shares) == among
    assert sum(shares) == (min(max(minutes, 0), 600 * among) if among else 0)
    assert max(shares, default=0) - min(shares, default=0) <= 1
    assert shares.count(0) == max(among - max(minutes, 0), 0)
    if minutes < among:
        assert shares == sorted(shares, reverse=True)


def test_rewriting_says_what_became_of_the_guide(study):
    one = guide(study).questions[0]
    two, three = Question(key="g1-2", text="Who?" * 20, minutes=3), Question(key="g1-3", text="When?")
    labels = [
        check_undo(study, guides.rewrite, replace(guide(study), questions=questions)).label
        for questions in (
            (one, two),
            (two, one),
            (two, replace(one, minutes=9)),
            (replace(one, minutes=9),),
            (two, three),
        )
    ]
    assert labels == [
        "Add question Who?Who?Who?Who?Who?Who?Who?Who?Who?Who?Who?Who?Who?Who?Who…",
        "Move a question of guide Guide",
        "Change guide Guide",
        "Remove question Who?Who?Who?Who?Who?Who?Who?Who?Who?Who?Who?Who?Who?Who?Who…",
        "Change guide Guide, put in 1 interview",
    ]
    assert guide(study).questions[1].text == "When?"


def test_removing_a_question_that_was_put_says_so_and_can_be_taken_back(study):
    asked = study.document.sources[0].asked
    changes = check_undo(study, guides.rewrite, replace(guide(study), questions=()))
    assert changes.label == "Remove question Does it run?, put in 1 interview"
    assert study.document.sources[0].asked == ()
    study.undo()
    assert study.document.sources[0].asked == asked


def test_what_was_put_stays_with_questions_that_stay(study):
    asked = study.document.sources[0].asked
    one = replace(guide(study).questions[0], text="Does it run well?")
    study.do(guides.rewrite, replace(guide(study), questions=(Question(key="g1-2", text="First?"), one)))
    assert study.document.sources[0].asked == asked


def test_rewriting_to_the_same_is_nothing(study):
    assert study.do(guides.rewrite, guide(study)).seq is None


def test_a_question_stands_once(study):
    before = study.document
    one = guide(study).questions[0]
    with pytest.raises(RefusedError, match="A question stands in a guide once"):
        study.do(guides.rewrite, replace(guide(study), questions=(one, *[Question(key="g1-2", text="?")] * 2)))
    study.do(things.add, Guide(key="g2", name="Other"))
    with pytest.raises(RefusedError, match="The study has that already"):
        study.do(guides.rewrite, Guide(key="g2", name="Other", questions=(one,)))
    study.undo()
    assert study.document == before


def test_what_can_t_be_kept_is_refused(study):
    with pytest.raises(RefusedError, match="longer than 200"):
        study.do(guides.rewrite, replace(guide(study), questions=(Question(key="g1-2", text="x" * 201),)))
    with pytest.raises(NotFoundError, match='no guide "g9"'):
        study.do(guides.rewrite, Guide(key="g9", name="Nine"))
    with pytest.raises(NotFoundError, match='no guide "g9"'):
        study.do(guides.remove_guide, "g9")


def test_says_beforehand_what_can_t_be_kept(study):
    assert guides.question_problem("") == "A question needs its words."
    assert guides.question_problem("x" * 201) == "A question has at most 200 characters; this one has 201."
    assert guides.minutes_problem(601) == guides.minutes_problem(-1) == "A question can be given 0 to 600 minutes."
    fits = Question(key="g1-2", text="x" * 200, minutes=600)
    assert guides.question_problem(fits.text) == guides.minutes_problem(fits.minutes) == ""
    study.do(guides.rewrite, replace(guide(study), questions=(fits,)))


def test_removing_a_guide_says_who_follows_it(study):
    changes = check_undo(study, guides.remove_guide, "g1")
    assert changes.label == "Remove guide Guide, which 1 interview follows"
    assert study.document.guides == ()
    assert (study.document.sources[0].guide, study.document.sources[0].asked) == (None, ())


def test_removing_one_that_several_or_none_follow(study):
    study.do(things.change, replace(study.document.sources[1], guide="g1"))
    assert study.do(guides.remove_guide, "g1").label == "Remove guide Guide, which 2 interviews follow"
    study.do(things.add, Guide(key="g2", name="Other"))
    assert study.do(guides.remove_guide, "g2").label == "Remove guide Other"
