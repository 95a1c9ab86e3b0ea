"""How the levels of one case went over all rounds: a small chart per principle, and one for the overall level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.analysis.standing import OVERALL, short_name
from ui.charts.trend_values import TrendValues
from ui.results.cards import CardGrid
from ui.theme import BODY, SPACE
from ui.widgets.text import ElidedLabel, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.analysis.compare import Place, TrendPoint
    from app.model.setting import Case
    from app.rubric.structure import Rubric
    from ui.charts.trend import TrendChart


def trend_values(
    rubric: Rubric, case: Case, part: str, points: Sequence[TrendPoint], chosen: Sequence[str]
) -> TrendValues:
    """Say what the chart of one level shows; `chosen` are the keys of the rounds that are compared."""
    return TrendValues(
        f"{case.name}, {short_name(rubric, part)}",
        tuple(level.name for level in rubric.levels),
        tuple(point.round.name for point in points),
        tuple(None if each.low is None or each.high is None else (each.low, each.high) for each in points),
        tuple(place for place, point in enumerate(points) if point.round.key in chosen),
    )


class TrendCard(QWidget):
    """The name of a principle, and its chart below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chart: TrendChart | None = None
        self._values: TrendValues | None = None
        self._name = ElidedLabel("", BODY, "semibold", parent=self)
        self._room = QWidget(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE[1])
        for widget in (Rule(self), self._name, self._room):
            self._column.addWidget(widget)

    @property
    def is_drawn(self) -> bool:
        """Whether the chart is there."""
        return self.chart is not None

    def show_values(self, name: str, values: TrendValues) -> None:
        """Show a level's trend."""
        self._name.setText(name)
        self._values = values
        if self.chart is not None and self.chart.values != values:
            self.chart.show_values(values)

    def draw(self) -> None:
        """Draw the chart, the first time this card is seen."""
        if self.chart is not None or self._values is None:
            return
        from ui.charts.trend import TrendChart

        self.chart = TrendChart(self._values, self)
        self._column.replaceWidget(self._room, self.chart)
        self._room.deleteLater()


class TrendRow(CardGrid):
    """The charts of one case, as many beside one another as fit."""

    def show_case(
        self, rubric: Rubric, case: Case, series: Mapping[Place, Sequence[TrendPoint]], chosen: Sequence[str]
    ) -> None:
        """Show a case's levels over all rounds."""
        parts = [*(principle.id for principle in rubric.principles), *([OVERALL] if rubric.overall != "none" else [])]
        for card, part in zip(self._have(len(parts)), parts, strict=True):
            values = trend_values(rubric, case, part, series[case.key, part], chosen)
            card.show_values(short_name(rubric, part), values)
        self._shown()

    def _new_card(self) -> TrendCard:
        return TrendCard(self)
