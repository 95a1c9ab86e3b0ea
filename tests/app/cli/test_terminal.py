"""Tables in a terminal: cells stand below one another, to the left, or as figures to the right."""

from hypothesis import given
from hypothesis import strategies as st

from app.cli.terminal import columns

CELLS = st.text("ab1", max_size=6)
ROWS = st.integers(1, 4).flatmap(lambda wide: st.lists(st.lists(CELLS, min_size=wide, max_size=wide), min_size=1))


def test_words_begin_and_figures_end_below_one_another():
    rows = [("Name", "Alpha", "Of"), ("x", "1", "20")]
    assert list(columns(rows)) == ["Name  Alpha  Of", "x     1      20"]
    assert list(columns(rows, figures=True)) == ["Name  Alpha  Of", "x         1  20"]


@given(ROWS, st.booleans())
def test_every_cell_stands_in_its_column(rows, figures):
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = list(columns(rows, figures=figures))
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        begin = 0
        for width, cell in zip(widths, row, strict=True):
            assert line.ljust(sum(widths) + 2 * len(widths))[begin : begin + width].strip() == cell
            begin += width + 2
