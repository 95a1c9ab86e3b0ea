"""A passage is to be checked again once a word of it is another, and never because its lines were arranged anew."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.words import JOIN, Words, differs, on_one_line
from app.model.evidence import Evidence, Passage, Span
from tests.documents import documents, example

WORDS = st.lists(st.text("abc", min_size=1, max_size=2), min_size=1, max_size=12)


@st.composite
def arranged(draw):
    """Words, and the same words laid out in stretches: cut between words, put in any order, blanks added."""
    words = draw(WORDS)
    cuts = sorted(draw(st.sets(st.integers(1, max(len(words) - 1, 1)), max_size=5)))
    parts = [words[start:end] for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    blank = st.sampled_from([" ", "  ", "\n", "\t "])
    return words, draw(st.permutations(["".join(word + draw(blank) for word in part) for part in parts]))


@given(arranged())
def test_splitting_joining_and_moving_lines_changes_nothing(case):
    words, stretches = case
    assert not differs(" ".join(words), stretches)
    assert not differs(JOIN.join(words), stretches)


@given(arranged())
def test_on_one_line_only_words_are_left(case):
    words, stretches = case
    assert on_one_line(JOIN.join(words)) == " ".join(words)
    assert sorted(on_one_line(" ".join(stretches)).split()) == sorted(words)


@given(arranged(), st.data())
def test_another_word_is_a_change(case, data):
    words, stretches = case
    at = data.draw(st.integers(0, len(words) - 1))
    assert differs(" ".join([*words[:at], "other", *words[at + 1 :]]), stretches)
    assert differs(" ".join([*words[:at], "more", *words[at:]]), stretches)
    assert differs(" ".join([*words[:at], *words[at + 1 :]]), stretches)


@given(WORDS, st.permutations(range(12)))
def test_words_of_one_stretch_in_another_order_are_a_change(words, order):
    turned = [words[place] for place in order if place < len(words)]
    assert differs(" ".join(words), [" ".join(turned)]) == (turned != words)


@given(WORDS)
def test_without_words_it_has_changed(words):
    assert differs(" ".join(words), [])
    assert differs(" ".join(words), [" ", "\n"])


def test_a_mere_blank_that_is_still_there_has_not_changed():
    assert not differs(" ", ["\n"])


def test_of_very_many_stretches_only_the_order_of_the_notes_is_looked_at():
    letters = "abcdefghijkl"
    assert not differs(" ".join(letters), list(letters))
    assert differs(" ".join(letters), list(reversed(letters)))


@given(documents())
def test_a_passage_says_what_its_lines_do(document):
    words = Words(document)
    texts = {entry.key: entry.text for source in document.sources for entry in source.entries}
    for passage in document.passages:
        said = [texts[span.entry][span.start : span.end] for span in passage.spans]
        assert sorted(words.stretches(passage.key)) == sorted(said)
        assert words.shown(passage.key) == (words.now(passage.key) or passage.words)
        fresh = Evidence(passage=passage.key, words=words.now(passage.key))
        assert words.changed(fresh) == (not said)


def test_stretches_stand_as_in_the_notes():
    words = Words(example())
    assert words.stretches("i1-p1") == ("canary", "sings", "Alarms")
    assert words.now("i1-p1") == "canary … sings … Alarms"


def test_what_it_said_then_is_what_the_link_keeps_or_what_was_marked():
    words = Words(example())
    assert words.then(Evidence(passage="m1-p1")) == "canary"
    assert words.then(Evidence(passage="m1-p1", words="The canary")) == "The canary"
    assert not words.changed(Evidence(passage="m1-p1"))
    assert words.changed(Evidence(passage="m1-p1", words="The canary"))


def test_a_passage_without_its_words_shows_what_it_said():
    document = example()
    gone = Passage(key="gone", source="i1", words="what was said")
    stray = Passage(key="stray", source="i1", words="elsewhere", spans=(Span(entry="m1-1", start=0, end=3),))
    words = Words(replace(document, passages=(*document.passages, gone, stray)))
    assert words.now("gone") == ""
    assert words.shown("gone") == "what was said"
    assert words.changed(Evidence(passage="gone"))
    assert words.now("stray") == ""
