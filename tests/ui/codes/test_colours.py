"""Colours of codes stand out from every ground that they are shown on, in both themes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.codes.colours import CHOICES, STANDS_OUT, legible
from ui.theme.colour import contrast
from ui.theme.tokens import DARK, LIGHT

GROUNDS = ("surface", "window", "sunken", "accent_soft")


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@given(colour=st.from_regex(r"\A#[0-9a-f]{6}\Z"))
def test_any_colour_is_shown_so_that_it_stands_out(palette, ground, colour):
    assert contrast(legible(colour, getattr(palette, ground)), getattr(palette, ground)) >= STANDS_OUT


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_colours_offered_stand_out_as_they_are(palette):
    faint = [name for colour, name in CHOICES if contrast(colour, palette.surface) < STANDS_OUT]
    assert faint == []
    assert len({colour for colour, _name in CHOICES}) == 12
