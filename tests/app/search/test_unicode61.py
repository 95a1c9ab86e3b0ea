"""Words are split and folded as FTS5 does it, code point by code point."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.unicode61 import GAP, MARK, folded, folded_letters, tokens

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
# Hangul and the planes of ideographs are what they are, one like the other: a few of each are enough.
MONOTONOUS = [(0x3400, 0xA000), (0xAC00, 0xD7A0), (0x17000, 0x1B000), (0x20000, 0x110000)]


def code_points():
    for code in range(1, 0x110000):
        if not 0xD800 <= code <= 0xDFFF and (code % 997 == 0 or not any(a <= code < b for a, b in MONOTONOUS)):
            yield code


def test_every_code_point_is_what_fts5_takes_it_for(fts):
    codes = list(code_points())
    alone = fts.words(" ".join(chr(code) for code in codes))
    assert [token.word for token in tokens(" ".join(chr(code) for code in codes))] == alone
    inside = " ".join(f"x{chr(code)}y" for code in codes)
    assert [token.word for token in tokens(inside)] == fts.words(inside)
    assert not [code for code in codes if folded(chr(code)).isspace() and folded(chr(code)) != GAP]


@given(text=TEXTS)
def test_texts_are_split_as_by_fts5(fts, text):
    assert [token.word for token in tokens(text)] == fts.words(text)


@given(text=TEXTS)
def test_folding_keeps_places(text):
    assert len(folded(text)) == len(folded_letters(text)) == len(text)
    for token in tokens(text):
        assert folded(text[token.start : token.end]).replace(MARK, "") == token.word


@given(text=TEXTS)
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text).replace(MARK, GAP)) == folded(text).replace(MARK, GAP)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Größe, ÜBER-prüft", ["große", "uber", "pruft"]),
        ("cafe\u0301s caf\u00e9s", ["cafes", "cafes"]),
        ("\u0301lone \u0308", ["lone"]),
        ("ΑΣΦΆΛΕΙΑ", ["ασφάλεια"]),
        ("Ёлка ёлка", ["ёлка", "ёлка"]),
        ("drift📉alarm", ["drift", "alarm"]),
        ("İstanbul ŁÓDŹ", ["istanbul", "łodz"]),
        ("", []),
        (" — … ", []),
        ("\ud800a\0b", ["a", "b"]),
    ],
)
def test_words_of_several_scripts(text, words):
    assert [token.word for token in tokens(text)] == words


def test_letters_fold_where_what_is_between_stays():
    assert folded_letters("Prüf-Liste: ÄÖ?") == "pruf-liste: ao?"
