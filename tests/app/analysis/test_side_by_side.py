"""Two note-takers' lines before reconciling begins, and which say the same."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.reconciling import Row
from app.analysis.side_by_side import alike, side_by_side
from app.model.source import Entry, EntryKind, Fate, Original
from tests.documents import example

replace = msgspec.structs.replace


def row(left, right, **of_right):
    return Row(
        Original(key="o1", author="ada", text=left), Original(key="o2", author="bob", text=right, **of_right), ()
    )


def fresh():
    """The example's interview, before anybody reconciles it."""
    document = example()
    first = document.sources[0]
    entries = (Entry(key="i1-1", text="It drifts", author="ada"), Entry(key="i1-3", text=" "), first.entries[1])
    originals = (Original(key="i1-o4", author="bob", text="it drifts a lot"),)
    return replace(document, sources=(replace(first, entries=entries, originals=originals), *document.sources[1:]))


def test_before_it_begins_the_notes_themselves_stand_at_one_side():
    told = side_by_side(fresh(), "i1", "ada", "bob").rows
    assert [(r.left and (r.left.key, r.left.entry), r.right and r.right.key) for r in told] == [
        (("i1-o5", "i1-1"), "i1-o4"),
        (("i1-o6", "i1-2"), None),
    ]
    assert [[line.key for line in r.lines] for r in told] == [["i1-1"], ["i1-2"]]
    assert not any(r.decided for r in told)
    assert (told[1].left.uncertain, told[1].left.case, told[1].left.kind) == (True, "c1", EntryKind.QUESTION)


def test_a_line_that_names_nobody_is_the_observer_s_else_the_left_one_s():
    document = fresh()
    nobody = Entry(key="i1-9", text="nobody is named")
    first = replace(document.sources[0], entries=(nobody,), originals=())
    told = side_by_side(replace(document, sources=(first,)), "i1", "ada", "bob").rows
    assert [(r.left, r.right.text) for r in told] == [(None, "nobody is named")]
    alone = replace(first, assessors=())
    told = side_by_side(replace(document, sources=(alone,)), "i1", "ada", "bob").rows
    assert [(r.left.text, r.right) for r in told] == [("nobody is named", None)]


def test_once_it_has_begun_the_lines_kept_stand_there():
    document = example()
    told = side_by_side(document, "i1", "ada", "bob").rows
    assert [(r.left, r.right.key, r.decided) for r in told] == [(None, "i1-o1", True), (None, "i1-o2", False)]


def test_an_interview_that_is_not_there():
    with pytest.raises(KeyError):
        side_by_side(example(), "i9", "ada", "bob")


def test_blanks_and_case_make_no_difference():
    assert alike(row("It  drifts ", "it drifts"))
    assert alike(row("Straße", "STRASSE"))
    assert not alike(row("It drifts", "It drifts."))


def test_a_quotation_is_not_alike_to_a_paraphrase_nor_one_speaker_to_another():
    assert not alike(row("It drifts", "It drifts", kind=EntryKind.QUOTATION))
    one = row("It drifts", "It drifts", speaker="p1")
    assert alike(one)
    assert not alike(replace(one, left=replace(one.left, speaker="p2")))
    assert not alike(replace(one, left=None))
    assert not alike(replace(one, right=None))
    assert alike(replace(one, right=replace(one.right, fate=Fate.TAKEN)))


@given(st.text(), st.text())
def test_being_alike_does_not_depend_on_who_stands_left(one, other):
    assert alike(row(one, other)) == alike(row(other, one))
    assert alike(row(one, f" {one}\n"))
