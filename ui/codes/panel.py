"""The panel of the code chosen: its name, what it means, its colour, what it is tied to, and who used it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from app.analysis.todo import count
from app.model.evidence import About, Theme
from ui.codes.colour_field import ColourField
from ui.theme import SMALL, SPACE
from ui.widgets import ChoiceField, EmptyState, Field, FieldRow, Form, SectionLabel, TextLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.analysis.coding import CodingIndex
    from app.model.evidence import Code
    from app.rubric.structure import Rubric
    from ui.codes.names import Names

THEMES: Final = (
    (Theme.PROCEDURE, "Procedure"),
    (Theme.TOOL, "Tool"),
    (Theme.CHALLENGE, "Challenge"),
    (Theme.NEXT_STEP, "Next step"),
    (Theme.CONTEXT, "Context"),
    (Theme.FACTOR, "Factor"),
    (Theme.OTHER, "Other"),
)
_ABOUT: Final = (("", "Either"), (About.CASE, "A case"), (About.ORGANISATION, "The organisation"))
_FIELDS: Final = (
    Field("name", "Name", "text", lines=1),
    Field("definition", "What it means", "text", "One sentence"),
    Field("use_when", "Use when", "text", "What must be said for it"),
    Field("avoid_when", "Avoid when", "text", "What looks like it, and where that goes"),
)


_UNUSED: Final = "Nobody has put it on a passage yet."


class CodePanel(QWidget):
    """Shows one code and says what a person made of it; it only asks."""

    changed = Signal(object)  # the Code as it is to be

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Code")
        self._code: Code | None = None
        self.path = TextLabel("", SMALL, ink="faint", wrap=True, parent=self)
        self.form = Form(_FIELDS, above=True, parent=self)
        self.colour = ColourField(self)
        self.theme = ChoiceField("Kind", THEMES, self)
        self.principle = ChoiceField("Principle", parent=self)
        self.factor = ChoiceField("Factor", parent=self)
        self.about = ChoiceField("About", _ABOUT, self)
        self.used = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self.none = EmptyState(
            "tags", "No code chosen", "What a code means and is tied to is written here.", parent=self
        )
        self._lay_out()
        self._connect()

    def show_code(self, code: Code | None, index: CodingIndex, rubrics: Mapping[str, Rubric], names: Names) -> None:
        """Show a code as it stands; what is being typed stays."""
        if self._code is not None and code is not None and code.key != self._code.key:
            self.form.commit()
        self._code = code
        self._stack.setCurrentIndex(0 if code is not None else 1)
        if code is None:
            return
        path = index.path(code.key)
        self.path.setText(" › ".join(path[:-1]))  # noqa: RUF001 - the sign for a path
        self.path.setVisible(len(path) > 1)
        self.form.show_value(code)
        self.colour.set_value(code.colour)
        self.theme.set_value(code.theme)
        self._offer(index, rubrics)
        self.principle.set_value((code.rubric, code.principle) if code.principle else "")
        self.factor.set_value(code.factor or "")
        self.about.set_value(code.about or "")
        self.used.setText(_used(code, index, names))

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Let people look, or write."""
        self.form.set_read_only(read_only)
        for field in (self.colour, self.theme, self.principle, self.factor, self.about):
            field.set_read_only(read_only)

    def commit(self) -> None:
        """Hand over what was typed and not yet committed."""
        self.form.commit()

    def _offer(self, index: CodingIndex, rubrics: Mapping[str, Rubric]) -> None:
        principles = [((key, each.id), each.short) for key, rubric in rubrics.items() for each in rubric.principles]
        self.principle.set_choices([("", "None"), *principles])
        self.factor.set_choices([("", "None"), *((each.key, each.name) for each in index.document.factors)])

    def _edited(self, **values: Any) -> None:
        if self._code is not None:
            self.changed.emit(replace(self._code, **values))

    def _tied(self, place: object) -> None:
        rubric, principle = place if isinstance(place, tuple) else (None, None)
        self._edited(rubric=rubric, principle=principle)

    def _connect(self) -> None:
        for field in (self.theme, self.principle, self.factor, self.about):
            field.setSizePolicy(
                QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
            )  # long names are cut, not the panel
        self.form.edited.connect(lambda name, value: self._edited(**{name: value}))
        self.colour.committed.connect(lambda value: self._edited(colour=value))
        self.theme.committed.connect(lambda value: self._edited(theme=value))
        self.principle.committed.connect(self._tied)
        self.factor.committed.connect(lambda value: self._edited(factor=value or None))
        self.about.committed.connect(lambda value: self._edited(about=value or None))

    def _lay_out(self) -> None:
        sheet = QWidget(self)
        sheet.setProperty("look", "page")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(SPACE[1], 0, SPACE[1], SPACE[3])
        column.setSpacing(SPACE[1])
        self.path.setContentsMargins(SPACE[1], 0, 0, 0)
        self.used.setContentsMargins(SPACE[1], 0, 0, 0)
        column.addWidget(self.path)
        column.addWidget(self.form)
        column.addWidget(_above("Colour", self.colour, sheet))
        tied = SectionLabel("Tied to", sheet)
        tied.setContentsMargins(SPACE[1], SPACE[1], 0, 0)
        column.addWidget(tied)
        for name, field in (
            ("Kind", self.theme),
            ("Principle", self.principle),
            ("Factor", self.factor),
            ("About", self.about),
        ):
            column.addWidget(_beside(name, field, sheet))
        used = SectionLabel("Used by", sheet)
        used.setContentsMargins(SPACE[1], SPACE[1], 0, 0)
        column.addWidget(used)
        column.addWidget(self.used)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(area)
        self._stack.addWidget(self.none)


def _above(name: str, field: QWidget, parent: QWidget) -> FieldRow:
    return FieldRow(name, field, above=True, parent=parent)


def _beside(name: str, field: QWidget, parent: QWidget) -> FieldRow:
    row = FieldRow(name, field, label_width=72, parent=parent)
    row.label.setContentsMargins(SPACE[1], 0, 0, 0)
    return row


def _used(code: Code, index: CodingIndex, names: Names) -> str:
    """Count a code's own passages by who put it on them."""
    by = Counter(coding.assessor for coding in index.document.codings if coding.code == code.key)
    if not by:
        below = index.count(code.key)
        return (
            f"No passage itself; {count(below, 'passage has', 'passages have')} codes below it." if below else _UNUSED
        )
    return "\n".join(f"{names.person(key)}: {count(number, 'passage', 'passages')}" for key, number in by.most_common())
