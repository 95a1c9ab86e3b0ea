"""Holding an interview: its clock, the guide's questions, its particulars, and sealing its notes."""

from datetime import timedelta

import pytest

from app.actions import notes, session, things
from app.actions.errors import NotFoundError, RefusedError
from app.actions.notes import AddEntry
from app.analysis.session import elapsed
from app.model.source import Clock, Entry, Guide, Original, Question, Source, SourceStatus
from tests.app.actions.clocked import START, done, of

MINUTE = timedelta(minutes=1)


@pytest.fixture
def held(timed):
    """A study with an interview planned for a quarter past nine, with a guide, that nobody has begun."""
    guide = Guide(key="g2", name="Guide", questions=(Question(key="q1", text="One?"), Question(key="q2", text="Two?")))
    timed.do(things.add, guide)
    planned = Source(
        key="i2", title="Interview with P1", round="r1", guide="g2", participants=("p1",), zone="Europe/Berlin",
        started_at=START + 15 * MINUTE, ended_at=START + 60 * MINUTE,
    )  # fmt: skip
    timed.do(things.add, planned)
    return timed


def source(study, key="i2"):
    return of(study, "sources", key)


def write(study, text="It drifts", key="i2-1", at=None):
    study.do(notes.write, "i2", [AddEntry(Entry(key=key, text=text, at=at))])


# The clock


def test_it_starts_when_it_starts_whatever_was_planned(held):
    assert done(held, session.start, "i2", 30) == "Start Interview with P1"
    found = source(held)
    assert (found.status, found.clock, found.started_at, found.ended_at) == (
        SourceStatus.OPEN, Clock.RUNNING, START, None,
    )  # fmt: skip
    assert (found.planned, found.paused) == (30, 0)


def test_it_pauses_and_goes_on_and_ends(held, clock):
    held.do(session.start, "i2")
    clock.forward(minutes=10)
    assert done(held, session.pause, "i2") == "Pause Interview with P1"
    assert source(held).paused_at == clock.now
    clock.forward(minutes=5)
    assert elapsed(source(held), clock.now) == 10 * MINUTE
    assert done(held, session.resume, "i2") == "Resume Interview with P1"
    assert (source(held).clock, source(held).paused, source(held).paused_at) == (Clock.RUNNING, 300, None)
    clock.forward(minutes=20)
    assert done(held, session.end, "i2") == "End Interview with P1"
    assert (source(held).clock, source(held).ended_at) == (Clock.STOPPED, clock.now)
    assert elapsed(source(held), clock.now + 90 * MINUTE) == 30 * MINUTE


def test_it_may_end_while_it_is_paused(held, clock):
    held.do(session.start, "i2")
    clock.forward(minutes=10)
    held.do(session.pause, "i2")
    clock.forward(minutes=7)
    done(held, session.end, "i2")
    assert elapsed(source(held), clock.now) == 10 * MINUTE


def test_what_was_ended_too_soon_goes_on(held, clock):
    held.do(session.start, "i2")
    clock.forward(minutes=10)
    held.do(session.end, "i2")
    clock.forward(minutes=3)
    done(held, session.start, "i2")
    assert (source(held).started_at, source(held).ended_at, source(held).paused) == (START, None, 180)
    clock.forward(minutes=1)
    assert elapsed(source(held), clock.now) == 11 * MINUTE


def test_an_interview_begun_today_without_a_clock_keeps_its_start(held, clock):
    begun = Source(key="i3", title="I3", round="r1", status=SourceStatus.OPEN, started_at=START - 20 * MINUTE)
    held.do(things.add, begun)
    done(held, session.start, "i3")
    assert source(held, "i3").started_at == START - 20 * MINUTE


@pytest.mark.parametrize("started", [START - timedelta(days=1), START + 20 * MINUTE, None])
def test_any_other_start_is_now(held, started):
    held.do(things.add, Source(key="i3", title="I3", round="r1", status=SourceStatus.OPEN, started_at=started))
    done(held, session.start, "i3")
    assert source(held, "i3").started_at == START


def test_a_laptops_clock_that_was_set_back_makes_no_negative_times(held, clock):
    held.do(session.start, "i2")
    held.do(session.pause, "i2")
    clock.forward(minutes=-5)
    done(held, session.resume, "i2")
    assert source(held).paused == 0
    done(held, session.end, "i2")
    assert source(held).ended_at == START


def test_what_the_clock_refuses(held):
    for action, words in (
        (session.pause, "not going on"),
        (session.resume, "not paused"),
        (session.end, "not going on"),
    ):
        with pytest.raises(RefusedError, match=words):
            held.do(action, "i2")
    with pytest.raises(RefusedError, match="planned"):
        held.do(session.start, "i2", -1)
    held.do(session.start, "i2")
    with pytest.raises(RefusedError, match="started already"):
        held.do(session.start, "i2")
    held.do(session.pause, "i2")
    with pytest.raises(RefusedError, match="not going on"):
        held.do(session.pause, "i2")
    with pytest.raises(NotFoundError):
        held.do(session.start, "i9")


# Finishing


def test_finishing_seals_the_notes(held, clock):
    held.do(session.start, "i2")
    write(held)
    clock.forward(minutes=30)
    held.do(session.end, "i2")
    clock.forward(hours=2)
    assert done(held, session.finish, "i2", "bob") == "Finish the notes of Interview with P1"
    found = source(held)
    assert (found.status, found.finished_at, found.finished_by) == (SourceStatus.FINISHED, clock.now, "bob")
    assert found.ended_at == START + 30 * MINUTE
    for action in (session.finish, session.start):
        with pytest.raises(RefusedError, match="are finished"):
            held.do(action, "i2")


