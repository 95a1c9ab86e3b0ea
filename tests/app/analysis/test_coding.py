"""What is coded, found again: held to slow, obvious ways of finding the same."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.citations import Citations
from app.analysis.coding import CodingIndex, CodingsByPassage, Query, chosen, memos, retrieve
from app.analysis.guide import rubrics_of
from app.analysis.matrices import by_case, by_principle, co_occurrence
from app.exchange.demo import demo_document
from app.model.assessment import Answer, Challenge, Finding
from app.model.evidence import Code, Coding, Evidence, Passage, Span
from app.model.source import Entry, Source
from app.search.matching import matches
from app.search.query import parse
from tests.documents import RUBRIC, example

replace = msgspec.structs.replace
TEXTS = ("drift Alarm", "no alarm; réseau", "", "x")
CUTS = (0, 3, 6, 9, 99)  # few, so that passages begin where others end, and lie within others
CODES = "abcdef"


@st.composite
def coded(draw):
    """Two sources of a few lines, passages anywhere in them, and codes put on by two people."""
    sources = (_source(draw, "s1", ("p1", "p2"), "r1"), _source(draw, "s2", (), "r2"))
    passages = tuple(_passage(draw, number, sources) for number in range(draw(st.integers(0, 6))))
    keys = draw(st.permutations(CODES))
    codes = tuple(_code(draw, key, keys[:place]) for place, key in enumerate(keys))
    places = st.tuples(st.sampled_from(range(6)), st.sampled_from(CODES), st.sampled_from(["ada", "bob"]))
    put = [place for place in draw(st.lists(places, unique=True, max_size=14)) if place[0] < len(passages)]
    codings = tuple(
        Coding(
            passage=f"q{number}",
            code=code,
            assessor=who,
            case=draw(st.sampled_from([None, "c1", "c2"])),
            memo=draw(st.sampled_from(["", " ", "alarm!"])),
        )
        for number, code, who in put
    )
    answered = _judgements(draw, [passage.key for passage in passages])
    shuffled = tuple(draw(st.permutations(codes)))
    return replace(example(), **answered, sources=sources, passages=passages, codes=shuffled, codings=codings)


def _source(draw, key, people, wave):
    texts = draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=2))
    speakers = st.sampled_from([None, *people])
    entries = tuple(Entry(key=f"{key}-{n}", text=text, speaker=draw(speakers)) for n, text in enumerate(texts))
    return Source(key=key, title=f"Source {key}", round=wave, participants=people, entries=entries)


def _passage(draw, number, sources):
    source = draw(st.sampled_from(sources))
    spans = []
    for entry in source.entries:
        cuts = sorted({min(cut, len(entry.text)) for cut in CUTS})
        if len(cuts) > 1 and draw(st.booleans()):
            start = draw(st.sampled_from(cuts[:-1]))
            spans.append(Span(entry=entry.key, start=start, end=draw(st.sampled_from([c for c in cuts if c > start]))))
    return Passage(
        key=f"q{number}", source=source.key, words="as alarm was marked", spans=tuple(draw(st.permutations(spans)))
    )


def _code(draw, key, above):
    parent = draw(st.sampled_from([None, *above]))
    principle = draw(st.sampled_from([None, "first", "second"]))
    return Code(key=key, name=key.upper(), parent=parent, rubric="small" if principle else None, principle=principle)


def _judgements(draw, passages):
    here = {"rubric": "small", "round": "r1"}
    kinds = {
        "answers": Answer(**here, criterion="seen", case="c1", assessor="ada"),
        "findings": Finding(**here, principle="first", case="c1", text="It runs."),
        "challenges": Challenge(**here, key="ch", principle="second", title="It does not."),
    }
    linked = st.lists(st.sampled_from(passages), unique=True, max_size=2) if passages else st.just([])
    return {
        table: (replace(judged, evidence=tuple(Evidence(passage=key) for key in draw(linked))),)
        for table, judged in kinds.items()
    }


QUERIES = st.builds(
    Query,
    all_of=st.lists(st.sampled_from(CODES), max_size=2).map(tuple),
    any_of=st.lists(st.sampled_from(CODES), max_size=2).map(tuple),
    none_of=st.lists(st.sampled_from(CODES), max_size=1).map(tuple),
    below=st.booleans(),
    cases=st.frozensets(st.sampled_from(["", "c1", "c2"]), max_size=2),
    rounds=st.frozensets(st.sampled_from(["r1", "r2"]), max_size=1),
    roles=st.frozensets(st.sampled_from(["engineer", "manager"]), max_size=1),
    assessors=st.frozensets(st.sampled_from(["ada", "bob"]), max_size=1),
    words=st.sampled_from(["", " ", "ALARM", "reseau", "-alarm", "...", "no -drift"]),
)


# The slow way


class Slow:
    def __init__(self, document):
        self.document = document
        self.passages = {each.key: each for each in document.passages}
        self.sources = {each.key: each for each in document.sources}
        self.entries = {entry.key: entry for source in document.sources for entry in source.entries}

    def under(self, code, *, below=True):
        found = {code}
        while below:
            more = {each.key for each in self.document.codes if each.parent in found} - found
            if not more:
                break
            found |= more
        return found

    def overlap(self, one, other):
        pairs = [(a, b) for a in self.passages[one].spans for b in self.passages[other].spans]
        return one == other or any(a.entry == b.entry and a.start < b.end and b.start < a.end for a, b in pairs)

    def carried(self, passage, codings):
        return {each.code for each in codings if self.overlap(passage, each.passage)}

    def words(self, passage):
        lines = list(self.entries)
        spans = sorted(self.passages[passage].spans, key=lambda span: (lines.index(span.entry), span.start))
        said = [self.entries[span.entry].text[span.start : span.end] for span in spans]
        return " … ".join(said) if said else self.passages[passage].words

    def roles(self, passage):
        marked = self.passages[passage]
        spoke = [self.entries[span.entry].speaker for span in marked.spans if self.entries[span.entry].speaker]
        role_of = {person.key: person.role for person in self.document.participants}
        return {role_of[person] for person in spoke or self.sources[marked.source].participants}

    def order(self, passage):
        marked = self.passages[passage]
        source = [each.key for each in self.document.sources].index(marked.source)
        lines = [entry.key for entry in self.document.sources[source].entries]
        starts = [(lines.index(span.entry), span.start) for span in marked.spans]
        return source, min(starts, default=(-1, 0)), list(self.passages).index(passage)

    def chosen(self, query):
        counting = [
            each
            for each in self.document.codings
            if (not query.assessors or each.assessor in query.assessors)
            and (not query.cases or (each.case or "") in query.cases)
        ]
        found = {each.passage for each in counting if self.answers(each.passage, query, counting)}
        return tuple(sorted(found, key=self.order))

    def answers(self, passage, query, counting):
        own = {each.code for each in counting if each.passage == passage}
        carried = self.carried(passage, counting)
        spread = lambda code: self.under(code, below=query.below)  # noqa: E731
        asked = set().union(*map(spread, (*query.all_of, *query.any_of)))
        wanted = parse(query.words, typing=True)
        return (
            bool(own & asked or not asked)
            and all(spread(code) & carried for code in query.all_of)
            and (not query.any_of or any(spread(code) & carried for code in query.any_of))
            and not any(spread(code) & carried for code in query.none_of)
            and (not query.rounds or self.sources[self.passages[passage].source].round in query.rounds)
            and (not query.roles or bool(self.roles(passage) & query.roles))
            and (not (wanted.terms or wanted.excluded) or matches(wanted, self.words(passage)))
        )

    def principle(self, code):
        of = {each.key: each for each in self.document.codes}[code]
        while of.principle is None and of.parent:
            of = next(each for each in self.document.codes if each.key == of.parent)
        return of.principle

    def principles(self, passage):
        found = {self.principle(code) for code in self.carried(passage, self.document.codings)} - {None}
        for judged in (*self.document.answers, *self.document.findings, *self.document.challenges):
            if passage in {link.passage for link in judged.evidence}:
                found.add("second" if isinstance(judged, Answer) else judged.principle)
        return found or {""}


# Finding


@given(document=coded(), query=QUERIES)
def test_finding_passages(document, query):
    index = CodingIndex(document)
    assert chosen(index, query) == Slow(document).chosen(query)
    assert [found.passage for found in retrieve(index, query)] == list(chosen(index, query))


SPANS = [(start, end) for start in CUTS[:4] for end in CUTS[1:4] if start < end]


@given(marked=st.lists(st.tuples(st.sampled_from(SPANS), st.sampled_from("ab"), st.sampled_from("ab")), min_size=3))
def test_what_passages_carry(marked):
    """On two short lines, where all lies over or beside each other."""
    lines = tuple(Entry(key=key, text=TEXTS[0]) for key in "ab")
    passages = tuple(
        Passage(key=f"q{n}", source="s", words="x", spans=(Span(entry=line, start=start, end=end),))
        for n, ((start, end), line, _) in enumerate(marked)
    )
    codings = tuple(Coding(passage=f"q{n}", code=code, assessor="ada") for n, (_, _, code) in enumerate(marked))
    source = Source(key="s", title="S", round="r1", entries=lines)
    codes = (Code(key="a", name="A"), Code(key="b", name="B"))
    document = replace(example(), sources=(source,), passages=passages, codings=codings, codes=codes)
    slow = Slow(document)
    assert CodingIndex(document).carried == {each.key: slow.carried(each.key, codings) for each in passages}


@given(document=coded())
def test_what_is_under_a_code(document):
    slow, index = Slow(document), CodingIndex(document)
    for code in CODES:
        assert index.under(code) == slow.under(code)
        for below in (True, False):
            of = slow.under(code, below=below)
            passages = sorted({each.passage for each in document.codings if each.code in of}, key=slow.order)
            assert (
                index.passages(code, below=below)
                == tuple(passages)
                == chosen(index, Query(any_of=(code,), below=below))
            )
            assert index.count(code, below=below) == len(passages)
    assert sorted(index.tree) == sorted(CODES)
    assert index.coded == chosen(index, Query())
    for place, key in enumerate(index.tree):
        assert set(index.tree[place : place + len(index.under(key))]) == index.under(key)
        assert index.path(key) == tuple(each.upper() for each in reversed(index.lineage(key)))


@given(document=coded())
def test_passages_as_they_are_shown(document):
    slow, index, citations = Slow(document), CodingIndex(document), Citations(document)
    for passage in document.passages:
        found = index.found(passage.key)
        assert (found.passage, found.source) == (passage.key, passage.source)
        assert (found.citation, found.title) == (citations.passage(passage.key), slow.sources[passage.source].title)
        assert found.words == slow.words(passage.key)
        assert set(found.roles) == slow.roles(passage.key)
        assert found.orphaned == (not passage.spans)
        assert sorted(found.codings, key=repr) == sorted(
            (each for each in document.codings if each.passage == passage.key), key=repr
        )
        if len(passage.spans) == 1:
            assert found.before + found.words + found.after == slow.entries[passage.spans[0].entry].text
        if not passage.spans:
            assert (found.before, found.after, found.above, found.below, found.speaker) == ("", "", "", "", "")


# Matrices


@given(document=coded())
def test_matrices(document):
    slow, index = Slow(document), CodingIndex(document)
    put = document.codings
    rows = {above for each in put for above in index.lineage(each.code)}
    for matrix, columns in (
        (by_case(index), lambda each: {each.case or ""}),
        (by_principle(index, RUBRIC), lambda each: slow.principles(each.passage)),
    ):
        expected = {}
        for row in rows:
            for each in put:
                for column in columns(each) if each.code in slow.under(row) else ():
                    expected.setdefault((row, column), set()).add(each.passage)
        assert matrix.cells == {place: tuple(sorted(of, key=slow.order)) for place, of in expected.items()}
        assert [key for key, _ in matrix.row_heads] == [key for key in index.tree if key in rows]
        assert {column for _, column in matrix.cells} <= {key for key, _ in matrix.column_heads}


@given(document=coded())
def test_codes_that_meet(document):
    index = CodingIndex(document)
    matrix = co_occurrence(index)
    for one in CODES:
        for other in CODES:
            both = () if one == other else chosen(index, Query(all_of=(one, other), below=False))
            assert matrix.cells.get((one, other), ()) == both
            assert matrix.count(one, other) == len(both)
    assert {key for key, _ in matrix.row_heads} == {one for one, _ in matrix.cells}
    assert matrix.row_heads == matrix.column_heads


# In so many words


def test_memos(small):
    index = CodingIndex(demo_document())
    every = memos(index)
    assert len(every) == sum(bool(each.memo) for each in index.document.codings)
    assert [index.in_order([memo.coding.passage])[0] for memo in every] == [memo.coding.passage for memo in every]
    found = memos(index, "monitoring word")
    assert [(memo.citation, memo.code, memo.assessor) for memo in found] == [
        ("I4 line 5", "Watching measures in use", "Assessor C")
    ]
    assert memos(index, "  ...") == every
    assert memos(CodingIndex(small), "none") == []


def test_a_passage_in_the_demonstration():
    document = demo_document()
    index = CodingIndex(document)
    found = index.found("i12-p25")
    assert (found.citation, found.speaker, found.roles) == ("I12 line 36", "ML engineer C", ("ML engineer",))
    assert found.after == " (1 plant abroad)"
    assert found.above.startswith("Cost approx 3 months")
    assert found.below.startswith("Retraining trigger")
    assert [coding.code for coding in found.codings] == ["tool-tracking", "ch-sharing"]
    assert index.found("i12-p25") is found
    assert index.citations is index.citations


def test_the_demonstration_s_counts_agree():
    document = demo_document()
    index = CodingIndex(document)
    matrix = by_case(index)
    for code in document.codes:
        for case, _ in matrix.column_heads:
            query = Query(any_of=(code.key,), cases=frozenset({case}))
            assert matrix.cells.get((code.key, case), ()) == chosen(index, query)
    columns = by_principle(index, rubrics_of(document)["mlops-maturity"]).column_heads
    assert [name for _, name in columns][-2:] == ["Traceability", "No principle"]


def test_words_are_found_whatever_their_case_and_accents():
    document = example()
    entry = Entry(key="s-1", text="Le RÉSEAU tombe en panne")
    source = Source(key="s", title="S", round="r1", entries=(entry,))
    passages = (
        Passage(key="p", source="s", words="then", spans=(Span(entry="s-1", start=0, end=9),)),
        Passage(key="gone", source="s", words="réseaux perdus"),
    )
    codings = tuple(Coding(passage=key, code="tools", assessor="ada") for key in ("p", "gone"))
    index = CodingIndex(replace(document, sources=(source,), passages=passages, codings=codings))
    assert chosen(index, Query(words="reseau")) == ("gone", "p")  # the last word typed may go on
    assert chosen(index, Query(words='"reseau"')) == ("p",)
    assert chosen(index, Query(words="perdus")) == ("gone",)
    assert index.found("gone").words == "réseaux perdus"


@pytest.mark.parametrize("parents", [{"a": "b", "b": "a"}, {"a": "a"}])
def test_codes_that_stand_under_themselves(parents):
    """No action makes such a codebook, and no import; looking at one must end all the same."""
    codes = tuple(Code(key=key, name=key, parent=parent) for key, parent in parents.items())
    index = CodingIndex(replace(example(), codes=codes, codings=()))
    assert index.tree == ()
    for key in parents:
        assert index.under(key) == set(parents)
        assert set(index.lineage(key)) == set(parents)
        assert len(index.path(key)) == len(parents)


def test_a_code_that_is_no_longer_there():
    index = CodingIndex(demo_document())
    assert chosen(index, Query(any_of=("gone",))) == ()
    assert chosen(index, Query(all_of=("tools", "gone"))) == ()
    assert index.passages("gone") == ()
    assert index.path("gone") == ()


def test_a_crowded_line():
    """A thousand passages over each other on one line are no more work than as many apart."""
    text = "x" * 2000
    source = Source(key="s", title="S", round="r1", entries=(Entry(key="s-1", text=text),))
    spans = [Span(entry="s-1", start=n, end=1000 + n) for n in range(1000)]
    passages = tuple(Passage(key=f"p{n}", source="s", words="x", spans=(span,)) for n, span in enumerate(spans))
    codings = tuple(Coding(passage=f"p{n}", code=("tools", "monitoring")[n % 2], assessor="ada") for n in range(1000))
    index = CodingIndex(replace(example(), sources=(source,), passages=passages, codings=codings))
    assert co_occurrence(index).count("tools", "monitoring") == 1000


@given(
    put=st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("xyz")), max_size=20),
    asked=st.sampled_from("abcdef"),
)
def test_codings_by_passage_are_those_of_it_as_they_stood(put, asked):
    codings = [Coding(passage=passage, code=code, assessor="ada") for passage, code in put]
    found = CodingsByPassage(codings)
    assert found.of(asked) == tuple(each for each in codings if each.passage == asked)
    assert set(found.passages) == {passage for passage, _code in put}
