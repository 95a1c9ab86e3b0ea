"""What is still to be asked in an interview, and what became of its guide's questions."""

import time
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given

from app.analysis.still_to_ask import ItemKind, ItemState, asked_in, guide_state, source_of, still_to_ask
from app.exchange.demo import demo_document
from app.model.assessment import Answer, Consensus
from app.model.evidence import Evidence
from app.model.setting import Case
from app.model.source import Asked, Clock, FollowUp, FollowUpState, Guide, Question
from app.rubric.load import decode_rubric
from app.scoring.scale import Verdict
from tests.documents import RUBRIC_TEXT, documents, example

replace = msgspec.structs.replace
START = datetime(2022, 10, 10, 9, 0, tzinfo=UTC)
CRITERIA = [criterion.id for criterion in decode_rubric(RUBRIC_TEXT, "small.yaml").criteria]


def at(minutes):
    return START + timedelta(minutes=minutes)


def study(*, follow_ups=(), answers=(), consensus=(), cases=("c1",), names=("c1", "c2"), **fields):
    """The example with one interview, held from 9:00 to 9:45 in r1, and nothing else that is asked or answered."""
    document = example()
    source = replace(document.sources[0], cases=cases, participants=("p1",), ended_at=at(45), **fields)
    known = tuple(Case(key=key, name=key.upper()) for key in names)
    return replace(
        document,
        sources=(source, *document.sources[1:]),
        cases=known,
        follow_ups=tuple(follow_ups),
        answers=tuple(answers),
        consensus=tuple(consensus),
    )


def answer(criterion, case="c1", evidence=True, wave="r1", verdict=Verdict.FULLY, **fields):
    links = (Evidence(passage="i1-p1"),) if evidence else ()
    return Answer(
        rubric="small", criterion=criterion, case=case, round=wave, assessor="ada", verdict=verdict, evidence=links,
        **fields,
    )  # fmt: skip


def follow_up(key="f1", **fields):
    return FollowUp(key=key, question=fields.pop("question", "Which?"), **fields)


def keys(document, kind=None):
    return [item.key for item in still_to_ask(document, "i1") if kind in (None, item.kind)]


def criteria(document):
    return {item.key: item for item in still_to_ask(document, "i1") if item.kind is ItemKind.CRITERION}


# Criteria


def test_a_criterion_is_asked_until_there_is_evidence_for_every_case_here():
    assert keys(study()) == CRITERIA
    assert keys(study(answers=[answer("runs"), answer("is-fast", evidence=False)])) == CRITERIA[1:]
    assert keys(study(answers=[answer("runs", case="c2"), answer("runs", wave="r2")])) == CRITERIA
    both = study(cases=("c1", "c2"), answers=[answer("runs")])
    assert criteria(both)["runs"].cases == ("c2",)


def test_it_says_what_to_ask_and_why():
    item = criteria(study())["runs"]
    assert (item.question, item.why, item.principle) == ("Does it?", "no evidence for C1", "First")
    assert (item.rubric, item.criterion, item.cases, item.state) == ("small", "runs", ("c1",), ItemState.OPEN)
    assert item.follow_up == ""
    assert criteria(study(cases=("c1", "c2")))["runs"].why == "no evidence for C1 and C2"


def test_an_interview_about_the_organisation_is_about_all_cases():
    document = study(cases=(), names=("c1", "c2", "c3"))
    assert criteria(document)["runs"].why == "no evidence for any case"
    assert keys(study(cases=(), names=())) == []


def test_what_does_not_apply_needs_no_evidence():
    no = Verdict.NOT_APPLICABLE
    away = answer("runs", evidence=False, verdict=no)
    assert "runs" not in keys(study(answers=[away]))
    unsure = replace(away, assessor="bob", verdict=Verdict.UNKNOWN)
    assert "runs" in keys(study(answers=[away, unsure]))
    agreed = Consensus(rubric="small", criterion="runs", case="c1", round="r1", verdict=no, reason="so")
    assert "runs" not in keys(study(answers=[away, unsure], consensus=[agreed]))
    assert "runs" in keys(study(consensus=[replace(agreed, round="r2")]))
    assert "runs" in keys(study(answers=[replace(away, verdict=None)]))


