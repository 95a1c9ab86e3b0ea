"""What can be done to a line of notes: actions with their names, icons and keys, and the menus made from them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from app.model.source import EntryKind, Flag
from ui.notebook.shaping import move_lines
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint

    from ui.notebook.editor import NotesEditor

KINDS = {
    EntryKind.QUOTATION: ("quote", "Quotation", "Ctrl+Shift+Q"),
    EntryKind.OBSERVATION: ("eye", "Observation", "Ctrl+Shift+O"),
    EntryKind.REFLECTION: ("pencil", "Reflection", "Ctrl+Shift+R"),
    EntryKind.QUESTION: ("message-square-plus", "Question", ""),
}
FLAGS = {
    Flag.CHALLENGE: ("triangle-alert", "Challenge", "Ctrl+Shift+H"),
    Flag.NEXT_STEP: ("arrow-right", "Next step", "Ctrl+Shift+N"),
}
UNCERTAIN_KEY = "Ctrl+U"
PASSAGE_KEY = "Ctrl+E"
CODE_KEY = "F4"
NOBODY_KEY = "Alt+0"
SPEAKER_KEYS = tuple(f"Alt+{number}" for number in range(1, 10))
NOBODY = "No speaker"

CODE_SIGN = "# and a code"
CODING_HINTS = frozenset({CODE_SIGN, PASSAGE_KEY, CODE_KEY})
HINTS = (
    ("Enter", "begins the next line"),
    ('" and a space', "a quotation, word for word"),
    ("? and a space", "uncertain: to be asked again"),
    ("! and a space", "a challenge"),
    ("> and a space", "a next step"),
    ("* and a space", "your own reflection"),
    ("@ and a name", "who speaks, or which case it is about"),
    (CODE_SIGN, "a code on the whole line"),
    (PASSAGE_KEY, "marks the selected words as a passage"),
    (CODE_KEY, "a code on those words, else on the line"),
)


class NotesActions(QObject):
    """The actions of an editor; its keys come before the window's while it has the focus."""

    def __init__(self, editor: NotesEditor, mark: Callable[[], object], zoom: Callable[[int], object]) -> None:
        super().__init__(editor)
        self._editor = editor
        self._speak: list[QAction] = []
        self.kinds = {
            kind: self._make(name, key, partial(self._set_kind, kind), icon)
            for kind, (icon, name, key) in KINDS.items()
        }
        self.flags = {
            flag: self._make(name, key, partial(self._set_flag, flag), icon)
            for flag, (icon, name, key) in FLAGS.items()
        }
        self.uncertain = self._make("Uncertain", UNCERTAIN_KEY, self._toggle_uncertain, "circle-help")
        self.mark = self._make("Mark passage", PASSAGE_KEY, mark, "highlighter")
        self.nobody = self._make(NOBODY, NOBODY_KEY, partial(self._set_speaker, None))
        self.up = self._make("Move line up", "Alt+Up", partial(move_lines, editor, -1))
        self.down = self._make("Move line down", "Alt+Down", partial(move_lines, editor, 1))
        self._zooms = [
            self._make("Notes larger", "Ctrl++", partial(zoom, 1)),
            self._make("Notes smaller", "Ctrl+-", partial(zoom, -1)),
            self._make("Notes in their usual size", "Ctrl+0", partial(zoom, 0)),
        ]
        self._zooms[0].setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        for action in (*self.kinds.values(), *self.flags.values(), self.uncertain, self.nobody):
            action.setCheckable(True)
        theme().changed.connect(self._draw)

    def show_speakers(self) -> None:
        """Offer those who may speak in this source."""
        for action in self._speak:
            self._editor.removeAction(action)
            action.deleteLater()
        self._speak = []
        for place, (person, name) in enumerate(self._editor.speakers.items()):
            key = SPEAKER_KEYS[place] if place < len(SPEAKER_KEYS) else ""
            action = self._make(f"{name} speaks", key, partial(self._set_speaker, person))
            action.setCheckable(True)
            action.setData(person)
            self._speak.append(action)
        self._editor.bind_keys()

    def show_line(self) -> None:
        """Tick what the line with the cursor is."""
        line = self._editor.current_line
        for kind, action in self.kinds.items():
            action.setChecked(line.kind is kind)
        for flag, action in self.flags.items():
            action.setChecked(line.flag is flag)
        self.uncertain.setChecked(line.uncertain)
        self.nobody.setChecked(line.speaker is None)
        for action in self._speak:
            action.setChecked(action.data() == line.speaker)

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001
        """Let people look, or write."""
        for action in self._editor.actions():
            if not action.property("kept"):
                action.setEnabled(not read_only or action in self._zooms)
        self._editor.bind_keys()

    # Changing what lines are

    def _set_kind(self, kind: EntryKind) -> None:
        """Say what the selected lines are; the same kind again makes them a paraphrase."""
        made = EntryKind.PARAPHRASE if self._editor.current_line.kind is kind else kind
        self._editor.change_lines(lambda line: replace(line, kind=made))

    def _set_flag(self, flag: Flag) -> None:
        """Flag the selected lines; the same flag again takes it off."""
        made = None if self._editor.current_line.flag is flag else flag
        self._editor.change_lines(lambda line: replace(line, flag=made))

    def _toggle_uncertain(self) -> None:
        uncertain = not self._editor.current_line.uncertain
        self._editor.change_lines(lambda line: replace(line, uncertain=uncertain))

    def _set_speaker(self, speaker: str | None) -> None:
        """Say who spoke the selected lines, and the next ones."""
        self._editor.speaker = speaker
        self._editor.change_lines(lambda line: replace(line, speaker=speaker))

    # Menus

    def line_menu(self) -> QMenu:
        """Make the menu of a line: what it is and who spoke."""
        menu = QMenu(self._editor)
        self._add_line(menu)
        return menu

    def speaker_menu(self) -> QMenu:
        """Make the menu of those who may have spoken."""
        menu = QMenu(self._editor)
        menu.addActions([*self._speak, self.nobody])
        return menu

    def text_menu(self, coding: Sequence[QAction] = ()) -> QMenu:
        """Make the menu of the text: editing, coding, passages, and the line's own."""
        menu, editor = QMenu(self._editor), self._editor
        standard = QKeySequence.StandardKey
        chosen, writing = editor.textCursor().hasSelection(), not editor.isReadOnly()
        if writing:
            _add(menu, "Undo", standard.Undo, editor.take_back)
            _add(menu, "Redo", standard.Redo, editor.do_again)
            menu.addSeparator()
            _add(menu, "Cut", standard.Cut, editor.cut, enabled=chosen)
        _add(menu, "Copy", standard.Copy, editor.copy, enabled=chosen)
        if writing:
            _add(menu, "Paste", standard.Paste, editor.paste, enabled=editor.canPaste())
        _add(menu, "Select all", standard.SelectAll, editor.selectAll)
        menu.addSeparator()
        menu.addActions(coding)
        if writing:
            menu.addSeparator()
            menu.addActions([self.mark, self.up, self.down])
            menu.addSeparator()
            self._add_line(menu)
        return menu

    def _add_line(self, menu: QMenu) -> None:
        menu.addActions([*self.kinds.values(), *self.flags.values(), self.uncertain])
        menu.addSeparator()
        menu.addActions([*self._speak, self.nobody])

    def _make(self, name: str, key: str, what: Callable[[], object], icon: str = "") -> QAction:
        return make_action(self._editor, name, key, what, icon)

    def _draw(self) -> None:
        for action in self._editor.actions():
            if drawing := action.property("drawing"):
                action.setIcon(theme().icon(drawing))


