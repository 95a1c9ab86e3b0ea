"""Radars and ladders on paper: the numbers they show, the words they bear, and the room they take."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from app.analysis.radar import RadarValues
from app.report.fonts import Face, width_of
from app.report.label import Label, Said, cut_inside
from app.report.radar import LABEL, Ladder, Radar, Told, legend, levels_of
from app.report.sheet import Sheets
from app.report.text import Text, line

LEVELS = ("Low", "Moderate", "High")
VALUES = RadarValues(
    "ML-P1", ("Ship", "Watch", "Trace"), LEVELS, (1, 0, None), (1, 2, None), (None, 2, None), (2, None, None)
)
TWO = RadarValues("ML-P2", ("Ship", "Watch"), LEVELS, (1, None), (2, None), (None, 0), (2, None))


def drawn(item, width=200.0, height=300.0):
    """Draw something, and give what was noted of it."""
    canvas = Canvas(io.BytesIO())
    canvas.sheets = Sheets("", "")
    item.wrap(width, height)
    item.drawOn(canvas, 0, 0)
    return [" ".join(each.text.split()) for each in canvas.sheets.printed]


def test_the_table_has_the_numbers_of_the_drawing():
    rows = (
        ("Principle", "ML-P1", "Target"),
        ("Ship", "Moderate", "High"),
        ("Watch", "Low, at most High, team: High", ""),
        ("Trace", "Not rated", ""),
    )
    assert levels_of(VALUES, 180.0).table() == rows
    assert levels_of(TWO, 180.0).table()[0] == ("Principle", "ML-P2", "Target")
    bare = RadarValues("P", VALUES.axes, LEVELS, VALUES.reached, VALUES.at_most)
    assert all(len(row) == 2 for row in levels_of(bare, 180.0).table())


def test_every_word_that_is_drawn_is_noted():
    told = drawn(Radar(VALUES, 180.0))
    assert told.count("Low") == told.count("Moderate") == told.count("High") == 1  # the rings
    assert "Ship Moderate" in told
    assert "Watch Low at most High team: High" in told
    assert drawn(Radar(VALUES, 180.0, Told.NUMBERS))[-3:] == ["1", "2", "3"]
    assert drawn(Radar(VALUES, 180.0, Told.NAMES))[-3:] == ["Ship", "Watch", "Trace"]
    assert drawn(Ladder(TWO)) == ["Ship Moderate, at most High", "Watch Not rated, team: Low"]


def test_the_name_of_a_ring_keeps_close_to_its_axis_where_no_sign_stands(monkeypatch):
    places = {}
    monkeypatch.setattr(Radar, "_draw_name", lambda _it, x, _y, name: places.update({name: x}))
    made = Radar(VALUES, 180.0)
    drawn(made)
    assert made.middle[0] < places["Low"] < places["Moderate"] == places["High"]


def test_rings_too_close_together_name_the_outermost_alone():
    many = RadarValues("P", VALUES.axes, tuple(f"Stage {n}" for n in range(10)), (1, 2, 3), (1, 2, 3))
    told = drawn(Radar(many, 120.0, Told.NUMBERS))
    assert [word for word in told if word.startswith("Stage")] == ["Stage 9"]


@given(
    st.lists(st.text("abc def", min_size=1, max_size=24), min_size=3, max_size=12),
    st.sampled_from(Told),
    st.integers(110, 260),
    st.integers(110, 260),
)
def test_no_word_leaves_the_drawing(axes, told, wide, high):
    count = len(axes)
    made = Radar(RadarValues("P", tuple(axes), LEVELS, (0,) * count, (2,) * count), float(high), told)
    width, height = made.wrap(float(wide), 500.0)
    assert width == wide
    assert height <= high + 0.1 or made.unit == 16.0
    low, top = made._extent()
    assert top - low <= height + 0.01
    for axis, label in enumerate(made.labels):
        left, bottom = made.place(axis)
        assert left >= -0.01
        assert left + label.width <= wide + 0.01
        assert bottom >= -0.01
        assert bottom + label.height <= height + 0.01


@given(st.lists(st.text("ab c\u00e9", min_size=1, max_size=24), min_size=1, max_size=4), st.floats(5, 120))
def test_a_label_breaks_where_it_must_and_loses_nothing(words, room):
    made = Label([Said(each, Face.REGULAR) for each in words], LABEL, room)
    letters = "".join("".join(words).split())
    assert "".join(each.text for each in made.lines).replace(" ", "") == letters
    assert all(width_of(each.text, each.face, LABEL.size) <= room or len(each.text) == 1 for each in made.lines)
    assert made.height == LABEL.leading * len(made.lines)


def test_a_label_breaks_between_words_first():
    made = Label([Said("Model development", Face.REGULAR), Said("Low", Face.SEMIBOLD)], LABEL, 45.0)
    assert [each.text for each in made.lines] == ["Model", "development", "Low"]
    assert made.said == "Model development Low"


@given(st.text("ab cW", min_size=1, max_size=120), st.floats(80, 200))
def test_a_name_is_cut_in_its_middle(name, room):
    cut = cut_inside(name, Face.REGULAR, 8.0, room)
    assert width_of(cut, Face.REGULAR, 8.0) <= room + 0.01
    assert cut == line(name) or cut.endswith(line(name)[-10:])


def test_a_legend_says_what_occurs_and_nothing_else():
    def words(*values, **more):
        return " ".join(_words(legend(values, **more)))

    rings = "Rings, from the inside: Low, Moderate, High."
    assert words(VALUES) == f"reached at most reached target set by the team {rings}"
    plain = RadarValues("P", VALUES.axes, LEVELS, (0, 1, 2), (0, 1, 2))
    assert words(plain) == f"reached {rings}"
    assert words(plain, told=Told.NUMBERS).endswith("Axes: 1 Ship, 2 Watch, 3 Trace.")
    steps = RadarValues("P", ("Ship",), LEVELS, (0,), (0,))
    assert words(steps) == "Steps, from the left: Low, Moderate, High."


def _words(items):
    for item in items:
        if isinstance(item, Text):
            yield item.said
        for row in getattr(item, "rows", ()):
            for cell in row.cells:
                yield from _words(cell.items)
        if hasattr(item, "item"):
            yield from _words([item.item])


@pytest.mark.parametrize("axes", [1, 2, 3, 4, 9])
def test_few_axes_are_steps(axes):
    values = RadarValues("P", ("a",) * axes, LEVELS, (0,) * axes, (0,) * axes)
    assert isinstance(levels_of(values, 180.0), Ladder if axes < 3 else Radar)
