"""The ladder: what a radar would show of one or two principles."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.analysis.radar import RadarValues
from ui.charts.ladder import Ladder
from ui.charts.radar_shape import drawn_height
from ui.theme import Choice, theme

LEVELS = ("Low", "Moderate", "High")
VALUES = RadarValues("ML-P1", ("Training", "Tracing"), LEVELS, (1, None), (2, None))


@pytest.fixture
def ladder(show):
    return show(Ladder(VALUES), 260, drawn_height(VALUES))


def test_it_is_named_and_described_and_takes_no_focus(ladder):
    assert ladder.accessibleName() == "Levels of ML-P1"
    assert ladder.accessibleDescription() == "Training: Moderate, at most High; Tracing: Not rated"
    assert ladder.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_click_tells_its_row(ladder, qtbot):
    for row in (0, 1):
        with qtbot.waitSignal(ladder.picked) as told:
            qtbot.mouseClick(ladder, Qt.MouseButton.LeftButton, pos=QPoint(40, 44 * row + 20))
        assert told.args == [row]
    with qtbot.assertNotEmitted(ladder.picked):
        qtbot.mouseClick(ladder, Qt.MouseButton.LeftButton, pos=QPoint(40, drawn_height(VALUES) - 1))


def test_it_is_painted_for_its_values_and_the_theme(ladder):
    before = ladder.grab().toImage()
    ladder.show_values(RadarValues("ML-P1", VALUES.axes, LEVELS, (1, 0), (1, 0)))
    certain = ladder.grab().toImage()
    assert certain != before
    theme().choose(Choice.DARK)
    assert ladder.grab().toImage() != certain


def test_what_the_team_set_is_drawn_and_told(ladder):
    before = ladder.grab().toImage()
    ladder.show_values(RadarValues("ML-P1", VALUES.axes, LEVELS, VALUES.reached, VALUES.at_most, (0, None)))
    assert ladder.grab().toImage() != before
    assert "team: Low" in ladder.accessibleDescription()
    assert "team: Low" in ladder.toolTip()


def test_a_rubric_with_too_few_principles_for_a_radar_gets_one(small, show, qtbot):
    import msgspec

    from app.actions.create import freeze
    from app.analysis.assessment import assess
    from ui.results.radars import RadarGrid

    shown = assess(msgspec.structs.replace(small, rubrics=tuple(freeze(each) for each in small.rubrics)))
    rubric = msgspec.structs.replace(shown.rubric, principles=shown.rubric.principles[:2])
    cases = tuple(
        msgspec.structs.replace(
            case,
            principles=case.principles[:2],
            score=msgspec.structs.replace(
                case.score,
                principles=case.score.principles[:2],
                overall=msgspec.structs.replace(case.score.overall, limiting_all=()),
            ),
        )
        for case in shown.cases
    )
    grid = show(RadarGrid(), 600, 300)
    grid.show_assessment(shown)
    qtbot.waitUntil(lambda: grid.is_drawn)
    assert not any(isinstance(card.radar, Ladder) for card in grid.cards)
    grid.show_assessment(msgspec.structs.replace(shown, rubric=rubric, cases=cases))
    qtbot.waitUntil(lambda: grid.is_drawn)
    assert all(isinstance(card.radar, Ladder) for card in grid.cards)
    with qtbot.waitSignal(grid.picked) as told:
        grid.cards[1].radar.picked.emit(1)
    assert told.args == ["sorting", "monitoring-feedback"]