# Follow-ups


def test_follow_ups_of_the_people_cases_and_lines_here_come_first():
    wanted = [
        follow_up("f-person", participant="p1"),
        follow_up("f-case", case="c1", participant="p2"),
        follow_up("f-line", entry="i1-2", participant="p2"),
    ]
    others = [
        follow_up("f-elsewhere", participant="p2"),
        follow_up("f-other-case", case="c2"),
        follow_up("f-organisation"),
        follow_up("f-done", participant="p1", state=FollowUpState.ANSWERED, resolution="so"),
        follow_up("f-dropped", participant="p1", state=FollowUpState.DROPPED),
    ]
    assert keys(study(follow_ups=[*wanted, *others])) == [each.key for each in wanted] + CRITERIA


def test_about_the_organisation_follow_ups_of_any_case_and_of_none_are_asked():
    asked = [follow_up("f1", case="c2"), follow_up("f2"), follow_up("f3", participant="p2")]
    assert keys(study(cases=(), follow_ups=asked), ItemKind.FOLLOW_UP) == ["f1", "f2"]


def test_a_follow_up_says_where_it_comes_from():
    asked = [
        follow_up("f1", entry="i1-2", case="c1", participant="p1"),
        follow_up("f2", rubric="small", criterion="is-fast", participant="p1"),
        follow_up("f3", participant="p1", state=FollowUpState.ASKED, asked_at=at(-600)),
    ]
    items = still_to_ask(study(follow_ups=asked), "i1")
    assert [item.why for item in items[:3]] == ["uncertain in I1 line 2, for C1", "is fast", "asked before"]
    assert [item.principle for item in items[:3]] == ["", "First", ""]
    assert [item.follow_up for item in items[:3]] == ["f1", "f2", "f3"]
    assert items[0].cases == ("c1",)


def test_what_was_asked_here_without_an_answer_comes_after_what_is_open():
    asked = follow_up("f1", participant="p1", state=FollowUpState.ASKED, asked_at=at(10))
    document = study(follow_ups=[asked, follow_up("f2", participant="p1")])
    assert keys(document, ItemKind.FOLLOW_UP) == ["f2", "f1"]
    assert still_to_ask(document, "i1")[1].state is ItemState.ASKED
    elsewhere = replace(asked, participant="p2", case="c2")
    assert keys(study(follow_ups=[elsewhere]), ItemKind.FOLLOW_UP) == ["f1"], "it was asked here all the same"


# Criteria that were put


def put(state=FollowUpState.ASKED, **fields):
    fields = {"asked_at": at(10), "case": "c1", "question": "Does it?", **fields}
    return follow_up("f1", rubric="small", criterion="runs", state=state, **fields)


@pytest.mark.parametrize(
    ("asked", "state"),
    [
        (put(), ItemState.ASKED),
        (put(case=None), ItemState.ASKED),
        (put(FollowUpState.ANSWERED, answered_in="i1"), ItemState.ANSWERED),
    ],
)
def test_a_criterion_put_here_comes_last_and_once(asked, state):
    document = study(follow_ups=[asked])
    assert keys(document) == [*CRITERIA[1:], "runs"]
    item = criteria(document)["runs"]
    assert (item.state, item.follow_up) == (state, "f1")


def test_a_criterion_opened_again_is_listed_once_and_is_the_same_question():
    document = study(follow_ups=[put(FollowUpState.OPEN, asked_at=None)])
    assert keys(document) == CRITERIA
    assert criteria(document)["runs"].follow_up == "f1"


def test_asked_beats_open_where_both_are_there():
    open_one = replace(put(FollowUpState.OPEN, asked_at=None), key="f0", case=None)
    for order in ([put(), open_one], [open_one, put()]):
        assert criteria(study(follow_ups=order))["runs"].follow_up == "f1"


@pytest.mark.parametrize(
    "asked",
    [
        put(asked_at=at(-100)),
        put(FollowUpState.ANSWERED, answered_in="m1"),
        put(FollowUpState.DROPPED, resolution="no"),
        put(case="c2"),
        put(question="Another one?"),
        put(entry="i1-2"),
    ],
)
def test_what_was_not_put_here_leaves_the_criterion_open(asked):
    item = criteria(study(follow_ups=[asked]))["runs"]
    assert (item.state, item.follow_up) == (ItemState.OPEN, "")


