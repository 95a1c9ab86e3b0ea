"""How passages are cited."""

import msgspec

from app.analysis.citations import Citations
from app.model.evidence import Passage, Span
from app.model.source import Entry, Source, SourceKind
from tests.documents import example

replace = msgspec.structs.replace


def source(key, kind=SourceKind.INTERVIEW, lines=12):
    entries = tuple(Entry(key=f"{key}-{number}", text="words") for number in range(1, lines + 1))
    return Source(key=key, title=key, round="r1", kind=kind, entries=entries)


def passage(key, *lines, of="a"):
    spans = tuple(Span(entry=f"{of}-{line}", start=0, end=5) for line in lines)
    return Passage(key=key, source=of, words="words", spans=spans)


def citations(*passages, sources=None):
    return Citations(replace(example(), sources=sources or (source("a"),), passages=passages))


def test_sources_are_counted_by_kind():
    kinds = [
        SourceKind.INTERVIEW,
        SourceKind.MEETING,
        SourceKind.INTERVIEW,
        SourceKind.DOCUMENT,
        SourceKind.OBSERVATION,
    ]
    found = citations(sources=tuple(source(f"s{number}", kind) for number, kind in enumerate(kinds)))
    assert [found.source(f"s{number}") for number in range(5)] == ["I1", "M1", "I2", "D1", "O1"]


def test_lines_are_counted_from_one():
    found = citations(sources=(source("a"), source("b")))
    assert (found.line("a-1"), found.line("a-12"), found.line("b-1")) == (1, 12, 1)


def test_a_passage_is_cited_by_its_lines():
    found = citations(passage("p", 12), passage("q", 4, 3), passage("r"), passage("s", 5, 5))
    assert [found.passage(key) for key in "pqrs"] == ["I1 line 12", "I1 lines 3-4", "I1", "I1 line 5"]


def test_passages_are_sorted_as_they_stand():
    found = citations(
        passage("p", 2, of="b"), passage("q", 12), passage("r", 9, 2), passage("s"), sources=(source("a"), source("b"))
    )
    assert sorted("pqrs", key=found.order) == ["s", "r", "q", "p"]


def test_lines_apart_are_not_cited_as_a_range():
    found = citations(passage("p", 9, 2), passage("q", 1, 2, 3, 7, 9, 10))
    assert [found.passage(key) for key in "pq"] == ["I1 lines 2, 9", "I1 lines 1-3, 7, 9-10"]


def test_a_line_is_cited_by_its_source_and_its_number():
    assert citations(sources=(source("a"), source("b"))).entry("b-7") == "I2 line 7"
