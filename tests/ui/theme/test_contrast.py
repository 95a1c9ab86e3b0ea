"""Everything that is to be read can be: in both themes, in every pair of ink and ground that is used."""

import pytest

from ui.theme.colour import contrast, mix, oklch, rgb
from ui.theme.tokens import DARK, LEVEL_HUE, LIGHT, READABLE, TEXT_PAIRS

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


@PALETTES
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS, ids=lambda name: name)
def test_every_pair_can_be_read(palette, ink, ground):
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= READABLE


@PALETTES
@pytest.mark.parametrize("of", range(1, 9))
def test_words_on_every_level_can_be_read(palette, of):
    for rank in range(of):
        assert contrast(palette.level_ink(rank, of), palette.level_fill(rank, of)) >= READABLE


@PALETTES
@pytest.mark.parametrize("of", [2, 3, 5])
def test_levels_go_one_way_from_light_to_dark(palette, of):
    against = [contrast(palette.level_fill(rank, of), palette.surface) for rank in range(of)]
    assert against == sorted(against)
    assert len(set(against)) == of


@PALETTES
@pytest.mark.parametrize("ground", ["window", "surface", "sunken"])
def test_what_has_the_focus_can_be_seen(palette, ground):
    assert contrast(palette.focus, getattr(palette, ground)) >= 3


def test_the_arithmetic_agrees_with_known_values():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert oklch(1, 0, LEVEL_HUE) == "#ffffff"
    assert oklch(0.628, 0.2577, 29.23) == "#ff0000"
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert rgb("#1f3d5c") == (0x1F, 0x3D, 0x5C)
