"""The levels as a picture: heat map, legend and radars, as wide as they need, without what scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.results.heat_map import HeatMap
from ui.results.legend import Legend
from ui.results.radars import RadarGrid
from ui.theme import SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.analysis.assessment import Assessment
    from app.analysis.compare import Place, Trend

_LEAST: Final = 1000  # px


def levels_picture(assessment: Assessment, trends: Mapping[Place, Trend]) -> QWidget:
    """Make what is drawn, laid out and not shown; whoever asked lets go of it."""
    whole = QWidget()
    whole.setWindowTitle("Levels by case and principle")
    heat_map, legend, radars = HeatMap(whole), Legend(whole), RadarGrid(whole)
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE[1])
    for widget in (heat_map, legend, radars):
        column.addWidget(widget)
    column.insertSpacing(2, SPACE[4])
    heat_map.show_assessment(assessment, trends)
    heat_map.explain_in(legend, assessment)
    radars.show_assessment(assessment)
    radars.draw()
    width = max(_LEAST, heat_map.whole_width())
    heat_map.resize(width, heat_map.height())  # first: how high they are depends on that
    radars.arrange(width)
    heat_map.clearSelection()
    whole.resize(width, column.totalHeightForWidth(width))
    return whole