def make_action(
    editor: NotesEditor, name: str, key: str, what: Callable[[], object], icon: str = "", *, kept: bool = False
) -> QAction:
    """Give an editor an action with a key; a `kept` one is there while the notes are only looked at, too."""
    action = QAction(name, editor)
    action.setShortcut(QKeySequence(key))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.setShortcutVisibleInContextMenu(True)
    action.setProperty("drawing", icon)
    action.setProperty("kept", kept)
    if icon:
        action.setIcon(theme().icon(icon))
    action.triggered.connect(lambda _checked=False: what())
    editor.addAction(action)
    return action


def open_menu(menu: QMenu, where: QPoint) -> None:
    """Show a menu that is forgotten once used."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(where)


def combination(key: QKeySequence) -> int:
    """Give the number Qt has for a key."""
    pressed: QKeyCombination = key[0]  # type: ignore[index]
    return pressed.toCombined()


def _add(
    menu: QMenu, name: str, key: QKeySequence.StandardKey, what: Callable[[], object], *, enabled: bool = True
) -> None:
    """Add an action that shows its key; the key itself is the editor's own."""
    action = menu.addAction(name)
    action.setShortcut(QKeySequence(key))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.setShortcutVisibleInContextMenu(True)
    action.setEnabled(enabled)
    action.triggered.connect(lambda _checked=False: what())