def test_a_criterion_with_evidence_since_it_was_put_waits_for_its_answer_as_a_follow_up():
    document = study(follow_ups=[put()], answers=[answer("runs")])
    assert keys(document) == ["f1", *CRITERIA[1:]]


# Asked in


def test_what_was_asked_in_an_interview_was_asked_while_it_went_on():
    source = study().sources[0]
    asked = put()
    assert asked_in(source, asked)
    assert asked_in(source, put(asked_at=at(45)))
    assert not asked_in(source, put(asked_at=at(46)))
    assert not asked_in(source, put(asked_at=at(-1)))
    assert not asked_in(source, put(asked_at=None))
    assert asked_in(replace(source, ended_at=None, clock=Clock.RUNNING), put(asked_at=at(5000)))
    assert asked_in(replace(source, ended_at=None), put(asked_at=at(600)))
    assert not asked_in(replace(source, ended_at=None), put(asked_at=at(5000)))
    assert not asked_in(replace(source, started_at=None, ended_at=None), asked)
    assert asked_in(source, put(answered_in="i1", asked_at=None))
    assert not asked_in(source, put(answered_in="m1"))


# The whole


def test_an_interview_that_is_not_there():
    with pytest.raises(KeyError):
        still_to_ask(example(), "i9")
    assert source_of(example(), "m1").key == "m1"


@given(documents(most=3))
def test_every_question_once_and_in_order(document):
    for source in document.sources:
        items = still_to_ask(document, source.key)
        places = [(item.kind, item.rubric, item.key) for item in items]
        assert len(set(places)) == len(places)
        follow_ups = [item for item in items if item.kind is ItemKind.FOLLOW_UP]
        assert list(items[: len(follow_ups)]) == follow_ups
        for group in (follow_ups, items[len(follow_ups) :]):
            closed = [item.state is not ItemState.OPEN for item in group]
            assert closed == sorted(closed)
        shown = [item.follow_up for item in items if item.follow_up]
        assert len(set(shown)) == len(shown)
        evidence = {(a.criterion, a.case) for a in document.answers if a.round == source.round and a.evidence}
        for item in items[len(follow_ups) :]:
            assert item.cases
            assert not {(item.key, case) for case in item.cases} & evidence


def test_the_demonstration_study_takes_under_five_milliseconds():
    document = demo_document()
    items = still_to_ask(document, "i14")
    assert [item.key for item in items if item.kind is ItemKind.FOLLOW_UP] == ["fu19", "fu20"]
    assert len(still_to_ask(document, "i1")) > 20, "round 1 was no assessment"
    best = min(_timed(lambda: still_to_ask(document, "i1")) for _ in range(5))
    assert best < 0.005


def _timed(work):
    start = time.process_time()
    work()
    return time.process_time() - start


# The guide


def test_the_guide_with_what_became_of_its_questions():
    questions = (
        Question(key="q1", text="One?", rubric="small", principle="second", minutes=5),
        Question(key="q2", text="Two?", rubric="small", criterion="runs", minutes=3),
        Question(key="q3", text="Three?", minutes=2),
        Question(key="q4", text="Four?", rubric="small"),
    )
    asked = (Asked(question="q1", at=at(3), answered=True), Asked(question="q2", at=at(4)), Asked(question="gone"))
    document = replace(example(), guides=(Guide(key="g", name="G", questions=questions),))
    lines = guide_state(document, replace(document.sources[0], guide="g", asked=asked))
    assert [line.principle for line in lines] == ["Second", "First", "", ""]
    assert [(line.asked, line.answered, line.at) for line in lines] == [
        (True, True, at(3)),
        (True, False, at(4)),
        (False, False, None),
        (False, False, None),
    ]
    assert [(line.minutes, line.until) for line in lines] == [(5, 5), (3, 8), (2, 10), (0, 10)]
    assert guide_state(document, replace(document.sources[0], guide=None)) == ()
