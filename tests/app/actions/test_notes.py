"""Lines of notes: moved, marked, coded, kept as they were, and a second note-taker's own."""

import contextlib
import random
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from app.actions import evidence, notes, session, things, verify
from app.actions.elsewhere import Deed, go_on_in_copy, go_on_in_new
from app.actions.errors import NotFoundError, NothingToUndoError, RefusedError
from app.actions.notes import AddEntry, MoveEntry, RemoveEntry, SetEntry
from app.actions.open_study import OpenStudy
from app.model.read import read_document
from app.model.shifting import Mark
from app.model.source import Entry, EntryKind, Fate, Flag, Source, SourceStatus
from app.store.errors import StudyExists, WrongPassphrase
from tests.clock import Clock

PASSPHRASE = "correct horse battery"
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def clock():
    return Clock(NOW)


@pytest.fixture
def study(study_path, clock):
    """The study, with Ada working, and an interview i9 that goes on, with three lines."""
    with OpenStudy.open(study_path, PASSPHRASE, clock=clock) as opened:
        opened.work_as("ada")
        opened.do(things.add, Source(key="i9", title="Interview 9", round="r1", participants=("p1",), cases=("c1",)))
        opened.do(session.start, "i9")
        lines = [line(n, text, at=clock()) for n, text in enumerate(("The model drifts", "nobody looks", "late"), 1)]
        opened.do(notes.write, "i9", [AddEntry(each) for each in lines])
        yield opened
        assert list(verify.problems(opened.file.connection)) == []
        assert read_document(opened.file.connection) == opened.document


def line(number, text, **fields):
    return Entry(key=f"i9-{number}", text=text, author="ada", **fields)


def source(study, key="i9"):
    return next(each for each in study.document.sources if each.key == key)


def texts(study):
    return [entry.text for entry in source(study).entries]


def marked(study):
    """Give the words of each passage of the interview, line by line."""
    said = {entry.key: entry.text for entry in source(study).entries}
    return {
        passage.key: sorted((span.entry, said[span.entry][span.start : span.end]) for span in passage.spans)
        for passage in study.document.passages
        if passage.source == "i9"
    }


# Order


def test_lines_are_moved_between_others(study):
    study.do(notes.write, "i9", [MoveEntry("i9-3", None)])
    assert texts(study) == ["late", "The model drifts", "nobody looks"]
    study.do(notes.write, "i9", [MoveEntry("i9-3", "i9-1"), MoveEntry("i9-1", "")])
    assert texts(study) == ["late", "nobody looks", "The model drifts"]
    study.undo()
    study.undo()
    assert texts(study) == ["The model drifts", "nobody looks", "late"]


def test_lines_are_numbered_anew_when_there_is_no_room_between_them(study):
    for number in range(10, 75):
        study.do(notes.write, "i9", [AddEntry(line(number, str(number)), after="i9-1")])
    assert texts(study) == ["The model drifts", *(str(n) for n in range(74, 9, -1)), "nobody looks", "late"]


def test_a_line_can_t_stand_after_one_that_is_gone(study):
    with pytest.raises(NotFoundError, match="to write after"):
        study.do(notes.write, "i9", [AddEntry(line(9, "x"), after="i9-8")])
    with pytest.raises(NotFoundError, match="no such line"):
        study.do(notes.write, "i9", [MoveEntry("i1-1", None)])


# Passages


def mark(study, entry, start, end):
    return study.do(evidence.mark_passage, "i9", entry, start, end).key_of("passages")


def test_passages_go_where_the_words_went(study):
    key = mark(study, "i9-1", 4, 16)
    cut = SetEntry(line(1, "The model"), (Mark(key, 4, 9),))
    study.do(notes.write, "i9", [cut, AddEntry(line(4, " drifts"), "i9-1", (Mark(key, 0, 7),))])
    assert marked(study) == {key: [("i9-1", "model"), ("i9-4", " drifts")]}
    joined = SetEntry(line(1, "The model drifts"), (Mark(key, 4, 16),))
    study.do(notes.write, "i9", [joined, RemoveEntry("i9-4")])
    assert marked(study) == {key: [("i9-1", "model drifts")]}
    study.undo()
    study.undo()
    assert marked(study) == {key: [("i9-1", "model drifts")]}


