"""One radar per case, side by side; pyqtgraph is imported when they are first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.analysis.overview import Standing, joined, limiting, overall_standing
from app.analysis.radar import LEAST_AXES, RadarValues, radar_values
from ui.charts.radar_shape import drawn_height
from ui.results.cards import LEAST, CardGrid
from ui.theme import BODY, SMALL, SPACE
from ui.widgets.level import LevelBadge
from ui.widgets.text import ElidedLabel, Rule, TextLabel, capital

if TYPE_CHECKING:
    from app.analysis.assessment import Assessment, JudgedCase
    from app.rubric.structure import Rubric
    from ui.charts.ladder import Ladder
    from ui.charts.radar import Radar

_LEAST_CROWDED = 320  # px; the narrowest card with words beside its radar, not only above and below


class RadarCard(QWidget):
    """A case's name and overall level, its radar, and what holds it back."""

    picked = Signal(str, str)  # case, principle

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.radar: Radar | Ladder | None = None
        self._values: RadarValues | None = None
        self._case: JudgedCase | None = None
        self._rubric: Rubric | None = None
        self._keys: tuple[str, ...] = ()
        self._name = ElidedLabel("", BODY, "semibold", parent=self)
        self._badge = LevelBadge(parent=self)
        self._held = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self._held.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._held.setMinimumHeight(2 * self._held.fontMetrics().lineSpacing())
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._badge)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE[1])
        self._column.addWidget(Rule(self))
        self._column.addLayout(head)
        self._place = QWidget(self)  # room for the drawing, later the drawing
        self._column.addWidget(self._place)
        self._column.addWidget(self._held)

    def show_case(self, rubric: Rubric, case: JudgedCase) -> None:
        """Show a case; nothing is done where it is the one that is shown."""
        if case is self._case and rubric is self._rubric:
            return
        self._case, self._rubric = case, rubric
        shown = overall_standing(rubric, case)
        self._keys = (case.case.key, *(judged.principle.id for judged in case.principles))
        self._name.setText(case.case.name)
        self._badge.set_level(shown.name, shown.rank, len(rubric.levels))
        self._badge.setVisible(rubric.overall != "none")
        self._held.setText(_held_back(rubric, case, shown))
        self._values = radar_values(rubric, case)
        if self.radar is None:
            self._place.setFixedHeight(drawn_height(self._values))
        elif self.radar.values.is_ladder != self._values.is_ladder:
            self._draw_anew(self._values)
        elif self.radar.values != self._values:
            self.radar.show_values(self._values)

    @property
    def is_drawn(self) -> bool:
        """Whether the radar is there."""
        return self.radar is not None

    def draw(self) -> None:
        """Draw the radar, the first time this card is seen."""
        if self.radar is None and self._values is not None:
            self._draw_anew(self._values)

    def _draw_anew(self, values: RadarValues) -> None:
        """Put a drawing where room was kept for it, or where one of the other kind is."""
        self.radar = _drawing(values, self)
        self.radar.picked.connect(lambda axis: self.picked.emit(self._keys[0], self._keys[axis + 1]))
        self._column.replaceWidget(self._place, self.radar)
        self._place.deleteLater()
        self._place = self.radar


class RadarGrid(CardGrid):
    """The cards of all cases, as many beside one another as fit."""

    picked = Signal(str, str)  # case, principle

    def show_assessment(self, assessment: Assessment) -> None:
        """Show all cases of an assessment."""
        cards = self._have(len(assessment.cases))
        self._least = LEAST if len(assessment.rubric.principles) <= LEAST_AXES else _LEAST_CROWDED
        for card, case in zip(cards, assessment.cases, strict=True):
            card.show_case(assessment.rubric, case)
        self._shown()

    def _new_card(self) -> RadarCard:
        card = RadarCard(self)
        card.picked.connect(self.picked)
        return card


def _drawing(values: RadarValues, parent: QWidget) -> Radar | Ladder:
    """Make what shows a case's levels: a radar, or where that would have no area a ladder."""
    if values.is_ladder:
        from ui.charts.ladder import Ladder

        return Ladder(values, parent)
    from ui.charts.radar import Radar

    return Radar(values, parent)


def _held_back(rubric: Rubric, case: JudgedCase, shown: Standing) -> str:
    if not any(score.rated for score in case.score.principles):
        return "No principle is rated."
    names = [principle.short for principle in limiting(rubric, case)]
    if rubric.overall == "none":
        return f"Lowest: {joined(names)}" if names else "All is on the top level"
    held = f"held back by {joined(names)}" if names else "nothing holds it back: all is on the top level"
    return capital("; ".join(filter(None, (shown.at_most, held, shown.team.words if shown.team else ""))))
