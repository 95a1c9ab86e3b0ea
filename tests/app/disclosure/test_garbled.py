"""Words that a wrong encoding has garbled are put right, and where they stood is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure.garbled import mended, without_lost

latin = st.text(st.characters(min_codepoint=0xA1, max_codepoint=0x7FF, categories=["Ll", "Lu"]), min_size=1, max_size=9)
plain = st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20, exclude_characters="?"), max_size=9)


def garble(text):
    """Read a text's UTF-8 as Windows does that takes it for its old code page."""
    return "".join(
        bytes([byte]).decode("cp1252") if bytes([byte]).decode("cp1252", "ignore") else chr(byte)
        for byte in text.encode()
    )


@given(plain, latin, plain)
def test_what_was_read_in_the_wrong_encoding_is_put_right(before, word, after):
    text = f"{before}{garble(word)}{after}"
    right, places = mended(text)
    assert right == f"{before}{word}{after}"
    start, end = places[len(before)], places[len(before) + len(word)]
    assert text[start:end] == garble(word)
    assert places[-1] == len(text)


@given(plain)
def test_a_text_with_nothing_to_mend_stays(text):
    assert mended(text) == (text, [])


@pytest.mark.parametrize("text", ["M?ller left", "M\ufffdller left", "M??ller left"])
def test_signs_for_lost_letters_are_left_out(text):
    right, places = mended(text)
    assert right == "Mller left"
    assert text[places[5] :] == " left"


def test_greek_capitals_beside_english_letters_are_what_they_look_like():
    text = "\u0397\u0391sselh\u039f and \u0391\u03bd\u03bd\u03b1"
    right, places = mended(text)
    assert right == "HAsselhO and \u0391\u03bd\u03bd\u03b1"
    assert places == list(range(len(text) + 1))


def test_a_question_mark_behind_a_word_stays():
    assert mended("Who? Why ? And 2?3") == ("Who? Why ? And 2?3", [])


@pytest.mark.parametrize(
    ("name", "left"),
    [("Jörg Müller", ""), ("Jürgen Müller", "Jrgen Mller"), ("Anna Köhler", "Anna Khler"), ("Plain", ""), ("Łódź", "")],
)
def test_a_name_without_lost_letters_is_told_where_enough_is_left(name, left):
    assert without_lost(name) == left