@pytest.mark.parametrize("paused", [False, True])
def test_finishing_ends_it_first(held, clock, paused):
    held.do(session.start, "i2")
    write(held)
    clock.forward(minutes=30)
    if paused:
        held.do(session.pause, "i2")
    clock.forward(minutes=5)
    done(held, session.finish, "i2")
    found = source(held)
    assert (found.clock, found.ended_at, found.paused_at) == (Clock.STOPPED, clock.now, None)
    assert found.finished_by is None


def test_who_works_is_who_finishes(held):
    write(held)
    held.work_as("ada")
    done(held, session.finish, "i2")
    assert source(held).finished_by == "ada"


def test_there_must_be_notes_and_the_assessor(held):
    with pytest.raises(RefusedError, match="no notes"):
        held.do(session.finish, "i2")
    write(held, "  ")
    with pytest.raises(RefusedError, match="no notes"):
        held.do(session.finish, "i2")
    write(held, "words", key="i2-2")
    with pytest.raises(NotFoundError):
        held.do(session.finish, "i2", "zoe")


# Particulars


def test_what_is_asked_once_at_the_end(held):
    said = {"participants": ["p2", "p1"], "minutes": "30-45", "consent": "Oral", "allowed": "A laptop"}
    assert done(held, session.set_particulars, "i2", **said) == "Complete the particulars of Interview with P1"
    found = source(held)
    assert (found.participants, found.minutes, found.consent, found.allowed) == (
        ("p2", "p1"), "30-45", "Oral", "A laptop",
    )  # fmt: skip
    done(held, session.set_particulars, "i2", participants=["p2"], consent="")
    found = source(held)
    assert (found.participants, found.minutes, found.consent, found.allowed) == (("p2",), "30-45", "", "A laptop")
    assert held.do(session.set_particulars, "i2").seq is None


def test_who_speaks_took_part(held):
    held.do(notes.write, "i2", [AddEntry(Entry(key="i2-1", text="So", speaker="p1"))])
    with pytest.raises(RefusedError, match="speaks in the notes"):
        held.do(session.set_particulars, "i2", participants=["p2"])
    own = Source(
        key="i3", title="I3", round="r1", participants=("p1",),
        originals=(Original(key="o1", author="bob", text="So", speaker="p1"),),
    )  # fmt: skip
    held.do(things.add, own)
    with pytest.raises(RefusedError, match="speaks in the notes"):
        held.do(session.set_particulars, "i3", participants=[])


@pytest.mark.parametrize("wrong", [{"minutes": "long"}, {"consent": "\0"}, {"allowed": "\ud800"}])
def test_what_can_not_be_kept(held, wrong):
    with pytest.raises(RefusedError, match=f"The {next(iter(wrong))}"):
        held.do(session.set_particulars, "i2", **wrong)


# The guide


def asked(study):
    return [(each.question, each.at, each.answered) for each in source(study).asked]


def test_the_guides_questions_are_put_answered_and_taken_back(held, clock):
    held.do(session.start, "i2")
    clock.forward(minutes=2)
    assert done(held, session.ask_question, "i2", "q2") == "Ask q2 in Interview with P1"
    clock.forward(minutes=2)
    assert done(held, session.answer_question, "i2", "q2") == "Answer q2 in Interview with P1"
    done(held, session.ask_question, "i2", "q1", answered=True)
    assert asked(held) == [("q2", START + 2 * MINUTE, True), ("q1", START + 4 * MINUTE, True)]
    done(held, session.ask_question, "i2", "q2")
    assert asked(held)[0] == ("q2", START + 2 * MINUTE, False)
    assert done(held, session.take_back_question, "i2", "q2") == "Take back q2 in Interview with P1"
    assert asked(held) == [("q1", START + 4 * MINUTE, True)]


def test_what_is_noted_afterwards_was_asked_within_the_interview(held, clock):
    held.do(session.start, "i2")
    clock.forward(minutes=30)
    held.do(session.end, "i2")
    clock.forward(hours=3)
    held.do(session.ask_question, "i2", "q1")
    clock.forward(hours=-9)
    held.do(session.ask_question, "i2", "q2")
    assert asked(held) == [("q1", START + 30 * MINUTE, False), ("q2", START, False)]


def test_only_the_questions_of_its_own_guide_and_not_once_it_is_sealed(held):
    with pytest.raises(NotFoundError, match="no such question"):
        held.do(session.ask_question, "i2", "g1-1")
    with pytest.raises(NotFoundError):
        held.do(session.ask_question, "i2", "q9")
    with pytest.raises(NotFoundError, match="was not asked"):
        held.do(session.take_back_question, "i2", "q1")
    write(held)
    held.do(session.finish, "i2")
    for action in (session.ask_question, session.answer_question, session.take_back_question):
        with pytest.raises(RefusedError, match="are finished"):
            held.do(action, "i2", "q1")


def test_a_long_title_is_cut_in_the_label(held):
    held.do(things.add, Source(key="i3", title="word " * 30 + "end", round="r1"))
    label = done(held, session.start, "i3")
    assert label.endswith("…")
    assert len(label) < 70