def test_a_passage_may_lie_in_a_line_twice_and_loses_only_the_words_that_go(study):
    key = mark(study, "i9-1", 4, 9)
    twice = (Mark(key, 4, 9), Mark(key, 10, 16))
    study.do(notes.write, "i9", [SetEntry(line(1, "The model drifts"), twice)])
    assert marked(study) == {key: [("i9-1", "drifts"), ("i9-1", "model")]}
    study.do(notes.write, "i9", [SetEntry(line(1, "The model drifts"), twice)])
    study.do(notes.write, "i9", [SetEntry(line(1, "gone"), ())])
    assert marked(study) == {key: []}
    assert study.document.passages[-1].words == "model"


@pytest.mark.parametrize(
    ("marks", "problem"),
    [
        ((Mark("i9-p1", 4, 99),), "must lie within"),
        ((Mark("i9-p1", 0, 5), Mark("i9-p1", 3, 8)), "not over each other"),
        ((Mark("i1-p1", 0, 3),), "no such passage"),
        ((Mark("i9-p7", 0, 3),), "no passage"),
    ],
    ids=["too long", "overlapping", "of another source", "unknown"],
)
def test_marks_that_make_no_sense_are_refused(study, marks, problem):
    mark(study, "i9-1", 4, 9)
    with pytest.raises((RefusedError, NotFoundError), match=problem):
        study.do(notes.write, "i9", [SetEntry(line(1, "The model drifts!"), marks)])
    assert texts(study)[0] == "The model drifts"


def test_a_passage_that_lost_its_words_is_attached_to_others(study):
    key = mark(study, "i9-1", 4, 9)
    with pytest.raises(RefusedError, match="still has its words"):
        study.do(evidence.attach_passage, key, "i9-2", 0, 6)
    study.do(notes.write, "i9", [SetEntry(line(1, "It drifts"))])
    assert marked(study) == {key: []}
    with pytest.raises(RefusedError, match="Select some words"):
        study.do(evidence.attach_passage, key, "i9-2", 6, 7)
    with pytest.raises(NotFoundError, match="no such line"):
        study.do(evidence.attach_passage, key, "i1-1", 0, 3)
    study.do(evidence.attach_passage, key, "i9-2", 0, 6)
    assert marked(study) == {key: [("i9-2", "nobody")]}
    assert study.document.passages[-1].words == "nobody"
    study.undo()
    assert marked(study) == {key: []}


def test_codes_on_a_line_are_on_all_of_it_however_it_grows(study):
    study.do(notes.write, "i9", [SetEntry(line(2, "nobody", case="c1"), None, ("tools",))])
    (passage,) = [each for each in study.document.passages if each.source == "i9"]
    study.do(notes.write, "i9", [SetEntry(line(2, "nobody looks at it", case="c1"), None, ("tools", "monitoring"))])
    assert marked(study) == {passage.key: [("i9-2", "nobody looks at it")]}
    found = {
        (coding.code, coding.assessor, coding.case)
        for coding in study.document.codings
        if coding.passage == passage.key
    }
    assert found == {("tools", "ada", None), ("monitoring", "ada", "c1")}  # tools are about the organisation
    study.do(notes.write, "i9", [SetEntry(line(2, "", case="c1"), None)])
    assert marked(study) == {passage.key: []}


def test_codes_need_somebody_and_words(study):
    with pytest.raises(RefusedError, match="without words"):
        study.do(notes.write, "i9", [SetEntry(line(2, " "), None, ("tools",))])
    study.work_as("")
    with pytest.raises(RefusedError, match="say who is working"):
        study.do(notes.write, "i9", [SetEntry(line(2, "nobody"), None, ("tools",))])


