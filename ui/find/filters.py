"""What a list can be narrowed by, as a row of choices; and the row for a search through the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from app.model.source import EntryKind
from app.search.find import Filters, Sort
from ui.theme import SPACE
from ui.widgets.fields import ChoiceField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.analysis.assessment import Assessment
    from app.model.document import StudyDocument
    from app.model.evidence import Code

Choices = list[tuple[object, str]]
_IN = "    "  # what stands under another is set in
KINDS: Choices = [
    (Sort.NOTES, "Notes"),
    (EntryKind.PARAPHRASE, f"{_IN}Paraphrases"),
    (EntryKind.QUOTATION, f"{_IN}Quotations"),
    (EntryKind.OBSERVATION, f"{_IN}Observations"),
    (EntryKind.REFLECTION, f"{_IN}Reflections"),
    (EntryKind.QUESTION, f"{_IN}Questions"),
    (Sort.MEMOS, "Memos"),
    (Sort.RATIONALES, "Rationales"),
    (Sort.FINDINGS, "Findings"),
    (Sort.NEXT_STEPS, "Next steps"),
    (Sort.FOLLOW_UPS, "Follow-ups"),
    (Sort.REVIEWS, "Reviews"),
]
NAMES = ("kind", "case", "role", "principle", "code")


class ChoiceRow(QWidget):
    """One choice for each thing to narrow by; the first of each is any, and reads as `any_word` has it."""

    changed = Signal()

    def __init__(self, names: tuple[str, ...], parent: QWidget, any_word: str = "Any {}") -> None:
        super().__init__(parent)
        self._any = any_word
        self.fields = {name: self._field(name) for name in names}
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[1], SPACE[0], SPACE[1], SPACE[0])
        row.setSpacing(SPACE[0])
        for field in self.fields.values():
            row.addWidget(field, 1)

    def chosen(self, name: str) -> str:
        """Give what is chosen of one; "" for any."""
        return str(self.fields[name].value() or "")

    def show_choices(self, choices: dict[str, Choices]) -> None:
        """Offer choices, by what they narrow; what was chosen stays, where it is still there."""
        for name, offered in choices.items():
            field = self.fields[name]
            chosen = field.value()
            field.set_choices([("", self._any.format(name).capitalize()), *offered])
            field.set_value(chosen if any(key == chosen for key, _ in offered) else "")
            field.setEnabled(bool(offered))

    def _field(self, name: str) -> ChoiceField:
        field = ChoiceField(f"Narrow by {name}", parent=self)
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMaxVisibleItems(16)
        field.committed.connect(lambda _value: self.changed.emit())
        return field


class FilterRow(ChoiceRow):
    """What a search through the study can be narrowed by."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(NAMES, parent)
        self.show_choices({"kind": KINDS})

    @property
    def filters(self) -> Filters:
        """What is chosen."""
        kind = self.fields["kind"].value()
        return Filters(
            sort=kind if isinstance(kind, Sort) else None,
            entry_kind=kind if isinstance(kind, EntryKind) else None,
            case=self.chosen("case"),
            role=self.chosen("role"),
            principle=self.chosen("principle"),
            code=self.chosen("code"),
        )

    def show_study(self, document: StudyDocument, assessment: Assessment) -> None:
        """Offer what is in the study; what was chosen stays, where it is still there."""
        self.show_choices(
            {
                "case": [(case.key, case.name) for case in document.cases],
                "role": roles(document),
                "principle": [(each.id, each.short) for each in assessment.rubric.principles],
                "code": list(_codes(document.codes, None, "")),
            }
        )


def roles(document: StudyDocument) -> Choices:
    """List the roles of a study's participants."""
    return [(role, role) for role in dict.fromkeys(person.role for person in document.participants)]


def _codes(codes: tuple[Code, ...], under: str | None, indent: str) -> Iterator[tuple[object, str]]:
    """List the codebook as the tree it is."""
    for code in codes:
        if code.parent == under:
            yield code.key, f"{indent}{code.name}"
            yield from _codes(codes, code.key, indent + _IN)
