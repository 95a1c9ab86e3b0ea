"""What is still to be asked in an interview, and what became of its guide's questions."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given

from app.analysis.assessment import assess
from app.analysis.still_to_ask import ItemKind, ItemState, asked_in, guide_state, source_of, still_to_ask
from app.exchange.demo import demo_document
from app.model.assessment import Answer, Consensus, FrozenRubric
from app.model.evidence import Evidence, Weight
from app.model.setting import Case
from app.model.source import Asked, Clock, FollowUp, FollowUpState, Guide, Question
from app.rubric.load import decode_rubric
from app.scoring.scale import Verdict
from tests.documents import RUBRIC_TEXT, documents, example, rubric

replace = msgspec.structs.replace
START = datetime(2022, 10, 10, 9, 0, tzinfo=UTC)
CRITERIA = ["runs", "seen", "is-fast", "alarms"]  # those of the next level before those of the one above


def at(minutes):
    return START + timedelta(minutes=minutes)


def study(*, follow_ups=(), answers=(), consensus=(), cases=("c1",), names=("c1", "c2"), **fields):
    """The example with one interview, held from 9:00 to 9:45 in r1, and nothing else that is asked or answered."""
    document = example()
    fields = {"guide": None, **fields}
    source = replace(document.sources[0], cases=cases, participants=("p1",), ended_at=at(45), **fields)
    known = tuple(Case(key=key, name=key.upper()) for key in names)
    return replace(
        document,
        sources=(source, *document.sources[1:]),
        cases=known,
        follow_ups=tuple(follow_ups),
        answers=tuple(answers),
        consensus=tuple(consensus),
        overrides=(),
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


def whys(document):
    return {key: item.why for key, item in criteria(document).items()}


# Criteria


def test_a_criterion_is_asked_until_there_is_evidence_for_every_case_here():
    assert keys(study()) == CRITERIA
    partly = {"verdict": Verdict.PARTIALLY}
    met = answer("runs", **partly)
    bare = answer("is-fast", evidence=False, **partly)
    assert keys(study(answers=[met, bare])) == ["seen", "alarms", "is-fast"]
    assert keys(study(answers=[replace(met, case="c2"), replace(met, round="r2")])) == CRITERIA
    both = study(cases=("c1", "c2"), answers=[met])
    assert criteria(both)["runs"].cases == ("c2",)
    assert "runs" not in keys(study(answers=[replace(met, verdict=None)])), "what it rests on is there; it is to judge"


def test_it_says_what_to_ask_and_why():
    item = criteria(study())["runs"]
    assert (item.question, item.why, item.principle) == ("Does it?", "unanswered for C1", "First")
    assert (item.rubric, item.criterion, item.cases, item.state) == ("small", "runs", ("c1",), ItemState.OPEN)
    assert item.follow_up == ""
    assert whys(study(cases=("c1", "c2")))["runs"] == "unanswered for C1 and C2"


def test_what_is_lacking_is_told_case_by_case():
    answers = [
        answer("runs", "c1", verdict=Verdict.UNKNOWN),
        answer("runs", "c2", verdict=Verdict.PARTIALLY, evidence=False),
    ]
    document = study(cases=("c1", "c2", "c3"), names=("c1", "c2", "c3"), answers=answers)
    assert whys(document)["runs"] == "unanswered for C3, unknown for C1, no evidence for C2"
    assert criteria(document)["runs"].cases == ("c1", "c2", "c3")


def test_an_interview_about_the_organisation_is_about_all_cases():
    document = study(cases=(), names=("c1", "c2", "c3"))
    assert whys(document)["runs"] == "unanswered for all cases"
    assert keys(study(cases=(), names=())) == []


def test_what_would_decide_a_level_first_is_asked_first():
    """First is stuck below the middle; on Second the top alone is open: only that can still move a level."""
    answers = [
        answer("runs", verdict=Verdict.NOT_ACHIEVED),
        answer("seen", verdict=Verdict.LARGELY),
        answer("is-fast", evidence=False, verdict=Verdict.PARTIALLY),
        answer("alarms", verdict=Verdict.UNKNOWN),
    ]
    assert keys(study(answers=answers)) == ["alarms", "is-fast"]
    assert keys(study(answers=answers[:2])) == ["alarms", "is-fast"]
    assert whys(study(answers=answers[:2]))["is-fast"] == "unanswered for C1"


def test_where_assessors_differ_there_is_something_to_agree_on_not_to_ask():
    apart = [answer("runs"), replace(answer("runs", verdict=Verdict.PARTIALLY), assessor="bob")]
    assert "runs" not in keys(study(answers=apart))
    agreed = Consensus(rubric="small", criterion="runs", case="c1", round="r1", verdict=Verdict.UNKNOWN, reason="so")
    assert whys(study(answers=apart, consensus=[agreed]))["runs"] == "unknown for C1"


def test_what_a_top_level_rests_on_with_one_source_alone_is_asked_of_another():
    def on_top(*links):
        return [replace(answer(key), evidence=links) for key in ("runs", "is-fast")]

    here, said = Evidence(passage="i1-p1", weight=Weight.SHOWN), Evidence(passage="m1-p1")
    shown = replace(said, weight=Weight.SHOWN)
    assert "is-fast" not in whys(study(answers=on_top(here))), "this interview is no second source"
    assert whys(study(answers=on_top(shown)))["is-fast"] == "one source alone for C1: ask for a second"
    assert whys(study(answers=on_top(said, replace(here, weight=Weight.SAID))))["is-fast"] == (
        "only said for C1: ask to be shown"
    )
    assert whys(study(answers=on_top(said)))["is-fast"] == (
        "said by one source alone for C1: ask for a second, or to be shown"
    )
    assert "runs" not in keys(study(answers=on_top(said))), "the middle level has enough"
    assert keys(study(answers=on_top(said))) == ["seen", "alarms", "is-fast"]
    assert "is-fast" not in keys(study(answers=on_top(shown, here)))


def test_what_was_withheld_is_told_and_not_asked_again():
    one = answer("runs", verdict=Verdict.WITHHELD, evidence=False, answered_at=datetime(2022, 10, 3, 23, tzinfo=UTC))
    document = study(answers=[one])
    *asked, told = still_to_ask(document, "i1")
    assert [item.key for item in asked] == CRITERIA[1:]
    assert (told.kind, told.state, told.criterion, told.follow_up) == ("withheld", "withheld", "runs", "")
    assert told.why == "withheld for C1 on 4 Oct 2022", "as the study's clocks showed it"
    two = study(cases=("c1", "c2"), answers=[replace(one, answered_at=None)])
    assert still_to_ask(two, "i1")[-1].why == "withheld for C1"
    assert criteria(two)["runs"].cases == ("c2",)
    agreed = Consensus(
        rubric="small", criterion="runs", case="c1", round="r1", verdict=Verdict.WITHHELD, reason="so", agreed_at=START
    )
    assert still_to_ask(study(consensus=[agreed]), "i1")[-1].why == "withheld for C1 on 10 Oct 2022"


def other(text):
    """A second rubric like the first, with other questions, or another version of it."""
    return replace(rubric(), key="other", text=text.replace("id: small", "id: other"))


def test_the_rubrics_of_a_study_come_one_after_the_other_the_main_one_first():
    second = other(RUBRIC_TEXT.replace("question: ", "question: Now "))
    document = replace(study(), rubrics=(rubric(), second))
    assert [(item.rubric, item.key) for item in still_to_ask(document, "i1")] == [
        *(("small", key) for key in CRITERIA),
        *(("other", key) for key in CRITERIA),
    ]
    first = replace(document, rubrics=(second, rubric()))
    assert still_to_ask(first, "i1")[0].rubric == "other"


def test_what_two_versions_of_a_rubric_ask_alike_is_asked_once():
    newer = other(RUBRIC_TEXT.replace("Is it?", "How fast is it?"))
    answers = [answer("runs", verdict=Verdict.PARTIALLY), answer("is-fast", verdict=Verdict.PARTIALLY)]
    document = replace(study(answers=answers), rubrics=(rubric(), newer))
    items = still_to_ask(document, "i1")
    assert [(item.rubric, item.key) for item in items] == [
        ("small", "seen"), ("small", "alarms"), ("other", "runs"), ("other", "is-fast"),
    ]  # fmt: skip
    both = replace(study(answers=answers, cases=("c1", "c2")), rubrics=(rubric(), newer))
    asked = {(item.rubric, item.key): item.cases for item in still_to_ask(both, "i1")}
    assert (asked["small", "runs"], asked["other", "runs"]) == (("c2",), ("c1",))


def test_a_rubric_that_counts_points_is_asked_for_too():
    points = decode_rubric((Path("rubrics") / "ml-test-score.yaml").read_text("utf-8"), "ml-test-score.yaml")
    frozen = FrozenRubric(key=points.id, text=(Path("rubrics") / "ml-test-score.yaml").read_text("utf-8"))
    document = replace(study(), rubrics=(frozen,), answers=(), codes=(), findings=(), challenges=())
    document = replace(document, guides=(), follow_ups=(), targets=(), next_steps=(), ballots=(), reviews=())
    assert keys(document) == [criterion.id for criterion in points.criteria]


# Not twice


@pytest.mark.parametrize(
    "question",
    [
        Question(key="q", text="In other words?", rubric="small", criterion="runs"),
        Question(key="q", text="Does  IT?"),
    ],
)
def test_what_the_guide_asks_is_not_asked_twice(question):
    document = study(guide="g")
    document = replace(document, guides=(Guide(key="g", name="G", questions=(question,)),))
    assert keys(document) == CRITERIA[1:]


@pytest.mark.parametrize(
    "asked",
    [
        {"question": "In other words?", "rubric": "small", "criterion": "runs"},
        {"question": "In other words?", "rubric": "small", "criterion": "runs", "case": "c1"},
        {"question": "does it?", "participant": "p1"},
        {"question": "Does it?", "rubric": "small", "criterion": "runs", "case": "c1", "entry": "i1-2"},
    ],
)
def test_what_a_follow_up_asks_is_not_asked_twice(asked):
    document = study(follow_ups=[follow_up("f1", **{"participant": "p1", **asked})])
    assert keys(document) == ["f1", *CRITERIA[1:]]


def test_a_follow_up_on_one_case_leaves_the_others_to_ask():
    asked = follow_up("f1", question="In other words?", rubric="small", criterion="runs", case="c1")
    assert criteria(study(cases=("c1", "c2"), follow_ups=[asked]))["runs"].cases == ("c2",)


# Not applicable


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
        follow_up("f2", rubric="small", criterion="is-fast", participant="p1", case="c1"),
        follow_up("f3", participant="p1", state=FollowUpState.ASKED, asked_at=at(-600)),
    ]
    items = still_to_ask(study(follow_ups=asked), "i1")
    assert [item.why for item in items[:3]] == ["uncertain in I1 line 2, for C1", "is fast, for C1", "asked before"]
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
        put(FollowUpState.ANSWERED, answered_in="m1"),
        put(FollowUpState.DROPPED, resolution="no"),
        put(case="c2"),
    ],
)
def test_what_was_not_put_here_leaves_the_criterion_open(asked):
    item = criteria(study(follow_ups=[asked]))["runs"]
    assert (item.state, item.follow_up) == (ItemState.OPEN, "")


def test_what_was_asked_before_without_an_answer_stands_as_the_follow_up_it_is():
    (first, *others) = still_to_ask(study(follow_ups=[put(asked_at=at(-100))]), "i1")
    assert (first.key, first.why, first.state) == ("f1", "asked before, runs, for C1", ItemState.OPEN)
    assert [item.key for item in others] == CRITERIA[1:]


def test_a_criterion_with_evidence_since_it_was_put_waits_for_its_answer_as_a_follow_up():
    document = study(follow_ups=[put()], answers=[answer("runs", verdict=Verdict.PARTIALLY)])
    assert keys(document) == ["f1", "seen", "alarms", "is-fast"]


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
        kinds = [list(ItemKind).index(item.kind) for item in items]
        assert kinds == sorted(kinds), "follow-ups, criteria, what was withheld"
        for kind in ItemKind:
            closed = [item.state is not ItemState.OPEN for item in items if item.kind is kind]
            assert closed == sorted(closed)
        shown = [item.follow_up for item in items if item.follow_up]
        assert len(set(shown)) == len(shown)


@given(documents(most=3))
def test_all_that_is_open_is_asked_once_or_told(document):
    for source in document.sources:
        here = source.cases or tuple(case.key for case in document.cases)
        items = still_to_ask(document, source.key)
        found = {kind: {(item.criterion, case) for item in items if item.kind is kind for case in item.cases}
                 for kind in ItemKind}  # fmt: skip
        assert found[ItemKind.CRITERION].isdisjoint(found[ItemKind.WITHHELD])
        asked = {}
        for item in items:
            if item.kind is ItemKind.FOLLOW_UP:
                asked.setdefault(item.criterion, set()).update(item.cases or here)
        guide = next((each for each in document.guides if each.key == source.guide), None)
        texts = {" ".join(question.text.casefold().split()) for question in (guide.questions if guide else ())}
        texts |= {" ".join(item.question.casefold().split()) for item in items if item.kind is ItemKind.FOLLOW_UP}
        guided = {question.criterion for question in (guide.questions if guide else ())}
        for case in assess(document, "small", source.round).cases:
            for judged in (each for principle in case.principles for each in principle.criteria):
                place, settled = (judged.criterion.id, case.case.key), judged.evidence
                if case.case.key not in here or judged.verdict is Verdict.NOT_APPLICABLE:
                    assert place not in found[ItemKind.CRITERION] | found[ItemKind.WITHHELD]
                elif judged.verdict is Verdict.WITHHELD:
                    assert place in found[ItemKind.WITHHELD]
                elif not settled or (judged.verdict is Verdict.UNKNOWN and not judged.effective.assessors_differ):
                    otherwise = case.case.key in asked.get(judged.criterion.id, ()) or judged.criterion.id in guided
                    same = judged.criterion.question.casefold() in texts
                    assert (place in found[ItemKind.CRITERION]) or otherwise or same


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