# What was typed in the interview


def versions(study):
    return [
        (each.line, each.text, each.by, each.reason, each.below)
        for each in study.document.versions
        if each.source == "i9"
    ]


def test_while_the_interview_goes_on_nothing_is_kept_aside(study):
    study.do(notes.write, "i9", [SetEntry(line(1, "The model drifted")), RemoveEntry("i9-2")])
    study.do(session.pause, "i9")
    study.do(notes.write, "i9", [SetEntry(line(3, "very late"))])
    assert versions(study) == []


def test_what_was_typed_in_the_interview_stays_readable(study, clock):
    clock.forward(minutes=30)
    study.do(session.end, "i9")
    clock.forward(minutes=5)
    for text in ("The model drifts a", "The model drifts a lot"):
        study.do(notes.write, "i9", [SetEntry(line(1, text, at=NOW))])
    study.do(notes.write, "i9", [RemoveEntry("i9-2")])
    study.do(notes.write, "i9", [AddEntry(line(4, "later", at=clock()))])
    study.do(notes.write, "i9", [SetEntry(line(4, "later still", at=clock()))])
    study.do(notes.write, "i9", [SetEntry(line(3, "late", at=NOW, flag=Flag.CHALLENGE))])
    assert versions(study) == [
        ("i9-1", "The model drifts", "ada", "", ""),
        ("i9-2", "nobody looks", "ada", "", "i9-1"),
    ]
    study.work_as("bob")
    study.do(notes.write, "i9", [SetEntry(line(1, "It drifts a lot", at=NOW))])
    study.work_as("")
    study.do(notes.write, "i9", [SetEntry(line(4, "later, too", at=clock()))])
    assert ("i9-1", "The model drifts a lot", "bob", "", "") in versions(study)
    assert [each for each in versions(study) if each[0] == "i9-4"] == []


def test_finished_notes_change_for_a_reason_alone(study, clock):
    clock.forward(minutes=30)
    study.do(session.end, "i9")
    study.do(notes.write, "i9", [SetEntry(line(1, "once", at=NOW))])
    study.do(session.finish, "i9")
    clock.forward(minutes=600)
    with pytest.raises(RefusedError, match="say why"):
        study.do(notes.write, "i9", [SetEntry(line(1, "twice", at=NOW))])
    study.do(notes.write, "i9", [SetEntry(line(1, "twice", at=NOW))], reason=" heard wrong ")
    study.do(notes.write, "i9", [SetEntry(line(1, "thrice", at=NOW))], reason="heard wrong")
    once, twice = ("i9-1", "The model drifts", "ada", "", ""), ("i9-1", "once", "ada", "heard wrong", "")
    assert sorted(versions(study), key=lambda each: each[1]) == [once, twice]
    study.do(notes.write, "i9", [SetEntry(line(1, "four times", at=NOW))], reason="asked again")
    study.do(notes.write, "i9", [SetEntry(line(1, "five times", at=NOW))], reason="asked again")
    found = sorted(versions(study), key=lambda each: each[1])
    assert found == [once, twice, ("i9-1", "thrice", "ada", "asked again", "")]


def test_a_line_added_to_finished_notes_keeps_why(study, clock):
    clock.forward(minutes=30)
    study.do(session.end, "i9")
    study.do(notes.write, "i9", [AddEntry(line(7, "that evening", at=clock()))])
    study.do(session.finish, "i9")
    clock.forward(minutes=600)
    study.do(notes.write, "i9", [AddEntry(line(8, "one", at=clock()))], reason="forgot it")
    study.do(notes.write, "i9", [SetEntry(line(8, "one more", at=clock()))], reason="forgot it")
    (kept,) = (each for each in study.document.versions if each.source == "i9")
    assert (kept.line, kept.added, kept.text, kept.by, kept.until) == ("i9-8", True, "", "ada", clock())
    assert kept.reason == "forgot it"
    study.do(notes.write, "i9", [SetEntry(line(8, "more", at=clock()))], reason="it was less")
    added = ("i9-8", "", "ada", "forgot it", "")
    assert set(versions(study)) == {added, ("i9-8", "one more", "ada", "it was less", "i9-7")}
    study.undo()
    assert versions(study) == []
    study.redo()
    assert len(versions(study)) == 2


