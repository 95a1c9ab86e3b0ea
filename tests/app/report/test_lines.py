"""Lines: they fit, lose nothing, and end where a reader expects."""

import unicodedata
from itertools import pairwise

import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.report.fonts import Face
from app.report.hyphens import SOFT, language, places, usually
from app.report.lines import line_said
from app.report.reread import pdf_strings
from app.report.scripts import pieces, runs_left, shaped, visual
from app.report.sheet import Metadata, Sheets, write_pdf
from app.report.style import TEXT_HEAD, TEXT_SMALL
from app.report.text import Run, clean, divided, paragraph

GERMAN = (
    "Die Bereitstellung erfolgt über ein Freigabeverfahren, das der Instandhaltungsverantwortliche wöchentlich "
    "dokumentiert; Rückverfolgbarkeitsanforderungen werden dabei nicht berücksichtigt und auch nicht überprüft."
)
ENGLISH = (
    "Documentation of the experimental configuration is the responsibility of whoever happens to be in the "
    "organisation at the time, and nobody understands how representative the observations were."
)


def lines_of(made, width):
    made.wrap(width, 1000)
    return made.lines


def drawn_text(line):
    return "".join(piece.text for word in line.words for piece in word.pieces)


@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=80), min_size=1, max_size=4),
    st.floats(30, 480),
    st.sampled_from([TEXT_SMALL, TEXT_HEAD]),
)
def test_lines_fit_and_lose_nothing(texts, width, style):
    made = paragraph(
        *(Run(text, Face.SEMIBOLD if number % 2 else None) for number, text in enumerate(texts)), style=style
    )
    lines = lines_of(made, width)
    one_letter = 1.5 * style.size  # what no line has room for stands in one of its own
    assert all(line.width <= max(width, one_letter) + 0.01 for line in lines)
    kept = "".join(drawn_text(line) for line in lines).replace(SOFT, "").replace(" ", "")
    assert _letters(kept) == _letters(made.said.replace(" ", "").replace("\n", ""))


def _letters(text):
    """A text whatever forms its Arabic letters were joined by."""
    return unicodedata.normalize("NFKC", text)


@given(st.floats(60, 200))
def test_a_number_keeps_its_sign_and_a_reference_its_line(width):
    made = paragraph("It is 100 % known, or 7 %, of the", " whole as ", Run("I13 line 47", to="p1"), ", said. % 5 % 6")
    told = [line_said(line).strip() for line in lines_of(made, width)]
    assert any("100 %" in line for line in told)
    assert any("7 %," in line for line in told)
    assert any("I13 line 47" in line for line in told)
    assert " ".join(told) == made.said


@given(
    st.lists(st.sampled_from(["word", "Instandhaltungsverantwortliche", "of", "experimental", "a\nb"]), max_size=60),
    st.floats(60, 400),
    st.floats(10, 300),
)
def test_a_split_paragraph_leaves_no_line_alone_and_says_all_its_words_once(words, width, height):
    made = paragraph(" ".join(words))
    total = len(lines_of(made, width))
    parts = divided(made, width, height)
    if len(parts) == 2:
        counts = [len(lines_of(part, width)) for part in parts]
        assert sum(counts) == total
        assert min(counts) >= 2
        assert parts[0].said == made.said
        assert parts[0].wrap(width, height)[1] <= height
        again = lines_of(parts[1], 1000)
        assert " ".join(map(line_said, again)) in " ".join(made.said.split())
    else:
        assert parts in ([], [made])


@pytest.mark.parametrize(("text", "tag"), [(GERMAN, "de"), (ENGLISH, "en"), ("MLflow 2.3", ""), ("", "")])
def test_a_language_is_told_by_its_commonest_words(text, tag):
    assert language(text) == tag
    assert language(text, "de") == (tag or "de")
    assert language(text, "fr") == tag


@pytest.mark.parametrize("text", [GERMAN, ENGLISH])
def test_running_text_is_divided_only_where_a_line_would_be_uneven(text):
    narrow, wide = lines_of(paragraph(text), 130), lines_of(paragraph(text), 400)
    divided_lines = [line for line in narrow if line.divided]
    assert divided_lines
    assert len([line for line in wide if line.divided]) <= 1
    assert all(drawn_text(line).endswith(SOFT) for line in divided_lines)
    assert SOFT not in "".join(line_said(line) for line in narrow)
    loose = [130 - line.width for line in narrow[:-1]]
    assert max(loose) < 60


