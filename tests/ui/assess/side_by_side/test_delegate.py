"""What the cells of the matrix say where there is little room."""

import pytest

from app.analysis.overview import Standing, TeamLevel
from app.rubric import library
from app.scoring.effective import Reason
from app.scoring.offered import answers
from app.scoring.scale import Verdict
from ui.assess.side_by_side.delegate import standing_text, team_words
from ui.theme import SMALL, theme
from ui.theme.current import Choice
from ui.widgets import level_width


def test_that_assessors_differ_is_said_as_a_sentence():
    rubric = library.load("mlops-maturity")
    offered = answers(rubric, rubric.principles[0])
    assert team_words(offered, Verdict.UNKNOWN, Reason.DIFFER)[0] == "Assessors differ"
    assert team_words(offered, Verdict.FULLY, Reason.AGREED) == ("Team: Fully", "Fully")


def test_a_level_that_may_be_higher_says_so_however_little_room_there_is(dressed):
    font = theme().font(SMALL, "medium")
    open_ = Standing(0, 5, "Research prototype", "Exceptional", 0.0)
    assert standing_text(open_, font, 400) == "Research prototype \N{EN DASH} Exceptional"
    assert standing_text(open_, font, level_width(font, "Research prototype +")) == "Research prototype +"
    cut = standing_text(open_, font, 100)
    assert cut.startswith("Rese")
    assert cut.endswith("… +")
    assert level_width(font, cut) <= 102
    assert standing_text(Standing(5, 5, "Exceptional", "", 1.0), font, 400) == "Exceptional"


def test_the_level_the_team_stands_by_is_said_however_little_room_there_is(dressed):
    font = theme().font(SMALL, "medium")
    set_ = Standing(0, 0, "Research prototype", "", 1.0, "", TeamLevel(3, "team: Fair", "set to Fair by the team"))
    assert standing_text(set_, font, 400) == "Research prototype \N{MIDDLE DOT} team: Fair"
    cut = standing_text(set_, font, 140)
    assert cut.startswith("Rese")
    assert cut.endswith("\N{MIDDLE DOT} team: Fair")


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
@pytest.mark.parametrize("key", ["1", "2", "3", "4", "u"])
def test_the_current_cell_is_seen_on_every_answer(qtbot, page, choice, key):
    theme().choose(choice)
    page.show_thing("matrix:paint/automated-training")
    grid = page.parts.part.grid
    qtbot.waitUntil(grid.hasFocus)
    qtbot.keyClicks(grid, key)
    cell, picture = grid.visualRect(grid.currentIndex()), grid.viewport().grab().toImage()
    across = [picture.pixelColor(cell.left() + x, cell.center().y()).name() for x in range(8)]
    focus, surface = (theme().colour(name).name() for name in ("focus", "surface"))
    assert surface in across[across.index(focus) :]
