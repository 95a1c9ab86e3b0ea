"""Which rubric and which round is shown, chosen where a study has more than one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from app.analysis.assessment import rubric_of
from ui.theme import SPACE
from ui.widgets.actions import bind_key
from ui.widgets.fields import ChoiceField

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from ui.desk import Desk

_Offered = list[tuple[str, str]]
_Shown = tuple[_Offered, str, _Offered, str | None]
"""The rubrics and rounds offered, each by key and name, and after each of the two the one chosen."""

_LEAST, _WIDEST = 140, 380  # px of a field


class RubricChoice(QWidget):
    """A choice of rubric and one of round; each is there only while there is something to choose."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._keys: list[QAction] = []
        self._shown: _Shown | None = None
        self.rubric, self.round = _field("Rubric shown", "Alt+R", self), _field("Round shown", "Alt+Shift+R", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self.rubric)
        row.addWidget(self.round)
        self.rubric.committed.connect(lambda key: desk.show(rubric=str(key or "")))
        self.round.committed.connect(lambda key: desk.show(in_round=str(key or "")))

    def refresh(self) -> bool:
        """Offer what the study has, and show what is chosen; tell whether that is another than before."""
        document = self._desk.document
        rubrics = [(each.key, _called(self._desk, each.key)) for each in document.rubrics]
        rounds = [(each.key, each.name) for each in document.rounds]
        in_round = self._desk.assessment.round if rubrics else None
        shown = (rubrics, self._desk.rubric, rounds, in_round.key if in_round else None)
        if shown == self._shown:
            return False
        self._shown = shown
        self.rubric.setVisible(len(rubrics) > 1)
        self.round.setVisible(len(rounds) > 1 and bool(rubrics))
        for field, choices, chosen in ((self.rubric, *shown[:2]), (self.round, *shown[2:])):
            field.set_choices(choices)
            field.set_value(chosen)
        for field, action in zip((self.rubric, self.round), self._keys, strict=False):
            action.setVisible(not field.isHidden())
        return True

    def add_keys(self, page: QWidget) -> None:
        """Bind the keys on a page; each goes on to the next there is, and from the last to the first."""
        self._keys = [
            bind_key(page, "Show the next rubric", "Alt+R", partial(_go_on, self.rubric), within=True),
            bind_key(page, "Show the next round", "Alt+Shift+R", partial(_go_on, self.round), within=True),
        ]

    def least(self) -> int:
        """Tell how much room is needed at least, in px."""
        return self._wide(min(_LEAST, _wanted(self.rubric)))

    def fit(self, room: int) -> None:
        """Write the rubric's title as far as there is room, in px: titles are long, and begin alike."""
        self.round.setFixedWidth(_wanted(self.round))
        spare = room - self._wide(0)
        self.rubric.setFixedWidth(max(min(spare, _wanted(self.rubric)), min(_LEAST, _wanted(self.rubric))))

    def _wide(self, rubric: int) -> int:
        fields = ((self.rubric, rubric), (self.round, _wanted(self.round)))
        shown = [wide for field, wide in fields if not field.isHidden()]
        return sum(shown) + SPACE[1] * max(len(shown) - 1, 0)


def _field(name: str, key: str, parent: QWidget) -> ChoiceField:
    field = ChoiceField(name, parent=parent)
    field.cut = Qt.TextElideMode.ElideMiddle  # a rubric's version stands at its end
    field.setToolTip(f"{name} ({key})")
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return field


def _wanted(field: ChoiceField) -> int:
    """Tell how wide what is chosen is; the list that opens is as wide as it needs."""
    words = field.fontMetrics().horizontalAdvance
    widest = max((words(field.itemText(place)) for place in range(field.count())), default=0)
    return min(field.sizeHint().width() - widest + words(field.currentText()), _WIDEST)


def _go_on(field: ChoiceField) -> None:
    field.setCurrentIndex((field.currentIndex() + 1) % max(field.count(), 1))
    field.commit()


def _called(desk: Desk, key: str) -> str:
    rubric = rubric_of(desk.document, key)
    return f"{rubric.title} {rubric.version}"
