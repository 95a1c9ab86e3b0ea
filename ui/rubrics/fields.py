"""The fields of one part of a draft, with what is wrong and what is worth a look beside each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.rubric.document import path_of
from app.rubric.draft import as_text, value_at
from ui.rubrics.outline import kind_of
from ui.theme import MEASURE, SMALL, SPACE
from ui.widgets.form import Field, FieldRow, make_editor
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.rubric.write import Plain
    from ui.rubrics.outline import Said
    from ui.widgets.fields import Editor

_RULES: Final = (("staged", "Staged"), ("choice", "Choice"), ("mean", "Mean of points"), ("points", "Sum of points"))
_OVERALL: Final = (("median", "Median"), ("minimum", "Lowest"), ("mean", "Mean"), ("none", "None"))
_GIVEN: Final = (("fully", "Fully"), ("largely", "Largely"), ("partially", "Partially"), ("not", "Not achieved"))
_ID: Final = Field("id", "Id", hint="lower-case-words", width=280, most=80)
_FIELDS: Final[dict[str, tuple[Field, ...]]] = {
    "": (
        Field("title", "Title", most=300),
        Field("version", "Version", hint="1.0", width=140, most=40),
        _ID,
        Field("summary", "Summary", "text", hint="What it assesses, and for whom"),
        Field("rule", "Rule", "choice", choices=_RULES, width=200),
        Field("overall", "Overall", "choice", choices=_OVERALL, width=200),
        Field("licence", "Licence", hint="SPDX id", width=200),
        Field("licence_note", "Licence note", "text", hint="Whose model it is, and what is our own"),
        Field("language", "Language", hint="en", width=140, most=20),
    ),
    "levels": (Field("name", "Name", width=200, most=80), _ID, Field("summary", "Summary", "text")),
    "answers": (
        Field("verdict", "Kept as", "choice", choices=_GIVEN, width=200),
        Field("short", "Short", width=200, most=40),
        Field("label", "In full", most=120),
        Field("points", "Points", width=120, most=20),
    ),
    "sources": (
        Field("title", "Title", "text", hint="Authors, title and where it appeared"),
        _ID,
        Field("year", "Year", width=120, most=20),
        Field("url", "Address", hint="https://", most=400),
        Field("note", "Note", "text", hint="What was drawn from it"),
    ),
    "principles": (
        Field("name", "Name", most=200),
        Field("short", "In tables", width=280, most=80),
        _ID,
        Field("description", "Covers", "text"),
    ),
    "criteria": (
        Field("statement", "Statement", "text", hint="One checkable sentence that says what is good"),
        Field("question", "Question", "text", hint="The open question that gets at it"),
        Field("evidence", "Evidence", "text", hint="What may be told, shown or given"),
        Field("advice", "Next step", "text", hint="What to do where it is not met"),
        Field("sources", "Sources", hint="ids, divided by commas", most=400),
        _ID,
    ),
}
_LABEL, _NOTE = 104, 120  # px of a field's name, and to where its words begin
_BEGINS: Final = (
    Field("above", "Begins above", width=120, most=20),
    Field("at_least", "Or from", width=120, most=20),
)


def fields_of(plain: Plain, path: str) -> tuple[Field, ...]:
    """Name the fields that a part has under the rubric's rule."""
    kind = kind_of(path)
    fields = _FIELDS[kind]
    if kind == "levels" and plain["rule"] in ("mean", "points"):
        return (*fields, *_BEGINS)
    if kind == "principles":
        return (*fields, *_described(plain))
    if kind == "criteria" and plain["rule"] == "staged":
        levels = tuple((str(level["id"]), str(level["name"]) or str(level["id"])) for level in plain["levels"][1:])
        return (fields[0], Field("level", "For level", "choice", choices=levels, width=200), *fields[1:])
    return fields


def _described(plain: Plain) -> Iterator[Field]:
    for level in plain["levels"]:
        yield Field(
            f"levels/{level['id']}", str(level["name"]) or str(level["id"]), "text", hint="What it is like there"
        )


