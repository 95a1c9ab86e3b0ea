"""Two note-takers' notes made one, line by line; both originals kept, every decision open to another."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions import evidence, notes, reconcile, session, things
from app.actions.errors import NotFoundError, RefusedError
from app.actions.notes import AddEntry, RemoveEntry, SetEntry
from app.actions.reconcile import How
from app.analysis.history import as_typed, changed_after, history
from app.analysis.reconciling import authors, begun, reconciled, rows
from app.model.source import (
    Attendance,
    Entry,
    EntryKind,
    Fate,
    Flag,
    Original,
    Part,
    Source,
    SourceStatus,
)
from tests.app.actions.clocked import START, done, of

replace = msgspec.structs.replace
ENDED = START - timedelta(minutes=15)


def at(minutes):
    return START + timedelta(minutes=minutes - 60)


ENTRIES = (
    Entry(key="i2-1", text="The model is trained every month", speaker="p1", at=at(1)),
    Entry(key="i2-2", text="", at=at(2)),
    Entry(key="i2-3", text="Nobody is on call", author="ada", at=at(10)),
    Entry(key="i2-4", text="Labels come from rework", at=at(20)),
)
ORIGINALS = (
    Original(key="i2-o1", author="bob", text="They were late", at=at(0)),
    Original(
        key="i2-o2", author="bob", text="model trained each month by hand", kind=EntryKind.QUOTATION, speaker="p2",
        at=at(1), uncertain=True, flag=Flag.CHALLENGE, case="c1",
    ),
    Original(key="i2-o3", author="bob", text="Alarms go nowhere", at=at(12)),
    Original(key="i2-o4", author="bob", text="Labels come from rework, late", speaker="p2"),
)  # fmt: skip


def interview(**fields):
    """An interview that ada held with p1 and p2 and wrote down, and bob too."""
    plain = {
        "key": "i2", "title": "Interview with P1", "round": "r1", "status": SourceStatus.OPEN,
        "started_at": at(0), "ended_at": ENDED, "participants": ("p1", "p2"),
        "assessors": (
            Attendance(assessor="bob", part=Part.INTERVIEWER), Attendance(assessor="ada", part=Part.OBSERVER),
        ),
        "entries": ENTRIES, "originals": ORIGINALS,
    }  # fmt: skip
    return Source(**{**plain, **fields})


@pytest.fixture
def two(timed):
    """The interview, reconciling begun: ada's lines are i2-o5 to i2-o7."""
    timed.do(things.add, interview())
    timed.do(reconcile.begin, "i2")
    return timed


def source(study, key="i2"):
    return of(study, "sources", key)


def agreed(study):
    return [entry.text for entry in source(study).entries if entry.text]


def line(study, key):
    return next(entry for entry in source(study).entries if entry.key == key)


def original(study, key):
    return next(each for each in source(study).originals if each.key == key)


def fates(study, *keys):
    return [(original(study, key).fate.value, original(study, key).entry) for key in keys]


def decide(study, left, right, how, *rest, **named):
    return done(study, reconcile.decide, "i2", left, right, how, *rest, **named)


FIRST, SECOND, THIRD = "The model is trained every month", "Nobody is on call", "Labels come from rework"
LATE, BY_HAND, ALARMS, LABELS = (each.text for each in ORIGINALS)


# Beginning


def test_the_notes_become_their_note_takers_own_too(timed):
    timed.do(things.add, interview())
    assert not begun(source(timed))
    assert done(timed, reconcile.begin, "i2") == "Reconcile the notes of Interview with P1"
    made = source(timed).originals[4:]
    assert [(each.key, each.author, each.text, each.entry, each.fate) for each in made] == [
        ("i2-o5", "ada", FIRST, "i2-1", Fate.OPEN),
        ("i2-o6", "ada", SECOND, "i2-3", Fate.OPEN),
        ("i2-o7", "ada", THIRD, "i2-4", Fate.OPEN),
    ]
    assert (made[0].speaker, made[0].at, made[0].kind) == ("p1", at(1), EntryKind.PARAPHRASE)
    assert begun(source(timed))
    assert authors(source(timed)) == ("bob", "ada")
    told = rows(timed.document, "i2", "ada", "bob")
    assert [(row.left and row.left.key, row.right and row.right.key) for row in told.rows] == [
        (None, "i2-o1"), ("i2-o5", "i2-o2"), ("i2-o6", None), (None, "i2-o3"), ("i2-o7", "i2-o4"),
    ]  # fmt: skip
    assert told.decided == 0


