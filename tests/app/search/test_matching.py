"""What matches, and where, is what FTS5 says."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.search.matching import LENGTH, Snippet, matches, occurrences, snippet, spans
from app.search.query import parse
from app.search.unicode61 import tokens

WORDS = [
    "drift",
    "Drift",
    "drifts",
    "dr",
    "alarm",
    "Größe",
    "grosse",
    "große",
    "cafe\u0301",
    "café",
    "Ασφάλεια",
    "Ёлка",
]
GLUE = [" ", "-", ", ", "\n", "📉", "\u0301", " \u0308", "", "e"]
TEXTS = st.lists(st.sampled_from(WORDS + GLUE + [" "] * 8), max_size=30).map("".join)
TYPED = st.lists(
    st.sampled_from(
        [*WORDS, " ", " ", " ", "*", '"', " -", "NEAR(", ")", ", 1)", ", 0)", "drift alarm", '"drift drift"']
    ),
    max_size=9,
).map("".join)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@given(text=TEXTS, typed=TYPED, typing=st.booleans())
@example(text="a b a", typed="NEAR(a a, 0)", typing=False)
@example(text="drift " * 3, typed='"drift drift drift drift"', typing=False)
def test_matching_is_as_fts5_does_it(fts, text, typed, typing):
    query = parse(typed, typing=typing)
    assert matches(query, text) == (bool(query) and fts.matches(query.expression(), text))


@given(
    text=st.lists(st.sampled_from("abcd"), max_size=25).map(" ".join),
    near=st.lists(st.sampled_from(["a", "b", "c", '"a b"', '"b c"', "d*"]), min_size=1, max_size=3).map(" ".join),
    distance=st.integers(0, 4),
)
def test_near_is_as_fts5_does_it(fts, text, near, distance):
    query = parse(f"NEAR({near}, {distance})")
    assert matches(query, text) == fts.matches(query.expression(), text)


@given(text=ANY_TEXT, typed=ANY_TEXT, typing=st.booleans())
def test_anything_matches_as_in_fts5(fts, text, typed, typing):
    query = parse(typed, typing=typing)
    assert matches(query, text) == (bool(query) and fts.matches(query.expression(), text))


@given(text=TEXTS, data=st.data())
def test_words_of_a_text_are_found_in_it(fts, text, data):
    """Most random words are nowhere: here each is a word of the text, or the beginning of one."""
    found = tokens(text)
    if not found:
        return
    at = data.draw(st.integers(0, len(found) - 1))
    until = data.draw(st.integers(at, min(at + 2, len(found) - 1)))
    last = found[until].word
    cut = data.draw(st.integers(1, len(last)))
    typed = " ".join([*(token.word for token in found[at:until]), last[:cut]])
    query = parse(f'"{typed}"*')
    assert matches(query, text)
    assert fts.matches(query.expression(), text)


@given(text=TEXTS.filter(lambda text: "[" not in text), typed=TYPED)
def test_places_are_those_fts5_sets_off(fts, text, typed):
    query = parse(typed)
    if not matches(query, text) or "NEAR" in typed:
        return
    shown, at = "", 0
    for start, end in spans(query, text):
        shown += f"{text[at:start]}[{text[start:end]}]"
        at = end
    theirs = fts.highlighted(query.expression(), text)
    assert shown + text[at:] == theirs


@given(text=st.one_of(TEXTS, ANY_TEXT), typed=TYPED, length=st.integers(10, 120))
def test_a_snippet_is_a_piece_of_the_text_with_its_hits(text, typed, length):
    query = parse(typed)
    piece = snippet(query, text, length)
    assert all(0 <= start < end <= len(piece.text) for start, end in piece.spans)
    assert bool(piece.spans) == bool(spans(query, text))
    bare = piece.text.removeprefix("… ").removesuffix(" …")
    assert len(piece.text) <= 2 * length + 4
    assert len(bare) <= len(text)
    assert "\n" not in piece.text


TEXT = (
    "The team looks at the dashboards every morning, but nobody is told when the data drift; an alarm would help them "
    "to notice it before the customers do, which happened twice last year."
)


def test_a_snippet_shows_the_first_hit_with_what_is_round_it():
    piece = snippet(parse("drift* help"), TEXT)
    assert piece.text == ("… is told when the data drift; an alarm would help them to notice it before the customers …")
    assert [piece.text[start:end] for start, end in piece.spans] == ["drift", "help"]
    assert len(piece.text) <= LENGTH + 10


def test_a_snippet_of_a_short_text_is_all_of_it():
    assert snippet(parse("b"), "a b\nc") == Snippet("a b c", ((2, 3),))
    assert snippet(parse("x"), "a b") == Snippet("a b")
    assert snippet(parse("x"), "") == Snippet("")


def test_a_snippet_without_a_hit_is_the_beginning():
    assert snippet(parse("nowhere"), TEXT).text.startswith("The team looks")


def test_a_snippet_at_the_end_uses_its_room():
    piece = snippet(parse("year"), TEXT)
    assert piece.text.endswith("last year.")
    assert len(piece.text) > 70


def test_what_would_turn_a_line_round_is_not_shown_in_a_snippet():
    assert "\u202e" not in snippet(parse("a"), "a \u202eb").text
    assert "\u200d" in snippet(parse("a"), "a \U0001f469\u200d\U0001f52c").text


def test_a_word_longer_than_a_snippet():
    piece = snippet(parse("a*"), "x " * 40 + "a" * 500 + " y" * 40)
    assert piece.spans
    assert len(piece.text) < 300


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("part", "Department, PART", [(2, 6), (12, 16)]),
        ("grosse", "Große", []),
        ("große", "GRÖSSE Größe", [(7, 12)]),
        ("cafe", "cafe\u0301s café", [(0, 5), (7, 11)]),
        ("cafe\u0301", "Cafe", [(0, 4)]),
        ("t?", "what? that", [(3, 5)]),
        ("(a.b)", "(a.b) axb", [(0, 5)]),
        ("", "abc", []),
        ("  ", "a  b", []),
        ("aa", "aaaa", [(0, 2), (2, 4)]),
        ("📉", "a📉b", [(1, 2)]),
    ],
)
def test_letters_are_found_also_inside_words(typed, text, found):
    assert list(occurrences(typed, text)) == found


@given(text=TEXTS, data=st.data())
def test_what_was_cut_out_of_a_text_is_found_in_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    typed = text[start:end]
    if typed.strip(" \n\u0301\u0308"):
        assert occurrences(typed, text)
