"""Rows of two note-takers decided in one step, with the beginning of it."""

import msgspec
import pytest

from app.actions import session, things
from app.actions.errors import NotFoundError, RefusedError
from app.actions.reconcile import How
from app.actions.reconcile_rows import decide_rows
from app.analysis.reconciling import begun, rows
from app.analysis.side_by_side import side_by_side
from app.model.source import Attendance, Entry, Fate, Original, Part, Source
from tests.app.actions.clocked import done, of

BETWEEN = ("ada", "bob")


@pytest.fixture
def fresh(study):
    """A study with an interview that two people took notes of, and nobody has reconciled."""
    made = Source(
        key="i2",
        title="Interview with P2",
        round="r1",
        assessors=(Attendance(assessor="ada", part=Part.OBSERVER), Attendance(assessor="bob", part=Part.OBSERVER)),
        entries=(
            Entry(key="i2-1", text="It drifts each week", author="ada"),
            Entry(key="i2-2", text="Labels are old"),
            Entry(key="i2-3", text=""),
        ),
        originals=(
            Original(key="i2-o1", author="bob", text="it drifts  each week"),
            Original(key="i2-o2", author="bob", text="Nobody is on call"),
        ),
    )
    study.do(things.add, made)
    return study


def keys(study, source="i2"):
    told = side_by_side(study.document, source, *BETWEEN)
    return [(row.left and row.left.key, row.right and row.right.key) for row in told.rows]


def bare(reconciling):
    """Rows without the ids, which only what is kept has."""
    return [
        [side and msgspec.structs.replace(side, id=None) for side in (row.left, row.right)] for row in reconciling.rows
    ]


def test_what_is_shown_before_is_what_there_is_once_it_has_begun(fresh):
    before = side_by_side(fresh.document, "i2", *BETWEEN)
    fresh.do(decide_rows, "i2", BETWEEN, [(None, "i2-o2")], How.NEITHER)
    after = rows(fresh.document, "i2", *BETWEEN)
    opened = [[side and msgspec.structs.replace(side, fate=Fate.OPEN) for side in pair] for pair in bare(after)]
    assert opened == bare(before)


def test_the_first_decision_begins_in_the_same_step(fresh):
    first = keys(fresh)[0]
    assert done(fresh, decide_rows, "i2", BETWEEN, [first], How.RIGHT) == "Reconcile a line of Interview with P2"
    made = of(fresh, "sources", "i2")
    assert [line.fate for line in made.originals] == [Fate.TAKEN, Fate.OPEN, Fate.LEFT_OUT, Fate.OPEN]
    assert [line.text for line in made.entries] == ["it drifts  each week", "Labels are old", ""]
    fresh.undo()
    assert not begun(of(fresh, "sources", "i2"))


def test_several_rows_are_one_step(fresh):
    left = [pair for pair in keys(fresh) if pair[0]]
    assert done(fresh, decide_rows, "i2", BETWEEN, left, "left") == "Reconcile 2 lines of Interview with P2"
    fates = {line.text: line.fate for line in of(fresh, "sources", "i2").originals}
    assert fates == {
        "It drifts each week": Fate.TAKEN,
        "it drifts  each week": Fate.LEFT_OUT,
        "Labels are old": Fate.TAKEN,
        "Nobody is on call": Fate.OPEN,
    }


def test_what_was_begun_goes_on_and_can_be_said_anew(fresh):
    first = keys(fresh)[0]
    fresh.do(decide_rows, "i2", BETWEEN, [first], How.RIGHT)
    assert keys(fresh)[0] == first
    done(fresh, decide_rows, "i2", BETWEEN, [first], How.BOTH)
    assert [line.text for line in of(fresh, "sources", "i2").entries][:2] == [
        "It drifts each week",
        "it drifts  each week",
    ]


def test_a_line_alone_goes_where_it_stands_beside_the_other_s(fresh):
    order = keys(fresh)
    assert [pair[0] is None for pair in order] == [False, True, False]
    done(fresh, decide_rows, "i2", BETWEEN, [order[1]], How.EDIT, "No one is on call")
    texts = [line.text for line in of(fresh, "sources", "i2").entries]
    assert texts == ["It drifts each week", "No one is on call", "Labels are old", ""]


def test_what_can_not_be_decided_is_refused_and_nothing_begins(fresh):
    before = fresh.document
    for wrong in ([], [(None, None)]):
        with pytest.raises(RefusedError):
            fresh.do(decide_rows, "i2", BETWEEN, wrong, How.LEFT)
    with pytest.raises(NotFoundError):
        fresh.do(decide_rows, "i9", BETWEEN, [(None, "i2-o1")], How.LEFT)
    assert fresh.document == before


def test_rows_of_finished_notes_are_decided_for_a_reason(fresh):
    fresh.do(session.finish, "i2", "ada")
    before, both = fresh.document, [pair for pair in keys(fresh) if pair[0]]
    for blank in ("", " "):
        with pytest.raises(RefusedError, match="These notes are finished: say why they are changed"):
            fresh.do(decide_rows, "i2", BETWEEN, both, How.NEITHER, reason=blank)
    assert fresh.document == before, "nor has reconciling begun"
    done(fresh, decide_rows, "i2", BETWEEN, both, How.NEITHER, reason="Bob came to it late")
    assert begun(of(fresh, "sources", "i2"))
    told = [version.reason for version in fresh.document.versions if version.source == "i2"]
    assert told == ["Reconciled: Bob came to it late"] * 2
    done(fresh, decide_rows, "i2", BETWEEN, both[:1], "right", reason="Bob had it word for word")
    assert [line.text for line in of(fresh, "sources", "i2").entries] == ["it drifts  each week", ""]
