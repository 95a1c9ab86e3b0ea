"""A field for a whole number from one up."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QIntValidator

from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class NumberField(LineField):
    """A number from 1 to `largest`; another goes back to the one before."""

    largest: ClassVar = 99

    def __init__(self, name: str, hint: str = "", *, required: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(name, hint, required=required, parent=parent)
        self.setValidator(QIntValidator(1, self.largest, self))
        self.setToolTip(f"A number from 1 to {self.largest}")

    def value(self) -> object:
        """Give the number, None for none."""
        text = self.text().strip()
        return int(text) if text.isdecimal() and 1 <= int(text) <= self.largest else None


class GroupField(NumberField):
    """The size of a group, as small as a report may tell apart."""

    largest = 20
