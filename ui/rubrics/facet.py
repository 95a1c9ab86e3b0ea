"""The Overview's part on rubrics: those of the study, drafts and shipped ones, to read, check, edit and use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QStackedLayout, QVBoxLayout, QWidget

from app.actions import rubrics as acts
from app.actions import things
from app.actions.drafts import begin_draft, new_draft
from app.actions.mappings import keep_mapping
from app.analysis.assessment import rubric_of
from app.analysis.rubric_preview import versions
from app.errors import FieldquillError
from app.exchange.files import write_export
from app.rubric import library
from app.rubric.document import read_document
from app.rubric.errors import RubricError
from app.rubric.lint import lint
from app.rubric.load import decode_mapping, decode_rubric, read_text
from ui.overview.facet import Facet
from ui.rubrics.editor import DraftEditor
from ui.rubrics.move import MoveSheet
from ui.rubrics.sheet import RubricSheet
from ui.theme import SMALL, SPACE, TITLE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import TextButton
from ui.widgets.fields import SegmentField
from ui.widgets.files import ask_file_to_open, ask_file_to_save
from ui.widgets.stacks import turn_to
from ui.widgets.text import ElidedLabel, SectionLabel, TextLabel
from ui.widgets.things import KEY, Row, RowModel, RowView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.actions.unit import Changes
    from app.rubric import Rubric
    from app.rubric.mapping import RubricMapping
    from ui.desk import Desk

_STUDY, _DRAFT, _SHIPPED, _FILE, _MAPPING = "study", "draft", "shipped", "file", "mapping"
_ENDINGS: Final = (".yaml", ".yml")
_LIST = 304
_HEIGHT = 480


@dataclass(frozen=True)
class Entry:
    """A rubric in the list: where it is from, its key there, its text, and what it is if it is sound.

    Or a mapping between two: one that the study keeps, or a file that is one.
    """

    origin: str
    key: str
    text: str
    name: str
    rubric: Rubric | None
    problem: str = ""
    mapping: RubricMapping | None = None

    @property
    def place(self) -> str:
        """Tell it from all others in the list."""
        return f"{self.origin}:{self.key}"


def _entry(origin: str, key: str, text: str, name: str) -> Entry:
    try:
        rubric = decode_rubric(text, name)
    except RubricError as problem:
        found = _mapping(text, name)
        return Entry(origin, key, text, name, None, "" if found else problem.sentence, found)
    return Entry(origin, key, text, rubric.title, rubric)


def _mapping(text: str, name: str) -> RubricMapping | None:
    try:
        return decode_mapping(text, name)
    except RubricError:
        return None


class RubricsFacet(Facet):
    """A list of rubrics and the one chosen; a draft is edited, and a round moved, in the place of both."""

    of_judgements = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._entries: dict[str, Entry] = {}
        self._file: Entry | None = None
        self._model = RowModel(self)
        self.view = RowView("Rubrics", self)
        self.view.setModel(self._model)
        self.new = TextButton("New", "quiet", "plus", "Shift+Ins", self)
        self.new.setAccessibleName("New rubric")
        self.open = TextButton("Check a file…", "quiet", "folder-open", "Ctrl+Shift+O", self)
        self.title = ElidedLabel("", TITLE, "semibold", parent=self)
        self.state = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self.look = SegmentField("How it is shown", (("sheet", "Sheet"), ("yaml", "YAML")), self)
        self.sheet = RubricSheet(self)
        self.yaml = QPlainTextEdit(self)
        self.buttons = {
            "edit": TextButton("Edit", "primary", key="Return", parent=self),
            "use": TextButton("Use in this study", "primary", parent=self),
            "move": TextButton("Move a round to it…", parent=self),
            "first": TextButton("Put first", key="Alt+Up", parent=self),
            "copy": TextButton("Edit a copy", key="Ins", parent=self),
            "save": TextButton("Save as YAML…", parent=self),
            "remove": TextButton("Remove", "quiet", key="Del", parent=self),
        }
        self.editor = DraftEditor(desk, self)
        self.move_sheet = MoveSheet(desk, self)
        self._lay_out()
        self._connect()

    # Showing

    @property
    def entry(self) -> Entry | None:
        """The rubric that is chosen."""
        return self._entries.get(str(self.view.currentIndex().data(KEY) or ""))

    def refresh(self) -> None:
        """Show the rubrics as they stand, or what is done with one."""
        for button in (self.new, self.open):
            button.setVisible(not self.desk.read_only)
        shown = self._stack.currentWidget()
        if shown is self.editor:
            self.editor.refresh()
        elif shown is self.move_sheet:
            self.move_sheet.refresh()
        else:
            self._show_list()

    def _show_list(self) -> None:
        chosen = str(self.view.currentIndex().data(KEY) or "")
        self._entries = {each.place: each for each in self._listed()}
        with QSignalBlocker(self.view.selectionModel()):
            self._model.set_rows([_row(each) for each in self._entries.values()])
            self._choose(chosen)
        self._show_entry()

    def begin(self) -> None:
        """Take up the list."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_thing(self, key: str) -> None:
        """Show a draft to edit, by its key, or one of the study's rubrics."""
        if any(each.key == key for each in self.desk.document.drafts):
            self._show_list()
            self._choose(f"{_DRAFT}:{key}")
            self._edit(key)
        elif key:
            self._browse()
            self._choose(f"{_STUDY}:{key}")

    def leave(self) -> None:
        """Write down what is still only on screen."""
        if self._stack.currentWidget() is self.editor:
            self.editor.leave()

    def _listed(self) -> Iterator[Entry]:
        for frozen in self.desk.document.rubrics:
            yield _entry(_STUDY, frozen.key, frozen.text, f"{frozen.key}.yaml")
        for kept in self.desk.document.mappings:
            yield _entry(_MAPPING, kept.key, kept.text, kept.key)
        for draft in self.desk.document.drafts:
            yield replace(_entry(_DRAFT, draft.key, draft.text, "the draft"), name=draft.title)
        for key in library.shipped():
            yield Entry(_SHIPPED, key, library.text(key), library.load(key).title, library.load(key))
        if self._file is not None:
            yield self._file

    def _choose(self, place: str) -> None:
        row = max(self._model.row_of(place), 0)
        self.view.setCurrentIndex(self._model.index(row))

    def _show_entry(self) -> None:
        entry = self.entry
        if entry is None:
            return
        self.title.setText(f"{entry.name} {entry.rubric.version}" if entry.rubric else entry.name)
        self.state.setText(_state(entry))
        self.state.set_ink("warning" if entry.problem else "muted")
        self.state.setVisible(bool(self.state.text()))
        if self.yaml.toPlainText() != entry.text:
            self.yaml.setPlainText(entry.text)
        if entry.rubric is not None:
            self.sheet.show_rubric(entry.rubric)
        self._show_look()
        self._show_buttons(entry)

    def _show_look(self) -> None:
        entry = self.entry
        as_sheet = self.look.value() == "sheet" and entry is not None and entry.rubric is not None
        self._pages.setCurrentWidget(self.sheet if as_sheet else self.yaml)

    def _show_buttons(self, entry: Entry) -> None:
        standing = self.desk.document.rubrics
        own, sound = entry.origin, entry.rubric is not None or entry.mapping is not None
        known = entry.rubric is not None and entry.rubric.version in self._versions(entry.rubric).values()
        wanted = {
            "edit": own == _DRAFT,
            "use": sound and own not in (_STUDY, _MAPPING) and not known,
            "move": bool(self._movable(entry)),
            "first": own == _STUDY and entry.key != standing[0].key,
            "copy": own != _DRAFT and entry.mapping is None,
            "save": True,
            "remove": own in (_DRAFT, _MAPPING) or (own == _STUDY and len(standing) > 1),
        }
        for name, button in self.buttons.items():
            button.setVisible(wanted[name] and (name == "save" or not self.desk.read_only))

    def _movable(self, entry: Entry) -> str:
        """Give the key of the study's rubric from which a round can be moved to this one; "" where there is none."""
        if entry.rubric is None or not self.desk.document.rounds:
            return ""
        others = self._versions(entry.rubric).items()
        return next((key for key, version in others if version != entry.rubric.version), "")

    def _versions(self, rubric: Rubric) -> dict[str, str]:
        """Give the versions of a rubric that the study has, by their keys."""
        document = self.desk.document
        return {key: rubric_of(document, key).version for key in versions(document, rubric.id)}

    # Doing

    def _edit(self, key: str) -> None:
        self.editor.edit(key)
        turn_to(self._stack, self.editor, self.editor.parts.view)

    def _browse(self) -> None:
        self._show_list()
        turn_to(self._stack, self._browser, self.view)

    def _do(self, name: str) -> None:
        entry = self.entry
        if entry is None or not self.buttons[name].isVisibleTo(self._browser):
            return
        doing: dict[str, Callable[[Entry], object]] = {
            "edit": lambda entry: self._edit(entry.key),
            "use": self._use,
            "move": self._move,
            "first": lambda entry: self.desk.do(acts.make_first, entry.key),
            "copy": self._copy,
            "save": lambda entry: self._save(entry.text, entry.name),
            "remove": self._remove,
        }
        doing[name](entry)

    def _use(self, entry: Entry) -> None:
        """Take a rubric into the study, and show it there; or a mapping."""
        if entry.mapping is not None:
            if self.desk.do_and_tell(keep_mapping, entry.text, entry.name) is not None:
                self._browse()
                self._choose(f"{_MAPPING}:{entry.mapping.id}")
            return
        changes = self.desk.do_and_tell(acts.add_rubric, entry.text)
        if changes is not None:
            self._browse()
            self._choose(f"{_STUDY}:{changes.key_of('rubrics')}")

    def _move(self, entry: Entry) -> None:
        old = self._movable(entry)
        if old and entry.rubric is not None:
            turn_to(self._stack, self.move_sheet, self.move_sheet.criteria)
            self.move_sheet.begin(old, entry.rubric, entry.text)

    def _copy(self, entry: Entry) -> None:
        self._begun(self.desk.do(begin_draft, entry.text, entry.name))

    def _new(self) -> None:
        """Begin a rubric from nothing."""
        if not self.desk.read_only:
            self._begun(self.desk.do(new_draft))

    def _begun(self, changes: Changes | None) -> None:
        if changes is not None:
            self.show_thing(changes.key_of("drafts"))

    def _remove(self, entry: Entry) -> None:
        if entry.origin in (_DRAFT, _MAPPING):
            table = "drafts" if entry.origin == _DRAFT else "mappings"
            self.desk.do_and_tell(things.remove, table, entry.key)
        elif entry.origin == _STUDY:
            self.desk.do_and_tell(acts.remove_rubric, entry.key)

    def _save(self, text: str, name: str) -> None:
        """Ask where, and write a rubric there; it is not encrypted."""
        stem = "-".join(name.lower().split())[:40] or "rubric"
        folder = self.desk.study.path.parent
        path = ask_file_to_save(self, "Save the rubric as YAML, not encrypted", f"{stem}.yaml", ".yaml", folder)
        if path is None:
            return
        try:
            write_export(path, text.encode())
        except FieldquillError as problem:
            self.desk.failed.emit(problem.sentence)
        else:
            self.desk.told.emit(f"Saved {path.name}. It is not encrypted.")

    def _ask_file(self) -> None:
        path = ask_file_to_open(self, "Check a rubric or a mapping: YAML", _ENDINGS, self.desk.study.path.parent)
        if path is not None:
            self.check_file(path)

    def check_file(self, path: Path) -> None:
        """Read a rubric's or a mapping's file and say whether it is sound."""
        try:
            self._file = _entry(_FILE, path.name, read_text(path), path.name)
        except RubricError as problem:
            self._file = Entry(_FILE, path.name, "", path.name, None, problem.sentence)
        except OSError as problem:
            self.desk.failed.emit(f"{path.name} can't be read: {problem.strerror}.")
            return
        self._browse()
        self._choose(self._file.place)

    def _use_draft(self) -> None:
        """Use the draft that is edited: move a round to it where the study has another version, else add it."""
        self.editor.leave()
        self._show_list()
        entry = self._entries.get(f"{_DRAFT}:{self.editor.draft.key}") if self.editor.draft else None
        if entry is not None and self._movable(entry):
            self._move(entry)
        elif entry is not None:
            self._use(entry)

    def _save_draft(self) -> None:
        self.editor.leave()
        draft = self.editor.draft
        if draft is not None:
            self._save(draft.text, draft.title)

    # Laying out

    def _connect(self) -> None:
        self.view.selectionModel().currentChanged.connect(lambda *_: self._show_entry())
        self.view.activated.connect(lambda _index: self._open_chosen())
        for words, key, name in (
            ("Edit a copy of the rubric", "Ins", "copy"),
            ("Put the rubric first", "Alt+Up", "first"),
            ("Remove the rubric or draft", "Del", "remove"),
        ):
            bind_key(self.view, words, key, partial(self._do, name))
        bind_key(self.view, "New rubric", "Shift+Ins", self._new)
        bind_key(self, "Check a rubric file", "Ctrl+Shift+O", self._ask_file, within=True)
        self.new.clicked.connect(self._new)
        self.open.clicked.connect(self._ask_file)
        self.look.chosen.connect(lambda _name: self._show_look())
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, name=name: self._do(name))
        self.editor.done.connect(self._browse)
        self.editor.use_asked.connect(self._use_draft)
        self.editor.save_asked.connect(self._save_draft)
        self.move_sheet.done.connect(self._browse)

    def _open_chosen(self) -> None:
        entry = self.entry
        if entry is not None and entry.origin == _DRAFT and not self.desk.read_only:
            self._edit(entry.key)
        else:
            (self.sheet if self._pages.currentWidget() is self.sheet else self.yaml).setFocus()

    def _lay_out(self) -> None:
        self.setMinimumHeight(_HEIGHT)
        self.look.set_value("sheet")
        self.yaml.setReadOnly(True)
        self.yaml.setAccessibleName("The rubric as YAML")
        self._browser = QWidget(self)
        row = QHBoxLayout(self._browser)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[3])
        row.addWidget(self._list_card())
        row.addLayout(self._detail(), 1)
        self._stack = QStackedLayout(self)
        for part in (self._browser, self.editor, self.move_sheet):
            self._stack.addWidget(part)

    def _list_card(self) -> QFrame:
        card = QFrame(self._browser)
        card.setProperty("look", "card")
        card.setFixedWidth(_LIST)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[2], 0, SPACE[0], 0)
        head.addWidget(SectionLabel("Rubrics", card))
        head.addStretch(1)
        head.addWidget(self.new)
        head.addWidget(self.open)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, SPACE[0], 1, SPACE[0])
        column.setSpacing(SPACE[0])
        column.addLayout(head)
        column.addWidget(self.view, 1)
        return card

    def _detail(self) -> QVBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(SPACE[1])
        top.addWidget(self.title, 1)
        top.addWidget(self.look)
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.sheet)
        self._pages.addWidget(self.yaml)
        column = QVBoxLayout()
        column.setSpacing(SPACE[1])
        column.addLayout(top)
        column.addWidget(self.state)
        column.addLayout(row)
        column.addLayout(self._pages, 1)
        return column