def test_a_line_of_finished_notes_goes_and_comes_back_in_one_sitting(study, clock):
    clock.forward(minutes=30)
    study.do(session.end, "i9")
    study.do(session.finish, "i9")
    for edit in (RemoveEntry("i9-1"), AddEntry(line(1, "once more", at=NOW), None)):
        study.do(notes.write, "i9", [edit], reason="r")
    for edit in (AddEntry(line(8, "new", at=clock())), RemoveEntry("i9-8"), AddEntry(line(8, "anew", at=clock()))):
        study.do(notes.write, "i9", [edit], reason="r")
    assert {each[:2] for each in versions(study)} == {("i9-1", "The model drifts"), ("i9-8", "")}
    assert texts(study) == ["once more", "nobody looks", "late", "anew"]


def test_versions_go_with_what_nobody_knows_the_time_of(study, clock):
    study.do(things.change, replace(source(study), status=SourceStatus.FINISHED, clock="stopped"))
    study.do(notes.write, "i9", [SetEntry(line(3, "at last"))], reason="r")
    study.do(notes.write, "i9", [AddEntry(line(5, "five"))], reason="r")
    study.do(notes.write, "i9", [SetEntry(line(5, "fifth"))], reason="r")
    assert {each[:2] for each in versions(study)} == {("i9-3", "late"), ("i9-5", "")}


def test_a_line_written_twice_in_one_go_is_no_version(study, clock):
    clock.forward(minutes=30)
    study.do(session.end, "i9")
    clock.forward(minutes=1)
    study.do(notes.write, "i9", [AddEntry(line(8, "one", at=clock())), SetEntry(line(8, "two", at=clock()))])
    assert versions(study) == []


def test_a_source_goes_with_all_its_passages(study):
    for start in range(70):
        study.do(notes.write, "i9", [AddEntry(line(200 + start, "words"))])
        mark(study, f"i9-{200 + start}", 0, 5)
    before = study.document
    study.do(things.remove, "sources", "i9")
    assert [each for each in study.document.passages if each.source == "i9"] == []
    study.undo()
    assert study.document == before


# A second note-taker


def originals(study):
    return [(each.key, each.author, each.text, each.fate) for each in source(study).originals]


def test_a_second_note_taker_s_lines_stand_beside_the_interview_s(study):
    study.work_as("bob")
    own = [
        AddEntry(Entry(key="i9-o1", text="it drifts", uncertain=True), codes=("tools",)),
        AddEntry(Entry(key="i9-o2", text="no eyes")),
    ]
    study.do(notes.write_original, "i9", "bob", own)
    study.do(
        notes.write_original,
        "i9",
        "bob",
        [SetEntry(Entry(key="i9-o2", text="no eyes on it")), MoveEntry("i9-o2", None)],
    )
    assert originals(study) == [("i9-o2", "bob", "no eyes on it", Fate.OPEN), ("i9-o1", "bob", "it drifts", Fate.OPEN)]
    assert texts(study) == ["The model drifts", "nobody looks", "late"]
    assert [each.entry for each in study.document.follow_ups] == ["i1-2", None], "they ask nothing of their own"
    study.do(notes.write_original, "i9", "bob", [RemoveEntry("i9-o1")])
    assert study.undo_label == "Remove a line of notes in Interview 9"
    with pytest.raises(NotFoundError):
        study.do(notes.write_original, "i9", "eve", own)
    study.work_as("ada")
    with pytest.raises(RefusedError, match="by nobody else"):
        study.do(notes.write_original, "i9", "bob", own)
    study.work_as("bob")
    with pytest.raises(NotFoundError):
        study.do(notes.write_original, "i9", "bob", [SetEntry(Entry(key="i9-o7", text="x"))])
    study.work_as("ada")
    for edit in (SetEntry(Entry(key="i9-o2", text="mine now")), MoveEntry("i9-o2"), RemoveEntry("i9-o2")):
        with pytest.raises(RefusedError, match="by nobody else"):
            study.do(notes.write_original, "i9", "ada", [edit])
    study.work_as("bob")
    study.do(session.finish, "i9")
    study.do(notes.write_original, "i9", "bob", [AddEntry(Entry(key="i9-o3", text="typed up later"))])
    assert originals(study)[-1][2] == "typed up later"


