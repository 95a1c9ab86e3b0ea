"""The names at the left of a matrix and over its columns can be read, whatever the width."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from app.analysis.matrices import Matrix
from ui.codes.chips import Chip, Term
from ui.codes.matrix import MatrixTable, cell_ground
from ui.notebook.wrapping import text_width
from ui.theme import SMALL, theme
from ui.theme.colour import contrast
from ui.theme.tokens import DARK, LIGHT, READABLE

ROWS = (("procedures", "Procedures"), ("training", "Selecting and labelling data"), ("tools", "Tools"))


@pytest.fixture
def table(page, show):
    """A table of a width, with columns of some names."""

    def make(width, *columns):
        made = MatrixTable("Codes by case")
        heads = tuple((name.lower(), name) for name in columns)
        made.show_matrix(Matrix("Codes by case", ROWS, heads, {("tools", heads[0][0]): ("p2",)}), page.middle._names)
        return show(made, width, 400)

    return make


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_count_can_be_read(palette):
    assert min(contrast(palette.text, cell_ground(palette, share / 100)) for share in range(101)) >= READABLE


def name_fits(table):
    wide = text_width(ROWS[1][1], SMALL)
    room = table.verticalHeader().width() - 50
    return room >= wide - 15


def test_names_at_the_left_are_whole_while_the_columns_fit(table):
    shown = table(512, "ML-P1", "ML-P2", "ML-P3", "Organisation")
    assert name_fits(shown)
    wide = [shown.columnWidth(column) for column in range(4)]
    metrics = QFontMetricsF(theme().font(SMALL, "medium"))
    assert wide[3] >= metrics.horizontalAdvance("Organisation")
    assert shown.verticalHeader().width() + sum(wide) + shown.columnWidth(4) <= 512


def test_columns_are_alike_where_there_is_room(table):
    shown = table(1000, "ML-P1", "ML-P2", "ML-P3", "Organisation")
    assert name_fits(shown)
    assert len({shown.columnWidth(column) for column in range(4)}) == 1


def test_many_columns_leave_the_names_a_third(table):
    shown = table(512, *(f"Predictive maintenance {number}" for number in range(12)))
    assert 128 <= shown.verticalHeader().width() <= 512 // 3
    assert all(56 <= shown.columnWidth(column) <= 92 for column in range(12))


def test_codes_deep_down_keep_room_for_their_names(page):
    from ui.codes.matrix import _indent

    class Deep:
        def depth(self, _key):
            return 12

    assert _indent(Deep(), "any") == _indent(page.middle._names, "schedule") + 3 * 8


def test_names_that_look_like_markup_are_told_as_they_were_written(table):
    model, asks = table(512, "<b>Bold</b>").model(), Qt.ItemDataRole.ToolTipRole
    assert model.headerData(0, Qt.Orientation.Horizontal, asks) == "<qt>&lt;b&gt;Bold&lt;/b&gt;</qt>"
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) == "<b>Bold</b>"
    assert "&lt;b&gt;" in model.index(2, 0).data(asks)
    assert "<b>" in model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert model.index(2, 1).data(asks) == "Tools: 1 passage"


def test_a_code_that_looks_like_markup_is_told_as_it_is_called(table):
    chip = Chip(Term("bold", "<b>Bold</b>", ""), table(512, "ML-P1"))
    assert chip.toolTip().startswith("<qt>&lt;b&gt;Bold&lt;/b&gt;<br>Must be there (+)")
