"""What the passages of a code can be narrowed by: case, round, role, assessor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.find.filters import ChoiceRow, roles

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.model.document import StudyDocument

NAMES: Final = ("case", "round", "role", "assessor")
ORGANISATION: Final = " organisation"  # no key of a case: what is about none of them


class PassageFilters(ChoiceRow):
    """One choice each; `wanted` gives them as sets of keys, empty for any."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(NAMES, parent, "{}")

    def show_study(self, document: StudyDocument) -> None:
        """Offer what is in the study."""
        cases = [(case.key, case.name) for case in document.cases]
        self.show_choices(
            {
                "case": [*cases, (ORGANISATION, "The organisation")],
                "round": [(each.key, each.name) for each in document.rounds],
                "role": roles(document),
                "assessor": [(each.key, each.name) for each in document.assessors],
            }
        )

    def wanted(self, name: str) -> frozenset[str]:
        """Give what is chosen of one, as a query wants it."""
        chosen = self.chosen(name)
        return frozenset({"" if chosen == ORGANISATION else chosen} if chosen else ())

    @property
    def narrowing(self) -> bool:
        """Whether anything is chosen."""
        return any(self.chosen(name) for name in NAMES)

    def clear(self) -> None:
        """Choose any of each."""
        for field in self.fields.values():
            field.set_value("")