def test_what_became_of_a_line_stays_when_it_is_written_again(study):
    study.work_as("bob")
    beside = source(study, "i1")
    first = beside.originals[1]
    study.do(notes.write_original, "i1", "bob", [SetEntry(Entry(key=first.key, text="no alarm at all"))])
    after = source(study, "i1").originals[1]
    assert (after.text, after.fate, after.entry) == ("no alarm at all", first.fate, first.entry)


# Uncertain lines


def test_an_uncertain_line_is_followed_up(study):
    study.do(notes.write, "i9", [AddEntry(line(4, "how often?", uncertain=True, speaker="p1", case="c1"))])
    asked = study.document.follow_ups[-1]
    assert (asked.question, asked.entry, asked.participant, asked.case) == ("how often?", "i9-4", "p1", "c1")
    study.do(
        notes.write, "i9", [SetEntry(line(4, "how often is it trained?", uncertain=True, speaker="p1", case="c1"))]
    )
    assert study.document.follow_ups[-1].question == "how often is it trained?"
    study.do(notes.write, "i9", [RemoveEntry("i9-4")])
    assert study.document.follow_ups[-1].key != asked.key


# Elsewhere


def test_a_study_goes_on_in_a_copy(study, tmp_path):
    target = tmp_path / "copy.fieldquill"
    unsaved = [Deed(notes.write, ("i9", [AddEntry(line(7, "unsaved"))]), {"reason": ""})]
    with go_on_in_copy(study, target, PASSPHRASE, unsaved) as copy:
        assert texts(copy) == [*texts(study), "unsaved"]
        assert copy.who == "ada"
        assert copy.undo_label == "Write a line of notes in Interview 9"
    with pytest.raises(StudyExists):
        go_on_in_copy(study, target, PASSPHRASE, [])
    with pytest.raises(WrongPassphrase):
        go_on_in_copy(study, tmp_path / "other.fieldquill", "wrong passphrase", [])
    with pytest.raises(NotFoundError):
        go_on_in_copy(study, tmp_path / "other.fieldquill", PASSPHRASE, [Deed(things.remove, ("cases", "none"))])
    assert [path.name for path in tmp_path.glob("*.fieldquill*")] == ["copy.fieldquill"]


def test_a_study_goes_on_in_a_new_file(study, tmp_path):
    target = tmp_path / "new.fieldquill"
    unsaved = [Deed(notes.write, ("i9", [AddEntry(line(7, "unsaved"))]))]
    with go_on_in_new(study, target, "another passphrase", unsaved) as made:
        assert texts(made) == [*texts(study), "unsaved"]
        assert list(verify.problems(made.file.connection)) == []


# The document in memory


