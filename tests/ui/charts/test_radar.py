"""The radar on screen: what it draws, where, and what a click on it says."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsPathItem

from app.analysis.radar import RadarValues, area
from ui.theme import Choice, theme

AXES = ("Training & deployment", "Monitoring & feedback", "Traceability")
LEVELS = ("Low", "Moderate", "High")


@pytest.fixture
def values():
    return RadarValues("ML-P1", AXES, LEVELS, (1, 1, 2), (1, 2, 2))


@pytest.fixture
def radar(values, show):
    from ui.charts.radar import Radar

    return show(Radar(values), 280, 200)


def words(radar):
    return [label.textItem.toPlainText() for label in radar._labels]


def spot(radar, corner):
    """Where a corner of the chart is in its window."""
    return radar.mapFromScene(radar._box.mapViewToScene(QPointF(*corner)))


def test_it_is_named_and_described_and_takes_no_focus(radar):
    assert radar.accessibleName() == "Radar of ML-P1"
    assert "Monitoring & feedback: Moderate, at most High" in radar.accessibleDescription()
    assert radar.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_every_axis_says_its_level_in_words(radar):
    assert words(radar) == [
        "Training & deployment\nModerate",
        "Monitoring & feedback\nModerate\nat most High",
        "Traceability\nHigh",
    ]


def test_words_stay_inside_and_off_one_another(radar):
    boxes = [label.textItem.mapRectToScene(label.textItem.boundingRect()) for label in radar._labels]
    assert all(radar.sceneRect().adjusted(-1, -1, 1, 1).contains(box) for box in boxes)
    assert not boxes[1].intersects(boxes[2])


def test_open_answers_are_a_band_and_certain_ones_are_not(radar, values):
    from dataclasses import replace

    def hatched():
        items = radar._box.allChildItems() if hasattr(radar._box, "allChildItems") else radar.scene().items()
        paths = [item for item in items if isinstance(item, QGraphicsPathItem)]
        return [item for item in paths if item.brush().style() == Qt.BrushStyle.BDiagPattern]

    assert len(hatched()) == 1
    radar.show_values(replace(values, at_most=values.reached))
    assert hatched() == []


def test_a_click_on_a_level_tells_its_axis(radar, values, qtbot):
    corner = area(values.reached, 3)[2]
    with qtbot.waitSignal(radar.picked) as told:
        qtbot.mouseClick(radar.viewport(), Qt.MouseButton.LeftButton, pos=spot(radar, corner))
    assert told.args == [2]


def test_it_is_drawn_anew_for_other_values_and_another_theme(radar):
    before = radar.grab().toImage()
    radar.show_values(RadarValues("ML-P2", AXES, LEVELS, (0, 0, None), (0, 0, None)))
    assert radar.accessibleName() == "Radar of ML-P2"
    assert words(radar)[2] == "Traceability\nNot rated"
    light = radar.grab().toImage()
    assert light != before
    theme().choose(Choice.DARK)
    assert radar.grab().toImage() != light


def test_the_wheel_is_left_to_the_page(radar):
    place = QPointF(50, 50)
    event = QWheelEvent(
        place,
        radar.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    event.accept()
    QApplication.sendEvent(radar.viewport(), event)
    assert not event.isAccepted()


def test_a_right_click_makes_no_menu(radar, qtbot):
    qtbot.mouseClick(radar.viewport(), Qt.MouseButton.RightButton, pos=radar.viewport().rect().center())
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize("count", [1, 2, 4, 5, 9])
def test_any_number_of_axes_is_drawn(count, show):
    from ui.charts.radar import Radar

    axes = tuple(f"Principle {number}" for number in range(count))
    made = show(Radar(RadarValues("Any", axes, LEVELS, (1,) * count, (2,) * count)), 300, 220)
    assert len(words(made)) == count
    boxes = [label.textItem.mapRectToScene(label.textItem.boundingRect()) for label in made._labels]
    assert all(made.sceneRect().adjusted(-1, -1, 1, 1).contains(box) for box in boxes)
