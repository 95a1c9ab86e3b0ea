"""One radar per case, side by side; pyqtgraph is imported when they are first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.analysis.overview import Standing, joined, limiting, overall_standing
from ui.charts.radar_shape import LEAST_AXES, MOST_WORDS, RadarValues
from ui.theme import BODY, SMALL, SPACE
from ui.widgets.level import LevelBadge
from ui.widgets.text import ElidedLabel, Rule, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from app.analysis.assessment import Assessment, JudgedCase
    from app.rubric.structure import Rubric
    from ui.charts.ladder import Ladder
    from ui.charts.radar import Radar

_LEAST, _LEAST_CROWDED = 224, 320  # px; the narrowest card, and that with many axes
_GAP = SPACE[3]
_PAUSE = 30  # ms; lets the page be laid out and painted before pyqtgraph is imported


def radar_values(rubric: Rubric, case: JudgedCase) -> RadarValues:
    """Say what a case's radar shows."""
    return RadarValues(
        case.case.name,
        tuple(judged.principle.short for judged in case.principles),
        tuple(level.name for level in rubric.levels),
        tuple(rubric.rank(each.score.level) if each.score.level else None for each in case.principles),
        tuple(rubric.rank(each.score.at_most) if each.score.at_most else None for each in case.principles),
        tuple(rubric.rank(each.in_force.level) if each.in_force else None for each in case.principles),
    )


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
            self._place.setFixedHeight(self._values.height)
        elif _is_ladder(self.radar.values) != _is_ladder(self._values):
            self._draw_anew(self._values)
        elif self.radar.values != self._values:
            self.radar.show_values(self._values)

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


class RadarGrid(QWidget):
    """The cards of all cases, as many beside one another as fit; `drawn` says that all of them are there."""

    picked = Signal(str, str)  # case, principle
    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cards: list[RadarCard] = []
        self._across = 0
        self._least = _LEAST
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(SPACE[4])
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self.draw)

    @property
    def is_drawn(self) -> bool:
        """Whether every card has its radar."""
        return all(card.radar is not None for card in self.cards)

    def show_assessment(self, assessment: Assessment) -> None:
        """Show all cases of an assessment."""
        self._have(len(assessment.cases))
        self._least = _LEAST if len(assessment.rubric.principles) <= MOST_WORDS else _LEAST_CROWDED
        for card, case in zip(self.cards, assessment.cases, strict=True):
            card.show_case(assessment.rubric, case)
        self.arrange(self.width())
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the radars once the page stands."""
        super().showEvent(event)
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many beside one another as fit."""
        super().resizeEvent(event)
        self.arrange(self.width())

    def minimumSizeHint(self) -> QSize:
        """One card."""
        return QSize(self._least, super().minimumSizeHint().height())

    def _have(self, count: int) -> None:
        """Keep as many cards as there are cases."""
        while len(self.cards) > count:
            card = self.cards.pop()
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
            self._across = 0
        while len(self.cards) < count:
            card = RadarCard(self)
            card.picked.connect(self.picked)
            self.cards.append(card)
            self._across = 0

    def arrange(self, width: int) -> None:
        """Put as many cards beside one another as fit a width."""
        room = (width + _GAP) // (self._least + _GAP)
        across = max(1, min(room, max(len(self.cards), 3)))
        if across == self._across:
            return
        for column in range(max(across, self._across)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._across = across
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // across, place % across, Qt.AlignmentFlag.AlignTop)

    def draw(self) -> None:
        """Draw the radars of all cards now, whether or not they are seen."""
        for card in self.cards:
            card.draw()
        if self.is_drawn:
            self.drawn.emit()


def _is_ladder(values: RadarValues) -> bool:
    return len(values.axes) < LEAST_AXES


def _drawing(values: RadarValues, parent: QWidget) -> Radar | Ladder:
    """Make what shows a case's levels: a radar, or where that would have no area a ladder."""
    if _is_ladder(values):
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
    words = "; ".join(filter(None, (shown.at_most, held, shown.team.words if shown.team else "")))
    return words[0].upper() + words[1:]
