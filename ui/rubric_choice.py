"""Which rubric and which round is shown, chosen where a study has more than one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from app.analysis.assessment import rubric_of
from ui.theme import SPACE
from ui.widgets.fields import ChoiceField

if TYPE_CHECKING:
    from ui.desk import Desk

_WIDEST = 220


class RubricChoice(QWidget):
    """A choice of rubric and one of round; each is there only while there is something to choose."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rubric, self.round = _field("Rubric shown", self), _field("Round shown", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self.rubric)
        row.addWidget(self.round)
        self.rubric.committed.connect(lambda key: desk.show(rubric=str(key or "")))
        self.round.committed.connect(lambda key: desk.show(in_round=str(key or "")))

    def refresh(self) -> None:
        """Offer what the study has, and show what is chosen."""
        document = self._desk.document
        self.rubric.setVisible(len(document.rubrics) > 1)
        self.round.setVisible(len(document.rounds) > 1 and bool(document.rubrics))
        self.rubric.set_choices([(each.key, _called(self._desk, each.key)) for each in document.rubrics])
        self.rubric.set_value(self._desk.rubric)
        self.round.set_choices([(each.key, each.name) for each in document.rounds])
        shown = self._desk.assessment.round if document.rubrics else None
        self.round.set_value(shown.key if shown else None)


def _field(name: str, parent: QWidget) -> ChoiceField:
    field = ChoiceField(name, parent=parent)
    field.cut = Qt.TextElideMode.ElideMiddle  # a rubric's version stands at its end
    field.setMaximumWidth(_WIDEST)
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.setMinimumContentsLength(12)
    field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return field


def _called(desk: Desk, key: str) -> str:
    rubric = rubric_of(desk.document, key)
    return f"{rubric.title} {rubric.version}"
