"""The row of figures: words are cut short only where there is no room for them in any column."""

from ui.overview.figures import Figure, FigureStrip, _needed

WIDE = Figure("10", "of 10 interviews held", "Round 1, Sep \N{EN DASH} Nov 2021", 1.0)
SHORT = Figure("0", "interviews", "Round 3", 0.0)


def test_columns_are_alike_while_their_words_fit(show):
    strip = FigureStrip()
    strip.show_figures([WIDE, SHORT, SHORT])
    show(strip, 900, 62)
    assert strip.widths() == [300.0, 300.0, 300.0]


def test_short_figures_make_room_for_long_ones(show):
    strip = FigureStrip()
    strip.show_figures([WIDE, SHORT, WIDE, SHORT])
    show(strip, round(2 * (_needed(WIDE) + _needed(SHORT)) + 4 * 24), 62)
    assert all(wide - 24 >= _needed(each) - 1 for wide, each in zip(strip.widths(), strip._figures, strict=True))
    assert not strip.grab().isNull()


def test_without_figures_there_are_no_columns(show):
    strip = show(FigureStrip(), 300, 62)
    assert strip.widths() == []
    assert not strip.grab().isNull()
