"""The head of a source: changed without touching its notes, and never so that finished notes come open."""

import pytest
from msgspec.structs import replace

from app.actions import notes, session
from app.actions.errors import NotFoundError, RefusedError
from app.actions.notes import AddEntry
from app.actions.sources import change_head
from app.model.source import Attendance, Entry, Part, Source, SourceStatus
from tests.app.actions.clocked import done


def source(study, key="i1"):
    return next(each for each in study.document.sources if each.key == key)


def test_a_head_is_changed_and_the_notes_stay(timed):
    before = source(timed)
    made = replace(
        before,
        title="Another title",
        sheet="12",
        cases=("c2",),
        assessors=(Attendance(assessor="bob", part=Part.INTERVIEWER),),
        entries=(),
        originals=(),
    )
    assert done(timed, change_head, made) == "Change source Another title"
    after = source(timed)
    assert (after.title, after.sheet, after.cases) == ("Another title", "12", ("c2",))
    assert [(each.assessor, each.part) for each in after.assessors] == [("bob", Part.INTERVIEWER)]
    assert (after.entries, after.originals, after.asked) == (before.entries, before.originals, before.asked)


def test_lines_of_somebody_left_out_lose_their_speaker(timed):
    done(timed, change_head, replace(source(timed), participants=("p2",)))
    assert [entry.speaker for entry in source(timed).entries] == [None, None, None]
    assert [line.speaker for line in source(timed).originals] == [None, None]


def test_finishing_is_done_by_itself_and_not_undone_here(timed):
    with pytest.raises(RefusedError, match="finished by themselves"):
        timed.do(change_head, replace(source(timed), status=SourceStatus.FINISHED))
    timed.do(session.finish, "i1", "ada")
    with pytest.raises(RefusedError, match="not opened again"):
        timed.do(change_head, replace(source(timed), status=SourceStatus.OPEN))
    done(timed, change_head, replace(source(timed), consent="written"))
    with pytest.raises(RefusedError, match="speaks in notes that are finished"):
        timed.do(change_head, replace(source(timed), participants=("p2",)))
    assert source(timed).entries[0].speaker == "p1"


def test_a_source_that_is_gone_is_not_changed(timed):
    timed.do(notes.write, "m1", [AddEntry(Entry(key="m1-5", text="x"))])
    with pytest.raises(NotFoundError):
        timed.do(change_head, Source(key="i77", title="Gone", round="r1"))
