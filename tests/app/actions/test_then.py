"""What an answer was at a time, as the audit trail has it."""

from datetime import timedelta

from msgspec.structs import replace

from app.actions import assess
from app.actions.then import verdict_then
from app.scoring.scale import Verdict
from tests.app.actions.clocked import START

AT = assess.Place("small", "alarms", "c2", "r1", "ada")


def answer(study):
    return next(each for each in study.document.answers if (each.case, each.criterion) == ("c2", "alarms"))


def test_what_an_answer_was(timed, clock):
    timed.do(assess.answer, AT, Verdict.PARTIALLY)
    clock.forward(hours=1)
    agreed = clock()
    clock.forward(hours=1)
    timed.do(assess.explain, AT, "a reason alone")
    clock.forward(hours=1)
    timed.do(assess.answer, AT, Verdict.FULLY)
    clock.forward(hours=1)
    timed.do(assess.answer, AT, Verdict.LARGELY)
    found = answer(timed)
    assert verdict_then(timed, found, agreed) is Verdict.PARTIALLY
    assert verdict_then(timed, found, START + timedelta(hours=3)) is Verdict.FULLY
    assert verdict_then(timed, found, clock()) is None  # it has not changed since


def test_what_was_no_answer_yet(timed, clock):
    before = clock()
    clock.forward(hours=1)
    timed.do(assess.answer, AT, Verdict.FULLY)
    assert verdict_then(timed, answer(timed), before) is None


def test_an_answer_taken_back_and_given_again(timed, clock):
    timed.do(assess.answer, AT, None, "only a reason")
    clock.forward(hours=1)
    agreed = clock()
    clock.forward(hours=1)
    timed.do(assess.answer, AT, Verdict.FULLY)
    assert verdict_then(timed, answer(timed), agreed) is None


def test_of_what_was_imported_the_trail_does_not_know(timed, clock):
    first = timed.document.answers[0]
    assert verdict_then(timed, first, clock()) is None
    assert verdict_then(timed, replace(first, id=None), clock()) is None
