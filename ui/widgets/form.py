"""Forms made from a declaration: one row per field, edited in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import BODY, MEASURE, ROW, SPACE
from ui.widgets.fields import ChoiceField, DateField, LineField, SegmentField, TextField
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ui.widgets.fields import Editor

LABEL = 120
_LONG = 360


@dataclass(frozen=True)
class Field:
    """One field of a form.

    `name` is the attribute of the value shown; `hint` says in the empty field what belongs there; `choices` are
    (value, words), for kinds "choice" and "segments"; `lines` is the least height of a "text"; `width` caps it;
    `most` is the longest a "line" gets, in characters, and `make` the editor where it is a special one.
    """

    name: str
    label: str
    kind: Literal["line", "text", "choice", "segments", "date"] = "line"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    lines: int = 2
    width: int = MEASURE
    most: int = 200
    make: type[LineField] = LineField


def make_editor(field: Field, parent: QWidget | None = None) -> Editor:
    """Make the editor a field asks for."""
    made: QWidget
    if field.kind == "text":
        made = TextField(field.label, field.hint, lines=field.lines, parent=parent)
    elif field.kind == "choice":
        made = ChoiceField(field.label, field.choices, parent)
    elif field.kind == "segments":
        made = SegmentField(field.label, field.choices, parent)
    elif field.kind == "date":
        made = DateField(field.label, field.hint, required=field.required, parent=parent)
    else:
        made = field.make(field.label, field.hint, required=field.required, parent=parent)
        made.setMaxLength(field.most)
    if field.kind != "segments":
        made.setMaximumWidth(field.width)
    return cast("Editor", made)


class FieldRow(QWidget):
    """A label and its editor, the label at the left or above."""

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        above: bool = False,
        label_width: int = LABEL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.label = TextLabel(label, BODY, ink="muted", parent=self)
        self.label.setBuddy(editor)
        layout: QHBoxLayout | QVBoxLayout = QVBoxLayout(self) if above else QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 if above else SPACE[1])
        if above:
            self.label.setContentsMargins(8, 0, 0, 0)
            layout.addWidget(self.label)
            layout.addWidget(editor)
            return
        self.label.setFixedSize(label_width, ROW)
        layout.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(editor, 1, Qt.AlignmentFlag.AlignTop)
        layout.addStretch(0)


class Form(QWidget):
    """Rows of fields that show one value and say what a person made of it."""

    edited = Signal(str, object)  # the field's name, its new value

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        above: bool = False,
        label_width: int = LABEL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editors: dict[str, Editor] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1] if above else SPACE[0])
        for field in fields:
            editor = make_editor(field, self)
            editor.committed.connect(lambda value, name=field.name: self.edited.emit(name, value))
            self._editors[field.name] = editor
            widget = cast("QWidget", editor)
            column.addWidget(FieldRow(field.label, widget, above=above, label_width=label_width, parent=self))
        column.addStretch(1)

    def show_value(self, value: object) -> None:
        """Show the attributes of a value; what is being typed stays."""
        for name, editor in self._editors.items():
            editor.set_value(getattr(value, name))

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show values by the fields' names; what is being typed stays."""
        for name, editor in self._editors.items():
            editor.set_value(values.get(name))

    def values(self) -> dict[str, object]:
        """Give what stands in the fields."""
        return {name: editor.value() for name, editor in self._editors.items()}

    def editor(self, name: str) -> QWidget:
        """Give one editor, to focus it or to offer other choices."""
        return cast("QWidget", self._editors[name])

    def commit(self) -> None:
        """Hand over what was typed and not yet committed; for `Page.leave`."""
        for editor in self._editors.values():
            editor.commit()

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001
        """Let people look, or write."""
        for editor in self._editors.values():
            editor.set_read_only(read_only)
