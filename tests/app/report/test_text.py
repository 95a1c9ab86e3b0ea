"""What can be printed of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.report.fonts import Face, has_glyph, shortened, width_of
from app.report.style import ACCENT, BLACK, TEXT, WHITE, level_tint, text_on
from app.report.text import LONGEST_TEXT, LONGEST_WORD, Run, clean, line, paragraph, unprintable
from app.report.wording import count, cut, listed, percent, sentence


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("plain", "plain"),
        ("a<b & c", "a<b & c"),
        ("a\x00b\x1bc", "abc"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("  spaced  ", "spaced"),
        ("e\u0301", "é"),
        ("\ud83d", "�"),
        ("😀", "�"),
        ("soft\u00adhyphen\u200bjoin\u202e", "softhyphenjoin"),
        ("wide\u3000space", "wide space"),
        ("①", "1"),
        ("Größe Ωμέγα Москва", "Größe Ωμέγα Москва"),
    ],
)
def test_a_text_becomes_what_can_be_printed(text, printed):
    assert clean(text) == printed


def test_long_words_and_long_texts_are_cut_with_a_mark():
    assert clean("w" * LONGEST_WORD) == "w" * LONGEST_WORD
    assert clean("w" * (LONGEST_WORD + 5)).endswith("w [… 5 more characters]")
    assert clean("a " * LONGEST_TEXT).endswith(f"[… {LONGEST_TEXT:,} more characters]")


@given(st.text(alphabet=st.characters(codec=None)))
def test_whatever_is_cleaned_can_be_printed_and_stays_so(text):
    printed = clean(text)
    assert all(has_glyph(ord(each)) or each == "\n" for each in printed)
    assert clean(printed) == printed
    paragraph(printed).wrap(TEXT, 1000)


@given(st.lists(st.text(max_size=30), max_size=4))
def test_any_runs_can_be_set(texts):
    runs = [Run(text, Face.SEMIBOLD if n % 2 else None) for n, text in enumerate(texts)]
    assert paragraph(*runs).wrap(TEXT, 1000)[1] >= 0


def test_runs_keep_the_space_between_them_and_lines_their_end():
    made = paragraph(Run("one", Face.SEMIBOLD), " two", Run("\nthree"))
    assert [frag.text for frag in made.frags] == ["one", " two", "", "three"]
    assert made.wrap(TEXT, 1000)[1] == pytest.approx(2 * 13.8)


def test_a_line_has_no_ends():
    assert line("one\n two\t three") == "one two three"


def test_what_cannot_be_printed_is_noticed():
    assert not unprintable("Größe")
    assert unprintable("ཀ")


def test_a_line_too_long_for_its_room_is_shortened():
    assert shortened("short", Face.REGULAR, 8, 100) == "short"
    cut_off = shortened("a very long running title", Face.REGULAR, 8, 50)
    assert cut_off.endswith("…")
    assert width_of(cut_off, Face.REGULAR, 8) <= 50
    assert not shortened("wide", Face.REGULAR, 8, 1)


def test_words_of_a_level_can_be_read_on_its_tint():
    for count_of in range(2, 7):
        for rank in range(count_of):
            ground = level_tint(rank, count_of)
            lights = sorted((ground.luminance, text_on(ground).luminance))
            assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5
    assert level_tint(0, 1).luminance == pytest.approx(ACCENT.luminance)
    assert text_on(WHITE) == BLACK


def test_words_around_numbers():
    assert [count(n, "case") for n in (0, 1, 1200)] == ["0 cases", "1 case", "1,200 cases"]
    assert count(2, "criterion", "criteria") == "2 criteria"
    assert [listed(list(x)) for x in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
    assert [percent(x) for x in (0.0, 0.001, 0.5, 0.999, 1.0)] == ["0 %", "1 %", "50 %", "99 %", "100 %"]
    assert [sentence(x) for x in ("", "So", "So.", "So? ")] == ["", "So.", "So.", "So?"]


def test_a_quotation_is_cut_at_a_word():
    assert cut("short", 10) == "short"
    assert cut("some words, and more of them", 14) == "some words…"
    assert cut("x" * 50, 10) == "x" * 9 + "…"
