"""What became of notes after the interview; whatever was done to them, they can be read as they were typed."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.differences import Change
from app.analysis.history import as_typed, changed_after, history
from app.model.source import Clock, Entry, EntryKind, Source, SourceStatus, Version
from tests.documents import example

replace = msgspec.structs.replace
START = datetime(2022, 10, 10, 9, 0, tzinfo=UTC)
END = START + timedelta(minutes=45)


def entry(number, text=None, minutes=None):
    at = START + timedelta(minutes=number if minutes is None else minutes)
    return Entry(key=f"i1-{number}", text=f"line {number}" if text is None else text, at=at)


def version(number, text, minutes=60, **fields):
    told = {"sitting": f"s{minutes}", "noted_at": START + timedelta(minutes=number), "by": "ada", **fields}
    return Version(source="i1", line=f"i1-{number}", text=text, until=START + timedelta(minutes=minutes), **told)


def study(entries, versions=(), **fields):
    source = Source(
        key="i1", title="X", round="r1", **{"started_at": START, "ended_at": END, "entries": tuple(entries), **fields}
    )
    other = Source(key="i2", title="Y", round="r1", entries=(Entry(key="i2-1", text="other"),))
    return replace(example(), sources=(source, other), versions=tuple(versions))


def typed(document):
    return [(line.key, line.text) for line in as_typed(document, document.sources[0])]


# A life of notes, against which they are read


class Notes:
    """Notes that are edited as the program does it: a line's first version in each sitting is kept."""

    def __init__(self, count):
        self.lines = [entry(number) for number in range(1, count + 1)]
        self.typed = list(self.lines)
        self.versions = {}
        self.minutes = 60
        self.sitting = 0
        self.made = count
        self.fresh = set()

    def new_sitting(self):
        self.sitting += 1
        self.fresh = set()

    def keep(self, place):
        line = self.lines[place]
        if line.key not in self.fresh:
            below = self.lines[place - 1].key if place else ""
            kept = Version(
                source="i1",
                line=line.key,
                sitting=f"s{self.sitting}",
                text=line.text,
                kind=line.kind,
                noted_at=line.at,
                below=below,
                until=START + timedelta(minutes=self.minutes),
            )
            self.versions.setdefault((line.key, self.sitting), kept)

    def change(self, place):
        self.keep(place)
        self.lines[place] = replace(self.lines[place], text=f"changed {self.minutes}", kind=EntryKind.OBSERVATION)

    def remove(self, place):
        self.keep(place)
        del self.lines[place]

    def add(self, place):
        self.made += 1
        self.lines.insert(place, entry(self.made, "added", self.minutes))
        self.fresh.add(f"i1-{self.made}")

    def document(self):
        return study(self.lines, sorted(self.versions.values(), key=lambda v: (v.line, v.sitting)))


STEPS = st.lists(st.tuples(st.sampled_from(["change", "remove", "add", "sitting"]), st.integers(0, 99)), max_size=25)


def live(count, steps, *, ticking):
    notes = Notes(count)
    for step, place in steps:
        notes.minutes += ticking
        if step == "sitting":
            notes.new_sitting()
        elif step == "add":
            notes.add(place % (len(notes.lines) + 1))
        elif notes.lines:
            getattr(notes, step)(place % len(notes.lines))
    return notes


@given(st.integers(0, 8), STEPS)
def test_notes_are_read_as_they_were_typed_whatever_became_of_them(count, steps):
    notes = live(count, steps, ticking=1)
    document = notes.document()
    assert as_typed(document, document.sources[0]) == tuple(notes.typed)


@given(st.integers(0, 8), STEPS)
def test_every_line_changed_is_told_with_its_steps_to_today(count, steps):
    notes = live(count, steps, ticking=1)
    document = notes.document()
    told = history(document, "i1")
    assert sorted(line.line for line in told) == sorted({line for line, _ in notes.versions})
    standing = {line.key: line for line in notes.lines}
    for line in told:
        assert line.now == standing.get(line.line)
        assert line.steps[-1].after == line.now
        for one, following in zip(line.steps, line.steps[1:], strict=False):
            assert one.after == following.before
        for step in line.steps:
            kept = [piece.text for piece in step.pieces if piece.change is not Change.ADDED]
            assert "".join(kept) == step.before.text
    places = [line.number for line in told]
    assert places == sorted(places)


@given(st.integers(2, 8), st.lists(st.integers(0, 99), min_size=1, max_size=8))
def test_lines_removed_at_one_stroke_come_back_in_their_order(count, places):
    notes = live(count, [("remove", place) for place in places], ticking=0)
    document = notes.document()
    assert sorted(typed(document)) == sorted((line.key, line.text) for line in notes.typed)