def test_lines_that_name_nobody_are_by_who_is_said_where_nobody_attended(timed):
    timed.do(things.add, interview(assessors=()))
    with pytest.raises(RefusedError, match="who took part"):
        timed.do(reconcile.begin, "i2")
    with pytest.raises(NotFoundError):
        timed.do(reconcile.begin, "i2", "zoe")
    timed.do(reconcile.begin, "i2", "ada")
    assert {each.author for each in source(timed).originals[4:]} == {"ada"}


def test_without_an_observer_they_are_the_first_assessors(timed):
    timed.do(things.add, interview(assessors=(Attendance(assessor="ada", part=Part.INTERVIEWER),)))
    timed.do(reconcile.begin, "i2")
    assert {each.author for each in source(timed).originals[4:]} == {"ada"}


def test_two_people_must_have_taken_notes(timed):
    mine = tuple(replace(each, author="ada") for each in ORIGINALS)
    for key, fields in {
        "i3": {"originals": ()},
        "i4": {"entries": (replace(ENTRIES[1], key="i4-1"),)},
        "i5": {"originals": mine},
    }.items():
        lines = tuple(replace(e, key=f"{key}-{n}") for n, e in enumerate(fields.get("entries", ENTRIES), 1))
        own = tuple(replace(o, key=f"{key}-o{n}") for n, o in enumerate(fields.get("originals", ORIGINALS), 1))
        timed.do(things.add, interview(key=key, entries=lines, originals=own))
        with pytest.raises(RefusedError, match="two people"):
            timed.do(reconcile.begin, key)


def test_it_begins_once(two):
    with pytest.raises(RefusedError, match="begun already"):
        two.do(reconcile.begin, "i2")
    with pytest.raises(RefusedError, match="begun already"):
        two.do(reconcile.begin, "i1")


# Deciding


def test_taking_left_leaves_the_agreed_line_alone(two):
    two.do(notes.write, "i2", [SetEntry(replace(ENTRIES[0], text="The model is trained each month"))])
    assert decide(two, "i2-o5", "i2-o2", How.LEFT) == "Reconcile a line of Interview with P1"
    assert line(two, "i2-1").text == "The model is trained each month"
    assert fates(two, "i2-o5", "i2-o2") == [("taken", "i2-1"), ("left_out", None)]


def test_taking_right_makes_the_line_say_what_right_says(two):
    decide(two, "i2-o5", "i2-o2", "right")
    assert msgspec.structs.replace(line(two, "i2-1"), id=None) == Entry(
        key="i2-1", text=BY_HAND, kind=EntryKind.QUOTATION, speaker="p2", at=at(1), uncertain=True, author="bob",
        flag=Flag.CHALLENGE, case="c1",
    )  # fmt: skip
    assert fates(two, "i2-o5", "i2-o2") == [("left_out", None), ("taken", "i2-1")]
    assert original(two, "i2-o5").text == FIRST
    assert [each.question for each in two.document.follow_ups if each.entry == "i2-1"] == [BY_HAND]


def test_a_line_without_a_time_takes_that_of_the_line_it_replaces(two):
    decide(two, "i2-o7", "i2-o4", How.RIGHT)
    assert line(two, "i2-4").at == at(20)


def test_passages_go_on_naming_the_words_that_stay(two):
    two.do(evidence.mark_passage, "i2", "i2-4", 0, 6)
    decide(two, "i2-o7", "i2-o4", How.RIGHT)
    (span,) = two.document.passages[-1].spans
    assert line(two, span.entry).text[span.start : span.end] == "Labels"


def test_taking_both_puts_right_under_left(two):
    decide(two, "i2-o5", "i2-o2", How.BOTH)
    assert agreed(two)[:3] == [FIRST, BY_HAND, SECOND]
    assert fates(two, "i2-o5", "i2-o2") == [("taken", "i2-1"), ("taken", "i2-5")]


def test_editing_agrees_on_other_words(two):
    decide(two, "i2-o5", "i2-o2", How.EDIT, "Trained each month, by hand")
    assert agreed(two) == ["Trained each month, by hand", SECOND, THIRD]
    assert fates(two, "i2-o5", "i2-o2") == [("edited", "i2-1"), ("edited", "i2-1")]


