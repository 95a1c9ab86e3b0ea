"""The index is built at the first search, and in step with the study from then on, whatever happens."""

from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.actions import assess, notes
from app.actions.errors import RefusedError
from app.actions.things import add, change, remove
from app.actions.verify import problems
from app.model.evidence import Coding
from app.model.source import Entry
from app.scoring.scale import Verdict
from app.search import index
from app.search.unicode61 import tokens
from app.store.errors import NotWritten, OpenedReadOnly


def built(study):
    for _ in index.build(study.file):
        pass
    return study


def expected(study):
    """The words of every row, read from the tables themselves."""
    found = {}
    for table, columns in index.TEXTS.items():
        names = ", ".join(columns)
        for row, *texts in study.file.connection.execute(f"SELECT id, {names} FROM {table}"):
            if text := index.joined(texts):
                found[row] = (table, text)
    return found


def is_in_step(study):
    """Whether each row is found by each of its words, and by no other."""
    connection = study.file.connection
    wanted = expected(study)
    rows = connection.execute("SELECT id, \"table\", row FROM search_rows WHERE row <> 'index'").fetchall()
    assert {row: table for _, table, row in rows} == {row: table for row, (table, _) in wanted.items()}
    numbers = {row: number for number, _, row in rows}
    assert connection.execute("SELECT count(*) FROM search_texts_docsize").fetchone()[0] == len(numbers)
    words = {}
    for row, (_, text) in wanted.items():
        for token in tokens(text):
            words.setdefault(token.word, set()).add(numbers[row])
    for word, where in words.items():
        found = connection.execute("SELECT rowid FROM search_texts WHERE search_texts MATCH ?", (f'"{word}"',))
        assert {number for (number,) in found} == where, word
    return True


def found(study, word):
    sql = "SELECT row FROM search_texts JOIN search_rows ON id = search_texts.rowid WHERE search_texts MATCH ?"
    return [row for (row,) in study.file.connection.execute(sql, (f'"{word}"',))]


def entry(study, key):
    return next(each for source in study.document.sources for each in source.entries if each.key == key)


def write(study, key, text):
    study.do(notes.write, "i2", [notes.SetEntry(replace(entry(study, key), text=text))])


def write_much(study):
    for number in range(100):
        write(study, "i2-1", " ".join(f"{number}x{place}" for place in range(2000)))


def test_a_study_that_was_never_searched_has_no_index(searched):
    write(searched, "i2-1", "Written before the first search")
    assert not index.is_built(searched.file.connection)
    assert searched.file.connection.execute("SELECT count(*) FROM search_rows").fetchone() == (0,)
    assert searched.file.connection.execute("SELECT count(*) FROM search_texts").fetchone() == (0,)


def test_every_kind_of_words_is_indexed(searched):
    built(searched)
    assert index.is_built(searched.file.connection)
    assert {table for table, _ in expected(searched).values()} == set(index.TEXTS)
    assert is_in_step(searched)
    assert list(problems(searched.file.connection)) == []


def test_building_tells_how_far_it_is(searched, monkeypatch):
    monkeypatch.setattr(index, "_ROWS", 3)
    steps = list(index.build(searched.file))
    done = [each for each, _ in steps]
    assert done == sorted(done)
    assert done[0] == 0
    assert {total for _, total in steps} == {done[-1]}
    assert max(after - before for before, after in pairwise(done)) == 3
    assert list(index.build(searched.file)) == []


def test_a_chunk_ends_where_there_is_much_to_read(searched, monkeypatch):
    monkeypatch.setattr(index, "_SIGNS", 1)
    steps = [done for done, _ in index.build(searched.file)]
    assert len(steps) > len(expected(searched))
    assert is_in_step(searched)


def test_a_build_that_was_cancelled_goes_on_and_misses_nothing_changed_meanwhile(searched, monkeypatch):
    monkeypatch.setattr(index, "_ROWS", 2)
    steps = index.build(searched.file)
    for _ in range(4):
        next(steps)
    write(searched, "i2-1", "Changed while the index was built")
    searched.do(notes.write, "i2", [notes.AddEntry(Entry(key="i2-90", text="A new line"), after=None)])
    searched.do(notes.write, "i2", [notes.RemoveEntry("i2-2")])
    steps.close()
    assert not index.is_built(searched.file.connection)
    write(searched, "i2-3", "Changed after it was cancelled")
    searched.undo()
    built(searched)
    assert is_in_step(searched)
    assert len(found(searched, "meanwhile")) == 0
    assert len(found(searched, "changed")) == 1


def test_changes_between_the_first_steps_are_not_missed(searched, monkeypatch):
    """Even where all that was read so far was empty, and so nothing is in the index yet."""
    searched.do(remove, "sources", "i1")
    for source in ("i2", "i3", "m1"):
        searched.do(remove, "sources", source)
    steps = index.build(searched.file)
    next(steps)
    searched.undo()
    for _ in steps:
        pass
    assert is_in_step(searched)


