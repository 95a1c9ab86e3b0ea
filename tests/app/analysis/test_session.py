"""How long an interview takes, has left, and how soon its notes were complete."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.collection import minutes_text
from app.analysis.session import (
    CompletionData,
    completion,
    completion_gap,
    elapsed,
    gap_text,
    later,
    planned_minutes,
    remaining,
)
from app.model.source import Clock, Entry, Guide, Question, Source, SourceKind, SourceStatus
from tests.documents import example

replace = msgspec.structs.replace
START = datetime(2022, 10, 10, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minutes):
    return START + minutes * MINUTE


def source(**fields):
    return Source(key="x", title="X", round="r1", **{"status": SourceStatus.OPEN, **fields})


def running(**fields):
    return source(started_at=START, clock=Clock.RUNNING, **fields)


def test_nothing_has_passed_before_the_start():
    assert elapsed(source(), at(10)) == timedelta()
    assert elapsed(source(status=SourceStatus.PLANNED, started_at=START, ended_at=at(45)), at(50)) == timedelta()
    assert elapsed(source(started_at=START), at(10)) == timedelta()


def test_the_clock_runs_stands_and_stops():
    assert elapsed(running(), at(10)) == 10 * MINUTE
    assert elapsed(running(paused=120), at(10)) == 8 * MINUTE
    paused = source(started_at=START, clock=Clock.PAUSED, paused_at=at(10), paused=60)
    assert elapsed(paused, at(30)) == 9 * MINUTE
    assert elapsed(source(started_at=START, ended_at=at(45), paused=300), at(90)) == 40 * MINUTE


STEPS = st.lists(st.tuples(st.sampled_from(["wait", "pause", "resume"]), st.integers(0, 3600)), max_size=20)


@given(STEPS, st.booleans())
def test_elapsed_is_the_time_the_clock_ran(steps, ended):
    """Play a session second by second, and count by hand."""
    session, now, ran = running(), START, 0
    for step, seconds in steps:
        if step == "pause" and session.clock is Clock.RUNNING:
            session = replace(session, clock=Clock.PAUSED, paused_at=now)
        elif step == "resume" and session.clock is Clock.PAUSED:
            stood = int((now - session.paused_at).total_seconds())
            session = replace(session, clock=Clock.RUNNING, paused_at=None, paused=session.paused + stood)
        ran += seconds if session.clock is Clock.RUNNING else 0
        now += timedelta(seconds=seconds)
    if ended:
        stood = int((now - session.paused_at).total_seconds()) if session.paused_at else 0
        session = replace(session, clock=Clock.STOPPED, paused_at=None, paused=session.paused + stood, ended_at=now)
        now += timedelta(hours=5)
    assert elapsed(session, now) == timedelta(seconds=ran)


@given(st.integers(-10_000, 10_000), st.integers(0, 20_000))
def test_elapsed_is_never_negative_and_remaining_is_the_rest(seconds, paused):
    now, document = START + timedelta(seconds=seconds), example()
    session = running(paused=paused, planned=30)
    assert elapsed(session, now) >= timedelta()
    assert remaining(document, session, now) + elapsed(session, now) == 30 * MINUTE


def test_how_long_it_is_to_take():
    questions = tuple(Question(key=f"q{n}", text="?", minutes=n) for n in (5, 7))
    document = replace(example(), guides=(Guide(key="g", name="G", questions=questions), Guide(key="e", name="E")))
    assert planned_minutes(document, source(planned=30, guide="g")) == 30
    assert planned_minutes(document, source(guide="g")) == 12
    assert planned_minutes(document, source(guide="e")) == planned_minutes(document, source()) == 45
    assert remaining(document, running(planned=5), at(8)) == -3 * MINUTE


def test_the_minutes_told_in_the_report_leave_pauses_out():
    assert minutes_text([source(started_at=START, ended_at=at(45), paused=600)]) == "35"
    assert minutes_text([source(started_at=START, ended_at=at(45), paused=6000)]) == "0"


def test_the_gap_to_completion():
    assert completion_gap(source(started_at=START, ended_at=at(45))) is None
    assert completion_gap(source(finished_at=at(45))) is None
    assert completion_gap(source(started_at=START, ended_at=at(45), finished_at=at(50))) == 5 * MINUTE
    assert completion_gap(source(started_at=START, ended_at=at(45), finished_at=at(40))) == timedelta()


def test_a_line_noted_after_the_end_is_later():
    ended = source(started_at=START, ended_at=at(45))
    assert later(ended, Entry(key="l", text="", at=at(46)))
    assert not later(ended, Entry(key="l", text="", at=at(45)))
    assert not later(ended, Entry(key="l", text=""))
    assert not later(running(), Entry(key="l", text="", at=at(46)))
    assert not later(replace(ended, clock=Clock.RUNNING), Entry(key="l", text="", at=at(46)))


def finished(ended, done, **fields):
    given_fields = {"started_at": START, "ended_at": ended, "finished_at": done, "zone": "Europe/Berlin"}
    notes = {"entries": (Entry(key="n", text="noted"),), "status": SourceStatus.FINISHED}
    return source(**{**notes, **given_fields, **fields})


def told(*sources):
    return completion(replace(example(), sources=sources))


def test_nothing_to_tell():
    assert told() == CompletionData(0, 0, 0, None, None)
    nobody_knows = finished(at(45), None)
    assert told(nobody_knows) == CompletionData(1, 0, 0, None, None)
    left_out = (
        finished(at(45), at(50), entries=()),
        finished(at(45), at(50), status=SourceStatus.OPEN),
        finished(at(45), at(50), kind=SourceKind.MEETING),
    )
    assert told(*left_out) == told()


def test_the_same_day_is_the_days_of_the_place():
    evening = finished(datetime(2022, 10, 10, 20, 0, tzinfo=UTC), datetime(2022, 10, 10, 21, 59, tzinfo=UTC))
    past_midnight = replace(evening, finished_at=datetime(2022, 10, 10, 22, 1, tzinfo=UTC))
    assert told(evening).same_day == 1
    assert told(past_midnight).same_day == 0
    assert told(replace(past_midnight, zone="Etc/UTC")).same_day == 1


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=9))
def test_median_and_longest(minutes):
    data = told(*(finished(at(45), at(45 + gap)) for gap in minutes))
    assert data.longest == max(minutes) * MINUTE
    assert sum(gap * MINUTE <= data.median for gap in minutes) * 2 >= len(minutes)
    assert sum(gap * MINUTE >= data.median for gap in minutes) * 2 >= len(minutes)
    assert data.finished == data.known == len(minutes)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 min"), (35, "35 min"), (60, "1 h"), (65, "1 h 5 min"), (2879, "47 h 59 min"), (2880, "2 days")],
)
def test_gaps_in_words(minutes, text):
    assert gap_text(minutes * MINUTE) == text