def test_leaving_both_out_orphans_passages(two):
    two.do(evidence.mark_passage, "i2", "i2-1", 4, 9)
    decide(two, "i2-o5", "i2-o2", How.NEITHER)
    assert agreed(two) == [SECOND, THIRD]
    assert fates(two, "i2-o5", "i2-o2") == [("left_out", None), ("left_out", None)]
    assert (two.document.passages[-1].words, two.document.passages[-1].spans) == ("model", ())


# Lines that stand alone


def test_a_line_of_right_alone_goes_under_the_line_of_the_row_before(two):
    decide(two, None, "i2-o3", How.RIGHT)
    assert agreed(two) == [FIRST, SECOND, ALARMS, THIRD]
    assert fates(two, "i2-o3") == [("taken", "i2-5")]
    assert line(two, "i2-5").author == "bob"


def test_the_first_row_of_all_goes_to_the_beginning(two):
    decide(two, None, "i2-o1", How.RIGHT)
    assert agreed(two) == [LATE, FIRST, SECOND, THIRD]


def test_it_goes_under_the_last_line_of_that_row_or_of_one_before(two):
    decide(two, "i2-o5", "i2-o2", How.BOTH)
    decide(two, "i2-o6", None, How.NEITHER)
    decide(two, None, "i2-o3", How.RIGHT)
    assert agreed(two) == [FIRST, BY_HAND, ALARMS, THIRD]


def test_a_line_left_out_comes_back_where_it_was(two):
    decide(two, "i2-o6", None, How.NEITHER)
    decide(two, "i2-o6", None, How.LEFT)
    assert agreed(two) == [FIRST, SECOND, THIRD]
    assert fates(two, "i2-o6") == [("taken", "i2-5")], "the key of a line that went is not used again"


def test_a_line_of_right_alone_is_edited_into_the_notes(two):
    decide(two, None, "i2-o3", How.EDIT, "Alarms reach nobody")
    assert agreed(two) == [FIRST, SECOND, "Alarms reach nobody", THIRD]
    assert fates(two, "i2-o3") == [("edited", "i2-5")]


def test_whom_a_line_stands_beside_can_be_said(two):
    with pytest.raises(NotFoundError):
        two.do(reconcile.decide, "i2", None, "i2-o3", How.RIGHT, beside="zoe")
    decide(two, None, "i2-o3", How.RIGHT, beside="ada")
    assert agreed(two) == [FIRST, SECOND, ALARMS, THIRD]


def test_the_only_note_taker_left_has_nobody_beside(two):
    for key in ("i2-o5", "i2-o6", "i2-o7"):
        two.do(reconcile.decide, "i2", key, None, How.NEITHER)
        with two._writing() as unit:
            unit.delete("originals", unit.id_of("originals", key))
    two.do(reconcile.decide, "i2", None, "i2-o3", How.RIGHT)
    assert agreed(two) == [ALARMS]


# Deciding anew

FINAL = {
    How.LEFT: ([FIRST], [Fate.TAKEN, Fate.LEFT_OUT]),
    How.RIGHT: ([BY_HAND], [Fate.LEFT_OUT, Fate.TAKEN]),
    How.BOTH: ([FIRST, BY_HAND], [Fate.TAKEN, Fate.TAKEN]),
    How.EDIT: (["agreed"], [Fate.EDITED, Fate.EDITED]),
    How.NEITHER: ([], [Fate.LEFT_OUT, Fate.LEFT_OUT]),
}


@pytest.mark.parametrize("first", How)
@pytest.mark.parametrize("then", How)
def test_whatever_was_decided_another_decision_stands(two, first, then):
    two.do(reconcile.decide, "i2", "i2-o5", "i2-o2", first, "agreed before")
    two.do(reconcile.decide, "i2", "i2-o5", "i2-o2", then, "agreed")
    texts, fates_then = FINAL[then]
    assert agreed(two) == [*texts, SECOND, THIRD]
    assert [original(two, key).fate for key in ("i2-o5", "i2-o2")] == fates_then
    assert [original(two, key).text for key in ("i2-o5", "i2-o2")] == [FIRST, BY_HAND]


def test_of_both_the_one_that_is_taken_keeps_its_own_line(two):
    decide(two, "i2-o5", "i2-o2", How.BOTH)
    two.do(evidence.mark_passage, "i2", "i2-5", 0, 5)
    decide(two, "i2-o5", "i2-o2", How.RIGHT)
    assert two.document.passages[-1].spans[0].entry == "i2-5"
    decide(two, "i2-o5", "i2-o2", How.BOTH)
    assert [(entry.key, entry.text) for entry in source(two).entries[:2]] == [("i2-6", FIRST), ("i2-5", BY_HAND)]


