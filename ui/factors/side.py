"""What stands beside the grid: the current place with its evidence, or the form of a factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from ui.factors.factor_form import FactorForm
from ui.factors.influence_panel import InfluencePanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FactorSide(QStackedWidget):
    """Two panels in one place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Factor")
        self.influence = InfluencePanel(self)
        self.form = FactorForm(self)
        self.addWidget(self.influence)
        self.addWidget(self.form)

    @property
    def editing(self) -> bool:
        """Whether the form is shown."""
        return self.currentWidget() is self.form

    def edit(self, *, editing: bool) -> None:
        """Show the form, or go back to the place."""
        self.setCurrentWidget(self.form if editing else self.influence)

    def leave(self) -> None:
        """Hand over what is typed."""
        self.form.form.commit()
        self.influence.leave()