_ICONS: Final = {_STUDY: "check", _DRAFT: "pencil", _SHIPPED: "book-open", _FILE: "file-text", _MAPPING: "link"}
_ORIGINS: Final = {_STUDY: "this study", _DRAFT: "draft", _SHIPPED: "shipped", _FILE: "file", _MAPPING: "mapping"}


def _row(entry: Entry) -> Row:
    # the version stands at the right: at the end of a long title it would be cut off
    version = entry.rubric.version if entry.rubric else ""
    detail = " · ".join(filter(None, (version, _ORIGINS[entry.origin])))
    return Row(entry.place, entry.name, detail, _ICONS[entry.origin])


def _state(entry: Entry) -> str:
    """Say what is wrong with a rubric; of a sound file and a sound draft, what is worth a look."""
    if entry.problem:
        return entry.problem
    if entry.mapping is not None:
        of = entry.mapping
        ends = (f"{of.source} {of.source_version}", f"{of.target} {of.target_version}")
        return f"A mapping: answers in {ends[0]} propose answers in {ends[1]}."
    if entry.rubric is None or entry.origin in (_STUDY, _SHIPPED):
        return ""
    document = read_document(entry.text, entry.name)
    lines = [f"Line {document.line_of(each.path)}: {each.sentence}." for each in lint(entry.rubric)]
    return "\n".join(["It is sound.", *lines[:6], *([f"And {len(lines) - 6} more."] if len(lines) > 6 else [])])