def test_above_the_very_first_line_too(two):
    decide(two, "i2-o6", "i2-o1", How.RIGHT)
    decide(two, "i2-o6", "i2-o1", How.BOTH)
    assert agreed(two) == [FIRST, SECOND, LATE, THIRD]


def test_an_agreed_line_that_somebody_removed_comes_back(two):
    two.do(notes.write, "i2", [RemoveEntry("i2-3")])
    decide(two, "i2-o6", None, How.LEFT)
    assert agreed(two) == [FIRST, SECOND, THIRD]


class TakenBack(Exception):
    """Ends a transaction so that nothing of it is kept."""


CHOICES = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(How)), max_size=7)
TABLE = [(None, "i2-o1"), ("i2-o5", "i2-o2"), ("i2-o6", None), (None, "i2-o3"), ("i2-o7", "i2-o4")]


@given(CHOICES)
def test_every_line_agreed_on_comes_from_somebody_and_no_original_changes(two, choices):
    with pytest.raises(TakenBack):
        play(two, choices)


def play(study, choices):
    begun_as = source(study)
    with study._writing() as unit:
        for row, how in choices:
            sides = dict(zip((How.LEFT, How.RIGHT), TABLE[row], strict=True))
            if how in {How.EDIT, How.NEITHER} or sides.get(how) or (how is How.BOTH and all(sides.values())):
                reconcile.decide(unit, "i2", *TABLE[row], how, "agreed")
        check(unit, begun_as)
        raise TakenBack


def check(unit, begun_as):
    owner, bob = unit.id_of("sources", "i2"), unit.id_of("assessors", "bob")
    lines = {row["id"]: row["text"] for row in unit.rows("entries", source_id=owner) if row["text"]}
    kept = unit.rows("originals", source_id=owner)
    assert [(row["key"], row["text"]) for row in kept] == [(each.key, each.text) for each in begun_as.originals]
    assert {row["entry_id"] for row in kept if row["entry_id"]} == set(lines)
    for row in kept:
        if row["fate"] == "taken":
            assert lines[row["entry_id"]] == row["text"]
        away = row["fate"] == "left_out" or (row["fate"] == "open" and row["author_id"] == bob)
        assert (row["entry_id"] is None) == away


# The whole


def test_all_decided(two, clock):
    for left, right, how in (
        (None, "i2-o1", How.NEITHER),
        ("i2-o5", "i2-o2", How.RIGHT),
        ("i2-o6", None, How.LEFT),
        (None, "i2-o3", How.RIGHT),
        ("i2-o7", "i2-o4", How.BOTH),
    ):
        assert not reconciled(source(two))
        two.do(reconcile.decide, "i2", left, right, how)
    told = rows(two.document, "i2", "ada", "bob")
    assert told.decided == len(told.rows) == 5
    assert [[entry.text for entry in row.lines] for row in told.rows] == [
        [], [BY_HAND], [SECOND], [ALARMS], [THIRD, LABELS],
    ]  # fmt: skip
    assert reconciled(source(two))


def test_what_was_typed_stays_readable(two):
    two.do(reconcile.decide, "i2", "i2-o5", "i2-o2", How.RIGHT)
    two.do(reconcile.decide, "i2", "i2-o6", None, How.NEITHER)
    assert [entry.text for entry in as_typed(two.document, source(two))] == [FIRST, "", SECOND, THIRD]
    assert {step.before.reason for told in history(two.document, "i2") for step in told.steps} == {"Reconciled"}


# Finished notes

WHY = "Bob typed his up a day later"


def reasons(study):
    return [step.before.reason for told in history(study.document, "i2") for step in told.steps]


@pytest.fixture
def finished(two, clock):
    """The interview, its notes finished before anything was decided, and a day gone by."""
    two.do(session.finish, "i2", "ada")
    clock.forward(days=1)
    return two


def test_to_begin_changes_no_line_and_needs_no_reason(timed):
    timed.do(things.add, interview())
    timed.do(session.finish, "i2", "ada")
    before = source(timed)
    done(timed, reconcile.begin, "i2")
    assert replace(source(timed), originals=()) == replace(before, originals=())
    assert begun(source(timed))
    assert reasons(timed) == []


