"""What is told of notes after the interview: when they were complete, and every later change."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.afterwards import Fate, keeps_versions, later_changes, particulars, typed_lines
from app.analysis.differences import Change
from app.analysis.history import history
from app.analysis.session import later
from app.model.source import Clock, Entry, EntryKind, Source, SourceStatus, Version
from tests.app.analysis.test_history import STEPS, live
from tests.documents import example

replace = msgspec.structs.replace
START = datetime(2022, 10, 10, 9, 0, tzinfo=UTC)


def at(minutes):
    return START + timedelta(minutes=minutes)


def source(*entries, **fields):
    held = {"started_at": START, "ended_at": at(45), "status": SourceStatus.OPEN, "zone": "Europe/Berlin", **fields}
    return Source(key="i1", title="X", round="r1", entries=entries, **held)


def entry(number, text, minutes, **fields):
    return Entry(key=f"i1-{number}", text=text, at=at(minutes), **fields)


def version(number, text, until, noted=None, **fields):
    noted_at = at(number if noted is None else noted)
    given_fields = {"sitting": f"s{until}", "by": "ada", "noted_at": noted_at, **fields}
    return Version(source="i1", line=f"i1-{number}", text=text, until=at(until), **given_fields)


def study(one, *versions):
    return replace(example(), sources=(one,), versions=versions)


def changes(one, *versions):
    return later_changes(study(one, *versions), "i1")


# Changes


@given(st.integers(0, 8), STEPS)
def test_every_line_touched_later_is_told_once_in_the_notes_order(count, steps):
    document = live(count, steps, ticking=1).document()
    one = document.sources[0]
    told = later_changes(document, "i1")
    added = {entry.key for entry in one.entries if later(one, entry)}
    assert sorted(line.line for line in told) == sorted(added | {line.line for line in history(document, "i1")})
    standing = {entry.key: number for number, entry in enumerate(one.entries, 1)}
    assert [line.number for line in told] == sorted(line.number for line in told)
    for line in told:
        assert (line.fate is Fate.REMOVED) is (line.line not in standing)
        assert line.line not in standing or line.number == standing[line.line]
        assert (line.fate is Fate.ADDED) is (line.line in added)
        assert line.steps
    removed = [line.line for line in told if line.fate is Fate.REMOVED]
    assert removed == [line.line for line in history(document, "i1") if line.now is None]


def test_a_step_says_who_when_why_and_what_else():
    now = entry(1, "A quiet bird", 1, kind=EntryKind.OBSERVATION)
    before = version(1, "A loud bird", 60, reason="misheard", kind=EntryKind.QUOTATION, speaker="p1")
    (line,) = changes(source(now), before)
    (step,) = line.steps
    assert (line.name, line.mark, line.fate) == ("Line 1", "", Fate.CHANGED)
    assert (step.head, step.reason) == ("Ada \u00b7 10 Oct 2022, 12:00", "misheard")
    assert step.also == ("Was a quotation, now an observation", "Speaker was P1, now nobody")
    assert [piece.text for piece in step.pieces if piece.change is Change.ADDED] == ["quiet"]
    assert line.words.splitlines() == [
        "Line 1.",
        step.head,
        *step.also,
        "Removed: loud",
        "Added: quiet",
        "Why: misheard",
    ]


def test_steps_are_told_oldest_first_and_somebody_unknown_is_somebody():
    (line,) = changes(source(entry(1, "three", 1)), version(1, "two", 90, by=None), version(1, "one", 60))
    assert [step.head for step in line.steps] == ["Ada \u00b7 10 Oct 2022, 12:00", "Somebody \u00b7 10 Oct 2022, 12:30"]


def test_a_removed_line_says_so_and_where_it_stood():
    first, second = changes(source(entry(1, "one", 1)), version(8, "x", 60), version(9, "y", 61, below="i1-1"))
    assert (first.name, first.mark) == ("At the beginning", "Removed")
    assert (second.name, second.mark) == ("After line 1", "Removed")
    assert second.steps[0].also == ()
    assert second.words.startswith("After line 1. Removed.")


def test_lines_added_later_are_told_as_added():
    (line,) = changes(source(entry(1, "one", 1), entry(2, "two", 50, author="bob")))
    assert (line.name, line.mark) == ("Line 2", "Added later")
    assert [(step.head, step.pieces[0].text) for step in line.steps] == [("Bob \u00b7 10 Oct 2022, 11:50", "two")]
    (nobody,) = changes(source(entry(2, "", 50)))
    assert (nobody.steps[0].head, nobody.steps[0].pieces) == ("10 Oct 2022, 11:50", ())


def test_a_line_added_later_and_changed_since_begins_with_what_was_added():
    one = source(entry(1, "second", 50, author="bob"))
    (line,) = changes(one, version(1, "first", 90, noted=50))
    assert (line.fate, [step.head[:3] for step in line.steps]) == (Fate.ADDED, ["Bob", "Ada"])
    assert line.steps[0].pieces[0].text == "first"
    (gone,) = changes(source(), version(1, "first", 90, noted=50))
    assert (gone.fate, gone.mark, len(gone.steps)) == (Fate.REMOVED, "Removed", 2)


def test_a_line_added_to_finished_notes_says_why():
    one = source(entry(1, "one", 1), Entry(key="i1-2", text="two"), finished_at=at(60), status=SourceStatus.FINISHED)
    why = version(2, "", 90, noted_at=None, added=True, reason="forgotten")
    (line,) = changes(one, why)
    assert (line.name, line.mark) == ("Line 2", "Added later")
    (step,) = line.steps
    assert (step.head, step.reason) == ("Ada \u00b7 10 Oct 2022, 12:30", "forgotten")
    assert [(piece.text, piece.change) for piece in step.pieces] == [("two", Change.ADDED)]
    (line,) = changes(one, why, version(2, "too", 95, noted_at=None, reason="misspelt"))
    assert [(step.reason, line.fate) for step in line.steps] == [("forgotten", Fate.ADDED), ("misspelt", Fate.ADDED)]
    assert [typed.text for typed in typed_lines(study(one, why), one)] == ["one"]
    assert particulars(study(one, why), one) == particulars(study(one), one)
    assert changes(source(entry(1, "one", 1)), why) == ()


def test_only_blanks_changed_are_named():
    (line,) = changes(source(entry(1, "a  b", 1)), version(1, "a b", 60))
    assert "a blank" in line.words


def test_an_unknown_source_is_an_error():
    with pytest.raises(KeyError):
        later_changes(example(), "i9")


# As typed


def test_notes_are_told_as_they_were_typed():
    one = source(
        entry(1, "changed", 1, speaker="p1", kind=EntryKind.QUOTATION),
        entry(2, "later", 50),
        Entry(key="i1-3", text="x"),
    )
    lines = typed_lines(study(one, version(1, "typed", 60, speaker="p1", kind=EntryKind.QUOTATION)), one)
    assert [(line.line, line.head, line.text) for line in lines] == [
        ("i1-1", "11:01 \u00b7 P1 \u00b7 quotation", "typed"),
        ("i1-3", "", "x"),
    ]


# Particulars


def told(one, *versions):
    return particulars(study(one, *versions), one)


def test_when_it_was_held_finished_by_whom_and_how_long_after():
    done = source(status=SourceStatus.FINISHED, finished_at=at(125), finished_by="ada")
    assert told(done) == (
        "Held 10 Oct 2022, 11:00\u201311:45",
        "Notes finished 10 Oct 2022, 13:05 by Ada",
        "Completed 1 h 20 min after the end",
    )
    assert told(replace(done, finished_at=at(45)))[2] == "Completed at the end"
    late = replace(done, finished_at=at(60 * 24 * 3))
    assert told(late)[2] == "Completed 3 days after the end"
    assert told(replace(done, finished_at=None, finished_by=None))[1:] == ("Notes finished",)


def test_changes_after_finishing_are_counted():
    done = source(entry(1, "b", 1), status=SourceStatus.FINISHED, finished_at=at(60))
    assert told(done, version(1, "a", 90))[-1] == "1 line changed or removed, 1 after finishing"
    assert told(done, version(1, "a", 90), version(2, "x", 50))[-1] == "2 lines changed or removed, 1 after finishing"
    assert told(done, version(1, "a", 50))[-1].startswith("Completed")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Held 10 Oct 2022, 11:00\u201311:45"),
        ({"ended_at": at(14 * 60)}, "Held 10 Oct 2022, 11:00\u201311 Oct 2022, 01:00"),
        ({"ended_at": None}, "Held 10 Oct 2022, 11:00, its end is not known"),
        ({"ended_at": None, "started_at": datetime(2022, 10, 9, 22, tzinfo=UTC)}, "Held 10 Oct 2022"),
        ({"ended_at": None, "started_at": None}, "When it was held is not known"),
        ({"ended_at": None, "clock": Clock.RUNNING}, "Going on since 10 Oct 2022, 11:00"),
        ({"status": SourceStatus.PLANNED}, "Planned for 10 Oct 2022, 11:00\u201311:45"),
    ],
)
def test_how_it_is_said_when_it_was_held(fields, words):
    assert told(source(**fields))[0] == words


def test_what_is_not_known_or_not_done_is_said():
    assert told(source())[1:] == ("Notes not finished yet",)
    assert told(source(status=SourceStatus.PLANNED, started_at=None, ended_at=None)) == ()
    assert told(source(sheet="12"))[1] == "Written on paper sheet 12, typed in afterwards"


def test_versions_are_kept_from_the_end_on():
    assert keeps_versions(source())
    assert not keeps_versions(source(ended_at=None))
    assert not keeps_versions(source(clock=Clock.RUNNING, ended_at=None))
    assert keeps_versions(source(ended_at=None, status=SourceStatus.FINISHED))
