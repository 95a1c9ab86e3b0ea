"""A report as pieces: what is a heading, a list, a table, and which sign stands before a word."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.radar import RadarValues
from app.analysis.standing import Change
from app.model.assessment import Strength
from app.report import bars
from app.report.blocks import bullets, captioned, labelled, lead, subhead
from app.report.fonts import Face
from app.report.grid import Cell, Grid, Row, table
from app.report.marks import ChangeMark, LevelMark, Marked, StrengthMark
from app.report.pdf import Flowable
from app.report.pieces import Field, Heading, Lines, Stretch, Tabled, pieces
from app.report.radar import Radar, Told
from app.report.sheet import Anchor, PageOf
from app.report.style import TEXT_BODY, TEXT_HEAD, TEXT_NOTE, TEXT_STRONG, TEXT_TITLE
from app.report.text import Run, paragraph
from app.report.told import strings


class Captions:
    def __init__(self):
        self.given = 6

    def caption(self, _text):
        self.given += 1
        return self.given


def test_runs_keep_their_weight_slant_and_place():
    words = ("A <b>bold</b> ", Run("word", Face.SEMIBOLD), Run(" said", Face.ITALIC), Run(" here", to="p-1"))
    (lines,) = pieces([paragraph(*words)])
    assert lines.words == (
        Stretch("A <b>bold</b> "),
        Stretch("word", bold=True),
        Stretch(" said", italic=True),
        Stretch(" here", to="p-1"),
    )
    assert lines.text == "A <b>bold</b> word said here"
    assert not lines.bold


def test_headings_come_of_anchors_large_type_and_labels():
    flow = [
        lead("First"),
        *subhead("Second", key="two"),
        Anchor("three", "The outline's words", 1),
        paragraph("Third", style=TEXT_STRONG),
        labelled("Fourth", paragraph("Below it"), note="a note"),
    ]
    found = pieces(flow)
    assert [type(each) for each in found] == [Lines, Heading, Heading, Heading, Lines, Lines]
    assert found[0].large
    assert found[1:4] == [Heading("Second", 2, ("two",)), Heading("Third", 2, ("three",)), Heading("Fourth", 3)]
    assert (found[4].text, found[4].quiet, found[5].text) == ("a note", True, "Below it")


def test_a_caption_stands_once_with_its_table():
    rows = [Row([Cell([paragraph("One")]), Cell([paragraph("1")])]), Row([Cell([paragraph("Both")], span=2)])]
    grid = table([10.0, 30.0], ["Name", "Number"], rows)
    (found,) = pieces(captioned(Captions(), "Things", grid))
    assert isinstance(found, Tabled)
    assert (found.number, found.title, found.caption) == (7, "Things", "Table 7  Things")
    assert found.widths == (0.25, 0.75)
    assert [[field.text for field in row] for row in (*found.head, *found.rows)] == [
        ["Name", "Number"],
        ["One", "1"],
        ["Both"],
    ]
    assert found.rows[1][0].span == 2


def test_lists_are_items():
    found = pieces(bullets([["one"], ["two ", Run("bold", Face.SEMIBOLD)]]))
    assert [(each.item, each.text, each.sign) for each in found] == [(True, "one", ""), (True, "two bold", "")]


def test_a_row_of_short_words_is_one_line():
    cells = [Cell([Marked(LevelMark(share), paragraph(name), size=8)]) for name, share in {"Low": 0, "High": 1}.items()]
    (found,) = pieces([Grid([1, 1, 1], [Row([Cell(), *cells])])])
    assert found.text == "○ Low   ● High"


def test_what_stands_within_a_cell_becomes_lines():
    inner = table([5.0, 5.0], ["A", "B"], [Row([Cell([paragraph("1")]), Cell([paragraph("2")])])])
    grid = table([10.0], ["Head"], [Row([Cell([*subhead("Title"), inner])])])
    (found,) = pieces([grid])
    assert found.rows[0][0].text == "Title\nA   B\n1   2"
    assert found.rows[0][0].lines[0].bold


def test_what_takes_room_only_says_nothing():
    assert pieces([PageOf("here", 8, 10), Grid([1, 1], [])]) == []


def test_a_figure_is_the_table_of_what_it_shows():
    class Drawn(Flowable):
        def table(self):
            return [("Case", "Level"), ("One", 3)]

    (found,) = pieces([Drawn()])
    assert [[field.text for field in row] for row in (*found.head, *found.rows)] == [["Case", "Level"], ["One", "3"]]


def test_a_figure_within_a_cell_is_told_in_words_unless_its_numbers_stand_there_anyway():
    stretches = [bars.Stretch("said", 14), bars.Stretch("shown", 0), bars.Stretch("documented", 1)]
    made = (bars.Bar(stretches, 20), bars.Bar(stretches, 20, numbered=False), bars.Bar(stretches, 20, beside=True))
    grid = table([1.0] * 3, ["One", "Other", "Third"], [Row([Cell([bar]) for bar in made])])
    (found,) = pieces([grid])
    assert [field.text for field in found.rows[0]] == ["said 14, documented 1", "", ""]


def test_a_figure_of_several_rows_within_a_cell_is_told_row_by_row():
    class Drawn(Flowable):
        def table(self):
            return [("Principle", "One", "Target"), ("Training", "Low", "High"), ("Tracing", "High", "")]

    rows = [Row([Cell([Drawn()])])] * 2
    (found,) = pieces([table([1.0], ["Head"], rows)])
    assert found.rows[0][0].text == "Training Low High, Tracing High"


def test_radars_beside_one_another_are_told_whatever_stands_on_their_axes():
    values = RadarValues("Line 1", ("Ship", "Watch", "Trace"), ("Low", "High"), (1, 0, None), (1, 1, None))
    rows = [Row([Cell([Radar(values, 90.0, told)]) for told in Told])] * 2
    (found,) = pieces([Grid([1.0] * len(Told), rows)])
    assert [field.text for field in found.rows[0]] == ["Ship High, Watch Low, at most High, Trace Not rated"] * len(
        Told
    )


@pytest.mark.parametrize(
    ("mark", "sign"),
    [
        (LevelMark(0.0), "○"),
        (LevelMark(0.25), "◔"),
        (LevelMark(0.5), "◑"),
        (LevelMark(0.75), "◕"),
        (LevelMark(1.0), "●"),
        (LevelMark(None), "\N{EN DASH}"),
        (StrengthMark(Strength.STRONGLY_FACILITATES), "▲▲"),
        (StrengthMark(Strength.SOMEWHAT_INHIBITS), "▼"),
        (StrengthMark(Strength.NEUTRAL), ""),
        (ChangeMark(Change.ROSE), "▲"),
        (ChangeMark(Change.SAME), "="),
    ],
)
def test_signs_have_a_character(mark, sign):
    (found,) = pieces([Marked(mark, paragraph("word", style=TEXT_NOTE), size=8)])
    assert (found.sign, found.text) == (sign, "word")


def test_places_are_kept_with_the_words_after_them():
    found = pieces([Anchor("one"), Anchor("two"), paragraph("here"), paragraph("there")])
    assert [each.places for each in found] == [("one", "two"), ()]


def test_an_empty_field_is_empty():
    assert Field(()).text == ""


# Nothing is lost, however things are nested

WORDS = st.text("abcdefgh ", min_size=1, max_size=12).filter(str.strip)
STYLES = st.sampled_from([TEXT_BODY, TEXT_NOTE, TEXT_STRONG, TEXT_HEAD, TEXT_TITLE])


def grids(inner):
    """Grids of one to four columns, with or without a head, of cells that hold anything."""

    def rows(across):
        cells = st.lists(inner, max_size=2).map(Cell)
        return st.lists(st.lists(cells, min_size=across, max_size=across).map(Row), min_size=1, max_size=3)

    def grid(across):
        head = st.one_of(st.just([]), rows(across).map(lambda found: found[:1]))
        return st.builds(lambda body, top: Grid([1.0] * across, body, head=top), rows(across), head)

    return st.integers(1, 4).flatmap(grid)


FLOWABLES = st.recursive(
    st.builds(lambda words, style: paragraph(words, style=style), WORDS, STYLES),
    lambda inner: st.one_of(
        st.builds(lambda item: Marked(LevelMark(0.5), item, size=8), inner),
        grids(inner),
    ),
    max_leaves=8,
)


def said(flowable):
    if isinstance(flowable, Grid):
        rows = (*flowable.head, *flowable.rows)
        return [text for row in rows for cell in row.cells for item in cell.items for text in said(item)]
    return said(flowable.item) if isinstance(flowable, Marked) else [flowable.said]


@settings(max_examples=200)
@given(st.lists(FLOWABLES, max_size=4))
def test_every_word_is_told_however_things_are_nested(flow):
    told = " ".join(text for piece in pieces(flow) for text in strings(piece)).replace("◑", " ").split()
    assert Counter(told) == Counter(" ".join(text for flowable in flow for text in said(flowable)).split())
