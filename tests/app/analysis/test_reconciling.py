"""Who took notes of an interview, and how far these are reconciled."""

import msgspec
import pytest

from app.analysis.reconciling import authors, begun, reconciled, rows, usual_author
from app.model.source import Attendance, Entry, Fate, Original, Part, Source
from tests.documents import example

replace = msgspec.structs.replace


def original(key, author, text, **fields):
    return Original(key=key, author=author, text=text, **fields)


def source(**fields):
    return Source(key="i1", title="X", round="r1", **fields)


OPEN = source(
    assessors=(Attendance(assessor="ada", part=Part.INTERVIEWER), Attendance(assessor="bob", part=Part.OBSERVER)),
    entries=(Entry(key="i1-1", text="it drifts"), Entry(key="i1-2", text="labels are old", author="ada")),
    originals=(
        original("o1", "bob", "it drifts", entry="i1-1"),
        original("o2", "ada", "it often drifts"),
        original("o3", "bob", "labels are old", fate=Fate.TAKEN, entry="i1-2"),
        original("o4", "ada", "nobody is on call", fate=Fate.LEFT_OUT),
    ),
)


def test_rows_say_what_became_of_each_line():
    told = rows(replace(example(), sources=(OPEN,)), "i1", "bob", "ada")
    assert [(row.left and row.left.key, row.right and row.right.key) for row in told.rows] == [
        ("o1", "o2"),
        ("o3", None),
        (None, "o4"),
    ]
    assert [[line.key for line in row.lines] for row in told.rows] == [["i1-1"], ["i1-2"], []]
    assert [row.decided for row in told.rows] == [False, True, True]
    assert told.decided == 2


def test_an_interview_that_is_not_there():
    with pytest.raises(KeyError):
        rows(example(), "i9", "ada", "bob")


def test_who_took_notes():
    assert authors(OPEN) == ("ada", "bob")
    alone = replace(OPEN, originals=(), entries=OPEN.entries[:1])
    assert authors(alone) == ("bob",), "a line that names nobody is the observer's"
    guests = replace(alone, originals=(original("o1", "zoe", "x"), original("o2", "cleo", "y")))
    assert authors(guests) == ("bob", "cleo", "zoe")
    assert authors(source(entries=OPEN.entries[:1])) == ()


def test_whose_lines_are_that_name_nobody():
    assert usual_author(OPEN) == "bob"
    assert usual_author(replace(OPEN, assessors=OPEN.assessors[:1])) == "ada"
    assert usual_author(source()) is None


def test_begun_and_done():
    assert begun(OPEN)
    assert not reconciled(OPEN)
    fresh = replace(OPEN, originals=(OPEN.originals[1],))
    assert not begun(fresh)
    assert begun(replace(OPEN, originals=(OPEN.originals[3],)))
    done = tuple(replace(line, fate=Fate.EDITED) for line in OPEN.originals)
    assert reconciled(replace(OPEN, originals=done))
    assert not reconciled(replace(OPEN, originals=done[:1]))
    assert not reconciled(source())
