"""Follow-ups in words: each in one group by person and one by case, told where from, when asked and how answered."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.follow_ups import (
    STATE_NAMES,
    Grouping,
    Teller,
    answered_where,
    answers_offered,
    counts,
    grouped,
    put_in,
)
from app.exchange.demo import demo_document
from app.model.setting import Participant
from app.model.source import Clock, Entry, EntryKind, FollowUp, FollowUpState, Source, SourceKind, SourceStatus
from tests.documents import documents, example

replace = msgspec.structs.replace
START = datetime(2022, 10, 13, 8, 0, tzinfo=UTC)
OPEN, ASKED, ANSWERED, DROPPED = FollowUpState
STATES = st.frozensets(st.sampled_from(FollowUpState))


def at(minutes):
    return START + timedelta(minutes=minutes)


def entry(key, text="said", minutes=None, **fields):
    return Entry(key=key, text=text, at=None if minutes is None else at(minutes), **fields)


def source(key, begin=0, entries=(), people=("p1",), **fields):
    held = {"status": SourceStatus.OPEN, "zone": "Europe/Berlin", "ended_at": at(begin + 45), **fields}
    return Source(
        key=key, title=key, round="r1", started_at=at(begin), participants=people, entries=tuple(entries), **held
    )


def study(*follow_ups, sources=()):
    return replace(example(), sources=tuple(sources), follow_ups=follow_ups)


def follow_up(key="f1", **fields):
    return FollowUp(key=key, question=fields.pop("question", "Which?"), **fields)


def told(each, *sources):
    return Teller(study(each, sources=sources)).tell(each)


# Groups


@given(documents(most=4), st.sampled_from(Grouping), STATES)
def test_every_follow_up_is_in_exactly_one_group(document, by, states):
    groups = grouped(document, by, states)
    listed = [told.key for group in groups for told in group.items]
    assert sorted(listed) == sorted(each.key for each in document.follow_ups if each.state in states)
    assert all(group.items for group in groups)
    wanted = {
        each.key: (each.participant if by is Grouping.PERSON else each.case) or "" for each in document.follow_ups
    }
    assert all(wanted[told.key] == group.key for group in groups for told in group.items)


@given(documents(most=4), st.sampled_from(Grouping))
def test_groups_follow_the_study_and_those_for_none_come_last(document, by):
    owners = document.participants if by is Grouping.PERSON else document.cases
    order = [*(each.key for each in owners), ""]
    places = [order.index(group.key) for group in grouped(document, by)]
    assert places == sorted(set(places))


@given(documents(most=4), st.sampled_from(Grouping))
def test_in_a_group_open_ones_come_first_each_state_in_the_study_s_order(document, by):
    place = {each.key: number for number, each in enumerate(document.follow_ups)}
    for group in grouped(document, by):
        ranks = [(list(STATE_NAMES).index(told.state), place[told.key]) for told in group.items]
        assert ranks == sorted(ranks)


@given(documents(most=4), st.text(alphabet="abAB 1", max_size=5))
def test_what_is_counted_is_what_is_listed(document, words):
    for state, count in counts(document, words).items():
        listed = [told for group in grouped(document, Grouping.CASE, {state}, words) for told in group.items]
        assert len(listed) == count
    assert sum(counts(document).values()) == len(document.follow_ups)


def test_groups_are_named():
    document = study(follow_up("a", participant="p1", case="c2"), follow_up("b"))
    assert [(group.name, [told.key for told in group.items]) for group in grouped(document, Grouping.PERSON)] == [
        ("P1, engineer", ["a"]),
        ("Nobody in particular", ["b"]),
    ]
    assert [group.name for group in grouped(document, Grouping.CASE)] == ["Two", "No case"]


def test_a_pseudonym_that_says_the_role_says_it_once():
    people = (Participant(key="p1", pseudonym="IT manager B", role="IT Manager"),)
    document = replace(study(follow_up(participant="p1")), participants=people)
    assert grouped(document, Grouping.PERSON)[0].name == "IT manager B"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("WHICH i1", True),
        ("engineer", True),
        ("canary one", True),
        ("line 1", True),
        ("which other", False),
        ("", True),
    ],
)
def test_words_are_looked_for_in_all_that_is_told(words, found):
    each = follow_up(participant="p1", case="c1", entry="i1-1")
    document = study(each, sources=[source("i1", entries=[entry("i1-1")])])
    assert bool(grouped(document, Grouping.PERSON, words=words)) is found
    assert counts(document, words)[OPEN] == found


# Where from


def test_it_says_where_it_comes_from():
    here = source("i1", entries=[entry("i1-1"), entry("i1-2")])
    assert told(follow_up(entry="i1-2"), here).origin == "I1 line 2"
    both = told(follow_up(entry="i1-2", rubric="small", criterion="runs"), here)
    assert (both.origin, both.criterion) == (f"I1 line 2, {both.criterion}", both.criterion)
    alone = told(follow_up(rubric="small", criterion="runs"), here)
    assert (alone.origin.casefold(), alone.origin[0].isupper()) == (both.criterion.casefold(), True)
    assert told(follow_up(), here).origin == ""


# What became of it


def test_an_open_one_is_open():
    assert told(follow_up()).status == "Open"


def test_it_says_when_and_where_it_was_asked_on_the_source_s_own_clock():
    asked = follow_up(state=ASKED, asked_at=at(12))
    assert told(asked, source("i1")).status == "Asked 13 Oct 2022, 10:12 in I1"
    assert told(asked).status == "Asked 13 Oct 2022, 10:12"  # the study's own clock, where nothing went on then
    assert told(follow_up(state=ASKED)).status == "Asked"


def test_it_says_where_it_was_answered():
    here = source("i1", entries=[entry("i1-1", "Yes, twice.", 14)])
    later = source("m1", 600, kind=SourceKind.MEETING)
    line = {"state": ANSWERED, "answered_in": "i1", "answer": "i1-1"}
    same = told(follow_up(asked_at=at(12), **line), here)
    assert (same.status, same.answer) == ("Asked 13 Oct 2022, 10:12, answered in I1 line 1", "Yes, twice.")
    elsewhere = follow_up(state=ANSWERED, asked_at=at(12), answered_in="m1", resolution="By mail")
    assert told(elsewhere, here, later).status == "Asked 13 Oct 2022, 10:12 in I1, answered in M1"
    assert told(follow_up(**line, resolution="Twice"), here).answer == "Yes, twice. \u00b7 Twice"
    assert told(follow_up(state=ANSWERED, resolution="So")).status == "Answered"


def test_it_says_that_it_was_dropped_and_why():
    one = told(follow_up(state=DROPPED, asked_at=at(12), resolution="Known"), source("i1"))
    assert (one.status, one.answer) == ("Asked 13 Oct 2022, 10:12 in I1, dropped", "Known")
    assert told(follow_up(state=DROPPED)).status == "Dropped"


# Where it was put, and what may answer it


def test_of_two_interviews_at_once_the_one_with_its_person_is_meant():
    mine, other = source("i1", people=("p2",)), source("i2", people=("p1",))
    asked = {"state": ASKED, "asked_at": at(12)}
    assert put_in(study(sources=[mine, other]), follow_up(participant="p2", **asked)).key == "i1"
    assert put_in(study(sources=[mine, other]), follow_up(participant="p1", **asked)).key == "i2"
    about = replace(mine, cases=("c1",))
    assert put_in(study(sources=[about, other]), follow_up(case="c1", **asked)).key == "i1"
    begun = source("i3", 10, clock=Clock.RUNNING, ended_at=None, people=("p1",))
    assert put_in(study(sources=[other, begun]), follow_up(participant="p1", **asked)).key == "i3"
    assert put_in(study(sources=[mine]), follow_up()) is None


def test_it_was_most_likely_answered_where_it_was_put_else_with_its_person_last():
    first, second, third = source("i1"), source("i2", 100), source("i3", 200, people=("p2",))
    planned = source("i4", 9000, status=SourceStatus.PLANNED)
    document = study(sources=[first, second, third, planned])
    assert answered_where(document, follow_up(answered_in="i3")).key == "i3"
    assert answered_where(document, follow_up(state=ASKED, asked_at=at(5))).key == "i1"
    assert answered_where(document, follow_up(participant="p1")).key == "i2"
    assert answered_where(document, follow_up()).key == "i3"
    assert answered_where(study(), follow_up()) is None


def test_lines_noted_since_it_was_asked_are_offered():
    lines = [
        entry("i1-1", minutes=5),
        entry("i1-2", minutes=12),
        entry("i1-3", minutes=13, kind=EntryKind.QUESTION),
        entry("i1-4", "  ", 14),
        entry("i1-5", "It runs.", 15),
        entry("i1-6"),
    ]
    document = study(sources=[source("i1", entries=lines), source("i2", 100, [entry("i2-1", minutes=101)])])
    asked = follow_up(state=ASKED, asked_at=at(12), entry="i1-2")
    (line,) = answers_offered(document, asked, "i1")
    assert (line.key, line.number, line.time, line.text) == ("i1-5", 5, "10:15", "It runs.")
    assert [line.key for line in answers_offered(document, asked, "i2")] == ["i2-1"]
    assert [line.key for line in answers_offered(document, follow_up(entry="i1-2"), "i1")] == ["i1-5", "i1-6"]
    assert [line.time for line in answers_offered(document, follow_up(entry="i1-5"), "i1")] == [""]
    early = replace(asked, state=ANSWERED, answered_in="i1", answer="i1-1")
    assert [line.key for line in answers_offered(document, early, "i1")] == ["i1-1", "i1-5"]
    with pytest.raises(KeyError):
        answers_offered(document, asked, "i9")


def test_every_follow_up_of_the_demonstration_is_told():
    document = demo_document()
    items = {told.key: told for group in grouped(document, Grouping.PERSON) for told in group.items}
    assert len(items) == len(document.follow_ups) == 20
    assert items["fu9"].origin == "I12 line 16, model rollback"
    assert items["fu9"].status == "Answered in M7"
    assert items["fu9"].answer.startswith("Twice, in April and July")