class PartForm(QWidget):
    """Edits one part; made anew only where another has other fields. What is typed is told as it is typed."""

    edited = Signal(str, str)  # path, the text committed
    typed = Signal()
    made = Signal()  # with other fields

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(MEASURE + 160)
        self._path = ""
        self._fields: tuple[Field, ...] = ()
        self._editors: dict[str, Editor] = {}
        self._notes: dict[str, TextLabel] = {}
        self.top = TextLabel("", SMALL, wrap=True, parent=self)
        self.top.hide()
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE[1], SPACE[2])
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(self._column)
        column.addStretch(1)

    def show_part(self, plain: Plain, path: str, *, writable: bool) -> None:
        """Show a part of a draft."""
        fields = fields_of(plain, path)
        if fields != self._fields:
            self._make(fields)
        moved, self._path = path != self._path, path
        for name, editor in self._editors.items():
            value = value_at(plain, self.path_to(name))
            if moved:
                editor.set_value(None)
            editor.set_value(as_text(value))
            editor.set_read_only(not writable)

    def show_said(self, said: Mapping[str, Sequence[Said]]) -> None:
        """Show what is wrong with this part, and what is worth a look: beside its field, or at the top."""
        places = {self.path_to(name): label for name, label in self._notes.items()}
        for path, label in places.items():
            _write(label, said.get(path, ()))
        _write(self.top, [each for path, found in said.items() if path not in places for each in found])

    def waiting(self) -> dict[str, str]:
        """Give what stands in the fields of text, committed or not, by path."""
        written = {name: each for name, each in self._editors.items() if isinstance(each, QLineEdit | QPlainTextEdit)}
        return {self.path_to(name): str(editor.value() or "") for name, editor in written.items()}

    def path_to(self, name: str) -> str:
        """Give the path of a field."""
        head, _, level = name.partition("/")
        path = f"{self._path}.{head}"
        return path_of(path, level) if level else path

    def editor(self, name: str) -> QWidget:
        """Give one editor."""
        return cast("QWidget", self._editors[name])

    def editors(self) -> list[QWidget]:
        """Give all editors, in their order."""
        return [self.editor(name) for name in self._editors]

    def note(self, name: str) -> str:
        """Give what stands beside a field."""
        return self._notes[name].text()

    def focus_on(self, path: str) -> None:
        """Put the focus into a field; into the first where there is none such."""
        names = [name for name in self._editors if self.path_to(name) == path] or list(self._editors)
        for name in names[:1]:
            self.editor(name).setFocus()

    def commit(self) -> None:
        """Hand over what was typed and not yet committed."""
        for editor in list(self._editors.values()):
            editor.commit()

    def _make(self, fields: tuple[Field, ...]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._fields, self._editors, self._notes = fields, {}, {}
        for field in fields:
            editor = make_editor(field, self)
            editor.committed.connect(
                lambda value, name=field.name: self.edited.emit(self.path_to(name), str(value or ""))
            )
            if isinstance(editor, QLineEdit | QPlainTextEdit):
                cast("Any", editor).textChanged.connect(self.typed)
            self._editors[field.name] = editor
            self._notes[field.name] = note = TextLabel("", SMALL, wrap=True, parent=self)
            note.setIndent(_NOTE)
            note.setMaximumWidth(MEASURE + _NOTE)
            note.hide()
            self._column.addWidget(FieldRow(field.label, cast("QWidget", editor), label_width=_LABEL, parent=self))
            self._column.addWidget(note)
        self.made.emit()


def _write(label: TextLabel, found: Sequence[Said]) -> None:
    label.setText("\n".join(_sentence(each) for each in found))
    label.set_ink("warning" if any(each.wrong for each in found) else "muted")
    label.setVisible(bool(found))


def _sentence(said: Said) -> str:
    return f"{said.sentence[0].upper()}{said.sentence[1:]}."
