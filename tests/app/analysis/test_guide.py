"""Guides with a question more, less, changed or elsewhere: order and keys stay what they should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.guide import (
    followed_by,
    guide_for_next,
    principle_of,
    rubrics_of,
    summary,
    tied,
    with_changed,
    with_moved,
    with_question,
    without_question,
)
from app.model.source import Guide, Question, SourceKind
from tests.documents import RUBRIC

KEYS = st.lists(st.integers(1, 30).map(lambda number: f"g1-{number}"), unique=True, max_size=8)
GUIDES = KEYS.map(lambda keys: guide(*keys))
RUBRICS = {"small": RUBRIC}


def guide(*keys):
    return Guide(key="g1", name="Guide", questions=tuple(Question(key=key, text=f"{key}?", minutes=2) for key in keys))


def keys_of(of):
    return [question.key for question in of.questions]


def test_says_what_it_comes_to():
    assert summary(guide()) == "0 questions"
    assert summary(guide("a")) == "1 question, 2 min"
    assert summary(guide("a", "b", "c")) == "3 questions, 6 min"
    assert summary(Guide(key="g1", name="G", questions=(Question(key="a", text="?"),))) == "1 question"


def test_counts_who_follows_it(small):
    assert followed_by(small, "g1") == sum(source.guide == "g1" for source in small.sources) == 1
    assert followed_by(small, "g2") == 0


def test_an_interview_begins_with_the_guide_of_the_one_before_it_or_the_only_one_there_is(small):
    interview, meeting = SourceKind.INTERVIEW, SourceKind.MEETING
    last = [source.guide for source in small.sources if source.round == "r1" and source.kind is interview][-1]
    assert guide_for_next(small, "r1", interview) == last
    bare = replace(small, sources=(), guides=small.guides[:1])
    assert guide_for_next(bare, "r1", interview) == small.guides[0].key
    assert guide_for_next(bare, "r1", meeting) is None
    assert guide_for_next(replace(bare, guides=()), "r1", interview) is None
    assert guide_for_next(replace(bare, guides=(*bare.guides, guide("a"))), "r1", interview) is None
    unled = replace(next(each for each in small.sources if each.kind is interview), guide=None, round="r2")
    assert guide_for_next(replace(bare, sources=(unled,)), "r2", interview) is None


def test_reads_the_study_s_rubrics(small):
    assert list(rubrics_of(small)) == ["mlops-maturity"]
    assert rubrics_of(small)["mlops-maturity"].title.startswith("MLOps maturity")


@given(GUIDES, st.integers(-2, 12))
def test_a_question_more(of, at):
    new = Question(key="g1-99", text="New?")
    after = with_question(of, new, at)
    assert after.questions[min(max(at, 0), len(of.questions))] == new
    assert without_question(after, new.key) == of


@given(GUIDES, st.data())
def test_a_question_less(of, data):
    key = data.draw(st.sampled_from([*keys_of(of), "none"]))
    after = without_question(of, key)
    assert keys_of(after) == [each for each in keys_of(of) if each != key]


@given(GUIDES, st.integers(-2, 12), st.data())
def test_a_question_elsewhere(of, to, data):
    key = data.draw(st.sampled_from([*keys_of(of), "none"]))
    after = with_moved(of, key, to)
    assert sorted(after.questions, key=hash) == sorted(of.questions, key=hash)
    assert without_question(after, key) == without_question(of, key)
    if key != "none":
        assert keys_of(after).index(key) == min(max(to, 0), len(of.questions) - 1)
        assert with_moved(after, key, keys_of(of).index(key)) == of
    else:
        assert after == of


@given(GUIDES, st.data())
def test_a_question_changed(of, data):
    key = data.draw(st.sampled_from([*keys_of(of), "none"]))
    after = with_changed(of, Question(key=key, text="Else?"))
    assert keys_of(after) == keys_of(of)
    assert [each.key for each in after.questions if each.text == "Else?"] == [
        each for each in keys_of(of) if each == key
    ]


@pytest.mark.parametrize(
    ("question", "principle"),
    [
        (Question(key="q", text="?"), None),
        (Question(key="q", text="?", rubric="small", principle="first"), "first"),
        (Question(key="q", text="?", rubric="small", criterion="alarms"), "second"),
        (Question(key="q", text="?", rubric="small", principle="second", criterion="alarms"), "second"),
        (Question(key="q", text="?", rubric="other", criterion="alarms"), None),
    ],
)
def test_which_principle_it_gets_at(question, principle):
    assert principle_of(question, RUBRICS) == principle


def test_tying_it_to_a_principle_keeps_its_criterion_only_within():
    of = Question(key="q", text="?", rubric="small", criterion="runs", minutes=3)
    same = tied(of, "small", "first", RUBRICS)
    assert (same.principle, same.criterion, same.minutes) == ("first", "runs", 3)
    other = tied(same, "small", "second", RUBRICS)
    assert (other.rubric, other.principle, other.criterion) == ("small", "second", None)
    none = tied(same, None, None, RUBRICS)
    assert (none.rubric, none.principle, none.criterion) == (None, None, None)
    elsewhere = tied(same, "large", "first", RUBRICS)
    assert (elsewhere.rubric, elsewhere.principle, elsewhere.criterion) == ("large", "first", None)
