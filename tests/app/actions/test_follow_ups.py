"""Follow-ups: put in an interview, answered, dropped; and an uncertain line's keeps step with the line."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions import follow_ups, notes, things
from app.actions.errors import NotFoundError, RefusedError
from app.actions.notes import AddEntry, RemoveEntry, SetEntry
from app.analysis.still_to_ask import ItemState, still_to_ask
from app.model.source import Clock, Entry, FollowUp, FollowUpState, Source, SourceStatus
from tests.app.actions.clocked import START, done, of

replace = msgspec.structs.replace


@pytest.fixture
def asking(timed):
    """A study with an interview that has gone on for a minute, with two people, about c1."""
    going = Source(
        key="i2", title="I2", round="r1", status=SourceStatus.OPEN, clock=Clock.RUNNING, cases=("c1",),
        started_at=START - timedelta(minutes=1), participants=("p1", "p2"),
        entries=(Entry(key="i2-1", text="By hand", speaker="p1"),),
    )  # fmt: skip
    timed.do(things.add, going)
    return timed


def found(study, key="f1"):
    return of(study, "follow_ups", key)


# In an interview


def test_an_open_question_is_put(asking):
    assert done(asking, follow_ups.put, "i2", "f1") == "Ask: Which alarms?"
    assert (found(asking).state, found(asking).asked_at) == (FollowUpState.ASKED, START)
    item = next(item for item in still_to_ask(asking.document, "i2") if item.key == "f1")
    assert item.state is ItemState.ASKED


def test_a_criterions_question_is_put_as_a_follow_up(asking):
    done(asking, follow_ups.put_criterion, "i2", "small", "is-fast", "c1")
    assert found(asking, "f3") == FollowUp(
        id=found(asking, "f3").id, key="f3", question="Is it?", rubric="small", criterion="is-fast", case="c1",
        state=FollowUpState.ASKED, asked_at=START,
    )  # fmt: skip
    item = next(item for item in still_to_ask(asking.document, "i2") if item.key == "is-fast")
    assert (item.state, item.follow_up) == (ItemState.ASKED, "f3")


def test_what_was_put_before_without_an_answer_is_put_again(asking, clock):
    asking.do(follow_ups.put_criterion, "i2", "small", "is-fast", "c1")
    clock.forward(minutes=5)
    done(asking, follow_ups.put_criterion, "i2", "small", "is-fast", "c1")
    assert found(asking, "f3").asked_at == clock.now
    assert found(asking, "f4") is None
    asking.do(follow_ups.put_criterion, "i2", "small", "is-fast")
    asking.do(follow_ups.answered, "f3", "i2")
    asking.do(follow_ups.put_criterion, "i2", "small", "is-fast", "c1")
    assert [found(asking, key).case for key in ("f3", "f4", "f5")] == ["c1", None, "c1"]


def test_a_question_of_ones_own_about_a_criterion_is_not_the_criterions(asking):
    asking.do(follow_ups.put_criterion, "i2", "small", "alarms")  # the example's f1 is of that criterion
    assert found(asking).state is FollowUpState.OPEN
    assert found(asking, "f3").state is FollowUpState.ASKED


def test_a_question_is_answered_by_a_line(asking):
    asking.do(follow_ups.put, "i2", "f1")
    assert done(asking, follow_ups.answered, "f1", "i2", "i2-1", "By hand") == "Answer: Which alarms?"
    answer = found(asking)
    assert (answer.state, answer.answered_in, answer.answer, answer.resolution, answer.asked_at) == (
        FollowUpState.ANSWERED, "i2", "i2-1", "By hand", START,
    )  # fmt: skip
    with pytest.raises(RefusedError, match="was answered"):
        asking.do(follow_ups.put, "i2", "f1")
    with pytest.raises(RefusedError, match="was answered"):
        asking.do(follow_ups.drop, "f1", "why not")


def test_an_answer_to_what_nobody_noted_as_asked_was_asked_in_that_interview(asking):
    done(asking, follow_ups.answered, "f1", "i1")
    ended = of(asking, "sources", "i1").ended_at
    assert (found(asking).asked_at, found(asking).answer) == (ended, None)


def test_an_answer_is_taken_back(asking):
    asking.do(follow_ups.put, "i2", "f1")
    asking.do(follow_ups.answered, "f1", "i2", "i2-1", "By hand")
    assert done(asking, follow_ups.not_answered, "f1") == "Take back the answer: Which alarms?"
    back = found(asking)
    assert (back.state, back.asked_at, back.answered_in, back.answer, back.resolution) == (
        FollowUpState.ASKED, START, None, None, "",
    )  # fmt: skip
    done(asking, follow_ups.not_answered, "f2")
    assert found(asking, "f2").state is FollowUpState.OPEN, "nobody knows when it was asked"
    with pytest.raises(RefusedError, match="no answer"):
        asking.do(follow_ups.not_answered, "f2")


def test_a_question_is_dropped_for_a_reason_and_opened_again(asking):
    asking.do(follow_ups.put, "i2", "f1")
    with pytest.raises(RefusedError, match="Say why"):
        asking.do(follow_ups.drop, "f1", " ")
    with pytest.raises(RefusedError, match="resolution"):
        asking.do(follow_ups.drop, "f1", "\0")
    assert done(asking, follow_ups.drop, "f1", " Not ours ") == "Drop: Which alarms?"
    assert (found(asking).state, found(asking).resolution) == (FollowUpState.DROPPED, "Not ours")
    with pytest.raises(RefusedError, match="was dropped"):
        asking.do(follow_ups.answered, "f1", "i2")
    with pytest.raises(RefusedError, match="was dropped"):
        asking.do(follow_ups.put, "i2", "f1")
    assert done(asking, follow_ups.reopen, "f1") == "Open again: Which alarms?"
    assert (found(asking).state, found(asking).resolution, found(asking).asked_at) == (FollowUpState.OPEN, "", None)


def test_what_is_not_there_is_not_asked(asking):
    with pytest.raises(NotFoundError):
        asking.do(follow_ups.put, "i2", "f9")
    with pytest.raises(NotFoundError):
        asking.do(follow_ups.put, "i9", "f1")
    with pytest.raises(NotFoundError):
        asking.do(follow_ups.put_criterion, "i2", "small", "none-such")
    with pytest.raises(NotFoundError, match="no such line"):
        asking.do(follow_ups.answered, "f1", "i2", "m1-1")
    with pytest.raises(RefusedError, match="its own question"):
        asking.do(follow_ups.answered, "f1", "i1", "i1-2")


# From an uncertain line


def write(study, text, edit=SetEntry, **fields):
    entry = Entry(key="i2-2", text=text, **{"uncertain": True, "speaker": "p1", **fields})
    study.do(notes.write, "i2", [edit(entry)])


def add(study, text, **fields):
    write(study, text, AddEntry, **fields)


def asks(study):
    return {f.key: f.question for f in study.document.follow_ups if f.key not in {"f1", "f2"}}


def test_an_uncertain_line_asks_what_it_says(asking):
    entry = Entry(key="i2-2", text=" How many? ", uncertain=True, speaker="p2", case="c1")
    done(asking, notes.write, "i2", [AddEntry(entry)])
    made = found(asking, "f3")
    assert (made.question, made.state, made.entry, made.participant, made.case) == (
        "How many?", FollowUpState.OPEN, "i2-2", "p2", "c1",
    )  # fmt: skip
    add_plain = Entry(key="i2-3", text="Three")
    asking.do(notes.write, "i2", [AddEntry(add_plain)])
    assert asks(asking) == {"f3": "How many?"}


def test_a_long_line_asks_a_short_question(asking):
    add(asking, "word " * 100)
    assert asks(asking)["f3"].endswith("word…")
    write(asking, "word " * 101)
    assert len(asks(asking)) == 1


def test_the_question_follows_the_line(asking):
    add(asking, "How")
    write(asking, "How many", speaker="p2", case="c1")
    made = found(asking, "f3")
    assert (made.question, made.participant, made.case) == ("How many", "p2", "c1")
    write(asking, "")
    assert asks(asking) == {}
    write(asking, "Who")
    assert asks(asking) == {"f3": "Who"}


def test_it_goes_with_the_uncertainty_or_the_line(asking):
    add(asking, "How")
    write(asking, "How", uncertain=False)
    assert asks(asking) == {}
    write(asking, "How")
    assert asks(asking) == {"f3": "How"}
    done(asking, notes.write, "i2", [RemoveEntry("i2-2")])
    assert asks(asking) == {}


@pytest.mark.parametrize(
    "touched",
    [{"question": "Other"}, {"criterion": "runs", "rubric": "small"}, {"participant": "p2"}, {"case": "c1"}],
)
def test_what_somebody_made_of_it_stays(asking, touched):
    add(asking, "How")
    asking.do(things.change, replace(found(asking, "f3"), **touched))
    asking.do(notes.write, "i2", [RemoveEntry("i2-2")])
    kept = found(asking, "f3")
    assert kept.entry is None
    assert all(getattr(kept, name) == value for name, value in touched.items())


def test_the_question_follows_while_its_people_stay_as_somebody_set_them(asking):
    add(asking, "How")
    asking.do(things.change, replace(found(asking, "f3"), participant="p2", case="c1"))
    write(asking, "How many", speaker=None)
    made = found(asking, "f3")
    assert (made.question, made.participant, made.case) == ("How many", "p2", "c1")


def test_what_was_asked_no_longer_follows(asking):
    add(asking, "How")
    asking.do(follow_ups.put, "i2", "f3")
    write(asking, "How many")
    assert asks(asking) == {"f3": "How"}
    write(asking, "How many", uncertain=False)
    write(asking, "How many")
    assert asks(asking) == {"f3": "How"}, "there is one already"


def test_nothing_to_follow(asking):
    with asking._writing() as unit:
        follow_ups.follow_line(unit, None, None)
        assert unit.changes == []


EDITS = st.lists(
    st.tuples(st.text("ab \U0001f424", max_size=6), st.booleans(), st.sampled_from([None, "p1", "p2"])), max_size=8
)


@given(EDITS)
def test_however_a_line_is_edited_it_asks_what_it_says_or_nothing(asking, edits):
    with asking._writing() as unit:  # each example removes what it made
        notes.write(unit, "i2", [AddEntry(Entry(key="i2-2", text=""))])
        for text, uncertain, speaker in edits:
            entry = Entry(key="i2-2", text=text, uncertain=uncertain, speaker=speaker)
            notes.write(unit, "i2", [SetEntry(entry)])
            rows = unit.rows("follow_ups", entry_id=unit.id_of("entries", "i2-2"))
            expected = " ".join(text.split()) if uncertain else ""
            assert [row["question"] for row in rows] == ([expected] if expected else [])
            assert [row["participant_id"] for row in rows] == (
                [speaker and unit.id_of("participants", speaker)] if expected else []
            )
        notes.write(unit, "i2", [RemoveEntry("i2-2")])
        assert len(unit.rows("follow_ups")) == 2