class Somebody:
    """Does something to the interview at random; whatever is refused is left."""

    def __init__(self, study):
        self.study = study
        self.chance = random.Random(5)
        self.number = 100
        self.deeds = (self.add, self.set, self.move, self.remove, self.beside, self.mark, self.unmark, self.reorder)
        self.deeds += (self.rename, study.undo, study.redo)

    def act(self):
        self.number += 1
        with contextlib.suppress(NotFoundError, RefusedError, NothingToUndoError):
            self.chance.choice(self.deeds)()

    @property
    def some(self):
        return self.chance.choice([*(entry.key for entry in source(self.study).entries), "none"])

    def write(self, *edits):
        self.study.do(notes.write, "i9", edits)

    def add(self):
        self.write(AddEntry(line(self.number, "a line"), self.chance.choice([self.some, None, ""])))

    def set(self):
        self.write(SetEntry(Entry(key=self.some, text=f"set {self.number}")))

    def move(self):
        self.write(MoveEntry(self.some, None))

    def remove(self):
        self.write(RemoveEntry(self.some))

    def beside(self):
        self.study.work_as("bob")
        self.study.do(notes.write_original, "i9", "bob", [AddEntry(Entry(key=f"i9-o{self.number}", text="o"))])

    def mark(self):
        mark(self.study, self.some, 0, 2)

    def unmark(self):
        self.study.do(things.remove, "passages", self.chance.choice(self.study.document.passages).key)

    def reorder(self):
        self.study.do(things.move, "sources", "i9", self.chance.randrange(4))

    def rename(self):
        self.study.do(things.change, replace(source(self.study), title=f"Title {self.number}"))


def test_whatever_is_done_the_document_is_what_the_file_holds(study):
    """After each of some hundred random actions, undone and redone between: patched as if read anew."""
    somebody = Somebody(study)
    for number in range(250):
        somebody.act()
        if number % 5 == 0:
            assert read_document(study.file.connection) == study.document
    lines = [AddEntry(line(1000 + n, f"pasted {n}"), f"i9-{999 + n}" if n else None) for n in range(200)]
    study.do(notes.write, "i9", lines)
    assert texts(study)[:200] == [f"pasted {n}" for n in range(200)]


def test_a_quotation_keeps_its_kind_in_versions(study, clock):
    study.do(notes.write, "i9", [SetEntry(line(1, "said", at=NOW, kind=EntryKind.QUOTATION))])
    clock.forward(minutes=5)
    study.do(session.end, "i9")
    clock.forward(minutes=1)
    study.do(notes.write, "i9", [SetEntry(line(1, "said", at=NOW))])
    assert [each.kind for each in study.document.versions if each.source == "i9"] == [EntryKind.QUOTATION]


# Many lines at once


def below(first, number, after):
    """New lines of which each stands under the one before."""
    keys = [after, *(f"i9-{place}" for place in range(first, first + number))]
    return [AddEntry(line(first + place, f"line {first + place}"), keys[place]) for place in range(number)]


@pytest.mark.parametrize("after", ["", None, "i9-1", "i9-3"])
def test_lines_added_together_stand_where_they_would_one_by_one(study, after):
    together = below(10, 70, after)
    study.do(notes.write, "i9", together)
    found = texts(study)
    study.undo()
    for edit in together:
        study.do(notes.write, "i9", [edit])
    assert texts(study) == found
    assert [entry.key for entry in source(study).entries if entry.key in {"i9-10", "i9-11"}] == ["i9-10", "i9-11"]


def test_a_long_paste_costs_a_statement_for_many_lines(study):
    asked = []
    study.file.connection.set_trace_callback(asked.append)
    study.do(notes.write, "i9", below(10, 10, "i9-1"))
    few = len(asked)
    study.do(notes.write, "i9", below(30, 200, "i9-2"))
    study.file.connection.set_trace_callback(None)
    assert len(asked) - few < few + 20


def test_lines_added_together_keep_what_each_of_them_says(study):
    edits = below(10, 4, "i9-1")
    edits[1] = replace(edits[1], entry=replace(edits[1].entry, text="who knows", uncertain=True))
    study.do(notes.write, "i9", [*edits, RemoveEntry("i9-3"), *below(20, 2, "i9-13")])
    assert [entry.key for entry in source(study).entries] == [
        *("i9-1", "i9-10", "i9-11", "i9-12", "i9-13", "i9-20", "i9-21", "i9-2"),
    ]
    assert [each.entry for each in study.document.follow_ups if each.question == "who knows"] == ["i9-11"]