def test_a_block_removed_at_one_stroke_comes_back_in_its_order():
    notes = live(5, [("remove", 1), ("remove", 1), ("remove", 1)], ticking=0)
    assert typed(notes.document()) == [(f"i1-{n}", f"line {n}") for n in range(1, 6)]
    backwards = live(12, [("remove", 11), ("remove", 10), ("remove", 9), ("remove", 8)], ticking=0)
    assert typed(backwards.document()) == [(f"i1-{n}", f"line {n}") for n in range(1, 13)]


# By hand


def test_nothing_changed():
    document = study([entry(1), entry(2)])
    assert history(document, "i1") == ()
    assert as_typed(document, document.sources[0]) == document.sources[0].entries


def test_each_step_says_who_when_why_and_what():
    versions = [version(1, "A loud b", 90, reason="misheard"), version(1, "A loud bird", 60), version(9, "x")]
    document = study([entry(1, "A quiet bird"), entry(2)], versions)
    removed, first = history(document, "i1")
    assert (removed.line, removed.number, removed.now) == ("i1-9", 0, None)
    assert [step.before for step in first.steps] == [versions[1], versions[0]]
    assert first.steps[1].after == first.now == document.sources[0].entries[0]
    assert [(piece.text, piece.change) for piece in first.steps[1].pieces] == [
        ("A ", Change.SAME),
        ("loud b", Change.REMOVED),
        ("quiet bird", Change.ADDED),
    ]
    assert (first.number, first.steps[0].before.by, first.steps[1].before.reason) == (1, "ada", "misheard")


def test_a_removed_line_was_all_removed():
    document = study([entry(1)], [version(2, "gone", below="i1-1")])
    (line,) = history(document, "i1")
    assert (line.number, line.now, line.steps[0].after) == (1, None, None)
    assert [piece.change for piece in line.steps[0].pieces] == [Change.REMOVED]


def test_other_interviews_versions_are_not_this_ones():
    document = study([entry(1)], [replace(version(1, "x"), source="i2", line="i2-1")])
    assert history(document, "i1") == ()
    assert [line.line for line in history(document, "i2")] == ["i2-1"]
    with pytest.raises(KeyError):
        history(document, "i3")


def test_while_it_goes_on_notes_are_as_they_stand():
    kept = [version(1, "before")]
    for fields in ({"clock": Clock.RUNNING}, {"ended_at": None}):
        document = study([entry(1)], kept, **fields)
        assert typed(document) == [("i1-1", "line 1")]


def test_without_an_end_what_was_finished_counts():
    finished = {"ended_at": None, "status": SourceStatus.FINISHED, "finished_at": END}
    document = study([entry(1)], [version(1, "sealed", 90), version(1, "earlier", 20)], **finished)
    assert typed(document) == [("i1-1", "sealed")]


def test_a_version_from_before_the_interview_went_on_again_is_none_of_its_end():
    document = study([entry(1)], [version(1, "at the end", 60), version(1, "at a first end", 30)])
    assert typed(document) == [("i1-1", "at the end")]
    assert len(history(document, "i1")[0].steps) == 2


@pytest.mark.parametrize(
    ("below", "noted", "place"),
    [("", START + timedelta(minutes=9), 0), ("i1-77", START + timedelta(minutes=2), 2), ("i1-77", None, 3),
     ("i1-77", START - timedelta(minutes=1), 0), ("i1-2", None, 2)],
)  # fmt: skip
def test_where_a_line_comes_back(below, noted, place):
    document = study([entry(1), entry(2), entry(3)], [version(8, "back", below=below, noted_at=noted)])
    assert [line for line, _ in typed(document)].index("i1-8") == place


def test_lines_that_stood_under_each_other_are_not_followed_for_ever():
    document = study([], [version(1, "one", below="i1-2"), version(2, "two", below="i1-1")])
    assert sorted(typed(document)) == [("i1-1", "one"), ("i1-2", "two")]


def test_how_many_lines_were_changed():
    versions = [version(1, "a", 60), version(1, "b", 90), version(2, "c", 70), version(3, "d", 95, reason="so")]
    document = study([entry(1), entry(2)], versions, finished_at=START + timedelta(minutes=80))
    assert changed_after(document, document.sources[0]) == (3, 2)
    assert changed_after(document, replace(document.sources[0], finished_at=None)) == (3, 0)
    assert changed_after(document, document.sources[1]) == (0, 0)