@pytest.mark.parametrize("how", How)
def test_finished_notes_are_decided_for_a_reason_alone(finished, how):
    before = finished.document
    for blank in ("", " \t"):
        with pytest.raises(RefusedError) as refused:
            finished.do(reconcile.decide, "i2", "i2-o5", "i2-o2", how, "agreed", reason=blank)
        assert refused.value.sentence == "These notes are finished: say why they are changed."
    assert finished.document == before
    decide(finished, "i2-o5", "i2-o2", how, "agreed", reason=f" {WHY} ")
    texts, fates_then = FINAL[how]
    assert agreed(finished) == [*texts, SECOND, THIRD]
    assert [original(finished, key).fate for key in ("i2-o5", "i2-o2")] == fates_then
    assert source(finished).status is SourceStatus.FINISHED
    assert reasons(finished) == ([] if how in {How.LEFT, How.BOTH} else [f"Reconciled: {WHY}"])


def test_what_finished_notes_said_stays_readable_with_who_changed_it_and_why(finished):
    finished.work_as("bob")
    finished.do(reconcile.decide, "i2", "i2-o6", None, How.NEITHER, reason=WHY)
    (told,) = history(finished.document, "i2")
    assert (told.now, [(step.before.text, step.before.by) for step in told.steps]) == (None, [(SECOND, "bob")])
    assert changed_after(finished.document, source(finished)) == (1, 1)


@pytest.mark.parametrize("first", How)
@pytest.mark.parametrize("then", How)
def test_in_finished_notes_another_decision_stands_too(finished, clock, first, then):
    finished.do(reconcile.decide, "i2", "i2-o5", "i2-o2", first, "agreed before", reason=WHY)
    with pytest.raises(RefusedError, match="say why"):
        finished.do(reconcile.decide, "i2", "i2-o5", "i2-o2", then, "agreed")
    clock.forward(days=1)
    finished.do(reconcile.decide, "i2", "i2-o5", "i2-o2", then, "agreed", reason="We talked it over")
    texts, fates_then = FINAL[then]
    assert agreed(finished) == [*texts, SECOND, THIRD]
    assert [original(finished, key).fate for key in ("i2-o5", "i2-o2")] == fates_then
    assert set(reasons(finished)) <= {f"Reconciled: {WHY}", "Reconciled: We talked it over"}


def test_what_was_decided_before_they_were_finished_says_no_more_than_that(two, clock):
    two.do(reconcile.decide, "i2", "i2-o5", "i2-o2", How.RIGHT, reason=WHY)
    two.do(session.finish, "i2", "ada")
    clock.forward(days=1)
    two.do(reconcile.decide, "i2", "i2-o5", "i2-o2", How.LEFT, reason=WHY)
    assert reasons(two) == ["Reconciled", f"Reconciled: {WHY}"]
    assert agreed(two)[0] == FIRST


# Refused


def test_what_is_refused(two):
    for left, right, how in (
        (None, "i2-o1", How.LEFT),
        ("i2-o5", None, How.RIGHT),
        ("i2-o5", None, How.BOTH),
        (None, None, How.NEITHER),
    ):
        with pytest.raises(RefusedError, match="no such line"):
            two.do(reconcile.decide, "i2", left, right, how)
    with pytest.raises(RefusedError, match="same person"):
        two.do(reconcile.decide, "i2", "i2-o5", "i2-o6", How.LEFT)
    for text in (None, " "):
        with pytest.raises(RefusedError, match="Write what"):
            two.do(reconcile.decide, "i2", "i2-o5", "i2-o2", How.EDIT, text)
    with pytest.raises(NotFoundError, match="no such line"):
        two.do(reconcile.decide, "i2", "i1-o1", None, How.LEFT)
    with pytest.raises(NotFoundError):
        two.do(reconcile.decide, "i2", "i2-o99", None, How.LEFT)
    with pytest.raises(ValueError, match="neither-nor"):
        two.do(reconcile.decide, "i2", "i2-o5", None, "neither-nor")


def test_each_decision_is_a_step_of_its_own(two):
    two.do(reconcile.decide, "i2", "i2-o5", "i2-o2", How.RIGHT)
    two.do(reconcile.decide, "i2", "i2-o5", "i2-o2", How.LEFT)
    two.undo()
    assert agreed(two)[0] == BY_HAND
    two.undo()
    assert agreed(two)[0] == FIRST


def test_a_line_added_by_hand_stays(two):
    two.do(notes.write, "i2", [AddEntry(Entry(key="i2-9", text="Added"))])
    two.do(reconcile.decide, "i2", "i2-o7", "i2-o4", How.RIGHT)
    assert agreed(two) == [FIRST, SECOND, LABELS, "Added"]
