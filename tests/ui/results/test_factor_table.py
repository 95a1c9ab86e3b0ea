"""Factors by level on the results page: walked by arrows, each cell leading to where it was judged."""

import pytest
from PySide6.QtCore import Qt

from app.actions import things
from app.model.assessment import Factor, Influence
from ui.results.page import ResultsPage
from ui.theme import Choice, theme


@pytest.fixture
def page(desk, show):
    for key in ("light", "data"):
        desk.do(things.add, Factor(key=key, name=f"Changing {key}", belongs_to="case", tendency="inhibits"))
    judged = (
        ("light", "paint", "strongly_inhibits"),
        ("light", "sorting", "not_applicable"),
        ("data", "paint", "unknown"),
    )
    for factor, case, strength in judged:
        desk.do(things.add, Influence(factor=factor, round="r1", case=case, strength=strength))
    made = ResultsPage(desk)
    desk.changed.connect(made.refresh)
    made.refresh()
    show(made, 1000, 800)
    yield made
    made.exports.lane.stop()


def spoken(page):
    model = page.factors.levels
    return [
        model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]


def test_cells_say_how_a_factor_works_on_cases_of_a_level(page):
    levels = page.factors.levels
    heads = [levels.headerData(place, Qt.Orientation.Horizontal) for place in range(levels.columnCount())]
    assert heads == ["Low, 1 case", "Moderate, 1 case"]
    assert any("strongly inhibits 1 (Paint inspection)" in words for words in spoken(page))
    assert levels.headerData(0, Qt.Orientation.Vertical) == "Changing light"


def test_enter_and_a_click_lead_to_the_judgement(page, qtbot):
    page.factors.setFocus()
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(page.factors, Qt.Key.Key_Return)
    assert led.args[0] == "factors"
    assert led.args[1].split("/")[0] == "light"
    index = page.factors.levels.index(1, page.factors.levels.columnCount() - 1)
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(
            page.factors.viewport(), Qt.MouseButton.LeftButton, pos=page.factors.visualRect(index).center()
        )
    assert led.args == ["factors", page.factors.levels.key(index)]
    assert led.args[1].startswith("data")


def test_its_cell_shines_only_while_it_has_the_keyboard(page):
    table = page.factors
    table.setCurrentIndex(table.levels.index(0, 0))
    where = table.visualRect(table.currentIndex())
    rings = []
    for has in (page.heat_map, table):
        has.setFocus()
        rings.append(table.viewport().grab().toImage().pixelColor(where.center().x(), where.top() + 1).name())
    assert rings == [theme().palette.text_muted, theme().palette.focus]


def test_it_follows_the_study_and_the_theme_and_keeps_its_place(page, desk):
    page.factors.setCurrentIndex(page.factors.levels.index(1, 0))
    before = page.factors.grab().toImage()
    desk.do(things.add, Influence(factor="data", round="r1", case="sorting", strength="somewhat_facilitates"))
    assert any("somewhat facilitates 1 (Part sorting)" in words for words in spoken(page))
    assert page.factors.currentIndex().row() == 1
    after = page.factors.grab().toImage()
    assert after != before
    theme().choose(Choice.DARK)
    assert page.factors.grab().toImage() != after


def test_its_table_is_written_with_the_levels(page):
    levels, factors = page._tables()
    assert (levels.name, factors.name) == ("Levels", "Factors by level")
    assert [row[0] for row in factors.rows] == ["Changing light", "Changing data"]


def test_it_is_not_there_while_nothing_is_judged(desk, show):
    page = show(ResultsPage(desk), 900, 700)
    page.refresh()
    assert not page.factors.isVisible()
    assert [table.name for table in page._tables()] == ["Levels"]
    page.exports.lane.stop()
