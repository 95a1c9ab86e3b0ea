"""A trend chart on screen: what it draws, where, and what it says in words."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsPathItem, QGraphicsRectItem

from ui.charts.trend_values import TrendValues
from ui.theme import Choice, theme

LEVELS = ("Low", "Moderate", "High")


@pytest.fixture
def values():
    rounds = ("Round 1", "Round 2", "Round 3", "Round 4")
    return TrendValues("ML-P1, Traceability", LEVELS, rounds, ((0, 2), (0, 0), None, (1, 1)), (1, 3))


@pytest.fixture
def chart(values, show):
    from ui.charts.trend import TrendChart

    return show(TrendChart(values), 320, 120)


def boxes(labels):
    shown = [label.textItem for label in labels if label.textItem.toPlainText()]
    return [item.mapRectToScene(item.boundingRect()) for item in shown]


def test_it_is_told_in_words(chart):
    assert chart.accessibleName() == "Trend of ML-P1, Traceability"
    assert chart.accessibleDescription() == (
        "Round 1: Low, at most High; Round 2: Low; Round 3: no level; Round 4: Moderate"
    )
    assert chart.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_what_was_open_is_a_bar_up_to_the_level_at_most_reached(chart, values):
    (bar,) = [item for item in chart._box.allChildren() if isinstance(item, QGraphicsRectItem) and item.rect().height()]
    assert (bar.rect().top(), bar.rect().height()) == (0, 2)
    assert bar.brush().style() == Qt.BrushStyle.BDiagPattern
    chart.show_values(replace(values, points=((0, 0), (0, 0), None, (1, 1))))
    assert chart._bars == []


def test_a_round_without_a_level_is_passed_over_with_dots(chart, values):
    assert values.steps == ((0, 1), (1, 3))
    styles = [item.pen().style() for item in chart._box.allChildren() if isinstance(item, QGraphicsPathItem)]
    assert styles.count(Qt.PenStyle.DotLine) == 1


def test_names_stay_inside_and_off_one_another(chart, values):
    many = tuple(f"Round {number} of a great many" for number in range(12))
    for given in (values, replace(values, rounds=many, points=((0, 0),) * 12, chosen=(4, 5))):
        chart.show_values(given)
        for width in (200, 320, 700):
            chart.resize(width, chart.height())
            QApplication.processEvents()
            found = [*boxes(chart._names), *boxes(chart._rounds)]
            assert all(chart.sceneRect().adjusted(-2, -2, 2, 2).contains(box) for box in found)
            below = boxes(chart._rounds)
            assert below
            assert not any(one.intersects(other) for one in below for other in below if one is not other)


def test_the_last_round_and_those_compared_are_named_first(chart, values):
    many = tuple(f"R{number}" for number in range(40))
    chart.show_values(replace(values, rounds=many, points=((0, 0),) * 40, chosen=(3, 20)))
    named = {label.textItem.toPlainText() for label in chart._rounds}
    assert {"R3", "R20", "R39"} <= named
    assert len(named - {""}) < 40


def test_a_study_of_one_round_has_a_chart_too(chart, values):
    chart.show_values(replace(values, rounds=("Round 1",), points=((1, 1),), chosen=()))
    assert chart.accessibleDescription() == "Round 1: Moderate"
    assert not chart.grab().isNull()


def test_it_follows_the_theme_and_leaves_the_wheel_to_the_page(chart):
    light = chart.grab().toImage()
    theme().choose(Choice.DARK)
    QApplication.processEvents()
    assert chart.grab().toImage() != light
    middle = QPointF(chart.rect().center())
    wheel = QWheelEvent(
        middle, chart.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    before = chart._box.viewRange()
    QApplication.sendEvent(chart.viewport(), wheel)
    assert not wheel.isAccepted()
    assert chart._box.viewRange() == before