def test_names_headings_and_addresses_are_not_divided():
    name = "Instandhaltungsverantwortliche von der Oberflächenbegutachtung"
    assert not [line for line in lines_of(paragraph(name, style=TEXT_HEAD), 230) if line.divided]
    assert not [
        line for line in lines_of(paragraph(f"{ENGLISH} Constantinople Constantinople"), 90)[-3:] if line.divided
    ]
    address = "https://intranet.example.test/confluence/display/MLOPS/Deployment+procedure+for+line+controllers"
    lines = lines_of(paragraph(f"{ENGLISH} {address}"), 200)
    assert "".join(drawn_text(line) for line in lines[-4:]).count(SOFT) == 0
    assert any(drawn_text(line).endswith("/") for line in lines)


def test_what_no_line_has_room_for_is_divided_by_the_studys_language_else_cut():
    word = "Rückverfolgbarkeitsanforderungen"
    with usually("de-AT"):
        assert lines_of(paragraph(word, style=TEXT_HEAD), 120)[0].divided
    cut = lines_of(paragraph(word, style=TEXT_HEAD), 120)
    assert len(cut) > 1
    assert not cut[0].divided
    assert "".join(drawn_text(line) for line in cut) == word


def test_no_short_word_is_alone_on_the_last_line():
    text = "They run it by hand and look at the result every other day at"
    for width in range(90, 200, 7):
        last = lines_of(paragraph(f"{text} it"), width)[-1]
        assert len(last.words) > 1


def test_only_words_long_enough_are_divided_and_never_near_their_ends():
    assert places("hands", "en") == ()
    assert places("documentation", "fr") == ()
    for place in places("(Freigabeverfahren),", "de"):
        assert 4 <= place <= len("(Freigabeverfahr")
    assert places("MLflow2", "en") == ()


def test_arabic_letters_join_and_lam_and_alef_are_one():
    assert shaped("سلام") == "ﺳﻼﻡ"
    assert shaped("بـ plain") == "ﺑـ plain"
    assert shaped("دار") == "ﺩﺍﺭ"
    assert shaped("plain") == "plain"
    assert visual("سلام") == "ﻡﻼﺳ"


def test_hebrew_is_put_in_order_with_numbers_and_brackets_right():
    assert visual("abc") == "abc"
    assert visual("שלום (12) עולם") == "םלוע (12) םולש"
    assert runs_left("12 שלום")
    assert not runs_left("a שלום")


@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_any_text_can_be_put_in_order(text):
    assert len(visual(f"ש{text}")) <= len(text) + 1
    assert "ש" in visual(f"ש{text}")


def test_a_paragraph_keeps_its_direction_on_every_line():
    text = "The line says שלום עולם and then goes on in English, with more words than fit."
    assert not any(line.leftward for line in lines_of(paragraph(text), 80))
    turned = lines_of(paragraph("שלום עולם MLflow 2.3 and more שלום עולם שלום עולם"), 80)
    assert all(line.leftward for line in turned)


def test_chinese_lines_end_between_any_two_characters_but_not_before_a_full_stop():
    text = "模型每月手动重新训练一次,没有人检查变更日志。" * 6
    lines = lines_of(paragraph(text), 100)
    assert len(lines) > 5
    assert all(line.width > 85 for line in lines[:-1])
    assert not [line for line in lines if drawn_text(line)[0] in "。,"]
    assert clean(text) == text


@given(st.text("模型a (。)「", min_size=1, max_size=20))
def test_pieces_of_a_word_are_the_word(word):
    assert "".join(pieces(word)) == word
    assert not [before for before, after in pairwise(pieces(word)) if after[0] in "。)" or before[-1] in "(「"]


def test_what_is_read_from_the_file_tells_where_a_word_was_divided():
    made = write_pdf([paragraph(" ".join([GERMAN, ENGLISH] * 9))], Sheets("Title", ""), Metadata("Title", "", "", ""))
    read = "".join(each.text for each in pdf_strings(made))
    assert not set(read) & {"\x02", "\ufffe", SOFT}
    assert " ".join([GERMAN, ENGLISH] * 9) in " ".join(read.replace("-\n", "").split())


@pytest.mark.parametrize(("text", "tag", "dictionary"), [(GERMAN, "de", "de_DE"), (ENGLISH, "en", "en_US")])
def test_words_are_divided_as_pyphen_divides_them(text, tag, dictionary):
    known = pyphen.Pyphen(lang=dictionary, left=3, right=3)
    words = [
        *text.replace(",", "").replace(";", "").replace(".", "").split(),
        "Schifffahrtsgesellschaften",
        "hyphenation",
    ]
    for word in words:
        assert places(word, tag) == (tuple(known.positions(word)) if len(word) >= 7 else ())
