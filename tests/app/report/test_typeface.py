"""The typeface borrows what it lacks, and only when it is asked for."""

import io
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from app.paths import RESOURCES
from app.report.fonts import Face, font_of, has_glyph, width_of
from app.report.typeface import Typeface, script, unpacked

FONTS = RESOURCES / "fonts"
LENT = sorted(FONTS.glob("*.woff"))


@pytest.mark.parametrize("file", LENT, ids=lambda file: file.stem)
def test_what_lends_has_outlines_that_can_be_embedded(file):
    content = unpacked(file.read_bytes())
    assert content[:4] == b"\x00\x01\x00\x00"
    assert len(content) > file.stat().st_size
    font = TTFont(file.stem, io.BytesIO(content))
    assert font.face.name.decode().replace("-", "").startswith("IBMPlexSans")


def test_a_font_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="not a WOFF file"):
        unpacked((FONTS / f"{Face.REGULAR.value}.ttf").read_bytes())


def test_no_lender_is_read_for_what_the_font_has_itself():
    nowhere = [Path("/nowhere/Hebrew.woff"), Path("/nowhere/Arabic.woff"), Path("/nowhere/SC.woff")]
    font = Typeface("Lonely", FONTS / f"{Face.REGULAR.value}.ttf", nowhere)
    assert font.stringWidth("Größe Ωμέγα Москва", 10) > 0
    assert font.lender(ord("ཀ")) == -1
    with pytest.raises(FileNotFoundError):
        font.stringWidth("中", 10)


@pytest.mark.parametrize(("character", "place"), [("a", 0), ("ש", 1), ("س", 2), ("中", 3), ("か", 3), ("ཀ", 0)])
def test_each_script_has_its_lender(character, place):
    assert script(ord(character)) == place
    assert has_glyph(ord(character)) == (character != "ཀ")


def test_a_string_is_as_wide_as_its_parts_whoever_draws_them():
    for face in Face:
        parts = ["plain ", "שלום", " 中文"]
        assert width_of("".join(parts), face, 9) == pytest.approx(sum(width_of(part, face, 9) for part in parts))
    assert width_of("中", Face.REGULAR, 9) == pytest.approx(9)


def test_what_is_drawn_in_latin_is_drawn_as_reportlab_would():
    ours, theirs = font_of(Face.REGULAR.value), TTFont("Theirs", str(FONTS / f"{Face.REGULAR.value}.ttf"))
    for text in ("plain (text) \\ 1", "Größe – Ωμέγα"):  # noqa: RUF001
        assert ours.stringWidth(text, 9) == pytest.approx(theirs.stringWidth(text, 9))


def test_the_strong_cuts_borrow_from_strong_ones_where_there_are_any():
    assert width_of("שלום", Face.SEMIBOLD, 9) != pytest.approx(width_of("שלום", Face.REGULAR, 9))
    assert width_of("中文", Face.SEMIBOLD, 9) == pytest.approx(width_of("中文", Face.REGULAR, 9))