def test_a_line_is_found_as_soon_as_it_is_written_and_by_its_new_words_only(searched):
    built(searched)
    write(searched, "i2-1", "Überwachung mit Alarm")
    assert found(searched, "uberwachung") == [str(entry(searched, "i2-1").id)]
    write(searched, "i2-1", "Something else")
    assert found(searched, "uberwachung") == []
    searched.undo()
    assert is_in_step(searched)


def test_undo_and_redo_take_the_index_with_them(searched):
    built(searched)
    searched.do(remove, "sources", "i1")
    assert is_in_step(searched)
    assert found(searched, "retraining") == []
    searched.undo()
    assert is_in_step(searched)
    assert found(searched, "retraining")
    searched.redo()
    assert is_in_step(searched)


def test_words_that_are_taken_away_are_taken_out(searched):
    built(searched)
    coding = Coding(passage="q1", code="training", assessor="ada", case="paint", memo="  ")
    searched.do(change, coding)
    assert found(searched, "weekly") == []
    assert is_in_step(searched)
    searched.do(change, replace(coding, memo="Fortnightly"))
    assert len(found(searched, "fortnightly")) == 1
    assert is_in_step(searched)


def test_what_fails_leaves_the_index_as_it_was(searched):
    built(searched)
    with pytest.raises(RefusedError):
        searched.do(add, searched.document.challenges[0])
    connection = searched.file.connection
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(NotWritten):
        write_much(searched)
    connection.execute("PRAGMA max_page_count = 1073741823")
    assert is_in_step(searched)


def test_a_full_medium_while_building_is_told_and_can_be_gone_on_from(searched, monkeypatch):
    monkeypatch.setattr(index, "_ROWS", 2)
    connection = searched.file.connection
    write(searched, "i2-1", "x " * 9000)
    steps = index.build(searched.file)
    next(steps)
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(NotWritten, match="the index for searching was not saved"):
        list(steps)
    assert not connection.in_transaction
    connection.execute("PRAGMA max_page_count = 1073741823")
    assert is_in_step(built(searched))


def test_what_goes_wrong_in_a_chunk_leaves_nothing_of_it(searched, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError

    steps = index.build(searched.file)
    next(steps)
    monkeypatch.setattr(index, "_enter", broken)
    with pytest.raises(ZeroDivisionError):
        next(steps)
    assert not searched.file.connection.in_transaction
    monkeypatch.undo()
    assert is_in_step(built(searched))


def test_a_study_open_for_reading_gets_no_index(reading):
    with pytest.raises(OpenedReadOnly):
        next(index.build(reading.file))


def test_rebuilding_repairs_whatever_is_wrong(searched):
    built(searched)
    connection = searched.file.connection
    connection.execute("DELETE FROM search_rows WHERE \"table\" = 'entries'")
    connection.execute("UPDATE search_rows SET row = row || 'x' WHERE \"table\" = 'answers'")
    connection.execute("INSERT INTO search_texts (rowid, text) VALUES (9999, 'nobody wrote this')")
    with pytest.raises(AssertionError):
        is_in_step(searched)
    for _ in index.rebuild(searched.file):
        pass
    assert index.is_built(connection)
    assert is_in_step(searched)
    assert found(searched, "nobody") == []


def test_what_is_in_the_index_is_not_audited(searched):
    built(searched)
    write(searched, "i2-1", "Something else")
    assert list(problems(searched.file.connection)) == []


WORDS = st.lists(st.sampled_from(["alarm", "Größe", "drift", "\u0301", "-", ""]), max_size=4).map(" ".join)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(["i2-1", "i2-2", "i2-3"]), WORDS),
        st.tuples(st.just("add"), WORDS),
        st.tuples(st.just("remove"), st.integers(0, 9)),
        st.tuples(st.just("explain"), WORDS),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
    ),
    max_size=12,
)


class Random:
    """Does random things to a study; what is not possible just now is left out."""

    def __init__(self, study):
        self.study = study

    def do(self, what, *given):
        getattr(self, what)(*given)

    def write(self, key, text):
        if any(each.key == key for each in self.study.document.sources[1].entries):
            write(self.study, key, text)

    def add(self, text):
        made = Entry(key=f"new-{uuid4()}", text=text)
        self.study.do(notes.write, "i2", [notes.AddEntry(made)])

    def remove(self, place):
        entries = self.study.document.sources[1].entries
        if place < len(entries):
            self.study.do(notes.write, "i2", [notes.RemoveEntry(entries[place].key)])

    def explain(self, text):
        place = assess.Place("mlops-maturity", "versioned-code", "sorting", "r1", "ada")
        self.study.do(assess.answer, place, Verdict.FULLY, text)

    def undo(self):
        if self.study.undo_label:
            self.study.undo()

    def redo(self):
        if self.study.redo_label:
            self.study.redo()


@settings(max_examples=20)
@given(steps=STEPS)
def test_it_stays_in_step_whatever_is_done(searched, steps):
    built(searched)
    doing = Random(searched)
    for what, *given_ in steps:
        doing.do(what, *given_)
    assert is_in_step(searched)
    while searched.undo_label:
        searched.undo()
    assert is_in_step(searched)
